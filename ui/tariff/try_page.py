"""Trying a tariff on example people, side by side: what each pays, and why."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos import words
from pos.domain.bill import DINER, Bill, Tender, Way
from pos.domain.errors import BadAmount
from pos.domain.menu import Meal
from pos.domain.money import money, parse_yuan, yuan
from pos.domain.trying import Example
from pos.i18n import _, ngettext
from ui.tariff.rule_form import words_in
from ui.tariff.slots import Ask, page_of
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice import Choice
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.paint import draw_box
from ui.widgets.panel import row
from ui.widgets.sheet import Sheet

SHOWN = 4
_NEW = -1


class People(QWidget):
    """The people side by side. Left and right mark one, Enter changes the marked one."""

    stepped = Signal(int)
    chosen = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._examples: tuple[Example, ...] = ()
        self._bills: tuple[Bill, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_people(self, examples: tuple[Example, ...], bills: tuple[Bill, ...], at: int) -> None:
        """Paint them; without bills nobody's amount is known."""
        self._examples, self._bills, self._at = examples, bills, at
        one = examples[at] if at < len(examples) else None
        due = money(bills[at].due) if at < len(bills) else ""
        self.setAccessibleName(", ".join(part for part in (one.name if one else "", due) if part) or _("Example people"))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for four."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Room for four."""
        return QSize(self._theme.px(SHOWN * 180), self._theme.px(300))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark and change."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if (step := steps.get(Qt.Key(event.key()))) is not None:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch marks, a touch on the marked one changes it."""
        at = self._first() + int(event.position().x() // (self.width() / SHOWN))
        if at == self._at:
            self.chosen.emit()
        elif at < len(self._examples):
            self.stepped.emit(at - self._at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A column for each."""
        painter = QPainter(self)
        first = self._first()
        for place, one in enumerate(self._examples[first : first + SHOWN]):
            at = first + place
            self._paint_one(painter, place, one, self._bills[at] if at < len(self._bills) else None, marked=at == self._at)

    def _paint_one(self, painter: QPainter, place: int, one: Example, bill: Bill | None, *, marked: bool) -> None:
        theme = self._theme
        width, gap = self.width() / SHOWN, theme.px(6)
        box = QRectF(place * width + gap / 2, 0, width - gap, self.height()).adjusted(2, 2, -2, -2)
        ground = Colour.GREEN_TINT if marked else Colour.CANVAS
        edge = Colour.RING if marked and self.hasFocus() else Colour.GREEN if marked else Colour.LINE
        draw_box(painter, box, ground, radius=theme.px(Size.RADIUS), edge=edge, width=theme.px(Size.RING if marked else 1))
        pen = _Pen(theme, painter, box.adjusted(theme.px(12), theme.px(8), -theme.px(12), -theme.px(8)), ground)
        pen.line(one.name, Text.STRONG)
        for told in facts_of(one):
            pen.line(told, Text.SMALL, Colour.MUTED)
        pen.gap()
        pen.pair(_("List price"), yuan(one.list_price))
        if bill is None:
            pen.line("…", Text.SMALL, Colour.MUTED)
            return
        for line in bill.lines:
            if line.payer == DINER and not line.is_fee:
                continue
            sign = "+" if line.is_fee else "−"
            pen.pair(words.bill_line(line), f"{sign}{yuan(line.amount)}")
            why = words.reason(line.reason, line.label)
            if why:
                pen.line(why, Text.SMALL, Colour.MUTED)
        for note in bill.notes:
            pen.wrapped(words.reason(note))
        for report in bill.reports:
            pen.line(_("reported: {payer} {amount}").format(payer=words.bill_line(report), amount=yuan(report.amount)), Text.SMALL, Colour.MUTED)
        pen.foot(_("pays"), money(bill.due))

    def _first(self) -> int:
        return max(0, self._at - SHOWN + 1)


class _Pen:
    """Writes lines from the top of a box down, and the amount at its foot."""

    def __init__(self, theme: Theme, painter: QPainter, box: QRectF, ground: Colour) -> None:
        self._theme = theme
        self._painter = painter
        self._box = box
        self._ground = ground
        self._y = box.top()
        self._end = box.bottom() - theme.px(56)

    def line(self, words_: str, text: Text, ink: Colour = Colour.INK) -> None:
        """One line, cut where there is no room."""
        room = self._room(text)
        if room is not None:
            shown = QFontMetrics(self._painter.font()).elidedText(words_, Qt.TextElideMode.ElideRight, int(room.width()))
            self._write(room, shown, ink, Qt.AlignmentFlag.AlignLeft)

    def wrapped(self, words_: str) -> None:
        """As many lines as it takes."""
        font = self._theme.font(Text.SMALL)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        whole = QRectF(self._box.left(), self._y, self._box.width(), max(0.0, self._end - self._y))
        needed = QFontMetrics(font).boundingRect(whole.toRect(), flags, words_)
        self._painter.setFont(font)
        self._painter.setPen(self._theme.ink(Colour.MUTED, self._ground))
        self._painter.drawText(whole, flags, words_)
        self._y += needed.height()

    def pair(self, words_: str, amount: str) -> None:
        """Words, and an amount at the right."""
        room = self._room(Text.SMALL_STRONG)
        if room is not None:
            metrics = QFontMetrics(self._painter.font())
            left = room.adjusted(0, 0, -metrics.horizontalAdvance(amount) - self._theme.px(8), 0)
            self._write(left, metrics.elidedText(words_, Qt.TextElideMode.ElideRight, int(left.width())), Colour.INK, Qt.AlignmentFlag.AlignLeft)
            self._write(room, amount, Colour.INK, Qt.AlignmentFlag.AlignRight)

    def gap(self) -> None:
        """A little room."""
        self._y += self._theme.px(8)

    def foot(self, words_: str, amount: str) -> None:
        """What is paid, at the foot."""
        self._painter.setFont(self._theme.font(Text.BODY))
        room = QRectF(self._box.left(), self._box.bottom() - self._theme.px(48), self._box.width(), self._theme.px(48))
        self._write(room, words_, Colour.INK, Qt.AlignmentFlag.AlignLeft)
        self._painter.setFont(self._theme.font(Text.TITLE))
        self._write(room, amount, Colour.INK, Qt.AlignmentFlag.AlignRight)

    def _room(self, text: Text) -> QRectF | None:
        self._painter.setFont(self._theme.font(text))
        height = QFontMetrics(self._painter.font()).height()
        if self._y + height > self._end:
            return None
        room = QRectF(self._box.left(), self._y, self._box.width(), height)
        self._y += height
        return room

    def _write(self, room: QRectF, words_: str, ink: Colour, side: Qt.AlignmentFlag) -> None:
        self._painter.setPen(self._theme.ink(ink, self._ground))
        self._painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), words_)


def facts_of(one: Example) -> list[str]:
    """What an example is, in a few lines."""
    aged = _("aged {age}").format(age=one.born) if isinstance(one.born, int) else one.born.isoformat() if one.born else _("age not known")
    told = [" · ".join([aged, *sorted(one.categories)])]
    if one.hukou:
        told.append(_("registered in {areas}").format(areas=one.hukou))
    told.append(" · ".join((one.day.isoformat(), words.meal(one.meal))))
    told.append(" · ".join((words.way(one.way), words.tender(one.tender))))
    if one.before:
        told.append(ngettext("{count} meal before, that day", "{count} meals before, that day", one.before).format(count=one.before))
    return told


class ExampleSheet(Sheet):
    """One example person; `taken` carries it and its place (-1 for a new one)."""

    taken = Signal(object, int)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=1000)
        self._at = _NEW
        self._title = Label(theme, "", Text.HEADING)
        self._wrong = ElidedLabel(theme, "", Text.SMALL_STRONG, Tone.RED)
        self.asks = {name: Ask(theme) for name in ("name", "born", "price", "categories", "day", "before", "hukou", "residence", "area", "passes", "diets")}
        self.choices = {name: Choice(theme) for name in ("meal", "way", "tender")}
        self._cancel, self._go = Button(theme, key="Esc"), Button(theme, "", Kind.PRIMARY, key="Enter")
        asks = self.asks
        body = self.card.body
        body.setSpacing(theme.px(6))
        body.addWidget(self._title)
        body.addWidget(
            page_of(
                theme,
                (asks["name"], asks["born"], asks["price"], asks["day"]),
                (asks["categories"], asks["passes"], asks["diets"], asks["before"]),
                (asks["hukou"], asks["residence"], asks["area"]),
                tuple(self.choices.values()),
            )
        )
        body.addWidget(self._wrong)
        foot = row(theme, self._cancel, self._go)
        foot.setStretch(1, 1)
        body.addLayout(foot)
        self._cancel.clicked.connect(self.left)
        self._go.clicked.connect(self._take)
        self.entered.connect(self._take)
        self.retranslate()

    @property
    def complaint(self) -> str:
        """What is said to be wrong."""
        return self._wrong.text()

    def ask(self, one: Example, at: int | None) -> None:
        """Open with an example; `at` None makes a new one of it."""
        self._at = _NEW if at is None else at
        self.retranslate()
        born = "" if one.born is None else str(one.born) if isinstance(one.born, int) else one.born.isoformat()
        for name, text in {
            "name": one.name,
            "born": born,
            "price": yuan(one.list_price),
            "day": one.day.isoformat(),
            "categories": ", ".join(sorted(one.categories)),
            "passes": ", ".join(sorted(one.passes)),
            "diets": ", ".join(sorted(one.diets)),
            "before": str(one.before or ""),
            "hukou": one.hukou,
            "residence": one.residence,
            "area": one.area,
        }.items():
            self.asks[name].set_text(text)
        for name, value in (("meal", one.meal), ("way", one.way), ("tender", one.tender)):
            self.choices[name].set_value(value)
        self._complain("", None)
        self.open_on(self.asks["name"].line)
        self.asks["name"].line.selectAll()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("An example person at a meal"))
        self._cancel.setText(_("Back"))
        self._go.setText(_("Try"))
        area = _("city/district/town")
        for name, (label, hint) in {
            "name": (_("Called"), ""),
            "born": (_("Age or birth date"), "82"),
            "price": (_("List price"), "12.00"),
            "day": (_("Day"), "2026-01-31"),
            "categories": (_("Categories"), ""),
            "passes": (_("Passes"), ""),
            "diets": (_("Diets"), ""),
            "before": (_("Meals before, that day"), "0"),
            "hukou": (_("Registered in"), area),
            "residence": (_("Living in"), area),
            "area": (_("The canteen stands in"), area),
        }.items():
            self.asks[name].say(label, hint)
        self.choices["meal"].set_label(_("Meal"))
        self.choices["meal"].set_options((one.value, words.meal(one)) for one in Meal)
        self.choices["way"].set_label(_("Way"))
        self.choices["way"].set_options((one.value, words.way(one)) for one in Way)
        self.choices["tender"].set_label(_("Paid with"))
        self.choices["tender"].set_options((one.value, words.tender(one)) for one in Tender)

    def _take(self) -> None:
        texts = {name: ask.text.strip() for name, ask in self.asks.items()}
        try:
            day = date.fromisoformat(texts["day"])
        except ValueError:
            self._complain(_("Write the day like 2026-01-31."), "day")
            return
        try:
            born = _born(texts["born"], day)
        except ValueError:
            self._complain(_("Write an age like 82, or a birth date like 1944-02-03."), "born")
            return
        try:
            price = parse_yuan(texts["price"])
        except BadAmount:
            self._complain(_("Write the price like 12.00."), "price")
            return
        if texts["before"] and not (texts["before"].isdecimal() and int(texts["before"]) <= 9):
            self._complain(_("Write a count from 0 to 9."), "before")
            return
        example = Example(
            texts["name"] or _("Somebody"),
            day,
            price,
            born,
            frozenset(words_in(texts["categories"])),
            texts["hukou"],
            texts["residence"],
            Meal(self.choices["meal"].value),
            Way(self.choices["way"].value),
            Tender(self.choices["tender"].value),
            before=int(texts["before"] or 0),
            area=texts["area"],
            passes=frozenset(words_in(texts["passes"])),
            diets=frozenset(words_in(texts["diets"])),
        )
        self.taken.emit(example, self._at)

    def _complain(self, wrong: str, name: str | None) -> None:
        self._wrong.setText(wrong)
        for key, ask in self.asks.items():
            ask.mark(wrong=key == name)
        if name is not None:
            self.asks[name].line.setFocus()


def _born(text: str, day: date) -> date | int | None:
    """Raises ValueError."""
    if not text:
        return None
    if text.isdecimal() and len(text) <= 3:
        if int(text) > 130:
            raise ValueError(text)
        return int(text)
    born = date.fromisoformat(text)
    if born > day:
        raise ValueError(text)
    return born

"""The face of booking: days and ways above, the day's dishes at the left, what it costs at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos import words
from pos.domain.menu import Meal, Offer
from pos.domain.money import money
from pos.domain.pricing import Way
from pos.i18n import _
from ui.reservations.booking import WAYS, BookingPresenter
from ui.reservations.form import BookingForm
from ui.reservations.phrases import confirm_words, cost_facts, cut_off_words, day_words, dish_note
from ui.sales.set_choice import SetChoice
from ui.sales.set_sheet import SetSheet
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.key_hints import Hints
from ui.widgets.labels import AmountLabel, ElidedLabel, Label, Tone
from ui.widgets.panel import Card, Ground, row
from ui.widgets.sheet import Sheet
from ui.widgets.tab import Tab
from ui.widgets.table import Column, Line, Table

_DAYS = 6
_FACTS = 6
_LINE = 28


class BookingSheet(Sheet):
    """Enter books; arrows go to another day, numbers add a dish, + and - change the marked one."""

    looked = Signal(object)
    stepped = Signal(int)
    meal_turned = Signal()
    way_turned = Signal()
    digit = Signal(int)
    chosen = Signal(str)
    changed = Signal(str, int)
    confirmed = Signal()
    cancelled = Signal()
    wrote = Signal(str)
    set_asked = Signal(str)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=1000)
        self._form: BookingForm | None = None
        self._title = ElidedLabel(theme, "", Text.TITLE)
        self._when = Label(theme, "", Text.HEADING, Tone.GREEN)
        self._when.setMinimumWidth(theme.px(260))
        self._when.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._days = [Tab(theme, small=True) for _unused in range(_DAYS)]
        self._meals = {meal: Tab(theme, small=True, width=96) for meal in Meal}
        self._ways = {way: Tab(theme, small=True, width=96) for way in WAYS}
        self._table = Table(theme)
        self._why = Field(theme, longest=60)
        self._until = ElidedLabel(theme, "", Text.SMALL, Tone.MUTED)
        self._until.setMinimumHeight(theme.px(_LINE))
        self._cost = _Cost(theme)
        self._leave = Button(theme, "", Kind.SECONDARY, key="Esc")
        self._cancel = Button(theme, "", Kind.SECONDARY, key="F8")
        self._yes = Button(theme, "", Kind.PRIMARY, key="Enter", size=Text.HEADING)
        self._set = SetSheet(theme, page)
        self._lay_out(theme)
        self._connect()
        self.retranslate()

    def attend(self, presenter: BookingPresenter) -> None:
        """Send every wish to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self.looked.connect(presenter.look_at)
        self.stepped.connect(presenter.step)
        self.meal_turned.connect(presenter.turn_meal)
        self.way_turned.connect(presenter.turn_way)
        self.digit.connect(presenter.press_digit)
        self.chosen.connect(presenter.choose)
        self.changed.connect(presenter.more)
        self.confirmed.connect(presenter.confirm)
        self.cancelled.connect(presenter.ask_cancel)
        self.wrote.connect(presenter.write_why)
        self.set_asked.connect(presenter.ask_set)
        self._set.picked.connect(presenter.set_picked)
        self.left.connect(presenter.close)

    # -- facts --------------------------------------------------------------------------------------

    def show_form(self, form: BookingForm) -> None:
        """Paint the form; the first one after a close opens the sheet."""
        before, self._form = self._form, form
        self._title.setText(_("Reserve for {name}").format(name=form.name))
        self._when.setText(f"{day_words(form.day)} {words.meal(form.meal)}" if form.day else "")
        shown = _around(form)
        for number, tab in enumerate(self._days):
            tab.setVisible(number < len(shown))
            if number < len(shown):
                tab.say(day_words(shown[number]))
                tab.setChecked(shown[number] == form.day)
        for meal, tab in self._meals.items():
            tab.setChecked(meal is form.meal)
        for way, tab in self._ways.items():
            tab.setChecked(way is form.way)
        offers = form.ahead.menu.offers if form.ahead else ()
        self._table.set_empty_words(_("Looking …") if form.ahead is None else _("Nothing is on the menu of this meal yet."))
        self._table.set_lines([_line(form, offer) for offer in offers], max(_in_hand(form, offers), 0))
        self._cost.show_form(form)
        self._until.setText(cut_off_words(form))
        self._why.setVisible(form.late)
        if form.late and (before is None or not before.late):
            self._why.set_text("")
            self._why.line.setFocus()
        self._cancel.setVisible(form.ahead is not None and form.ahead.booked is not None and not form.cancelling)
        self._yes.setText(confirm_words(form))
        self._yes.set_kind(Kind.DANGER if form.cancelling else Kind.PRIMARY)
        self._leave.setText(_("Keep it") if form.cancelling else _("Back"))
        if not self.is_open:
            self.open_on(self._table)
        elif before is not None and before.late and not form.late:
            self._table.setFocus()

    def ask_set(self, choice: SetChoice) -> None:
        """Let the cashier choose the dishes of a set meal."""
        self._set.ask(choice)

    def close_form(self) -> None:
        """Take it away."""
        self._form = None
        self._set.take_away()
        self.take_away()

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._set.retranslate()
        for meal, tab in self._meals.items():
            tab.say(words.meal(meal))
        for way, tab in self._ways.items():
            tab.say(words.way(way))
        self._table.setAccessibleName(_("Dishes of this meal"))
        self._table.set_columns(
            (
                Column(_("Key"), 52, right=True),
                Column(_("Dish"), 164),
                Column(_("Note")),
                Column(_("Price"), 88, right=True),
                Column(_("Portions"), 92, right=True),
            )
        )
        self._why.set_words(_("Reason"), _("Why after the cut-off?"))
        self._cancel.setText(_("Cancel the reservation"))
        if self._form:
            self.show_form(self._form)

    # -- wishes -------------------------------------------------------------------------------------

    def hints(self) -> Hints:
        """Everything but yes and no."""
        return (
            ("← →", _("Day")),
            ("F2", _("Meal")),
            ("F7", _("How")),
            ("1-9", _("Dish")),
            ("+ -", _("Portions")),
            ("Del", _("Take off")),
            ("/", _("Set's dishes")),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the sheet; those of the table come here when it does not need them."""
        key = Qt.Key(event.key())
        deeds: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Left: lambda: self.stepped.emit(-1),
            Qt.Key.Key_Right: lambda: self.stepped.emit(1),
            Qt.Key.Key_F2: self.meal_turned.emit,
            Qt.Key.Key_F7: self.way_turned.emit,
            Qt.Key.Key_F8: self._cancel.click,
            Qt.Key.Key_Plus: lambda: self._change(1),
            Qt.Key.Key_Equal: lambda: self._change(1),
            Qt.Key.Key_Minus: lambda: self._change(-1),
            Qt.Key.Key_Delete: lambda: self._change(-99),
            Qt.Key.Key_Slash: self._ask_set,
        }
        if key in deeds and not event.isAutoRepeat():
            deeds[key]()
            event.accept()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and not event.isAutoRepeat():
            self.digit.emit(int(key) - int(Qt.Key.Key_0))
            event.accept()
        else:
            super().keyPressEvent(event)

    def _ask_set(self) -> None:
        offers = self._form.ahead.menu.offers if self._form and self._form.ahead else ()
        if 0 <= self._table.at < len(offers):
            self.set_asked.emit(offers[self._table.at].dish_id)

    def _change(self, step: int) -> None:
        offers = self._form.ahead.menu.offers if self._form and self._form.ahead else ()
        if 0 <= self._table.at < len(offers):
            self.changed.emit(offers[self._table.at].dish_id, step)

    def _connect(self) -> None:
        for number, tab in enumerate(self._days):
            tab.clicked.connect(lambda _checked=False, number=number: self._look(number))
        for meal, tab in self._meals.items():
            tab.clicked.connect(lambda _checked=False, meal=meal: self._turn_to_meal(meal))
        for way, tab in self._ways.items():
            tab.clicked.connect(lambda _checked=False, way=way: self._turn_to_way(way))
        self._table.doubleClicked.connect(lambda _index: self._change(1))
        self._table.chosen.connect(lambda _at: self.confirmed.emit())
        self._why.typed.connect(self.wrote)
        self._yes.clicked.connect(self.confirmed)
        self.entered.connect(self.confirmed)
        self._cancel.clicked.connect(self.cancelled)
        self._leave.clicked.connect(self.left)

    def _turn_to_meal(self, meal: Meal) -> None:
        for _unused in Meal:
            if self._form and self._form.meal is not meal:
                self.meal_turned.emit()
        if self._form:
            self.show_form(self._form)

    def _turn_to_way(self, way: Way) -> None:
        for _unused in WAYS:
            if self._form and self._form.way is not way:
                self.way_turned.emit()
        if self._form:
            self.show_form(self._form)

    def _look(self, number: int) -> None:
        if self._form and number < len(_around(self._form)):
            self.looked.emit(_around(self._form)[number])

    # -- layout -------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        head = row(theme, self._title, self._when)
        head.setStretch(0, 1)
        self.card.body.addLayout(head)
        # Each strip is a widget of its own: of the tabs of one parent a single one can be open.
        self.card.body.addWidget(_strip(theme, self._days))
        turns = QHBoxLayout()
        turns.setSpacing(theme.px(Size.WIDE))
        turns.addWidget(_strip(theme, list(self._meals.values())))
        turns.addWidget(_strip(theme, list(self._ways.values())))
        self.card.body.addLayout(turns)
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(Size.SPACE))
        left = QVBoxLayout()
        left.addWidget(self._table, 1)
        left.addWidget(self._why)
        left.addWidget(self._until)
        middle.addLayout(left, 1)
        middle.addWidget(self._cost)
        self._table.setMinimumHeight(theme.px(206))
        self._cost.setFixedWidth(theme.px(330))
        self.card.body.addLayout(middle, 1)
        foot = row(theme, self._leave, self._cancel)
        foot.addWidget(self._yes, 1)
        self.card.body.addLayout(foot)


class _Cost(Card):
    """What it costs, who pays, what is left, until when."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Ground.GREEN, pad=8)
        self.body.setSpacing(0)
        self._title = Label(theme, _("Is held on the card"), Text.SMALL, Tone.MUTED)
        self._due = Label(theme, "–", Text.AMOUNT, Tone.GREEN)
        self._facts = [(ElidedLabel(theme, "", Text.SMALL, Tone.MUTED), AmountLabel(theme, "", Text.SMALL)) for _unused in range(_FACTS)]
        self.body.addWidget(self._title)
        self.body.addWidget(self._due)
        for what, amount in self._facts:
            amount.setMinimumWidth(theme.px(104))
            amount.setMinimumHeight(theme.px(_LINE))
            what.setMinimumHeight(theme.px(_LINE))
            line = row(theme, what, amount)
            line.setStretch(0, 1)
            self.body.addLayout(line)
        self.body.addStretch(1)

    def show_form(self, form: BookingForm) -> None:
        """Show it."""
        bill = form.bill
        self._title.setText(_("Is held on the card"))
        self._due.setText(money(bill.due) if bill else "–")
        after = form.left_after
        short = after is not None and after < 0
        self.set_ground(Ground.RED if short else Ground.GREEN)
        self._due.set_tone(Tone.RED if short else Tone.GREEN)
        facts = cost_facts(form)[:_FACTS]
        # Their room is always there: nothing moves while dishes are chosen.
        for at, (what, amount) in enumerate(self._facts):
            name, fen = facts[at] if at < len(facts) else ("", None)
            what.setText(name)
            amount.set_what(name)
            amount.set_amount(fen)


def _strip(theme: Theme, tabs: list[Tab]) -> QWidget:
    strip = QWidget()
    line = row(theme, *tabs, gap=6)
    line.setContentsMargins(0, 0, 0, 0)
    strip.setLayout(line)
    return strip


def _around(form: BookingForm) -> tuple[date, ...]:
    """The days that have room on the screen, the chosen one among them."""
    if form.day not in form.days:
        return form.days[:_DAYS]
    first = min(max(form.days.index(form.day) - 1, 0), max(len(form.days) - _DAYS, 0))
    return form.days[first : first + _DAYS]


def _in_hand(form: BookingForm, offers: tuple[Offer, ...]) -> int:
    return next((at for at, offer in enumerate(offers) if offer.dish_id == form.tray.in_hand), 0)


def _line(form: BookingForm, offer: Offer) -> Line:
    count = form.tray.count(offer.dish_id)
    tone = Tone.RED if count and form.clashing(offer) else Tone.GREEN if count else Tone.PLAIN
    cells = (str(offer.key), offer.name, dish_note(form, offer), money(offer.price), f"×{count}" if count else "")
    return Line(cells, tone)

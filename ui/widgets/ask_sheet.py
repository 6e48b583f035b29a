"""A sheet that asks: text, facts, fields over one page or several, a list; all as one value says (ui/asking.py)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.i18n import _
from ui.asking import Ask, AskTable, Fact, FieldKind
from ui.theme import Size, Text, Theme
from ui.widgets.ask_fields import Entry, entry_for
from ui.widgets.buttons import Button, Kind
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import Card, Ground, row
from ui.widgets.sheet import Sheet
from ui.widgets.tab import Tab
from ui.widgets.table import Column, Line, Table

_PAD = Size.WIDE
_TAB = 132


class AskSheet(Sheet):
    """Enter or F9 says yes, as the question has it; PgUp and PgDn turn its pages, Esc leaves it."""

    typed = Signal(str, str)
    confirmed = Signal()
    seconded = Signal()
    picked = Signal(int)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page)
        self._theme = theme
        self._ask: Ask | None = None
        self._say: Callable[[], None] = lambda: None
        self._entries: dict[str, Entry] = {}
        self._places: dict[str, int] = {}
        self._shape: object = None
        self._title = ElidedLabel(theme, "", Text.HEADING)
        self._tabs: list[Tab] = []
        self._tab_row = QHBoxLayout()
        self._text = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._facts = _Facts(theme)
        self._pages = QStackedWidget()
        self._table = Table(theme)
        self._leave = Button(theme, key="Esc")
        self._pick = Button(theme, key="Enter")
        self._second = Button(theme, key="F10")
        self._yes = Button(theme, "", Kind.PRIMARY)
        self._lay_out()
        self._leave.clicked.connect(self.left)
        self._yes.clicked.connect(self.confirmed)
        self._second.clicked.connect(self.seconded)
        self._pick.clicked.connect(lambda: self._take(self._table.at))
        self._table.chosen.connect(self._take)

    def attend(
        self,
        *,
        close: Callable[[], None],
        say: Callable[[], None],
        typed: Callable[[str, str], None] | None = None,
        confirm: Callable[[], None] | None = None,
        second: Callable[[], None] | None = None,
        pick: Callable[[int], None] | None = None,
    ) -> None:
        """Send each wish to whom it may concern; `say` has the question said once more, in another language."""
        self._say = say
        self.left.connect(close)
        for signal, listener in ((self.typed, typed), (self.confirmed, confirm), (self.seconded, second), (self.picked, pick)):
            if listener is not None:
                signal.connect(listener)

    # -- facts --------------------------------------------------------------------------------------

    def show_ask(self, ask: Ask) -> None:
        """Paint the question as it is now; the first one after a close opens the sheet."""
        before, self._ask = self._ask, ask
        shape = tuple(tuple(tuple((f.name, f.kind) for f in line) for line in page.rows) for page in ask.pages)
        built = shape != self._shape
        if built:
            self._shape = shape
            self._build(ask)
        self._paint(ask)
        if before is None or built or before.title != ask.title:
            self._turn(0)
            self.open_on(self._first())
        if ask.wrong and (before is None or before.wrong != ask.wrong):
            self._point_at(ask.wrong)

    def close_ask(self) -> None:
        """Take the sheet away, and forget what was typed and what was shown."""
        self._ask = self._shape = None
        self.take_away()
        self._clear()
        self._facts.forget()
        self._table.set_lines([])

    def later(self, after_ms: int, call: Callable[[], None]) -> None:
        """Call something after so many ms, unless the sheet has gone with its window by then."""
        QTimer.singleShot(after_ms, self, call)

    @property
    def ask(self) -> Ask | None:
        """What is asked."""
        return self._ask

    def retranslate(self) -> None:
        """Have the question said again."""
        if self._ask is not None:
            self._say()

    def hints(self) -> Hints:
        """Pages and a list where the question has them."""
        pages = (("PgUp PgDn", _("Page")),) if self._ask and len(self._ask.pages) > 1 else ()
        rows = (("↑ ↓", _("Mark")),) if self._ask and self._ask.table and self._ask.table.picks else ()
        return (*pages, *rows, *super().hints())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 where it is the yes, pages, arrows in the list, and Enter from field to field where it is not the yes."""
        ask, key = self._ask, event.key()
        if ask is None or event.isAutoRepeat():
            super().keyPressEvent(event)
            return
        if key == Qt.Key.Key_F9 and ask.confirm_key == "F9":
            self._yes.click()
        elif key == Qt.Key.Key_F10 and ask.second:
            self.seconded.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and len(ask.pages) > 1:
            self._turn(self._pages.currentIndex() + (1 if key == Qt.Key.Key_PageDown else -1))
            self._first().setFocus(Qt.FocusReason.OtherFocusReason)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and ask.table and ask.table.picks:
            self._table.keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(ask)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    # -- wishes -------------------------------------------------------------------------------------

    def _enter(self, ask: Ask) -> None:
        if ask.confirm_key == "Enter":
            if ask.confirm:
                self._yes.click()
        elif ask.table and ask.table.picks:
            self._take(self._table.at)
        else:
            self._go_on()

    def _go_on(self) -> None:
        """To the next field; after the last one to the next page, at the end to the yes."""
        here = [entry for name, entry in self._entries.items() if self._places[name] == self._pages.currentIndex()]
        now = next((at for at, entry in enumerate(here) if entry.isAncestorOf(self.focusWidget())), -1)
        following = next((entry for entry in here[now + 1 :] if entry.isEnabled()), None)
        if following is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._pages.currentIndex() + 1 < self._pages.count():
            self._turn(self._pages.currentIndex() + 1)
            self._first().setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._yes.setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self, at: int) -> None:
        if self._ask is None:
            return
        if self._ask.table and self._ask.table.picks:
            if at >= 0:
                self.picked.emit(at)
        elif self._ask.confirm:
            self.confirmed.emit()

    def _turn(self, to: int) -> None:
        if 0 <= to < self._pages.count():
            self._pages.setCurrentIndex(to)
            for number, tab in enumerate(self._tabs):
                tab.setChecked(number == to)

    def _point_at(self, name: str) -> None:
        if name in self._entries:
            self._turn(self._places[name])
            self._entries[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _first(self) -> QWidget:
        for name, entry in self._entries.items():
            if self._places[name] == self._pages.currentIndex() and entry.isEnabled():
                return entry
        if self._ask is not None and self._ask.table and self._ask.table.rows:
            return self._table
        return self._yes if self._ask is not None and self._ask.confirm else self._leave

    # -- painting -----------------------------------------------------------------------------------

    def _paint(self, ask: Ask) -> None:
        theme = self._theme
        self.card.setFixedWidth(theme.px(ask.width))
        self._title.setText(ask.title)
        for tab, page in zip(self._tabs, ask.pages, strict=False):
            tab.say(page.title)
        self._text.setText(ask.text)
        self._text.setVisible(bool(ask.text))
        # Qt guesses a height for wrapped words that has nothing to do with this width, and gives a pixel less than it has.
        room = theme.px(ask.width - 2 * _PAD) - 2
        self._text.setMinimumHeight(0)  # else the height for a width is at least that of the words before
        self._text.setFixedHeight(self._text.heightForWidth(room) if ask.text else 0)
        self._facts.show_facts(ask.facts)
        for page in ask.pages:
            for line in page.rows:
                for one in line:
                    self._entries[one.name].show_field(one)
                    self._entries[one.name].mark(wrong=one.name == ask.wrong)
        self._paint_table(ask.table)
        self._leave.setText(_("Back"))
        self._pick.setVisible(ask.table is not None and bool(ask.table.picks))
        self._pick.setText(ask.table.picks if ask.table else "")
        self._second.setVisible(bool(ask.second))
        self._second.setText(ask.second)
        self._yes.setVisible(bool(ask.confirm))
        self._yes.set_key(ask.confirm_key)
        self._yes.set_kind(Kind.DANGER if ask.danger else Kind.PRIMARY)
        self._yes.setText(_("One moment …") if ask.busy else ask.confirm)

    def _paint_table(self, table: AskTable | None) -> None:
        self._table.setVisible(table is not None)
        if table is None:
            return
        self._table.setAccessibleName(self._title.text())
        at = self._table.at
        self._table.set_lines([])
        self._table.set_columns(tuple(Column(one.title, one.width, one.right) for one in table.columns))
        self._table.set_lines([Line(cells) for cells in table.rows], max(at, 0))
        self._table.set_empty_words(table.empty)
        rows = min(max(len(table.rows), 2), table.seen)
        self._table.setMinimumHeight(self._theme.px(40 * (rows + 1) + 6))

    # -- layout -------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        theme = self._theme
        self._group = QButtonGroup(self)
        self._tab_row.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(theme.px(Size.SPACE))
        head.addWidget(self._title, 1)
        head.addLayout(self._tab_row)
        foot = row(theme, self._leave, self._pick, self._second)
        foot.addWidget(self._yes, 1)
        foot.addStretch(0)
        self.card.body.addLayout(head)
        for widget in (self._text, self._facts, self._pages, self._table):
            self.card.body.addWidget(widget)
        self.card.body.addLayout(foot)

    def _build(self, ask: Ask) -> None:
        self._clear()
        theme = self._theme
        for number, page in enumerate(ask.pages):
            sheet = QWidget()
            lines = QVBoxLayout(sheet)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(theme.px(Size.GAP))
            for fields in page.rows:
                line = QHBoxLayout()
                line.setSpacing(theme.px(Size.SPACE))
                for one in fields:
                    entry = entry_for(theme, one.kind)
                    entry.typed.connect(lambda text, name=one.name: self.typed.emit(name, text))
                    self._entries[one.name], self._places[one.name] = entry, number
                    line.addWidget(entry, one.stretch)
                if all(one.kind is FieldKind.TICK for one in fields):
                    line.addStretch(1)
                lines.addLayout(line)
            lines.addStretch(1)
            self._pages.addWidget(sheet)
            if len(ask.pages) > 1:
                tab = Tab(theme, width=_TAB, small=True)
                tab.clicked.connect(lambda _checked=False, number=number: self._turn(number))
                self._tabs.append(tab)
                self._tab_row.addWidget(tab)
        self._pages.setVisible(bool(ask.pages))

    def _clear(self) -> None:
        self._entries.clear()
        self._places.clear()
        for tab in self._tabs:
            tab.hide()
            tab.deleteLater()
        self._tabs.clear()
        while self._pages.count():
            page = self._pages.widget(0)
            self._pages.removeWidget(page)
            page.hide()
            page.deleteLater()


class _Facts(Card):
    """What is so: a column of questions and a column of answers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Ground.SUNKEN, pad=Size.SPACE)
        self._theme = theme
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(Size.WIDE))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._shown: list[tuple[Label, ElidedLabel]] = []

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these facts, or nothing."""
        self.setVisible(bool(facts))
        while len(self._shown) < len(facts):
            self._add()
        for at, (what, told) in enumerate(self._shown):
            what.setVisible(at < len(facts))
            told.setVisible(at < len(facts))
            if at < len(facts):
                what.setText(facts[at].what)
                told.setFont(self._theme.font(Text.HEADING if facts[at].strong else Text.BODY))
                told.setText(facts[at].told)

    def forget(self) -> None:
        """Keep no word of what was shown."""
        for what, told in self._shown:
            what.setText("")
            told.setText("")

    def _add(self) -> None:
        at = len(self._shown)
        what = Label(self._theme, "", Text.BODY, Tone.MUTED)
        told = ElidedLabel(self._theme, "", Text.BODY)
        told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(what, at, 0)
        self._grid.addWidget(told, at, 1)
        self._shown.append((what, told))

"""The face of the sale screen: the diner, the dishes, the bill; by keys alone or by touch."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from pos.domain.money import Fen
from pos.domain.pricing import Tender
from pos.i18n import _
from ui.messages import good, words
from ui.presenting import Notices
from ui.sales.bill_panel import BillPanel
from ui.sales.cash_sheet import CashSheet
from ui.sales.code_sheet import CodeSheet
from ui.sales.counter import BUSY, Counter, Stage
from ui.sales.diner_panel import DinerPanel
from ui.sales.keys import CounterKeys
from ui.sales.menu_panel import MenuPanel
from ui.sales.phrases import over_text
from ui.sales.presenter import SalePresenter
from ui.sales.set_choice import SetChoice
from ui.sales.set_sheet import SetSheet
from ui.sales.waiver_sheet import WaiverSheet
from ui.theme import Size, Theme
from ui.widgets.key_hints import Hints
from ui.widgets.sheet import Sheet

_NARROW = 1200


def _deed(counter: Counter) -> tuple[object, ...]:
    """What changes when the cashier or a diner did something."""
    who = counter.diner.member.id if counter.diner else ""
    return counter.stage, who, counter.tray.portions, counter.question


class SaleView(QWidget):
    """Three panels, four sheets, and the keys."""

    def __init__(self, theme: Theme, notices: Notices, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notices = notices
        self._counter = Counter()
        self.diner = DinerPanel(theme)
        self.menu = MenuPanel(theme)
        self.bill = BillPanel(theme)
        row = QHBoxLayout(self)
        edge = theme.px(Size.SPACE)
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(edge)
        row.addWidget(self.diner)
        row.addWidget(self.menu, 1)
        row.addWidget(self.bill)
        for button in self.diner.findChildren(QAbstractButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.keys = CounterKeys(self, self.bill.enter_button)
        self.cash = CashSheet(theme, self)
        self.code = CodeSheet(theme, self)
        self.waiver = WaiverSheet(theme, self)
        self.set_meal = SetSheet(theme, self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.bill.enter_button)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._followers: tuple[Sheet, ...] = ()
        self.retranslate()

    def languages_follow(self, *sheets: Sheet) -> None:
        """Let sheets of other features that lie on this page change their language with it."""
        self._followers = sheets

    def attend(self, presenter: SalePresenter) -> None:
        """Send every wish to the presenter."""
        keys, bill = self.keys, self.bill
        for signal in (self.diner.find_diner, keys.find):
            signal.connect(presenter.find)
        for signal in (self.diner.reserve, keys.reserve):
            signal.connect(presenter.reserve)
        for signal in (self.diner.away, keys.escape, bill.no):
            signal.connect(presenter.escape)
        for signal in (self.diner.top_up, keys.top_up, bill.top_up):
            signal.connect(presenter.top_up)
        for signal in (keys.enter, bill.enter):
            signal.connect(presenter.enter)
        for signal in (keys.way, bill.way):
            signal.connect(presenter.toggle_way)
        for signal in (keys.undo, bill.undo):
            signal.connect(presenter.ask_undo)
        for signal in (keys.again, bill.again):
            signal.connect(presenter.charge_again)
        for signal in (keys.cash, bill.cash):
            signal.connect(presenter.pay_cash)
        for signal in (keys.code, bill.code):
            signal.connect(presenter.pay_code)
        keys.waive.connect(presenter.ask_waiver)
        keys.remove.connect(presenter.remove)
        keys.set_dishes.connect(presenter.choose_again)
        keys.more.connect(presenter.more)
        keys.line.connect(presenter.next_in_hand)
        keys.digit.connect(self.menu.press_digit)
        keys.pressed.connect(self.menu.forget_digit)
        keys.shelf.connect(self.menu.next_shelf)
        keys.page.connect(self.menu.turn_page)
        self.menu.chosen.connect(presenter.choose)
        bill.put.connect(presenter.put)
        bill.touched.connect(presenter.take_in_hand)
        self.cash.given.connect(presenter.cash_given)
        self.cash.left.connect(presenter.put_away)
        self.code.paid.connect(presenter.code_paid)
        self.code.left.connect(presenter.put_away)
        self.waiver.waived.connect(presenter.waive)
        self.waiver.left.connect(presenter.put_away)
        self.set_meal.picked.connect(presenter.set_picked)
        bill.set_touched.connect(presenter.choose_again)

    def show_counter(self, counter: Counter) -> None:
        """Paint the counter as it is now."""
        before, self._counter = self._counter, counter
        if counter.stage is not Stage.PAYING:
            self.cash.take_away()
            self.code.take_away()
            self.waiver.take_away()
        if counter.stage in BUSY or counter.question:
            self.set_meal.take_away()
        self.diner.show_counter(counter)
        self.menu.show_counter(counter)
        self.bill.show_counter(counter)
        self.keys.watch(self.bill.bill.items)
        self._tell(before, counter)
        if (before.stage, before.diner, before.question) != (counter.stage, counter.diner, counter.question):
            self._focus()

    def show_photos(self, photos: Mapping[str, bytes]) -> None:
        """Show the pictures of the dishes."""
        self.menu.show_photos(photos)

    @property
    def counter(self) -> Counter:
        """What is shown."""
        return self._counter

    def ask_cash(self, due: Fen) -> None:
        """Let the cashier count cash."""
        self.cash.ask(due)

    def ask_code(self, due: Fen) -> None:
        """Let the cashier note a payment by code."""
        self.code.ask(due, Tender.WECHAT)

    def ask_waiver(self, due: Fen) -> None:
        """Let a manager say why and how much."""
        self.waiver.ask(due)

    def ask_set(self, choice: SetChoice) -> None:
        """Let the cashier choose the dishes of a set meal."""
        self.set_meal.ask(choice)

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        for part in (self.diner, self.menu, self.bill):
            part.retranslate()
        for sheet in (self.cash, self.code, self.waiver, self.set_meal, *self._followers):
            sheet.retranslate()
        self.show_counter(self._counter)

    def hints(self) -> Hints:
        """The keys for the foot of the window, the most needed first."""
        return (
            ("Enter", _("Pay")),
            ("1-9", _("Dish")),
            ("+ -", _("Portions")),
            ("Del", _("Take off")),
            ("/", _("Set's dishes")),
            ("F2", _("Find")),
            ("F3", _("Reserve")),
            ("F4", _("Waive")),
            ("F6", _("Top up")),
            ("F7", _("Take away")),
            ("F8", _("Take back")),
            ("F9", _("Cash")),
            ("F10", _("Code")),
            ("PgDn", _("More dishes")),
            ("Esc", _("Cancel")),
        )

    def showEvent(self, event: QShowEvent) -> None:
        """The Enter key is ready at once."""
        super().showEvent(event)
        self._focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side panels give way on a small screen."""
        super().resizeEvent(event)
        px, wide = self._theme.px, self.width() >= self._theme.px(_NARROW)
        self.diner.setFixedWidth(px(304 if wide else 262))
        self.bill.set_width(px(416 if wide else 352))

    @property
    def covered(self) -> bool:
        """Whether a sheet lies on the page."""
        return any(sheet.is_open for sheet in self.findChildren(Sheet))

    def _focus(self) -> None:
        if self.isVisible() and not self.covered:
            self.bill.enter_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, before: Counter, counter: Counter) -> None:
        """What was refused stands in the strip until the next wish."""
        if counter.refused is not before.refused:
            if counter.refused:
                self._notices.show_message(words(counter.refused))
            else:
                self._notices.clear_message()
        elif _deed(before) != _deed(counter):
            self._notices.clear_message()
        if counter.done is not before.done and counter.done and counter.stage is Stage.CHOOSING:
            self._notices.show_message(good(_("Taken back"), over_text(counter.done)))

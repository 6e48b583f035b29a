"""The face of the journal: a table of sales; Enter prints the marked one's receipt again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos import words
from pos.domain.cards import CardUid
from pos.domain.money import money
from pos.domain.sales import Sale
from pos.domain.staff import Permission
from pos.i18n import _, ngettext
from pos.services.paper import Papers
from pos.services.sales import Checkout
from ui import formats
from ui.journal.presenter import JournalPresenter
from ui.office.section import Office, Section, SectionView
from ui.theme import Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.key_hints import Hints
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import Card, column, row
from ui.widgets.table import Column, Line, Table


class JournalPage(QWidget):
    """Facts come in by `show_sales`; `reprint` carries the marked sale."""

    wanted = Signal()
    reprint = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sales: tuple[Sale, ...] = ()
        self._title = Label(theme, "", Text.HEADING)
        self._sum = Label(theme, "", Text.BODY, Tone.MUTED)
        self._print = Button(theme, key="Enter")
        self._table = Table(theme)
        card = Card(theme)
        head = row(theme, self._title, self._sum, self._print)
        head.setStretch(1, 1)
        card.body.addLayout(head)
        card.body.addWidget(self._table, 1)
        layout = column(theme, card)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setFocusProxy(self._table)
        self._table.chosen.connect(lambda at: self.reprint.emit(self._sales[at]))
        self._print.clicked.connect(self._print_marked)
        self.retranslate()

    def attend(self, presenter: JournalPresenter) -> None:
        """Send every wish to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self.wanted.connect(presenter.open)
        self.reprint.connect(presenter.reprint)

    def opened(self) -> None:
        """Read the sales anew."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit()

    def left(self) -> None:
        """Nothing is open and nothing secret is shown."""

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here."""

    def show_sales(self, sales: tuple[Sale, ...]) -> None:
        """Show these sales, newest first."""
        self._sales = sales
        self._table.set_lines([_line(sale) for sale in sales], max(self._table.at, 0))
        standing = [sale for sale in sales if not sale.undone]
        count = ngettext("{count} sale", "{count} sales", len(standing)).format(count=len(standing))
        taken = sum(sale.bill.due for sale in standing)
        self._sum.setText(_("{count}, diners paid {taken}").format(count=count, taken=money(taken)))
        self._print.setEnabled(bool(sales))

    def hints(self) -> Hints:
        """Its keys."""
        return (("↑↓", _("Mark")), ("Enter", _("Print again")), ("F5", _("Refresh")))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("Sales of this shift"))
        self._print.setText(_("Print again"))
        self._table.setAccessibleName(self._title.text())
        self._table.set_columns(
            (
                Column(_("Time"), 72),
                Column(_("Number"), 138),
                Column(_("Diner"), 120),
                Column(_("Dishes")),
                Column(_("List price"), 104, right=True),
                Column(_("Diner paid"), 104, right=True),
                Column(_("By"), 112),
                Column(_("State"), 92),
            )
        )
        self._table.set_empty_words(_("Nothing was sold in this shift yet."))
        self.show_sales(self._sales)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F5 reads anew."""
        if event.key() == Qt.Key.Key_F5:
            self.wanted.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _print_marked(self) -> None:
        if 0 <= self._table.at < len(self._sales):
            self.reprint.emit(self._sales[self._table.at])


def _line(sale: Sale) -> Line:
    dishes = " ".join(item.name if item.quantity == 1 else f"{item.name}x{item.quantity}" for item in sale.bill.basket)
    cells = (
        formats.time_of(sale.at_ms),
        sale.number,
        sale.member_name or _("Guest"),
        dishes,
        money(sale.bill.list_price),
        money(sale.bill.due),
        words.tender(sale.payment.tender),
        _("undone") if sale.undone else "",
    )
    return Line(cells, Tone.RED if sale.undone else Tone.PLAIN)


def _build(office: Office) -> SectionView:
    page = JournalPage(office.theme)
    page.attend(
        JournalPresenter(
            page,
            office.notices,
            Checkout(office.stores, office.clock, office.till),
            Papers(office.stores, office.clock, office.till),
            office.lane,
            office.actor,
        )
    )
    return page


SECTION = Section("journal", lambda: _("Sales journal"), Permission.REPRINT, _build)

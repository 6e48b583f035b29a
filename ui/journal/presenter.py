"""The mind of the journal: the sales of the open shift, newest first, and a receipt once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pos.domain.errors import Refusal, Trouble
from pos.domain.paper import SlipKind
from pos.domain.sales import Sale
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.paper import Papers
from pos.services.sales import Checkout
from ui import messages
from ui.presenting import Lane, Notices

MOST = 500


class JournalView(Protocol):
    """The face of the journal."""

    def show_sales(self, sales: tuple[Sale, ...]) -> None:
        """Show these sales, newest first."""
        ...


class JournalPresenter:
    """Reads the sales whenever it is opened."""

    def __init__(
        self,
        view: JournalView,
        notices: Notices,
        checkout: Checkout,
        papers: Papers,
        lane: Lane,
        actor: Callable[[], Actor],
    ) -> None:
        self._view = view
        self._notices = notices
        self._checkout = checkout
        self._papers = papers
        self._lane = lane
        self._actor = actor

    def open(self) -> None:
        """Read the sales."""
        self._lane.run(lambda: self._checkout.recent(MOST), self._view.show_sales, self._failed)

    def reprint(self, sale: Sale) -> None:
        """Print a sale's receipt again, or the slip of its undoing."""
        actor, kind = self._actor(), SlipKind.UNDO if sale.undone else SlipKind.SALE

        def printed(copy: int) -> None:
            title = _("Receipt {number} is printed again.").format(number=sale.number)
            self._notices.show_message(messages.good(title, _("Copy {count}").format(count=copy)))

        self._lane.run(lambda: self._papers.reprint(actor, kind, sale.id), printed, self._failed)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

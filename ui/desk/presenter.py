"""The mind of the desk sheet: reprint, drawer, ledger check, test page."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.errors import NothingToUndo, Refusal, Trouble
from pos.domain.paper import SlipKind
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.paper import Papers
from pos.services.sales import Checkout
from ui import messages
from ui.presenting import Lane, Notices


class DeskPresenter:
    """Small deeds beside selling; each asks the use case, which checks who may."""

    def __init__(
        self, notices: Notices, papers: Papers, checkout: Checkout, lane: Lane, actor: Callable[[], Actor]
    ) -> None:
        self._notices = notices
        self._papers = papers
        self._checkout = checkout
        self._lane = lane
        self._actor = actor

    def reprint(self) -> None:
        """Print the receipt of this shift's last sale again, marked with its count and who asked."""
        actor = self._actor()

        def work() -> int:
            last = self._checkout.last()
            if last is None:
                raise NothingToUndo
            return self._papers.reprint(actor, SlipKind.SALE, last.id)

        self._lane.run(work, self._reprinted, self._failed)

    def open_drawer(self) -> None:
        """Open the drawer without a sale; who did is written down."""
        actor = self._actor()
        self._lane.run(lambda: self._papers.open_drawer(actor), lambda _none: self._opened(), self._failed)

    def test_page(self) -> None:
        """Print the test page."""
        actor = self._actor()
        self._lane.run(lambda: self._papers.test_page(actor), lambda _none: self._on_its_way(), self._failed)

    def papers_seen(self) -> None:
        """Somebody looked at the papers of which it was not known whether they came out."""
        actor = self._actor()
        self._lane.run(lambda: self._papers.looked_at(actor), lambda _none: self._settled(), self._failed)

    def _settled(self) -> None:
        self._notices.show_message(messages.good(_("Written down: the doubtful papers were looked at.")))

    def _reprinted(self, copy: int) -> None:
        self._notices.show_message(
            messages.good(_("The receipt comes again, marked as copy {copy}.").format(copy=copy))
        )

    def _opened(self) -> None:
        self._notices.show_message(messages.good(_("The drawer opens. This was written down.")))

    def _on_its_way(self) -> None:
        self._notices.show_message(messages.good(_("The page is on its way to the printer.")))

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

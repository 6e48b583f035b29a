"""The mind of the claims: which payer and month is looked at, stamping, files, and the payers' money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from pos.domain.claim_figures import Figures, figures_of
from pos.domain.claim_paper import ClaimColumn
from pos.domain.claims import Claim, Month, Owed, Payment, open_parts
from pos.domain.errors import BadAmount, Refusal, Trouble
from pos.domain.money import Fen, money, parse_yuan
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.claim_papers import ClaimPapers
from pos.services.claim_payments import PayerPayments, PaymentOrder
from pos.services.claims import Claims, PayerMonths, Preview, StampOrder
from ui import messages
from ui.office.work import Work
from ui.presenting import Lane, Notices

KINDS = (".pdf", ".xlsx", ".csv")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the screen shows: the payers with their months, and the one that is looked at."""

    payers: tuple[PayerMonths, ...]
    preview: Preview
    figures: Figures


@dataclass(frozen=True, slots=True)
class MoneyNow:
    """What every payer owes; `opens` is what is still open of each claim (fen), by its id."""

    owed: tuple[Owed, ...]
    claims: tuple[Claim, ...]
    payments: tuple[Payment, ...]
    opens: dict[str, Fen]


@dataclass(frozen=True, slots=True)
class TypedPayment:
    """What was typed about money that arrived."""

    payer: str
    amount: str
    received_on: str
    reference: str


class ClaimsView(Protocol):
    """The face of the claims."""

    def show_nothing(self) -> None:
        """Nobody ever owed a part of a meal."""
        ...

    def show_claim(self, shown: Shown) -> None:
        """Show a payer's month."""
        ...

    def ask_stamp(self, preview: Preview) -> None:
        """Ask once more before a claim is stamped for good."""
        ...

    def ask_kind(self, claim: Claim) -> None:
        """Ask which kind of file is wanted."""
        ...

    def ask_columns(self, payer_name: str, chosen: tuple[ClaimColumn, ...]) -> None:
        """Ask which columns the payer's claims have."""
        ...

    def show_money(self, now: MoneyNow, today: date) -> None:
        """Show what every payer owes."""
        ...

    def point_at(self, field: str) -> None:
        """What was typed into a field of the payment ('amount', 'day') was wrong."""
        ...

    def payment_booked(self) -> None:
        """The form of the payment has done its work."""
        ...

    def close_sheets(self) -> None:
        """Take whatever was asked away."""
        ...

    def ask_file(self, name: str) -> Path | None:
        """Where to save; None when nobody chose a place."""
        ...

    def show_file(self, path: Path) -> None:
        """Open a file that was written."""
        ...


class ClaimsPresenter:
    """Reads whenever it is opened; a stamp carries the id that was made when its month was shown."""

    def __init__(
        self,
        view: ClaimsView,
        notices: Notices,
        claims: Claims,
        papers: ClaimPapers,
        payments: PayerPayments,
        lane: Lane,
        work: Work,
        actor: Callable[[], Actor],
        today: Callable[[], date],
    ) -> None:
        self._view = view
        self._notices = notices
        self._claims = claims
        self._papers = papers
        self._payments = payments
        self._lane = lane
        self._work = work
        self._actor = actor
        self._today = today
        self._payers: tuple[PayerMonths, ...] = ()
        self._payer = ""
        self._month: Month | None = None
        self._shown: Preview | None = None
        self._claim_id = ""
        self._payment_id = ""

    # -- looking ------------------------------------------------------------------------------------

    def open(self) -> None:
        """Read the payers and the month that was looked at, or the newest one that is over."""
        actor = self._actor()
        self._lane.run(lambda: self._claims.months(actor), self._listed, self._failed)

    def choose_payer(self, payer: str) -> None:
        """Look at the same month of another payer."""
        self._payer = payer
        self._listed(self._payers)

    def choose_month(self, text: str) -> None:
        """Look at another month ('2026-03')."""
        self._month = Month.read(text)
        self._listed(self._payers)

    def _listed(self, payers: tuple[PayerMonths, ...]) -> None:
        self._payers = tuple(payer for payer in payers if payer.months)
        if not self._payers:
            self._view.show_nothing()
            return
        chosen = next((one for one in self._payers if one.payer == self._payer), self._payers[0])
        months = [month for month, _claim in chosen.months]
        self._payer = chosen.payer
        if self._month not in months:
            over = [month for month in months if month.last < self._today()]
            self._month = (over or months)[0]
        actor, payer, month = self._actor(), self._payer, self._month
        assert month is not None, "a payer that is listed has a month"
        self._lane.run(lambda: self._claims.preview(actor, payer, month), self._show, self._failed)

    def _show(self, preview: Preview) -> None:
        self._shown = preview
        self._claim_id = str(uuid4())
        self._view.show_claim(Shown(self._payers, preview, figures_of(preview.lines)))

    # -- stamping and saving ------------------------------------------------------------------------

    def go_on(self) -> None:
        """The next step of what is shown: stamp it, or save what is stamped."""
        if self._shown is None:
            return
        if self._shown.claim is None:
            self._view.ask_stamp(self._shown)
        else:
            self._view.ask_kind(self._shown.claim)

    def stamp(self) -> None:
        """Stamp what is shown."""
        shown = self._shown
        if shown is None:
            return
        order = StampOrder(self._claim_id, shown.payer, shown.month, shown.total, len(shown.lines))
        actor = self._actor()

        def stamped(claim: Claim) -> None:
            self._view.close_sheets()
            title = _("Claim {number} is stamped: {amount}.")
            said = title.format(number=claim.number, amount=money(claim.total))
            self._notices.show_message(messages.good(said, _("Save it as a file, print it and have it signed.")))
            self.open()

        self._lane.run(lambda: self._claims.stamp(actor, order), stamped, self._failed)

    def save(self, kind: str) -> None:
        """Save the stamped claim as a file ('.pdf', '.xlsx', '.csv')."""
        claim = self._shown.claim if self._shown else None
        self._view.close_sheets()
        path = self._view.ask_file(f"{claim.number}{kind}") if claim else None
        if claim is None or path is None:
            return
        path = path if path.suffix.lower() in KINDS else path.with_name(path.name + kind)
        actor, claim_id = self._actor(), claim.id

        def saved(_none: None) -> None:
            self._notices.show_message(messages.good(_("Saved: {name}").format(name=path.name), str(path.parent)))
            if kind == KINDS[0]:
                self._view.show_file(path)

        self._work.run(
            _("Saving {name}").format(name=path.name),
            lambda progress: self._papers.save(actor, claim_id, path, progress),
            saved,
            self._failed,
            lambda: self._notices.show_message(messages.note(_("Given up: no file was written."))),
        )

    # -- columns ------------------------------------------------------------------------------------

    def ask_columns(self) -> None:
        """Ask which columns the payer's claims have."""
        if (shown := self._shown) is None:
            return
        self._lane.run(
            lambda: self._papers.columns(shown.payer),
            lambda columns: self._view.ask_columns(shown.payer_name, columns),
            self._failed,
        )

    def keep_columns(self, chosen: tuple[ClaimColumn, ...]) -> None:
        """Keep the columns for the payer that is shown."""
        actor, payer = self._actor(), self._payer

        def kept(_columns: tuple[ClaimColumn, ...]) -> None:
            self._view.close_sheets()
            self._notices.show_message(messages.good(_("The next file has these columns.")))

        self._lane.run(lambda: self._papers.choose_columns(actor, payer, chosen), kept, self._failed)

    # -- money --------------------------------------------------------------------------------------

    def show_money(self) -> None:
        """Read what every payer owes."""
        actor = self._actor()
        self._payment_id = str(uuid4())

        def read() -> MoneyNow:
            claims = self._claims.stamped(actor)
            payments = self._payments.listed(actor)
            opens: dict[str, Fen] = {}
            for payer in {claim.payer for claim in claims}:
                paid = sum(one.amount for one in payments if one.payer == payer and not one.undone)
                opens |= open_parts([claim for claim in claims if claim.payer == payer], paid)
            return MoneyNow(self._claims.owed(actor), claims, payments, opens)

        self._lane.run(read, lambda now: self._view.show_money(now, self._today()), self._failed)

    def receive(self, typed: TypedPayment) -> None:
        """Book money that arrived."""
        actor = self._actor()
        try:
            amount = parse_yuan(typed.amount)
        except BadAmount as error:
            self._failed(error)
            self._view.point_at("amount")
            return
        try:
            received_on = date.fromisoformat(typed.received_on.strip())
        except ValueError:
            self._notices.show_message(
                messages.Message(_("This is no date."), todo=_("Write it like 2026-01-31."))
            )
            self._view.point_at("day")
            return
        order = PaymentOrder(self._payment_id, typed.payer, amount, received_on, typed.reference)

        def booked(payment: Payment) -> None:
            self._view.payment_booked()
            title = _("{amount} of {payer} is booked, number {number}.")
            name = next((one.name for one in self._payers if one.payer == payment.payer), payment.payer)
            self._notices.show_message(
                messages.good(title.format(amount=money(payment.amount), payer=name, number=payment.number))
            )
            self.show_money()

        self._lane.run(lambda: self._payments.receive(actor, order), booked, self._failed)

    def take_back(self, payment: Payment) -> None:
        """Take back a payment that was booked by mistake; its own id makes it once."""
        actor, undo_id = self._actor(), f"undo-{payment.id}"

        def undone(payment: Payment) -> None:
            title = _("The payment {number} is taken back.").format(number=payment.number)
            self._notices.show_message(messages.good(title))
            self.show_money()

        self._lane.run(lambda: self._payments.undo(actor, undo_id, payment.id), undone, self._failed)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

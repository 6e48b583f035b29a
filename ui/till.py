"""The counter as a whole: its pages, their minds, and which comes next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut

from pos.domain.canteen import Canteen
from pos.domain.cards import CardUid
from pos.domain.cases import Case
from pos.domain.errors import LedgerBroken, Refusal, Trouble
from pos.domain.money import Fen
from pos.domain.shifts import Report, Shift
from pos.domain.staff import Actor, Permission
from pos.domain.verify import Verdict
from pos.i18n import _
from pos.ports import Clock
from pos.services.sales import Today
from pos.words import money
from ui import lights, messages
from ui.app import Pulse
from ui.background import Lanes
from ui.canteen.answers import Devices, Trials
from ui.canteen.presenter import FoundingPresenter
from ui.canteen.view import FoundingPage
from ui.counter import CounterScreen
from ui.desk.presenter import DeskPresenter
from ui.desk.view import Deed, DeskSheet
from ui.lights import Light
from ui.main_window import MainWindow
from ui.office.page import OfficePage
from ui.office.section import Office
from ui.office.work import Work
from ui.sections import SECTIONS
from ui.services import OutboxState, Services
from ui.shifts.presenter import ShiftPresenter
from ui.shifts.view import ShiftPage
from ui.staff.desk_presenter import StaffPresenter
from ui.staff.desk_view import StaffSheet
from ui.staff.presenter import SignInPresenter
from ui.staff.view import SignInPage
from ui.theme import Theme

DESK_KEY = "F1"
SHIFT_KEY = "F11"
OFFICE_KEY = "Ctrl+O"
CLOCK_MS = 1_000
PRINT_MS = 400
REFRESH_BEATS = 60
WATCH_BEATS = 10


class Cancelled(Exception):  # no error: the window closes while the ledger is being checked
    """Ends a check of the ledger that nobody waits for any more."""


class Till:
    """Founding, signing in, the shift, selling: one page at a time, and the lamps and papers behind them."""

    def __init__(self, window: MainWindow, theme: Theme, lanes: Lanes, clock: Clock, sign_in: SignInPage) -> None:
        """`sign_in` is the page that the window has shown since it was there."""
        self._window = window
        self._theme = theme
        self._lanes = lanes
        self._clock = clock
        self._actor: Actor | None = None
        self._begun = False
        self._closing = False
        self._printing = False
        self._verifying = False
        self._watching = False
        self._beats = 0
        self._sign_in_view = sign_in
        self._clock_pulse = Pulse(CLOCK_MS, self._beat)
        self._print_pulse = Pulse(PRINT_MS, self._print)
        self._clock_pulse.start()

    # -- beginning ----------------------------------------------------------------------------------

    def begin(self, services: Services, trials: Trials, founded: Callable[[Devices], None]) -> None:
        """The store is open: build the pages and ask whether there is a canteen.

        `founded` is told the devices that the first start chose.
        """
        self._services = services
        self._founded_devices = founded
        self._build(services, trials)
        self._begun = True
        lane = self._lanes.store
        lane.run(services.canteens.current, self._canteen_known, self._failed)
        self._print_pulse.start()

    def _build(self, services: Services, trials: Trials) -> None:
        window, theme, store = self._window, self._theme, self._lanes.store
        self._sign_in = SignInPresenter(self._sign_in_view, window, services.desk, store, self._signed_in)
        self._sign_in_view.attend(self._sign_in)
        self._counter = CounterScreen(
            theme, window, store, self._who, services.checkout, services.top_ups, services.members, services.cards,
            services.lending, services.reservations, services.pick_up, day_shown=self._day_shown,
        )  # fmt: skip
        self._desk_sheet = DeskSheet(theme, self._counter.page)
        self._desk = DeskPresenter(window, services.papers, services.checkout, store, self._who)
        self._desk_sheet.asked.connect(self._do)
        self._staff_sheet = StaffSheet(theme, self._counter.page)
        self._staff = StaffPresenter(self._staff_sheet, window, services.desk, store, self._who)
        self._staff_sheet.attend(self._staff)
        self._shift_view = ShiftPage(theme)
        self._shift = ShiftPresenter(
            self._shift_view, window, services.shifts, store, self._who,
            opened=lambda _shift: self._sell(), closed=self._shift_closed, left=self._shift_left, payers=services.payers,
        )  # fmt: skip
        self._shift_view.attend(self._shift)
        self._shift_view.hints_changed.connect(window.refresh_hints)
        self._founding_view = FoundingPage(theme)
        self._founding = FoundingPresenter(
            self._founding_view, window, services.canteens, store, trials, self._lanes.printer, self._founded
        )
        self._founding_view.attend(self._founding)
        self._office = OfficePage(theme, SECTIONS)
        self._office.attend(self._office_parts, Work(self._office.strip, self._lanes.long, self._lanes.tell))
        self._office.back.connect(self._sell)
        self._office.hints_changed.connect(window.refresh_hints)
        for name, page in (("sale", self._counter.page), ("shift", self._shift_view), ("founding", self._founding_view)):
            window.add_page(name, page)
        window.add_page("office", self._office)
        for key, deed in ((DESK_KEY, self._open_desk), (SHIFT_KEY, self._to_shift), (OFFICE_KEY, self._turn_office)):
            QShortcut(QKeySequence(key), window).activated.connect(deed)
        window.desk_wanted.connect(self._open_desk)
        window.language_changed.connect(self._speak)

    def _office_parts(self, work: Work) -> Office:
        services = self._services
        return Office(
            theme=self._theme,
            page=self._office,
            notices=self._window,
            lane=self._lanes.store,
            work=work,
            actor=self._who,
            stores=services.stores,
            clock=self._clock,
            till=services.till,
            files=services.files,
            members=services.members,
            identities=services.identities,
            persons=services.persons,
            vault=services.vault,
            reader=services.reader,
            refresh_hints=self._window.refresh_hints,
        )

    def _canteen_known(self, canteen: Canteen | None) -> None:
        if canteen is None:
            self.first_start()
            return
        self._window.set_canteen(canteen.name, practice=canteen.practice)
        self._lanes.store.run(self._services.canteens.join, lambda _none: self._sign_in.start(), self._failed)
        self.verify()

    def first_start(self) -> None:
        """Ask for the canteen, its first manager, its meal and its devices."""
        self._window.show_page("founding")
        self._founding.start()

    def _founded(self, actor: Actor, devices: Devices) -> None:
        self._founding_view.forget()
        self._founded_devices(devices)
        self._lanes.store.run(self._services.canteens.current, self._named, self._failed)
        self._signed_in(actor)

    def _named(self, canteen: Canteen | None) -> None:
        if canteen is not None:
            self._window.set_canteen(canteen.name, practice=canteen.practice)

    # -- who is signed in, and what comes next ------------------------------------------------------

    def _who(self) -> Actor:
        assert self._actor is not None, "a page of the counter is shown to somebody who signed in"
        return self._actor

    def _signed_in(self, actor: Actor) -> None:
        self._actor = actor
        self._window.set_person(actor.name)
        self._watch()
        self._lanes.store.run(self._services.shifts.current, self._shift_known, self._failed)

    def _shift_known(self, shift: Shift | None) -> None:
        if shift is not None and shift.business_date >= self._clock.local().date():
            self._sell()
            return
        self._to_shift()
        if shift is not None:
            day = shift.business_date.isoformat()
            self._window.show_message(
                messages.note(_("The shift of {day} is still open.").format(day=day), _("Count the drawer and close it first."))
            )

    def _sell(self) -> None:
        self._window.show_page("sale")
        self._window.set_desk(shown=True)
        self._counter.sale.refresh()

    def _to_shift(self) -> None:
        if self._actor is not None and self._window.page != "shift" and not self._counter.page.covered:
            self._window.show_page("shift")
            self._window.set_desk(shown=False)
            self._shift.start()

    def _turn_office(self) -> None:
        if self._window.page == "office":
            self._office.go_back()
        elif self._actor is not None and self._window.page == "sale" and not self._counter.page.covered:
            self._counter.sale.drop()
            self._window.show_page("office")
            self._office.open_for(self._actor)

    def _shift_left(self) -> None:
        def known(shift: Shift | None) -> None:
            if shift is not None and shift.business_date >= self._clock.local().date():
                self._sell()
            else:
                self.sign_out()

        self._lanes.store.run(self._services.shifts.current, known, self._failed)

    def _shift_closed(self, report: Report) -> None:
        self.sign_out()
        difference = report.shift.difference
        self._window.show_message(messages.good(_("The shift is closed."), _difference(difference)))
        self.verify()

    def sign_out(self) -> None:
        """Nobody is signed in any more."""
        self._actor = None
        self._counter.sale.drop()
        self._staff.close()
        self._office.forget()
        self._window.set_person("")
        self._window.set_day(None, 0, 0)
        self._window.set_desk(shown=False)
        self._window.show_page("sign_in")
        self._sign_in.start()

    # -- cards --------------------------------------------------------------------------------------

    def card_read(self, uid: CardUid) -> None:
        """A card goes to whatever is open; before anybody has signed in it means nothing."""
        if self._actor is None or self._staff.is_open:
            return
        if self._window.page == "office":
            self._office.card_read(uid)
        if self._window.page != "sale":
            return
        self._desk_sheet.take_away()
        self._counter.card_read(uid)

    def payment_code_scanned(self) -> None:
        """A telephone's payment code was scanned where a card is read; nothing of it is kept."""
        if self._actor is not None and self._window.page == "sale":
            self._counter.payment_code_scanned()

    # -- sheets -------------------------------------------------------------------------------------

    def _open_desk(self) -> None:
        if self._actor is None or self._window.page != "sale" or self._counter.page.covered:
            return
        needs = {
            Deed.REPRINT: Permission.REPRINT,
            Deed.PAPERS: Permission.REPRINT,
            Deed.DRAWER: Permission.OPEN_DRAWER,
            Deed.SHIFT: Permission.SHIFT,
            Deed.ENROL: Permission.ENROL,
            Deed.VERIFY: Permission.VERIFY,
            Deed.STAFF: Permission.STAFF,
            Deed.OFFICE: Permission.REPRINT,
        }
        actor = self._actor
        self._desk_sheet.open_for(frozenset(deed for deed in Deed if deed not in needs or actor.may(needs[deed])))

    def _do(self, deed: Deed) -> None:
        {
            Deed.REPRINT: self._desk.reprint,
            Deed.PAPERS: self._desk.papers_seen,
            Deed.DRAWER: self._desk.open_drawer,
            Deed.SHIFT: self._to_shift,
            Deed.ENROL: self._counter.enrol.open,
            Deed.VERIFY: self.verify,
            Deed.TEST_PAGE: self._desk.test_page,
            Deed.STAFF: self._staff.open,
            Deed.OFFICE: self._turn_office,
            Deed.SIGN_OUT: self.sign_out,
        }[deed]()

    # -- what goes on behind ------------------------------------------------------------------------

    def verify(self) -> None:
        """Check the ledger; the lamp tells. At start, at the close of a shift, and on demand."""
        if self._verifying:
            return
        self._verifying = True
        self._window.set_lamp(Light.LEDGER, lights.checking(0, 0))
        self._lanes.audit.run(lambda: self._services.verify.run(self._progress), self._verified, self._not_verified)

    def _progress(self, done: int, total: int) -> None:
        if self._closing:
            raise Cancelled
        self._lanes.tell(lambda: self._window.set_lamp(Light.LEDGER, lights.checking(done, total)))

    def _verified(self, verdict: Verdict) -> None:
        self._verifying = False
        self._window.set_lamp(Light.LEDGER, lights.ledger(verdict))
        if not verdict.sound:
            self._window.show_message(messages.words(LedgerBroken(len(verdict.findings))))

    def _not_verified(self, error: Refusal | Trouble) -> None:
        self._verifying = False
        self._window.set_lamp(Light.LEDGER, lights.NOT_CHECKED)
        self._failed(error)

    def _day_shown(self, today: Today) -> None:
        if self._actor is None:  # an answer that came after signing out
            return
        self._window.set_day(today.meal, today.sales, today.taken, today.waiting, today.walk_ins_left)

    def _beat(self) -> None:
        self._window.set_clock(self._clock.local())
        self._beats += 1
        if self._beats % REFRESH_BEATS == 0 and self._window.page == "sale":
            self._counter.sale.refresh()
        if self._beats % WATCH_BEATS == 0:
            self._watch()

    def _watch(self) -> None:
        """Notice who is missing; the lamp tells of everybody who is looked for, on every page, until it is known how they are."""
        actor = self._actor
        if actor is not None and not self._watching:
            self._watching = True
            self._lanes.store.run(lambda: self._services.cases.watch(actor), self._watched, self._not_watched)

    def _watched(self, cases: tuple[Case, ...]) -> None:
        self._watching = False
        self._window.set_lamp(Light.CASES, lights.cases(len(cases)))

    def _not_watched(self, _error: Refusal | Trouble) -> None:
        self._watching = False

    def _print(self) -> None:
        if not self._printing:
            self._printing = True
            self._lanes.printer.run(self._services.print_next, self._printed, self._not_printed)

    def _printed(self, state: OutboxState) -> None:
        self._printing = False
        shine = lights.printer(waiting=state.waiting, unknown=state.unknown, reason=state.fault or "")
        self._window.set_lamp(Light.PRINTER, shine if state.has_printer else lights.NO_PRINTER)
        if state.more:
            self._print()

    def _not_printed(self, _error: Refusal | Trouble) -> None:
        self._printing = False
        self._window.set_lamp(Light.PRINTER, lights.printer(waiting=0, unknown=0, reason="store"))

    def _speak(self, _language: str) -> None:
        self._desk_sheet.retranslate()
        self._staff_sheet.retranslate()

    def _failed(self, error: Refusal | Trouble) -> None:
        self._window.show_message(messages.words(error))

    def answer_lost(self) -> None:
        """A bug ate an answer: take nothing as charged that is not known to be."""
        if self._begun:
            self._counter.answer_lost()

    def stop(self) -> None:
        """The window is closing: no more beats, and a check of the ledger gives up."""
        self._closing = True
        if self._begun:
            self._office.forget()
        self._clock_pulse.stop()
        self._print_pulse.stop()


def _difference(difference: Fen) -> str:
    if difference == 0:
        return _("The drawer held exactly what it should.")
    if difference > 0:
        return _("The drawer held {amount} too much; it is booked.").format(amount=money(difference))
    return _("The drawer held {amount} too little; it is booked.").format(amount=money(-difference))

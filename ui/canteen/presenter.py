"""The mind of the first start: asks page by page, checks each answer where it is given, then founds the canteen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pos.domain.errors import Refusal, Trouble
from pos.domain.money import parse_yuan
from pos.domain.staff import Actor, check_name, check_pin
from pos.i18n import _
from pos.services.canteen import Canteens, Founding
from ui import lights, messages
from ui.canteen.answers import KEYBOARD, NO_DEVICE, Answers, Devices, Heard, Question, Step, Trials
from ui.presenting import Lane, Notices


class FoundingView(Protocol):
    """The face of the first start."""

    def show_step(self, step: Step) -> None:
        """Turn to a page, the focus on its first question."""
        ...

    def show_ports(self, ports: tuple[str, ...]) -> None:
        """Offer these serial ports."""
        ...

    def complain(self, question: Question, wrong: str) -> None:
        """Say what is wrong with an answer; the focus goes there."""
        ...

    def forgive(self) -> None:
        """Take all complaints away."""
        ...

    def show_reader_trial(self, words: str, *, good: bool | None) -> None:
        """Say what a reader's trial brought; None while it is under way."""
        ...

    def show_printer_trial(self, words: str, *, good: bool | None) -> None:
        """Say what a printer's trial brought; None while it is under way."""
        ...

    def set_busy(self, busy: bool) -> None:
        """Take no second Enter while the canteen is being founded."""
        ...


class FoundingPresenter:
    """Leads through the first start. Answers pass through; none is kept, least of all a PIN."""

    def __init__(
        self,
        view: FoundingView,
        notices: Notices,
        canteens: Canteens,
        lane: Lane,
        trials: Trials,
        trial_lane: Lane,
        founded: Callable[[Actor, Devices], None],
    ) -> None:
        self._view = view
        self._notices = notices
        self._canteens = canteens
        self._lane = lane
        self._trials = trials
        self._trial_lane = trial_lane
        self._founded = founded
        self._step = Step.CANTEEN
        self._busy = False

    def start(self) -> None:
        """Ask the first question."""
        self._turn_to(Step.CANTEEN)
        self._trial_lane.run(self._trials.ports, self._view.show_ports, lambda _error: None)

    def forward(self, answers: Answers) -> None:
        """Check this page and turn to the next; after the last, found the canteen."""
        if self._busy:
            return
        self._notices.clear_message()
        self._view.forgive()
        for question, check in self._checks(answers):
            try:
                check()
            except Refusal as refusal:
                said = messages.words(refusal)
                self._view.complain(question, f"{said.title} {said.todo}")
                return
        if self._step is Step.MANAGER and answers.pin != answers.again:
            self._view.complain(Question.AGAIN, _("The two PINs differ. Type the same one twice."))
        elif self._step is Step.DEVICES:
            self._found(answers)
        else:
            self._turn_to(Step(self._step.value + 1))

    def back(self) -> None:
        """Turn back a page."""
        if not self._busy and self._step is not Step.CANTEEN:
            self._notices.clear_message()
            self._view.forgive()
            self._turn_to(Step(self._step.value - 1))

    def try_reader(self, devices: Devices) -> None:
        """Wait for a card on the reader that is chosen."""
        if devices.reader_port == NO_DEVICE:
            self._view.show_reader_trial(_("Choose a reader first."), good=False)
        elif devices.reader_port == KEYBOARD:
            self._view.show_reader_trial(_("It types like a keyboard and needs no test."), good=True)
        else:
            self._view.show_reader_trial(_("Hold a card to the reader now …"), good=None)
            self._trial_lane.run(lambda: self._trials.hear_card(devices), self._reader_tried, self._reader_failed)

    def try_printer(self, devices: Devices) -> None:
        """Print a page on the printer that is chosen."""
        if devices.printer_target == NO_DEVICE:
            self._view.show_printer_trial(_("Choose a printer first."), good=False)
            return
        self._view.show_printer_trial(_("Printing …"), good=None)
        self._trial_lane.run(lambda: self._trials.print_page(devices), self._printer_tried, self._printer_failed)

    # -- answers ------------------------------------------------------------------------------------

    def _checks(self, answers: Answers) -> tuple[tuple[Question, Callable[[], object]], ...]:
        return {
            Step.CANTEEN: ((Question.NAME, lambda: check_name(answers.name)),),
            Step.MANAGER: (
                (Question.MANAGER, lambda: check_name(answers.manager)),
                (Question.PIN, lambda: check_pin(answers.pin)),
            ),
            Step.MEAL: (
                (Question.SET_MEAL, lambda: check_name(answers.set_meal)),
                (Question.PRICE, lambda: parse_yuan(answers.price)),
            ),
            Step.DEVICES: (),
        }[self._step]

    def _found(self, answers: Answers) -> None:
        founding = Founding(
            answers.name, answers.manager, answers.pin, answers.set_meal, parse_yuan(answers.price)
        )
        devices = answers.devices
        self._set_busy(busy=True)
        self._lane.run(lambda: self._canteens.found(founding), lambda actor: self._done(actor, devices), self._failed)

    def _done(self, actor: Actor, devices: Devices) -> None:
        self._set_busy(busy=False)
        self._founded(actor, devices)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._set_busy(busy=False)
        self._notices.show_message(messages.words(error))

    def _reader_tried(self, heard: Heard) -> None:
        if heard.card:
            self._view.show_reader_trial(_("It works: card {card}.").format(card=heard.card), good=True)
        elif heard.cause is not None:
            self._view.show_reader_trial(lights.reader_words(heard.cause), good=False)
        else:
            self._view.show_reader_trial(_("No card came. Try another format or port."), good=False)

    def _reader_failed(self, error: Refusal | Trouble) -> None:
        self._view.show_reader_trial(messages.words(error).title, good=False)

    def _printer_tried(self, reason: str) -> None:
        if reason:
            self._view.show_printer_trial(lights.printer_words(reason), good=False)
        else:
            self._view.show_printer_trial(_("Sent. Is every line on the paper readable?"), good=True)

    def _printer_failed(self, error: Refusal | Trouble) -> None:
        self._view.show_printer_trial(messages.words(error).title, good=False)

    def _turn_to(self, step: Step) -> None:
        self._step = step
        self._view.show_step(step)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._view.set_busy(busy)

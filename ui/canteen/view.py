"""The face of the first start: four pages, one question under the other, and two buttons at the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.i18n import _
from ui.canteen.answers import Answers, Devices, Question, Step
from ui.canteen.devices import DevicesForm
from ui.canteen.presenter import FoundingPresenter
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.key_hints import Hints
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import Card

LONGEST_NAME = 50


class FoundingPage(QWidget):
    """One page a step. All answers stay in their fields until the end."""

    forward = Signal(Answers)
    gone_back = Signal()
    reader_trial = Signal(Devices)
    printer_trial = Signal(Devices)

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._step = Step.CANTEEN
        self._count = Label(theme, "", Text.STRONG, Tone.GREEN)
        self._title = Label(theme, "", Text.TITLE)
        self._why = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._fields = {question: self._field(question) for question in Question}
        self._devices = DevicesForm(theme)
        self._pages = QStackedWidget()
        self._back = Button(theme, "", Kind.SECONDARY, key="Esc")
        self._next = Button(theme, "", Kind.PRIMARY, key="Enter", size=Text.HEADING, height=68)
        self._lay_out()
        self._next.clicked.connect(self._go)
        self._back.clicked.connect(self.gone_back)
        self._devices.entered.connect(self._go)
        self._devices.reader_trial.connect(self.reader_trial)
        self._devices.printer_trial.connect(self.printer_trial)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.gone_back)
        self.retranslate()

    def attend(self, presenter: FoundingPresenter) -> None:
        """Carry every wish to this presenter."""
        self.forward.connect(presenter.forward)
        self.gone_back.connect(presenter.back)
        self.reader_trial.connect(presenter.try_reader)
        self.printer_trial.connect(presenter.try_printer)

    # -- facts --------------------------------------------------------------------------------------

    def show_step(self, step: Step) -> None:
        """Turn to a page, the focus on its first question."""
        self._step = step
        self._pages.setCurrentIndex(step.value - 1)
        self._say_step()
        self._back.setVisible(step is not Step.CANTEEN)
        first = {
            Step.CANTEEN: self._fields[Question.NAME],
            Step.MANAGER: self._fields[Question.MANAGER],
            Step.MEAL: self._fields[Question.SET_MEAL],
            Step.DEVICES: self._devices,
        }[step]
        first.setFocus()

    def show_ports(self, ports: tuple[str, ...]) -> None:
        """Offer these serial ports."""
        self._devices.show_ports(ports)

    def complain(self, question: Question, wrong: str) -> None:
        """Say what is wrong with an answer; the focus goes there."""
        self._fields[question].complain(wrong)
        self._fields[question].setFocus()

    def forgive(self) -> None:
        """Take all complaints away."""
        for field in self._fields.values():
            field.complain("")

    def show_reader_trial(self, words: str, *, good: bool | None) -> None:
        """Say what a reader's trial brought."""
        self._devices.show_reader_trial(words, good=good)

    def show_printer_trial(self, words: str, *, good: bool | None) -> None:
        """Say what a printer's trial brought."""
        self._devices.show_printer_trial(words, good=good)

    def set_busy(self, busy: bool) -> None:
        """Take no second Enter while the canteen is being founded."""
        self._next.setEnabled(not busy)
        self._back.setEnabled(not busy)

    def answers(self) -> Answers:
        """Everything that was typed so far."""
        text = {question: field.text for question, field in self._fields.items()}
        return Answers(
            name=text[Question.NAME],
            manager=text[Question.MANAGER],
            pin=text[Question.PIN],
            again=text[Question.AGAIN],
            set_meal=text[Question.SET_MEAL],
            price=text[Question.PRICE],
            devices=self._devices.devices(),
        )

    def forget(self) -> None:
        """Empty both PINs: they are no longer needed."""
        for question in (Question.PIN, Question.AGAIN):
            self._fields[question].set_text("")

    # -- words --------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        for question, (label, hint) in {
            Question.NAME: (_("Name of the canteen"), _("As it stands on the receipts")),
            Question.MANAGER: (_("Your name"), _("As your colleagues know you")),
            Question.PIN: (_("Your PIN"), _("At least 4 digits")),
            Question.AGAIN: (_("The PIN once more"), _("The same digits")),
            Question.SET_MEAL: (_("Name of the set meal"), _("Set meal of the day")),
            Question.PRICE: (_("List price in yuan"), _("Such as 15 or 12.50")),
        }.items():
            self._fields[question].set_words(label, hint)
        self._back.setText(_("Back"))
        self._devices.retranslate()
        self._say_step()

    def _say_step(self) -> None:
        title, why = {
            Step.CANTEEN: (
                _("Welcome. What is your canteen called?"),
                _("Four short pages, then the till is ready. Name, meal and price stay as you type them here."),
            ),
            Step.MANAGER: (
                _("Who is the manager?"),
                _("The manager signs in first and adds the others. No password comes with the program."),
            ),
            Step.MEAL: (_("What do you sell first?"), _("One set meal, sold at every meal of the day. Look at the price twice.")),
            Step.DEVICES: (_("What is plugged in?"), _("Try each device. To change one later, write it into canteen.toml.")),
        }[self._step]  # fmt: skip
        self._count.setText(_("Step {step} of {steps}").format(step=self._step.value, steps=len(Step)))
        self._title.setText(title)
        self._why.setText(why)
        self._next.setText(_("Open the canteen") if self._step is Step.DEVICES else _("Next"))

    def hints(self) -> Hints:
        """The keys of this screen."""
        return (("Enter", _("Next")), ("Esc", _("Back")), ("Tab", _("Next question")))

    # -- layout -------------------------------------------------------------------------------------

    def _field(self, question: Question) -> Field:
        secret = question in {Question.PIN, Question.AGAIN}
        field = Field(self._theme, secret=secret, longest=LONGEST_NAME)
        field.entered.connect(self._go)
        return field

    def _go(self) -> None:
        self.forward.emit(self.answers())

    def _lay_out(self) -> None:
        theme = self._theme
        for questions in ((Question.NAME,), (Question.MANAGER, Question.PIN, Question.AGAIN), (Question.SET_MEAL, Question.PRICE)):
            self._pages.addWidget(self._question_page(questions))
        self._pages.addWidget(self._devices)
        card = Card(theme)
        card.setMaximumWidth(theme.px(1100))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        card.body.addLayout(head)
        card.body.addWidget(self._why)
        card.body.addWidget(self._pages, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._next)
        card.body.addLayout(foot)
        layout = QHBoxLayout(self)
        edge = theme.px(Size.WIDE)
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.addWidget(card)

    def _question_page(self, questions: tuple[Question, ...]) -> QWidget:
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(Size.WIDE))
        grid.setVerticalSpacing(self._theme.px(Size.GAP))
        grid.addWidget(self._fields[questions[0]], 0, 0, 1, 2)
        for column, question in enumerate(questions[1:]):
            grid.addWidget(self._fields[question], 1, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        outer.addLayout(grid)
        outer.addStretch(1)
        return page

"""The face of the top-up: an amount, a way to pay, the offer it earns, and the balance after it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos import words
from pos.domain.accounts import TOP_UP_TENDERS
from pos.domain.errors import BadAmount
from pos.domain.money import Fen, parse_yuan, yuan
from pos.domain.pricing import Tender
from pos.i18n import _
from ui.accounts.form import Step, TopUpForm
from ui.accounts.panes import Done, Summary, done_words, taking_back_words
from ui.accounts.presenter import TopUpPresenter
from ui.messages import good
from ui.messages import words as message
from ui.presenting import Notices
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.number_pad import NumberPad
from ui.widgets.panel import column, row
from ui.widgets.sheet import Sheet

_QUICK: tuple[Fen, ...] = (50_00, 100_00, 200_00, 500_00)


class TopUpView(Sheet):
    """A sheet in front of the sale. F9 is cash, F10 goes through the other ways, F7 is somebody else's money, F5 a
    document that was looked at, F8 takes the last one back, Enter books.
    """

    amount_typed = Signal(int)
    given_typed = Signal(object)
    tender_picked = Signal(Tender)
    confirmed = Signal()
    paid_for = Signal()
    payer_typed = Signal(str, str)
    identity_seen = Signal()
    taken_back = Signal()

    def __init__(self, theme: Theme, page: QWidget, notices: Notices) -> None:
        super().__init__(theme, page, width=900)
        self._notices = notices
        self._form: TopUpForm | None = None
        self._who = ElidedLabel(theme, "", Text.HEADING)
        self._balance = Label(theme, "", Text.BODY, Tone.MUTED)
        self._amount = _amount_field(theme)
        self._quick = [(amount, Button(theme, words.money(amount)[:-3])) for amount in _QUICK]
        self._tenders = {tender: _tab(theme) for tender in TOP_UP_TENDERS}
        self._group = QButtonGroup(self)
        for tab in self._tenders.values():
            self._group.addButton(tab)
        self._given = _amount_field(theme)
        self._paid_for, self._identity = _tab(theme, "F7"), _tab(theme, "F5")
        self._payer, self._relation = _short_line(theme, 50), _short_line(theme, 20)
        self._pad = NumberPad(theme, point=True)
        self._pad.type_into(self._amount.line)
        self._summary = Summary(theme)
        self._cancel = Button(theme, "", key="Esc")
        self._undo = Button(theme, "", Kind.DANGER, key="F8")
        self._confirm = Button(theme, "", Kind.PRIMARY, key="Enter", size=Text.HEADING)
        self._done = Done(theme)
        self._stack = QStackedWidget()
        filling = QWidget()
        filling.setLayout(self._lay_out(theme))
        self._stack.addWidget(filling)
        self._stack.addWidget(self._done)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(Size.SPACE))
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._undo)
        buttons.addWidget(self._confirm, 1)
        self.card.body.addWidget(self._stack)
        self.card.body.addLayout(buttons)
        self._connect()
        self.retranslate()

    def attend(self, presenter: TopUpPresenter) -> None:
        """Send every wish to the presenter."""
        self.amount_typed.connect(presenter.set_amount)
        self.given_typed.connect(presenter.set_given)
        self.tender_picked.connect(presenter.set_tender)
        self.confirmed.connect(presenter.confirm)
        self.paid_for.connect(presenter.toggle_paid_for)
        self.payer_typed.connect(presenter.set_payer)
        self.identity_seen.connect(presenter.toggle_identity_seen)
        self.taken_back.connect(presenter.take_back)
        self.left.connect(presenter.close)

    def show_form(self, form: TopUpForm) -> None:
        """Paint the form as it is now; the first one after a close opens the sheet."""
        before, self._form = self._form, form
        self._paint(form)
        if before is None:
            self._amount.set_text("")
            self._given.set_text("")
            for line in (self._payer, self._relation):
                line.clear()
            self.open_on(self._amount.line)
        refused = before.refused if before else None
        if form.refused is not refused:
            if form.refused:
                self._notices.show_message(message(form.refused))
            else:
                self._notices.clear_message()

    def close_form(self) -> None:
        """Take the sheet away; what was booked stays in the strip."""
        if self._form and self._form.done:
            self._notices.show_message(good(done_words(self._form.done)))
        elif self._form and self._form.refused:
            self._notices.clear_message()
        self._form = None
        self.take_away()

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._amount.set_words(_("Amount"), _("Amount in yuan"))
        self._given.set_words(_("Cash given"), _("Empty: exactly"))
        for tender, tab in self._tenders.items():
            tab.setText(words.tender(tender))
        self._cancel.setText(_("Back"))
        self._undo.setText(_("Take back"))
        self._paid_for.setText(_("Somebody else pays"))
        self._identity.setText(_("Document seen"))
        for line, hint in ((self._payer, _("Who pays")), (self._relation, _("Daughter, neighbour …"))):
            line.setPlaceholderText(hint)
            line.setAccessibleName(hint)
        self._pad.retranslate()
        if self._form:
            self._paint(self._form)

    def hints(self) -> Hints:
        """The keys of the ways to pay."""
        return (("F9", _("Cash")), ("F10", _("WeChat, Alipay, bank")), *super().hints())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 and F10 choose the tender; F5, F7 and F8 are the ticks and the way back of money."""
        now = self._form.tender if self._form else Tender.CASH
        others = TOP_UP_TENDERS[1:]
        deeds = {Qt.Key.Key_F5: self.identity_seen, Qt.Key.Key_F7: self.paid_for, Qt.Key.Key_F8: self.taken_back}
        if event.key() == Qt.Key.Key_F9:
            self._pick(Tender.CASH)
        elif event.key() == Qt.Key.Key_F10:
            self._pick(others[(others.index(now) + 1) % len(others)] if now in others else others[0])
        elif event.key() in deeds and not event.isAutoRepeat():
            deeds[Qt.Key(event.key())].emit()
        else:
            super().keyPressEvent(event)
        event.accept()

    def _connect(self) -> None:
        self._amount.typed.connect(lambda text: self.amount_typed.emit(_fen(text) or 0))
        self._given.typed.connect(lambda text: self.given_typed.emit(_fen(text)))
        for amount, button in self._quick:
            button.clicked.connect(lambda _checked=False, amount=amount: self._fill(amount))
        for tender, tab in self._tenders.items():
            tab.clicked.connect(lambda _checked=False, tender=tender: self._pick(tender))
        self._confirm.clicked.connect(self.confirmed)
        self._undo.clicked.connect(self.taken_back)
        self._paid_for.clicked.connect(self.paid_for)
        self._identity.clicked.connect(self.identity_seen)
        for line in (self._payer, self._relation):
            line.textEdited.connect(lambda _text: self.payer_typed.emit(self._payer.text(), self._relation.text()))
        self._cancel.clicked.connect(self.left)
        self.entered.connect(self.confirmed)

    def _fill(self, amount: Fen) -> None:
        self._amount.set_text(yuan(amount))
        self.amount_typed.emit(amount)
        self._amount.line.setFocus()
        self._amount.line.selectAll()

    def _pick(self, tender: Tender) -> None:
        self._given.set_text("")
        self.tender_picked.emit(tender)
        self._amount.line.setFocus()

    def _paint(self, form: TopUpForm) -> None:
        done = form.done is not None
        self._stack.setCurrentIndex(1 if done else 0)
        self._cancel.setVisible(not done or form.taking_back)
        self._undo.setVisible(_may_take_back(form))
        self._paint_payer(form)
        self._who.setText(_("Top up: {name}").format(name=form.diner.member.name))
        self._balance.setText(_("Balance {amount}").format(amount=words.money(form.diner.wallet.spendable)))
        for tender, tab in self._tenders.items():
            tab.setChecked(tender is form.tender)
        self._given.setEnabled(form.tender is Tender.CASH)
        self._summary.show_form(form)
        # Qt's layouts are a pixel short where labels of several sizes meet.
        self._stack.setMinimumHeight(self._stack.minimumSizeHint().height() + 2)
        self._confirm.setText(_confirm_words(form))
        self._confirm.set_kind(Kind.DANGER if form.taking_back else Kind.PRIMARY)
        if form.done:
            self._done.show_top_up(form.done)
            self._confirm.setFocus()

    def _paint_payer(self, form: TopUpForm) -> None:
        """Where somebody else pays, their name takes the room of the quick amounts."""
        opened = form.paid_for and self._payer.isHidden()
        self._paid_for.setChecked(form.paid_for)
        self._identity.setChecked(form.identity_seen)
        for line in (self._payer, self._relation):
            line.setVisible(form.paid_for)
        for _amount, button in self._quick:
            button.setVisible(not form.paid_for)
        if opened:
            self._payer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, theme: Theme) -> QHBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(theme.px(Size.GAP))
        head = QHBoxLayout()
        head.addWidget(self._who, 1)
        head.addWidget(self._balance)
        left.addLayout(head)
        quick = QGridLayout()
        quick.setSpacing(theme.px(Size.GAP))
        for number, (_amount, button) in enumerate(self._quick):
            quick.addWidget(button, 0, number)
        left.addLayout(quick)
        payer = row(theme, self._payer, self._relation, gap=Size.GAP)
        payer.setStretch(0, 3)
        payer.setStretch(1, 2)
        left.addLayout(payer)
        fields = QHBoxLayout()
        fields.setSpacing(theme.px(Size.SPACE))
        fields.addWidget(self._amount, 1)
        fields.addWidget(self._given, 1)
        left.addLayout(fields)
        tabs = QHBoxLayout()
        tabs.setSpacing(theme.px(Size.GAP))
        for tab in self._tenders.values():
            tabs.addWidget(tab, 1)
        left.addLayout(tabs)
        left.addStretch(1)
        left.addWidget(self._summary)
        pad = column(theme, self._pad, self._paid_for, self._identity, gap=Size.GAP)
        pad.addStretch(1)
        both = QHBoxLayout()
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.px(Size.WIDE))
        both.addLayout(left, 5)
        both.addLayout(pad, 3)
        return both


def _may_take_back(form: TopUpForm) -> bool:
    last = form.last
    return last is not None and not last.undone and not form.taking_back and form.step is not Step.CHARGING


def _short_line(theme: Theme, longest: int) -> QLineEdit:
    line = QLineEdit()
    line.setFont(theme.font(Text.BODY))
    line.setMaxLength(longest)
    return line


def _confirm_words(form: TopUpForm) -> str:
    if form.step is Step.CHARGING:
        return _("Booking …")
    if form.taking_back and form.last:
        return taking_back_words(form.last)
    if form.step is Step.DONE:
        return _("Back to the sale")
    if form.unsure:
        return _("Ask again")
    if not form.amount:
        return _("Enter an amount")
    return _("Received {amount}").format(amount=words.money(form.amount))


def _amount_field(theme: Theme) -> Field:
    field = Field(theme, longest=9)
    field.line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    return field


def _tab(theme: Theme, key: str = "") -> Button:
    button = Button(theme, "", Kind.SECONDARY, key=key)
    button.setCheckable(True)
    return button


def _fen(text: str) -> Fen | None:
    try:
        return parse_yuan(text)
    except BadAmount:
        return None

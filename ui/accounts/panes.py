"""What a top-up will do, and what it did: the offer, the balance after it, the change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos import words
from pos.domain.accounts import TopUp, TopUpWarning
from pos.domain.errors import AboveLimit
from pos.i18n import _
from ui.accounts.form import TopUpForm
from ui.theme import Text, Theme
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import Card, Ground


class Summary(Card):
    """What the card holds after it, with the offer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Ground.GREEN, pad=10)
        self.body.setSpacing(0)
        self._offer = ElidedLabel(theme, "", Text.STRONG, Tone.GREEN)
        self._title = Label(theme, "", Text.BODY, Tone.MUTED)
        self._after = Label(theme, "", Text.AMOUNT, Tone.GREEN)
        self._warning = ElidedLabel(theme, "", Text.SMALL_STRONG)
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self._after)
        self.body.addWidget(self._offer)
        self.body.addLayout(row)
        self.body.addWidget(self._warning)

    def show_form(self, form: TopUpForm) -> None:
        """Show the offer that applies, or the one that a larger amount would earn; and the balance after it."""
        pay, bonus = form.next_step
        if form.offer:
            text = _("{offer}: {bonus} on top").format(offer=form.offer.title, bonus=words.money(form.bonus))
        elif pay:
            text = _("From {pay}: {bonus} on top").format(pay=words.money(pay), bonus=words.money(bonus))
        else:
            text = _("No bonus offer today")
        self._offer.setText(text)
        if form.change > 0:
            self._title.setText(_("Change {change}, balance after").format(change=words.money(form.change)))
        else:
            self._title.setText(_("Balance after"))
        self._after.setText(words.money(form.balance_after))
        # Its room is always there: nothing moves while an amount is typed.
        self._warning.setText(_warned(form))
        self._warning.set_tone(Tone.RED if form.above_limit else Tone.PLAIN)
        self.set_ground(Ground.RED if form.above_limit else Ground.AMBER if form.warnings else Ground.GREEN)
        # Qt's layouts are a pixel short where labels of several sizes meet.
        self.setMinimumHeight(self.minimumSizeHint().height())


class Done(QWidget):
    """The money is on the card."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = ElidedLabel(theme, "", Text.TITLE, Tone.GREEN)
        self._balance_title = Label(theme, "", Text.BODY, Tone.MUTED)
        self._balance = Label(theme, "", Text.HUGE_AMOUNT, Tone.GREEN)
        self._change = Label(theme, "", Text.AMOUNT)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        for label in (self._title, self._balance_title, self._balance, self._change):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addStretch(1)

    def show_top_up(self, top_up: TopUp) -> None:
        """Show what was booked."""
        self._title.setText(done_words(top_up))
        self._balance_title.setText(_("Hand back") if top_up.undone else _("Balance"))
        self._balance.setText(words.money(top_up.principal if top_up.undone else top_up.balance_after))
        self._change.setVisible(top_up.change > 0 and not top_up.undone)
        self._change.setText(_("Change {amount}").format(amount=words.money(top_up.change)))


def _warned(form: TopUpForm) -> str:
    """Why it will be refused, or what to look out for; the limit outweighs the rest."""
    preview = form.preview
    if preview is None:
        return ""
    room, limit = words.money(preview.room), words.money(preview.limit)
    if isinstance(form.above_limit, AboveLimit):
        return _("Too much at once: at most {limit}.").format(limit=words.money(form.above_limit.limit))
    if form.above_limit:
        return _("A card holds at most {limit}: {room} more is possible.").format(limit=limit, room=room)
    told = {
        TopUpWarning.NEAR_LIMIT: _("Near the limit of {limit}.").format(limit=limit),
        TopUpWarning.OFFER_USED: _("The offer was used already."),
        TopUpWarning.IDENTITY: _("Look at a document (F5)."),
    }
    return " ".join(told[one] for one in told if one in form.warnings)


def taking_back_words(top_up: TopUp) -> str:
    """What would be taken back, in one line."""
    text = _("Take back {amount} of {name}?")
    return text.format(amount=words.money(top_up.principal), name=top_up.member_name)


def done_words(top_up: TopUp) -> str:
    """What was booked, or taken back, in one line."""
    if top_up.undone:
        text = _("{name}: {amount} was taken back")
    elif top_up.bonus:
        text = _("{name}: {amount} and {bonus} on top are on the card")
    else:
        text = _("{name}: {amount} is on the card")
    return text.format(
        name=top_up.member_name, amount=words.money(top_up.principal), bonus=words.money(top_up.bonus)
    )

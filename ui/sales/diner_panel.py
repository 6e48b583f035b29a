"""The left panel: who stands at the counter, what the card holds, what was eaten lately."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos import words
from pos.domain.sales import Sale
from pos.i18n import _
from pos.services.sales import Diner
from ui import formats
from ui.sales.card_picture import CardPicture
from ui.sales.counter import Counter, Stage
from ui.sales.portrait import Portrait
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import AmountLabel, ElidedLabel, Label, Tone
from ui.widgets.paint import Sign
from ui.widgets.panel import Card, Ground, row

_MEALS = 5


class DinerPanel(Card):
    """Find, the diner, top up."""

    find_diner = Signal()
    away = Signal()
    top_up = Signal()
    reserve = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, pad=14, parent=parent)
        self._find = Button(theme, "", Kind.SECONDARY, key="F2")
        self._away = Button(theme, "", Kind.SECONDARY, sign=Sign.CROSS)
        self._top_up = Button(theme, "", Kind.SECONDARY, key="F6")
        self._reserve = Button(theme, "", Kind.SECONDARY, key="F3")
        self._nobody = _Nobody(theme)
        self._diner = _DinerPane(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nobody)
        self._stack.addWidget(self._diner)
        head = QHBoxLayout()
        head.setSpacing(theme.px(Size.GAP))
        head.addWidget(self._find, 1)
        head.addWidget(self._away)
        self.body.addLayout(head)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self._reserve)
        self.body.addWidget(self._top_up)
        self._find.clicked.connect(self.find_diner)
        self._away.clicked.connect(self.away)
        self._top_up.clicked.connect(self.top_up)
        self._reserve.clicked.connect(self.reserve)
        self.retranslate()

    def show_counter(self, counter: Counter) -> None:
        """Show who is there."""
        self._stack.setCurrentWidget(self._diner if counter.diner else self._nobody)
        self._nobody.show_looking(looking=counter.looking)
        self._away.setVisible(counter.diner is not None or bool(counter.tray.portions))
        if counter.diner and counter.today:
            self._diner.show_diner(counter.diner, counter, counter.today.day)

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self._find.setText(_("Find"))
        self._find.setToolTip(_("Find a diner by name, telephone or card number"))
        self._away.setAccessibleName(_("Let this diner go (Esc)"))
        self._away.setToolTip(_("Let this diner go (Esc)"))
        self._top_up.setText(_("Top up"))
        self._reserve.setText(_("Reserve"))
        self._nobody.retranslate()


class _Nobody(QWidget):
    """Nobody is there yet: how to begin."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = Label(theme, "", Text.TITLE, Tone.GREEN, wrap=True)
        self._hint = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Size.SPACE))
        layout.addStretch(2)
        layout.addWidget(CardPicture(theme), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._title)
        layout.addWidget(self._hint)
        layout.addStretch(3)
        self._looking = False

    def show_looking(self, *, looking: bool) -> None:
        """Say that a card was read."""
        self._looking = looking
        self._title.setText(_("Reading the card …") if looking else _("Please show a card"))

    def retranslate(self) -> None:
        """Speak the language of the moment."""
        self.show_looking(looking=self._looking)
        self._hint.setText(_("No card? Find the diner by name, or choose dishes and take cash."))


class _DinerPane(QWidget):
    """One diner."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._portrait = Portrait(theme)
        self._name = ElidedLabel(theme, "", Text.AMOUNT, smaller=(Text.TITLE, Text.HEADING, Text.STRONG))
        self._who = Label(theme, "", Text.BODY, Tone.MUTED)
        self._served = _Notice(theme)
        self._served.hide()
        self._balance = _Balance(theme)
        self._recent = _Recent(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self._name)
        who.addWidget(self._who)
        head = QHBoxLayout()
        head.setSpacing(theme.px(Size.SPACE))
        head.addWidget(self._portrait)
        head.addLayout(who, 1)
        layout.addLayout(head)
        layout.addWidget(self._served)
        layout.addWidget(self._balance)
        layout.addWidget(self._recent, 1)

    def show_diner(self, diner: Diner, counter: Counter, day: date) -> None:
        """Show everything about this diner."""
        self._portrait.show_person(diner.member.name, diner.member.photo)
        self._name.setText(diner.member.name)
        self._who.setText(formats.age(diner.age))
        served = diner.served_at_ms if counter.stage is not Stage.PAID else diner.served_at_ms[:-1]
        self._served.setVisible(bool(served))
        if served:
            self._served.show_words(_("Served at {time}").format(time=formats.time_of(served[-1])))
        self._balance.show_counter(counter, brief=bool(served))
        self._recent.show_sales(diner.recent, day)


class _Recent(QWidget):
    """The last meals, as many as there is room for: half a line would look like a fault."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = Label(theme, "", Text.SMALL_STRONG)
        self._meals = [_MealLine(theme) for _unused in range(_MEALS)]
        self._wanted = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._gap = theme.px(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._gap)
        layout.addWidget(self._title)
        for meal in self._meals:
            layout.addWidget(meal)
        layout.addStretch(1)

    def show_sales(self, sales: tuple[Sale, ...], day: date) -> None:
        """Show these, newest first."""
        self._title.setText(_("Last meals"))
        self._wanted = len(sales)
        for line, sale in zip(self._meals, sales, strict=False):
            line.show_sale(sale, day)
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer lines have room."""
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        line = self._meals[0].sizeHint().height() + self._gap
        shown = min(self._wanted, (self.height() - self._title.sizeHint().height() - self._gap) // line)
        self._title.setVisible(shown > 0)
        for number, meal in enumerate(self._meals):
            meal.setVisible(number < shown)


class _Notice(Card):
    """Something that must be seen, in words and with a sign."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Ground.AMBER, pad=8)
        self._words = Label(theme, "", Text.STRONG, Tone.AMBER)
        self.body.addWidget(self._words)

    def show_words(self, text: str) -> None:
        """Say it."""
        self._words.setText(text)
        self.setAccessibleName(text)
        # Qt's layouts give a card above wrapped words a pixel less than it asks for.
        self.setMinimumHeight(self.minimumSizeHint().height())


class _Balance(Card):
    """What the card holds, before and after this bill, and for how long that will do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Ground.GREEN, pad=8)
        self.body.setSpacing(0)
        self._title = Label(theme, "", Text.SMALL, Tone.MUTED)
        self._card = Label(theme, "", Text.SMALL, Tone.MUTED)
        self._card.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._now = Label(theme, "", Text.BIG_AMOUNT, Tone.GREEN)
        self._after_title = Label(theme, "", Text.SMALL, Tone.MUTED)
        self._after = AmountLabel(theme, "", Text.STRONG)
        self._enough = Label(theme, "", Text.SMALL_STRONG, wrap=True)
        self._after_row = QFrame()
        after = QHBoxLayout(self._after_row)
        after.setContentsMargins(0, 0, 0, 0)
        after.addWidget(self._after_title, 1)
        after.addWidget(self._after)
        self.body.addLayout(row(theme, self._title, self._card))
        for widget in (self._now, self._after_row, self._enough):
            self.body.addWidget(widget)

    def show_counter(self, counter: Counter, *, brief: bool) -> None:
        """Show the balance of the diner; `brief` where a notice needs the room."""
        assert counter.diner is not None, "a balance is a diner's"
        after = counter.balance_after
        assert after is not None, "a diner has a balance"
        self._title.setText(_("Balance"))
        card = counter.diner.card[-4:]
        self._card.setText(_("card {tail}").format(tail=card) if card else _("no card"))
        self._now.setText(words.money(counter.diner.wallet.spendable))
        self._now.setAccessibleName(f"{self._title.text()} {self._now.text()}")
        self._after_title.setText(_("After this bill"))
        self._after.set_what(_("After this bill"))
        self._after.set_amount(after if counter.bill else None)
        self._after.set_tone(Tone.MONEY if after < 0 else Tone.PLAIN)
        self._after_row.setVisible(counter.bill is not None)
        enough = formats.enough_for(after, counter.meal_price) if after >= 0 else _("not enough for this bill")
        self._enough.setText(enough)
        self._enough.setVisible(bool(enough) and not brief)


class _MealLine(QWidget):
    """One of the last meals."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._what = ElidedLabel(theme, "", Text.SMALL, Tone.MUTED)
        self._amount = AmountLabel(theme, "", Text.SMALL)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(Size.GAP))
        line.addWidget(self._what, 1)
        line.addWidget(self._amount)

    def show_sale(self, sale: Sale, day: date) -> None:
        """Show when it was and what the diner paid."""
        when = _("{day} {meal}").format(day=formats.ago(sale.business_date, day), meal=words.meal(sale.meal))
        self._what.setText(when)
        self._amount.set_what(when)
        self._amount.set_amount(sale.bill.due)

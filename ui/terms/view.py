"""The face of the terms: the bonus offers as a table, the other terms in three panels below."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.domain.canteen import Canteen
from pos.domain.cards import CardUid
from pos.domain.offers import BonusOffer
from pos.domain.staff import Permission
from pos.i18n import _
from pos.services.terms import Terms
from ui.asking import Fact
from ui.office.section import Office, Section, SectionView
from ui.terms import offer_words, phrases
from ui.terms.form import Topic
from ui.terms.presenter import TermsPresenter
from ui.theme import Size, Text, Theme
from ui.widgets.ask_sheet import AskSheet
from ui.widgets.buttons import Button
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import Card, column, row
from ui.widgets.table import Column, Line, Table

_TOPICS = {Qt.Key.Key_F3: Topic.LIMITS, Qt.Key.Key_F4: Topic.REFUNDS, Qt.Key.Key_F6: Topic.CANTEEN}


class _Panel(Card):
    """A heading with its key, and facts under it."""

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__(theme, pad=Size.SPACE)
        self._theme = theme
        self.title = ElidedLabel(theme, "", Text.STRONG)
        self.button = Button(theme, key=key)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(Size.SPACE))
        self._grid.setVerticalSpacing(theme.px(2))
        self._grid.setColumnStretch(1, 1)
        self._shown: list[tuple[Label, ElidedLabel]] = []
        head = row(theme, self.title, self.button)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these facts; there are always as many."""
        while len(self._shown) < len(facts):
            what = Label(self._theme, "", Text.SMALL, Tone.MUTED)
            told = ElidedLabel(self._theme, "", Text.SMALL)
            told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(what, len(self._shown), 0)
            self._grid.addWidget(told, len(self._shown), 1)
            self._shown.append((what, told))
        for (what, told), fact in zip(self._shown, facts, strict=True):
            what.setText(fact.what)
            told.setText(fact.told)


class TermsPage(QWidget):
    """Facts come in by `show_terms`; `decided` carries a topic and an offer's id."""

    wanted = Signal()
    decided = Signal(object, str)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self._terms: Canteen | None = None
        self._today = date.min
        self._title = Label(theme, "", Text.HEADING)
        self._new = Button(theme, key="F2")
        self._change = Button(theme, key="Enter")
        self._drop = Button(theme, key="Del")
        self._table = Table(theme)
        self._limits, self._refunds, self._place = (_Panel(theme, key) for key in ("F3", "F4", "F6"))
        self.sheet = AskSheet(theme, page)
        self._lay_out(theme)
        self.setFocusProxy(self._table)
        self._new.clicked.connect(lambda: self.decided.emit(Topic.OFFER, ""))
        self._change.clicked.connect(lambda: self._about(Topic.OFFER))
        self._drop.clicked.connect(lambda: self._about(Topic.DROP))
        self._table.chosen.connect(lambda _at: self._about(Topic.OFFER))
        for panel, topic in ((self._limits, Topic.LIMITS), (self._refunds, Topic.REFUNDS), (self._place, Topic.CANTEEN)):
            panel.button.clicked.connect(lambda _checked=False, topic=topic: self.decided.emit(topic, ""))
        self.retranslate()

    def attend(self, presenter: TermsPresenter) -> None:
        """Send every wish to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self.wanted.connect(presenter.open)
        self.decided.connect(presenter.decide)
        self.sheet.attend(
            close=presenter.close, say=presenter.say, typed=presenter.typed, confirm=presenter.confirm
        )

    # -- the section --------------------------------------------------------------------------------

    def opened(self) -> None:
        """Read the terms anew."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit()

    def left(self) -> None:
        """Close what lies in front."""
        self._presenter.close_now()

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here."""

    def hints(self) -> Hints:
        """Its keys."""
        return (
            ("↑↓", _("Offer")),
            ("Enter", _("Edit")),
            ("F2", _("New")),
            ("Del", _("Take out")),
            ("F3", _("Limits")),
            ("F4", _("Refunds")),
            ("F6", _("The canteen")),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("Bonus offers"))
        self._new.setText(_("New offer"))
        self._change.setText(_("Edit"))
        self._drop.setText(_("Take out"))
        self._limits.title.setText(_("Limits"))
        self._refunds.title.setText(_("Refunds and spending"))
        self._place.title.setText(_("The canteen"))
        for panel in (self._limits, self._refunds, self._place):
            panel.button.setText(_("Edit"))
            panel.button.setAccessibleName(f"{panel.title.text()}: {panel.button.text()}")
        self._table.setAccessibleName(self._title.text())
        self._table.set_columns(
            (
                Column(_("Offer"), 176),
                Column(_("Pays → on the card"), 276),
                Column(_("For whom")),
                Column(_("How often"), 144),
                Column(_("When"), 200),
            )
        )
        self._table.set_empty_words(_("No bonus yet. F2 makes an offer, like pay 200, get 20 on top."))
        self.sheet.retranslate()
        if self._terms is not None:
            self.show_terms(self._terms, self._today)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Each topic has its key."""
        key = Qt.Key(event.key())
        if key in _TOPICS:
            self.decided.emit(_TOPICS[key], "")
        elif key == Qt.Key.Key_F2:
            self.decided.emit(Topic.OFFER, "")
        elif key == Qt.Key.Key_F5:
            self.wanted.emit()
        elif key == Qt.Key.Key_Delete:
            self._about(Topic.DROP)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    # -- facts --------------------------------------------------------------------------------------

    def show_terms(self, canteen: Canteen, today: date) -> None:
        """Show what holds."""
        self._terms, self._today = canteen, today
        self._table.set_lines([_offer_line(offer, today) for offer in canteen.offers], max(self._table.at, 0))
        for button in (self._change, self._drop):
            button.setEnabled(bool(canteen.offers))
        self._limits.show_facts(phrases.limits(canteen))
        self._refunds.show_facts(phrases.refunds(canteen))
        self._place.show_facts(phrases.place(canteen))

    def _about(self, topic: Topic) -> None:
        if self._terms is not None and 0 <= self._table.at < len(self._terms.offers):
            self.decided.emit(topic, self._terms.offers[self._table.at].id)

    def _lay_out(self, theme: Theme) -> None:
        offers = Card(theme, pad=Size.SPACE)
        head = row(theme, self._title, self._new, self._change, self._drop)
        head.setStretch(0, 1)
        offers.body.addLayout(head)
        offers.body.addWidget(self._table, 1)
        panels = row(theme, self._limits, self._refunds, self._place)
        for at in range(3):
            panels.setStretch(at, 1)
        layout = column(theme, offers)
        layout.setStretch(0, 1)
        layout.addLayout(panels)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)


def _offer_line(offer: BonusOffer, today: date) -> Line:
    cells = (
        offer.title,
        offer_words.examples(offer),
        offer_words.whom(offer),
        offer_words.often(offer.how_often),
        offer_words.now(offer, today),
    )
    return Line(cells, Tone.PLAIN if offer.is_in_force(today) else Tone.MUTED)


def _build(office: Office) -> SectionView:
    page = TermsPage(office.theme, office.page)
    terms = Terms(office.stores, office.clock)
    page.attend(TermsPresenter(page, page.sheet, office.notices, terms, office.lane, office.actor, office.clock))
    return page


SECTION = Section("terms", lambda: _("Top-up rules"), Permission.TARIFF, _build)

"""The form of one rule: who, when and how, what it gives, who pays and how often; in four pages."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos import words
from pos.domain.areas import Level
from pos.domain.bill import Tender, Way
from pos.domain.calendar import DayKind
from pos.domain.menu import DishKind, Meal
from pos.domain.tariff import Base, Gift, Home, OwnDays, Rule, Service, Tariff
from pos.i18n import _
from pos.words.tariff import day_kind
from ui.tariff import phrases
from ui.tariff.rule_form import (
    AT_LEAST,
    MEASURED,
    MORE_THAN,
    NO,
    WITHOUT_AMOUNT,
    YES,
    Mistyped,
    Slot,
    Typed,
    rule_of,
    typed_of,
)
from ui.tariff.slots import Ask, Ticks, page_of
from ui.theme import Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice import Choice
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import row
from ui.widgets.sheet import Sheet

_LIMITS = ("per_meal", "per_day", "per_week", "per_month")
_TEXTS = ("id", "label", "age_from", "age_to", "any_of", "all_of", "hukou", "residence", "diets", "passes", "dishes", "portions", "spend", "amount", "at_most", "payers")  # fmt: skip
_CHOICES = ("own_days", "same", "home", "by_weight", "spend_kind", "measured_on", "gift", "base", "service", "group")
_TURNS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class RuleSheet(Sheet):
    """The page keys turn the pages, Enter takes the rule; `taken` carries it."""

    taken = Signal(object)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=1120)
        self._tariff: Tariff | None = None
        self._line = 0
        self._title = ElidedLabel(theme, "", Text.HEADING)
        self._told = ElidedLabel(theme, "", Text.BODY, Tone.MUTED)
        self._wrong = ElidedLabel(theme, "", Text.SMALL_STRONG, Tone.RED)
        self.asks = {name: Ask(theme) for name in (*_TEXTS, *_LIMITS)}
        self.choices = {name: Choice(theme) for name in _CHOICES}
        self.ticks = {
            "meals": Ticks(theme, list(Meal)),
            "weekdays": Ticks(theme, map(str, range(7))),
            "days": Ticks(theme, list(DayKind)),
            "ways": Ticks(theme, list(Way)),
            "tenders": Ticks(theme, list(Tender)),
            "kinds": Ticks(theme, list(DishKind)),
        }
        self._payers = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self._tabs = [Button(theme) for _unused in range(4)]
        self.pages = QStackedWidget()
        self._cancel, self._go = Button(theme, key="Esc"), Button(theme, "", Kind.PRIMARY, key="Enter")
        self._lay_out(theme)
        self._connect()
        self.retranslate()

    # -- opening ------------------------------------------------------------------------------------

    def ask(self, tariff: Tariff, rule: Rule | None, *, may_change: bool) -> None:
        """Open with a rule, or with an empty form for a new one."""
        self._tariff = tariff
        self._line = rule.line if rule else 0
        self.retranslate()
        self._title.setText(_("Rule {id}").format(id=rule.id) if rule else _("New rule"))
        self._fill(typed_of(rule) if rule else Typed(id=f"rule-{len(tariff.rules) + 1}"))
        self._go.setVisible(may_change)
        self._turn(0)
        self.complain("")
        self.open_on(self.asks["id"].line)
        self.asks["id"].line.selectAll()

    def complain(self, wrong: str, slot: Slot | None = None) -> None:
        """Say what is wrong, and lead to where it was typed."""
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self._told.setVisible(not wrong)
        for name, ask in self.asks.items():
            ask.mark(wrong=slot is not None and name == slot.value)
        if slot is not None:
            line = self.asks[slot.value].line
            self._turn(next(at for at in range(self.pages.count()) if self.pages.widget(at).isAncestorOf(line)))
            line.setFocus()

    @property
    def complaint(self) -> str:
        """What is said to be wrong."""
        return self._wrong.text()

    def _fill(self, typed: Typed) -> None:
        for name in _TEXTS:
            self.asks[name].set_text(getattr(typed, name))
        for name in _LIMITS:
            self.asks[name].set_text(typed.limits.get(name, ""))
        for name, choice in self.choices.items():
            choice.set_value(getattr(typed, name))
        for name, ticks in self.ticks.items():
            ticks.set_chosen(getattr(typed, name))
        self._fit()
        self._tell()

    def _typed(self) -> Typed:
        facts: dict[str, Any] = {name: self.asks[name].text for name in _TEXTS}
        facts |= {name: choice.value for name, choice in self.choices.items()}
        facts |= {name: ticks.chosen for name, ticks in self.ticks.items()}
        return Typed(**facts, limits={name: self.asks[name].text for name in _LIMITS})

    # -- keys ---------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page keys turn the pages from wherever the focus is."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and watched is not self._page:
            turn = _TURNS.get(Qt.Key(event.key()))
            if turn is not None:
                self._turn(self.pages.currentIndex() + turn, focus=True)
                return True
        return super().eventFilter(watched, event)

    def _turn(self, at: int, *, focus: bool = False) -> None:
        at %= self.pages.count()
        self.pages.setCurrentIndex(at)
        for place, button in enumerate(self._tabs):
            button.setChecked(place == at)
        if focus:
            first = self.pages.widget(at).nextInFocusChain()
            while first is not None and not (first.focusPolicy() & Qt.FocusPolicy.TabFocus and first.isEnabled() and first.isVisibleTo(self)):
                first = first.nextInFocusChain()
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self) -> None:
        if self._go.isHidden():
            return
        try:
            rule = rule_of(self._typed(), self._line)
        except Mistyped as mistyped:
            self.complain(_mistyped(mistyped), mistyped.slot)
            return
        self.taken.emit(rule)

    def _changed(self) -> None:
        if self.complaint:
            self.complain("")
        self._fit()
        self._tell()

    def _fit(self) -> None:
        gift = Gift(self.choices["gift"].value or Gift.OFF)
        self.asks["amount"].setEnabled(gift not in WITHOUT_AMOUNT)
        for widget, fits in (
            (self.asks["at_most"], gift in MEASURED),
            (self.choices["base"], gift in MEASURED),
            (self.choices["service"], gift is Gift.REPORT),
            (self.asks["payers"], gift is not Gift.FEE),
            (self.asks["spend"], bool(self.choices["spend_kind"].value)),
            (self.choices["measured_on"], bool(self.choices["spend_kind"].value)),
            (self.choices["home"], bool(self.choices["same"].value)),
        ):
            widget.setEnabled(fits)
        percent = gift in MEASURED
        self.asks["amount"].say(_("Percent") if percent else _("Yuan"), "10" if percent else "3.00")

    def _tell(self) -> None:
        """The rule in words, as it will be read."""
        try:
            rule = rule_of(self._typed())
        except Mistyped:
            self._told.setText("…")
            return
        assert self._tariff is not None, "a rule belongs to a tariff"
        told = [phrases.whom(rule), phrases.given(rule.then), phrases.payers(rule.payers, self._tariff)]
        if often := phrases.limit(rule.limit):
            told.append(often)
        self._told.setText(" → ".join(told))

    # -- words --------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._cancel.setText(_("Back"))
        self._go.setText(_("Take the rule"))
        for button, title in zip(self._tabs, (_("For whom"), _("When and how"), _("What it gives"), _("Who pays")), strict=True):
            button.setText(title)
        for name, (label, hint) in _labels().items():
            self.asks[name].say(label, hint)
        for name, (label, options) in _options(self._tariff).items():
            self.choices[name].set_label(label)
            self.choices[name].set_options(options)
        for name, (label, named) in _boxes().items():
            self.ticks[name].say(label, named)
        if self._tariff:
            known = _(", ").join(f"{key} = {payer.name}" for key, payer in self._tariff.payers.items())
            self._payers.setText(
                _("Payers: {payers}. Write city 3.00, district 3.00, town for fixed parts and the rest; city x2, district x1 for shares; nobody: the canteen itself.").format(payers=known or _("none yet"))
            )

    # -- layout -------------------------------------------------------------------------------------

    def _connect(self) -> None:
        for ask in self.asks.values():
            ask.typed.connect(self._changed)
        for choice in self.choices.values():
            choice.box.activated.connect(lambda _at: self._changed())
        for ticks in self.ticks.values():
            ticks.turned.connect(self._changed)
        for at, button in enumerate(self._tabs):
            button.clicked.connect(lambda _checked=False, at=at: self._turn(at, focus=True))
        self._go.clicked.connect(self._take)
        self.entered.connect(self._take)
        self._cancel.clicked.connect(self.left)
        for widget in self.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                widget.installEventFilter(self)

    def _lay_out(self, theme: Theme) -> None:
        asks, choices, ticks = self.asks, self.choices, self.ticks
        tabs = row(theme, self._title, *self._tabs, gap=6)
        tabs.setStretch(0, 2)
        for at, button in enumerate(self._tabs, start=1):
            button.setCheckable(True)
            button.setAutoDefault(False)
            tabs.setStretch(at, 1)
        for page in (
            page_of(
                theme,
                (asks["id"], asks["label"]),
                (asks["age_from"], asks["age_to"], asks["passes"], asks["diets"]),
                (asks["any_of"], asks["all_of"]),
                (asks["hukou"], asks["residence"]),
            ),
            page_of(
                theme,
                ticks["meals"],
                ticks["weekdays"],
                ticks["days"],
                ticks["ways"],
                ticks["tenders"],
                (choices["own_days"], choices["same"], choices["home"]),
            ),
            page_of(
                theme,
                (choices["gift"], asks["amount"], asks["at_most"], choices["base"]),
                (choices["spend_kind"], asks["spend"], choices["measured_on"], choices["service"]),
                ticks["kinds"],
                (asks["dishes"], asks["portions"], choices["by_weight"]),
            ),
            page_of(theme, asks["payers"], self._payers, choices["group"], tuple(asks[name] for name in _LIMITS)),
        ):
            self.pages.addWidget(page)
        foot = row(theme, self._cancel, self._go)
        foot.setStretch(1, 1)
        body = self.card.body
        edge = theme.px(14)
        body.setContentsMargins(edge, edge, edge, edge)
        body.setSpacing(theme.px(6))
        body.addLayout(tabs)
        body.addWidget(self.pages, 1)
        for line in (self._told, self._wrong):
            body.addWidget(line)
        body.addLayout(foot)


def _mistyped(mistyped: Mistyped) -> str:
    match mistyped.slot:
        case Slot.ID:
            return _("A rule needs an id: claims tell rules apart by it.")
        case Slot.AGE_FROM | Slot.AGE_TO:
            return _("An age is a whole number, such as 60.")
        case Slot.PAYERS:
            return _("Write payers like city 3.00, district.")
        case Slot.AMOUNT | Slot.AT_MOST | Slot.SPEND:
            return _("{typed} is no amount; write it like 3.00, a percentage like 15.").format(typed=mistyped.typed or "…")
        case _:
            return _("{typed} is no count; write a whole number from 1 on.").format(typed=mistyped.typed)


def _labels() -> dict[str, tuple[str, str]]:
    commas = _("several with commas between")
    return {
        "id": (_("Id"), "80+"),
        "label": (_("What screen and paper call it"), _("Aged 80 and over")),
        "age_from": (_("From age"), "60"),
        "age_to": (_("To age"), "79"),
        "any_of": (_("One of these categories"), commas),
        "all_of": (_("All of these categories"), commas),
        "hukou": (_("Registered in"), _("city/district/town")),
        "residence": (_("Living in"), _("city/district/town")),
        "diets": (_("Diets"), ""),
        "passes": (_("Passes"), ""),
        "dishes": (_("Dishes"), commas),
        "portions": (_("Portions"), ""),
        "spend": (_("Yuan spent"), "15.00"),
        "amount": (_("Yuan"), "3.00"),
        "at_most": (_("At most yuan"), ""),
        "payers": (_("Who pays"), "city 3.00, district"),
        "per_meal": (_("Times a meal"), ""),
        "per_day": (_("Times a day"), ""),
        "per_week": (_("Times a week"), ""),
        "per_month": (_("Times a month"), ""),
    }


def _options(tariff: Tariff | None) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    groups = tariff.groups if tariff else ()
    return {
        "own_days": (_("The canteen's days"), [("", _("any day")), *((one.value, phrases.own_days(one)) for one in OwnDays)]),
        "same": (_("Home and canteen in the same"), [("", _("anywhere")), *((one.value, words.level(one)) for one in Level)]),
        "home": (_("Home is where somebody is"), [(one.value, phrases.home(one)) for one in Home]),
        "by_weight": (_("By weight"), [("", _("either way")), (YES, _("by weight")), (NO, _("not by weight"))]),
        "spend_kind": (_("The meal costs"), [("", _("any price")), (AT_LEAST, _("at least")), (MORE_THAN, _("more than"))]),
        "measured_on": (_("Measured on"), [(one.value, phrases.base(one)) for one in Base]),
        "gift": (_("It gives"), [(one.value, phrases.gift(one)) for one in Gift]),
        "base": (_("Percent of"), [(one.value, phrases.base(one)) for one in Base]),
        "service": (_("Reported for"), [(one.value, phrases.service(one)) for one in Service]),
        "group": (_("Group"), [("", _("none: it stands alone")), *((one.id, _("{what}: {detail}").format(what=one.id, detail=phrases.choose(one.choose))) for one in groups)]),
    }


def _boxes() -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "meals": (_("Meals"), {one.value: words.meal(one) for one in Meal}),
        "weekdays": (_("Weekdays"), {str(day): phrases.weekday(day) for day in range(7)}),
        "days": (_("Days"), {one.value: day_kind(one) for one in DayKind}),
        "ways": (_("Ways"), {one.value: words.way(one) for one in Way}),
        "tenders": (_("Paid with"), {one.value: words.tender(one) for one in Tender}),
        "kinds": (_("Shelves"), {one.value: words.dish_kind(one) for one in DishKind}),
    }

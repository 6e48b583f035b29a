"""Who pays, and which rules are looked at together: the payers and the groups of a tariff."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pos import words
from pos.domain.areas import Level
from pos.domain.tariff import Choose, Group, Limit, Payer, Tariff
from pos.i18n import _
from ui.tariff import phrases
from ui.tariff.slots import Ask
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice import Choice
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import row
from ui.widgets.sheet import Sheet

ROWS = 4
_PER = 4


class _Lines(Sheet):
    """A few lines of the same questions; an empty line is none. Enter takes them."""

    taken = Signal(object)

    def __init__(self, theme: Theme, page: QWidget, width: int) -> None:
        super().__init__(theme, page, width=width)
        self.tariff: Tariff | None = None
        self._title = Label(theme, "", Text.HEADING)
        self._why = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self._wrong = ElidedLabel(theme, "", Text.SMALL_STRONG, Tone.RED)
        self._cancel, self._go = Button(theme, key="Esc"), Button(theme, "", Kind.PRIMARY, key="Enter")
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.px(Size.GAP))
        self.grid.setVerticalSpacing(theme.px(4))
        body = self.card.body
        body.setSpacing(theme.px(6))
        for widget in (self._title, self._why):
            body.addWidget(widget)
        body.addLayout(self.grid)
        body.addWidget(self._wrong)
        foot = row(theme, self._cancel, self._go)
        foot.setStretch(1, 1)
        body.addLayout(foot)
        self._cancel.clicked.connect(self.left)
        self._go.clicked.connect(self.take)
        self.entered.connect(self.take)

    def lay_out(self, theme: Theme, lines: Sequence[Sequence[QWidget]], shares: Sequence[int]) -> None:
        """Put the lines under their heads."""
        self.heads = [Label(theme, "", Text.SMALL_STRONG) for _share in shares]
        for place, (head, share) in enumerate(zip(self.heads, shares, strict=True)):
            self.grid.addWidget(head, 0, place)
            self.grid.setColumnStretch(place, share)
        for number, line in enumerate(lines, start=1):
            for place, widget in enumerate(line):
                self.grid.addWidget(widget, number, place)

    def name_all(self, heads: Sequence[str], lines: Sequence[Sequence[QWidget]]) -> None:
        """Name the heads, and every question after its head."""
        for head, words_ in zip(self.heads, heads, strict=True):
            head.setText(words_)
        for number, line in enumerate(lines, start=1):
            for words_, widget in zip(heads, line, strict=True):
                widget.setAccessibleName(f"{words_} {number}")

    @property
    def complaint(self) -> str:
        """What is said to be wrong."""
        return self._wrong.text()

    def complain(self, wrong: str) -> None:
        """Say what is wrong."""
        self._wrong.setText(wrong)

    def take(self) -> None:
        """Carry what was typed."""

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._cancel.setText(_("Back"))
        self._go.setText(_("Take over"))


class PayersSheet(_Lines):
    """`taken` carries the payers by key."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, 860)
        self.lines = [(Ask(theme, longest=20), Ask(theme, longest=40), Choice(theme)) for _unused in range(ROWS)]
        self.lay_out(theme, [(key, name, level.box) for key, name, level in self.lines], (2, 3, 2))
        self.retranslate()

    def ask(self, tariff: Tariff) -> None:
        """Open with a tariff's payers."""
        self.tariff = tariff
        self.retranslate()
        known = list(tariff.payers.items())
        for number, (key, name, level) in enumerate(self.lines):
            payer = known[number] if number < len(known) else ("", Payer(""))
            key.set_text(payer[0])
            name.set_text(payer[1].name)
            level.set_value(payer[1].level.value if payer[1].level else "")
        self.complain("")
        self.open_on(self.lines[0][0].line)

    def take(self) -> None:
        """The payers that have a key; one with a name alone is a slip."""
        payers: dict[str, Payer] = {}
        for key, name, level in self.lines:
            named, called = key.text.strip(), name.text.strip()
            if not named and not called:
                continue
            if not named or not called or named in payers or " " in named:
                self.complain(_("Each payer has a short key of its own without blanks, and a name."))
                key.line.setFocus()
                return
            payers[named] = Payer(called, Level(level.value) if level.value else None)
        kept = dict(list(self.tariff.payers.items())[ROWS:]) if self.tariff else {}
        self.taken.emit({**payers, **kept})

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        self._title.setText(_("Who pays subsidies"))
        self._why.setText(_("The key stands in the rules, the name on screen and paper. The canteen and the diner need none."))
        for key, name, level in self.lines:
            key.say("", "city")
            name.say("", _("City civil affairs"))
            level.set_options([("", _("no authority")), *((one.value, words.level(one)) for one in Level)])
        heads = (_("Short key"), _("Name in full"), _("Pays for its own"))
        self.name_all(heads, [(key.line, name.line, level.box) for key, name, level in self.lines])


class GroupsSheet(_Lines):
    """`taken` carries the groups."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, 1060)
        self.lines = [
            (Ask(theme, longest=20), Choice(theme), tuple(Ask(theme, longest=3) for _per in range(_PER)))
            for _unused in range(ROWS)
        ]
        self.lay_out(theme, [(name, choose.box, *limits) for name, choose, limits in self.lines], (3, 4, 2, 2, 2, 2))
        self.retranslate()

    def ask(self, tariff: Tariff) -> None:
        """Open with a tariff's groups."""
        self.tariff = tariff
        self.retranslate()
        for number, (name, choose, limits) in enumerate(self.lines):
            group = tariff.groups[number] if number < len(tariff.groups) else Group("", Choose.BEST)
            name.set_text(group.id)
            choose.set_value(group.choose.value)
            stated = {f"per_{per}": most for per, most in group.limit.stated}
            for key, ask in zip(("per_meal", "per_day", "per_week", "per_month"), limits, strict=True):
                ask.set_text(str(stated.get(key, "")))
        self.complain("")
        self.open_on(self.lines[0][0].line)

    def take(self) -> None:
        """The groups that have an id."""
        groups: list[Group] = []
        for name, choose, limits in self.lines:
            named = name.text.strip()
            typed = [ask.text.strip() for ask in limits]
            if not named and not any(typed):
                continue
            if not named or named in {group.id for group in groups}:
                self.complain(_("Each group has a name of its own."))
                name.line.setFocus()
                return
            if any(one and not (one.isdecimal() and int(one)) for one in typed):
                self.complain(_("How often is a whole number from 1 on, or nothing."))
                limits[0].line.setFocus()
                return
            groups.append(Group(named, Choose(choose.value), Limit(*(int(one) if one else None for one in typed))))
        kept = self.tariff.groups[ROWS:] if self.tariff else ()
        self.taken.emit((*groups, *kept))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        self._title.setText(_("Rules that are looked at together"))
        self._why.setText(_("Of the rules of a group one helps, the best or the first, or all; the group's limits count them together."))
        heads = (_("Group"), _("Holds"), _("Times a meal"), _("Times a day"), _("Times a week"), _("Times a month"))
        for name, choose, limits in self.lines:
            name.say("", "subsidy")
            choose.set_options((one.value, phrases.choose(one)) for one in Choose)
            for ask in limits:
                ask.say("")
        self.name_all(heads, [(name.line, choose.box, *(ask.line for ask in limits)) for name, choose, limits in self.lines])

"""The form of a tariff: its head, its payers and groups, and the table of its rules."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.domain.members import AgeStarts
from pos.domain.tariff import Group, Payer, Rule
from pos.i18n import _
from ui.messages.tariff import finding_words
from ui.tariff import phrases
from ui.tariff.editor import EditorNow, EditorPresenter
from ui.tariff.head_sheets import GroupsSheet, PayersSheet
from ui.tariff.rule_sheet import RuleSheet
from ui.tariff.slots import Ask
from ui.theme import Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.choice import Choice
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Tone
from ui.widgets.panel import column, row
from ui.widgets.table import Column, Line, Table

_MOVES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class FormPage(QWidget):
    """Every change is a wish to the presenter, which answers with the tariff as it is then."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self._now: EditorNow | None = None
        self._presenter: EditorPresenter | None = None
        self.head = {name: Ask(theme, longest=60) for name in ("id", "title", "valid_from", "valid_to", "area")}
        self.age_starts = Choice(theme)
        self._wrong = ElidedLabel(theme, "", Text.SMALL_STRONG, Tone.RED)
        self.table = Table(theme)
        self._add, self._change = Button(theme, key="F2"), Button(theme, key="Enter")
        self._payers, self._groups = Button(theme, key="F3"), Button(theme, key="F4")
        self.rule_sheet = RuleSheet(theme, page)
        self.payers_sheet = PayersSheet(theme, page)
        self.groups_sheet = GroupsSheet(theme, page)
        self._place: int | None = None
        top = row(theme, *self.head.values(), self.age_starts)
        for at, share in enumerate((3, 4, 3, 3, 4, 4)):
            top.setStretch(at, share)
        foot = row(theme, self._add, self._change, self._payers, self._groups, self._wrong)
        foot.setStretch(4, 1)
        layout = column(theme)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.setLayout(layout)
        self.retranslate()

    def attend(self, presenter: EditorPresenter) -> None:
        """Send every wish to the presenter."""
        self._presenter = presenter
        self.table.marked.connect(presenter.mark)
        self.table.chosen.connect(lambda _at: self._ask_rule(new=False))
        self._add.clicked.connect(lambda: self._ask_rule(new=True))
        self._change.clicked.connect(lambda: self._ask_rule(new=False))
        self._payers.clicked.connect(self._ask_payers)
        self._groups.clicked.connect(self._ask_groups)
        for ask in self.head.values():
            ask.line.editingFinished.connect(self._take_head)
        self.age_starts.chosen.connect(lambda _value: self._take_head())
        self.rule_sheet.taken.connect(self._take_rule)
        self.payers_sheet.taken.connect(self._take_payers)
        self.groups_sheet.taken.connect(self._take_groups)
        for sheet in (self.rule_sheet, self.payers_sheet, self.groups_sheet):
            sheet.left.connect(sheet.take_away)

    def show_tariff(self, now: EditorNow) -> None:
        """Paint the form; without a tariff it stays as it was, out of sight."""
        self._now = now
        tariff = now.tariff
        if tariff is None:
            return
        may = now.draft is not None
        texts = {
            "id": tariff.id,
            "title": tariff.title,
            "valid_from": tariff.valid_from.isoformat(),
            "valid_to": tariff.valid_to.isoformat() if tariff.valid_to else "",
            "area": tariff.area,
        }
        for name, ask in self.head.items():
            if ask.text != texts[name]:
                ask.set_text(texts[name])
            ask.mark(wrong=False)
            ask.line.setReadOnly(not may)
        self._wrong.setText("")
        self.age_starts.set_value(tariff.age_starts.value)
        self.age_starts.setEnabled(may)
        for button in (self._add, self._payers, self._groups):
            button.setVisible(may)
        self._change.setEnabled(bool(tariff.rules))
        lines = [_line(rule, now) for rule in tariff.rules]
        if list(self.table.lines) != lines or self.table.at != now.at:
            self.table.set_lines(lines, now.at)

    def close_sheets(self) -> None:
        """Take whatever was asked away."""
        for sheet in (self.rule_sheet, self.payers_sheet, self.groups_sheet):
            sheet.take_away()

    def take_key(self, event: QKeyEvent) -> bool:
        """The keys of the form; False for any other."""
        key, presenter = Qt.Key(event.key()), self._presenter
        if presenter is None or self._now is None or self._now.draft is None:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in _MOVES:
            presenter.move_rule(_MOVES[key])
        elif key == Qt.Key.Key_F2:
            self._ask_rule(new=True)
        elif key == Qt.Key.Key_F3:
            self._ask_payers()
        elif key == Qt.Key.Key_F4:
            self._ask_groups()
        elif key == Qt.Key.Key_Delete and self.table.hasFocus():
            presenter.drop_rule()
        else:
            return False
        return True

    def hints(self) -> Hints:
        """Its keys."""
        return (
            ("Enter", _("Change the rule")),
            ("F2", _("New rule")),
            ("Del", _("Take it out")),
            ("Ctrl+PgUp/PgDn", _("Move it")),
            ("F3", _("Payers")),
            ("F4", _("Groups")),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        for name, label, hint in (
            ("id", _("Id"), "putuo-2027"),
            ("title", _("Title"), ""),
            ("valid_from", _("From"), "2026-01-31"),
            ("valid_to", _("To"), _("no end")),
            ("area", _("The canteen stands in"), _("as set")),
        ):
            self.head[name].say(label, hint)
        self.age_starts.set_label(_("A new age counts"))
        self.age_starts.set_options((one.value, phrases.age_starts(one)) for one in AgeStarts)
        self._add.setText(_("New rule"))
        self._change.setText(_("Edit"))
        self._payers.setText(_("Payers"))
        self._groups.setText(_("Groups"))
        self.table.setAccessibleName(_("Rules"))
        self.table.set_columns(
            (
                Column(_("Rule"), 170),
                Column(_("Who and when")),
                Column(_("It gives"), 140),
                Column(_("Who pays"), 170),
                Column(_("How often"), 126),
                Column(_("Group"), 110),
            )
        )
        self.table.set_empty_words(_("No rule yet: everybody pays the list price. F2 makes the first."))
        for sheet in (self.rule_sheet, self.payers_sheet, self.groups_sheet):
            sheet.retranslate()
        if self._now:
            self.show_tariff(self._now)

    # -- wishes -------------------------------------------------------------------------------------

    def _ask_rule(self, *, new: bool) -> None:
        now = self._presenter.now if self._presenter else None
        if now is None or now.tariff is None or (not new and now.rule is None):
            return
        self._place = None if new else now.at
        self.rule_sheet.ask(now.tariff, None if new else now.rule, may_change=now.draft is not None)

    def _ask_payers(self) -> None:
        if self._now and self._now.tariff and self._now.draft:
            self.payers_sheet.ask(self._now.tariff)

    def _ask_groups(self) -> None:
        if self._now and self._now.tariff and self._now.draft:
            self.groups_sheet.ask(self._now.tariff)

    def _take_rule(self, rule: Rule) -> None:
        assert self._presenter is not None, "somebody attends"
        if finding := self._presenter.put_rule(rule, self._place):
            self.rule_sheet.complain(" ".join(finding_words(finding)))

    def _take_payers(self, payers: dict[str, Payer]) -> None:
        assert self._presenter is not None, "somebody attends"
        if finding := self._presenter.change(payers=payers):
            self.payers_sheet.complain(" ".join(finding_words(finding)))
        else:
            self.payers_sheet.take_away()

    def _take_groups(self, groups: tuple[Group, ...]) -> None:
        assert self._presenter is not None, "somebody attends"
        if finding := self._presenter.change(groups=groups):
            self.groups_sheet.complain(" ".join(finding_words(finding)))
        else:
            self.groups_sheet.take_away()

    def _take_head(self) -> None:
        now, presenter = self._now, self._presenter
        if now is None or now.tariff is None or now.draft is None or presenter is None:
            return
        texts = {name: ask.text.strip() for name, ask in self.head.items()}
        days: dict[str, date | None] = {}
        for name in ("valid_from", "valid_to"):
            try:
                days[name] = date.fromisoformat(texts[name]) if texts[name] or name == "valid_from" else None
            except ValueError:
                self._complain(_("Write the day like 2026-01-31."), name)
                return
        changed = {
            "id": texts["id"],
            "title": texts["title"],
            "area": texts["area"],
            **days,
            "age_starts": AgeStarts(self.age_starts.value or AgeStarts.BIRTHDAY),
        }
        if all(getattr(now.tariff, name) == value for name, value in changed.items()):
            return
        if finding := presenter.change(**changed):
            self._complain(" ".join(finding_words(finding)), str(finding.facts.get("key", "id")))

    def _complain(self, wrong: str, name: str) -> None:
        self._wrong.setText(wrong)
        if name in self.head:
            self.head[name].mark(wrong=True)


def _line(rule: Rule, now: EditorNow) -> Line:
    assert now.tariff is not None, "a rule belongs to a tariff"
    wrong = any(one.rule == rule.id for one in now.checked.findings)
    name = rule.label or rule.id
    cells = (
        _("{rule} (!)").format(rule=name) if wrong else name,
        phrases.whom(rule),
        phrases.given(rule.then),
        phrases.payers(rule.payers, now.tariff),
        phrases.limit(rule.limit),
        rule.group,
    )
    return Line(cells, Tone.RED if wrong else Tone.PLAIN)

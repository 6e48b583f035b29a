"""The face of the import: what to bring in, what the columns mean, every row with what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.cards import CardUid
from pos.domain.errors import Refusal
from pos.domain.staff import Permission
from pos.i18n import _
from pos.services.imports import Imports
from pos.services.payer_lists import PayerLists
from ui import messages
from ui.imports import phrases
from ui.imports.presenter import ImportPresenter, ImportScreen, Job, Stage
from ui.imports.previews import PreviewLine, Weight
from ui.imports.sheets import ConfirmSheet, MeaningSheet
from ui.office.section import Office, Section, SectionView
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.chip import Chip, Shade
from ui.widgets.files import ask_open, ask_save
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import Card, column, row
from ui.widgets.table import Column, Line, Table
from ui.widgets.tick import Tick

_SHADES = {
    Weight.GOOD: Shade.GREEN,
    Weight.PLAIN: Shade.PLAIN,
    Weight.DOUBT: Shade.AMBER,
    Weight.WRONG: Shade.RED,
}
_MOST_COUNTS = 5


class ImportPage(QWidget):
    """Facts come in by `show_import`; every wish goes straight to the presenter."""

    hints_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._screen = ImportScreen()
        self._title = Label(theme, "", Text.HEADING)
        self._file = ElidedLabel(theme, "", Text.BODY, Tone.MUTED)
        self._stack = QStackedWidget()
        self._start = _StartPane(theme)
        self._columns = Table(theme)
        self._column_buttons = [Button(theme, key=key) for key in ("Enter", "F6", "F9")]
        self._rows = Table(theme)
        self._chips = [Chip(theme) for _number in range(_MOST_COUNTS)]
        self._whole = ElidedLabel(theme, "", Text.SMALL)
        self._tick = Tick(theme)
        self._wrong_only = Button(theme, key="F6")
        self._wrong_only.setCheckable(True)
        self._to_columns = Button(theme, key="F4")
        self._save_wrong = Button(theme, key="F7")
        self._go = Button(theme, kind=Kind.PRIMARY, key="F9")
        self._meaning: MeaningSheet | None = None
        self._confirm: ConfirmSheet | None = None
        self._lay_out(theme)
        self._connect()

    def attend(self, presenter: ImportPresenter, theme: Theme, page: QWidget) -> None:
        """Send every wish to the presenter, and keep it; the sheets lie on the whole page of the office."""
        self._presenter = presenter
        self._meaning = MeaningSheet(theme, page)
        self._confirm = ConfirmSheet(theme, page)
        self._meaning.picked.connect(lambda field: presenter.set_column(self._columns.at, field))
        self._confirm.confirmed.connect(presenter.go)
        _meaning, sheet, check = self._column_buttons
        for button, deed in (
            (sheet, presenter.next_sheet),
            (check, presenter.check),
            (self._wrong_only, presenter.turn_wrong_only),
            (self._to_columns, presenter.show_columns),
        ):
            button.clicked.connect(deed)
        self._tick.clicked.connect(presenter.set_tick)
        self.retranslate()

    # -- facts --------------------------------------------------------------------------------------

    def opened(self) -> None:
        """Go on where it was left."""
        self._focus()

    def left(self) -> None:
        """A list of people is not left behind on the screen."""
        for sheet in (self._meaning, self._confirm):
            if sheet is not None:
                sheet.take_away()
        self._presenter.start()

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here."""

    def payer_refused(self, error: Refusal) -> None:
        """The payer's name is no name."""
        assert self._confirm is not None, "a payer was asked for on the sheet"
        self._confirm.complain(messages.words(error).title)

    def show_import(self, screen: ImportScreen) -> None:
        """Show this stage of the import."""
        moved, self._screen = screen.stage is not self._screen.stage, screen
        of_sheet = f" · {screen.sheet}" if len(screen.sheets) > 1 else ""
        self._file.setText(f"{screen.file}{of_sheet}")
        if screen.stage is Stage.COLUMNS:
            self._show_columns(screen)
        elif screen.stage is Stage.PREVIEW:
            self._show_rows(screen)
        self._stack.setCurrentIndex(list(Stage).index(screen.stage))
        if moved:
            self._focus()
            self.hints_changed.emit()

    def hints(self) -> Hints:
        """The keys of this stage."""
        if self._screen.stage is Stage.START:
            return (("1", _("Member list")), ("2", _("Top-ups from a list")), ("3 4", _("Empty form")))
        if self._screen.stage is Stage.COLUMNS:
            sheet = (("F6", _("Next sheet")),) if len(self._screen.sheets) > 1 else ()
            return (("Enter", _("Meaning")), *sheet, ("F9", _("Check")))
        return (
            ("F9", self._screen.summary.deed or _("Check again")),
            ("F6", _("Problems only")),
            ("F7", _("Save the problems")),
            ("F4", _("Columns")),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("Bring in a list"))
        self._start.retranslate()
        for button, words in zip(
            self._column_buttons, (_("What it means"), _("Next sheet"), _("Check every row")), strict=True
        ):
            button.setText(words)
        self._columns.set_lines(())
        self._columns.set_columns(
            (Column(_("Column"), 90), Column(_("Header"), 220), Column(_("For example")), Column(_("Means"), 240))
        )
        self._columns.setAccessibleName(_("Columns"))
        self._rows.setAccessibleName(_("Rows"))
        self._wrong_only.setText(_("Problems only"))
        self._to_columns.setText(_("Columns"))
        self._save_wrong.setText(_("Save the problems"))
        self._presenter.say_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of each stage."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._took(Qt.Key(event.key()), event):
            super().keyPressEvent(event)
            return
        event.accept()

    # -- keys ---------------------------------------------------------------------------------------

    def _took(self, key: Qt.Key, event: QKeyEvent) -> bool:
        if key == Qt.Key.Key_Escape and self._screen.stage is not Stage.START:
            if not event.isAutoRepeat():
                self._presenter.start()
            return True
        deeds = {
            Stage.START: {
                Qt.Key.Key_1: lambda: self._choose(Job.MEMBERS),
                Qt.Key.Key_2: lambda: self._choose(Job.TOP_UPS),
                Qt.Key.Key_3: lambda: self._form(Job.MEMBERS),
                Qt.Key.Key_4: lambda: self._form(Job.TOP_UPS),
            },
            Stage.COLUMNS: {
                Qt.Key.Key_F6: self._presenter.next_sheet,
                Qt.Key.Key_F9: self._presenter.check,
            },
            Stage.PREVIEW: {
                Qt.Key.Key_F4: self._presenter.show_columns,
                Qt.Key.Key_F6: self._presenter.turn_wrong_only,
                Qt.Key.Key_F7: self._save_problems,
                Qt.Key.Key_F9: self._ask,
            },
        }[self._screen.stage]
        if key not in deeds:
            return False
        deed: Callable[[], None] = deeds[key]
        deed()
        return True

    def _connect(self) -> None:
        self._start.chosen.connect(self._choose)
        self._start.form.connect(self._form)
        self._columns.chosen.connect(self._ask_meaning)
        self._column_buttons[0].clicked.connect(lambda: self._ask_meaning(self._columns.at))
        self._rows.marked.connect(self._tell_whole)
        self._save_wrong.clicked.connect(self._save_problems)
        self._go.clicked.connect(self._ask)

    def _choose(self, job: Job) -> None:
        path: Path | None = ask_open(self, _("Choose the list"), "xlsx, csv (*.xlsx *.xlsm *.csv *.txt)")
        if path is not None:
            self._presenter.choose(job, path)

    def _form(self, job: Job) -> None:
        name = _("Member list") if job is Job.MEMBERS else _("Top-ups from a list")
        path = ask_save(self, _("Save an empty form"), f"{name}.xlsx", "xlsx (*.xlsx)")
        if path is not None:
            self._presenter.save_form(job, path)

    def _save_problems(self) -> None:
        path = ask_save(self, _("Save the problems"), _("Problems") + ".xlsx", "xlsx (*.xlsx);;csv (*.csv)")
        if path is not None:
            self._presenter.save_problems(path)

    def _ask_meaning(self, at: int) -> None:
        if 0 <= at < len(self._screen.columns) and self._meaning is not None:
            self._meaning.ask(self._screen.columns[at], self._presenter.fields)

    def _ask(self) -> None:
        if self._screen.summary.deed and self._confirm is not None:
            self._confirm.ask(self._screen.summary, of_payer=self._screen.job is Job.TOP_UPS)

    def _tell_whole(self, at: int) -> None:
        """What the marked row's last cell has no room for."""
        lines = self._rows.lines
        whole = _("{what}: {detail}").format(what=lines[at].cells[1], detail=lines[at].cells[-1]) if 0 <= at < len(lines) else ""
        self._whole.setText(whole)

    def _focus(self) -> None:
        first = {Stage.START: self._start.first, Stage.COLUMNS: self._columns, Stage.PREVIEW: self._rows}
        first[self._screen.stage].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- stages -------------------------------------------------------------------------------------

    def _show_columns(self, screen: ImportScreen) -> None:
        lines = [
            Line(
                (one.letter, one.header, one.example, phrases.field(one.field) if one.field else "–"),
                Tone.PLAIN if one.field else Tone.MUTED,
            )
            for one in screen.columns
        ]
        self._columns.set_lines(lines, max(self._columns.at, 0))
        self._column_buttons[1].setVisible(len(screen.sheets) > 1)

    def _show_rows(self, screen: ImportScreen) -> None:
        self._rows.set_lines(())
        self._rows.set_columns(_member_columns() if screen.job is Job.MEMBERS else _payer_columns())
        self._rows.set_lines([Line(line.cells, _tone(line)) for line in screen.lines])
        self._tell_whole(self._rows.at)
        self._rows.set_empty_words(_("Nothing is wrong.") if screen.wrong_only else _("No row stands below the header."))
        counts = screen.summary.counts
        for chip, count in zip_longest(self._chips, counts):
            chip.set_words(count.words if count else "", _SHADES[count.weight] if count else None)
        self._tick.setVisible(screen.asks_tick)
        self._tick.say(
            _("Also take those to look at") if screen.job is Job.MEMBERS else _("Booked before: pay it once more")
        )
        self._tick.setChecked(screen.tick)
        self._wrong_only.setChecked(screen.wrong_only)
        self._go.setText(screen.summary.deed or _("Nothing to write"))
        self._go.setEnabled(bool(screen.summary.deed))
        self.hints_changed.emit()

    # -- layout -------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        head = row(theme, self._title, self._file)
        head.setStretch(1, 1)
        meaning = row(theme, *self._column_buttons)
        meaning.insertStretch(0, 1)
        counts = row(theme, *self._chips, gap=Size.GAP)
        counts.addStretch(1)
        deeds = row(theme, self._to_columns, self._wrong_only, self._save_wrong, self._go)
        deeds.setStretch(3, 1)
        self._stack.addWidget(self._start)
        self._stack.addWidget(_pane(theme, self._columns, meaning))
        rows = _pane(theme, self._rows, deeds)
        body = rows.layout()
        assert isinstance(body, QVBoxLayout)
        body.insertLayout(0, counts)
        body.insertWidget(2, self._whole)
        body.insertWidget(3, self._tick)
        self._stack.addWidget(rows)
        card = Card(theme, pad=Size.SPACE)
        card.body.addLayout(head)
        card.body.addWidget(self._stack, 1)
        layout = column(theme, card)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)


class _StartPane(QWidget):
    """What to bring in, and what a list looks like."""

    chosen = Signal(object)
    form = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._about = Label(theme, "", Text.BODY, wrap=True)
        self._jobs = {job: Button(theme, kind=Kind.PRIMARY, key=key) for job, key in zip(Job, "12", strict=True)}
        self._forms = {job: Button(theme, key=key) for job, key in zip(Job, "34", strict=True)}
        self._what = {job: Label(theme, "", Text.BODY, Tone.MUTED, wrap=True) for job in Job}
        self.first = self._jobs[Job.MEMBERS]
        for job in Job:
            self._jobs[job].clicked.connect(lambda _checked=False, job=job: self.chosen.emit(job))
            self._forms[job].clicked.connect(lambda _checked=False, job=job: self.form.emit(job))
        layout = column(theme, self._about)
        layout.setContentsMargins(0, 0, 0, 0)
        for job in Job:
            card = Card(theme)
            card.body.addWidget(self._what[job])
            buttons = row(theme, self._jobs[job], self._forms[job])
            buttons.setStretch(0, 1)
            card.body.addLayout(buttons)
            layout.addWidget(card)
        layout.addStretch(1)
        self.setLayout(layout)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._about.setText(
            _("A spreadsheet (.xlsx) or a .csv file. Nothing is written before you have seen every row and said yes.")
        )
        self._jobs[Job.MEMBERS].setText(_("Members and opening balances"))
        self._what[Job.MEMBERS].setText(
            _("People with name, birth date or identity number, phone, address, card, and what their old cards still held.")
        )
        self._jobs[Job.TOP_UPS].setText(_("Top-ups from a list"))
        self._what[Job.TOP_UPS].setText(
            _("A company or a community pays for many: a list of names with phone or card, and an amount for each.")
        )
        for button in self._forms.values():
            button.setText(_("Empty form"))


def _pane(theme: Theme, table: Table, foot: QHBoxLayout) -> QWidget:
    pane = QWidget()
    layout = column(theme, table)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setStretch(0, 1)
    layout.addLayout(foot)
    pane.setLayout(layout)
    return pane


def _tone(line: PreviewLine) -> Tone:
    if line.stopped:
        return Tone.RED
    return Tone.MONEY if line.doubtful else Tone.PLAIN


def _member_columns() -> tuple[Column, ...]:
    return (
        Column(_("Row"), 66, right=True),
        Column(_("Name"), 126),
        Column(_("Birth date"), 124),
        Column(_("Phone"), 148),
        Column(_("Principal"), 110, right=True),
        Column(_("Bonus"), 96, right=True),
        Column(_("What becomes of it")),
    )


def _payer_columns() -> tuple[Column, ...]:
    return (
        Column(_("Row"), 66, right=True),
        Column(_("Name"), 140),
        Column(_("Amount"), 116, right=True),
        Column(_("Bonus"), 100, right=True),
        Column(_("Balance after"), 140, right=True),
        Column(_("What becomes of it")),
    )


def _build(office: Office) -> SectionView:
    page = ImportPage(office.theme)
    imports = Imports(office.stores, office.clock, office.till, office.files.reader, office.vault)
    lists = PayerLists(office.stores, office.clock, office.till)
    presenter = ImportPresenter(page, office.notices, imports, lists, office.files, office.work, office.actor)
    page.attend(presenter, office.theme, office.page)
    page.hints_changed.connect(office.refresh_hints)
    return page


SECTION = Section("imports", lambda: _("Bring in lists"), Permission.IMPORT, _build)

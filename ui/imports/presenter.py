"""The mind of an import: a file is chosen, its columns understood, its rows shown, and then all written or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Protocol

from pos.domain.accounts import Batch
from pos.domain.errors import BadName, Refusal, Trouble
from pos.domain.imports import MEMBER_FIELDS, TOP_UP_FIELDS, ImportField, Layout, guess
from pos.domain.money import money
from pos.domain.pricing import Tender
from pos.domain.staff import Actor
from pos.domain.tables import Table
from pos.i18n import _, ngettext
from pos.ports.tables import Files
from pos.services.imports import Imported, Imports, Preview, Source
from pos.services.payer_lists import PayerLists, PayerPreview
from ui import messages
from ui.imports import phrases, previews
from ui.imports.previews import NOTHING_YET, ColumnLine, PreviewLine, Summary
from ui.office.work import Work
from ui.presenting import Notices


class Job(Enum):
    """What is brought in."""

    MEMBERS = "members"
    TOP_UPS = "top_ups"


class Stage(Enum):
    """How far the import is."""

    START = "start"
    COLUMNS = "columns"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class ImportScreen:
    """What the screen shows. `tick` takes the doubtful rows too, or pays a list once more; `asks_tick` offers it."""

    job: Job = Job.MEMBERS
    stage: Stage = Stage.START
    file: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    columns: tuple[ColumnLine, ...] = ()
    lines: tuple[PreviewLine, ...] = ()
    summary: Summary = NOTHING_YET
    wrong_only: bool = False
    tick: bool = False
    asks_tick: bool = False


class ImportView(Protocol):
    """The face of the import."""

    def show_import(self, screen: ImportScreen) -> None:
        """Show this."""
        ...

    def payer_refused(self, error: Refusal) -> None:
        """The payer's name is no name: ask again."""
        ...


class ImportPresenter:
    """Reading, checking and writing are long work: each can be given up and leaves nothing behind."""

    def __init__(
        self,
        view: ImportView,
        notices: Notices,
        imports: Imports,
        payer_lists: PayerLists,
        files: Files,
        work: Work,
        actor: Callable[[], Actor],
    ) -> None:
        self._view = view
        self._notices = notices
        self._imports = imports
        self._payer_lists = payer_lists
        self._files = files
        self._work = work
        self._actor = actor
        self._screen = ImportScreen()
        self._source: Source | None = None
        self._layout: Layout | None = None
        self._preview: Preview | PayerPreview | None = None

    # -- the file -----------------------------------------------------------------------------------

    def start(self) -> None:
        """Nothing is chosen."""
        self._source = self._layout = self._preview = None
        self._screen = ImportScreen()
        self._show()

    def choose(self, job: Job, path: Path, sheet: str = "") -> None:
        """Read a file."""
        actor = self._actor()
        self._screen = ImportScreen(job)
        self._work.run(
            _("The file is being read"),
            lambda progress: self._imports.read(actor, path, sheet, progress),
            self._was_read,
            self._failed,
        )

    def next_sheet(self) -> None:
        """The next sheet of the file."""
        source = self._source
        if source is None or len(source.table.sheets) < 2:
            return
        sheets = source.table.sheets
        following = sheets[(sheets.index(source.table.sheet) + 1) % len(sheets)]
        self.choose(self._screen.job, source.path, following)

    def save_form(self, job: Job, path: Path) -> None:
        """Write a spreadsheet to be filled in."""
        self._write(previews.empty_form(previews.FORM_FIELDS[job.value]), path)

    # -- the columns --------------------------------------------------------------------------------

    @property
    def fields(self) -> tuple[ImportField, ...]:
        """What columns can mean."""
        return MEMBER_FIELDS if self._screen.job is Job.MEMBERS else TOP_UP_FIELDS

    def show_columns(self) -> None:
        """Back to what the columns mean."""
        if self._source is not None and not self._work.busy:
            self._stage(Stage.COLUMNS)

    def set_column(self, column: int, field: ImportField | None) -> None:
        """A column means something else."""
        if self._layout is not None:
            self._layout = self._layout.with_column(column, field)
            self._show_columns()

    def check(self) -> None:
        """Look at every row."""
        source, layout = self._source, self._layout
        if source is None or layout is None:
            return
        if missing := [field for field in self._needed() if field not in layout.columns]:
            names = _(", ").join(map(phrases.field, missing))
            todo = _("Mark the column and press Enter.")
            self._notices.show_message(messages.note(_("Which column holds: {fields}?").format(fields=names), todo))
            return
        self._notices.clear_message()
        actor, again = self._actor(), self._screen.tick
        title = _("Every row is being looked at")
        if self._screen.job is Job.MEMBERS:
            self._work.run(
                title, lambda progress: self._imports.preview(actor, source, layout, progress), self._previewed, self._failed
            )
        else:
            self._work.run(
                title,
                lambda progress: self._payer_lists.preview(actor, source, layout, progress, again=again),
                self._previewed,
                self._failed,
            )

    # -- the rows -----------------------------------------------------------------------------------

    def turn_wrong_only(self) -> None:
        """All rows, or only those with something wrong."""
        self._screen = replace(self._screen, wrong_only=not self._screen.wrong_only)
        self._show_preview()

    def set_tick(self, tick: bool) -> None:
        """Take the doubtful rows too; pay the list once more."""
        self._screen = replace(self._screen, tick=tick)
        if isinstance(self._preview, PayerPreview):
            self.check()
        else:
            self._show_preview()

    def save_problems(self, path: Path) -> None:
        """Write what is wrong into a file."""
        self._write(previews.problems_table(self._screen.file, self._lines(wrong_only=True)), path)

    def go(self, payer: str = "", tender: Tender = Tender.BANK) -> None:
        """Write it: everything or nothing."""
        actor, preview, doubtful = self._actor(), self._preview, self._screen.tick
        if isinstance(preview, Preview):
            self._work.run(
                _("The members are being brought in"),
                lambda progress: self._imports.run(actor, preview, doubtful=doubtful, progress=progress),
                self._imported,
                self._failed,
                self._given_up,
            )
        elif isinstance(preview, PayerPreview):
            self._work.run(
                _("The list is being booked"),
                lambda _progress: self._payer_lists.book(actor, preview, payer, tender),
                self._booked,
                self._not_booked,
            )

    # -- what came of it ----------------------------------------------------------------------------

    def _was_read(self, source: Source) -> None:
        self._source = source
        self._layout = guess(source.table, self.fields) or Layout(1, {})
        self._screen = replace(
            self._screen, file=source.path.name, sheet=source.table.sheet, sheets=source.table.sheets
        )
        if all(field in self._layout.columns for field in self._needed()):
            self.check()
        else:
            self._show_columns()

    def _previewed(self, preview: Preview | PayerPreview) -> None:
        self._preview = preview
        asks = preview.runs > 0 if isinstance(preview, PayerPreview) else any(
            line.fate.value == "doubtful" for line in preview.lines
        )
        self._screen = replace(self._screen, stage=Stage.PREVIEW, asks_tick=asks)
        self._show_preview()

    def _imported(self, done: Imported) -> None:
        self.start()
        title = ngettext("{count} member came in.", "{count} members came in.", done.members).format(count=done.members)
        said = _("{count} opening balances: {amount}.").format(
            count=done.openings, amount=money(done.principal + done.bonus)
        )
        self._notices.show_message(messages.good(title, said))

    def _booked(self, batch: Batch) -> None:
        self.start()
        title = _("{amount} are on {count} cards.").format(amount=money(batch.total), count=len(batch.top_ups))
        self._notices.show_message(messages.good(title, _("The slip for {payer} is printed.").format(payer=batch.payer)))

    def _not_booked(self, error: Refusal | Trouble) -> None:
        if isinstance(error, BadName):
            self._view.payer_refused(error)
        else:
            self._failed(error)

    def _given_up(self) -> None:
        self._notices.show_message(messages.note(_("Given up. Nothing was written.")))

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    # -- showing ------------------------------------------------------------------------------------

    def say_again(self) -> None:
        """The language changed."""
        if self._screen.stage is Stage.COLUMNS:
            self._show_columns()
        elif self._screen.stage is Stage.PREVIEW:
            self._show_preview()
        else:
            self._show()

    def _needed(self) -> tuple[ImportField, ...]:
        return (ImportField.NAME,) if self._screen.job is Job.MEMBERS else (ImportField.NAME, ImportField.AMOUNT)

    def _stage(self, stage: Stage) -> None:
        self._screen = replace(self._screen, stage=stage)
        self._show_columns()

    def _show_columns(self) -> None:
        assert self._source is not None, "columns are those of a file"
        assert self._layout is not None, "a file that was read has a layout"
        columns = previews.columns_of(self._source.table, self._layout)
        self._screen = replace(self._screen, stage=Stage.COLUMNS, columns=columns)
        self._show()

    def _show_preview(self) -> None:
        preview, tick = self._preview, self._screen.tick
        if isinstance(preview, Preview):
            summary = previews.members_summary(preview, doubtful=tick)
        else:
            assert preview is not None, "rows are those of a preview"
            summary = previews.payer_summary(preview, again=tick)
        lines = tuple(self._lines(wrong_only=self._screen.wrong_only))
        self._screen = replace(self._screen, lines=lines, summary=summary)
        self._show()

    def _lines(self, *, wrong_only: bool) -> list[PreviewLine]:
        preview = self._preview
        if isinstance(preview, Preview):
            return previews.member_lines(preview, wrong_only=wrong_only)
        assert preview is not None, "rows are those of a preview"
        return previews.payer_lines(preview, wrong_only=wrong_only)

    def _show(self) -> None:
        self._view.show_import(self._screen)

    def _write(self, table: Table, path: Path) -> None:
        def written(_none: None) -> None:
            said = _("{name} is written.").format(name=path.name)
            self._notices.show_message(messages.good(said, str(path.parent)))

        self._work.run(
            _("The file is being written"), lambda _progress: self._files.tables.write(table, path), written, self._failed
        )

"""The page of the time line: what there is, and how a draft begins."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.domain.tariff.timeline import TariffDraft
from pos.i18n import _
from pos.services.starters import Starter
from ui.tariff.line_view import TimeLine
from ui.tariff.presenter import TimelineNow
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.files import ask_open, ask_save
from ui.widgets.key_hints import Hints
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import Card, column, row
from ui.widgets.sheet import Sheet
from ui.widgets.table import Column, Line, Table

EMPTY = 'id = "{id}"\ntitle = "{title}"\nvalid_from = {day}\n'
_PATTERN = "TOML (*.toml)"


class BeginningSheet(Sheet):
    """What a draft begins with: nothing, or a set that ships with the program; `chosen` carries its place."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=760)
        self._title = Label(theme, "", Text.HEADING)
        self._why = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._table = Table(theme)
        self._cancel, self._go = Button(theme, key="Esc"), Button(theme, "", Kind.PRIMARY, key="Enter")
        foot = row(theme, self._cancel, self._go)
        foot.setStretch(1, 1)
        for widget in (self._title, self._why, self._table):
            self.card.body.addWidget(widget)
        self.card.body.addLayout(foot)
        self.card.setMinimumHeight(theme.px(540))
        self._titles: tuple[str, ...] = ()
        self._table.chosen.connect(self.chosen)
        self._go.clicked.connect(lambda: self.chosen.emit(self._table.at))
        self._cancel.clicked.connect(self.left)
        self.retranslate()

    def ask(self, titles: tuple[str, ...]) -> None:
        """Open with these."""
        self._titles = titles
        self.retranslate()
        self.open_on(self._table)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("What does the new tariff begin with?"))
        self._why.setText(_("Rules of real cities, as they were published. Everything in them can be changed."))
        self._cancel.setText(_("Back"))
        self._go.setText(_("Begin"))
        self._table.setAccessibleName(self._title.text())
        self._table.set_columns((Column(_("Starting point")),))
        self._table.set_lines([Line((title,)) for title in (_("An empty tariff"), *self._titles)])


class DropSheet(Sheet):
    """Whether a draft is thrown away."""

    confirmed = Signal()

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=640)
        self._draft: TariffDraft | None = None
        self._title = Label(theme, "", Text.HEADING, wrap=True)
        self._cancel, self._go = Button(theme, key="Esc"), Button(theme, "", Kind.DANGER, key="Enter")
        foot = row(theme, self._cancel, self._go)
        foot.setStretch(1, 1)
        self.card.body.addWidget(self._title)
        self.card.body.addLayout(foot)
        self._cancel.clicked.connect(self.left)
        self._go.clicked.connect(self.confirmed)
        self.entered.connect(self.confirmed)
        self.retranslate()

    @property
    def draft(self) -> TariffDraft | None:
        """The draft that is asked about."""
        return self._draft

    def ask(self, draft: TariffDraft) -> None:
        """Ask about a draft."""
        self._draft = draft
        self.retranslate()
        self.open_on(self._go)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        title = self._draft.title if self._draft else ""
        self._title.setText(_("Throw the draft {title} away?").format(title=title or _("without a title")))
        self._cancel.setText(_("Back"))
        self._go.setText(_("Yes, throw it away"))


class TimelinePage(QWidget):
    """Facts come in by `show_timeline`; wishes are signals."""

    opened_one = Signal()
    stepped = Signal(int)
    marked = Signal(int)
    beginning_wanted = Signal()
    copy_wanted = Signal()
    drop_wanted = Signal()
    dropped = Signal(str)
    began = Signal(str)
    file_chosen = Signal(object)
    file_named = Signal(object)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self._now: TimelineNow | None = None
        self._points: tuple[Starter, ...] = ()
        self._title = Label(theme, "", Text.HEADING)
        self._why = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self.line = TimeLine(theme)
        self._open = Button(theme, "", Kind.PRIMARY, key="Enter")
        self._new, self._copy = Button(theme, key="F2"), Button(theme, key="F3")
        self._read, self._write = Button(theme, key="F4"), Button(theme, key="F5")
        self._drop = Button(theme, kind=Kind.DANGER, key="Del")
        self.beginning = BeginningSheet(theme, page)
        self.question = DropSheet(theme, page)
        card = Card(theme, pad=Size.SPACE)
        for widget in (self._title, self._why):
            card.body.addWidget(widget)
        card.body.addWidget(self.line, 1)
        foot = row(theme, self._new, self._copy, self._read, self._write, self._drop, self._open)
        foot.setStretch(5, 1)
        card.body.addLayout(foot)
        layout = column(theme, card)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setFocusProxy(self.line)
        self._keys = {
            Qt.Key.Key_F2: self.beginning_wanted.emit,
            Qt.Key.Key_F3: self.copy_wanted.emit,
            Qt.Key.Key_F4: self._import,
            Qt.Key.Key_F5: self._export,
            Qt.Key.Key_Delete: self.drop_wanted.emit,
        }
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.line.stepped.connect(self.stepped)
        self.line.touched.connect(self.marked)
        self.line.chosen.connect(self.opened_one)
        self._open.clicked.connect(self.opened_one)
        self._new.clicked.connect(self.beginning_wanted)
        self._copy.clicked.connect(self.copy_wanted)
        self._read.clicked.connect(self._import)
        self._write.clicked.connect(self._export)
        self._drop.clicked.connect(self.drop_wanted)
        self.beginning.chosen.connect(self._begin)
        self.question.confirmed.connect(self._dropped)
        for sheet in (self.beginning, self.question):
            sheet.left.connect(sheet.take_away)

    def show_timeline(self, now: TimelineNow) -> None:
        """Paint the lines."""
        self._now = now
        self.line.show_timeline(now)
        bar = now.marked
        for button in (self._open, self._copy, self._write):
            button.setEnabled(bar is not None)
        self._drop.setEnabled(bar is not None and bar.draft is not None)
        self._open.setText(_("Edit") if bar and bar.draft else _("Look at it"))

    def ask_beginning(self, points: tuple[Starter, ...]) -> None:
        """Offer what a draft can begin with."""
        self._points = points
        self.beginning.ask(tuple(point.tariff.title for point in points))

    def close_sheets(self) -> None:
        """Take whatever was asked away."""
        for sheet in (self.beginning, self.question):
            sheet.take_away()

    def hints(self) -> Hints:
        """Its keys."""
        return (
            ("↑↓", _("Mark")),
            ("Enter", _("Open")),
            ("F2", _("New")),
            ("F3", _("Copy")),
            ("F4", _("From a file")),
            ("F5", _("To a file")),
            ("Del", _("Throw away")),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("Tariffs on the time line"))
        self._why.setText(_("A full bar: the days on which a tariff holds. A dashed bar: the days it was written for. A published tariff is never changed; copy it and publish the copy from a day on."))
        self._new.setText(_("New"))
        self._copy.setText(_("Copy"))
        self._read.setText(_("From a file"))
        self._write.setText(_("To a file"))
        self._drop.setText(_("Throw away"))
        self._open.setText(_("Open"))
        for sheet in (self.beginning, self.question):
            sheet.retranslate()
        if self._now:
            self.show_timeline(self._now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the buttons."""
        deed = self._keys.get(Qt.Key(event.key()))
        if deed is None or event.isAutoRepeat():
            super().keyPressEvent(event)
            return
        deed()
        event.accept()

    def _begin(self, at: int) -> None:
        self.beginning.take_away()
        if at == 0 and self._now:
            text = EMPTY.format(id=f"tariff-{self._now.today.year}", title=_("New tariff"), day=self._now.today.isoformat())
            self.began.emit(text)
        elif 0 < at <= len(self._points):
            self.began.emit(self._points[at - 1].text)

    def _dropped(self) -> None:
        self.question.take_away()
        if self.question.draft is not None:
            self.dropped.emit(self.question.draft.id)

    def _import(self) -> None:
        path = ask_open(self, _("A tariff from a file"), _PATTERN)
        if path is not None:
            self.file_chosen.emit(path)

    def _export(self) -> None:
        bar = self._now.marked if self._now else None
        if bar is None:
            return
        name = (bar.published.id if bar.published else bar.title) or "tariff"
        path: Path | None = ask_save(self, _("A tariff to a file"), f"{name}.toml", _PATTERN)
        if path is not None:
            self.file_named.emit(path)

"""The face of the lists: four lists to choose from, a number to step, a table, and two ways onto paper or disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from pos.domain.cards import CardUid
from pos.domain.staff import Permission
from pos.i18n import _, ngettext
from pos.services.canteen import Canteens
from pos.services.lists import Lists
from ui.lists.presenter import ListsPresenter, Shown
from ui.lists.sheets import ListKind, title
from ui.office.section import Office, Section, SectionView
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.files import ask_save, show_file
from ui.widgets.key_hints import Hints
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import Card, column, row
from ui.widgets.stepper import Stepper
from ui.widgets.table import Line, Table
from ui.widgets.table_lines import columns_of, line_of

_KINDS = dict(zip((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4), ListKind, strict=True))
_STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class ListsPage(QWidget):
    """Facts come in by `show_list`; the wishes carry a kind, a step or a file."""

    wanted = Signal()
    chosen = Signal(object)
    stepped = Signal(int)
    saved = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shown = Shown()
        self._file_name: Callable[[str], str] = lambda ending: ending
        self._group = QButtonGroup(self)
        self._buttons = {kind: self._choice(theme, kind, number) for number, kind in enumerate(ListKind, 1)}
        self._about = ElidedLabel(theme, "", Text.SMALL)
        self._reach = Label(theme, "", Text.BODY)
        self._stepper = Stepper(theme)
        self._table = Table(theme)
        self._foot = Label(theme, "", Text.STRONG, Tone.MONEY)
        self._spreadsheet = Button(theme, key="F7")
        self._pages = Button(theme, key="F8")
        self._lay_out(theme)
        self.setFocusProxy(self._table)
        self._stepper.stepped.connect(self.stepped)
        self._spreadsheet.clicked.connect(self._save_spreadsheet)
        self._pages.clicked.connect(self._save_pages)
        self.retranslate()

    def attend(self, presenter: ListsPresenter) -> None:
        """Send every wish to the presenter, and keep it: a connection alone does not."""
        self._presenter = presenter
        self._file_name = presenter.file_name
        self.wanted.connect(presenter.open)
        self.chosen.connect(presenter.choose)
        self.stepped.connect(presenter.step)
        self.saved.connect(presenter.save)

    # -- facts --------------------------------------------------------------------------------------

    def opened(self) -> None:
        """Read the list anew."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit()

    def left(self) -> None:
        """Names and balances are not left behind."""
        self._presenter.forget()

    def card_read(self, uid: CardUid) -> None:
        """A card means nothing here."""

    def show_list(self, shown: Shown) -> None:
        """Show this list, or that none is read."""
        self._shown = shown
        self._buttons[shown.kind].setChecked(True)
        self._stepper.setVisible(shown.reach is not None)
        self._reach.setVisible(shown.reach is not None)
        self._stepper.set_count(shown.reach or 0)
        self._reach.setText(_reach(shown))
        self._about.setText(shown.heading)
        self._table.set_empty_words(shown.empty)
        lines: list[Line] = []
        if shown.screen is not None:
            lines = [line_of(shown.screen, row) for row in shown.screen.rows]
            self._table.set_lines(())
            self._table.set_columns(columns_of(shown.screen))
        self._table.set_lines(lines)
        self._foot.setText(_sums(shown))
        for button in (self._spreadsheet, self._pages):
            button.setEnabled(bool(lines))

    def hints(self) -> Hints:
        """Its keys."""
        return (("1-4", _("List")), ("+ -", _("More, fewer")), ("F7", _("Spreadsheet")), ("F8", _("PDF")), ("F5", _("Refresh")))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        for kind, button in self._buttons.items():
            button.setText(title(kind))
        self._spreadsheet.setText(_("Spreadsheet"))
        self._pages.setText(_("PDF"))
        self._table.setAccessibleName(_("Lists"))
        self._stepper.set_what(_("reach"))
        if hasattr(self, "_presenter"):
            self._presenter.say_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, plus and minus step, F5 reads anew, F7 and F8 write."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)  # another section
            return
        if key in _KINDS:
            self.chosen.emit(_KINDS[key])
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key == Qt.Key.Key_F5:
            self.wanted.emit()
        elif key == Qt.Key.Key_F7 and self._spreadsheet.isEnabled():
            self._save_spreadsheet()
        elif key == Qt.Key.Key_F8 and self._pages.isEnabled():
            self._save_pages()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    # -- wishes -------------------------------------------------------------------------------------

    def _save_spreadsheet(self) -> None:
        self._save("xlsx", "xlsx (*.xlsx);;csv (*.csv)")

    def _save_pages(self) -> None:
        self._save("pdf", "PDF (*.pdf)")

    def _save(self, ending: str, pattern: str) -> None:
        path: Path | None = ask_save(self, _("Save the list"), self._file_name(ending), pattern)
        if path is not None:
            self.saved.emit(path if path.suffix else path.with_suffix(f".{ending}"))

    # -- layout -------------------------------------------------------------------------------------

    def _choice(self, theme: Theme, kind: ListKind, number: int) -> Button:
        button = Button(theme, key=str(number))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(kind))
        self._group.addButton(button)
        return button

    def _lay_out(self, theme: Theme) -> None:
        card = Card(theme, pad=Size.SPACE)
        card.body.addLayout(row(theme, *self._buttons.values(), gap=Size.GAP))
        about = row(theme, self._about, self._reach, self._stepper)
        about.setStretch(0, 1)
        card.body.addLayout(about)
        card.body.addWidget(self._table, 1)
        foot = row(theme, self._foot, self._spreadsheet, self._pages)
        foot.setStretch(0, 1)
        card.body.addLayout(foot)
        layout = column(theme, card)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)


def _reach(shown: Shown) -> str:
    if shown.kind is ListKind.LOW:
        return ngettext("fewer than {count} meal", "fewer than {count} meals", shown.meals).format(count=shown.meals)
    if shown.kind is ListKind.DORMANT:
        return ngettext("no meal for {count} month", "no meal for {count} months", shown.months).format(count=shown.months)
    return ""


def _sums(shown: Shown) -> str:
    """The sums of the list, each with the name of its column."""
    if shown.screen is None or not shown.screen.totals:
        return ""
    (totals,) = shown.screen.totals
    names = zip(shown.screen.columns, line_of(shown.screen, totals).cells, totals, strict=True)
    return "   ".join(f"{column.title} {said}" for column, said, cell in names if isinstance(cell, int))


def _build(office: Office) -> SectionView:
    page = ListsPage(office.theme)
    page.attend(
        ListsPresenter(
            page,
            office.notices,
            Lists(office.stores, office.clock, office.till),
            Canteens(office.stores, office.clock, office.till),
            office.files,
            office.clock,
            office.work,
            office.actor,
            show_file,
        )
    )
    return page


SECTION = Section("lists", lambda: _("Lists"), Permission.EXPORT, _build)

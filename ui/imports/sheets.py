"""The sheets of the import: what a column means, and the last question before anything is written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos import words
from pos.domain.imports import ImportField
from pos.domain.pricing import Tender
from pos.i18n import _
from ui.imports import phrases
from ui.imports.previews import ColumnLine, Summary
from ui.theme import Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.labels import ElidedLabel, Label, Tone
from ui.widgets.panel import row
from ui.widgets.sheet import Sheet
from ui.widgets.table import Column, Line, Table

TENDERS = (Tender.BANK, Tender.CASH, Tender.WECHAT, Tender.ALIPAY)
"""How a payer pays; an institution mostly through its bank."""


class MeaningSheet(Sheet):
    """Enter on a meaning; `picked` carries the field, or None for a column that means nothing here."""

    picked = Signal(object)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=620)
        self._title = ElidedLabel(theme, "", Text.HEADING)
        self._example = ElidedLabel(theme, "", Text.SMALL, Tone.MUTED)
        self._table = Table(theme)
        self._table.setMinimumHeight(theme.px(420))
        self._fields: tuple[ImportField | None, ...] = ()
        for widget in (self._title, self._example, self._table):
            self.card.body.addWidget(widget)
        self._table.chosen.connect(self._picked)
        self.left.connect(self.take_away)

    def ask(self, column: ColumnLine, fields: tuple[ImportField, ...]) -> None:
        """Ask what a column means."""
        self._fields = (None, *fields)
        self._title.setText(_("What does column {letter} hold? {header}").format(letter=column.letter, header=column.header))
        self._example.setText(column.example)
        self._table.set_columns((Column(_("Meaning")),))
        names = [phrases.field(one) if one else _("nothing that is needed") for one in self._fields]
        self._table.set_lines([Line((name,)) for name in names], self._fields.index(column.field))
        self.open_on(self._table)

    def _picked(self, at: int) -> None:
        self.take_away()
        self.picked.emit(self._fields[at])


class ConfirmSheet(Sheet):
    """What will be written; for a payer's list also who pays and how. `confirmed` carries payer and tender."""

    confirmed = Signal(str, object)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page)
        self._title = Label(theme, "", Text.HEADING)
        self._question = Label(theme, "", Text.BODY, wrap=True)
        self._once = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self._payer = Field(theme, longest=50)
        self._tender = Choice(theme)
        self._paid = QWidget()
        self._yes = Button(theme, kind=Kind.PRIMARY, key="Enter")
        self._no = Button(theme, key="Esc")
        self._of_payer = False
        paid = row(theme, self._payer, self._tender)
        paid.setContentsMargins(0, 0, 0, 0)
        paid.setAlignment(self._tender, Qt.AlignmentFlag.AlignTop)
        paid.setStretch(0, 2)
        paid.setStretch(1, 1)
        self._paid.setLayout(paid)
        for widget in (self._title, self._question, self._paid, self._once):
            self.card.body.addWidget(widget)
        foot = row(theme, self._no, self._yes)
        foot.setStretch(1, 1)
        self.card.body.addLayout(foot)
        self._yes.clicked.connect(self._confirm)
        self._no.clicked.connect(self.left)
        self.entered.connect(self._confirm)
        self.left.connect(self.take_away)

    def ask(self, summary: Summary, *, of_payer: bool) -> None:
        """Ask whether it shall be written."""
        self._of_payer = of_payer
        self._title.setText(summary.deed)
        self._question.setText(summary.question)
        self._yes.setText(_("Yes, write it"))
        self._no.setText(_("Not yet"))
        self._once.setText(_("All of it is written, or nothing. The same file brought in again adds nothing."))
        self._payer.set_words(_("Who pays for all of them"), _("Name of the company or the community"))
        self._payer.complain("")
        self._tender.set_label(_("Paid with"))
        self._tender.set_options((tender.value, words.tender(tender)) for tender in TENDERS)
        self._paid.setVisible(of_payer)
        self.open_on(self._payer.line if of_payer else self._yes)

    def complain(self, wrong: str) -> None:
        """Say that this payer has no name, and ask again."""
        self._payer.complain(wrong)
        self.open_on(self._payer.line)

    def _confirm(self) -> None:
        self.take_away()
        self.confirmed.emit(self._payer.text if self._of_payer else "", Tender(self._tender.value))

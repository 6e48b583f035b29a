"""What lies in front of the claims: the last question before the stamp, the kind of file, the columns."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos import words
from pos.domain.claim_paper import ALWAYS, ClaimColumn
from pos.domain.claims import Claim
from pos.domain.money import money
from pos.i18n import _, ngettext
from pos.services.claims import Preview
from ui.claims.presenter import KINDS
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import row
from ui.widgets.sheet import Sheet
from ui.widgets.tick import Tick

_ACROSS = 4


class StampSheet(Sheet):
    """Enter stamps, Esc does not."""

    stamped = Signal()

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=720)
        self._preview: Preview | None = None
        self._title = Label(theme, "", Text.HEADING)
        self._sum = Label(theme, "", Text.AMOUNT, Tone.MONEY)
        self._what = Label(theme, "", Text.BODY, wrap=True)
        self._odd = Label(theme, "", Text.STRONG, Tone.RED, wrap=True)
        self._for_good = Label(theme, "", Text.BODY, Tone.MUTED, wrap=True)
        self._cancel = Button(theme, key="Esc")
        self._go = Button(theme, "", Kind.PRIMARY, key="Enter")
        foot = row(theme, self._cancel)
        foot.addWidget(self._go, 1)
        for label in (self._title, self._sum, self._what, self._odd, self._for_good):
            self.card.body.addWidget(label)
        self.card.body.addLayout(foot)
        self._cancel.clicked.connect(self.left)
        self._go.clicked.connect(self.stamped)
        self.entered.connect(self.stamped)
        self.retranslate()

    def ask(self, preview: Preview) -> None:
        """Ask about this claim."""
        self._preview = preview
        self.retranslate()
        self.open_on(self._go)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._cancel.setText(_("Do not stamp"))
        self._go.setText(_("Stamp it"))
        self._for_good.setText(_("A stamped claim is never changed. What is undone later is taken off the next one."))
        if (preview := self._preview) is None:
            return
        month = words.month(preview.month.first)
        self._title.setText(_("Stamp the claim of {month}?").format(month=month))
        self._sum.setText(money(preview.total))
        lines = len(preview.lines)
        what = ngettext("{payer}, {count} line", "{payer}, {count} lines", lines)
        self._what.setText(what.format(payer=preview.payer_name, count=lines))
        odd = len(preview.anomalies)
        said = ngettext("{count} thing looks odd: look at it first.", "{count} things look odd: look at them first.", odd)
        self._odd.setText(said.format(count=odd))
        self._odd.setVisible(bool(odd))


class KindSheet(Sheet):
    """1, 2, 3 choose the kind of file; `chosen` carries its ending."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=640)
        self._claim: Claim | None = None
        self._title = Label(theme, "", Text.HEADING)
        self._hash = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self._cancel = Button(theme, key="Esc")
        self._kinds = [Button(theme, key=str(number)) for number in range(1, len(KINDS) + 1)]
        self.card.body.addWidget(self._title)
        self.card.body.addWidget(self._hash)
        for button, kind in zip(self._kinds, KINDS, strict=True):
            self.card.body.addWidget(button)
            button.clicked.connect(lambda _checked=False, kind=kind: self.chosen.emit(kind))
        self.card.body.addWidget(self._cancel)
        self._cancel.clicked.connect(self.left)
        self.retranslate()

    def ask(self, claim: Claim) -> None:
        """Ask how this claim is saved."""
        self._claim = claim
        self.retranslate()
        self.open_on(self._kinds[0])

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        for button, said in zip(
            self._kinds,
            (_("Paper to sign (PDF)"), _("Spreadsheet (xlsx)"), _("Plain table (csv)")),
            strict=True,
        ):
            button.setText(said)
        self._cancel.setText(_("Cancel"))
        if self._claim:
            self._title.setText(_("Save claim {number}").format(number=self._claim.number))
            # Sixteen signs a group: a hash has no place where it could be broken.
            parts = [self._claim.hash[at : at + 16] for at in range(0, len(self._claim.hash), 16)]
            self._hash.setText(_("Claim hash: {hash}").format(hash=" ".join(parts)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2, 3 choose."""
        at = event.key() - Qt.Key.Key_1
        if 0 <= at < len(KINDS) and not event.isAutoRepeat():
            self.chosen.emit(KINDS[at])
            event.accept()
            return
        super().keyPressEvent(event)


class ColumnsSheet(Sheet):
    """Space ticks, Enter keeps; `kept` carries the columns."""

    kept = Signal(tuple)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(theme, page, width=1080)
        self._payer = ""
        self._title = Label(theme, "", Text.HEADING)
        self._why = Label(theme, "", Text.SMALL, Tone.MUTED, wrap=True)
        self._ticks = {column: Tick(theme) for column in ClaimColumn}
        self._cancel = Button(theme, key="Esc")
        self._go = Button(theme, "", Kind.PRIMARY, key="Enter")
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(Size.SPACE))
        grid.setVerticalSpacing(0)
        down = -(-len(self._ticks) // _ACROSS)
        for at, tick in enumerate(self._ticks.values()):
            grid.addWidget(tick, at % down, at // down)
        foot = row(theme, self._cancel)
        foot.addWidget(self._go, 1)
        self.card.body.addWidget(self._title)
        self.card.body.addWidget(self._why)
        self.card.body.addLayout(grid)
        self.card.body.addLayout(foot)
        self._cancel.clicked.connect(self.left)
        self._go.clicked.connect(self._keep)
        self.entered.connect(self._keep)
        self.retranslate()

    def ask(self, payer_name: str, chosen: tuple[ClaimColumn, ...]) -> None:
        """Open with the columns that hold now."""
        self._payer = payer_name
        for column, tick in self._ticks.items():
            tick.setChecked(column in chosen or column in ALWAYS)
            tick.setEnabled(column not in ALWAYS)
        self.retranslate()
        self.open_on(next(tick for tick in self._ticks.values() if tick.isEnabled()))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(_("Columns for {payer}").format(payer=self._payer))
        self._why.setText(_("Name, date and amount always stand there. Each district has its own form: ask for it."))
        for column, tick in self._ticks.items():
            tick.say(words.claim_column(column))
        self._cancel.setText(_("Cancel"))
        self._go.setText(_("Keep these columns"))

    def _keep(self) -> None:
        self.kept.emit(tuple(column for column, tick in self._ticks.items() if tick.isChecked()))

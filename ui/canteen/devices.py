"""The page of the first start on which reader and printer are chosen and tried."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.i18n import _
from ui.canteen.answers import (
    ENCODINGS,
    KEYBOARD,
    NO_DEVICE,
    PAPER_WIDTHS_MM,
    READER_FORMATS,
    Devices,
)
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice import Choice
from ui.widgets.labels import Label, Tone
from ui.widgets.panel import Card, Ground, row


class DevicesForm(QWidget):
    """A panel each for reader and printer; `entered` is the Enter key where no button took it."""

    entered = Signal()
    reader_trial = Signal(Devices)
    printer_trial = Signal(Devices)

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ports: tuple[str, ...] = ()
        self._port = Choice(theme, open_ended=True)
        self._format = Choice(theme)
        self._target = Choice(theme, open_ended=True)
        self._width = Choice(theme)
        self._encoding = Choice(theme)
        self._try_reader = Button(theme, "", Kind.SECONDARY)
        self._try_printer = Button(theme, "", Kind.SECONDARY)
        self._heard = Label(theme, "", Text.SMALL_STRONG, wrap=True)
        self._printed = Label(theme, "", Text.SMALL_STRONG, wrap=True)
        self._lay_out()
        self._try_reader.clicked.connect(lambda: self.reader_trial.emit(self.devices()))
        self._try_printer.clicked.connect(lambda: self.printer_trial.emit(self.devices()))
        self.setFocusProxy(self._port)
        self.retranslate()

    def devices(self) -> Devices:
        """What is chosen."""
        return Devices(
            reader_port=self._port.value,
            reader_format=self._format.value,
            printer_target=self._target.value,
            paper_width_mm=next(width for width in PAPER_WIDTHS_MM if str(width) == self._width.value),
            encoding=next(encoding for encoding in ENCODINGS if encoding == self._encoding.value),
        )

    def show_ports(self, ports: tuple[str, ...]) -> None:
        """Offer these serial ports."""
        self._ports = ports
        self._offer_ports()

    def show_reader_trial(self, words: str, *, good: bool | None) -> None:
        """Say what the reader's trial brought."""
        _tell(self._heard, words, good)
        self._try_reader.setEnabled(good is not None)

    def show_printer_trial(self, words: str, *, good: bool | None) -> None:
        """Say what the printer's trial brought."""
        _tell(self._printed, words, good)
        self._try_printer.setEnabled(good is not None)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._port.set_label(_("Card reader"))
        self._format.set_label(_("What it sends"))
        self._target.set_label(_("Receipt printer"))
        self._width.set_label(_("Paper"))
        self._encoding.set_label(_("Characters"))
        self._try_reader.setText(_("Try the reader"))
        self._try_printer.setText(_("Print a test page"))
        formats = (_("RDM6300 frame"), _("10 decimal digits"), _("10 hex characters"))
        self._format.set_options(zip(READER_FORMATS, formats, strict=True))
        self._width.set_options((str(mm), _("{width} mm").format(width=mm)) for mm in PAPER_WIDTHS_MM)
        self._encoding.set_options((name, name.upper()) for name in ENCODINGS)
        self._offer_ports()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A list of choices lets the Enter key through."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            if not event.isAutoRepeat():
                self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _offer_ports(self) -> None:
        ports = [(port, port) for port in self._ports]
        self._port.set_options([(NO_DEVICE, _("No reader")), (KEYBOARD, _("Types like a keyboard")), *ports])
        self._target.set_options([(NO_DEVICE, _("No printer")), *ports])

    def _lay_out(self) -> None:
        theme = self._theme
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Size.WIDE))
        reader, printer = (Card(theme, Ground.SUNKEN, pad=Size.SPACE) for _side in range(2))
        reader.body.addWidget(self._port)
        reader.body.addWidget(self._format)
        printer.body.addWidget(self._target)
        printer.body.addLayout(row(theme, self._width, self._encoding))
        for card, button, words in ((reader, self._try_reader, self._heard), (printer, self._try_printer, self._printed)):
            card.body.addWidget(button)
            card.body.addWidget(words)
            card.body.addStretch(1)
            layout.addWidget(card, 1)


def _tell(label: Label, words: str, good: bool | None) -> None:
    mark = {True: "✓ ", False: "× ", None: ""}[good]
    label.setText(f"{mark}{words}")
    label.set_tone({True: Tone.GREEN, False: Tone.PLAIN, None: Tone.MUTED}[good])

"""What the first start asks: the questions, and the answers as one value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Protocol

from pos.config import Encoding, PrinterConfig, ReaderConfig, TillConfig, WedgeConfig, WidthMm
from pos.devices.serial_reader import LostCause

NO_DEVICE = ""
KEYBOARD = "keyboard"
"""In place of a reader's port: it types like a keyboard."""

READER_FORMATS = ("rdm6300", "8h10d", "10h")
PAPER_WIDTHS_MM: tuple[WidthMm, ...] = (58, 80)
ENCODINGS: tuple[Encoding, ...] = ("gb18030", "gbk", "utf-8")


class Step(Enum):
    """The pages of the first start, in their order."""

    CANTEEN = 1
    MANAGER = 2
    MEAL = 3
    DEVICES = 4


class Question(Enum):
    """What can be answered wrongly."""

    NAME = auto()
    MANAGER = auto()
    PIN = auto()
    AGAIN = auto()
    SET_MEAL = auto()
    PRICE = auto()


@dataclass(frozen=True, slots=True)
class Devices:
    """What is plugged in. `reader_port` is NO_DEVICE, KEYBOARD, a device or a URL; `printer_target` likewise."""

    reader_port: str = NO_DEVICE
    reader_format: str = READER_FORMATS[0]
    printer_target: str = NO_DEVICE
    paper_width_mm: WidthMm = PAPER_WIDTHS_MM[0]
    encoding: Encoding = ENCODINGS[0]

    def chosen(self, till: TillConfig, language: str) -> TillConfig:
        """The settings of a till with these devices. A reader that types prints its number in decimal by default."""
        typing = self.reader_port == KEYBOARD
        line_format = self.reader_format if self.reader_format != READER_FORMATS[0] else WedgeConfig().format
        return replace(
            till,
            language=language,
            reader=ReaderConfig() if typing else ReaderConfig(self.reader_port, format=self.reader_format),
            wedge=WedgeConfig(typing, line_format),
            printer=PrinterConfig(self.printer_target, width_mm=self.paper_width_mm, encoding=self.encoding),
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that was typed, as it was typed; both PINs stay out of every log."""

    name: str = ""
    manager: str = ""
    pin: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    set_meal: str = ""
    price: str = ""
    devices: Devices = Devices()


@dataclass(frozen=True, slots=True)
class Heard:
    """What a reader's trial brought: the number on the face of a card, or nothing and perhaps why."""

    card: str = ""
    cause: LostCause | None = None


class Trials(Protocol):
    """Tries devices before they are taken. May take seconds: it runs on a lane."""

    def ports(self) -> tuple[str, ...]:
        """The serial ports of this machine."""
        ...

    def hear_card(self, devices: Devices) -> Heard:
        """Wait a while for one card."""
        ...

    def print_page(self, devices: Devices) -> str:
        """Print a page; empty when the printer took it, else the value of receipts.printer_status.Reason."""
        ...

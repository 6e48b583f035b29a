"""From a till's settings to its printer: how it is spoken to, and a test page before it is taken."""

from __future__ import annotations

from pos.config import PrinterConfig
from receipts.escpos import PrinterSettings, build
from receipts.printer import Printer, PrinterPort, PrinterTrouble


def paper_of(config: PrinterConfig) -> PrinterSettings:
    """How the printer is spoken to."""
    return PrinterSettings(
        width_mm=config.width_mm,
        encoding=config.encoding,
        qr=config.qr,
        drawer=config.drawer,
        drawer_pin=config.drawer_pin,
    )


def printer_of(config: PrinterConfig) -> Printer | None:
    """The printer that the settings name, or None."""
    return Printer(PrinterPort(config.target, config.baud), paper_of(config)) if config.target else None


def try_printer(config: PrinterConfig) -> str:
    """Print the test page; '' or the value of receipts.printer.Reason why it did not come. Blocks."""
    from receipts.layout import trial_page

    printer, paper = printer_of(config), paper_of(config)
    if printer is None:
        return ""
    try:
        printer.send(build(trial_page(paper), paper))
    except PrinterTrouble as trouble:
        return trouble.reason
    finally:
        printer.close()
    return ""

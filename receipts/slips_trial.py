"""The test page: what this printer makes of widths, sizes, rare characters and a QR code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.canteen import Canteen
from pos.i18n import _
from receipts.roll import Columns, Element, Qr, Row, Rule, Slip, Text
from receipts.slips_parts import foot, heading

if TYPE_CHECKING:
    from receipts.escpos import PrinterSettings

RARE_NAMES = ("䶮", "㛃", "喆", "堃", "𬭎", "㑇", "𬱟", "𫖯", "𬱖", "𠅤")
"""Characters of real given names; all but 喆 and 堃 are missing in the fonts of older printers."""

SIGNS = "￥ · × — … “” ‘’ （） ① ° ± ℃"
QR_WORDS = "TEST 测试 𬭎"


def trial_page(settings: PrinterSettings, canteen: Canteen | None = None) -> Slip:
    """Everything that goes wrong on receipt printers, each on a line that says how it should look."""
    return Slip(
        (
            *heading(canteen or Canteen(_("Printer")), _("Test page")),
            Row(_("Paper"), f"{settings.width_mm} mm"),
            Row(_("Characters"), f"{settings.encoding} / {settings.rom_font}"),
            Row(_("Drawer"), settings.drawer),
            Rule(),
            *_widths(settings.paper.cells),
            Rule(),
            Text(_("Large"), "left", 2),
            Text(_("Bold"), bold=True),
            Text(_("Centred"), "center"),
            Text(_("Right"), "right"),
            Rule(),
            Text(_("Rare characters, none may be missing:")),
            Text(" ".join(RARE_NAMES), "center", 2),
            Text(" ".join(RARE_NAMES), "center"),
            Text("买买提·吐尔逊", "center"),
            Text(SIGNS, "center"),
            Rule(),
            Qr(QR_WORDS, QR_WORDS),
            *foot(canteen or Canteen("")),
        )
    )


def _widths(width: int) -> list[Element]:
    """A ruler that fills one line exactly, and the columns of a receipt below it."""
    return [
        Text(_("Each of these fills one line to both edges:")),
        Text(("1234567890" * 5)[:width]),
        Text("口" * (width // 2)),
        Columns(_("Dish"), "99", "99999.99"),
    ]

"""The look keeps its promises: readable text, sizes, digits of one width."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QFontMetrics

from ui.theme import TEXT_ON, Colour, Size, Text, Theme, scale_for


def luminance(colour: Colour) -> float:
    """WCAG 2.2, relative luminance."""
    plain = QColor(colour)
    parts = (plain.redF(), plain.greenF(), plain.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4) for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), sorted(TEXT_ON))
def test_every_text_stands_out_from_its_ground_by_seven_to_one(text: Colour, ground: Colour) -> None:
    ratio = contrast(text, ground)

    assert ratio >= 7, f"{text.name} on {ground.name}: {ratio:.2f}"


@pytest.mark.parametrize("ground", [Colour.WHITE, Colour.SURFACE, Colour.CANVAS, Colour.GREEN_TINT, Colour.SUNKEN])
def test_the_focus_ring_is_seen_against_every_ground_that_it_is_drawn_on(ground: Colour) -> None:
    assert contrast(Colour.RING, ground) >= 3


def test_a_text_on_a_ground_that_nobody_checked_is_refused(theme: Theme) -> None:
    with pytest.raises(AssertionError):
        theme.ink(Colour.AMBER, Colour.SURFACE)


def test_no_text_is_below_18_px_and_no_target_below_60(theme: Theme) -> None:
    assert (min(text.size for text in Text), theme.px(Size.TARGET)) == (18, 60)


@pytest.mark.parametrize(
    ("size", "scale"), [((1024, 768), 1.0), ((1366, 768), 1.0), ((1920, 1080), 1.3), ((800, 600), 1.0), ((7680, 4320), 2.0)]
)
def test_the_scale_grows_with_the_screen_and_never_shrinks(size: tuple[int, int], scale: float) -> None:
    assert scale_for(*size) == scale


@pytest.mark.parametrize("text", [Text.BODY, Text.STRONG, Text.HUGE_AMOUNT])
def test_digits_have_one_width_so_amounts_stand_under_each_other(theme: Theme, text: Text) -> None:
    metrics = QFontMetrics(theme.font(text))

    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_the_style_sheet_names_colours_of_the_table_only(theme_for: Callable[[tuple[int, int]], Theme]) -> None:
    sheet = theme_for((1920, 1080)).qss()

    named = {word.strip(";,") for word in sheet.split() if word.startswith("#")}
    assert named <= {colour.value for colour in Colour}

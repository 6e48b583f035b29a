"""A reader that types at a whole till: its line is a swipe, a person's digits are dishes, a payment code is nothing."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from tests.journey.shop import Shop
from tests.ui.sale_world import WANG_CARD
from ui.lights import Light, State

ENTER = Qt.Key.Key_Return
CODE = "134567890123456789"


@dataclass
class Typist:
    """Keys at the till at a speed; the wedge's own clock says how fast they came."""

    shop: Shop
    ms: int = 1_000

    def type(self, text: str, every_ms: int) -> None:
        for char in text:
            self.ms += every_ms
            self.shop.hit(ENTER if char == "\r" else Qt.Key(ord(char)))

    def rest(self) -> None:
        """Silence, until what was held back has been given back."""
        self.ms += 1_000
        wedge = self.shop.front._wedge
        assert wedge is not None
        self.shop.wait(lambda: not wedge._silence.isActive())
        self.shop.settle()


@pytest.fixture
def typist(selling: Shop) -> Typist:
    selling.front.watch_keys("8h10d")
    wedge = selling.front._wedge
    assert wedge is not None
    typist = Typist(selling)
    wedge._now_ms = lambda: typist.ms
    return typist


def test_a_card_typed_by_a_machine_is_a_swipe_and_its_enter_pays_nothing(typist: Typist) -> None:
    typist.type(f"{WANG_CARD.printed}\r", every_ms=4)
    typist.rest()

    shown = typist.shop.sale
    assert shown.diner is not None
    assert (shown.diner.member.name, typist.shop.sales()) == ("王桂英", [])
    assert shown.tray.portions == (("set", 1),)


def test_a_card_typed_by_a_machine_is_charged_by_a_persons_enter(typist: Typist) -> None:
    typist.type(f"{WANG_CARD.printed}\r", every_ms=4)
    typist.rest()

    typist.type("\r", every_ms=500)
    typist.shop.settle()

    assert typist.shop.sales() == [("王桂英", "card", 720)]


def test_a_persons_digits_choose_dishes(typist: Typist) -> None:
    typist.type("2", every_ms=300)
    typist.rest()
    typist.type("3", every_ms=300)
    typist.rest()

    assert typist.shop.sale.tray.portions == (("meat", 1), ("rice", 1))


def test_a_payment_code_goes_nowhere_and_is_told(typist: Typist) -> None:
    typist.type(f"{CODE}\r", every_ms=4)
    typist.rest()

    said = " ".join(typist.shop.words)
    assert (typist.shop.sale.tray.portions, typist.shop.sales()) == ((), [])
    assert "扫到的是付款码，本机不能直接扣款。" in said
    assert (CODE in said, CODE[-4:] in said) == (False, False)


def test_a_card_typed_before_anybody_signed_in_is_nobody_and_no_pin(shop: Shop) -> None:
    shop.front.watch_keys("8h10d")
    wedge = shop.front._wedge
    assert wedge is not None
    typist = Typist(shop)
    wedge._now_ms = lambda: typist.ms

    typist.type(f"{WANG_CARD.printed}\r", every_ms=4)
    typist.rest()

    assert (shop.front.window.page, shop.front.window.message.title, shop.sale.diner) == ("sign_in", "", None)


def test_the_lamp_says_that_the_reader_types(typist: Typist) -> None:
    assert (typist.shop.lamp(Light.READER), "读卡器：键盘式" in typist.shop.words) == (State.GOOD, True)

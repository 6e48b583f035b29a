from __future__ import annotations
from PySide6.QtCore import Qt
from tests.journey.shop import Shop
from tests.pos.services.counter import PIN
from tests.ui.sale_world import WANG_CARD

def test_x(shop: Shop) -> None:
    print(shop.front.window.page, shop.words)
    shop.press(Qt.Key.Key_3)
    print(shop.words)
    shop.type(PIN)
    shop.press(Qt.Key.Key_Return)
    print(shop.front.window.page, shop.words)
    shop.type("100")
    shop.press(Qt.Key.Key_Return)
    print(shop.front.window.page, shop.words)
    shop.swipe(WANG_CARD)
    print(shop.words)
    shop.press(Qt.Key.Key_Return)
    print(shop.words)
    for p in shop.papers(1): print("\n".join(p.rows), p.codes)
    print(shop.sales(), shop.wallet("王桂英"))

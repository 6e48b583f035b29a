"""The diner's picture at the counter: it comes after the diner, and never to another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.cards import CardUid
from pos.services.menu import Menus
from tests.pos.services.counter import Counter as Till
from tests.pos.services.counter import rows_of, written_past_us
from tests.ui.sale_world import LI_CARD, WANG_CARD, World

pytest_plugins = ("tests.ui.sale_fixtures",)

PICTURE = b"a picture of Wang"


@pytest.fixture
def pictured(till: Till) -> Till:
    written_past_us(till, f"UPDATE members SET photo = x'{PICTURE.hex()}' WHERE name = '王桂英'")
    assert rows_of(till.file, "SELECT count(*) FROM members WHERE photo IS NOT NULL") == [(1,)]
    return till


def photo_of(world: World) -> bytes | None:
    assert world.now.diner is not None
    return world.now.diner.member.photo


@pytest.mark.parametrize(("card", "photo"), [(WANG_CARD, PICTURE), (LI_CARD, None)])
def test_a_diner_is_shown_with_the_own_picture(pictured: Till, world: World, card: CardUid, photo: bytes | None) -> None:
    world.presenter.card_read(card)

    assert photo_of(world) == photo


def test_a_diner_is_shown_before_the_picture_is_read(pictured: Till, held_world: World) -> None:
    held_world.presenter.card_read(WANG_CARD)
    held_world.lane.go()  # type: ignore[union-attr]
    before = photo_of(held_world)
    held_world.go()

    assert (before, photo_of(held_world)) == (None, PICTURE)


def test_a_picture_that_comes_late_is_not_shown_as_somebody_elses(pictured: Till, held_world: World) -> None:
    held_world.presenter.card_read(WANG_CARD)
    held_world.lane.go()  # type: ignore[union-attr]
    held_world.presenter.card_read(LI_CARD)
    held_world.go()

    assert photo_of(held_world) is None


# -- dishes ------------------------------------------------------------------------------------------


def test_the_pictures_of_a_menu_come_once_after_it_and_again_when_one_is_another(till: Till, held_world: World) -> None:
    world, menus = held_world, Menus(till.stores, till.clock)
    before = list(world.face.photos)
    menus.picture(till.manager, "rice", b"rice")
    for _unused in range(2):
        world.presenter.refresh()
        world.go()
    once = list(world.face.photos)
    menus.picture(till.manager, "rice", b"better rice")
    menus.picture(till.manager, "set", b"set")

    world.presenter.refresh()
    world.go()

    assert (before, once) == ([], [{"rice": b"rice"}])
    assert world.face.photos == [{"rice": b"rice"}, {"rice": b"better rice", "set": b"set"}]


def test_a_menu_is_shown_before_its_pictures_are_read(till: Till, held_world: World) -> None:
    Menus(till.stores, till.clock).picture(till.manager, "rice", b"rice")
    held_world.presenter.refresh()
    held_world.lane.go()  # type: ignore[union-attr]
    assert held_world.now.today

    shown = next(offer.photo for offer in held_world.now.today.menu.offers if offer.dish_id == "rice")

    assert (bool(shown), held_world.face.photos) == (True, [])


def test_the_picture_stays_when_the_bill_changes(pictured: Till, world: World) -> None:
    world.presenter.card_read(WANG_CARD)
    world.presenter.choose("rice")

    diner = world.now.diner
    assert diner is not None
    assert diner == replace(diner, member=replace(diner.member, photo=PICTURE))

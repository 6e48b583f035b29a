"""The cards that are lent: the reader alone puts them into the pool and takes them back."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pos.domain.cards import CardUid
from pos.services.lending import Lending
from tests.pos.services.counter import Counter as Till
from tests.ui.asking_face import AskFace
from tests.ui.immediate import ImmediateLane
from tests.ui.sale_world import WANG_CARD
from tests.ui.small_screens import Strip
from ui.cards.pool import PoolPresenter

pytest_plugins = ("tests.ui.sale_fixtures",)
pytestmark = pytest.mark.usefixtures("english")

POOL_CARD = CardUid("0102AA0001")


@dataclass
class Pool:
    """The open list."""

    till: Till
    lending: Lending
    face: AskFace
    strip: Strip
    mind: PoolPresenter

    def rows(self) -> tuple[tuple[str, ...], ...]:
        assert self.face.now is not None
        assert self.face.now.table is not None
        return self.face.now.table.rows


@pytest.fixture
def pool(till: Till) -> Pool:
    face, strip, lending = AskFace(), Strip(), Lending(till.stores, till.clock, "A")
    mind = PoolPresenter(face, strip, lending, ImmediateLane(), lambda: till.manager)
    mind.open()
    return Pool(till, lending, face, strip, mind)


def test_a_card_that_nobody_has_joins_the_pool(pool: Pool) -> None:
    pool.mind.card_read(POOL_CARD)

    assert pool.rows() == ((POOL_CARD.printed[-4:], "", "", ""),)


def test_a_lent_card_stands_with_its_member_and_is_back_when_it_is_shown(pool: Pool) -> None:
    pool.mind.card_read(POOL_CARD)
    wang = pool.till.checkout.identify(WANG_CARD).member
    pool.lending.lend(pool.till.cashier, "lent", wang.id, POOL_CARD)
    pool.mind.open()
    lent = pool.rows()

    pool.mind.card_read(POOL_CARD)

    assert lent == ((POOL_CARD.printed[-4:], "王桂英", "2026-11-23", "Lunch"),)
    assert pool.rows() == ((POOL_CARD.printed[-4:], "", "", ""),)


def test_somebodys_own_card_does_not_join(pool: Pool) -> None:
    pool.mind.card_read(WANG_CARD)

    assert (pool.rows(), pool.strip.title != "") == ((), True)


def test_a_card_that_is_gone_leaves_the_pool_after_a_question(pool: Pool) -> None:
    pool.mind.card_read(POOL_CARD)
    pool.mind.pick(0)
    assert pool.face.now is not None
    asked = (pool.face.now.title, pool.face.facts())
    pool.mind.card_read(CardUid("0102AA0002"))
    pool.mind.confirm()

    assert asked == ("Take the card out of the box for good?", {"Card": POOL_CARD.printed[-4:]})
    assert (pool.rows(), pool.strip.title) == ((), f"Card taken out of the pool: …{POOL_CARD.printed[-4:]}")


def test_escape_leads_from_the_question_to_the_list_and_the_card_stays(pool: Pool) -> None:
    pool.mind.card_read(POOL_CARD)
    pool.mind.pick(0)
    pool.mind.close()
    pool.mind.confirm()
    listed = pool.rows()
    pool.mind.close()

    assert listed == ((POOL_CARD.printed[-4:], "", "", ""),)
    assert pool.face.now is None


def test_a_card_that_leaves_while_it_is_lent_says_to_whom(pool: Pool) -> None:
    pool.mind.card_read(POOL_CARD)
    wang = pool.till.checkout.identify(WANG_CARD).member
    pool.lending.lend(pool.till.cashier, "lent", wang.id, POOL_CARD)
    pool.mind.open()

    pool.mind.pick(0)

    assert pool.face.facts()["Lent to"] == "王桂英"


def test_leaving_the_section_leaves_the_question_too(pool: Pool) -> None:
    pool.mind.card_read(POOL_CARD)
    pool.mind.pick(0)

    pool.mind.drop()

    assert (pool.face.now, pool.mind.is_open) == (None, False)


def test_a_card_means_nothing_once_the_list_is_closed(pool: Pool) -> None:
    pool.mind.close()

    pool.mind.card_read(POOL_CARD)

    assert (pool.lending.pool(), pool.mind.is_open) == ((), False)

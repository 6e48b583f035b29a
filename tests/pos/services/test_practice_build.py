"""The practice canteen: made by the real use cases, so its people, its past and its books are right."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from db.store import SqlStores
from pos.clock import CHINA, SetClock
from pos.domain.errors import CardNotUsable, CardState
from pos.domain.pricing import Way
from pos.domain.staff import Role
from pos.services import practice
from pos.services.claims import Claims
from pos.services.practice_menu import DISHES
from pos.services.sales import Checkout
from pos.services.shifts import Shifts
from pos.services.staff import Desk
from pos.services.verify import Verify
from tests.pos.services.counter import rows_of
from tests.stores import opened

LEAP_DAY = datetime(2028, 2, 29, 12, 0, tzinfo=CHINA)
PAST = 10
"""Seven days, and the last three of January."""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """The file of a practice canteen, built on a leap day."""
    file = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("practice") / "canteen.db"))
    seen: list[tuple[int, int]] = []
    with opened(file) as stores:
        practice.build(stores, SetClock(LEAP_DAY), "A", lambda done, total: seen.append((done, total)))
    assert seen == [(day, PAST) for day in range(1, PAST + 1)]
    return file


@pytest.fixture
def practised(played: Path, tmp_path: Path) -> Iterator[SqlStores]:
    with opened(Path(shutil.copy(played, tmp_path / "canteen.db"))) as stores:
        yield stores


def test_its_books_are_sound_and_every_drawer_was_right(played: Path, practised: SqlStores) -> None:
    assert Verify(practised).run().findings == ()
    assert rows_of(played, "SELECT count(DISTINCT business_date) FROM sales") == [(PAST,)]
    assert rows_of(played, "SELECT count(*) FROM shifts WHERE closed_ms IS NULL OR expected != counted") == [(0,)]
    assert rows_of(played, "SELECT count(*) > 300 FROM sales") == [(1,)]


def test_everybody_of_the_panel_is_known_at_the_counter_with_the_age_it_shows(practised: SqlStores) -> None:
    clock = SetClock(LEAP_DAY)
    checkout = Checkout(practised, clock, "A")
    cards = practice.cards(practised, clock)
    known: list[tuple[str, int | None]] = []
    refused: list[CardState] = []

    for card in cards:
        try:
            diner = checkout.identify(card.uid)
            known.append((diner.member.name, diner.age))
        except CardNotUsable as refusal:
            known.append((card.name, card.age))
            refused.append(refusal.state)

    assert known == [(card.name, card.age) for card in cards]
    assert (len({card.uid for card in cards}), refused) == (practice.MEMBERS, [CardState.LOST])


def test_it_says_that_it_is_practice_and_sells_today(practised: SqlStores) -> None:
    clock = SetClock(LEAP_DAY)

    cashier = Desk(practised, clock).sign_in(practice.CASHIER, practice.PIN)
    shift = Shifts(practised, clock, "A").open(cashier, 0)

    with practised.read() as store:
        canteen = store.canteen.get()
    assert canteen is not None
    assert (canteen.practice, cashier.role, shift.business_date) == (True, Role.CASHIER, LEAP_DAY.date())
    assert len(Checkout(practised, clock, "A").today().menu.offers) == len(DISHES) - 3


def test_meals_are_reserved_for_today_and_the_next_day(practised: SqlStores) -> None:
    today = LEAP_DAY.date()

    with practised.read() as store:
        ways = {way: sum(one.way is way for one in store.reservations.of_day(today)) for way in Way}
        tomorrow = store.reservations.of_day(today + timedelta(days=1))

    assert (ways[Way.DELIVERY] >= 10, ways[Way.DINE_IN] >= 4, ways[Way.TAKE_AWAY] >= 2) == (True, True, True)
    assert len(tomorrow) == sum(ways.values())


def test_a_claim_of_last_month_has_content(practised: SqlStores) -> None:
    clock = SetClock(LEAP_DAY)
    manager = Desk(practised, clock).sign_in(practice.MANAGER, practice.PIN)

    (city, _district) = Claims(practised, clock).months(manager)
    january = city.months[-1][0]
    preview = Claims(practised, clock).preview(manager, city.payer, january)

    assert (str(january), len(preview.lines) > 50, preview.total == preview.movement) == ("2028-01", True, True)


@pytest.mark.parametrize(
    ("today", "first", "count"), [(date(2026, 11, 23), date(2026, 10, 29), 10), (date(2026, 12, 3), date(2026, 11, 26), 7)]
)
def test_the_past_is_a_week_and_the_end_of_last_month(today: date, first: date, count: int) -> None:
    days = practice.past_days(today)

    assert (days[0], days[-1], len(days)) == (first, today - timedelta(days=1), count)

"""What is done one after the other: cards given out and lent, payers' money, claims; each at two counters at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier

import pytest

from db.store import SqlStores
from pos.clock import CHINA, SetClock
from pos.domain.cards import CardUid
from pos.domain.claims import FIRST_CLAIM_FOLLOWS
from pos.domain.errors import Refusal, StoreTrouble
from pos.domain.staff import Actor
from pos.services.cards import Cards
from pos.services.claim_payments import PayerPayments, PaymentOrder
from pos.services.claims import Claims, StampOrder
from pos.services.lending import Lending
from pos.services.members import Members, NewMember
from pos.services.shifts import Shifts
from tests.made_up import BOSS, NOON_MS, found_canteen, found_shift, member
from tests.pos.services.claiming import CITY, NOVEMBER, Claiming, claiming_on, old_member

MANAGER = Actor(BOSS.id, BOSS.name, BOSS.role)
ROUNDS = 8

PAYERS = [CITY, *(f"town-{number}" for number in range(1, ROUNDS))]
EVERY_PAYER = "\n".join(
    [
        'id = "many"\ntitle = "许多付款方"\nvalid_from = 2026-10-01\n[payers]',
        *(f'{payer} = "{payer}"' for payer in PAYERS),
        *(f'[[rules]]\nid = "{payer}"\nthen = {{ off = 1.00 }}\npayers = ["{payer}"]' for payer in PAYERS),
    ]
)


def clock() -> SetClock:
    return SetClock(datetime.fromtimestamp(NOON_MS / 1000, UTC).astimezone(CHINA))


def at_once(*runs: Callable[[], object]) -> list[str]:
    """How each of them ended: 'done', or the name of what it raised."""
    start = Barrier(len(runs))

    def run(one: Callable[[], object]) -> str:
        start.wait(timeout=10)
        try:
            one()
        except (Refusal, StoreTrouble) as no:
            return type(no).__name__
        return "done"

    with ThreadPoolExecutor(len(runs)) as threads:
        return sorted(threads.map(run, runs))


@pytest.fixture
def canteen(stores: SqlStores) -> SqlStores:
    """A canteen with two tills, A and B."""
    found_canteen(stores)
    found_shift(stores.at("B"))
    return stores


def printed(number: int) -> CardUid:
    return CardUid(f"0102AAAA{number:02X}")


def holders(stores: SqlStores, uid: CardUid) -> int:
    """How many have this card: members, and the pool."""
    with stores.read() as store:
        return len(store.members.cards_ending(uid.tail)) + len(store.cards.temporary_ending(uid.tail))


def test_of_two_counters_that_enrol_with_one_card_one_is_told_whose_it_is(canteen: SqlStores) -> None:
    def enrolling(till: str, name: str, uid: CardUid) -> Callable[[], object]:
        return lambda: Members(canteen.at(till), clock()).enrol(MANAGER, NewMember(name, None, card=uid))

    outcomes = [
        at_once(enrolling("A", f"王{number}", printed(number)), enrolling("B", f"李{number}", printed(number)))
        for number in range(ROUNDS)
    ]

    assert outcomes == [["CardTaken", "done"]] * ROUNDS
    with canteen.read() as store:
        assert len(store.imports.members()) == ROUNDS


def test_of_two_counters_that_give_out_one_card_one_is_told_whose_it_is(canteen: SqlStores) -> None:
    people = [(member(canteen, f"王{number}", None), member(canteen, f"李{number}", None)) for number in range(ROUNDS)]

    def issuing(till: str, who: str, uid: CardUid) -> Callable[[], object]:
        return lambda: Cards(canteen.at(till), clock(), till).issue(MANAGER, f"{who}-{till}", who, uid)

    outcomes = [
        at_once(issuing("A", one.id, printed(number)), issuing("B", other.id, printed(number)))
        for number, (one, other) in enumerate(people)
    ]

    assert outcomes == [["CardTaken", "done"]] * ROUNDS


def test_one_card_read_in_two_ways_at_two_counters_has_one_holder(canteen: SqlStores) -> None:
    def enrolling(till: str, uid: CardUid) -> Callable[[], object]:
        return lambda: Members(canteen.at(till), clock()).enrol(MANAGER, NewMember(f"王{till}", None, card=uid))

    outcomes = [
        at_once(enrolling("A", printed(number)), enrolling("B", CardUid(printed(number).tail)))
        for number in range(ROUNDS)
    ]

    assert outcomes == [["CardTaken", "done"]] * ROUNDS
    assert [holders(canteen, printed(number)) for number in range(ROUNDS)] == [1] * ROUNDS


def test_a_card_goes_to_a_member_or_into_the_pool_and_never_both(canteen: SqlStores) -> None:
    def pooling(uid: CardUid) -> Callable[[], object]:
        return lambda: Lending(canteen, clock(), "A").add(MANAGER, f"pool-{uid.hex}", uid)

    def enrolling(uid: CardUid) -> Callable[[], object]:
        return lambda: Members(canteen.at("B"), clock()).enrol(MANAGER, NewMember("王", None, card=uid))

    outcomes = [at_once(pooling(printed(number)), enrolling(printed(number))) for number in range(ROUNDS)]

    assert all(outcome in (["CardTaken", "done"], ["PoolCard", "done"]) for outcome in outcomes)
    assert [holders(canteen, printed(number)) for number in range(ROUNDS)] == [1] * ROUNDS


def test_a_card_of_the_pool_is_lent_at_one_of_two_counters(canteen: SqlStores) -> None:
    one, other = member(canteen, "王桂英", None), member(canteen, "李桂兰", None)

    def lending(till: str, number: int, who: str) -> Callable[[], object]:
        return lambda: Lending(canteen.at(till), clock(), till).lend(MANAGER, f"{number}-{till}", who, printed(number))

    for number in range(ROUNDS):
        Lending(canteen, clock(), "A").add(MANAGER, f"pool-{number}", printed(number))
    outcomes = [at_once(lending("A", number, one.id), lending("B", number, other.id)) for number in range(ROUNDS)]

    assert outcomes == [["LentToOther", "done"]] * ROUNDS


@pytest.fixture
def claiming(stores: SqlStores, tmp_path: Path) -> Claiming:
    """A meal in November of which each payer owes 1.00; tills A and B stand there in December."""
    claiming = claiming_on(stores, tmp_path)
    with stores.write() as store:
        store.tariff.publish(EVERY_PAYER, claiming.counter.manager.staff_id, claiming.counter.clock.now_ms())
        store.canteen.register_till("B")
    with claiming.day(date(2026, 11, 2)):
        claiming.counter.sell(old_member(claiming))
    claiming.at(date(2026, 12, 1))
    return claiming


def test_two_tills_book_no_more_of_a_payers_money_than_is_claimed(claiming: Claiming) -> None:
    claiming.stamp(NOVEMBER)
    counter = claiming.counter
    tills = [counter.stores, counter.stores.at("B")]
    for at in tills:
        Shifts(at, counter.clock, at.till).open(counter.manager, 0)

    def receiving(at: SqlStores, number: int) -> Callable[[], object]:
        order = PaymentOrder(f"{number}-{at.till}", CITY, 100, date(2026, 12, 1))
        return lambda: PayerPayments(at, counter.clock, at.till).receive(counter.manager, order)

    outcomes = []
    for number in range(ROUNDS):
        outcomes.append(at_once(*(receiving(at, number) for at in tills)))
        booked = [one for one in claiming.payments.listed(counter.manager) if not one.undone]
        for payment in booked:
            claiming.payments.undo(counter.manager, f"undo-{payment.id}", payment.id)

    assert outcomes == [["MoreThanClaimed", "done"]] * ROUNDS
    assert counter.verify.run().findings == ()


def test_managers_stamp_the_claims_of_many_payers_at_once(claiming: Claiming) -> None:
    counter = claiming.counter

    def stamping(payer: str) -> Callable[[], object]:
        claims = Claims(counter.stores, counter.clock)
        shown = claims.preview(counter.manager, payer, NOVEMBER)
        order = StampOrder(f"claim-{payer}", payer, NOVEMBER, shown.total, len(shown.lines))
        return lambda: claims.stamp(counter.manager, order)

    outcomes = at_once(*map(stamping, PAYERS))

    stamped = claiming.claims.stamped(counter.manager)[::-1]
    assert outcomes == ["done"] * len(PAYERS)
    assert {claim.payer for claim in stamped} == set(PAYERS)
    assert [claim.seq for claim in stamped] == list(range(1, len(PAYERS) + 1))
    assert [claim.prev_hash for claim in stamped] == [FIRST_CLAIM_FOLLOWS, *(claim.hash for claim in stamped[:-1])]
    assert counter.verify.run().findings == ()

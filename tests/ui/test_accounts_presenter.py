"""The top-up's mind on the real use case: booked once, with the offer of the day."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from pos.domain.accounts import TopUp, TopUpWarning
from pos.domain.cards import CardUid
from pos.domain.errors import BadAmount, BalanceAboveLimit, StoreFault, StoreTrouble
from pos.domain.pricing import Tender
from pos.domain.staff import Actor
from pos.services.accounts import TopUpOrder, TopUps
from tests.pos.services.counter import BONUS
from tests.pos.services.counter import Counter as Till
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.sale_world import LI_CARD, WANG_CARD
from ui.accounts.form import Step, TopUpForm
from ui.accounts.presenter import TopUpPresenter

pytest_plugins = ("tests.ui.sale_fixtures",)


@dataclass
class TopUpFace:
    """Remembers the form."""

    forms: list[TopUpForm] = field(default_factory=list)
    closed: int = 0

    def show_form(self, form: TopUpForm) -> None:
        self.forms.append(form)

    def close_form(self) -> None:
        self.closed += 1


class LosesTopUps(TopUps):
    """Books, and then loses the answer so many times."""

    losses = 0

    def top_up(self, actor: Actor, order: TopUpOrder) -> TopUp:
        done = super().top_up(actor, order)
        if self.losses:
            self.losses -= 1
            raise StoreTrouble(StoreFault.UNREACHABLE, money_moved=None)
        return done


@dataclass
class Desk:
    """An open top-up form of Wang, who holds 172.80."""

    till: Till
    face: TopUpFace
    top_ups: LosesTopUps
    presenter: TopUpPresenter
    closed: list[str]
    cards: list[CardUid]

    @property
    def form(self) -> TopUpForm:
        return self.face.forms[-1]

    def balance(self) -> int:
        return self.till.checkout.identify(WANG_CARD).wallet.spendable


def desk_at(till: Till, lane: ImmediateLane | HeldLane) -> Desk:
    face, top_ups = TopUpFace(), LosesTopUps(till.stores, till.clock, "A")
    closed: list[str] = []
    cards: list[CardUid] = []
    presenter = TopUpPresenter(
        face, top_ups, lane, lambda: till.cashier, closed=closed.append, next_card=cards.append
    )
    presenter.open(till.checkout.identify(WANG_CARD))
    return Desk(till, face, top_ups, presenter, closed, cards)


@pytest.fixture
def desk(till: Till) -> Desk:
    return desk_at(till, ImmediateLane())


def test_the_offer_and_the_balance_after_it_are_shown_before_anything_is_booked(desk: Desk) -> None:
    desk.presenter.set_amount(10_000)
    below = (desk.form.offer, desk.form.next_step, desk.form.balance_after)

    desk.presenter.set_amount(20_000)

    assert below == (None, (20_000, 2_000), 27_280)
    assert (desk.form.offer, desk.form.balance_after, desk.balance()) == (BONUS, 17_280 + 22_000, 17_280)


def test_M1_enter_five_times_books_once(till: Till) -> None:
    lane = HeldLane()
    desk = desk_at(till, lane)
    lane.go()
    desk.presenter.set_amount(5_000)

    for _press in range(5):
        desk.presenter.confirm()
    lane.go()

    assert (desk.form.step, desk.balance()) == (Step.DONE, 22_280)


def test_M2_a_lost_answer_asked_again_books_once(desk: Desk) -> None:
    desk.presenter.set_amount(5_000)
    desk.top_ups.losses = 1

    desk.presenter.confirm()
    unsure = (desk.form.step, desk.form.unsure)
    desk.presenter.set_amount(9_999)
    desk.presenter.confirm()

    assert unsure == (Step.FILLING, True)
    assert desk.form.done
    assert (desk.form.step, desk.form.done.principal, desk.balance()) == (Step.DONE, 5_000, 22_280)


def test_an_empty_amount_is_refused_without_asking_the_store(desk: Desk) -> None:
    desk.presenter.confirm()

    assert (type(desk.form.refused), desk.balance()) == (BadAmount, 17_280)


def test_cash_given_brings_change_and_a_telephone_does_not(desk: Desk) -> None:
    desk.presenter.set_amount(5_000)
    desk.presenter.set_given(10_000)
    in_cash = desk.form.change

    desk.presenter.set_tender(Tender.WECHAT)
    desk.presenter.confirm()

    assert desk.form.done
    assert (in_cash, desk.form.change, desk.form.done.tender, desk.form.done.given) == (5_000, 0, Tender.WECHAT, 0)


def test_too_little_cash_is_refused_and_nothing_is_booked(desk: Desk) -> None:
    desk.presenter.set_amount(5_000)
    desk.presenter.set_given(2_000)

    desk.presenter.confirm()

    assert (type(desk.form.refused).__name__, desk.form.step, desk.balance()) == (
        "CashTooLittle",
        Step.FILLING,
        17_280,
    )


def test_the_sale_is_told_whom_to_show_again(desk: Desk) -> None:
    member_id = desk.form.diner.member.id
    desk.presenter.set_amount(5_000)
    desk.presenter.confirm()

    desk.presenter.confirm()

    assert (desk.presenter.is_open, desk.closed, desk.face.closed) == (False, [member_id], 1)


def test_a_card_shown_while_money_lies_on_the_counter_does_not_take_the_form_away(desk: Desk) -> None:
    desk.presenter.set_amount(5_000)

    desk.presenter.card_read(LI_CARD)
    during = (desk.presenter.is_open, list(desk.cards))
    desk.presenter.confirm()
    desk.presenter.card_read(LI_CARD)

    assert during == (True, [])
    assert (desk.presenter.is_open, desk.cards) == (False, [LI_CARD])


def test_whoever_pays_for_the_diner_is_on_the_top_up(till: Till) -> None:
    desk = desk_at(till, ImmediateLane())
    desk.presenter.toggle_paid_for()
    desk.presenter.set_payer("李娜", "女儿")
    desk.presenter.toggle_identity_seen()
    desk.presenter.set_amount(5_000)

    desk.presenter.confirm()

    done = desk.form.done
    assert done is not None
    assert (done.paid_by, done.relation, done.identity_seen) == ("李娜", "女儿", True)


def test_a_payer_typed_and_then_switched_off_is_nobody(till: Till) -> None:
    desk = desk_at(till, ImmediateLane())
    desk.presenter.toggle_paid_for()
    desk.presenter.set_payer("李娜", "女儿")
    desk.presenter.toggle_paid_for()
    desk.presenter.set_amount(5_000)

    desk.presenter.confirm()

    assert desk.form.done is not None
    assert desk.form.done.paid_by == ""


def test_the_limit_is_told_before_the_key_and_the_document_until_it_was_seen(till: Till) -> None:
    till.top_up(till.checkout.identify(WANG_CARD).member, 200_000)
    till.top_up(till.checkout.identify(WANG_CARD).member, 200_000)
    desk = desk_at(till, ImmediateLane())

    desk.presenter.set_amount(50_000)
    near, above = desk.form.warnings, desk.form.above_limit
    desk.presenter.toggle_identity_seen()
    seen = desk.form.warnings
    desk.presenter.set_amount(150_000)

    assert (set(near), above) == ({TopUpWarning.NEAR_LIMIT, TopUpWarning.IDENTITY}, None)
    assert seen == (TopUpWarning.NEAR_LIMIT,)
    assert isinstance(desk.form.above_limit, BalanceAboveLimit)


def test_only_the_newest_amount_is_asked_about_while_the_store_thinks(till: Till) -> None:
    lane = HeldLane()
    desk = desk_at(till, lane)
    lane.go()
    for amount in (1, 10, 100, 1_000, 10_000):
        desk.presenter.set_amount(amount)

    asked = [lane.go(), lane.go(), lane.go()]

    assert asked == [1, 1, 0]
    assert desk.form.preview is not None
    assert desk.form.preview.pays == 10_000


def test_the_last_top_up_is_taken_back_by_two_keys_and_once(till: Till) -> None:
    desk = desk_at(till, ImmediateLane())
    desk.presenter.set_amount(5_000)
    desk.presenter.confirm()

    desk.presenter.take_back()
    asked, before = desk.form.taking_back, desk.balance()
    desk.presenter.confirm()
    after = desk.balance()
    desk.presenter.take_back()
    desk.presenter.confirm()

    assert (asked, before, after) == (True, 22_280, 17_280)
    assert (desk.closed, desk.balance()) == ([desk.form.diner.member.id], 17_280)


def test_a_later_form_still_takes_the_last_top_up_back(till: Till) -> None:
    desk = desk_at(till, ImmediateLane())
    desk.presenter.set_amount(5_000)
    desk.presenter.confirm()
    desk.presenter.confirm()
    desk.presenter.open(till.checkout.identify(LI_CARD))

    desk.presenter.take_back()
    desk.presenter.confirm()

    done = desk.form.done
    assert done is not None
    assert (done.member_name, done.undone, desk.balance()) == ("王桂英", True, 17_280)


def test_escape_leaves_the_last_top_up_as_it_is(till: Till) -> None:
    desk = desk_at(till, ImmediateLane())
    desk.presenter.set_amount(5_000)
    desk.presenter.confirm()

    desk.presenter.take_back()
    desk.presenter.close()

    assert (desk.form.taking_back, desk.closed, desk.balance()) == (False, [], 22_280)

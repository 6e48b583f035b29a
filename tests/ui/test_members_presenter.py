"""Finding a member and enrolling one, on the real use cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from pos.domain.cards import CardUid
from pos.domain.errors import BadBirthDate, CardTaken
from pos.domain.profile import Sameness
from tests.pos.services.counter import Counter as Till
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.sale_world import NEW_CARD, WANG_CARD
from ui.members.presenter import EnrolForm, EnrolPresenter, FindPresenter, Found, parse_birth

pytest_plugins = ("tests.ui.sale_fixtures",)


@dataclass
class FindFace:
    """Remembers the search."""

    now: Found = field(default_factory=Found)
    is_open: bool = False

    def show_found(self, found: Found) -> None:
        self.now, self.is_open = found, True

    def close_form(self) -> None:
        self.is_open = False


@dataclass
class EnrolFace:
    """Remembers the form."""

    now: EnrolForm = field(default_factory=EnrolForm)
    is_open: bool = False

    def show_form(self, form: EnrolForm) -> None:
        self.now, self.is_open = form, True

    def close_form(self) -> None:
        self.is_open = False


@dataclass
class Search:
    """An open search."""

    face: FindFace
    presenter: FindPresenter
    chosen: list[str] = field(default_factory=list)
    cards: list[CardUid] = field(default_factory=list)
    enrols: list[bool] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    lent: list[str] = field(default_factory=list)


def search_at(till: Till, lane: ImmediateLane | HeldLane, *, manager: bool = False) -> Search:
    face = FindFace()
    chosen: list[str] = []
    cards: list[CardUid] = []
    enrols: list[bool] = []
    cards_lost: list[str] = []
    cards_lent: list[str] = []
    presenter = FindPresenter(
        face,
        till.members,
        lane,
        lambda: till.manager if manager else till.cashier,
        chosen=chosen.append,
        next_card=cards.append,
        enrol=lambda: enrols.append(True),
        lost=lambda hit: cards_lost.append(hit.name),
        lend=lambda hit: cards_lent.append(hit.name),
    )
    presenter.open()
    return Search(face, presenter, chosen, cards, enrols, cards_lost, cards_lent)


def names(search: Search) -> list[str]:
    return [hit.name for hit in search.face.now.hits]


@pytest.mark.parametrize("text", ["王桂", "wanggui", "wgy", "13800001234", "1234", "0040856634"])
def test_a_member_is_found_by_whatever_is_known(till: Till, text: str) -> None:
    search = search_at(till, ImmediateLane())

    search.presenter.typed(text)

    assert names(search) == ["王桂英"]


def test_arrows_and_enter_take_the_marked_member(till: Till) -> None:
    wang_yi = till.enrol("王小一", date(1950, 1, 1))
    search = search_at(till, ImmediateLane())
    search.presenter.typed("wang")
    place = names(search).index("王小一")

    search.presenter.step(-3)
    search.presenter.step(place)
    search.presenter.choose()

    assert (search.chosen, search.face.is_open) == ([wang_yi.id], False)


def test_the_marked_members_card_is_reported_lost_or_another_one_lent(till: Till) -> None:
    search = search_at(till, ImmediateLane())
    search.presenter.typed("li")
    search.presenter.lost()
    search.presenter.open()
    search.presenter.typed("wanggui")
    search.presenter.lend()

    assert (search.lost, search.lent, search.face.is_open) == (["李建国"], ["王桂英"], False)


def test_where_nobody_fits_no_card_is_lost(till: Till) -> None:
    search = search_at(till, ImmediateLane())
    search.presenter.typed("nobody")

    search.presenter.lost()
    search.presenter.lend()

    assert (search.lost, search.lent, search.face.is_open) == ([], [], True)


def test_only_the_answer_to_what_still_stands_there_is_shown(till: Till) -> None:
    lane = HeldLane()
    search = search_at(till, lane)

    search.presenter.typed("wang")
    search.presenter.typed("li")
    lane.go()

    assert names(search) == ["李建国"]


def test_an_answer_that_comes_after_the_search_was_closed_opens_nothing(till: Till) -> None:
    lane = HeldLane()
    search = search_at(till, lane)
    search.presenter.typed("wang")

    search.presenter.close()
    lane.go()

    assert search.face.is_open is False


def test_a_whole_card_number_is_a_card_shown(till: Till) -> None:
    search = search_at(till, ImmediateLane())
    search.presenter.typed("4294967295")

    search.presenter.choose()

    assert (search.cards, search.chosen) == ([CardUid("FFFFFFFF")], [])


def test_a_card_shown_during_the_search_goes_to_the_sale(till: Till) -> None:
    search = search_at(till, ImmediateLane())

    search.presenter.card_read(WANG_CARD)

    assert (search.cards, search.presenter.is_open) == ([WANG_CARD], False)


def test_only_somebody_who_may_enrol_is_offered_the_form(till: Till) -> None:
    cashier, manager = search_at(till, ImmediateLane()), search_at(till, ImmediateLane(), manager=True)

    cashier.presenter.enrol()
    manager.presenter.enrol()

    assert (cashier.face.now.may_enrol, cashier.enrols) == (False, [])
    assert (manager.face.now.may_enrol, manager.enrols) == (True, [True])


def enrol_at(till: Till, enrolled: list[str], lane: ImmediateLane | HeldLane) -> tuple[EnrolFace, EnrolPresenter]:
    face = EnrolFace()
    presenter = EnrolPresenter(face, till.members, lane, lambda: till.manager, enrolled=enrolled.append)
    presenter.open()
    return face, presenter


def test_somebody_new_swipes_a_card_and_is_known_by_it(till: Till) -> None:
    enrolled: list[str] = []
    face, presenter = enrol_at(till, enrolled, ImmediateLane())
    presenter.set_name("赵喆")
    presenter.set_birth("1938.5.12")
    presenter.set_phone("13600000000")

    presenter.card_read(NEW_CARD)
    presenter.confirm()

    member = till.checkout.identify(NEW_CARD).member
    assert (enrolled, face.is_open) == ([member.id], False)
    assert (member.name, member.birth_date) == ("赵喆", date(1938, 5, 12))


def test_enter_five_times_enrols_once(till: Till) -> None:
    lane, enrolled = HeldLane(), list[str]()
    _face, presenter = enrol_at(till, enrolled, lane)
    presenter.set_name("赵喆")

    for _press in range(5):
        presenter.confirm()
    lane.go()

    assert len(enrolled) == 1


def test_somebody_who_is_a_member_already_is_shown_before_anybody_is_enrolled(till: Till) -> None:
    couple = till.enrol("李爱国", date(1938, 1, 1), None, "13800009999")
    enrolled: list[str] = []
    face, presenter = enrol_at(till, enrolled, ImmediateLane())
    wang = till.checkout.identify(WANG_CARD).member
    presenter.set_name("王桂英")
    presenter.set_birth("1940-02-03")
    presenter.set_phone("13800009999")

    presenter.confirm()
    shown = [(one.hit.id, one.because) for one in face.now.alike]
    presenter.confirm()

    assert shown == [(wang.id, frozenset({Sameness.NAME_AND_BIRTH})), (couple.id, frozenset({Sameness.PHONE}))]
    assert (enrolled, face.is_open, till.count("members")) == ([wang.id], False, 4)


def test_it_may_be_somebody_new_all_the_same(till: Till) -> None:
    enrolled: list[str] = []
    face, presenter = enrol_at(till, enrolled, ImmediateLane())
    presenter.set_name("王小桂")
    presenter.set_phone("13800001234")
    presenter.all_the_same()
    unasked = enrolled[:]
    presenter.confirm()
    presenter.all_the_same()

    assert (unasked, face.is_open) == ([], False)
    assert [hit.name for hit in till.members.search("王小桂")] == ["王小桂"]
    assert enrolled == [hit.id for hit in till.members.search("王小桂")]


def test_the_arrows_and_a_finger_choose_among_those_who_look_alike(till: Till) -> None:
    couple = till.enrol("李爱国", date(1938, 1, 1), None, "13800001234")
    for pick in (False, True):
        enrolled: list[str] = []
        face, presenter = enrol_at(till, enrolled, ImmediateLane())
        presenter.set_name("王桂英")
        presenter.set_birth("19400203")
        presenter.set_phone("13800001234")
        presenter.confirm()

        if pick:
            presenter.pick(1)
        else:
            presenter.step(5)
            presenter.confirm()

        assert (enrolled, face.is_open) == ([couple.id], False)


def test_escape_leads_back_to_what_was_typed_and_typing_asks_anew(till: Till) -> None:
    enrolled: list[str] = []
    face, presenter = enrol_at(till, enrolled, ImmediateLane())
    presenter.set_name("王小桂")
    presenter.set_phone("13800001234")
    presenter.confirm()
    presenter.close()
    back = (face.is_open, face.now.alike, face.now.name)
    presenter.set_phone("13900000000")
    presenter.confirm()

    assert back == (True, (), "王小桂")
    assert (len(enrolled), face.is_open) == (1, False)


def test_M1_enter_five_times_on_those_who_look_alike_takes_one_and_enrols_nobody(till: Till) -> None:
    lane, enrolled = HeldLane(), list[str]()
    _face, presenter = enrol_at(till, enrolled, lane)
    presenter.set_name("王小桂")
    presenter.set_phone("13800001234")
    for _press in range(5):
        presenter.confirm()
    lane.go()
    for _press in range(5):
        presenter.confirm()

    assert (lane.go(), enrolled) == (0, [till.checkout.identify(WANG_CARD).member.id])


def test_somebody_elses_card_is_refused_and_the_form_stays(till: Till) -> None:
    face, presenter = enrol_at(till, [], ImmediateLane())
    presenter.set_name("赵喆")
    presenter.card_read(WANG_CARD)

    presenter.confirm()

    assert (type(face.now.refused), face.is_open, face.now.saving) == (CardTaken, True, False)


@pytest.mark.parametrize("text", ["19380512", "1938-05-12", "1938/5/12", "1938.5.12", "1938年5月12日", "１９３８ ０５ １２"])
def test_a_birth_date_may_be_typed_as_people_write_it(text: str) -> None:
    assert parse_birth(text) == date(1938, 5, 12)


@pytest.mark.parametrize("text", ["12.5.1938", "1938", "193813", "1938-13-01", "1939-02-29", "abc"])
def test_a_birth_date_is_never_guessed(text: str) -> None:
    with pytest.raises(BadBirthDate) as refusal:
        parse_birth(text)

    assert refusal.value.text == text


def test_no_birth_date_is_no_mistake() -> None:
    assert parse_birth("  ") is None

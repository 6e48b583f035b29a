"""The mind of the particulars' form, on the real use cases: doubles are seen first, and it saves once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from pos.domain.address import Address
from pos.domain.identity import DocumentKind
from pos.domain.profile import ConsentTo, Contact, DocumentShown, Held, Profile
from pos.services.canteen import Canteens
from pos.services.identities import Identities
from pos.services.keys import KEY_FILE, FileShelf
from pos.services.members import Members
from pos.services.vault import Vault
from tests.pos.services.counter import MONDAY, rows_of
from tests.pos.services.counter import Counter as Till
from tests.ui.asking_face import AskFace
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.office_world import ZENG, enrol_zeng
from tests.ui.sale_world import NEW_CARD, WANG_CARD
from tests.ui.small_screens import Strip
from ui.asking import YES
from ui.profile.form import values_of
from ui.profile.presenter import ProfilePresenter

pytest_plugins = ("tests.ui.sale_fixtures",)
pytestmark = pytest.mark.usefixtures("english")

SIGNED = {f"consent_{to.value}": YES for to in ConsentTo}


@dataclass
class Form:
    """The form and its mind."""

    till: Till
    face: AskFace
    strip: Strip
    mind: ProfilePresenter
    opened: list[str]

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.mind.typed(name, value)

    def profile(self, member_id: str) -> Profile:
        return self.till.members.portrait(self.till.manager, member_id).profile

    def count(self) -> int:
        return int(rows_of(self.till.file, "SELECT count(*) FROM members")[0][0])


def form_at(till: Till, lane: ImmediateLane | HeldLane) -> Form:
    face, strip, opened = AskFace(), Strip(), list[str]()
    canteens = Canteens(till.stores, till.clock, "A")
    vault = Vault(FileShelf(till.file.with_name(KEY_FILE)))
    members, identities = Members(till.stores, till.clock, vault), Identities(till.stores, till.clock, vault)
    mind = ProfilePresenter(
        face, strip, members, identities, canteens, till.clock, lane, lambda: till.manager, opened=opened.append
    )
    return Form(till, face, strip, mind, opened)


@pytest.fixture
def form(till: Till) -> Form:
    return form_at(till, ImmediateLane())


def test_somebody_new_is_saved_with_everything_that_was_typed(form: Form) -> None:
    form.mind.open_new()
    form.fill(
        name="李•小红", birth_date="1950年3月2日", phone="１３８００００７７７７", sex="female", household="李家",
        estate="幸福里", building="2号楼", unit="1", floor="3", door="301", emergency_name="李明",
        emergency_phone="13900007777", emergency_relation="儿子", category_0="残疾", from_0="2026-01-01",
        until_0="2026-12-31", diet_软食=YES, **SIGNED,
    )  # fmt: skip
    form.mind.card_read(NEW_CARD)

    form.mind.confirm()

    (member_id,) = form.opened
    saved = form.profile(member_id)
    known = saved.particulars
    assert (saved.name, saved.birth_date, saved.phone) == ("李·小红", date(1950, 3, 2), "13800007777")
    assert known.address == Address("幸福里", "2号楼", "1", "3", "301")
    assert known.emergency == Contact("李明", "13900007777", "儿子")
    assert (known.categories, known.diets) == (
        (Held("残疾", date(2026, 1, 1), date(2026, 12, 31)),), ("软食",),
    )  # fmt: skip
    assert {(one.to, one.version, one.day) for one in known.consents} == {
        (to, "1", MONDAY) for to in ConsentTo
    }
    assert form.till.checkout.identify(NEW_CARD).member.id == member_id


def test_a_double_is_shown_with_its_reason_before_anything_is_saved(form: Form) -> None:
    before = form.count()
    form.mind.open_new()
    form.fill(name="王桂英", birth_date="19400203", phone="13800001234", **SIGNED)

    form.mind.confirm()

    assert form.face.now is not None
    assert form.face.now.table is not None
    assert form.face.now.table.rows == (("王桂英", "86", "1234", "6634", "active", "name and birth date, telephone"),)
    assert (form.count(), form.face.now.confirm_key) == (before, "F9")


def test_the_double_that_was_there_can_be_opened_instead(form: Form) -> None:
    before = form.count()
    form.mind.open_new()
    form.fill(name="王桂英", birth_date="19400203")
    form.mind.confirm()

    form.mind.pick(0)

    assert form.opened == [form.till.checkout.identify(WANG_CARD).member.id]
    assert (form.count(), form.face.now) == (before, None)


def test_somebody_else_of_the_same_name_is_saved_all_the_same(form: Form) -> None:
    before = form.count()
    form.mind.open_new()
    form.fill(name="王桂英", birth_date="19400203")
    form.mind.confirm()

    form.mind.confirm()

    assert form.count() == before + 1


def test_from_the_doubles_escape_leads_back_to_what_was_typed(form: Form) -> None:
    form.mind.open_new()
    form.fill(name="王桂英", birth_date="19400203")
    form.mind.confirm()

    form.mind.close()

    assert form.face.field("name").value == "王桂英"
    assert form.mind.is_open


def test_missing_signatures_are_named_before_it_is_saved(form: Form) -> None:
    form.mind.open_new()
    form.fill(name="孙大海", diet_软食=YES)

    form.mind.confirm()

    assert form.face.now is not None
    assert form.face.now.text == "Not signed yet: Membership and its card, Keeping diet codes."


def test_further_keys_save_nothing_twice_while_the_store_thinks(till: Till) -> None:
    lane = HeldLane()
    form = form_at(till, lane)
    form.mind.open_new()
    lane.go()
    form.fill(name="孙大海", **SIGNED)
    before = form.count()

    for _key in range(3):
        form.mind.confirm()
    lane.go()
    form.mind.confirm()
    lane.go()

    assert form.count() == before + 1


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"birth_date": "12.03.1950"}, "birth_date"),
        ({"birth_date": "2150-01-01"}, "birth_date"),
        ({"birth_date": "2020-01-01"}, "guardian_name"),
        ({"category_0": "低保", "from_0": "soon"}, "from_0"),
        ({"household": "x" * 101}, "household"),
    ],
)
def test_a_mistake_is_pointed_at_and_nothing_is_saved(form: Form, typed: dict[str, str], wrong: str) -> None:
    before = form.count()
    form.mind.open_new()
    form.fill(**({"name": "孙大海"} | SIGNED | typed))

    form.mind.confirm()

    assert form.face.now is not None
    assert (form.face.now.wrong, form.count(), form.strip.title != "") == (wrong, before, True)


def test_a_change_writes_what_was_changed_and_leaves_the_rest(form: Form) -> None:
    zeng = enrol_zeng(form.till)
    before = form.profile(zeng.id)
    form.mind.open_change(form.till.members.portrait(form.till.manager, zeng.id))
    form.fill(phone="13800000000", category_1="")
    form.mind.confirm()

    form.mind.confirm()

    after = form.profile(zeng.id)
    assert (before.phone, after.phone) == ("13800009876", "13800000000")
    assert after.particulars.categories == ZENG.categories[:1]
    assert after.particulars.address == ZENG.address
    history = [change.what.value for change in form.till.members.history(form.till.manager, zeng.id)]
    assert sorted(history) == ["categories", "phone"]


def test_what_stands_in_a_form_makes_the_same_profile_again(form: Form) -> None:
    zeng = enrol_zeng(form.till)
    before = form.profile(zeng.id)
    form.mind.open_change(form.till.members.portrait(form.till.manager, zeng.id))
    form.fill(**values_of(before, Canteens(form.till.stores, form.till.clock, "A").current() or pytest.fail("no canteen")))
    form.mind.confirm()
    form.mind.confirm()

    assert form.profile(zeng.id) == before


def test_a_page_that_is_left_keeps_nothing_that_was_typed(form: Form) -> None:
    form.mind.open_new()
    form.fill(name="孙大海")

    form.mind.drop()
    form.mind.open_new()

    assert form.face.field("name").value == ""


NUMBER = "999999196002290028"


def test_a_whole_number_fills_in_birth_date_and_sex_and_is_kept_without_being_shown(form: Form) -> None:
    form.mind.open_new()
    form.fill(name="孙大海", document=NUMBER, **SIGNED)
    filled = form.face.field("birth_date").value, form.face.field("sex").value

    form.mind.confirm()

    (member_id,) = form.opened
    kept = form.till.members.portrait(form.till.manager, member_id).document
    assert filled == ("1960-02-29", "female")
    assert kept == DocumentShown(DocumentKind.RESIDENT, "0028")
    assert NUMBER not in repr(form.face.asked)


@pytest.mark.parametrize("number", ["99999919600229002", "999999196002290029", "999999190002290055"])
def test_a_number_that_cannot_be_right_is_pointed_at(form: Form, number: str) -> None:
    before = form.count()
    form.mind.open_new()
    form.fill(name="孙大海", document=number, **SIGNED)

    form.mind.confirm()

    assert form.face.now is not None
    assert (form.face.now.wrong, form.count(), number in form.strip.title) == ("document", before, False)


def test_the_same_number_shows_the_double_whatever_the_name(form: Form) -> None:
    for name in ("孙大海", "孙小海"):
        form.mind.open_new()
        form.fill(name=name, document=NUMBER, **SIGNED)
        form.mind.confirm()

    assert form.face.now is not None
    assert form.face.now.table is not None
    (row,) = form.face.now.table.rows
    assert (row[0], "document number" in row[-1]) == ("孙大海", True)


def test_a_birth_date_that_the_document_tells_otherwise_is_asked_about(form: Form) -> None:
    form.mind.open_new()
    form.fill(name="孙大海", document=NUMBER, birth_date="1961-01-01", **SIGNED)

    form.mind.confirm()

    assert form.face.now is not None
    assert form.face.now.text == "The document says otherwise: Birth date."

"""Members by exactly their names, on both databases."""

from __future__ import annotations

from datetime import timedelta

from db.store import SqlStores
from pos.domain.absences import Absence
from pos.domain.address import Address
from pos.domain.members import Member, MemberStatus
from pos.domain.profile import Particulars, Profile
from pos.domain.sign_ups import Namesake
from tests.made_up import NOON_MS, TODAY, found_canteen

HOME = Address("幸福里", "2号楼", "3单元", "4层", "402")


def test_everybody_of_a_name_is_found_active_ones_first_and_nobody_else(stores: SqlStores) -> None:
    found_canteen(stores)
    people = [("a", "王秀英"), ("b", "王秀英"), ("c", "王秀"), ("d", "阿依古丽·买买提")]
    with stores.write() as store:
        for key, name in people:
            store.members.add(Member(key, name, None, "13800001234"), (name,), NOON_MS)
        store.profiles.put("b", Profile("王秀英", None, "13800001234", Particulars(address=HOME)), frozenset())
        store.profiles.put_absence("a", Absence("ill", MemberStatus.PAUSED, TODAY, TODAY))

    with stores.read() as store:
        today = store.sign_ups.namesakes(["王秀英", "阿依古丽·买买提", "王秀英", "李", ""], TODAY)
        tomorrow = store.sign_ups.namesakes(["王秀英"], TODAY + timedelta(days=1))
        nobody = store.sign_ups.namesakes([], TODAY)

    assert today == {
        "王秀英": (
            Namesake("b", "王秀英", HOME, "1234", MemberStatus.ACTIVE),
            Namesake("a", "王秀英", Address(), "1234", MemberStatus.PAUSED),
        ),
        "阿依古丽·买买提": (Namesake("d", "阿依古丽·买买提", Address(), "1234", MemberStatus.ACTIVE),),
    }
    assert [(one.member_id, one.status) for one in tomorrow["王秀英"]] == [("a", MemberStatus.ACTIVE), ("b", MemberStatus.ACTIVE)]
    assert nobody == {}

"""Words change with the language at the moment of use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pos import i18n
from pos.i18n import _


@pytest.fixture(autouse=True)
def language_put_back() -> Iterator[None]:
    before = i18n.language()
    yield
    i18n.use(before)


def test_a_switch_shows_in_the_next_word() -> None:
    i18n.use("zh_CN")
    chinese = _("Lunch")

    i18n.use("en")

    assert (chinese, _("Lunch")) == ("午餐", "Lunch")


def test_the_till_starts_in_chinese() -> None:
    assert i18n.DEFAULT_LANGUAGE == "zh_CN"
    assert i18n.language() == "zh_CN"


def test_a_language_that_the_till_does_not_speak_is_refused_and_the_old_one_stays() -> None:
    i18n.use("zh_CN")

    with pytest.raises(ValueError, match="xx"):
        i18n.use("xx")

    assert (i18n.language(), _("Lunch")) == ("zh_CN", "午餐")


def test_english_counts_one_and_many() -> None:
    i18n.use("en")

    sentences = [i18n.ngettext("{count} meal", "{count} meals", count).format(count=count) for count in (1, 2)]

    assert sentences == ["1 meal", "2 meals"]

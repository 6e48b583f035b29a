"""A rule through the form and back: nothing is lost, and what means nothing is told where it was typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.tariff import Gift, Part, Rule, Then, parse_tariff
from pos.domain.tariff.editing import rewrite
from pos.domain.tariff.writing import write_tariff
from pos.services.starters import starters
from ui.tariff.rule_form import Mistyped, Slot, Typed, rule_of, typed_of

PLACES = Path(__file__).parents[1] / "pos" / "tariffs"
TEXTS = {one.name: one.text for one in starters()} | {file.stem: file.read_text("utf-8") for file in PLACES.glob("*.toml")}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_rule_of_every_place_goes_through_the_form_unchanged(name: str) -> None:
    tariff = parse_tariff(TEXTS[name])

    assert [rule_of(typed_of(rule), rule.line) for rule in tariff.rules] == list(tariff.rules)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_place_is_written_as_it_is_read_and_keeps_its_text_where_nothing_changed(name: str) -> None:
    tariff = parse_tariff(TEXTS[name])

    assert parse_tariff(write_tariff(tariff)) == tariff
    assert rewrite(TEXTS[name], tariff).text == TEXTS[name]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_new_title_changes_one_line_of_any_place(name: str) -> None:
    text = TEXTS[name]
    changed = rewrite(text, replace(parse_tariff(text), title="新标题"))

    differing = [line for line in changed.text.splitlines() if line.strip() and line not in text.splitlines()]
    assert ([line.startswith("title =") for line in differing], changed.comments_lost) == ([True], 0)


@pytest.mark.parametrize(
    ("typed", "slot"),
    [
        (Typed(amount="3"), Slot.ID),
        (Typed(id="a", amount="3,5"), Slot.AMOUNT),
        (Typed(id="a", amount="0"), Slot.AMOUNT),
        (Typed(id="a", gift="percent", amount="101"), Slot.AMOUNT),
        (Typed(id="a", gift="percent", amount="10, 20"), Slot.AMOUNT),
        (Typed(id="a", gift="percent", amount="10", at_most="x"), Slot.AT_MOST),
        (Typed(id="a", amount="3", age_from="sixty"), Slot.AGE_FROM),
        (Typed(id="a", amount="3", age_to="151"), Slot.AGE_TO),
        (Typed(id="a", amount="3", payers="city three"), Slot.PAYERS),
        (Typed(id="a", gift="report", amount="3"), Slot.PAYERS),
        (Typed(id="a", amount="3", spend_kind="at_least"), Slot.SPEND),
        (Typed(id="a", amount="3", portions="0"), Slot.PORTIONS),
        (Typed(id="a", amount="3", limits={"per_week": "1.5"}), Slot.PER_WEEK),
    ],
)
def test_what_means_nothing_is_told_at_its_slot(typed: Typed, slot: Slot) -> None:
    with pytest.raises(Mistyped) as wrong:
        rule_of(typed)

    assert wrong.value.slot is slot


def test_payers_are_typed_with_amounts_shares_or_nothing() -> None:
    typed = Typed(id="a", amount="7")

    split = [rule_of(replace(typed, payers=text)).payers for text in ("city 3.00、district", "city x2，district x1", "")]

    assert split == [
        (Part("city", 300), Part("district")),
        (Part("city", share=2), Part("district", share=1)),
        (Part("canteen"),),
    ]


def test_a_rule_may_be_only_an_id_and_a_gift() -> None:
    assert rule_of(Typed(id=" a ", gift="free")) == Rule("a", Then(Gift.FREE), (Part("canteen"),))

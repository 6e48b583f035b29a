"""Every document and every field of a member's form has a word of its own."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest

from pos.domain.identity import DocumentKind
from pos.domain.profile import ProfileField
from ui import member_words


@pytest.mark.parametrize(
    ("word", "facts"), [(member_words.document_kind, DocumentKind), (member_words.profile_field, ProfileField)]
)
def test_every_fact_of_a_member_has_a_word_of_its_own(
    word: Callable[[Any], str], facts: type[StrEnum], language: str
) -> None:
    said = [word(fact) for fact in facts]

    assert all(said)
    assert len(set(said)) == len(facts)

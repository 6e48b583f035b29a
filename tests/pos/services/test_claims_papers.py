"""Claims on paper: the columns a payer has, the file of a stamped claim, and a file held against the ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.store import SqlStores
from pos.domain.claim_paper import DEFAULT_COLUMNS, ClaimColumn, ClaimFileState, ClaimFileVerdict
from pos.domain.claims import Claim
from pos.domain.errors import NotPermitted
from pos.services.claim_papers import ClaimPapers
from receipts.claim_files import ClaimFiles
from tests.db.tampering import tamper
from tests.pos.services.claiming import CITY, NOVEMBER, Claiming, claiming_on, old_member


@pytest.fixture
def claiming(sqlite_stores: SqlStores, tmp_path: Path) -> Claiming:
    claiming = claiming_on(sqlite_stores, tmp_path)
    with claiming.day(date(2026, 11, 2)):
        claiming.counter.sell(old_member(claiming))
    claiming.at(date(2026, 12, 1))
    return claiming


@pytest.fixture
def claim(claiming: Claiming) -> Claim:
    return claiming.stamp(NOVEMBER)


@pytest.fixture
def papers(claiming: Claiming) -> ClaimPapers:
    return ClaimPapers(claiming.counter.stores, claiming.counter.clock, ClaimFiles())


def _saved(papers: ClaimPapers, claiming: Claiming, claim: Claim, path: Path) -> Path:
    papers.save(claiming.counter.manager, claim.id, path, lambda _done, _whole: None)
    return path


def test_a_payer_keeps_its_columns_and_never_loses_what_proves_a_line(
    papers: ClaimPapers, claiming: Claiming
) -> None:
    before = papers.columns(CITY)

    chosen = papers.choose_columns(claiming.counter.manager, CITY, [ClaimColumn.SIGN, ClaimColumn.AGE])

    kept = (ClaimColumn.DAY, ClaimColumn.NAME, ClaimColumn.AGE, ClaimColumn.AMOUNT, ClaimColumn.SIGN)
    assert (before, chosen, papers.columns(CITY), papers.columns("town")) == (DEFAULT_COLUMNS, kept, kept, DEFAULT_COLUMNS)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_a_saved_claim_is_the_ledgers(
    papers: ClaimPapers, claiming: Claiming, claim: Claim, tmp_path: Path, kind: str
) -> None:
    path = _saved(papers, claiming, claim, tmp_path / f"claim.{kind}")
    papers.choose_columns(claiming.counter.manager, CITY, [ClaimColumn.SIGN])

    verdict = papers.check(path)

    assert verdict == ClaimFileVerdict(ClaimFileState.SAME, claim)


def test_a_file_of_another_ledger_is_unknown(
    papers: ClaimPapers, claiming: Claiming, claim: Claim, tmp_path: Path
) -> None:
    path = _saved(papers, claiming, claim, tmp_path / "claim.csv")
    other = claim.hash[::-1]
    path.write_text(path.read_text("utf-8-sig").replace(claim.hash, other), "utf-8-sig")

    assert papers.check(path) == ClaimFileVerdict(ClaimFileState.UNKNOWN_CLAIM, None, other)


def test_a_changed_file_is_told_with_its_row(
    papers: ClaimPapers, claiming: Claiming, claim: Claim, tmp_path: Path
) -> None:
    path = _saved(papers, claiming, claim, tmp_path / "claim.csv")
    path.write_text(path.read_text("utf-8-sig").replace("7.20", "7.00", 1), "utf-8-sig")

    assert papers.check(path) == ClaimFileVerdict(ClaimFileState.CHANGED, claim, "4")


def test_a_claim_that_the_ledger_contradicts_is_told_before_the_file(
    papers: ClaimPapers, claiming: Claiming, claim: Claim, tmp_path: Path
) -> None:
    path = _saved(papers, claiming, claim, tmp_path / "claim.csv")
    tamper(claiming.counter.stores, "UPDATE claim_lines SET content = replace(content, '王', '李')")

    verdict = papers.check(path)

    assert (verdict.state, verdict.where) == (ClaimFileState.CLAIM_BROKEN, claim.number)


def test_only_who_may_claim_saves_and_chooses(
    papers: ClaimPapers, claiming: Claiming, claim: Claim, tmp_path: Path
) -> None:
    with pytest.raises(NotPermitted):
        papers.save(claiming.counter.cashier, claim.id, tmp_path / "x.csv", lambda _done, _whole: None)
    with pytest.raises(NotPermitted):
        papers.choose_columns(claiming.counter.cashier, CITY, [])

    assert list(tmp_path.glob("x.*")) == []

"""A claim as a row of its table, there and back."""

from __future__ import annotations

import json
from typing import Any

from db.transaction import AnyRow
from pos.domain.claims import Claim, Head, Month


def row_of(claim: Claim) -> dict[str, Any]:
    """The row of a stamped claim."""
    heads = [[head.till, head.epoch, head.seq, head.hash] for head in claim.heads]
    return {
        "id": claim.id,
        "seq": claim.seq,
        "payer": claim.payer,
        "month": str(claim.month),
        "payer_name": claim.payer_name,
        "names": json.dumps(claim.names, ensure_ascii=False),
        "canteen": claim.canteen,
        "lines": claim.lines,
        "total": claim.total,
        "heads": json.dumps(heads, ensure_ascii=False),
        "staff_id": claim.staff_id,
        "staff_name": claim.staff_name,
        "at_ms": claim.at_ms,
        "prev_hash": claim.prev_hash,
        "hash": claim.hash,
    }


def stored_claim(row: AnyRow) -> Claim:
    """The claim that a row holds."""
    return Claim(
        id=row.id,
        seq=row.seq,
        payer=row.payer,
        payer_name=row.payer_name,
        names=tuple((payer, name) for payer, name in json.loads(row.names)),
        canteen=row.canteen,
        month=Month.read(row.month),
        lines=row.lines,
        total=row.total,
        heads=tuple(Head(*head) for head in json.loads(row.heads)),
        staff_id=row.staff_id,
        staff_name=row.staff_name,
        at_ms=row.at_ms,
        prev_hash=row.prev_hash,
        hash=row.hash,
    )

"""What must hold after every case: I1 to I5 of failures.md, asked of the file and of `verify`."""

from __future__ import annotations

from collections.abc import Sequence

from tests.pos.services.counter import Counter, rows_of

# What failures.md demands after every case, asked of the file itself: each statement finds what breaks a rule.
BROKEN: Sequence[tuple[str, str]] = (
    ("I1 an entry sums to zero", "SELECT entry_id FROM postings GROUP BY entry_id HAVING sum(amount) != 0"),
    (
        "I1 a wallet is the sum of its postings",
        """SELECT member_id FROM wallets WHERE
           principal != -(SELECT coalesce(sum(amount), 0) FROM postings p WHERE p.member_id = wallets.member_id AND account = 'principal')
           OR bonus != -(SELECT coalesce(sum(amount), 0) FROM postings p WHERE p.member_id = wallets.member_id AND account = 'bonus')""",
    ),
    (
        "I1 a wallet is the sum of its lots",
        """SELECT member_id FROM wallets WHERE
           principal != (SELECT coalesce(sum(b.principal), 0) FROM lots JOIN lot_balances b ON b.lot_id = lots.id WHERE lots.member_id = wallets.member_id)
           OR bonus != (SELECT coalesce(sum(b.bonus), 0) FROM lots JOIN lot_balances b ON b.lot_id = lots.id WHERE lots.member_id = wallets.member_id)""",
    ),
    (
        "I2 a sale has one entry of its own",
        "SELECT id FROM sales WHERE (SELECT count(*) FROM entries e WHERE e.id = sales.id AND e.kind = 'sale') != 1",
    ),
    ("I2 an entry of a sale has its sale", "SELECT id FROM entries WHERE kind = 'sale' AND id NOT IN (SELECT id FROM sales)"),
    (
        "I2 nobody gets two subsidies at a meal",
        """SELECT member_id FROM sales WHERE subsidised = 1 AND member_id IS NOT NULL
           AND id NOT IN (SELECT reverses FROM entries WHERE reverses IS NOT NULL)
           GROUP BY member_id, business_date, meal HAVING count(*) > 1""",
    ),
    (
        "I3 the drawer holds float and cash in",
        """SELECT till FROM shifts WHERE closed_ms IS NULL AND
           float_fen
           + (SELECT coalesce(sum(due), 0) FROM sales s WHERE s.shift_id = shifts.id AND tender = 'cash'
              AND s.id NOT IN (SELECT reverses FROM entries WHERE reverses IS NOT NULL))
           + (SELECT coalesce(sum(principal), 0) FROM top_ups t WHERE t.shift_id = shifts.id AND tender = 'cash'
              AND t.id NOT IN (SELECT reverses FROM entries WHERE reverses IS NOT NULL))
           - (SELECT coalesce(sum(amount), 0) FROM refunds r JOIN refund_lots l ON l.refund_id = r.id
              WHERE r.shift_id = shifts.id AND tender = 'cash'
              AND r.id NOT IN (SELECT reverses FROM entries WHERE reverses IS NOT NULL))
           + (SELECT coalesce(sum(-amount), 0) FROM postings p JOIN entries e ON e.id = p.entry_id JOIN card_events c
              ON c.entry_id = e.id WHERE e.shift_id = shifts.id AND c.tender = 'cash' AND account = 'card_deposit')
           != (SELECT coalesce(sum(amount), 0) FROM postings WHERE account = 'drawer:' || shifts.till)""",
    ),
    (
        "I3 a closed drawer is empty",
        """SELECT till FROM tills WHERE till NOT IN (SELECT till FROM shifts WHERE closed_ms IS NULL)
           AND (SELECT coalesce(sum(amount), 0) FROM postings WHERE account = 'drawer:' || tills.till) != 0""",
    ),
    ("I4 no number is missing", "SELECT till FROM entries GROUP BY till, epoch HAVING max(seq) != count(*)"),
    (
        "I5 the lines of a sale sum to its list price",
        """SELECT id FROM sales WHERE list_price != (SELECT sum(amount) FROM sale_lines WHERE sale_id = sales.id AND part = 'share')
           OR list_price != (SELECT sum(unit_price * quantity) FROM sale_items WHERE sale_id = sales.id)
           OR list_price != -(SELECT sum(amount) FROM postings WHERE entry_id = sales.id AND account LIKE 'revenue:%')""",
    ),
    (
        "I5 a fee is booked as one, and a report not at all",
        """SELECT id FROM sales WHERE (SELECT coalesce(sum(amount), 0) FROM sale_lines WHERE sale_id = sales.id AND part = 'fee')
           != -(SELECT coalesce(sum(amount), 0) FROM postings WHERE entry_id = sales.id AND account = 'delivery_fees')""",
    ),
    (
        "I5 the diner's line is what the tender took",
        """SELECT id FROM sales WHERE due != (SELECT sum(amount) FROM sale_lines WHERE sale_id = sales.id AND payer = 'diner' AND part != 'report')
           OR due != (SELECT coalesce(sum(amount), 0) FROM postings WHERE entry_id = sales.id
                      AND (account IN ('principal', 'bonus') OR account LIKE 'drawer:%' OR account LIKE 'clearing:%'))""",
    ),
    (
        "I5 every sale at the counter has its one original paper",
        """SELECT id FROM sales WHERE (SELECT count(*) FROM print_jobs j WHERE j.subject = sales.id AND kind = 'sale' AND copy = 0) != 1
           AND id NOT IN (SELECT sale_id FROM reservations WHERE sale_id IS NOT NULL AND (way = 'delivery' OR state = 'missed'))
           AND id NOT IN (SELECT id FROM delivery_results)""",
    ),
    ("no long number is kept in clear", "SELECT reference FROM sales WHERE reference GLOB '*[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*'"),
)


def assert_invariants(counter: Counter) -> None:
    """I1 to I5 of failures.md hold, by the file's own rows and by `verify`."""
    broken = [(rule, row) for rule, statement in BROKEN for row in rows_of(counter.file, statement)]
    verdict = counter.verify.run()
    assert (broken, verdict.findings, verdict.sound) == ([], (), True)

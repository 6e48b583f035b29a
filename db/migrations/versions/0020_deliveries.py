"""Deliveries: results of stops, boxes, cases and their steps, closed days; how a delivery ended may be corrected."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_KEPT = ("box_moves", "cases", "day_closes")
_BLANKED = {
    "delivery_results": (
        "seq", "id", "reservation_id", "outcome", "at_ms", "staff_id", "staff_name", "volunteer", "instead_of",
    ),
    "case_steps": ("seq", "id", "case_id", "step", "ends", "at_ms", "staff_id", "staff_name"),
}  # fmt: skip
"""Tables in which a note may be blanked, and the columns that stay as they are."""

_SAME = ("id", "member_id", "day", "meal", "way", "bill", "booked_ms", "staff_id")
_STAYS = " AND ".join(f"NEW.{name} = OLD.{name}" for name in _SAME)
_ENDS = f"OLD.state = 'booked' AND NEW.state <> 'booked' AND {_STAYS}"
_CORRECTED = (
    "OLD.way = 'delivery' AND OLD.state IN ('served', 'missed') AND NEW.state IN ('served', 'missed') AND " + _STAYS
)
_CLOSED = "SELECT 1 FROM day_closes WHERE day = NEW.day"
_ITS_CLOSE = (
    "SELECT 1 FROM day_closes JOIN reservations ON reservations.day = day_closes.day "
    "WHERE reservations.id = NEW.reservation_id"
)


def upgrade() -> None:
    """Make the tables, their indexes, and the triggers that keep what was noted and what was closed."""
    _results()
    _boxes()
    _cases()
    op.create_table(
        "day_closes",
        *_texts("day"),
        _integer("at_ms"),
        *_texts("till", "staff_id", "staff_name", "figures"),
        sa.PrimaryKeyConstraint("day", name="pk_day_closes"),
        sa.ForeignKeyConstraint(["till"], ["tills.till"], name="fk_day_closes_till"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_day_closes_staff_id"),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        _keep_on_sqlite()
    else:
        _keep_on_postgresql()


def _results() -> None:
    op.create_table(
        "delivery_results",
        _integer("seq", autoincrement=True),
        *_texts("id", "reservation_id", "outcome"),
        _integer("at_ms"),
        *_texts("staff_id", "staff_name", "volunteer", "note"),
        sa.Column("instead_of", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_delivery_results"),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_delivery_results_reservation_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_delivery_results_staff_id"),
        sa.ForeignKeyConstraint(["instead_of"], ["delivery_results.id"], name="fk_delivery_results_instead_of"),
        sa.UniqueConstraint("id", name="uq_delivery_results_id"),
        sa.UniqueConstraint("instead_of", name="uq_delivery_results_instead_of"),
        sqlite_strict=True,
    )
    op.create_index("ix_delivery_results_reservation", "delivery_results", ["reservation_id"])
    _one("uq_delivery_results_first", "delivery_results", "reservation_id", "instead_of IS NULL")


def _boxes() -> None:
    op.create_table(
        "box_moves",
        *_texts("id", "member_id", "day"),
        _integer("boxes"),
        _integer("at_ms"),
        *_texts("staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_box_moves"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_box_moves_member_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_box_moves_staff_id"),
        sa.CheckConstraint("boxes <> 0", name="ck_box_moves_moves"),
        sqlite_strict=True,
    )
    op.create_index("ix_box_moves_member", "box_moves", ["member_id", "boxes"])
    op.create_index("ix_box_moves_day", "box_moves", ["day", "boxes"])


def _cases() -> None:
    op.create_table(
        "cases",
        _integer("seq", autoincrement=True),
        *_texts("id", "member_id", "reservation_id", "day", "kind"),
        _integer("opened_ms"),
        *_texts("staff_id", "opened_by"),
        sa.PrimaryKeyConstraint("seq", name="pk_cases"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_cases_member_id"),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_cases_reservation_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_cases_staff_id"),
        sa.UniqueConstraint("id", name="uq_cases_id"),
        sqlite_strict=True,
    )
    op.create_index("uq_cases_reservation", "cases", ["reservation_id", "kind"], unique=True)
    op.create_index("ix_cases_member", "cases", ["member_id"])
    op.create_index("ix_cases_day", "cases", ["day"])
    op.create_table(
        "case_steps",
        _integer("seq", autoincrement=True),
        *_texts("id", "case_id", "step"),
        _integer("ends"),
        _integer("at_ms"),
        *_texts("staff_id", "staff_name", "note"),
        sa.PrimaryKeyConstraint("seq", name="pk_case_steps"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_steps_case_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_case_steps_staff_id"),
        sa.UniqueConstraint("id", name="uq_case_steps_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_case_steps_case", "case_steps", ["case_id", "seq"])
    _one("uq_case_steps_outcome", "case_steps", "case_id", "ends = 1")


def _keep_on_sqlite() -> None:
    for table in _KEPT:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for table, columns in _BLANKED.items():
        other = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
        op.execute(
            f"CREATE TRIGGER {table}_blank_only BEFORE UPDATE ON {table} WHEN NEW.note <> '' OR {other} "
            f"BEGIN SELECT RAISE(ABORT, 'a note of {table} is only blanked'); END"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are never deleted'); END"
        )
    op.execute("DROP TRIGGER reservations_end_once")
    op.execute(
        f"CREATE TRIGGER reservations_end_once BEFORE UPDATE ON reservations WHEN NOT ({_ENDS}) AND NOT ({_CORRECTED}) "
        "BEGIN SELECT RAISE(ABORT, 'a reservation changes once, when it ends'); END"
    )
    for change in ("INSERT", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER reservations_open_day_{change.lower()} BEFORE {change} ON reservations "
            f"WHEN EXISTS ({_CLOSED}) "
            "BEGIN SELECT RAISE(ABORT, 'the day is closed'); END"
        )
    op.execute(
        "CREATE TRIGGER delivery_results_open_day BEFORE INSERT ON delivery_results "
        f"WHEN EXISTS ({_ITS_CLOSE}) BEGIN SELECT RAISE(ABORT, 'the day is closed'); END"
    )


def _keep_on_postgresql() -> None:
    refuse = "EXECUTE FUNCTION canteen_refuse()"
    for table in (*_KEPT, *_BLANKED):
        what = "UPDATE OR DELETE" if table in _KEPT else "DELETE"
        for name, change, each in (("change", what, "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
            op.execute(f"CREATE TRIGGER {table}_no_{name} BEFORE {change} ON {table} FOR EACH {each} {refuse}")
    for table, columns in _BLANKED.items():
        other = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
        op.execute(
            f"CREATE TRIGGER {table}_blank_only BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN (NEW.note <> '' OR {other}) {refuse}"
        )
    op.execute("DROP TRIGGER reservations_end_once ON reservations")
    op.execute(
        "CREATE TRIGGER reservations_end_once BEFORE UPDATE ON reservations "
        f"FOR EACH ROW WHEN (NOT ({_ENDS}) AND NOT ({_CORRECTED})) {refuse}"
    )
    for table, closes, changes in (
        ("reservations", _CLOSED, "INSERT OR UPDATE"),
        ("delivery_results", _ITS_CLOSE, "INSERT"),
    ):
        op.execute(
            f"CREATE FUNCTION canteen_open_day_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF EXISTS ({closes}) THEN RAISE EXCEPTION 'the day is closed' USING ERRCODE = 'restrict_violation'; END IF; "
            "RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_open_day BEFORE {changes} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION canteen_open_day_{table}()"
        )


def _one(name: str, table: str, column: str, where: str) -> None:
    """An index that lets a column have each value once, among the rows that are meant."""
    condition = sa.text(where)
    op.create_index(name, table, [column], unique=True, sqlite_where=condition, postgresql_where=condition)


_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_INTEGER = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, _TEXT, nullable=False) for name in names]


def _integer(name: str, *, autoincrement: bool = False) -> sa.Column[int]:
    return sa.Column(name, _INTEGER, nullable=False, autoincrement=autoincrement)

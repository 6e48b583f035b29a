"""How many boxes somebody has, counted with each move that is noted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

_COUNT = (
    "INSERT INTO boxes_there (member_id, boxes) VALUES (NEW.member_id, NEW.boxes) "
    "ON CONFLICT (member_id) DO UPDATE SET boxes = boxes_there.boxes + NEW.boxes;"
)


def upgrade() -> None:
    """Make the table, sum what was moved so far, and have each move counted from now on."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    integer = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
    op.create_table(
        "boxes_there",
        sa.Column("member_id", text, nullable=False),
        sa.Column("boxes", integer, nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_boxes_there"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_boxes_there_member_id"),
        sqlite_strict=True,
    )
    op.execute("INSERT INTO boxes_there SELECT member_id, sum(boxes) FROM box_moves GROUP BY member_id")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER box_moves_count AFTER INSERT ON box_moves BEGIN {_COUNT} END")
    else:
        op.execute(
            "CREATE FUNCTION canteen_count_boxes() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {_COUNT} RETURN NULL; END $$"
        )
        op.execute(
            "CREATE TRIGGER box_moves_count AFTER INSERT ON box_moves "
            "FOR EACH ROW EXECUTE FUNCTION canteen_count_boxes()"
        )

"""A case that was ended by mistake can be opened again: it has one outcome each time, not one for ever."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Count the outcomes of a case: `ends` of the n-th is n, of the n-th time it was opened again -n."""
    op.drop_index("uq_case_steps_outcome", "case_steps")
    turns = sa.text("ends <> 0")
    op.create_index(
        "uq_case_steps_outcome", "case_steps", ["case_id", "ends"], unique=True, sqlite_where=turns, postgresql_where=turns
    )

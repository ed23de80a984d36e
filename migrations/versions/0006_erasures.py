"""The ledger of erasures, in both stores."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade(store: str) -> None:  # noqa: ARG001  both stores have the same
    op.create_table(
        "erasures",
        sa.Column("subject", sa.LargeBinary(32), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_erasures"),
    )


def downgrade(store: str) -> None:
    raise NotImplementedError("Journals only go forward: restore a backup made before the upgrade instead.")

"""Leaving: tokens that take a journal out, and what was brought in from elsewhere, so that it can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
ID = sa.LargeBinary(16)


def upgrade(store: str) -> None:
    if store == "journal":
        make_export_tokens()
        make_imports()


def downgrade(store: str) -> None:
    raise NotImplementedError("Journals only go forward: restore a backup made before the upgrade instead.")


def of_an_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"], ["accounts.id"], name=f"fk_{table}_account_id", ondelete="CASCADE"
    )


def make_export_tokens() -> None:
    op.create_table(
        "export_tokens",
        sa.Column("id", sa.LargeBinary(32), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("wrap", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        of_an_account("export_tokens"),
        sa.PrimaryKeyConstraint("id", name="pk_export_tokens"),
    )
    op.create_index("ix_export_tokens_account_id", "export_tokens", ["account_id"])
    op.create_index("ix_export_tokens_expires_at", "export_tokens", ["expires_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE export_tokens SET UNLOGGED")


def make_imports() -> None:
    op.create_table(
        "imports",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("about_key", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", INSTANT, nullable=False),
        of_an_account("imports"),
        sa.PrimaryKeyConstraint("account_id", "id", name="pk_imports"),
    )

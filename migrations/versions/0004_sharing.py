"""Sharing: who is kept, what is lent, what the two tell each other, and the log of it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
ID = sa.LargeBinary(16)


def upgrade(store: str) -> None:
    if store == "journal":
        make_pins()
        make_shares()
        make_lent()
        make_share_notes()
        make_reviews()
        make_access_log()
        make_returns()


def downgrade(store: str) -> None:
    raise NotImplementedError("Journals only go forward: restore a backup made before the upgrade instead.")


def sealed() -> tuple[sa.Column, ...]:
    return (
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("about_key", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
    )


def of(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete=ondelete)


def make_pins() -> None:
    op.create_table(
        "pins",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        *sealed(),
        sa.Column("created_at", INSTANT, nullable=False),
        of("pins", "account_id", "accounts.id"),
        sa.PrimaryKeyConstraint("account_id", "id", name="pk_pins"),
    )


def make_shares() -> None:
    op.create_table(
        "shares",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("reviewer_id", ID, nullable=True),
        *sealed(),
        sa.Column("letter", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by", sa.String(16), nullable=True),
        of("shares", "account_id", "accounts.id"),
        of("shares", "reviewer_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_shares"),
    )
    op.create_index("ix_shares_account_id", "shares", ["account_id"])
    op.create_index("ix_shares_reviewer_id", "shares", ["reviewer_id"])


def make_lent() -> None:
    op.create_table(
        "lent",
        sa.Column("share_id", ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("section", sa.String(8), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("lent_at", INSTANT, nullable=False),
        of("lent", "share_id", "shares.id"),
        sa.PrimaryKeyConstraint("share_id", "kind", "row_id", "section", name="pk_lent"),
    )


def make_share_notes() -> None:
    op.create_table(
        "share_notes",
        sa.Column("share_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", INSTANT, nullable=False),
        of("share_notes", "share_id", "shares.id"),
        sa.PrimaryKeyConstraint("share_id", "id", name="pk_share_notes"),
    )


def make_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("share_id", ID, nullable=False),
        *sealed(),
        of("reviews", "account_id", "accounts.id"),
        of("reviews", "share_id", "shares.id"),
        sa.PrimaryKeyConstraint("account_id", "share_id", name="pk_reviews"),
    )


def make_access_log() -> None:
    op.create_table(
        "access_log_heads",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        of("access_log_heads", "account_id", "accounts.id"),
        sa.PrimaryKeyConstraint("account_id", name="pk_access_log_heads"),
    )
    op.create_table(
        "access_log",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("share_id", ID, nullable=True),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", INSTANT, nullable=False),
        of("access_log", "account_id", "accounts.id"),
        sa.PrimaryKeyConstraint("account_id", "number", name="pk_access_log"),
    )


def make_returns() -> None:
    op.create_table(
        "returns",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("sender_id", ID, nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", INSTANT, nullable=False),
        of("returns", "account_id", "accounts.id"),
        of("returns", "sender_id", "accounts.id"),
        sa.PrimaryKeyConstraint("account_id", "id", name="pk_returns"),
    )
    op.create_table(
        "returned_rows",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("return_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "return_id"],
            ["returns.account_id", "returns.id"],
            name="fk_returned_rows_return",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "return_id", "id", name="pk_returned_rows"),
    )

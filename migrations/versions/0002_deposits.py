"""Phones that hand in sealed check-ins, and what they handed in."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade(store: str) -> None:
    if store == "journal":
        make_devices()
        make_deposits()


def downgrade(store: str) -> None:
    raise NotImplementedError("Journals only go forward: restore a backup made before the upgrade instead.")


def make_devices() -> None:
    owner = sa.ForeignKey("accounts.id", name="fk_devices_account_id", ondelete="CASCADE")
    op.create_table(
        "devices",
        sa.Column("account_id", sa.LargeBinary(16), owner, nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("about_key", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_deposit_at", INSTANT, nullable=True),
        sa.Column("dropped_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("account_id", "id", name="pk_devices"),
        sa.UniqueConstraint("token_hash", name="uq_devices_token_hash"),
    )


def make_deposits() -> None:
    op.create_table(
        "deposits",
        sa.Column("account_id", sa.LargeBinary(16), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("device_id", sa.LargeBinary(16), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=True),
        sa.Column("blob", sa.LargeBinary(), nullable=True),
        sa.Column("stored_at", INSTANT, nullable=False),
        sa.Column("check_in_id", sa.LargeBinary(16), nullable=True),
        sa.Column("check_in_revision", sa.Integer(), nullable=True),
        sa.Column("session_revision", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "device_id"],
            ["devices.account_id", "devices.id"],
            name="fk_deposits_device",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name="pk_deposits"),
    )
    op.create_index("ix_deposits_account_id_device_id_stored_at", "deposits", ["account_id", "device_id", "stored_at"])

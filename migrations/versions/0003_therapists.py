"""Therapists: half a sign-in until the second factor, accounts that were disabled, and the keys of shares."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade(store: str) -> None:
    {"journal": upgrade_journal, "keyring": upgrade_keyring}[store]()


def downgrade(store: str) -> None:
    raise NotImplementedError("Journals only go forward: restore a backup made before the upgrade instead.")


def upgrade_journal() -> None:
    op.add_column("accounts", sa.Column("disabled_at", INSTANT, nullable=True))
    op.add_column("sign_ins", sa.Column("second_factor_due", sa.Boolean(), nullable=False, server_default=sa.false()))
    # Begun by the password alone; from now on that is half a sign-in.
    op.execute("DELETE FROM sign_ins WHERE account_id IN (SELECT id FROM accounts WHERE role = 'therapist')")


def upgrade_keyring() -> None:
    op.create_table(
        "share_keys",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("account_id", sa.LargeBinary(16), nullable=False),
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_share_keys"),
    )
    op.create_index("ix_share_keys_account_id", "share_keys", ["account_id"])

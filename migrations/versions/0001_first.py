"""The first schema: accounts, what patients wrote, and the keyring apart."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade(store: str) -> None:
    {"journal": upgrade_journal, "keyring": upgrade_keyring}[store]()


def downgrade(store: str) -> None:
    raise NotImplementedError("Journals only go forward: restore a backup made before the upgrade instead.")


def upgrade_journal() -> None:
    make_accounts()
    make_ways_in()
    make_sign_ins()
    make_known_devices()
    make_throttle_and_invitations()
    for table in ("courses", "dosing_sessions", "additions"):
        make_sealed_rows(table)
    make_check_ins()


def upgrade_keyring() -> None:
    op.create_table(
        "host_keys",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_host_keys"),
    )
    op.create_table(
        "lock_keys",
        sa.Column("account_id", sa.LargeBinary(16), nullable=False),
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_lock_keys"),
    )


def make_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("login_index", sa.LargeBinary(32), nullable=False),
        sa.Column("public_identity", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("profile_revision", sa.Integer(), nullable=False),
        sa.Column("profile_key", sa.LargeBinary(), nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("login_index", name="uq_accounts_login_index"),
    )


def make_ways_in() -> None:
    op.create_table(
        "ways_in",
        of_account("ways_in"),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("wrap", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "kind", name="pk_ways_in"),
    )


def make_sign_ins() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.LargeBinary(32), nullable=False),
        of_account("sign_ins"),
        sa.Column("wrap", sa.LargeBinary(), nullable=False),
        sa.Column("about_key", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("stepped_up_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
    )
    op.create_index("ix_sign_ins_account_id", "sign_ins", ["account_id"])
    op.create_index("ix_sign_ins_expires_at", "sign_ins", ["expires_at"])
    if op.get_bind().dialect.name == "postgresql":
        # Not in the write-ahead log, so that an ended sign-in leaves no copy of its wrap there.
        op.execute("ALTER TABLE sign_ins SET UNLOGGED")


def make_known_devices() -> None:
    op.create_table(
        "known_devices",
        sa.Column("id", sa.LargeBinary(32), nullable=False),
        of_account("known_devices"),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_known_devices"),
    )
    op.create_index("ix_known_devices_account_id", "known_devices", ["account_id"])


def make_throttle_and_invitations() -> None:
    op.create_table(
        "tries",
        sa.Column("subject", sa.LargeBinary(32), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_allowed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_tries"),
    )
    op.create_table(
        "invitations",
        sa.Column("code_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name="pk_invitations"),
    )


def make_sealed_rows(table: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        of_account(table),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stored_at", INSTANT, nullable=False),
        sa.Column("ratings_key", sa.LargeBinary(), nullable=False),
        sa.Column("ratings", sa.LargeBinary(), nullable=False),
        sa.Column("story_key", sa.LargeBinary(), nullable=True),
        sa.Column("story", sa.LargeBinary(), nullable=True),
        *more,
        sa.PrimaryKeyConstraint("account_id", "id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_account_id_stored_at_id", table, ["account_id", "stored_at", "id"])


def make_check_ins() -> None:
    make_sealed_rows(
        "check_ins",
        sa.Column("session_id", sa.LargeBinary(16), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "session_id"],
            ["dosing_sessions.account_id", "dosing_sessions.id"],
            name="fk_check_ins_session",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_check_ins_account_id_session_id", "check_ins", ["account_id", "session_id"])


def of_account(table: str) -> sa.Column[bytes]:
    owner = sa.ForeignKey("accounts.id", name=f"fk_{table}_account_id", ondelete="CASCADE")
    return sa.Column("account_id", sa.LargeBinary(16), owner, nullable=False)

"""Brings both stores, the journal and the keyring, to the same revision. Never imports live models."""

from alembic import context
from flask import current_app

from journal.database import migrating

database = current_app.extensions["migrate"].db


def migrate(name: str | None) -> None:
    """Run the revisions' part for one store; each revision has an `upgrade_journal` and an `upgrade_keyring`."""
    label = name or "journal"
    with migrating(name) as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadatas[name],
            upgrade_token=f"{label}_upgrades",
            downgrade_token=f"{label}_downgrades",
            # One table a store, so that both may also live in one database.
            version_table=f"alembic_version_{label}",
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations(store=label)
        connection.commit()


if context.is_offline_mode():
    raise SystemExit("Migrations need the stores themselves; they are not written as SQL scripts.")
for bind in (None, "keyring"):
    migrate(bind)

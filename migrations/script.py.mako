"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade(store: str) -> None:
    {"journal": upgrade_journal, "keyring": upgrade_keyring}[store]()


def downgrade(store: str) -> None:
    raise NotImplementedError("Journals only go forward: restore a backup made before the upgrade instead.")


def upgrade_journal() -> None:
    ${context.get("journal_upgrades", "pass")}


def upgrade_keyring() -> None:
    ${context.get("keyring_upgrades", "pass")}

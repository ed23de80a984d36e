"""A migrated store is just what the models say, on both databases; so nothing is known of a row but what they name."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from journal.database import db
from tests.stores import Stores, new_app


@pytest.fixture(scope="module")
def migrated(new_stores):
    return new_app(new_stores("migrated"))


@pytest.mark.parametrize("bind", [None, "keyring"])
def test_migrated_schema_equals_the_models(migrated, bind):
    with migrated.app_context(), db.engines[bind].connect() as connection:
        options = {"compare_type": True, "version_table": f"alembic_version_{bind or 'journal'}"}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, db.metadatas[bind]) == []


@pytest.mark.parametrize("bind", [None, "keyring"])
def test_every_table_of_the_models_is_there(migrated, bind):
    with migrated.app_context():
        found = set(inspect(db.engines[bind]).get_table_names()) - {f"alembic_version_{bind or 'journal'}"}
        assert found == set(db.metadatas[bind].tables)


def test_a_missing_column_is_noticed(migrated):
    """The comparison can fail."""
    with migrated.app_context(), db.engines[None].begin() as connection:
        connection.execute(text("ALTER TABLE courses ADD COLUMN planted VARCHAR(8)"))
        context = MigrationContext.configure(connection, opts={"version_table": "alembic_version_journal"})
        found = compare_metadata(context, db.metadatas[None])
        connection.execute(text("ALTER TABLE courses DROP COLUMN planted"))
    assert any("planted" in str(difference) for difference in found)


def test_migrating_again_changes_nothing(migrated):
    from flask_migrate import upgrade

    with migrated.app_context():
        upgrade()
        upgrade()


def kept(app) -> dict[str, str]:
    """How PostgreSQL keeps each table: p is permanent, u is unlogged."""
    with app.app_context(), db.engines[None].connect() as connection:
        rows = connection.execute(text("SELECT relname, relpersistence FROM pg_class WHERE relkind = 'r'")).all()
    return {name: how for name, how in rows if name in db.metadatas[None].tables}


@pytest.mark.slow
def test_on_postgresql_sign_ins_and_export_tokens_stay_out_of_the_write_ahead_log(postgres, tmp_path):
    """By the migrations, and by the models where they make the tables; and no table that is logged needs them."""
    app, anew = (new_app(Stores.postgres(tmp_path, postgres, name)) for name in ("unlogged", "anew"))
    with anew.app_context():
        db.metadatas[None].drop_all(db.engines[None])
        db.metadatas[None].create_all(db.engines[None])

    found = kept(app)
    assert {name for name, how in found.items() if how == "u"} == {"sign_ins", "export_tokens"}
    assert kept(anew) == found
    with app.app_context(), db.engines[None].connect() as connection:
        refers = text("SELECT count(*) FROM pg_constraint WHERE confrelid IN (:one ::regclass, :other ::regclass)")
        assert connection.execute(refers, {"one": "sign_ins", "other": "export_tokens"}).scalar_one() == 0

"""What is inside a backup: the same bytes for every engine, and a refusal for anything that is not just so."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask_migrate import upgrade
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import LargeBinary, text
from sqlalchemy.exc import OperationalError

from journal.crypto import SEALED_KINDS, Refused, check_header
from journal.database import db
from journal.operating.backup import records, stores
from journal.operating.backup.records import Malformed, Manifest, Rows, contents
from journal.operating.columns import KINDS, LOCK
from tests.cast import join
from tests.operating.clinic import make_clinic
from tests.secrecy.test_columns import COLUMNS, LENT, LETTER, LOCKED, PUBLIC, SEALED
from tests.stores import app_of, new_app, settings

MADE_AT = "2026-11-26T05:00:00+00:00"
MANIFEST = Manifest("database", "0006", "0.1.0", MADE_AT, {"first": ["id", "name"], "second": ["at"]})
VALUES = st.none() | st.booleans() | st.binary(max_size=99) | st.text(max_size=99) | st.integers(-(2**63), 2**63 - 1)
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def whole(*some: bytes, end: dict[str, int] | None = None) -> bytes:
    return b"".join((records.manifest_record(MANIFEST), *some, records.end_record(end or {"first": 1, "second": 0})))


ONE = records.rows_record(0, [records.packed([b"\1", "Maya"])])


class TestRecords:
    @given(st.lists(st.lists(VALUES | INSTANTS, min_size=2, max_size=2), max_size=9), st.integers(1, 99))
    def test_every_value_comes_back_as_it_was_in_whatever_pieces(self, rows, size):
        packed = records.rows_record(0, [records.packed(row) for row in rows])
        blob = whole(packed, end={"first": len(rows), "second": 0})

        manifest, some = contents(blob[at : at + size] for at in range(0, len(blob), size))

        assert manifest == MANIFEST
        assert isinstance(some, Rows)
        assert some.rows == rows
        assert [list(map(type, row)) for row in some.rows] == [list(map(type, row)) for row in rows]

    def test_an_instant_of_another_zone_is_the_same_instant(self):
        east = datetime(2026, 11, 26, 12, 30, tzinfo=timezone(timedelta(hours=9)))
        naive = east.astimezone(UTC).replace(tzinfo=None)

        assert records.packed([east]) == records.packed([east.astimezone(UTC)]) == records.packed([naive])

    @pytest.mark.parametrize(
        "blob",
        [
            b"",
            ONE + whole(ONE),
            whole(ONE)[:-1],
            whole(ONE) + b"\0",
            whole(ONE, end={"first": 2, "second": 0}),
            whole(ONE, end={"first": 1}),
            records.manifest_record(MANIFEST) + ONE,
            whole(ONE, records.end_record({"first": 1, "second": 0})),
            whole(records.manifest_record(MANIFEST), ONE),
            whole(records.rows_record(2, [])),
            whole(records.rows_record(1, [records.packed([1])]), ONE, end={"first": 1, "second": 1}),
            whole(records._record(9, b"")),
            whole(records._record(records.ROWS, b"\0")),
            whole(records.rows_record(0, [records.packed([b"\1"])])),
            whole(records.rows_record(0, [b"\7\0"])),
            whole(records.rows_record(0, [b"\2\0\0\0\5abc\0"])),
            whole(records.rows_record(0, [b"\3\0\0\0\1\xff\0"])),
            whole(records.rows_record(0, [b"\4" + b"\x7f" + bytes(7) + b"\0"])),
            b"\1\xff\xff\xff\xff" + bytes(99),
            records._record(records.MANIFEST, b"[]"),
            records._record(records.MANIFEST, b'{"store": "database"}'),
            records._record(records.MANIFEST, b'{"store": "a", "store": "b"}'),
            records._json_record(records.MANIFEST, {**vars(MANIFEST), "made_at": "yesterday"}),
            records._json_record(records.MANIFEST, {**vars(MANIFEST), "tables": {"first": ["id", "id"]}}),
        ],
    )
    def test_what_is_not_just_so_is_malformed(self, blob):
        with pytest.raises(Malformed):
            list(contents([blob]))

    def test_a_manifest_says_what_format_md_says(self):
        blob = records.manifest_record(MANIFEST)
        assert (blob[0], int.from_bytes(blob[1:5])) == (1, len(blob) - 5)
        assert set(json.loads(blob[5:])) == {"store", "schema", "version", "made_at", "tables"}


class TestWhatIsLookedAt:
    def test_every_column_that_is_sealed_is_known_by_its_kind(self):
        """A new one cannot be forgotten: SECURITY.md's classes say which they are."""
        sealed = {
            (table, column)
            for table, columns in COLUMNS.items()
            for column, what in columns.items()
            if what in (SEALED, LOCKED, LENT, LETTER, PUBLIC)
        }

        assert {(table, column) for table, kinds in KINDS.items() for column in kinds} == sealed
        kinds = {kind for columns in KINDS.values() for each in columns.values() for kind in each}
        assert kinds <= SEALED_KINDS
        assert LOCK in kinds

    def test_they_are_columns_of_the_models(self):
        tables = db.metadatas[None].tables
        for table, kinds in KINDS.items():
            assert all(isinstance(tables[table].c[name].type, LargeBinary) for name in kinds)

    def test_what_is_left_out_is_there_and_nothing_hangs_on_it(self):
        tables = db.metadatas[None].tables
        assert set(stores.LEFT_OUT) <= set(tables)
        referred = {key.column.table.name for table in tables.values() for key in table.foreign_keys}
        assert not referred & set(stores.LEFT_OUT)

    @pytest.mark.parametrize("kind", sorted(SEALED_KINDS))
    def test_noise_is_no_sealed_value(self, kind):
        for noise in (b"", b"\1", bytes(600), b"\1\x40" + bytes(68)):
            with pytest.raises(Refused):
                check_header(kind, noise)


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_backup_of_an_older_schema_is_put_back_and_brought_forward(folder, request, engine):
    """Made by the version before the ledger; its therapists' columns are there, its imports are not."""
    server = request.getfixturevalue("postgres") if engine == "postgres" else None
    older, after = make_clinic(folder), make_clinic(folder, server)
    maya = join(older.app, "maya")
    row = maya.checks_in(None, "anytime", "2026-11-20T10:30:00-05:00")
    for bind, label in ((None, "journal"), ("keyring", "keyring")):
        with older.app.app_context(), db.engines[bind].begin() as c:
            for table in ("erasures", "imports", "export_tokens"):
                c.execute(text(f"DROP TABLE IF EXISTS {table}"))
            c.execute(text(f"UPDATE alembic_version_{label} SET version_num = '0004'"))

    database, keyring = older.backs_up()
    assert "schema 0004" in after.run("verify-backup", database, "--key", after.key)[1]
    after.restores(database, keyring)

    assert maya.elsewhere(after.app).get(f"/check-ins/{row}").status_code == 200
    with after.app.app_context():
        for bind in (None, "keyring"):
            with db.engines[bind].connect() as c:
                assert stores.schema(c, bind) == newest(after)
    new_app(after.stores)
    assert maya.elsewhere(after.app).delete(f"/check-ins/{row}").status_code == 204


def test_no_table_changes_its_shape_while_it_is_read(new_clinic):
    """PostgreSQL writes some tables anew then, and to whoever began to look before that the new ones are empty."""
    clinic = new_clinic("postgres")
    maya = join(clinic.app, "maya")
    maya.checks_in(None, "anytime", "2026-11-20T10:30:00-05:00")
    with clinic.app.app_context(), stores.moment(None) as c:
        with db.engines[None].connect() as owner, owner.begin(), pytest.raises(OperationalError) as waits:
            owner.exec_driver_sql("SET LOCAL lock_timeout = '300ms'")
            owner.exec_driver_sql("ALTER TABLE check_ins ADD COLUMN noted timestamptz DEFAULT clock_timestamp()")
        assert waits.value.orig.sqlstate == "55P03"
        # Whoever writes is let through.
        maya.checks_in(None, "anytime", "2026-11-20T11:30:00-05:00")
        check_ins = db.metadatas[None].tables["check_ins"]
        assert stores.count(c, check_ins) == 1


def newest(clinic) -> str:
    """The revision of a store that was migrated as ever."""
    fresh = make_clinic(clinic.folder)
    with fresh.app.app_context(), db.engines[None].connect() as c:
        found = stores.schema(c, None)
    assert found
    return found


def test_migrating_by_the_restore_is_migrating(folder):
    """Both ways to the newest schema give the same tables."""
    clinic = make_clinic(folder)
    bare = app_of(settings(make_clinic(folder).stores, database_url=f"sqlite:///{folder}/bare.sqlite3"))
    with bare.app_context(), db.engines[None].begin() as c:
        stores.bring_to(c, None, "head")
        made = c.execute(text("SELECT name, sql FROM sqlite_master ORDER BY name")).all()
    with clinic.app.app_context(), db.engines[None].connect() as c:
        upgrade()
        migrated = c.execute(text("SELECT name, sql FROM sqlite_master ORDER BY name")).all()
    assert made == migrated

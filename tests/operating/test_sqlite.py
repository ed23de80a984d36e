"""SQLite files and the host itself: each fault is planted, and found."""

import dataclasses
import json
import os
from pathlib import Path

import pytest
from sqlalchemy import event, insert
from sqlalchemy.exc import IntegrityError

from journal import database
from journal.accounts.models import LOCK_KEYS
from journal.database import KEYRING, db
from journal.operating import host, mounts, sqlite
from journal.operating.backup import keys
from tests.cast import join
from tests.operating.looks import app_as_it_is, everything, quick, wrong
from tests.stores import Stores, new_app, settings

HERE = "25 1 254:0 / / rw - ext4 /dev/vda rw\n"


@pytest.fixture
def stores(folder) -> Stores:
    folder.chmod(0o700)
    return Stores.sqlite(folder)


@pytest.fixture
def app(stores):
    keys.make(stores.data / "operator.key", None)
    more = {"registration": "invitation", "backups_kept_days": 30, "backup_key": stores.data / "operator.key.pub"}
    return new_app(stores, production=True, **more)


def test_what_a_store_refused_is_printed_without_its_values(app):
    """A command that fails ends in a traceback, and what it was about to write can be a key."""
    key = os.urandom(32)
    row = insert(LOCK_KEYS).values(account_id=bytes(16), key=key)
    with app.app_context(), pytest.raises(IntegrityError) as refused:
        for _ in range(2):
            with database.writing(KEYRING) as c:
                c.execute(row)

    assert "UNIQUE constraint failed" in str(refused.value)
    assert repr(key)[2:-1] not in str(refused.value)


def test_one_file_for_both_is_found_whatever_it_is_called(stores):
    """Two equal addresses are refused by the settings; a link or a dot makes them differ."""
    new_app(stores)
    link = stores.data / "keyring" / "link.sqlite3"
    link.symlink_to(stores.data / "journal.sqlite3")
    for name in (f"{stores.data}/keyring/../journal.sqlite3", link):
        here = dataclasses.replace(settings(stores), keyring_url=f"sqlite:///{name}")
        assert sqlite.apart(here, host.sqlite_files(here)).level == "refuse"
    assert sqlite.apart(settings(stores), host.sqlite_files(settings(stores))).level != "refuse"


def test_sound_files_are_found_sound(app, stores):
    join(new_app(stores), "maya")
    found = everything(app)

    assert wrong(found) == {}
    assert {"database.whole", "keyring.secure-delete", "keyring.modes", "pepper", "rows", "locks"} <= set(found)


@pytest.mark.parametrize(
    ("pragma", "finding", "level"),
    [
        ("synchronous=NORMAL", "synchronous", "refuse"),
        ("secure_delete=OFF", "secure-delete", "refuse"),
        ("journal_mode=DELETE", "journal-mode", "warn"),
    ],
)
def test_manners_that_are_not_kept_are_found(app, stores, pragma, finding, level):
    with app.app_context():
        engine = db.engines[None]

    @event.listens_for(engine, "connect")
    def otherwise(connection, _record):
        connection.execute(f"PRAGMA {pragma}")

    engine.dispose()
    found = wrong(quick(app))

    assert found == {f"database.{finding}": level}


@pytest.mark.parametrize(
    ("which", "mode", "of_folder", "level"),
    [
        ("keyring", 0o640, 0o700, "warn"),
        ("keyring", 0o640, 0o750, "refuse"),
        ("keyring", 0o600, 0o750, "warn"),
        ("keyring", 0o600, 0o770, "refuse"),
        ("database", 0o644, 0o755, "warn"),
        ("database", 0o646, 0o755, "refuse"),
        ("database", 0o600, 0o700, "ok"),
    ],
)
def test_files_that_others_can_get_at_are_found(stores, which, mode, of_folder, level):
    new_app(stores)
    here = settings(stores, production=True)
    file = host.sqlite_files(here)[which]
    file.chmod(mode)
    file.parent.chmod(of_folder)

    found = sqlite.modes(here, which, file)

    assert found.level == level
    if level != "ok":
        assert os.system(found.mend.removeprefix("Run: ")) == 0
        assert sqlite.modes(here, which, file).level == "ok"


def test_a_damaged_file_is_found_and_no_traceback(app, stores):
    join(new_app(stores), "maya")
    file = stores.data / "journal.sqlite3"
    with app.app_context(), database.reading() as c:
        c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        page = c.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'accounts'").scalar_one()
        db.engines[None].dispose()
    with file.open("r+b") as handle:
        handle.seek((page - 1) * 4096)
        handle.write(os.urandom(200))

    assert wrong(everything(app_as_it_is(stores)))["database.whole"] == "refuse"

    file.write_bytes(b"no database at all" * 1000)
    for end in ("-wal", "-shm"):
        Path(f"{file}{end}").unlink(missing_ok=True)
    assert wrong(everything(app_as_it_is(stores)))["database.whole"] == "refuse"


@pytest.mark.parametrize(
    ("mount", "level"),
    [
        ("26 25 0:40 / {} rw - nfs4 host:/srv rw\n", "refuse"),
        ("26 25 0:40 / {} rw - cifs //host/srv rw\n", "refuse"),
        ("26 25 0:40 / {} rw - tmpfs tmpfs rw\n", "refuse"),
        ("26 25 0:40 / {} rw - overlay overlay rw\n", "warn"),
        ("26 25 0:40 / {} rw - xfs /dev/vdb rw\n", "ok"),
        ("26 25 0:40 / {}/elsewhere rw - nfs4 host:/srv rw\n", "ok"),
        ("26 25 0:40 / {} rw - nfs4 host:/srv rw\n27 26 0:41 / {} rw - ext4 /dev/vdc rw\n", "ok"),
    ],
)
def test_where_a_file_lies_is_seen(stores, mount, level):
    table = HERE + mount.replace("{}", str(stores.data))
    here = settings(stores, production=True)

    assert host.file_system(here, "database", stores.data / "journal.sqlite3", table).level == level


def test_a_folder_in_memory_is_seen_in_life():
    assert mounts.kind_of(Path("/dev/shm/journal.sqlite3")) == "tmpfs"
    assert mounts.kind_of(Path("/a place/x"), HERE + "26 25 0:40 / /a\\040place rw - nfs host:/srv rw\n") == "nfs"


class TestTheHost:
    def test_a_secret_beside_the_stores_is_told_in_production(self, stores, tmp_path_factory):
        beside, away = stores.data / "secrets.json", tmp_path_factory.mktemp("away") / "secrets.json"
        for file in (beside, away):
            file.touch(mode=0o600)
            file.write_text(json.dumps({}))
        here = settings(stores, production=True)

        assert host.secret(here, beside).level == "warn"
        assert host.secret(settings(stores), beside).level == "ok"
        assert host.secret(here, away).level == "ok"
        away.parent.chmod(0o777)
        assert host.secret(here, away).level == "warn"
        away.parent.chmod(0o700)
        away.unlink()
        assert host.secret(here, away).level == "warn"

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
    def test_a_secret_of_somebody_elses_is_found(self, stores, tmp_path_factory):
        file = tmp_path_factory.mktemp("theirs") / "secrets.json"
        file.touch(mode=0o600)
        os.chown(file, 65534, -1)
        assert host.secret(settings(stores), file).level == "warn"

    def test_a_full_disk_is_told(self, folder):
        assert host.room(folder).level == "ok" or "Only" in host.room(folder).says
        assert host.room(folder, least=1 << 60).level == "warn"

    def test_clock_swap_and_choices(self, stores):
        here, there = settings(stores, production=True), settings(stores)
        swapped = "Filename Type\n/dev/vda2 partition 1 0 -2\n"

        assert host.clock(here, year=1970).level == "warn"
        assert host.clock(here, synchronised=False).level == "note"
        assert host.clock(here, synchronised=True).level == "ok"
        assert [host.swap(one, swapped).level for one in (here, there)] == ["note", "ok"]
        assert host.swap(here, swapped.replace("vda2", "zram0")).level == "ok"
        assert [host.registration(one).level for one in (here, there)] == ["note", "ok"]
        assert [host.backups_kept(one).level for one in (here, there)] == ["note", "ok"]
        assert host.backups_kept(dataclasses.replace(here, backups_kept_days=30)).level == "ok"

    def test_the_keyring_below_the_database_is_told(self, stores, tmp_path):
        here, other = settings(stores, production=True), tmp_path / "other"
        apart = settings(stores, production=True, database_url=f"sqlite:///{other}/journal.sqlite3")

        assert sqlite.apart(here, host.sqlite_files(here)).level == "note"
        assert sqlite.apart(apart, host.sqlite_files(apart)).level == "ok"

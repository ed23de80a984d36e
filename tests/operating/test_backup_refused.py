"""What is not put back: damaged, cut, another's, over something. Each time a sentence, and nothing changed."""

import dataclasses
import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import insert, update

from journal import clock
from journal.accounts.models import LOCK_KEYS
from journal.crypto import BACKUP_HEAD_BYTES, BackupOpener, BackupSealer, Pepper
from journal.database import KEYRING, writing
from journal.operating.backup import keys, restoring
from journal.operating.backup.fitness import refuse_unfit
from journal.operating.backup.records import Manifest, end_record, manifest_record
from journal.operating.backup.refusals import Unusable
from journal.sessions.models import CheckIn
from tests.cast import Person, join
from tests.operating.clinic import Clinic, make_clinic
from tests.stores import PEPPER, Stores, app_of, settings

CHUNK = 64 * 1024 + 16
AT = "2026-11-20T10:30:00-05:00"


@dataclasses.dataclass
class Lost:
    """A host as it was, and its backup."""

    clinic: Clinic
    maya: Person
    database: Path
    keyring: Path


@pytest.fixture(scope="module")
def lost(tmp_path_factory) -> Lost:
    """Maya's host, with enough in it for several chunks. Nobody changes it."""
    clinic = make_clinic(tmp_path_factory.mktemp("lost"))
    maya = join(clinic.app, "maya")
    for _ in range(6):
        maya.checks_in(None, "anytime", AT, {"texts": {"story.line": "Warm light. " * 1600}})
    return Lost(clinic, maya, *clinic.backs_up())


@pytest.fixture
def after(lost, folder) -> Clinic:
    """An empty host of the same operator."""
    return make_clinic(folder, key=lost.clinic.key)


def copied(path: Path, to: Path, blob: bytes | None = None) -> Path:
    """A copy of a backup, or what somebody made of it."""
    other = to / f"copy-{uuid4().hex[:8]}.backup"
    other.write_bytes(path.read_bytes() if blob is None else blob)
    return other


def test_a_file_that_is_not_whole(lost, after, folder):
    database, keyring = lost.database, lost.keyring
    blob = database.read_bytes()
    first, second = (slice(BACKUP_HEAD_BYTES + at * CHUNK, BACKUP_HEAD_BYTES + (at + 1) * CHUNK) for at in (0, 1))
    assert len(blob) > second.stop
    middle = bytearray(blob)
    middle[len(blob) // 2] ^= 1
    others = {
        "cut at a chunk": blob[: first.stop],
        "cut within one": blob[:-5],
        "reordered": blob[: first.start] + blob[second] + blob[first] + blob[second.stop :],
        "a chunk doubled": blob[: first.stop] + blob[first.start :],
        "a bit flipped": bytes(middle),
        "something behind it": blob + b"\n",
    }

    for what, other in others.items():
        damaged = copied(database, folder, other)
        assert "is not whole" in after.refuses(damaged, keyring), what
        code, said = after.run("verify-backup", damaged, keyring, "--key", after.key)
        assert (code, "is not whole" in said, "whole: every chunk opens" in said) == (1, True, True), what
    assert "no backup of Shoreline" in after.refuses(copied(database, folder, b"\0" + blob[1:]), keyring)
    assert "no backup of Shoreline" in after.refuses(copied(database, folder, blob[:100]), keyring)
    assert "cannot be read" in after.refuses(folder / "nowhere.backup", keyring)
    after.restores(database, keyring)


def test_a_file_that_is_another_when_it_is_read_again(lost, after, folder, monkeypatch):
    """It is read whole before anything is written, and then once more: whoever can write there has that long."""
    given, blob = copied(lost.database, folder), lost.database.read_bytes()
    opener = BackupOpener(keys.read_secret(after.key, str), "database", blob[:BACKUP_HEAD_BYTES])
    payload = opener.open(blob[BACKUP_HEAD_BYTES:]) + opener.finish()
    public = keys.read_public(keys.public_beside(after.key))
    sealer = BackupSealer(public, "database", Pepper.from_bytes(os.urandom(32)))
    forged = sealer.head + sealer.seal(payload) + sealer.finish()

    def looked_at(file, *more):
        refuse_unfit(file, *more)
        given.write_bytes(forged)

    monkeypatch.setattr(restoring, "refuse_unfit", looked_at)
    assert "was changed while it was being read" in after.refuses(given, lost.keyring)


def test_a_file_sealed_to_another_operator(lost, after, folder):
    other = folder / "other.key"
    fingerprint = keys.told(keys.make(other, None).fingerprint)

    said = dataclasses.replace(after, key=other).refuses(lost.database, lost.keyring)

    assert "sealed to another key" in said
    assert fingerprint in said


def test_another_secret_is_told_before_anything_is_written(lost, after):
    other = after.beside(pepper=os.urandom(32))

    for given in ((lost.database, lost.keyring), ("--database", lost.database), ("--keyring", lost.keyring)):
        said = other.refuses(*given)
        assert "another secret than this host's" in said
        assert "rotate-pepper readmit retired-ID.json, run this again" in said
    code, said = other.run("verify-backup", lost.database, lost.keyring, "--key", other.key)
    assert (code, said.count("Not made under this host's secret")) == (0, 2)


def test_a_secret_that_was_changed_since_still_puts_it_back_as_the_previous_one(lost, after):
    changed = after.beside(pepper=os.urandom(32), previous_pepper=PEPPER)

    assert "2 ways in" in changed.restores(lost.database, lost.keyring)
    assert lost.maya.elsewhere(changed.app).get("/account").status_code == 200


def test_what_somebody_else_made_with_the_public_key(lost, after, folder):
    """They have no pepper, so their mark is none, whatever id they write."""
    public = keys.read_public(keys.public_beside(lost.clinic.key))
    sealer = BackupSealer(public, "keyring", Pepper(bytes(32), Pepper.from_bytes(PEPPER).id))
    payload = manifest_record(Manifest("keyring", "0006", "1", AT, {})) + end_record({})
    forged = copied(lost.keyring, folder, sealer.head + sealer.seal(payload) + sealer.finish())

    assert "Somebody else made it with the public key" in after.refuses("--keyring", forged)


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_nothing_is_written_over(lost, folder, request, engine):
    server = request.getfixturevalue("postgres") if engine == "postgres" else None
    after = make_clinic(folder, server, key=lost.clinic.key)
    noor = join(after.app, "noor")

    assert "The database is not empty" in after.refuses(lost.database, lost.keyring)
    assert "The database is not empty" in after.refuses("--database", lost.database)
    assert "The keyring is not empty" in after.refuses("--keyring", lost.keyring)
    assert noor.get("/account").status_code == 200


def test_a_keyring_of_another_database(lost, after, folder):
    other = make_clinic(folder, key=lost.clinic.key)
    join(other.app, "noor")
    _, foreign = other.backs_up()

    assert "do not belong together" in after.refuses(lost.database, foreign)
    assert "do not belong together" in after.refuses("--database", lost.database)


def test_a_keyring_older_than_an_account_is_told_and_put_back_only_on_demand(new_clinic):
    clinic, after = new_clinic(), new_clinic()
    join(clinic.app, "maya")
    with clock.at(clock.now() - timedelta(minutes=1)):
        _, older = clinic.backs_up()
    noor = join(clinic.app, "noor")
    database, _ = clinic.backs_up()

    assert "2 ways in open; 2 have no key in this keyring" in after.refuses(database, older)
    assert "2 ways in have no key" in after.restores(database, older, "--accept-damage")
    assert noor.fresh(after.app).post("/sign-ins", json=noor.what_lets_in()).status_code == 401


def test_what_was_damaged_before_it_was_made(new_clinic):
    """Said when it is made, refused when it is put back, unless the operator has nothing better."""
    clinic, after = new_clinic(), new_clinic()
    maya = join(clinic.app, "maya")
    maya.checks_in(None, "anytime", AT)
    with clinic.app.app_context(), writing() as c:
        c.execute(update(CheckIn.__table__).values(ratings=b"\x01\x41 not what it was"))
    code, said = clinic.run("backup", clinic.backups)
    assert (code, "1 values in check_ins are damaged in the database itself" in said) == (0, True)
    database, keyring = sorted(clinic.backups.glob("*.backup"), key=lambda path: path.name)

    assert "1 in check_ins" in after.refuses(database, keyring)
    assert after.run("verify-backup", database, "--key", after.key)[0] == 1
    assert "2 ways in" in after.restores(database, keyring, "--accept-damage")
    assert after.rows() == clinic.rows()


def test_a_lock_that_does_not_open_although_its_key_is_there(new_clinic):
    clinic = new_clinic()
    join(clinic.app, "maya")
    with clinic.app.app_context(), writing(KEYRING) as k:
        k.execute(update(LOCK_KEYS).values(key=os.urandom(32)))

    assert "do not belong together" in new_clinic().refuses(*clinic.backs_up())


def test_two_of_the_same_and_the_wrong_part(lost, after):
    database, keyring = lost.database, lost.keyring

    assert "Both files are backups of the database" in after.refuses(database, database)
    assert "is no backup of the database" in after.refuses("--database", keyring)
    assert "is no backup of the keyring" in after.refuses("--keyring", database)
    assert after.run("restore", "--key", after.key)[0] == 2
    # In either order: each says of itself what it is.
    after.restores(keyring, database)


def test_a_restore_that_died_between_its_stores_is_repeated(lost, after):
    """The keyring is durable first. The same command finds it done, and does the rest."""
    after.restores("--keyring", lost.keyring)

    said = after.restores(lost.database, lost.keyring)

    assert "keyring  has it already, left as it is" in said
    assert after.rows() == lost.clinic.rows()


def test_a_keyring_that_has_more_than_the_backup_is_not_taken_for_done(lost, after):
    after.restores("--keyring", lost.keyring)
    with after.app.app_context(), writing(KEYRING) as k:
        k.execute(insert(LOCK_KEYS).values(account_id=bytes(16), key=bytes(32)))

    assert "The keyring is not empty" in after.refuses(lost.database, lost.keyring)
    assert "2 ways in" in after.restores("--database", lost.database)


def test_one_that_breaks_off_in_the_middle_leaves_the_stores_as_they_were(lost, after, monkeypatch):
    """After every row was written, and just before it would be kept."""

    def broken(*_):
        raise Unusable("The lights went out.")

    monkeypatch.setattr("journal.operating.backup.restoring.refuse_shut", broken)
    assert "The lights went out" in after.refuses(lost.database, lost.keyring)
    monkeypatch.undo()
    after.restores(lost.database, lost.keyring)
    assert after.rows() == lost.clinic.rows()


def test_a_newer_schema_than_this_version_knows(lost, after, folder):
    public = keys.read_public(keys.public_beside(lost.clinic.key))
    sealer = BackupSealer(public, "database", Pepper.from_bytes(PEPPER))
    payload = manifest_record(Manifest("database", "9999", "9.0", AT, {})) + end_record({})
    newer = copied(lost.database, folder, sealer.head + sealer.seal(payload) + sealer.finish())

    assert "version 9.0, with a newer schema (9999)" in after.refuses(newer, lost.keyring)


def test_stores_without_a_schema_are_filled_too_and_nothing_missing_is_overlooked(lost, after, folder):
    bare = Stores(folder, f"sqlite:///{folder}/new/j.sqlite3", f"sqlite:///{folder}/new/k.sqlite3")
    nothing = dataclasses.replace(after, app=app_of(settings(bare)), stores=bare)

    for given, said in (
        (("--database", lost.database), "There is no keyring here"),
        (("--keyring", lost.keyring), "There is no database here"),
    ):
        code, told = nothing.run("restore", *given, "--key", after.key)
        assert (code, said in told) == (1, True)
    nothing.restores(lost.database, lost.keyring)
    assert nothing.rows() == lost.clinic.rows()
    assert nothing.run("verify")[0] == 0

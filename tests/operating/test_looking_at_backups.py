"""What the doctor says where nobody would hear it: no key to seal backups to, and a timer that stopped."""

import base64
from datetime import timedelta

import pytest

from journal import clock
from journal.operating import host, last_backup
from journal.operating.backup import keys
from tests.stores import Stores, settings


@pytest.fixture
def here(folder):
    return settings(Stores.sqlite(folder), production=True)


def with_key(here, file):
    return settings(Stores.sqlite(here.data), backup_key=file)


class TestTheKey:
    def test_none_is_told_in_production(self, here):
        found = host.backup_key(here)
        assert (found.level, found.says) == ("warn", "SHORELINE_BACKUP_KEY is not set, so no backup can be made.")
        assert host.backup_key(settings(Stores.sqlite(here.data))).level == "ok"

    def test_one_that_is_gone_or_another_file_is_told_anywhere(self, here, folder):
        keys.make(folder / "operator.key", None)
        public = folder / "operator.key.pub"
        assert host.backup_key(with_key(here, public)).level == "ok"
        (folder / "other.pub").write_bytes(base64.encodebytes(b"a key of something else"))
        for file, why in (
            (folder / "operator.key", "is no public key for backups"),
            (folder / "other.pub", "is no public key for backups"),
            (folder / "moved-away.pub", "cannot be read: No such file or directory"),
        ):
            found = host.backup_key(with_key(here, file))
            assert (found.level, why in found.says) == ("warn", True), found

    def test_it_is_among_what_a_start_looks_at(self, here):
        assert "backup-key" in {found.name for found in host.look(here)}


class TestTheLastBackup:
    def test_it_is_as_old_as_the_last_that_was_made(self, new_clinic):
        clinic = new_clinic(production=True)
        here = clinic.app.extensions["settings"]
        assert (last_backup.look(here).level, clinic.run("doctor")[1].count("knows of no backup")) == ("note", 1)

        clinic.backs_up()

        assert last_backup.look(here).says == "The last backup that this host made is 0 hours old."
        for hours, level in ((47, "ok"), (49, "warn")):
            with clock.at(clock.now() + timedelta(hours=hours)):
                found = last_backup.look(here)
            assert (found.level, found.says) == (level, f"The last backup that this host made is {hours} hours old.")

    def test_one_that_is_refused_is_none(self, new_clinic, monkeypatch):
        clinic = new_clinic()
        clinic.backups.rename(clinic.folder / "elsewhere")
        assert clinic.run("backup", clinic.backups)[0] == 1
        assert not (clinic.folder / last_backup.FILE).exists()

    def test_a_backup_that_cannot_be_noted_is_a_backup(self, new_clinic):
        clinic = new_clinic()
        (clinic.folder / f"{last_backup.FILE}.new").mkdir()
        code, said = clinic.run("backup", clinic.backups)
        assert (code, "could not be noted" in said) == (0, True)

    def test_a_note_that_nobody_wrote_so_is_none(self, here):
        for text in ("yesterday", "2026-11-26T03:30:00", ""):
            (here.data / last_backup.FILE).write_text(text)
            assert last_backup.look(here).level == "note"


def test_what_is_not_well_but_fine_says_that_it_is_fine(folder):
    """Else somebody who tries it out reads "ok" before a sentence that sounds like a fault."""
    local = settings(Stores.sqlite(folder))
    for found in (host.backups_kept(local), host.registration(local), host.backup_key(local), last_backup.look(local)):
        assert (found.level, found.says.endswith(". Fine while local.")) == ("ok", True), found

"""Where backups lie: readable by nobody, there only when whole, gone when they are old; and the operator's keys."""

import os
import stat
import subprocess
import sys
from datetime import timedelta

import pytest

from journal import clock
from journal.crypto import BackupSecret
from journal.operating.backup import files, keys
from journal.operating.backup.refusals import Unusable
from journal.sessions.models import CheckIn
from tests.cast import join
from tests.live import ROOT, _environment
from tests.operating.clinic import fill

NOW = clock.now().replace(microsecond=0)


class TestFiles:
    def test_are_named_by_the_time_alone_and_only_their_owner_reads_them(self, new_clinic):
        clinic = new_clinic()
        maya = join(clinic.app, "maya")
        maya.checks_in(None, "anytime", "2026-11-20T10:30:00-05:00", {"texts": {"story.line": "Warm light"}})
        apart = clinic.folder / "elsewhere"
        apart.mkdir()
        with clock.at(NOW):
            code, said = clinic.run("backup", "--to", clinic.backups, "--keyring-to", apart)

        assert code == 0
        assert "take them to two places" not in said
        time = NOW.strftime("%Y%m%dT%H%M%SZ")
        assert [path.name for path in clinic.backups.iterdir()] == [f"database-{time}.backup"]
        assert [path.name for path in apart.iterdir()] == [f"keyring-{time}.backup"]
        for path in (*clinic.backups.iterdir(), *apart.iterdir()):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            blob = path.read_bytes()
            for word in (maya.login_name.encode(), b"accounts", b"Warm light", b"0006"):
                assert word not in blob

    def test_old_ones_go_and_nothing_else_does(self, new_clinic):
        clinic = new_clinic()
        join(clinic.app, "maya")
        with clock.at(NOW - timedelta(days=8)):
            old = clinic.backs_up()
        with clock.at(NOW - timedelta(days=6)):
            young = clinic.backs_up()
        for name in ("notes.txt", "database-20200101T000000Z.backup.gpg", "database-20209901T000000Z.backup"):
            (clinic.backups / name).touch()

        with clock.at(NOW):
            code, said = clinic.run("backup", clinic.backups, "--keep-days", "7")

        assert (code, "2 files older than 7 days deleted" in said) == (0, True)
        assert not any(path.exists() for path in old)
        assert all(path.exists() for path in young)
        assert len(list(clinic.backups.iterdir())) == 2 + 2 + 3

    def test_what_people_are_told_is_kept_to(self, new_clinic):
        clinic = new_clinic(backups_kept_days=7)
        with clock.at(NOW - timedelta(days=8)):
            clinic.backs_up()

        with clock.at(NOW):
            code, said = clinic.run("backup", clinic.backups, "--keep-days", "8")
            assert (code, "People are told that backups are kept 7 days" in said) == (1, True)
            assert len(list(clinic.backups.iterdir())) == 2
            code, said = clinic.run("backup", clinic.backups)
        assert (code, "--keep-days 7 deletes them" in said) == (0, True)

    def test_what_a_backup_that_died_left_is_cleared_away(self, new_clinic):
        clinic = new_clinic()
        left = clinic.backups / "database-20260101T000000Z.backup.partial"
        left.touch()

        clinic.backs_up()

        assert not left.exists()

    def test_one_that_fails_leaves_nothing(self, new_clinic, monkeypatch):
        clinic = new_clinic()

        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("journal.operating.backup.writing.end_record", full)
        code, said = clinic.run("backup", clinic.backups)

        assert (code, "No space left on device. Nothing of it was kept." in said) == (1, True)
        assert list(clinic.backups.iterdir()) == []

    def test_two_at_once_do_not_mix(self, new_clinic):
        clinic = new_clinic()
        with files.drafts({"database": clinic.backups}, NOW):
            code, said = clinic.run("backup", clinic.backups)

        assert (code, "Another backup is being written" in said) == (1, True)

    def test_a_folder_that_is_not_there_is_not_made(self, new_clinic):
        """It may be the place where a disk is to be mounted."""
        clinic = new_clinic()
        code, said = clinic.run("backup", clinic.folder / "nowhere")

        assert (code, "There is no folder" in said) == (1, True)
        assert clinic.run("backup")[0] == 2


class TestTheOperatorsKey:
    def test_is_made_once_printed_by_its_fingerprint_and_read_by_its_owner_alone(self, new_clinic, folder):
        clinic, file = new_clinic(), folder / "new.key"

        code, said = clinic.run("backup-key", file)

        assert code == 0
        public = keys.read_public(keys.public_beside(file))
        assert keys.told(public.fingerprint) in said
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert keys.read_secret(file, str).public == public
        before = file.read_bytes()
        code, said = clinic.run("backup-key", file)
        assert (code, "never written over" in said) == (1, True)
        assert file.read_bytes() == before

    def test_under_a_passphrase_it_is_asked_for(self, new_clinic, folder):
        clinic, file = new_clinic(), folder / "safe.key"
        words = "the harbour master keeps this one"
        assert clinic.run("backup-key", file, "--passphrase", given=f"{words}\n{words}\n")[0] == 0
        sealed_to_it = new_clinic()
        sealed_to_it.app.extensions["settings"] = replaced(sealed_to_it, keys.public_beside(file))
        database, _ = sealed_to_it.backs_up()

        assert clinic.run("verify-backup", database, "--key", file, given=f"{words}\n")[0] == 0
        code, said = clinic.run("verify-backup", database, "--key", file, given="another\n")
        assert (code, "This passphrase does not open" in said) == (1, True)
        short = clinic.run("backup-key", folder / "short.key", "--passphrase", given="short\nshort\n")
        assert (short[0], (folder / "short.key").exists()) == (1, False)

    def test_without_one_or_with_one_that_is_not_whole_nothing_is_made(self, new_clinic, folder):
        clinic = new_clinic()
        whole = keys.public_beside(clinic.key).read_bytes()
        for setting, said in (
            (None, "SHORELINE_BACKUP_KEY is not set"),
            (folder / "nowhere.pub", "cannot be read"),
            (clinic.key, "no public key"),
        ):
            clinic.app.extensions["settings"] = replaced(clinic, setting)
            assert said in clinic.run("backup", clinic.backups)[1]
        bad = folder / "bad.pub"
        clinic.app.extensions["settings"] = replaced(clinic, bad)
        for content in (whole[:-9], whole.replace(whole[200:204], b"AAAA", 1), b"\xff" * 40):
            bad.write_bytes(content)
            assert "not whole" in clinic.run("backup", clinic.backups)[1]
        assert list(clinic.backups.iterdir()) == []

    def test_a_private_key_that_others_can_read_is_refused(self, folder):
        file = folder / "open.key"
        keys.make(file, None)
        file.chmod(0o644)

        with pytest.raises(Unusable, match="chmod 600"):
            keys.read_secret(file, str)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_journal(new_clinic, folder):
    """The most that a process of its own ever had, for a small database and for one of 20 MB."""
    clinic, to = new_clinic(), new_clinic()
    maya = join(clinic.app, "maya")
    first = maya.checks_in(None, "anytime", "2026-11-20T10:30:00-05:00", {"texts": {"story.line": "Warm light"}})
    used = [used_by(clinic, to)]
    with clinic.app.app_context():
        row = next(iter(rows_of_check_ins(clinic)))
    assert first
    fill(clinic.app, CheckIn.__table__, [row | {"id": os.urandom(16), "story": row["story"]} for _ in range(16_000)])
    used.append(used_by(clinic, new_clinic()))

    assert sum(path.stat().st_size for path in clinic.backups.glob("database-*")) > 20_000_000
    assert used[1][0] < used[0][0] + 10_000, used
    assert used[1][1] < used[0][1] + 10_000, used


def used_by(clinic, to) -> tuple[int, int]:
    """What a backup and a restore of it had at most, in KiB."""
    backed_up = peak(clinic, "backup", clinic.backups)
    pair = sorted(sorted(clinic.backups.glob("*.backup"), key=lambda path: path.stat().st_mtime)[-2:])
    return backed_up, peak(to, "restore", *pair, "--key", to.key)


def peak(clinic, *command) -> int:
    """The most memory that a command had, in KiB, in a process of its own; `ru_maxrss` would count its parent's."""
    environ = _environment(clinic.folder, clinic.stores, "http://localhost")
    environ["SHORELINE_BACKUP_KEY"] = str(keys.public_beside(clinic.key))
    program = (
        "from flask.cli import main\n"
        "try: main()\n"
        "finally: print('peak', open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    flask = [sys.executable, "-c", program, "--app", "wsgi", *map(str, command)]
    done = subprocess.run(flask, cwd=ROOT, env=environ, check=True, capture_output=True, text=True)
    return int(done.stdout.rpartition("peak ")[2])


def rows_of_check_ins(clinic):
    from sqlalchemy import select

    from journal.database import reading

    with reading() as c:
        yield from (dict(row) for row in c.execute(select(CheckIn.__table__)).mappings())


def replaced(clinic, key):
    import dataclasses

    return dataclasses.replace(clinic.app.extensions["settings"], backup_key=key)


def test_the_fingerprint_is_of_the_seed():
    secret = BackupSecret.generate()
    assert keys.told(secret.public.fingerprint).replace(" ", "").isdigit()

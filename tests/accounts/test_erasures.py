"""A backup is restored after somebody erased something: what was erased does not come back, and all else does."""

import dataclasses
import os
import subprocess
import sys
import termios
from contextlib import suppress
from uuid import UUID, uuid4

import orjson
import pytest
from sqlalchemy import select

from journal import cli, database
from journal.accounts import keyring_store
from journal.accounts.models import ACCOUNTS
from journal.accounts.service import Replayed
from journal.database import db
from journal.operating import secrets_file
from journal.sharing.models import LENT
from tests.accounts.people import in_hand, signs_in
from tests.cast import Person, check_in, join
from tests.deposits.phone import Phone, document
from tests.export.files import DAYLIO, bring_in, in_new_york, own_file
from tests.live import ROOT
from tests.sharing.steps import keeps
from tests.sharing.steps import lends as lent
from tests.stores import PEPPER, Stores, new_app

AT = "2026-11-20T10:30:00-05:00"


@dataclasses.dataclass
class Clinic:
    """An app on stores of its own, whose database and keyring can be copied, and put back."""

    app: object
    stores: Stores
    engine: str

    def copy_of(self, url: str, name: str) -> str:
        """A backup of one store as it is now; its address."""
        with self.app.app_context():
            if self.engine == "sqlite":
                to = self.stores.data / f"{name}.sqlite3"
                bind = None if url == self.stores.database_url else "keyring"
                with database.reading(bind) as c:
                    c.exec_driver_sql(f"VACUUM INTO '{to}'")
                return f"sqlite:///{to}"
            for engine in db.engines.values():
                engine.dispose()
        import psycopg

        server, _, database_name = url.rpartition("/")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as c:
            c.execute(f'CREATE DATABASE "{database_name}_{name}" TEMPLATE "{database_name}"')
        return f"{url}_{name}"

    def restored(self, database_url: str, keyring_url: str | None = None):
        """The app on a backup put back."""
        urls = {"database_url": database_url, "keyring_url": keyring_url or self.stores.keyring_url}
        return new_app(dataclasses.replace(self.stores, **urls))


@pytest.fixture
def clinic(engine, new_stores):
    stores = new_stores("erased")
    return Clinic(new_app(stores), stores, engine)


def replayed(app) -> Replayed:
    with app.app_context():
        return cli.replayed()


def test_an_erased_account_does_not_come_back_with_a_backup_and_the_others_all_open(clinic):
    maya, noor = join(clinic.app, "maya"), join(clinic.app, "noor")
    maya.has_session()
    kept = noor.has_session()
    backup = clinic.copy_of(clinic.stores.database_url, "before")
    account = in_hand(clinic.app, maya).account_id
    assert maya.delete("/account").status_code == 204

    after = clinic.restored(backup)

    with after.app_context(), database.reading() as c:
        assert account in c.execute(select(ACCOUNTS.c.id)).scalars().all()
    assert signs_in(Person.nobody(after), maya.login_name, maya.password).status_code == 401
    assert replayed(after) == Replayed(accounts=1)
    assert replayed(after) == Replayed()
    with after.app_context(), database.reading() as c:
        assert account not in c.execute(select(ACCOUNTS.c.id)).scalars().all()
    again = noor.elsewhere(after)
    assert again.get(f"/sessions/{kept}").status_code == 200


def test_a_keyring_put_back_gives_no_key_back_either(clinic):
    maya = join(clinic.app, "maya")
    account = in_hand(clinic.app, maya).account_id
    keyring = clinic.copy_of(clinic.stores.keyring_url, "keys")
    assert maya.delete("/account").status_code == 204

    after = clinic.restored(clinic.stores.database_url, keyring)

    with after.app_context():
        assert keyring_store.lock_key(account) is not None
    assert replayed(after) == Replayed(keys=1)
    with after.app_context():
        assert keyring_store.lock_key(account) is None


def test_erased_rows_do_not_come_back_and_one_written_anew_stays(clinic):
    maya = join(clinic.app, "maya")
    session, other = maya.has_session(), maya.has_session("2026-11-10T10:30:00-05:00")
    hangs_on_it = maya.checks_in(session, "next_day", "2026-11-21T10:30:00-05:00")
    alone = maya.checks_in(None, "anytime", AT)
    written_anew = maya.checks_in(other, "landing", "2026-11-10T12:00:00-05:00")
    stays = maya.checks_in(other, "next_day", "2026-11-11T12:00:00-05:00")
    backup = clinic.copy_of(clinic.stores.database_url, "rows")
    assert maya.delete(f"/sessions/{session}").status_code == 204
    assert maya.delete(f"/check-ins/{alone}").status_code == 204

    after = clinic.restored(backup)
    assert replayed(after) == Replayed(rows=3)

    again = maya.elsewhere(after)
    found = {path: again.get(path).status_code for path in (
        f"/sessions/{session}", f"/check-ins/{hangs_on_it}", f"/check-ins/{alone}",
        f"/sessions/{other}", f"/check-ins/{written_anew}", f"/check-ins/{stays}",
    )}  # fmt: skip
    assert list(found.values()) == [404, 404, 404, 200, 200, 200]
    assert again.delete(f"/check-ins/{written_anew}").status_code == 204
    body = check_in(other, "landing", "2026-11-10T12:00:00-05:00")
    assert again.put(f"/check-ins/{written_anew}", body).status_code == 201
    assert replayed(after) == Replayed()
    assert again.get(f"/check-ins/{written_anew}").status_code == 200


def test_a_row_erased_comes_back_in_from_a_file_and_is_erased_a_second_time_for_good(clinic):
    """Its old id is no obstacle, and having been erased once before is no shelter."""
    maya = join(clinic.app, "maya")
    row = maya.checks_in(None, "anytime", AT)
    taken_out = maya.post("/exports", json={"format": "json", "story": True}).data
    assert maya.delete(f"/check-ins/{row}").status_code == 204
    assert bring_in(maya, "shoreline", taken_out).json["kept"] == 1
    assert replayed(clinic.app) == Replayed()
    assert maya.get(f"/check-ins/{row}").status_code == 200
    with_it = clinic.copy_of(clinic.stores.database_url, "anew")

    after = clinic.restored(with_it)
    assert replayed(after) == Replayed()
    assert maya.elsewhere(after).get(f"/check-ins/{row}").status_code == 200
    assert maya.delete(f"/check-ins/{row}").status_code == 204

    assert replayed(after) == Replayed(rows=1)
    assert maya.elsewhere(after).get(f"/check-ins/{row}").status_code == 404
    assert replayed(after) == Replayed()


def test_an_import_that_was_undone_does_not_come_back(clinic):
    maya = join(clinic.app, "maya")
    in_new_york(maya)
    stays = maya.checks_in(None, "anytime", AT)
    kept = bring_in(maya, "daylio", DAYLIO).json
    backup = clinic.copy_of(clinic.stores.database_url, "undone")
    assert maya.delete(f"/imports/{kept['import_id']}").json == {"removed": 3, "stayed": 0}

    after = clinic.restored(backup)
    # Three check-ins, and the note of the import.
    assert replayed(after) == Replayed(rows=4)

    again = maya.elsewhere(after)
    assert again.get("/imports").json == {"imports": []}
    assert [it["id"] for it in again.get("/check-ins").json["items"]] == [stays]


def test_what_waited_in_the_backup_is_not_filed_again_once_its_check_in_was_erased(clinic):
    maya = join(clinic.app, "maya")
    phone = Phone.of(maya, clinic.app)
    phone.deposits(document("anytime", AT))
    other = phone.deposits(document("anytime", "2026-11-21T10:30:00-05:00"))
    backup = clinic.copy_of(clinic.stores.database_url, "waiting")
    filed = {it["id"]: it["check_in_id"] for it in maya.post("/deposits/filing", json={}).json["filed"]}
    erased = next(row for deposit, row in filed.items() if deposit != str(other))
    assert maya.delete(f"/check-ins/{erased}").status_code == 204

    after = clinic.restored(backup)
    assert replayed(after) == Replayed(rows=1)

    again = maya.elsewhere(after)
    assert again.post("/deposits/filing", json={}).status_code == 200
    assert [it["id"] for it in again.get("/check-ins").json["items"]] == [filed[str(other)]]


def test_what_is_lent_goes_with_an_import_that_is_undone(app, maya, okafor):
    """Nobody changed it since, but somebody can read it."""
    session, row = str(uuid4()), str(uuid4())
    facts = {"happened_at": "2026-09-01T10:30:00-05:00", "time_zone": "America/New_York", "written_at": AT}
    told = check_in(session, "next_day", "2026-09-02T10:30:00-05:00") | {"id": row}
    file = orjson.loads(own_file()) | {
        "additions": [], "sessions": [{"id": session, "ratings": facts}], "check_ins": [told],
    }  # fmt: skip
    kept = bring_in(maya, "shoreline", orjson.dumps(file)).json
    share = lent(maya, keeps(maya, okafor), [session])
    assert okafor.get(f"/desk/{share}/brief").json["session"]["id"] == session

    assert maya.delete(f"/imports/{kept['import_id']}").json["removed"] == 2
    with app.app_context(), database.reading() as c:
        there = set(c.execute(select(LENT.c.row_id)).scalars())
    assert not {UUID(session).bytes, UUID(row).bytes} & there


def test_the_operator_shows_that_nothing_opens(clinic):
    maya, noor = join(clinic.app, "maya"), join(clinic.app, "noor")
    maya.has_session()
    backup = clinic.copy_of(clinic.stores.database_url, "shown")
    keyring = clinic.copy_of(clinic.stores.keyring_url, "shownkeys")
    assert maya.delete("/account").status_code == 204

    def asked(login_name: str, password: str, *more: str):
        with clinic.app.app_context():
            arguments = ["verify-erasure", backup, login_name, *more]
            return clinic.app.test_cli_runner().invoke(args=arguments, input=f"{password}\n")

    def shown(who: Person, *more: str, password: str = ""):
        return asked(who.login_name, password or who.password, *more)

    assert shown(maya).exit_code == 0
    assert "nothing of them opens" in shown(maya).output
    assert shown(noor).exit_code == 1
    assert "It opens" in shown(noor).output
    assert "not theirs" in shown(noor, password="another one entirely").output
    assert "It opens" in shown(maya, "--keyring", keyring).output
    assert "Nobody of this name" in asked("nobody", "x").output


@pytest.mark.slow
def test_the_password_is_asked_for_and_neither_shown_nor_taken_from_the_command_line(clinic):
    maya = join(clinic.app, "maya")
    secrets_file.make(clinic.stores.data / "secrets.json", PEPPER)
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "verify-erasure", clinic.stores.database_url]
    given = [*command, maya.login_name, "--password", "x"]
    refused = subprocess.run(given, cwd=ROOT, env=environment(clinic.stores), capture_output=True, check=False)
    assert refused.returncode == 2
    assert b"No such option" in refused.stderr

    said, ended = at_a_terminal([*command, maya.login_name], clinic.stores, f"{maya.password}\n")

    assert ended == 1
    assert "Password of the account: " in said
    assert "It opens" in said
    assert maya.password not in said


def environment(stores: Stores) -> dict[str, str]:
    return os.environ | {
        "SHORELINE_DATA": str(stores.data), "DATABASE_URL": stores.database_url, "KEYRING_URL": stores.keyring_url
    }  # fmt: skip


def at_a_terminal(command: list[str], stores: Stores, typed: str) -> tuple[str, int]:
    """All that is to be seen there, and how it ended. Whoever types waits until they are asked."""
    screen, theirs = os.openpty()
    sits_down = f"import fcntl, os, sys; fcntl.ioctl(0, {termios.TIOCSCTTY}, 0); os.execv(sys.argv[1], sys.argv[1:])"
    at_it = [sys.executable, "-c", sits_down, *command]
    ends = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    process = subprocess.Popen(at_it, cwd=ROOT, env=environment(stores), **ends, start_new_session=True)
    os.close(theirs)
    seen = b""
    with suppress(OSError):  # The other end is closed.
        while more := os.read(screen, 1024):
            seen += more
            if typed and seen.endswith(b"account: "):
                os.write(screen, typed.encode())
                typed = ""
    os.close(screen)
    return seen.decode(), process.wait(60)


def test_a_check_in_deleted_takes_its_lent_keys_along(app, maya, okafor):
    share, check_in_id = lends(maya, okafor)
    with app.app_context(), database.reading() as c:
        assert c.execute(select(LENT.c.row_id).where(LENT.c.kind == "check_in")).scalars().all()

    assert maya.delete(f"/check-ins/{check_in_id}").status_code == 204

    with app.app_context(), database.reading() as c:
        kept = c.execute(select(LENT.c.row_id).where(LENT.c.kind == "check_in")).scalars().all()
    assert bytes.fromhex(check_in_id.replace("-", "")) not in kept
    assert okafor.get(f"/desk/{share}/brief").json["since"] == []


def lends(maya: Person, okafor: Person) -> tuple[str, str]:
    """Maya lends one check-in of one session; the share and the check-in."""
    from datetime import UTC, datetime, timedelta
    from uuid import uuid4

    session = maya.has_session("2026-10-01T10:30:00-05:00")
    noted = maya.checks_in(session, "next_day", "2026-10-02T16:30:00-05:00")
    card = okafor.post("/cards", json={"purpose": "in_person"}).json["card"]
    pin = maya.put(f"/pins/{uuid4()}", {"card": card}).json["id"]
    scope = {"sections": ["ratings"], "covers": "sessions", "session_ids": [session]}
    seen = maya.post("/shares/preview", json=scope).json
    until = (datetime.now(UTC) + timedelta(days=9)).isoformat()
    share = str(uuid4())
    more = {"pin_id": pin, "name": "Maya", "until": until}
    lent = {"check_ins": seen["seen_check_ins"], "sessions": seen["seen_sessions"]}
    assert maya.put(f"/shares/{share}", {**scope, **more, **lent}).status_code == 201
    return share, noted

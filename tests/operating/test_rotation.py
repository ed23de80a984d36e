"""A rotation step by step: the order that is kept to, what a crash leaves, and what a backup from before needs."""

import fcntl
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, update

import config
from journal import database
from journal.accounts import service, ways_in
from journal.accounts.models import WAYS_IN
from journal.accounts.sign_ins import Browser
from journal.crypto import Pepper, Refused
from journal.operating import in_use, secrets_file
from journal.operating.alone import alone
from journal.operating.rotation import Rotation
from tests.accounts.people import NEW, cookie_of, in_hand, signs_in, with_cookies
from tests.cast import Person, join
from tests.live import ROOT
from tests.stores import PEPPER, Stores, app_of, new_app, settings

OLD = Pepper.from_bytes(PEPPER).id.hex()


class Operator:
    """Whoever has a shell on the host. Each command is a process of its own, which reads the file when it starts."""

    def __init__(self, folder, stores: Stores | None = None) -> None:
        self.folder, self.file = folder, folder / "secrets.json"
        self.stores = stores or Stores.sqlite(folder)
        secrets_file.make(self.file, PEPPER)

    @property
    def settings(self) -> config.Settings:
        return Rotation(settings(self.stores, secrets_file=self.file)).as_it_stands()

    def app(self) -> Flask:
        """A process that starts now."""
        return app_of(self.settings)

    def says(self, *command: str, **changes) -> tuple[int, str]:
        """What a command answers: how it ends, and its lines."""
        app = app_of(replace(self.settings, **changes))
        with app.app_context():
            done = app.test_cli_runner().invoke(args=["rotate-pepper", *command])
        return done.exit_code, done.output

    def does(self, *command: str) -> str:
        code, said = self.says(*command)
        assert code == 0, said
        return said

    def is_refused(self, why: str, *command: str, **changes) -> None:
        before = self.file.read_bytes()
        code, said = self.says(*command, **changes)
        assert (code, self.file.read_bytes()) == (1, before)
        assert why in said, said

    def has(self) -> set[str]:
        return set(json.loads(self.file.read_text()))

    @contextmanager
    def serving(self):
        """A process of the host that runs with the file as it is now."""
        with open(self.folder / in_use._name(self.settings), "ab") as held:
            fcntl.flock(held, fcntl.LOCK_SH)
            yield


@pytest.fixture(scope="module")
def as_it_was(tmp_path_factory):
    """A host with Maya on it, made once; and Maya."""
    folder = tmp_path_factory.mktemp("host")
    app = new_app(Stores.sqlite(folder))
    maya = join(app, "maya")
    with app.app_context():
        for engine in database.db.engines.values():
            engine.dispose()
    return folder, maya


@pytest.fixture
def operator(folder, as_it_was) -> Operator:
    """Has a copy of that host."""
    return Operator(shutil.copytree(as_it_was[0], folder / "host"))


@pytest.fixture
def maya(as_it_was) -> Person:
    return as_it_was[1]


def test_from_the_first_step_to_the_last(operator, maya):
    assert "No rotation is under way" in operator.says()[1]
    assert "locks nothing yet" in operator.does("begin")
    assert operator.has() == {"pepper", "next_pepper"}
    assert "locks from the next reload on" in operator.does()
    assert operator.has() == {"pepper", "previous_pepper"}
    assert "3 locks are under the current secret; 0 are left under the previous." in operator.does()
    assert f"retired-{OLD}.json" in operator.does()
    assert operator.has() == {"pepper"}
    assert "No rotation is under way" in operator.says()[1]
    assert with_cookies(operator.app(), sign_in=cookie_of(maya)).get("/account").status_code == 200
    before = app_of(settings(operator.stores))
    assert with_cookies(before, sign_in=cookie_of(maya)).get("/account").status_code == 401


def test_a_wrong_order_is_refused_with_a_sentence(operator, maya):
    operator.is_refused("There is no new secret to use", "use")
    for step in ("relock", "retire"):
        operator.is_refused("There is no previous secret here", step)
    operator.is_refused("no new secret that nothing is locked with", "abandon")
    operator.does("begin")
    operator.is_refused("A rotation is under way", "begin")
    operator.is_refused("There is no previous secret here", "retire")
    operator.does("use")
    operator.is_refused("no new secret that nothing is locked with", "abandon")
    operator.is_refused("3 locks are under the previous secret still", "retire")
    operator.is_refused("3 locks are under the previous secret still", "retire", "--leave", "2")
    operator.does("relock")
    operator.does("relock")
    operator.does("retire")


def test_what_was_begun_can_be_taken_back(operator, maya):
    before = operator.file.read_bytes()
    operator.does("begin")
    operator.does("abandon")
    assert operator.file.read_bytes() == before


@pytest.mark.parametrize("steps_before", [["begin"], ["begin", "use"], ["begin", "use", "relock"]])
def test_a_process_that_was_not_reloaded_stops_every_step(operator, maya, steps_before):
    for step in steps_before[:-1]:
        operator.does(step)
    with operator.serving():
        if steps_before[-1] != "relock":
            operator.does(steps_before[-1])
            operator.is_refused("still runs with the secrets from before")
            assert operator.says("--status")[0] == 1
    operator.does()
    with operator.serving():
        assert operator.says("--status")[0] == 0


def test_several_hosts_need_the_operators_word(operator, maya):
    elsewhere = {"keyring_url": "postgresql://shoreline@127.0.0.1:1/keyring"}
    operator.does("begin")
    [rotation] = [Rotation(replace(operator.settings, **elsewhere))]
    with operator.app().app_context():
        assert not rotation.one_host()
        with pytest.raises(Exception, match="give this step with --everywhere"):
            rotation.use()
        assert operator.has() == {"pepper", "next_pepper"}
        rotation.use(everywhere=True)
    assert operator.has() == {"pepper", "previous_pepper"}


def test_two_at_once_do_not_meet(operator, maya):
    with alone(operator.folder, "rotating"):
        operator.is_refused("Somebody is at this already", "begin")


def test_what_it_says_never_has_a_secret_in_it(operator, maya):
    said = "".join(operator.says(*step)[1] for step in (["begin"], ["--status"], ["use"], [], ["--status"], ["retire"]))
    kept = json.loads((operator.folder / f"retired-{OLD}.json").read_text())
    for secret in (*json.loads(operator.file.read_text()).values(), kept["pepper"]):
        assert secret not in said
    assert f"previous   {OLD}, 0 locks" in said


def test_a_backup_from_before_needs_the_old_one(operator, maya):
    with operator.app().app_context(), database.reading() as c:
        backup = c.execute(select(WAYS_IN.c.wrap).where(WAYS_IN.c.kind == "password")).scalar_one()
    for step in ("begin", "use", "relock", "retire"):
        operator.does(step)
    with operator.app().app_context(), database.writing() as c:
        c.execute(update(WAYS_IN).where(WAYS_IN.c.kind == "password").values(wrap=backup))

    assert signs_in(Person.nobody(operator.app()), maya.login_name, maya.password).status_code == 401
    assert f"elsewhere  1 locks under secrets that are not here: {OLD}" in operator.says("--status")[1]
    operator.does("readmit", str(operator.folder / f"retired-{OLD}.json"))
    assert signs_in(Person.nobody(operator.app()), maya.login_name, maya.password).status_code == 201
    operator.does("relock")
    operator.does("retire")
    assert signs_in(Person.nobody(operator.app()), maya.login_name, maya.password).status_code == 201


def test_a_lock_that_nothing_opens_is_left_behind_only_on_purpose(operator, maya):
    with operator.app().app_context():
        service.erasures.keyring_store.destroy_lock_key(in_hand(operator.app(), maya).account_id)
    operator.does("begin")
    operator.does("use")
    assert "3 open with no secret and key that are here." in operator.does("relock")
    operator.is_refused("retire --leave 3", "retire")
    operator.does("retire", "--leave", "3")


def test_who_is_signing_in_while_her_lock_is_moved_gets_in(operator, maya):
    """Stretching a password takes longer than moving its lock."""
    operator.does("begin")
    operator.does("use")
    app = operator.app()
    with app.app_context():
        way = ways_in.of(in_hand(app, maya).account_id, "password")
        who = ways_in.prove_by_password(way, maya.password)
        operator.does("relock")
        assert ways_in.of(who.account_id, "password").wrap != way.wrap
        with database.writing() as c:
            ways_in.hold(c, who)


def test_who_is_signing_in_while_her_password_changes_does_not(operator, maya):
    app = operator.app()
    hers = with_cookies(app, sign_in=cookie_of(maya))
    with app.app_context():
        who = ways_in.prove_by_password(ways_in.of(in_hand(app, maya).account_id, "password"), maya.password)
        body = {"current_password": maya.password, "new_password": NEW}
        assert hers.put("/account/password", body).status_code in (200, 204)
        with database.writing() as c, pytest.raises(Refused):
            ways_in.hold(c, who)


@pytest.mark.slow
class TestKilled:
    """A relock that is killed at any moment is given again, and nothing is lost."""

    def test_between_any_two_batches(self, operator, maya):
        cookies = many_sign_ins(operator.app(), maya, 400)
        for step in ("begin", "use"):
            operator.does(step)
        left = [403]
        for _ in range(2):
            left.append(killed_relock(operator, until=left[-1] - 120))
            assert 0 < left[-1] < left[-2] - 90
        assert "403 locks are under the current secret; 0 are left" in operator.does("relock")
        operator.does("retire")
        app = operator.app()
        with app.app_context():
            assert all(service.sign_ins.find(cookie) for cookie in cookies)

    def test_while_the_file_is_written(self, folder):
        """It has the one content or the other, whole, at every moment."""
        file = folder / "secrets.json"
        secrets_file.make(file, PEPPER)
        contents = [{"pepper": "A" * 44}, {"pepper": "B" * 44, "previous_pepper": "A" * 44}]
        program = (
            "import pathlib, sys; from journal.operating import secrets_file\n"
            f"while True:\n  for it in {contents!r}:\n    "
            f"secrets_file.write(pathlib.Path({str(file)!r}), it); print('written', flush=True)"
        )
        for wait in (0.01, 0.037):
            writer = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE)
            writer.stdout.readline()
            time.sleep(wait)
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
            assert json.loads(file.read_text()) in contents
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        secrets_file.write(file, contents[0])
        assert [path.name for path in folder.iterdir()] == ["secrets.json"]


def many_sign_ins(app: Flask, person: Person, how_many: int) -> list[str]:
    """As if she had as many devices."""
    who, cookies = in_hand(app, person), []
    with app.app_context(), database.writing() as c:
        for _ in range(how_many):
            begun = service.sign_ins.begin(c, who, Browser("Firefox"))
            cookies.append(begun.token.cookie_value)
    return cookies


def killed_relock(operator: Operator, until: int) -> int:
    """Relock in another process and kill it when so few are left under the old one; how many there are then."""
    environ = os.environ | {"SHORELINE_DATA": str(operator.folder), "SHORELINE_SECRETS": str(operator.file)}
    # There it waits to be killed, however late whoever kills it comes.
    waits = (
        "import time; from journal.accounts import relocking as r; w = r.Wraps._write\n"
        "from journal.operating.rotation import Rotation; from wsgi import app; app.app_context().push()\n"
        "left = Rotation(app.extensions['settings']).left\n"
        f"r.Wraps._write = lambda *a: time.sleep(600) if left() <= {until} else w(*a)\n"
        "app.test_cli_runner().invoke(args=['rotate-pepper', 'relock'])"
    )
    child = subprocess.Popen([sys.executable, "-c", waits], cwd=ROOT, env=environ)
    rotation = Rotation(operator.settings)
    with operator.app().app_context():
        while rotation.left() > until:
            assert child.poll() is None, "it ended before it could be killed"
            time.sleep(0.002)
        child.send_signal(signal.SIGKILL)
        child.wait()
        return rotation.left()


@pytest.mark.parametrize(
    ("step", "word"), [("begin", " --everywhere   (no other host"), ("use", ""), ("relock", " --everywhere   (no")]
)
def test_with_several_hosts_each_step_says_the_word_that_the_next_one_wants(operator, monkeypatch, step, word):
    """On PostgreSQL nobody here can tell whether there are several."""
    monkeypatch.setattr(Rotation, "one_host", lambda _: False)
    said = ""
    for each in ("begin", "use", "relock"):
        said = operator.does(each, "--everywhere")
        if each == step:
            break
    [then] = [line for line in said.splitlines() if line.startswith("then")]
    assert then.startswith(f"then       flask rotate-pepper{word}")
    assert word or then.endswith("rotate-pepper")


def test_what_is_let_in_again_is_for_a_restore(operator):
    for step in ("begin", "use", "relock", "retire"):
        operator.does(step)
    [retired] = operator.folder.glob("retired-*.json")
    assert "then       restore the backup, and go on: flask rotate-pepper\n" in operator.does("readmit", str(retired))

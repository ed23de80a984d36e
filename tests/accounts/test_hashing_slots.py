"""So many passwords are stretched at once on a host, over all processes, and no more."""

import subprocess
import sys
import threading
import time
from contextlib import ExitStack

import pytest
from sqlalchemy import select

from journal import database
from journal.accounts import host, subjects
from journal.accounts.hashing_slots import COME_BACK_IN, MOST_HERE, hashing_slot
from journal.accounts.models import TRIES
from journal.errors import Busy
from tests.accounts.people import WRONG, signs_in

HOLDER = """
import sys, time
from pathlib import Path
from journal.accounts.hashing_slots import hashing_slot
from journal.accounts.models import TRIES
with hashing_slot(Path(sys.argv[1]), 1):
    print("held", flush=True)
    time.sleep(60)
"""


def test_who_finds_no_slot_waits_and_is_then_told_to_come_back(folder):
    with hashing_slot(folder, 1):
        started = time.monotonic()
        with pytest.raises(Busy) as busy, hashing_slot(folder, 1, patience=0.2):
            pass
    assert time.monotonic() - started >= 0.2
    assert COME_BACK_IN[0] <= int(busy.value.headers["Retry-After"]) <= COME_BACK_IN[1]


def test_who_waits_gets_the_slot_that_comes_free(folder):
    with ExitStack() as held:
        held.enter_context(hashing_slot(folder, 1))
        threading.Timer(0.1, held.close).start()
        with hashing_slot(folder, 1, patience=60):
            pass


def test_those_who_wait_leave_threads_for_whoever_is_signed_in(folder):
    """A crowd at the door must not be all that a process serves."""
    turned_away, over = [], threading.Event()

    def wait() -> None:
        try:
            # One has it until all others were turned away, so nobody else can have waited for it.
            with hashing_slot(folder, 1, patience=60):
                over.wait(60)
        except Busy:
            turned_away.append(threading.current_thread())
            if len(turned_away) == 8 - MOST_HERE:
                over.set()

    crowd = [threading.Thread(target=wait) for _ in range(8)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join(90)

    assert over.is_set()
    assert len(turned_away) == 8 - MOST_HERE


def test_not_all_are_told_to_come_back_at_the_same_moment(folder):
    """Or they would all be turned away together again."""
    told = set()
    with hashing_slot(folder, 1):
        for _ in range(60):
            with pytest.raises(Busy) as busy, hashing_slot(folder, 1, patience=0):
                pass
            told.add(busy.value.headers["Retry-After"])
    assert len(told) > 1


def test_nobody_else_on_the_host_can_lock_it(folder):
    with hashing_slot(folder, 1):
        assert [oct(path.stat().st_mode & 0o777) for path in folder.glob("hashing-*")] == ["0o600"]


@pytest.mark.slow
def test_a_process_that_dies_lets_go(folder):
    process = subprocess.Popen([sys.executable, "-c", HOLDER, folder], stdout=subprocess.PIPE)
    try:
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(Busy), hashing_slot(folder, 1, patience=0.1):
            pass
        process.kill()
        with hashing_slot(folder, 1, patience=60):
            pass
    finally:
        process.kill()
        process.communicate()


def test_at_the_door_it_is_busy_and_no_try_is_counted(app, visitor):
    """Whoever keeps the host busy cannot use up a name's tries that way."""
    with app.app_context():
        settings = host.here().settings
    with ExitStack() as held:
        for _ in range(settings.hashes_at_once):
            held.enter_context(hashing_slot(settings.data, settings.hashes_at_once))
        refused = signs_in(visitor, "busy-maya", WRONG)
    assert refused.status_code == 503
    assert refused.json["type"] == "/problems/busy"
    assert int(refused.headers["Retry-After"]) in range(COME_BACK_IN[0], COME_BACK_IN[1] + 1)
    with app.app_context(), database.reading() as c:
        subject = subjects.at_door(subjects.PASSWORD, host.here().login_index("busy-maya"), None, None)
        assert c.execute(select(TRIES).where(TRIES.c.subject == subject)).first() is None
    assert signs_in(visitor, "busy-maya", WRONG).status_code == 401

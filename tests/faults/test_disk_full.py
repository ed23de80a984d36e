"""The disk is full: what is acknowledged stays, nothing is kept twice, reading goes on, and room is all it takes."""

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest

from tests.faults.disk import Disk, filling_up, small_disk
from tests.faults.patient import PASSWORD, Patient, all_at_once, problem, within
from tests.faults.wire import Wire
from tests.http import Reply
from tests.live import Server, serving
from tests.stores import PostgresServer, Stores, postgres

pytestmark = pytest.mark.slow

FULL = (507, "storage-full")
TABS, REFUSALS = 6, 8


@pytest.mark.parametrize("what", ["both", "keyring"])
def test_sqlite(folder, what):
    with small_disk(12) as disk:
        places = {name: disk.folder if what in (name, "both") else folder for name in ("database", "keyring")}
        stores = Stores(
            folder, f"sqlite:///{places['database']}/journal.sqlite3", f"sqlite:///{places['keyring']}/k/keys.sqlite3"
        )
        with serving(folder, stores) as server:
            if what == "keyring":
                the_keyring_has_no_room(server, disk)
            else:
                the_database_has_no_room(server, disk)


def the_database_has_no_room(server: Server, disk: Disk) -> None:
    maya = Patient.joined(server.url)
    for _ in range(5):
        assert maya.writes().status_code == 201
    disk.fill(leaving=256 * 1024)
    tabs = [maya.beside() for _ in range(TABS)]
    with filling_up(disk):
        all_at_once(tabs, until_refused)
        assert set(maya.journal()) >= set(maya.acknowledged)
        assert maya.wire.get("/trends").status_code == 200
        signing_in = maya.signs_in()  # PostgreSQL may find a place for one in a page that is there.
        assert signing_in.status_code == 201 or problem(signing_in) == FULL
    disk.make_room()
    within(60, lambda: maya.signs_in().status_code == 201)
    nothing_is_lost(maya, tabs)


def until_refused(tab: Patient) -> None:
    """Goes on writing after the first refusal: some that are shorter may still find room."""
    while len(tab.refused) < REFUSALS:
        reply = tab.writes()
        if reply.status_code != 201:
            assert problem(reply) == FULL


def nothing_is_lost(maya: Patient, tabs: list[Patient]) -> None:
    for tab in tabs:
        assert set(tab.sends_again()) <= {200, 201}
    sent = [row for tab in (maya, *tabs) for row in tab.acknowledged]
    assert maya.journal() == dict.fromkeys(sent, 1)


def the_keyring_has_no_room(server: Server, disk: Disk) -> None:
    """Who has a key goes on; who needs a new one is told to come back."""
    maya, noor = Patient.joined(server.url), Wire(server.url)

    def joins() -> Reply:
        return noor.post("/accounts", {"login_name": f"noor-{uuid4().hex[:8]}", "password": PASSWORD})

    with filling_up(disk):
        within(120, lambda: joins().status_code != 201)
        assert problem(joins()) == FULL
        assert maya.writes().status_code == 201
        assert maya.signs_in().status_code == 201
    disk.make_room()
    within(60, lambda: joins().status_code == 201)
    noor.close()
    nothing_is_lost(maya, [])


SMALL = ("shared_buffers=16MB", "min_wal_size=2MB", "max_wal_size=4MB")


@pytest.fixture
def serving_postgres(folder) -> Callable[[PostgresServer], AbstractContextManager[Server]]:
    return lambda server: serving(folder, Stores.postgres(folder, server.url, "journal"))


def test_postgres(serving_postgres):
    """Its tables have no room; its log has what it needs."""
    with small_disk(80) as disk, postgres(disk.folder, more=SMALL) as server, serving_postgres(server) as served:
        the_database_has_no_room(served, disk)


def test_postgres_gives_up_where_its_log_has_no_room(serving_postgres):
    """It stops at once. When there is room it is back, by itself or by its service manager, and the app finds it."""
    with small_disk(24) as disk, postgres(log_on=disk.folder, more=SMALL) as server, serving_postgres(server) as served:
        maya = Patient.joined(served.url)
        tabs = [maya.beside() for _ in range(TABS)]
        with filling_up(disk):
            all_at_once(tabs, until_it_stops)
        disk.make_room()
        within(90, lambda: is_up(server))
        # An unclean stop empties the sign-ins.
        within(60, lambda: maya.signs_in_again().status_code == 201)
        nothing_is_lost(maya, [tab.as_signed_in(maya) for tab in tabs])


def is_up(server: PostgresServer) -> bool:
    """It comes back by itself, or gave that up too and is started again."""
    if server.process.poll() is not None:
        with contextlib.suppress(RuntimeError):
            server.start()
    return server.answers()


def until_it_stops(tab: Patient) -> None:
    while not any(status == 503 for status, _ in tab.answers):
        reply = tab.writes()
        if reply.status_code != 201:
            assert problem(reply) in (FULL, (503, "store-unavailable"))

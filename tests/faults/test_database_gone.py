"""The database, or the keyring's, is gone for a while: 503 within three seconds, well again within five of its return.

`SHORELINE_GONE_FOR=60 pytest tests/faults/test_database_gone.py` takes longer, and is what `make torture` asks for.
"""

import http.client
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.network import network
from tests.faults.patient import Lateness, Patient, all_at_once, problem, within
from tests.live import serving
from tests.stores import PostgresServer, Stores, postgres

pytestmark = pytest.mark.slow

GONE_FOR = float(os.environ.get("SHORELINE_GONE_FOR", "5"))
AWAY = (503, "store-unavailable")
TOLD_WITHIN, BACK_WITHIN = 3.0, 5.0
# As many as the app has threads, and as many again who wait for one.
TABS = 16


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with postgres() as made:
        yield made


def stores(folder: Path, server: PostgresServer) -> Stores:
    return Stores.postgres(folder, server.url, folder.name)


def test_stopped_and_started_again(folder, server):
    with serving(folder, stores(folder, server)) as served:
        maya = Patient.joined(served.url)
        tabs = [maya.beside() for _ in range(TABS)]
        server.stop()
        told_in_time(tabs)
        server.start()
        # An immediate stop empties the sign-ins.
        within(BACK_WITHIN, lambda: maya.signs_in_again().status_code == 201)
        all_is_well([tab.as_signed_in(maya) for tab in tabs], maya)


def test_a_network_that_carries_nothing(folder, server):
    """Nothing is refused then: whatever was asked just gets no answer."""
    behind = stores(folder, server)
    with network(server.url) as between:
        there = {
            name: url.replace(server.url, between.url)
            for name, url in (("database_url", behind.database_url), ("keyring_url", behind.keyring_url))
        }
        with serving(folder, replace(behind, **there)) as served:
            maya = Patient.joined(served.url)
            tabs = [maya.beside() for _ in range(TABS)]
            all_at_once(tabs, Patient.writes)
            between.stop_carrying()
            told_in_time(tabs)
            between.carry()
            within(BACK_WITHIN, lambda: maya.writes().status_code == 201)
            all_is_well(tabs, maya)


def test_the_keyring_alone(folder, server):
    """Whoever wrote within the last minute goes on; nobody comes in, and nobody is told it was their password."""
    behind = stores(folder, server)
    with network(server.url) as between:
        apart = behind.keyring_url.replace(server.url, between.url)
        with serving(folder, replace(behind, keyring_url=apart), workers=1) as served:
            maya = Patient.joined(served.url)
            between.stop_carrying()
            assert maya.writes().status_code == 201
            slowest = []
            with Lateness() as late:
                for _ in range(3):
                    began = time.monotonic()
                    assert problem(maya.signs_in()) == AWAY
                    slowest.append(time.monotonic() - began)
            in_time(slowest, late)
            between.carry()
            within(BACK_WITHIN, lambda: maya.signs_in().status_code == 201)


def told_in_time(tabs: list[Patient]) -> None:
    """Everybody writes and reads all the while, more of them than threads; nobody waits for over three seconds."""
    over = time.monotonic() + GONE_FOR
    slowest: list[float] = []

    def goes_on(tab: Patient) -> None:
        while time.monotonic() < over:
            began = time.monotonic()
            reply = tab.writes()
            slowest.append(time.monotonic() - began)
            assert problem(reply) == AWAY
            began = time.monotonic()
            assert problem(tab.wire.ask("GET", "/check-ins")) == AWAY
            slowest.append(time.monotonic() - began)
            time.sleep(0.2)

    with Lateness() as late:
        all_at_once([*tabs, None], lambda tab: goes_on(tab) if tab else is_red(tabs[0].wire.url, over, slowest))
    in_time(slowest, late)


def in_time(slowest: list[float], late: Lateness) -> None:
    assert max(slowest) < TOLD_WITHIN + late.of_all_hands, late.worst


def is_red(url: str, over: float, slowest: list[float]) -> None:
    """Whoever asks whether this server is ready is told that it is not, in time."""
    time.sleep(1.1)  # An answer counts for a second.
    while time.monotonic() < over:
        began = time.monotonic()
        assert ready(url) == 503
        slowest.append(time.monotonic() - began)
        time.sleep(0.2)


def ready(url: str) -> int:
    host, _, port = url.removeprefix("http://").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().status
    finally:
        connection.close()


def all_is_well(tabs: list[Patient], maya: Patient) -> None:
    """At once, on every connection of every process: what was refused is kept now, and once."""
    for tab in tabs:
        assert set(tab.sends_again()) <= {200, 201}
    within(BACK_WITHIN, lambda: all(ready(maya.wire.url) == 204 for _ in range(8)))
    sent = [row for tab in (maya, *tabs) for row in tab.acknowledged]
    assert maya.journal() == dict.fromkeys(sent, 1)

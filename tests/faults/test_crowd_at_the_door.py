"""Many sign in at once: whoever is late is told when to come back, and whoever is signed in does not notice."""

import threading
from collections import Counter

import pytest

from journal.accounts.hashing_slots import COME_BACK_IN
from tests.faults.patient import Patient, all_at_once, problem
from tests.live import serving

pytestmark = pytest.mark.slow

CROWD = 24


def test_a_crowd_at_the_door(folder):
    with serving(folder) as server:
        crowd = [Patient.joined(server.url) for _ in range(CROWD // 4)] * 4
        maya = Patient.joined(server.url)
        writing, over = maya.beside(), threading.Event()
        writer = threading.Thread(target=lambda: [writing.writes() for _ in iter(over.is_set, True)])
        writer.start()
        became = Counter[int]()

        def comes_in(person: Patient) -> None:
            reply = person.signs_in()
            became[reply.status_code] += 1
            if reply.status_code != 201:
                assert problem(reply) == (503, "busy")
                assert COME_BACK_IN[0] <= int(reply.headers["Retry-After"]) <= COME_BACK_IN[1]

        try:
            all_at_once(crowd, comes_in)
        finally:
            over.set()
            writer.join()
        assert became[201] > 0
        assert became[503] > 0
        assert {status for status, _ in writing.answers} == {201}
        assert maya.journal() == dict.fromkeys(writing.acknowledged, 1)

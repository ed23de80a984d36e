"""As it is served: taking back while Dr Okafor reads, a thousand readings, and the same thing asked twice at once."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import Person, check_in, join, join_therapist
from tests.http import Browserless
from tests.live import serving
from tests.sharing.between import (
    STORY,
    Journal,
    card,
    draft,
    every_read,
    lends,
    log,
    meets,
    preview,
    stands,
    waits,
    writes,
)
from tests.stores import new_app

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("races of sharing")]

READS = 1000
THREADS = 8
NAMES = {"okafor": "Dr Okafor", "lind": "Dr Lind"}


def until() -> str:
    return (datetime.now(UTC) + timedelta(days=30)).isoformat()


class Served:
    """Somebody of the cast at the server's address. Each thread asks over a connection of its own."""

    def __init__(self, person: Person, url: str) -> None:
        self.person = person
        self._cookies = {cookie.key: cookie.value for cookie in person.client._cookies.values()}
        self._url = url

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        return getattr(Browserless(self._url, dict(self._cookies)), verb)


@pytest.fixture(scope="module")
def people(new_stores):
    stores = new_stores("races")
    app = new_app(stores)
    cast = {name: join(app, name) for name in ("maya", "noor")}
    cast |= {name: join_therapist(app, name, shown) for name, shown in NAMES.items()}
    with serving(stores.data, stores) as server:
        yield {name: Served(person, server.url) for name, person in cast.items()}
        assert "Traceback" not in server.log()


@pytest.fixture(scope="module")
def journals(people) -> dict[str, Journal]:
    return {name: writes(people[name].person) for name in ("maya", "noor")}


@pytest.fixture(scope="module")
def pins(people, journals) -> dict[tuple[str, str], str]:
    """Each patient has met each therapist."""
    pairs = [(patient, therapist) for patient in journals for therapist in NAMES]
    return {pair: meets(people[pair[0]], people[pair[1]]) for pair in pairs}


def readings(entries):
    return [entry for entry in entries if entry["by"] == "reviewer"]


def read_from_threads(reads, ask, on_each=lambda _done: None):
    """So many readings, from several threads: when each was begun, and what came of it."""
    numbers, made, lock = count(), [], threading.Lock()

    def work():
        while (number := next(numbers)) < reads:
            begun = time.monotonic()
            status = ask(number)
            with lock:
                made.append((begun, status))
            on_each(len(made))

    with ThreadPoolExecutor(THREADS) as pool:
        for worker in [pool.submit(work) for _ in range(THREADS)]:
            worker.result()
    return made


def at_once(*asks):
    """Every one begun at the same moment."""
    together = threading.Barrier(len(asks))

    def begin(ask):
        together.wait()
        return ask()

    with ThreadPoolExecutor(len(asks)) as pool:
        return [each.result() for each in [pool.submit(begin, ask) for ask in asks]]


def test_no_reading_begun_after_taking_back_succeeds_and_every_other_is_in_the_log(people, journals, pins):
    maya, okafor = people["maya"], people["okafor"]
    before = len(readings(log(maya)))
    share = lends(maya, pins["maya", "okafor"], STORY, journals["maya"].sessions, until=until())
    paths = every_read(share, journals["maya"].second)
    halfway, acknowledged = threading.Event(), []

    def take_back():
        halfway.wait(120)
        assert maya.delete(f"/shares/{share}").status_code == 204
        acknowledged.append(time.monotonic())

    taking = threading.Thread(target=take_back)
    taking.start()
    made = read_from_threads(
        READS,
        lambda number: okafor.get(paths[number % len(paths)]).status_code,
        lambda done: halfway.set() if done > READS // 3 else None,
    )
    taking.join()

    [at] = acknowledged
    after = Counter(status for begun, status in made if begun > at)
    assert set(after) == {404}
    assert after[404] > READS // 10
    results = Counter(status for _, status in made)
    assert set(results) == {200, 404}
    # `log` sees to it that the log is whole.
    entries = log(maya)
    assert len(readings(entries)) - before == results[200]
    # What was read before it was taken back stands before it in the log, and nothing after.
    mine = [entry["what"] for entry in entries if entry.get("share_id") == share]
    assert mine[0] == "taken_back"


def test_a_thousand_readings_are_a_thousand_entries_within_five_seconds(people, journals, pins):
    shares = {
        (patient, therapist): lends(people[patient], pin, STORY, journals[patient].sessions, until=until())
        for (patient, therapist), pin in pins.items()
    }
    before = {name: people[name].get("/access-log").json["entries"][0]["number"] for name in journals}
    line = cycle(
        (people[therapist], path)
        for (patient, therapist), share in shares.items()
        for path in every_read(share, journals[patient].second)[:2]
    )
    asked = [next(line) for _ in range(READS)]
    seen, over = [], threading.Event()

    def look():
        """Maya looks all the while, and nothing ever seems to be missing."""
        while not over.is_set():
            seen.append(people["maya"].get("/access-log").json["whole"])

    looking = threading.Thread(target=look)
    looking.start()
    made = read_from_threads(READS, lambda number: asked[number][0].get(asked[number][1]).status_code)
    last = time.monotonic()
    newest = {name: people[name].get("/access-log").json["entries"][0]["number"] for name in journals}
    assert time.monotonic() - last < 5
    over.set()
    looking.join()

    assert Counter(status for _, status in made) == {200: READS}
    assert sum(newest[name] - before[name] for name in journals) == READS
    assert len(seen) > 5
    assert all(seen)
    for name in journals:
        entries = log(people[name])
        assert [entry["number"] for entry in entries] == list(range(newest[name], 0, -1))
        fresh = [entry for entry in entries if entry["number"] > before[name]]
        assert Counter((it["what"], it["name"]) for it in fresh) == {
            ("opened_brief", shown): READS // 4 for shown in NAMES.values()
        }
    for (patient, _), share in shares.items():
        assert people[patient].delete(f"/shares/{share}").status_code == 204


def test_two_decisions_at_once_are_one_after_the_other_or_one_of_them_is_asked_again(people, journals, pins):
    maya = people["maya"]
    share = lends(maya, pins["maya", "okafor"], until=until())
    path = f"/shares/{share}/decisions"
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for _ in range(5):
        both = [str(uuid4()) for _ in range(2)]
        for name in both:
            assert maya.put(f"/check-ins/{name}", check_in(None, "anytime", now)).status_code == 201
        bodies = [{"check_ins": [{"id": name, "revision": 1, "share": True}]} for name in both]
        answers = at_once(*(lambda body=body: maya.put(path, body) for body in bodies))

        statuses = [answer.status_code for answer in answers]
        assert set(statuses) <= {200, 412}
        assert 200 in statuses
        lent = {it["check_in_id"] for it in stands(maya, share)["lent_check_ins"]}
        assert [name in lent for name in both] == [status == 200 for status in statuses]
        for body, status in zip(bodies, statuses, strict=True):
            assert status == 200 or maya.put(path, body).status_code == 200
    assert waits(maya) == []
    assert [entry["what"] for entry in log(maya) if entry.get("share_id") == share] == ["lent"] * 10 + ["made"]
    assert maya.delete(f"/shares/{share}").status_code == 204


def test_lending_and_taking_back_at_once_leaves_nothing_lent(people, journals, pins):
    maya, okafor = people["maya"], people["okafor"]
    for _ in range(5):
        share = lends(maya, pins["maya", "okafor"], STORY, journals["maya"].sessions, check_ins=[], until=until())
        seen = preview(maya, STORY, journals["maya"].sessions)
        body = {"check_ins": [it | {"share": True} for it in seen["seen_check_ins"]], "sessions": seen["seen_sessions"]}
        later = {"until": (datetime.now(UTC) + timedelta(days=3)).isoformat()}
        decided, taken, ended = at_once(
            lambda share=share, body=body: maya.put(f"/shares/{share}/decisions", body),
            lambda share=share: maya.delete(f"/shares/{share}"),
            lambda share=share, later=later: maya.put(f"/shares/{share}/until", later),
        )
        assert taken.status_code == 204
        assert {decided.status_code, ended.status_code} <= {200, 409, 412}
        stood = stands(maya, share)
        assert (stood["state"], stood["lent"]) == ("taken_back", 0)
        assert okafor.get(f"/desk/{share}/brief").status_code == 404


def test_one_share_sent_several_times_at_once_is_made_once(people, journals, pins):
    maya, okafor = people["maya"], people["okafor"]
    body = draft(maya, pins["maya", "okafor"], STORY, journals["maya"].sessions, until=until())
    for _ in range(5):
        share = str(uuid4())
        answers = at_once(*[lambda share=share: maya.put(f"/shares/{share}", body)] * 4)
        statuses = Counter(answer.status_code for answer in answers)
        assert statuses[201] == 1
        assert set(statuses) <= {201, 200, 412}
        assert maya.put(f"/shares/{share}", body).status_code == 200
        assert [it["id"] for it in maya.get("/shares").json["shares"]].count(share) == 1
        assert okafor.get(f"/desk/{share}/brief").status_code == 200
        assert [it["what"] for it in log(maya) if it.get("share_id") == share] == ["opened_brief", "made"]


def test_one_pin_kept_several_times_at_once_is_kept_once(people):
    noor = people["noor"]
    for name in ("okafor", "lind"):
        for pin in noor.get("/pins").json["pins"]:
            assert noor.delete(f"/pins/{pin['id']}").status_code == 204
        text, pin = card(people[name]), str(uuid4())
        answers = at_once(*[lambda pin=pin, text=text: noor.put(f"/pins/{pin}", {"card": text})] * 4)
        assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 3}
        assert len(noor.get("/pins").json["pins"]) == 1

"""Two hosts, each with a folder and a gunicorn of its own, on one PostgreSQL: what is true on one is true on both."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.cast import Person, check_in, join, join_therapist
from tests.deposits.phone import AT, Phone, document
from tests.http import Browserless, Reply
from tests.live import serving
from tests.sharing.steps import keeps, lends
from tests.stores import Stores, new_app

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("two processes")]

WRONG = "nobody has this password"
NEXT_DAY = "2026-11-21T15:00:00-05:00"
LINE = {"texts": {"story.line": "Warm light over the water."}}


@dataclass
class Two:
    """Both hosts, and the stores that they share."""

    urls: tuple[str, str]
    app: Flask

    def for_somebody(self, person: Person) -> tuple[Browserless, Browserless]:
        """One sign-in, at both hosts."""
        here, there = (Browserless(url, cookies_of(person)) for url in self.urls)
        return here, there

    def for_nobody(self) -> tuple[Browserless, Browserless]:
        here, there = (Browserless(url) for url in self.urls)
        return here, there


@pytest.fixture(scope="module")
def two(tmp_path_factory, postgres) -> Iterator[Two]:
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "other")]
    stores = Stores.postgres(folders[0], postgres, f"two_{uuid4().hex[:8]}")
    app = new_app(stores)
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(folder, stores, workers=1)) for folder in folders]
        yield Two((servers[0].url, servers[1].url), app)
        assert all("Traceback" not in server.log() for server in servers)


@pytest.fixture(scope="module")
def noor(two) -> Person:
    return join(two.app, "noor")


@pytest.fixture
def maya(two) -> Person:
    """Signs up for each story: some of them end with her account."""
    return join(two.app, "maya")


@pytest.fixture(scope="module")
def okafor(two) -> Person:
    return join_therapist(two.app, "okafor", "Dr Okafor")


def at_once(*asks: Callable[[], Reply]) -> list[Reply]:
    """Every one sent at the same moment."""
    together = Barrier(len(asks))

    def begin(ask: Callable[[], Reply]) -> Reply:
        together.wait(30)
        return ask()

    with ThreadPoolExecutor(len(asks)) as pool:
        return list(pool.map(begin, asks))


def sent_to_both(doors: tuple[Browserless, Browserless], path: str, body: Any, **headers: str) -> list[Reply]:
    """The same, put to both at the same moment."""
    here, there = doors
    return at_once(lambda: here.put(path, body, headers=headers), lambda: there.put(path, body, headers=headers))


def cookies_of(person: Person) -> dict[str, str]:
    return {cookie.key: cookie.value for cookie in person.client._cookies.values()}


def statuses(replies: list[Reply]) -> list[int]:
    return sorted(reply.status_code for reply in replies)


def said(mood: int) -> dict[str, Any]:
    return check_in(None, "anytime", AT, LINE, answers={"emo.mood_now": mood})


class TestASignIn:
    def test_begun_at_one_it_opens_the_journal_at_the_other(self, two, noor):
        here, there = two.for_nobody()
        assert here.post("/sign-ins", noor.what_lets_in()).status_code == 201
        there.cookies = here.cookies
        row = str(uuid4())

        assert there.put(f"/check-ins/{row}", said(3)).status_code == 201
        assert here.get(f"/check-ins/{row}").json["story"] == LINE

    @pytest.mark.parametrize("path", ["/sign-ins/current", "/sign-ins"])
    def test_ended_at_one_it_is_over_at_the_other_at_once(self, two, noor, path):
        here, there = two.for_somebody(noor.elsewhere(two.app))
        assert there.get("/check-ins").status_code == 200

        assert Browserless(here.url, dict(here.cookies)).delete(path).status_code == 204
        assert there.get("/check-ins").status_code == 401

    def test_a_new_password_ends_those_at_the_other(self, two, maya):
        here, there = two.for_somebody(maya)
        elsewhere = two.for_somebody(maya.elsewhere(two.app))[1]
        assert elsewhere.get("/check-ins").status_code == 200
        new = {"current_password": maya.password, "new_password": "another harbour, another wall"}

        assert here.put("/account/password", new).status_code == 204
        assert [each.get("/check-ins").status_code for each in (elsewhere, there)] == [401, 401]
        there.cookies = here.cookies
        assert there.get("/check-ins").status_code == 200

    def test_a_code_that_was_used_at_one_is_used_up_at_the_other(self, two, okafor):
        here, there = two.for_nobody()
        given = okafor.what_lets_in()

        assert here.post("/sign-ins", given).status_code == 201
        assert there.post("/sign-ins", given).status_code == 401


class TestAnAccount:
    def test_erased_at_one_it_is_gone_at_the_other_at_once(self, two, maya):
        """The other has her key in memory for up to a minute, and nothing left that it would open."""
        here, there = two.for_somebody(maya)
        phone, deposit = Phone.of(maya, two.app), uuid4()
        sealed = phone.seal(document("anytime", AT), deposit)
        assert there.put(f"/check-ins/{uuid4()}", said(3)).status_code == 201

        assert here.delete("/account").status_code == 204
        assert there.get("/check-ins").status_code == 401
        token = {"Authorization": f"Bearer {phone.token}"}
        assert there.put(f"/deposits/{deposit}", sealed, headers=token).status_code == 401
        assert there.post("/sign-ins", maya.what_lets_in()).status_code == 401

    def test_one_name_taken_at_both_at_once_is_one_account(self, two):
        here, there = two.for_nobody()
        draft = {"login_name": f"ida-{uuid4().hex[:8]}", "password": "the ferry leaves at nine sharp"}

        replies = at_once(lambda: here.post("/accounts", draft), lambda: there.post("/accounts", draft))
        assert statuses(replies) == [201, 409]
        assert there.post("/sign-ins", draft).status_code == 201

    def test_guesses_count_over_both(self, two, maya):
        guess = {"login_name": maya.login_name, "password": WRONG}

        def guesses(door: Browserless) -> list[int]:
            """Until it is told to wait."""
            statuses = [door.post("/sign-ins", guess).status_code]
            while statuses[-1] != 429 and len(statuses) < 10:
                statuses.append(door.post("/sign-ins", guess).status_code)
            return statuses

        with ThreadPoolExecutor(2) as pool:
            answered = Counter(status for each in pool.map(guesses, two.for_nobody()) for status in each)
        assert answered == {401: 5, 429: 2}
        for door in two.for_nobody():
            assert door.post("/sign-ins", maya.what_lets_in()).status_code == 429


def revised_at_once(here: Browserless, there: Browserless, path: str, seen: int) -> list[Reply]:
    """Each says something else over the revision that both have seen."""
    if_match = {"If-Match": f'"{seen}"'}
    return at_once(
        lambda: here.put(path, said(seen % 5), headers=if_match),
        lambda: there.put(path, said(5 + seen % 5), headers=if_match),
    )


class TestARow:
    def test_revised_at_both_at_once_it_is_revised_once(self, two, noor):
        here, there = two.for_somebody(noor.elsewhere(two.app))
        row = str(uuid4())
        assert here.put(f"/check-ins/{row}", said(0)).status_code == 201
        for seen in range(1, 11):
            replies = revised_at_once(here, there, f"/check-ins/{row}", seen)

            assert statuses(replies) == [200, 412]
            [kept] = [reply for reply in replies if reply.status_code == 200]
            [refused] = [reply for reply in replies if reply.status_code == 412]
            assert kept.json["revision"] == seen + 1
            assert refused.json["current"] == kept.json == here.get(f"/check-ins/{row}").json

    def test_sent_to_both_at_once_it_is_kept_once(self, two, noor):
        doors = two.for_somebody(noor.elsewhere(two.app))
        for _ in range(10):
            replies = sent_to_both(doors, f"/check-ins/{uuid4()}", said(5))

            assert statuses(replies) == [200, 201]
            assert [reply.json["revision"] for reply in replies] == [1, 1]

    def test_a_deposit_handed_in_at_both_at_once_is_taken_once(self, two, noor):
        phone, doors = Phone.of(noor.elsewhere(two.app), two.app), two.for_nobody()
        for _ in range(10):
            deposit = uuid4()
            sealed = phone.seal(document("anytime", AT), deposit)
            replies = sent_to_both(doors, f"/deposits/{deposit}", sealed, Authorization=f"Bearer {phone.token}")

            assert statuses(replies) == [201, 204]


class TestAShare:
    def test_taken_back_at_one_it_is_refused_at_the_other_at_once(self, two, noor, okafor):
        noors, therapist = noor.elsewhere(two.app), okafor.still_in()
        session = noors.has_session(AT)
        noors.checks_in(session, "next_day", NEXT_DAY, LINE)
        share = lends(noors, keeps(noors, therapist), [session])
        here, there = two.for_somebody(therapist)
        paths = (f"/desk/{share}/brief", f"/desk/{share}/sessions/{session}")
        assert [door.get(path).status_code for door in (here, there) for path in paths] == [200] * 4

        assert two.for_somebody(noors)[0].delete(f"/shares/{share}").status_code == 204
        assert [door.get(path).status_code for door in (there, here) for path in paths] == [404] * 4
        log = two.for_somebody(noors)[1].get("/access-log").json
        assert log["whole"]
        assert [entry["what"] for entry in log["entries"]][:2] == ["taken_back", "opened_session"]

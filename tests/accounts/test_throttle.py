"""How often a secret may be tried: over time, over workers, on both databases, and never at the owner's cost."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from journal import clock, database
from journal.accounts import host, subjects, throttle, ways_in
from journal.accounts.refusals import TooManyTries
from journal.accounts.service import DEVICE_COOKIE
from journal.accounts.sign_ins import Browser
from journal.accounts.throttle import PASSWORD, RECOVERY
from tests.accounts.people import WRONG, cookie_of, on_another_browser, signs_in, with_cookies
from tests.cast import Person, join
from tests.stores import Stores, app_of, new_app, settings

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def either(new_stores) -> Stores:
    return new_stores("throttled")


@pytest.fixture(scope="module")
def either_app(either):
    return new_app(either)


@pytest.fixture
def inside(either_app):
    with either_app.app_context():
        yield


@pytest.fixture
def subject() -> bytes:
    return uuid4().bytes * 2


def may_try(subject: bytes, pace=PASSWORD) -> bool:
    try:
        throttle.reserve(subject, pace)
    except TooManyTries:
        return False
    return True


def tries_within(subject: bytes, span: timedelta, every: timedelta, pace=PASSWORD) -> list[timedelta]:
    """When somebody who tries `every` so often is let try."""
    made, after = [], timedelta(0)
    while after <= span:
        with clock.at(MONDAY + after):
            if may_try(subject, pace):
                made.append(after)
        after += every
    return made


class TestOverTime:
    def test_five_in_the_first_minute(self, inside, subject):
        assert len(tries_within(subject, timedelta(seconds=59), timedelta(seconds=1))) == 5

    def test_then_the_waits_grow(self, inside, subject):
        made = tries_within(subject, timedelta(hours=4), timedelta(minutes=1))

        waits = [int((later - earlier).total_seconds()) for earlier, later in pairwise(made[4:])]
        assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600]

    def test_a_hundred_ever_without_a_success(self, inside, subject):
        made = tries_within(subject, timedelta(days=10), timedelta(hours=2))
        assert len(made) == 100

        with clock.at(MONDAY + timedelta(days=3650)), pytest.raises(TooManyTries) as refused:
            throttle.reserve(subject, PASSWORD)
        assert "recovery code" in refused.value.detail
        assert refused.value.headers["Retry-After"] == "86400"

    def test_refused_tries_cost_the_owner_nothing(self, inside, subject):
        """Hammering does not push the next try away."""
        with clock.at(MONDAY):
            assert [may_try(subject) for _ in range(50)] == [True] * 5 + [False] * 45
        with clock.at(MONDAY + timedelta(seconds=60)):
            assert may_try(subject)

    def test_a_success_begins_anew(self, inside, subject):
        with clock.at(MONDAY):
            assert [may_try(subject) for _ in range(6)][-1] is False
            with database.writing() as c:
                throttle.forget(c, [subject])
            assert [may_try(subject) for _ in range(6)] == [True] * 5 + [False]

    def test_a_recovery_code_is_never_locked(self, inside, subject):
        made = tries_within(subject, timedelta(minutes=30), timedelta(seconds=6), RECOVERY)

        assert len(made) > 100
        assert len([after for after in made if after < timedelta(seconds=60)]) <= 10

    def test_the_answer_says_how_long_to_wait(self, inside, subject):
        with clock.at(MONDAY):
            for _ in range(5):
                throttle.reserve(subject, PASSWORD)
        with clock.at(MONDAY + timedelta(seconds=17.5)), pytest.raises(TooManyTries) as refused:
            throttle.reserve(subject, PASSWORD)
        assert refused.value.headers["Retry-After"] == "43"


class TestOverWorkers:
    @pytest.mark.slow
    def test_tries_at_once_in_many_processes_all_count(self, app, stores, subject):
        """Two processes of four threads try 104 times; five are let."""
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
            assert sum(pool.map(a_worker, [stores] * 2, [subject] * 2)) == 5

    def test_tries_at_once_on_many_connections_all_count(self, either_app, subject):
        assert threads_of(either_app, subject) == 5

    def test_the_count_outlives_a_restart(self, either, either_app, inside, subject):
        for _ in range(5):
            throttle.reserve(subject, PASSWORD)

        with new_app(either).app_context():
            assert not may_try(subject)


def a_worker(stores: Stores, subject: bytes) -> int:
    """How many of 52 tries a process of four threads is let make."""
    return threads_of(app_of(settings(stores)), subject)


def threads_of(app, subject: bytes) -> int:
    def tries(_: int) -> int:
        with app.app_context():
            return sum(may_try(subject) for _ in range(13))

    with ThreadPoolExecutor(4) as threads:
        return sum(threads.map(tries, range(4)))


def tried_at_the_door(app, person: Person, device: str | None = None) -> None:
    """Count five tries at a name, on a strange device or on this one, without the Argon2id of each."""
    with app.app_context():
        login_index = host.here().login_index(person.login_name)
        device_id = Browser("", device).device_id(login_index)
        way = ways_in.find(login_index, "password", device_id)
        for _ in range(5):
            throttle.reserve(subjects.at_door(subjects.PASSWORD, login_index, way, device_id), PASSWORD)


class TestAtTheDoor:
    @pytest.fixture
    def attacked(self, app) -> Person:
        """Maya, at whose name somebody has just tried five passwords."""
        maya = join(app, "maya")
        tried_at_the_door(app, maya)
        assert signs_in(Person.nobody(app), maya.login_name, WRONG).status_code == 429
        return maya

    def test_even_the_right_password_waits_on_a_strange_device(self, app, attacked):
        refused = signs_in(Person.nobody(app), attacked.login_name, attacked.password)

        assert refused.status_code == 429
        assert refused.json["type"] == "/problems/too-many-tries"
        assert 0 < int(refused.headers["Retry-After"]) <= 60

    def test_maya_gets_in_on_a_device_she_has_used(self, app, attacked):
        known = with_cookies(app, device=cookie_of(attacked, DEVICE_COOKIE))

        assert signs_in(known, attacked.login_name, attacked.password).status_code == 201
        # Her success begins the count at the door anew, too.
        assert signs_in(Person.nobody(app), attacked.login_name, attacked.password).status_code == 201

    def test_noors_device_is_not_a_device_of_mayas(self, app, attacked, noor):
        noors = with_cookies(app, device=cookie_of(noor, DEVICE_COOKIE))

        assert signs_in(noors, attacked.login_name, attacked.password).status_code == 429

    def test_a_known_device_has_a_count_of_its_own(self, app, maya):
        """Whoever picks it up has five tries as well, and uses up nobody else's."""
        browser = on_another_browser(app, maya)
        found = with_cookies(app, device=cookie_of(browser, DEVICE_COOKIE))

        tried_at_the_door(app, maya, cookie_of(browser, DEVICE_COOKIE))
        assert signs_in(found, maya.login_name, maya.password).status_code == 429
        assert signs_in(Person.nobody(app), maya.login_name, maya.password).status_code == 201

    def test_maya_comes_back_with_her_recovery_code_meanwhile(self, app, attacked):
        body = {
            "login_name": attacked.login_name,
            "recovery_code": attacked.recovery_code,
            "new_password": "another harbour, another wall",
        }
        assert Person.nobody(app).post("/recovery", json=body).status_code == 201

    def test_one_browser_can_be_known_to_two_accounts(self, app, attacked):
        shared, noor = on_another_browser(app, attacked), join(app, "noor")
        device = cookie_of(shared, DEVICE_COOKIE)
        assert signs_in(shared, noor.login_name, noor.password).status_code == 201
        tried_at_the_door(app, noor)

        assert cookie_of(shared, DEVICE_COOKIE) == device
        for person in (attacked, noor):
            assert signs_in(shared, person.login_name, person.password).status_code == 201

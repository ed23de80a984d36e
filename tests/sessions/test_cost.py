"""What a request costs in statements and round trips: what waits for a disk or a wire, and no neighbour disturbs."""

from collections.abc import Iterator
from typing import Any

import pytest

from journal import clock
from journal.database import db
from tests.sessions.bodies import CHECK_IN, FACTS, new_address, saying, without
from tests.statements import said
from tests.stores import on_sqlite


def looks_through_a_table(step: str) -> bool:
    """Whether a step of a plan does; what SQLite makes up itself, such as an empty list, is no table."""
    return step.startswith("SCAN ") and not step.startswith(("SCAN (subquery", "SCAN CONSTANT"))


def none_begins(found: list[str]) -> bool:
    return not any(statement.startswith(("BEGIN", "COMMIT")) for statement in found)


@pytest.fixture
def session(maya) -> Iterator[str]:
    """Maya's; with it the first request is made, which may note that she was seen, and read her key. Both hold for a
    minute, which does not pass.
    """
    with clock.at(clock.now()):
        address = new_address("sessions")
        assert maya.put(address, {"ratings": FACTS}).status_code == 201
        yield address.rpartition("/")[2]


@pytest.fixture
def check_in(session) -> dict[str, Any]:
    """Without a questionnaire: for one of those every other check-in is read."""
    return without(CHECK_IN, "ratings", "instruments") | {"session_id": session}


class TestEachIsCountedOnBoth:
    """One of them is always who asks. None is a BEGIN or a COMMIT: a statement alone is durable by itself."""

    @pytest.fixture(autouse=True)
    def made_ready(self, app, maya, check_in) -> None:
        """A driver makes a statement ready at its sixth time on a connection, which takes a trip of its own.

        Of several connections in the pool each would be asked by turns.
        """
        with app.app_context():
            db.engine.dispose()
        for _ in range(6):
            address = new_address("check-ins")
            maya.put(address, check_in)
            maya.put(address, check_in)
            maya.put(address, saying(check_in, "ratings", finished=False), if_match='"1"')

    def test_a_check_in_is_a_look_up_and_an_insert(self, app, maya, check_in, folder):
        with said(app, folder) as found:
            assert maya.put(new_address("check-ins"), check_in).status_code == 201
        assert len(found) == 2
        assert none_begins(found)

    def test_a_revision_looks_at_what_is_there(self, app, maya, check_in, folder):
        address = new_address("check-ins")
        maya.put(address, check_in)
        with said(app, folder) as found:
            assert maya.put(address, saying(check_in, "ratings", finished=False), if_match='"1"').status_code == 200
        assert len(found) == 3
        assert none_begins(found)

    def test_one_sent_twice_is_looked_at_and_left(self, app, maya, check_in, folder):
        address = new_address("check-ins")
        maya.put(address, check_in)
        with said(app, folder) as found:
            assert maya.put(address, check_in).status_code == 200
        assert len(found) == 4
        assert none_begins(found)

    @pytest.mark.parametrize(("path", "statements"), [("/check-ins", 2), ("/trends", 3), ("/today", 3)])
    def test_reading_a_journal_is_a_look_up_and_a_statement_a_table(self, app, maya, folder, path, statements):
        for _ in range(6):
            maya.get(path)
        with said(app, folder) as found:
            assert maya.get(path).status_code == 200
        assert len(found) == statements
        assert none_begins(found)


ASKED = (
    "/check-ins", "/check-ins?limit=1", "/sessions", "/courses", "/additions", "/today", "/rereading", "/trends",
    "/account", "/settings", "/sign-ins", "/devices", "/pins", "/shares", "/shares/waiting", "/access-log",
    "/imports", "/deposits",
)  # fmt: skip


@on_sqlite
def test_nothing_that_is_asked_looks_through_a_table(app, maya, session, check_in, folder):
    """However many others there are: each statement finds its rows by an index. On SQLite, which tells its plans."""
    address = new_address("check-ins")
    with said(app, folder) as found:
        for _ in range(3):
            assert maya.put(address, check_in).status_code in (200, 201)
        assert maya.put(address, saying(check_in, "ratings", finished=False), if_match='"1"').status_code == 200
        assert maya.get(f"/check-ins?session={session}").status_code == 200
        answers = {path: maya.get(path).status_code for path in ASKED}
        assert maya.delete(address).status_code == 204
        assert maya.delete(f"/sessions/{session}").status_code == 204
    assert {path for path, status in answers.items() if status != 200} == set()
    asked = {it for it in found if it.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))}
    assert len(asked) > 20
    with app.app_context(), db.engine.connect() as connection:
        plans = {it: [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {it}")] for it in asked}
    assert {it: plan for it, plan in plans.items() if any(looks_through_a_table(step) for step in plan)} == {}

"""Lists come in pages that miss nothing and repeat nothing, whatever is added or deleted between them."""

from datetime import UTC, datetime, timedelta

import pytest

from journal import clock
from tests.sessions.bodies import ADDITION, CHECK_IN, KINDS, every_kind, new_address, without

NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)
# Of questionnaires there can be one in two weeks.
BODIES = KINDS | {"check-ins": without(CHECK_IN, "ratings", "instruments")}


def keep_many(person, count, kind="additions", hours=3):
    """Rows stored over some hours, several an hour; their ids."""
    made = []
    for number in range(count):
        with clock.at(NOON + timedelta(hours=number * hours // count)):
            made.append(new_address(kind)[-36:])
            assert person.put(f"/{kind}/{made[-1]}", BODIES[kind]).status_code == 201
    return made


def pages(person, path, between=lambda: None):
    """Every page of a list; `between` happens after each."""
    cursors = [None]
    while True:
        answer = person.get(f"{path}&cursor={cursors[-1]}" if cursors[-1] else path)
        assert answer.status_code == 200
        yield [row["id"] for row in answer.json["items"]]
        cursors.append(answer.json.get("next"))
        if cursors[-1] is None:
            return
        assert len(cursors) == len(set(cursors)), "it goes round in a circle"
        between()


def listed(person, path, between=lambda: None):
    return [row for page in pages(person, path, between) for row in page]


class TestPages:
    @every_kind
    @pytest.mark.parametrize("limit", [1, 4, 11])
    def test_together_they_are_the_whole_list(self, maya, kind, limit):
        made = keep_many(maya, 11, kind)
        found = list(pages(maya, f"/{kind}?limit={limit}"))

        assert [len(page) for page in found[:-1]] == [limit] * (len(found) - 1)
        assert sorted(row for page in found for row in page) == sorted(made)

    def test_the_newest_stored_comes_first(self, maya):
        made = []
        for hour in range(5):
            with clock.at(NOON + timedelta(hours=hour)):
                made.append(keep_one(maya))

        assert listed(maya, "/additions?limit=2") == made[::-1]

    def test_fifty_unless_asked_otherwise(self, maya):
        keep_many(maya, 52)
        first = maya.get("/additions").json

        assert len(first["items"]) == 50
        assert len(maya.get(f"/additions?cursor={first['next']}").json["items"]) == 2

    def test_rows_added_meanwhile_shift_nothing(self, maya):
        made = keep_many(maya, 20)

        def add_some():
            for hours in (-5, 1, 9):
                with clock.at(NOON + timedelta(hours=hours)):
                    keep_one(maya)

        found = listed(maya, "/additions?limit=3", add_some)
        assert len(found) == len(set(found))
        assert set(made) <= set(found)

    def test_rows_deleted_meanwhile_hide_no_other(self, maya):
        made = keep_many(maya, 20)
        condemned = made[::2]

        found = listed(maya, "/additions?limit=3", lambda: maya.delete(f"/additions/{condemned.pop()}"))
        assert len(found) == len(set(found))
        assert set(made[1::2]) <= set(found)

    def test_the_row_a_page_ended_at_may_go(self, maya):
        made = keep_many(maya, 9)
        first = maya.get("/additions?limit=4").json
        maya.delete(f"/additions/{first['items'][-1]['id']}")
        rest = maya.get(f"/additions?limit=100&cursor={first['next']}").json

        assert {row["id"] for row in [*first["items"], *rest["items"]]} == set(made)

    def test_noor_cannot_read_on_from_where_maya_was(self, maya, noor):
        keep_many(maya, 4)
        cursor = maya.get("/additions?limit=2").json["next"]

        assert noor.get(f"/additions?cursor={cursor}").json == {"items": []}

    def test_check_ins_of_one_session_alone(self, maya):
        session, other = maya.has_session(), maya.has_session()
        at = CHECK_IN["ratings"]["happened_at"]
        made = {maya.checks_in(session, "anytime", at) for _ in range(5)}
        maya.checks_in(other, "anytime", at)
        maya.checks_in(None, "anytime", at)

        assert set(listed(maya, f"/check-ins?session={session}&limit=2")) == made
        assert maya.get(f"/check-ins?session={new_address('x')[-36:]}").json == {"items": []}


def keep_one(person):
    made = new_address("additions")[-36:]
    assert person.put(f"/additions/{made}", ADDITION).status_code == 201
    return made


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=101", "limit=-1", "limit=x", "limit=1e1", "limit=", f"limit={2**63}", "limit=1.5",
        "cursor=", "cursor=x", "cursor=%ff%fe", "cursor=" + "A" * 65, "cursor=_____________________________w",
        "session=x", "session=", f"session={2**40}", "page=2", "limit=5&offset=5",
    ],
)  # fmt: skip
def test_a_query_that_cannot_be_is_refused(maya, query):
    answer = maya.get(f"/check-ins?{query}")

    assert answer.status_code == 422
    assert answer.json["type"] == "/problems/invalid"
    assert answer.json["errors"][0]["pointer"].startswith("?/")

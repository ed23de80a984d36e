"""Two sessions side by side."""

import pytest

from journal.trends.comparison import comparison
from tests.trends.told import check_in, session

HUM = "own.3f0c8a9e-6a55-4d0e-9b1e-0c7e8f1d2a3b"


@pytest.fixture
def journal():
    first, second = session("2026-10-01T10:00:00-04:00", route="im"), session("2026-10-08T10:00:00-04:00")
    silent = session("2026-10-15T10:00:00-04:00")
    check_ins = [
        check_in(
            first,
            "landing",
            "2026-10-01T11:00:00-04:00",
            mood=4,
            answers={"diss.peak": 3, "brk.opened": "no"},
            noticed={"sens.heavy": {}, "sens.tingling": {}},
            bothered={"se.nausea": {"worst": 6}},
        ),
        check_in(
            second,
            "landing",
            "2026-10-08T11:00:00-04:00",
            mood=7,
            answers={"diss.peak": 8, "brk.opened": "yes"},
            noticed={"sens.heavy": {"intensity": 2}, "psy.peaceful": {}, HUM: {}},
            none=["bothered"],
        ),
    ]
    return first, second, silent, check_ins


def compare(journal, one, other):
    *sessions, check_ins = journal
    return comparison(sessions, check_ins, one["id"], other["id"])


def test_what_is_new_and_what_is_gone(journal):
    first, second, _, _ = journal
    told = compare(journal, first, second)

    assert told["first"]["number"] == 1
    assert told["first"]["route"] == "im"
    assert told["second"]["id"] == second["id"]
    assert told["new_in_second"] == ["psy.peaceful"]
    assert told["only_in_first"] == ["sens.tingling", "se.nausea"]
    assert [len(told["mood"][side]) for side in ("first", "second")] == [1, 1]


def test_each_row_has_both_sides(journal):
    first, second, _, _ = journal
    told = compare(journal, first, second)
    rows = {row.get("term") or row["item"]: row for row in told["rows"]}

    assert rows["diss.peak"] == {"item": "diss.peak", "list": "items", "first": 3, "second": 8}
    assert rows["sens.heavy"]["first"] == {"session_id": first["id"], "chosen": True}
    assert rows["sens.heavy"]["second"]["value"] == 2
    assert rows["se.nausea"]["second"] == {"session_id": second["id"], "chosen": False}
    assert told["bothered"] == [{"term": "se.nausea", "first": {"session_id": first["id"], "worst": 6}}]
    assert [told["breakthroughs"][side]["opened"] for side in ("first", "second")] == ["no", "yes"]


def test_a_sensation_of_her_own_is_not_new_only_because_it_had_no_name_yet(journal):
    first, second, _, _ = journal
    told = compare(journal, first, second)
    row = next(row for row in told["rows"] if row.get("term") == HUM)

    assert "first" not in row
    assert HUM not in told["new_in_second"]


def test_a_session_that_was_not_answered_says_nothing(journal):
    first, _, silent, _ = journal
    told = compare(journal, first, silent)

    assert told["only_in_first"] == told["new_in_second"] == []
    assert told["mood"]["second"] == []
    assert all("second" not in row for row in told["rows"])
    assert "second" not in told["breakthroughs"]


def test_the_sides_can_be_swapped(journal):
    first, second, _, _ = journal

    assert compare(journal, second, first)["only_in_first"] == compare(journal, first, second)["new_in_second"]


def test_a_session_that_is_not_there_is_refused(journal):
    *sessions, check_ins = journal

    with pytest.raises(KeyError):
        comparison(sessions, check_ins, sessions[0]["id"], "elsewhere")

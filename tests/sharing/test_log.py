"""The access log: every reading by anyone but Maya, every change to a share, and what is missing from it shows."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from journal import clock
from journal.database import db
from journal.sharing import access_log
from tests.accounts.people import in_hand
from tests.sessions.stored import flipped
from tests.sharing.between import (
    NOW,
    STORY,
    after,
    brief,
    decides,
    desk,
    every_read,
    lends,
    log,
    meets,
    raw,
    stands,
    told,
)


@pytest.fixture
def share(maya, okafor, journal):
    return lends(maya, meets(maya, okafor), STORY, journal.sessions)


@pytest.fixture
def account(app, maya):
    return in_hand(app, maya).account_id


def page(patient, before=None):
    answer = patient.get("/access-log" + (f"?before={before}" if before else ""))
    assert answer.status_code == 200
    return answer.json


def is_broken(patient):
    assert page(patient)["whole"] is False
    return True


class TestWhatIsInIt:
    def test_every_reading_with_what_it_was(self, maya, okafor, journal, share):
        brief(okafor, share)
        with clock.at(NOW + timedelta(minutes=3)):
            okafor.get(f"/desk/{share}/sessions/{journal.first}")
        okafor.get(f"/desk/{share}/apart")

        apart, session, told_of, made = log(maya)
        common = {"by": "reviewer", "name": "Dr Okafor", "share_id": share, "sections": STORY}
        assert told_of == common | {
            "number": 2, "at": told_of["at"], "what": "opened_brief", "count": 2,
            "session_ids": [journal.second, journal.first],
        }  # fmt: skip
        early = maya.get(f"/check-ins/{journal.early}").json["ratings"]
        assert session == common | {
            "number": 3, "at": (after(days=7, minutes=3)).astimezone(clock.now().tzinfo).isoformat(),
            "what": "opened_session", "session_ids": [journal.first],
            "check_ins": [
                {
                    "check_in_id": journal.early, "session_id": journal.first, "moment": "next_day",
                    "happened_at": early["happened_at"],
                }
            ],
        }  # fmt: skip
        assert (apart["what"], apart["check_ins"]) == ("opened_apart", [])
        assert (made["what"], made["by"], made["name"]) == ("made", "patient", "Dr Okafor")

    def test_every_change_to_a_share(self, maya, okafor, journal, share):
        path = f"/shares/{share}"
        maya.put(f"{path}/until", {"until": after(days=9).isoformat()})
        maya.put(f"{path}/ask", {"text": "The garden"})
        decides(maya, share, lend=[journal.landing])
        maya.put(f"{path}/decisions", {"check_ins": [{"id": journal.early, "revision": 1, "share": False}]})
        okafor.put(f"/desk/{share}/replies/{uuid4()}", {"text": "Yes."})
        okafor.post(f"/desk/{share}/reviewed")
        maya.delete(path)
        assert told(maya)[::-1] == [
            "made", "until_changed", "asked", "lent", "kept_back", "replied", "reviewed", "taken_back",
        ]  # fmt: skip
        assert [it["by"] for it in log(maya)][1:3] == ["reviewer"] * 2

    def test_nothing_that_was_refused_and_nothing_that_opens_no_section(self, maya, noor, okafor, lind, share):
        desk(okafor)
        for path in every_read(share, str(uuid4())):
            for person in (lind, noor, maya):
                assert person.get(path).status_code == 404
        assert okafor.get(f"/desk/{share}/sessions/{uuid4()}").status_code == 404
        assert told(maya) == ["made"]
        assert log(noor) == []

    def test_no_number_of_other_entries_hides_when_it_was_last_opened(self, maya, okafor, share, monkeypatch):
        monkeypatch.setattr(access_log, "LOOKED_THROUGH", 3)
        brief(okafor, share)
        opened_at = stands(maya, share)["last_opened_at"]
        for _ in range(7):
            assert okafor.post(f"/desk/{share}/reviewed").status_code == 201
        assert stands(maya, share)["last_opened_at"] == opened_at

    def test_it_is_noors_alone_who_reads_of_hers(self, maya, noor, okafor, share):
        noor.checks_in(None, "anytime", NOW.isoformat())
        brief(okafor, lends(noor, meets(noor, okafor)))
        assert told(noor) == ["opened_brief", "made"]
        assert told(maya) == ["made"]

    def test_it_stays_after_the_end_and_after_forgetting(self, maya, okafor, share):
        brief(okafor, share)
        maya.delete(f"/shares/{share}")
        [pin] = maya.get("/pins").json["pins"]
        assert maya.delete(f"/pins/{pin['id']}").status_code == 204
        assert [(it["what"], it["name"]) for it in log(maya)] == [
            (what, "Dr Okafor") for what in ("taken_back", "opened_brief", "made")
        ]

    def test_a_check_in_deleted_since_is_named_no_more(self, maya, okafor, journal, share):
        okafor.get(f"/desk/{share}/sessions/{journal.second}")
        assert maya.delete(f"/check-ins/{journal.late}").status_code == 204
        assert log(maya)[0]["check_ins"] == []


class TestPages:
    @pytest.fixture(autouse=True)
    def of_five(self, monkeypatch):
        monkeypatch.setattr(access_log, "PAGE", 5)

    @pytest.fixture
    def twelve(self, maya, okafor, share):
        for _ in range(11):
            okafor.get(f"/desk/{share}/apart")

    def test_are_newest_first_and_whole_up_to_the_first(self, maya, twelve):
        first = page(maya)
        assert (len(first["entries"]), first["entries"][0]["number"], first["next"]) == (5, 12, 8)
        assert [it["number"] for it in log(maya)] == list(range(12, 0, -1))
        assert page(maya, before=8)["entries"][0]["number"] == 7
        assert page(maya, before=1) == {"entries": [], "whole": True}

    def test_one_missing_shows_on_its_own_page_and_at_the_seam(self, maya, twelve, share, database):
        rows = database.rows("access_log", share_id=raw(share))
        database.replace("access_log", *(row for row in rows if row["number"] != 8))
        assert (page(maya)["whole"], page(maya, before=8)["whole"]) == (False, True)
        database.replace("access_log", *(row for row in rows if row["number"] != 7))
        assert (page(maya)["whole"], page(maya, before=8)["whole"]) == (False, False)


class TestSomebodyWhoWritesToTheDatabase:
    @pytest.fixture
    def rows(self, maya, okafor, share, database):
        brief(okafor, share)
        maya.put(f"/shares/{share}/ask", {"text": "The garden"})
        brief(okafor, share)
        assert page(maya)["whole"] is True
        rows = sorted(database.rows("access_log", share_id=raw(share)), key=lambda row: row["number"])
        assert [row["number"] for row in rows] == [1, 2, 3, 4]
        return rows

    def test_deletes_one(self, maya, rows, database):
        for gone in rows:
            database.replace("access_log", *(row for row in rows if row is not gone))
            assert is_broken(maya), gone["number"]

    def test_deletes_all_or_how_many_there_are(self, maya, rows, database):
        database.replace("access_log")
        assert is_broken(maya)
        database.replace("access_log", *rows)
        database.replace("access_log_heads")
        assert is_broken(maya)

    def test_cuts_off_the_last(self, maya, okafor, share, rows, database):
        database.replace("access_log", *rows[:3])
        assert is_broken(maya)
        # With the count put back too it is a rollback; what is written next shows a hole no more, and no less.
        database.change("access_log_heads", {"account_id": rows[0]["account_id"]}, number=3)
        brief(okafor, share)
        assert [it["what"] for it in page(maya)["entries"]] == ["opened_brief", "asked", "opened_brief", "made"]

    def test_puts_back_an_older_end_after_more_was_written(self, maya, okafor, share, rows, database):
        """The hash of the entry before holds them together."""
        database.replace("access_log", *rows[:3])
        database.change("access_log_heads", {"account_id": rows[0]["account_id"]}, number=3)
        brief(okafor, share)
        [other] = database.rows("access_log", number=4)
        database.replace("access_log", *rows[:3], rows[3])
        brief(okafor, share)
        assert page(maya)["whole"] is True
        database.change("access_log", {"number": 4}, body=other["body"])
        assert is_broken(maya)

    def test_swaps_two(self, maya, rows, database):
        for one, other in ((1, 2), (1, 3), (0, 1)):
            for column in ("body", "share_id"):
                pair = {rows[one]["number"]: rows[other][column], rows[other]["number"]: rows[one][column]}
                if len(set(pair.values())) == 1:
                    continue
                for number, value in pair.items():
                    database.change("access_log", {"number": number}, **{column: value})
                assert is_broken(maya)
                database.replace("access_log", *rows)
        numbers = [row | {"number": 3 - row["number"]} for row in rows[:2]]
        database.replace("access_log", *numbers, *rows[2:])
        assert is_broken(maya)

    def test_changes_one(self, maya, rows, database):
        for row in rows:
            for bit in range(0, len(row["body"]) * 8, 777):
                database.change("access_log", {"number": row["number"]}, body=flipped(row["body"], bit))
                assert is_broken(maya)
                entry = page(maya)["entries"][4 - row["number"]]
                assert entry["what"] == "does_not_open"
                assert set(entry) <= {"number", "what", "share_id", "name"}
            database.change("access_log", {"number": row["number"]}, body=row["body"])
        database.change("access_log", {"number": 2}, share_id=None)
        assert is_broken(maya)
        database.change("access_log", {"number": 2}, share_id=bytes(16))
        assert is_broken(maya)

    def test_repeats_one_as_another(self, maya, rows, database):
        database.replace("access_log", *rows, rows[3] | {"number": 5})
        database.change("access_log_heads", {"account_id": rows[0]["account_id"]}, number=5)
        assert is_broken(maya)

    def test_lowers_the_count(self, maya, rows, database):
        database.change("access_log_heads", {"account_id": rows[0]["account_id"]}, number=2)
        assert is_broken(maya)

    def test_deletes_the_share_itself(self, maya, rows, share, database):
        database.replace("shares")
        assert is_broken(maya)
        assert [it["what"] for it in page(maya)["entries"]] == ["does_not_open"] * 4

    def test_gives_noors_in_their_place(self, maya, noor, okafor, rows, database):
        mayas = rows[0]["account_id"]
        theirs = lends(noor, meets(noor, okafor))
        brief(okafor, theirs)
        for row in database.rows("access_log", share_id=raw(theirs)):
            swapped = {name: row[name] for name in ("body", "share_id")}
            database.change("access_log", {"account_id": mayas, "number": row["number"]}, **swapped)
        assert raw(theirs) in {row["share_id"] for row in database.rows("access_log")}
        assert is_broken(maya)


def test_one_added_while_it_is_read_looks_like_none_that_is_missing(app, maya, okafor, share):
    """Dr Okafor reads in the instant between Maya's looking up how many there are and reading them."""
    with app.app_context():
        engine = db.engine
    read, now = [], copy_context()

    def each(_connection, _cursor, statement, *_):
        if "access_log" in statement and not read:
            read.append(0)
            with ThreadPoolExecutor(1) as elsewhere:
                read[0] = elsewhere.submit(now.run, okafor.get, f"/desk/{share}/apart").result().status_code

    for moment in ("before_cursor_execute", "after_cursor_execute"):
        read.clear()
        event.listen(engine, moment, each)
        try:
            found = page(maya)
        finally:
            event.remove(engine, moment, each)
        assert read == [200]
        assert found["whole"] is True

"""Maya lost password and code and begins anew; Dr Okafor gives back what was lent, to keys that Maya reads out."""

from uuid import UUID, uuid4

import pytest

from journal.sharing import returning
from tests.accounts.people import in_hand
from tests.cast import Person
from tests.sessions.stored import flipped
from tests.sharing.between import (
    LINE,
    RATINGS,
    STORY,
    brief,
    decides,
    lends,
    log,
    meets,
    slug,
    told,
)


@pytest.fixture
def old(maya, okafor, journal) -> str:
    return lends(maya, meets(maya, okafor), STORY, journal.sessions)


@pytest.fixture
def anew(noor) -> Person:
    """Maya, with an account of which she knows the password. It is Noor's, who writes nothing in these stories."""
    return noor


@pytest.fixture
def new(anew, okafor) -> str:
    return lends(anew, meets(anew, okafor), name="Maya, anew")


def gives_back(therapist, old, new, digits):
    return therapist.post(f"/desk/{old}/returned", json={"to": new, "digits": digits})


def digits_of(patient):
    return patient.get("/digits").json["digits"]


def returned(patient):
    answer = patient.get("/returned")
    assert answer.status_code == 200
    return answer.json["returned"]


def takes(patient, which):
    return patient.post(f"/returned/{which}/taking")


def given(therapist, old, new, patient):
    """Give back, and what the patient sees of it."""
    answer = gives_back(therapist, old, new, digits_of(patient))
    assert answer.status_code == 201, answer.json
    [found] = returned(patient)
    return found


def rows_of(patient):
    """Everything in a journal by id, as it was written."""
    found = {}
    for kind in ("sessions", "check-ins", "additions"):
        for row in patient.get(f"/{kind}").json["items"]:
            row.pop("revision")
            row["ratings"].pop("number", None)
            found[row["id"]] = row
    return found


class TestReturning:
    def test_what_was_lent_is_in_the_new_journal_as_it_was(self, maya, anew, okafor, journal, old, new):
        answer = gives_back(okafor, old, new, digits_of(anew))
        assert (answer.status_code, answer.json) == (201, {"sessions": 2, "check_ins": 2})
        [found] = returned(anew)
        assert (found["name"], found["opens"], found["sessions"], found["check_ins"]) == ("Dr Okafor", True, 2, 2)

        taken = takes(anew, found["id"])
        assert (taken.status_code, taken.json) == (200, {"kept": 5, "already": 0, "refused": 0})
        hers, lent = rows_of(anew), rows_of(maya)
        assert hers == {name: lent[name] for name in (*journal.sessions, journal.early, journal.late, journal.own)}
        assert hers[journal.late]["story"] == LINE
        assert returned(anew) == []
        # It is hers again, to lend and to see.
        assert {it["id"] for it in anew.get("/trends").json["sessions"]} == set(journal.sessions)

    def test_both_logs_tell(self, maya, anew, okafor, old, new):
        given(okafor, old, new, anew)
        assert [(it["what"], it.get("count")) for it in log(maya)] == [("gave_back", 2), ("made", None)]
        assert told(anew) == ["made"]

    def test_ratings_come_back_where_ratings_were_lent(self, maya, anew, okafor, journal, new):
        old = lends(maya, meets(maya, okafor), RATINGS, journal.sessions)
        found = given(okafor, old, new, anew)
        assert takes(anew, found["id"]).json == {"kept": 4, "already": 0, "refused": 0}
        assert "story" not in rows_of(anew)[journal.late]

    def test_what_was_written_in_a_hold_is_to_be_re_read_again(self, maya, anew, okafor, journal, old, new):
        assert decides(maya, old, lend=[journal.landing]).status_code == 200
        takes(anew, given(okafor, old, new, anew)["id"])
        assert [it["check_in_id"] for it in anew.get("/rereading").json["items"]] == [journal.landing]

    def test_taken_twice_is_taken_once(self, anew, okafor, journal, old, new):
        found = given(okafor, old, new, anew)
        assert takes(anew, found["id"]).status_code == 200
        assert takes(anew, found["id"]).status_code == 404
        again = given(okafor, old, new, anew)
        assert takes(anew, again["id"]).json == {"kept": 0, "already": 5, "refused": 0}

    def test_what_is_there_already_stays_as_it_is(self, anew, okafor, journal, old, new):
        takes(anew, given(okafor, old, new, anew)["id"])
        row = anew.get(f"/check-ins/{journal.early}").json
        changed = {"ratings": row["ratings"] | {"answers": {"emo.mood_now": 9}}, "session_id": row["session_id"]}
        assert anew.put(f"/check-ins/{journal.early}", changed, if_match='"1"').status_code == 200
        takes(anew, given(okafor, old, new, anew)["id"])
        assert anew.get(f"/check-ins/{journal.early}").json["ratings"]["answers"] == {"emo.mood_now": 9}

    def test_can_be_removed(self, anew, okafor, old, new, database):
        found = given(okafor, old, new, anew)
        assert anew.delete(f"/returned/{found['id']}").status_code == 204
        assert anew.delete(f"/returned/{found['id']}").status_code == takes(anew, found["id"]).status_code == 404
        assert database.rows("returned_rows") == database.rows("returns") == []

    def test_is_nobody_elses(self, maya, anew, okafor, old, new):
        found = given(okafor, old, new, anew)
        assert returned(maya) == []
        assert takes(maya, found["id"]).status_code == 404
        assert maya.delete(f"/returned/{found['id']}").status_code == 404


class TestNothingIsGivenBack:
    def is_refused(self, answer, kind, patient):
        assert slug(answer) == kind
        assert returned(patient) == []
        return True

    def test_to_keys_that_were_not_read_out(self, maya, anew, okafor, old, new):
        digits = digits_of(anew)
        for wrong in (digits[::-1], [*digits[:11], "00000"], digits_of(maya), digits_of(okafor)):
            assert self.is_refused(gives_back(okafor, old, new, wrong), "409 digits-differ", anew)
        for wrong in (digits[:11], [*digits, "00000"], [*digits[:11], "0"], []):
            assert self.is_refused(gives_back(okafor, old, new, wrong), "422 invalid", anew)
        assert told(maya) == ["made"]

    def test_to_the_same_journal(self, maya, okafor, old):
        second = lends(maya, maya.get("/pins").json["pins"][0]["id"])
        for to in (old, second):
            assert self.is_refused(gives_back(okafor, old, to, digits_of(maya)), "422 invalid", maya)
        assert told(maya) == ["made", "made"]

    def test_by_who_has_not_both_shares(self, anew, okafor, lind, old, new):
        digits = digits_of(anew)
        for therapist, one, other in (
            (lind, old, new), (okafor, old, str(uuid4())), (okafor, str(uuid4()), new),
        ):  # fmt: skip
            assert self.is_refused(gives_back(therapist, one, other, digits), "404 not-found", anew)

    def test_of_what_was_taken_back(self, maya, anew, okafor, old, new):
        maya.delete(f"/shares/{old}")
        assert self.is_refused(gives_back(okafor, old, new, digits_of(anew)), "404 not-found", anew)


class TestWhoSentIt:
    def test_by_somebody_who_is_not_kept_it_does_not_open(self, anew, okafor, journal, old, new):
        found = given(okafor, old, new, anew)
        anew.delete(f"/shares/{new}")
        [pin] = anew.get("/pins").json["pins"]
        assert anew.delete(f"/pins/{pin['id']}").status_code == 204

        [shown] = returned(anew)
        assert (shown["opens"], shown["name"], shown["check_ins"]) == (False, "", 0)
        assert slug(takes(anew, found["id"])) == "409 does-not-open"
        assert rows_of(anew) == {}
        # Met again, it opens: nothing of it was lost.
        meets(anew, okafor)
        assert takes(anew, found["id"]).json["kept"] == 5

    def test_with_other_keys_than_those_kept(self, app, anew, okafor, old, new, database):
        found = given(okafor, old, new, anew)
        with database.put_back_after("accounts"):
            [row] = database.rows("accounts", id=in_hand(app, okafor).account_id)
            broken = flipped(row["public_identity"], 999)
            database.change("accounts", {"id": row["id"]}, public_identity=broken)
            assert [it["opens"] for it in returned(anew)] == [False]
            assert slug(takes(anew, found["id"])) == "409 does-not-open"

    def test_said_to_be_of_another_who_is_kept(self, app, anew, okafor, lind, old, new, database):
        found = given(okafor, old, new, anew)
        meets(anew, lind)
        database.change("returns", {"id": UUID(found["id"]).bytes}, sender_id=in_hand(app, lind).account_id)
        assert [it["opens"] for it in returned(anew)] == [False]
        assert slug(takes(anew, found["id"])) == "409 does-not-open"


class TestChangedOnTheWay:
    @pytest.fixture
    def found(self, anew, okafor, old, new):
        return given(okafor, old, new, anew)

    def nothing_is_taken(self, anew, found):
        assert slug(takes(anew, found["id"])) == "409 does-not-open"
        assert rows_of(anew) == {}
        assert len(returned(anew)) == 1
        return True

    def test_the_letter(self, anew, found, database):
        [row] = database.rows("returns")
        for bit in range(0, len(row["letter"]) * 8, 3001):
            database.change("returns", {"id": row["id"]}, letter=flipped(row["letter"], bit))
            assert self.nothing_is_taken(anew, found)

    def test_a_row_changed_taken_out_put_in_or_under_another_id(self, anew, found, database):
        rows = database.rows("returned_rows")
        database.replace("returned_rows", rows[0] | {"body": flipped(rows[0]["body"], 300)}, *rows[1:])
        assert self.nothing_is_taken(anew, found)
        database.replace("returned_rows", *rows[1:])
        assert self.nothing_is_taken(anew, found)
        database.replace("returned_rows", *rows, rows[0] | {"id": uuid4().bytes})
        assert self.nothing_is_taken(anew, found)
        one, other = rows[0], rows[1]
        database.replace("returned_rows", one | {"body": other["body"]}, other | {"body": one["body"]}, *rows[2:])
        assert self.nothing_is_taken(anew, found)
        database.replace("returned_rows", *rows)
        assert takes(anew, found["id"]).json == {"kept": 5, "already": 0, "refused": 0}

    def test_given_to_maya(self, app, maya, anew, found, database):
        account = in_hand(app, maya).account_id
        row, rows = database.rows("returns")[0], database.rows("returned_rows")
        database.replace("returns", row | {"account_id": account})
        database.replace("returned_rows", *(it | {"account_id": account} for it in rows))
        assert [it["opens"] for it in returned(maya)] == [False]
        assert slug(takes(maya, found["id"])) == "409 does-not-open"


def test_what_does_not_fit_is_told_and_not_dropped_silently(anew, okafor, journal, old, new, monkeypatch):
    """A therapist's program could give back what no journal writes; all else is taken."""
    honest = returning._documents

    def dishonest(found):
        for name, document in honest(found):
            if name == UUID(journal.early).bytes:
                document["document"]["ratings"]["answers"] = {"emo.mood_now": 99}
            if name == UUID(journal.second).bytes:
                document["kind"] = "course"
            yield name, document

    monkeypatch.setattr(returning, "_documents", dishonest)
    found = given(okafor, old, new, anew)
    # The first session and the name are taken; a check-in out of range is not, nor one whose session is none.
    assert takes(anew, found["id"]).json == {"kept": 2, "already": 0, "refused": 3}
    assert set(rows_of(anew)) == {journal.first, journal.own}
    assert brief(okafor, new)["since"] == []

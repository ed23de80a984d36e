"""Maya's phone hands in what it sealed; after a sign-in it is in her journal, as she wrote it."""

from uuid import uuid4

import pytest

from tests.deposits.phone import AT, LINE, Phone, document, files, later, told


class TestLanding:
    def test_a_session_nobody_told_of_comes_with_it(self, maya, phone):
        session = told(later(-1))
        landing = document("landing", AT, session=session, texts=LINE, finished=True, answers={"emo.mood_now": 7})
        deposit = phone.deposits(landing)

        filing = files(maya)

        row = landing["check_in"]["id"]
        assert filing["filed"] == [
            {"id": str(deposit), "device_id": str(phone.device), "check_in_id": row, "added": True}
        ]
        kept = maya.get(f"/check-ins/{row}").json
        assert kept["session_id"] == session["id"]
        assert (kept["ratings"], kept["story"]) == (landing["check_in"]["ratings"], landing["check_in"]["story"])
        assert maya.get(f"/sessions/{session['id']}").json["ratings"] == session["ratings"]
        assert files(maya) == {"filed": [], "waiting": 0, "more": False}

    def test_one_that_was_told_elsewhere_takes_it_in(self, maya, phone):
        known = maya.has_session(later(-1.5), route="nasal")
        landing = document("landing", AT, session=told(later(-1)), answers={"emo.mood_now": 7})
        phone.deposits(landing)

        assert len(files(maya)["filed"]) == 1
        assert maya.get(f"/check-ins/{landing['check_in']['id']}").json["session_id"] == known
        assert [each["id"] for each in maya.get("/sessions").json["items"]] == [known]

    def test_one_planned_for_later_that_began_early_took_place_as_told(self, maya, phone):
        planned = maya.has_session(later(5), route="im", written_at=later(-48))
        phone.deposits(document("landing", AT, session=told(later(-1)), answers={"emo.mood_now": 7}))

        files(maya)

        ratings = maya.get(f"/sessions/{planned}").json["ratings"]
        assert (ratings["happened_at"], ratings["route"]) == (later(-1), "im")

    def test_one_that_has_happened_keeps_its_time(self, maya, phone):
        """The phone's clock runs behind."""
        session = maya.has_session(later(0.5))
        phone.deposits(document("landing", AT, session=told(later(-1)), answers={"emo.mood_now": 7}))

        files(maya)

        assert maya.get(f"/sessions/{session}").json["ratings"]["happened_at"] == later(0.5)

    def test_another_day_is_another_session(self, maya, phone):
        maya.has_session(later(-72))
        phone.deposits(document("landing", AT, session=told(later(-1)), answers={"emo.mood_now": 7}))

        files(maya)

        assert len(maya.get("/sessions").json["items"]) == 2

    def test_what_contradicts_a_known_session_is_a_session_of_its_own(self, maya, phone):
        maya.has_session(later(-2), route="nasal")
        phone.deposits(document("before", later(-3), session=told(later(-1), route="im"), answers={"emo.mood_now": 4}))

        files(maya)

        routes = {each["ratings"]["route"] for each in maya.get("/sessions").json["items"]}
        assert routes == {"nasal", "im"}


class TestFollowUps:
    @pytest.mark.parametrize(("moment", "hours"), [("next_day", 20), ("third_day", 72), ("week", 170)])
    def test_they_find_their_session(self, maya, phone, moment, hours):
        maya.has_session(later(-24 * 14))
        session = maya.has_session(AT)
        note = document(moment, later(hours), answers={"emo.mood_now": 5})
        phone.deposits(note)

        files(maya)

        assert maya.get(f"/check-ins/{note['check_in']['id']}").json["session_id"] == session

    def test_the_month_is_of_the_session_a_month_ago(self, maya, phone):
        session = maya.has_session(AT)
        maya.has_session(later(27 * 24))
        note = document("month", later(30 * 24), answers={"lt.bladder": "no"})
        phone.deposits(note)

        files(maya)

        assert maya.get(f"/check-ins/{note['check_in']['id']}").json["session_id"] == session

    def test_without_a_session_it_waits_and_can_be_kept_as_any_time(self, maya, phone):
        note = document("next_day", AT, answers={"emo.mood_now": 5}, texts=LINE)
        deposit = phone.deposits(note)

        assert files(maya) == {"filed": [], "waiting": 1, "more": False}
        (item,) = maya.get("/deposits").json["items"]
        assert (item["state"], item["reason"], item["device_name"]) == ("refused", "no-session", "The blue phone")
        assert item["mine"] == {"check_in": note["check_in"]}
        assert maya.post(f"/deposits/{deposit}/decision", json={"keep": "mine"}).status_code == 422

        answer = maya.post(f"/deposits/{deposit}/decision", json={"keep": "anytime"})

        assert answer.json == {"check_in_id": note["check_in"]["id"]}
        kept = maya.get(f"/check-ins/{note['check_in']['id']}").json
        assert (kept["ratings"]["moment"], kept["story"]["texts"]) == ("anytime", LINE)
        assert maya.get("/deposits").json["items"] == []

    def test_one_whose_session_was_deleted_waits_too(self, maya, phone):
        session = maya.has_session(AT)
        maya.delete(f"/sessions/{session}")
        phone.deposits(document("next_day", later(20), session_id=session, answers={"emo.mood_now": 5}))

        assert files(maya)["waiting"] == 1
        assert maya.get("/deposits").json["items"][0]["reason"] == "no-session"


def test_a_phone_cannot_say_that_it_was_re_read(maya, phone):
    said = document("anytime", AT, answers={"emo.mood_now": 3}, reread_at=later(48))
    phone.deposits(said)

    files(maya)

    assert "reread_at" not in maya.get(f"/check-ins/{said['check_in']['id']}").json["ratings"]


class TestWhatCannotBeFiled:
    @pytest.mark.parametrize(
        ("said", "pointer"),
        [
            (document("anytime", AT, answers={"no.such": 3}), "#/check_in/ratings/answers/no.such"),
            (document("anytime", AT, answers={"emo.mood_now": 11}), "#/check_in/ratings/answers/emo.mood_now"),
            (document("anytime", "yesterday"), "#/check_in/ratings/happened_at"),
            ({**document("anytime", AT), "more": 1}, "#/more"),
        ],
        ids=["unknown", "too high", "no time", "unknown member"],
    )  # fmt: skip
    def test_it_is_shown_with_the_reason_and_kept(self, maya, phone, said, pointer):
        deposit = phone.deposits(said)

        assert files(maya)["waiting"] == 1
        (item,) = maya.get("/deposits").json["items"]
        assert (item["state"], item["reason"]) == ("refused", "invalid")
        assert pointer in [fault["pointer"] for fault in item["errors"]]
        assert item["mine"]["check_in"] == said["check_in"]
        assert maya.post(f"/deposits/{deposit}/decision", json={"keep": "mine"}).status_code == 422

        assert maya.delete(f"/deposits/{deposit}").status_code == 204
        assert maya.get("/deposits").json["items"] == []

    def test_a_questionnaire_too_soon_is_told_as_the_journal_tells_it(self, maya, phone):
        filled = {"phq8": {"answers": [1] * 8}}
        maya.checks_in(None, "anytime", AT, instruments=filled)
        phone.deposits(document("anytime", later(24), instruments=filled))

        assert files(maya)["waiting"] == 1
        assert "14 days" in maya.get("/deposits").json["items"][0]["errors"][0]["detail"]

    def test_one_nested_too_deep_to_be_shown_does_not_open_and_can_be_removed(self, maya, phone):
        deposit = phone.deposits(b'{"check_in": {"id": "x", "a": ' + b"[" * 600 + b"]" * 600 + b"}}")
        twice = phone.deposits(b'{"check_in": {"id": "x"}, "check_in": {"id": "y"}}')

        assert files(maya)["waiting"] == 2
        assert {item["reason"] for item in maya.get("/deposits").json["items"]} == {"does-not-open"}
        assert [maya.delete(f"/deposits/{each}").status_code for each in (deposit, twice)] == [204, 204]

    @pytest.mark.parametrize("rubbish", [b"no JSON", b"[]", b'"check_in"', b'{"check_in": 1}', b"\xff"])
    def test_what_is_no_document_does_not_open(self, maya, phone, rubbish):
        phone.deposits(rubbish)

        assert files(maya)["waiting"] == 1
        assert maya.get("/deposits").json["items"][0]["reason"] == "does-not-open"

    def test_one_bad_deposit_keeps_no_good_one_out(self, maya, phone):
        phone.deposits(b"no JSON")
        for _ in range(3):
            phone.deposits(document("anytime", AT, answers={"emo.mood_now": 3}))

        filing = files(maya)
        assert (len(filing["filed"]), filing["waiting"]) == (3, 1)


def test_a_great_many_are_filed_a_part_at_a_time(maya, phone):
    said = [document("anytime", later(each), answers={"emo.mood_now": each % 11}) for each in range(230)]
    for each in said:
        phone.deposits(each)

    first, second = files(maya), files(maya)

    assert (len(first["filed"]), first["more"], len(second["filed"]), second["more"]) == (200, True, 30, False)


def test_two_phones_and_a_sensation_of_her_own(maya, phone, served):
    other, own = Phone.of(maya, served, "The old one"), str(uuid4())
    named = {"id": own, "ratings": {"list": "noticed"}, "story": {"label": "Humming"}}
    for one in (phone, other):
        one.deposits(document("anytime", AT, noticed={f"own.{own}": {}}, additions=[named]))

    filing = files(maya)

    assert {each["device_id"] for each in filing["filed"]} == {str(phone.device), str(other.device)}
    assert [each["story"]["label"] for each in maya.get("/additions").json["items"]] == ["Humming"]

"""A check-in is sealed anew at every tap, and may be changed elsewhere meanwhile: the last word stands, or hers."""

from uuid import uuid4

import pytest

from tests.deposits.phone import AT, LINE, Phone, decides, document, files, later, told


class TestSealedAnew:
    """Each tap seals the running check-in anew."""

    def test_the_last_one_stands(self, maya, phone):
        row, first = str(uuid4()), document("anytime", AT, answers={"emo.mood_now": 3})
        first["check_in"]["id"] = row
        one = phone.deposits(first)
        phone.deposits(document("anytime", AT, row=row, answers={"emo.mood_now": 3}, texts=LINE, replaces=[str(one)]))

        filing = files(maya)

        assert filing["waiting"] == 0
        assert maya.get(f"/check-ins/{row}").json["story"]["texts"] == LINE
        assert maya.get("/check-ins").json["items"][0]["id"] == row

    @pytest.mark.parametrize("filed_between", [True, False])
    def test_in_whatever_order_they_arrive(self, maya, phone, filed_between):
        row, ids = str(uuid4()), [uuid4() for _ in range(4)]
        seals = []
        for step, deposit in enumerate(ids):
            said = document(
                "anytime", AT, row=row, answers={"emo.mood_now": step}, replaces=[str(each) for each in ids[:step]]
            )
            seals.append((deposit, phone.seal(said, deposit)))
        for deposit, blob in (seals[1], seals[3], seals[0], seals[2], seals[3], seals[0]):
            assert phone.put(deposit, blob).status_code in (201, 204)
            if filed_between:
                assert files(maya)["waiting"] == 0
        assert files(maya)["waiting"] == 0

        assert maya.get(f"/check-ins/{row}").json["ratings"]["answers"] == {"emo.mood_now": 3}
        assert len(maya.get("/check-ins").json["items"]) == 1

    def test_the_time_of_its_session_can_be_put_right_on_the_phone(self, maya, phone):
        row, session = str(uuid4()), str(uuid4())
        first = document("landing", AT, row=row, session=told(later(-1), session), answers={"emo.mood_now": 3})
        one = phone.deposits(first)
        files(maya)
        phone.deposits(
            document("landing", AT, row=row, session=told(later(-2), session), answers={"emo.mood_now": 3},
                     replaces=[str(one)])
        )  # fmt: skip

        assert files(maya)["waiting"] == 0
        assert maya.get(f"/sessions/{session}").json["ratings"]["happened_at"] == later(-2)

    def test_facts_added_elsewhere_meanwhile_stay(self, maya, phone):
        row, session = str(uuid4()), told(later(-1))
        one = phone.deposits(document("landing", AT, row=row, session=session, answers={"emo.mood_now": 3}))
        files(maya)
        facts = maya.get(f"/sessions/{session['id']}").json["ratings"] | {"route": "iv"}
        assert maya.put(f"/sessions/{session['id']}", {"ratings": facts}, '"1"').status_code == 200
        phone.deposits(
            document("landing", AT, row=row, session=session, answers={"emo.mood_now": 4}, replaces=[str(one)])
        )

        assert files(maya)["waiting"] == 0
        assert maya.get(f"/sessions/{session['id']}").json["ratings"] == facts
        assert maya.get(f"/check-ins/{row}").json["ratings"]["answers"] == {"emo.mood_now": 4}


    def test_a_place_told_later_is_kept_whichever_seal_is_filed_first(self, maya, phone):
        for filed_between in (True, False):
            row, session = str(uuid4()), told(later(-1 if filed_between else -25))
            first = document("before", session["ratings"]["happened_at"], row=row, session=session)
            one = phone.deposits(first)
            if filed_between:
                files(maya)
            more = session | {"ratings": session["ratings"] | {"route": "im"}, "story": {"place": "The blue clinic"}}
            phone.deposits(
                document("before", session["ratings"]["happened_at"], row=row, session=more, replaces=[str(one)])
            )

            assert files(maya)["waiting"] == 0
            kept = maya.get(f"/sessions/{session['id']}").json
            assert (kept["ratings"]["route"], kept["story"]["place"]) == ("im", "The blue clinic")

    def test_a_place_corrected_on_the_phone_makes_no_second_session(self, maya, phone):
        planned = maya.has_session(later(1), written_at=later(-24))
        row, sent = str(uuid4()), []
        for place in ("Bl", "Blue clinic"):
            session = told(later(2), "11111111-1111-4111-8111-111111111111") | {"story": {"place": place}}
            said = document("before", AT, row=row, session=session, answers={"emo.mood_now": 3}, replaces=sent[-1:])
            sent.append(str(phone.deposits(said)))
            assert files(maya)["waiting"] == 0

        (kept,) = maya.get("/sessions").json["items"]
        assert (kept["id"], kept["story"]["place"]) == (planned, "Blue clinic")
        assert kept["ratings"]["happened_at"] == later(1)
        assert maya.get(f"/check-ins/{row}").json["session_id"] == planned

    def test_it_stays_on_its_session_whatever_is_told_of_since(self, maya, phone):
        first, row = maya.has_session(AT), str(uuid4())
        one = phone.deposits(document("next_day", later(20), row=row, answers={"emo.mood_now": 3}))
        files(maya)
        maya.has_session(later(6.5))
        phone.deposits(document("next_day", later(20), row=row, answers={"emo.mood_now": 4}, replaces=[str(one)]))

        assert files(maya)["waiting"] == 0
        assert maya.get(f"/check-ins/{row}").json["session_id"] == first

    def test_a_session_changed_on_both_sides_is_shown_and_she_chooses(self, maya, phone):
        row, session = str(uuid4()), told(later(-1), route="iv")
        one = phone.deposits(document("landing", AT, row=row, session=session, answers={"emo.mood_now": 3}))
        files(maya)
        changed = maya.get(f"/sessions/{session['id']}").json["ratings"] | {"route": "im"}
        assert maya.put(f"/sessions/{session['id']}", {"ratings": changed}, '"1"').status_code == 200
        again = session | {"ratings": session["ratings"] | {"happened_at": later(-2)}}
        for choice in ("stored", "mine"):
            said = document("landing", AT, row=row, session=again, answers={"emo.mood_now": 4}, replaces=[str(one)])
            two = phone.deposits(said)
            assert files(maya)["waiting"] == 1
            (item,) = maya.get("/deposits").json["items"]
            seen, session_seen = item["stored"]["check_in"]["revision"], item["stored"]["session"]["revision"]
            assert decides(maya, two, choice, seen).status_code == 412  # the session was not seen
            assert decides(maya, two, choice, seen, session_seen).status_code == 200
            assert maya.get(f"/check-ins/{row}").json["ratings"]["answers"] == {"emo.mood_now": 4}
            kept = maya.get(f"/sessions/{session['id']}").json["ratings"]
            assert kept["route"] == ("im" if choice == "stored" else "iv")
            one = two if choice == "stored" else one

    def test_after_a_new_pairing_it_goes_on_where_the_old_phone_was(self, maya, phone, served):
        row = str(uuid4())
        one = phone.deposits(document("anytime", AT, row=row, answers={"emo.mood_now": 3}))
        files(maya)
        again = Phone.of(maya, served)
        again.deposits(document("anytime", AT, row=row, answers={"emo.mood_now": 4}, replaces=[str(one)]))

        assert files(maya)["waiting"] == 0
        assert maya.get(f"/check-ins/{row}").json["ratings"]["answers"] == {"emo.mood_now": 4}

    def test_very_many_seals_of_one_check_in_are_one(self, maya, phone):
        row = str(uuid4())
        earlier = [str(uuid4()) for _ in range(900)]
        phone.deposits(document("anytime", AT, row=row, answers={"emo.mood_now": 3}, replaces=earlier))

        assert len(files(maya)["filed"]) == 1


class TestTwoVersions:
    @pytest.fixture
    def disputed(self, maya, phone):
        """Handed in and filed, changed on the laptop, and then changed on the phone, which knew nothing of that."""
        row = str(uuid4())
        one = phone.deposits(document("anytime", AT, row=row, answers={"emo.mood_now": 3}))
        files(maya)
        body = {"ratings": document("anytime", AT, answers={"emo.mood_now": 9})["check_in"]["ratings"]}
        assert maya.put(f"/check-ins/{row}", body, '"1"').status_code == 200
        two = phone.deposits(
            document("anytime", AT, row=row, answers={"emo.mood_now": 4}, texts=LINE, replaces=[str(one)])
        )
        assert files(maya)["waiting"] == 1
        return row, two

    def test_both_are_shown_and_nothing_is_overwritten(self, maya, disputed):
        row, _ = disputed
        (item,) = maya.get("/deposits").json["items"]

        assert item["state"] == "conflict"
        assert item["mine"]["check_in"]["ratings"]["answers"] == {"emo.mood_now": 4}
        assert item["stored"]["check_in"]["ratings"]["answers"] == {"emo.mood_now": 9}
        assert maya.get(f"/check-ins/{row}").json["ratings"]["answers"] == {"emo.mood_now": 9}

    @pytest.mark.parametrize(("choice", "mood"), [("mine", 4), ("stored", 9)])
    def test_she_chooses(self, maya, disputed, choice, mood):
        row, deposit = disputed
        answer = decides(maya, deposit, choice, 2)

        assert answer.status_code == 200, answer.json
        assert maya.get(f"/check-ins/{row}").json["ratings"]["answers"] == {"emo.mood_now": mood}
        assert maya.get("/deposits").json["items"] == []
        assert files(maya) == {"filed": [], "waiting": 0, "more": False}

    @pytest.mark.parametrize("seen", [None, 1, 3])
    def test_a_choice_over_a_version_she_has_not_seen_is_refused(self, maya, disputed, seen):
        row, deposit = disputed
        assert decides(maya, deposit, "mine", seen).status_code == 412
        assert maya.get(f"/check-ins/{row}").json["ratings"]["answers"] == {"emo.mood_now": 9}

    def test_after_she_chose_what_is_stored_the_phone_does_not_win_by_going_on(self, maya, phone, disputed):
        row, deposit = disputed
        assert decides(maya, deposit, "stored", 2).status_code == 200
        phone.deposits(document("anytime", AT, row=row, answers={"emo.mood_now": 5}, replaces=[str(deposit)]))

        assert files(maya)["waiting"] == 1
        assert maya.get(f"/check-ins/{row}").json["ratings"]["answers"] == {"emo.mood_now": 9}

    def test_one_deleted_elsewhere_is_not_brought_back_unasked(self, maya, phone):
        row = str(uuid4())
        one = phone.deposits(document("anytime", AT, row=row, answers={"emo.mood_now": 3}))
        files(maya)
        maya.delete(f"/check-ins/{row}")
        two = phone.deposits(document("anytime", AT, row=row, answers={"emo.mood_now": 4}, replaces=[str(one)]))

        assert files(maya)["waiting"] == 1
        (item,) = maya.get("/deposits").json["items"]
        assert item["state"] == "conflict"
        assert "stored" not in item

        assert maya.post(f"/deposits/{two}/decision", json={"keep": "mine"}).status_code == 200
        assert maya.get(f"/check-ins/{row}").json["ratings"]["answers"] == {"emo.mood_now": 4}

    def test_one_deleted_elsewhere_stays_deleted_when_she_says_so(self, maya, phone):
        row, session = str(uuid4()), told(AT)
        one = phone.deposits(document("landing", AT, row=row, session=session, answers={"emo.mood_now": 3}))
        files(maya)
        maya.delete(f"/check-ins/{row}")
        said = document("landing", AT, row=row, session=session, answers={"emo.mood_now": 4}, replaces=[str(one)])
        two = phone.deposits(said)

        assert files(maya)["waiting"] == 1
        assert "stored" not in maya.get("/deposits").json["items"][0]
        assert maya.post(f"/deposits/{two}/decision", json={"keep": "stored"}).status_code == 200
        assert maya.get(f"/check-ins/{row}").status_code == 404
        assert maya.get("/deposits").json["items"] == []

    def test_the_same_text_sent_both_ways_is_one(self, maya, phone):
        """A draft that was signed in: the server had it, and the phone did not know."""
        said = document("anytime", AT, answers={"emo.mood_now": 3})
        row = said["check_in"].pop("id")
        assert maya.put(f"/check-ins/{row}", said["check_in"]).status_code == 201
        said["check_in"]["id"] = row
        phone.deposits(said)

        (filed,) = files(maya)["filed"]
        assert filed["added"] is False
        assert maya.get(f"/check-ins/{row}").json["revision"] == 1

    def test_a_draft_written_over_a_revision_replaces_that_one(self, maya, phone):
        row = maya.checks_in(None, "anytime", AT, answers={"emo.mood_now": 1})
        phone.deposits(document("anytime", AT, row=row, based_on=1, answers={"emo.mood_now": 2}))

        assert files(maya)["waiting"] == 0
        assert maya.get(f"/check-ins/{row}").json["revision"] == 2

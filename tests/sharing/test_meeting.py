"""Maya meets Dr Okafor: by the code on her screen, by a link, and what can be wrong with either."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest

from journal import clock
from journal.crypto import make_card
from journal.sharing import identities
from tests.accounts.people import in_hand
from tests.cast import join_therapist
from tests.sessions.stored import flipped
from tests.sharing.between import NOW, after, card, lends, log, meets, raw, slug, told, writes


def keep(patient, text, pin=None):
    return patient.put(f"/pins/{pin or uuid4()}", {"card": text})


def blob_of(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text_of(blob):
    return base64.urlsafe_b64encode(blob).decode().rstrip("=")


def made_by(app, person, purpose, lasts, name="Dr Okafor"):
    """A card signed with somebody's own keys, whatever the application would say to it."""
    who = in_hand(app, person)
    with app.app_context():
        public = identities.published(who.account_id).public
    return text_of(make_card(who.bundle, public, purpose, int((clock.now() + lasts).timestamp()), name))


def is_refused(patient, text):
    reading = patient.post("/cards/reading", json={"card": text})
    assert [slug(reading), slug(keep(patient, text))] == ["422 card-refused"] * 2
    return True


class TestMeeting:
    def test_in_person_by_the_code_on_her_screen(self, maya, okafor):
        made = okafor.post("/cards", json={"purpose": "in_person"}).json
        assert (made["name"], made["digits"]) == ("Dr Okafor", okafor.get("/digits").json["digits"])

        shown = maya.post("/cards/reading", json={"card": made["card"]})
        assert shown.status_code == 200
        assert shown.json == {name: made[name] for name in ("name", "purpose", "expires_at", "digits")}

        pin = str(uuid4())
        kept = keep(maya, made["card"], pin)
        assert kept.status_code == 201
        assert kept.json == {
            "id": pin, "name": "Dr Okafor", "verified": "in_person", "digits": made["digits"],
            "met_at": kept.json["met_at"], "key_differs": False, "left": False, "shares": 0,
        }  # fmt: skip
        assert maya.get("/pins").json["pins"] == [kept.json]
        assert maya.post("/cards/reading", json={"card": made["card"]}).json["pin_id"] == pin

    def test_by_a_link_is_not_verified_until_the_digits_were_compared(self, maya, okafor):
        pin = meets(maya, okafor, "link")
        assert [it["verified"] for it in maya.get("/pins").json["pins"]] == ["not_verified"]
        compared = maya.post(f"/pins/{pin}/comparison")
        assert (compared.status_code, compared.json["verified"]) == (200, "compared")
        assert maya.get("/pins").json["pins"] == [compared.json]

    def test_a_code_that_came_by_a_message_is_no_meeting_whatever_it_says(self, maya, okafor):
        pin, text = str(uuid4()), card(okafor)
        sent = maya.put(f"/pins/{pin}", {"card": text, "sent": True})
        assert (sent.status_code, sent.json["verified"]) == (201, "not_verified")
        # Scanned from the screen afterwards, it is one.
        assert keep(maya, text, pin).json["verified"] == "in_person"

    def test_by_a_link_and_then_in_person_is_one_person(self, maya, okafor):
        pin = meets(maya, okafor, "link")
        again = keep(maya, card(okafor))
        assert (again.status_code, again.json["id"], again.json["verified"]) == (200, pin, "in_person")
        # A link afterwards takes nothing away.
        assert keep(maya, card(okafor, "link")).json["verified"] == "in_person"
        assert len(maya.get("/pins").json["pins"]) == 1

    def test_twice_is_once_and_another_persons_id_is_not_taken_over(self, maya, okafor, lind):
        pin, text = str(uuid4()), card(okafor)
        assert [keep(maya, text, pin).status_code for _ in range(3)] == [201, 200, 200]
        assert slug(keep(maya, card(lind), pin)) == "422 card-refused"
        assert [it["name"] for it in maya.get("/pins").json["pins"]] == ["Dr Okafor"]

    def test_what_maya_keeps_is_hers_alone(self, maya, noor, okafor):
        pin = meets(maya, okafor)
        assert noor.get("/pins").json["pins"] == []
        assert noor.post(f"/pins/{pin}/comparison").status_code == noor.delete(f"/pins/{pin}").status_code == 404

    def test_leaves_nothing_in_the_log(self, maya, okafor):
        meets(maya, okafor)
        assert log(maya) == []


class TestACardThatIsNoUse:
    @pytest.mark.parametrize(("purpose", "lasts"), [("in_person", timedelta(minutes=10)), ("link", timedelta(days=14))])
    def test_past_its_time_to_the_second(self, maya, okafor, purpose, lasts):
        text = card(okafor, purpose)
        with clock.at(NOW + lasts - timedelta(seconds=1)):
            assert maya.post("/cards/reading", json={"card": text}).status_code == 200
        with clock.at(NOW + lasts):
            assert is_refused(maya, text)

    @pytest.mark.parametrize(("purpose", "lasts"), [("in_person", timedelta(minutes=30)), ("link", timedelta(days=15))])
    def test_made_to_last_longer_than_its_kind(self, app, maya, okafor, purpose, lasts):
        """With her own keys and a program of her own."""
        assert is_refused(maya, made_by(app, okafor, purpose, lasts))

    def test_any_bit_of_it_changed(self, maya, okafor):
        blob = blob_of(card(okafor, "link"))
        for bit in range(0, len(blob) * 8, 11):
            answer = keep(maya, text_of(flipped(blob, bit)))
            # A fingerprint of other keys than hers is told as that, and so it is in the log.
            assert slug(answer) in ("422 card-refused", "409 key-differs"), bit
        assert maya.get("/pins").json["pins"] == []

    @pytest.mark.parametrize("text", ["x", "====", "ä" * 40, "AAAA" * 100, "🙂", " "])
    def test_no_card_at_all(self, maya, text):
        assert is_refused(maya, text)

    def test_cut_off_or_longer(self, maya, okafor):
        text = card(okafor)
        for changed in (text[:-4], text[4:], text + "AAAA", text * 2):
            assert is_refused(maya, changed)

    def test_a_patients(self, app, maya, noor):
        """Noor can make one with her own keys; she is nobody who reviews."""
        assert is_refused(maya, made_by(app, noor, "in_person", timedelta(minutes=5), "Dr Noor"))

    def test_of_nobody_who_is_here(self, app, maya, okafor, database):
        text = card(okafor)
        with database.put_back_after("accounts"):
            database.change("accounts", {"id": in_hand(app, okafor).account_id}, id=bytes(16))
            assert is_refused(maya, text)

    def test_of_somebody_whose_account_was_shut(self, app, maya, okafor, database):
        text = card(okafor)
        with database.put_back_after("accounts"):
            database.change("accounts", {"id": in_hand(app, okafor).account_id}, disabled_at=NOW)
            assert is_refused(maya, text)


class TestWhoMakesCards:
    def test_nobody_without_a_name_to_show(self, app, maya):
        nameless = join_therapist(app, "nameless", "x")
        assert nameless.put("/settings", {}, if_match='"2"').status_code == 200
        assert slug(nameless.post("/cards", json={"purpose": "link"})) == "409 name-needed"

    def test_no_patient(self, maya):
        assert maya.post("/cards", json={"purpose": "in_person"}).status_code == 404

    def test_a_therapist_keeps_nobody(self, okafor, lind):
        assert okafor.get("/pins").status_code == keep(okafor, card(lind)).status_code == 404


class TestForgetting:
    def test_not_while_they_can_read_something(self, maya, okafor):
        journal, pin = writes(maya), meets(maya, okafor)
        share = lends(maya, pin, sessions=[journal.first])
        assert [it["shares"] for it in maya.get("/pins").json["pins"]] == [1]
        assert slug(maya.delete(f"/pins/{pin}")) == "409 in-use"

        assert maya.delete(f"/shares/{share}").status_code == 204
        assert [it["shares"] for it in maya.get("/pins").json["pins"]] == [0]
        assert maya.delete(f"/pins/{pin}").status_code == 204
        assert maya.get("/pins").json["pins"] == []
        assert maya.delete(f"/pins/{pin}").status_code == 404
        # What was shared with her is still told, by the name she had.
        assert [(it["state"], it["reviewer"]["name"]) for it in maya.get("/shares").json["shares"]] == [
            ("taken_back", "Dr Okafor")
        ]

    def test_a_share_past_its_end_is_none(self, maya, okafor):
        pin = meets(maya, okafor)
        lends(maya, pin, until=after(days=8).isoformat())
        with clock.at(after(days=8)):
            assert [it["shares"] for it in maya.get("/pins").json["pins"]] == [0]
            assert maya.delete(f"/pins/{pin}").status_code == 204


class TestSharingWithSomebodyNeverVerified:
    def test_has_to_be_asked_for(self, maya, okafor):
        journal, pin = writes(maya), meets(maya, okafor, "link")
        body = {
            "sections": ["ratings"], "covers": "sessions", "session_ids": [journal.first], "pin_id": pin,
            "name": "Maya", "until": after(days=9).isoformat(),
        }  # fmt: skip
        share = uuid4()
        assert slug(maya.put(f"/shares/{share}", body)) == "409 not-verified"
        assert maya.get("/shares").json["shares"] == []
        assert maya.put(f"/shares/{share}", {**body, "not_verified": True}).status_code == 201
        assert maya.get("/shares").json["shares"][0]["reviewer"]["verified"] == "not_verified"
        # Dr Okafor sees that whoever this is came by a link.
        assert [it["met"] for it in okafor.get("/desk").json["shares"]] == ["link"]

    def test_is_shown_to_her_as_in_person_only_by_the_card_that_was_on_her_screen(self, maya, okafor):
        pin = meets(maya, okafor)
        lends(maya, pin)
        assert [it["met"] for it in okafor.get("/desk").json["shares"]] == ["in_person"]


def test_a_pin_changed_behind_the_back_is_not_trusted_and_taking_back_still_works(maya, okafor, database):
    journal, pin = writes(maya), meets(maya, okafor)
    share = lends(maya, pin, sessions=[journal.first])
    [row] = database.rows("pins", id=raw(pin))
    for column in ("about", "about_key"):
        database.change("pins", {"id": raw(pin)}, **{column: flipped(row[column], 300)})
        assert slug(maya.get("/pins")) == "409 does-not-open"
        assert slug(keep(maya, card(okafor))) == "409 does-not-open"
        assert slug(maya.put(f"/shares/{share}/ask", {"text": "The garden"})) == "409 does-not-open"
        # Who can read what is still told, and nobody passes for verified.
        [told_of] = maya.get("/shares").json["shares"]
        assert (told_of["state"], told_of["reviewer"]["verified"]) == ("live", "not_verified")
        database.change("pins", {"id": raw(pin)}, **{column: row[column]})

    database.change("pins", {"id": raw(pin)}, revision=2)
    assert maya.delete(f"/shares/{share}").status_code == 204
    assert told(maya) == ["taken_back", "made"]

"""Courses, sessions, check-ins and sensations of one's own: kept, read, revised and deleted, on both databases."""

from uuid import UUID, uuid4

import pytest

from tests.sessions.bodies import CHECK_IN, KINDS, OTHERWISE, RATINGS, every_kind, new_address, without

# As written is as kept: composed and decomposed letters stay apart, and so do all kinds of white space.
WORDS = "e\u0301 \u00e9 \U0001f30a \u202e\u05e9\u05dc\u05d5\u05dd\u202c\r\n\tend  \u00a0\u200d\x00\ufeff\u2028 '\";"


@every_kind
class TestKeeping:
    def test_maya_reads_back_what_she_wrote(self, maya, kind):
        address = new_address(kind)
        kept = maya.put(address, KINDS[kind])

        assert kept.status_code == 201
        assert kept.headers["ETag"] == '"1"'
        assert kept.json == {"id": address.split("/")[-1], "revision": 1, **KINDS[kind]}
        read = maya.get(address)
        assert (read.status_code, read.json, read.headers["ETag"]) == (200, kept.json, '"1"')

    def test_sent_twice_it_is_kept_once(self, maya, kind):
        address = new_address(kind)
        first, second = maya.put(address, KINDS[kind]), maya.put(address, KINDS[kind])

        assert (first.status_code, second.status_code) == (201, 200)
        assert (second.json, second.headers["ETag"]) == (first.json, first.headers["ETag"])
        assert len(maya.get(f"/{kind}").json["items"]) == 1

    def test_she_revises_what_she_last_saw(self, maya, kind):
        address = new_address(kind)
        seen = maya.put(address, KINDS[kind]).headers["ETag"]
        revised = maya.put(address, OTHERWISE[kind], if_match=seen)

        assert (revised.status_code, revised.headers["ETag"]) == (200, '"2"')
        assert maya.get(address).json == {"id": address.split("/")[-1], "revision": 2, **OTHERWISE[kind]}

    def test_when_the_reply_was_lost_the_same_revision_may_come_again(self, maya, kind):
        address = new_address(kind)
        seen = maya.put(address, KINDS[kind]).headers["ETag"]
        maya.put(address, OTHERWISE[kind], if_match=seen)
        again = maya.put(address, OTHERWISE[kind], if_match=seen)

        assert (again.status_code, again.headers["ETag"]) == (200, '"2"')

    def test_deleted_is_gone_and_can_be_kept_anew(self, maya, kind):
        address = new_address(kind)
        maya.put(address, KINDS[kind])

        assert maya.delete(address).status_code == 204
        assert maya.get(address).status_code == maya.delete(address).status_code == 404
        assert maya.get(f"/{kind}").json == {"items": []}
        assert maya.put(address, KINDS[kind]).status_code == 201

    def test_noor_sees_nothing_of_it(self, maya, noor, kind):
        address = new_address(kind)
        maya.put(address, KINDS[kind])

        assert noor.get(address).status_code == noor.delete(address).status_code == 404
        assert noor.get(f"/{kind}").json == {"items": []}
        assert maya.get(address).status_code == 200

    def test_every_revision_is_sealed_anew(self, maya, app, kind):
        address = new_address(kind)
        sealed = []
        for body, seen in ((KINDS[kind], None), (OTHERWISE[kind], '"1"'), (KINDS[kind], '"2"')):
            maya.put(address, body, if_match=seen)
            sealed.append(columns_of(app, address))

        assert len({row["ratings_key"] for row in sealed}) == len({row["ratings"] for row in sealed}) == 3
        assert not {row["story"] for row in sealed[:1]} & {row["story"] for row in sealed[1:]}


def columns_of(app, address):
    from sqlalchemy import select

    from journal.database import db, reading

    kind, row = address.strip("/").split("/")
    table = db.metadata.tables[{"sessions": "dosing_sessions", "check-ins": "check_ins"}.get(kind, kind)]
    with app.app_context(), reading() as connection:
        return connection.execute(select(table).where(table.c.id == UUID(row).bytes)).one()._mapping


class TestWords:
    def test_they_are_kept_to_the_character(self, maya):
        address = new_address("check-ins")
        maya.put(address, CHECK_IN | {"story": {"texts": {"story.line": WORDS}}})

        assert maya.get(address).json["story"] == {"texts": {"story.line": WORDS}}

    def test_of_what_was_asked_much_can_be_said(self, maya):
        """20,000 characters, whatever each takes on the wire."""
        long = "\U0001f30a" * 20_000
        answer = maya.put(new_address("check-ins"), CHECK_IN | {"story": {"texts": {"story.line": long}}})

        assert answer.status_code == 201

    def test_without_words_there_is_no_story(self, maya):
        for story in ({}, None):
            body = {"ratings": RATINGS} if story is None else {"ratings": RATINGS, "story": story}
            address = new_address("check-ins")

            assert "story" not in maya.put(address, body).json
            assert "story" not in maya.get(address).json

    def test_a_story_can_come_later_and_go_again(self, maya):
        address = new_address("check-ins")
        maya.put(address, {"ratings": RATINGS})
        told = maya.put(address, CHECK_IN, if_match='"1"')
        untold = maya.put(address, {"ratings": RATINGS}, if_match=told.headers["ETag"])

        assert told.json["story"] == CHECK_IN["story"]
        assert "story" not in untold.json
        assert "story" not in maya.get(address).json


class TestPartial:
    """Closing the app leaves a valid check-in, whatever was answered by then."""

    @pytest.mark.parametrize("left_out", [name for name in RATINGS if name not in
                                          ("moment", "happened_at", "time_zone", "written_at")])  # fmt: skip
    def test_anything_can_be_left_open(self, maya, left_out):
        address = new_address("check-ins")
        body = without(CHECK_IN, "ratings", left_out)

        assert maya.put(address, body).status_code == 201
        assert maya.get(address).json["ratings"] == body["ratings"]

    def test_with_no_answer_at_all_it_stands(self, maya):
        address = new_address("check-ins")
        bare = {name: RATINGS[name] for name in ("moment", "happened_at", "time_zone", "written_at")}

        assert maya.put(address, {"ratings": bare}).status_code == 201
        assert maya.get(address).json["ratings"] == bare

    def test_unanswered_stays_absent_and_zero_stays_zero(self, maya):
        session = maya.has_session(RATINGS["happened_at"])
        answers = {"emo.mood_now": 0}
        noticed = {"sens.tingling": {"intensity": 0}, "sens.heavy": {}}
        made = maya.checks_in(session, "landing", RATINGS["happened_at"], answers=answers, noticed=noticed)
        kept = maya.get(f"/check-ins/{made}").json["ratings"]

        assert kept["answers"] == answers
        assert kept["noticed"] == noticed
        assert "bothered" not in kept
        points = {it["term"]: it["points"] for it in maya.get("/trends").json["sensations"]}
        assert points["sens.tingling"][0]["value"] == 0
        assert "value" not in points["sens.heavy"][0]

    def test_tap_by_tap_each_is_a_revision(self, maya):
        session = maya.has_session()
        address = new_address("check-ins")
        answers, seen = {}, None
        for tap, (name, value) in enumerate({"emo.mood_now": 6, "diss.peak": 8, "brk.opened": "yes"}.items(), 1):
            answers |= {name: value}
            body = {"session_id": session, "ratings": {**RATINGS, "moment": "landing", "answers": dict(answers)}}
            answer = maya.put(address, body, if_match=seen)
            seen = answer.headers["ETag"]

            assert answer.json["revision"] == tap
        assert maya.get(address).json["ratings"]["answers"] == answers

    def test_opposites_may_stand_together(self, maya):
        noticed = {"sens.tingling": {"intensity": 9}, "sens.numbness": {"intensity": 9}, "sens.floating": {},
                   "sens.heavy": {}, "perc.time": {"direction": ["slower", "faster", "stopped", "both", "lost_track"]},
                   "perc.space": {"direction": ["bigger", "smaller"]}}  # fmt: skip
        body = {"ratings": {**RATINGS, "noticed": noticed, "emotions": ["sad", "joyful", "empty"]}}
        answer = maya.put(new_address("check-ins"), body)

        assert answer.status_code == 201
        assert answer.json["ratings"]["noticed"] == noticed

    def test_nothing_noticed_is_an_answer_of_its_own(self, maya):
        body = {"ratings": without({"r": RATINGS}, "r", "noticed", "bothered")["r"] | {"none": ["noticed", "bothered"]}}

        assert maya.put(new_address("check-ins"), body).json["ratings"]["none"] == ["noticed", "bothered"]


class TestIds:
    def test_an_id_is_hers_whatever_kind_it_names(self, maya):
        made = uuid4()
        for kind, body in KINDS.items():
            assert maya.put(f"/{kind}/{made}", body).status_code == 201

        maya.delete(f"/sessions/{made}")
        assert [maya.get(f"/{kind}/{made}").status_code for kind in KINDS] == [200, 404, 200, 200]

    def test_ids_are_answered_in_one_spelling(self, maya):
        made = str(uuid4())
        assert maya.put(f"/additions/{made.upper()}", KINDS["additions"]).json["id"] == made

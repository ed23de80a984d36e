"""The made-up journal is one the API would take, and shows every kind of thing that happens in a real one."""

from datetime import UTC, datetime, timedelta

import pytest

from journal.content import catalogue
from journal.content.instruments import due, too_close
from journal.demo import demo_journal
from journal.demo.fill import fill
from journal.sessions import schemas
from journal.sessions.hold import Holds, Words
from journal.sessions.moments import CheckInAt, SessionAt, Superseded, steps
from journal.trends.comparison import comparison
from journal.trends.series import trends
from tests.cast import Person

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def told():
    return demo_journal(NOW)


def rows(bodies):
    return [{"id": name, **body} for name, body in bodies.items()]


def moment(body):
    return body["ratings"]["moment"]


def waits(told, name, body):
    sessions = [at(session) for session in told.sessions.values()]
    written = [body["ratings"]["written_at"], *(note["written_at"] for path, note in told.notes if name in path)]
    reread_at = body["ratings"].get("reread_at")
    words = Words([datetime.fromisoformat(it) for it in written], reread_at and datetime.fromisoformat(reread_at))
    return Holds(sessions, timedelta(hours=24)).held(words).waits


def at(body):
    return datetime.fromisoformat(body["ratings"]["happened_at"])


class TestBodies:
    @pytest.mark.parametrize(
        ("kind", "schema"),
        [
            ("courses", schemas.CourseDraft),
            ("additions", schemas.AdditionDraft),
            ("sessions", schemas.SessionDraft),
            ("check_ins", schemas.CheckInDraft),
        ],
    )
    def test_the_api_takes_every_one(self, told, kind, schema):
        bodies = getattr(told, kind)

        assert bodies
        assert all(schema().load(body) for body in bodies.values())

    def test_notes_are_put_on_rows_that_are_there(self, told):
        assert len(told.notes) == 3
        for path, body in told.notes:
            kind, row, word, _ = path.split("/")
            assert (kind, word) in {("sessions", "notes"), ("check-ins", "notes")}
            assert row in (told.sessions if kind == "sessions" else told.check_ins)
            assert schemas.NoteDraft().load(body)

    def test_every_link_leads_somewhere(self, told):
        own = {f"own.{name}" for name in told.additions}
        used = {
            term
            for body in told.check_ins.values()
            for name in ("noticed", "bothered")
            for term in body["ratings"].get(name, {})
            if term.startswith("own.")
        }

        assert all(body["course_id"] in told.courses for body in told.sessions.values())
        assert all(body.get("session_id", name) in {*told.sessions, name} for name, body in told.check_ins.items())
        assert used < own

    def test_it_is_the_same_journal_all_day_long(self, told):
        assert demo_journal(NOW.replace(hour=23)) == told


class TestWhatItShows:
    def test_twelve_sessions_and_every_moment(self, told):
        assert len(told.sessions) == 12
        assert {moment(body) for body in told.check_ins.values()} == {it.id for it in catalogue().moments}

    def test_partial_check_ins_gaps_and_an_empty_list(self, told):
        landings = [body for body in told.check_ins.values() if moment(body) == "landing"]

        assert [body["ratings"]["finished"] for body in landings].count(False) == 1
        assert len(landings) == 11
        assert any(body["ratings"].get("none") == ["noticed", "bothered"] for body in landings)

    def test_it_was_never_told_before_it_happened(self, told):
        for body in (*told.check_ins.values(), *told.sessions.values()):
            assert at(body) <= NOW
        assert all(
            datetime.fromisoformat(it["ratings"]["written_at"]) >= at(it) for it in told.check_ins.values()
        )

    def test_today_offers_the_day_after_and_says_what_was_superseded(self, told):
        sessions = [SessionAt(name, at(body)) for name, body in told.sessions.items()]
        check_ins = [
            CheckInAt(name, body.get("session_id"), moment(body), at(body), body["ratings"]["finished"])
            for name, body in told.check_ins.items()
        ]
        found = steps(sessions, check_ins, NOW)

        assert found.next.moment == "next_day"
        assert Superseded(sessions[-2].id, "week") in found.superseded

    def test_only_what_the_last_session_holds_is_still_to_be_re_read(self, told):
        notes = [body["written_at"] for path, body in told.notes if path.startswith("check-ins")]
        waiting = {moment(body) for name, body in told.check_ins.items() if waits(told, name, body)}
        reread = [body for body in told.check_ins.values() if "reread_at" in body["ratings"]]

        assert (waiting, len(notes)) == ({"landing"}, 2)
        assert len(reread) > 10
        assert all(datetime.fromisoformat(body["ratings"]["reread_at"]) <= NOW for body in reread)

    def test_questionnaires_keep_their_two_weeks(self, told):
        times = [at(body) for body in told.check_ins.values() if "instruments" in body["ratings"]]

        assert len(times) == 6
        assert all(not too_close([it for it in times if it is not one], one) for one in times)
        assert not due(max(times), NOW)

    def test_the_trends_have_ups_downs_and_gaps(self, told):
        found = trends(rows(told.sessions), rows(told.check_ins))

        assert {it["state"] for it in found["lift"]} == {"no_baseline", "not_above", "back", "still_above"}
        assert sum(1 for it in found["sensations"] if it["term"].startswith("own.")) == 2
        assert all(len(it["points"]) < 12 for it in found["sensations"])
        assert any("total" not in point for it in found["instruments"] for point in it["points"])
        assert len(found["breakthroughs"]) == 12

    def test_any_two_sessions_can_be_compared(self, told):
        first, *_, last = told.sessions

        assert comparison(rows(told.sessions), rows(told.check_ins), first, last)["new_in_second"]


@pytest.mark.slow
class TestFilling:
    def test_the_therapist_has_read_most_of_it_and_the_last_session_waits_for_the_patient(self, app):
        with app.app_context():
            made_up = fill(app)
        patient, reader = Person.nobody(app), Person.nobody(app)
        known, told = made_up.therapist, {"login_name": made_up.login_name, "password": made_up.password}
        theirs = {"login_name": known.login_name, "password": known.password, "code": known.codes[0]}
        assert patient.post("/sign-ins", json=told).status_code == 201
        assert reader.post("/sign-ins", json=theirs).status_code == 201

        (share,) = reader.get("/desk").json["shares"]
        (waiting,) = patient.get("/shares/waiting").json["shares"]

        assert (share["patient"], share["met"], share["new"]) == ("Maya", "in_person", 1)
        assert waiting["reviewer"] == "Dr Okafor"
        assert patient.get("/shares").json["shares"][0]["unread_replies"] == 1

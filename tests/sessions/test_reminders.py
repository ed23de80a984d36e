"""A calendar file for the follow-ups: what any calendar understands, and nothing of what it is for."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar

from journal import clock

DOSE = datetime.fromisoformat("2024-10-18T10:30:00-04:00")
NOW = DOSE + timedelta(hours=2)
DAY = 24 * 60
EVENING = 9 * 60 + 30  # from half past ten to eight
# The clocks go back an hour between the week and the month.
ALL = {"next_day": DAY + EVENING, "third_day": 3 * DAY + EVENING, "week": 7 * DAY + EVENING,
       "month": 33 * DAY + EVENING + 60}  # fmt: skip
TITLE = "A few minutes for yourself"


@pytest.fixture
def session(maya):
    return maya.has_session(DOSE.isoformat())


def asks(person, session: str, at: datetime = NOW, **query: object):
    with clock.at(at):
        return person.get(f"/sessions/{session}/reminders.ics", query_string=query)


def events(answer) -> dict[str, dict]:
    """The events by their beginning."""
    assert answer.status_code == 200, answer.json
    return {event["DTSTART"].dt.isoformat(): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}


class TestTheFile:
    def test_has_an_event_with_an_alarm_for_each_time_she_chose(self, maya, session):
        answer = asks(maya, session, **ALL)

        found = events(answer)
        # 20:00 in New York.
        assert list(found) == [
            "2024-10-20T00:00:00+00:00", "2024-10-22T00:00:00+00:00",
            "2024-10-26T00:00:00+00:00", "2024-11-21T01:00:00+00:00",
        ]  # fmt: skip
        for event in found.values():
            [alarm] = event.walk("VALARM")
            assert (alarm["ACTION"], alarm["TRIGGER"].dt, alarm["DESCRIPTION"]) == ("DISPLAY", timedelta(0), TITLE)
            assert (event["SUMMARY"], event["CLASS"], event["TRANSP"], event["STATUS"]) == (
                TITLE, "PRIVATE", "TRANSPARENT", "CONFIRMED",
            )  # fmt: skip
            assert event["DTSTAMP"].dt == NOW.astimezone(UTC)
            assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=10)

    def test_is_saved_under_a_name_that_says_nothing(self, maya, session):
        answer = asks(maya, session, week=ALL["week"])

        assert answer.mimetype == "text/calendar"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="reminders.ics"'
        assert answer.headers["Cache-Control"] == "no-store"

    def test_begins_at_a_full_minute_whatever_second_the_session_began_at(self, maya):
        for seconds, minutes in ((0, 33.5 * 60), (1, 33.5 * 60 - 1), (59.5, 33.5 * 60 - 1)):
            session = maya.has_session((DOSE + timedelta(seconds=seconds)).isoformat())
            assert list(events(asks(maya, session, next_day=int(minutes)))) == ["2024-10-20T00:00:00+00:00"]

    def test_what_she_left_out_is_not_in_it(self, maya, session):
        assert len(events(asks(maya, session, third_day=ALL["third_day"]))) == 1


class TestANewVersion:
    def test_replaces_the_one_before_event_by_event(self, maya, session):
        first = events(asks(maya, session, **ALL))
        later = events(asks(maya, session, at=NOW + timedelta(seconds=1), **ALL | {"week": 8 * DAY - 90}))

        assert [each["UID"] for each in first.values()] == [each["UID"] for each in later.values()]
        assert max(each["SEQUENCE"] for each in first.values()) < min(each["SEQUENCE"] for each in later.values())
        assert "2024-10-26T13:00:00+00:00" in later

    def test_takes_out_what_is_switched_off_without_an_alarm(self, maya, session):
        first = events(asks(maya, session, week=ALL["week"]))
        [event] = events(asks(maya, session, at=NOW + timedelta(minutes=1), week="off")).values()
        [before] = first.values()

        assert (event["UID"], event["STATUS"], event.walk("VALARM")) == (before["UID"], "CANCELLED", [])
        assert event["SEQUENCE"] > before["SEQUENCE"]

    def test_every_session_and_moment_has_events_of_its_own(self, maya, session):
        other = maya.has_session(DOSE.isoformat())
        found = [event["UID"] for which in (session, other) for event in events(asks(maya, which, **ALL)).values()]

        assert len(set(found)) == 8


class TestWhatItSays:
    def test_nothing_of_a_session_a_moment_an_app_or_a_person(self, maya, session):
        text = asks(maya, session, **ALL).text

        telling = ("shoreline", "session", "check", "ketamine", "journal", "therapy", "dose", "http", "America")
        for word in (session, session[:8], maya.login_name, *ALL, *telling):
            assert word.lower() not in text.lower(), word

    def test_as_rfc_5545_has_it(self, maya, session):
        raw = asks(maya, session, **ALL | {"week": "off"}).data

        assert b"\n" not in raw.replace(b"\r\n", b"")
        assert raw.endswith(b"END:VCALENDAR\r\n")
        assert max(map(len, raw.split(b"\r\n"))) <= 75
        lines = raw.decode().replace("\r\n ", "").split("\r\n")
        assert lines[0] == "BEGIN:VCALENDAR"
        assert {"VERSION:2.0", "PRODID:-//Calendar file//EN"} <= set(lines[:3])
        assert not any(line.startswith("METHOD") for line in lines)
        for name in ("UID", "DTSTAMP", "DTSTART", "SEQUENCE"):
            assert sum(line.startswith(f"{name}:") for line in lines) == 4, name
        times = [line for line in lines if re.match("DT(STAMP|START|END)", line)]
        assert all(re.fullmatch(r"DT\w+:\d{8}T\d{6}Z", line) for line in times)


class TestRefusals:
    @pytest.mark.parametrize("minutes", [0, 719, 2880, 99_999])
    def test_a_time_outside_of_the_window_is_told_the_window(self, maya, session, minutes):
        refused = asks(maya, session, next_day=minutes, week=ALL["week"])

        assert refused.status_code == 422
        assert refused.json["errors"] == [
            {"pointer": "?/next_day", "detail": "Choose from 720 to 2879 minutes after the session."}
        ]

    def test_its_first_minute_and_its_last_are_inside(self, maya, session):
        for minutes in (720, 2879):
            assert asks(maya, session, next_day=minutes).status_code == 200

    @pytest.mark.parametrize(
        ("query", "pointer"),
        [
            ({"next_day": "20:00"}, "?/next_day"),
            ({"next_day": "2024-10-19T20:00"}, "?/next_day"),
            ({"next_day": "-720"}, "?/next_day"),
            ({"next_day": "800.5"}, "?/next_day"),
            ({"next_day": "off\n"}, "?/next_day"),
            ({"next_day": "\u0667\u0668\u0669"}, "?/next_day"),
            ({"next_day": "100000"}, "?/next_day"),
            ({"next_day": ""}, "?/next_day"),
            ({"landing": 60}, "?/landing"),
            ({}, "?"),
        ],
    )
    def test_what_cannot_be_read_is_pointed_at(self, maya, session, query, pointer):
        refused = asks(maya, session, **query)

        assert (refused.status_code, [fault["pointer"] for fault in refused.json["errors"]]) == (422, [pointer])

    def test_of_another_persons_session_there_is_none(self, maya, noor, session):
        not_hers, not_there = asks(noor, session, **ALL), asks(noor, str(uuid4()), **ALL)

        assert (not_hers.status_code, not_hers.json) == (not_there.status_code, not_there.json)
        assert (not_hers.status_code, asks(maya, session, **ALL).status_code) == (404, 200)

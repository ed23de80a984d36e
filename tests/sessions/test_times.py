"""When it happened and when it was written are two facts, each kept as Maya typed it."""

import pytest

from journal import clock
from tests.cast import TZ
from tests.sessions.bodies import AT, FACTS, LANDED, NEXT_DAY, RATINGS, new_address, saying

# An hour of the year that the clocks of New York show twice.
FIRST_ONE_THIRTY, SECOND_ONE_THIRTY = "2024-11-03T01:30:00-04:00", "2024-11-03T01:30:00-05:00"
AS_TYPED = [
    FIRST_ONE_THIRTY,
    SECOND_ONE_THIRTY,
    "2024-03-10T02:30:00-05:00",  # no clock showed it; it is an instant all the same
    "2024-10-18T10:30:00Z",
    "2024-10-18T10:30:00+00:00",
    "2024-10-18T10:30:00-00:00",
    "2024-10-18T10:30:00+05:45",
    "2024-10-18T10:30:00+14:00",
    "2024-10-18T10:30:00-12:00",
    "2024-10-18T10:30:00.5-04:00",
    "2024-10-18T10:30:00.123456789-04:00",
    "2024-02-29T23:59:59-04:00",
]
NO_TIMES = [
    "2024-10-18T10:30:00",
    "2024-10-18 10:30:00-04:00",
    "2024-10-18T10:30-04:00",
    "2024-10-18T10:30:00 -04:00",
    "2024-10-18T10:30:00,5-04:00",
    "2024-10-18T10:30:00-04",
    "2024-10-18T10:30:00-04:00:30",
    "2024-10-18T10:30:00+25:00",
    "2024-10-18T10:30:00z",
    "2024-10-18T24:00:00Z",
    "2024-10-18T10:30:60Z",
    "2024-02-30T10:30:00Z",
    "20241018T103000Z",
    "2024-W42-5T10:30:00Z",
    "2024-10-18",
    "1969-12-31T23:59:59Z",
    "2101-01-01T00:00:00Z",
    "9999-12-31T23:59:59-14:00",
    "٢٠٢٤-10-18T10:30:00Z",
    "yesterday",
    "",
    1729261800,
    None,
    True,
]
ZONES = [TZ, "UTC", "Asia/Kathmandu", "America/Argentina/Buenos_Aires", "Etc/GMT+12", "Pacific/Kiritimati"]
NO_ZONES = ["EST5EDT4", "new york", "america/new_york", "../../etc/passwd", "localtime", "UTC\x00", "", 0, None]


class TestAsTyped:
    @pytest.mark.parametrize("time", AS_TYPED)
    def test_a_time_keeps_its_offset(self, maya, time):
        address = new_address("sessions")
        maya.put(address, {"ratings": {**FACTS, "happened_at": time}})

        assert maya.get(address).json["ratings"]["happened_at"] == time

    @pytest.mark.parametrize("time", NO_TIMES)
    def test_what_not_everybody_reads_alike_is_no_time(self, maya, time):
        for name in ("happened_at", "written_at"):
            answer = maya.put(new_address("sessions"), {"ratings": {**FACTS, name: time}})

            assert answer.status_code == 422
            assert [fault["pointer"] for fault in answer.json["errors"]] == [f"#/ratings/{name}"]

    @pytest.mark.parametrize("zone", ZONES)
    def test_a_zone_is_kept_beside_it(self, maya, zone):
        address = new_address("sessions")
        maya.put(address, {"ratings": {**FACTS, "time_zone": zone}})

        assert maya.get(address).json["ratings"]["time_zone"] == zone

    @pytest.mark.parametrize("zone", NO_ZONES)
    def test_a_zone_nobody_knows_is_refused(self, maya, zone):
        answer = maya.put(new_address("sessions"), {"ratings": {**FACTS, "time_zone": zone}})

        assert [fault["pointer"] for fault in answer.json["errors"]] == ["#/ratings/time_zone"]


class TestTwoFacts:
    def test_written_the_next_day_about_the_evening_before(self, maya):
        address = new_address("check-ins")
        body = {"ratings": {**RATINGS, "happened_at": LANDED, "written_at": NEXT_DAY}}
        kept = maya.put(address, body).json["ratings"]

        assert (kept["happened_at"], kept["written_at"]) == (LANDED, NEXT_DAY)

    def test_either_can_be_put_right_later_and_the_other_stays(self, maya):
        address = new_address("check-ins")
        body = {"ratings": {**RATINGS, "written_at": NEXT_DAY}}
        maya.put(address, body)
        put_right = maya.put(address, saying(body, "ratings", happened_at=AT), if_match='"1"').json["ratings"]

        assert (put_right["happened_at"], put_right["written_at"]) == (AT, NEXT_DAY)

    def test_the_hour_it_was_stored_is_neither(self, maya):
        """She may tell of last year; the database knows the hour of telling, and lists by it."""
        from datetime import datetime

        with clock.at(datetime.fromisoformat(AT)):
            late = maya.has_session("2024-10-18T10:30:00-04:00")
        with clock.at(datetime.fromisoformat(NEXT_DAY)):
            early = maya.has_session("2019-01-01T10:30:00-05:00")

        assert [row["id"] for row in maya.get("/sessions").json["items"]] == [early, late]


class TestTheHourThatComesTwice:
    def test_an_hour_lies_between_one_thirty_and_one_thirty(self, maya):
        session = maya.has_session(FIRST_ONE_THIRTY)
        maya.checks_in(session, "landing", SECOND_ONE_THIRTY, answers={"emo.mood_now": 7})

        assert [point["hours"] for point in maya.get("/trends").json["mood"][0]["points"]] == [1.0]

    def test_windows_are_counted_in_real_hours(self, maya):
        """Twelve hours after ten in the evening before the clocks go back, it is nine, not ten."""
        from datetime import datetime

        session = maya.has_session("2024-11-02T22:00:00-04:00")
        with clock.at(datetime.fromisoformat("2024-11-03T08:59:59-05:00")):
            before = open_moments(maya, session)
        with clock.at(datetime.fromisoformat("2024-11-03T09:00:00-05:00")):
            after = open_moments(maya, session)

        assert ("next_day" in before, "next_day" in after) == (False, True)


def open_moments(person, session):
    return {step.get("moment") for step in person.get("/today").json["open"] if step.get("session_id") == session}

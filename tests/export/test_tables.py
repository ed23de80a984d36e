"""What Maya kept in Daylio and Bearable comes in as check-ins of any time, and no word of it is lost."""

import pytest

from tests.export.files import BEARABLE, DAYLIO, bring_in, in_new_york, journal, preview

HEADER = "full_date,date,weekday,time,mood,activities,note_title,note\n"


@pytest.fixture(autouse=True)
def at_home(maya):
    in_new_york(maya)


def words(check_in) -> str | None:
    return check_in["story"]["texts"]["story.line"] if "story" in check_in else None


def told(found) -> list[tuple]:
    return [
        (it["ratings"]["happened_at"], it["ratings"].get("answers"), words(it))
        for it in found["check_ins"]
    ]


class TestDaylio:
    def test_every_row_is_a_check_in(self, maya):
        seen = preview(maya, "daylio", DAYLIO).json
        kept = bring_in(maya, "daylio", DAYLIO)

        assert (seen["rows"], seen["check_ins"], seen["errors"]) == (3, 3, [])
        assert (seen["first"], seen["last"]) == ("2026-03-08T03:30:00-04:00", "2026-03-10T21:05:00-04:00")
        assert (kept.status_code, kept.json["kept"]) == (201, 3)
        assert told(journal(maya)) == [
            # Clocks went forward at two that night: there was no half past two.
            ("2026-03-08T03:30:00-04:00", {"emo.mood_now": 1}, None),
            ("2026-03-09T07:15:00-04:00", {"emo.mood_now": 5}, "Short night"),
            (
                "2026-03-10T21:05:00-04:00",
                {"emo.mood_now": 9},
                'Baked with Oma, she said "never again".\nA walk later.\n'
                "activities: family | good sleep\nscales: Energy:\u00a04 | Stress:\u00a02",
            ),
        ]
        assert {it["ratings"]["moment"] for it in journal(maya)["check_ins"]} == {"anytime"}
        assert seen["sample"][0]["ratings"]["answers"] == {"emo.mood_now": 9}

    @pytest.mark.parametrize(
        ("row", "says"),
        [
            ("2026-02-30,x,x,20:00,good,,,", "full_date"),
            ("10.3.2026,x,x,20:00,good,,,", "full_date"),
            ("2026-03-01,x,x,evening,good,,,", "time"),
            ("2026-03-01,x,x,25:00,good,,,", "time"),
            ("2026-03-01,x,x,13:00 pm,good,,,", "time"),
            ("2026-03-01,x,x,20:00,grandiose,,,", "name of your own"),
            ("1960-03-01,x,x,20:00,good,,,", "year"),
        ],
    )
    def test_a_row_that_is_wrong_is_named_and_nothing_is_kept(self, maya, row, says):
        file = f"{HEADER}2026-03-01,x,x,20:00,good,,,\n{row}\n"
        seen, answer = preview(maya, "daylio", file).json, bring_in(maya, "daylio", file)

        assert [error["row"] for error in seen["errors"]] == [3]
        assert says in seen["errors"][0]["detail"]
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "#row=3")
        assert "grandiose" not in answer.get_data(as_text=True)
        assert journal(maya)["check_ins"] == []

    def test_a_mood_of_her_own_may_be_a_number(self, maya):
        assert bring_in(maya, "daylio", f"{HEADER}2026-03-01,x,x,20:00,10,,,\n").status_code == 201
        assert told(journal(maya))[0][1] == {"emo.mood_now": 10}

    @pytest.mark.parametrize(
        "file",
        ["", "date,flow\n2026-01-01,light", HEADER + '2026-03-05,x,x,20:00,good,"open', b"\xff\xfe\x00", "{}"],
    )
    def test_another_file_is_refused_as_a_whole(self, maya, file):
        assert preview(maya, "daylio", file).status_code == 422

    def test_columns_are_found_by_name_and_those_nobody_knows_are_kept_in_words(self, maya):
        file = "mood;weather;time;full_date;note\nbad;Rain, all day;20.15;2026-03-05;Home\n"
        assert bring_in(maya, "daylio", file).status_code == 201
        assert told(journal(maya)) == [
            ("2026-03-05T20:15:00-05:00", {"emo.mood_now": 3}, "Home\nweather: Rain, all day")
        ]

    def test_a_note_longer_than_a_text_goes_on_in_notes_to_the_letter(self, maya):
        note = "=" + "long " * 9_000 + "\0<b>end</b>"
        assert bring_in(maya, "daylio", f'{HEADER}2026-03-05,x,x,20:00,good,,,"{note}"\n').status_code == 201

        [found] = journal(maya)["check_ins"]
        pieces = [found["story"]["texts"]["story.line"], *(it["text"] for it in found["story"]["notes"])]
        assert "".join(pieces) == note

    def test_without_a_zone_nothing_is_guessed(self, noor):
        refused = preview(noor, "daylio", DAYLIO)
        assert (refused.status_code, "zone" in refused.json["detail"]) == (422, True)


class TestBearable:
    def test_the_readings_of_a_time_are_one_check_in(self, maya):
        seen = preview(maya, "bearable", BEARABLE).json
        assert bring_in(maya, "bearable", BEARABLE).status_code == 201

        assert (seen["rows"], seen["check_ins"], seen["errors"]) == (6, 3, [])
        assert told(journal(maya)) == [
            (
                "2022-01-22T09:00:00-05:00",
                {"emo.mood_now": 7},
                "time of day: am\nMood, Mood: 7\nA hard morning, then better.\nSymptom, Headache (Moderate): 2\n"
                "Medication, Ibuprofen 200 mg: 1\nMedication, Ibuprofen 200 mg: 1",
            ),
            ("2022-01-22T22:15:00-05:00", None, "Sleep, Sleep quality: 4"),
            ("2022-03-01T12:00:00-05:00", None, "Energy, Energy: 3"),
        ]

    def test_a_mood_is_no_rating_until_its_scale_is_known(self, maya):
        file = BEARABLE.replace("Mood,7,Mood", "Mood,4,Mood")
        scales = ("", "&mood_scale=5", "&mood_scale=10")
        unknown, of_five, of_ten = (preview(maya, "bearable", file, scale).json for scale in scales)

        assert "answers" not in unknown["sample"][0]["ratings"]
        assert "5 or to 10" in unknown["remarks"][0]
        assert of_five["sample"][0]["ratings"]["answers"] == {"emo.mood_now": 7}
        assert of_ten["sample"][0]["ratings"]["answers"] == {"emo.mood_now": 4}
        assert all("Mood, Mood: 4" in it["sample"][0]["story"]["texts"]["story.line"] for it in (unknown, of_five))

    def test_a_part_of_the_day_nobody_knows_keeps_its_word(self, maya):
        file = BEARABLE.replace(",am,", ",tea time,")
        first = preview(maya, "bearable", file).json["sample"][0]

        assert first["ratings"]["happened_at"] == "2022-01-22T12:00:00-05:00"
        assert "tea time" in first["story"]["texts"]["story.line"]

    def test_a_row_that_is_wrong_is_named(self, maya):
        seen = preview(maya, "bearable", BEARABLE + "31st Feb 2022,,x,am,Mood,7,Mood,\n").json
        assert [error["row"] for error in seen["errors"]] == [8]

    def test_the_older_columns_are_enough(self, maya):
        file = "date,weekday,time of day,category,rating/amount,detail,notes\n3rd Sep 2023,Sun,10:15 PM,Mood,9,Mood,\n"
        seen = preview(maya, "bearable", file).json
        assert seen["first"] == "2023-09-03T22:15:00-04:00"

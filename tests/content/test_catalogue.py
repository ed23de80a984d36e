"""The catalogue holds the whole vocabulary, asks it at the right moments, and every word of it is there."""

import orjson
import pytest

from journal.content import as_json, catalogue, is_own
from journal.content.messages import wording
from journal.content.structure import Condition

# The codes of the vocabulary, section by section, as the design paper lists them.
SEED = {
    "facts": """session.route session.duration_min session.position session.dose session.number course.plan
        session.staff_present session.antinausea_given session.dose_adjusted session.water session.rest se.bp_up""",
    "prompts": "prep.goals prep.medicines prep.history prep.questions session.intention",
    "terms": """sens.tingling sens.numbness sens.floating sens.relaxation perc.time perc.space perc.vision perc.hearing
        perc.surroundings diss.surroundings diss.body perc.hallucination psy.thought_awareness psy.introspection
        se.nausea se.dizziness se.hr_up se.discomfort se.anxious
        sens.heavy psy.peaceful se.headache se.sleepy se.vision_blurred se.speech se.vomiting se.confused se.unsteady
        se.tearful""",
    "items": """recovery.returned diss.dissociation state.altered emo.mood_now emo.strong psy.self_awareness brk.release
        brk.breakthrough brk.growth brk.therapy_progress lt.depression lt.wellbeing lt.cognition lt.bladder lt.craving
        lt.memory""",
    "derived": "se.persistent se.dehydration lt.anxiety lt.mood_sustained",
}

NOTICED = [
    "Tingling", "Numb", "Floating or light", "Heavy", "Time slower or faster", "Colours or patterns",
    "Sounds far or muffled", "Room or space changed", "Deeply relaxed", "Peaceful", "Very aware of thoughts",
    "Saw things",
]  # fmt: skip
BOTHERED = [
    "Sick", "Dizzy", "Headache", "Heart racing", "Anxious or afraid", "Blurry or double vision", "Very sleepy",
    "Hard to speak", "Upset",
]  # fmt: skip


@pytest.fixture
def published():
    return as_json()


def by_id(rows):
    return {row["id"]: row for row in rows}


class TestVocabulary:
    @pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in SEED.items() for code in codes.split()])
    def test_every_term_of_the_vocabulary_has_its_place(self, published, kind, code):
        assert by_id(published[kind])[code]["label"]

    def test_an_id_means_one_thing(self, published):
        ids = [row["id"] for kind in SEED for row in published[kind]]

        assert len(ids) == len(set(ids))

    def test_no_word_is_left_over(self):
        """What no structure names any more would be translated for nothing."""
        known, words = catalogue(), wording()

        for kind in ("items", "terms", "prompts", "facts", "derived", "moments"):
            assert {it.id for it in getattr(known, kind)} == set(words[kind])

    def test_the_qualifiers_of_the_vocabulary_can_be_said(self, published):
        terms = by_id(published["terms"])

        assert [it["id"] for it in terms["perc.time"]["directions"]] == [
            "slower", "faster", "stopped", "both", "lost_track"
        ]  # fmt: skip
        assert [it["id"] for it in terms["perc.space"]["directions"]] == [
            "bigger", "smaller", "further", "closer", "boundless"
        ]  # fmt: skip
        assert [it["id"] for it in terms["perc.hearing"]["directions"]] == ["distant", "muffled", "louder", "distorted"]
        assert [it["id"] for it in terms["perc.vision"]["aspects"]] == [
            "colours_enhanced", "colours_faded", "patterns", "blurred", "double"
        ]  # fmt: skip
        assert [it["id"] for it in terms["sens.tingling"]["where"]] == [
            "hands", "feet", "arms", "legs", "face_mouth", "all_over"
        ]  # fmt: skip

    def test_whatever_bothered_can_be_rated_and_told_to_have_passed(self, published):
        bothered = [term for term in published["terms"] if term["list"] == "bothered"]

        assert bothered
        assert all(term["details"] == ["worst", "passed"] for term in bothered)


class TestLanding:
    def test_the_chips_stand_in_their_order(self, published):
        for name, labels in (("noticed", NOTICED), ("bothered", BOTHERED)):
            chips = [term for term in published["terms"] if term["list"] == name and term["landing"]]
            assert [chip["label"] for chip in sorted(chips, key=lambda chip: chip["order"])] == labels
            assert [term.id for term in catalogue().landing_terms(name)] == [
                chip["id"] for chip in sorted(chips, key=lambda chip: chip["order"])
            ]

    def test_it_is_seven_screens_and_seven_taps(self, published):
        screens = by_id(published["moments"])["landing"]["screens"]

        assert [screen["kind"] for screen in screens] == [
            "start", "items", "items", "noticed", "bothered", "items", "still_here"
        ]  # fmt: skip
        assert all(len(screen.get("items", [])) <= 1 for screen in screens)

    def test_no_question_is_longer_than_ten_words(self, published):
        items = by_id(published["items"])
        asked = [items[name]["question"] for name in by_id(published["moments"])["landing"]["asks"]]
        asked += [it["question"] for it in published["lists"] if it["id"] != "emotions"]
        asked += [it["question"] for it in published["details"]]

        assert len(asked) == 13
        assert all(len(question.split()) <= 10 for question in asked)


class TestMoments:
    def test_each_asks_what_it_should(self, published):
        moments = by_id(published["moments"])
        state = {"emo.mood_now", "emo.anxiety_now", "day.sleep", "day.energy"}

        assert set(moments["before"]["asks"]) == state - {"day.energy"}
        assert moments["landing"]["asks"] == ["emo.mood_now", "diss.peak", "brk.opened"]
        assert set(moments["next_day"]["asks"]) > state | {
            "state.altered", "emo.anxiety_peak", "recovery.returned", "emo.strong",
            "brk.hard_feelings", "brk.release", "brk.insight", "brk.closure", "psy.self_awareness",
        }  # fmt: skip
        assert set(moments["third_day"]["asks"]) == state | {"step.done"}
        assert set(moments["week"]["asks"]) == state | {
            "lt.cognition", "brk.growth", "brk.therapy_progress", "lt.depression", "step.done"
        }  # fmt: skip
        assert {"lt.bladder", "lt.memory", "lt.craving", "lt.cognition"} <= set(moments["month"]["asks"])
        assert len(moments["month"]["asks"]) == 6
        assert "session.intention" in moments["before"]["prompts"]
        assert {"story.happened", "story.surprised", "story.remember", "step.plan"} <= set(
            moments["next_day"]["prompts"]
        )

    def test_they_open_and_close_when_they_should(self, published):
        windows = {
            it["id"]: (it.get("opens_after_hours"), it.get("closes_after_hours"), it.get("accept_until_hours"))
            for it in published["moments"]
        }

        assert windows == {
            "before": (-24, 0, None),
            "landing": (0.5, 2, 12),
            "next_day": (12, 48, None),
            "third_day": (48, 120, None),
            "week": (120, 240, None),
            "month": (28 * 24, 42 * 24, None),
            "anytime": (None, None, None),
        }

    def test_mood_is_asked_at_every_one(self, published):
        assert all("emo.mood_now" in moment["asks"] for moment in published["moments"])

    def test_questionnaires_belong_to_the_week_and_to_no_session(self, published):
        has = [it["id"] for it in published["moments"] if "instruments" in [s["kind"] for s in it["screens"]]]

        assert has == ["week"]


class TestWholeness:
    def test_every_rating_has_words_at_both_ends_and_in_the_middle(self, published):
        ratings = [it for it in [*published["items"], *published["details"]] if it["kind"] == "rating"]

        assert ratings
        assert all(list(it["anchors"]) == ["0", "5", "10"] and all(it["anchors"].values()) for it in ratings)

    def test_every_item_and_prompt_is_asked_somewhere(self, published):
        assert all(it["moments"] for kind in ("items", "prompts", "terms") for it in published[kind])

    def test_conditions_name_what_exists(self):
        known = catalogue()
        conditions = [it.only_if for it in (*known.items, *known.prompts) if it.only_if]

        assert conditions
        for condition in conditions:
            assert (condition.item in known.item) is not (condition.prompt in known.prompt)
            assert condition == Condition(prompt=condition.prompt) or _can_answer(known.item[condition.item], condition)

    def test_groups_details_and_facts_name_what_exists(self, published):
        groups, details = by_id(published["groups"]), by_id(published["details"])
        facts, items, prompts = (by_id(published[kind]) for kind in ("facts", "items", "prompts"))

        assert all(it["group"] in groups for kind in ("items", "terms", "prompts") for it in published[kind])
        assert all(name in details for term in published["terms"] for name in term["details"])
        for moment in published["moments"]:
            assert all(name in facts for name in moment["facts"])
            for screen in moment["screens"]:
                assert all(name in items for name in screen.get("items", []))
                assert all(name in prompts for name in screen.get("prompts", []))
                assert all(name in details for name in screen.get("details", []))

    def test_it_goes_over_the_wire_as_it_is_and_holds_no_null(self, published):
        wire = orjson.dumps(published)

        assert orjson.loads(wire) == published
        assert b"null" not in wire

    def test_a_language_nobody_wrote_is_not_made_up(self):
        with pytest.raises(KeyError):
            as_json("tlh")


class TestLookUps:
    def test_a_detail_belongs_to_its_term_and_its_list(self):
        known = catalogue()

        assert known.details("perc.time", "noticed") == ("direction", "intensity")
        assert known.details("perc.time", "bothered") is None
        assert known.details("perc.tyme", "noticed") is None

    def test_mayas_own_sensation_can_be_on_either_list(self):
        known, humming = catalogue(), "own.3f0c8a9e-6a55-4d0e-9b1e-0c7e8f1d2a3b"

        assert is_own(humming)
        assert "intensity" in (known.details(humming, "noticed") or ())
        assert known.details(humming, "bothered") == ("worst", "passed")

    @pytest.mark.parametrize(
        "term",
        [
            "own.",
            "own.humming",
            "3f0c8a9e-6a55-4d0e-9b1e-0c7e8f1d2a3b",
            "own.3F0C8A9E-6A55-4D0E-9B1E-0C7E8F1D2A3B",
            "own.3f0c8a9e-6a55-4d0e-9b1e-0c7e8f1d2a3b\n",
        ],
    )
    def test_nothing_else_passes_for_one(self, term):
        assert not is_own(term)


def _can_answer(item, condition):
    possible = item.options or tuple(range(11))
    return set(condition.any_of) < set(possible)

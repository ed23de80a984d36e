"""What the made-up patient went through: twelve sessions, as numbers and in plain words. All of it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Detail = Mapping[str, Any]

HUM = "hum"
COLD = "cold"
JAW = "jaw"
# The patient's own sensations: list, what it is called, whether it is still offered.
OWN = {
    HUM: ("noticed", "A low hum, like a fridge", False),
    COLD: ("bothered", "Cold hands", False),
    JAW: ("bothered", "Tight jaw", True),
}


@dataclass(frozen=True)
class Scene:
    """One session. Moods stand for before, landing, next day, third day, week; None: that check-in was not written."""

    day: int
    route: str
    dose: float | None
    moods: tuple[int | None, int | None, int | None, int | None, int | None]
    peak: int | None = None
    opened: str | None = None
    noticed: Mapping[str, Detail] = field(default_factory=dict)
    bothered: Mapping[str, Detail] = field(default_factory=dict)
    emotions: tuple[str, ...] = ()
    still: tuple[str, ...] = ()
    step: str = "not_yet"
    intention: str = ""
    line: str = ""
    happened: str = ""
    remember: str = ""
    plan: str = ""


SCENES = (
    Scene(
        0, "im", 50, (3, 4, 4, 3, None), 4, "no",
        {"sens.tingling": {"intensity": 5, "where": ["hands", "feet"], "passed": "by_end"},
         "sens.heavy": {"intensity": 6, "valence": -1},
         "perc.time": {"direction": ["slower"], "intensity": 4}},
        {"se.nausea": {"worst": 5, "passed": "within_2h"}, "se.anxious": {"worst": 6, "passed": "during"}},
        ("afraid", "sad"), ("sens.heavy",), "not_yet",
        "To get through it, and see what it is like.",
        "Mostly I waited for it to be over.",
        "The music was too loud at first and I did not dare to say so. Then it went quiet in me for a bit.",
        "I can ask them to turn it down.",
        "Walk to the harbor once.",
    ),
    Scene(
        3, "im", 50, (3, 5, 6, 5, None), 5, "a_little",
        {"sens.floating": {"intensity": 6, "valence": 1}, "perc.time": {"direction": ["lost_track"], "intensity": 6},
         "sens.tingling": {"intensity": 4, "where": ["hands"], "passed": "by_end"},
         "perc.hearing": {"direction": ["distant"], "intensity": 4, "passed": "by_end"}},
        {"se.nausea": {"worst": 3, "passed": "by_end"}, "se.dizziness": {"worst": 4, "passed": "within_2h"}},
        ("calm", "sad"), (), "yes",
        "Let the music be quiet.",
        "It felt like lying in a boat with the rope still on.",
        "I thought about my sister's kitchen, the yellow light over the table. Nothing happened there, I just stayed.",
        "The yellow light.",
        "Write to Ana.",
    ),
    # No landing check-in, and the next day she stopped after the first screen: its lists are a gap.
    Scene(
        7, "im", 60, (4, None, 6, 6, None), step="partly",
        intention="Ask what I am so tired of.",
        line="Slept in the car and again at home. Blue tiles behind my eyes, going on for ever.",
    ),
    # No check-in before this one, so there is nothing to measure a lift against.
    Scene(
        10, "im", 60, (None, 6, 7, 6, None), 7, "yes",
        {"sens.floating": {"intensity": 8, "valence": 2}, "psy.peaceful": {"intensity": 7},
         "sens.tingling": {"intensity": 2, "where": ["hands"], "passed": "during"},
         "perc.time": {"direction": ["slower"], "intensity": 7}, "sens.relaxation": {"intensity": 6},
         "perc.space": {"intensity": 5, "direction": ["boundless"]}, HUM: {"intensity": 4}},
        {"se.dizziness": {"worst": 2, "passed": "by_end"}},
        ("loving", "sad", "grateful"), (HUM,), "yes",
        "", "I cried and it was not the bad kind.",
        "My father was there as he was before he got ill. I told him about the garden.",
        "He laughed about the beans.",
        "Call my mother and tell her that.",
    ),
    # She stopped the landing check-in half way: what she had answered is kept.
    Scene(
        14, "im", 70, (5, 3, 3, 4, None), 8, None,
        {"diss.body": {"intensity": 8, "valence": -2}, "perc.time": {"direction": ["stopped"], "intensity": 9},
         "sens.tingling": {"intensity": 6, "where": ["all_over"], "passed": "by_end"},
         "sens.floating": {"intensity": 9, "valence": -1}, "perc.hallucination": {"intensity": 5, "valence": -1}},
        {"se.anxious": {"worst": 8, "passed": "by_end"}, "se.discomfort": {"worst": 7, "passed": "same_day"},
         "se.dizziness": {"worst": 5, "passed": "within_2h"}, "se.nausea": {"worst": 6, "passed": "within_2h"}},
        ("afraid", "empty"), ("se.discomfort",), "not_yet",
        "See him again.", "",
        "It was too far. I did not know which way was back and there was nobody in it.",
        "The nurse's hand on my arm. That was the way back.",
        "Say at the next one that it was too much.",
    ),
    Scene(
        17, "im", 60, (4, 6, 7, 7, 6), 5, "a_little",
        {"sens.relaxation": {"intensity": 7}, "sens.floating": {"intensity": 5, "valence": 1},
         "perc.time": {"direction": ["slower"], "intensity": 3}, HUM: {"intensity": 3},
         "psy.thought_awareness": {"intensity": 6}},
        {COLD: {"worst": 4, "passed": "by_end"}, "se.sleepy": {"worst": 4, "passed": "same_day"}},
        ("calm", "grateful"), (), "yes",
        "Slower this time.",
        "Slower was right.",
        "I watched my thoughts go by like people on the other side of a street.",
        "I do not have to cross the street.",
        "Ten minutes on the bench before work.",
    ),
    Scene(
        53, "iv", 40, (4, 6, 7, 6, 5), 6, "yes",
        {"sens.tingling": {"intensity": 3, "where": ["face_mouth"], "passed": "during"},
         "perc.vision": {"aspects": ["colours_enhanced"], "intensity": 4, "passed": "during"},
         "sens.floating": {"intensity": 6, "valence": 1}, "perc.time": {"direction": ["faster"], "intensity": 4},
         "psy.peaceful": {"intensity": 8}, "perc.surroundings": {"intensity": 5}},
        {"se.headache": {"worst": 3, "passed": "next_day"}, "se.dizziness": {"worst": 2, "passed": "by_end"},
         COLD: {"worst": 3, "passed": "by_end"}},
        ("calm", "joyful"), ("se.headache",), "partly",
        "Five weeks on. Find out what is left.",
        "More of it was left than I had thought.",
        "I could hear every bird in the yard of the clinic. Later a headache, not a bad one.",
        "The birds.",
        "Cook on Sunday and ask two people.",
    ),
    # Nothing to report, which is an answer too.
    Scene(
        60, "iv", 40, (5, 5, 5, 5, 5), 2, "no", {}, {}, (), (), "yes",
        "Nothing special, just turn up.",
        "A quiet one. I mostly rested.",
        "Not much to tell. It was raining.",
        "Rain on the skylight.",
        "Keep the bench.",
    ),
    # The day after was never written.
    Scene(
        67, "iv", 45, (6, 7, None, 7, 7), 6, "a_little",
        {"sens.tingling": {}, "sens.floating": {}, "perc.time": {}, "perc.vision": {}, "perc.hearing": {}, HUM: {}},
        {"se.hr_up": {"worst": 4}, "se.vision_blurred": {"worst": 5}},
        (), ("se.vision_blurred",), "yes",
        "Look at the anger.",
        "I was angry and then it was only hot, like a stove.",
        "", "", "",
    ),
    Scene(
        74, "iv", 45, (6, 8, 8, 8, 7), 7, "yes",
        {"psy.peaceful": {"intensity": 9}, "psy.introspection": {"intensity": 8},
         "sens.floating": {"intensity": 7, "valence": 2}, "psy.thought_awareness": {"intensity": 7},
         "diss.surroundings": {"intensity": 6, "valence": 2}, "perc.time": {"direction": ["slower"], "intensity": 5}},
        {"se.speech": {"worst": 5, "passed": "by_end"}, "se.tearful": {"worst": 4, "passed": "same_day"}},
        ("loving", "calm", "sad"), (), "yes",
        "Ask my father what he would do.",
        "He would plant things. Of course he would.",
        "I was in the garden and it was now, not then. I could not speak for a while afterwards and did not need to.",
        "It can be now.",
        "Buy seeds.",
    ),
    # A week later came the next session, so its week check-in was superseded.
    Scene(
        83, "im", 60, (7, 6, 5, 6, None), 6, "too_soon",
        {"sens.heavy": {"intensity": 7, "valence": -1},
         "sens.tingling": {"intensity": 5, "where": ["hands", "face_mouth"], "passed": "by_end"},
         "perc.time": {"direction": ["slower", "lost_track"], "intensity": 6},
         "sens.numbness": {"intensity": 5, "where": ["hands"], "passed": "by_end"}},
        {"se.nausea": {"worst": 7, "passed": "same_day"}, "se.dizziness": {"worst": 5, "passed": "within_2h"},
         "se.sleepy": {"worst": 6, "passed": "same_day"}, "se.unsteady": {"worst": 4, "passed": "within_2h"},
         "se.vomiting": {"worst": 6, "passed": "same_day"}},
        ("sad", "angry"), ("sens.heavy",), "partly",
        "No plan.",
        "Sick most of the way home.",
        "I had eaten too late and paid for it. Underneath it was something about work that I did not get hold of.",
        "Eat before nine.",
        "Ask for something against the sickness.",
    ),
    # Yesterday: the day after is open now.
    Scene(
        90, "im", 60, (6, 7, None, None, None), 6, "a_little",
        {"sens.tingling": {}, "sens.floating": {}, "perc.time": {}, "psy.peaceful": {}, "perc.space": {}, HUM: {}},
        {"se.dizziness": {"worst": 3}},
        (), ("se.dizziness",), "not_yet",
        "The thing about work.",
        "It has to do with being watched.",
    ),
)  # fmt: skip

# Added later, without rewriting: session by place, the moment, days after, the words.
NOTES = (
    (1, "next_day", 9, "Ana wrote back."),
    (4, "next_day", 3, "We talked about it before the sixth. They lowered it again."),
    (9, None, 6, "The seeds are in."),
)

# Questionnaires by day of the course, PHQ-8 and GAD-7 in the order of their items; None was left open.
QUESTIONNAIRES: Mapping[int, tuple[tuple[int | None, ...], tuple[int | None, ...]]] = {
    -1: ((2, 3, 3, 3, 1, 3, 2, 1), (3, 2, 3, 2, 1, 2, 2)),
    23: ((1, 2, 2, 2, 1, 2, 1, 0), (2, 1, 2, 2, 0, 1, 1)),
    38: ((2, 2, 2, 2, 1, 2, 1, 1), (2, 2, 2, 1, 1, 2, 1)),
    59: ((1, 1, 2, 1, 1, 1, 1, 0), (1, 1, None, 1, 0, 1, 1)),
    73: ((1, 1, 1, 1, 0, 1, 1, 0), (1, 1, 1, 1, 0, 1, 0)),
    88: ((1, 1, 2, 1, 1, 1, 1, 0), (1, 0, 1, 1, 0, 1, 1)),
}

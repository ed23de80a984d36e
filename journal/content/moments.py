"""The seven moments: when each is open, counted in real hours from the session, and what each asks.

The landing check-in is seven screens. A moment is an invitation, never a gate: a check-in is kept whatever its hour.
"""

from journal.content.structure import Moment, Screen

_STATE = ("emo.mood_now", "emo.anxiety_now", "day.sleep", "day.energy")
_OWN_BLOCK = ("brk.hard_feelings", "brk.release", "brk.insight", "brk.closure", "psy.self_awareness")
_LONG_TERM = ("emo.mood_now", "lt.wellbeing", "lt.cognition", "lt.bladder", "lt.memory", "lt.craving")
_DETAILS = ("intensity", "worst", "direction", "aspects", "where", "valence", "passed")
_LINE = Screen("prompts", prompts=("story.line",))
_DAY = 24.0

BEFORE = Moment(
    "before", -24, 0,
    (
        Screen("items", _STATE[:3]),
        Screen("prompts", prompts=("session.intention",)),
        Screen("prompts", prompts=("prep.goals", "prep.medicines", "prep.history", "prep.questions")),
    ),
    facts=("session.route", "session.place"),
)
LANDING = Moment(
    "landing", 0.5, 2,
    (
        Screen("start"),
        Screen("items", ("emo.mood_now",)),
        Screen("items", ("diss.peak",)),
        Screen("noticed"),
        Screen("bothered", details=("worst",)),
        Screen("items", ("brk.opened",)),
        Screen("still_here", prompts=("story.line",)),
    ),
    accept_until_hours=12,
)
NEXT_DAY = Moment(
    "next_day", 12, 48,
    (
        Screen("items", _STATE),
        Screen("noticed", carried=True),
        Screen("bothered", carried=True),
        Screen("details", details=_DETAILS),
        Screen("items", ("diss.dissociation", "recovery.returned", "emo.anxiety_peak", "state.altered")),
        Screen("emotions", ("emo.strong",)),
        Screen("items", _OWN_BLOCK),
        Screen("items", ("brk.breakthrough",), prompts=("brk.what_opened",)),
        Screen("still_here"),
        Screen("prompts", prompts=("story.happened", "story.surprised", "story.remember")),
        Screen("prompts", prompts=("step.plan",)),
    ),
    facts=("se.bp_up", "session.pulse"),
)
THIRD_DAY = Moment(
    "third_day", 2 * _DAY, 5 * _DAY,
    (Screen("items", _STATE), Screen("still_here"), Screen("items", ("step.done",)), _LINE),
)
WEEK = Moment(
    "week", 5 * _DAY, 10 * _DAY,
    (
        Screen("items", (*_STATE, "lt.cognition")),
        Screen("still_here"),
        Screen("items", ("brk.growth", "brk.therapy_progress"), prompts=("brk.growth_line",)),
        Screen("items", ("lt.depression", "step.done")),
        Screen("instruments"),
    ),
)
# A month is four to six weeks, so that one that starts on a Friday evening can be answered on a quiet day.
MONTH = Moment("month", 28 * _DAY, 42 * _DAY, (Screen("items", _LONG_TERM),))
ANYTIME = Moment("anytime", None, None, (Screen("items", _STATE), _LINE))

MOMENTS = (BEFORE, LANDING, NEXT_DAY, THIRD_DAY, WEEK, MONTH, ANYTIME)
FOLLOW_UPS = (NEXT_DAY, THIRD_DAY, WEEK, MONTH)

"""The questions that have one answer each, the invitations to write, and what is only derived."""

from journal.content.choices import OPENED, STEP_DONE
from journal.content.structure import Condition, Derived, Item, Prompt

# Wording that asks about detachment or an opening makes no sense to someone who said there was none.
_FELT_FAR = Condition(item="diss.peak", any_of=tuple(range(1, 11)))
_OPENED = Condition(item="brk.opened", any_of=("yes", "a_little", "too_soon"))
_PLANNED = Condition(prompt="step.plan")

MOOD = "emo.mood_now"
DETACHMENT = "diss.peak"
BREAKTHROUGH = "brk.opened"

ITEMS = (
    Item(MOOD, "emotion"),
    Item("emo.anxiety_now", "emotion"),
    Item("day.sleep", "day"),
    Item("day.energy", "day"),
    Item(DETACHMENT, "detachment"),
    Item("diss.dissociation", "detachment", "passed", only_if=_FELT_FAR),
    Item("state.altered", "state"),
    Item("recovery.returned", "state", "passed"),
    Item("emo.anxiety_peak", "emotion"),
    Item("emo.strong", "emotion"),
    Item(BREAKTHROUGH, "breakthrough", "choice", options=OPENED),
    Item("brk.breakthrough", "breakthrough", only_if=_OPENED),
    Item("brk.hard_feelings", "breakthrough"),
    Item("brk.release", "breakthrough"),
    Item("brk.insight", "breakthrough"),
    Item("brk.closure", "breakthrough"),
    Item("psy.self_awareness", "breakthrough"),
    Item("brk.growth", "breakthrough"),
    Item("brk.therapy_progress", "breakthrough"),
    Item("step.done", "step", "choice", options=STEP_DONE, only_if=_PLANNED),
    Item("lt.depression", "longer_term"),
    Item("lt.wellbeing", "longer_term"),
    Item("lt.cognition", "longer_term"),
    Item("lt.bladder", "longer_term", "yes_no"),
    Item("lt.memory", "longer_term", "yes_no"),
    Item("lt.craving", "longer_term", "yes_no"),
)

PROMPTS = (
    Prompt("session.intention", "preparation"),
    Prompt("prep.goals", "preparation", once=True),
    Prompt("prep.medicines", "preparation", once=True),
    Prompt("prep.history", "preparation", once=True),
    Prompt("prep.questions", "preparation", once=True),
    Prompt("story.line", "story", breakthrough=True),
    Prompt("brk.what_opened", "breakthrough", breakthrough=True, only_if=_OPENED),
    Prompt("story.happened", "story"),
    Prompt("story.surprised", "story"),
    Prompt("story.remember", "story", breakthrough=True),
    Prompt("step.plan", "step"),
    Prompt("brk.growth_line", "breakthrough", breakthrough=True),
)

DERIVED = (
    Derived("se.persistent", ("passed", "still_here")),
    Derived("se.dehydration", ("session.water",)),
    Derived("lt.anxiety", ("gad7", "emo.anxiety_now")),
    Derived("lt.mood_sustained", (MOOD,)),
)

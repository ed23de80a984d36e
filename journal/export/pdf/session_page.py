"""A session on its page: facts, mood, what was noticed and what bothered, what opened up, then each check-in."""

from collections.abc import Iterator

from journal.content.catalogue import LISTS, catalogue
from journal.content.items import BREAKTHROUGH
from journal.export.pdf import blocks
from journal.export.pdf.blocks import Block
from journal.export.pdf.charts import mood_curve
from journal.export.pdf.check_in import check_in, notes
from journal.export.pdf.saying import Json, Saying
from journal.export.pdf.written import Line, one_line
from journal.trends.mood import mood_and_lift
from journal.trends.sensations import Picks, picks
from journal.trends.visits import NOTHING, Row, Visit

_CHOSEN = {
    "route": "routes", "position": "positions", "setting": "settings", "staff_present": "yes_no",
    "antinausea_given": "yes_no", "dose_adjusted": "yes_no", "water": "yes_no", "rest": "yes_no",
}  # fmt: skip
_FACT_OF = {fact.field: fact.id for fact in catalogue().facts}
_OPENED_ITEMS = tuple(it.id for it in catalogue().items if it.group == "breakthrough" and it.id != BREAKTHROUGH)
# These stand under what opened up; all other words stand with the check-in they were written in.
OPENED_WORDS = tuple(prompt.id for prompt in catalogue().prompts if prompt.group == "breakthrough")


def session_page(visit: Visit, row: Row, course: Row | None, saying: Saying) -> list[Block]:
    """Everything told of a session; the first page of it is its own."""
    ratings, story = row["ratings"], row.get("story") or NOTHING
    at = saying.zoned(ratings["happened_at"], ratings["time_zone"])
    return [
        blocks.NEW_PAGE,
        blocks.heading(1, saying.pdf["session"].format(number=visit.head["number"])),
        blocks.paragraph(at),
        *blocks.facts(_facts(ratings, story, course, saying)),
        *_mood(visit, saying),
        blocks.columns(*(_list(name, picks(visit)[name], saying) for name in LISTS)),
        *_opened(visit, saying),
        *_own_words(story, saying),
        *_check_ins(visit, saying),
    ]


def _facts(ratings: Row, story: Row, course: Row | None, saying: Saying) -> Iterator[tuple[str, str | list[Line]]]:
    pdf, choices = saying.pdf, saying.said["choices"]
    if course is not None:
        name = (course.get("story") or NOTHING).get("name")
        yield pdf["course"], one_line(name) if name else pdf["courses"]["unnamed"]
    for name, kind in _CHOSEN.items():
        if name in ratings:
            yield _label(name, saying), choices[kind][ratings[name]]
    yield from _amounts(ratings, saying)
    for name, label in (("place", _label("place", saying)), ("staff_role", pdf["staff_role"])):
        if name in story:
            yield label, one_line(story[name])


def _amounts(ratings: Row, saying: Saying) -> Iterator[tuple[str, str]]:
    if "dose" in ratings:
        yield _label("dose", saying), dose(ratings["dose"], saying)
    if "duration_min" in ratings:
        yield _label("duration_min", saying), saying.pdf["minutes"].format(count=ratings["duration_min"])
    yield from _readings(ratings, saying)


def _readings(ratings: Row, saying: Saying) -> Iterator[tuple[str, str]]:
    pdf = saying.pdf
    if "blood_pressure" in ratings:
        told = ratings["blood_pressure"]
        said = [pdf["blood_pressure"].format(systolic=told["systolic"], diastolic=told["diastolic"])]
        if told.get("told_by_staff") == "yes":
            said.append(pdf["read_by_staff"])
        if "at" in told:
            said.append(saying.moment(told["at"]))
        yield _label("blood_pressure", saying), saying.joined(said)
    if "pulse" in ratings:
        yield _label("pulse", saying), pdf["pulse"].format(count=ratings["pulse"])


def _label(field: str, saying: Saying) -> str:
    return str(saying.said["facts"][_FACT_OF[field]]["label"])


def dose(told: Row, saying: Saying) -> str:
    """How much was given, as far as the patient knows."""
    unit: str = saying.said["choices"]["dose_units"][told["unit"]]
    return str(saying.pdf["dose"]).format(amount=f"{told['amount']:g}", unit=unit) if "amount" in told else unit


def _mood(visit: Visit, saying: Saying) -> Iterator[Block]:
    said = saying.pdf["mood"]
    told, lift = mood_and_lift(visit)
    yield blocks.heading(2, said["title"])
    if not told:
        yield blocks.paragraph(said["none"], "soft")
        return
    baseline = (lift or {}).get("baseline")
    yield mood_curve(told, baseline, saying)
    if baseline is not None:
        yield blocks.paragraph(said["baseline"].format(value=baseline), "soft")


def _list(name: str, picked: Picks, saying: Saying) -> list[Block]:
    said = saying.said["lists"][name]
    head = blocks.heading(2, said["label"])
    if picked.chosen:
        return [head, *blocks.ratings(_pick(term, point, saying) for term, point in picked.chosen.items())]
    answered = picked.short or picked.long
    return [head, blocks.paragraph(said["none"] if answered else saying.pdf["not_answered"], "soft")]


def _pick(term: str, point: Json, saying: Saying) -> Block:
    value = point.get("value")
    shown = saying.pdf["picked"] if value is None else str(value)
    return blocks.rating(saying.term(term), shown, value, saying.details(term, point))


def _opened(visit: Visit, saying: Saying) -> Iterator[Block]:
    words = [*_opened_words(visit)]
    answers = visit.answers
    yield blocks.heading(2, saying.pdf["opened"]["title"])
    if BREAKTHROUGH in answers:
        yield blocks.paragraph(saying.answer(BREAKTHROUGH, answers[BREAKTHROUGH]))
    labels = saying.said["items"]
    rated = [item for item in _OPENED_ITEMS if item in answers]
    made = [blocks.rating([{"text": labels[item]["label"]}], str(answers[item]), answers[item]) for item in rated]
    half = (len(made) + 1) // 2
    if made:
        yield blocks.columns(blocks.ratings(made[:half]), blocks.ratings(made[half:]))
    yield from (blocks.words(saying.said["prompts"][prompt], text) for prompt, text in words)
    if not (made or words or BREAKTHROUGH in answers):
        yield blocks.paragraph(saying.pdf["opened"]["none"], "soft")


def _opened_words(visit: Visit) -> Iterator[tuple[str, str]]:
    for _, _, _, _, _, row in visit.told:
        texts = (row.get("story") or NOTHING).get("texts", NOTHING)
        yield from ((prompt, texts[prompt]) for prompt in OPENED_WORDS if prompt in texts)


def _own_words(story: Row, saying: Saying) -> Iterator[Block]:
    if "note" in story:
        yield blocks.words(saying.pdf["note"], story["note"])
    yield from notes(story, saying)


def _check_ins(visit: Visit, saying: Saying) -> Iterator[Block]:
    said = saying.pdf["check_ins"]
    yield blocks.heading(2, said["title"])
    if not visit.told:
        yield blocks.paragraph(said["nothing"], "soft")
    elsewhere = {name: visit.answers.get(name) for name in _OPENED_ITEMS} | dict.fromkeys(OPENED_WORDS)
    for told in visit.told:
        yield from check_in(told[5], saying, elsewhere)

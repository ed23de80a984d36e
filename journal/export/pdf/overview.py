"""Across sessions: what was noticed and what bothered, as tables with bars; and the questionnaires."""

from collections.abc import Iterator, Mapping, Sequence

from journal.content.catalogue import LISTS, catalogue
from journal.content.instruments import ANSWERS, Instrument, total
from journal.content.items import DETACHMENT
from journal.export.pdf import blocks
from journal.export.pdf.blocks import Block
from journal.export.pdf.charts import totals_by_date
from journal.export.pdf.saying import Json, Saying
from journal.export.pdf.written import Line, plain
from journal.trends.sensations import picks, sensations
from journal.trends.totals import totals
from journal.trends.visits import Row, Visit, instant

# What it is called, and what was told of it in each session.
Series = tuple[list[Line], Mapping[str, Json]]

# So many sessions fit beside each other.
_WIDE = 12
# So many questionnaires do.
_DATES = 6


def across(course: list[Visit], saying: Saying) -> Iterator[Block]:
    """The tables over all sessions; nothing where there are fewer than two."""
    if len(course) < 2:
        return
    said = saying.pdf["across"]
    series = sensations(picks(visit) for visit in course)
    yield blocks.NEW_PAGE
    yield blocks.heading(1, said["title"])
    yield blocks.paragraph(said["key"], "soft")
    for name in LISTS:
        told: list[Series] = [(saying.term(it["term"]), _by_session(it)) for it in series if it["list"] == name]
        if name == "noticed":
            told = [*_detachment(course, saying), *told]
        if told:
            yield blocks.heading(2, said[name])
            yield from _tables(course, told, saying)


def _detachment(course: list[Visit], saying: Saying) -> Iterator[Series]:
    """How far away it felt, as the first of what was noticed."""
    told = {visit.id: {"value": visit.answers[DETACHMENT]} for visit in course if DETACHMENT in visit.answers}
    if told:
        yield plain(saying.said["items"][DETACHMENT]["label"]), told


def _tables(course: list[Visit], rows: Sequence[Series], saying: Saying) -> Iterator[Block]:
    for start in range(0, len(course), _WIDE):
        part = course[start : start + _WIDE]
        shown = [(label, points) for label, points in rows if any(visit.id in points for visit in part)]
        if shown:
            made = [
                blocks.row(label, [_cell(points.get(visit.id), saying) for visit in part]) for label, points in shown
            ]
            numbers = [str(visit.head["number"]) for visit in part]
            yield blocks.matrix(saying.pdf["across"]["corner"], numbers, made)


def _by_session(series: Json) -> dict[str, Json]:
    return {point["session_id"]: point for point in series["points"]}


def _cell(point: Json | None, saying: Saying) -> Json:
    marks = saying.pdf["marks"]
    if point is None:
        return {"text": marks["open"]}
    if "value" in point:
        return {"text": str(point["value"]), "value": point["value"]}
    return {"text": marks["picked"] if point.get("chosen") else marks["passed_over"]}


def questionnaires(check_ins: Sequence[Row], saying: Saying) -> Iterator[Block]:
    """Each questionnaire by date, with every answer."""
    series = totals(check_ins)
    if not series:
        return
    by_id = {row["id"]: row for row in check_ins}
    yield blocks.NEW_PAGE
    yield blocks.heading(1, saying.pdf["questionnaires"]["title"])
    for it in series:
        yield from _questionnaire(catalogue().instrument[it["instrument"]], it["points"], by_id, saying)


def _questionnaire(
    instrument: Instrument, points: list[Json], by_id: Mapping[str, Row], saying: Saying
) -> Iterator[Block]:
    said, words = saying.pdf["questionnaires"], saying.said["instruments"]
    title = words["titles"][instrument.id]
    yield blocks.heading(2, title)
    yield blocks.paragraph(said["recall"].format(highest=instrument.highest), "soft")
    if any("total" in point for point in points):
        yield totals_by_date(title, points, instrument.highest, saying)
    filled = [by_id[point["check_in_id"]] for point in points]
    for start in range(0, len(filled), _DATES):
        yield _answers(instrument, filled[start : start + _DATES], saying)
    yield blocks.paragraph(said["key"].format(answers=_key(words["answers"], saying)), "soft")
    if instrument.difficulty:
        hard = words[instrument.wording]["difficulty_answers"]
        yield blocks.paragraph(said["difficulty_key"].format(answers=_key(hard, saying)), "soft")
    yield blocks.paragraph(words[instrument.wording]["source"], "soft")


def _answers(instrument: Instrument, filled: list[Row], saying: Saying) -> Block:
    said, words = saying.pdf["questionnaires"], saying.said["instruments"][instrument.wording]
    told = [row["ratings"]["instruments"][instrument.id] for row in filled]
    rows = [
        blocks.row(text, [_number(it["answers"][place]) for it in told])
        for place, text in enumerate(words["items"][: instrument.items])
    ]
    sums = [_number(total(instrument, it["answers"])) for it in told]
    rows.append(blocks.row(said["total"], sums, strong=True))
    if any("difficulty" in it for it in told):
        rows.append(blocks.row(said["difficulty"], [_number(it.get("difficulty")) for it in told]))
    dates = [saying.brief_day(instant(row["ratings"])) for row in filled]
    return blocks.matrix(said["item"], dates, rows, first=46)


def _number(value: int | None) -> Json:
    return {"text": "" if value is None else str(value)}


def _key(labels: list[str], saying: Saying) -> str:
    pair = saying.pdf["questionnaires"]["answer"]
    return str(saying.pdf["list"]).join(
        pair.format(value=value, label=label) for value, label in zip(ANSWERS, labels, strict=True)
    )

"""*My journal*: a cover that says what it is and is not, the sessions, questionnaires, what belongs to no session."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from journal.export.material import Material, Shared
from journal.export.notice import sentences
from journal.export.pdf import blocks
from journal.export.pdf.blocks import Block
from journal.export.pdf.check_in import check_in
from journal.export.pdf.overview import across, questionnaires
from journal.export.pdf.printing import Json, printing
from journal.export.pdf.saying import Saying
from journal.export.pdf.session_page import session_page
from journal.export.pdf.written import Line, one_line
from journal.trends.visits import Row, instant, visits

Progress = Callable[[int, int], None]

# A list of contents that is longer than a page helps nobody; the outline beside the pages has them all.
_CONTENTS = 30
_LETTER = frozenset({"US", "CA"})


@dataclass(frozen=True)
class Step:
    """How many of how many steps are done, and what comes next: `telling` a session, or `setting` all of it."""

    done: int
    of: int
    name: str


def my_journal(material: Material, progress: Progress | None = None, folder: Path | None = None) -> bytes:
    """The whole as PDF. `progress` hears how many of how many steps are done. Raises `NotPrinted`, and `Busy`."""
    steps = making(material, folder)
    heard = 0
    while True:
        try:
            step = next(steps)
        except StopIteration as made:
            if progress is not None:
                progress(heard + 1, len(material.sessions) + 1)
            return cast("bytes", made.value)
        if progress is not None and step.done > heard:
            progress(step.done, step.of)
        heard = step.done


def making(material: Material, folder: Path | None = None) -> Generator[Step, None, bytes]:
    """The same step by step; while it is set, the last step comes again about once a second. Returns the PDF.

    Closed before its end, it makes no more of it.
    """
    saying = Saying({f"own.{row.id}": row.story["label"] for row in material.additions if row.story})
    count = len(material.sessions)
    told: list[Block] = []
    yield Step(0, count + 1, "telling")
    for done, blocks_of_it in enumerate(_everything(material, saying)):
        told += blocks_of_it
        if 0 < done <= count:
            yield Step(done, count + 1, "telling")
    setting = printing(_document(material, saying) | {"blocks": told}, material.made_at, folder)
    while True:
        yield Step(count, count + 1, "setting")
        try:
            next(setting)
        except StopIteration as made:
            return cast("bytes", made.value)


def _document(material: Material, saying: Saying) -> Json:
    shared = material.shared
    pdf = saying.pdf
    made = saying.day(_here(material))
    head = pdf["of"].format(title=pdf["title"], name=material.name) if material.name else pdf["title"]
    document = {
        "title": pdf["title"],
        "lang": saying.language,
        "paper": "us-letter" if material.settings.get("region") in _LETTER else "a4",
        "head": _shown(head),
        "made": pdf["made"].format(date=made),
        "footer": pdf["footer"],
        "page": pdf["page"],
    }
    return document | ({"notice": _shown(pdf["shared"]["foot"].format(whom=shared.whom))} if shared else {})


def _shown(text: str) -> str:
    return str(one_line(text)[0]["text"])


def _here(material: Material) -> datetime:
    """When it was made, by the patient's clock."""
    return material.made_at.astimezone(ZoneInfo(material.time_zone))


def _everything(material: Material, saying: Saying) -> Iterator[list[Block]]:
    """What stands before the sessions, each session, and what stands after them."""
    sessions = [row.as_json() for row in material.sessions]
    check_ins = [row.as_json() for row in material.check_ins]
    courses = {row.id: row.as_json() for row in material.courses}
    course = visits(sessions, check_ins)
    by_id = {row["id"]: row for row in sessions}
    loose = [row for row in check_ins if row.get("session_id") not in by_id]
    contents = [blocks.heading(2, saying.pdf["cover"]["contents"]), blocks.CONTENTS]
    yield [
        *_cover(material, saying),
        *_courses(list(courses.values()), saying),
        *(contents if 0 < len(sessions) <= _CONTENTS else ()),
        *across(course, saying),
    ]
    for visit in course:
        row = by_id[visit.id]
        yield [*session_page(visit, row, courses.get(row.get("course_id", "")), saying)]
    yield [*questionnaires(check_ins, saying), *_loose(loose, saying)]


def _cover(material: Material, saying: Saying) -> Iterator[Block]:
    said = saying.pdf["cover"]
    yield blocks.heading(1, saying.pdf["title"])
    if material.name:
        yield {"kind": "text", "lines": one_line(material.name)}
    yield blocks.paragraph(" ".join(_what_is_in_it(material, saying)))
    if material.shared is not None:
        yield blocks.boxed(_consent(material.shared))
    for name in ("is", "is_not"):
        yield blocks.heading(2, said[f"{name}_title"])
        yield blocks.points(said[name])
    yield blocks.paragraph(saying.pdf["footer"])


def _what_is_in_it(material: Material, saying: Saying) -> Iterator[str]:
    said = saying.pdf["cover"]
    days = sorted(instant(row.ratings) for row in (*material.sessions, *material.check_ins))
    if days:
        first, last = saying.day(days[0]), saying.day(days[-1])
        yield (said["one_day"] if first == last else said["span"]).format(first=first, last=last)
        counts = {"sessions": len(material.sessions), "check_ins": len(material.check_ins)}
        yield said["counts"].format(**{name: saying.counted(said[name], count) for name, count in counts.items()})
    else:
        yield said["empty"]
    choice = material.choice
    if choice.has_span:
        ends = {name: saying.day(at) for name in ("since", "until") if (at := getattr(choice, name)) is not None}
        yield said["chosen"]["both" if len(ends) == 2 else next(iter(ends))].format(**ends)
    if not choice.story:
        yield said["without_words"]
    if material.unopened:
        yield saying.counted(said["unopened"], material.unopened)


def _consent(shared: Shared) -> Iterator[list[Line]]:
    yield from map(one_line, sentences(shared))


def _courses(courses: Sequence[Row], saying: Saying) -> Iterator[Block]:
    said = saying.pdf["courses"]
    if courses:
        yield blocks.heading(2, said["title"])
    for row in courses:
        ratings, story = row["ratings"], row.get("story") or {}
        yield blocks.heading(3, one_line(story["name"]) if "name" in story else said["unnamed"])
        told = [(said["planned"], str(ratings["planned_sessions"]))] if "planned_sessions" in ratings else []
        if "started_on" in ratings:
            told.append((said["started"], saying.day(datetime.fromisoformat(ratings["started_on"]))))
        yield from blocks.facts(told)
        if "plan" in story:
            yield blocks.words(saying.said["facts"]["course.plan"]["label"], story["plan"])


def _loose(check_ins: Sequence[Row], saying: Saying) -> Iterator[Block]:
    if not check_ins:
        return
    yield blocks.NEW_PAGE
    yield blocks.heading(1, saying.pdf["anytime"]["title"])
    yield blocks.paragraph(saying.pdf["anytime"]["intro"], "soft")
    for row in check_ins:
        yield from check_in(row, saying, level=2)

"""What stands in each table of the CSV export. Pure functions of the material."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from journal.content.catalogue import catalogue
from journal.content.instruments import total
from journal.export.material import Material
from journal.sessions.rows import Opened

Row = list[Any]
_TRUTH = {True: "yes", False: "no", None: ""}
# Several ids in one cell; no id has it.
BETWEEN = "|"


@dataclass(frozen=True)
class Table:
    """A table: its columns, those that hold words of the patient's own, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Material], Iterator[Row]]
    words: tuple[str, ...] = ()


_FACTS = (
    "duration_min", "position", "setting", "staff_present", "antinausea_given", "dose_adjusted", "water", "rest",
)  # fmt: skip
_OF_CHECK_IN = ("check_in_id", "session_id", "moment", "happened_at")
_DETAILS = ("intensity", "worst", "valence", "passed", "direction", "aspects", "where")


def _courses(material: Material) -> Iterator[Row]:
    for course in material.courses:
        ratings = course.ratings
        yield [course.id, ratings.get("started_on", ""), ratings.get("planned_sessions", "")]


def _sessions(material: Material) -> Iterator[Row]:
    for session in material.sessions:
        ratings = session.ratings
        dose, pressure = ratings.get("dose", {}), ratings.get("blood_pressure", {})
        yield [
            session.id,
            session.links.get("course_id", ""),
            *_some(ratings, "number", "happened_at", "time_zone", "written_at", "route"),
            *_some(dose, "amount", "unit"),
            *_some(ratings, *_FACTS),
            *_some(pressure, "systolic", "diastolic", "told_by_staff", "at"),
            ratings.get("pulse", ""),
        ]


def _check_ins(material: Material) -> Iterator[Row]:
    for check_in in material.check_ins:
        ratings = check_in.ratings
        nothing = ratings.get("none", ())
        yield [
            *_whose(check_in),
            *_some(ratings, "time_zone", "written_at", "revised_at", "reread_at"),
            _TRUTH[ratings.get("finished")],
            _TRUTH["noticed" in nothing],
            _TRUTH["bothered" in nothing],
            _TRUTH["still_here" in ratings],
        ]


def _ratings(material: Material) -> Iterator[Row]:
    for check_in in material.check_ins:
        answers = check_in.ratings.get("answers")
        if answers:
            whose = _whose(check_in)
            for question, value in answers.items():
                yield [*whose, question, value]


def _chips(material: Material) -> Iterator[Row]:
    bare = [""] * len(_DETAILS)
    for check_in in material.check_ins:
        whose, ratings = _whose(check_in), check_in.ratings
        for name in ("noticed", "bothered"):
            for chip, details in ratings.get(name, {}).items():
                yield [*whose, name, chip, *map(_cell, _some(details, *_DETAILS))]
        for name in ("emotions", "still_here"):
            for chip in ratings.get(name, ()):
                yield [*whose, name, chip, *bare]


def _own_sensations(material: Material) -> Iterator[Row]:
    for own in material.additions:
        label = own.story["label"] if own.story else ""
        yield [f"own.{own.id}", own.ratings["list"], _TRUTH[own.ratings.get("retired", False)], label]


def _instruments(material: Material) -> Iterator[Row]:
    for check_in in material.check_ins:
        whose = _whose(check_in)
        for name, filled in check_in.ratings.get("instruments", {}).items():
            answers = filled["answers"]
            for place, answer in enumerate(answers, 1):
                yield [*whose, name, place, "" if answer is None else answer]
            if "difficulty" in filled:
                yield [*whose, name, "difficulty", filled["difficulty"]]
            whole = total(catalogue().instrument[name], answers)
            if whole is not None:
                yield [*whose, name, "total", whole]


def _stories(material: Material) -> Iterator[Row]:
    for kind, several in (
        ("course", material.courses),
        ("session", material.sessions),
        ("check_in", material.check_ins),
    ):
        for row in several:
            if row.story:
                yield from _story(kind, row)


def _story(kind: str, row: Opened) -> Iterator[Row]:
    session = row.id if kind == "session" else row.links.get("session_id", "")
    written_at = row.ratings.get("written_at", "")
    whose = [kind, row.id, session]
    for name, told in (row.story or {}).items():
        if name == "texts":
            for prompt, text in told.items():
                yield [*whose, prompt, written_at, text]
        elif name == "notes":
            for note in told:
                yield [*whose, "notes", note["written_at"], note["text"]]
        else:
            yield [*whose, name, written_at, told]


def _whose(check_in: Opened) -> Row:
    ratings = check_in.ratings
    return [check_in.id, check_in.links.get("session_id", ""), ratings["moment"], ratings["happened_at"]]


def _some(of: dict[str, Any], *names: str) -> Row:
    """Those members; an empty cell where nothing was said, never 0."""
    return [of.get(name, "") for name in names]


def _cell(value: Any) -> Any:
    return BETWEEN.join(value) if isinstance(value, list) else value


TABLES = (
    Table("courses", ("course_id", "started_on", "planned_sessions"), _courses),
    Table(
        "sessions",
        (
            "session_id", "course_id", "number", "happened_at", "time_zone", "written_at", "route", "dose_amount",
            "dose_unit", *_FACTS, "systolic", "diastolic", "bp_told_by_staff", "bp_at", "pulse",
        ),
        _sessions,
    ),
    Table(
        "check_ins",
        (
            *_OF_CHECK_IN, "time_zone", "written_at", "revised_at", "reread_at", "finished", "nothing_noticed",
            "nothing_bothered", "still_here_asked",
        ),
        _check_ins,
    ),
    Table("ratings", (*_OF_CHECK_IN, "question", "value"), _ratings),
    Table("chips", (*_OF_CHECK_IN, "list", "chip", *_DETAILS), _chips),
    Table("own_sensations", ("chip", "list", "retired", "label"), _own_sensations, words=("label",)),
    Table("stories", ("of", "id", "session_id", "prompt", "written_at", "text"), _stories, words=("text",)),
    Table("instruments", (*_OF_CHECK_IN, "instrument", "item", "answer"), _instruments),
)  # fmt: skip

"""Journals by chance: everything the API would take, with words nobody would expect."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from journal.content import catalogue, choices
from journal.content.terms import OWN_DETAILS
from tests.export.material import material, opened

HOSTILE = (
    "=1+1", "@SUM(A1)", "-2+3|cmd", "\u202eabc\u202c", "\u200f\u05e9\u05dc\u05d5\u05dd", "a\x00b\x07",
    "<script>alert(1)</script>", "#panic() *x* $y$ \\ `z`", "😀👩\u200d👩\u200d👧❤️", "x" * 2000,
    "Bonjour\u00a0!\u202f?", "全角\u3000空白", "\u2028line\u2029", " ", "\ufeffBOM", "नमस्ते", "مرحبا 123",
    '"};]', "e\u0301" * 30,
)  # fmt: skip
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
LINE = WORDS.map(lambda text: text[:300])
NUMBERS = st.integers(0, 10)


@st.composite
def times(draw):
    offset = timezone(timedelta(minutes=draw(st.sampled_from((-600, -300, -210, 0, 60, 330, 345, 765, 840, 1425)))))
    at = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(seconds=draw(st.integers(0, 90 * 86_400)))
    return at.astimezone(offset).isoformat()


@st.composite
def details(draw, allowed, choices_of):
    made = {
        "intensity": NUMBERS, "worst": NUMBERS, "valence": st.integers(-2, 2),
        "passed": st.sampled_from(choices.PASSED),
    }  # fmt: skip
    for name, options in choices_of.items():
        made[name] = st.lists(st.sampled_from(options), unique=True)
    return draw(st.fixed_dictionaries({}, optional={name: made[name] for name in allowed}))


@st.composite
def picks(draw, on_list, own):
    terms = {it.id: (it.details, it.choices) for it in catalogue().terms if it.list == on_list}
    terms |= {name: (OWN_DETAILS[on_list], {}) for name in own}
    names = draw(st.lists(st.sampled_from(sorted(terms)), unique=True, max_size=5))
    return {name: draw(details(*terms[name])) for name in names}


def answers():
    kinds = {
        "rating": lambda _: NUMBERS,
        "yes_no": lambda _: st.sampled_from(choices.YES_NO),
        "passed": lambda _: st.sampled_from(choices.PASSED),
        "choice": lambda item: st.sampled_from(item.options),
    }
    return st.fixed_dictionaries({}, optional={it.id: kinds[it.kind](it) for it in catalogue().items})


def questionnaires():
    score = st.one_of(st.none(), st.integers(0, 3))
    made = {
        it.id: st.fixed_dictionaries(
            {"answers": st.lists(score, min_size=it.items, max_size=it.items)},
            optional={"difficulty": st.integers(0, 3)} if it.difficulty else {},
        )
        for it in catalogue().instruments
    }
    return st.fixed_dictionaries({}, optional=made)


@st.composite
def notes(draw):
    return [{"id": str(draw(st.uuids())), "written_at": draw(times()), "text": draw(WORDS)}]


@st.composite
def check_ins(draw, sessions, own):
    of = draw(st.sampled_from([*sessions, None]))
    ratings = {
        "moment": draw(st.sampled_from(sorted(catalogue().moment))) if of else "anytime",
        "happened_at": draw(times()), "time_zone": "Europe/London", "written_at": draw(times()),
    }  # fmt: skip
    optional = {
        "revised_at": times(), "reread_at": times(), "finished": st.booleans(), "answers": answers(),
        "noticed": picks("noticed", own), "bothered": picks("bothered", own),
        "emotions": st.lists(st.sampled_from(choices.EMOTIONS), unique=True),
        "still_here": st.lists(st.sampled_from([*own, *catalogue().term]), unique=True, max_size=4),
        "instruments": questionnaires(),
    }  # fmt: skip
    ratings |= draw(st.fixed_dictionaries({}, optional=optional))
    none = [name for name in ("noticed", "bothered") if not ratings.get(name)]
    if none and draw(st.booleans()):
        ratings["none"] = none
    texts = st.dictionaries(st.sampled_from(sorted(catalogue().prompt)), WORDS, max_size=4)
    story = draw(st.fixed_dictionaries({}, optional={"texts": texts, "notes": notes()}))
    return {"ratings": ratings} | ({"session_id": of} if of else {}) | ({"story": story} if story else {})


@st.composite
def sessions(draw, courses):
    yes_no = st.sampled_from(choices.YES_NO)
    pressure = st.fixed_dictionaries(
        {"systolic": st.integers(1, 400), "diastolic": st.integers(1, 400)},
        optional={"told_by_staff": yes_no, "at": times()},
    )
    dose = st.fixed_dictionaries(
        {"unit": st.sampled_from(choices.DOSE_UNITS)}, optional={"amount": st.floats(0.1, 900, allow_nan=False)}
    )
    optional = {
        "number": st.integers(1, 99), "route": st.sampled_from(choices.ROUTES), "dose": dose,
        "duration_min": st.integers(1, 1440), "position": st.sampled_from(choices.POSITIONS),
        "setting": st.sampled_from(choices.SETTINGS), "staff_present": yes_no, "water": yes_no, "rest": yes_no,
        "blood_pressure": pressure, "pulse": st.integers(1, 400), "dose_adjusted": yes_no, "antinausea_given": yes_no,
    }  # fmt: skip
    ratings = {"happened_at": draw(times()), "time_zone": "Europe/London", "written_at": draw(times())}
    ratings |= draw(st.fixed_dictionaries({}, optional=optional))
    words = {"place": LINE, "staff_role": LINE, "note": WORDS, "notes": notes()}
    story = draw(st.fixed_dictionaries({}, optional=words))
    course = draw(st.sampled_from([*courses, None]))
    return {"ratings": ratings} | ({"course_id": course} if course else {}) | ({"story": story} if story else {})


@st.composite
def bodies(draw):
    """Courses, sessions, check-ins and additions by id, as a client sends them."""
    ids = st.uuids(version=4).map(str)
    courses = {name: {"ratings": {"planned_sessions": 6}, "story": {"name": draw(LINE), "plan": draw(WORDS)}}
               for name in draw(st.lists(ids, unique=True, max_size=1))}
    lists = st.fixed_dictionaries({"list": st.sampled_from(("noticed", "bothered"))})
    additions = {name: {"ratings": draw(lists), "story": {"label": draw(WORDS)[:60]}}
                 for name in draw(st.lists(ids, unique=True, max_size=2))}
    told = {name: draw(sessions(courses)) for name in draw(st.lists(ids, unique=True, max_size=3))}
    own = [f"own.{name}" for name in additions]
    said = {name: draw(check_ins(told, own)) for name in draw(st.lists(ids, unique=True, max_size=4))}
    return courses, told, said, additions


@st.composite
def journals(draw):
    """The same as material to export, with or without words."""
    rows = ([opened(*it) for it in kind.items()] for kind in draw(bodies()))
    return material(*rows, story=draw(st.booleans()), name=draw(WORDS), unopened=draw(st.integers(0, 2)))

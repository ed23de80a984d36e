"""Random journals, made from the catalogue, so that every kind of answer there is occurs in some of them."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import available_timezones

from hypothesis import strategies as st

from journal.content import catalogue, choices, instruments
from journal.content.terms import OWN_DETAILS

Json = dict[str, Any]

KNOWN = catalogue()
ZONES = sorted({"America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC"} & available_timezones())
# Everything that was ever dangerous to a file, a table or a page stands among what anybody may write.
NASTY = ("=1+1", "'", "\0", "\u202eevil", "<b>", "\r\n", "a,b;c\td", '"', "🙂👩‍👩‍👧", "مرحبا", "日本語", "\ufeff", " ")
WORDS = st.one_of(st.text(min_size=1, max_size=12), st.sampled_from(NASTY))
RATING = st.integers(0, 10)
YES_NO = st.sampled_from(choices.YES_NO)
SPAN = int(timedelta(days=365 * 60).total_seconds())


@st.composite
def times(draw) -> str:
    """A time in any offset, as somebody may have typed it."""
    at = datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=draw(st.integers(0, SPAN)))
    told = at.astimezone(timezone(timedelta(minutes=draw(st.integers(-12 * 4, 14 * 4)) * 15)))
    text = told.isoformat()
    return text.replace("+00:00", "Z") if draw(st.booleans()) else text


TIMES = times()


def some(draw, **members: Any) -> Json:
    """Some of these members."""
    wanted = draw(st.sets(st.sampled_from(sorted(members))))
    return {name: draw(members[name]) for name in sorted(wanted)}


def few(ids, most: int = 3):
    """A few different ones."""
    return st.lists(st.sampled_from(sorted(ids)), unique=True, max_size=most)


def subset(ids):
    return st.lists(st.sampled_from(ids), unique=True, max_size=len(ids))


NOTES = st.lists(
    st.fixed_dictionaries({"id": st.uuids().map(str), "written_at": TIMES, "text": WORDS}), max_size=2
)
ANSWERS = {
    "rating": lambda _: RATING,
    "yes_no": lambda _: YES_NO,
    "choice": lambda item: st.sampled_from(item.options),
    "passed": lambda _: st.sampled_from(choices.PASSED),
    "number": lambda _: st.integers(0, 1_000_000),
    "text": lambda _: WORDS,
}
DETAILS = {
    "intensity": lambda _: RATING,
    "worst": lambda _: RATING,
    "valence": lambda _: st.sampled_from(choices.VALENCE),
    "passed": lambda _: st.sampled_from(choices.PASSED),
    "direction": subset,
    "aspects": subset,
    "where": subset,
}


@st.composite
def courses(draw) -> Json:
    ratings = some(draw, planned_sessions=st.integers(1, 1000), started_on=st.dates().map(str))
    return with_story(draw, ratings, name=WORDS, plan=WORDS)


@st.composite
def additions(draw) -> Json:
    ratings = {"list": draw(st.sampled_from(("noticed", "bothered"))), **some(draw, retired=st.booleans())}
    return {"id": str(draw(st.uuids())), "ratings": ratings, "story": {"label": draw(WORDS)}}


@st.composite
def sessions(draw) -> Json:
    dose = st.one_of(
        st.just({"unit": "unknown"}),
        st.fixed_dictionaries(
            {"amount": st.floats(0.001, 10_000).map(lambda it: round(it, 3)), "unit": st.sampled_from(("mg",))}
        ),
    )
    pressure = st.fixed_dictionaries(
        {"systolic": st.integers(1, 400), "diastolic": st.integers(1, 400)},
        optional={"told_by_staff": YES_NO, "at": TIMES},
    )
    ratings = told_at(draw) | some(
        draw, number=st.integers(1, 10_000), route=st.sampled_from(choices.ROUTES), dose=dose,
        duration_min=st.integers(1, 1440), position=st.sampled_from(choices.POSITIONS),
        setting=st.sampled_from(choices.SETTINGS), staff_present=YES_NO, antinausea_given=YES_NO, dose_adjusted=YES_NO,
        water=YES_NO, rest=YES_NO, blood_pressure=pressure, pulse=st.integers(1, 400),
    )  # fmt: skip
    return with_story(draw, ratings, place=WORDS, staff_role=WORDS, note=WORDS, notes=NOTES)


@st.composite
def check_ins(draw, session_ids: list[str], own: list[Json]) -> Json:
    moment = draw(st.sampled_from([it.id for it in KNOWN.moments] if session_ids else ["anytime"]))
    ratings = {"moment": moment, **told_at(draw)}
    ratings |= some(draw, revised_at=TIMES, reread_at=TIMES, finished=st.booleans())
    items = [KNOWN.item[name] for name in draw(few(KNOWN.item))]
    ratings["answers"] = {item.id: draw(ANSWERS[item.kind](item)) for item in items}
    picks = {name: picked(draw, name, own) for name in draw(subset(("noticed", "bothered")))}
    ratings |= {name: found for name, found in picks.items() if found}
    ratings |= some(
        draw, none=subset([name for name in ("noticed", "bothered") if name not in ratings]) if len(picks) < 2
        else st.just([]), emotions=subset(choices.EMOTIONS), still_here=few([*KNOWN.term, *terms_of(own)]),
    )  # fmt: skip
    if draw(st.integers(0, 3)) == 0:
        ratings["instruments"] = {it.id: filled(draw, it) for it in draw(subset(KNOWN.instruments))}
    body = with_story(draw, ratings, texts=texts(), notes=NOTES)
    if session_ids and (moment != "anytime" or draw(st.booleans())):
        body["session_id"] = draw(st.sampled_from(session_ids))
    return body


@st.composite
def texts(draw) -> Json:
    return {name: draw(WORDS) for name in draw(few(KNOWN.prompt))}


@st.composite
def journals(draw) -> Json:
    """The lists of a file, and the settings."""
    several = {
        "courses": draw(st.lists(courses(), max_size=2)),
        "additions": draw(st.lists(additions(), max_size=2)),
        "sessions": draw(st.lists(sessions(), max_size=3)),
    }
    for session in several["sessions"]:
        if several["courses"] and draw(st.booleans()):
            session["course_id"] = draw(st.sampled_from(several["courses"]))["id"]
    ids = [session["id"] for session in several["sessions"]]
    several["check_ins"] = apart(draw(st.lists(check_ins(ids, several["additions"]), max_size=4)))
    contact = st.fixed_dictionaries({"name": st.just("Ada"), "phone": st.just("+1 555 0100")})
    settings = some(
        draw, time_zone=st.sampled_from(ZONES), usual_route=st.sampled_from(choices.ROUTES), own_contact=contact,
        evening_at=st.just("20:00"), hold_hours=st.integers(4, 168), usual_place=st.just("=the harbour"),
    )  # fmt: skip
    return several | {"settings": settings}


def told_at(draw) -> Json:
    return {"happened_at": draw(TIMES), "time_zone": draw(st.sampled_from(ZONES)), "written_at": draw(TIMES)}


def with_story(draw, ratings: Json, **members: Any) -> Json:
    body = {"id": str(draw(st.uuids())), "ratings": ratings}
    return body | {"story": some(draw, **members)} if draw(st.booleans()) else body


def terms_of(own: list[Json], which: str | None = None) -> list[str]:
    return [f"own.{it['id']}" for it in own if which in (None, it["ratings"]["list"])]


def picked(draw, which: str, own: list[Json]) -> Json:
    """A few picks of a list, with some of the details that each can have."""
    offered = [it.id for it in KNOWN.terms if it.list == which] + terms_of(own, which)
    found = {}
    for name in draw(few(offered)):
        term = KNOWN.term.get(name)
        allowed = term.details if term else OWN_DETAILS[which]
        found[name] = some(draw, **{it: DETAILS[it](term.choices.get(it, ()) if term else ()) for it in allowed})
    return found


def filled(draw, instrument: instruments.Instrument) -> Json:
    answer = st.one_of(st.integers(0, 3), st.none())
    found: Json = {"answers": draw(st.lists(answer, min_size=instrument.items, max_size=instrument.items))}
    return found | some(draw, difficulty=st.integers(0, 3))


def apart(several: list[Json]) -> list[Json]:
    """Without questionnaires that lie too close to another, for the journal would never have kept them."""
    told: dict[str, list[datetime]] = {}
    for check_in in several:
        at = datetime.fromisoformat(check_in["ratings"]["happened_at"])
        for name in list(check_in["ratings"].get("instruments", ())):
            if instruments.too_close(told.get(name, ()), at):
                del check_in["ratings"]["instruments"][name]
            else:
                told.setdefault(name, []).append(at)
    return several

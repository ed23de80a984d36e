"""Whether the answers of a check-in are ones the catalogue knows. Returns what to mend, by place; never raises."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from journal.content.catalogue import catalogue, is_own
from journal.content.choices import PASSED, VALENCE, YES_NO
from journal.content.structure import HIGHEST, LOWEST, Item

NOTES_MOST = 200
PICKS_MOST = 200

Faults = dict[str, Any]


def faults(draft: Mapping[str, Any]) -> Faults:
    """What does not fit, nested like the check-in itself: {"ratings": {"answers": {"emo.mood_now": ["..."]}}}."""
    ratings, story = draft.get("ratings") or {}, draft.get("story") or {}
    found: Faults = {}
    for name, check in _CHECKS.items():
        if name in ratings:
            _collect(found, ("ratings", name), check(ratings[name]))
    _collect(found, ("ratings", "none"), _contradictions(ratings))
    if "texts" in story:
        _collect(found, ("story", "texts"), _texts(story["texts"]))
    if "session_id" not in draft and ratings.get("moment") not in ("anytime", None):
        found["session_id"] = ["Say which session this belongs to; only `anytime` can stand alone."]
    return found


def _collect(found: Faults, path: tuple[str, str], mending: Any) -> None:
    if mending:
        found.setdefault(path[0], {})[path[1]] = mending


def _answers(given: Mapping[str, Any]) -> Faults:
    wrong: Faults = {}
    for name, value in given.items():
        item = catalogue().item.get(name)
        if item is None:
            wrong[name] = ["The catalogue has no such question."]
        elif not _VALUES[item.kind](item, value):
            wrong[name] = [_SAY[item.kind].format(options=", ".join(item.options))]
    return wrong


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


_VALUES: dict[str, Callable[[Item, Any], bool]] = {
    "rating": lambda _, value: _whole(value, LOWEST, HIGHEST),
    "yes_no": lambda _, value: value in YES_NO,
    "choice": lambda item, value: value in item.options,
    "passed": lambda _, value: value in PASSED,
    "number": lambda _, value: _whole(value, 0, 1_000_000),
    "text": lambda _, value: isinstance(value, str),
}
_SAY = {
    "rating": "Give a whole number from 0 to 10, or leave it out.",
    "yes_no": f"Say one of {', '.join(YES_NO)}, or leave it out.",
    "choice": "Say one of {options}, or leave it out.",
    "passed": f"Say one of {', '.join(PASSED)}, or leave it out.",
    "number": "Give a whole number, or leave it out.",
    "text": "Give words, or leave it out.",
}


def _picks(which: str) -> Callable[[Mapping[str, Any]], Faults]:
    def check(given: Mapping[str, Any]) -> Faults:
        if len(given) > PICKS_MOST:
            return {"_schema": [f"At most {PICKS_MOST} can be picked."]}
        return dict(_wrong_picks(which, given))

    return check


def _wrong_picks(which: str, given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, detail in given.items():
        allowed = catalogue().details(name, which)
        if allowed is None:
            yield name, ["The catalogue has no such term on this list."]
            continue
        if not isinstance(detail, dict):
            yield name, ["Send an object: the details of this pick, or {}."]
            continue
        wrong = dict(_wrong_details(name, allowed, detail))
        if wrong:
            yield name, wrong


def _wrong_details(name: str, allowed: tuple[str, ...], detail: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    term = catalogue().term.get(name)
    for key, value in detail.items():
        choices = term.choices.get(key, ()) if term else ()
        if key not in allowed:
            yield key, ["This term does not take this detail."]
        elif not _DETAILS[key](value, choices):
            yield key, [_SAY_DETAIL[key].format(choices=", ".join(choices))]


def _some_of(value: Any, choices: tuple[str, ...]) -> bool:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return False
    return len(set(value)) == len(value) and set(value) <= set(choices)


_DETAILS: dict[str, Callable[[Any, tuple[str, ...]], bool]] = {
    "intensity": lambda value, _: _whole(value, LOWEST, HIGHEST),
    "worst": lambda value, _: _whole(value, LOWEST, HIGHEST),
    "valence": lambda value, _: _whole(value, min(VALENCE), max(VALENCE)),
    "passed": lambda value, _: value in PASSED,
    "direction": _some_of,
    "aspects": _some_of,
    "where": _some_of,
}
_SAY_DETAIL = {
    "intensity": "Give a whole number from 0 to 10, or leave it out.",
    "worst": "Give a whole number from 0 to 10, or leave it out.",
    "valence": "Give a whole number from -2 to 2, or leave it out.",
    "passed": f"Say one of {', '.join(PASSED)}, or leave it out.",
    "direction": "Say any of {choices}, each once.",
    "aspects": "Say any of {choices}, each once.",
    "where": "Say any of {choices}, each once.",
}


def _terms(given: list[str]) -> list[str]:
    known = all(name in catalogue().term or is_own(name) for name in given)
    if known and len(set(given)) == len(given) <= PICKS_MOST:
        return []
    return ["Name terms of the catalogue or your own, each once."]


def _each_once(given: list[str]) -> list[str]:
    return [] if len(set(given)) == len(given) else ["Say each once."]


def _instruments(given: Mapping[str, Any]) -> Faults:
    wrong: Faults = {}
    for name, filled in given.items():
        instrument = catalogue().instrument.get(name)
        if instrument is None:
            wrong[name] = ["There is no such questionnaire."]
        elif len(filled["answers"]) != instrument.items:
            wrong[name] = {"answers": [f"Send {instrument.items} answers in order; null where one is left open."]}
    return wrong


def _texts(given: Mapping[str, Any]) -> Faults:
    return {name: ["The catalogue has no such prompt."] for name in given if name not in catalogue().prompt}


def _contradictions(ratings: Mapping[str, Any]) -> list[str]:
    both = [name for name in ratings.get("none", ()) if ratings.get(name)]
    return [f"{name} says both that there was nothing and what there was." for name in both]


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "answers": _answers,
    "noticed": _picks("noticed"),
    "bothered": _picks("bothered"),
    "still_here": _terms,
    "emotions": _each_once,
    "none": _each_once,
    "instruments": _instruments,
}

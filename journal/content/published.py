"""The catalogue as the front end and other readers get it: structure and wording in one plain value."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from journal.content import choices
from journal.content.catalogue import GROUPS, LISTS, VERSION, catalogue
from journal.content.help import Region, regions
from journal.content.instruments import ANSWERS, MIN_DAYS, Instrument
from journal.content.messages import wording
from journal.content.structure import HIGHEST, LOWEST, Condition, Fact, Item, Moment, Prompt, Safety, Screen, Term
from journal.content.terms import OWN_DETAILS

Json = dict[str, Any]


@cache
def as_json(language: str = "en") -> Json:
    """The whole catalogue in one language; what an element does not have is absent. Shared: not to be changed."""
    known, words = catalogue(), wording(language)
    return {
        "version": VERSION,
        "language": language,
        "scales": {"rating": {"min": LOWEST, "max": HIGHEST}},
        "moments": [_moment(moment, words) for moment in known.moments],
        "lists": [{"id": name, **words["lists"][name]} for name in (*LISTS, "still_here", "emotions")],
        "groups": _labelled(GROUPS, words["groups"]),
        "details": [_detail(name, said) for name, said in words["details"].items()],
        "items": [_item(item, words) for item in known.items],
        "terms": [_term(term, order, words) for order, term in enumerate(known.terms)],
        "own_terms": {name: [*details] for name, details in OWN_DETAILS.items()},
        "prompts": [_prompt(prompt, words) for prompt in known.prompts],
        "facts": [_fact(fact, words) for fact in known.facts],
        "derived": [{"id": it.id, "label": words["derived"][it.id], "of": [*it.of]} for it in known.derived],
        "instruments": [_instrument(instrument, words["instruments"]) for instrument in known.instruments],
        "safety": [_safety(safety, words["safety"]) for safety in known.safety],
        "help": {"regions": [_region(region, words["regions"]) for region in regions()]},
        **_choices(words["choices"], words["route_letters"]),
    }


def _choices(said: Json, letters: Json) -> Json:
    return {
        "yes_no": _labelled(choices.YES_NO, said["yes_no"]),
        "passed": _labelled(choices.PASSED, said["passed"]),
        "valence": [{"value": value, "label": said["valence"][str(value)]} for value in choices.VALENCE],
        "emotions": _labelled(choices.EMOTIONS, said["emotions"]),
        "routes": [route | {"letter": letters[route["id"]]} for route in _labelled(choices.ROUTES, said["routes"])],
        "positions": _labelled(choices.POSITIONS, said["positions"]),
        "settings": _labelled(choices.SETTINGS, said["settings"]),
        "dose_units": _labelled(choices.DOSE_UNITS, said["dose_units"]),
    }


def _labelled(ids: Iterable[str], labels: Json) -> list[Json]:
    return [{"id": name, "label": labels[name]} for name in ids]


def _present(**members: Any) -> Json:
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}


def _moment(moment: Moment, words: Json) -> Json:
    return {
        "id": moment.id,
        "label": words["moments"][moment.id]["label"],
        **_hours(moment),
        "asks": [*moment.asks],
        "prompts": [*moment.prompts],
        "facts": [*moment.facts],
        "screens": [_screen(screen) for screen in moment.screens],
    }


def _hours(moment: Moment) -> Json:
    names = ("opens_after_hours", "closes_after_hours", "accept_until_hours")
    return {name: hours for name in names if (hours := getattr(moment, name)) is not None}


def _screen(screen: Screen) -> Json:
    return {"kind": screen.kind} | _present(
        items=[*screen.items],
        prompts=[*screen.prompts],
        details=[*screen.details],
        carried=screen.carried or None,
    )


def _anchors(said: Json) -> dict[str, str] | None:
    return dict(zip(("0", "5", "10"), said["anchors"], strict=True)) if "anchors" in said else None


def _condition(condition: Condition | None) -> Json | None:
    if condition is None:
        return None
    return _present(item=condition.item, any_of=[*condition.any_of], prompt=condition.prompt)


def _detail(name: str, said: Json) -> Json:
    kind = "rating" if "anchors" in said else name
    return {"id": name, "kind": kind, "question": said["question"]} | _present(anchors=_anchors(said))


def _item(item: Item, words: Json) -> Json:
    said = words["items"][item.id]
    return {
        "id": item.id,
        "label": said["label"],
        "question": said["question"],
        "kind": item.kind,
        "group": item.group,
        "moments": [*catalogue().moments_of_item(item.id)],
    } | _present(
        hint=said.get("hint"),
        anchors=_anchors(said),
        options=_labelled(item.options, said.get("options", {})),
        only_if=_condition(item.only_if),
    )


def _term(term: Term, order: int, words: Json) -> Json:
    said = words["terms"][term.id]
    shared = words["choices"]
    options = {
        "directions" if detail == "direction" else detail: _labelled(ids, said.get(detail) or shared[detail])
        for detail, ids in term.choices.items()
    }
    return {
        "id": term.id,
        "label": said["label"],
        "list": term.list,
        "group": term.group,
        "moments": [*catalogue().moments_of_term(term)],
        "details": [*term.details],
        "landing": bool(term.landing),
        "order": term.landing or 100 + order,
    } | _present(hint=said.get("hint"), **options)


def _prompt(prompt: Prompt, words: Json) -> Json:
    return {
        "id": prompt.id,
        "label": words["prompts"][prompt.id],
        "group": prompt.group,
        "moments": [*catalogue().moments_of_prompt(prompt.id)],
        "once": prompt.once,
        "breakthrough": prompt.breakthrough,
    } | _present(only_if=_condition(prompt.only_if))


_OPTIONS_OF = {
    "session.route": "routes",
    "session.position": "positions",
    "session.setting": "settings",
    "session.dose": "dose_units",
}


def _fact(fact: Fact, words: Json) -> Json:
    labels = words["choices"][_OPTIONS_OF.get(fact.id, "yes_no")]
    shape = {"id": fact.id, "of": fact.of, "field": fact.field, "kind": fact.kind, **words["facts"][fact.id]}
    return shape | _present(options=_labelled(fact.options, labels), suggestions=[*fact.suggestions])


def _instrument(instrument: Instrument, words: Json) -> Json:
    said = words[instrument.wording]
    return {
        "id": instrument.id,
        "title": words["titles"][instrument.id],
        "recall": said["recall"],
        "items": [{"text": text} for text in said["items"][: instrument.items]],
        "answers": _scored(words["answers"]),
        "min_days": MIN_DAYS,
        "highest": instrument.highest,
        "source": said["source"],
    } | (_difficulty(said) if instrument.difficulty else {})


def _difficulty(said: Json) -> Json:
    return {"difficulty": {"text": said["difficulty"], "answers": _scored(said["difficulty_answers"])}}


def _scored(labels: list[str]) -> list[Json]:
    return [{"value": value, "label": label} for value, label in zip(ANSWERS, labels, strict=True)]


def _safety(safety: Safety, words: Json) -> Json:
    return {
        "id": safety.id,
        "text": words["texts"][safety.id],
        "attribution": words["sources"][safety.source],
        "shown": [*safety.shown],
    }


def _region(region: Region, labels: Json) -> Json:
    return {
        "id": region.id,
        "label": labels[region.id],
        "emergency": [*region.emergency],
        "lines": [{"name": it.name, "tel": it.tel} | _present(sms=it.sms) for it in region.lines],
        "verified": region.verified,
    }

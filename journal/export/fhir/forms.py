"""The forms that answers refer to: what a check-in, a session, a course and each questionnaire can ask. Pure."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from journal.content import choices
from journal.content.catalogue import LISTS, VERSION, catalogue
from journal.content.codes import LOINC, loinc
from journal.content.instruments import ANSWERS, OFFERED, Instrument
from journal.content.messages import wording
from journal.content.structure import HIGHEST, LOWEST, Fact, Item, Term
from journal.content.terms import OWN_DETAILS
from journal.export.fhir.parts import FORMS, NO_ROW, Json, coding, entry, labelled, local, named, present

_LEAST = "http://hl7.org/fhir/StructureDefinition/minValue"
_MOST = "http://hl7.org/fhir/StructureDefinition/maxValue"
_ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
_SCALES = {"intensity": (LOWEST, HIGHEST), "worst": (LOWEST, HIGHEST), "valence": (-2, 2)}
# The options of a fact, by the kind of choice they are.
FACT_OPTIONS = {"session.route": "routes", "session.position": "positions", "session.setting": "settings"}


def canonical(name: str) -> str:
    """What a response names its form by."""
    return f"{FORMS}{name}|{VERSION}"


@cache
def forms() -> tuple[Json, ...]:
    """Every form as an entry of a bundle. Shared: not to be changed."""
    said = wording(area="fhir")
    own = [_form(name, said["forms"][name], items) for name, items in _own_forms(said["items"])]
    return tuple(entry(form) for form in (*own, *map(_instrument, OFFERED)))


def _own_forms(labels: Json) -> Iterator[tuple[str, list[Json]]]:
    yield "check-in", [*_head(labels, "check_in", "session"), *_check_in(labels)]
    yield "session", [*_head(labels, "session", "course"), *_session(labels)]
    yield "course", [
        _item("course.planned_sessions", "integer", labels["planned_sessions"]),
        _item("course.started_on", "date", labels["started_on"]),
        _item("course.name", "string", labels["name"]),
        _item("course.plan", "text", _catalogue()["facts"]["course.plan"]["question"]),
    ]


def _catalogue() -> Json:
    return wording()


def _form(name: str, title: str, items: list[Json], **more: Any) -> Json:
    return {
        "resourceType": "Questionnaire",
        "id": named(NO_ROW, f"{name}|{VERSION}"),
        "url": FORMS + name,
        "version": VERSION,
        "name": "".join(part.capitalize() for part in name.split("-")),
        "title": title,
        "status": "active",
        "subjectType": ["Patient"],
        **more,
        "item": items,
    }


def _item(link: str, kind: str, text: str, **more: Any) -> Json:
    return {"linkId": link, "code": [local(link)], "text": text, "type": kind} | present(more)


def _head(labels: Json, name: str, above: str) -> list[Json]:
    return [
        _item(f"{name}.{above}", "reference", labels[above]),
        _item(f"{name}.happened_at", "dateTime", labels["happened_at"]),
        _item(f"{name}.time_zone", "string", labels["time_zone"]),
    ]


def _check_in(labels: Json) -> Iterator[Json]:
    said, known = _catalogue(), catalogue()
    moments = {name: it["label"] for name, it in said["moments"].items()}
    yield _item("check_in.moment", "choice", labels["moment"], answerOption=labelled(moments, "moment", moments))
    yield _item("check_in.reread_at", "dateTime", labels["reread_at"])
    yield from (_asked(item, said["items"][item.id]) for item in known.items)
    for name in LISTS:
        terms = [_term(term, said) for term in known.terms if term.list == name]
        none = _item(f"{name}.none", "boolean", said["lists"][name]["none"])
        yield _item(name, "group", said["lists"][name]["question"], item=[none, *terms, _own(name, labels)])
    yield _item("still_here", "open-choice", said["lists"]["still_here"]["question"], repeats=True,
                answerOption=[{"valueCoding": local(it.id, said["terms"][it.id]["label"])} for it in known.terms])
    yield _item("still_here.none", "boolean", said["lists"]["still_here"]["none"])
    emotions = labelled(choices.EMOTIONS, "emotions", said["choices"]["emotions"])
    yield _item("emotions", "choice", said["lists"]["emotions"]["question"], repeats=True, answerOption=emotions)
    yield _item("emotions.none", "boolean", said["lists"]["emotions"]["none"])
    yield from (_item(it.id, "text", said["prompts"][it.id]) for it in known.prompts)
    yield _notes("check_in", labels)


def _asked(item: Item, said: Json) -> Json:
    if item.kind == "rating":
        return _item(item.id, "integer", said["question"], extension=_scale(LOWEST, HIGHEST))
    options = {
        "yes_no": lambda: labelled(choices.YES_NO, "yes_no", _catalogue()["choices"]["yes_no"]),
        "passed": lambda: labelled(choices.PASSED, "passed", _catalogue()["choices"]["passed"]),
        "choice": lambda: labelled(item.options, item.id, said.get("options", {})),
    }[item.kind]()
    return _item(item.id, "choice", said["question"], answerOption=options)


def _scale(least: int, most: int) -> list[Json]:
    return [{"url": _LEAST, "valueInteger": least}, {"url": _MOST, "valueInteger": most}]


def _term(term: Term, said: Json) -> Json:
    details = [_detail(term.id, name, term, said) for name in term.details]
    return _item(term.id, "boolean", said["terms"][term.id]["label"], item=details)


def _detail(link: str, name: str, term: Term | None, said: Json) -> Json:
    text = said["details"][name]["question"]
    if name in _SCALES:
        return _item(f"{link}/{name}", "integer", text, extension=_scale(*_SCALES[name]))
    if name == "passed" or term is None:
        options = labelled(choices.PASSED, "passed", said["choices"]["passed"])
        return _item(f"{link}/{name}", "choice", text, answerOption=options)
    labels = said["terms"][term.id].get(name) or said["choices"][name]
    options = labelled(term.choices[name], f"{term.id}.{name}", labels)
    return _item(f"{link}/{name}", "choice", text, repeats=True, answerOption=options)


def _own(name: str, labels: Json) -> Json:
    link, said = f"{name}.own", _catalogue()
    details = (_detail(link, detail, None, said) for detail in OWN_DETAILS[name])
    told = [_item(f"{link}/id", "string", labels["own_id"]), _item(f"{link}/label", "string", labels["own_label"])]
    return _item(link, "group", said["groups"]["own"], repeats=True, item=[*told, *details])


def _notes(name: str, labels: Json) -> Json:
    link = f"{name}.notes"
    at = _item(f"{link}/written_at", "dateTime", labels["written_at"])
    return _item(link, "group", labels["notes"], repeats=True, item=[at, _item(f"{link}/text", "text", labels["note"])])


def _session(labels: Json) -> Iterator[Json]:
    yield from (it for fact in catalogue().facts if fact.of == "session" for it in _fact(fact, labels))
    yield _item("session.staff_role", "string", labels["staff_role"])
    yield _item("session.note", "text", labels["note"])
    yield _notes("session", labels)


def _fact(fact: Fact, labels: Json) -> Iterator[Json]:
    said = _catalogue()
    text = said["facts"][fact.id]["question"]
    if fact.kind in ("choice", "yes_no"):
        kind = FACT_OPTIONS.get(fact.id, "yes_no")
        yield _item(fact.id, "choice", text, answerOption=labelled(fact.options, kind, said["choices"][kind]))
    elif fact.kind == "dose":
        yield _item(fact.id, "quantity", text)
        yield _item(f"{fact.id}.unknown", "boolean", said["choices"]["dose_units"]["unknown"])
    elif fact.kind == "blood_pressure":
        yield _item(fact.id, "group", text, item=[*_blood_pressure(fact.id, labels)])
    else:
        yield _item(fact.id, {"number": "integer", "text": "string"}[fact.kind], text)


def _blood_pressure(link: str, labels: Json) -> Iterator[Json]:
    yield from (_item(f"{link}/{name}", "integer", labels[name]) for name in ("systolic", "diastolic"))
    yes_no = labelled(choices.YES_NO, "yes_no", _catalogue()["choices"]["yes_no"])
    yield _item(f"{link}/told_by_staff", "choice", labels["told_by_staff"], answerOption=yes_no)
    yield _item(f"{link}/at", "dateTime", labels["read_at"])


def _instrument(instrument: Instrument) -> Json:
    words = _catalogue()["instruments"]
    said = words[instrument.wording]
    asked = zip(loinc.ITEMS[instrument.wording], said["items"], strict=False)
    items = [
        _scored(f"{instrument.id}/{place}", code, text, answers(loinc.ANSWERS, words["answers"]))
        for place, (code, text) in enumerate(list(asked)[: instrument.items], 1)
    ]
    if instrument.difficulty:
        options = answers(loinc.DIFFICULTY_ANSWERS, said["difficulty_answers"])
        items.append(_scored(f"{instrument.id}/difficulty", loinc.DIFFICULTY, said["difficulty"], options))
    code = [local(instrument.id, words["titles"][instrument.id])]
    if instrument.id in loinc.PANELS:
        code.append(coding(LOINC, loinc.PANELS[instrument.id]))
    notice = f"{said['source']} {wording(area='fhir')['loinc']}"
    top = {"linkId": f"{instrument.id}/0", "text": said["recall"], "type": "display"}
    return _form(instrument.id, words["titles"][instrument.id], [top, *items], copyright=notice, code=code)


def _scored(link: str, code: str, text: str, options: Iterable[Json]) -> Json:
    offered = [{"valueCoding": option} for option in options]
    return {"linkId": link, "code": [coding(LOINC, code)], "text": text, "type": "choice", "answerOption": offered}


def answers(codes: Iterable[str], labels: Iterable[str]) -> list[Json]:
    """The answers of a questionnaire as codings, in their order, each with its score."""
    return [
        coding(LOINC, code, label) | {"extension": [{"url": _ORDINAL, "valueDecimal": score}]}
        for code, label, score in zip(codes, labels, ANSWERS, strict=True)
    ]

"""What was answered, to the letter: one response a check-in, one a questionnaire filled in with it. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from journal.content.catalogue import LISTS, catalogue, is_own
from journal.content.codes import loinc
from journal.content.instruments import OFFERED, Instrument
from journal.content.messages import wording
from journal.export.fhir.forms import answers, canonical
from journal.export.fhir.parts import ROWS, Json, entry, local, named, present, when, words
from journal.sessions.rows import Opened

_WHOLE = frozenset({"intensity", "worst", "valence"})


class Answers:
    """Answers as items of a response. What is said again and again is written down as JSON once."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self.said = wording()
        self._labels = wording(area="fhir")["items"]
        self.own = own
        self._kinds = {item.id: item.kind for item in catalogue().items}
        self._made: dict[tuple[Any, ...], bytes] = {}
        self._options = self._every_option()
        self._scored = {it.id: self._scores(it) for it in OFFERED}

    def response(self, row: Opened, patient: Json, session: Json | None) -> bytes:
        """A check-in as an entry. `session`: the response that tells of its session."""
        ratings = row.ratings
        finished = "amended" if "revised_at" in ratings else "completed"
        items = [*self._head(ratings, session), *self._answered(ratings), *self._words(row.story)]
        around = entry(head(row, "check-in", patient, finished if ratings.get("finished") else "in-progress"))
        return b'%b,"item":[%b]}}' % (orjson.dumps(around)[:-2], b",".join(items))

    def filled(self, row: Opened, patient: Json, name: str) -> Json | None:
        """A questionnaire of a check-in; None where it was left empty. What was left open is absent."""
        told = row.ratings["instruments"][name]
        items = [
            {"linkId": f"{name}/{place}", "answer": [{"valueCoding": self._scored[name][0][score]}]}
            for place, score in enumerate(told["answers"], 1)
            if score is not None
        ]
        if "difficulty" in told:
            coded = self._scored[name][1][told["difficulty"]]
            items.append({"linkId": f"{name}/difficulty", "answer": [{"valueCoding": coded}]})
        if not items:
            return None
        whole = None not in told["answers"]
        return head(row, name, patient, "completed" if whole else "in-progress") | {"item": items}

    def _head(self, ratings: Json, session: Json | None) -> Iterator[bytes]:
        if session is not None:
            yield _dumped("check_in.session", "valueReference", session)
        yield _dumped("check_in.happened_at", "valueDateTime", when(ratings["happened_at"]))
        for name in ("moment", "time_zone"):
            yield self._made.get((name, ratings[name])) or self._about(name, ratings[name])
        if "reread_at" in ratings:
            yield _dumped("check_in.reread_at", "valueDateTime", when(ratings["reread_at"]))

    def _about(self, name: str, value: str) -> bytes:
        if name == "moment":
            told = _one("check_in.moment", "valueCoding", self._options[f"moment.{value}"])
        else:
            told = _one(f"check_in.{name}", "valueString", value)
        return self._keep((name, value), told)

    def _answered(self, ratings: Json) -> Iterator[bytes]:
        for answer in ratings.get("answers", {}).items():
            yield self._made.get(answer) or self._keep(answer, self._answer(*answer))
        for name in LISTS:
            picked = self._none(name, ratings)
            for term, told in ratings.get(name, {}).items():
                key = (name, term, orjson.dumps(told))
                picked.append(self._made.get(key) or self._keep(key, self._pick(name, term, told)))
            if picked:
                yield b'{"linkId":"%b","item":[%b]}' % (name.encode(), b",".join(picked))
        for several, read in (("still_here", self._still_here), ("emotions", self._emotion)):
            if several in ratings:
                yield orjson.dumps(_several(several, [read(it) for it in ratings[several]]))

    def _keep(self, key: tuple[Any, ...], told: Json) -> bytes:
        made = self._made[key] = orjson.dumps(told)
        return made

    def _answer(self, name: str, value: Any) -> Json:
        kind = self._kinds[name]
        if kind == "rating":
            return _one(name, "valueInteger", value)
        return _one(name, "valueCoding", self._options[f"{name if kind == 'choice' else kind}.{value}"])

    def _none(self, name: str, ratings: Json) -> list[bytes]:
        return [_dumped(f"{name}.none", "valueBoolean", value=True)] if name in ratings.get("none", ()) else []

    def _pick(self, name: str, term: str, told: Json) -> Json:
        own = is_own(term)
        link = f"{name}.own" if own else term
        details = [self._detail(link, term, *it) for it in told.items()]
        if own:
            return {"linkId": link, "item": [*self._named(link, term), *details]}
        return {"linkId": term, "answer": [{"valueBoolean": True} | present({"item": details})]}

    def _named(self, link: str, term: str) -> Iterator[Json]:
        yield _one(f"{link}/id", "valueString", term)
        if self.own.get(term):
            yield {"linkId": f"{link}/label", "answer": [words("valueString", self.own[term])]}

    def _detail(self, link: str, term: str, name: str, value: Any) -> Json:
        if name in _WHOLE:
            return _one(f"{link}/{name}", "valueInteger", value)
        if name == "passed":
            return _one(f"{link}/passed", "valueCoding", self._options[f"passed.{value}"])
        coded = [{"valueCoding": self._options[f"{term}.{name}.{each}"]} for each in value]
        return {"linkId": f"{link}/{name}"} | present({"answer": coded})

    def _still_here(self, term: str) -> Json:
        return {"valueCoding": self._options.get(term) or local(term, self.label(term))}

    def _emotion(self, name: str) -> Json:
        return {"valueCoding": self._options[f"emotions.{name}"]}

    def _words(self, story: Json | None) -> Iterator[bytes]:
        if story is None:
            return
        for name, text in story.get("texts", {}).items():
            yield orjson.dumps({"linkId": name, "answer": [words("valueString", text)]})
        yield from map(orjson.dumps, notes("check_in", story))

    def label(self, term: str) -> str:
        """What a term is called; the patient's own word only where words are taken along."""
        found = self.said["terms"].get(term)
        return clean(self.own.get(term, "")) if found is None else found["label"]

    def option(self, code: str) -> Json:
        """An answer to choose as our own code."""
        return self._options[code]

    def _every_option(self) -> dict[str, Json]:
        said, known = self.said, catalogue()
        labels = {f"moment.{name}": it["label"] for name, it in said["moments"].items()}
        for kind in ("yes_no", "passed", "emotions", "routes", "positions", "settings"):
            labels |= {f"{kind}.{name}": label for name, label in said["choices"][kind].items()}
        for item in known.items:
            labels |= {f"{item.id}.{name}": said["items"][item.id]["options"][name] for name in item.options}
        for term in known.terms:
            labels[term.id] = said["terms"][term.id]["label"]
            for detail in term.choices:
                told = said["terms"][term.id].get(detail) or said["choices"][detail]
                labels |= {f"{term.id}.{detail}.{name}": told[name] for name in term.choices[detail]}
        return {code: local(code, label) for code, label in labels.items()}

    def _scores(self, instrument: Instrument) -> tuple[list[Json], list[Json]]:
        said = self.said["instruments"]
        hard = said[instrument.wording].get("difficulty_answers")
        usual = answers(loinc.ANSWERS, said["answers"])
        return usual, answers(loinc.DIFFICULTY_ANSWERS, hard) if hard else []


def clean(text: str) -> str:
    """Words as FHIR can carry them."""
    fit: str = words("text", text)["text"]
    return fit


def head(row: Opened, form: str, patient: Json, status: str) -> Json:
    """What every response begins with; it carries the id of its row, so that a reader can put the two together."""
    written = row.ratings.get("revised_at") or row.ratings.get("written_at")
    return {
        "resourceType": "QuestionnaireResponse",
        "id": response_id(row.id, form),
        "identifier": {"system": ROWS, "value": row.id},
        "questionnaire": canonical(form),
        "status": status,
        "subject": patient,
        **({"authored": when(written)} if written else {}),
        "author": patient,
        "source": patient,
    }


def response_id(row_id: str, form: str) -> str:
    """The id of what a row answered in a form."""
    return named(row_id, form)


def notes(name: str, story: Json) -> Iterator[Json]:
    """What was added later, each with its own time."""
    for note in story.get("notes", ()):
        at = _one(f"{name}.notes/written_at", "valueDateTime", when(note["written_at"]))
        text = {"linkId": f"{name}.notes/text", "answer": [words("valueString", note["text"])]}
        yield {"linkId": f"{name}.notes", "item": [at, text]}


def _several(name: str, told: list[Json]) -> Json:
    return {"linkId": name, "answer": told} if told else _one(f"{name}.none", "valueBoolean", value=True)


def _dumped(link: str, name: str, value: Any) -> bytes:
    return orjson.dumps(_one(link, name, value))


def _one(link: str, name: str, value: Any) -> Json:
    return {"linkId": link, "answer": [{name: value}]}

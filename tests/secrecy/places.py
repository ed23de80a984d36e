"""Every place of the API that takes text, found in its own description so that a new one cannot be forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ITEM, VALUE, NAME = "[]", "{}", "{name}"  # of a list, of a map, and a map's key
Json = Any


@dataclass(frozen=True)
class Place:
    """One place in the body of one operation. `free`: any words of a person's own may stand there."""

    method: str
    path: str
    steps: tuple[str, ...]
    free: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path} {'/'.join(self.steps)}"

    def planted(self, body: Json, word: str) -> Json:
        """The body with the word in this place."""
        return _with(body, self.steps, word)


def in_bodies(document: Json) -> Iterator[Place]:
    """The places in what is sent."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                schema = content["application/json"]["schema"]
                for steps, free in _texts(schema, document["components"]["schemas"]):
                    yield Place(method.upper(), path, steps, free)


def in_queries(document: Json) -> Iterator[tuple[str, str]]:
    """Every path that is read with a query, and the names in it."""
    for path, methods in document["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", ()):
            if parameter["in"] == "query":
                yield path, parameter["name"]


def _texts(schema: Json, named: Json) -> Iterator[tuple[tuple[str, ...], bool]]:
    if "$ref" in schema:
        schema = named[schema["$ref"].rsplit("/", 1)[-1]]
    kind = schema.get("type", "string")
    if kind == "object":
        for name, inner in schema.get("properties", {}).items():
            yield from _under(name, _texts(inner, named))
        if isinstance(schema.get("additionalProperties"), dict):
            yield (NAME,), False
            yield from _under(VALUE, _texts(schema["additionalProperties"], named))
    elif kind == "array":
        yield from _under(ITEM, _texts(schema["items"], named))
    elif "string" in kind:
        yield (), not {"enum", "const", "format"} & set(schema)


def _under(step: str, found: Iterator[tuple[tuple[str, ...], bool]]) -> Iterator[tuple[tuple[str, ...], bool]]:
    for steps, free in found:
        yield (step, *steps), free


def _with(value: Json, steps: tuple[str, ...], word: str) -> Json:
    if not steps:
        return word
    step, rest = steps[0], steps[1:]
    if step == ITEM:
        first, *others = value or [None]
        return [_with(first, rest, word), *others]
    members = dict(value or {})
    if step in (NAME, VALUE):
        first = next(iter(members), "any")
        inner = members.pop(first, None)
        return {word: inner, **members} if step == NAME else {first: _with(inner, rest, word), **members}
    return members | {step: _with(members.get(step), rest, word)}

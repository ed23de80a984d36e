"""The JSON Schema of the journal as a file, made from the very shapes that check one coming in."""

from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from journal.export import schemas
from journal.export.json_file import FORMAT, VERSION

Json = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FROM, _TO = "#/components/schemas/", "#/$defs/"


@cache
def json_schema() -> Json:
    """The schema, draft 2020-12. Shared: not to be changed."""
    spec = APISpec(title=FORMAT, version=str(VERSION), openapi_version="3.1.0", plugins=[MarshmallowPlugin(_name)])
    spec.components.schema("Journal", schema=schemas.Journal)
    found: Json = {name: _closed(shape) for name, shape in spec.to_dict()["components"]["schemas"].items()}
    whole = found.pop("Journal")
    return {
        "$schema": DRAFT,
        "$id": f"urn:shoreline:journal:{VERSION}",
        "title": f"{FORMAT} {VERSION}",
        "description": "A journal as a file. What picks, questions and prompts may be is in the catalogue it names.",
        **whole,
        "$defs": found,
    }


def _name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__


def _closed(shape: Any) -> Any:
    """References point into this document, and an object takes no member that is not named, as when it comes in."""
    if isinstance(shape, list):
        return [_closed(inner) for inner in shape]
    if not isinstance(shape, dict):
        return shape
    closed = {name: _closed(inner) for name, inner in shape.items()}
    if isinstance(closed.get("$ref"), str):
        closed["$ref"] = closed["$ref"].replace(_FROM, _TO)
    if "properties" in closed:
        closed.setdefault("additionalProperties", False)
    return closed

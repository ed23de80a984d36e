"""The API described: as OpenAPI for programs, as a page for people."""

from functools import cache
from typing import Any

from flask import Blueprint, Flask, Response, current_app, render_template
from marshmallow import INCLUDE, Schema, fields

from journal.web import openapi
from journal.web.contract import answers, for_anyone

blueprint = Blueprint("docs", __name__, template_folder="templates")

PUBLIC = {"Cache-Control": "public, max-age=3600"}


class OpenApi(Schema):
    """An OpenAPI 3.1 document."""

    openapi = fields.String(required=True)

    class Meta:
        """The rest is as OpenAPI has it."""

        unknown = INCLUDE


@blueprint.get("/api/v1/openapi.json")
@for_anyone
@answers(OpenApi())
def read_openapi() -> Any:
    """Read this description of the API."""
    return _document(current_app._get_current_object())  # type: ignore[attr-defined]


@blueprint.get("/docs/api")
@for_anyone
def read_page() -> Response:
    """The same for people."""
    document = _document(current_app._get_current_object())  # type: ignore[attr-defined]
    return Response(render_template("api.html", api=document, example=_example), mimetype="text/html", headers=PUBLIC)


@blueprint.get("/docs/api.css")
@for_anyone
def read_style() -> Response:
    """How the page looks."""
    return Response(render_template("api.css"), mimetype="text/css", headers=PUBLIC)


@cache
def _document(app: Flask) -> dict[str, Any]:
    return openapi.document(app)


def _example(schema: dict[str, Any]) -> str:
    """A schema in a line: its reference's name, or its type."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if schema.get("type") == "array":
        return f"list of {_example(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if "additionalProperties" in schema and isinstance(schema["additionalProperties"], dict):
        return f"map to {_example(schema['additionalProperties'])}"
    kind = schema.get("format") or schema.get("type") or "anything"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)

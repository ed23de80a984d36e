"""OpenAPI 3.1, from the routes and the promises they make."""

import re
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from marshmallow import INCLUDE, Schema, fields
from werkzeug.routing import Rule

from journal.web import wire
from journal.web.contract import Contract, Door, contract_of

PREFIX = "/api/v1"
VERSION = "1"
COOKIE = "__Host-shoreline"
DOORS = {
    Door.ANYONE: "",
    Door.ENTERING: "Needs a sign-in, be it without the second factor.",
    Door.OWNER: "Needs a sign-in.",
    Door.STEPPED_UP: "Needs a sign-in and the password within the last five minutes.",
    Door.PATIENT: "Needs a patient's sign-in.",
    Door.REVIEWER: "Needs a therapist's sign-in with the second factor.",
    Door.DEPOSITOR: "Needs a deposit token, which opens nothing else; send no cookies.",
    Door.EXPORTER: "Needs a patient's sign-in and the password within the last five minutes, or an export token.",
}
# What is shown at a door, where it is not a sign-in alone.
KEYS = {Door.DEPOSITOR: ("deposit_token",), Door.EXPORTER: ("sign_in", "export_token")}
# What an answer of another kind than JSON is, to a reader of the description.
_TEXT = {"type": "string"}


class FaultShape(Schema):
    """One thing to mend."""

    pointer = fields.String(required=True, metadata={"description": "a JSON pointer into what was sent"})
    detail = fields.String(required=True)


class ProblemShape(Schema):
    """Every refusal (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True, metadata={"description": "what to do about it"})
    errors = fields.List(fields.Nested(FaultShape))

    class Meta:
        """Some kinds say more: `current` is what is stored where something was changed elsewhere."""

        unknown = INCLUDE


def document(app: Flask) -> dict[str, Any]:
    """The whole description. A route of the API without a promise is a bug, and raises KeyError."""
    spec = APISpec(
        title="Shoreline",
        version=VERSION,
        openapi_version="3.1.0",
        plugins=[MarshmallowPlugin(schema_name_resolver=_name)],
        info={"description": "The journal of a course of ketamine therapy. Refusals are RFC 9457 problem details."},
        servers=[{"url": "/"}],
    )
    spec.components.schema("Problem", schema=ProblemShape)
    spec.components.security_scheme("sign_in", {"type": "apiKey", "in": "cookie", "name": COOKIE})
    spec.components.security_scheme("deposit_token", {"type": "http", "scheme": "bearer"})
    spec.components.security_scheme("export_token", {"type": "http", "scheme": "bearer"})
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.rule.startswith(PREFIX):
            view = app.view_functions[rule.endpoint]
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                spec.path(_path(rule), operations={method.lower(): _operation(rule, contract_of(view), view.__doc__)})
    return dict(spec.to_dict())


def _name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("Shape")


def _path(rule: Rule) -> str:
    return re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", rule.rule)


def _operation(rule: Rule, contract: Contract, doc: str | None) -> dict[str, Any]:
    if contract.door is None or not doc:
        raise KeyError(f"{rule.endpoint} makes no promise")
    operation: dict[str, Any] = {
        "operationId": rule.endpoint.split(".")[-1],
        "tags": [rule.endpoint.split(".")[0]],
        "summary": doc.strip().splitlines()[0],
        "parameters": _parameters(rule, contract),
        "responses": _responses(contract),
    }
    more = " ".join(" ".join(doc.strip().splitlines()[1:]).split())
    if DOORS[contract.door] or more:
        operation["description"] = " ".join(filter(None, (DOORS[contract.door], more)))
    if DOORS[contract.door]:
        operation["security"] = [{name: []} for name in KEYS.get(contract.door, ("sign_in",))]
    if contract.takes_bytes:
        sealed = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        operation["requestBody"] = {"required": True, "content": sealed}
    if contract.body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": contract.body}}}
    return operation


def _parameters(rule: Rule, contract: Contract) -> list[dict[str, Any]]:
    found = []
    for name in sorted(rule.arguments):
        is_uuid = type(rule._converters[name]).__name__ == "UUIDConverter"
        schema = {"type": "string", "format": "uuid"} if is_uuid else {"type": "string"}
        found.append({"in": "path", "name": name, "required": True, "schema": schema})
    if contract.query is not None:
        found.append({"in": "query", "schema": contract.query})
    if contract.conditional:
        found.append(
            {"in": "header", "name": "If-Match", "schema": {"type": "string"}, "description": "the ETag last seen"}
        )
    return found


def _responses(contract: Contract) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found: dict[str, Any] = {}
    for status, reason in contract.statuses.items():
        if status < 300:
            found[str(status)] = {"description": reason or ("done" if status == 204 else "as asked")}
            if contract.answer is not None:
                found[str(status)]["content"] = {wire.JSON: {"schema": contract.answer}}
            elif contract.media != (wire.JSON,):
                found[str(status)]["content"] = {media: {"schema": _described(media)} for media in contract.media}
        else:
            found[str(status)] = {"description": reason, "content": problem}
    found["default"] = {"description": "refused; the problem says what to do", "content": problem}
    return found


def _described(media: str) -> dict[str, Any]:
    return {"type": "object"} if media.endswith("json") else _TEXT

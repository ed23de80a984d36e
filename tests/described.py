"""Holds real answers to the description that the app gives of itself."""

from collections import Counter
from functools import cached_property
from typing import Any

import jsonschema_rs
from flask import Flask, Response, request

from journal.web import openapi
from tests.cast import API

Operation = tuple[str, str]


class Description:
    """The OpenAPI document of an app, watching what the app answers."""

    def __init__(self, app: Flask) -> None:
        self.document = openapi.document(app)
        self.answered: Counter[Operation] = Counter()
        self._surprises: list[str] = []
        # What `after_request` does, and can do no more once an app has answered.
        app.after_request_funcs.setdefault(None, []).append(self._look)

    @classmethod
    def of(cls, app: Flask) -> "Description":
        """The one that watches this app."""
        if "described" not in app.extensions:
            app.extensions["described"] = cls(app)
        return app.extensions["described"]

    @cached_property
    def operations(self) -> dict[Operation, dict[str, Any]]:
        return {
            (method.upper(), path): operation
            for path, methods in self.document["paths"].items()
            for method, operation in methods.items()
        }

    def take_surprises(self) -> list[str]:
        """Every difference since the last time this was asked."""
        found, self._surprises = self._surprises, []
        return found

    def differences(self, operation: Operation, status: int, mimetype: str, value: Any) -> list[str]:
        """How an answer differs from what was promised; none is what it should be."""
        responses = self.operations[operation]["responses"]
        told = responses.get(str(status)) or (responses["default"] if status >= 400 else None)
        if told is None:
            return [f"{operation} answered {status}, which it does not name"]
        content = told.get("content", {})
        if value is None:
            return [f"{operation} {status} promised a body"] if content else []
        if mimetype not in content:
            return [f"{operation} {status} answered {mimetype}, promised {list(content)}"]
        errors = self._validator(content[mimetype]["schema"]).iter_errors(value)
        return [f"{operation} {status}: {error.message} at {list(error.instance_path)}" for error in errors]

    def _validator(self, schema: dict[str, Any]) -> Any:
        key = str(schema)
        if key not in self._validators:
            whole = {"components": self.document["components"], **schema}
            self._validators[key] = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        return self._validators[key]

    @cached_property
    def _validators(self) -> dict[str, Any]:
        return {}

    def _look(self, response: Response) -> Response:
        rule = request.url_rule
        if rule is not None and rule.rule.startswith(API) and request.method in ("GET", "PUT", "POST", "DELETE"):
            operation = request.method, openapi._path(rule)
            self.answered[operation] += 1
            value = self._value(response) if response.data else None
            self._surprises += self.differences(operation, response.status_code, response.mimetype, value)
        return response

    def _value(self, response: Response) -> Any:
        return response.get_json(silent=True) if response.is_json else response.get_data().decode(errors="replace")

"""What a route promises: who may come in, what it expects, what it answers. The guard and the OpenAPI page read it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import wraps
from typing import Any

from flask import Response, g, request
from marshmallow import Schema, ValidationError

from journal.errors import Fault, Invalid
from journal.web import wire

View = Callable[..., Any]
PATIENT, THERAPIST = "patient", "therapist"


class Door(Enum):
    """Who may come in."""

    ANYONE = "anyone"
    ENTERING = "owner, the second factor perhaps still missing"
    OWNER = "owner"
    STEPPED_UP = "owner, password within five minutes"
    PATIENT = "patient"
    REVIEWER = "therapist"
    DEPOSITOR = "a phone with a deposit token"
    EXPORTER = "owner, password within five minutes; or whoever shows an export token"


@dataclass(frozen=True)
class Contract:
    """A route's promise, kept on its view function."""

    door: Door | None = None
    role: str | None = None
    body: Schema | None = None
    takes_bytes: bool = False
    query: Schema | None = None
    answer: Schema | None = None
    statuses: dict[int, str] = field(default_factory=dict)
    conditional: bool = False
    media: tuple[str, ...] = (wire.JSON,)


@dataclass(frozen=True)
class Answer:
    """A view's result where the status or headers are not the usual ones. `value=None` sends no body."""

    value: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cookies: tuple[Callable[[Response], None], ...] = ()


def contract_of(view: View | None) -> Contract:
    """The promise of a view; an empty one where it made none."""
    found = getattr(view, "contract", None)
    return found if isinstance(found, Contract) else Contract()


def _amended(view: View, **changes: Any) -> None:
    view.contract = replace(contract_of(view), **changes)  # type: ignore[attr-defined]


def for_anyone(view: View) -> View:
    """Let visitors in; the view is not told who is asking."""
    _amended(view, door=Door.ANYONE)
    return view


def for_entering(view: View) -> View:
    """Let in whoever gave the password, the second factor perhaps still missing; the view gets the `Owner` first."""
    return _handing_owner(view, Door.ENTERING)


def for_owner(view: View) -> View:
    """Let in whoever is wholly signed in, patient or therapist; the view gets the `Owner` first."""
    return _handing_owner(view, Door.OWNER)


def for_patient(view: View) -> View:
    """Let in a patient; for anybody else who is signed in there is nothing at this address."""
    return only(PATIENT)(_handing_owner(view, Door.PATIENT))


def for_reviewer(view: View) -> View:
    """Let in a therapist whose sign-in passed the second factor; for a patient there is nothing at this address."""
    return only(THERAPIST)(_handing_owner(view, Door.REVIEWER))


def only(role: str) -> Callable[[View], View]:
    """For whoever has another role there is nothing at this address, whatever the door."""

    def decorate(view: View) -> View:
        _amended(view, role=role)
        return view

    return decorate


def for_stepped_up_owner(view: View) -> View:
    """Let in whoever is wholly signed in and gave the password within the last five minutes."""
    return _handing_owner(view, Door.STEPPED_UP)


def for_exporter(view: View) -> View:
    """Let in a patient, password within five minutes, or an export token; the view gets the `Owner` first."""
    return only(PATIENT)(_handing_owner(view, Door.EXPORTER))


def for_depositor(view: View) -> View:
    """Let in a phone that shows its deposit token; the view gets the `Depositor` first, and nobody's owner."""

    @wraps(view)
    def with_depositor(*args: Any, **kwargs: Any) -> Any:
        return view(g.depositor, *args, **kwargs)

    _amended(with_depositor, door=Door.DEPOSITOR)
    return with_depositor


def _handing_owner(view: View, door: Door) -> View:
    @wraps(view)
    def with_owner(*args: Any, **kwargs: Any) -> Any:
        return view(g.owner, *args, **kwargs)

    _amended(with_owner, door=door)
    return with_owner


def expects(schema: Schema) -> Callable[[View], View]:
    """Check the JSON body against `schema`; the view gets what was loaded as its last positional argument."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            return view(*args, loaded_by(schema, wire.body()), **kwargs)

        _amended(checked, body=schema)
        return checked

    return decorate


def expects_bytes(most: int) -> Callable[[View], View]:
    """Take the body as it is, at most `most` bytes; the view gets it as its last positional argument."""

    def decorate(view: View) -> View:
        @wraps(view)
        def taken(*args: Any, **kwargs: Any) -> Any:
            return view(*args, wire.bytes_body(most), **kwargs)

        _amended(taken, takes_bytes=True)
        return taken

    return decorate


def expects_query(schema: Schema) -> Callable[[View], View]:
    """Check the query string against `schema`; the view gets what was loaded as its last positional argument."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            return view(*args, loaded_by(schema, request.args.to_dict(), root="?"), **kwargs)

        _amended(checked, query=schema)
        return checked

    return decorate


def answers(
    schema: Schema | None = None,
    status: int = 200,
    also: dict[int, str] | None = None,
    conditional: bool = False,
    media: str | tuple[str, ...] = wire.JSON,
) -> Callable[[View], View]:
    """Send what the view returns as JSON with `status`; `schema` describes it for readers, clients and tests.

    `also` names further statuses with the reason for each. `conditional` routes read If-Match. A view with another
    `media` type, or one of several, makes its own response.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(*args: Any, **kwargs: Any) -> Response:
            result = view(*args, **kwargs)
            if isinstance(result, Response):
                return result
            if not isinstance(result, Answer):
                result = Answer(result, status)
            return wire.respond(result.value, result.status, result.headers, result.cookies)

        _amended(answered, answer=schema, statuses={status: "", **(also or {})})
        _amended(answered, conditional=conditional, media=(media,) if isinstance(media, str) else media)
        return answered

    return decorate


def dumped(schema: Schema, value: Any) -> dict[str, Any]:
    """A value as JSON has it, in the shape of `schema`."""
    found: dict[str, Any] = schema.dump(value)
    return found


def loaded_by(schema: Schema, raw: Any, root: str = "#") -> Any:
    """What `schema` makes of this, or `Invalid` with a pointer to each thing to mend."""
    try:
        return schema.load(raw)
    except ValidationError as error:
        raise Invalid(faults=list(_faults(error.messages, root))) from None


def _faults(messages: Any, pointer: str) -> Any:
    """Flatten marshmallow's nested messages into JSON pointers."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            step = "" if key == "_schema" else "/" + str(key).replace("~", "~0").replace("/", "~1")
            yield from _faults(inner, pointer + step)
    elif isinstance(messages, list):
        for inner in messages:
            yield from _faults(inner, pointer)
    else:
        yield Fault(pointer, str(messages))

"""Fields of this room's shapes."""

import unicodedata
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from marshmallow import Schema, ValidationError, fields, post_dump, validate


class Shape(Schema):
    """What is answered: absent rather than null."""

    @post_dump
    def drop_absent(self, value: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Leave out what there is none of."""
        return {name: inner for name, inner in value.items() if inner is not None}


class Utc(fields.DateTime):
    """A moment in UTC, to the second, as RFC 3339 has it."""

    def _serialize(self, value: datetime | None, *_: Any, **__: Any) -> str | None:
        return None if value is None else value.isoformat(timespec="seconds").replace("+00:00", "Z")


class Line(fields.String):
    """A line of at most so many characters."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        super().__init__(validate=[validate.Length(1, most), _one_line], **kwargs)


class Secret(fields.String):
    """A password or a code as it was typed; never answered."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        kwargs.setdefault("required", True)
        super().__init__(load_only=True, validate=validate.Length(1, most), **kwargs)


class TimeZone(fields.String):
    """A time zone by its IANA name."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        name: str = super()._deserialize(value, attr, data, **kwargs)
        if name not in _zones():
            raise ValidationError("Use the name of a time zone, such as Europe/Dublin.")
        return name


# They turn around what stands after them, in sentences of ours too.
_TURNING = frozenset("\u202a\u202b\u202d\u202e")


def _one_line(text: str) -> None:
    kinds = [unicodedata.category(sign) for sign in text]
    if not _TURNING.isdisjoint(text) or any(kind in ("Cc", "Zl", "Zp") for kind in kinds):
        raise ValidationError("Leave out line breaks and other control characters.")
    if kinds and all(kind in ("Zs", "Cf") for kind in kinds):
        raise ValidationError("Write something that can be seen.")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())

"""Fields that check and keep a value just as it was written."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from marshmallow import ValidationError, fields, validate

FIRST_YEAR, LAST_YEAR = 1970, 2100


class When(fields.String):
    """A time with its offset from UTC, kept as typed: 2026-11-20T10:30:00-05:00."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.metadata = {"format": "date-time", **self.metadata}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or len(text) > 40 or "T" not in text:
            raise ValidationError("Write a time like 2026-11-20T10:30:00-05:00.")
        if found.utcoffset() is None:
            raise ValidationError("Add the offset from UTC, such as -05:00 or Z.")
        if not FIRST_YEAR < found.year < LAST_YEAR:
            raise ValidationError(f"The year must be between {FIRST_YEAR} and {LAST_YEAR}.")
        return text


class TimeZone(fields.String):
    """A zone's name in the IANA database: America/New_York."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if text not in _zones():
            raise ValidationError("Name a time zone such as America/New_York or Europe/London.")
        return text


class Picks(fields.Dict):
    """Terms picked from a list, each with its details, or none: {}. Its values are described, and checked elsewhere.

    Loading a schema for each pick took a third of the time of keeping a check-in.
    """

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValidationError("Send an object: each term with its details, or {}.")
        return value


class Text(fields.String):
    """Words of the patient's own, kept to the character; at most `most` of them, and something in it."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(min=1, max=most), **kwargs)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())

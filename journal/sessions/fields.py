"""Fields that check and keep a value just as it was written."""

import re
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from marshmallow import ValidationError, fields, validate

FIRST_YEAR, LAST_YEAR = 1970, 2100
# RFC 3339, with what every reader of it takes; Python's own reader takes week dates and more.
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
# Names that mean something else on every machine.
_NO_ZONES = {"localtime", "Factory"}


class When(fields.String):
    """A time with its offset from UTC, kept as typed: 2026-11-20T10:30:00-05:00."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.metadata = {"format": "date-time", **self.metadata}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        try:
            found = datetime.fromisoformat(text) if _WHEN.fullmatch(text) else None
        except ValueError:
            found = None
        if found is None:
            raise ValidationError("Write a time like 2026-11-20T10:30:00-05:00.")
        if found.utcoffset() is None:
            raise ValidationError("Add the offset from UTC, such as -05:00 or Z.")
        if not FIRST_YEAR < found.year < LAST_YEAR:
            raise ValidationError(f"The year must be between {FIRST_YEAR} and {LAST_YEAR}.")
        return text


class Minutes(fields.String):
    """Whole minutes as digits; or the one word `instead`."""

    def __init__(self, instead: str, **kwargs: Any) -> None:
        self.instead = instead
        super().__init__(**kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if text != self.instead and not (text.isascii() and text.isdigit() and len(text) < 6):
            raise ValidationError(f"Give whole minutes after the session, or {self.instead}.")
        return text


class TimeZone(fields.String):
    """A zone's name in the IANA database: America/New_York."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if text not in _zones():
            raise ValidationError("Name a time zone such as America/New_York or Europe/London.")
        return text


class Truth(fields.Boolean):
    """true or false, and nothing that could be taken for one of them."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Amount(fields.Float):
    """A number; text that reads like one is refused."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> float:
        if isinstance(value, str):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class ByName(fields.Dict):
    """Members by name. What is wrong with one is told at its name, where a JSON pointer finds it."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super()._deserialize(*args, **kwargs)  # type: ignore[no-untyped-call]
        except ValidationError as error:
            if not isinstance(error.messages, dict):
                raise
            raise ValidationError({name: wrong["value"] for name, wrong in error.messages.items()}) from None


class Described(fields.Dict):
    """An object whose members are described here for readers, and checked in `answers`.

    Loading a schema for each pick took a third of the time of keeping a check-in.
    """

    def __init__(self, values: fields.Field[Any], say: str) -> None:
        self._say = say
        super().__init__(keys=fields.String(), values=values)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValidationError(self._say)
        return value


class Text(fields.String):
    """Words of the patient's own, kept to the character; at most `most` of them, and something in it."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(min=1, max=most), **kwargs)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones() - _NO_ZONES)

"""Documents in sealed rows, written so that two releases side by side read what the other wrote.

A release that is being rolled out writes into the journals that the one before still serves. A field that is at its
default is therefore not written, and one that is not known is passed over. So a default, once written by a release, is
for ever; and a new field takes values other than its default only from the release after the one that knows it first,
where losing it would matter: whoever does not know it writes the document back without.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

Json = dict[str, Any]


def written(it: Any) -> Json:
    """The fields of a dataclass that are not at their default."""
    values = {field.name: (getattr(it, field.name), _default(field)) for field in fields(it)}
    return {name: value for name, (value, default) in values.items() if value != default}


def known(kind: type, found: Mapping[str, Any]) -> Json:
    """What a dataclass knows of a document."""
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in found.items() if name in names}


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()

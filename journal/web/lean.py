"""Schemas that look at what was sent, and at little else: of keeping a check-in, loading was a fifth."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, missing
from marshmallow.error_store import ErrorStore

Sent = Mapping[str, Any]


class Lean(Schema):
    """As `Schema`, with the same result and the same refusals.

    `Schema` asks every field there could be, and puts a field's validators together anew for every value.
    """

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Put a field's validators together once; most have one or none."""
        super().on_bind_field(field_name, field_obj)
        if len(field_obj.validators) < 2:
            check: Any = field_obj.validators[0] if field_obj.validators else _anything
            field_obj._validate = check  # type: ignore[method-assign]

    @cached_property
    def _fields(self) -> list[tuple[str, fields.Field[Any], bool, bool]]:
        """Each field with its name; whether it says something of what was not sent; whether it has no more steps."""
        return [
            (name, it, it.required or it.load_default is not missing, not (it.pre_load or it.post_load))
            for name, it in self.load_fields.items()
        ]

    def _deserialize(
        self, data: Sent | Sequence[Sent], *, error_store: ErrorStore, many: bool = False, **options: Any
    ) -> Any:
        if many or not isinstance(data, dict) or options.get("partial") or options.get("unknown") != RAISE:
            return super()._deserialize(data, error_store=error_store, many=many, **options)
        found: dict[str, Any] = {}
        for name, field, looked_at_anyhow, plain in self._fields:
            value = data.get(name, missing)
            if value is missing and not looked_at_anyhow:
                continue
            try:
                if plain and value is not missing and value is not None:
                    # All that `deserialize` would do.
                    value = field._deserialize(value, name, data)
                    field._validate(value)
                else:
                    value = field.deserialize(value, name, data)
            except ValidationError as error:
                error_store.store_error(error.messages, name)  # type: ignore[no-untyped-call]
                value = error.valid_data or missing
            if value is not missing:
                found[name] = value
        for name in data.keys() - self.load_fields.keys():
            error_store.store_error([self.error_messages["unknown"]], name)  # type: ignore[no-untyped-call]
        return found


def _anything(_value: object) -> None:
    """What a field without validators takes."""

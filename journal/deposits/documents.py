"""The documents inside deposits: opened with the owner's keys, then checked like anything else that is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Row

from journal.accounts.service import Owner
from journal.crypto import DepositPlace, Refused, open_deposit
from journal.deposits.devices import About
from journal.deposits.placing import Told, Written
from journal.errors import Malformed
from journal.sessions.rows import Draft
from journal.web import wire

Json = dict[str, Any]


@dataclass(frozen=True)
class Checked:
    """A document that can be kept, as far as its shape tells."""

    check_in_id: UUID
    draft: Draft
    based_on: int | None
    told: Told | None
    additions: tuple[tuple[UUID, Draft], ...]
    replaces: tuple[UUID, ...]

    @property
    def written(self) -> Written:
        """What decides where it belongs."""
        ratings, session = self.draft.ratings, self.draft.links.get("session_id")
        at = datetime.fromisoformat(ratings["happened_at"])
        return Written(ratings["moment"], at, str(session) if session else None, self.told)


# Raises `Invalid`; given by the routes, because only they know schemas.
Check = Callable[[Json], Checked]


def opened(owner: Owner, row: Row[Any], about: About | None) -> Json:
    """The document of a deposit's row; `Refused` when it is not what this phone sealed for this place."""
    if about is None:
        raise Refused
    try:
        place = DepositPlace(owner.account_id, row.device_id, row.id)
        document = wire.parsed(open_deposit(owner.bundle, about.key, place, row.blob))
        orjson.dumps(document)  # What nests deeper than can be written could be neither shown nor removed.
    except (ValueError, TypeError, Malformed):  # Ids of another length, or no JSON.
        raise Refused from None
    if not isinstance(document.get("check_in"), dict):
        raise Refused
    return document

"""Where a page of rows ended: it names the last row seen, so that rows added meanwhile shift nothing."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime

from journal.errors import Fault, Invalid


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: the hour the last row was stored, and its id. Nothing of what is in it."""

    stored_at: datetime
    row_id: bytes

    def __str__(self) -> str:
        raw = int(self.stored_at.timestamp()).to_bytes(6, "big") + self.row_id
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def parse(text: str | None) -> Cursor | None:
    """The cursor a client sent back; raises `Invalid` for anything else."""
    if text is None:
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        if len(raw) < 7:
            raise ValueError
        return Cursor(datetime.fromtimestamp(int.from_bytes(raw[:6], "big"), UTC), raw[6:])
    except (ValueError, OverflowError, OSError, binascii.Error):
        raise Invalid(faults=[Fault("?/cursor", "Start again from the first page.")]) from None

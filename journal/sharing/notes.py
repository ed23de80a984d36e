"""The words between the two of a share, sealed under its keys: what to ask about, replies, that it was reviewed."""

from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, insert, select

from journal import clock
from journal.crypto import Refused, ShareKeys
from journal.sessions import rows
from journal.sharing.models import NOTES

ASK, REPLY, REVIEWED = "ask", "reply", "reviewed"

Json = dict[str, Any]
_OF_SHARE = select(NOTES).where(NOTES.c.share_id == bindparam("share_id"))


class Place(NamedTuple):
    """Where a note belongs: it opens there, and nowhere else."""

    kind: str
    note_id: bytes
    revision: int = 1


def of_share(c: Connection, keys: ShareKeys) -> dict[str, list[Json]]:
    """The notes of a share that open, oldest first, by kind."""
    found: dict[str, list[Json]] = {ASK: [], REPLY: [], REVIEWED: []}
    for note in c.execute(_OF_SHARE, {"share_id": keys.share_id}).all():
        try:
            plain = orjson.loads(keys.open_note(note.kind, note.id, note.revision, note.body))
        except (Refused, KeyError, TypeError):
            continue  # Changed behind the application's back: nothing either of the two wrote.
        found[note.kind].append({"id": rows.named(note.id), **plain})
    for kind in (REPLY, REVIEWED):
        found[kind].sort(key=lambda note: note["at"])
    return found


def put(c: Connection, keys: ShareKeys, place: Place, plain: Json) -> None:
    """Seal a note and store it, in this transaction."""
    body = keys.seal_note(place.kind, place.note_id, place.revision, orjson.dumps(plain))
    where = {"share_id": keys.share_id, "id": place.note_id, "kind": place.kind, "revision": place.revision}
    c.execute(insert(NOTES).values(where | {"body": body, "stored_at": clock.this_hour()}))

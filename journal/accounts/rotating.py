"""Which change of the secret is under way, noted in the keyring: every host that shares it sees that there is one.

The note is the public id of a pepper that only the hosts of that change have in their files.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import delete, select, update

from journal import database
from journal.accounts.models import HOST_KEYS
from journal.database import KEYRING, insert_into

ROTATION = "rotation"
_NOTE = HOST_KEYS.c.name == ROTATION


class Elsewhere(Exception):
    """Another change is under way, known by this id."""

    def __init__(self, pepper_id: bytes) -> None:
        super().__init__(pepper_id.hex())
        self.pepper_id = pepper_id


def under_way() -> bytes | None:
    """The id that is noted; None when nothing is under way."""
    with database.reading(KEYRING) as k:
        return k.execute(select(HOST_KEYS.c.key).where(_NOTE)).scalar()


@contextmanager
def noted(ours: bytes, known: Collection[bytes], over: Collection[bytes] = ()) -> Iterator[None]:
    """Note a change for good when the block ends, and keep others from theirs meanwhile; else `Elsewhere`.

    A note by an id that is `known` is of the same change, and stays; one by an id in `over` is of a change that ended.
    """
    with database.writing(KEYRING) as k:
        k.execute(insert_into(k, HOST_KEYS).values(name=ROTATION, key=ours).on_conflict_do_nothing())
        there = k.execute(select(HOST_KEYS.c.key).where(_NOTE).with_for_update()).scalar_one()
        if there in over:
            k.execute(update(HOST_KEYS).where(_NOTE).values(key=ours))
        elif there != ours and there not in known:
            raise Elsewhere(there)
        yield


@contextmanager
def ended(known: Collection[bytes]) -> Iterator[None]:
    """Take the note away when the block ends, if it is by one of these ids."""
    with database.writing(KEYRING) as k:
        k.execute(delete(HOST_KEYS).where(_NOTE, HOST_KEYS.c.key.in_(known)))
        yield

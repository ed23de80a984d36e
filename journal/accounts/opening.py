"""How much of a database opens with a keyring and this host's secret: all but what only its people can open."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from journal.accounts import erasures, host
from journal.accounts.keyring_store import lock_keys
from journal.accounts.models import WAYS_IN
from journal.crypto import Lock, Refused, check_header

AT_ONCE = 500
INNER = {"password": "password_way_in", "recovery": "recovery_way_in"}


@dataclass(frozen=True)
class Opened:
    """How many wraps opened, how many did not although their key is there, and how many have no key."""

    opened: int = 0
    refused: int = 0
    without_key: int = 0

    def __add__(self, other: "Opened") -> "Opened":
        return Opened(self.opened + other.opened, self.refused + other.refused, self.without_key + other.without_key)


def open_ways_in(c: Connection, k: Connection) -> Opened:
    """Open the lock of every way in; those of accounts that were erased since are left out."""
    total, erased = Opened(), erasures.both(c, k)
    query = select(WAYS_IN.c.account_id, WAYS_IN.c.kind, WAYS_IN.c.wrap)
    for ways in c.execute(query, execution_options={"yield_per": AT_ONCE}).partitions():
        keys = lock_keys(k, {way.account_id for way in ways})
        for way in ways:
            key = keys.get(way.account_id)
            if key is None and erasures.of_account(way.account_id) in erased:
                continue
            total += open_lock(key, way.account_id, way.wrap, (way.kind, way.account_id), INNER.get(way.kind, ""))
    return total


def open_lock(key: bytes | None, account_id: bytes, wrap: bytes, where: tuple[str, bytes], inner: str) -> Opened:
    """Open one lock at its place (kind and id); what is in it must be of the kind `inner`."""
    if key is None:
        return Opened(without_key=1)
    try:
        check_header(inner, Lock(host.here().peppers, key, account_id).open(wrap, *where))
    except (Refused, KeyError, ValueError):
        return Opened(refused=1)
    return Opened(opened=1)

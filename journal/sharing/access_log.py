"""The access log of a patient: each entry sealed, numbered, and holding the hash of the one before.

An entry of a share is sealed under that share's keys, which its patient and its reviewer have and nobody else; one of
the patient's own by the patient's keyring. So nobody who can only write to the database can add or change one, and a
missing one shows. Entries cut off at the end show by the head, unless that was put back too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Connection, Insert, bindparam, insert, select

from journal import clock
from journal.accounts.service import Owner
from journal.crypto import Place, Refused, SealedSection, ShareKeys
from journal.database import insert_for, reading, writing
from journal.sharing.models import ENTRIES, HEADS

PAGE = 50
# So many entries of a share are looked through at a time for the last reading.
LOOKED_THROUGH = 500

# Made once: every reading asks them.
_BODY = select(ENTRIES.c.body).where(
    ENTRIES.c.account_id == bindparam("account_id"), ENTRIES.c.number == bindparam("number")
)
_ADDED = insert(ENTRIES)

Entry = dict[str, Any]
# From an entry's number and its plaintext to its two columns; the key is absent where a share seals.
Sealer = Callable[[bytes, bytes], tuple[bytes | None, bytes]]


@dataclass(frozen=True)
class LogPage:
    """Some entries, newest first; `whole` unless one is missing or was changed."""

    entries: list[Entry]
    following: int | None
    whole: bool


def by_share(keys: ShareKeys) -> Sealer:
    """Seals entries of a share."""
    return lambda name, plain: (None, keys.seal_note("log", name, 1, plain))


def by_owner(owner: Owner) -> Sealer:
    """Seals entries of the patient's own."""

    def seal(name: bytes, plain: bytes) -> tuple[bytes, bytes]:
        section = owner.keyring.seal(_place(owner, name), plain)
        return section.key, section.body

    return seal


def append(c: Connection, account_id: bytes, share_id: bytes | None, seal: Sealer, entry: Entry) -> None:
    """Add an entry in this transaction: what it tells of happens when it is durable, or not at all."""
    number = _next_number(c, account_id)
    before = c.execute(_BODY, {"account_id": account_id, "number": number - 1}).scalar()
    at = clock.now().isoformat(timespec="seconds")
    plain = orjson.dumps({"at": at, "before": _hash(before), **entry})
    key, body = seal(_name(number), plain)
    c.execute(
        _ADDED,
        {
            "account_id": account_id, "number": number, "share_id": share_id, "key": key, "body": body,
            "stored_at": clock.this_hour(),
        },
    )  # fmt: skip


def log_own(owner: Owner, entry: Entry) -> None:
    """Add an entry of the patient's own, by itself."""
    with writing() as c:
        append(c, owner.account_id, None, by_owner(owner), {"by": "patient", **entry})


def page(owner: Owner, keys: Mapping[bytes, ShareKeys], before: int | None) -> LogPage:
    """A page of the log. `keys` are those of every share the patient ever made."""
    count = select(HEADS.c.number).where(HEADS.c.account_id == owner.account_id)
    # Told with the entries, in one statement: one added between two would look like one that is missing.
    query = select(ENTRIES, count.scalar_subquery().label("head")).where(ENTRIES.c.account_id == owner.account_id)
    if before is not None:
        query = query.where(ENTRIES.c.number < before)
    with reading() as c:
        head = c.execute(count).scalar() or 0
        rows = c.execute(query.order_by(ENTRIES.c.number.desc()).limit(PAGE + 1)).all()
    if rows:
        head = rows[0].head or 0
    entries = [_opened(owner, keys, row) for row in rows]
    newest = head if before is None else min(head, before - 1)
    whole = _all_there([row.number for row in rows], newest, ended=len(rows) <= PAGE) and _chained(rows, entries)
    shown = [{name: value for name, value in entry.items() if name != "before"} for entry in entries[:PAGE]]
    return LogPage(shown, rows[PAGE - 1].number if len(rows) > PAGE else None, whole)


def last_reads(owner: Owner, keys: Mapping[bytes, ShareKeys]) -> dict[bytes, str]:
    """When the reviewer of each share last opened something, by share."""
    found = ((share_id, _last_read(owner, keys, share_id)) for share_id in keys)
    return {share_id: at for share_id, at in found if at is not None}


def _last_read(owner: Owner, keys: Mapping[bytes, ShareKeys], share_id: bytes) -> str | None:
    """As far back as there are entries: no number of others, which a reviewer can make, hides a reading."""
    query = select(ENTRIES).where(ENTRIES.c.account_id == owner.account_id, ENTRIES.c.share_id == share_id)
    query = query.order_by(ENTRIES.c.number.desc()).limit(LOOKED_THROUGH)
    page = query
    while True:
        with reading() as c:
            rows = c.execute(page).all()
        for row in rows:
            entry = _opened(owner, keys, row)
            if entry["what"].startswith("opened_"):
                return str(entry["at"])
        if len(rows) < LOOKED_THROUGH:
            return None
        page = query.where(ENTRIES.c.number < rows[-1].number)


def _next_number(c: Connection, account_id: bytes) -> int:
    return int(c.execute(_counting(c.dialect.name), {"account_id": account_id}).scalar_one())


@cache
def _counting(engine: str) -> Insert:
    first = insert_for(engine, HEADS).values(account_id=bindparam("account_id"), number=1)
    counted = first.on_conflict_do_update(index_elements=[HEADS.c.account_id], set_={"number": HEADS.c.number + 1})
    return counted.returning(HEADS.c.number)


def _all_there(numbers: Sequence[int], newest: int, *, ended: bool) -> bool:
    """Whether no number is missing, from the newest to the last of the page; to the first, on the last page."""
    expected = list(range(newest, newest - len(numbers), -1))
    return list(numbers) == expected and (not ended or newest == len(numbers))


def _chained(rows: Sequence[Any], entries: Sequence[Entry]) -> bool:
    """Whether every entry opens and holds the hash of the one before it."""
    if any(entry["what"] == "does_not_open" for entry in entries):
        return False
    return all(entry["before"] == _hash(row.body) for entry, row in zip(entries, rows[1:], strict=False))


def _opened(owner: Owner, keys: Mapping[bytes, ShareKeys], row: Any) -> Entry:
    known: Entry = {"number": row.number}
    try:
        if row.share_id is None:
            sealed = SealedSection(row.key, row.body)
            plain = owner.keyring.open(_place(owner, _name(row.number)), sealed)
        else:
            known["share_id"] = row.share_id
            plain = keys[row.share_id].open_note("log", _name(row.number), 1, row.body)
        found: Entry = orjson.loads(plain)
        return known | found
    except (Refused, KeyError, TypeError):
        return known | {"what": "does_not_open", "before": ""}


def _name(number: int) -> bytes:
    return number.to_bytes(16)


def _hash(body: bytes | None) -> str:
    return "" if body is None else sha256(body).hexdigest()


def _place(owner: Owner, name: bytes) -> Place:
    return Place("log", row_id=name, owner=owner.account_id, section="ratings", revision=1)

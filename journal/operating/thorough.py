"""Checks that take longer than a start may: every key, every lock, every row."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import Connection

from config import Settings
from journal import clock, database
from journal.accounts import service as accounts
from journal.crypto import Pepper
from journal.operating import last_backup, postgres, rows, sqlite
from journal.operating.finding import NOTE, OK, WARN, Finding
from journal.operating.replaying import replayed, told
from journal.operating.stores import BINDS
from journal.sharing import service as sharing

# Clocks of phones and servers are never quite equal; rows are kept to the hour.
AHEAD = timedelta(minutes=5)
APART = timedelta(seconds=30)
SWEPT_WITHIN = timedelta(days=2)


def look(settings: Settings) -> list[Finding]:
    """What takes longer than a start may."""
    return [
        *_whole_files(),
        _keys(),
        secrets(settings, accounts.opened_by_pepper() + sharing.opened_by_pepper()),
        _shapes(),
        _swept(),
        *_times(),
        last_backup.look(settings),
    ]


def _whole_files() -> list[Finding]:
    found = []
    for store, bind in BINDS.items():
        with database.reading(bind) as c:
            if c.dialect.name == "sqlite":
                found.append(sqlite.whole(store, c))
    return found


def erased_again() -> Finding:
    """The one that changes something: what a restore brought back goes again."""
    again = replayed()
    return Finding("erased-again", OK if again == accounts.Replayed() else NOTE, told(again))


def _keys() -> Finding:
    lost = accounts.accounts_without_lock_key()
    said = f"{accounts.count_accounts()} accounts, {lost} of them without a key in this keyring."
    if lost:
        return Finding(
            "keys", WARN, said, "After a restore: this keyring is not this database's, put back the one that belongs "
            "to it. Else these are deletions that an older release left half done: nothing of them opens.",
        )  # fmt: skip
    return Finding("keys", OK, said)


def secrets(settings: Settings, found: Counter[bytes]) -> Finding:
    """How far a change of the pepper has come; `found` counts the locks that open under each, by its id."""
    current, previous, coming = (
        found[Pepper.from_bytes(pepper).id] if pepper else 0
        for pepper in (settings.pepper, settings.previous_pepper, settings.next_pepper)
    )
    said = f"{current} locks under the current secret"
    if shut := found[b""]:
        return Finding(
            "locks", WARN, f"{said}, {shut} that no secret of this host opens.",
            "Let the secret they were locked with in again: flask --app wsgi rotate-pepper readmit retired-ID.json",
        )  # fmt: skip
    if settings.next_pepper:
        return Finding(
            "locks", WARN, f"{said}, {coming} under the one to come.",
            "A change of the secret has begun. Go on: flask --app wsgi rotate-pepper",
        )  # fmt: skip
    if previous:
        return Finding(
            "locks", WARN, f"{said}, {previous} under the previous one.",
            "Once every process knows both, run: flask --app wsgi rotate-pepper",
        )  # fmt: skip
    if settings.previous_pepper:
        return Finding(
            "locks", WARN, f"{said}, none under the previous one.", "Take it out: flask --app wsgi rotate-pepper"
        )
    return Finding("locks", OK, f"{said}.")


def _shapes() -> Finding:
    if found := rows.misshapen():
        said = ", ".join(f"{several} in {table}" for table, several in found.items())
        return Finding(
            "rows", WARN, f"Some rows are not what was stored: {said}.",
            "They will be shown as not opening. Look at the disk; restore a backup beside this and compare.",
        )  # fmt: skip
    return Finding("rows", OK, "Every sealed row begins as what it should be.")


def _swept() -> Finding:
    if ended := accounts.ended_before(clock.now() - SWEPT_WITHIN):
        return Finding(
            "swept", WARN, f"{ended} sign-ins, tokens and invitations that ended days ago are still there.",
            "Run flask --app wsgi sweep by a timer, once a day.",
        )  # fmt: skip
    return Finding("swept", OK, "What has ended was swept.")


def _times() -> list[Finding]:
    newest, now = rows.newest(), clock.now()
    if newest and newest > now + AHEAD:
        found = [Finding(
            "clock.rows", WARN, "The newest row is from later than now: this host's clock is behind, or was ahead.",
            "Set the clock, and let NTP keep it.",
        )]  # fmt: skip
    else:
        found = [Finding("clock.rows", OK, "No row is from later than now.")]
    with database.reading() as c:
        if c.dialect.name == "postgresql":
            found.append(_same_time(c))
    return found


def _same_time(c: Connection) -> Finding:
    apart = abs(clock.now() - postgres.ask(c).server.now)
    if apart > APART:
        return Finding(
            "clock.database", WARN, f"The clocks of this host and of the database's are {apart.seconds} s apart.",
            "Let NTP keep both.",
        )  # fmt: skip
    return Finding("clock.database", OK, "This host and the database's agree on the time.")

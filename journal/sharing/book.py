"""The patient's journal in hand: what a share covers, what of it is lent already, and what waits for a word."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from journal import clock
from journal.accounts.service import Owner, read_settings
from journal.sessions import rows
from journal.sessions.kinds import CHECK_IN
from journal.sessions.rereading import Standing
from journal.sessions.rows import Document, Opened
from journal.sessions.service import Journal, every_session
from journal.sharing.grants import FROM_NOW_ON, Copy
from journal.sharing.refusals import Held

# Of each lent row: its kind, its id, and the revision whose keys were lent.
Revisions = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Scope:
    """Which check-ins a share is about."""

    covers: str
    session_ids: Collection[str]
    since: datetime

    @classmethod
    def of(cls, copy: Copy) -> "Scope":
        """The scope of a share there is."""
        return cls(copy.grant.covers, frozenset(copy.session_ids), datetime.fromisoformat(copy.grant.made_at))

    def takes_in(self, check_in: Opened) -> bool:
        """Whether a check-in is among them."""
        if self.covers == FROM_NOW_ON:
            return happened_at(check_in) >= self.since
        return check_in.links.get("session_id") in self.session_ids


@dataclass(frozen=True)
class Book:
    """Every session and check-in that opens, by id, and how they stand with the hold."""

    sessions: Mapping[str, Opened]
    check_ins: Mapping[str, Opened]
    standing: Standing
    now: datetime

    @classmethod
    def of(cls, owner: Owner) -> "Book":
        """The journal of who is signed in."""
        check_ins = [it for it in rows.every(CHECK_IN, owner) if isinstance(it, Opened)]
        journal = Journal(every_session(owner), check_ins)
        standing = Standing(journal, read_settings(owner))
        by_time = sorted(journal.check_ins, key=happened_at)
        return cls({it.id: it for it in journal.sessions}, {it.id: it for it in by_time}, standing, clock.now())

    def refuse_in_hold(self) -> None:
        """Raise `Held` in the hours after a dose."""
        if until := self.held_until():
            raise Held(until)

    def held_until(self) -> str | None:
        """The end of the hold that now lies in, on the clock of the latest session."""
        until = self.standing.held_until(self.now)
        if until is None:
            return None
        latest = max(self.sessions.values(), key=happened_at, default=None)
        zone = ZoneInfo(latest.ratings["time_zone"]) if latest else UTC  # Its session may be deleted.
        return until.astimezone(zone).isoformat(timespec="seconds")

    def covered(self, scope: Scope) -> Iterator[Opened]:
        """The check-ins of a scope, oldest first. One whose session does not open stays where it is."""
        for check_in in self.check_ins.values():
            if scope.takes_in(check_in) and self.standing.of_check_in(check_in) is not None:
                yield check_in

    def closed_until(self, check_in: Opened) -> datetime | None:
        """Until when the hold keeps a check-in, or what was written of its session, from being lent; None when not."""
        held = self.standing.of_check_in(check_in)
        ends = [held.until if held is not None and held.waits else None]
        if session := self.session_of(check_in):
            ends.append(self.standing.of_session(session).until)
        latest = max(filter(None, ends), default=None)
        return latest if latest is not None and latest > self.now else None

    def to_reread(self, check_in: Opened) -> bool:
        """Whether it was written in a hold and not re-read since."""
        held = self.standing.of_check_in(check_in)
        return held is not None and held.waits

    def session_of(self, check_in: Opened) -> Opened | None:
        """The session a check-in belongs to."""
        return self.sessions.get(check_in.links.get("session_id", ""))

    def waiting(self, scope: Scope, kept_back: Collection[str], lent: Revisions) -> list[Document]:
        """What a share covers and has not lent as it stands now, oldest first."""
        return [
            self._waiting(check_in, lent)
            for check_in in self.covered(scope)
            if check_in.id not in kept_back and not self.is_lent(check_in, lent)
        ]

    def is_lent(self, check_in: Opened, lent: Revisions) -> bool:
        """Whether a check-in is lent as it stands now, and its session as well."""
        session = self.session_of(check_in)
        return lent.get(("check_in", check_in.id)) == check_in.revision and (
            session is None or lent.get(("session", session.id)) == session.revision
        )

    def _waiting(self, check_in: Opened, lent: Revisions) -> Document:
        until = self.closed_until(check_in)
        found = line(check_in) | {
            "revision": check_in.revision,
            "state": "held" if until else "ready",
            "changed": ("check_in", check_in.id) in lent,
            "to_reread": self.to_reread(check_in),
        }
        if until:
            zone = ZoneInfo(check_in.ratings["time_zone"])
            found["held_until"] = until.astimezone(zone).isoformat(timespec="seconds")
        return found


def line(check_in: Opened) -> Document:
    """A check-in in a line."""
    ratings = check_in.ratings
    return {
        "check_in_id": check_in.id,
        **check_in.links,
        "moment": ratings["moment"],
        "happened_at": ratings["happened_at"],
    }


def happened_at(row: Opened) -> datetime:
    """When it happened."""
    return datetime.fromisoformat(row.ratings["happened_at"])

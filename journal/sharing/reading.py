"""What a reviewer reads: a share opened, its rows opened, and the entry in the patient's log, in one transaction.

Nothing leaves before the entry is durable. The share's row is held until then, so a reading begun after a share was
taken back finds nothing, and one begun before it is in the log.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, Row, Select, and_, bindparam, insert, select, update

from journal import clock, documents
from journal.accounts.service import Owner
from journal.content import own_terms
from journal.crypto import Place, PublicIdentity, Refused, SealedSection
from journal.database import writing
from journal.errors import DoesNotOpen, NotFound
from journal.sessions import rows
from journal.sessions.kinds import ADDITION, CHECK_IN, SESSION
from journal.sessions.rows import Kind
from journal.sharing import access_log, grants, identities
from journal.sharing.as_lent import as_lent
from journal.sharing.models import LENT, REVIEWS, SHARES

Json = dict[str, Any]
# Which of the lent check-ins are wanted: of this session (its id), of none (b""), or all (None).
Wanted = bytes | None
# Of check-ins by id: the digest of what is shown, and the revision it stands at.
Shown = dict[str, tuple[str, int]]


@dataclass(frozen=True)
class Review:
    """What a reviewer keeps of a share, sealed to themselves.

    `patient`: the fingerprint of the patient's keys as first met. `grant`: the highest revision of the grant seen.
    `shown`: of every check-in what was last shown of it; `seen`: the same, when it was last reviewed. Each is the
    digest of what was shown, and the revision it stood at.
    """

    patient: str
    grant: int
    reviewed_at: str = ""
    shown: Shown = field(default_factory=dict)
    seen: Shown = field(default_factory=dict)

    def unseen(self, shown: Shown) -> dict[str, bool]:
        """Of what is shown now: what the last review does not know so, and whether it was shown then."""
        return {name: name in self.seen for name, (now, _) in shown.items() if self.seen.get(name, ("",))[0] != now}


@dataclass(frozen=True)
class Reading:
    """A share in its reviewer's hands, within one transaction."""

    held: grants.Held
    own: PublicIdentity
    row: Any
    review: Review
    connection: Connection = field(repr=False)

    def log(self, entry: Json) -> None:
        """Tell the patient."""
        seal = access_log.by_share(self.held.keys)
        access_log.append(self.connection, self.row.account_id, self.row.id, seal, {"by": "reviewer", **entry})


@dataclass
class LentRows:
    """Opened rows as they were lent, and how many did not open."""

    sessions: list[Json] = field(default_factory=list)
    check_ins: list[Json] = field(default_factory=list)
    own_terms: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    unopened: int = 0

    def shown(self) -> Shown:
        """What of each check-in is shown now."""
        return {row["id"]: (digest(row), self.revisions[row["id"]]) for row in self.check_ins}

    def as_json(self) -> Json:
        """The rows as the API shows them."""
        return {
            "sessions": self.sessions,
            "check_ins": self.check_ins,
            "own_terms": self.own_terms,
            "unopened": self.unopened,
        }


# Made once: every reading asks them.
_LIVE = (
    select(SHARES)
    .where(SHARES.c.id == bindparam("share_id"), SHARES.c.reviewer_id == bindparam("reviewer_id"))
    .where(SHARES.c.letter.is_not(None), SHARES.c.ended_at.is_(None))
    .with_for_update()
)
_REVIEW = select(REVIEWS).where(
    REVIEWS.c.account_id == bindparam("account_id"), REVIEWS.c.share_id == bindparam("share_id")
)


@contextmanager
def reading(reviewer: Owner, share_id: UUID) -> Iterator[Reading]:
    """Open a share for its reviewer. Another's, one that has ended and one that never was are all `NotFound`."""
    own = identities.own(reviewer)
    with writing() as c:
        row = c.execute(_LIVE, {"share_id": share_id.bytes, "reviewer_id": reviewer.account_id}).one_or_none()
        if row is None:
            raise NotFound
        try:
            held = grants.in_hand(reviewer, own, row)
            review = review_of(c, reviewer, share_id.bytes) or first_look(c, reviewer, row, held)
            review = checked(held, review)
        except (Refused, TypeError):  # SQLite keeps a value of any type in any column.
            raise DoesNotOpen from None
        if held.grant.is_over(clock.now()):
            raise NotFound
        yield Reading(held, own, row, review, c)


def checked(held: grants.Held, review: Review) -> Review:
    """What is known of a share; Refused when it is of other keys, or an older grant."""
    if review.patient != held.patient.fingerprint.hex() or held.grant.revision < review.grant:
        raise Refused
    return replace(review, grant=held.grant.revision)


def first_look(c: Connection, reviewer: Owner, row: Any, held: grants.Held) -> Review:
    """What is known of a share not looked at yet: the patient's keys, as an earlier share of theirs had them."""
    this = and_(REVIEWS.c.account_id == reviewer.account_id, SHARES.c.account_id == row.account_id)
    query = select(REVIEWS).join(SHARES, SHARES.c.id == REVIEWS.c.share_id).where(this)
    met = c.execute(query.order_by(SHARES.c.created_at).limit(1)).one_or_none()
    patient = held.patient.fingerprint.hex() if met is None else opened_review(reviewer, met).patient
    return Review(patient, held.grant.revision)


def review_of(c: Connection, reviewer: Owner, share_id: bytes) -> Review | None:
    """What the reviewer keeps of a share; None before the first look. Refused when it is not as it was sealed."""
    row = c.execute(_REVIEW, {"account_id": reviewer.account_id, "share_id": share_id}).one_or_none()
    return None if row is None else opened_review(reviewer, row)


def opened_review(reviewer: Owner, row: Any) -> Review:
    """What the reviewer keeps of a share, from its row."""
    sealed = SealedSection(row.about_key, row.about)
    found = orjson.loads(reviewer.keyring.open(_place(reviewer, row.share_id, row.revision), sealed))
    pairs = {name: {key: (it[0], it[1]) for key, it in found[name].items()} for name in ("shown", "seen")}
    return Review(**documents.known(Review, found) | pairs)


def keep_review(c: Connection, reviewer: Owner, share_id: bytes, review: Review) -> None:
    """Keep what the reviewer knows of a share, in this transaction, which holds the share's row."""
    this = and_(REVIEWS.c.account_id == reviewer.account_id, REVIEWS.c.share_id == share_id)
    revision = c.execute(select(REVIEWS.c.revision).where(this)).scalar()
    after = (revision or 0) + 1
    section = reviewer.keyring.seal(_place(reviewer, share_id, after), orjson.dumps(review))
    values = {"revision": after, "about_key": section.key, "about": section.body}
    if revision is None:
        c.execute(insert(REVIEWS).values(account_id=reviewer.account_id, share_id=share_id, **values))
    else:
        c.execute(update(REVIEWS).where(this).values(values))


def digest(row: Json) -> str:
    """What a check-in showed, in 64 letters; it differs as soon as anything shown does."""
    return sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()


def lent_rows(reading: Reading, wanted: Wanted = None) -> LentRows:
    """The rows that are lent and open, as they are lent, of one session or all."""
    found = LentRows()
    for row in _fetched(reading, CHECK_IN):
        if wanted is None or (row.session_id or b"") == wanted:
            _open(reading, CHECK_IN, row, found)
    for row in _fetched(reading, SESSION):
        if wanted is None or row.id == wanted:
            _open(reading, SESSION, row, found)
    # What does not open may speak of one too.
    if reading.held.grant.story and (found.unopened or own_terms(row["ratings"] for row in found.check_ins)):
        for row in _fetched(reading, ADDITION):
            _open(reading, ADDITION, row, found)
    _leave_no_trace(found)
    return found


def _fetched(reading: Reading, kind: Kind) -> Sequence[Row[Any]]:
    """The sealed rows of a kind whose present revision is lent, each with its words where those are lent."""
    this = {"share_id": reading.row.id, "account_id": reading.row.account_id}
    return reading.connection.execute(_lent(kind, reading.held.grant.story), this).all()


@cache
def _lent(kind: Kind, story: bool) -> Select[Any]:
    columns = kind.model.__table__.c
    table, ratings, words = kind.model.__table__, LENT.alias("lent_ratings"), LENT.alias("lent_story")

    def same(lent: Any, section: str) -> Any:
        row = and_(lent.c.row_id == columns.id, lent.c.revision == columns.revision)
        return and_(row, lent.c.share_id == bindparam("share_id"), lent.c.kind == kind.name, lent.c.section == section)

    links = [columns[name] for name in kind.links]
    wanted = [columns.id, columns.revision, columns.ratings, ratings.c.key.label("ratings_key"), *links]
    lent = table.join(ratings, same(ratings, "ratings"))
    if story:
        wanted += [columns.story, words.c.key.label("story_key")]
        lent = lent.outerjoin(words, same(words, "story"))
    return select(*wanted).select_from(lent).where(columns.account_id == bindparam("account_id"))


def _open(reading: Reading, kind: Kind, row: Any, found: LentRows) -> None:
    try:
        ratings = _section(reading, kind, row, "ratings")
        words = None if getattr(row, "story_key", None) is None else _section(reading, kind, row, "story")
    except (Refused, TypeError, KeyError):
        found.unopened += 1
        return
    if any(_named(getattr(row, name)) != ratings.get(name) for name in kind.links):
        found.unopened += 1  # It was hung on another row than the patient hung it on.
        return
    if reading.held.grant.story and ratings["with_story"] != (words is not None):
        found.unopened += 1  # Words that belong to it are missing, or others were put there.
        return
    name = rows.named(row.id)
    if kind is ADDITION:
        found.own_terms[f"own.{name}"] = (words or {}).get("label", "")
        found.lists[f"own.{name}"] = ratings["list"]
        return
    found.revisions[name] = row.revision
    shown = as_lent(name, ratings, words, ratings.get("session_id"))
    (found.sessions if kind is SESSION else found.check_ins).append(shown)


def _named(row_id: bytes | None) -> str | None:
    return None if row_id is None else rows.named(row_id)


def _section(reading: Reading, kind: Kind, row: Any, section: str) -> Json:
    place = Place(kind.name, row.id, reading.row.account_id, section, row.revision)
    found: Json = orjson.loads(reading.held.keys.open(place, _sealed(row, section)))
    return found


def _sealed(row: Any, section: str) -> SealedSection:
    return SealedSection(getattr(row, f"{section}_key"), getattr(row, section))


def _leave_no_trace(found: LentRows) -> None:
    """A check-in whose session is not lent as it stands now waits for the patient; its absence tells nothing.

    Nor do a session of which no check-in is lent any more, and a name that none that is lent speaks of.
    """
    there = {row["id"] for row in found.sessions}
    found.check_ins = [row for row in found.check_ins if row.get("session_id") in (None, *there)]
    spoken_of = {row.get("session_id") for row in found.check_ins}
    found.sessions = [row for row in found.sessions if row["id"] in spoken_of]
    if found.own_terms:
        terms = own_terms(row["ratings"] for row in found.check_ins)
        found.own_terms = {term: label for term, label in found.own_terms.items() if term.removeprefix("own.") in terms}


def _place(reviewer: Owner, share_id: bytes, revision: int) -> Place:
    return Place("review", row_id=share_id, owner=reviewer.account_id, section="ratings", revision=revision)



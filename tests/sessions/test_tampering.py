"""Somebody who can write to the database changes Maya's rows: nothing opens that she did not seal there herself.

Refused, and shown as what it is; never an error of the server, never another's words, and all else stays readable.
"""

from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from tests.cast import check_in
from tests.sessions.bodies import (
    AT,
    FACTS,
    KINDS,
    LANDED,
    OTHERWISE,
    every_kind,
    new_address,
)
from tests.sessions.stored import SEALED, TABLES, flipped
from tests.stores import on_sqlite

SMALL = {
    "courses": {"ratings": {}, "story": {"name": "Autumn"}},
    "sessions": {"ratings": FACTS, "story": {"note": "Rain."}},
    "check-ins": check_in(None, "anytime", LANDED, {"texts": {"story.line": "Warm light."}}),
    "additions": {"ratings": {"list": "noticed"}, "story": {"label": "Humming"}},
}


def keep(person, kind, body=None, made=None):
    address = f"/{kind}/{made or uuid4()}"
    assert person.put(address, body or SMALL[kind]).status_code == 201
    return address


def is_shut(person, kind, address):
    """Refused by itself, shown in the list for what it is, and not in what is worked out from the whole journal."""
    read, revised = person.get(address), person.put(address, KINDS[kind], if_match='"1"')
    assert (read.status_code, revised.status_code) == (409, 409)
    assert read.json["type"] == revised.json["type"] == "/problems/does-not-open"

    listed = {row["id"]: row for row in person.get(f"/{kind}").json["items"]}
    assert listed[address[-36:]] == {"id": address[-36:], "opens": False}
    assert person.get("/today").status_code == person.get("/trends").status_code == 200
    if kind == "check-ins":
        assert person.get("/trends").json["unopened"] == 1
    return True


def its_id(address):
    return {"id": UUID(address[-36:]).bytes}


def opens(person, kind, address):
    return person.get(address).status_code == 200 and "opens" not in person.get(f"/{kind}").json["items"][0]


def counted(person):
    return [person.get(path).json["unopened"] for path in ("/today", "/trends")]


def test_what_does_not_open_is_counted_where_whole_journals_are_read(maya, database):
    session, told = keep(maya, "sessions"), keep(maya, "check-ins")
    keep(maya, "check-ins")
    database.change("dosing_sessions", its_id(session), ratings=b"")
    assert counted(maya) == [1, 1]
    database.change("check_ins", its_id(told), ratings_key=b"")
    assert counted(maya) == [2, 2]


@every_kind
class TestOneRow:
    @pytest.fixture
    def address(self, maya, kind):
        return keep(maya, kind)

    @pytest.mark.parametrize("column", SEALED)
    def test_a_column_cut_or_lengthened(self, maya, kind, address, database, column):
        value = database.row(kind, address)[column]
        for changed in (value[:-1], value[1:], value[: len(value) // 2], value[:6], b"", value + b"\0", value * 2):
            database.change(TABLES[kind], its_id(address), **{column: changed})
            assert maya.get(address).status_code == 409
        assert is_shut(maya, kind, address)
        database.change(TABLES[kind], its_id(address), **{column: value})
        assert opens(maya, kind, address)

    def test_a_column_emptied(self, maya, kind, address, database):
        for column in ("ratings", "ratings_key"):
            with pytest.raises(IntegrityError):
                database.change(TABLES[kind], its_id(address), **{column: None})
        for columns in (("story",), ("story_key",), ("story", "story_key")):
            before = database.row(kind, address)
            database.change(TABLES[kind], its_id(address), **dict.fromkeys(columns))
            assert is_shut(maya, kind, address)
            database.change(TABLES[kind], its_id(address), **{name: before[name] for name in columns})
        assert opens(maya, kind, address)

    @pytest.mark.parametrize("revision", [0, 2, -1, 2**31 - 1])
    def test_another_revision(self, maya, kind, address, database, revision):
        database.change(TABLES[kind], its_id(address), revision=revision)
        assert is_shut(maya, kind, address)
        database.change(TABLES[kind], its_id(address), revision=1)
        assert opens(maya, kind, address)

    def test_what_an_older_revision_said(self, maya, kind, address, database):
        old = database.row(kind, address)
        maya.put(address, OTHERWISE[kind], if_match='"1"')
        new = database.row(kind, address)
        for names in (("ratings", "ratings_key"), ("story", "story_key"), ("ratings",), ("story",), SEALED):
            database.change(TABLES[kind], its_id(address), **{name: old[name] for name in names})
            assert maya.get(address).status_code == 409
            database.change(TABLES[kind], its_id(address), **{name: new[name] for name in names})
        assert opens(maya, kind, address)

    def test_sections_in_each_others_place(self, maya, kind, address, database):
        row = database.row(kind, address)
        for one, other in (("ratings", "story"), ("ratings_key", "story_key")):
            database.change(TABLES[kind], its_id(address), **{one: row[other], other: row[one]})
            assert maya.get(address).status_code == 409
            whole = {"ratings": row["story"], "ratings_key": row["story_key"],
                     "story": row["ratings"], "story_key": row["ratings_key"]}  # fmt: skip
            database.change(TABLES[kind], its_id(address), **whole)
            assert is_shut(maya, kind, address)
            database.change(TABLES[kind], its_id(address), **{name: row[name] for name in SEALED})
        assert opens(maya, kind, address)

    def test_another_id(self, maya, kind, address, database):
        elsewhere = f"/{kind}/{uuid4()}"
        database.change(TABLES[kind], its_id(address), id=UUID(elsewhere[-36:]).bytes)

        assert is_shut(maya, kind, elsewhere)
        assert maya.get(address).status_code == 404

    def test_it_can_be_deleted(self, maya, kind, address, database):
        database.change(TABLES[kind], its_id(address), ratings=b"")

        assert maya.delete(address).status_code == 204
        assert maya.get(f"/{kind}").json == {"items": []}


@every_kind
class TestTwoRows:
    @pytest.mark.parametrize("names", [("ratings",), ("ratings_key",), ("story", "story_key"), SEALED, (*SEALED, "id")])
    def test_in_each_others_place(self, maya, kind, database, names):
        one, other = keep(maya, kind), keep(maya, kind, OTHERWISE[kind] | {"story": KINDS[kind]["story"]})
        rows = [database.row(kind, address) for address in (one, other)]
        mixed = [rows[0] | {name: rows[1][name] for name in names}, rows[1] | {name: rows[0][name] for name in names}]
        if "id" in names:  # the same rows under each other's name: nothing is changed
            mixed = [row | {"id": other_row["id"]} for row, other_row in zip(rows, reversed(rows), strict=True)]
        database.replace(TABLES[kind], *mixed)

        for address in (one, other):
            assert maya.get(address).status_code == 409
        assert [row["opens"] for row in maya.get(f"/{kind}").json["items"]] == [False, False]

    def test_given_to_noor(self, maya, noor, kind, database):
        """The whole row, as it is, under her account: a word of Maya's in her journal would be enough to harm."""
        address = keep(maya, kind)
        noors = UUID(noor.account["id"]).bytes
        row = database.row(kind, address)
        database.replace(TABLES[kind], row, row | {"account_id": noors})

        assert is_shut(noor, kind, address)
        assert opens(maya, kind, address)
        assert noor.delete(address).status_code == 204
        assert opens(maya, kind, address)

    def test_of_another_kind(self, maya, kind, database):
        """The same id, the same revision, the same owner, the same sections: the kind alone is another."""
        made = uuid4()
        address, columns = keep(maya, kind, made=made), SEALED
        for other in set(KINDS) - {kind}:
            theirs = database.row(other, keep(maya, other, made=made))
            mine = database.row(kind, address)
            database.change(TABLES[kind], {"id": made.bytes}, **{name: theirs[name] for name in columns})
            assert maya.get(address).status_code == 409
            database.change(TABLES[kind], {"id": made.bytes}, **{name: mine[name] for name in columns})
        assert opens(maya, kind, address)


class TestLinks:
    def test_a_check_in_hung_on_another_session_or_on_none(self, maya, database):
        mine, other = maya.has_session(AT), maya.has_session(AT)
        address = f"/check-ins/{maya.checks_in(mine, 'landing', LANDED)}"
        for link in (UUID(other).bytes, None, uuid4().bytes):
            database.change("check_ins", its_id(address), session_id=link)
            assert is_shut(maya, "check-ins", address)
        database.change("check_ins", its_id(address), session_id=UUID(mine).bytes)
        assert opens(maya, "check-ins", address)

    def test_one_of_no_session_hung_on_one(self, maya, database):
        session, address = maya.has_session(AT), keep(maya, "check-ins")
        database.change("check_ins", its_id(address), session_id=UUID(session).bytes)

        assert is_shut(maya, "check-ins", address)

    def test_a_story_given_to_what_was_told_without_one(self, maya, database):
        told, untold = keep(maya, "check-ins"), keep(maya, "check-ins", check_in(None, "anytime", LANDED))
        words = {name: database.row("check-ins", told)[name] for name in ("story", "story_key")}
        database.change("check_ins", its_id(untold), **words)

        assert is_shut(maya, "check-ins", untold)


@every_kind
def test_any_bit_of_a_sealed_column(maya, kind, database):
    """A hundred rows alike; in each another bit is turned over, until every bit of every column has been.

    The kinds differ in one byte of what is authenticated, so of the others one bit of every byte is enough.
    """
    rows = [database.row(kind, keep(maya, kind)) for _ in range(100)]
    step = 1 if kind == "check-ins" else 9
    bits = [(column, bit) for column in SEALED for bit in range(0, 8 * len(rows[0][column]), step)]
    assert len(bits) > 10_000 / step
    for start in range(0, len(bits), len(rows)):
        turned = bits[start : start + len(rows)]
        changed = [row | {name: flipped(row[name], bit)} for row, (name, bit) in zip(rows, turned, strict=False)]
        database.seal_otherwise(TABLES[kind], changed)
        shut = [row["id"] for row in maya.get(f"/{kind}?limit=100").json["items"] if row.get("opens") is False]

        assert sorted(shut) == sorted(str(UUID(bytes=row["id"])) for row in changed)
        database.seal_otherwise(TABLES[kind], rows)


ODD_VALUES = {
    "ratings": ["'text'", "1000000000000", "1.5"],
    "ratings_key": ["'text'"],
    "story": ["7"],
    "revision": ["'one'", "1.5", str(2**62)],
    "id": ["X'0102'", "'an id of sixteen'", "12"],
    "session_id": ["X'01'", "'session'"],
    "stored_at": ["'yesterday'", "5"],
}


@on_sqlite
@pytest.mark.parametrize(("column", "value"), [(name, each) for name, odd in ODD_VALUES.items() for each in odd])
def test_values_of_a_type_that_sqlite_alone_lets_in(maya, database, column, value):
    address = keep(maya, "check-ins")
    keep(maya, "check-ins")
    database.run(f"UPDATE check_ins SET {column} = {value} WHERE id = X'{UUID(address[-36:]).hex}'")
    answers = [maya.get(path) for path in (address, "/check-ins", "/check-ins?limit=1", "/today", "/trends")]

    assert {answer.status_code for answer in answers} <= {200, 404, 409}
    assert answers[0].status_code != 200 or column == "stored_at"


def test_what_is_not_noticed_yet(maya, database):
    """A whole row put back as it was, and a row taken away: that needs a chain that Maya's own devices remember."""
    address = new_address("additions")
    maya.put(address, KINDS["additions"])
    old = database.row("additions", address)
    maya.put(address, OTHERWISE["additions"], if_match='"1"')
    database.replace("additions", old)

    assert maya.get(address).json["story"] == KINDS["additions"]["story"]

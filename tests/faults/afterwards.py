"""What is found when all the killing is over: by signing in at a fresh server, and in the stores themselves."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import make_url

from tests.faults.wire import Wire
from tests.faults.writers import Desk, Journal, Written
from tests.stores import Stores

Json = dict[str, Any]

# Every index is held against its table, and every page of every table read.
CHECK_INDEXES = """
SELECT c.relname, bt_index_check(c.oid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND i.indisvalid AND i.indisready AND c.relpersistence <> 't'
"""
CHECK_TABLES = """
SELECT c.relname, v.blkno, v.msg FROM pg_class c, LATERAL verify_heapam(c.oid) v
WHERE c.relkind = 'r' AND c.relpersistence <> 't'
"""


@dataclass
class Found:
    """What was not as it should be. `lost`: acknowledged and not there as it was sent; `torn`: given up, and there in
    part; `unknown`: rows that nobody wrote; `wrong`: all else."""

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.lost or self.twice or self.torn or self.unknown or self.wrong)


def found(url: str, stores: Stores, journals: list[Journal], desk: Desk) -> Found:
    """Look at everything that was written."""
    result = Found()
    for store in (stores.database_url, stores.keyring_url):
        result.wrong += damaged(store)
    for journal in journals:
        maya = Wire(url)
        signed_in = maya.post("/sign-ins", journal.person.what_lets_in())
        assert signed_in.status_code == 201, signed_in.body
        _file_all(maya, result)
        compare(list(_listed(maya)), journal.rows, result)
        if journal is journals[0]:
            _look_at_log(maya, desk, result)
        maya.close()
    return result


def _file_all(maya: Wire, result: Found) -> None:
    more = True
    while more:
        filing = maya.post("/deposits/filing", {})
        assert filing.status_code == 200, filing.body
        more = filing.json["more"]
    if filing.json["waiting"] or maya.get("/deposits").json["items"]:
        result.wrong.append(f"{filing.json['waiting']} deposits cannot be filed")


def _listed(maya: Wire) -> Iterator[Json]:
    """Every check-in of the journal, opened."""
    path = "/check-ins?limit=100"
    while path:
        page = maya.get(path)
        assert page.status_code == 200, page.body
        yield from page.json["items"]
        path = f"/check-ins?limit=100&cursor={page.json['next']}" if "next" in page.json else ""


def compare(items: list[Json], rows: dict[str, Written], result: Found) -> None:
    """Each row is in one of the states its writer knows; no row is there that nobody wrote, and no words twice."""
    there = {item["id"]: item for item in items}
    ids = Counter(item["id"] for item in items)
    lines = Counter(item["story"]["texts"]["story.line"] for item in items if "story" in item)
    result.twice += [f"{what} is there {times} times" for what, times in (ids + lines).items() if times > 1]
    result.unknown += [name for name in there if name not in rows]
    for name, written in rows.items():
        item = there.get(name)
        if not any(_is(item, state) for state in written.states):
            (result.lost if written.known else result.torn).append(f"{name}: {_said(item)} is none of {written.states}")


def _is(item: Json | None, state: tuple[int, Json] | None) -> bool:
    if item is None or state is None:
        return item is state
    revision, body = state
    if item.get("opens") is False or item["revision"] != revision:
        return False
    return item["ratings"] == body["ratings"] and item.get("story") == body.get("story")


def _said(item: Json | None) -> str:
    return "nothing" if item is None else f"revision {item.get('revision')} of {item}"


def _look_at_log(maya: Wire, desk: Desk, result: Found) -> None:
    """No entry is missing, and none of a reading that was answered."""
    numbers, readings, path = list[int](), 0, "/access-log"
    while path:
        page = maya.get(path)
        assert page.status_code == 200, page.body
        if page.json["whole"] is not True:
            result.wrong.append(f"the access log is not whole at {path}")
        numbers += [entry["number"] for entry in page.json["entries"]]
        readings += sum(entry["what"] == "opened_brief" for entry in page.json["entries"])
        path = f"/access-log?before={page.json['next']}" if "next" in page.json else ""
    if numbers != list(range(len(numbers), 0, -1)):
        result.wrong.append(f"numbers of the access log: {numbers}")
    if not desk.read <= readings <= desk.asked:
        result.wrong.append(f"{desk.read} readings were answered, {desk.asked} asked for, {readings} are in the log")


def damaged(url: str) -> list[str]:
    """What the engine itself finds wrong with a store."""
    store = make_url(url)
    if store.get_backend_name() == "sqlite":
        return _damaged_file(store.database or "")
    with psycopg.connect(url, autocommit=True) as connection:
        try:
            connection.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
            connection.execute(CHECK_INDEXES)
            rows = connection.execute(CHECK_TABLES).fetchall()
        except psycopg.DatabaseError as damage:
            return [f"amcheck: {damage}"]
    return [f"amcheck: {row}" for row in rows]


def _damaged_file(file: str) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        try:
            said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            hanging = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as damage:
            return [f"integrity_check: {damage}"]
    return [f"integrity_check: {line}" for line in said if line != "ok"] + [f"no parent: {row}" for row in hanging]

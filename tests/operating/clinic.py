"""A host with an operator: an app on stores of its own, a key pair, and a place for backups."""

import dataclasses
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import insert, select

from journal.database import db, writing
from journal.operating.backup import keys
from journal.operating.backup.stores import LEFT_OUT
from tests.cast import Person, check_in
from tests.stores import Stores, new_app

AT = "2026-11-20T11:30:00-05:00"
Rows = dict[str, list[tuple[Any, ...]]]


def make_clinic(folder: Path, server: str | None = None, key: Path | None = None, **changes: Any) -> "Clinic":
    """A host on stores of its own, SQLite or on this server, whose operator's key is `key`, or lies in the folder."""
    here, key = folder / f"host-{uuid4().hex[:8]}", key or folder / "operator.key"
    backups = here / "backups"
    backups.mkdir(parents=True)
    if not key.exists():
        keys.make(key, None)
    stores = Stores.postgres(here, server, f"clinic_{uuid4().hex[:8]}") if server else Stores.sqlite(here)
    app = new_app(stores, backup_key=keys.public_beside(key), **changes)
    return Clinic(here, stores, app, "postgres" if server else "sqlite", key, backups)


@dataclass
class Clinic:
    """One host."""

    folder: Path
    stores: Stores
    app: Flask
    engine: str
    key: Path
    backups: Path

    def run(self, *arguments: str | Path, given: str | None = None) -> tuple[int, str]:
        """An operator's command: how it ended, and what it said."""
        runner = self.app.test_cli_runner()
        with self.app.app_context():
            result = runner.invoke(args=[str(each) for each in arguments], input=given, catch_exceptions=False)
        return result.exit_code, result.output

    def backs_up(self, *more: str | Path) -> tuple[Path, Path]:
        """A new backup: the database's file and the keyring's."""
        before = set(self.backups.rglob("*.backup"))
        code, said = self.run("backup", self.backups, *more)
        assert code == 0, said
        made = set(self.backups.rglob("*.backup")) - before
        database, keyring = sorted(made, key=lambda path: path.name)
        return database, keyring

    def restores(self, *given: str | Path) -> str:
        code, said = self.run("restore", *given, "--key", self.key)
        assert code == 0, said
        return said

    def refuses(self, *given: str | Path) -> str:
        """A restore that is refused; what it said. The stores are as they were."""
        before = self.rows()
        code, said = self.run("restore", *given, "--key", self.key)
        assert code == 1, said
        assert self.rows() == before
        return said

    def rows(self) -> dict[str | None, Rows]:
        """Everything in both stores, but what is in no backup."""
        with self.app.app_context():
            return {bind: rows_of(bind) for bind in (None, "keyring")}

    def beside(self, **changes: Any) -> "Clinic":
        """The same host with other settings or stores."""
        stores = changes.pop("stores", self.stores)
        app = new_app(stores, backup_key=keys.public_beside(self.key), **changes)
        return dataclasses.replace(self, app=app, stores=stores)


def rows_of(bind: str | None) -> Rows:
    with db.engines[bind].connect() as c:
        tables = [each for each in db.metadatas[bind].sorted_tables if each.name not in LEFT_OUT]
        return {each.name: sorted((tuple(row) for row in c.execute(select(each))), key=repr) for each in tables}


@dataclass
class Writing:
    """Somebody who keeps writing while something else happens; what was acknowledged, and when."""

    person: Person
    acknowledged: list[tuple[float, str, int]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def until(self, stopped: threading.Event) -> None:
        while not stopped.is_set():
            made = str(uuid4())
            answer = self.person.put(f"/check-ins/{made}", body(len(self.acknowledged)))
            if answer.status_code != 201:
                self.wrong.append(str(answer.json))
                return
            self.acknowledged.append((time.monotonic(), made, len(self.acknowledged)))

    def before(self, moment: float) -> dict[str, int]:
        return {made: number for at, made, number in self.acknowledged if at < moment}


def body(number: int) -> dict[str, Any]:
    story = {"texts": {"story.line": f"Wave {number}"}}
    return check_in(None, "anytime", AT, story, answers={"emo.mood_now": number % 11})


def is_what_was_written(person: Person, written: dict[str, int]) -> bool:
    """Every check-in opens, and says what was said."""
    for made, number in written.items():
        found = person.get(f"/check-ins/{made}")
        if found.status_code != 200:
            return False
        same = found.json["story"]["texts"] == {"story.line": f"Wave {number}"}
        if not same or found.json["ratings"]["answers"]["emo.mood_now"] != number % 11:
            return False
    return True


@contextmanager
def writing_meanwhile(*people: Person) -> Iterator[list[Writing]]:
    """These people write, each on a thread, until the block ends."""
    stopped, writers = threading.Event(), [Writing(person) for person in people]
    threads = [threading.Thread(target=each.until, args=(stopped,)) for each in writers]
    for thread in threads:
        thread.start()
    try:
        _wait(lambda: all(len(each.acknowledged) >= 5 or each.wrong for each in writers))
        yield writers
    finally:
        stopped.set()
        for thread in threads:
            thread.join()
    assert not any(each.wrong for each in writers), [each.wrong for each in writers]


def _wait(reached: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not reached() and time.monotonic() < until:
        time.sleep(0.01)


def fill(app: Flask, table: Any, rows: list[dict[str, Any]]) -> None:
    """Put rows in at once, as no door would."""
    with app.app_context(), writing() as c:
        c.execute(insert(table), rows)

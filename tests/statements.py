"""What is sent to a store, counted beneath SQLAlchemy: a BEGIN or a COMMIT around a statement shows as well."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from journal.database import db


@contextmanager
def said(app: Flask, folder: Path) -> Iterator[list[str]]:
    """Each statement that SQLite is given within the block, or each trip to PostgreSQL; of both stores."""
    heard: list[Any] = []
    found: list[str] = []
    with app.app_context():
        pools, sqlite = [it.pool for it in db.engines.values()], db.engine.dialect.name == "sqlite"
    with (folder / "heard").open("w+") as wire:

        def listen(connection: Any, *_: object) -> None:
            if connection in heard:
                return
            heard.append(connection)
            if sqlite:
                connection.set_trace_callback(lambda it: print(f"at\tF\t0\tQuery\t{' '.join(it.split())}", file=wire))
            else:
                connection.pgconn.trace(wire.fileno())

        for pool in pools:
            event.listen(pool, "checkout", listen)
        try:
            yield found
        finally:
            for pool in pools:
                event.remove(pool, "checkout", listen)
            for connection in heard:
                connection.set_trace_callback(None) if sqlite else connection.pgconn.untrace()
        wire.flush()
        wire.seek(0)
        found += trips(wire.read())


def trips(trace: str) -> list[str]:
    """What PostgreSQL's client writes down of a trip: a plain query, or the end of one made ready before, a Sync."""
    sent = [line.split("\t") for line in trace.splitlines() if "\tF\t" in line]
    ends = [line for line in sent if line[3] in ("Query", "Sync")]
    return [line[4].strip(' "') if line[3] == "Query" else "ready" for line in ends]

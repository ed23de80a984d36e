"""Stores for a measurement, on either engine."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.stores import Stores, close_all, postgres_server

ENGINES = ("SQLite", "PostgreSQL")


# Makes stores of their own under a name.
NewStores = Callable[[str], Stores]


@contextmanager
def stores_on(engine: str) -> Iterator[NewStores]:
    """Stores on this engine until the block ends."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(postgres_server()) if engine == "PostgreSQL" else ""
        stack.callback(close_all)

        def new(name: str) -> Stores:
            data = folder / name
            data.mkdir()
            return Stores.postgres(data, server, name) if server else Stores.sqlite(data)

        yield new

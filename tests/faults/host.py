"""The machine on which things are killed: gunicorn, and PostgreSQL where the stores are there."""

import contextlib
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests import live
from tests.stores import PostgresServer, Stores, free_port, postgres

# Until a killed server serves again; on a busy machine a worker alone takes seconds to load.
AGAIN_WITHIN = 60


@dataclass
class Host:
    """Stores, and the processes that serve them on one port."""

    folder: Path
    stores: Stores
    postgres: PostgresServer | None
    port: int = field(default_factory=free_port)
    server: live.Server = field(init=False)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def victims(self) -> tuple[str, ...]:
        """What can be killed here."""
        mortal = ("worker", "master", "worker", "everything")
        return ("postmaster", *mortal, "postmaster") if self.postgres else mortal

    def start(self) -> None:
        """Start gunicorn and wait for it; again, as systemd would, where those left behind still have the port."""
        deadline = time.monotonic() + AGAIN_WITHIN
        while True:
            self.server = live.start(self.folder, self.stores, self.port)
            try:
                return live.wait(self.server)
            except RuntimeError:
                if time.monotonic() > deadline:
                    raise
                self.server.kill()

    def kill(self, victim: str, rng: random.Random) -> None:
        """With no warning. What nobody else would start again is started here."""
        if victim == "worker":
            os.kill(rng.choice(self._workers()).pid, signal.SIGKILL)
        elif victim == "master":
            left = self._workers()
            os.kill(self.server.process.pid, signal.SIGKILL)
            self.server.process.wait(10)
            if rng.random() < 0.5:  # systemd asks what is left behind to end; without it they notice by themselves.
                for worker in left:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        worker.terminate()
            self._follow(left)
        elif victim == "everything":
            self.server.kill()
            self.start()
        else:
            assert self.postgres is not None
            self.postgres.kill()
            time.sleep(rng.choice((0, 0, 0.5)))
            self.postgres.start(AGAIN_WITHIN)

    def start_afresh(self) -> None:
        """Everything dies once more, and is started for whoever comes to look."""
        self.server.kill()
        if self.postgres is not None:
            self.postgres.kill()
            self.postgres.start(AGAIN_WITHIN)
        self.start()

    def _follow(self, left: list[psutil.Process]) -> None:
        """A new master, while workers of the dead one may still answer on its port."""
        self.start()
        _, alive = psutil.wait_procs(left, AGAIN_WITHIN)
        assert not alive, f"workers outlived their master: {alive}"
        if self.server.process.poll() is not None:  # It gave up waiting for the port.
            self.start()

    def _workers(self) -> list[psutil.Process]:
        """The workers there are; waits for one where the last has just died."""
        master = psutil.Process(self.server.process.pid)
        while not (workers := master.children()):
            time.sleep(0.01)
        return workers


@contextmanager
def host(engine: str, folder: Path) -> Iterator[Host]:
    """A host with empty stores; gunicorn is not started yet."""
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(postgres()) if engine == "postgres" else None
        stores = Stores.postgres(folder, database.url, "journal") if database else Stores.sqlite(folder)
        made = Host(folder, stores, database)
        try:
            yield made
        finally:
            if hasattr(made, "server") and made.server.process.poll() is None:
                made.server.kill()

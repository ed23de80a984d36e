"""A PostgreSQL server that a test may set otherwise, stop and crash."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.stores import _runner, _unprivileged


def ask(url: str, statement: str):
    """One statement, committed at once; its first value, if it has one."""
    with psycopg.connect(url, autocommit=True) as connection:
        done = connection.execute(statement)
        row = done.fetchone() if done.description else None
        return row[0] if row else None


@contextmanager
def set_to(server: str, name: str, value: str) -> Iterator[None]:
    """A setting of the whole server, until the block ends."""
    before = ask(f"{server}/postgres", f"SELECT current_setting('{name}')")
    ask(f"{server}/postgres", f"ALTER SYSTEM SET {name} = {value}")
    _reloaded(server, name, value)
    try:
        yield
    finally:
        ask(f"{server}/postgres", f"ALTER SYSTEM RESET {name}")
        _reloaded(server, name, before)


def _reloaded(server: str, name: str, value: str) -> None:
    ask(f"{server}/postgres", "SELECT pg_reload_conf()")
    for _ in range(100):
        if ask(f"{server}/postgres", f"SELECT current_setting('{name}')") == value:
            return
        time.sleep(0.05)
    raise RuntimeError(f"{name} did not become {value}")


def crash(url: str) -> None:
    """One of its processes is killed, so that it ends all others and recovers from its write-ahead log."""
    connection = psycopg.connect(url, autocommit=True)
    os.kill(connection.info.backend_pid, signal.SIGKILL)
    for _ in range(200):
        time.sleep(0.05)
        try:
            connection.execute("SELECT 1")
        except psycopg.Error:
            break
    while True:
        try:
            ask(url, "SELECT 1")
            return
        except psycopg.OperationalError:
            time.sleep(0.05)


class Switch:
    """Stops a server and starts it again on its port."""

    def __init__(self, server: str) -> None:
        self.data = Path(ask(f"{server}/postgres", "SHOW data_directory"))
        binaries = ask(f"{server}/postgres", "SELECT setting FROM pg_config WHERE name = 'BINDIR'")
        # What it was started with.
        self.options = (self.data / "postmaster.opts").read_text()
        self._run = _runner(_unprivileged(), Path(binaries))

    def off(self) -> None:
        self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))

    def on(self) -> None:
        words = self.options.replace('"', "").split()[1:]
        # Another log: the first one is whose who runs the tests, and PostgreSQL's account may not write to it.
        options = " ".join(word for word in words if word not in ("-D", str(self.data)))
        self._run("pg_ctl", "start", "-w", "-D", str(self.data), "-l", str(self.data / "log-again"), "-o", options)

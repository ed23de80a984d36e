"""A PostgreSQL server that a test may set otherwise, stop and crash."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


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

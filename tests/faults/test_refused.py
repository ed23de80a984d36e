"""A server that has no place is known by its code, whatever language it speaks."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from journal import refused
from journal.errors import StoreUnavailable
from journal.postgres import set_up
from journal.web.stores import refusal
from tests.faults.patient import within
from tests.faults.test_reach import asking, is_busy_and_not_away
from tests.stores import free_port, postgres

# What libpq asks for before it begins: TLS, or Kerberos.
FIRST = (80877103, 80877104)


@pytest.fixture
def asked() -> Iterator[None]:
    """Somebody is being answered."""
    with Flask("asked").test_request_context():
        yield


@contextmanager
def server_that_says(severity: str, code: str, words: str) -> Iterator[str]:
    """Refuses everybody, as PostgreSQL does; its address."""
    fields = {"S": severity, "V": "FATAL", "C": code, "M": words}
    body = b"".join(name.encode() + text.encode() + b"\0" for name, text in fields.items()) + b"\0"
    answer = b"E" + struct.pack("!I", len(body) + 4) + body
    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=_refuse_all, args=(door, answer))
        thread.start()
        try:
            yield f"postgresql+psycopg://maya@127.0.0.1:{door.getsockname()[1]}/journal"
        finally:
            door.shutdown(socket.SHUT_RDWR)
            thread.join()


def _refuse_all(door: socket.socket, answer: bytes) -> None:
    with suppress(OSError):
        while True:
            client, _ = door.accept()
            with client, suppress(OSError):
                while _asked(client) in FIRST:
                    client.sendall(b"N")
                client.sendall(answer)


def _asked(client: socket.socket) -> int:
    (length,) = struct.unpack("!I", client.recv(4, socket.MSG_WAITALL))
    return int(struct.unpack("!I", client.recv(length - 4, socket.MSG_WAITALL)[:4])[0])


@pytest.mark.parametrize(
    ("severity", "words"),
    [
        ("FATAL", "tut mir leid, schon zu viele Verbindungen"),
        ("致命的エラー", "現在クライアント数が多すぎます"),
        ("ВАЖНО", "извините, уже слишком много клиентов"),
    ],
)
def test_a_full_server_is_there_in_any_language(asked, severity, words):
    with server_that_says(severity, "53300", words) as url:
        is_busy_and_not_away(create_engine(url))


def test_words_alone_make_no_server_a_full_one(asked):
    """One that starts is not there yet; that somebody named a database after a refusal changes nothing."""
    with server_that_says("FATAL", "57P03", "sorry, too many clients already: C53300") as url:
        engine = create_engine(url)
        reach = set_up(engine)
        with pytest.raises(OperationalError) as away:
            engine.connect()
        assert isinstance(refusal(away.value), StoreUnavailable)
        assert reach.away
        reach._ask = lambda: None
    within(20, lambda: not asking())


def test_what_a_real_server_refuses_has_a_code_of_its_own():
    """A role's own limit, a database that is not there, the last place but those for superusers; and no server."""
    with postgres(more=("max_connections=6", "superuser_reserved_connections=2")) as server:
        at, plain = f"{server.url}/postgres", f"{server.url}/postgres".replace("shoreline@", "plain@")
        with psycopg.connect(at, autocommit=True) as operator:
            operator.execute("CREATE ROLE plain LOGIN")
            operator.execute("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
            assert refused.code(at.replace("shoreline@", "crowded@")) == "53300"
            assert refused.code(f"{server.url}/elsewhere") == "3D000"
            assert refused.code(plain) == refused.NOT_AT_ALL
            held = [psycopg.connect(plain) for _ in range(3)]
            assert refused.code(plain) == "53300"
            held += [psycopg.connect(at) for _ in range(2)]
            assert refused.code(plain) == refused.code(at) == "53300"
            for each in held:
                each.close()
    assert refused.code(f"postgresql://plain@127.0.0.1:{free_port()}/postgres") is None

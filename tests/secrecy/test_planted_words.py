"""Words planted through every text field of a server that really runs, then looked for in every file it wrote.

It is killed, so that nothing is tidied up: write-ahead logs stay as they are.
"""

import base64
import gzip
import resource
import secrets
import signal
import sqlite3
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.live import Server, operate, serving
from tests.secrecy.places import in_bodies
from tests.secrecy.planting import Planter, description
from tests.secrecy.search import found_in
from tests.secrecy.sharing import Sharing
from tests.stores import Stores, postgres_server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("planted words")]

# Free in form, and yet nothing but what the catalogue, the clock or a secret allows. All else keeps any word.
TAKES_NO_WORD = (
    "time_zone", "evening_at", "answers/{}", "direction/[]", "aspects/[]", "where/[]", "still_here/[]", "invitation",
    "recovery_code", "current_password", "POST /api/v1/recovery login_name", "POST /api/v1/sign-ins login_name",
    "POST /api/v1/sign-ins password", "POST /api/v1/step-up password", "card", "digits/[]", "confirmation code",
)  # fmt: skip


@pytest.fixture(scope="module")
def stores(engine, tmp_path_factory) -> Iterator[Stores]:
    """On a PostgreSQL of their own: every file of it is searched, again and again."""
    folder = tmp_path_factory.mktemp("planted")
    if engine == "sqlite":
        yield Stores.sqlite(folder)
        return
    with postgres_server() as url:
        yield Stores.postgres(folder, url, "planted")


@pytest.fixture(scope="module")
def planted(stores) -> Iterator[tuple[Server, Planter]]:
    """A server that kept, refused and misread everything, and was killed."""
    # A host that would write the memory of whatever crashes to its disk.
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    with serving(stores.data, stores) as server:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
        planter = Planter(server.url)
        maya, code = planter.newcomer(), operate(server, stores, "invite-therapist").strip()
        sharing = Sharing.begun(planter, maya.browser, code)
        planter.everywhere(description(server.url), maya, sharing)
        another_key_is_published(stores, sharing)
        assert found(server, stores, planter.words.values()) == {}
        planter.leaving()
        sharing.ended()
        printed = operate(server, stores, "disable-therapist", planter.words["therapist's login name"])
        assert not any(word in printed for word in planter.words.values())
        nothing_is_open_elsewhere(server, stores)
        memory_stays_in_memory(server)
        server.kill()
        yield server, planter


def written(server: Server, stores: Stores) -> list[Path]:
    """Every file below the server's folder, and below PostgreSQL's."""
    folders = [server.folder, *data_directory(stores)]
    return [file for folder in folders for file in folder.rglob("*") if file.is_file()]


def another_key_is_published(stores: Stores, sharing: Sharing) -> None:
    """For a moment the database names another's keys as Dr Okafor's: what Maya's log says of it holds her name."""
    theirs = "(SELECT public_identity FROM accounts WHERE role = 'therapist')"
    kept = change(stores, f"SELECT {theirs}")
    other = "(SELECT public_identity FROM accounts WHERE role = 'patient' LIMIT 1)"
    change(stores, f"UPDATE accounts SET public_identity = {other} WHERE role = 'therapist'")
    compared = sharing.maya.post(f"/pins/{sharing.pin}/comparison")
    change(stores, "UPDATE accounts SET public_identity = {} WHERE role = 'therapist'", kept)
    assert compared.json["type"] == "/problems/key-differs"
    entry = sharing.maya.get("/access-log").json["entries"][0]
    assert (entry["what"], entry["name"]) == ("key_differed", sharing.planter.words["pin name"])


def change(stores: Stores, statement: str, *values: bytes) -> bytes:
    """Behind the application's back; `{}` stands for a value. The first thing that came of it."""
    if stores.database_url.startswith("sqlite"):
        connection, mark = sqlite3.connect(stores.database_url.removeprefix("sqlite:///")), "?"
    else:
        import psycopg

        connection, mark = psycopg.connect(stores.database_url), "%s"
    done = connection.execute(statement.format(*[mark] * len(values)), values)
    found = done.fetchone() if done.description else [b""]
    connection.commit()
    connection.close()
    return found[0]


def found(server: Server, stores: Stores, words: Iterable[str]) -> dict[str, set[str]]:
    """The words found in all that was written; looked for anew where PostgreSQL renamed a file meanwhile."""
    for _ in range(9):
        try:
            return found_in(written(server, stores), words)
        except FileNotFoundError:
            continue
    raise RuntimeError("PostgreSQL does not come to rest")


def data_directory(stores: Stores) -> list[Path]:
    if stores.database_url.startswith("sqlite"):
        return []
    import psycopg

    with psycopg.connect(stores.database_url) as connection:
        [directory] = connection.execute("SHOW data_directory").fetchone()
    return [Path(directory)]


def nothing_is_open_elsewhere(server: Server, stores: Stores) -> None:
    """No process of the server has a file open for writing that is not among those searched."""
    known = {file.resolve() for file in written(server, stores)}
    for process in workers(server):
        for file in process.open_files():
            if file.mode != "r" and not file.path.startswith("/dev/"):
                assert Path(file.path).resolve() in known


def memory_stays_in_memory(server: Server) -> None:
    for process in workers(server)[1:]:
        assert process.rlimit(psutil.RLIMIT_CORE) == (0, 0)


def workers(server: Server) -> list[psutil.Process]:
    """The master, then its workers."""
    master = psutil.Process(server.process.pid)
    found = [master, *master.children(recursive=True)]
    assert len(found) > 1
    return found


def test_a_word_was_planted_in_every_place_there_is(planted):
    _, planter = planted
    free = {place for place in in_bodies(description_of_now()) if place.free}
    kept = {place for place, status in planter.statuses.items() if status in (200, 201, 204)}

    assert kept == {place for place in free if not str(place).endswith(TAKES_NO_WORD)}
    assert all(400 <= status < 500 for place, status in planter.statuses.items() if place not in kept)
    assert len(set(planter.words.values())) == len(planter.words) >= 200


def description_of_now():
    import tempfile

    from journal import create_app
    from journal.publish import throwaway
    from journal.web import openapi

    with tempfile.TemporaryDirectory() as folder:
        return openapi.document(create_app(throwaway(Path(folder))))


def test_none_of_them_is_in_any_file(planted, stores):
    server, planter = planted
    files = written(server, stores)

    assert server.process.returncode == -signal.SIGKILL
    engine = stores.database_url.split(":")[0]
    assert {file.name for file in files} >= FILES[engine]
    if engine == "postgresql":
        assert [file for file in files if file.parent.name == "pg_wal"]
    assert sum(file.stat().st_size for file in files) > 1_000_000
    assert found(server, stores, planter.words.values()) == {}


FILES = {
    "sqlite": {
        "journal.sqlite3", "journal.sqlite3-wal", "journal.sqlite3-shm", "journal.sqlite3.gate",
        "keyring.sqlite3", "keyring.sqlite3-wal", "hashing-0", "secrets.json", "log",
    },
    "postgresql": {"pg_control", "PG_VERSION", "secrets.json", "log"},
}  # fmt: skip


WAYS = {
    "utf-8": lambda word: word.encode(),
    "utf-16": lambda word: word.encode("utf-16"),
    "base64": lambda word: base64.b64encode(b'{"' + word.encode() + b'": 1}'),
    "hex": lambda word: word.encode().hex().encode(),
    "gzip": lambda word: gzip.compress(f"Warm light, {word}, and gulls.".encode()),
}


def test_twenty_planted_on_purpose_are_all_found(planted, stores):
    """In the database, in the keyring, in the log and in a temporary file, in each of five ways."""
    server, _ = planted
    controls = {(way, file): new_word() for way in WAYS for file in ("database", "keyring", "log", "tmp/page")}
    for (way, file), word in controls.items():
        content = b"before " + WAYS[way](word) + b" after"
        if file in ("database", "keyring"):
            plant_row(stores.database_url if file == "database" else stores.keyring_url, content)
        else:
            with open(server.folder / file, "ab") as opened:
                opened.write(content)

    assert len(controls) == 20
    assert set(found(server, stores, controls.values())) == set(controls.values())


@pytest.mark.parametrize(("table", "column"), [("access_log", "body"), ("share_notes", "body"), ("shares", "about")])
def test_a_word_that_sharing_leaves_in_the_clear_is_found(planted, stores, table, column):
    server, _ = planted
    word = new_word()
    change(stores, f"UPDATE {table} SET {column} = {{}}", b'{"what_for": "' + word.encode() + b'"}')

    assert set(found(server, stores, [word])) == {word}


def new_word() -> str:
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(16))


def plant_row(url: str, content: bytes) -> None:
    """A row as a careless program might keep one."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.execute("CREATE TABLE IF NOT EXISTS careless (content BLOB)")
        connection.execute("INSERT INTO careless VALUES (?)", (content,))
        connection.commit()
        connection.close()
        return
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS careless (content bytea)")
        connection.execute("INSERT INTO careless VALUES (%s)", (content,))

"""Checks that ask the stores: each server or file by itself, then whether they and the secret belong together."""

from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from config import Settings
from journal import database
from journal.accounts import service as accounts
from journal.database import KEYRING, db
from journal.operating import host, postgres, schema, sqlite
from journal.operating.finding import OK, REFUSE, WARN, Finding, unsafe, worst

BINDS = {"database": None, "keyring": KEYRING}
ANSWERS, WRITABLE = ".answers", ".writable"
_NEEDED = (ANSWERS, WRITABLE, ".encoding", ".rights", ".schema", ".whole")


@dataclass(frozen=True)
class Threads:
    """How many may ask a store at once."""

    processes: int
    each: int


def each(settings: Settings, threads: Threads) -> list[Finding]:
    """Each store by itself. One that is away is a finding too, and then nothing is asked of both together."""
    facts: dict[str, postgres.Facts] = {}
    found: list[Finding] = []
    for store in BINDS:
        try:
            found += _one(settings, store, facts)
        except DBAPIError as error:
            found.append(away(store, error))
        except TypeError:
            found.append(postgres.no_encoding(store))
    if is_away(found):
        return found
    return found + _both(settings, facts, threads)


def away(store: str, error: DBAPIError) -> Finding:
    """Said without the driver's words, which can hold a password or a row."""
    if isinstance(error, OperationalError | InterfaceError):
        return Finding(
            f"{store}{ANSWERS}", REFUSE, f"The {store} does not answer.", "Is its server running, does it take this "
            "user, may this user write its file, and is there room on its disk?",
        )  # fmt: skip
    return Finding(
        f"{store}.whole", REFUSE, f"The {store} answers, but not as a {store} of this release does: "
        f"{type(error).__name__}.", "Is it the one that is meant, and whole? Else restore the last backup.",
    )  # fmt: skip


def is_away(found: list[Finding]) -> bool:
    """Whether a store did not answer at all."""
    return any(it.name.endswith((ANSWERS, ".whole", ".encoding")) and it.level == REFUSE for it in found)


def can_be_used(found: list[Finding]) -> bool:
    """Whether rows can be read and written."""
    return worst(it for it in found if it.name.endswith(_NEEDED)) != REFUSE


def _one(settings: Settings, store: str, facts: dict[str, postgres.Facts]) -> list[Finding]:
    with database.reading(BINDS[store]) as c:
        if c.dialect.name != "postgresql":
            return [*sqlite.look(settings, store, c), schema.look(store, c)]
        facts[store] = postgres.ask(c)
        state = schema.look(store, c)
    found = [*_server(settings, store, facts[store]), state]
    if state.level != REFUSE:
        found.append(postgres.rights(store, facts[store], set(db.metadatas[BINDS[store]].tables)))
    return found


def _server(settings: Settings, store: str, facts: postgres.Facts) -> list[Finding]:
    url = db.engines[BINDS[store]].url
    return [
        *postgres.durable(settings, store, facts),
        *postgres.damage(store, facts),
        postgres.standby(store, facts),
        postgres.version(store, facts),
        postgres.link(settings, store, facts, url),
        postgres.role(store, facts),
    ]


def _both(settings: Settings, facts: dict[str, postgres.Facts], threads: Threads) -> list[Finding]:
    found = []
    here = len({one.server.server for one in facts.values()})
    for store, one in facts.items():
        found.append(postgres.connections(store, one, threads.processes, threads.each, 2 if len(facts) > here else 1))
    if "database" in facts:
        found.append(postgres.unlogged(facts["database"]))
    files = host.sqlite_files(settings)
    if len(facts) == 2:
        found.append(postgres.apart(settings, facts))
    elif len(files) == 2:
        found.append(sqlite.apart(settings, files))
    else:
        found.append(Finding("apart", OK, "One store is a file of this host, the other is on a server."))
    return found


def together(settings: Settings) -> list[Finding]:
    """Whether keyring and secret are this database's. Refused anywhere where they are clearly another's: nobody could
    sign in, and whoever signed up would be lost once the right ones are put back."""
    found = accounts.belonging()
    return [_keyring(found), _pepper(found), _erasures(settings)]


def _keyring(found: accounts.Belonging) -> Finding:
    mend = "Put back the latest keyring that belongs to this database; look at KEYRING_URL."
    if found.accounts and not found.names_key:
        return Finding("keyring", REFUSE, "The keyring lacks the key by which login names are found.", mend)
    if found.accounts and not found.keys:
        # A single one may be being deleted just now, or its deletion was cut short; that must stop nobody's start.
        level = REFUSE if found.accounts > 1 else WARN
        return Finding("keyring", level, "This keyring is not this database's: it has no key of its accounts.", mend)
    return Finding("keyring", OK, "The keyring is this database's.")


def _pepper(found: accounts.Belonging) -> Finding:
    mend = "Put back your copy of the secret; while it is being changed, keep the one before as previous_pepper."
    if found.keys and not found.opened:
        return Finding("pepper", REFUSE, "This secret is not the one that these journals were locked with.", mend)
    if found.opened < found.keys:
        return Finding("pepper", WARN, "Some accounts are locked with another secret than this host's.", mend)
    return Finding("pepper", OK, "The secret is the one that these journals were locked with.")


def _erasures(settings: Settings) -> Finding:
    """Refused in production: what somebody deleted would be there again."""
    if missing := accounts.erasures_missing():
        return unsafe(
            settings, "erasures", f"A restore brought back what was deleted: {missing} erasures wait to be done again.",
            "Run: flask --app wsgi replay-erasures (journal.first_start and doctor do it too)",
        )  # fmt: skip
    return Finding("erasures", OK, "Nothing that was deleted waits to be deleted again.")

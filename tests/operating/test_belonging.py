"""Whether database, keyring and secret belong together, and what lies in them: each fault planted, on both engines."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from journal import clock, database
from journal.accounts import erasures, keyring_store
from journal.accounts.models import ACCOUNTS, HOST_KEYS, KEYRING_ERASURES, SIGN_INS, WAYS_IN
from journal.database import KEYRING, db
from journal.sessions.models import CheckIn
from tests.accounts.people import in_hand
from tests.cast import join
from tests.operating.looks import app_as_it_is, everything, quick, wrong
from tests.stores import PEPPER, Stores, new_app

CHECK_INS = CheckIn.__table__
CHANGES = (lambda it: b"", lambda it: it[:-1], lambda it: b"\x02" + it[1:], lambda it: it + b"x")
OF_TESTS = {"backup-key", "database.checksums", "keyring.checksums", "database.role", "keyring.role"}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def engine(request, tmp_path_factory):
    """A function that makes stores of this engine."""
    if request.param == "sqlite":
        return lambda name: Stores.sqlite(tmp_path_factory.mktemp(name, numbered=True))
    server = request.getfixturevalue("postgres")
    return lambda name: Stores.postgres(tmp_path_factory.mktemp(name), server, f"belongs_{name}")


@pytest.fixture(scope="module")
def stores(engine):
    found = engine("clinic")
    found.data.chmod(0o700)
    return found


@pytest.fixture(scope="module")
def people(stores):
    app = new_app(stores)
    maya, noor = join(app, "maya"), join(app, "noor")
    story = {"texts": {"story.line": "the harbour"}}
    maya.checks_in(maya.has_session(), "next_day", "2026-11-21T10:30:00-05:00", story)
    return maya, noor


@pytest.fixture(scope="module")
def app(stores, people):
    """The clinic's own, with its own secret."""
    return new_app(stores, production=True)


def faults(found) -> dict[str, str]:
    return {name: level for name, level in wrong(found).items() if name not in OF_TESTS | {"apart"}}


def test_what_belongs_together_is_found_so(app):
    assert faults(everything(app)) == {}


def test_another_clinics_keyring_is_refused(app, stores, engine):
    other = engine("other")
    new_app(other)
    wrong_one = app_as_it_is(Stores(stores.data, stores.database_url, other.keyring_url))
    assert faults(quick(wrong_one)) == {"keyring": "refuse"}
    with wrong_one.app_context(), database.writing(KEYRING) as c:
        c.execute(insert(HOST_KEYS).values(name=keyring_store.NAMES, key=os.urandom(32)))

    found = quick(wrong_one)

    assert faults(found) == {"keyring": "refuse"}
    assert "no key of its accounts" in found["keyring"].says


def test_an_only_account_whose_deletion_was_cut_short_stops_no_start(engine):
    stores = engine("only")
    app = new_app(stores, production=True)
    stores.data.chmod(0o700)
    maya = join(app, "maya")
    with app.app_context():
        keyring_store.destroy_lock_key(in_hand(app, maya).account_id)

    assert faults(quick(app)) == {"keyring": "warn"}


def test_a_keyring_without_the_key_of_names_is_refused(app):
    with app.app_context(), database.writing(KEYRING) as c:
        kept = c.execute(select(HOST_KEYS)).one()
        c.execute(delete(HOST_KEYS))
    found = faults(quick(app))
    with app.app_context(), database.writing(KEYRING) as c:
        c.execute(insert(HOST_KEYS).values(kept._asdict()))

    assert found == {"keyring": "refuse"}
    assert faults(quick(app)) == {}


def test_one_account_without_a_key_is_told(app, people):
    """As a deletion that was cut short leaves it."""
    account = in_hand(app, people[1]).account_id
    with app.app_context():
        key = keyring_store.lock_key(account)
        with database.writing(KEYRING) as c:
            c.execute(delete(keyring_store.LOCK_KEYS).where(keyring_store.LOCK_KEYS.c.account_id == account))
    found = everything(app)
    with app.app_context(), database.writing(KEYRING) as c:
        c.execute(insert(keyring_store.LOCK_KEYS).values(account_id=account, key=key))

    assert faults(found) == {"keys": "warn"}
    assert found["keys"].says == "2 accounts, 1 of them without a key in this keyring."


def test_another_secret_is_refused_and_a_change_of_it_is_followed(app, stores):
    new = os.urandom(32)
    assert faults(quick(app_as_it_is(stores, pepper=new))) == {"pepper": "refuse"}

    between = app_as_it_is(stores, pepper=new, previous_pepper=PEPPER)
    locks = everything(between)["locks"]
    assert (locks.level, locks.says) == ("warn", "0 locks under the current secret, 6 under the previous one.")

    back = app_as_it_is(stores, pepper=PEPPER, previous_pepper=new)
    assert "none under the previous one" in everything(back)["locks"].says
    assert everything(back)["locks"].mend == "Take it out: flask --app wsgi rotate-pepper"


def test_a_lock_that_no_secret_opens_is_told(app, people):
    account = in_hand(app, people[0]).account_id
    mine = (WAYS_IN.c.account_id == account) & (WAYS_IN.c.kind == "password")
    with planted(app, WAYS_IN, WAYS_IN.c.wrap, mine, lambda wrap: wrap[:-1] + bytes([wrap[-1] ^ 1])):
        found = everything(app)
    assert faults(found) == {"pepper": "warn", "locks": "warn"}
    assert "5 locks under the current secret, 1 that no secret" in found["locks"].says


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_that_is_not_what_was_stored_is_told(app, change):
    with planted(app, CHECK_INS, CHECK_INS.c.ratings, CHECK_INS.c.ratings.is_not(None), change):
        found = everything(app)
    assert faults(found) == {"rows": "warn"}
    assert found["rows"].says.endswith("1 in check_ins.")


def test_what_ended_and_was_not_swept_is_told(app):
    with clock.at(datetime.now(UTC) + timedelta(days=4)):
        assert faults(everything(app)) == {"swept": "warn"} | behind(app)


def test_a_clock_behind_the_newest_row_is_told(app):
    with clock.at(datetime.now(UTC) - timedelta(days=4)):
        assert faults(everything(app)) == {"clock.rows": "warn"} | behind(app)


def behind(app) -> dict[str, str]:
    """Where the database has a clock of its own, it is another one then."""
    with app.app_context():
        return {"clock.database": "warn"} if db.engine.dialect.name == "postgresql" else {}


def test_erasures_that_wait_are_refused_and_the_doctor_does_them(app, stores):
    with app.app_context(), database.writing(KEYRING) as c:
        subject = erasures.of_account(os.urandom(16))
        c.execute(insert(KEYRING_ERASURES).values(subject=subject, times=2, erased_at=clock.this_hour()))

    assert faults(quick(app)) == {"erasures": "refuse"}
    assert faults(quick(app_as_it_is(stores))) == {"erasures": "warn"}
    everything(app)
    assert faults(everything(app)) == {}


class planted:  # noqa: N801  reads as a verb
    """A changed column of one row, put back after the block."""

    def __init__(self, app, table, column, where, change):
        self.app, self.table, self.column, self.where, self.change = app, table, column, where, change

    def __enter__(self):
        with self.app.app_context(), database.reading() as c:
            self.before = c.execute(select(self.column).where(self.where)).scalars().first()
        self._put(self.before, self.change(self.before))

    def __exit__(self, *_):
        self._put(self.change(self.before), self.before)

    def _put(self, now, then):
        with self.app.app_context(), database.writing() as c:
            assert c.execute(update(self.table).where(self.column == now).values({self.column: then})).rowcount == 1


def test_sign_ins_and_accounts_are_there(app):
    """The findings above are of something."""
    with app.app_context(), database.reading() as c:
        assert len(c.execute(select(SIGN_INS.c.id)).all()) == len(c.execute(select(ACCOUNTS.c.id)).all()) == 2

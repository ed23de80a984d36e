"""A deletion of an account that is cut short at any moment: nothing happened, or whoever looks next ends it."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from journal import cli, database
from journal.accounts import changing, keyring_store, opening, sign_ins
from journal.accounts.models import TRIES
from journal.database import db
from journal.operating import checks
from tests.accounts.people import WRONG, cookie_of, in_hand, signs_in
from tests.accounts.test_leaving import everything_of
from tests.cast import Person, join
from tests.stores import files_with, new_app


class Cut(BaseException):
    """The process is gone: nobody catches this, and what was not committed is undone."""


@contextmanager
def cut_short(at: int) -> Iterator[None]:
    """From here on, every transaction has two moments: before it is durable, and after. Cut at one of them."""
    real, moments = database.writing, count()

    @contextmanager
    def writing(bind=None):
        with real(bind) as c:
            yield c
            if next(moments) == at:
                raise Cut
        if next(moments) == at:
            raise Cut

    database.writing = writing
    try:
        yield
    finally:
        database.writing = real


@pytest.fixture(scope="module")
def app(new_stores) -> Flask:
    app = new_app(new_stores("cut"), production=True, origin="https://shoreline.example")
    app.extensions["settings"].data.chmod(0o700)
    return app


def is_cut(app: Flask, maya: Person, account: bytes, at: int) -> bool:
    """Whether her deletion got as far as this moment."""
    with app.app_context():
        owner = sign_ins.find(cookie_of(maya))
        assert owner.account_id == account
        try:
            with cut_short(at):
                changing.leave(owner)
        except Cut:
            return True
    return False


def finish_by_a_start(app: Flask) -> None:
    """As a worker that takes the place of one that was killed does; it must not refuse to."""
    assert [it.name for it in checks.of_stores(app) if it.name in ("erasures", "keyring") and it.level != "ok"] == []


def finish_by_the_operator(app: Flask) -> None:
    with app.app_context():
        cli.replayed()


@pytest.mark.parametrize("finish", [finish_by_a_start, finish_by_the_operator])
def test_cut_at_any_moment_it_has_not_begun_or_is_finished(app, finish):
    noor = join(app, "noor")
    ends = []
    for at in count():
        maya = join(app, "maya")
        account = in_hand(app, maya).account_id
        signs_in(Person.nobody(app), maya.login_name, WRONG)
        maya.has_session()
        with app.app_context():
            key = keyring_store.lock_key(account)
        was_cut = is_cut(app, maya, account, at)
        with app.app_context(), db.engines[None].begin() as c, db.engines["keyring"].begin() as k:
            # What a restore would refuse to put back.
            assert opening.open_ways_in(c, k).without_key == 0

        finish(app)

        ends.append(is_there(app, maya, account))
        with app.app_context():
            assert (everything_of(account) == []) is not ends[-1]
            with database.reading() as c:
                assert bool(c.execute(select(TRIES).where(TRIES.c.failures > 0)).all()) is ends[-1]
        if not ends[-1]:
            # Nor on the disk; on PostgreSQL there is nothing of it here.
            assert files_with(app.extensions["settings"].data, key) == []
        else:
            assert maya.delete("/account").status_code == 204
        if not was_cut:
            break
    # The moment before its key is gone; the three after it; and to its end.
    assert ends == [True, False, False, False, False]
    assert noor.get("/account").status_code == 200


def test_where_its_rows_cannot_be_deleted_at_once_they_are_a_moment_later(app, monkeypatch):
    """What a phone hands in meanwhile would be acknowledged, and gone at the next start."""
    maya = join(app, "maya")
    maya.has_session()
    account, real, failed = in_hand(app, maya).account_id, database.writing, []

    @contextmanager
    def writing(bind=None):
        with real(bind) as c:
            yield c
            if bind is None and not failed:
                failed.append(bind)
                raise OperationalError("COMMIT", None, Exception("disk full"))

    with app.app_context():
        owner = sign_ins.find(cookie_of(maya))
        with monkeypatch.context() as broken:
            broken.setattr(database, "writing", writing)
            changing.leave(owner)
        assert failed
        assert everything_of(account) == []
    assert maya.get("/account").status_code == 401


def is_there(app: Flask, maya: Person, account: bytes) -> bool:
    with app.app_context():
        there = keyring_store.lock_key(account) is not None
    # Asked from memory, a key would open for a minute more.
    app.extensions["accounts"].forget(account)
    assert (maya.get("/account").status_code == 200) is there
    return there

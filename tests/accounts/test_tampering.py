"""Somebody who can write to the database gets nothing by it, and breaks nothing but what they touched."""

import pytest
from sqlalchemy import Table, select, text, update

from journal import database
from journal.accounts.models import ACCOUNTS, SIGN_INS, WAYS_IN
from journal.crypto import SignInToken
from tests.accounts.people import cookie_of, in_hand, on_another_browser, signs_in
from tests.cast import Person, join

SEALED = [
    (SIGN_INS, "wrap"),
    (SIGN_INS, "about"),
    (SIGN_INS, "about_key"),
    (ACCOUNTS, "profile"),
    (ACCOUNTS, "profile_key"),
    (ACCOUNTS, "profile_revision"),
]


@pytest.fixture(scope="module")
def victim(app) -> Person:
    return join(app, "maya")


def change(app, table: Table, this, **values) -> dict:
    """Write over some columns of a row; what was there before."""
    with app.app_context(), database.writing() as c:
        before = dict(c.execute(select(*(table.c[name] for name in values)).where(this)).one()._mapping)
        c.execute(update(table).where(this).values(values))
    return before


@pytest.mark.parametrize(("table", "column"), SEALED, ids=lambda part: getattr(part, "name", part))
@pytest.mark.parametrize("how", ["one bit", "cut", "nothing"])
def test_what_was_changed_is_refused_and_never_a_crash(app, victim, table, column, how):
    account, row_id = in_hand(app, victim).account_id, SignInToken.parse(cookie_of(victim)).row_id
    this = table.c.id == (row_id if table is SIGN_INS else account)
    with app.app_context(), database.reading() as c:
        stored = c.execute(select(table.c[column]).where(this)).scalar_one()
    before = change(app, table, this, **{column: broken(stored, how)})
    try:
        told = [victim.get(path) for path in ("/account", "/settings", "/sign-ins")]
        assert all(answer.status_code in (200, 401, 409) for answer in told)
        if (table, column) == (SIGN_INS, "wrap"):
            assert [answer.status_code for answer in told] == [401] * 3
        if table is ACCOUNTS:
            assert [answer.json.get("type") for answer in told[:2]] == ["/problems/does-not-open"] * 2
        if column.startswith("about"):
            assert told[2].json["sign_ins"][0]["device"] == "A device whose description does not open"
    finally:
        change(app, table, this, **before)
    assert victim.get("/account").status_code == 200


def broken(stored, how: str):
    if isinstance(stored, int):
        return {"one bit": stored ^ 1, "cut": stored + 1, "nothing": -1}[how]
    return {"one bit": stored[:-20] + bytes([stored[-20] ^ 4]) + stored[-19:], "cut": stored[:-1], "nothing": b""}[how]


ODD_TIMES = {
    "sqlite": ["'9999-12-31 23:59:59.000000'", "'0001-01-01 00:00:00.000000'", "5", "'soon'"],
    "postgres": ["'9999-12-31 23:59:59Z'", "'0001-01-01 00:00:00Z'", "'infinity'", "'-infinity'"],
}


@pytest.mark.parametrize("column", ["last_seen_at", "expires_at"])
@pytest.mark.parametrize("which", range(4))
def test_a_time_that_is_none_is_never_a_crash(app, engine, victim, column, which):
    browser = on_another_browser(app, victim)
    row_id = SignInToken.parse(cookie_of(browser)).row_id
    odd = f"UPDATE sign_ins SET {column} = {ODD_TIMES[engine][which]} WHERE id = :row_id"
    with app.app_context(), database.writing() as c:
        c.execute(text(odd), {"row_id": row_id})

    assert browser.get("/account").status_code in (200, 401)


def test_a_sign_in_given_another_account_is_nobody(app, maya, noor):
    """Maya's row, pointed at Noor's account."""
    browser = on_another_browser(app, maya)
    row_id, noors = SignInToken.parse(cookie_of(browser)).row_id, in_hand(app, noor).account_id
    change(app, SIGN_INS, SIGN_INS.c.id == row_id, account_id=noors)

    assert browser.get("/account").status_code == 401


def test_maya_with_noors_way_in_gets_into_neither(app, noor):
    maya = join(app, "maya")
    mayas, noors = in_hand(app, maya).account_id, in_hand(app, noor).account_id
    this = (WAYS_IN.c.account_id == mayas) & (WAYS_IN.c.kind == "password")
    with app.app_context(), database.reading() as c:
        wrap = c.execute(
            select(WAYS_IN.c.wrap).where(WAYS_IN.c.account_id == noors, WAYS_IN.c.kind == "password")
        ).scalar_one()
    change(app, WAYS_IN, this, wrap=wrap)

    assert signs_in(Person.nobody(app), maya.login_name, noor.password).status_code == 401
    assert signs_in(Person.nobody(app), maya.login_name, maya.password).status_code == 401


def test_an_old_profile_put_back_under_a_newer_revision_is_refused(app):
    maya = join(app, "maya")
    this = ACCOUNTS.c.id == in_hand(app, maya).account_id
    with app.app_context(), database.reading() as c:
        old = dict(c.execute(select(ACCOUNTS.c.profile, ACCOUNTS.c.profile_key).where(this)).one()._mapping)
    maya.put("/settings", {"region": "IE"}, if_match='"1"')

    change(app, ACCOUNTS, this, **old)

    assert maya.get("/settings").status_code == 409

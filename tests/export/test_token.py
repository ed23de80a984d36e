"""A token for whoever automates: made after the password, good for exports alone, and for a quarter of an hour."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from journal import clock
from journal.accounts import operating
from journal.accounts.models import EXPORT_TOKENS, SIGN_INS
from journal.database import reading, writing
from tests.cast import API, Person, join
from tests.export.conftest import owner_of

DRAFT = {"format": "json", "story": True}


def made(person) -> str:
    answer = person.post("/export-tokens")
    assert answer.status_code == 201, answer.json
    return answer.json["token"]


def shown(app, token: str, path: str = "/exports", method: str = "POST"):
    """By a program that has the token and nothing else."""
    headers = {"Authorization": f"Bearer {token}"}
    return Person.nobody(app).client.open(API + path, method=method, json=DRAFT, headers=headers)


def test_it_takes_out_what_its_owner_would(maya, noor, app):
    mine, theirs = maya.checks_in(None, "anytime", "2024-10-18T10:30:00-04:00"), noor
    theirs.checks_in(None, "anytime", "2024-10-19T10:30:00-04:00")
    answer = shown(app, made(maya))

    assert answer.status_code == 200
    assert [it["id"] for it in answer.json["check_ins"]] == [mine]
    assert maya.get("/access-log").json["entries"][0]["what"] == "exported"


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/today"), ("GET", "/check-ins"), ("POST", "/export-tokens"), ("GET", "/imports"), ("GET", "/account"),
     ("DELETE", "/account"), ("GET", "/settings"), ("POST", "/imports?from=daylio"), ("GET", "/catalogue"),
     ("PUT", "/deposits/7a3f6c1e-2b44-4f0a-9a51-5d8c2f1b0e77")],
)  # fmt: skip
def test_it_opens_nothing_else(maya, app, method, path):
    refused = shown(app, made(maya), path, method)
    assert (refused.status_code, refused.json["type"]) == (401, "/problems/token-not-accepted")


def test_it_is_no_cookie_and_a_cookie_is_no_token(maya, app):
    token = made(maya)
    nobody = Person.nobody(app)
    nobody.client.set_cookie("__Host-shoreline", token, domain="localhost", secure=True)
    assert nobody.get("/account").status_code == 401

    cookie = maya.client.get_cookie("__Host-shoreline").value
    assert shown(app, cookie).status_code == 401


def test_a_row_moved_among_the_sign_ins_opens_nothing(maya, app):
    """Who can write to the database cannot make a whole sign-in of it."""
    token = made(maya)
    with app.app_context(), writing() as c:
        wrap = c.execute(select(EXPORT_TOKENS.c.wrap, EXPORT_TOKENS.c.id)).all()[-1]
        mine = owner_of(app, maya).sign_in_id
        before = c.execute(select(SIGN_INS.c.wrap).where(SIGN_INS.c.id == mine)).scalar_one()
        c.execute(update(SIGN_INS).where(SIGN_INS.c.id == mine).values(wrap=wrap.wrap, id=wrap.id))
    nobody = Person.nobody(app)
    nobody.client.set_cookie("__Host-shoreline", token, domain="localhost", secure=True)
    answer = nobody.get("/account")
    with app.app_context(), writing() as c:
        c.execute(update(SIGN_INS).where(SIGN_INS.c.id == wrap.id).values(wrap=before, id=mine))
    assert answer.status_code == 401


def test_it_is_over_after_fifteen_minutes(maya, app):
    token = made(maya)
    with clock.at(clock.now() + timedelta(minutes=14)):
        assert shown(app, token).status_code == 200
    with clock.at(clock.now() + timedelta(minutes=15, seconds=1)):
        assert shown(app, token).status_code == 401
    with app.app_context(), clock.at(clock.now() + timedelta(minutes=16)):
        operating.sweep()
        with reading() as c:
            assert c.execute(select(EXPORT_TOKENS.c.id)).all() == []


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "!" * 43])
def test_what_is_none_is_refused(app, token):
    assert shown(app, token).status_code == 401


def test_it_goes_with_signing_out_everywhere_and_with_the_account(app):
    for path in ("/sign-ins", "/account"):
        ada = join(app, "ada")
        token = made(ada)
        assert shown(app, token).status_code == 200
        assert ada.delete(path).status_code == 204
        assert shown(app, token).status_code == 401


def test_it_needs_the_password_lately_given(maya):
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert maya.post("/export-tokens").status_code == 403


def test_a_new_pepper_keeps_it(maya, app):
    token = made(maya)
    with app.app_context():
        assert operating.relock().refused == 0
    assert shown(app, token).status_code == 200


def test_of_a_disabled_account_it_opens_nothing(app):
    from journal.accounts.service import disable

    ada = join(app, "ada")
    token = made(ada)
    with app.app_context(), writing() as c:
        disable(c, owner_of(app, ada).account_id)
    assert shown(app, token).status_code == 401

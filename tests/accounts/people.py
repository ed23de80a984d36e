"""More ways for the cast to come to the door."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import select

from journal import database
from journal.accounts import host, sign_ins
from journal.accounts.models import ACCOUNTS
from journal.accounts.service import DEVICE_COOKIE, SIGN_IN_COOKIE
from journal.accounts.sign_ins import Browser
from journal.accounts.ways_in import Proven
from tests.cast import Person

WRONG = "nobody has this password"
NEW = "another harbour, another wall"
PHONE = "Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"


def cookie_of(person: Person, name: str = SIGN_IN_COOKIE) -> str:
    """What the person's browser holds."""
    cookie = person.client.get_cookie(name)
    return cookie.value if cookie else ""


def with_cookies(app: Flask, **cookies: str) -> Person:
    """Somebody whose browser holds just these cookies."""
    somebody = Person.nobody(app)
    names = {"sign_in": SIGN_IN_COOKIE, "device": DEVICE_COOKIE}
    for name, value in cookies.items():
        somebody.client.set_cookie(names.get(name, name), value, secure=True)
    return somebody


def in_hand(app: Flask, person: Person) -> Proven:
    """What a signed-in person's cookie opens, as the verbs have it."""
    with app.app_context():
        owner = sign_ins.find(cookie_of(person))
        assert owner is not None
        with database.reading() as c:
            login_index = c.execute(
                select(ACCOUNTS.c.login_index).where(ACCOUNTS.c.id == owner.account_id)
            ).scalar_one()
        return Proven(owner.account_id, owner.role, login_index, owner.bundle, host.here().lock(owner.account_id))


def on_another_browser(app: Flask, person: Person) -> Person:
    """The same person signed in once more, as wholly, without the Argon2id that a password costs."""
    who, whole = in_hand(app, person), not person.get("/account").json["second_factor_due"]
    with app.app_context(), database.writing() as c:
        begun = sign_ins.begin(c, who, Browser("Firefox on Android"), second_factor=whole)
    other = with_cookies(app, sign_in=begun.token.cookie_value, device=begun.device)
    return replace(person, client=other.client)


def signs_in(person: Person, login_name: str, password: str, **code: str):
    """Ask at the door."""
    return person.post("/sign-ins", json={"login_name": login_name, "password": password, **code})


def recovers(person: Person, login_name: str, recovery_code: str, password: str = NEW, **code: str):
    """Come back with a recovery code."""
    body = {"login_name": login_name, "recovery_code": recovery_code, "new_password": password}
    return person.post("/recovery", json=body | code)

"""Maya and Noor with the keys in hand: what writes files is tried with journals of their own, wiped between."""

import pytest
from sqlalchemy import delete, update

from journal import clock
from journal.accounts import service as accounts
from journal.accounts.models import SIGN_INS
from journal.accounts.service import Owner
from journal.database import writing
from journal.export.models import IMPORTS
from journal.sessions.together import ORDER
from tests.cast import Person, join
from tests.described import Description
from tests.stores import new_app


@pytest.fixture(scope="package")
def app(new_stores):
    return new_app(new_stores("export"))


@pytest.fixture(scope="package")
def the_cast(app) -> dict[str, Person]:
    return {name: join(app, name) for name in ("maya", "noor")}


@pytest.fixture(autouse=True)
def described(app):
    """No answer of any story may differ from what the API says of itself."""
    description = Description.of(app)
    description.take_surprises()
    yield
    assert description.take_surprises() == []


@pytest.fixture
def maya(the_cast, app) -> Person:
    """Keeps a journal; in every story she begins it, and has just given her password."""
    return ready(the_cast["maya"], app)


@pytest.fixture
def noor(the_cast, app) -> Person:
    return ready(the_cast["noor"], app)


def ready(person: Person, app) -> Person:
    with app.app_context():
        owner = owner_of(app, person)
        begin_anew(owner)
        with writing() as c:
            # As giving the password does; stretching one for every story would be most of their time.
            c.execute(update(SIGN_INS).where(SIGN_INS.c.id == owner.sign_in_id).values(stepped_up_at=clock.now()))
    return person.fresh(app)


def owner_of(app, person: Person) -> Owner:
    """The person with the keys in hand, as the guard finds them."""
    cookie = person.client.get_cookie(accounts.SIGN_IN_COOKIE)
    owner = accounts.sign_ins.find(cookie.value)
    assert owner is not None
    return owner


def begin_anew(owner: Owner) -> None:
    """Empty a journal."""
    with writing() as c:
        for kind in reversed(ORDER):
            table = kind.model.__table__
            c.execute(delete(table).where(table.c.account_id == owner.account_id))
        c.execute(delete(IMPORTS).where(IMPORTS.c.account_id == owner.account_id))
        values = accounts.read_settings(owner).values
        accounts.unset_settings(c, owner, values)

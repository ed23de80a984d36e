"""The pepper is changed under gunicorn, reloaded by HUP, while Maya writes, Noor comes and goes and Dr Okafor reads."""

import json
import os
import signal
import time
from base64 import b64decode
from uuid import uuid4

import pytest

from journal.accounts import service as accounts
from journal.crypto import Pepper
from journal.operating.rotation import Rotation
from journal.sharing import service as sharing
from tests.cast import Person
from tests.live import Server, operate, serving
from tests.operating.people import PASSWORD, Three, going_on
from tests.stores import PEPPER, Stores, app_of, settings

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("rotation")]
OLD = Pepper.from_bytes(PEPPER).id


@pytest.fixture(params=["sqlite", "postgres"])
def stores(request, folder) -> Stores:
    if request.param == "sqlite":
        return Stores.sqlite(folder)
    return Stores.postgres(folder, request.getfixturevalue("postgres"), f"rotation_{uuid4().hex[:8]}")


def test_the_pepper_is_changed_and_nobody_notices(stores, folder):
    with serving(folder, stores, workers=1 if stores.database_url.startswith("sqlite") else 2) as server:
        three = Three.arrive(server.url, operate(server, stores, "invite-therapist").strip())
        with going_on(three) as load:
            steps(server, stores)
        assert load.failed == []
        assert load.statuses[201] > 10
        three.all_is_there()
        assert "Traceback" not in server.log()
    secrets = json.loads((folder / "secrets.json").read_text())
    assert list(secrets) == ["pepper"]
    assert json.loads((folder / f"retired-{OLD.hex()}.json").read_text()).keys() == {"pepper"}
    the_old_one_opens_nothing(stores, three, b64decode(secrets["pepper"]))


def steps(server: Server, stores: Stores) -> None:
    """As docs/operating/rotation.md has them; on PostgreSQL the operator answers for the other hosts."""
    word = [] if stores.database_url.startswith("sqlite") else ["--everywhere"]
    operate(server, stores, "rotate-pepper", "begin")
    assert not reloaded(server)
    reload(server)
    operate(server, stores, "rotate-pepper", *word)
    reload(server)
    assert "0 are left under the previous" in operate(server, stores, "rotate-pepper")
    assert "opens nothing any more" in operate(server, stores, "rotate-pepper", *word)
    reload(server)


def reload(server: Server) -> None:
    """HUP, and wait until the workers from before have ended, as `--status` says."""
    os.kill(server.process.pid, signal.SIGHUP)
    waited_until = time.monotonic() + 60
    while not reloaded(server):
        assert time.monotonic() < waited_until, "some workers go on with the secrets from before"
        time.sleep(0.1)


def reloaded(server: Server) -> bool:
    here = settings(Stores.sqlite(server.folder), secrets_file=server.folder / "secrets.json")
    return Rotation(here).all_reloaded_here()


def the_old_one_opens_nothing(stores: Stores, three: Three, new: bytes) -> None:
    with_new, with_old = app_of(settings(stores, pepper=new)), app_of(settings(stores))
    given = {"login_name": three.names["maya"], "password": PASSWORD}
    assert Person.nobody(with_new).post("/sign-ins", json=given).status_code == 201
    assert Person.nobody(with_old).post("/sign-ins", json=given).status_code == 401
    with with_new.app_context():
        under = accounts.under_peppers() + sharing.under_peppers()
    assert under.keys() == {Pepper.from_bytes(new).id}

"""The release before goes on at the newest schema, beside the new one: migrate first, then reload the processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests import live
from tests.http import Browserless
from tests.live import Server, serving
from tests.operating import make_released
from tests.operating.people import PASSWORD, Three, going_on
from tests.operating.test_upgrading import HISTORY
from tests.sharing.steps import lends
from tests.stores import Stores, free_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("rotation")]
BEFORE = HISTORY[-2]


@pytest.fixture(scope="module")
def release_before(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    try:
        make_released.check_out(make_released.COMMITS[BEFORE], folder)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this clone has no history, so the release before cannot be run")
    return folder


@pytest.fixture(params=["sqlite", "postgres"])
def stores(request, folder) -> Stores:
    if request.param == "sqlite":
        return Stores.sqlite(folder)
    return Stores.postgres(folder, request.getfixturevalue("postgres"), f"rolling_{uuid4().hex[:8]}")


def test_migrated_first_and_reloaded_after_nobody_notices(release_before, stores, folder):
    with serving_from(release_before, stores, folder) as before:
        invited = [sys.executable, "-m", "flask", "--app", "wsgi", "invite-therapist"]
        environ = environment(release_before, stores, folder, before.url)
        invitation = subprocess.check_output(invited, cwd=release_before, env=environ, text=True)
        three = Three.arrive(before.url, invitation.strip())
        # The new one migrates while the one before serves, and then both do.
        with going_on(three) as load, serving(folder, stores, workers=1) as after:
            moved = three.at(after.url)
            with going_on(moved) as new_load:
                until = time.monotonic() + 60
                while new_load.statuses[201] < 5 and time.monotonic() < until:
                    time.sleep(0.1)
            shares_on_both(three, moved)
        assert (load.failed, new_load.failed) == ([], [])
        assert load.statuses[201] >= 5 <= new_load.statuses[201]
        moved.at(before.url).all_is_there()
        three.check_ins |= moved.check_ins
        three.all_is_there()
        assert "Traceback" not in before.log()


def shares_on_both(before: Three, after: Three) -> None:
    """Lent on the one and read on the other; signed in on the one and used on the other."""
    for here, there in ((before, after), (after, before)):
        share = lends(here.maya, here.pin, [here.session])
        read = there.okafor.get(f"/desk/{share}/sessions/{here.session}")
        assert (read.status_code, read.json["unopened"]) == (200, 0)
        assert there.maya.delete(f"/shares/{share}").status_code == 204
        assert here.okafor.get(f"/desk/{share}/brief").status_code == 404
        anew = Browserless(here.maya.url)
        assert anew.post("/sign-ins", {"login_name": here.names["maya"], "password": PASSWORD}).status_code == 201
        assert Browserless(there.maya.url, anew.cookies).get("/check-ins").status_code == 200


def environment(tree: Path, stores: Stores, folder: Path, url: str) -> dict[str, str]:
    return live._environment(folder, stores, url) | {"PYTHONPATH": str(tree)}


@contextmanager
def serving_from(tree: Path, stores: Stores, folder: Path) -> Iterator[Server]:
    """As `serving`, from the code in that tree."""
    port = free_port()
    url = f"http://localhost:{port}"
    environ = environment(tree, stores, folder, url)
    gunicorn = Path(sys.executable).with_name("gunicorn")
    with (folder / "log").open("ab") as log:
        subprocess.run([sys.executable, "-m", "journal.first_start"], cwd=tree, env=environ, check=True, stdout=log)
        command = [gunicorn, "--no-control-socket", "--bind", f"localhost:{port}", "--threads", "4", "wsgi:app"]
        process = subprocess.Popen(command, cwd=tree, env=environ, stdout=log, stderr=log, start_new_session=True)
    server = Server(url, folder, process)
    try:
        live.wait(server)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)

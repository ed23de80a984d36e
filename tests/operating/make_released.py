"""Makes what is in `released/`: a journal as each schema there has been left it, filled by the code of that time.

python -m tests.operating.make_released 0003

takes the last commit that had that revision as its newest out of the history, and lets its code fill a journal through
its own API, in a process of its own. What is kept is every row of both stores, a line each, and what was written and
read back at that time. To add a revision, name its commit below, before the next one is merged.
"""

import base64
import gzip
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
RELEASED = Path(__file__).parent / "released"
COMMITS = {
    "0001": "41f7678b1a1b4ab4926412d64af2b61e9d19a850",
    "0002": "0f1a65cc22364e9e4559c60826f9c5cb3d8a3fee",
    "0003": "3c900f8991427b37d2f651d80d94714b49524527",
    "0004": "771cc21d0678b830904ea913da6326ad0253b1e3",
    "0005": "9ac97fd3ac39b143db3fd07a1663466c1a9c2ba9",
    "0006": "d8014aa2e56b66eed9caa57c6c4d06fb7f8a100b",
}
STORES = {"journal": None, "keyring": "keyring"}
HELD, LATER = "2026-11-20T10:30:00-05:00", "2026-11-21T12:00:00-05:00"
UNTIL = "2027-01-20T10:00:00-05:00"


def main() -> None:
    for revision in sys.argv[1:] or COMMITS:
        with tempfile.TemporaryDirectory() as folder:
            check_out(COMMITS[revision], Path(folder))
            inside = [sys.executable, "-c", f"import runpy; runpy.run_path({__file__!r})['fill']({revision!r})"]
            environ = os.environ | {"PYTHONPATH": folder}
            done = subprocess.run(inside, cwd=folder, env=environ, check=True, capture_output=True)
        # No name and no time of making in the file: the same content is the same bytes.
        (RELEASED / f"{revision}.jsonl.gz").write_bytes(gzip.compress(done.stdout, mtime=0))


def check_out(commit: str, folder: Path) -> None:
    """The tree of a commit. Raises `CalledProcessError` where the history does not have it."""
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "x", "-C", folder], input=archive, check=True)


def read(revision: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What was written then, and the rows."""
    first, *rows = gzip.decompress((RELEASED / f"{revision}.jsonl.gz").read_bytes()).splitlines()
    return json.loads(first), [json.loads(row) for row in rows]


def unpacked(value: Any) -> Any:
    """A column's value as it was before `packed`."""
    if isinstance(value, dict):
        return base64.b64decode(value["b64"]) if "b64" in value else datetime.fromisoformat(value["at"])
    return value


# ---- what runs in the code of that time ----


def fill(revision: str) -> None:
    """Print what was written, then every row."""
    from tests.stores import Stores, new_app

    with tempfile.TemporaryDirectory() as folder:
        app = new_app(Stores.sqlite(Path(folder)))
        for line in (written(app, revision), *dumped(app)):
            sys.stdout.write(json.dumps(line, sort_keys=True) + "\n")


def written(app: Any, revision: str) -> dict[str, Any]:
    """Everything that the journal of that time could be asked to keep; who can come in with what."""
    from tests.cast import join

    maya, noor = join(app, "maya"), join(app, "noor")
    told: dict[str, Any] = {"revision": revision, "at": datetime.now(UTC).isoformat(), "people": {}, "reads": {}}
    paths = writes(maya)
    noors = noor.has_session(HELD)
    if revision >= "0002":
        told["waiting"] = hands_in(app, maya)
        paths.append("/devices")
    if revision >= "0003":
        from tests.cast import join_therapist

        okafor = join_therapist(app, "okafor", "Dr Okafor")
        told["people"]["okafor"] = known(okafor) | {"secret": okafor.authenticator.secret}
        told["reads"]["okafor"] = {}
    if revision >= "0004":
        told["reads"]["okafor"], more = lends(maya, okafor, session=paths[1].removeprefix("/sessions/"))
        paths += more
    if revision >= "0005":
        from tests.export.files import bring_in, own_file

        assert bring_in(maya, "shoreline", own_file()).status_code in (200, 201)
        paths.append("/imports")
    if revision >= "0006":
        gone = maya.checks_in(None, "anytime", LATER)
        assert maya.delete(f"/check-ins/{gone}").status_code == 204
        told["gone"] = f"/check-ins/{gone}"
    for name, person in {"maya": maya, "noor": noor}.items():
        told["people"][name] = known(person)
    told["reads"] |= {"maya": {path: got(maya, path) for path in paths}, "noor": {"/sessions": got(noor, "/sessions")}}
    assert noors in str(told["reads"]["noor"])
    return told


def known(person: Any) -> dict[str, Any]:
    """What somebody has to come in with."""
    cookie = person.client.get_cookie("__Host-shoreline")
    given = {"login_name": person.login_name, "password": person.password, "cookie": cookie.value}
    return given | ({"recovery_code": person.recovery_code} if person.recovery_code else {})


def got(person: Any, path: str) -> Any:
    answer = person.get(path)
    assert answer.status_code == 200, (path, answer.json)
    return answer.json


def writes(maya: Any) -> list[str]:
    """A row of every kind with words in it; where they are read."""
    from uuid import uuid4

    from tests.cast import TZ

    ids = {kind: str(uuid4()) for kind in ("courses", "sessions", "additions")}
    facts = {"happened_at": HELD, "time_zone": TZ, "written_at": HELD, "route": "im"}
    bodies = {
        "courses": {"ratings": {"planned_sessions": 6}, "story": {"name": "Autumn"}},
        "sessions": {"course_id": ids["courses"], "ratings": facts, "story": {"place": "The clinic", "note": "Rain."}},
        "additions": {"ratings": {"list": "noticed"}, "story": {"label": "Humming"}},
    }
    for kind, body in bodies.items():
        answer = maya.put(f"/{kind}/{ids[kind]}", body)
        assert answer.status_code == 201, (kind, answer.json)
    story = {"texts": {"story.line": "Warm light over the water."}}
    ratings = {"answers": {"emo.mood_now": 4}, "noticed": {f"own.{ids['additions']}": {"intensity": 3}}}
    made = maya.checks_in(ids["sessions"], "next_day", LATER, story, **ratings)
    note = {"written_at": LATER, "text": "Gulls."}
    assert maya.put(f"/check-ins/{made}/notes/{uuid4()}", note).status_code == 200
    settings = {"time_zone": TZ, "region": "US", "clinic": {"name": "The clinic", "phone": "+1 555 0100"}}
    assert maya.put("/settings", settings, if_match='"1"').status_code == 200
    rows = [f"/{kind}/{its_id}" for kind, its_id in ids.items()]
    return [*rows, f"/check-ins/{made}", "/check-ins", "/settings"]


def hands_in(app: Any, maya: Any) -> dict[str, Any]:
    """One that was filed at the time, and one that waits."""
    from tests.deposits.phone import Phone, document, files

    phone = Phone.of(maya, app)
    phone.deposits(document("anytime", LATER, texts={"story.line": "Filed then."}))
    files(maya)
    told = document("anytime", LATER, texts={"story.line": "Handed in, and waiting."}, answers={"emo.mood_now": 7})
    phone.deposits(told)
    return told["check_in"]


def lends(maya: Any, okafor: Any, session: str) -> tuple[dict[str, Any], list[str]]:
    """All of a session, read once; what Dr Okafor reads, and where Maya sees it."""
    from tests.sharing.steps import keeps
    from tests.sharing.steps import lends as make

    share = make(maya, keeps(maya, okafor), [session], until=UNTIL, ask="The garden.")
    paths = [f"/desk/{share}/sessions/{session}", f"/desk/{share}/brief"]
    reads = {path: got(okafor, path) for path in paths}
    return reads, ["/pins", f"/shares/{share}", "/access-log"]


def dumped(app: Any) -> list[dict[str, Any]]:
    """Every row of both stores, as the models of that time have it."""
    from journal.database import db

    found = []
    with app.app_context():
        for store, bind in STORES.items():
            for table in db.metadatas[bind].sorted_tables:
                with db.engines[bind].connect() as c:
                    for row in c.execute(table.select()).mappings():
                        values = {name: packed(value) for name, value in row.items()}
                        found.append({"store": store, "table": table.name, "row": values})
    return found


def packed(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"b64": base64.b64encode(value).decode()}
    return {"at": value.isoformat()} if isinstance(value, datetime) else value


if __name__ == "__main__":
    main()

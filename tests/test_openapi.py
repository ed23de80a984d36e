"""The description of the API: valid, whole, true of real answers, and the same as the files made from it."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from journal.web import openapi
from journal.web.contract import answers, for_anyone
from tests.cast import API, Person, enter, join, join_therapist, set_second_factor
from tests.deposits.phone import Phone, document
from tests.described import Description
from tests.export.files import DAYLIO, bring_in, in_new_york, preview
from tests.sessions.bodies import AT, KINDS, LANDED, NEXT_DAY, OTHERWISE
from tests.sharing.steps import card_of, draft, gives_back, keeps, lends, says
from tests.stores import Stores, new_app

FRONTEND = Path(__file__).parent.parent / "frontend"
NOTE = {"written_at": LANDED, "text": "Added later."}


@pytest.fixture(scope="module")
def own_app(tmp_path_factory) -> Flask:
    """For those who change what the API is."""
    return new_app(Stores.sqlite(tmp_path_factory.mktemp("described")))


class TestTheDocument:
    def test_it_is_valid(self, visitor):
        served = visitor.get("/openapi.json").json

        assert served["openapi"].startswith("3.1.")
        assert list(OpenAPIV31SpecValidator(served).iter_errors()) == []

    def test_it_covers_every_route(self, app):
        there = {
            (method, openapi._path(rule))
            for rule in app.url_map.iter_rules()
            if rule.rule.startswith(API)
            for method in rule.methods - {"HEAD", "OPTIONS"}
        }
        assert set(Description.of(app).operations) == there

    def test_every_operation_has_a_name_of_its_own_and_a_sentence(self, app):
        operations = list(Description.of(app).operations.values())
        names = [operation["operationId"] for operation in operations]

        assert len(names) == len(set(names))
        assert all(operation["summary"].endswith(".") for operation in operations)

    def test_what_is_not_open_says_that_it_needs_a_sign_in(self, app, visitor):
        for (method, path), operation in Description.of(app).operations.items():
            address = re.sub(r"\{\w+_id\}", str(uuid4()), path).replace("{name}", "x")
            refused = visitor.client.open(address, method=method).status_code == 401
            assert refused == ("security" in operation), (method, path)

    def test_a_route_without_a_promise_cannot_be_described(self, own_app):
        own_app.add_url_rule(f"{API}/planted", "planted", lambda: "")
        with pytest.raises(KeyError, match="planted"):
            openapi.document(own_app)


class TestRealAnswers:
    def test_every_operation_answers_as_it_promised(self, app):
        """A journey through all there is, doing everything once and being refused once."""
        description = Description.of(app)
        description.take_surprises()
        before = description.answered.copy()
        go_everywhere(app, join(app, "maya"))

        assert description.take_surprises() == []
        assert set(description.answered - before) == set(description.operations)

    @pytest.mark.parametrize(
        ("value", "status", "mimetype"),
        [
            ({"mode": "ajar"}, 200, "application/json"),
            ({}, 200, "application/json"),
            ({"mode": "open", "since": "today"}, 200, "application/json"),
            (None, 200, "application/json"),
            ({"mode": "open"}, 200, "text/html"),
            ({"mode": "open"}, 202, "application/json"),
            ({"title": "Busy"}, 503, "application/problem+json"),
        ],
    )
    def test_an_answer_that_differs_is_noticed(self, app, value, status, mimetype):
        operation = ("GET", f"{API}/registration")

        assert Description.of(app).differences(operation, 200, "application/json", {"mode": "open"}) == []
        assert Description.of(app).differences(operation, status, mimetype, value)

    def test_it_is_noticed_when_it_happens(self, tmp_path):
        app = new_app(Stores.sqlite(tmp_path))

        @for_anyone
        @answers(openapi.FaultShape())
        def planted():
            """Answer something else."""
            return {"pointer": 5}

        app.add_url_rule(f"{API}/planted", "planted", planted)
        description = Description.of(app)
        Person.nobody(app).get("/planted")
        assert len(description.take_surprises()) == 2


def go_everywhere(app: Flask, maya: Person) -> None:
    visitor = Person.nobody(app)
    for path in ("/openapi.json", "/catalogue", "/registration", "/backups"):
        assert visitor.get(path).status_code == 200
    assert visitor.post("/passphrases").status_code == 200
    rows = {kind: keep_everything(maya, kind, body) for kind, body in KINDS.items()}
    read_everything(maya, rows)
    share_with_a_therapist(app, maya)
    refuse_a_little(maya, visitor, rows)
    keep_a_phone(app, maya)
    manage_the_account(app, maya)
    set_up_a_second_factor(app)
    take_it_out_and_bring_it_in(maya)
    for kind, row in rows.items():
        assert maya.delete(f"/{kind}/{row}").status_code == 204
    leave(app, maya)


def keep_everything(maya: Person, kind: str, body: dict) -> str:
    row = str(uuid4())
    assert maya.put(f"/{kind}/{row}", body).status_code == 201
    assert maya.put(f"/{kind}/{row}", OTHERWISE[kind], if_match='"1"').status_code == 200
    if kind in ("sessions", "check-ins"):
        assert maya.put(f"/{kind}/{row}/notes/{uuid4()}", NOTE).status_code == 200
    return row


def read_everything(maya: Person, rows: dict[str, str]) -> None:
    other = maya.has_session(AT)
    landing = maya.checks_in(other, "landing", LANDED, answers={"emo.mood_now": 0}, none=["noticed"])
    assert maya.post(f"/check-ins/{landing}/rereading", headers={"If-Match": '"1"'}).status_code == 200
    for kind, row in rows.items():
        for path in (f"/{kind}", f"/{kind}?limit=1", f"/{kind}/{row}"):
            assert maya.get(path).status_code == 200
    calendar = f"/sessions/{other}/reminders.ics?week=10080"
    comparison = f"/trends/comparison?first={other}&second={rows['sessions']}"
    for path in ("/today", "/rereading", calendar, "/trends", comparison):
        assert maya.get(path).status_code == 200


def keep_a_phone(app: Flask, maya: Person) -> None:
    """One deposit is filed, one is handed in by its owner, one is decided on, one removed."""
    phone, sealed = Phone.of(maya, app), {"content_type": "application/octet-stream"}
    phone.deposits(document("anytime", LANDED, answers={"emo.mood_now": 3}))
    lost, by_hand = phone.deposits(document("next_day", "1999-01-01T00:00:00Z")), uuid4()
    blob = phone.seal(b"no JSON", by_hand)
    address = f"{API}/devices/{phone.device}/deposits/{by_hand}"
    assert [maya.client.put(address, data=blob, **sealed).status_code for _ in range(2)] == [201, 204]
    assert phone.put(by_hand, blob + b"x").status_code == 400
    assert maya.post("/deposits/filing", json={}).status_code == 200
    assert {each["reason"] for each in maya.get("/deposits").json["items"]} == {"no-session", "does-not-open"}
    assert maya.post(f"/deposits/{by_hand}/decision", json={"keep": "mine"}).status_code == 409
    assert maya.post(f"/deposits/{lost}/decision", json={"keep": "anytime"}).status_code == 200
    assert maya.delete(f"/deposits/{by_hand}").status_code == 204
    assert maya.put(f"/devices/{phone.device}", {"name": "The old one"}).status_code == 200
    assert maya.delete(f"/devices/{phone.device}").status_code == 204
    assert maya.get("/devices").status_code == 200


def take_it_out_and_bring_it_in(maya: Person) -> None:
    assert maya.get("/export/schema.json").status_code == 200
    assert maya.post("/export-tokens").status_code == 201
    in_new_york(maya)
    for kind in ("json", "csv", "pdf", "fhir"):
        assert maya.post("/exports", json={"format": kind, "story": True}).status_code == 200
    draft = {"format": "pdf", "story": False, "progress": True, "shared_with": {"name": "Dr Okafor"}}
    assert maya.post("/exports", json=draft).status_code == 200
    assert preview(maya, "daylio", DAYLIO).status_code == 200
    kept = bring_in(maya, "daylio", DAYLIO).json
    assert bring_in(maya, "daylio", "no table").status_code == 422
    assert maya.get("/imports").status_code == 200
    assert maya.delete(f"/imports/{kept['import_id']}").status_code == 200


def refuse_a_little(maya: Person, visitor: Person, rows: dict[str, str]) -> None:
    assert visitor.get("/today").status_code == 401
    assert maya.get(f"/sessions/{uuid4()}").status_code == 404
    just = datetime.now(UTC).isoformat(timespec="seconds")
    landing = maya.checks_in(maya.has_session(just), "landing", just)
    assert maya.post(f"/check-ins/{landing}/rereading", headers={"If-Match": '"1"'}).status_code == 409
    assert maya.put(f"/sessions/{rows['sessions']}", KINDS["sessions"]).status_code == 412
    assert maya.put(f"/sessions/{uuid4()}", {"ratings": {}}).status_code == 422
    assert visitor.post("/sign-ins", json={"login_name": "nobody", "password": "x" * 20}).status_code == 401


def manage_the_account(app: Flask, maya: Person) -> None:
    assert maya.get("/account").status_code == 200
    assert maya.put("/settings", {"own_contact": {"name": "Ada", "phone": "1"}}, if_match='"1"').status_code == 200
    assert maya.put("/settings", {}, if_match='"9"').status_code == 412
    assert maya.get("/settings").status_code == 200
    elsewhere = maya.elsewhere(app)
    listed = elsewhere.get("/sign-ins").json["sign_ins"]
    theirs = next(each["id"] for each in listed if each["current"])
    assert maya.delete(f"/sign-ins/{theirs}").status_code == 204
    assert maya.post("/step-up", json={"password": maya.password}).status_code == 200
    changed = {"current_password": maya.password, "new_password": maya.password}
    assert maya.put("/account/password", changed).status_code == 204
    maya.recovery_code = maya.post("/account/recovery-code").json["recovery_code"]
    assert maya.post("/account/recovery-code/confirmation").status_code == 204


def set_up_a_second_factor(app: Flask) -> None:
    okafor = enter(app, "okafor")
    assert okafor.get("/settings").status_code == 403
    set_second_factor(okafor)
    assert okafor.get("/second-factor").status_code == 200
    assert okafor.post("/second-factor/confirmation", json={"code": "000000"}).status_code == 409
    assert okafor.post("/second-factor/recovery-codes").status_code == 201
    assert Person.nobody(app).post("/sign-ins", json=okafor.what_lets_in() | {"code": "000000"}).status_code == 401


def share_with_a_therapist(app: Flask, maya: Person) -> None:
    """Met, lent, read, answered, logged, given back to a new journal, taken back, and forgotten."""
    okafor = join_therapist(app, "okafor", "Dr Okafor")
    session = maya.has_session(AT)
    maya.checks_in(session, "next_day", LANDED, {"texts": {"story.line": "Warm light."}})
    maya.checks_in(None, "anytime", NEXT_DAY, answers={"emo.mood_now": 4})
    assert maya.post("/cards/reading", json={"card": card_of(okafor)}).status_code == 200
    assert maya.post("/cards/reading", json={"card": "AAAA"}).status_code == 422
    pin = keeps(maya, okafor, "link")
    assert maya.put(f"/shares/{uuid4()}", draft(maya, pin, [session])).json["type"] == "/problems/not-verified"
    assert maya.post(f"/pins/{pin}/comparison").status_code == 200
    share = lends(maya, pin, [session], what_for="Before we meet", ask="The garden.")
    says(maya, share, lend=True)
    until = {"until": datetime.now(UTC).replace(year=datetime.now(UTC).year + 2).isoformat()}
    assert maya.put(f"/shares/{share}/until", until).status_code == 422
    assert maya.put(f"/shares/{share}/until", {"until": draft(maya, pin, [session])["until"]}).status_code == 200
    assert maya.put(f"/shares/{share}/ask", {"text": "The garden, again."}).status_code == 200
    read_what_is_lent(okafor, share, session)
    assert maya.post(f"/shares/{share}/replies-read").status_code == 204
    for path in ("/pins", "/shares", f"/shares/{share}", "/shares/waiting", "/access-log", "/access-log?before=3"):
        assert maya.get(path).status_code == 200
    give_back_to_a_new_journal(app, okafor, share)
    assert maya.delete(f"/pins/{pin}").status_code == 409
    assert maya.delete(f"/shares/{share}").status_code == 204
    assert okafor.get(f"/desk/{share}/brief").status_code == 404
    assert maya.delete(f"/pins/{pin}").status_code == 204


def read_what_is_lent(okafor: Person, share: str, session: str) -> None:
    assert okafor.get("/digits").status_code == okafor.get("/desk").status_code == 200
    for path in ("brief", f"brief?session={session}", f"brief.pdf?session={session}", f"sessions/{session}", "apart"):
        assert okafor.get(f"/desk/{share}/{path}").status_code == 200
    reply = f"/desk/{share}/replies/{uuid4()}"
    said = [{"text": "See you then."}, {"text": "See you then."}, {"text": "Or not."}]
    assert [okafor.put(reply, it).status_code for it in said] == [201, 200, 412]
    assert okafor.post(f"/desk/{share}/reviewed").status_code == 201


def give_back_to_a_new_journal(app: Flask, okafor: Person, old: str) -> None:
    anew = join(app, "maya")
    new = lends(anew, keeps(anew, okafor), [anew.has_session(AT)])
    wrong = {"to": new, "digits": ["00000"] * 12}
    assert okafor.post(f"/desk/{old}/returned", json=wrong).json["type"] == "/problems/digits-differ"
    for _ in range(2):
        gives_back(okafor, old, new, anew)
    taken, refused = (each["id"] for each in anew.get("/returned").json["returned"])
    assert anew.post(f"/returned/{taken}/taking").json["kept"] == 2
    assert anew.delete(f"/returned/{refused}").status_code == 204


def leave(app: Flask, maya: Person) -> None:
    """Out here, out everywhere, back by the recovery code, and gone."""
    assert maya.elsewhere(app).delete("/sign-ins/current").status_code == 204
    assert maya.delete("/sign-ins").status_code == 204
    back = {"login_name": maya.login_name, "recovery_code": maya.recovery_code, "new_password": maya.password}
    assert maya.post("/recovery", json=back).status_code == 201
    assert maya.delete("/account").status_code == 204


class TestWhatIsMadeFromIt:
    """`make build` and `make api` make these; a change of the API that forgets them is found here."""

    def test_the_types_of_the_front_end_are_those_of_this_api(self, app, tmp_path):
        program = FRONTEND / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
        assert program.exists(), "the front end's libraries are missing: run make build"
        (tmp_path / "openapi.json").write_text(json.dumps(openapi.document(app)))
        script = json.loads((FRONTEND / "package.json").read_text())["scripts"]["api"].split()
        node = Path(sys.executable).with_name("node")
        made = tmp_path / "schema.d.ts"
        subprocess.run(
            [node, program, tmp_path / "openapi.json", "-o", made, *script[script.index("-o") + 2 :]],
            cwd=FRONTEND, check=True, capture_output=True, env=os.environ, timeout=60,
        )  # fmt: skip

        assert (FRONTEND / "src" / "api" / "schema.d.ts").read_text() == made.read_text(), "run make api"

    def test_the_catalogue_of_the_front_end_is_this_one(self, visitor):
        made = FRONTEND / "src" / "generated" / "catalogue.json"
        assert made.exists(), "the catalogue was not written for the front end: run make build"

        assert json.loads(made.read_text()) == visitor.get("/catalogue").json

"""Every route and method, for everybody. Made from `app.url_map`: a route that is not listed here fails."""

from typing import Any
from uuid import uuid4

import pytest

from tests.cast import API, Authenticator, Person, check_in, enter, join, join_therapist, set_second_factor
from tests.deposits.phone import Phone, document
from tests.export.files import bring_in, own_file
from tests.sharing.steps import card_of, draft, gives_back, keeps, lends

AT = "2026-11-20T10:30:00-05:00"
EARLIER, LATER = "2026-11-02T10:30:00-05:00", "2026-11-04T10:30:00-05:00"
FACTS = {"happened_at": AT, "time_zone": "America/New_York", "written_at": AT}
NOTE = {"written_at": AT, "text": "Added later."}
NEW_PASSWORD = "the ferry leaves at nine sharp"

# Who may come in. `open`: everybody. `entering`: whoever gave the password. `own`: whoever is wholly signed in, to what
# is theirs. `own row`: the same, to a row in the address; for anybody else it is not there. `stepped up`: as `own`,
# password within five minutes. `hers`, `row`: as `own` and `own row`, but for patients alone. `put`: as `row`, but a
# stranger keeps a row of their own under the same id. `token`: a phone with its token, and nobody with a sign-in.
# `theirs`: for therapists alone, half signed in or wholly; `theirs stepped up`: wholly, password within five minutes.
# `desk`, `lent`: for therapists alone, wholly signed in; `lent` has a share of theirs in the address.
OPEN, ENTERING, OWN, OWN_ROW, STEPPED_UP = "open", "entering", "own", "own row", "stepped up"
HERS, ROW, PUT, TOKEN = "hers", "row", "put", "token"
THEIRS, THEIRS_STEPPED_UP, DESK, LENT = "theirs", "theirs stepped up", "desk", "lent"


def recovering(who: Person) -> dict[str, str]:
    code = {"code": who.authenticator.code()} if who.authenticator else {}
    return {"login_name": who.login_name, "recovery_code": who.recovery_code, "new_password": who.password} | code


DOORS: dict[tuple[str, str], tuple[str, Any]] = {
    ("GET", "/"): (OPEN, None),
    ("GET", "/<path:path>"): (OPEN, None),
    ("GET", "/health"): (OPEN, None),
    ("GET", "/ready"): (OPEN, None),
    ("GET", "/docs/api"): (OPEN, None),
    ("GET", "/docs/api.css"): (OPEN, None),
    ("GET", f"{API}/openapi.json"): (OPEN, None),
    ("GET", f"{API}/catalogue"): (OPEN, None),
    ("GET", f"{API}/registration"): (OPEN, None),
    ("POST", f"{API}/passphrases"): (OPEN, None),
    ("POST", f"{API}/accounts"): (OPEN, lambda _: {"login_name": uuid4().hex, "password": NEW_PASSWORD}),
    ("POST", f"{API}/sign-ins"): (OPEN, lambda who: who.what_lets_in()),
    ("POST", f"{API}/recovery"): (OPEN, recovering),
    ("GET", f"{API}/sign-ins"): (OWN, None),
    ("DELETE", f"{API}/sign-ins"): (OWN, None),
    ("DELETE", f"{API}/sign-ins/current"): (ENTERING, None),
    ("DELETE", f"{API}/sign-ins/<name>"): (OWN_ROW, None),
    ("POST", f"{API}/step-up"): (ENTERING, lambda who: {"password": who.password}),
    ("GET", f"{API}/account"): (ENTERING, None),
    ("DELETE", f"{API}/account"): (STEPPED_UP, None),
    ("PUT", f"{API}/account/password"): (
        OWN,
        lambda who: {"current_password": who.password, "new_password": who.password},
    ),
    ("POST", f"{API}/account/recovery-code"): (STEPPED_UP, None),
    ("POST", f"{API}/account/recovery-code/confirmation"): (ENTERING, None),
    ("GET", f"{API}/settings"): (OWN, None),
    ("PUT", f"{API}/settings"): (OWN, lambda _: {"time_zone": "America/New_York"}),
    ("GET", f"{API}/today"): (HERS, None),
    ("GET", f"{API}/rereading"): (HERS, None),
    ("POST", f"{API}/check-ins/<uuid:row_id>/rereading"): (ROW, None),
    ("GET", f"{API}/sessions/<uuid:row_id>/reminders.ics"): (ROW, None),
    ("GET", f"{API}/trends"): (HERS, None),
    ("GET", f"{API}/trends/comparison"): (ROW, None),
    ("PUT", f"{API}/check-ins/<uuid:row_id>/notes/<uuid:note_id>"): (ROW, lambda _: NOTE),
    ("PUT", f"{API}/sessions/<uuid:row_id>/notes/<uuid:note_id>"): (ROW, lambda _: NOTE),
}
DOORS |= {
    ("GET", f"{API}/devices"): (HERS, None),
    ("POST", f"{API}/devices"): (HERS, lambda _: {"name": "The blue phone"}),
    ("PUT", f"{API}/devices/<uuid:device_id>"): (ROW, lambda _: {"name": "The old one"}),
    ("DELETE", f"{API}/devices/<uuid:device_id>"): (ROW, None),
    ("PUT", f"{API}/devices/<uuid:device_id>/deposits/<uuid:deposit_id>"): (ROW, lambda _: SEALED["blob"]),
    ("GET", f"{API}/deposits"): (HERS, None),
    ("PUT", f"{API}/deposits/<uuid:deposit_id>"): (TOKEN, lambda _: SEALED["blob"]),
    ("DELETE", f"{API}/deposits/<uuid:deposit_id>"): (ROW, None),
    ("POST", f"{API}/deposits/<uuid:deposit_id>/decision"): (ROW, lambda _: {"keep": "mine"}),
    ("POST", f"{API}/deposits/filing"): (HERS, lambda _: {}),
}
DOORS |= {
    ("GET", f"{API}/second-factor"): (THEIRS, None),
    ("POST", f"{API}/second-factor"): (THEIRS, None),
    ("POST", f"{API}/second-factor/confirmation"): (THEIRS, lambda who: {"code": first_code(who)}),
    ("POST", f"{API}/second-factor/recovery-codes"): (THEIRS_STEPPED_UP, None),
}
DOORS |= {
    ("GET", f"{API}/digits"): (OWN, None),
    ("POST", f"{API}/cards"): (DESK, lambda _: {"purpose": "link"}),
    ("POST", f"{API}/cards/reading"): (HERS, lambda _: {"card": SHARED["card"]}),
    ("GET", f"{API}/pins"): (HERS, None),
    ("PUT", f"{API}/pins/<uuid:pin_id>"): (PUT, lambda _: {"card": SHARED["card"]}),
    ("POST", f"{API}/pins/<uuid:pin_id>/comparison"): (ROW, None),
    ("DELETE", f"{API}/pins/<uuid:pin_id>"): (ROW, None),
    ("GET", f"{API}/shares"): (HERS, None),
    ("POST", f"{API}/shares/preview"): (HERS, lambda _: {"sections": ["ratings"], "covers": "from_now_on"}),
    ("GET", f"{API}/shares/waiting"): (HERS, None),
    ("GET", f"{API}/shares/<uuid:share_id>"): (ROW, None),
    ("PUT", f"{API}/shares/<uuid:share_id>"): (ROW, lambda _: SHARED["draft"]),
    ("DELETE", f"{API}/shares/<uuid:share_id>"): (ROW, None),
    ("PUT", f"{API}/shares/<uuid:share_id>/until"): (ROW, lambda _: {"until": SHARED["draft"]["until"]}),
    ("PUT", f"{API}/shares/<uuid:share_id>/ask"): (ROW, lambda _: {"text": "The garden."}),
    ("PUT", f"{API}/shares/<uuid:share_id>/decisions"): (ROW, lambda _: {}),
    ("POST", f"{API}/shares/<uuid:share_id>/replies-read"): (ROW, None),
    ("GET", f"{API}/access-log"): (HERS, None),
    ("GET", f"{API}/returned"): (HERS, None),
    ("POST", f"{API}/returned/<uuid:return_id>/taking"): (ROW, None),
    ("DELETE", f"{API}/returned/<uuid:return_id>"): (ROW, None),
    ("GET", f"{API}/desk"): (DESK, None),
    ("GET", f"{API}/desk/<uuid:share_id>/brief"): (LENT, None),
    ("GET", f"{API}/desk/<uuid:share_id>/sessions/<uuid:session_id>"): (LENT, None),
    ("GET", f"{API}/desk/<uuid:share_id>/apart"): (LENT, None),
    ("PUT", f"{API}/desk/<uuid:share_id>/replies/<uuid:reply_id>"): (LENT, lambda _: {"text": "See you then."}),
    ("POST", f"{API}/desk/<uuid:share_id>/reviewed"): (LENT, None),
    ("POST", f"{API}/desk/<uuid:share_id>/returned"): (LENT, lambda _: SHARED["returned"]),
    ("GET", f"{API}/desk/<uuid:share_id>/brief.pdf"): (LENT, None),
    ("GET", f"{API}/backups"): (OPEN, None),
    ("GET", f"{API}/export/schema.json"): (OPEN, None),
    ("POST", f"{API}/exports"): (HERS, lambda _: {"format": "json", "story": True}),
    ("POST", f"{API}/export-tokens"): (HERS, None),
    ("POST", f"{API}/imports/preview"): (HERS, lambda _: own_file()),
    ("POST", f"{API}/imports"): (HERS, lambda _: own_file()),
    ("GET", f"{API}/imports"): (HERS, None),
    ("DELETE", f"{API}/imports/<uuid:import_id>"): (ROW, None),
}
# What the owner's phone sealed for the address that is being tried.
SEALED: dict[str, bytes] = {}
# What the owner and her therapist have between them: a card, the draft of a share, what is given back.
SHARED: dict[str, Any] = {}
BODIES = {
    "courses": {"ratings": {}, "story": {"name": "Autumn"}},
    "sessions": {"ratings": FACTS},
    "check-ins": check_in(None, "anytime", AT),
    "additions": {"ratings": {"list": "noticed"}, "story": {"label": "Humming"}},
}
for _kind, _body in BODIES.items():
    DOORS[("GET", f"{API}/{_kind}")] = (HERS, None)
    DOORS[("GET", f"{API}/{_kind}/<uuid:row_id>")] = (ROW, None)
    DOORS[("PUT", f"{API}/{_kind}/<uuid:row_id>")] = (PUT, lambda _, body=_body: body)
    DOORS[("DELETE", f"{API}/{_kind}/<uuid:row_id>")] = (ROW, None)

EVERYBODY = ("visitor", "owner", "stranger", "stale sign-in", "therapist", "half therapist")
UNSAFE = ("PUT", "POST", "DELETE", "PATCH")


def routes(app):
    return {
        (method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_every_route_is_listed(app):
    assert routes(app) == set(DOORS)


@pytest.fixture(scope="module")
def owner(app):
    return join(app, "maya")


@pytest.fixture(scope="module")
def stale(app, owner):
    """The owner's cookies from a sign-in that has ended."""
    return ended(app, owner.elsewhere(app))


@pytest.fixture(scope="module")
def therapist(app, owner, the_therapists) -> Person:
    """Whom the owner shares with, and no stranger does. Somebody else does too, whose check-ins can be given back."""
    okafor = join_therapist(app, "okafor", "Dr Okafor")
    SHARED["card"], SHARED["kept"] = card_of(okafor, "link"), the_therapists["lind"].fresh(app)
    session, other = owner.has_session(EARLIER), join(app, "noor")
    owner.checks_in(session, "next_day", LATER)
    SHARED["draft"] = draft(owner, keeps(owner, okafor), [session])
    new = lends(other, keeps(other, okafor), [other.has_session(EARLIER)])
    SHARED["returned"] = {"to": new, "digits": other.get("/digits").json["digits"]}
    return okafor


def whole_therapist(app) -> Person:
    lind = enter(app, "lind")
    set_second_factor(lind)
    return lind


def first_code(who: Person) -> str:
    """The code that confirms a new second factor; of somebody for whom there is none, any will do."""
    begun = who.post("/second-factor")
    return Authenticator(begun.json["secret"]).code() if begun.status_code == 201 else "000000"


def ended(app, person: Person) -> Person:
    kept = person.fresh(app)
    assert person.delete("/sign-ins/current").status_code == 204
    return kept


def expected(door: str, who: str) -> set[int]:
    """The statuses that are no surprise."""
    done = {200, 201, 204}
    if door == OPEN:
        return done | {404, 503}  # the app's page may not be built; an address may be nowhere
    if who in ("visitor", "stale sign-in") or door == TOKEN:
        return {401}
    theirs = (THEIRS, THEIRS_STEPPED_UP, DESK, LENT)
    not_of_their_role = (HERS, ROW, PUT) if who in ("therapist", "half therapist") else theirs
    if door in not_of_their_role or (door in (ROW, OWN_ROW) and who not in ("owner", "half therapist")):
        return {404}
    return {403} if who == "half therapist" and door not in (ENTERING, THEIRS) else done


def address(rule: str, owner: Person, therapist: Person, app) -> str:
    """The rule's address, with the owner's own row in it, made anew."""
    kind = next((kind for kind in BODIES if f"/{kind}/" in rule), None)
    if kind:
        row = str(uuid4())
        assert owner.put(f"/{kind}/{row}", BODIES[kind]).status_code == 201
        rule = rule.replace("<uuid:row_id>", row).replace("<uuid:note_id>", str(uuid4()))
    if "<uuid:device_id>" in rule or "<uuid:deposit_id>" in rule:
        rule = _of_a_phone(rule, Phone.of(owner, app))
    if "/imports" in rule:
        rule = _of_an_import(rule, owner)
    rule = _of_a_share(rule, owner, therapist.still_in(), app)
    if rule.endswith("trends/comparison"):
        rule += f"?first={owner.has_session(AT)}&second={owner.has_session(AT)}"
    if rule.endswith("/reminders.ics"):
        rule += "?next_day=2010"
    if "<name>" in rule:
        listed = owner.elsewhere(app).get("/sign-ins").json["sign_ins"]
        rule = rule.replace("<name>", next(each["id"] for each in listed if each["current"]))
    return rule.replace("<path:path>", "today")


def _of_an_import(rule: str, owner: Person) -> str:
    """The address of a new import, or of one of the owner's."""
    if "<uuid:import_id>" not in rule:
        return f"{rule}?from=shoreline"
    return rule.replace("<uuid:import_id>", bring_in(owner, "shoreline", own_file()).json["import_id"])


def _of_a_phone(rule: str, phone: Phone) -> str:
    """A phone of the owner's, and a deposit that waits, unless the request is to hand it in."""
    deposit = uuid4()
    SEALED["blob"] = phone.seal(document("anytime", AT), deposit)
    if not rule.endswith("/deposits/<uuid:deposit_id>") or "<uuid:device_id>" not in rule:
        assert phone.put(deposit, SEALED["blob"]).status_code == 201
    return rule.replace("<uuid:device_id>", str(phone.device)).replace("<uuid:deposit_id>", str(deposit))


def _shared(owner: Person) -> str:
    share = str(uuid4())
    assert owner.put(f"/shares/{share}", SHARED["draft"]).status_code == 201
    return share


def _of_a_share(rule: str, owner: Person, therapist: Person, app) -> str:
    """A share of the owner's with the therapist, somebody she keeps and shares nothing with, what was given back."""
    if "<uuid:share_id>" in rule:
        rule = rule.replace("<uuid:share_id>", _shared(owner)).replace("<uuid:reply_id>", str(uuid4()))
    if "<uuid:pin_id>" in rule:
        rule = rule.replace("<uuid:pin_id>", keeps(owner, SHARED["kept"].still_in(), "link"))
    if "<uuid:return_id>" in rule:
        gives_back(therapist, SHARED["returned"]["to"], _shared(owner), owner)
        rule = rule.replace("<uuid:return_id>", owner.get("/returned").json["returned"][0]["id"])
    return rule.replace("<uuid:session_id>", SHARED["draft"]["session_ids"][0])


@pytest.fixture(scope="module")
def somebody(app, owner, stale, therapist, the_cast):
    """Whoever is asking, on a client that nothing else uses."""
    okafor = enter(app, "okafor")

    def find(who: str, method: str, rule: str) -> Person:
        if who == "visitor":
            return Person.nobody(app)
        spends = (method, rule) in SPENDING
        if who == "half therapist":
            return enter(app, "okafor") if spends else okafor.still_in().fresh(app)
        if who == "therapist":
            return whole_therapist(app) if spends else therapist.still_in().fresh(app)
        if who == "stale sign-in":
            return ended(app, join(app, "maya")) if spends else stale.fresh(app)
        return join(app, who) if spends else (owner if who == "owner" else the_cast["noor"]).fresh(app)

    return find


# What is done to a row as it was last seen.
SEEN_BEFORE = {("PUT", f"{API}/settings"), ("POST", f"{API}/check-ins/<uuid:row_id>/rereading")}

# What ends the sign-in or the account of whoever asks, or needs the password given minutes ago, which a long run leaves
# behind; somebody else is signed up for it.
SPENDING = {
    ("POST", f"{API}/exports"),
    ("POST", f"{API}/export-tokens"),
    ("POST", f"{API}/sign-ins"),
    ("POST", f"{API}/accounts"),
    ("DELETE", f"{API}/sign-ins"),
    ("DELETE", f"{API}/sign-ins/current"),
    ("POST", f"{API}/step-up"),
    ("DELETE", f"{API}/account"),
    ("PUT", f"{API}/account/password"),
    ("POST", f"{API}/account/recovery-code"),
    ("POST", f"{API}/second-factor"),
    ("POST", f"{API}/second-factor/confirmation"),
    ("POST", f"{API}/second-factor/recovery-codes"),
    ("POST", f"{API}/recovery"),
    ("PUT", f"{API}/settings"),
}


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(("method", "rule"), sorted(DOORS), ids=str)
def test_a_door_opens_to_whom_it_should(app, owner, therapist, somebody, who, method, rule):
    door, body = DOORS[(method, rule)]
    person = somebody(who, method, rule)
    of = person if (method, rule) in SPENDING else owner
    is_found = "<" in rule or rule.endswith("/comparison") or "/imports" in rule
    path = address(rule, of, therapist, app) if is_found else rule

    seen = {"If-Match": '"1"'} if (method, rule) in SEEN_BEFORE else {}
    said = body(person) if body else None
    sent = {"data": said, "content_type": "application/octet-stream"} if isinstance(said, bytes) else {"json": said}
    answer = person.client.open(path, method=method, headers=seen, **sent)

    if who == "visitor" and rule.endswith(("/sign-ins", "/recovery")) and method == "POST":
        assert answer.status_code == 422  # a visitor has no name to give
    else:
        assert answer.status_code in expected(door, who), answer.get_data(as_text=True)


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_a_stranger_who_takes_the_same_id_leaves_the_owners_row_alone(maya, noor, kind):
    row = str(uuid4())
    assert maya.put(f"/{kind}/{row}", BODIES[kind]).status_code == 201
    before = maya.get(f"/{kind}/{row}")

    assert noor.put(f"/{kind}/{row}", BODIES[kind]).status_code == 201
    assert noor.delete(f"/{kind}/{row}").status_code == 204

    assert maya.get(f"/{kind}/{row}").data == before.data


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_not_yours_and_not_there_are_the_same_answer(maya, noor, kind):
    row = str(uuid4())
    maya.put(f"/{kind}/{row}", BODIES[kind])

    for verb in ("get", "delete"):
        not_hers, not_there = getattr(noor, verb)(f"/{kind}/{row}"), getattr(noor, verb)(f"/{kind}/{uuid4()}")
        assert not_hers.status_code == not_there.status_code == 404
        assert not_hers.data == not_there.data


def test_a_tab_of_hers_writes_nothing_into_the_journal_of_who_signed_in_since(maya, noor):
    """Cookies are of the whole browser; a tab says whose it is."""
    row, hers = str(uuid4()), {"Shoreline-Account": maya.account["id"]}
    answer = noor.client.put(f"{API}/check-ins/{row}", json=BODIES["check-ins"], headers=hers)

    assert (answer.status_code, answer.json["type"]) == (401, "/problems/sign-in-needed")
    assert noor.get(f"/check-ins/{row}").status_code == 404
    assert noor.get("/today", headers={"Shoreline-Account": noor.account["id"]}).status_code == 200
    assert noor.get("/today", headers={"Shoreline-Account": "nobody"}).status_code == 401


def test_an_old_step_up_is_not_enough(app):
    from datetime import timedelta

    from journal import clock

    maya = join(app, "maya")
    with clock.at(clock.now() + timedelta(minutes=6)):
        for method, rule in (("POST", "/account/recovery-code"), ("DELETE", "/account")):
            answer = maya.client.open(API + rule, method=method)
            assert answer.status_code == 403
            assert answer.json["type"] == "/problems/step-up-needed"


def test_a_view_without_a_door_lets_nobody_in(tmp_path):
    """The guard denies what says nothing: a planted hole stays shut, and is found by the list above."""
    from tests.stores import Stores, new_app

    app = new_app(Stores.sqlite(tmp_path))
    app.add_url_rule(f"{API}/planted", "planted", lambda: "open")
    maya = join(app, "maya")

    assert maya.get("/planted").status_code == 404
    assert Person.nobody(app).get("/planted").status_code == 404
    assert ("GET", f"{API}/planted") in routes(app) - set(DOORS)


@pytest.mark.parametrize("method", UNSAFE)
def test_another_site_can_make_a_browser_do_nothing(maya, method):
    """Fetch Metadata where the browser sends it, Origin where it does not."""
    path = f"{API}/additions/{uuid4()}"
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ):
        answer = maya.client.open(path, method=method, headers=headers, json=BODIES["additions"])
        assert answer.status_code == 403, headers
        assert answer.json["type"] == "/problems/cross-site"


def test_this_site_can(maya):
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {}):
        answer = maya.client.put(f"{API}/additions/{uuid4()}", headers=headers, json=BODIES["additions"])
        assert answer.status_code == 201

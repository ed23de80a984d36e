"""Every route and method of the whole app, for everybody who might ask: who gets in is written down here, line by line.

The table is not made from what the routes promise. Getting in is every answer but 401, 403 and 404.
"""

import re
from collections.abc import Iterable
from contextlib import nullcontext
from uuid import uuid4

import pytest
from sqlalchemy import select

from journal import database
from journal.errors import NotFound
from journal.sharing.models import SHARES
from journal.web.contract import answers, for_anyone, for_owner, for_reviewer
from tests.cast import API, join, join_therapist
from tests.sharing.everybody import SAID, STORY, Everybody, KeptSignIns, bodies, gathered
from tests.stores import Stores, new_app

# One process: everybody is gathered once, and the owner's things are used up at the end.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("access")]

HERE = {
    "visitor", "owner", "other patient", "live", "ratings only", "expired", "taken back", "others", "no share",
    "disabled", "ended", "idle", "half",
}  # fmt: skip
EVERYBODY = HERE | {"phone", "program"}
PATIENTS = {"owner", "other patient"}
THERAPISTS = {"live", "ratings only", "expired", "taken back", "others", "no share"}
WHOLE = PATIENTS | THERAPISTS
ENTERING = WHOLE | {"half"}
HALF_OR_WHOLE = THERAPISTS | {"half"}
OWNER, LENT, PHONE, PROGRAM = {"owner"}, {"live", "ratings only"}, {"phone"}, {"program"}

PAGES = {
    "/": {"GET": HERE},
    "/<path:path>": {"GET": HERE},
    "/health": {"GET": HERE},
    "/ready": {"GET": HERE},
    "/docs/api": {"GET": HERE},
    "/docs/api.css": {"GET": HERE},
}
# Below /api/v1: who gets in, to what is Maya's where the address has an id.
DOORS = {
    "/openapi.json": {"GET": HERE},
    "/catalogue": {"GET": HERE},
    "/registration": {"GET": HERE},
    "/passphrases": {"POST": HERE},
    "/accounts": {"POST": HERE},
    "/recovery": {"POST": HERE},
    "/sign-ins": {"GET": WHOLE, "POST": HERE, "DELETE": WHOLE},
    "/sign-ins/current": {"DELETE": ENTERING},
    "/sign-ins/<name>": {"DELETE": OWNER},
    "/step-up": {"POST": ENTERING},
    "/account": {"GET": ENTERING, "DELETE": set()},
    "/account/password": {"PUT": WHOLE},
    "/account/recovery-code": {"POST": set()},
    "/account/recovery-code/confirmation": {"POST": ENTERING},
    "/settings": {"GET": WHOLE, "PUT": WHOLE},
    "/second-factor": {"GET": HALF_OR_WHOLE, "POST": HALF_OR_WHOLE},
    "/second-factor/confirmation": {"POST": HALF_OR_WHOLE},
    "/second-factor/recovery-codes": {"POST": set()},
    "/courses": {"GET": PATIENTS},
    "/courses/<uuid:row_id>": {"GET": OWNER, "PUT": PATIENTS, "DELETE": OWNER},
    "/sessions": {"GET": PATIENTS},
    "/sessions/<uuid:row_id>": {"GET": OWNER, "PUT": PATIENTS, "DELETE": OWNER},
    "/sessions/<uuid:row_id>/notes/<uuid:note_id>": {"PUT": OWNER},
    "/sessions/<uuid:row_id>/reminders.ics": {"GET": OWNER},
    "/check-ins": {"GET": PATIENTS},
    "/check-ins/<uuid:row_id>": {"GET": OWNER, "PUT": PATIENTS, "DELETE": OWNER},
    "/check-ins/<uuid:row_id>/notes/<uuid:note_id>": {"PUT": OWNER},
    "/check-ins/<uuid:row_id>/rereading": {"POST": OWNER},
    "/additions": {"GET": PATIENTS},
    "/additions/<uuid:row_id>": {"GET": OWNER, "PUT": PATIENTS, "DELETE": OWNER},
    "/today": {"GET": PATIENTS},
    "/rereading": {"GET": PATIENTS},
    "/trends": {"GET": PATIENTS},
    "/trends/comparison": {"GET": OWNER},
    "/devices": {"GET": PATIENTS, "POST": PATIENTS},
    "/devices/<uuid:device_id>": {"PUT": OWNER, "DELETE": OWNER},
    "/devices/<uuid:device_id>/deposits/<uuid:deposit_id>": {"PUT": OWNER},
    "/deposits": {"GET": PATIENTS},
    "/deposits/<uuid:deposit_id>": {"PUT": PHONE, "DELETE": OWNER},
    "/deposits/<uuid:deposit_id>/decision": {"POST": OWNER},
    "/deposits/filing": {"POST": PATIENTS},
    "/digits": {"GET": WHOLE},
    "/cards": {"POST": THERAPISTS},
    "/cards/reading": {"POST": PATIENTS},
    "/pins": {"GET": PATIENTS},
    "/pins/<uuid:pin_id>": {"PUT": PATIENTS, "DELETE": OWNER},
    "/pins/<uuid:pin_id>/comparison": {"POST": OWNER},
    "/shares": {"GET": PATIENTS},
    "/shares/preview": {"POST": PATIENTS},
    "/shares/waiting": {"GET": PATIENTS},
    "/shares/<uuid:share_id>": {"GET": OWNER, "PUT": OWNER, "DELETE": OWNER},
    "/shares/<uuid:share_id>/until": {"PUT": OWNER},
    "/shares/<uuid:share_id>/ask": {"PUT": OWNER},
    "/shares/<uuid:share_id>/decisions": {"PUT": OWNER},
    "/shares/<uuid:share_id>/replies-read": {"POST": OWNER},
    "/access-log": {"GET": PATIENTS},
    "/returned": {"GET": PATIENTS},
    "/returned/<uuid:return_id>": {"DELETE": OWNER},
    "/returned/<uuid:return_id>/taking": {"POST": OWNER},
    "/desk": {"GET": THERAPISTS},
    "/desk/<uuid:share_id>/brief": {"GET": LENT},
    "/desk/<uuid:share_id>/sessions/<uuid:session_id>": {"GET": LENT},
    "/desk/<uuid:share_id>/apart": {"GET": LENT},
    "/desk/<uuid:share_id>/replies/<uuid:reply_id>": {"PUT": LENT},
    "/desk/<uuid:share_id>/reviewed": {"POST": LENT},
    "/desk/<uuid:share_id>/returned": {"POST": LENT},
    "/desk/<uuid:share_id>/brief.pdf": {"GET": LENT},
    "/backups": {"GET": HERE},
    "/exports": {"POST": PROGRAM},
    "/export-tokens": {"POST": set()},
    "/export/schema.json": {"GET": HERE},
    "/imports": {"GET": PATIENTS, "POST": PATIENTS},
    "/imports/preview": {"POST": PATIENTS},
    "/imports/<uuid:import_id>": {"DELETE": OWNER},
}
ALLOWED = PAGES | {API + rule: methods for rule, methods in DOORS.items()}
# Only with the password given just now, which nobody here did. Who would get in with it is told to give it.
STEPPED_UP = {
    ("DELETE", f"{API}/account"): WHOLE,
    ("POST", f"{API}/account/recovery-code"): WHOLE,
    ("POST", f"{API}/second-factor/recovery-codes"): THERAPISTS,
    ("POST", f"{API}/exports"): PATIENTS,
    ("POST", f"{API}/export-tokens"): PATIENTS,
}
# Done last, because they end what the others ask for.
LAST = (f"{API}/deposits/filing", f"{API}/sign-ins/current", f"{API}/sign-ins")
# These show a token, and no cookie.
BEARERS = {"phone", "program"}
SEEN = {"If-Match": '"2"'}
PASSING = {"Date", "X-Request-Id"}

Line = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def stores(new_stores) -> Stores:
    """Of its own: everybody signs out in it, and in again."""
    return new_stores("access")


@pytest.fixture(scope="module")
def app(stores):
    """Of today: everybody stays where they are, from test to test."""
    return new_app(stores)


@pytest.fixture(scope="module")
def world(app) -> Everybody:
    maya, noor = (join(app, name) for name in ("maya", "noor"))
    okafor, lind = (join_therapist(app, name.lower(), f"Dr {name}") for name in ("Okafor", "Lind"))
    return gathered(app, maya, noor, okafor, lind)


def routes(app) -> set[tuple[str, str]]:
    """Every method of every route; HEAD is asked with its GET, OPTIONS apart."""
    rules = app.url_map.iter_rules()
    return {(method, rule.rule) for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}}


def in_order(who: str, which: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The owner deletes last; anybody else who keeps a row of their own under her row's id does so after all else."""
    later = "DELETE" if who == "owner" else "PUT"
    return sorted(which, key=lambda it: (it[1] in LAST, it[0] == later, -len(it[1]), it))


class Checker:
    """Asks for everything as everybody, and notes what is other than was written down."""

    def __init__(self, world: Everybody, allowed: dict[str, dict[str, set[str]]]) -> None:
        self.world, self.allowed = world, allowed
        self.surprises: list[Line] = []
        self.differing: list[Line] = []
        self.told: list[Line] = []
        self.asked = 0
        self._bodies = bodies(world)

    def everything(self, which: Iterable[tuple[str, str]]) -> "Checker":
        """Whoever has nothing to lose first, the owner last."""
        for who in sorted(EVERYBODY, key=lambda who: (who == "owner", who)):
            for method, rule in in_order(who, which):
                self._try(who, method, rule)
        return self

    def _try(self, who: str, method: str, rule: str) -> None:
        answer = self._ask(who, method, rule, self._ids(who, rule))
        outcome, expected = outcome_of(answer), self._expected(who, method, rule)
        if outcome != expected:
            self.surprises.append((who, method, rule, outcome))
        if who not in ("owner", "live", "program") and any(word.encode() in answer.data for word in SAID):
            self.told.append((who, method, rule, "Maya's words"))
        if outcome == "out" and "<" in rule and "<path" not in rule:
            nowhere = {name: str(uuid4()) for name in ("row_id", "share_id", *self.world.ids)}
            if shown(answer) != shown(self._ask(who, method, rule, nowhere)):
                self.differing.append((who, method, rule, "not yours is not as not there"))
        if method == "GET" and outcome_of(self._ask(who, "HEAD", rule, self._ids(who, rule))) != expected:
            self.surprises.append((who, "HEAD", rule, outcome))

    def _ask(self, who: str, method: str, rule: str, ids: dict[str, str]):
        self.asked += 1
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ids.get(found[1], "today"), rule)
        if rule.endswith("/trends/comparison"):
            path += f"?first={ids['session_id']}&second={ids['session_id']}"
        if rule.endswith(".ics"):
            path += "?next_day=2010"
        if method == "POST" and "/imports" in rule:
            path += "?from=shoreline"
        said = next((body for end, body in self._bodies.items() if rule.endswith(end)), {})
        if rule.endswith("/returned"):
            said |= {"to": ids["share_id"]}
        sent = {"data": said, "content_type": "application/octet-stream"} if isinstance(said, bytes) else {"json": said}
        if who not in BEARERS and rule.endswith("/rereading"):
            sent["headers"] = SEEN
        with KeptSignIns(self.world.app) if rule in LAST else nullcontext():
            return self.world.ask(who, method, path, **sent)

    def _ids(self, who: str, rule: str) -> dict[str, str]:
        kind = rule.removeprefix(API).split("/")[1]
        ids = self.world.ids | {"share_id": self.world.share_of(who), "row_id": self.world.ids.get(kind, "")}
        end = rule.rsplit("/", 1)[-1]  # What is used up by one request has another for the next.
        return ids | {"return_id": ids["taking"], "deposit_id": ids["decision"]} if end in ids else ids

    def _expected(self, who: str, method: str, rule: str) -> str:
        if who in STEPPED_UP.get((method, rule), ()):
            return "step up"
        return "in" if who in self.allowed.get(rule, {}).get(method, ()) else "out"


def outcome_of(answer) -> str:
    if answer.status_code == 403:
        slug = (answer.get_json(silent=True) or {}).get("type", "/problems/second-factor-needed")
        return {"/problems/step-up-needed": "step up", "/problems/second-factor-needed": "out"}.get(slug, slug)
    if answer.status_code >= 500 and answer.get_json(silent=True).get("type") != "/problems/not-built":
        return "broken"
    return "out" if answer.status_code in (401, 404) else "in"


def shown(answer) -> tuple:
    """All of an answer that somebody could tell it by."""
    return answer.status, [it for it in answer.headers if it[0] not in PASSING], answer.data


def lines(found: list[Line]) -> set[tuple[str, str, str]]:
    return {line[:3] for line in found}


class TestAPlantedHole:
    """The same checker, over an app in which somebody forgot something."""

    @pytest.fixture
    def careless(self, stores, world) -> Everybody:
        """Two routes more, and one that was spoiled."""
        app = new_app(stores)

        def any_share(_owner, share_id):
            with database.reading() as c:
                row = c.execute(select(SHARES.c.created_at).where(SHARES.c.id == share_id.bytes)).one_or_none()
            if row is None:
                raise NotFound
            return {"created_at": row.created_at.isoformat()}

        forgetful, role_alone = for_owner(answers()(any_share)), for_reviewer(answers()(any_share))
        app.add_url_rule(f"{API}/forgetful/<uuid:share_id>", "forgetful", forgetful)
        app.add_url_rule(f"{API}/role-alone/<uuid:share_id>", "role_alone", role_alone)
        app.view_functions["desk.read_lent_apart"] = role_alone
        return world.at(app)

    def test_it_is_found(self, careless):
        apart = f"{API}/desk/<uuid:share_id>/apart"
        meant = {f"{API}/forgetful/<uuid:share_id>": {"GET": {"owner"}}}
        which = [("GET", rule) for rule in (*meant, f"{API}/role-alone/<uuid:share_id>", apart)]
        found = lines(Checker(careless, ALLOWED | meant).everything(which).surprises)

        for who in WHOLE - {"owner"}:
            assert (who, "GET", f"{API}/forgetful/<uuid:share_id>") in found
        for who in THERAPISTS:
            assert (who, "GET", f"{API}/role-alone/<uuid:share_id>") in found
        for who in THERAPISTS - LENT:
            assert (who, "GET", apart) in found
        shut_out = {"visitor", "ended", "idle", "half", "disabled", *BEARERS}
        assert not {line for line in found if line[0] in shut_out}

    def test_words_that_slip_out_are_found(self, stores, world):
        app = new_app(stores)
        app.view_functions["accounts.read_registration"] = for_anyone(answers()(lambda: {"said": STORY}))
        told = Checker(world.at(app), ALLOWED).everything([("GET", f"{API}/registration")]).told

        assert {line[0] for line in told} == EVERYBODY - {"owner", "live", "phone", "program"}

    def test_a_refusal_that_tells_is_found(self, stores, world):
        """One that says *this is not yours* of what is there."""
        app = new_app(stores)
        whole = app.view_functions["desk.read_lent_apart"]

        def telling(share_id):
            with database.reading() as c:
                there = c.execute(select(SHARES.c.id).where(SHARES.c.id == share_id.bytes)).one_or_none()
            return whole(share_id=share_id) if there is None else refuse()

        def refuse():
            raise NotFound("This is somebody else's.")

        telling.contract = whole.contract
        app.view_functions["desk.read_lent_apart"] = telling
        rule = f"{API}/desk/<uuid:share_id>/apart"
        found = Checker(world.at(app), ALLOWED).everything([("GET", rule)]).differing

        assert lines(found) == {(who, "GET", rule) for who in THERAPISTS}


BACKUP, OWNER_NAME = "the database's address", "the owner's login name"
INVITED = r"once, until [\d-]+ [\d:]+ UTC: to be typed at \S+ as the invitation code\. It is not shown again\.\n"
# What the operator's commands print, wholly.
PRINTED = {
    ("invite",): rf"[A-Z0-9-]+\nFor one patient, {INVITED}",
    ("invite-therapist",): rf"[A-Z0-9-]+\nFor one therapist, {INVITED}",
    ("disable-therapist", "nobody"): r"There is no therapist with this login name\.\n",
    ("rotate-pepper", "--status"): "This app was not started from a secrets file\\.\n",
    ("sweep",): r"\d+ deleted\.\n",
    ("verify",): r"\d+ accounts, \d+ of them without a key in this keyring\.\n",
    # A level, the name of a check, and sentences in which only numbers and places on the host change.
    ("doctor",): r"((ok|note|warn|refuse) +[a-z.-]+ +[A-Z\d][\w /.,:;'-]+\n( {20,}(> )?[\w /.,:;'=_-]+\n)*)+[\w ,.]+\n",
    ("replay-erasures",): r"0 accounts and 0 rows erased again; 0 keys of erased accounts destroyed\.\n",
    ("verify-erasure", BACKUP, "nobody"): (
        r"Nobody of this name is in that backup: nothing was looked at\.\n"
    ),
    ("verify-erasure", BACKUP, OWNER_NAME): (
        r"[1-9]\d* sealed rows, and their key is in this keyring\. This password is not theirs\.\n"
    ),
}
# Made-up people in a journal of their own; the migrations; and backups, whose stories are in tests/operating.
OTHERS = {"demo", "db", "backup", "backup-key", "restore", "verify-backup"}


class TestTheOperator:
    """Whoever has a shell on the host. What the commands print is all that there is to be seen of them."""

    def test_every_command_is_known(self, app):
        assert set(app.cli.commands) == {command[0] for command in PRINTED} | OTHERS

    @pytest.mark.parametrize("command", sorted(PRINTED))
    def test_none_of_them_prints_or_opens_anything(self, app, stores, world, command):
        before = world.ask("owner", "GET", f"{API}/access-log").json["entries"]
        named = {BACKUP: stores.database_url, OWNER_NAME: world.people["owner"].login_name}
        with app.app_context():
            printed = app.test_cli_runner().invoke(args=[named.get(word, word) for word in command], input="x\n").output

        assert re.fullmatch(PRINTED[command], printed)
        assert world.ask("owner", "GET", f"{API}/access-log").json["entries"] == before


class TestATherapistOfSomebodyElse:
    def test_nobodys_share_opens_to_any_other_therapist(self, world):
        """Every share with every therapist it is not with: nothing, and nothing in the patient's log."""
        before = world.ask("owner", "GET", f"{API}/access-log").json["entries"]
        for who in sorted(THERAPISTS):
            for share in set(world.shares.values()) - {world.shares.get(who)}:
                if (who, share) == ("others", world.shares["of noor"]):
                    continue
                for end in ("brief", f"sessions/{world.ids['session_id']}", "apart"):
                    assert world.ask(who, "GET", f"{API}/desk/{share}/{end}").status_code == 404
        assert world.ask("owner", "GET", f"{API}/access-log").json["entries"] == before

    def test_what_is_not_theirs_is_not_given_back(self, world):
        """Not to a journal that shares with them, with the right digits read out; and nothing is there to be taken."""
        noors = world.shares["of noor"]
        to = {"to": noors, "digits": world.ask("other patient", "GET", f"{API}/digits").json["digits"]}
        for share in (world.shares["live"], world.shares["ratings only"], str(uuid4())):
            answer = world.ask("others", "POST", f"{API}/desk/{share}/returned", json=to)
            assert answer.status_code == 404
        assert world.ask("other patient", "GET", f"{API}/returned").json == {"returned": []}

    def test_a_share_of_somebody_elses_id_is_not_made_and_changes_nothing(self, world):
        """The one thing an id tells: that it is taken."""
        share = world.shares["ratings only"]
        before = world.ask("owner", "GET", f"{API}/shares/{share}").data
        pin = world.ask("other patient", "GET", f"{API}/pins").json["pins"][0]["id"]
        nothing = {"session_ids": [], "check_ins": [], "sessions": []}
        body = world.draft | {"pin_id": pin, "covers": "from_now_on", **nothing}
        answer = world.ask("other patient", "PUT", f"{API}/shares/{share}", json=body)

        assert (answer.status_code, answer.json["type"]) == (412, "/problems/changed-elsewhere")
        assert world.ask("owner", "GET", f"{API}/shares/{share}").data == before
        assert world.ask("ratings only", "GET", f"{API}/desk/{share}/apart").status_code == 200


@pytest.fixture(scope="module")
def checked(app, world) -> Checker:
    """Once for all: the owner's things are gone after it."""
    return Checker(world, ALLOWED).everything(routes(app))


def test_asking_which_methods_there_are_tells_nothing_more(app, world):
    for rule in sorted({rule for _, rule in routes(app)}):
        path = re.sub(r"<[^>]*>", world.shares["live"], rule)
        for who in ("visitor", "no share", "phone", "program"):
            answer = world.ask(who, "OPTIONS", path)
            assert answer.status_code in (401, 403, 404) or not answer.data, (who, rule)


class TestEveryRoute:
    def test_every_route_is_written_down(self, app):
        assert routes(app) == {(method, rule) for rule, methods in ALLOWED.items() for method in methods}

    def test_nobody_gets_in_who_should_not_and_everybody_who_should(self, checked):
        assert checked.asked > 2000
        assert checked.surprises == []

    def test_not_yours_and_not_there_are_the_same_answer_to_the_byte(self, checked):
        assert checked.differing == []

    def test_nobody_but_who_is_lent_them_reads_a_word_of_hers(self, checked):
        assert checked.told == []

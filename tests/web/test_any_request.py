"""Requests nobody would think of, made from the description: values at and beyond every bound, types exchanged."""

import re
from collections import Counter

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tests.accounts.people import cookie_of
from tests.cast import API, join, join_therapist
from tests.deposits.phone import Phone
from tests.sharing.steps import keeps, lends
from tests.stores import new_app

SECONDS = 30
# These would end the sign-in that the others need; what they take is an address and nothing else. A new recovery code
# would be remembered by the tool and used: it is that thorough.
LEFT_OUT = ["delete_account", "sign_out", "sign_out_everywhere", "end_sign_in", "renew_recovery_code"]
BY_THE_DOOR = ["/accounts", "/sign-ins", "/recovery"]
REFUSALS = ["400", "401", "403", "404", "405", "412", "413", "422", "429"]
CONFIG = {
    "seed": 1,
    "max-time": SECONDS,
    "continue-on-failure": True,
    "generation": {
        "max-examples": 10, "deterministic": True, "no-shrink": True, "database": "none",
        "with-security-parameters": False,
    },
    "phases": {
        "stateful": {"enabled": False},
        # Of methods nobody offers only these: to the tool, what is left out above is not offered either.
        "coverage": {"unexpected-methods": ["patch", "trace"]},
    },
    "checks": {
        "negative_data_rejection": {"expected-statuses": REFUSALS},
        # Which doors open to whom is tried in test_every_door; here the cookie is always sent.
        "ignored_auth": {"enabled": False},
        # The catalogue says more than a schema can: many requests of the right shape are refused.
        "positive_data_acceptance": {"enabled": False},
        # Reading an address that can only be written to finds the app's pages, and there it is not.
        "unsupported_method": {"enabled": False},
        "allow_header_conformance": {"enabled": False},
    },
}  # fmt: skip


# What is a therapist's; all else is asked as Maya.
OKAFORS = re.compile(rf"{API}/(desk|second-factor|cards$)")
# Where a share or a person is named, it is one there is, so that more than its absence is tried.
NAMED = re.compile(rf"{API}/(desk|shares|pins)/[0-9a-f-]{{36}}(?=/)")
HAND_IN = f"PUT {API}/deposits/{{deposit_id}}"


@pytest.fixture(scope="module")
def app(new_stores):
    return new_app(new_stores("any_request"))


@pytest.mark.slow
def test_whatever_is_sent_the_answer_is_one_that_was_promised(app):
    """No error of the server, no status, type or shape that the description does not have."""
    maya, okafor = join(app, "maya"), join_therapist(app, "okafor", "Dr Okafor")
    session, phone = maya.has_session("2026-11-02T10:30:00-05:00"), Phone.of(maya, app)
    maya.checks_in(session, "week", "2026-11-09T10:30:00-05:00", answers={"emo.mood_now": 3})
    pin = keeps(maya, okafor)
    share = lends(maya, pin, [session])
    there = {"desk": share, "shares": share, "pins": pin}

    def signed_in(environ, start_response):
        # Whoever comes in by these is signed in anew, in place of the sign-in they had.
        visiting = environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].removeprefix(API) in BY_THE_DOOR
        who = okafor if OKAFORS.match(environ["PATH_INFO"]) else maya
        environ["HTTP_COOKIE"] = "" if visiting else f"__Host-shoreline={cookie_of(who)}"
        environ["PATH_INFO"] = NAMED.sub(lambda found: f"{API}/{found[1]}/{there[found[1]]}", environ["PATH_INFO"])
        # A phone's token where it is for, and nowhere else.
        environ.pop("HTTP_AUTHORIZATION", None)
        if environ["REQUEST_METHOD"] == "PUT" and environ["PATH_INFO"].startswith(f"{API}/deposits/"):
            environ["HTTP_AUTHORIZATION"] = f"Bearer {phone.token}"
        return app(environ, start_response)

    config = SchemathesisConfig.from_dict(CONFIG)
    schema = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", signed_in, config=config)
    statuses, failures = look(from_schema(schema.exclude(operation_id=LEFT_OUT)).execute())

    assert failures == []
    assert sum(statuses.values()) > 500
    assert {200, 201, 204, 400, 404, 422} <= {status for _, status in statuses}
    # Had the sign-in been lost, everything would be 401 and nothing would have been tried.
    refused = {operation for operation, status in statuses if status == 401}
    assert refused <= {f"POST {API}/sign-ins", f"POST {API}/recovery", HAND_IN}
    # The phone may be dropped on the way; before that it was heard.
    assert {status for operation, status in statuses if operation == HAND_IN} - {401}


def look(stream) -> tuple[Counter[tuple[str, int]], list[str]]:
    """Every status that came, by operation, and every check that failed."""
    statuses: Counter[tuple[str, int]] = Counter()
    failures = []
    for event in stream:
        if isinstance(event, events.NonFatalError | events.FatalError):
            failures.append(str(event.value if hasattr(event, "value") else event.exception))
        if not isinstance(event, events.ScenarioFinished):
            continue
        found = event.recorder
        statuses.update((found.label, it.response.status_code) for it in found.interactions.values() if it.response)
        failures += [
            f"{found.label}: {check.name}: {check.failure_info.failure.message}"
            for checks in found.checks.values()
            for check in checks
            if check.failure_info is not None
        ]
    return statuses, failures

"""Sign-in and step-up: opening the bundle is the check, and it costs the same for every name."""

from journal import database
from journal.accounts import host, second_factor, sign_ins, subjects, throttle, ways_in
from journal.accounts.models import PASSWORD
from journal.accounts.owner import Owner
from journal.accounts.profile import Profile
from journal.accounts.refusals import PasswordRefused, SignInRefused
from journal.accounts.sign_ins import Browser, SignedIn
from journal.accounts.ways_in import Proven
from journal.crypto import Refused


def sign_in(login_name: str, password: str, browser: Browser, code: str | None = None) -> tuple[SignedIn, Profile]:
    """Sign in by password, and where a second factor is set, by its code.

    The look-ups, the count of tries and the Argon2id are the same whether somebody has this name or not.
    """
    login_index = host.here().login_index(login_name)
    device_id = browser.device_id(login_index)
    with host.here().hashing():
        way = ways_in.find(login_index, PASSWORD, device_id)
        throttle.reserve(subjects.at_door(subjects.PASSWORD, login_index, way, device_id), throttle.PASSWORD)
        try:
            who = ways_in.prove_by_password(way, password)
        except Refused:
            raise SignInRefused from None
    with second_factor.counted(who, code, browser):
        return _begin(who, browser, code)


def step_up(owner: Owner, password: str, browser: Browser) -> SignedIn:
    """Give the password again; a new sign-in takes the place of this one, as whole or half as this one is."""
    with host.here().hashing():
        who = prove_again(owner, password)
    try:
        with database.writing() as c:
            ways_in.hold(c, who)
            throttle.forget(c, subjects.of(who, browser))
            return sign_ins.begin(c, who, browser, owner.second_factor)
    except Refused:
        raise SignInRefused from None


def prove_again(owner: Owner, password: str) -> Proven:
    """The password of somebody signed in. Counted apart, so that nobody at the door can keep the owner out of this."""
    way = ways_in.of(owner.account_id, PASSWORD)
    throttle.reserve(subjects.step_up(owner.account_id), throttle.PASSWORD)
    try:
        return ways_in.prove_by_password(way, password)
    except Refused:
        raise PasswordRefused from None


def _begin(who: Proven, browser: Browser, code: str | None = None) -> tuple[SignedIn, Profile]:
    try:
        with database.writing() as c:
            ways_in.hold(c, who)
            passed, known = second_factor.passed(c, who, code, browser)
            throttle.forget(c, subjects.of(who, browser))
            return sign_ins.begin(c, who, browser, passed), known
    except Refused:
        raise SignInRefused from None

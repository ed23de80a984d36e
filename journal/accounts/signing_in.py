"""Sign-in and step-up: opening the bundle is the check, and it costs the same for every name."""

from journal import database
from journal.accounts import host, sign_ins, subjects, throttle, ways_in
from journal.accounts.models import PASSWORD
from journal.accounts.owner import Owner
from journal.accounts.profile import Profile
from journal.accounts.profile import read as read_profile
from journal.accounts.refusals import PasswordRefused, SignInRefused
from journal.accounts.sign_ins import Browser, SignedIn
from journal.accounts.ways_in import Proven
from journal.crypto import Refused


def sign_in(login_name: str, password: str, browser: Browser) -> tuple[SignedIn, Profile]:
    """Sign in by password.

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
    signed_in = _begin(who, browser)
    return signed_in, read_profile(who.keyring, who.account_id)


def step_up(owner: Owner, password: str, browser: Browser) -> SignedIn:
    """Give the password again; a new sign-in takes the place of this one."""
    with host.here().hashing():
        who = prove_again(owner, password)
    return _begin(who, browser)


def prove_again(owner: Owner, password: str) -> Proven:
    """The password of somebody signed in. Counted apart, so that nobody at the door can keep the owner out of this."""
    way = ways_in.of(owner.account_id, PASSWORD)
    throttle.reserve(subjects.step_up(owner.account_id), throttle.PASSWORD)
    try:
        return ways_in.prove_by_password(way, password)
    except Refused:
        raise PasswordRefused from None


def _begin(who: Proven, browser: Browser) -> SignedIn:
    try:
        with database.writing() as c:
            ways_in.hold(c, who)
            throttle.forget(c, subjects.of(who, browser))
            return sign_ins.begin(c, who, browser)
    except Refused:
        raise SignInRefused from None

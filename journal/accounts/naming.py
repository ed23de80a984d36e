"""What may be a login name, what may be a password, and a passphrase to propose."""

import unicodedata
from functools import cache

from journal.accounts.refusals import invalid
from journal.crypto import PASSWORD_MAX, normalise_login_name, normalise_password

LOGIN_NAME_MAX = 64
PASSWORD_MIN = 15
# Guesses a good guesser needs, by zxcvbn's count: its own "very unguessable".
GUESSES_MIN = 1e10
# Judging costs more than linearly; 24 characters already tell, and take at most some 80 ms.
JUDGED = 24
SHORTEST_NAME_TAKEN_OUT = 4

TOO_SHORT = f"Use at least {PASSWORD_MIN} characters. Four random words are easy to remember."
TOO_LONG = f"Use at most {PASSWORD_MAX} characters; all of them are kept."
TOO_COMMON = "This is among the first a guesser would try. Four random words are much harder to guess."
UNFIT_NAME = f"Use 1 to {LOGIN_NAME_MAX} characters, without line breaks or other control characters."


def check_login_name(login_name: str) -> None:
    """Raise `Invalid` when this cannot be a login name. Two spellings that look alike are one name."""
    lengths = (len(login_name), len(normalise_login_name(login_name)))
    unfit = any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in login_name)
    if unfit or not all(1 <= length <= LOGIN_NAME_MAX for length in lengths):
        raise invalid("#/login_name", UNFIT_NAME)


def check_password(password: str, login_name: str, pointer: str) -> None:
    """Raise `Invalid` when the password is too short, too long to be kept whole, or commonly used."""
    length = len(normalise_password(password))
    if length < PASSWORD_MIN:
        raise invalid(pointer, TOO_SHORT)
    if length > PASSWORD_MAX:
        raise invalid(pointer, TOO_LONG)
    if is_common(password, login_name):
        raise invalid(pointer, TOO_COMMON)


def is_common(password: str, login_name: str) -> bool:
    """Whether a guesser who knows the usual passwords, and this login name, would soon have it."""
    core = _folded(password)
    for known in ("shoreline", _folded(login_name)):
        if len(known) >= SHORTEST_NAME_TAKEN_OUT:
            core = core.replace(known, "")
    # More characters never make it easier to guess, so either end may vouch for the whole.
    return not any(_is_hard(part) for part in (core[:JUDGED], core[-JUDGED:]))


def passphrase() -> str:
    """Four random words; 51 bits."""
    from xkcdpass import xkcd_password

    while True:
        phrase: str = xkcd_password.generate_xkcdpassword(_words(), numwords=4)
        if len(phrase) >= PASSWORD_MIN and not is_common(phrase, ""):
            return phrase


@cache
def _words() -> list[str]:
    from xkcdpass import xkcd_password

    words: list[str] = xkcd_password.generate_wordlist(xkcd_password.locate_wordfile("eff-long"), 3, 9)
    return words


def _is_hard(text: str) -> bool:
    # Not zxcvbn() itself: it writes what it is given into a dictionary that all threads share.
    from zxcvbn import matching, scoring

    if not text:
        return False
    found = scoring.most_guessable_match_sequence(text, matching.omnimatch(text))
    return bool(found["guesses"] >= GUESSES_MIN)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())

"""Erasing again what a restored backup brought back."""

from dataclasses import replace

from journal.accounts import service as accounts
from journal.deposits import service as deposits
from journal.export import service as exports
from journal.sessions import service as sessions

# What each room deletes again after a restore.
_REPLAYS = (deposits.replay_erasures, sessions.replay_erasures, exports.replay_erasures)


def replayed() -> accounts.Replayed:
    """Erase again whatever the keyring knows as erased and the database has once more."""
    erased = accounts.erasures.brought_back()
    again = accounts.erasures.replay_accounts(erased)
    rows = sum(replay(erased) for replay in _REPLAYS) if erased else 0
    accounts.erasures.settle(erased)
    return replace(again, rows=rows)

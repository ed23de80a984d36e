"""Erasing again, after a restore, whatever the keyring knows as erased and the database has once more."""

from dataclasses import replace

from journal.accounts import service as accounts
from journal.deposits import service as deposits
from journal.export import service as exports
from journal.sessions import service as sessions
from journal.sharing import service as sharing

# What each room deletes again.
_REPLAYS = (deposits.replay_erasures, sessions.replay_erasures, exports.replay_erasures)


def replayed() -> accounts.Replayed:
    """Erase it again; how much there was."""
    erased = accounts.erasures.brought_back()
    again = accounts.erasures.replay_accounts(erased)
    rows = sum(replay(erased) for replay in _REPLAYS) if erased else 0
    accounts.erasures.settle(erased)
    sharing.destroy_keys_left()
    return replace(again, rows=rows)


def told(again: accounts.Replayed) -> str:
    """The same in a sentence."""
    return (
        f"{again.accounts} accounts and {again.rows} rows erased again; {again.keys} keys of erased accounts destroyed."
    )

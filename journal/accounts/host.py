"""What this host lends the room: its settings, its pepper, and the keys it has lately read from the keyring."""

import threading
from collections import OrderedDict
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from flask import current_app

from config import Settings
from journal import clock
from journal.accounts import keyring_store
from journal.accounts.hashing_slots import hashing_slot
from journal.crypto import Lock, Pepper, Peppers, Refused, login_index, subject_hash
from journal.web import metrics

KEPT = timedelta(seconds=60)
MOST_KEPT = 1024


class Host:
    """One application's secrets in use. Lives as long as the process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        others = (Pepper.from_bytes(it) if it else None for it in (settings.previous_pepper, settings.next_pepper))
        self.peppers = Peppers(Pepper.from_bytes(settings.pepper), *others)
        self._recent: OrderedDict[bytes, tuple[datetime, Lock]] = OrderedDict()
        self._recent_guard = threading.Lock()
        self._index_key: bytes | None = None

    def login_index(self, login_name: str) -> bytes:
        """The blind index by which the account of this name is found."""
        return login_index(self._names_key(), login_name)

    def subject(self, purpose: str, name: bytes) -> bytes:
        """A blind name for what is tried; not to be told from the database alone whose it is."""
        return subject_hash(self._names_key(), purpose, name.hex())

    def hashing(self) -> AbstractContextManager[None]:
        """A turn at stretching a password, or `Busy`."""
        return metrics.hashing(hashing_slot(self.settings.data, self.settings.hashes_at_once))

    def lock(self, account_id: bytes) -> Lock:
        """The account's lock, its key just read; Refused when the key is gone."""
        key = keyring_store.lock_key(account_id)
        if key is None:
            raise Refused
        return Lock(self.peppers, key, account_id)

    def lock_lately_read(self, account_id: bytes) -> Lock:
        """The account's lock, its key read at most a minute ago.

        Every request needs it. Keeping it that long cannot undo an erasure: deleting an account deletes its sign-ins
        too, so there is nothing left here for a kept key to open, and a restored row stays shut after the minute.
        """
        now = clock.now()
        with self._recent_guard:
            recent = self._recent.get(account_id)
            if recent is not None and abs(now - recent[0]) < KEPT:
                self._recent.move_to_end(account_id)
                return recent[1]
        try:
            found = self.lock(account_id)
        except Refused:
            self.forget(account_id)
            raise
        self._remember(account_id, now, found)
        return found

    def forget(self, account_id: bytes) -> None:
        """Drop an account's key from this process."""
        with self._recent_guard:
            self._recent.pop(account_id, None)

    def _remember(self, account_id: bytes, now: datetime, lock: Lock) -> None:
        with self._recent_guard:
            self._recent[account_id] = (now, lock)
            self._recent.move_to_end(account_id)
            if len(self._recent) > MOST_KEPT:
                self._recent.popitem(last=False)

    def _names_key(self) -> bytes:
        if self._index_key is None:
            self._index_key = keyring_store.names_key()
        return self._index_key


def here() -> Host:
    """The host of the application that is serving."""
    host = current_app.extensions.get("accounts")
    if host is None:
        host = current_app.extensions.setdefault("accounts", Host(current_app.extensions["settings"]))
    assert isinstance(host, Host)
    return host

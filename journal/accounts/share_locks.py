"""The locks around what one person lends or gives back to another, for the room above."""

from dataclasses import dataclass, field

from sqlalchemy.exc import IntegrityError

from journal.accounts import host, keyring_store
from journal.crypto import Lock, Refused, new_key


def new_share_lock(share_id: bytes, account_id: bytes) -> Lock | None:
    """The lock of a new share, its key durable; None when there is one already."""
    try:
        return Lock(host.here().peppers, keyring_store.make_share_key(share_id, account_id), account_id)
    except IntegrityError:
        return None


def share_lock(share_id: bytes, account_id: bytes) -> Lock:
    """The share's lock, its key just read: a share taken back is closed at once, in every process."""
    key = keyring_store.share_key(share_id)
    if key is None:
        raise Refused
    return Lock(host.here().peppers, key, account_id)


@dataclass(frozen=True)
class Renewed:
    """Another lock for a share. Once it is in place, nothing closed with the one before opens."""

    lock: Lock
    share_id: bytes
    key: bytes = field(repr=False)

    def put_in_place(self) -> None:
        """Refused when the share was closed meanwhile."""
        if not keyring_store.replace_share_key(self.share_id, self.key):
            raise Refused


def renewed_share_lock(share_id: bytes, account_id: bytes) -> Renewed:
    """Another lock for a share, for a letter that is to be stored before it is put in place."""
    key = new_key()
    return Renewed(Lock(host.here().peppers, key, account_id), share_id, key)


def destroy_share_lock(share_id: bytes) -> None:
    """Close the share for good, in old backups of the database too."""
    keyring_store.destroy_share_key(share_id)


def account_lock(account_id: bytes) -> Lock:
    """An account's lock, its key just read; Refused when there is none."""
    return host.here().lock(account_id)

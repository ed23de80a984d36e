"""The locks around what one person lends or gives back to another, for the room above."""

from sqlalchemy.exc import IntegrityError

from journal.accounts import host, keyring_store
from journal.crypto import Lock, Refused


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


def destroy_share_lock(share_id: bytes) -> None:
    """Close the share for good, in old backups of the database too."""
    keyring_store.destroy_share_key(share_id)


def account_lock(account_id: bytes) -> Lock:
    """An account's lock, its key just read; Refused when there is none."""
    return host.here().lock(account_id)

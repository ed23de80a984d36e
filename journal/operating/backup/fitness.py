"""What of a backup is not put back, and what to do instead: said before anything is written, or before it is kept."""

from collections.abc import Mapping

from journal.accounts import service as accounts
from journal.accounts.service import Opened
from journal.crypto import Peppers, Refused
from journal.operating.backup import stores
from journal.operating.backup.reading import BackupFile, Read
from journal.operating.backup.refusals import Unusable
from journal.operating.backup.stores import KEYRING_PART

# The old file whole would bring a secret back into force that may have been retired because somebody knew it.
_READMIT = (
    "If this host's secret was changed since: flask --app wsgi rotate-pepper readmit retired-ID.json, run this again, "
    "and go on with flask --app wsgi rotate-pepper. If it never was: put your copy of secrets.json in place, and run "
    "this again."
)


def refuse_unfit(file: BackupFile, read: Read, accept_damage: bool) -> None:
    """Refuse a file that is not of this host, that this version does not know, or that was damaged when it was made."""
    peppers = accounts.peppers()
    needed = read.pepper_ids | ({read.pepper_id} if read.manifest.store == KEYRING_PART else set())
    if others := {each for each in needed if not _has(peppers, each)}:
        raise Unusable(
            f"{file.path} was sealed under another secret than this host's: it needs {_ids(others)}, this host has "
            f"{peppers.current.id.hex()}. {_READMIT} Nothing was changed."
        )
    if not read.from_here:
        raise Unusable(
            f"{file.path} does not have the mark of a host with this secret. {_who(read, peppers)} Nothing was changed."
        )
    if not stores.knows(read.manifest.schema):
        raise Unusable(
            f"{file.path} was made by version {read.manifest.version}, with a newer schema ({read.manifest.schema}) "
            "than this version knows. Install that version or a later one first. Nothing was changed."
        )
    if read.damaged and not accept_damage:
        raise Unusable(
            f"{file.path} is whole, but was damaged before it was made: {_counted(read.damaged)} values are not what "
            "they should be. An older backup may have them; --accept-damage puts this one back as it is. Nothing was "
            "changed."
        )


def refuse_shut(ways: Opened, letters: Opened, accept_damage: bool) -> None:
    """Refuse a database that this keyring does not open, all of it."""
    if accept_damage or not (ways.refused or ways.without_key):
        return
    if not ways.opened:
        raise Unusable(
            "Nothing of this database opens with this keyring: they do not belong together. Give the keyring's backup "
            "of the same time or a later one. Nothing was changed."
        )
    raise Unusable(
        f"{ways.opened} ways in open; {ways.without_key} have no key in this keyring, and {ways.refused} have one that "
        f"does not open them ({letters.refused} letters neither). A keyring made after the database has them all. "
        "--accept-damage puts back what there is: those journals stay shut. Nothing was changed."
    )


def _who(read: Read, peppers: Peppers) -> str:
    if _has(peppers, read.pepper_id):
        return "Somebody else made it with the public key: do not use it."
    return f"It was made under another one. {_READMIT}"


def _has(peppers: Peppers, pepper_id: bytes) -> bool:
    try:
        peppers.named(pepper_id)
    except Refused:
        return False
    return True


def _counted(damaged: Mapping[str, int]) -> str:
    return ", ".join(f"{count} in {name}" for name, count in damaged.items())


def _ids(ids: set[bytes]) -> str:
    return ", ".join(sorted(each.hex() for each in ids))

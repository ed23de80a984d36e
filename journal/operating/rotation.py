"""Changing the host's secret with nobody signed in, step by step, while everybody goes on.

How far it is stands in the secrets file and in the stores, and nowhere else: a step that was cut short is given again.
"""

import secrets
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import config
from journal.accounts import service as accounts
from journal.accounts.service import rotating
from journal.operating import in_use, secrets_file
from journal.operating.in_use import pepper_id
from journal.sharing import service as sharing

# Rows that somebody held are passed over; by the next pass they are free.
PASSES = 5
BETWEEN_PASSES = 0.2


class NotNow(Exception):
    """The step would lose something now; says what is to be done first."""


@dataclass(frozen=True)
class Rotation:
    """This host's file as it is now, with the settings of the process that looks at it."""

    settings: config.Settings

    @property
    def file(self) -> Path:
        """Where the secrets are."""
        if self.settings.secrets_file is None:
            raise NotNow("This app was not started from a secrets file.")
        return self.settings.secrets_file

    def as_it_stands(self) -> config.Settings:
        """The settings a process has that starts now."""
        current, previous, coming = config.peppers_in(self.file)
        return replace(self.settings, pepper=current, previous_pepper=previous, next_pepper=coming)

    def under(self) -> Counter[str]:
        """How many locks are under each pepper, by its public id."""
        found = accounts.under_peppers() + sharing.under_peppers()
        return Counter({name.hex(): how_many for name, how_many in found.items()})

    def all_reloaded_here(self) -> bool:
        """Whether every process of this host runs with the file as it is."""
        return not in_use.others(self.as_it_stands())

    def one_host(self) -> bool:
        """Whether the stores are files, which no other host can have open."""
        return all(url.startswith("sqlite") for url in (self.settings.database_url, self.settings.keyring_url))

    def begin(self) -> None:
        """A new pepper beside the current one; nothing is locked with it yet."""
        found, coming = self._nothing_under_way(), secrets.token_bytes(32)
        with self._alone_with(coming, over=self._ids()):
            secrets_file.write(self.file, found | {"next_pepper": secrets_file.text(coming)})

    def abandon(self) -> None:
        """Take the new one away again, as long as it locks nothing; or the note of a change that no host has."""
        found = self._content()
        coming = _named(self.settings.next_pepper) if self.settings.next_pepper else self.noted_elsewhere()
        if coming is None or self.under()[coming.hex()]:
            raise NotNow("There is no new secret that nothing is locked with yet. From there on it only goes forward.")
        with rotating.ended([coming]):
            secrets_file.write(self.file, {name: it for name, it in found.items() if name != "next_pepper"})

    def use(self, everywhere: bool = False) -> None:
        """The new one becomes the current one. Every process can open what it locks by now."""
        found = self._content()
        if "next_pepper" not in found:
            raise NotNow("There is no new secret to use. To make one: flask rotate-pepper begin")
        self._all_reloaded(everywhere)
        coming = found.pop("next_pepper")
        with self._alone_with(self.settings.next_pepper, over={_named(self.settings.pepper)}):
            secrets_file.write(self.file, found | {"pepper": coming, "previous_pepper": found["pepper"]})

    def relock(self) -> accounts.Relocked:
        """Bring every lock under the current one. Can be cut short anywhere, and given again."""
        self._has_previous()
        self._all_reloaded(everywhere=True)
        with self._alone_with(self.settings.pepper):
            pass
        for _ in range(PASSES):
            done = accounts.relock() + sharing.relock()
            if self.left() <= done.refused:
                break
            time.sleep(BETWEEN_PASSES)
        return done

    def left(self) -> int:
        """How many locks are under the previous pepper still."""
        return self.under()[self._id(self.settings.previous_pepper)]

    def retire(self, everywhere: bool = False, leave: int = 0) -> Path:
        """Take the previous one out of use; where it is kept from then on."""
        self._has_previous()
        self._all_reloaded(everywhere)
        left = self.left()
        if left != leave:
            raise NotNow(
                f"{left} locks are under the previous secret still. Move them: flask rotate-pepper relock. Those that "
                f"no secret here opens stay as they are; if you know why, and want to go on: "
                f"flask rotate-pepper retire --leave {left}"
            )
        found = self._content()
        kept = self.file.with_name(f"retired-{self._id(self.settings.previous_pepper)}.json")
        with self._alone_with(self.settings.pepper):
            secrets_file.write(kept, {"pepper": found.pop("previous_pepper")})
        with rotating.ended(self._ids()):
            secrets_file.write(self.file, found)
        return kept

    def readmit(self, file: Path) -> None:
        """Let a retired pepper open again what a backup from its time has; nothing is locked with it."""
        found = self._nothing_under_way()
        retired, _, _ = config.peppers_in(file)
        if retired == self.settings.pepper:
            raise NotNow("That is the secret in use.")
        with self._alone_with(retired, over=self._ids()):
            secrets_file.write(self.file, found | {"previous_pepper": secrets_file.text(retired)})

    def noted_elsewhere(self) -> bytes | None:
        """The public id by which the keyring knows of a change that this host's file knows nothing of."""
        noted = rotating.under_way()
        return noted if noted not in self._ids() else None

    @contextmanager
    def _alone_with(self, pepper: bytes | None, over: Collection[bytes] = ()) -> Iterator[None]:
        """Whatever the block does is a step of the only change under way among all hosts; else `NotNow`.

        A change noted by an id in `over` is one that ended here, as the file shows.
        """
        assert pepper is not None
        try:
            with rotating.noted(_named(pepper), self._ids(), over):
                yield
        except rotating.Elsewhere as other:
            raise NotNow(
                f"Another host has begun to change the secret, to {other.pepper_id.hex()}. Finish that one, and bring "
                "its secrets file here. If no host has that secret: flask rotate-pepper abandon"
            ) from None

    def _ids(self) -> set[bytes]:
        found = (self.settings.pepper, self.settings.previous_pepper, self.settings.next_pepper)
        return {_named(pepper) for pepper in found if pepper}

    def _content(self) -> dict[str, Any]:
        if self.as_it_stands() != self.settings:
            raise NotNow("The secrets file has just been changed by somebody else. Look again: --status")
        return secrets_file.read(self.file)

    def _nothing_under_way(self) -> dict[str, Any]:
        found = self._content()
        if "next_pepper" in found or "previous_pepper" in found:
            raise NotNow("A rotation is under way. Finish it first: flask rotate-pepper")
        return found

    def _has_previous(self) -> None:
        if "previous_pepper" not in self._content():
            raise NotNow("There is no previous secret here: nothing is to be moved or taken out.")

    def _all_reloaded(self, everywhere: bool) -> None:
        if not self.all_reloaded_here():
            raise NotNow(
                "A process of this host still runs with the secrets from before the last step. Reload them all, wait "
                "until those from before have ended, and give this step again."
            )
        if not everywhere and not self.one_host():
            raise NotNow(
                "On PostgreSQL this host cannot see whether others use these stores. If there is no other, or each has "
                "this very secrets file and was reloaded since (flask rotate-pepper --status says so there), give this "
                "step with --everywhere"
            )

    @staticmethod
    def _id(pepper: bytes | None) -> str:
        return pepper_id(pepper) if pepper else ""


def _named(pepper: bytes) -> bytes:
    return bytes.fromhex(pepper_id(pepper))

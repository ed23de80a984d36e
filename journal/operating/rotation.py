"""Changing the host's secret with nobody signed in, step by step, while everybody goes on.

How far it is stands in the secrets file and in the stores, and nowhere else: a step that was cut short is given again.
"""

import secrets
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import config
from journal.accounts import service as accounts
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
        found = self._nothing_under_way()
        secrets_file.write(self.file, found | {"next_pepper": secrets_file.text(secrets.token_bytes(32))})

    def abandon(self) -> None:
        """Take the new one away again, as long as it locks nothing."""
        found = self._content()
        if "next_pepper" not in found or self.under()[self._id(self.settings.next_pepper)]:
            raise NotNow("There is no new secret that nothing is locked with yet. From there on it only goes forward.")
        secrets_file.write(self.file, {name: it for name, it in found.items() if name != "next_pepper"})

    def use(self, everywhere: bool = False) -> None:
        """The new one becomes the current one. Every process can open what it locks by now."""
        found = self._content()
        if "next_pepper" not in found:
            raise NotNow("There is no new secret to use. To make one: flask rotate-pepper begin")
        self._all_reloaded(everywhere)
        coming = found.pop("next_pepper")
        secrets_file.write(self.file, found | {"pepper": coming, "previous_pepper": found["pepper"]})

    def relock(self) -> accounts.Relocked:
        """Bring every lock under the current one. Can be cut short anywhere, and given again."""
        self._has_previous()
        self._all_reloaded(everywhere=True)
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
        secrets_file.write(kept, {"pepper": found.pop("previous_pepper")})
        secrets_file.write(self.file, found)
        return kept

    def readmit(self, file: Path) -> None:
        """Let a retired pepper open again what a backup from its time has; nothing is locked with it."""
        found = self._nothing_under_way()
        retired, _, _ = config.peppers_in(file)
        if retired == self.settings.pepper:
            raise NotNow("That is the secret in use.")
        secrets_file.write(self.file, found | {"previous_pepper": secrets_file.text(retired)})

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

"""One thing that was looked at, in plain words: what is so, and what to do where it is not well."""

from collections.abc import Iterable
from dataclasses import dataclass

from config import Settings

OK, NOTE, WARN, REFUSE = "ok", "note", "warn", "refuse"
# From well to worst. A note is a choice that is the operator's to make; nothing has to be done about it.
LEVELS = (OK, NOTE, WARN, REFUSE)


@dataclass(frozen=True)
class Finding:
    """What one check found. Neither sentence holds an address, a password, an id or anybody's name."""

    name: str
    level: str
    says: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.says} {self.mend}".strip()


def unsafe(settings: Settings, name: str, says: str, mend: str) -> Finding:
    """What loses data or shows secrets: production does not start with it, elsewhere it is told."""
    return Finding(name, REFUSE if settings.production else WARN, says, mend)


def in_production(settings: Settings, level: str, name: str, says: str, mend: str = "") -> Finding:
    """What matters only where people's journals are kept; on a machine to try things on it is well."""
    if settings.production:
        return Finding(name, level, says, mend)
    return Finding(name, OK, f"{says} Fine while local.")


def worst(findings: Iterable[Finding]) -> str:
    """The weightiest level among them."""
    return max((finding.level for finding in findings), key=LEVELS.index, default=OK)

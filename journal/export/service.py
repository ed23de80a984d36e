"""What this room does for its routes. An export is in the access log before the first of it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from journal.accounts.service import Owner, host_folder, make_export_token, read_settings
from journal.errors import Invalid
from journal.export import progress
from journal.export.importing import keep, weighed
from journal.export.ledger import ImportView, listed, undo
from journal.export.ledger import replay as replay_erasures
from journal.export.material import KINDS, Choice, Shared, gathered
from journal.export.pdf import NotPrinted, brief_page
from journal.export.refusals import on_paper
from journal.export.writers import WRITERS
from journal.sessions.service import whole_journal
from journal.sharing.access_log import log_own
from journal.sharing.service import brief

__all__ = [
    "Export",
    "ImportView",
    "brief_on_paper",
    "export",
    "keep",
    "listed",
    "make_export_token",
    "replay_erasures",
    "undo",
    "weighed",
    "zone_of",
]


@dataclass(frozen=True)
class Export:
    """A file about to be sent. Its name says nothing of what is in it."""

    media: str
    name: str
    pieces: Iterator[bytes]


def export(owner: Owner, kind: str, choice: Choice, shared: Shared | None = None, *, telling: bool = False) -> Export:
    """Gather what was chosen, note that it was taken out and for whom, and write it; `telling` how far it is."""
    writer, material = WRITERS[kind], gathered(owner, choice, shared)
    name = f"journal-{material.made_at.date().isoformat()}.{writer.extension}"
    if telling and writer.steps is not None:
        made = Export(progress.MEDIA, name, progress.framed(writer.steps(material), writer.media, name))
    else:
        made = Export(writer.media, name, writer.write(material))
    whom = {"shared_with": shared.whom} if shared is not None else {}
    log_own(owner, {"what": "exported", "format": kind, "story": choice.story, **_limits(choice), **whom})
    return made


def brief_on_paper(reviewer: Owner, share_id: UUID, session_id: UUID | None) -> Export:
    """The brief of one session as a page; read as any brief is, and so in the patient's log."""
    told = brief(reviewer, share_id, session_id)
    try:
        page = brief_page(told, folder=host_folder())
    except NotPrinted as why:
        raise on_paper(why) from None
    return Export("application/pdf", f"brief-{told['now'][:10]}.pdf", iter([page]))


def zone_of(owner: Owner) -> str:
    """The zone in which a table without zones was written; that of the latest check-in, where none is set."""
    zone: str | None = read_settings(owner).values.get("time_zone")
    if zone is not None:
        return zone
    check_ins = whole_journal(owner).check_ins
    if not check_ins:
        raise Invalid("The times in this file have no zone. Set yours in the settings first, then send it again.")
    latest = max(check_ins, key=lambda row: row.ratings["written_at"][:19])
    return str(latest.ratings["time_zone"])


def _limits(choice: Choice) -> dict[str, Any]:
    """What was left out by choice; absent where nothing was."""
    days: dict[str, date | None] = {"since": choice.since, "until": choice.until}
    limits: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day is not None}
    return limits if choice.kinds == KINDS else limits | {"kinds": sorted(choice.kinds)}

"""Journals to export: the made-up one, and ones by chance, as rows that were opened."""

from datetime import UTC, datetime

from journal.demo import demo_journal
from journal.export.material import Choice, Material, happened
from journal.sessions.rows import Opened

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
MAYA, ACCOUNT = "Maya", "7d1f0c52-94c1-4a7e-8e2b-1c9f5a3b6d40"


def material(courses=(), sessions=(), check_ins=(), additions=(), *, story=True, name=MAYA, unopened=0):
    kept = [list(rows) if story else [without_words(row) for row in rows]
            for rows in (courses, sorted(sessions, key=happened), sorted(check_ins, key=happened), additions)]
    return Material(Choice(story=story), {}, *kept, unopened, NOW, "America/New_York", name if story else "", ACCOUNT)


def without_words(row):
    return Opened(row.id, row.revision, row.ratings, None, row.links)


def opened(name, body):
    links = {key: body[key] for key in ("session_id", "course_id") if key in body}
    return Opened(name, 1, body["ratings"], body.get("story"), links)


def demo_material(*, story=True):
    """The whole made-up journal, with the notes that were added to it later."""
    told = demo_journal(NOW)
    kinds = {"check-ins": told.check_ins, "sessions": told.sessions}
    for path, note in told.notes:
        kind, row, _, name = path.split("/")
        words = kinds[kind][row].setdefault("story", {})
        words.setdefault("notes", []).append({"id": name, **note})
    rows = ([opened(*it) for it in bodies.items()]
            for bodies in (told.courses, told.sessions, told.check_ins, told.additions))
    return material(*rows, story=story)

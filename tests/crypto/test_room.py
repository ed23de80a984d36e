"""Rules of the room itself: what it may know, and that FORMAT.md tells all of it."""

import ast
import re
from pathlib import Path

import pytest

import journal.crypto
from journal.crypto import BACKUP_PARTS, Refused
from journal.crypto.framing import Kind
from journal.crypto.labels import Label
from journal.crypto.letters import CARD_PURPOSES, LETTER_PURPOSES
from journal.crypto.lock import LOCK_KINDS
from journal.crypto.sections import LENDABLE_KINDS, PLACE_KINDS, SECTIONS
from journal.crypto.shares import NOTE_KINDS

ROOM = Path(journal.crypto.__file__).parent
FORMAT = (ROOM / "FORMAT.md").read_text(encoding="utf-8")
SOURCES = sorted(ROOM.glob("*.py"))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else (node.module or "").split(".")[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_the_room_knows_only_the_library_and_itself(path):
    """No Flask, no SQLAlchemy, no clock."""
    plain = {"base64", "binascii", "dataclasses", "enum", "functools", "hashlib", "hmac", "os", "re", "secrets"}

    assert set(imported(path)) <= plain | {"struct", "typing", "unicodedata", "cryptography", "."}


def test_nothing_else_imports_cryptography():
    others = [path for path in ROOM.parent.rglob("*.py") if ROOM not in path.parents]

    assert [path for path in others if "cryptography" in imported(path)] == []


@pytest.mark.parametrize("label", Label, ids=lambda label: label.name.lower())
def test_every_label_is_told_and_used_in_one_place(label):
    uses = "".join(path.read_text(encoding="utf-8") for path in SOURCES).count(f"Label.{label.name}")

    assert FORMAT.count(f"`{label}`") >= 1
    assert label.startswith("shoreline/v1/")
    assert uses == 1


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name.lower())
def test_every_kind_is_told(kind):
    assert f"| `0x{kind:02x}` |" in FORMAT


@pytest.mark.parametrize(
    "table",
    [LOCK_KINDS, PLACE_KINDS, SECTIONS, CARD_PURPOSES, LETTER_PURPOSES, NOTE_KINDS, BACKUP_PARTS],
    ids=["locks", "places", "sections", "cards", "letters", "notes", "backups"],
)
def test_every_code_is_told_once(table):
    assert len(set(table.values())) == len(table)
    for name, code in table.items():
        assert f"`{name}` = {code}" in FORMAT


def test_what_is_lent_at_all_is_told():
    told = FORMAT.split("Only places of kind ")[1].split(" are lent")[0]

    assert set(re.findall(r"`(\w+)`", told)) == LENDABLE_KINDS <= set(PLACE_KINDS)


def test_a_refusal_says_nothing():
    assert (str(Refused()), Refused().args) == ("refused", ("refused",))

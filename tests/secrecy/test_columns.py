"""Every column of both stores is classified here, and none holds health content. SECURITY.md says the same in words."""

from pathlib import Path

from journal.database import db

SECURITY = Path(__file__).parents[2] / "SECURITY.md"

SEALED = "sealed: opens with the owner's keys alone"
LOCKED = "locked: a wrap of keys, opens with the host's secret, the lock key and a way in"
LENT = "lent: opens with the keys of a share, which its patient and its therapist have"
LETTER = "letter: opens with the host's secret, a lock key and the keys of whom it is to"
RANDOM = "random: an id that says nothing"
BLIND = "blind: a keyed hash, nothing to be read from it"
STRUCTURE = "structure: that a thing is there, and what it belongs to"
HOUR = "hour: when a row was stored, to the hour"
TIME = "time: of being signed in, or of a throttle"
KEY = "key: held apart from the journal"
PUBLIC = "public: keys that others may see"

SEALED_ROW = {
    "account_id": STRUCTURE, "id": RANDOM, "revision": STRUCTURE, "stored_at": HOUR,
    "ratings_key": SEALED, "ratings": SEALED, "story_key": SEALED, "story": SEALED,
}  # fmt: skip
COLUMNS = {
    "accounts": {
        "id": RANDOM, "role": STRUCTURE, "login_index": BLIND, "public_identity": PUBLIC, "epoch": STRUCTURE,
        "profile_revision": STRUCTURE, "profile_key": SEALED, "profile": SEALED, "created_at": HOUR,
        "disabled_at": HOUR,
    },
    "ways_in": {"account_id": STRUCTURE, "kind": STRUCTURE, "wrap": LOCKED, "created_at": HOUR},
    "sign_ins": {
        "id": BLIND, "account_id": STRUCTURE, "wrap": LOCKED, "about_key": SEALED, "about": SEALED,
        "created_at": TIME, "last_seen_at": TIME, "expires_at": TIME, "stepped_up_at": TIME,
        "second_factor_due": STRUCTURE,
    },
    "known_devices": {"id": BLIND, "account_id": STRUCTURE, "created_at": HOUR},
    "tries": {"subject": BLIND, "failures": STRUCTURE, "next_allowed_at": TIME},
    "invitations": {"code_hash": BLIND, "role": STRUCTURE, "expires_at": TIME, "used_at": TIME},
    "courses": SEALED_ROW,
    "dosing_sessions": SEALED_ROW,
    "check_ins": SEALED_ROW | {"session_id": STRUCTURE},
    "additions": SEALED_ROW,
    "devices": {
        "account_id": STRUCTURE, "id": RANDOM, "token_hash": BLIND, "revision": STRUCTURE, "about_key": SEALED,
        "about": SEALED, "created_at": HOUR, "last_deposit_at": HOUR, "dropped_at": HOUR,
    },
    "deposits": {
        "account_id": STRUCTURE, "id": RANDOM, "device_id": RANDOM, "digest": BLIND, "blob": SEALED, "stored_at": HOUR,
        "check_in_id": STRUCTURE, "check_in_revision": STRUCTURE, "session_revision": STRUCTURE,
    },
    "pins": {
        "account_id": STRUCTURE, "id": RANDOM, "revision": STRUCTURE, "about_key": SEALED, "about": SEALED,
        "created_at": HOUR,
    },
    "shares": {
        "id": RANDOM, "account_id": STRUCTURE, "reviewer_id": STRUCTURE, "revision": STRUCTURE, "about_key": SEALED,
        "about": SEALED, "letter": LETTER, "created_at": HOUR, "ended_at": HOUR, "ended_by": STRUCTURE,
    },
    "lent": {
        "share_id": STRUCTURE, "kind": STRUCTURE, "row_id": STRUCTURE, "section": STRUCTURE, "revision": STRUCTURE,
        "key": LENT, "lent_at": HOUR,
    },
    "share_notes": {
        "share_id": STRUCTURE, "id": RANDOM, "kind": STRUCTURE, "revision": STRUCTURE, "body": LENT, "stored_at": HOUR,
    },
    "reviews": {
        "account_id": STRUCTURE, "share_id": STRUCTURE, "revision": STRUCTURE, "about_key": SEALED, "about": SEALED,
    },
    "access_log_heads": {"account_id": STRUCTURE, "number": STRUCTURE},
    "access_log": {
        "account_id": STRUCTURE, "number": STRUCTURE, "share_id": STRUCTURE, "key": SEALED, "body": LENT,
        "stored_at": HOUR,
    },
    "returns": {
        "account_id": STRUCTURE, "id": RANDOM, "sender_id": STRUCTURE, "letter": LETTER, "stored_at": HOUR,
    },
    "returned_rows": {"account_id": STRUCTURE, "return_id": STRUCTURE, "id": STRUCTURE, "body": LENT},
    "export_tokens": {"id": BLIND, "account_id": STRUCTURE, "wrap": LOCKED, "expires_at": TIME},
    "imports": {
        "account_id": STRUCTURE, "id": RANDOM, "about_key": SEALED, "about": SEALED, "stored_at": HOUR,
    },
    "erasures": {"subject": BLIND, "times": STRUCTURE, "erased_at": HOUR},  # in both stores
    "lock_keys": {"account_id": STRUCTURE, "key": KEY},
    "share_keys": {"id": RANDOM, "account_id": STRUCTURE, "key": KEY},
    "host_keys": {"name": STRUCTURE, "key": KEY},
}  # fmt: skip


def test_every_column_is_classified(app):
    there = {
        table.name: {column.name for column in table.columns}
        for metadata in db.metadatas.values()
        for table in metadata.tables.values()
    }
    assert there == {table: set(columns) for table, columns in COLUMNS.items()}


def test_no_column_can_hold_what_was_written_in_the_clear(app):
    """Text columns are short words of our own; what patients write is bytes under a seal."""
    for metadata in db.metadatas.values():
        for table in metadata.tables.values():
            for column in table.columns:
                if COLUMNS[table.name][column.name] in (STRUCTURE, HOUR, TIME):
                    length = getattr(column.type, "length", None)
                    assert length is None or length <= 32, f"{table.name}.{column.name}"


def test_the_security_page_names_every_table_and_column():
    page = SECURITY.read_text()
    missing = [
        f"{table}.{column}" for table, columns in COLUMNS.items() for column in columns if f"`{column}`" not in page
    ] + [table for table in COLUMNS if f"`{table}`" not in page]
    assert missing == []

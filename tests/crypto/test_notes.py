"""What Maya and Dr Okafor tell each other within a share."""

import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from journal.crypto import SECTION_MAX, ShareKeys
from journal.crypto.shares import NOTE_KINDS

from . import by_hand
from .cast import in_hand, refuses

STORY = b'{"note":"Warm light, then the sea"}'
NOTE = os.urandom(16)


@pytest.mark.parametrize("kind", sorted(NOTE_KINDS))
def test_each_reads_what_the_other_wrote(share, kind):
    for text in (b"", STORY, os.urandom(SECTION_MAX)):
        blob = share.seal_note(kind, NOTE, 1, text)
        assert in_hand(share).open_note(kind, NOTE, 1, blob) == text
        assert STORY not in blob


def test_a_share_of_ratings_has_the_same_notes(share):
    without = ShareKeys(share.share_id, share.owner, share.secrets["ratings"])

    assert without.open_note("ask", NOTE, 1, share.seal_note("ask", NOTE, 1, STORY)) == STORY


def test_the_size_tells_only_the_bucket(share):
    sizes = [len(share.seal_note("log", NOTE, 1, bytes(size))) - 35 for size in (0, 1, 508, 509, 1020, 1021)]

    assert sizes == [512, 512, 512, 1024, 1024, 2048]


def test_a_note_is_read_only_where_it_belongs(share):
    blob = share.seal_note("reply", NOTE, 1, STORY)

    for kind in set(NOTE_KINDS) - {"reply"}:
        assert refuses(share.open_note, kind, NOTE, 1, blob)
        relabelled = blob[:6] + bytes([NOTE_KINDS[kind]]) + blob[7:]
        assert refuses(share.open_note, kind, NOTE, 1, relabelled)
        assert refuses(share.open_note, "reply", NOTE, 1, relabelled)
    for note_id, revision in ((NOTE, 0), (NOTE, 2), (NOTE, 2**64 - 1), (os.urandom(16), 1)):
        assert refuses(share.open_note, "reply", note_id, revision, blob)


def test_another_share_another_owner_or_another_key_does_not_read_it(maya, noor, share):
    blob, ratings = share.seal_note("ask", NOTE, 1, STORY), share.secrets["ratings"]

    assert refuses(ShareKeys(os.urandom(16), maya.account_id, ratings).open_note, "ask", NOTE, 1, blob)
    assert refuses(ShareKeys(share.share_id, noor.account_id, ratings).open_note, "ask", NOTE, 1, blob)
    assert refuses(ShareKeys(share.share_id, maya.account_id, share.secrets["story"]).open_note, "ask", NOTE, 1, blob)


@pytest.mark.parametrize("impossible", [("poem", NOTE, 1), ("ask", b"1", 1), ("ask", NOTE, -1), ("ask", NOTE, 2**64)])
def test_that_cannot_exist_is_refused_on_opening_and_a_mistake_on_sealing(share, impossible):
    blob = share.seal_note("ask", NOTE, 1, STORY)

    assert refuses(share.open_note, *impossible, blob)
    with pytest.raises(ValueError, match=r"not a note|16 bytes"):
        share.seal_note(*impossible, STORY)


def test_more_than_fits_is_a_mistake(share):
    with pytest.raises(ValueError, match="at most"):
        share.seal_note("ask", NOTE, 1, bytes(SECTION_MAX + 1))


@pytest.mark.parametrize("padded", [bytes(600), bytes(2048), bytes(3) + b"\1" + b"a" * 508])
def test_padded_otherwise_it_is_refused(share, padded):
    start = b"\1\x52" + (1 + 28 + len(padded)).to_bytes(4, "big") + b"\1"
    key = by_hand.hkdf(share.secrets["ratings"], "share-note", share.share_id + share.owner)
    nonce, place = os.urandom(12), share.share_id + share.owner + NOTE + bytes(7) + b"\1"

    blob = start + nonce + AESGCM(key).encrypt(nonce, padded, start + place)
    assert refuses(share.open_note, "ask", NOTE, 1, blob)
    rightly = AESGCM(key).encrypt(nonce, bytes(512), b"\1\x52\0\0\2\x1d\1" + place)
    assert share.open_note("ask", NOTE, 1, b"\1\x52\0\0\2\x1d\1" + nonce + rightly) == b""

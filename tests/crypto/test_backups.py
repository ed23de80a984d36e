"""Backups: sealed to the operator, whole or refused, and marked by the host that made them."""

import json
import os
from pathlib import Path

import pytest

from journal.crypto import (
    BACKUP_HEAD_BYTES,
    BackupKey,
    BackupOpener,
    BackupSealer,
    BackupSecret,
    Pepper,
    Peppers,
    Refused,
    needs_passphrase,
    open_backup_secret,
    part_of,
    recipient_of,
)
from journal.crypto.backups import CHUNK_BYTES

from . import by_hand
from .cast import new_peppers, refuses
from .make_backup_vectors import payload_of
from .test_vectors import unhex

VECTORS = Path(__file__).parent / "vectors" / "backups-1.json"
SEALED_CHUNK = CHUNK_BYTES + 16
OPERATOR = BackupSecret.generate()
PEPPERS = new_peppers()
SEVERAL = os.urandom(5 * CHUNK_BYTES + 1000)


def sealed(payload, part="database", step=10_000):
    sealer = BackupSealer(OPERATOR.public, part, PEPPERS.current)
    pieces = [sealer.seal(payload[at : at + step]) for at in range(0, len(payload), step)]
    return sealer.head + b"".join(pieces) + sealer.finish()


def opened(blob, secret=OPERATOR, part="database", step=30_000):
    opener = BackupOpener(secret, part, blob[:BACKUP_HEAD_BYTES])
    rest = blob[BACKUP_HEAD_BYTES:]
    pieces = [opener.open(rest[at : at + step]) for at in range(0, len(rest), step)]
    return b"".join(pieces) + opener.finish()


def chunks(blob):
    rest = blob[BACKUP_HEAD_BYTES:]
    return [rest[at : at + SEALED_CHUNK] for at in range(0, len(rest), SEALED_CHUNK)]


def put_together(blob, parts):
    return blob[:BACKUP_HEAD_BYTES] + b"".join(parts)


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 36, CHUNK_BYTES - 35, CHUNK_BYTES - 1, CHUNK_BYTES, len(SEVERAL)])
@pytest.mark.parametrize("step", [1009, 10 * CHUNK_BYTES])
def test_comes_back_whole_whatever_its_size_and_the_pieces_it_is_read_in(size, step):
    payload = SEVERAL[:size]

    assert opened(sealed(payload, step=step), step=step) == payload


class TestWhatIsRefused:
    BLOB = sealed(SEVERAL)

    def test_a_backup_cut_at_any_chunk_or_a_byte_beside(self):
        for count in range(1, len(chunks(self.BLOB))):
            size = BACKUP_HEAD_BYTES + count * SEALED_CHUNK
            assert refuses(opened, self.BLOB[:size])
            assert refuses(opened, self.BLOB[: size - 1])
            assert refuses(opened, self.BLOB[: size + 20])

    def test_chunks_moved_left_out_or_doubled(self):
        parts = chunks(self.BLOB)
        others = [
            [parts[1], parts[0], *parts[2:]],
            parts[1:],
            [*parts[:2], *parts[3:]],
            [parts[0], *parts],
            [*parts, parts[-1]],
            [*parts[:-1], parts[-1], parts[-1]],
            [parts[-1]],
            [],
        ]

        assert opened(put_together(self.BLOB, parts)) == SEVERAL
        assert all(refuses(opened, put_together(self.BLOB, each)) for each in others)

    def test_a_chunk_of_another_backup_of_the_same_bytes(self):
        parts, others = chunks(self.BLOB), chunks(sealed(SEVERAL))

        assert refuses(opened, put_together(self.BLOB, [others[0], *parts[1:]]))
        assert refuses(opened, put_together(self.BLOB, others))

    def test_another_key_and_another_part(self):
        assert refuses(opened, self.BLOB, BackupSecret.generate())
        assert refuses(opened, self.BLOB, OPERATOR, "keyring")

    def test_one_that_says_it_is_for_another_key(self):
        other = BackupSecret.generate()
        changed = self.BLOB[:7] + other.public.fingerprint + self.BLOB[39:]

        assert refuses(opened, changed)
        assert refuses(opened, changed, other)

    def test_what_is_shorter_than_the_mark(self):
        sealer = BackupSealer(OPERATOR.public, "database", PEPPERS.current)
        short = sealer.head + sealer._chunks.seal(bytes(35), last=True)

        assert refuses(opened, short)


class TestTheMark:
    def of(self, blob):
        opener = BackupOpener(OPERATOR, "database", blob[:BACKUP_HEAD_BYTES])
        opener.open(blob[BACKUP_HEAD_BYTES:])
        opener.finish()
        return opener

    def test_is_of_the_host_that_made_it_and_of_no_other(self):
        opener = self.of(sealed(SEVERAL))

        assert opener.pepper_id == PEPPERS.current.id
        assert opener.is_from(PEPPERS)
        assert opener.is_from(Peppers(Pepper.from_bytes(os.urandom(32)), PEPPERS.current))
        assert not opener.is_from(new_peppers())

    def test_cannot_be_made_without_the_secret_nor_taken_from_another_backup(self):
        """Whoever has the public key alone can seal; the mark they write is none."""
        forged = BackupSealer(OPERATOR.public, "database", Pepper(os.urandom(32), PEPPERS.current.id))
        blob = forged.head + forged.seal(SEVERAL) + forged.finish()

        assert opened(blob) == SEVERAL
        assert self.of(blob).pepper_id == PEPPERS.current.id
        assert not self.of(blob).is_from(PEPPERS)


class TestTheOperatorsKey:
    def test_under_a_passphrase_it_opens_with_that_one_alone(self):
        wrapped = OPERATOR.wrap("the harbour master keeps this one")

        assert needs_passphrase(wrapped)
        assert not needs_passphrase(OPERATOR.encode())
        assert open_backup_secret(wrapped, "the harbour master keeps this one") == OPERATOR
        assert refuses(open_backup_secret, wrapped, "the harbour master keeps that one")
        assert refuses(needs_passphrase, OPERATOR.public.encode())

    def test_work_that_is_not_ours_is_refused_before_it_is_done(self):
        wrapped = OPERATOR.wrap_stretched(bytes(32), bytes(16))
        for changed in (b"\x00\x00\x00\x08", b"\x00\x40\x00\x00"):
            assert refuses(open_backup_secret, wrapped[:6] + changed + wrapped[10:], "x")

    def test_is_not_in_its_repr(self):
        assert OPERATOR.seed.hex() not in repr(OPERATOR)
        assert repr(OPERATOR.seed) not in repr(OPERATOR)

    def test_a_key_that_nothing_can_be_sealed_to_is_refused(self):
        low = BackupKey(OPERATOR.public.public[:1184] + bytes(32))

        with pytest.raises(Refused):
            BackupSealer(BackupKey.decode(low.encode()), "database", PEPPERS.current)


class TestStored:
    """Both the room and the second reader open them for ever."""

    STORED = unhex(json.loads(VECTORS.read_text(encoding="utf-8")))

    def test_the_keys(self):
        stored = self.STORED
        secret = BackupSecret.decode(stored["private"])

        assert secret.public.encode() == stored["public"]
        assert secret.public.fingerprint == stored["fingerprint"] == by_hand.backup_fingerprint(stored["public"])
        assert open_backup_secret(stored["private_wrapped"], stored["passphrase"]) == secret
        for blob in (stored["private"], stored["private_wrapped"]):
            assert by_hand.open_backup_secret(blob, stored["passphrase"]) == secret.seed

    @pytest.mark.parametrize("vector", STORED["backups"], ids=lambda it: f"{it['part']}-{it['size']}")
    def test_a_backup(self, vector):
        stored, blob = self.STORED, vector["blob"]
        secret, payload = BackupSecret.decode(stored["private"]), payload_of(vector["size"], vector["step"])

        assert opened(blob, secret, vector["part"]) == payload
        assert (part_of(blob[:BACKUP_HEAD_BYTES]), recipient_of(blob[:BACKUP_HEAD_BYTES])) == (
            vector["part"],
            stored["fingerprint"],
        )
        expected = (vector["part"], stored["fingerprint"], payload)
        assert by_hand.open_backup(blob, secret.seed, stored["pepper"]) == expected

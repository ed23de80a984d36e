"""Write the stored vectors of backups, once: `python -m tests.crypto.make_backup_vectors` from the project's root.

A file that exists is never written again: what it holds must open for ever.
"""

import json

from journal.crypto import BACKUP_PARTS, BackupSealer, BackupSecret, Pepper, new_key

from .make_vectors import VECTORS

PASSPHRASE = "the harbour master keeps this one"
# Nothing, few bytes, a chunk full to the byte with its mark, a mark in two chunks, three chunks.
SIZES = {"database": (0, 65_500, 65_520, 140_000), "keyring": (0, 1)}


def main() -> None:
    secret, pepper = BackupSecret.generate(), new_key()
    vectors = {
        "pepper": pepper,
        "public": secret.public.encode(),
        "fingerprint": secret.public.fingerprint,
        "private": secret.encode(),
        "passphrase": PASSPHRASE,
        "private_wrapped": secret.wrap(PASSPHRASE),
        "backups": [
            {"part": part, "size": size, "step": step, "blob": sealed(secret, part, pepper, payload_of(size, step))}
            for part, step in zip(BACKUP_PARTS, (7, 251), strict=True)
            for size in SIZES[part]
        ],
    }
    with (VECTORS / "backups-1.json").open("x", encoding="utf-8") as file:
        json.dump(vectors, file, indent=1, default=bytes.hex)
        file.write("\n")


def payload_of(size: int, step: int) -> bytes:
    """What is in a backup of the vectors: byte i is i times the step, and what that carries over."""
    return bytes((i * step + (i >> 8)) % 256 for i in range(size))


def sealed(secret: BackupSecret, part: str, pepper: bytes, payload: bytes) -> bytes:
    sealer = BackupSealer(secret.public, part, Pepper.from_bytes(pepper))
    return sealer.head + sealer.seal(payload) + sealer.finish()


if __name__ == "__main__":
    main()

"""Write the stored vectors of a suite, once: `python -m tests.crypto.make_vectors` from the project's root.

A file that exists is never written again: what it holds must open for ever.
"""

import json
from pathlib import Path
from typing import Any

from journal.crypto import (
    SUITE,
    Pepper,
    Peppers,
    PublicIdentity,
    RecoveryCode,
    SignInToken,
    login_index,
    new_key,
    new_token,
    subject_hash,
    token_hash,
    wrap_for_password,
    wrap_for_recovery,
)
from journal.crypto.sections import PLACE_KINDS, SECTIONS

from .cast import Keeper

VECTORS = Path(__file__).parent / "vectors"
PASSWORD = "A\u030angstro\u0308m\u00a0och vågor"
TEXTS = [b"", b'{"note":"Warm light"}', b"~" * 508, b"~" * 509, "å".encode() * 700]


def main() -> None:
    maya, pepper = Keeper(), new_key()
    lock = maya.lock(Peppers(Pepper.from_bytes(pepper)))
    encoded = maya.bundle.public(maya.account_id)
    password = wrap_for_password(maya.bundle, PASSWORD, maya.account_id)
    code = RecoveryCode.generate()
    recovery = wrap_for_recovery(maya.bundle, code, maya.account_id)
    token = SignInToken.generate()
    sign_in = token.wrap(maya.bundle, maya.account_id)
    write(
        {
            "account_id": maya.account_id,
            "identity_bundle": maya.bundle.encode(),
            "public_identity": {
                "blob": encoded,
                "fingerprint": PublicIdentity.decode(encoded, maya.account_id).fingerprint,
            },
            "password_way_in": {"password": PASSWORD, "blob": password},
            "recovery_way_in": {"code": str(code), "blob": recovery},
            "sign_in": {"cookie": token.cookie_value, "row_id": token.row_id, "blob": sign_in},
            "locks": {
                "pepper": pepper,
                "lock_key": maya.lock_key,
                "closed": [
                    {"kind": kind, "place_id": place_id, "inner": inner, "blob": lock.close(inner, kind, place_id)}
                    for kind, place_id, inner in (
                        ("password", maya.account_id, password),
                        ("recovery", maya.account_id, recovery),
                        ("sign_in", token.row_id, sign_in),
                    )
                ],
            },
            "sections": sections(maya),
            "hashes": hashes(),
        }
    )


def sections(maya: Keeper) -> list[dict[str, Any]]:
    cases = [(kind, section) for kind in PLACE_KINDS for section in SECTIONS]
    revisions = [1, 2, 255, 2**32, 2**64 - 1]
    return [
        section_case(maya, kind, section, revisions[i % len(revisions)], TEXTS[i % len(TEXTS)])
        for i, (kind, section) in enumerate(cases)
    ]


def section_case(maya: Keeper, kind: str, section: str, revision: int, text: bytes) -> dict[str, Any]:
    row_id = new_key()[:16]
    place = maya.place(kind=kind, section=section, revision=revision, row_id=row_id)
    key, body = maya.keyring.seal(place, text)
    where = {"kind": kind, "row_id": row_id, "section": section, "revision": revision}
    return {**where, "plaintext": text, "key": key, "body": body}


def hashes() -> dict[str, Any]:
    index_key, token, name = new_key(), new_token(), "  Maya.A\u030a "
    return {
        "index_key": index_key,
        "login_name": name,
        "login_index": login_index(index_key, name),
        "subject": {"purpose": "address", "of": "192.0.2.1", "hash": subject_hash(index_key, "address", "192.0.2.1")},
        "token": {"purpose": "device", "of": token, "hash": token_hash("device", token)},
    }


def write(vectors: dict[str, Any]) -> None:
    VECTORS.mkdir(exist_ok=True)
    with (VECTORS / f"suite-{SUITE}.json").open("x", encoding="utf-8") as file:
        json.dump(vectors, file, indent=1, default=bytes.hex)
        file.write("\n")


if __name__ == "__main__":
    main()

"""Write the stored vectors of sharing, once: `python -m tests.crypto.make_sharing_vectors` from the project's root.

A file that exists is never written again: what it holds must open for ever.
"""

import json
import os
from itertools import product
from typing import Any

from journal.crypto import LETTER_MAX, LetterPlace, ShareKeys, digits, make_card, seal_letter
from journal.crypto.letters import CARD_PURPOSES, LETTER_PURPOSES
from journal.crypto.sections import LENDABLE_KINDS, SECTIONS
from journal.crypto.shares import NOTE_KINDS

from .by_hand import SHARED_PLACES
from .cast import Keeper
from .make_vectors import TEXTS, VECTORS, section_case

NAMES = ["O", "Dr Ngozi Okafor", "A\u030angstro\u0308m", "波", "x" * 160]
LETTER_SIZES = [0, 1, 444, 445, 956, 957, 1980, 1981, LETTER_MAX]
REVISIONS = [1, 2, 255, 2**32, 2**64 - 1]


def main() -> None:
    people = {"owner": Keeper(), "reviewer": Keeper()}
    owner = people["owner"]
    vectors = {
        **{name: told(keeper) for name, keeper in people.items()},
        "cards": [card(people, *case) for case in product(people, CARD_PURPOSES, enumerate(NAMES))],
        "digits": [{"fingerprint": print_, "groups": list(digits(print_))} for print_ in prints(people)],
        "letters": [letter(people, *case) for case in product(people, LETTER_PURPOSES, LETTER_SIZES)],
        "shares": [share(owner, owner.share(story=story)) for story in (True, True, False)],
        "sections": [
            section_case(owner, kind, section, REVISIONS[i % 5], TEXTS[i % 5])
            for i, (kind, section) in enumerate(product(sorted(SHARED_PLACES), SECTIONS))
        ],
    }
    with (VECTORS / "sharing-1.json").open("x", encoding="utf-8") as file:
        json.dump(vectors, file, indent=1, default=bytes.hex)
        file.write("\n")


def told(keeper: Keeper) -> dict[str, bytes]:
    return {
        "account": keeper.account_id,
        "bundle": keeper.bundle.encode(),
        "public_identity": keeper.bundle.public(keeper.account_id),
    }


def card(people: dict[str, Keeper], by: str, purpose: str, named: tuple[int, str]) -> dict[str, Any]:
    (number, name), keeper = named, people[by]
    expires_at = [0, 1, 2_000_000_000, 2**32, 2**64 - 1][number]
    blob = make_card(keeper.bundle, keeper.public, purpose, expires_at, name)
    return {"by": by, "purpose": purpose, "expires_at": expires_at, "name": name, "blob": blob}


def prints(people: dict[str, Keeper]) -> list[bytes]:
    return [
        bytes(32),
        b"\xff" * 32,
        *(keeper.public.fingerprint for keeper in people.values()),
        *map(os.urandom, [32] * 8),
    ]


def letter(people: dict[str, Keeper], by: str, purpose: str, size: int) -> dict[str, Any]:
    to = next(name for name in people if name != by)
    sender, recipient, document = people[by], people[to], os.urandom(size)
    place = LetterPlace(purpose, sender.account_id, recipient.account_id, os.urandom(16))
    blob = seal_letter(sender.bundle, recipient.public, place, document)
    return {"by": by, "to": to, "purpose": purpose, "letter": place.letter_id, "document": document, "blob": blob}


def share(owner: Keeper, keys: ShareKeys) -> dict[str, Any]:
    lent = product(sorted(LENDABLE_KINDS), keys.secrets)
    notes = [(kind, TEXTS[(i + turn) % 5]) for turn in range(2) for i, kind in enumerate(NOTE_KINDS)]
    return {
        "share": keys.share_id,
        **keys.secrets,
        "lent": [lent_case(owner, keys, i, *case) for i, case in enumerate(lent)],
        "notes": [note_case(keys, i, *case) for i, case in enumerate(notes)],
    }


def lent_case(owner: Keeper, keys: ShareKeys, i: int, kind: str, section: str) -> dict[str, Any]:
    where = {"kind": kind, "row_id": os.urandom(16), "section": section, "revision": REVISIONS[i % 5]}
    place, text = owner.place(**where), TEXTS[i % 5]
    sealed = owner.keyring.seal(place, text)
    own = {"key": sealed.key, "body": sealed.body}
    return {**where, "plaintext": text, "lent_key": owner.keyring.lend(place, sealed, keys), **own}


def note_case(keys: ShareKeys, i: int, kind: str, text: bytes) -> dict[str, Any]:
    where = {"kind": kind, "note": os.urandom(16), "revision": REVISIONS[i % 5]}
    return {**where, "plaintext": text, "blob": keys.seal_note(kind, where["note"], where["revision"], text)}


if __name__ == "__main__":
    main()

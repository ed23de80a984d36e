"""Write the stored vectors of leaving, once: `python -m tests.crypto.make_export_vectors` from the project's root.

A file that exists is never written again: what it holds must open for ever.
"""

import json
from itertools import product

from journal.crypto import Lock, Pepper, Peppers, SignInToken, new_key
from journal.crypto.sections import SECTIONS

from .by_hand import EXPORT_PLACES
from .cast import Keeper
from .make_vectors import TEXTS, VECTORS, section_case

REVISIONS = [1, 2, 2**32, 2**64 - 1]


def main() -> None:
    owner, token = Keeper(), SignInToken.generate()
    pepper, lock_key = new_key(), new_key()
    lock = Lock(Peppers(Pepper.from_bytes(pepper)), lock_key, owner.account_id)
    wrap = lock.close(token.wrap(owner.bundle, owner.account_id), "export", token.row_id)
    vectors = {
        "owner": {"account": owner.account_id, "bundle": owner.bundle.encode()},
        "token": {
            "cookie": token.cookie_value, "row_id": token.row_id, "pepper": pepper, "lock_key": lock_key, "wrap": wrap,
        },
        "sections": [
            section_case(owner, kind, section, REVISIONS[i % 4], TEXTS[i % 5])
            for i, (kind, section) in enumerate(product(sorted(EXPORT_PLACES), SECTIONS))
        ],
    }  # fmt: skip
    with (VECTORS / "export-1.json").open("x", encoding="utf-8") as file:
        json.dump(vectors, file, indent=1, default=bytes.hex)
        file.write("\n")


if __name__ == "__main__":
    main()

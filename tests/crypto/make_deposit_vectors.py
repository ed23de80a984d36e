"""Write the stored vectors of deposits, once: `python -m tests.crypto.make_deposit_vectors` from the project's root.

Half are sealed in Python, half by the app's own code. A file that exists is never written again.
"""

import json
import os

from journal.crypto import DepositPlace, seal_deposit

from .test_deposits import VECTORS, Pair, seals

SIZES = [*range(0, 480, 30), 474, 475, 476, 477, 478, 987, 988]
TEXTS = ['{"check_in":{"id":"…"}}'.encode(), "Ångström och vågor, 波".encode()]


def main() -> None:
    pair = Pair()
    documents = [(os.urandom(16), text) for text in [*TEXTS, *(os.urandom(size) for size in SIZES)]]
    about = {
        "account": pair.owner.account_id.hex(),
        "device": pair.device.hex(),
        "public_identity": pair.encoded.hex(),
        "device_key": pair.key.hex(),
    }
    asked = about | {"documents": [{"deposit": deposit.hex(), "document": text.hex()} for deposit, text in documents]}
    by_app = zip(documents, seals(asked)["blobs"], strict=True)
    vectors = [_vector(deposit, text, blob, "js") for (deposit, text), blob in by_app]
    for _, text in documents:
        deposit = os.urandom(16)
        place = DepositPlace(pair.owner.account_id, pair.device, deposit)
        vectors.append(_vector(deposit, text, seal_deposit(pair.public, pair.key, place, text).hex(), "python"))
    with VECTORS.open("x", encoding="utf-8") as file:
        json.dump(about | {"bundle": pair.owner.bundle.encode().hex(), "vectors": vectors}, file, indent=1)
        file.write("\n")


def _vector(deposit: bytes, text: bytes, blob: str, made_by: str) -> dict[str, str]:
    return {"deposit": deposit.hex(), "document": text.hex(), "blob": blob, "made_by": made_by}


if __name__ == "__main__":
    main()

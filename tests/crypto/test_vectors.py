"""What was sealed once opens for ever, in the room and by a second reader written from FORMAT.md."""

import json
from pathlib import Path

import pytest

from journal.crypto import (
    IdentityBundle,
    Keyring,
    Lock,
    Pepper,
    Peppers,
    Place,
    PublicIdentity,
    RecoveryCode,
    SealedSection,
    SignInToken,
    login_index,
    open_with_password,
    open_with_recovery,
    subject_hash,
    token_hash,
)
from journal.crypto.sections import PLACE_KINDS, SECTIONS

from . import by_hand

FILES = sorted((Path(__file__).parent / "vectors").glob("suite-*.json"))


def unhex(value):
    """Hex strings under the names that hold bytes, as bytes."""
    if isinstance(value, dict):
        return {name: raw(name, unhex(item)) for name, item in value.items()}
    return [unhex(item) for item in value] if isinstance(value, list) else value


def raw(name, value):
    words = {
        "kind", "section", "password", "code", "cookie", "login_name", "purpose", "of", "name", "by", "to", "part",
        "passphrase",
    }  # fmt: skip
    return bytes.fromhex(value) if isinstance(value, str) and name not in words else value


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def stored(request):
    return unhex(json.loads(request.param.read_text(encoding="utf-8")))


@pytest.fixture
def bundle(stored):
    return IdentityBundle.decode(stored["identity_bundle"])


def test_there_are_vectors_of_every_suite():
    assert [path.name for path in FILES] == ["suite-1.json"]


def test_the_public_identity(stored, bundle):
    account_id, vector = stored["account_id"], stored["public_identity"]

    assert bundle.public(account_id) == vector["blob"]
    assert PublicIdentity.decode(vector["blob"], account_id).fingerprint == vector["fingerprint"]
    assert by_hand.fingerprint(vector["blob"], account_id) == vector["fingerprint"]


def test_the_way_in_by_password(stored, bundle):
    vector, account_id = stored["password_way_in"], stored["account_id"]

    assert open_with_password(vector["blob"], vector["password"], account_id) == bundle
    assert by_hand.open_password(vector["blob"], vector["password"], account_id) == stored["identity_bundle"]


def test_the_way_in_by_recovery_code(stored, bundle):
    vector, account_id = stored["recovery_way_in"], stored["account_id"]

    assert open_with_recovery(vector["blob"], RecoveryCode.parse(vector["code"]), account_id) == bundle
    assert by_hand.open_recovery(vector["blob"], vector["code"], account_id) == stored["identity_bundle"]


def test_the_sign_in(stored, bundle):
    vector, account_id = stored["sign_in"], stored["account_id"]
    token = SignInToken.parse(vector["cookie"])

    assert token.row_id == by_hand.sign_in_row(vector["cookie"]) == vector["row_id"]
    assert token.open(vector["blob"], account_id) == bundle
    assert by_hand.open_sign_in(vector["blob"], vector["cookie"], account_id) == stored["identity_bundle"]


def test_the_locks(stored):
    locks, account_id = stored["locks"], stored["account_id"]
    lock = Lock(Peppers(Pepper.from_bytes(locks["pepper"])), locks["lock_key"], account_id)

    assert [closed["kind"] for closed in locks["closed"]] == ["password", "recovery", "sign_in"]
    for closed in locks["closed"]:
        where = closed["kind"], closed["place_id"]
        assert lock.open(closed["blob"], *where) == closed["inner"]
        by = by_hand.open_lock(closed["blob"], locks["pepper"], locks["lock_key"], account_id, where)
        assert by == closed["inner"]


def test_the_sections(stored, bundle):
    owner, root = stored["account_id"], by_hand.root_key(stored["identity_bundle"])
    keyring = Keyring(bundle, owner)

    for vector in stored["sections"]:
        where = {name: vector[name] for name in ("kind", "row_id", "section", "revision")}
        sealed = SealedSection(vector["key"], vector["body"])
        assert keyring.open(Place(owner=owner, **where), sealed) == vector["plaintext"]
        assert by_hand.open_section(sealed, root, owner, where) == vector["plaintext"]


def test_every_place_of_the_first_suite_has_a_vector(stored):
    tried = {(vector["kind"], vector["section"]) for vector in stored["sections"]}

    assert tried <= {(kind, section) for kind in PLACE_KINDS for section in SECTIONS}
    assert len(tried) == len(by_hand.FIRST_PLACES) * len(by_hand.SECTIONS)


def test_the_hashes(stored):
    vector = stored["hashes"]
    key, name, subject, token = (vector[part] for part in ("index_key", "login_name", "subject", "token"))

    for reader in (login_index, by_hand.login_index):
        assert reader(key, name) == vector["login_index"]
    for reader in (subject_hash, by_hand.subject_hash):
        assert reader(key, subject["purpose"], subject["of"]) == subject["hash"]
    for reader in (token_hash, by_hand.token_hash):
        assert reader(token["purpose"], token["of"]) == token["hash"]

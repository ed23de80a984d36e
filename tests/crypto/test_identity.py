import hashlib
import os

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from journal.crypto import IdentityBundle, PublicIdentity, Refused
from journal.crypto.identity import BUNDLE_BYTES

from .cast import Keeper, refuses

# Appendix C of draft-connolly-cfrg-xwing-kem, first vector: the seed, and SHA-256 of its public key.
XWING_SEED = bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
XWING_PUBLIC_SHA256 = "2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb"


class TestTheBundle:
    def test_comes_back_as_it_was(self, maya):
        encoded = maya.bundle.encode()

        assert len(encoded) == BUNDLE_BYTES == 139
        assert IdentityBundle.decode(encoded) == maya.bundle

    def test_is_new_for_everyone(self, maya, noor):
        secrets = [
            secret
            for bundle in (maya.bundle, noor.bundle)
            for secret in (bundle.deposit_secret, bundle.share_secret, bundle.signing_secret, bundle.root_key)
        ]

        assert len(set(secrets)) == 8

    def test_does_not_show_its_secrets_when_printed(self, maya):
        assert repr(maya.bundle) == "IdentityBundle(epoch=1, lowest_suite=1)"

    def test_that_asks_for_a_newer_suite_is_refused(self, maya):
        encoded = bytearray(maya.bundle.encode())
        encoded[10] = 2

        with pytest.raises(Refused):
            IdentityBundle.decode(bytes(encoded))

    @pytest.mark.parametrize(("at", "size"), [(6, 4), (10, 1)])
    def test_without_an_epoch_or_a_floor_is_refused(self, maya, at, size):
        encoded = bytearray(maya.bundle.encode())
        encoded[at : at + size] = bytes(size)

        with pytest.raises(Refused):
            IdentityBundle.decode(bytes(encoded))

    def test_with_a_short_secret_is_a_mistake_of_the_caller(self):
        with pytest.raises(ValueError, match="32 bytes"):
            IdentityBundle(b"short", bytes(32), bytes(32), bytes(32))


class TestThePublicIdentity:
    def test_tells_the_keys_and_nothing_secret(self, maya):
        encoded = maya.bundle.public(maya.account_id)
        public = PublicIdentity.decode(encoded, maya.account_id)

        assert len(encoded) == 1370
        assert (public.account_id, public.epoch) == (maya.account_id, 1)
        for secret in (maya.bundle.deposit_secret, maya.bundle.share_secret, maya.bundle.signing_secret):
            assert secret not in encoded

    def test_is_the_same_every_time_so_that_a_pin_holds(self, maya, noor):
        first = PublicIdentity.decode(maya.bundle.public(maya.account_id), maya.account_id)
        again = PublicIdentity.decode(maya.bundle.public(maya.account_id), maya.account_id)
        noors = PublicIdentity.decode(noor.bundle.public(noor.account_id), noor.account_id)

        assert first.fingerprint == again.fingerprint
        assert first.fingerprint != noors.fingerprint

    def test_of_another_account_is_refused(self, maya, noor):
        with pytest.raises(Refused):
            PublicIdentity.decode(noor.bundle.public(noor.account_id), maya.account_id)

    def test_signed_by_somebody_else_is_refused(self, maya, noor):
        mine, hers = maya.bundle.public(maya.account_id), noor.bundle.public(maya.account_id)

        with pytest.raises(Refused):
            PublicIdentity.decode(mine[:-64] + hers[-64:], maya.account_id)

    def test_with_a_share_key_that_is_none_is_refused(self, maya):
        """Dr Okafor's machine is broken and signs an ML-KEM key that cannot be."""
        body = maya.bundle.public(maya.account_id)[:-64]
        broken = body[:58] + b"\xff" * 1184 + body[1242:]

        assert refuses(PublicIdentity.decode, sign(maya, broken), maya.account_id)
        assert PublicIdentity.decode(sign(maya, body), maya.account_id)

    def test_of_no_epoch_is_refused(self, maya):
        body = maya.bundle.public(maya.account_id)[:-64]

        assert refuses(PublicIdentity.decode, sign(maya, body[:22] + bytes(4) + body[26:]), maya.account_id)


class TestWhatIsSealedToSomebody:
    """What deposits and letters need of the bundle."""

    @pytest.mark.parametrize(("kem", "purpose"), [(KEM.X25519, "deposit"), (KEM.MLKEM768_X25519, "share")])
    def test_opens_with_the_bundle_that_came_back(self, maya, kem, purpose):
        suite = Suite(kem, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
        public = PublicIdentity.decode(maya.bundle.public(maya.account_id), maya.account_id)
        to = public.deposit_key() if purpose == "deposit" else public.share_key()
        sealed = suite.encrypt(b"Warm light", to, purpose.encode())

        bundle = IdentityBundle.decode(maya.bundle.encode())
        key = bundle.deposit_key() if purpose == "deposit" else bundle.share_key()
        assert suite.decrypt(sealed, key, purpose.encode()) == b"Warm light"
        assert len(sealed) == kem.enc_length() + len(b"Warm light") + 16

    def test_the_share_secret_is_an_x_wing_seed_as_the_draft_has_it(self):
        bundle = IdentityBundle(os.urandom(32), XWING_SEED, os.urandom(32), os.urandom(32))
        account_id = Keeper().account_id

        public = PublicIdentity.decode(bundle.public(account_id), account_id)
        assert hashlib.sha256(public.share_public).hexdigest() == XWING_PUBLIC_SHA256


def sign(keeper, body):
    key = Ed25519PrivateKey.from_private_bytes(keeper.bundle.signing_secret)
    return body + key.sign(b"shoreline/v1/public-identity\0" + body)

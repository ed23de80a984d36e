import os

import pytest

from journal.crypto import Lock, Pepper, Peppers

from .cast import Keeper, new_peppers, refuses

WRAP = b"a wrap of Maya's bundle" * 8
PLACE = b"maya's way in   "


class TestTheLock:
    def test_opens_where_it_was_closed(self, maya, peppers):
        lock = maya.lock(peppers)

        assert lock.open(lock.close(WRAP, "password", PLACE), "password", PLACE) == WRAP

    def test_never_closes_to_the_same_bytes(self, maya, peppers):
        lock = maya.lock(peppers)

        assert lock.close(WRAP, "password", PLACE) != lock.close(WRAP, "password", PLACE)

    def test_opens_nowhere_else(self, maya, noor, peppers):
        blob = maya.lock(peppers).close(WRAP, "password", PLACE)
        noors_key_on_mayas_account = Lock(peppers, noor.lock_key, maya.account_id)
        mayas_key_on_noors_account = Lock(peppers, maya.lock_key, noor.account_id)

        assert refuses(maya.lock(peppers).open, blob, "recovery", PLACE)
        assert refuses(maya.lock(peppers).open, blob, "password", PLACE[:-1])
        assert refuses(maya.lock(peppers).open, blob, "password", PLACE[:-1] + b"!")
        assert refuses(noor.lock(peppers).open, blob, "password", PLACE)
        assert refuses(noors_key_on_mayas_account.open, blob, "password", PLACE)
        assert refuses(mayas_key_on_noors_account.open, blob, "password", PLACE)

    def test_is_closed_for_ever_once_its_key_is_destroyed(self, maya, peppers):
        """Erasure: the pepper, the account and an old backup of the blob are all still there."""
        blob = maya.lock(peppers).close(WRAP, "password", PLACE)

        assert refuses(Lock(peppers, os.urandom(32), maya.account_id).open, blob, "password", PLACE)

    def test_a_place_that_cannot_exist_is_refused_on_opening_and_a_mistake_on_closing(self, maya, peppers):
        lock = maya.lock(peppers)
        blob = lock.close(WRAP, "password", PLACE)

        for kind, place_id in [("deposit", PLACE), ("password", b""), ("password", bytes(65))]:
            assert refuses(lock.open, blob, kind, place_id)
            with pytest.raises(ValueError, match="unknown kind, or a place id"):
                lock.close(WRAP, kind, place_id)

    @pytest.mark.parametrize("size", [0, 8193])
    def test_closes_only_what_can_be_a_wrap(self, maya, peppers, size):
        with pytest.raises(ValueError, match="1 to 8192"):
            maya.lock(peppers).close(bytes(size), "password", PLACE)

    def test_holds_a_letter_of_the_largest_size(self, maya, peppers):
        longest = os.urandom(8192)
        blob = maya.lock(peppers).close(longest, "password", PLACE)

        assert len(blob) == 8230
        assert maya.lock(peppers).open(blob, "password", PLACE) == longest


class TestRotation:
    """The operator changes the pepper while nobody is signed in."""

    def test_old_and_new_both_open_meanwhile(self, maya, peppers):
        both = Peppers(Pepper.from_bytes(os.urandom(32)), previous=peppers.current)
        old = maya.lock(peppers).close(WRAP, "password", PLACE)
        new = maya.lock(both).close(WRAP, "password", PLACE)

        assert maya.lock(both).open(old, "password", PLACE) == WRAP
        assert maya.lock(both).open(new, "password", PLACE) == WRAP
        assert refuses(maya.lock(peppers).open, new, "password", PLACE)

    def test_relock_moves_to_the_new_one_and_then_the_old_can_go(self, maya, peppers):
        both = Peppers(Pepper.from_bytes(os.urandom(32)), previous=peppers.current)
        moved = maya.lock(both).relock(maya.lock(peppers).close(WRAP, "sign_in", PLACE), "sign_in", PLACE)

        only_new = Peppers(both.current)
        assert maya.lock(only_new).open(moved, "sign_in", PLACE) == WRAP
        assert refuses(maya.lock(peppers).open, moved, "sign_in", PLACE)

    def test_relock_again_changes_nothing_but_still_checks(self, maya, noor, peppers):
        blob = maya.lock(peppers).close(WRAP, "password", PLACE)

        assert maya.lock(peppers).relock(blob, "password", PLACE) == blob
        assert refuses(noor.lock(peppers).relock, blob, "password", PLACE)

    def test_the_same_pepper_twice_is_a_mistake(self, peppers):
        with pytest.raises(ValueError, match="must differ"):
            Peppers(peppers.current, previous=peppers.current)

    def test_a_pepper_shows_its_id_but_not_itself(self):
        secret = os.urandom(32)
        pepper = Pepper.from_bytes(secret)

        assert repr(pepper) == f"Pepper(id={pepper.id!r})"
        assert pepper.id not in secret
        assert Pepper.from_bytes(secret).id == pepper.id != new_peppers().current.id

    @pytest.mark.parametrize("size", [0, 31, 33])
    def test_keys_of_another_size_are_mistakes(self, peppers, size):
        with pytest.raises(ValueError, match="pepper must be 32 bytes"):
            Pepper.from_bytes(bytes(size))
        with pytest.raises(ValueError, match="lock key must be 32 bytes"):
            Lock(peppers, bytes(size), Keeper().account_id)

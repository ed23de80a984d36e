"""Somebody who writes to the database would read in Dr Okafor's place, or be Maya: told every time, and in vain."""

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from journal import clock
from journal.accounts.service import new_share_lock
from journal.crypto import IdentityBundle, PublicIdentity, ShareKeys, make_card
from journal.crypto.letters import _LETTER_HEADER_END, _bound
from journal.crypto.xwing import XWING_SUITE
from journal.database import reading
from journal.sharing.grants import Grant, share_lock, written
from journal.sharing.models import SHARES
from tests.accounts.people import in_hand
from tests.sessions.stored import flipped
from tests.sharing.between import (
    NOW,
    STORY,
    UNTIL,
    after,
    brief,
    card,
    decides,
    desk,
    draft,
    is_shut,
    lends,
    log,
    meets,
    raw,
    reads,
    slug,
    stands,
    told,
)
from tests.sharing.test_meeting import text_of


@dataclass
class Attacker:
    """Writes to the database, and has keys in the name of somebody's account."""

    app: Any
    database: Any
    account: bytes
    bundle: IdentityBundle

    @property
    def public(self) -> PublicIdentity:
        return PublicIdentity.decode(self.bundle.public(self.account), self.account)

    def publishes(self) -> None:
        self.database.change("accounts", {"id": self.account}, public_identity=self.bundle.public(self.account))

    def opened_by(self, bundle: IdentityBundle) -> int:
        """How many letters there are that a bundle opens, with pepper and keyring at hand too."""
        return sum(self._opens(bundle, row) for row in self._shares())

    def letters(self) -> int:
        return len(self._shares())

    def _shares(self) -> list[Any]:
        with self.app.app_context(), reading() as c:
            return list(c.execute(select(SHARES).where(SHARES.c.letter.is_not(None))))

    def _opens(self, bundle: IdentityBundle, row: Any) -> bool:
        with self.app.app_context():
            letter = share_lock(row.id, row.account_id).open(row.letter, "share", row.id)
        header, sealed = letter[:_LETTER_HEADER_END], letter[_LETTER_HEADER_END:]
        try:
            XWING_SUITE.decrypt(sealed, bundle.share_key(), _bound(header))
        except (InvalidTag, ValueError):
            return False
        return True


def in_place_of(app, database, person):
    return Attacker(app, database, in_hand(app, person).account_id, IdentityBundle.generate())


@pytest.fixture
def attacker(app, database, maya, okafor):
    """In Dr Okafor's place."""
    with database.put_back_after("accounts"):
        yield in_place_of(app, database, okafor)


def told_both(maya, okafor, times=1):
    """Maya in her log, once for every time; Dr Okafor on her desk."""
    entries = [it for it in log(maya) if it["what"] == "key_differed"]
    assert [(it["by"], it["name"]) for it in entries] == [("patient", "Dr Okafor")] * times
    assert okafor.get("/desk").json["own_key_differs"] is True
    return True


class TestTheTherapistsKeys:
    def test_replaced_before_the_meeting(self, maya, okafor, attacker):
        text = card(okafor)
        attacker.publishes()
        for answer in (
            maya.post("/cards/reading", json={"card": text}),
            maya.put(f"/pins/{uuid4()}", {"card": text}),
            maya.put(f"/pins/{uuid4()}", {"card": card(okafor)}),
        ):
            assert slug(answer) == "409 key-differs"
        assert maya.get("/pins").json["pins"] == []
        assert told_both(maya, okafor, times=3)

    def test_replaced_with_what_nobody_signed(self, maya, okafor, attacker, database):
        text = card(okafor)
        [row] = database.rows("accounts", id=attacker.account)
        for blob in (b"", row["public_identity"][:-1], flipped(row["public_identity"], 700), os.urandom(1377)):
            database.change("accounts", {"id": attacker.account}, public_identity=blob)
            assert slug(maya.put(f"/pins/{uuid4()}", {"card": text})) == "409 key-differs"
        assert told_both(maya, okafor, times=4)

    def test_a_card_of_the_attackers_own_sent_as_a_link_is_noticed_when_the_two_meet(self, maya, okafor, attacker):
        """Until then it is not verified, and the digits are not the ones that Dr Okafor reads out."""
        attacker.publishes()
        ends = int((clock.now() + timedelta(days=3)).timestamp())
        forged = text_of(make_card(attacker.bundle, attacker.public, "link", ends, "Dr Okafor"))
        kept = maya.put(f"/pins/{uuid4()}", {"card": forged})
        assert (kept.status_code, kept.json["verified"]) == (201, "not_verified")
        assert kept.json["digits"] != okafor.get("/digits").json["digits"]
        assert slug(maya.put(f"/shares/{uuid4()}", draft(maya, kept.json["id"]))) == "409 not-verified"

        assert slug(maya.put(f"/pins/{uuid4()}", {"card": card(okafor)})) == "409 key-differs"
        assert told_both(maya, okafor)

    def test_replaced_between_meeting_and_sharing(self, maya, okafor, journal, attacker, database):
        pin = meets(maya, okafor)
        attacker.publishes()
        share = uuid4()
        assert slug(maya.put(f"/shares/{share}", draft(maya, pin, STORY, journal.sessions))) == "409 key-differs"
        self.nothing_went(maya, attacker, database)
        assert [it["key_differs"] for it in maya.get("/pins").json["pins"]] == [True]
        assert slug(maya.post(f"/pins/{pin}/comparison")) == "409 key-differs"
        assert told_both(maya, okafor, times=2)

    def test_replaced_between_preview_and_sharing(self, maya, okafor, journal, attacker, database):
        body = draft(maya, meets(maya, okafor), STORY, journal.sessions, not_verified=True)
        attacker.publishes()
        for _ in range(3):
            assert slug(maya.put(f"/shares/{uuid4()}", body)) == "409 key-differs"
        self.nothing_went(maya, attacker, database)
        assert told_both(maya, okafor, times=3)

    def nothing_went(self, maya, attacker, database):
        assert maya.get("/shares").json["shares"] == []
        assert attacker.letters() == 0
        assert database.rows("lent") == database.rows("share_notes") == database.rows("share_keys") == []

    def test_replaced_after_sharing(self, maya, okafor, journal, attacker, database, app):
        share = lends(maya, meets(maya, okafor), STORY, journal.sessions)
        wraps = database.rows("lent")
        attacker.publishes()

        lend = {"check_ins": [{"id": journal.early, "revision": 1, "share": True}]}
        for path, body in (
            ("decisions", lend), ("until", {"until": after(days=60).isoformat()}),
            ("until", {"until": after(days=8).isoformat()}), ("ask", {"text": "The garden"}),
        ):  # fmt: skip
            assert slug(maya.put(f"/shares/{share}/{path}", body)) == "409 key-differs"
        assert slug(decides(maya, share, lend=[journal.landing])) == "409 key-differs"
        # Not one wrap more, no letter that the attacker opens, and the one there is, is Dr Okafor's.
        assert database.rows("lent") == wraps
        assert (attacker.letters(), attacker.opened_by(attacker.bundle)) == (1, 0)
        assert attacker.opened_by(in_hand(app, okafor).bundle) == 1
        assert told_both(maya, okafor, times=5)
        assert stands(maya, share)["reviewer"]["key_differs"] is True
        assert [it["key_differs"] for it in maya.get("/pins").json["pins"]] == [True]
        # Her own keys open it still; lending less works too.
        assert reads(okafor, share) == {journal.early, journal.late}
        kept = {"check_ins": [{"id": journal.early, "revision": 1, "share": False}]}
        assert maya.put(f"/shares/{share}/decisions", kept).status_code == 200
        assert maya.delete(f"/shares/{share}").status_code == 204

    def test_put_back_again_all_is_as_it_was(self, maya, okafor, journal, attacker, database):
        pin = meets(maya, okafor)
        [row] = database.rows("accounts", id=attacker.account)
        attacker.publishes()
        assert slug(maya.put(f"/shares/{uuid4()}", draft(maya, pin))) == "409 key-differs"
        database.change("accounts", {"id": attacker.account}, public_identity=row["public_identity"])
        assert reads(okafor, lends(maya, pin, STORY, journal.sessions)) == {journal.early, journal.late}
        assert told(maya).count("key_differed") == 1

    def test_another_therapists_in_her_place(self, app, maya, okafor, lind, journal, attacker, database):
        """Dr Lind's own keys, as they are: an identity names its account."""
        pin = meets(maya, okafor)
        [row] = database.rows("accounts", id=in_hand(app, lind).account_id)
        database.change("accounts", {"id": attacker.account}, public_identity=row["public_identity"])
        assert slug(maya.put(f"/shares/{uuid4()}", draft(maya, pin))) == "409 key-differs"
        assert told_both(maya, okafor)


class TestThePatientsKeys:
    @pytest.fixture
    def impostor(self, app, database, maya):
        with database.put_back_after("accounts"):
            yield in_place_of(app, database, maya)

    def test_replaced_open_nothing_on_the_desk(self, maya, okafor, journal, share, impostor):
        assert reads(okafor, share) == {journal.early, journal.late}
        impostor.publishes()
        assert is_shut(okafor, share, journal.second, status=409)
        assert desk(okafor) == [{"id": share, "opens": False}]

    def forges(self, impostor, okafor, share):
        """A letter of the impostor's own to Dr Okafor's true keys, locked as the host would."""
        with impostor.app.app_context():
            whom = in_hand(impostor.app, okafor)
            public = PublicIdentity.decode(whom.bundle.public(whom.account_id), whom.account_id)
            keys = ShareKeys.generate(share.bytes, impostor.account, story=True)
            grant = Grant("Maya", STORY, "from_now_on", NOW.isoformat(), UNTIL)
            owner = type("Owner", (), {"account_id": impostor.account, "bundle": impostor.bundle})
            lock = new_share_lock(share.bytes, impostor.account) or share_lock(share.bytes, impostor.account)
            return written(owner, public, grant, keys, lock)[0]

    def test_and_a_letter_of_theirs_in_place_of_hers(self, maya, okafor, journal, share, impostor, database):
        """With pepper and keyring at hand: who she is was learned at the first look."""
        brief(okafor, share)
        impostor.publishes()
        letter = self.forges(impostor, okafor, UUID(share))
        database.change("shares", {"id": raw(share)}, letter=letter)
        assert is_shut(okafor, share, journal.second, status=409)
        assert desk(okafor) == [{"id": share, "opens": False}]
        assert stands(maya, share)["state"] == "does_not_open"

    def test_and_a_new_share_in_her_name(self, maya, okafor, journal, share, impostor, database):
        """Dr Okafor knows Maya's account by an earlier share, so her answers do not go to somebody else."""
        brief(okafor, share)
        [row] = database.rows("shares", id=raw(share))
        impostor.publishes()
        made = uuid4()
        database.replace("shares", row, row | {"id": made.bytes, "letter": self.forges(impostor, okafor, made)})
        assert is_shut(okafor, str(made), journal.second, status=409)
        assert {"id": str(made), "opens": False} in desk(okafor)

    def test_met_for_the_first_time_shows_digits_that_are_not_hers_and_no_card_from_the_screen(
        self, maya, okafor, impostor, database
    ):
        made = uuid4()
        impostor.publishes()
        letter = self.forges(impostor, okafor, made)
        row = {
            "id": made.bytes, "account_id": impostor.account, "reviewer_id": in_hand(impostor.app, okafor).account_id,
            "revision": 1, "about_key": b"", "about": b"", "letter": letter, "created_at": NOW,
        }  # fmt: skip
        database.replace("shares", row)
        [shown] = desk(okafor)
        assert (shown["met"], shown["digits"] == maya.get("/digits").json["digits"]) == ("link", False)

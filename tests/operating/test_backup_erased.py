"""What was erased after a backup was made stays erased when that backup is put back."""

from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from journal import clock
from journal.accounts import keyring_store
from journal.accounts.models import ACCOUNTS
from journal.database import KEYRING, reading, writing
from journal.operating.backup import restoring
from tests.accounts.people import in_hand
from tests.accounts.test_leaving_cut_short import Cut, is_cut
from tests.cast import join, join_therapist
from tests.operating.clinic import Clinic
from tests.sharing.steps import keeps, lends
from tests.stores import Stores

AT = "2026-11-20T10:30:00-05:00"


def emptied(clinic: Clinic) -> Clinic:
    """The same host with its database lost, and its keyring in place."""
    if clinic.engine == "sqlite":
        url = f"sqlite:///{clinic.folder}/journal-{uuid4().hex[:8]}.sqlite3"
    else:
        server = clinic.stores.database_url.rpartition("/")[0]
        url = Stores.postgres(clinic.folder, server, f"second_{uuid4().hex[:8]}").database_url
    return clinic.beside(stores=Stores(clinic.folder, url, clinic.stores.keyring_url))


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_an_account_and_a_check_in_stay_erased_beside_the_newer_keyring(new_clinic, engine):
    clinic = new_clinic(engine)
    maya, noor = join(clinic.app, "maya"), join(clinic.app, "noor")
    maya.has_session()
    kept, erased = noor.checks_in(None, "anytime", AT), noor.checks_in(None, "anytime", AT)
    database, _ = clinic.backs_up()
    assert maya.delete("/account").status_code == 204
    assert noor.delete(f"/check-ins/{erased}").status_code == 204

    after = emptied(clinic)
    said = after.restores("--database", database)

    assert "2 ways in" in said
    assert "1 accounts and 1 rows again" in said
    assert maya.fresh(after.app).post("/sign-ins", json=maya.what_lets_in()).status_code == 401
    again = noor.elsewhere(after.app)
    assert again.get(f"/check-ins/{kept}").status_code == 200
    assert again.get(f"/check-ins/{erased}").status_code == 404


def test_a_first_start_in_between_forgets_nothing(new_clinic):
    """It copies the ledger into the new database; the backup's own takes its place, and the keyring's is replayed."""
    clinic = new_clinic()
    maya = join(clinic.app, "maya")
    database, _ = clinic.backs_up()
    assert maya.delete("/account").status_code == 204
    after = emptied(clinic)
    assert after.run("replay-erasures")[0] == 0

    assert "1 accounts and 0 rows again" in after.restores("--database", database)
    assert maya.fresh(after.app).post("/sign-ins", json=maya.what_lets_in()).status_code == 401


def test_an_older_keyring_put_back_beside_the_database_gives_no_key_back(new_clinic):
    clinic = new_clinic()
    maya, noor = join(clinic.app, "maya"), join(clinic.app, "noor")
    _, keyring = clinic.backs_up()
    assert maya.delete("/account").status_code == 204
    after = clinic.beside(
        stores=Stores(clinic.folder, clinic.stores.database_url, f"sqlite:///{clinic.folder}/keyring/other.sqlite3")
    )

    assert "1 keys of erased accounts" in after.restores("--keyring", keyring)
    assert noor.elsewhere(after.app).get("/account").status_code == 200
    with after.app.app_context():
        assert len(keyring_store.accounts_with_keys()) == 1


def test_what_the_stores_know_as_erased_is_kept_when_both_are_put_back(new_clinic):
    """The ledger of an emptied host counts: its keyring was lost, its ledger was not."""
    clinic = new_clinic()
    maya = join(clinic.app, "maya")
    files = clinic.backs_up()
    assert maya.delete("/account").status_code == 204

    # Nobody is left here: both stores hold the ledger alone.
    said = clinic.restores(*files)

    assert "1 accounts and 0 rows again; 1 keys" in said
    assert maya.post("/sign-ins", json=maya.what_lets_in()).status_code == 401


def test_a_share_that_was_taken_back_does_not_come_back(new_clinic):
    """Its letter opens no more; so that its patient is not told that somebody reads, it is ended."""
    clinic = new_clinic()
    maya, okafor = join(clinic.app, "maya"), join_therapist(clinic.app, "okafor", "Dr Okafor")
    session = maya.has_session()
    pin = keeps(maya, okafor)
    taken_back, narrowed, stays = (lends(maya, pin, [session]) for _ in range(3))
    database, _ = clinic.backs_up()
    assert maya.delete(f"/shares/{taken_back}").status_code == 204
    sooner = (clock.now() + timedelta(days=1)).isoformat(timespec="seconds")
    assert maya.put(f"/shares/{narrowed}/until", {"until": sooner}).status_code in (200, 204)

    after = emptied(clinic)
    said = after.restores("--database", database)

    assert "4 ways in and 1 letters" in said
    assert "2 letters are shut for good" in said
    assert "2 shares ended by it" in said
    assert "lent again" not in said
    again = maya.elsewhere(after.app)
    live = {it["id"] for it in again.get("/shares").json["shares"] if it["state"] == "live"}
    assert live == {stays}
    desk = okafor.elsewhere(after.app).get("/desk").json["shares"]
    assert [it["id"] for it in desk] == [stays]
    assert "ended_by_operator" in {it["what"] for it in again.get("/access-log").json["entries"]}


def test_with_both_lost_a_share_taken_back_is_lent_again_and_the_operator_is_told(new_clinic):
    """Nothing is left that would know of it, so somebody must."""
    clinic, anew = new_clinic(), new_clinic()
    maya, okafor = join(clinic.app, "maya"), join_therapist(clinic.app, "okafor", "Dr Okafor")
    share = lends(maya, keeps(maya, okafor), [maya.has_session()])
    files = clinic.backs_up()
    assert maya.delete(f"/shares/{share}").status_code == 204

    said = anew.restores(*files)

    assert okafor.elsewhere(anew.app).get(f"/desk/{share}/brief").status_code == 200
    assert "shares taken back since are lent again" in said


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_deletion_that_was_cut_short_is_finished_by_a_restore(new_clinic, engine):
    """Her key is gone and her rows are not, in the backup and in the database; nothing is damaged by that."""
    clinic = new_clinic(engine)
    maya, noor = join(clinic.app, "maya"), join(clinic.app, "noor")
    account = in_hand(clinic.app, maya).account_id
    with clock.at(clock.now() - timedelta(minutes=1)):
        before, _ = clinic.backs_up()
    assert is_cut(clinic.app, maya, account, at=1)
    with clinic.app.app_context(), reading() as c:
        assert account in c.execute(select(ACCOUNTS.c.id)).scalars().all()
    with_what_is_left, _ = clinic.backs_up()

    for database in (before, with_what_is_left):
        after = emptied(clinic)
        assert "1 accounts and 0 rows again" in after.restores("--database", database)
        assert noor.elsewhere(after.app).get("/account").status_code == 200
        with after.app.app_context(), reading() as c:
            assert account not in c.execute(select(ACCOUNTS.c.id)).scalars().all()


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
@pytest.mark.parametrize("moment", ["between the stores", "after both"])
def test_what_a_restore_ends_is_ended_whenever_it_dies(new_clinic, engine, moment, monkeypatch):
    """On a new host: the database of one night, and the keyring of a later one, when less was lent."""
    clinic, anew = new_clinic(engine), new_clinic(engine)
    maya, okafor = join(clinic.app, "maya"), join_therapist(clinic.app, "okafor", "Dr Okafor")
    session, pin = maya.has_session(), keeps(maya, okafor)
    taken_back, narrowed, stays = (lends(maya, pin, [session]) for _ in range(3))
    with clock.at(clock.now() - timedelta(minutes=1)):
        database, _ = clinic.backs_up()
    assert maya.delete(f"/shares/{taken_back}").status_code == 204
    sooner = (clock.now() + timedelta(days=1)).isoformat(timespec="seconds")
    assert maya.put(f"/shares/{narrowed}/until", {"until": sooner}).status_code in (200, 204)
    _, keyring = clinic.backs_up()

    with monkeypatch.context() as crash, pytest.raises(Cut):
        if moment == "after both":
            crash.setattr(restoring, "replayed", cut)
        else:
            crash.setattr(restoring, "writing", cut_after_the_keyring)
        anew.restores(database, keyring)
    if moment == "after both":
        assert "is not empty" in anew.refuses(database, keyring)
        assert anew.run("replay-erasures")[0] == 0
    else:
        assert "keyring  has it already" in anew.restores(database, keyring)

    listed = maya.elsewhere(anew.app).get("/shares").json["shares"]
    assert {it["id"] for it in listed if it["state"] == "live"} == {stays}
    with anew.app.app_context():
        assert {str(UUID(bytes=each)) for each in keyring_store.shares_with_keys()} == {stays}


def cut():
    raise Cut


@contextmanager
def cut_after_the_keyring(bind=None):
    with writing(bind) as c:
        yield c
    if bind == KEYRING:
        raise Cut

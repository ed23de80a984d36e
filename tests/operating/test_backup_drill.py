"""The drill: people write, a backup is made, everything is lost, and comes back on either engine."""

import time
from uuid import uuid4

import pytest

from tests.cast import Person, join, join_therapist
from tests.operating.clinic import is_what_was_written, writing_meanwhile
from tests.sharing.steps import keeps, lends

BOTH_WAYS = [("sqlite", "sqlite"), ("postgres", "postgres"), ("sqlite", "postgres"), ("postgres", "sqlite")]
WITHIN = "2026-11-20T10:30:00-05:00"


@pytest.mark.slow
@pytest.mark.parametrize(("made_on", "put_back_on"), BOTH_WAYS)
def test_all_that_was_acknowledged_comes_back_while_two_people_write(new_clinic, made_on, put_back_on):
    clinic, after = new_clinic(made_on), new_clinic(put_back_on)
    maya, noor = join(clinic.app, "maya"), join(clinic.app, "noor")
    session = maya.has_session(WITHIN)
    with writing_meanwhile(maya, noor) as writers:
        began = time.monotonic()
        database, keyring = clinic.backs_up()
    assert all(len(each.acknowledged) > len(each.before(began)) for each in writers), "nobody wrote meanwhile"

    said = after.restores(database, keyring)

    assert "4 ways in and 0 letters" in said
    there, here = clinic.rows(), after.rows()
    # Of what came later nothing is half there, and nothing is there that was not written.
    assert set(here[None].pop("check_ins")) <= set(there[None].pop("check_ins"))
    assert here == there
    for person, writer in ((maya, writers[0]), (noor, writers[1])):
        again = person.elsewhere(after.app)
        assert is_what_was_written(again, writer.before(began))
    assert maya.elsewhere(after.app).get(f"/sessions/{session}").status_code == 200


@pytest.mark.parametrize(("made_on", "put_back_on"), BOTH_WAYS[2:])
def test_everything_is_what_it_was_and_is_used_on(new_clinic, made_on, put_back_on):
    """Therapists, shares, replies, phones and imports too; and who comes back goes on as before."""
    clinic, after = new_clinic(made_on), new_clinic(put_back_on)
    maya = join(clinic.app, "maya")
    okafor = join_therapist(clinic.app, "okafor", "Dr Okafor")
    session = maya.has_session(WITHIN)
    row = maya.checks_in(session, "next_day", "2026-11-21T10:30:00-05:00", {"texts": {"story.line": "Warm light"}})
    share = lends(maya, keeps(maya, okafor), [session])
    assert okafor.put(f"/desk/{share}/replies/{uuid4()}", {"text": "Thank you."}).status_code in (200, 201, 204)
    before = clinic.rows()

    said = after.restores(*clinic.backs_up())

    assert "4 ways in and 1 letters" in said
    assert after.rows() == before
    again = maya.elsewhere(after.app)
    assert again.get(f"/check-ins/{row}").json["story"]["texts"]["story.line"] == "Warm light"
    assert okafor.elsewhere(after.app).get(f"/desk/{share}/brief").json["session"]["id"] == session
    assert again.put("/settings", {"display_name": "M"}, if_match='"1"').status_code == 200
    assert again.has_session("2026-11-22T10:30:00-05:00")
    newcomer = join(after.app, "lind")
    assert newcomer.get("/account").status_code == 200


def test_whoever_was_signed_in_is_not_any_more(new_clinic):
    clinic, after = new_clinic(), new_clinic()
    maya = join(clinic.app, "maya")

    said = after.restores(*clinic.backs_up())

    assert "Everybody signs in anew" in said
    assert maya.fresh(after.app).get("/account").status_code == 401
    assert maya.elsewhere(after.app).get("/account").status_code == 200
    assert Person.nobody(after.app).get("/registration").status_code == 200

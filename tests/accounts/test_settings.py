"""What the owner sets: sealed, whole, and never overwritten unseen."""

import pytest

from tests.accounts.people import in_hand, on_another_browser
from tests.stores import files_with

ALL = {
    "time_zone": "Europe/Dublin",
    "region": "IE",
    "own_contact": {"name": "Ana", "phone": "+353 1 555 0100"},
    "clinic": {"name": "The clinic by the mill", "phone": "+353 1 555 0101"},
    "usual_route": "nasal",
    "usual_place": "the back room",
    "evening_at": "20:00",
    "hold_hours": 4,
}


@pytest.fixture
def settled(app, noor):
    """Noor, on a browser of her own, with her settings as they are and their tag."""
    browser = on_another_browser(app, noor)
    return browser, browser.get("/settings")


def test_she_reads_back_what_she_set(settled):
    noor, now = settled
    kept = noor.put("/settings", ALL, if_match=now.headers["ETag"])

    assert kept.status_code == 200
    assert kept.json == noor.get("/settings").json == ALL
    assert kept.headers["ETag"] == noor.get("/settings").headers["ETag"] != now.headers["ETag"]


def test_sent_twice_they_are_kept_once(settled):
    noor, now = settled
    body = {"usual_place": "at home"}
    first = noor.put("/settings", body, if_match=now.headers["ETag"])
    again = noor.put("/settings", body, if_match=now.headers["ETag"])

    assert (again.status_code, again.headers["ETag"]) == (200, first.headers["ETag"])


def test_changed_elsewhere_nothing_is_overwritten(settled):
    noor, now = settled
    phone = noor.put("/settings", {"evening_at": "19:30"}, if_match=now.headers["ETag"])
    for stale in (now.headers["ETag"], None, '"x"'):
        refused = noor.put("/settings", {"evening_at": "21:00"}, if_match=stale)

        assert refused.status_code == 412
        assert refused.json["type"] == "/problems/changed-elsewhere"
        assert refused.json["current"] == {"evening_at": "19:30"}
        assert refused.headers["ETag"] == phone.headers["ETag"]


def test_confirming_the_recovery_code_is_no_change_of_settings(settled):
    noor, now = settled
    noor.post("/account/recovery-code/confirmation")

    assert noor.get("/settings").headers["ETag"] == now.headers["ETag"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"colour": "blue"}, "#/colour"),
        ({"time_zone": "Mars/Olympus"}, "#/time_zone"),
        ({"time_zone": None}, "#/time_zone"),
        ({"region": "XX"}, "#/region"),
        ({"usual_route": "by post"}, "#/usual_route"),
        ({"usual_place": ""}, "#/usual_place"),
        ({"usual_place": "x" * 201}, "#/usual_place"),
        ({"usual_place": "two\nlines"}, "#/usual_place"),
        ({"display_name": "\u202eDr Okafor"}, "#/display_name"),
        ({"display_name": " \u200b"}, "#/display_name"),
        ({"evening_at": "24:00"}, "#/evening_at"),
        ({"evening_at": "20:00\n"}, "#/evening_at"),
        ({"hold_hours": 3}, "#/hold_hours"),
        ({"hold_hours": 0}, "#/hold_hours"),
        ({"hold_hours": 169}, "#/hold_hours"),
        ({"hold_hours": 4.5}, "#/hold_hours"),
        ({"hold_hours": "24"}, "#/hold_hours"),
        ({"own_contact": {"name": "Ana"}}, "#/own_contact/phone"),
        ({"own_contact": {"name": "Ana", "phone": "1" * 41}}, "#/own_contact/phone"),
        ({"clinic": {"name": "x", "phone": "1", "fax": "2"}}, "#/clinic/fax"),
    ],
)
def test_what_cannot_be_kept_is_pointed_at(settled, body, pointer):
    noor, now = settled
    refused = noor.put("/settings", body, if_match=now.headers["ETag"])

    assert refused.status_code == 422
    assert [fault["pointer"] for fault in refused.json["errors"]] == [pointer]
    assert noor.get("/settings").headers["ETag"] == now.headers["ETag"]


def test_none_of_it_is_on_the_disk(settled, app, stores):
    noor, now = settled
    noor.put("/settings", {**ALL, "usual_place": "the planted lighthouse"}, if_match=now.headers["ETag"])

    assert in_hand(app, noor)
    assert files_with(stores.data, b"planted lighthouse") == []
    assert files_with(stores.data, noor.login_name.encode()) == []

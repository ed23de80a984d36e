"""Maya's phone in a thief's hand: its token and its key can add, and take nothing away that was handed in before."""

from uuid import uuid4

from journal.deposits.service import Depositor, Room, receive
from tests.deposits.phone import Phone, document, files

AT = "2026-11-20T10:30:00-05:00"


def said(**more):
    return document("anytime", AT, answers={"emo.mood_now": 3}, **more)


def test_another_check_in_cannot_be_talked_away(maya, phone):
    hers = said()
    genuine = phone.deposits(hers)
    phone.deposits(said(replaces=[str(genuine)]))

    assert len(files(maya)["filed"]) == 2
    assert maya.get(f"/check-ins/{hers['check_in']['id']}").status_code == 200


def test_nor_one_of_another_phone(maya, phone, served):
    other, hers = Phone.of(maya, served), said()
    genuine = other.deposits(hers)
    phone.deposits(said(row=hers["check_in"]["id"], replaces=[str(genuine)]))

    filing = files(maya)
    assert len(filing["filed"]) + filing["waiting"] == 2


def test_nor_one_that_another_phone_has_not_sent_yet(maya, phone, served):
    other, coming = Phone.of(maya, served), uuid4()
    phone.deposits(said(replaces=[str(coming)]))
    files(maya)
    answer = other.put(coming, other.seal(said(), coming))

    # It is not taken for one that arrived: the other phone keeps it, and says so.
    assert answer.status_code == 409


def test_one_that_replaces_itself_is_seen_all_the_same(maya, phone):
    deposit = uuid4()
    phone.put(deposit, phone.seal(said(replaces=[str(deposit)]), deposit))

    assert len(files(maya)["filed"]) == 1


def test_two_that_replace_each_other_hide_nothing(maya, phone):
    row, one, two = str(uuid4()), uuid4(), uuid4()
    phone.put(one, phone.seal(said(row=row, replaces=[str(two)]), one))
    phone.put(two, phone.seal(said(row=row, replaces=[str(one)]), two))

    filing = files(maya)
    assert len(filing["filed"]) >= 1
    assert maya.get(f"/check-ins/{row}").status_code == 200


def test_what_was_replaced_before_it_came_does_not_use_up_her_turns(maya, phone, served):
    phone.deposits(said(replaces=[str(uuid4()) for _ in range(150)]))
    files(maya)
    deposit = uuid4()
    blob = phone.seal(said(), deposit)
    with served.app_context():
        assert receive(Depositor(phone.account.bytes, phone.device.bytes), deposit, blob, Room(an_hour=50))

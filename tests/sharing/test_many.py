"""How much can be shared at once: a therapist's desk opens a letter of every share at every look."""

from uuid import uuid4

from journal.sharing import shares
from tests.sharing.steps import draft, keeps, lends

AT = "2024-10-02T10:30:00-04:00"


def test_there_is_an_end_to_it_and_what_is_taken_back_makes_room(maya, okafor, monkeypatch):
    monkeypatch.setattr(shares, "MOST_SHARES", 2)
    pin, session = keeps(maya, okafor), maya.has_session(AT)
    first, _ = (lends(maya, pin, [session]) for _ in range(2))
    answer = maya.put(f"/shares/{uuid4()}", draft(maya, pin, [session]))

    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "#/pin_id")
    assert maya.delete(f"/shares/{first}").status_code == 204
    lends(maya, pin, [session])

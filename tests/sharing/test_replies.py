"""Words from the desk to the patient."""

from uuid import uuid4

from tests.sharing.steps import keeps, lends

AT, LATER = "2026-10-02T10:30:00-04:00", "2026-10-04T10:30:00-04:00"


def lent(maya, okafor, **more) -> str:
    session = maya.has_session(AT)
    maya.checks_in(session, "next_day", LATER)
    return lends(maya, keeps(maya, okafor), [session], **more)


def test_a_reply_under_the_id_that_the_question_has_is_refused(maya, okafor):
    """And one kept there would have stopped the patient from asking anything."""
    for asked in ({"ask": "The garden."}, {}):
        share = lent(maya, okafor, **asked)
        answer = okafor.put(f"/desk/{share}/replies/{share}", {"text": "See you then."})

        assert (answer.status_code, answer.json["type"]) == (412, "/problems/changed-elsewhere")
        assert maya.put(f"/shares/{share}/ask", {"text": "The gate."}).status_code == 200
        assert okafor.get(f"/desk/{share}/brief").json["ask"] == "The gate."


def test_a_reply_sent_twice_is_one_and_another_under_its_id_is_refused(maya, okafor):
    share, reply = lent(maya, okafor), uuid4()
    sent = [okafor.put(f"/desk/{share}/replies/{reply}", {"text": text}) for text in ("Yes.", "Yes.", "No.")]

    assert [answer.status_code for answer in sent] == [201, 200, 412]
    assert [it["text"] for it in maya.get(f"/shares/{share}").json["replies"]] == ["Yes."]

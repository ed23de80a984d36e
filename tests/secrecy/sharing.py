"""Maya and Dr Okafor on a server that really runs: words through all that is lent, answered, logged and returned."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.cast import set_second_factor
from tests.http import API, Browserless
from tests.sessions.bodies import ADDITION, CHECK_IN, LANDED, NEXT_DAY, SESSION, saying, without
from tests.sharing.steps import card_of, draft, gives_back, keeps, lends, says

if TYPE_CHECKING:
    from tests.secrecy.planting import Planter

OKAFORS = re.compile(rf"{API}/(desk|second-factor|cards$)")
OURS = re.compile(rf"{API}/(desk|second-factor|cards|pins|shares|returned)")


@dataclass
class Sharing:
    """The two of them, and what is between them. `words`: those that the other one can read meanwhile."""

    planter: "Planter"
    maya: Browserless
    okafor: Browserless
    pin: str = ""
    session: str = ""
    share: str = ""
    words: dict[str, str] = field(default_factory=dict)

    @classmethod
    def begun(cls, planter: "Planter", maya: Browserless, invitation: str) -> "Sharing":
        """Dr Okafor comes by invitation, under words; Maya keeps her, writes, and lends what she wrote."""
        okafor = Browserless(planter.url)
        name, password = planter.word("therapist's login name"), planter.word("therapist's password")
        body = {"login_name": name, "password": password, "invitation": invitation}
        assert okafor.post("/accounts", body).status_code == 201
        set_second_factor(okafor)
        seen = {"If-Match": okafor.get("/settings").headers["ETag"]}
        assert okafor.put("/settings", {"display_name": planter.word("pin name")}, headers=seen).status_code == 200
        sharing = cls(planter, maya, okafor)
        sharing.pin = keeps(maya, okafor)
        sharing.session = sharing._wrote()
        sharing.share = sharing.lent()
        return sharing

    def who(self, path: str) -> Browserless:
        """Who can ask at a path of the description."""
        return self.okafor if OKAFORS.match(path) else self.maya

    def address(self, path: str) -> str:
        """The path with what there is in it; what is made by it is new."""
        path = path.removeprefix(API)
        if path != "/shares/{share_id}":
            path = path.replace("{share_id}", self.share)
        if path != "/pins/{pin_id}":
            path = path.replace("{pin_id}", self.pin)
        return re.sub(r"\{\w+_id\}", lambda _: str(uuid4()), path.replace("{session_id}", self.session))

    def body(self, path: str) -> Any:
        """What is sent there when all is well."""
        if path == f"{API}/shares/{{share_id}}":
            return draft(self.maya, self.pin, [self.session], what_for="Before we meet", ask="The garden.")
        if path in (f"{API}/cards/reading", f"{API}/pins/{{pin_id}}"):
            return {"card": card_of(self.okafor)}
        bodies = {"/returned": {"to": self.share, "digits": ["00000"] * 12}, "/cards": {"purpose": "link"}}
        bodies |= {"/preview": {"sections": ["ratings"], "covers": "from_now_on"}, "/confirmation": {}}
        return next((body for end, body in bodies.items() if path.endswith(end)), {"text": "The garden."})

    def lent(self, **more: Any) -> str:
        """A new share, with words for each of its names."""
        named = {name: self._word(f"share {name}") for name in ("name", "what_for", "ask")}
        share = lends(self.maya, self.pin, [self.session], **named, **more)
        says_all = self.maya.get("/shares/waiting").json["shares"]
        if any(it["share_id"] == share for it in says_all):
            says(self.maya, share, lend=True)
        return share

    def read_and_answered(self) -> None:
        """Everything is read, and read it is: the words are there for whom they are lent to."""
        asked = {"text": self.words["share ask"]}
        assert self.maya.put(f"/shares/{self.share}/ask", asked).status_code == 200
        shown = b""
        assert self.okafor.get(f"/desk/{self.share}/brief.pdf").body.startswith(b"%PDF")
        for path in ("brief", f"sessions/{self.session}", "apart"):
            answer = self.okafor.get(f"/desk/{self.share}/{path}")
            assert answer.status_code == 200
            shown += answer.body
        shown += self.okafor.get("/desk").body
        assert [where for where, word in self.words.items() if word.encode() not in shown] == []
        for number in range(6):
            text = f"{self.planter.word(f'reply {number}')} " * (1 + 40 * number)
            assert self.okafor.put(f"/desk/{self.share}/replies/{uuid4()}", {"text": text}).status_code == 201
        assert self.okafor.post(f"/desk/{self.share}/reviewed").status_code == 201
        told = self.maya.get(f"/shares/{self.share}").body + self.maya.get("/access-log").body
        for where in ("pin name", "reply 0", "reply 5"):
            assert self.planter.words[where].encode() in told

    def given_back(self, anew: Browserless) -> None:
        """To a journal made anew: one return is taken, one refused, one waits."""
        kept = keeps(anew, self.okafor)
        new = lends(anew, kept, [], name=self.planter.word("new journal"))
        for _ in range(3):
            gives_back(self.okafor, self.share, new, anew)
        taken, refused, _ = (each["id"] for each in anew.get("/returned").json["returned"])
        assert anew.post(f"/returned/{taken}/taking").json["kept"] >= 3
        assert anew.delete(f"/returned/{refused}").status_code == 204
        assert self.words["lent story"].encode() in anew.get(f"/check-ins?session={self.session}").body

    def ended(self) -> None:
        """One check-in is kept back, another said otherwise, and all is taken back."""
        assert self.maya.put(f"/shares/{self.share}/ask", {"text": ""}).status_code == 200
        lent = self.maya.get(f"/shares/{self.share}").json["lent_check_ins"]
        back = {"id": lent[0]["check_in_id"], "revision": 1, "share": False}
        assert self.maya.put(f"/shares/{self.share}/decisions", {"check_ins": [back]}).status_code == 200
        for share in self.maya.get("/shares").json["shares"]:
            assert self.maya.delete(f"/shares/{share['id']}").status_code == 204
        assert len(self.okafor.get("/desk").json["shares"]) == 1  # the new journal's
        assert self.maya.delete(f"/pins/{self.pin}").status_code == 204

    def _wrote(self) -> str:
        """A session and check-ins of it, with words in all of them; one speaks of a sensation of her own."""
        session, term = str(uuid4()), str(uuid4())
        told = {name: self._word(f"lent session {name}") for name in ("place", "note")}
        assert self.maya.put(f"/sessions/{session}", saying(SESSION, "story", **told)).status_code == 201
        label = saying(ADDITION, "story", label=self._word("lent label"))
        assert self.maya.put(f"/additions/{term}", label).status_code == 201
        for name in ("lent story", "lent story of another"):
            notes = [{"id": str(uuid4()), "written_at": LANDED, "text": self._word(f"note of {name}")}]
            row = saying(without(CHECK_IN, "ratings", "instruments"), "ratings", noticed={f"own.{term}": {}})
            row |= {"session_id": session, "story": {"texts": {"story.line": self._word(name)}, "notes": notes}}
            assert self.maya.put(f"/check-ins/{uuid4()}", row).status_code == 201
        apart = saying(without(CHECK_IN, "ratings", "instruments"), "ratings", happened_at=NEXT_DAY)
        assert self.maya.put(f"/check-ins/{uuid4()}", apart).status_code == 201
        return session

    def _word(self, where: str) -> str:
        self.words[where] = self.planter.word(where)
        return self.words[where]

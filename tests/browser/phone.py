"""A phone in somebody's hand: what they see, what they tap, and what they did elsewhere meanwhile."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from playwright.sync_api import APIResponse, Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

API = "/api/v1"
ZONE = "Europe/London"
# Answers are not taken in the third of a second in which a double tap may still be under way.
SETTLED_MS = 380
COUNT_TAPS = "window.taps = 0; addEventListener('click', (event) => { if (event.isTrusted) window.taps += 1 }, true)"


def ago(**span: float) -> str:
    """So long ago, as the API takes it; negative for what is to come."""
    return (datetime.now(UTC) - timedelta(**span)).isoformat(timespec="seconds")


@dataclass
class Phone:
    """A page of 360 x 740 with touch, and the same person's API beside it."""

    context: BrowserContext
    page: Page
    url: str
    login_name: str
    complaints: list[str] = field(default_factory=list)

    @property
    def password(self) -> str:
        return f"{self.login_name} walks the harbour wall"

    def put_away(self) -> None:
        self.context.close()

    def signed_up(self) -> "Phone":
        """With an account and its sign-in."""
        self.send("POST", "/accounts", {"login_name": self.login_name, "password": self.password})
        return self

    # -- elsewhere: the same journal over the API, as from another device --

    def send(self, method: str, path: str, body: Any = None, if_match: str | None = None) -> APIResponse:
        headers = {"Origin": self.url, "Sec-Fetch-Site": "same-origin"} | ({"If-Match": if_match} if if_match else {})
        answer = self.context.request.fetch(f"{API}{path}", method=method, data=body, headers=headers)
        assert answer.ok, (answer.status, answer.text())
        return answer

    def read(self, path: str) -> Any:
        return self.send("GET", path).json()

    def has_session(self, hours_ago: float, **ratings: Any) -> str:
        """Keep a session; its id."""
        at, row = ago(hours=hours_ago), str(uuid4())
        ratings = {"happened_at": at, "time_zone": ZONE, "written_at": at, **ratings}
        self.send("PUT", f"/sessions/{row}", {"ratings": ratings})
        return row

    def has_checked_in(
        self, session: str, moment: str, hours_ago: float, texts: dict[str, str] | None = None, **ratings: Any
    ) -> str:
        """Keep a check-in; its id."""
        at, row = ago(hours=hours_ago), str(uuid4())
        base = {"moment": moment, "happened_at": at, "time_zone": ZONE, "written_at": at, "finished": True}
        body: dict[str, Any] = {"session_id": session, "ratings": base | ratings}
        if texts:
            body["story"] = {"texts": texts}
        self.send("PUT", f"/check-ins/{row}", body)
        return row

    def check_ins(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.read("/check-ins?limit=100")["items"]
        return items

    def last_check_in(self) -> dict[str, Any]:
        """The one of the latest time. The list itself is in the order of storing, which is coarse."""
        return max(self.check_ins(), key=lambda item: datetime.fromisoformat(item["ratings"]["happened_at"]))

    def only_check_in(self) -> dict[str, Any]:
        (found,) = self.check_ins()
        return found

    # -- in the hand --

    def open(self, address: str) -> "Phone":
        self.page.goto(address)
        return self

    def sees(self, heading: str) -> "Phone":
        """Wait until a screen with this heading is there, and has settled."""
        expect(self.page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()
        if "/check-in/" in self.page.url:
            self.page.wait_for_timeout(SETTLED_MS)
        return self

    def reads(self, text: str) -> "Phone":
        expect(self.page.get_by_text(text).first).to_be_visible()
        return self

    def tap(self, name: str) -> "Phone":
        """Tap a button or a link by its words."""
        button = self.page.get_by_role("button", name=name, exact=True)
        button.or_(self.page.get_by_role("link", name=name, exact=True)).first.tap()
        return self

    def answer(self, value: int | str) -> "Phone":
        """Tap a number of the grid, or one of a few answers."""
        self.number(value).tap()
        return self

    def number(self, value: int | str) -> Locator:
        if isinstance(value, int):
            return self.page.locator(".grid button").nth(value)
        return self.page.get_by_role("radio", name=value, exact=True)

    def write(self, label: str, text: str) -> "Phone":
        self.page.get_by_label(label, exact=True).fill(text)
        return self

    def taps(self) -> int:
        """How many taps there were since the page was loaded."""
        counted: int = self.page.evaluate("window.taps")
        return counted

    def is_kept(self) -> "Phone":
        """Wait until the screen says that the server has it."""
        expect(self.page.locator(".waterline")).to_contain_text("kept")
        return self

    def large_text(self) -> "Phone":
        """Text at 200 %, as the phone's own setting makes it."""
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")
        return self


def take_phone(
    browser: Browser, url: str, name: str, *, dark: bool = True, width: int = 360, height: int = 740
) -> Phone:
    """A phone with nobody signed in."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        has_touch=True,
        is_mobile=True,
        color_scheme="dark" if dark else "light",
        locale="en-GB",
        timezone_id=ZONE,
    )
    context.set_default_timeout(8_000)
    page = context.new_page()
    page.add_init_script(COUNT_TAPS)
    phone = Phone(context, page, url, f"{name}-{uuid4().hex[:8]}")

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            phone.complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: phone.complaints.append(str(error)))
    return phone

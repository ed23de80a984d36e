"""What Maya sees of her sessions: every chart says what the API said, in shapes, in numbers and on paper."""

import re
import sqlite3
from uuid import UUID

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.phone import Phone
from tests.live import ROOT, Server

VIEWS = ("", "/grid", "/mood", "/bothered", "/opened", "/totals", "/compare")
FOOTER = "Your own ratings. Not a diagnosis. Talk to your clinician about changes."
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
FOCUSED = "document.activeElement.ariaLabel ?? document.activeElement.textContent"
TABLES = "Promise.resolve().then(() => document.querySelectorAll('table').length)"
AXE = (ROOT / "frontend/node_modules/axe-core/axe.min.js").read_text()
SIGNS = {"Picked, not rated": "\u25cb", "Not picked": "\u2013"}
WORDS = {"picked": "Picked, not rated", "passed_over": "Not picked", "open": "Not answered"}
DAY = 24.0


def course(phone: Phone) -> list[str]:
    """Five weekly sessions in which tingling is, in turn: rated 0, rated 7, picked, not picked, not answered."""
    ids = [phone.has_session(hours_ago=DAY * 7 * weeks + 3, route=route) for weeks, route in _ROUTES]
    for place, (moods, told) in enumerate(_TOLD):
        for moment, hours, ratings in told:
            mood = {"emo.mood_now": moods[moment]} if moment in moods else {}
            answers = {"answers": mood | ratings.get("answers", {})}
            phone.has_checked_in(ids[place], moment, DAY * 7 * (5 - place) + 3 - hours, **ratings | answers)
    return ids


_ROUTES = ((5, "iv"), (4, "iv"), (3, "nasal"), (2, "nasal"), (1, "nasal"))
_TINGLING: dict[str, dict[str, int]] = {"sens.tingling": {}}


def _landing(**ratings: object) -> tuple[str, float, dict[str, object]]:
    return ("landing", 1.5, ratings)


_TOLD: tuple[tuple[dict[str, int], list[tuple[str, float, dict]]], ...] = (
    (
        {"before": 3, "landing": 5, "next_day": 6, "third_day": 3},
        [
            ("before", -2.0, {}),
            _landing(noticed=_TINGLING, bothered={"se.nausea": {"worst": 6}}),
            ("next_day", 24.0, {"noticed": {"sens.tingling": {"intensity": 0, "where": ["hands"]}}}),
            ("third_day", 75.0, {}),
        ],
    ),
    (
        {"landing": 4},
        [
            _landing(noticed=_TINGLING | {"perc.time": {}}, none=["bothered"], answers={"brk.opened": "yes"}),
            (
                "next_day",
                25.0,
                {
                    "noticed": {"sens.tingling": {"intensity": 7}, "perc.time": {"direction": ["slower"]}},
                    "answers": {"brk.release": 8},
                },
            ),
        ],
    ),
    ({"before": 5}, [("before", -3.0, {}), _landing(noticed=_TINGLING)]),
    ({"before": 6, "landing": 5}, [("before", -1.0, {}), _landing(none=["noticed", "bothered"])]),
    ({}, [("anytime", 30.0, {"instruments": {"phq8": {"answers": [1, 1, 0, 2, 0, 1, 0, 0]}}})]),
)


def has_course(phone: Phone) -> Phone:
    course(phone)
    return phone


def chart(phone: Phone, view: str = "") -> Phone:
    """Opens a chart and waits until it is drawn."""
    phone.open(f"/trends{view}")
    expect(phone.page.locator(".print-button, .nothing, .stack .button.primary").first).to_be_attached()
    phone.page.wait_for_timeout(100)
    return phone


def state_of(point: dict | None) -> str:
    """What a table must say of a point the API gave, or did not give."""
    if point is None:
        return WORDS["open"]
    if not point.get("chosen", True):
        return WORDS["passed_over"]
    return str(point.get("value", WORDS["picked"]))


def said(phone: Phone) -> dict[str, list[str]]:
    """What the API says of each sensation, session by session, in the words of the tables."""
    told, catalogue = phone.read("/trends"), phone.read("/catalogue")
    labels = {term["id"]: term["label"] for term in catalogue["terms"]}
    series = {labels[it["term"]]: {point["session_id"]: point for point in it["points"]} for it in told["sensations"]}
    return {
        label: [state_of(points.get(session["id"])) for session in told["sessions"]] for label, points in series.items()
    }


def cells(rows: Locator, column: int) -> list[str]:
    return [row.locator("td").nth(column).inner_text().strip() for row in rows.all()]


def strip(phone: Phone, label: str) -> Locator:
    return phone.page.locator(".strip-row", has_text=re.compile(rf"^{label}"))


class TestNumbers:
    def test_the_table_of_each_strip_says_what_the_api_said(self, phone):
        course(phone)
        expected = said(phone)
        chart(phone)

        for label in expected:
            row = strip(phone, label)
            row.get_by_role("button", name=f"Show as table: {label}").tap()
            assert cells(row.locator("tbody tr"), 0) == expected[label]
        assert expected["Tingling"] == ["0", "7", "Picked, not rated", "Not picked", "Not answered"]

    def test_the_grid_says_the_same(self, phone):
        course(phone)
        expected = said(phone)
        chart(phone, "/grid")

        for label, states in expected.items():
            row = phone.page.locator(".matrix tr", has=phone.page.get_by_role("rowheader", name=label, exact=True))
            shown = [cell.text_content() for cell in row.locator("td").all()]
            assert shown == [SIGNS.get(state, "") + state for state in states]

    def test_moods_stand_at_their_real_hours(self, phone):
        course(phone)
        told = {it["session_id"]: it["points"] for it in phone.read("/trends")["mood"]}
        chart(phone, "/mood")
        phone.page.get_by_role("button", name="Show as table: Each session's curve").tap()

        rows = phone.page.locator("table", has_text="Time from the dose").locator("tbody tr")
        newest_first = [it["id"] for it in reversed(phone.read("/trends")["sessions"])]
        values = [str(point["value"]) for session in newest_first for point in told.get(session, [])]
        assert cells(rows, 2) == values
        assert cells(rows, 1)[-4:] == ["2 hours before", "2 hours after", "24 hours after", "3 days after"]

    def test_how_long_the_lift_lasted_is_said_without_more_than_was_told(self, phone):
        course(phone)
        chart(phone, "/mood")

        phone.reads("Above where it started (3) until at least 24 hours after the dose, back by 4 days after.")
        phone.reads("Each time it was told afterwards, mood was at or below where it started (6).")
        phone.reads("No mood was told before this session, so there is nothing to compare with.")
        expect(phone.page.locator(".lifts .between")).to_have_count(1)

    def test_what_bothered_has_its_worst_and_nothing_differs_from_not_answered(self, phone):
        course(phone)
        chart(phone, "/bothered").page.get_by_role("button", name="Show as table").tap()

        rows = phone.page.locator(".chart-table tbody tr")
        assert cells(rows, 0) == ["Not answered", "Nothing", "Not answered", "Nothing", "Sick"]
        assert cells(rows, 1)[-1] == "6"
        assert cells(rows, 2)[-1] == "When it passed was not told"

    def test_a_total_with_an_answer_missing_is_not_made_up(self, phone):
        ids = course(phone)
        phone.has_checked_in(ids[4], "week", 1, instruments={"gad7": {"answers": [2, 1, None, 1, 1, 1, 0]}})
        chart(phone, "/totals")

        for name, expected in (("PHQ-8", "5"), ("GAD-7", "No total: an answer is missing")):
            part = phone.page.locator("section.stack", has=phone.page.get_by_role("heading", name=name))
            part.get_by_role("button", name=f"Show as table: {name}").tap()
            assert cells(part.locator("tbody tr"), 0) == [expected]
            expect(part.locator(".curve circle.dot")).to_have_count(1 if name == "PHQ-8" else 0)
        phone.reads("Over the last 2 weeks, how often have you been bothered by any of the following problems?")

    def test_her_own_lines_are_there_as_she_wrote_them(self, phone):
        ids = course(phone)
        line = "The harbour, <b>and</b> my grandfather's coat."
        phone.has_checked_in(ids[1], "third_day", 80, texts={"story.line": line})

        expect(chart(phone, "/opened").page.locator("blockquote")).to_have_text(line)
        assert phone.page.locator("blockquote b").count() == 0
        expect(strip(phone, "Released emotion").locator("circle")).to_have_count(1)


class TestShapes:
    def test_zero_picked_not_picked_and_not_answered_look_different(self, phone):
        course(phone)
        drawn = strip(chart(phone), "Tingling").locator("svg.strip")

        heights = [float(dot.get_attribute("cy")) for dot in drawn.locator("circle").all()]
        water = 51
        assert heights[0] == water
        assert heights[1] < water
        assert drawn.locator(".picked").count() == 1
        assert _subpaths(drawn.locator(".water")) == 1
        box = drawn.bounding_box()
        columns = [
            phone.page.screenshot(clip=box | {"x": box["x"] + box["width"] / 5 * place, "width": box["width"] / 5})
            for place in range(5)
        ]
        assert len(set(columns)) == 5

    def test_nothing_is_drawn_across_a_gap(self, phone):
        ids = [phone.has_session(hours_ago=DAY * 7 * weeks) for weeks in (4, 3, 2, 1)]
        for place in (0, 1, 3):
            noticed = {"sens.tingling": {"intensity": 4 + place}}
            phone.has_checked_in(ids[place], "next_day", DAY * 7 * (4 - place) - 24, noticed=noticed)
        drawn = strip(chart(phone), "Tingling").locator("svg.strip")

        assert drawn.locator("circle").count() == 3
        assert _subpaths(drawn.locator(".line")) == 2
        assert _subpaths(drawn.locator(".water")) == 2
        assert drawn.locator(".sea").count() == 2

    def test_directions_are_words(self, phone):
        course(phone)

        expect(strip(chart(phone), "Time slower or faster")).to_contain_text("Slower 1\u00d7")

    def test_a_tap_on_a_session_opens_it(self, phone):
        ids = course(phone)
        drawn = strip(chart(phone), "Tingling").locator("svg.strip")
        box = drawn.bounding_box()
        phone.page.touchscreen.tap(box["x"] + box["width"] / 5 * 1.5, box["y"] + 20)

        expect(phone.page).to_have_url(re.compile(f"/sessions/{ids[1]}$"))

    def test_thirty_sessions_are_seen_whole_and_a_tap_spreads_them_out(self, phone):
        for week in range(30):
            session = phone.has_session(hours_ago=DAY * 7 * (30 - week))
            noticed = {"sens.tingling": {"intensity": week % 11}}
            phone.has_checked_in(session, "next_day", DAY * 7 * (30 - week) - 24, noticed=noticed)
        chart(phone)
        assert strip(phone, "Tingling").locator("circle").count() == 30
        assert phone.page.evaluate("document.querySelector('.strip').getBoundingClientRect().right <= innerWidth")

        strip(phone, "Tingling").locator("svg.strip").tap(position={"x": 40, "y": 20})
        region = phone.page.get_by_role("region", name="Strips")
        expect(region).to_be_visible()
        region.focus()
        assert region.evaluate("(it) => it.scrollWidth > it.clientWidth")
        assert _is_as_wide_as_the_screen(phone)
        expect(phone.page.get_by_role("link", name=re.compile("^Session 30,"))).to_have_count(1)


def _subpaths(path: Locator) -> int:
    return (path.get_attribute("d") or "").count("M")


def _is_as_wide_as_the_screen(phone: Phone) -> bool:
    return phone.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


class TestComparing:
    def test_the_last_two_are_side_by_side_until_she_chooses_others(self, phone):
        ids = course(phone)
        first, second = (phone.page.get_by_label(label) for label in ("First session", "Second session"))
        chart(phone, "/compare")
        assert (first.input_value(), second.input_value()) == (ids[3], ids[4])

        first.select_option(ids[0])
        second.select_option(ids[1])
        phone.reads("Picked in one of them only")
        row = phone.page.locator(".dumbbells li", has_text="Tingling")
        expect(row.locator(".pair-words")).to_have_text(re.compile(r"^\s*0\s*7\s*$"))
        expect(row.locator(".line")).to_have_count(1)
        told = phone.read(f"/trends/comparison?first={ids[0]}&second={ids[1]}")
        assert told["new_in_second"] == ["perc.time"]
        expect(phone.page.locator("dd").nth(1)).to_have_text("Time slower or faster")

    def test_a_gap_in_one_of_them_is_not_called_a_difference(self, phone):
        ids = course(phone)
        chart(phone, "/compare")
        phone.page.get_by_label("First session").select_option(ids[0])

        row = phone.page.locator(".dumbbells li", has_text="Tingling")
        expect(row.locator(".pair-words")).to_have_text(re.compile("0.*Not answered"))
        expect(row.locator(".line")).to_have_count(0)
        expect(phone.page.get_by_text("Picked in one of them only")).to_have_count(0)


class TestForEveryone:
    @pytest.mark.parametrize("dark", [True, False])
    def test_axe_finds_nothing(self, take, dark):
        phone = has_course(take("maya", dark=dark).signed_up())
        for view in VIEWS:
            chart(phone, view)
            for button in phone.page.locator(".table-button").all()[:2]:
                button.tap()
            phone.page.evaluate(AXE)
            found = phone.page.evaluate(f"axe.run({{runOnly: {RULES}}})")["violations"]
            assert (view, [(it["id"], [node["html"][:120] for node in it["nodes"]]) for it in found]) == (view, [])
        assert phone.complaints == []

    def test_the_page_never_scrolls_sideways_at_320_px_and_200_percent(self, take):
        phone = has_course(take("maya", width=320, height=640).signed_up())
        for view in VIEWS:
            chart(phone, view)
            for button in phone.page.locator(".table-button").all()[:3]:
                button.tap()
            assert (view, _is_as_wide_as_the_screen(phone)) == (view, True)
            phone.large_text().page.wait_for_timeout(100)
            assert (view, _is_as_wide_as_the_screen(phone)) == (view, True)
            expect(phone.page.get_by_text(FOOTER, exact=True)).to_be_visible()

    def test_all_of_it_can_be_reached_by_keyboard(self, phone):
        ids = course(phone)
        chart(phone)
        reached: list[str] = []
        for _ in range(60):
            phone.page.keyboard.press("Tab")
            reached.append(phone.page.evaluate(FOCUSED))
            if "Session 5," in reached[-1]:
                break

        for name in ("Compare", "Grid", "Show as table: Tingling"):
            assert name in reached
        phone.page.keyboard.press("Enter")
        expect(phone.page).to_have_url(re.compile(f"/sessions/{ids[4]}$"))

    def test_the_grid_scrolls_in_a_region_of_its_own(self, phone):
        chart(has_course(phone), "/grid")
        region = phone.page.get_by_role("region", name="Every sensation in every session, 0 to 10")

        region.focus()
        expect(region).to_be_focused()
        first = phone.page.locator(".matrix tbody th").first
        assert first.evaluate("(it) => getComputedStyle(it).position") == "sticky"

    def test_addresses_carry_the_name_of_a_chart_and_nothing_else(self, phone):
        chart(has_course(phone))
        seen = set()
        for name in ("Mood", "Bothered", "Opened up", "PHQ, GAD", "Compare", "Sensations", "Grid"):
            phone.page.get_by_role("link", name=name, exact=True).tap()
            phone.page.wait_for_timeout(150)
            seen.add(phone.page.evaluate("location.pathname + location.search + location.hash"))

        assert seen == {f"/trends{view}" for view in VIEWS}


class TestPaper:
    def test_tables_are_printed_with_their_charts_and_the_way_around_is_not(self, phone):
        course(phone)
        for view in VIEWS:
            phone.page.emulate_media(media="screen")
            chart(phone, view).page.emulate_media(media="print")

            expect(phone.page.locator("table").first).to_be_visible()
            expect(phone.page.get_by_role("navigation", name="Charts")).to_be_hidden()
            expect(phone.page.get_by_role("button", name="Print")).to_be_hidden()
            expect(phone.page.get_by_text(FOOTER, exact=True)).to_be_visible()
            ground = phone.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            assert ground == "rgb(255, 255, 255)"

    def test_tables_are_there_before_the_pages_are_counted(self, phone):
        chart(has_course(phone), "/mood")

        assert phone.page.evaluate(f"dispatchEvent(new Event('beforeprint')); {TABLES}") == 2
        assert phone.page.evaluate(f"dispatchEvent(new Event('afterprint')); {TABLES}") == 0


class TestLittleToShow:
    def test_before_the_first_session_it_says_what_will_be_here(self, phone):
        for view in VIEWS:
            chart(phone, view).reads("After a session and a check-in, this is where you see")
        phone.tap("Go to Today").sees("Today")

    def test_a_session_without_check_ins_breaks_nothing(self, phone):
        phone.has_session(hours_ago=30)
        for view in VIEWS:
            chart(phone, view)
            expect(phone.page.get_by_text(FOOTER, exact=True)).to_be_visible()
        assert phone.complaints == []

    def test_one_session_is_enough_for_a_strip(self, phone):
        session = phone.has_session(hours_ago=30)
        phone.has_checked_in(session, "landing", 29, noticed={"psy.peaceful": {}})

        assert strip(chart(phone), "Peaceful").locator(".picked").count() == 1

    def test_rows_that_do_not_open_are_told_and_the_rest_is_shown(self, phone, server):
        course(phone)
        broken = next(it for it in phone.check_ins() if it["ratings"]["moment"] == "third_day")
        _break(server, "check_ins", broken["id"])

        chart(phone).reads("1 session or check-in did not open. It is not in these charts.")
        assert strip(phone, "Tingling").locator("circle").count() == 2

    def test_a_journal_that_does_not_open_is_not_called_empty(self, phone, server):
        _break(server, "dosing_sessions", phone.has_session(hours_ago=30))

        chart(phone).reads("1 session or check-in did not open.")
        expect(phone.page.get_by_text("Nothing has been told of a session yet.")).to_have_count(0)


def _break(server: Server, table: str, row: str) -> None:
    """Write over what is sealed, behind the server's back."""
    with sqlite3.connect(server.folder / "journal.sqlite3") as store:
        broken = f"UPDATE {table} SET ratings = randomblob(length(ratings)) WHERE id = ?"
        assert store.execute(broken, [UUID(row).bytes]).rowcount == 1

"""Maya shares with Dr Okafor: they meet, she chooses what, says yes to each check-in, sees who read it, takes it back.

Dr Okafor's side is over the API, on the same stores.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone, ago
from tests.browser.sharing import DAY, LINE, NAME, RATINGS, card_of, has_met, has_shared, landed, replies
from tests.browser.test_today import primaries
from tests.cast import Person
from tests.live import Server

KEEP = f"Yes, keep {NAME}"
SHARE = f"Share with {NAME}"
READ = "What was already read cannot be unread."
UNWATCHED = "This journal is not watched in real time."
STORED = "JSON.stringify([localStorage, sessionStorage, history.state, location.href, document.title])"


def picks(phone: Phone, words: str) -> Phone:
    """Tap the first choice that begins so."""
    phone.page.locator(".choice", has_text=words).first.tap()
    return phone


def put_together(phone: Phone, what: str, which: str) -> Phone:
    """Every question of the course from "What" to the preview."""
    picks(phone.sees(f"What may {NAME} read?"), what).tap("Next")
    picks(phone.sees("Which sessions?"), which).tap("Next")
    picks(phone.sees("Until when?"), "A month").tap("Next")
    phone.sees("A few words with it").write(f"What shall {NAME} know you as?", "Maya")
    return phone.tap("Next").sees(f"What {NAME} will see").reads("They can read this at once")


def shares(phone: Phone) -> list[dict]:
    return phone.read("/shares")["shares"]


def brief(reviewer: Person, share: str) -> dict:
    answer = reviewer.get(f"/desk/{share}/brief")
    assert answer.status_code == 200, answer.json
    return answer.json


class TestMeeting:
    def test_the_empty_page_says_what_will_be_here_and_the_one_next_step(self, phone: Phone):
        phone.open("/sharing").sees("Sharing").reads("Nothing is shared").reads("ask your therapist to show you")

        assert primaries(phone) == ["How to meet"]
        phone.tap("How to meet").sees("Meet your therapist").reads("Point your phone's camera at it")

    def test_a_scanned_code_is_kept_and_leads_on_to_sharing(self, phone: Phone, dr_okafor: Person):
        phone.open("/today").sees("Today").open(f"/meet#{card_of(dr_okafor)}").sees("Whose code is it?").reads(NAME)
        assert primaries(phone) == [KEEP]

        phone.tap(KEEP).sees(NAME).reads("Nothing is shared by that.")
        (pin,) = phone.read("/pins")["pins"]
        assert (pin["name"], pin["verified"]) == (NAME, "in_person")
        phone.tap(SHARE).sees("With whom?")
        expect(phone.page.get_by_label(NAME)).to_be_checked()

    def test_the_code_leaves_the_address_at_once_and_outlives_the_sign_in_in_memory_alone(
        self, take, dr_okafor: Person
    ):
        phone, card = take("maya").signed_up(), card_of(dr_okafor)
        phone.send("DELETE", "/sign-ins/current")
        phone.open(f"/meet#{card}").sees("You were shown a code")
        assert phone.page.url.endswith("/meet")
        assert card not in phone.page.evaluate(STORED)

        phone.tap("Sign in").sees("Welcome back").write("Login name", phone.login_name)
        phone.write("Password", phone.password).page.get_by_role("button", name="Sign in").tap()
        phone.sees("Whose code is it?").reads(NAME)
        assert card not in phone.page.evaluate(STORED)
        phone.tap("No, leave it").sees("Meet your therapist")
        assert phone.read("/pins")["pins"] == []

    def test_a_tab_that_is_open_already_takes_the_code_out_of_its_address_too(self, phone: Phone, dr_okafor: Person):
        phone.open("/meet").open("/today").sees("Today").open("/meet").sees("Meet your therapist")
        phone.page.evaluate("card => { location.hash = card }", card_of(dr_okafor))

        phone.sees("Whose code is it?")
        assert phone.page.url.endswith("/meet")

    def test_a_link_shows_not_verified_until_the_digits_were_compared(self, phone: Phone, dr_okafor: Person):
        phone.open("/today").sees("Today").open("/meet").sees("Meet your therapist")
        phone.write("The link they sent you", f"{phone.url}/meet#{card_of(dr_okafor, 'link')}").tap("See whose it is")
        phone.sees("Whose code is it?").reads("Anybody could have sent this link")
        phone.tap(KEEP).sees(NAME).tap("Not now").sees("Sharing").reads("Not verified")
        phone.tap(f"Compare digits with {NAME}").reads("Go through all twelve groups.")
        shown = phone.page.locator("dialog .digits li").all_inner_texts()
        assert shown == dr_okafor.get("/digits").json["digits"]

        phone.tap("They are the same").reads("By comparing digits")
        assert phone.read("/pins")["pins"][0]["verified"] == "compared"

    @pytest.mark.parametrize(
        ("link", "says"),
        [("Hello!", "There is no code in this."), (f"https://elsewhere.example/meet#{'a' * 40}", "of another server")],
        ids=["words", "another server"],
    )
    def test_what_is_no_link_of_this_server_is_not_looked_at(self, phone: Phone, link: str, says: str):
        phone.open("/today").sees("Today").open("/meet").sees("Meet your therapist")
        phone.write("The link they sent you", link).tap("See whose it is").reads(says)

    def test_a_damaged_code_is_refused_in_words_and_another_can_be_shown(self, phone: Phone, dr_okafor: Person):
        card = card_of(dr_okafor)
        phone.open("/today").sees("Today").open(f"/meet#{card[:-8]}AAAAAAAA").sees("Whose code is it?")
        phone.reads("This code cannot be used").reads("Ask them to show you the code again.")

        phone.tap("Meet your therapist").sees("Meet your therapist")

    def test_somebody_with_no_share_can_be_forgotten(self, phone: Phone, dr_okafor: Person):
        has_met(phone, dr_okafor)
        phone.open("/sharing").sees("Sharing").tap(f"Forget {NAME}").reads("you would have to meet again")
        phone.page.get_by_role("dialog").get_by_role("button", name="Forget").tap()

        phone.reads("It begins with meeting")
        assert phone.read("/pins")["pins"] == []


class TestSharing:
    def test_the_preview_shows_what_is_lent_and_nothing_more(self, phone: Phone, dr_okafor: Person):
        landed(phone, hours=20 * DAY)
        session, check_in = landed(phone, hours=5 * DAY)
        has_met(phone, dr_okafor)
        phone.open("/sharing/new").sees("With whom?").tap("Next")
        put_together(phone, "The numbers", "The session of").reads("4 of 10").reads(UNWATCHED)
        expect(phone.page.get_by_text(LINE)).to_have_count(0)
        assert primaries(phone) == [SHARE]

        phone.tap(SHARE).sees(SHARE).reads("It is shared now.").reads("the numbers, without the words,")
        (share,) = shares(phone)
        assert (share["sections"], share["session_ids"], share["lent"]) == (RATINGS, [session], 1)
        told = dr_okafor.get(f"/desk/{share['id']}/sessions/{session}").json
        assert [row["id"] for row in told["check_ins"]] == [check_in]
        assert LINE not in json.dumps(told)

    def test_chosen_sessions_with_their_words(self, phone: Phone, dr_okafor: Person):
        sessions = {landed(phone, hours=days * DAY)[0] for days in (20, 10, 5)}
        has_met(phone, dr_okafor)
        phone.open("/sharing/new").sees("With whom?").tap("Next").sees(f"What may {NAME} read?")
        picks(phone, "The numbers and the words").tap("Next")
        picks(phone.sees("Which sessions?"), "Sessions I choose")
        phone.tap("Next").reads("Choose at least one session.")
        for place in (0, 1):
            phone.page.locator(".check").nth(place).tap()
        picks(phone.tap("Next").sees("Until when?").tap("Next").reads("Please choose one."), "A date")
        phone.write("The last day", "2001-01-01").tap("Next").reads("Choose today or a later day.")
        picks(phone, "Three months").tap("Next").sees("A few words with it").tap("Next").reads("Please fill this in.")
        phone.write(f"What shall {NAME} know you as?", "Maya").write("Please ask me about", "The boat.")
        phone.tap("Next").sees(f"What {NAME} will see").reads("The boat.").page.get_by_text("The next day").first.tap()
        phone.reads(LINE).tap(SHARE).sees(SHARE)

        (share,) = shares(phone)
        assert set(share["session_ids"]) < sessions and len(share["session_ids"]) == 2
        assert (share["ask"], share["lent"]) == ("The boat.", 2)
        assert brief(dr_okafor, share["id"])["ask"] == "The boat."

    def test_it_begins_from_the_page_of_a_session(self, phone: Phone, dr_okafor: Person):
        session, _ = landed(phone, hours=20 * DAY)
        landed(phone, hours=5 * DAY)
        has_met(phone, dr_okafor)
        phone.open(f"/sessions/{session}").sees("Session 1").reads("Nobody but you.").tap("Share this session")
        picks(phone.sees("With whom?").tap("Next").sees(f"What may {NAME} read?"), "The numbers")
        phone.tap("Next").sees("Which sessions?")

        expect(phone.page.get_by_label("The session of")).to_be_checked()

    def test_back_leads_through_the_questions_and_help_loses_nothing(self, phone: Phone, dr_okafor: Person):
        landed(phone, hours=5 * DAY)
        has_met(phone, dr_okafor)
        phone.open("/sharing").sees("Sharing").tap("Share with somebody").sees("With whom?").tap("Next")
        picks(phone.sees(f"What may {NAME} read?"), "The numbers")
        phone.tap("Next").sees("Which sessions?").tap("Help").sees("Help").tap("Back").sees("Which sessions?")
        phone.tap("Back").sees(f"What may {NAME} read?")

        expect(phone.page.get_by_label("The numbers", exact=False).first).to_be_checked()
        phone.tap("Back").sees("With whom?").tap("Back").sees("Sharing")

    def test_somebody_not_verified_is_asked_about_once_more(self, phone: Phone, dr_okafor: Person):
        landed(phone, hours=5 * DAY)
        has_met(phone, dr_okafor, "link")
        phone.open("/sharing/new").sees("With whom?").reads("Not verified").tap("Next")
        put_together(phone, "The numbers", "The session of").tap(SHARE).reads(f"You came to know of {NAME} by a link.")
        assert shares(phone) == []

        phone.tap("Share although not verified").sees(SHARE).reads("Not verified")
        assert shares(phone)[0]["reviewer"]["verified"] == "not_verified"

    def test_what_changed_under_the_preview_is_shown_before_it_is_shared(self, phone: Phone, dr_okafor: Person):
        _, check_in = landed(phone, hours=5 * DAY)
        has_met(phone, dr_okafor)
        phone.open("/sharing/new").sees("With whom?").tap("Next")
        put_together(phone, "The numbers and the words", "The session of").reads(LINE)
        note = {"written_at": ago(hours=1), "text": "From the laptop."}
        phone.send("PUT", f"/check-ins/{check_in}/notes/{uuid4()}", note)

        phone.tap(SHARE).reads("Something changed meanwhile.").reads("From the laptop.")
        assert shares(phone) == []
        phone.tap(SHARE).sees(SHARE).reads("It is shared now.")

    def test_in_a_hold_nothing_can_be_shared_and_it_says_until_when(self, phone: Phone, dr_okafor: Person):
        pin = has_met(phone, dr_okafor)
        landed(phone, hours=5 * DAY)
        share = has_shared(phone, pin)
        phone.has_session(hours_ago=2)
        phone.open("/sharing/new").sees("Not yet").reads("Nothing more can be shared before")
        phone.tap("Back to sharing").sees("Sharing").reads("Nothing more can be shared before")
        assert primaries(phone) == []

        phone.tap(f"Look at this share with {NAME}").sees(SHARE).reads("Taking back always works.")
        phone.tap("Take it back").reads("It is taken back.")
        assert dr_okafor.get(f"/desk/{share}/brief").status_code == 404


class TestOneShare:
    @pytest.fixture
    def shared(self, phone: Phone, dr_okafor: Person) -> str:
        session, _ = landed(phone, hours=5 * DAY)
        return has_shared(phone, has_met(phone, dr_okafor), sessions=[session], what_for="Tuesday")

    def test_the_page_says_who_can_read_what_and_when_they_last_did(self, phone: Phone, dr_okafor: Person, shared: str):
        phone.open("/sharing").sees("Sharing").reads(UNWATCHED).reads("Who can read what").reads("In person")
        phone.reads("the numbers and the words of the session of").reads("Tuesday").reads("Not yet")
        brief(dr_okafor, shared)
        assert dr_okafor.post(f"/desk/{shared}/reviewed").status_code == 201

        phone.open("/sharing").sees("Sharing").reads("Who can read what")
        expect(phone.page.get_by_text("Not yet")).to_have_count(0)
        phone.tap(f"Look at this share with {NAME}").sees(SHARE).reads(UNWATCHED).reads("What they can read")

    def test_what_they_wrote_is_on_today_until_she_has_read_it(self, phone: Phone, dr_okafor: Person, shared: str):
        replies(dr_okafor, shared, "Let us begin with the boat.")
        phone.open("/today").sees("Today").tap(f"{NAME} wrote to you").sees(SHARE).reads("Let us begin with the boat.")
        phone.tap("I have read it")
        expect(phone.page.get_by_role("button", name="I have read it")).to_be_hidden()

        phone.reads("Let us begin with the boat.").open("/today").sees("Today").reads("Also open")
        phone.page.wait_for_load_state("networkidle")
        expect(phone.page.get_by_text(f"{NAME} wrote to you")).to_be_hidden()

    def test_what_to_be_asked_about_and_the_end_can_be_changed(self, phone: Phone, dr_okafor: Person, shared: str):
        until = shares(phone)[0]["until"]
        phone.open(f"/sharing/{shared}").sees(SHARE).write("Please ask me about", "The harbour.").tap("Save")
        phone.reads("Saved.").tap("Change the end").tap("Use this end").reads("Please choose one.")
        picks(phone, "Three months").tap("Use this end")
        expect(phone.page.get_by_role("dialog")).to_be_hidden()

        assert brief(dr_okafor, shared)["ask"] == "The harbour."
        phone.reads("the end of")
        assert shares(phone)[0]["until"] > until

    def test_one_check_in_is_kept_back_and_can_be_looked_at_again(self, phone: Phone, dr_okafor: Person, shared: str):
        phone.open(f"/sharing/{shared}").sees(SHARE).page.get_by_role("button", name="Keep back: The next day").tap()
        phone.reads("It is kept back from now on.").reads("Kept private")
        assert shares(phone)[0]["lent"] == 0

        phone.page.get_by_role("link", name="Look again: The next day").tap()
        phone.sees("The next day").reads(LINE).tap(SHARE).sees("Waiting for your word")
        assert shares(phone)[0]["lent"] == 1

    def test_it_is_taken_back_with_one_tap(self, phone: Phone, dr_okafor: Person, shared: str):
        phone.open(f"/sharing/{shared}").sees(SHARE).reads(READ)
        taps = phone.taps()
        phone.tap("Take it back").reads("It is taken back.").reads(READ)
        assert phone.taps() == taps + 1
        assert dr_okafor.get(f"/desk/{shared}/brief").status_code == 404

        phone.open("/sharing").sees("Sharing").reads("Ended").reads("Taken back")

    def test_what_the_same_person_reads_by_another_is_told_before_and_after(self, phone: Phone, shared: str):
        [share] = shares(phone)
        has_shared(phone, share["reviewer"]["pin_id"], sessions=share["session_ids"], what_for="Friday")
        stays = f"{NAME} has 1 more share from you. What that one lends stays readable."
        phone.open(f"/sharing/{shared}").sees(SHARE).reads(stays)
        phone.tap("Take it back").reads("It is taken back.").reads(stays)

    def test_session_and_check_in_say_who_can_read_them(self, phone: Phone, shared: str):
        (check_in,) = phone.check_ins()
        phone.open(f"/check-ins/{check_in['id']}").sees("The next day").reads(f"{NAME} can read this.")
        phone.open(f"/sessions/{check_in['session_id']}").sees("Session 1").reads(f"{NAME} can read 1 check-in of it.")
        phone.send("DELETE", f"/shares/{shared}")

        phone.open(f"/check-ins/{check_in['id']}").sees("The next day").reads("Nobody but you.")


class TestWaiting:
    @pytest.fixture
    def standing(self, phone: Phone, dr_okafor: Person) -> str:
        """A share of one session, made before its later check-ins."""
        session = phone.has_session(hours_ago=5 * DAY)
        share = has_shared(phone, has_met(phone, dr_okafor), sessions=[session])
        phone.has_checked_in(session, "landing", 5 * DAY - 1, {"story.line": LINE}, answers={"emo.mood_now": 4})
        phone.has_checked_in(session, "third_day", 2 * DAY, {"story.line": "A quiet day."}, answers={"emo.mood_now": 6})
        return share

    def test_each_is_read_and_shared_or_kept_private(self, phone: Phone, dr_okafor: Person, standing: str):
        phone.open("/today").sees("Today").tap("2 check-ins wait for your word").sees("Waiting for your word")
        phone.reads(f"For {NAME}").reads("not yet re-read")
        assert (primaries(phone), shares(phone)[0]["lent"]) == (["Read the first one"], 0)

        phone.tap("Read the first one").sees("After the session").reads(LINE).reads("4 of 10")
        assert primaries(phone) == [SHARE]
        phone.tap(SHARE).sees("The third day").reads("A quiet day.").tap("Keep private")
        phone.sees("Waiting for your word").reads("Nothing waits for your word.")

        detail = phone.read(f"/shares/{standing}")
        assert [row["moment"] for row in detail["lent_check_ins"]] == ["landing"]
        assert [row["moment"] for row in detail["kept_back"]] == ["third_day"]
        assert phone.read("/rereading")["items"] == []

    def test_only_what_is_lent_is_shown_of_it(self, phone: Phone, dr_okafor: Person):
        session = phone.has_session(hours_ago=5 * DAY)
        has_shared(phone, has_met(phone, dr_okafor), RATINGS, sessions=[session])
        phone.has_checked_in(session, "third_day", 2 * DAY, {"story.line": LINE}, answers={"emo.mood_now": 6})
        phone.open("/sharing/waiting").sees("Waiting for your word").tap("Read it").sees("The third day")

        phone.reads("6 of 10").reads("the numbers, without your words")
        expect(phone.page.get_by_text(LINE)).to_have_count(0)

    def test_what_is_held_says_until_when_and_can_only_be_kept_private(self, phone: Phone, dr_okafor: Person):
        has_shared(phone, has_met(phone, dr_okafor))
        session = phone.has_session(hours_ago=0)
        phone.has_checked_in(session, "landing", 0, {"story.line": LINE}, answers={"emo.mood_now": 4})
        phone.open("/today").sees("Today").reads("Also open")
        phone.page.wait_for_load_state("networkidle")
        expect(phone.page.get_by_text("for your word")).to_be_hidden()

        phone.open("/sharing/waiting").sees("Waiting for your word").reads("not before")
        assert primaries(phone) == ["Back to Today"]
        phone.page.get_by_role("link", name="After the session").tap()
        phone.sees("After the session").reads("It can be shared from")
        assert primaries(phone) == []
        phone.tap("Keep private").sees("Waiting for your word").reads("Nothing waits for your word.")

    def test_changed_elsewhere_it_is_shown_again_before_it_is_shared(self, phone: Phone, standing: str):
        phone.open("/sharing/waiting").sees("Waiting for your word").tap("Read the first one").sees("After the session")
        phone.reads(LINE)
        landing = next(it for it in phone.check_ins() if it["ratings"]["moment"] == "landing")
        note = {"written_at": ago(hours=1), "text": "From the laptop."}
        phone.send("PUT", f"/check-ins/{landing['id']}/notes/{uuid4()}", note)

        phone.tap(SHARE).reads("It was changed meanwhile.").reads("From the laptop.")
        assert shares(phone)[0]["lent"] == 0

    def test_re_reading_says_that_it_shares_nothing_by_itself(self, phone: Phone, standing: str):
        phone.open("/re-read").sees("Re-read").reads("Re-reading shares nothing.").tap("Re-read it")
        phone.sees("After the session").reads(f"Whether {NAME} may read it, you say next.")

        phone.tap("Say who may read it").sees("After the session").reads(f"This is what {NAME} would see")


class TestWhoOpenedWhat:
    def test_every_read_and_every_change_newest_first(self, phone: Phone, dr_okafor: Person):
        session, _ = landed(phone, hours=5 * DAY)
        share = has_shared(phone, has_met(phone, dr_okafor), sessions=[session])
        brief(dr_okafor, share)
        assert dr_okafor.get(f"/desk/{share}/sessions/{session}").status_code == 200
        phone.open("/sharing").sees("Sharing").tap("Who opened what").sees("Who opened what")
        phone.reads("opened the session of")
        lines = [line.split("\n")[0] for line in phone.page.locator("main .list > li").all_inner_texts()]

        assert "The next day. Numbers and words." in lines[0] and lines[0].startswith(f"{NAME} opened the session of")
        assert lines[1] == f"{NAME} opened the summary of 1 check-in. Numbers and words."
        assert lines[2].startswith(f"You shared with {NAME}: The next day.")
        assert len(lines) == 3

    def test_earlier_ones_come_on_demand(self, phone: Phone, dr_okafor: Person):
        session, _ = landed(phone, hours=5 * DAY)
        share = has_shared(phone, has_met(phone, dr_okafor), sessions=[session])
        for _ in range(60):
            brief(dr_okafor, share)
        phone.open("/sharing/log").sees("Who opened what").reads("Show earlier ones")
        rows = phone.page.locator("main .list > li")
        before = rows.count()
        phone.tap("Show earlier ones").reads(f"You shared with {NAME}")

        expect(rows).to_have_count(61)
        assert before < 61

    def test_a_line_that_was_removed_is_noticed(self, phone: Phone, dr_okafor: Person, server: Server):
        session, _ = landed(phone, hours=5 * DAY)
        share = has_shared(phone, has_met(phone, dr_okafor), sessions=[session])
        brief(dr_okafor, share)
        with sqlite3.connect(server.folder / "journal.sqlite3") as database:
            account = UUID(phone.read("/account")["id"]).bytes
            gone = database.execute("DELETE FROM access_log WHERE account_id = ? AND number = 2", (account,))
            assert gone.rowcount == 1

        phone.open("/sharing/log").sees("Who opened what").reads("Something is missing here").reads("You shared with")


def test_keys_that_differ_are_told_at_once_and_nothing_more_is_shared(phone: Phone, dr_okafor: Person, server: Server):
    session, _ = landed(phone, hours=5 * DAY)
    has_shared(phone, has_met(phone, dr_okafor), sessions=[session])
    phone.has_checked_in(session, "third_day", 2 * DAY, answers={"emo.mood_now": 6})
    with keys_swapped(server, dr_okafor.account["id"], phone.read("/account")["id"]):
        phone.open("/today").sees("Today").reads(f"The keys of {NAME} differ").tap("Look at sharing")
        phone.sees("Sharing").reads("somebody else in their place").reads("Their keys differ from those you kept.")
        phone.open("/sharing/new").reads("You keep nobody yet to share with.")
        phone.open("/sharing/waiting").sees("Waiting for your word").tap("Read it").sees("The third day")
        phone.tap(SHARE).reads("Their keys are not the ones you kept")
        assert shares(phone)[0]["lent"] == 1

        phone.open("/sharing/log").sees("Who opened what").reads("were not those you kept")


@contextmanager
def keys_swapped(server: Server, whose: str, theirs: str) -> Iterator[None]:
    """Somebody who can write to the database publishes other keys, for a while."""
    one, other = UUID(whose).bytes, UUID(theirs).bytes
    read = "SELECT public_identity FROM accounts WHERE id = ?"
    write = "UPDATE accounts SET public_identity = ? WHERE id = ?"
    with closing(sqlite3.connect(server.folder / "journal.sqlite3", isolation_level=None)) as database:
        ((before,), (swapped,)) = (database.execute(read, (account,)).fetchone() for account in (one, other))
        database.execute(write, (swapped, one))
        try:
            yield
        finally:
            database.execute(write, (before, one))


def test_what_was_given_back_is_taken_into_a_new_journal(take, dr_okafor: Person):
    """Maya lost her password and her code; Dr Okafor gives back what she could read."""
    before = take("maya").signed_up()
    session, _ = landed(before, hours=5 * DAY)
    lost = has_shared(before, has_met(before, dr_okafor), sessions=[session])
    phone = take("maya").signed_up()
    share = has_shared(phone, has_met(phone, dr_okafor))
    phone.open("/sharing").sees("Sharing").tap("Your own digits").sees("Your own digits").reads("They are no secret")
    digits = phone.page.locator("main .digits li").all_inner_texts()
    given = dr_okafor.post(f"/desk/{lost}/returned", json={"to": share, "digits": digits})
    assert given.status_code == 201, given.json

    phone.open("/sharing/returned").sees("Given back to you").reads(f"From {NAME}").reads("1 check-in of 1 session")
    phone.tap("Take it into my journal").reads("2 are in your journal now.")
    assert phone.only_check_in()["story"]["texts"]["story.line"] == LINE
    expect(phone.page.get_by_role("button", name="Take it into my journal")).to_be_hidden()


def test_nothing_of_it_is_in_an_address_or_a_title_or_stored(phone: Phone, dr_okafor: Person):
    landed(phone, hours=5 * DAY)
    has_met(phone, dr_okafor)
    phone.open("/sharing/new").sees("With whom?").tap("Next")
    put_together(phone, "The numbers and the words", "The session of").tap(SHARE).sees(SHARE).reads("It is shared now.")
    stored = phone.page.evaluate(STORED)

    assert [word for word in (NAME, "Maya", "Warm", "After") if word in stored] == []
    assert phone.page.title() == "Shoreline"
    assert phone.complaints == []

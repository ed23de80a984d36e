"""Several hosts on the same stores: of two that would change the secret at once, one is told so before it does."""

import shutil
import threading
from dataclasses import replace

import pytest

from journal.operating import secrets_file
from journal.operating.rotation import NotNow, Rotation
from tests.cast import Person, join
from tests.operating.test_rotation import Operator
from tests.stores import PEPPER, Stores, app_of, new_app, settings

SAID = "Another host has begun to change the secret"


@pytest.fixture
def stores(new_stores) -> Stores:
    return new_stores("hosts")


@pytest.fixture
def maya(stores) -> Person:
    return join(new_app(stores), "maya")


@pytest.fixture
def hosts(stores, maya, folder) -> tuple[Operator, Operator]:
    """Two, each with a folder and a secrets file of its own, and one secret."""
    return _host(stores, folder / "one"), _host(stores, folder / "two")


def _host(stores: Stores, folder) -> Operator:
    folder.mkdir()
    return Operator(folder, replace(stores, data=folder))


def brought(one: Operator, other: Operator) -> None:
    """As `scp` would."""
    shutil.copy(one.file, other.file)


def by_hand(host: Operator, **more: bytes) -> None:
    """Somebody wrote the file, or the host died between the file and the keyring."""
    content = secrets_file.read(host.file)
    secrets_file.write(host.file, content | {name: secrets_file.text(pepper) for name, pepper in more.items()})


def test_who_begins_second_is_refused_until_the_first_is_done(hosts):
    one, two = hosts
    one.does("begin")
    two.is_refused(SAID, "begin")
    assert "begun       on another host" in two.does("--status")
    for step in ("use", "relock", "retire"):
        brought(one, two)
        one.does(step, "--everywhere")
        # It has the file, and takes part: no host is the one that began.
        assert "begun" not in two.says("--status")[1]
    two.is_refused("A rotation is under way", "begin")
    brought(one, two)
    two.does("begin")
    one.is_refused(SAID, "begin")


def test_a_host_that_has_the_file_can_go_on_in_the_others_place(hosts):
    one, two = hosts
    one.does("begin")
    brought(one, two)
    two.does("use", "--everywhere")
    brought(two, one)
    assert "0 are left" in one.does("relock")
    two.does("retire", "--everywhere")
    brought(two, one)
    one.does("begin")


def test_of_two_that_both_have_a_new_one_the_second_locks_nothing_with_it(hosts):
    one, two = hosts
    by_hand(two, next_pepper=bytes(32))
    one.does("begin")
    two.is_refused(SAID, "use", "--everywhere")
    two.does("abandon")
    assert two.has() == {"pepper"}
    two.is_refused(SAID, "begin")
    one.does("use", "--everywhere")


def test_what_was_begun_and_taken_back_stands_in_nobodys_way(hosts):
    one, two = hosts
    one.does("begin")
    one.does("abandon")
    two.does("begin")


def test_a_retired_secret_let_in_again_is_a_change_too(hosts):
    one, two = hosts
    for step in ("begin", "use", "relock", "retire"):
        one.does(step, *(["--everywhere"] if step in ("use", "retire") else []))
    brought(one, two)
    [retired] = one.folder.glob("retired-*.json")
    one.does("readmit", str(retired))
    two.is_refused(SAID, "begin")
    one.does("relock")
    one.does("retire", "--everywhere")
    two.does("begin")


def test_a_host_that_dies_before_its_file_is_written_leaves_nothing(hosts, monkeypatch):
    one, two = hosts
    with monkeypatch.context() as full:
        full.setattr("journal.operating.secrets_file.write", no_room)
        one.is_refused("could not be written", "begin")
    two.does("begin")


def no_room(*_given) -> None:
    raise OSError(28, "No space left on device")


def test_a_note_of_a_change_that_no_host_has_is_taken_away_on_purpose_and_not_while_it_locks(hosts, stores, maya):
    """As a keyring has it that was backed up in the midst of one; or when a host is lost."""
    one, two = hosts
    one.does("begin")
    two.is_refused("abandon", "begin")
    two.does("abandon")
    two.does("begin")
    one.is_refused(SAID, "use", "--everywhere")

    two.does("use", "--everywhere")
    two.does("relock")
    one.does("abandon")
    one.is_refused("only goes forward", "abandon")
    one.is_refused(SAID, "begin")


def test_when_both_begin_in_the_same_moment_one_does(hosts):
    at_once = threading.Barrier(2)
    said: list[str] = []

    def begins(host: Operator) -> None:
        app = host.app()
        with app.app_context():
            at_once.wait()
            try:
                Rotation(app.extensions["settings"]).begin()
            except NotNow as refused:
                said.append(str(refused))

    threads = [threading.Thread(target=begins, args=(host,)) for host in hosts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [SAID in words for words in said] == [True]
    assert sorted(len(host.has()) for host in hosts) == [1, 2]


def test_erasure_is_verified_while_a_change_is_noted(hosts, stores, maya):
    """The note lies beside the key that names people."""
    hosts[0].does("begin")
    app = app_of(settings(stores, pepper=PEPPER))
    with app.app_context():
        command = ["verify-erasure", stores.database_url, maya.login_name]
        done = app.test_cli_runner().invoke(args=command, input=f"{maya.password}\n")
    assert "It opens" in done.output

"""The words on the screens: nothing that judges, promises or sells."""

import re
from importlib.resources import files

import orjson
import pytest

# What says that nothing here is a diagnosis: at the foot of the patient's charts, and of the therapist's page.
ALLOWED = {
    "Your own ratings. Not a diagnosis. Talk to your clinician about changes.",
    "The patient's own ratings. Not a diagnosis. This journal is not watched in real time.",
}
JUDGING = re.compile(r"diagnos|severe|abnormal|risk level|you should (increase|reduce|stop)", re.IGNORECASE)
SELLING = re.compile(
    r"generally safe|sensations are normal|revolutioni[sz]|long-lasting effects"
    r"|end-to-end|zero-knowledge|hipaa|streak|well done|good job|congratulations",
    re.IGNORECASE,
)
# One meaning each: a check-in is never one of these.
NOT_OUR_NOUNS = re.compile(r"\b(an entry|entries|the log|logs|a record|records)\b", re.IGNORECASE)


def strings(value, path=""):
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from strings(inner, f"{path}/{place}")


@pytest.fixture(scope="module")
def messages():
    return orjson.loads(files("journal.content.messages").joinpath("en.json").read_bytes())


def found(pattern, messages):
    return [(path, text) for path, text in strings(messages) if pattern.search(text) and text not in ALLOWED]


def test_no_word_judges_the_patient(messages):
    assert found(JUDGING, messages) == []


def test_no_word_sells_or_praises(messages):
    assert found(SELLING, messages) == []


def test_a_check_in_is_called_a_check_in(messages):
    assert found(NOT_OUR_NOUNS, messages["catalogue"]) == []


def test_no_string_is_empty(messages):
    assert [path for path, text in strings(messages["catalogue"]) if not text.strip()] == []


@pytest.mark.parametrize(
    "text",
    ["Your depression is severe", "Not a DIAGNOSIS", "you should stop", "An abnormal value", "Your risk level"],
)
def test_the_rule_would_notice(text):
    assert found(JUDGING, {"planted": text}) == [("/planted", text)]

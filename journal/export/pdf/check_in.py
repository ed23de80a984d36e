"""A check-in on paper: every answer of it in a line, then the words, then what was added later."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from journal.content.catalogue import LISTS, catalogue
from journal.export.pdf import blocks
from journal.export.pdf.blocks import Block
from journal.export.pdf.saying import Saying
from journal.export.pdf.written import Line, plain
from journal.trends.visits import NOTHING, Row

# Written so long after it happened, the two are told apart.
_LATER = timedelta(hours=6)


def check_in(row: Row, saying: Saying, elsewhere: Row = NOTHING, level: int = 3) -> Iterator[Block]:
    """One check-in. `elsewhere`: answers and prompts that stand in another place of the page already."""
    ratings, story = row["ratings"], row.get("story") or NOTHING
    said = saying.pdf["check_ins"]
    moment = saying.said["moments"][ratings["moment"]]["label"]
    yield blocks.heading(level, said["heading"].format(moment=moment, when=saying.moment(ratings["happened_at"])))
    if about := " ".join(_about(ratings, saying)):
        yield blocks.paragraph(about, "soft")
    if answers := _answers(ratings, elsewhere, saying):
        yield blocks.paragraph(answers)
    yield from blocks.beside(_picked(ratings, saying))
    texts = story.get("texts", NOTHING)
    for prompt in catalogue().prompts:
        if prompt.id in texts and prompt.id not in elsewhere:
            yield blocks.words(saying.said["prompts"][prompt.id], texts[prompt.id])
    yield from notes(story, saying)


def notes(story: Row, saying: Saying) -> Iterator[Block]:
    """What was added later, each with its time."""
    for note in story.get("notes", ()):
        when = saying.pdf["check_ins"]["added"].format(when=saying.moment(note["written_at"]))
        yield blocks.words(when, note["text"])


def _about(ratings: Row, saying: Saying) -> Iterator[str]:
    said = saying.pdf["check_ins"]
    written = ratings.get("written_at")
    if written and datetime.fromisoformat(written) - datetime.fromisoformat(ratings["happened_at"]) > _LATER:
        yield said["written"].format(when=saying.moment(written))
    if ratings.get("finished") is False:
        yield said["unfinished"]


def _answers(ratings: Row, elsewhere: Row, saying: Saying) -> str:
    """All answers that are a number or a word."""
    answers, labels, pair = ratings.get("answers", NOTHING), saying.said["items"], saying.pdf["pair"]
    known = (item.id for item in catalogue().items)
    asked = (name for name in known if name in answers and answers[name] != elsewhere.get(name))
    return saying.joined(
        pair.format(label=labels[name]["label"], value=saying.answer(name, answers[name])) for name in asked
    )


def _picked(ratings: Row, saying: Saying) -> Iterator[tuple[str, list[Line]]]:
    """What was picked in this check-in, list by list."""
    lists = saying.said["lists"]
    for name in LISTS:
        if ratings.get(name):
            picked = ratings[name].items()
            yield lists[name]["label"], [line for term, point in picked for line in _term(term, point, saying)]
        elif name in ratings.get("none", ()):
            yield lists[name]["label"], plain(lists[name]["none"])
    if "emotions" in ratings:
        labels = saying.said["choices"]["emotions"]
        named = [line for name in ratings["emotions"] for line in plain(labels[name])]
        yield lists["emotions"]["label"], named or plain(lists["emotions"]["none"])
    if "still_here" in ratings:
        terms = [line for term in ratings["still_here"] for line in saying.term(term)]
        yield lists["still_here"]["label"], terms or plain(lists["still_here"]["none"])


def _term(term: str, point: Row, saying: Saying) -> list[Line]:
    value = point.get("intensity", point.get("worst"))
    piece = saying.pdf["piece"]
    named = saying.term(term)
    return named if value is None else [{**it, "text": piece.format(label=it["text"], value=value)} for it in named]

"""The integration brief on one page: the patient's *please ask me about* first, then what is new, then the numbers."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from journal.content.items import BREAKTHROUGH
from journal.export.pdf import blocks
from journal.export.pdf.blocks import Block
from journal.export.pdf.charts import mood_curve
from journal.export.pdf.printing import Json, printed
from journal.export.pdf.saying import Saying
from journal.export.pdf.written import one_line, plain

# In points. Below the last it would be hard to read on paper.
_SIZES = (9.5, 9, 8.5, 8, 7.5)
_SINCE = 8
_TOTALS = 4


def brief_page(brief: Json, language: str = "en", folder: Path | None = None) -> bytes:
    """The brief as the desk shows it, as PDF. Raises `NotPrinted`, and `Busy`."""
    saying = Saying({name: label for name, label in brief["own_terms"].items() if label}, language)
    made_at = datetime.fromisoformat(brief["now"])
    return printed(_document(brief, made_at, saying), made_at, folder)


def _document(brief: Json, made_at: datetime, saying: Saying) -> Json:
    said = saying.pdf["brief"]
    patient = brief["share"].get("patient", "")
    return {
        "title": said["title"],
        "lang": saying.language,
        "paper": "a4",
        "head": one_line(saying.joined((said["title"], patient)))[0]["text"],
        "made": said["made"].format(date=saying.day(made_at)),
        "notice": one_line(said["foot"].format(patient=patient))[0]["text"],
        "footer": said["footer"],
        "page": saying.pdf["page"],
        "sizes": _SIZES,
        "blocks": [*_blocks(brief, patient, saying)],
    }


def _blocks(brief: Json, patient: str, saying: Saying) -> Iterator[Block]:
    said = saying.pdf["brief"]
    yield blocks.heading(1, one_line(patient) if patient else said["title"])
    if brief["share"].get("what_for"):
        yield {"kind": "soft", "lines": one_line(said["for"].format(what_for=brief["share"]["what_for"]))}
    if "ask" in brief:
        yield blocks.heading(2, said["ask"])
        yield blocks.words("", brief["ask"])
    yield from _since(brief["since"], saying)
    if "session" not in brief:
        yield blocks.paragraph(said["nothing"])
    else:
        yield from _session(brief, saying)
    yield from _questionnaires(brief["instruments"], saying)
    if brief["unopened"]:
        yield blocks.paragraph(saying.counted(said["unopened"], brief["unopened"]), "soft")


def _since(since: list[Json], saying: Saying) -> Iterator[Block]:
    said = saying.pdf["brief"]
    yield blocks.heading(2, said["since"])
    if not since:
        yield blocks.paragraph(said["since_none"], "soft")
        return
    told = [_new(each, saying) for each in since[-_SINCE:]]
    if len(since) > _SINCE:
        told.append(saying.counted(said["more"], len(since) - _SINCE))
    yield blocks.points(told)


def _new(each: Json, saying: Saying) -> str:
    moment = saying.said["moments"][each["moment"]]["label"]
    changed = saying.pdf["brief"]["changed"] if each["changed"] else ""
    return saying.joined((moment, saying.moment(each["happened_at"]), changed))


def _session(brief: Json, saying: Saying) -> Iterator[Block]:
    said, session = saying.pdf["brief"], brief["session"]
    facts = [saying.said["choices"]["routes"][session["route"]]] if "route" in session else []
    yield blocks.heading(2, saying.joined((said["now"], saying.moment(session["happened_at"]), *facts)))
    if points := brief["mood"]["now"]:
        yield mood_curve(points, brief.get("lift", {}).get("baseline"), saying)
    yield blocks.columns([*_changes(brief, saying)], [*_bothered(brief["bothered"], saying), *_far(brief, saying)])
    if brief["first_time"]:
        named = [line for term in brief["first_time"] for line in saying.term(term)]
        yield from blocks.beside([(said["first_time"], named)])
    yield from _opened(brief.get("breakthrough"), saying)


def _changes(brief: Json, saying: Saying) -> Iterator[Block]:
    said = saying.pdf["brief"]
    if "before" not in brief:
        yield blocks.paragraph(said["no_before"], "soft")
        return
    date = saying.day(datetime.fromisoformat(brief["before"]["happened_at"]))
    yield blocks.heading(3, said["changes"].format(date=date))
    if not brief["changes"]:
        yield blocks.paragraph(said["changes_none"], "soft")
        return
    heads = [said[f"{name}_column"] for name in ("before", "now", "by")]
    yield blocks.matrix(said["corner"], heads, [_change(each, saying) for each in brief["changes"]], first=46)


def _change(each: Json, saying: Saying) -> Block:
    by = f"{each['by']:+d}".replace("-", "\u2212")
    numbers = [{"text": text} for text in (str(each["first"]), str(each["second"]), by)]
    if "term" in each:
        return blocks.row(saying.term(each["term"]), numbers)
    label = saying.said["items"][each["item"]]["label"]
    moment = saying.said["moments"].get(each["list"], {}).get("label", "")
    return blocks.row(saying.joined((label, moment)), numbers)


def _bothered(bothered: list[Json], saying: Saying) -> Iterator[Block]:
    said = saying.pdf["brief"]
    if not bothered:
        return
    yield blocks.heading(3, said["bothered"])
    yield from blocks.ratings(_bother(each, saying) for each in bothered)


def _bother(each: Json, saying: Saying) -> Block:
    now, before = each["now"], each.get("before", {})
    worst = now.get("worst")
    also = [saying.details(each["term"], now)]
    if "worst" in before:
        also.append(saying.pdf["brief"]["bothered_before"].format(value=before["worst"]))
    shown = saying.pdf["picked"] if worst is None else str(worst)
    return blocks.rating(saying.term(each["term"]), shown, worst, saying.joined(also))


def _far(brief: Json, saying: Saying) -> Iterator[Block]:
    said, told = saying.pdf["brief"], brief["detachment"]
    if told:
        yield blocks.heading(3, said["detachment"])
        yield from blocks.ratings(
            blocks.rating(plain(said[name]), str(told[name]), told[name]) for name in ("now", "before") if name in told
        )


def _opened(opened: Json | None, saying: Saying) -> Iterator[Block]:
    if not opened:
        return
    labels, pair = saying.said["items"], saying.pdf["pair"]
    answer = saying.answer(BREAKTHROUGH, opened["opened"]) if "opened" in opened else ""
    yield blocks.heading(2, saying.joined((saying.pdf["brief"]["breakthrough"], answer)))
    told = [pair.format(label=labels[name]["label"], value=value) for name, value in opened["items"].items()]
    if told:
        yield blocks.paragraph(saying.joined(told))
    for line in opened["lines"]:
        yield blocks.words(saying.said["prompts"][line["prompt_id"]], line["text"])


def _questionnaires(instruments: list[Json], saying: Saying) -> Iterator[Block]:
    """The latest totals, each with the published range it lies in, and where that was published."""
    said = saying.pdf["brief"]
    if not instruments:
        return
    yield blocks.heading(2, said["instruments"])
    sources: dict[str, None] = {}
    for it in instruments:
        title = saying.said["instruments"]["titles"][it["instrument"]]
        points = it["points"][-_TOTALS:]
        yield from blocks.beside([(title, [{"text": _total(point, it["highest"], saying)} for point in points])])
        sources |= {point["band"]["source"]: None for point in points if "band" in point}
    yield from (blocks.paragraph(source, "soft") for source in sources)


def _total(point: Json, highest: int, saying: Saying) -> str:
    said = saying.pdf["brief"]
    date = saying.brief_day(datetime.fromisoformat(point["happened_at"]))
    if "total" not in point:
        return str(said["no_total"]).format(date=date)
    total = said["total"].format(date=date, total=point["total"], highest=highest)
    if "band" not in point:
        return str(total)
    band = said["band"].format(**{name: point["band"][name] for name in ("name", "lowest", "highest")})
    return f"{total} ({band})"

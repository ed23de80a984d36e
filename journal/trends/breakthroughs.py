"""What opened up, session by session, with the lines the patient wrote; and how far away it felt."""

from journal.content.catalogue import catalogue
from journal.content.items import BREAKTHROUGH, DETACHMENT
from journal.trends.visits import NOTHING, Json, Visit

_ITEMS = tuple(it.id for it in catalogue().items if it.group == "breakthrough" and it.id != BREAKTHROUGH)
_LINES = frozenset(prompt.id for prompt in catalogue().prompts if prompt.breakthrough)


def breakthroughs(visit: Visit) -> Json | None:
    """What was said of an opening in this session, the latest answer of each kind; None when nothing was."""
    answers, lines = visit.answers, _lines(visit)
    items = {item: answers[item] for item in _ITEMS if item in answers}
    opened = {"opened": answers[BREAKTHROUGH]} if BREAKTHROUGH in answers else {}
    if not (items or lines or opened):
        return None
    return {"session_id": visit.id, **opened, "items": items, "lines": lines}


def _lines(visit: Visit) -> list[Json]:
    lines = []
    for _, name, _, _, _, row in visit.told:
        story = row.get("story")
        if story:
            for prompt, text in story.get("texts", NOTHING).items():
                if prompt in _LINES:
                    lines.append({"prompt_id": prompt, "text": text, "check_in_id": name})
    return lines


def detachment(visit: Visit) -> Json | None:
    """The furthest away it felt, as last told; None when it was not."""
    value = visit.answers.get(DETACHMENT)
    return None if value is None else {"session_id": visit.id, "value": value}

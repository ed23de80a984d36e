"""The codebook: what every table, column and id of the CSV export means, in words. Made from the catalogue."""

from collections.abc import Iterator
from functools import cache

from journal.content import as_json
from journal.content.messages import wording
from journal.export.csv_tables import TABLES, Row, Table

COLUMNS = ("table", "column", "value", "meaning")


@cache
def codebook() -> Table:
    """The codebook as one more table; it is the same for everybody."""
    rows = [*_about(), *_columns(), *_ids()]
    return Table("codebook", COLUMNS, lambda _: _copies(rows))


def _copies(rows: list[Row]) -> Iterator[Row]:
    return (list(row) for row in rows)


def _about() -> Iterator[Row]:
    said = wording()["codebook"]
    for text in said["about"]:
        yield ["", "", "", text]
    for table in TABLES:
        yield [table.name, "", "", said["tables"][table.name]]


def _columns() -> Iterator[Row]:
    said = wording()["codebook"]["columns"]
    for table in TABLES:
        for column in table.columns:
            yield [table.name, column, "", said.get(f"{table.name}.{column}") or said[column]]


def _ids() -> Iterator[Row]:
    known = as_json()
    for moment in known["moments"]:
        yield ["check_ins", "moment", moment["id"], moment["label"]]
    for fact in known["facts"]:
        yield from _options("sessions", fact["field"], fact.get("options", ()))
    for item in known["items"]:
        yield ["ratings", "question", item["id"], _with_anchors(item["question"], item.get("anchors"))]
        yield from _options("ratings", item["id"], item.get("options", ()))
    for term in known["terms"]:
        yield ["chips", "chip", term["id"], term["label"]]
        for name, column in (("directions", "direction"), ("aspects", "aspects"), ("where", "where")):
            yield from _options("chips", column, term.get(name, ()))
    yield from _options("chips", "chip", known["emotions"])
    yield from _options("chips", "passed", known["passed"])
    for valence in known["valence"]:
        yield ["chips", "valence", valence["value"], valence["label"]]
    for prompt in known["prompts"]:
        yield ["stories", "prompt", prompt["id"], prompt["label"]]
    yield from _questionnaires(known)


def _questionnaires(known: dict) -> Iterator[Row]:  # type: ignore[type-arg]
    for instrument in known["instruments"]:
        yield ["instruments", "instrument", instrument["id"], f"{instrument['title']}. {instrument['source']}"]
        for place, item in enumerate(instrument["items"], 1):
            yield ["instruments", "item", f"{instrument['id']} {place}", item["text"]]
        for answer in instrument["answers"]:
            yield ["instruments", "answer", answer["value"], answer["label"]]


def _options(table: str, column: str, options: list[dict[str, str]]) -> Iterator[Row]:
    for option in options:
        yield [table, column, option["id"], option["label"]]


def _with_anchors(question: str, anchors: dict[str, str] | None) -> str:
    if anchors is None:
        return question
    return f"{question} ({'; '.join(f'{value}: {said}' for value, said in anchors.items())})"

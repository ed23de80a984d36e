"""How dates, answers and picked terms are said on paper. All wording comes from the message file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from journal.content.catalogue import catalogue
from journal.content.messages import wording
from journal.export.pdf.written import Line, one_line, plain

Json = dict[str, Any]


@dataclass(frozen=True)
class Saying:
    """The words of one language, and what the patient calls sensations of their own."""

    own: Mapping[str, str]
    language: str = "en"
    pdf: Json = field(init=False)
    said: Json = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pdf", wording(self.language, "pdf"))
        object.__setattr__(self, "said", wording(self.language))

    def day(self, at: date) -> str:
        """14 September 2026."""
        return self._dated("date", at)

    def brief_day(self, at: date) -> str:
        """14 Sep 2026."""
        said: str = self.pdf["date"].format(day=at.day, month=self.pdf["months_short"][at.month - 1], year=at.year)
        return said

    def short(self, at: date) -> str:
        """Mon 14 September 2026."""
        return self._dated("short", at)

    def moment(self, text: str) -> str:
        """Mon 14 September 2026, 10:30, by the clock it was told by."""
        at = datetime.fromisoformat(text)
        return str(self.pdf["dated"]).format(date=self.short(at), time=f"{at:%H:%M}")

    def zoned(self, text: str, zone: str) -> str:
        """The same, with the zone and its offset."""
        at = datetime.fromisoformat(text)
        offset = f"{at:%z}"
        told = {"zone": zone.replace("_", " "), "offset": f"{offset[:3]}:{offset[3:5]}"}
        return self._dated("zoned", at, time=f"{at:%H:%M}", **told)

    def _dated(self, name: str, at: date, **more: str) -> str:
        weekday, month = self.pdf["weekdays"][at.weekday()], self.pdf["months"][at.month - 1]
        said: str = self.pdf[name].format(day=at.day, month=month, year=at.year, weekday=weekday, **more)
        return said

    def counted(self, said: Mapping[str, str], count: int) -> str:
        """A sentence with a number in it."""
        return said["one" if count == 1 else "other"].format(count=count)

    def term(self, name: str) -> list[Line]:
        """What a term is called: in our words, or the patient's where those are taken along."""
        known = self.said["terms"].get(name)
        if known is not None:
            return plain(known["label"])
        return one_line(self.own[name]) if name in self.own else plain(self.pdf["own"])

    def terms(self, names: Iterable[str]) -> list[Line]:
        """Several terms, one beside the other."""
        found = [line for name in names for line in self.term(name)]
        return [{**line, "text": self.pdf["list"].join(each["text"] for each in found)} for line in found[:1]]

    def answer(self, name: str, value: Any) -> str:
        """An answer in words, or its number."""
        item = catalogue().item[name]
        if item.kind == "rating":
            return str(value)
        if item.kind == "choice":
            return str(self.said["items"][name]["options"][value])
        return str(self.said["choices"][item.kind][value])

    def joined(self, parts: Iterable[str]) -> str:
        """Short things beside each other."""
        return str(self.pdf["dot"]).join(part for part in parts if part)

    def details(self, term: str, point: Mapping[str, Any]) -> str:
        """What was said of a picked term beside its number."""
        choices = self.said["choices"]
        said = [self._options(term, name, point[name]) for name in ("direction", "aspects", "where") if name in point]
        if "valence" in point:
            said.append(choices["valence"][str(point["valence"])])
        if "passed" in point:
            said.append(self.pdf["passed"].format(when=choices["passed"][point["passed"]]))
        if point.get("still_here"):
            said.append(self.pdf["still_here"])
        return self.joined(said)

    def _options(self, term: str, name: str, picked: Iterable[str]) -> str:
        labels = self.said["terms"].get(term, {}).get(name) or self.said["choices"][name]
        return str(self.pdf["list"]).join(labels[each] for each in picked)

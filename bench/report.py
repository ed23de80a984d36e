"""How a figure is shown."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Measured:
    """A ratio with its bar: `at_least` or `at_most`."""

    what: str
    ratios: list[float]
    bar: float
    at_least: bool
    note: str = ""

    @property
    def value(self) -> float:
        """The median of all rounds."""
        return median(self.ratios)

    @property
    def met(self) -> bool:
        """Whether the median keeps to the bar."""
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def line(self) -> str:
        """One line for people."""
        sign = ">=" if self.at_least else "<="
        verdict = "met" if self.met else "MISSED"
        spread = f"{min(self.ratios):.2f}-{max(self.ratios):.2f}"
        return f"{self.what:<58} {self.value:5.2f}  ({spread})  bar {sign} {self.bar}: {verdict}  {self.note}"

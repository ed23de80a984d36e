"""How a figure is shown."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Measured:
    """A ratio with its bar: `at_least` or `at_most`; without a bar it is there for comparison."""

    what: str
    ratios: list[float]
    bar: float | None
    at_least: bool = False
    note: str = ""

    @property
    def value(self) -> float:
        """The median of all rounds."""
        return median(self.ratios)

    @property
    def met(self) -> bool:
        """Whether the median keeps to the bar."""
        if self.bar is None:
            return True
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def line(self) -> str:
        """One line for people."""
        spread = f"({min(self.ratios):.2f}-{max(self.ratios):.2f})"
        return f"{self.what:<66} {self.value:5.2f}  {spread:<14} {self._verdict():<18}  {self.note}".rstrip()

    def _verdict(self) -> str:
        if self.bar is None:
            return "for comparison"
        return f"bar {'>=' if self.at_least else '<='} {self.bar}: {'met' if self.met else 'MISSED'}"

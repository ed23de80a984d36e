"""The shapes of the catalogue: what can be asked, when, and what counts as an answer. No wording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Kind = Literal["rating", "yes_no", "choice", "passed", "number", "text"]
List = Literal["noticed", "bothered"]
Value = int | float | str

LOWEST, HIGHEST = 0, 10


@dataclass(frozen=True)
class Condition:
    """Ask only when an earlier answer of the same session is one of these, or an earlier text was written."""

    item: str = ""
    any_of: tuple[Value, ...] = ()
    prompt: str = ""


@dataclass(frozen=True)
class Item:
    """One question with one answer; the answer stands under its id in `answers`."""

    id: str
    group: str
    kind: Kind = "rating"
    options: tuple[str, ...] = ()
    only_if: Condition | None = None


@dataclass(frozen=True)
class Term:
    """One chip of a list: something a patient can pick, and the details each pick may carry.

    `landing` is its place on the short list of the landing check-in (1 is first; 0: only on the long list).
    """

    id: str
    list: List
    group: str
    details: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    landing: int = 0


@dataclass(frozen=True)
class Prompt:
    """An invitation to write; the words stand under its id in `texts`. `once`: for the first session only."""

    id: str
    group: str
    once: bool = False
    breakthrough: bool = False
    only_if: Condition | None = None


@dataclass(frozen=True)
class Fact:
    """Something true of a session or a course as a whole; `field` names the member that holds it."""

    id: str
    of: Literal["session", "course"]
    field: str
    kind: str
    options: tuple[str, ...] = ()
    suggestions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Derived:
    """A term of the vocabulary that is never asked: it is read from other answers."""

    id: str
    of: tuple[str, ...]


ScreenKind = Literal[
    "start", "items", "noticed", "bothered", "details", "emotions", "still_here", "prompts", "instruments"
]


@dataclass(frozen=True)
class Screen:
    """One screen of a check-in. `carried`: starts from what was picked earlier in the same session."""

    kind: ScreenKind
    items: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    carried: bool = False


@dataclass(frozen=True)
class Moment:
    """A time to check in. Hours are real elapsed ones from the start of the session; before it they are negative.

    `accept_until_hours`: how long the check-in stays on offer, when that is longer than its usual window.
    """

    id: str
    opens_after_hours: float | None
    closes_after_hours: float | None
    screens: tuple[Screen, ...]
    accept_until_hours: float | None = None
    facts: tuple[str, ...] = ()

    @property
    def asks(self) -> tuple[str, ...]:
        """The ids of its items, in order."""
        return tuple(item for screen in self.screens for item in screen.items)

    @property
    def prompts(self) -> tuple[str, ...]:
        """The ids of its prompts, in order."""
        return tuple(prompt for screen in self.screens for prompt in screen.prompts)

    @property
    def offered_until_hours(self) -> float | None:
        """When it stops being offered."""
        return self.accept_until_hours or self.closes_after_hours

    def has(self, kind: str) -> bool:
        """Whether one of its screens is of this kind."""
        return any(screen.kind == kind for screen in self.screens)


@dataclass(frozen=True)
class Safety:
    """A static sentence shown to everyone; `shown` says where, `source` to whom it is attributed."""

    id: str
    source: str
    shown: tuple[str, ...]

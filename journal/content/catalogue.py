"""The catalogue: everything that can be asked, in one value, and the look-ups that validation reads."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from journal.content.facts import FACTS, SAFETY
from journal.content.instruments import OFFERED, Instrument
from journal.content.items import DERIVED, ITEMS, PROMPTS
from journal.content.moments import MOMENTS
from journal.content.structure import Derived, Fact, Item, List, Moment, Prompt, Safety, Term
from journal.content.terms import OWN_DETAILS, TERMS

VERSION = "1"

LISTS: tuple[List, ...] = ("noticed", "bothered")
GROUPS = (
    "body", "perception", "vision", "hearing", "detachment", "mind", "state", "side_effect",
    "emotion", "breakthrough", "day", "step", "longer_term", "preparation", "story", "own",
)

_OWN = re.compile(r"own\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def is_own(term_id: str) -> bool:
    """Whether a term is a sensation of the patient's own: `own.` and the id of the addition."""
    return _OWN.fullmatch(term_id) is not None


def own_terms(ratings: Iterable[Mapping[str, Any]]) -> set[str]:
    """The ids of the additions that the ratings of check-ins speak of."""
    lists = (each.get(name, ()) for each in ratings for name in (*LISTS, "still_here"))
    return {term.removeprefix("own.") for terms in lists for term in terms if is_own(term)}


@dataclass(frozen=True)
class Catalogue:
    """Every moment, item, term, prompt, fact and questionnaire, with look-ups by id."""

    moments: tuple[Moment, ...]
    items: tuple[Item, ...]
    terms: tuple[Term, ...]
    prompts: tuple[Prompt, ...]
    facts: tuple[Fact, ...]
    derived: tuple[Derived, ...]
    instruments: tuple[Instrument, ...]
    safety: tuple[Safety, ...]

    @cached_property
    def moment(self) -> Mapping[str, Moment]:
        """Moments by id."""
        return {moment.id: moment for moment in self.moments}

    @cached_property
    def item(self) -> Mapping[str, Item]:
        """Items by id."""
        return {item.id: item for item in self.items}

    @cached_property
    def term(self) -> Mapping[str, Term]:
        """Terms by id; a patient's own ones are not here."""
        return {term.id: term for term in self.terms}

    @cached_property
    def prompt(self) -> Mapping[str, Prompt]:
        """Prompts by id."""
        return {prompt.id: prompt for prompt in self.prompts}

    @cached_property
    def instrument(self) -> Mapping[str, Instrument]:
        """Offered questionnaires by id."""
        return {instrument.id: instrument for instrument in self.instruments}

    def details(self, term_id: str, on_list: str) -> tuple[str, ...] | None:
        """The details a pick may carry on this list; None when the term does not belong to it."""
        if is_own(term_id):
            return OWN_DETAILS[on_list]
        term = self.term.get(term_id)
        return term.details if term is not None and term.list == on_list else None

    def landing_terms(self, on_list: str) -> tuple[Term, ...]:
        """The chips of the landing check-in, in their order on the screen."""
        chips = (term for term in self.terms if term.list == on_list and term.landing)
        return tuple(sorted(chips, key=lambda term: term.landing))

    def moments_of_item(self, item_id: str) -> tuple[str, ...]:
        """The moments that ask an item."""
        return tuple(moment.id for moment in self.moments if item_id in moment.asks)

    def moments_of_prompt(self, prompt_id: str) -> tuple[str, ...]:
        """The moments that offer a prompt."""
        return tuple(moment.id for moment in self.moments if prompt_id in moment.prompts)

    def moments_of_term(self, term: Term) -> tuple[str, ...]:
        """The moments whose list offers a term: landing shows the short list, the next day the long one."""
        return tuple(m.id for m in self.moments if m.has(term.list) and (term.landing or m.id != "landing"))


@cache
def catalogue() -> Catalogue:
    """The one catalogue."""
    return Catalogue(MOMENTS, ITEMS, TERMS, PROMPTS, FACTS, DERIVED, OFFERED, SAFETY)



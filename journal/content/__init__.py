"""What a journal is about: moments, scales, sensations, questionnaires, codes, whom to call. Pure.

`catalogue()` is the structure that validation reads; `as_json()` adds the wording, for screens and exports.
"""

from journal.content.catalogue import VERSION, Catalogue, catalogue, is_own, own_terms
from journal.content.published import as_json

__all__ = ["VERSION", "Catalogue", "as_json", "catalogue", "is_own", "own_terms"]

"""Which column holds which kind of sealed value, so that each can be looked at without a key that opens it."""

from collections.abc import Mapping, Sequence

_SECTION = {"about_key": ("section_key",), "about": ("section_body",)}
_ROW = {
    "ratings_key": ("section_key",), "ratings": ("section_body",),
    "story_key": ("section_key",), "story": ("section_body",),
}  # fmt: skip
LOCK, IDENTITY = "lock", "public_identity"
# More than one kind where the row says which: the log is written under a share, or by the patient.
KINDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "accounts": {"public_identity": (IDENTITY,), "profile_key": ("section_key",), "profile": ("section_body",)},
    "ways_in": {"wrap": (LOCK,)},
    "sign_ins": {**_SECTION, "wrap": (LOCK,)},
    "export_tokens": {"wrap": (LOCK,)},
    "courses": _ROW,
    "dosing_sessions": _ROW,
    "check_ins": _ROW,
    "additions": _ROW,
    "devices": _SECTION,
    "deposits": {"blob": ("deposit",)},
    "pins": _SECTION,
    "shares": {**_SECTION, "letter": (LOCK,)},
    "lent": {"key": ("lent_key",)},
    "share_notes": {"body": ("note",)},
    "reviews": _SECTION,
    "access_log": {"key": ("section_key",), "body": ("note", "section_body")},
    "returns": {"letter": (LOCK,)},
    "returned_rows": {"body": ("note",)},
    "imports": _SECTION,
}

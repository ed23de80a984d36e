"""The wording, one file a language. "catalogue", "fhir" and "pdf" are read here; "app" belongs to the front end."""

from functools import cache
from importlib.resources import files
from typing import Any

import orjson

LANGUAGES = ("en",)


@cache
def wording(language: str = "en", area: str = "catalogue") -> dict[str, Any]:
    """The words of an area, by kind and id; raises KeyError for a language there is no file for."""
    if language not in LANGUAGES:
        raise KeyError(language)
    text = files(__name__).joinpath(f"{language}.json").read_bytes()
    words: dict[str, Any] = orjson.loads(text)[area]
    return words

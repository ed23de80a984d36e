"""The wording, one file a language. The key "catalogue" is read here; "app" belongs to the front end."""

from functools import cache
from importlib.resources import files
from typing import Any

import orjson

LANGUAGES = ("en",)


@cache
def wording(language: str = "en") -> dict[str, Any]:
    """The words of the catalogue, by kind and id; raises KeyError for a language there is no file for."""
    if language not in LANGUAGES:
        raise KeyError(language)
    text = files(__name__).joinpath(f"{language}.json").read_bytes()
    words: dict[str, Any] = orjson.loads(text)["catalogue"]
    return words

"""Writes what the front end is built from: the catalogue, and the description of the API.

python -m journal.publish catalogue|openapi FILE
"""

import sys
import tempfile
from pathlib import Path

import orjson

from config import Settings
from journal.content import as_json


def main() -> None:
    """Write one of them."""
    what, file = sys.argv[1], Path(sys.argv[2])
    file.parent.mkdir(parents=True, exist_ok=True)
    value = _openapi() if what == "openapi" else as_json()
    file.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def _openapi() -> object:
    from journal import create_app
    from journal.web import openapi

    with tempfile.TemporaryDirectory() as folder:
        return openapi.document(create_app(throwaway(Path(folder))))


def throwaway(folder: Path) -> Settings:
    """Settings for an app that will never keep anything."""
    store = f"sqlite:///{folder / 'nothing.sqlite3'}"
    return Settings(
        data=folder,
        origin="http://localhost",
        production=False,
        registration="closed",
        database_url=store,
        keyring_url=store,
        pepper=bytes(32),
    )


if __name__ == "__main__":
    main()

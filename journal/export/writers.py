"""The kinds of file an export can be: how each is written, called and named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from journal.export import csv_files, json_file
from journal.export.material import Material


@dataclass(frozen=True)
class Writer:
    """One kind of file."""

    media: str
    extension: str
    write: Callable[[Material], Iterator[bytes]]


WRITERS = {
    "json": Writer("application/json", "json", json_file.written),
    "csv": Writer("application/zip", "zip", csv_files.written),
}

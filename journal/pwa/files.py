"""The built front end, read once: each file with its type, its compressed twin and how long it may be kept."""

import gzip
import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

# Named by their content, so a name never changes its meaning.
FOREVER = "public, max-age=31536000, immutable"
# Kept, but asked about every time: a new version must be seen.
ASK_FIRST = "no-cache"
COMPRESSIBLE = ("text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml")


@dataclass(frozen=True)
class File:
    """A file as it is sent."""

    content: bytes
    compressed: bytes | None
    mimetype: str
    etag: str
    cache_control: str


def read_all(folder: Path) -> dict[str, File]:
    """Every file below `folder` by its path in the site; empty when nothing is built."""
    return {
        path.relative_to(folder).as_posix(): _read(path, forever=path.parent.name == "assets")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _read(path: Path, *, forever: bool) -> File:
    content = path.read_bytes()
    mimetype = _mimetype(path)
    small = gzip.compress(content, 9, mtime=0) if mimetype.startswith(COMPRESSIBLE) else None
    etag = sha256(content).hexdigest()[:32]
    return File(content, small, mimetype, etag, FOREVER if forever else ASK_FIRST)


def _mimetype(path: Path) -> str:
    known = {".webmanifest": "application/manifest+json", ".js": "text/javascript"}
    return known.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"

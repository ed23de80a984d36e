"""Finds words in files however they were written: plain, UTF-16, base64, hex, or inside gzip and zlib streams."""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

MOST = 1 << 20
STREAMS = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")


def variants(word: str) -> Iterator[bytes]:
    """Every way a word may stand in a file. Words are ASCII of 12 characters or more, so none is there by chance."""
    plain = word.encode()
    yield plain
    yield word.encode("utf-16-le")
    yield word.encode("utf-16-be")
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    for shift in range(3):
        # Of a base64 text only the characters wholly made of the word are the same whatever stands around it.
        encoded = base64.b64encode(bytes(shift) + plain)
        first, last = -(-shift * 8 // 6), (shift + len(plain)) * 8 // 6
        yield encoded[first:last]


def found_in(files: Iterable[Path], words: Iterable[str]) -> dict[str, set[str]]:
    """The words found, each with the names of the files that hold it."""
    word_of = {form: word for word in words for form in variants(word)}
    matcher = re.compile(_any_of(sorted(word_of)))
    found: dict[str, set[str]] = {}
    for file in files:
        content = file.read_bytes()
        for layer in (content, *_unpacked(content)):
            for match in matcher.finditer(layer):
                found.setdefault(word_of[match.group()], set()).add(file.name)
    return found


def _any_of(forms: list[bytes]) -> bytes:
    """A pattern for sorted forms, as a tree of beginnings: a plain list of thousands would be tried from end to end."""
    if len(forms) == 1:
        return re.escape(forms[0])
    branches = [(first, [form[1:] for form in same]) for first, same in groupby(forms, lambda form: form[:1])]
    return b"(?:" + b"|".join(re.escape(first) + _any_of(rest) for first, rest in branches) + b")"


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What any compressed stream in the content holds, as far as it can be read."""
    whole = memoryview(content)
    for start in STREAMS.finditer(content):
        reader = zlib.decompressobj(zlib.MAX_WBITS | 32)
        try:
            yield reader.decompress(whole[start.start() : start.start() + MOST], MOST)
        except zlib.error:
            continue

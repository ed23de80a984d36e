"""What is inside a backup: records of rows, the same for every engine. FORMAT.md, section 15, is the truth."""

import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

MANIFEST, ROWS, END = 1, 2, 3
LONGEST = 16 * 1024 * 1024

_HEAD = struct.Struct(">BI")
_INDEX = struct.Struct(">H")
_LENGTH = struct.Struct(">I")
_WHOLE = struct.Struct(">q")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NOTHING, _NUMBER, _BYTES, _TEXT, _INSTANT, _FALSE, _TRUE = range(7)

Row = Sequence[Any]


class Malformed(Exception):
    """Not what FORMAT.md says."""


@dataclass(frozen=True)
class Manifest:
    """Which store it is, at which schema, made when and by which version; and its tables, in the order to fill them."""

    store: str
    schema: str
    version: str
    made_at: str
    tables: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Rows:
    """Some rows of one table, values in the order of its columns."""

    table: str
    rows: Sequence[Row]


def manifest_record(manifest: Manifest) -> bytes:
    """The first record."""
    return _json_record(MANIFEST, asdict(manifest))


def rows_record(index: int, rows: Sequence[bytes]) -> bytes:
    """Rows, each as `packed` gave it, of the table with this index."""
    return _record(ROWS, _INDEX.pack(index) + b"".join(rows))


def end_record(counts: Mapping[str, int]) -> bytes:
    """The last record: how many rows of each table there were."""
    return _json_record(END, {"rows": counts})


def packed(row: Iterable[Any]) -> bytes:
    """One row, value by value."""
    return b"".join([_packed(value) for value in row])


def contents(pieces: Iterable[bytes]) -> Iterator[Manifest | Rows]:
    """A backup's manifest, then its rows; `Malformed` for anything that is not just as it should be."""
    records = _records(pieces)
    manifest = _manifest(next(records, (0, b"")))
    yield manifest
    names, counts, at, ended = list(manifest.tables), dict.fromkeys(manifest.tables, 0), 0, False
    for kind, body in records:
        if ended or kind not in (ROWS, END):
            raise Malformed("a record where none belongs")
        if kind == END:
            ended = True
            if _json(body).get("rows") != counts:
                raise Malformed("other rows than it says")
            continue
        index = _INDEX.unpack_from(body)[0] if len(body) >= _INDEX.size else len(names)
        if not at <= index < len(names):
            raise Malformed("rows of no table, or out of order")
        at, name = index, names[index]
        rows = _rows(body, len(manifest.tables[name]))
        counts[name] += len(rows)
        yield Rows(name, rows)
    if not ended:
        raise Malformed("no end")


def _packed(value: Any) -> bytes:
    if value is None:
        return bytes([_NOTHING])
    kind = type(value)
    if kind is bytes:
        return b"".join((_BYTES_TAG, _LENGTH.pack(len(value)), value))
    if kind is int:
        return _NUMBER_TAG + _WHOLE.pack(value)
    if kind is datetime:
        since = (value if value.tzinfo else value.replace(tzinfo=UTC)) - _EPOCH
        return _INSTANT_TAG + _WHOLE.pack(since // _MICROSECOND)
    if kind is bool:
        return bytes([_TRUE if value else _FALSE])
    if kind is str:
        encoded: bytes = value.encode()
        return bytes([_TEXT]) + _LENGTH.pack(len(encoded)) + encoded
    raise TypeError(f"a value of a type that no column has: {kind.__name__}")


_BYTES_TAG, _NUMBER_TAG, _INSTANT_TAG = bytes([_BYTES]), bytes([_NUMBER]), bytes([_INSTANT])


def _rows(body: bytes, width: int) -> list[list[Any]]:
    rows, at = [], _INDEX.size
    if not width:
        raise Malformed("a table without columns")
    try:
        while at < len(body):
            row = []
            for _ in range(width):
                value, at = _value(body, at)
                row.append(value)
            rows.append(row)
    except (struct.error, IndexError, ValueError, OverflowError):
        raise Malformed("a value that is none") from None
    return rows


def _value(body: bytes, at: int) -> tuple[Any, int]:
    tag, at = body[at], at + 1
    if tag in (_BYTES, _TEXT):
        (length,) = _LENGTH.unpack_from(body, at)
        at += _LENGTH.size
        found = body[at : at + length]
        if len(found) != length:
            raise Malformed("a value that is not whole")
        return (found if tag == _BYTES else found.decode()), at + length
    if tag in (_NUMBER, _INSTANT):
        (number,) = _WHOLE.unpack_from(body, at)
        return (number if tag == _NUMBER else _EPOCH + number * _MICROSECOND), at + _WHOLE.size
    if tag in (_NOTHING, _FALSE, _TRUE):
        return {_NOTHING: None, _FALSE: False, _TRUE: True}[tag], at
    raise Malformed("a tag that is none")


def _records(pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Records as they become whole; never more than one of them and a piece in memory."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= _HEAD.size:
            kind, length = _HEAD.unpack_from(waiting)
            if length > LONGEST:
                raise Malformed("a record that is too long")
            if len(waiting) < _HEAD.size + length:
                break
            body = bytes(waiting[_HEAD.size : _HEAD.size + length])
            del waiting[: _HEAD.size + length]
            yield kind, body
    if waiting:
        raise Malformed("a record that is not whole")


def _manifest(record: tuple[int, bytes]) -> Manifest:
    kind, body = record
    if kind != MANIFEST:
        raise Malformed("no manifest")
    try:
        found = Manifest(**_json(body))
        texts = (found.store, found.schema, found.version, found.made_at)
        whole = all(isinstance(text, str) for text in texts) and datetime.fromisoformat(found.made_at).tzinfo
        names = [name for name, columns in found.tables.items() if len(set(columns)) == len(columns)]
        if not whole or len(names) != len(found.tables):
            raise ValueError
    except (TypeError, ValueError, AttributeError):
        raise Malformed("a manifest that is none") from None
    return found


def _json(body: bytes) -> Any:
    try:
        found = json.loads(body, object_pairs_hook=_once)
    except ValueError:
        raise Malformed("not JSON") from None
    if not isinstance(found, dict):
        raise Malformed("not an object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name twice")
    return dict(pairs)


def _json_record(kind: int, value: Any) -> bytes:
    return _record(kind, json.dumps(value, separators=(",", ":")).encode())


def _record(kind: int, body: bytes) -> bytes:
    if len(body) > LONGEST:
        raise ValueError("a record that is too long")
    return _HEAD.pack(kind, len(body)) + body

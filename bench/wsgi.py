"""The app with one more route, for comparison: a bare durable insert in the same stack, with nothing else about it.

With BENCH_SEALING=off, sections are padded and stored as they are: what a POST would cost if nothing were sealed.
"""

import os

from flask import Response, request
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, insert

from journal import create_app
from journal.crypto import Keyring, Place, SealedSection
from journal.database import db, writing
from journal.web.contract import for_anyone

bare = Table("bench_bare", MetaData(), Column("id", Integer, primary_key=True), Column("body", LargeBinary))


seal = Keyring.seal


def unsealed(keyring: Keyring, place: Place, plaintext: bytes) -> SealedSection:
    """Check-ins as long as sealed ones, and not sealed; whatever must be opened again stays as it is."""
    if place.kind != "check_in":
        return seal(keyring, place, plaintext)
    room = 512
    while room < len(plaintext) + 4:
        room *= 2
    return SealedSection(bytes(70), plaintext.ljust(room, b"\0"))


if os.environ.get("BENCH_SEALING") == "off":
    Keyring.seal = unsealed  # type: ignore[method-assign]

app = create_app()
with app.app_context():
    bare.metadata.create_all(db.engine)


@app.post("/bench/bare")
@for_anyone
def insert_bare() -> Response:
    """One row of 1 KiB, durable before the answer."""
    body = request.get_data()
    with writing() as connection:
        connection.execute(insert(bare), {"body": body[:1024].ljust(1024, b"\0")})
    return Response(status=201)

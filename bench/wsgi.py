"""The app with three more routes, for comparison: a bare durable insert in the same stack, and behind its guard.

And with the sealing taken out for whoever asks for that.
"""

import os

from flask import Response, request
from sqlalchemy import insert

from bench.bare import BARE, UNSEALED
from journal import create_app
from journal.accounts.service import Owner
from journal.crypto import Keyring, Place, SealedSection
from journal.database import write, writing
from journal.web.contract import for_anyone, for_patient

app = create_app()
seal = Keyring.seal
# As little to be made smaller by a database as what is sealed.
NOISE = os.urandom(256 * 1024)


def seal_unless_asked(keyring: Keyring, place: Place, plaintext: bytes) -> SealedSection:
    """A section as it is stored; or one as long that is not sealed."""
    if request.environ["QUERY_STRING"] != UNSEALED:
        return seal(keyring, place, plaintext)
    room = 512
    while room < len(plaintext) + 4:
        room *= 2
    return SealedSection(NOISE[:70], plaintext + NOISE[len(plaintext) : room])


Keyring.seal = seal_unless_asked  # type: ignore[method-assign]


@app.post("/bench/bare")
@for_anyone
def insert_bare() -> Response:
    """One row of 1 KiB in a transaction, durable before the answer."""
    with writing() as connection:
        connection.execute(insert(BARE), _row())
    return Response(status=201)


@app.post("/bench/alone")
@for_anyone
def insert_alone() -> Response:
    """The same without BEGIN and COMMIT, as a check-in is kept."""
    write(insert(BARE), _row())
    return Response(status=201)


@app.post("/bench/guarded")
@for_patient
def insert_guarded(_owner: Owner) -> Response:
    """The same for somebody who is signed in: what the framework leaves of it."""
    write(insert(BARE), _row())
    return Response(status=201)


def _row() -> dict[str, bytes]:
    return {"body": request.get_data()[:1024].ljust(1024, b"\0")}

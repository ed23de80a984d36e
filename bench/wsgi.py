"""The app with one more route, for comparison: a bare durable insert in the same stack, with nothing else about it."""

from flask import Response, request
from sqlalchemy import insert

from bench.bare import BARE
from journal import create_app
from journal.database import write
from journal.web.contract import for_anyone

app = create_app()


@app.post("/bench/bare")
@for_anyone
def insert_bare() -> Response:
    """One row of 1 KiB, durable before the answer."""
    body = request.get_data()
    write(insert(BARE), {"body": body[:1024].ljust(1024, b"\0")})
    return Response(status=201)

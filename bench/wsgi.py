"""The app with one more route, for comparison: a bare durable insert in the same stack, with nothing else about it."""

from flask import Response, request
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, insert

from journal import create_app
from journal.database import db, writing
from journal.web.contract import for_anyone

bare = Table("bench_bare", MetaData(), Column("id", Integer, primary_key=True), Column("body", LargeBinary))

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

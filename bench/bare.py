"""The table of the bare durable insert: a number, and a body of 1 KiB."""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table

BARE = Table("bench_bare", MetaData(), Column("id", Integer, primary_key=True), Column("body", LargeBinary))

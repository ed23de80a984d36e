"""The query string of a list."""

from marshmallow import Schema, fields, validate

MOST = 100


class PageQuery(Schema):
    """How many rows at most, and where to go on."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, MOST), metadata={"description": "rows a page"})
    cursor = fields.String(
        load_default=None, validate=validate.Length(max=64), metadata={"description": "`next` of the page before"}
    )

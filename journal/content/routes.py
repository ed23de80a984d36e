"""The catalogue over HTTP. It holds nothing of anyone's, so it may be kept by whoever reads it."""

from hashlib import sha256

import orjson
from flask import Blueprint, Response, request
from marshmallow import INCLUDE, Schema, fields

from journal.content import as_json
from journal.web.contract import answers, for_anyone
from journal.web.wire import respond

blueprint = Blueprint("content", __name__, url_prefix="/api/v1")

_ETAG = sha256(orjson.dumps(as_json())).hexdigest()[:32]


class Catalogue(Schema):
    """Everything that can be asked, with its wording. See journal/content."""

    version = fields.String(required=True)
    language = fields.String(required=True)
    moments = fields.List(fields.Dict(), required=True)
    groups = fields.List(fields.Dict(), required=True)
    items = fields.List(fields.Dict(), required=True)
    terms = fields.List(fields.Dict(), required=True)
    prompts = fields.List(fields.Dict(), required=True)
    instruments = fields.List(fields.Dict(), required=True)

    class Meta:
        """Further members may come; a reader leaves what it does not know."""

        unknown = INCLUDE


@blueprint.get("/catalogue")
@for_anyone
@answers(Catalogue())
def read_catalogue() -> Response:
    """Read the catalogue: moments, questions, terms, questionnaires and their wording."""
    response = respond(as_json(), headers={"Cache-Control": "public, max-age=3600"})
    response.set_etag(_ETAG)
    response.make_conditional(request)
    return response

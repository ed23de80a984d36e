"""The series over HTTP."""

from flask import Blueprint

from journal.accounts.service import Owner
from journal.trends import schemas, service
from journal.trends.visits import Json
from journal.web.contract import answers, expects_query, for_patient

blueprint = Blueprint("trends", __name__, url_prefix="/api/v1")


@blueprint.get("/trends")
@for_patient
@answers(schemas.Trends())
def read_trends(owner: Owner) -> Json:
    """Read how sensations, mood, what bothered, breakthroughs and questionnaires change across sessions."""
    return service.trends(owner)


@blueprint.get("/trends/comparison")
@for_patient
@expects_query(schemas.ComparisonQuery())
@answers(schemas.Comparison())
def read_comparison(owner: Owner, query: Json) -> Json:
    """Read two sessions side by side."""
    return service.compare(owner, query["first"], query["second"])

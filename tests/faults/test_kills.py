"""Nothing acknowledged is lost and nothing is there twice, whatever is killed while it is written."""

import pytest

from tests.faults.afterwards import Found
from tests.faults.torture import Counts, torture

pytestmark = pytest.mark.slow

# Together with the other engine 20 kills and 5,000 writes; `make torture` has more.
KILLS, WRITES = 10, 2_500


@pytest.mark.parametrize(
    "engine",
    [pytest.param(engine, marks=pytest.mark.xdist_group(f"kills {engine}")) for engine in ("sqlite", "postgres")],
)
def test_what_was_acknowledged_is_there_once_and_what_was_not_is_whole_or_not_at_all(engine, tmp_path):
    outcome = torture(engine, Counts(KILLS, WRITES), tmp_path)

    said = "\n".join(outcome.lines())
    assert outcome.found == Found(), said
    assert outcome.killed.total() == KILLS, said
    assert outcome.progress.acknowledged >= WRITES, said
    assert not outcome.progress.surprises, said
    assert not outcome.tracebacks, said

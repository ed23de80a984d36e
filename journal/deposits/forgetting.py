"""What a phone handed in goes with the check-in that it became: a restore must not file it again."""

from collections.abc import Container, Iterable, Sequence

from sqlalchemy import Connection, select

from journal.accounts.service import Owner
from journal.deposits.models import DEPOSITS
from journal.sessions.kinds import CHECK_IN
from journal.sessions.service import replay_in

NAME = "deposit"
_AT_ONCE = 500


def of_check_ins(c: Connection, owner: Owner, gone: Sequence[tuple[str, bytes]]) -> Iterable[tuple[str, bytes]]:
    """The deposits that became these check-ins. Here they hold nothing any more; in a backup they may."""
    ids = [row_id for kind, row_id in gone if kind == CHECK_IN.name]
    for first in range(0, len(ids), _AT_ONCE):
        few = DEPOSITS.c.check_in_id.in_(ids[first : first + _AT_ONCE])
        query = select(DEPOSITS.c.id).where(DEPOSITS.c.account_id == owner.account_id, few)
        yield from ((NAME, each) for each in c.execute(query).scalars().all())


def replay(erased: Container[bytes]) -> int:
    """Delete the deposits that a restore brought back; how many there were."""
    return replay_in(DEPOSITS, NAME, erased)

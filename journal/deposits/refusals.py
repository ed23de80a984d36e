"""The ways this room says no."""

from journal.errors import Problem


class DepositExists(Problem):
    """Other bytes were handed in under this id. A client that follows the format never meets this."""

    slug, status, title = "deposit-exists", 409, "Something else is there"
    detail = "Another deposit has this id. Seal it anew under an id of its own."


class TooManyDeposits(Problem):
    """This phone hands in faster than anybody writes."""

    slug, status, title = "too-many-deposits", 429, "Too many at once"
    detail = "Wait a little, then send it again. Keep it on the phone until then."

    def __init__(self, seconds: int) -> None:
        super().__init__(headers={"Retry-After": str(max(1, seconds))})


class DepositBoxFull(Problem):
    """So much waits that the owner must sign in before more is taken."""

    slug, status, title = "deposit-box-full", 507, "Too much is waiting"
    detail = "Sign in once, so that what is waiting is added to the journal. Keep this on the phone until then."

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "3600"})

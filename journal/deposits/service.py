"""What this room does for others: its routes, the guard, the operator's commands."""

from journal.deposits.clerk import Case
from journal.deposits.devices import Depositor, DeviceView, Paired, drop, find, listed, of_owner, pair, rename
from journal.deposits.documents import Check, Checked
from journal.deposits.filing import Filing, Seen, decide, file, remove, waiting
from journal.deposits.forgetting import of_check_ins
from journal.deposits.forgetting import replay as replay_erasures
from journal.deposits.receipts import sweep
from journal.deposits.receiving import Room, receive

__all__ = [
    "Case",
    "Check",
    "Checked",
    "Depositor",
    "DeviceView",
    "Filing",
    "Paired",
    "Room",
    "Seen",
    "decide",
    "drop",
    "file",
    "find",
    "listed",
    "of_check_ins",
    "of_owner",
    "pair",
    "receive",
    "remove",
    "rename",
    "replay_erasures",
    "sweep",
    "waiting",
]

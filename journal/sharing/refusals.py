"""The ways this room says no."""

from journal.errors import Fault, Invalid, Problem


class CardRefused(Problem):
    """A card that is damaged, past its time, or of nobody who can review."""

    slug, status, title = "card-refused", 422, "This code cannot be used"
    detail = "It is damaged or past its time. Ask for a new one: it is made in a moment."


class KeyDiffers(Problem):
    """The keys published for somebody are not those that were kept. Nothing is lent to them."""

    slug, status, title = "key-differs", 409, "Their keys are not the ones you kept"
    detail = (
        "Nothing was shared and nothing was changed. Somebody may be trying to read in their place. "
        "Tell them and whoever runs this journal, and meet them again before you share anything more."
    )


class Left(Problem):
    """The reviewer's account is gone or was shut."""

    slug, status, title = "reviewer-left", 409, "They have no account here any more"
    detail = "Nothing was changed. They can read nothing of yours."


class NotVerified(Problem):
    """Sharing with somebody whose keys came by a link needs to be asked for."""

    slug, status, title = "not-verified", 409, "You have not verified who this is"
    detail = "Compare the digits with them in person, or say that you want to share all the same (`not_verified`)."


class Held(Problem):
    """In the hours after a dose nothing more is lent."""

    slug, status, title = "held", 409, "The hold has not ended yet"
    detail = "Nothing was shared. In the hours after a session nothing new is shared; taking back always works."

    def __init__(self, held_until: str) -> None:
        super().__init__(members={"held_until": held_until})


class Ended(Problem):
    """The share is over; a new one can be made."""

    slug, status, title = "share-ended", 409, "This share has ended"
    detail = "Nothing was changed. Make a new share to lend something again."


class InUse(Problem):
    """Somebody who still can read something cannot be forgotten."""

    slug, status, title = "in-use", 409, "They can still read something"
    detail = "Take back what you share with them first."


class NameNeeded(Problem):
    """A card needs a name on it."""

    slug, status, title = "name-needed", 409, "Your name is missing"
    detail = "Set `display_name` in your settings first: it is what patients see."


class DigitsDiffer(Problem):
    """The digits read out are not those of the other journal's keys."""

    slug, status, title = "digits-differ", 409, "The digits are not the same"
    detail = "Nothing was given back. Compare them again; if they still differ, somebody may be between the two of you."


def invalid(pointer: str, detail: str) -> Invalid:
    """One thing that cannot be."""
    return Invalid(faults=[Fault(pointer, detail)])

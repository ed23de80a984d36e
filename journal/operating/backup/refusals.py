"""Why a backup cannot be made, read or put back, in a sentence that says what to do."""


class Unusable(Exception):
    """What was asked for was not done; nothing was changed, unless the sentence says so."""

"""What a copy that is made for somebody says of itself, in any kind of file: what was consented to, and what not."""

from collections.abc import Iterator

from journal.content.messages import wording
from journal.export.material import Shared


def sentences(shared: Shared) -> Iterator[str]:
    """Whom it is shared with, what the patient chose to share, what for, and that it is not to be passed on."""
    said = wording(area="pdf")["shared"]
    scope = said["and"].join(said["sections"][name] for name in shared.sections)
    yield said["title"].format(whom=shared.whom)
    yield said["scope"].format(scope=scope)
    if shared.what_for:
        yield said["for"].format(what_for=shared.what_for)
    yield said["notice"]

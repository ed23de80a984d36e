"""What gunicorn serves."""

import gc
import resource
import sys

from config import UnsafeStart
from journal import create_app
from journal.operating.in_use import settings_in_use

# A crash must not leave on the disk what was in memory: words, and the keys to all others.
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
try:
    app = create_app(settings_in_use())
except UnsafeStart as refused:
    print(refused, file=sys.stderr)  # noqa: T201
    # Gunicorn's own number for what no other try will mend; after any other it would start workers for ever.
    sys.exit(3)
# What is loaded by now lives as long as the process; the collector need not walk it at every turn.
gc.collect()
gc.freeze()

"""What gunicorn serves."""

import gc
import resource

import click

from config import UnsafeStart
from journal import create_app
from journal.operating import doctor, start

# A crash must not leave on the disk what was in memory: words, and the keys to all others.
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
try:
    app = create_app()
    if click.get_current_context(silent=True) is None:
        # An operator's command looks for itself: some are there to mend what would be refused here.
        start.serve(app)
except UnsafeStart as refused:
    app = doctor.instead(refused)
except OSError as error:
    app = doctor.instead(start.no_folder(error))
# What is loaded by now lives as long as the process; the collector need not walk it at every turn.
gc.collect()
gc.freeze()

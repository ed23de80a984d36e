"""What gunicorn serves."""

import gc

from journal import create_app

app = create_app()
# What is loaded by now lives as long as the process; the collector need not walk it at every turn.
gc.collect()
gc.freeze()

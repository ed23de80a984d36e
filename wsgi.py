"""What gunicorn serves."""

import gc
import resource

from config import UnsafeStart
from journal import create_app
from journal.operating import doctor, start

# A crash must not leave on the disk what was in memory: words, and the keys to all others.
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
try:
    app = create_app(start.settings())
    if not start.by_an_operator():
        start.serve(app)
except UnsafeStart as refused:
    app = doctor.instead(refused)
except OSError as error:
    app = doctor.instead(start.no_folder(error))
# What is loaded by now lives as long as the process; the collector need not walk it at every turn. Nor need it take a
# turn so often: a journal that is read at once makes tens of thousands of objects, and none of them goes in circles.
gc.collect()
gc.freeze()
gc.set_threshold(100_000, 20, 20)

"""For a gunicorn that is started in this folder without `--config`: the same as `--config python:journal.serving`."""

from journal.serving import *  # noqa: F403

"""What is so at the moment of a scrape, and needs no counting."""

import os
import platform
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flask import Flask
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import make_url

from config import HERE, Settings
from journal.web import health

PAGE = os.sysconf("SC_PAGE_SIZE")


class Moment(Collector):
    """Read anew each time it is asked for."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> Iterator[Metric]:
        """Is it ready; what is served; is there room."""
        settings: Settings = self._app.extensions["settings"]
        ready = GaugeMetricFamily("shoreline_ready", "1 where what serving needs is there", labels=("what",))
        for what, well in health.watch_of(self._app).found().items():
            ready.add_metric((what,), well)
        yield ready
        build = GaugeMetricFamily("shoreline_build_info", "What is served", labels=("version", "python", "engine"))
        engine = make_url(settings.database_url).get_backend_name()
        build.add_metric((version(), platform.python_version(), engine), 1)
        yield build
        room = os.statvfs(settings.data)
        yield GaugeMetricFamily(
            "shoreline_data_free_bytes", "Room left where SHORELINE_DATA is", value=room.f_bavail * room.f_frsize
        )
        yield GaugeMetricFamily("shoreline_resident_bytes", "Memory of the server and its workers", value=resident())


def resident() -> int:
    """Memory of this worker's master and of all its children; pages they share count for each."""
    master = os.getppid()
    children = Path(f"/proc/{master}/task/{master}/children")
    if not children.exists():
        return 0
    return sum(_resident(pid) for pid in (str(master), *children.read_text().split()))


def _resident(pid: str) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except FileNotFoundError:  # It ended this moment.
        return 0


@cache
def version() -> str:
    """Of this checkout."""
    found = tomllib.loads((HERE / "pyproject.toml").read_text())
    return str(found["project"]["version"])

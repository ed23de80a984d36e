"""A disk that is small enough to be full, and what is written to it by people who send again."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass
class Disk:
    """A tmpfs."""

    folder: Path

    @property
    def ballast(self) -> Path:
        return self.folder / "ballast"

    @property
    def free(self) -> int:
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def fill(self, leaving: int = 0) -> None:
        """Somebody else's file takes all there is, but for so many bytes."""
        with self.ballast.open("ab") as file:
            file.write(bytes(max(0, self.free - leaving)))

    def make_room(self) -> None:
        """That file is deleted."""
        self.ballast.unlink()


@contextmanager
def small_disk(mib: int) -> Iterator[Disk]:
    """A disk of so many MiB for as long as the block lasts; PostgreSQL's account can reach it too."""
    folder = Path(tempfile.mkdtemp(prefix="shoreline-disk-"))
    folder.chmod(0o755)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={mib}m,mode=0755", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("A small disk is a tmpfs, and only root may mount one: run this as root, or below `unshare -rm`.")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
        folder.rmdir()


@contextmanager
def filling_up(disk: Disk) -> Iterator[None]:
    """Whatever the stores give back meanwhile is taken at once, as by a log that grows."""
    over = threading.Event()

    def take() -> None:
        while not over.wait(0.02):
            try:
                disk.fill()
            except OSError:
                time.sleep(0.02)

    thread = threading.Thread(target=take)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()

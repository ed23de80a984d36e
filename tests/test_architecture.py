"""Imports point downhill, primitives stay in one room, and secrets and doors are where they should be."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_imports_point_downhill():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_linter_can_fail(tmp_path):
    """A rule that never fails guards nothing: a planted uphill import is found."""
    journal = tmp_path / "journal"
    subprocess.run(["cp", "-r", ROOT / "journal", journal], check=True)
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    planted = journal / "crypto" / "framing.py"
    planted.write_text(planted.read_text() + "\nfrom journal.sessions import service  # noqa\n")
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "journal.crypto" in done.stdout


def test_services_are_small_enough_to_read():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "journal").rglob("*.py")
        if (lines := len(path.read_text().splitlines())) > 320
    }
    assert not long


def test_no_machine_or_registry_is_named_in_what_is_committed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    named = re.compile(rb"pypi\.org|pythonhosted|registry\.npmjs|/work/main|/root/|deb\.debian\.org")
    files = [ROOT / name for name in listed.stdout.splitlines() if name != "tests/test_architecture.py"]
    found = [file.name for file in files if file.is_file() and named.search(file.read_bytes())]
    assert found == []

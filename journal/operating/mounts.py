"""What kind of file system a path is on, as the kernel says."""

from pathlib import Path

# SQLite's own manual: locks on these are broken or a matter of luck.
NETWORK = frozenset((
    "9p", "afs", "beegfs", "ceph", "cifs", "fuse.glusterfs", "fuse.s3fs", "fuse.sshfs", "gfs2", "glusterfs", "gpfs",
    "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs",
))  # fmt: skip
FLEETING = frozenset(("ramfs", "tmpfs"))
OF_A_CONTAINER = frozenset(("overlay", "aufs"))
_TABLE = Path("/proc/self/mountinfo")


def kind_of(path: Path, table: str | None = None) -> str | None:
    """The kind of the file system; None where nobody says."""
    if table is None:
        try:
            table = _TABLE.read_text()
        except OSError:
            return None
    found: tuple[int, str | None] = (-1, None)
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        point = Path(_plain(before.split()[4]))
        # Of mounts at one point the last one is seen.
        if path.is_relative_to(point) and len(point.parts) >= found[0]:
            found = len(point.parts), after.split()[0]
    return found[1]


def _plain(point: str) -> str:
    for escaped, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(escaped, character)
    return point

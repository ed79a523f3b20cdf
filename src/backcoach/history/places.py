"""What kind of folder the history is in: one on a network, or one that is nearly full."""

import os
import re
import shutil
from pathlib import Path, PurePosixPath
from typing import Final

MOUNTS: Final = Path("/proc/mounts")
LITTLE_BYTES: Final = 100 << 20
"""With less than this, a copy of the history may not fit for long."""
_NETWORK: Final = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "9p", "ceph", "glusterfs"),
    *("lustre", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.davfs2"),
    *("fuse.glusterfs", "fuse.s3fs", "fuse.gvfsd-fuse", "fuse.ceph"),
}
_OCTAL: Final = re.compile(r"\\([0-7]{3})")


def network_kind(folder: PurePosixPath, mounts: str) -> str:
    """Which network file system a folder is on; "" for none.

    Args:
        folder: absolute, without links.
        mounts: the text of `/proc/mounts`.
    """
    longest, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = PurePosixPath(_OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[1]))
        depth = len(point.parts)
        # What is mounted later in the same place hides what was there.
        if folder.is_relative_to(point) and depth >= longest:
            longest, kind = depth, fields[2]
    return kind if kind in _NETWORK else ""


def network_of(folder: Path) -> str:
    """The same for a folder of this machine; "" too where the machine doesn't tell."""
    try:
        mounts = MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    return network_kind(PurePosixPath(os.path.realpath(folder)), mounts)


def free_bytes(folder: Path) -> int | None:
    """How much room there is where a folder is, or will be; None where nothing tells."""
    there = next((place for place in (folder, *folder.parents) if place.exists()), None)
    try:
        return shutil.disk_usage(there).free if there else None
    except OSError:
        return None

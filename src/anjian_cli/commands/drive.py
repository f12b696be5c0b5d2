"""Where a file lies: how much room there is, and whether it is the computer's own disk."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NETWORK = ("nfs", "cifs", "smb", "9p", "sshfs", "davfs", "afs", "ceph", "glusterfs", "ncpfs", "webdav")
"""What the names of file systems hold that other computers serve."""
MOUNTS = Path("/proc/mounts")
_REMOTE = 4
"""DRIVE_REMOTE, as Windows' GetDriveTypeW says it."""


def free(folder: Path) -> int:
    """Bytes that are free. Raises OSError."""
    return shutil.disk_usage(folder).free


def network(path: Path) -> str:
    """By which file system another computer serves this path; '' where none does, or the system does not say."""
    where = os.path.realpath(path)
    if sys.platform == "win32":
        return _on_windows(where)
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        _, mounted, found, *_ = line.split(" ")
        mounted = mounted.replace("\\040", " ")
        inside = where == mounted or where.startswith(mounted.rstrip("/") + "/")
        if inside and len(mounted) >= len(best):
            best, kind = mounted, found
    return kind if any(word in kind.lower() for word in NETWORK) else ""


def _on_windows(where: str) -> str:
    if where.startswith("\\\\"):
        return "网络共享"
    if sys.platform == "win32":
        import ctypes

        kind: int = ctypes.windll.kernel32.GetDriveTypeW(os.path.splitdrive(where)[0] + "\\")
        return "网络驱动器" if kind == _REMOTE else ""
    return ""

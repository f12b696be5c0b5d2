"""Open a file with what the system shows such files with; where there is nothing, say where it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from anjian_cli.commands.session import Session

VIEWERS = {"darwin": "open"}
"""What opens a file, by platform; else xdg-open."""


def show(session: Session, path: Path) -> None:
    """Open a file, and say where it is: what is opened goes on by itself."""
    if started(path):
        session.note(f"已打开：{path}")
    else:
        session.note(f"这里没有能打开它的程序，文件在：{path}")


def started(path: Path) -> bool:
    """Whether something was called that shows the file."""
    if os.name == "nt":
        os.startfile(path)  # type: ignore[attr-defined]
        return True
    import subprocess

    viewer = VIEWERS.get(sys.platform, "xdg-open")
    nowhere = subprocess.DEVNULL
    try:
        subprocess.Popen([viewer, str(path)], stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    except OSError:
        return False
    return True

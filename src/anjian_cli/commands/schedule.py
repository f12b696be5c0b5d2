"""The line by which a system runs a command every day: cron's, and that of Windows."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

ON_WINDOWS = os.name == "nt"


def for_cron(command: Sequence[str], hour: int, minute: int, log: Path) -> str:
    """A line of a crontab; what the command says goes behind what stands in `log`. In a crontab a % ends the command
    unless a stroke stands before it, in quotes as well."""
    line = f"{shlex.join(command)} >> {shlex.quote(str(log))} 2>&1"
    return f"{minute} {hour} * * * {line}".replace("%", r"\%")


def for_windows(command: Sequence[str], hour: int, minute: int) -> str:
    """A line of schtasks, which replaces the task that an earlier line has made."""
    told = subprocess.list2cmdline([subprocess.list2cmdline(command)])
    return f"schtasks /Create /F /SC DAILY /TN 安监台账备份 /ST {hour:02}:{minute:02} /TR {told}"

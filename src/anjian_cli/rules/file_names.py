"""What may be the name of a file on every system the file may come to."""

from __future__ import annotations

import re

_NOT_IN_NAMES = r'[\x00-\x1f\x7f<>:"/\\|?*]|^\.+'
_DEVICES = r"(?i:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(?=\.|$)"
"""What Windows takes for a device, with whatever ending."""


def file_name(text: str) -> str:
    """A text as one file's name: what would make a path of it, or what Windows does not take, becomes _; the name of a
    device gets one."""
    name = re.sub(_NOT_IN_NAMES, "_", text).rstrip(" .") or "_"
    return re.sub(_DEVICES, r"\g<0>_", name, count=1) if re.match(_DEVICES, name) else name

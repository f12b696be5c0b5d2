"""What may be the name of a file on every system the file may come to."""

from __future__ import annotations

import re

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|^\.+')
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""What Windows takes for a device, with whatever ending."""


def file_name(text: str) -> str:
    """A text as one file's name: what would make a path of it, or what Windows does not take, becomes _; the name of a
    device gets one."""
    name = _NOT_IN_NAMES.sub("_", text).rstrip(" .") or "_"
    return _DEVICES.sub(r"\g<0>_", name, count=1) if _DEVICES.match(name) else name

"""Where a result goes: to the standard output, or to a new file whose name decides the format."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from anjian_cli.errors import refused

BOM = "\ufeff"


def chosen(given: str | None, output: Path | None, known: Sequence[str]) -> str:
    """The format: what --format says, else the ending of the file, else the first known.

    Raises `Refused` E106 for a format that is not known.
    """
    asked = given or (output.suffix.removeprefix(".") if output is not None else "")
    wanted = {"": known[0], "txt": "table"}.get(asked.lower(), asked.lower())
    if wanted not in known:
        name = "--format" if given else "-o"
        raise refused("E106", value=given or str(output), name=name, remedy=f"可以是 {'、'.join(known)}")
    return wanted


def deliver(text: str, output: Path | None, out: TextIO, *, csv: bool = False) -> None:
    """Write the text out. CSV files get a byte order mark and CRLF, which Excel needs; a pipe gets neither.

    A file that exists is not overwritten (E109); one that cannot be written is E601. Nothing half-written stays.
    """
    if not text.endswith("\n"):
        text += "\n"
    if output is None:
        out.write(text)
        return
    if output.exists():
        raise refused("E109", value=str(output))
    content = (BOM + text.replace("\n", "\r\n") if csv else text).encode()
    try:
        handle, partial = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(partial).replace(output)
    except OSError as error:
        raise refused("E601", value=str(output), why=error.strerror or error) from error

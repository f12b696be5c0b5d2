"""Workbooks that calamine alone reads and nobody has looked through: `.ods`, `.xlsb`, and an `.xls` that xlrd calls
damaged.

calamine takes memory for every cell between the first and the last, panics on some damaged files, and where there is no
memory takes the process down with it. So it reads these in a process of its own, whose memory is limited.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from typing import BinaryIO, TextIO

from anjian_cli.exchange.cell_value import text
from anjian_cli.exchange.content import Content, Row, Sheet, is_visible, refusal

MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes that the other process may take."""
LONGEST = 60
"""Seconds that it may take."""
MOST_SHEETS = 200
_END = "."


def sheets(content: Content, run: Callable[[bytes], tuple[int, str]] | None = None) -> list[Sheet]:
    """The sheets of a workbook, hidden ones without rows; `run` reads its bytes: exit code and what is said.

    Raises `Refused`: E313 (no component to read it), E315 (damaged, or beyond the limits).
    """
    if find_spec("python_calamine") is None:
        raise refusal(content.name, "E313", component="python-calamine")
    code, said = (run or _elsewhere)(content.data)
    *lines, last = said.splitlines() or [""]
    if code or not lines or last != _END:
        raise refusal(content.name, "E315")
    found: list[Sheet] = []
    rows: list[Row] = []
    for line in lines:
        told = json.loads(line)
        if isinstance(told, dict):
            rows = []
            found.append(Sheet(content.name, told["name"], rows, hidden=told["hidden"]))
        else:
            rows.append((told[0], told[1]))
    return found


def _elsewhere(data: bytes) -> tuple[int, str]:
    # -P: nothing is imported from the folder in which the files of the towns lie.
    line = [sys.executable, "-P", "-m", "anjian_cli.exchange.other_workbook"]
    try:
        done = subprocess.run(line, input=data, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return 1, ""
    return done.returncode, done.stdout.decode("ascii", "replace") if not done.returncode else ""


def tell(source: BinaryIO, out: TextIO) -> None:
    """Read a workbook and write it line by line, as JSON: a sheet's name, then its rows that are not blank, each with
    its number. Raises whatever calamine raises."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(source.read()))
    if len(book.sheet_names) > MOST_SHEETS:
        raise ValueError(len(book.sheet_names))
    for index, about in enumerate(book.sheets_metadata):
        hidden = about.visible != SheetVisibleEnum.Visible
        print(json.dumps({"name": about.name, "hidden": hidden}), file=out)
        if hidden or about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(index)
        before = [""] * (sheet.start[1] if sheet.start else 0)
        for row, values in enumerate(sheet.iter_rows(), start=1):
            cells = [*before, *map(text, values)]
            if is_visible(cells):
                print(json.dumps([row, cells]), file=out)
    print(_END, file=out)


def limit_memory(most: int) -> None:
    """Take no more memory than this from now on, where the system can be told so."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    limit_memory(MOST_MEMORY)
    tell(sys.stdin.buffer, sys.stdout)

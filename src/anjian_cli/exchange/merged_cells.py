"""Cells that are merged below the headings: what stands in one for several rows is read in each of them.

A town merged over its firms, a day over what was found on it. A number is not: nobody knows whether each row has it, or
all together. Cells of several columns merged in a row are not either.
"""

from __future__ import annotations

from dataclasses import replace

from anjian_cli.errors import Fault
from anjian_cli.exchange import extent, headings
from anjian_cli.exchange.content import Area
from anjian_cli.exchange.lines import Form

Filled = tuple[str, int, int]
"""The heading of a column, the first and the last row of a merged cell in it."""


def filled(form: Form) -> tuple[Form, list[Filled]]:
    """A sheet with each merged cell's text in all its rows that are records, and which cells these were. Rows that
    cannot be read so are faults (E457) of the sheet, on their cell."""
    fields = form.heading.fields
    below = [area for area in form.sheet.unseen.merged if area[0] > form.heading.row]
    known = [area for area in below if any(area[2] <= index <= area[3] for index in fields)]
    if not known:
        return form, []
    rows = {row: cells for row, cells in form.sheet.rows if not headings.is_note(cells)}
    faults, done = dict[int, Fault](), list[Filled]()
    end = max(rows, default=0)
    room = end * len(fields)
    for area in known:
        first, last, left, right = area
        last = min(last, end)
        room -= max(last - first + 1, 0)
        if room < 0:  # they overlap, as no program merges: a file that was made to be slow
            break
        text = rows[first][left].strip() if first in rows and left < len(rows[first]) else ""
        told = [row for row in range(first, last + 1) if _is_told(form, rows, row, area)]
        if not text or not told:
            continue
        columns = [index for index in fields if left <= index <= right]
        if len(columns) > 1 or columns[0] != left:  # the text stands in the first, which may be one that is not read
            why = f"合并了{right - left + 1}列，分不清是哪一列的"
            faults |= {row: _fault(form, row, columns[0], why) for row in told}
        elif told != [first]:
            name = fields[left]
            if extent.is_summed(form.record, name):
                why = f"合并了第{first}至{last}行，分不清各行是多少"
                faults |= {row: _fault(form, row, left, why) for row in told}
                continue
            for row in told:
                rows[row] = [*rows[row], *[""] * (left + 1 - len(rows[row]))]
                rows[row][left] = text
            done.append((form.heading.titles[name], first, last))
    if not (done or faults):
        return form, []
    read = [(row, rows.get(row, cells)) for row, cells in form.sheet.rows if row not in faults]
    sheet = replace(form.sheet, rows=read, faults=[*form.sheet.faults, *faults.values()])
    return replace(form, sheet=sheet), done


def _is_told(form: Form, rows: dict[int, list[str]], row: int, area: Area) -> bool:
    """Whether a row has something of its own beside the merged cell."""
    cells = rows.get(row, [])
    return any(
        cells[index].strip() for index in form.heading.fields if index < len(cells) and not area[2] <= index <= area[3]
    )


def _fault(form: Form, row: int, index: int, why: str) -> Fault:
    name = form.heading.fields[index]
    return Fault("E457", {"why": why}, None, name, form.place(row, name))

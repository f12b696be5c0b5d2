"""Totals at the foot of a sheet (合计) held against its rows: notes on what does not agree, never a refusal.

Where it is not plain what a total counts, nothing is said: subtotals, several totals, a number that counts each
enterprise once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from fractions import Fraction

from anjian_cli.errors import Fault, Misread, Place
from anjian_cli.exchange import headings
from anjian_cli.exchange.cells import restored
from anjian_cli.exchange.content import Row
from anjian_cli.exchange.lines import Form
from anjian_cli.exchange.report import Part
from anjian_cli.records.definition import Column, Kind
from anjian_cli.rules import place_names

MOST_ROWS = 50_000
"""Longer sheets come from a program, not from a person who adds up."""
_TOTAL = re.compile(rf"(?:{headings.OF_ALL})?(?:合计|总计|共计|共):?(?:([0-9]+)[条家行户起项个份]?)?$")
_COUNT = re.compile(r"([0-9]+)[条家行户起项个份]?")
_NUMBER = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)([^0-9]*)")
_SUMMED = (Kind.WHOLE, Kind.AMOUNT)
_FIRST_SERIAL_DAY = 20_000
_SERIAL = {"序号", "编号", "序", "号", "no", "no."}


def differences(form: Form, part: Part) -> list[Fault]:
    """Notes (N302) on the total of a sheet that was read: against the number of rows, and against the sum of each
    column of counts or money."""
    if not part.skipped or not 0 < part.rows <= MOST_ROWS:
        return []
    skipped = {*part.skipped, *part.numbered, *part.not_filled}
    below = [(row, cells) for row, cells in form.sheet.rows if row > form.heading.row]
    rows = [cells for row, cells in below if row not in skipped]
    found = _total(below, skipped)
    if found is None:
        return []
    row, total = found
    of_parts = [cells for cells in rows if not _is_whole(form, cells)]
    return [*_of_rows(form, row, total, rows, part.rows), *_of_columns(form, row, total, of_parts)]


def _is_whole(form: Form, cells: Sequence[str]) -> bool:
    """Whether a row is the county's own (全市), which is none of what a total adds up."""
    index = next((at for at, name in form.heading.fields.items() if name == "town"), None)
    if index is None or index >= len(cells):
        return False
    return "county" in form.record.columns["town"].refers and cells[index].strip() in place_names.WHOLE


def _total(below: Sequence[Row], skipped: set[int]) -> Row | None:
    """The one total of a sheet and its row, if it stands below all records."""
    notes = [(row, cells) for row, cells in below if row in skipped]
    if any(_first(cells).startswith("小计") for _, cells in notes):
        return None
    totals = [(row, cells) for row, cells in notes if _TOTAL.match(_first(cells))]
    last = max((row for row, _ in below if row not in skipped), default=0)
    return totals[0] if len(totals) == 1 and totals[0][0] > last else None


def _first(cells: Sequence[str]) -> str:
    return next((headings.key(cell) for cell in cells if cell.strip()), "")


def _of_rows(form: Form, row: int, total: Sequence[str], rows: Sequence[Sequence[str]], read: int) -> Iterator[Fault]:
    index, told = _counted(form, total, rows)
    if told is None or told == read:
        return
    # 86家 over a hundred hazards counts enterprises, each once.
    columns = form.record.columns
    counted = {at for at, name in form.heading.fields.items() if at == index or columns[name].refers == "enterprise"}
    for at in counted:
        filled = [cells[at].strip() for cells in rows if at < len(cells) and cells[at].strip()]
        if told in (len(filled), len(set(filled))):
            return
    words = {"told": told, "read": f"读到{read}行，相差{abs(told - read)}", "remedy": "请核对"}
    yield Fault("N302", words, place=form.place(row))


def _counted(form: Form, total: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, int | None]:
    """How many rows a total says there are, and the column in which it says so; None if it does not say."""
    index, label = next((index, headings.key(cell)) for index, cell in enumerate(total) if cell.strip())
    said = _TOTAL.match(label)
    if said is not None and said[1]:
        return index, int(said[1])
    numbers = ((index, cell) for index, cell in enumerate(total) if any(char.isdigit() for char in cell))
    index, cell = next(numbers, (-1, ""))
    said = _COUNT.fullmatch(_narrow(cell))
    if said is None or int(said[1]) >= _FIRST_SERIAL_DAY:
        return index, None
    name = form.heading.fields.get(index)
    if name is None:
        return index, int(said[1]) if headings.key(_above(form, index)) in _SERIAL else None
    # A number below text counts what stands above it; below numbers it may be their sum.
    texts = [cells[index] for cells in rows if index < len(cells)]
    numeric = form.record.kinds[name] in _SUMMED or any(_NUMBER.fullmatch(_narrow(text)) for text in texts)
    return index, None if numeric and form.record.kinds[name] is not Kind.DAY else int(said[1])


def _above(form: Form, index: int) -> str:
    cells = next(cells for row, cells in form.sheet.rows if row == form.heading.row)
    return cells[index] if index < len(cells) else ""


def _of_columns(form: Form, row: int, total: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Fault]:
    for index, name in form.heading.fields.items():
        column, kind = form.record.columns[name], form.record.kinds[name]
        cell = total[index] if index < len(total) else ""
        if kind not in _SUMMED or not _NUMBER.fullmatch(_narrow(cell)):
            continue
        try:
            told = _number(column, cell)
            numbers = [_number(column, cells[index]) for cells in rows if index < len(cells)]
        except Misread:
            continue
        found = sum(numbers)
        # Under the same year in every row the year itself is no sum.
        if told == len(rows) or set(numbers) == {told} or abs(told - found) <= _rounding(told, cell):
            continue
        shown = [_shown(column, kind, number) for number in (told, found, abs(told - found))]
        words = {"told": shown[0], "read": f"各行相加{shown[1]}，相差{shown[2]}", "remedy": "请核对"}
        title, letter = form.heading.titles[name], headings.letter(index)
        yield Fault("N302", words, place=Place(form.sheet.file, form.sheet.name, row, title, letter))


def _number(column: Column, cell: str) -> int:
    """The value of a cell as a number; 0 for none. Raises `Misread`."""
    value = None if not cell.strip() else column.parse(restored(cell))
    return value if isinstance(value, int) else 0


def _rounding(told: int, cell: str) -> Fraction:
    """What the total may be off by the rounding of its last digit: 5.2万元 by 500元."""
    said = _NUMBER.fullmatch(_narrow(cell))
    assert said is not None
    digits = said[1].replace(",", "")
    places = len(digits.partition(".")[2])
    number = Fraction(digits)
    return told / number / 10**places / 2 if number and places else Fraction(0)


def _shown(column: Column, kind: Kind, number: int) -> str:
    return column.show(number) if kind is Kind.AMOUNT else str(number)


def _narrow(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())

"""What is said of rows of a file that are right each by itself: beside others they look like a slip."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath

from anjian_cli.errors import Fault, Place
from anjian_cli.exchange import headings
from anjian_cli.exchange.extent import Extent
from anjian_cli.exchange.lines import Form, Line
from anjian_cli.ledger.gate import Gate
from anjian_cli.records.definition import Record
from anjian_cli.workflow import look_alikes
from anjian_cli.workflow.kept_record import Kept
from anjian_cli.workflow.look_alikes import Alike

Stands = Callable[[Record, int], tuple[Form, int] | None]
"""On which line of which sheet a record of the file stands that was not kept row by row."""


def of_look_alikes(gate: Gate, kept: Sequence[tuple[Line, Kept]], in_bulk: Stands) -> Iterator[Fault]:
    """Notes N329 to N331 on rows that look like another one of the file or the ledger. Of two rows the lower one bears
    the note; a row bears one of a kind, which names the nearest above it."""
    by_record: dict[str, tuple[Record, list[int], list[int]]] = {}
    row_of: dict[tuple[str, int], tuple[Form, int]] = {}
    for line, result in kept:
        record = line.form.record
        row_of[record.name, result.row_id] = line.form, line.row
        if result.outcome != "unchanged":
            _, new, changed = by_record.setdefault(record.name, (record, [], []))
            (new if result.outcome == "new" else changed).append(result.row_id)
    order = {form: at for at, form in enumerate(dict.fromkeys(line.form for line, _ in kept))}

    def comes(at: tuple[Form, int]) -> tuple[int, int]:
        return order.get(at[0], -1), at[1]

    for record, new, changed in by_record.values():
        nearest: dict[tuple[Form, int, str], tuple[tuple[int, int], Fault]] = {}
        for alike in look_alikes.found(gate, record, new, changed):
            at, told, near = row_of[record.name, alike.one], alike.told, (-1, alike.other)
            other = row_of.get((record.name, alike.other)) or in_bulk(record, alike.other)
            if other is not None:
                if comes(other) > comes(at):
                    at, other, told = other, at, alike.told_of_one
                near = comes(other)  # what the file says goes before what the ledger has
            bearer = (*at, alike.code)
            if bearer not in nearest or near > nearest[bearer][0]:
                nearest[bearer] = near, _note(record, alike, at, other, told)
        yield from (fault for _, fault in nearest.values())


def _note(record: Record, alike: Alike, at: tuple[Form, int], other: tuple[Form, int] | None, told: str) -> Fault:
    form, row = at
    where = f"台账中的{alike.known}"
    if other is not None:
        where = f"第{other[1]}行" if other[0] is form else f"“{other[0].sheet.name}”表第{other[1]}行"
    words = {
        "where": where,
        "told": told,
        "kind": record.title,
        "title": record.columns[alike.field].title,
        "days": alike.days,
    }
    return Fault(alike.code, words, None, alike.field, form.place(row, alike.field))


_YEAR = r"(?<![0-9〔(（\[])(20[0-9]{2})(?=年|[.\-/_]?(?:0?[1-9]|1[0-2])(?![0-9]))"
_MONTH = r"(?<![0-9])(?:20[0-9]{2}[年.\-/_]?)?(0?[1-9]|1[0-2])月"
YEAR_OF_MONTHS = 11
"""So many months away from the month that a title names is another year: a month's list brings what is left of the
months before it."""


def of_title(form: Form, extent: Extent, rows: int, today: str) -> Iterator[Fault]:
    """A note (N333) where the sheet's or the file's title names a month, or a year, and none of the days on which its
    records were is in that year. Without a year a month is the latest that has begun. Nothing is said of titles
    that name several."""
    field = form.record.obvious_day or form.record.day
    column = form.record.columns.get(field)
    # What may be in force for years is listed in any of them, and an opening figure is as of the year before.
    if form.record.office or column is None or not (column.past and column.required) or field not in extent.days:
        return
    first, last = extent.days[field]
    above = [cell for row, cells in form.sheet.rows[: headings.WITHIN] if row < form.heading.row for cell in cells]
    for title, names in (
        ("\n".join(above), "表头"),
        (f"{PurePath(form.sheet.file).stem}\n{form.sheet.name}", "文件名"),
    ):
        told = _month_of(title, today)
        if told is None:
            continue
        year, month, said = told
        if month:
            away = [_months(day) - (year * 12 + month) for day in (first, last)]
            another = min(away) >= YEAR_OF_MONTHS or max(away) <= -YEAR_OF_MONTHS
        else:
            another = first[:4] > str(year) or last[:4] < str(year)
        if another:
            words = {
                "names": names,
                "told": said,
                "rows": rows,
                "title": column.title,
                "days": first if first == last else f"{first}至{last}",
            }
            yield Fault("N333", words, place=Place(form.sheet.file, form.sheet.name))
        return


def _month_of(title: str, today: str) -> tuple[int, int, str] | None:
    """Year, month (0 where only a year is named) and how it is said; None where nothing or several are named."""
    years, months = {*re.findall(_YEAR, title)}, {int(month) for month in re.findall(_MONTH, title)}
    if len(years) > 1 or len(months) > 1 or not (years or months):
        return None
    month = months.pop() if months else 0
    if years:
        year = int(years.pop())
        return year, month, f"{year}年{month}月" if month else f"{year}年"
    year = int(today[:4]) - (month > int(today[5:7]))
    return year, month, f"{month}月"


def _months(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7])

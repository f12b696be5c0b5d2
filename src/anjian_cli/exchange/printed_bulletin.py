"""Last month's bulletin as an office's workbook: what it says was done so far, as opening figures of the towns.

A column is an indicator's by its name, or, where its head names none (累计达标), by its percentages: it is the one of
its category whose tasks give every percentage that is printed. Every percentage with a task is worked out again.
Nothing is taken in here; what could not be told is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from anjian_cli.errors import Fault, Place
from anjian_cli.exchange import headings
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.wide_table import Catalogue
from anjian_cli.ledger.catalogue import Entry

_PERCENT = re.compile(r"率|%|％")
_ASKED = re.compile("任务|应")
_DONE = re.compile("累计|已|完成|在托|现有|达标")
_BESIDE = re.compile("本月|上月|月底|序时|尚欠|排名|名次|净增|差|备注|其中|到期|上年|同期|增长|合计|总计|本类")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_HEADS_WITHIN = 2
_TOLD_ONCE = 4
_ENOUGH = 2
"""So many towns make a percentage a proof of which indicator a column is."""


class Figure(NamedTuple):
    """What a town had done of an indicator, as it is printed; `checked` that a percentage agrees with it."""

    entry: Entry
    town: str
    text: str
    checked: bool


@dataclass
class Found:
    """What a bulletin tells. `wrong` are the cells whose percentage is another, which are not among the `figures`;
    `unread` the columns of what was done of which nobody knows the indicator, each with its sheet."""

    figures: list[Figure] = field(default_factory=list)
    wrong: list[Fault] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


class _Column(NamedTuple):
    at: int
    head: str
    entry: Entry | None


class _Table(NamedTuple):
    """The columns of a sheet: done, asked, in percent; and its rows by town (line, cells)."""

    done: list[_Column]
    asked: list[_Column]
    percent: list[_Column]
    rows: Sequence[tuple[int, str, Sequence[str]]]
    category: str


Tasks = Mapping[tuple[str, str], int]
"""Tasks by indicator (its id) and town (as it is named in the bulletin)."""


def read(sheets: Iterable[Sheet], known: Catalogue, tasks: Tasks) -> Found:
    """The figures of all sheets that are such tables."""
    found = Found()
    told: dict[tuple[str, str], str] = {}
    for sheet in sheets:
        table = None if sheet.hidden else _table(sheet, known)
        for column in table.done if table else ():
            _take(sheet, table, column, known, tasks, found, told)  # type: ignore[arg-type]
    return found


def _take(
    sheet: Sheet,
    table: _Table,
    column: _Column,
    known: Catalogue,
    tasks: Tasks,
    found: Found,
    told: dict[tuple[str, str], str],
) -> None:
    entry = column.entry
    percent = _percent_of(table, column)
    if entry is None:
        entry = _proved(table, column, percent, known, tasks)
    if entry is None:
        found.unread.append(f"“{sheet.name}”表的“{column.head}”")
        return
    asked = next((each for each in table.asked if each.entry == entry and column.entry is not None), None)
    digits = _digits(table, percent)
    for line, town, cells in table.rows:
        done = _number(cells, column.at)
        if done is None:
            continue
        text = f"{done}万元" if "万元" in column.head else done
        place = Place(sheet.file, sheet.name, line, column.head, headings.letter(column.at))
        before = told.setdefault((entry.id, town), text)
        if before != text:
            found.wrong.append(Fault("E645", {"short": entry.short, "town": town, "before": before}, text, place=place))
            continue
        printed = None if percent is None else _number(cells, percent.at)
        task = _task(cells, asked, entry, town, tasks)
        checked = printed is not None and (bool(task) or column.entry is None)
        if printed is not None and task and not _agree(done, task, printed, digits):
            words = {
                "printed": printed,
                "task": task,
                "percent": f"{float(done) * 100 / task:.2f}",
                "short": entry.short,
            }
            found.wrong.append(Fault("E644", words, done, place=place))
        elif (entry.id, town) not in {(figure.entry.id, figure.town) for figure in found.figures}:
            found.figures.append(Figure(entry, town, text, checked))


def _task(cells: Sequence[str], asked: _Column | None, entry: Entry, town: str, tasks: Tasks) -> int | None:
    """What was asked of a town: as it is printed, else as the ledger has it."""
    if asked is not None and (printed := _number(cells, asked.at)) is not None:
        return int(float(printed))
    return tasks.get((entry.id, town)) if entry.against == "target" else None


def _percent_of(table: _Table, column: _Column) -> _Column | None:
    """The column of percentages that belongs to one of what was done: of its indicator, or the only one beside it."""
    if column.entry is not None and (own := [each for each in table.percent if each.entry == column.entry]):
        return own[0]
    nameless = [each for each in table.percent if each.entry is None]
    return nameless[0] if len(nameless) == 1 and len(table.percent) == 1 else None


def _proved(table: _Table, column: _Column, percent: _Column | None, known: Catalogue, tasks: Tasks) -> Entry | None:
    """The one indicator of the category by which every percentage of a nameless column comes out: by its tasks, or, of
    one that is measured against another, by the only column of what was asked."""
    if percent is None or not table.category:
        return None
    nameless = [each for each in table.asked if each.entry is None]
    asked = nameless[0] if len(nameless) == 1 else None
    digits = _digits(table, percent)
    fitting = []
    for entry in known.entries:
        if entry.category_title != table.category or entry.against in ("", "last_year"):
            continue
        told = [
            (done, task, printed)
            for _, town, cells in table.rows
            if (done := _number(cells, column.at)) is not None
            and (printed := _number(cells, percent.at)) is not None
            and (task := _task(cells, None if entry.against == "target" else asked, entry, town, tasks))
        ]
        if len(told) >= _ENOUGH and all(_agree(done, task, printed, digits) for done, task, printed in told):
            fitting.append(entry)
    return fitting[0] if len(fitting) == 1 else None


def _agree(done: str, task: int, printed: str, digits: int) -> bool:
    return abs(float(done) * 100 / task - float(printed)) <= 0.5 * 10.0 ** (0 - digits) + 1e-9


def _digits(table: _Table, percent: _Column | None) -> int:
    """How many digits stand behind the point of a column's percentages: a workbook writes 100.00 as 100."""
    if percent is None:
        return 0
    numbers = [_number(cells, percent.at) or "" for _, _, cells in table.rows]
    return max((len(number.partition(".")[2]) for number in numbers), default=0)


# --- the table


def _table(sheet: Sheet, known: Catalogue) -> _Table | None:
    """The table of a sheet whose rows are towns; None where there is none, or nothing of what was done."""
    first = next(
        (
            (at, i)
            for at, (_, cells) in enumerate(sheet.rows)
            for i, cell in enumerate(cells)
            if cell.strip() in known.towns
        ),
        None,
    )
    if first is None:
        return None
    start, town = first
    rows = [
        (line, cells[town].strip(), cells)
        for line, cells in sheet.rows[start:]
        if town < len(cells) and cells[town].strip() in known.towns
    ]
    above = [cells for _, cells in sheet.rows[:start] if sum(bool(cell.strip()) for cell in cells) > 1]
    heads = [cells for cells in above if not _is_told_once(cells)][-_HEADS_WITHIN:]
    if not heads:
        return None
    upper, lower = heads if len(heads) == _HEADS_WITHIN else ((), heads[0])
    category = _category(sheet, start, known)
    made = _Table([], [], [], rows, category)
    over = ""
    for at in range(max(len(upper), len(lower))):
        top = _text(upper, at)
        over = top or over
        group, head = (over, _text(lower, at)) if _text(lower, at) else ("", top)
        if at == town or not head:
            continue
        column = _Column(at, f"{group}{head}", _entry(category, group, head, known))
        if _BESIDE.search(head) or _BESIDE.search(group):
            if _PERCENT.search(column.head) and "本类" not in head and column.entry is not None:
                made.percent.append(column)
        elif _PERCENT.search(column.head):
            made.percent.append(column)
        elif _ASKED.search(column.head) and not _DONE.search(head):
            made.asked.append(column)
        elif _DONE.search(column.head):
            made.done.append(column)
    return made if made.done else None


def _is_told_once(cells: Sequence[str]) -> bool:
    """Whether a line says what holds for the whole table (统计期：…　单位：…); a head may hold a colon as well."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) <= _TOLD_ONCE and any("：" in cell or ":" in cell for cell in filled)


def _category(sheet: Sheet, start: int, known: Catalogue) -> str:
    """The category that a sheet's name and titles speak of, where it is one alone."""
    text = sheet.name + "".join("".join(cells) for _, cells in sheet.rows[: min(start, 2)])
    found = {entry.category_title for entry in known.entries if entry.category_title in text}
    return found.pop() if len(found) == 1 else ""


def _entry(category: str, group: str, head: str, known: Catalogue) -> Entry | None:
    if not category:
        return known.meant(group, head)
    return known.meant(category, head) or (known.meant(category, group) if group else None)


def _text(cells: Sequence[str], at: int) -> str:
    return re.sub(r"\s", "", cells[at]) if at < len(cells) else ""


def _number(cells: Sequence[str], at: int) -> str | None:
    """A number as it stands in a cell, without the sign of percent; None for anything else."""
    text = cells[at].strip().rstrip("%％").replace(",", "") if at < len(cells) else ""
    return text if _NUMBER.fullmatch(text) else None

"""Take a file in: whole, or not at all with every fault shown; on request the good rows alone.

One file is one operation. Rows are read, referred and written under the same rules as a command; what is wrong is
gathered over the whole file, with file, row and column, before anything is said.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anjian_cli.errors import Fault, Misread, Place, Refused
from anjian_cli.exchange import headings, reader
from anjian_cli.exchange.cells import restored
from anjian_cli.exchange.headings import Heading
from anjian_cli.exchange.reader import Sheet
from anjian_cli.ledger.lookup import Finder
from anjian_cli.ledger.write import Gate, Source
from anjian_cli.records import definition
from anjian_cli.records.definition import Column, Record
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import register
from anjian_cli.workflow.kept import Kept

OpenGate = Callable[[Source], AbstractContextManager[Gate]]


@dataclass
class Report:
    """What became of one file. `taken` says whether its rows are in the ledger now; rows = new + changed +
    unchanged + refused, where every row with a fault is refused; of a file that is not taken the others are counted as
    they would have been. `changes` are (row, number, field title, before, after). `blanks` counts values that a blank
    cell left as they were, `doubtful` new records without a value that is expected, by the field's title."""

    file: str
    title: str = ""
    sha256: str = ""
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    blanks: int = 0
    doubtful: dict[str, int] = field(default_factory=dict)
    skipped: list[int] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    changes: list[tuple[int, str, str, object, object]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    taken: bool = False


@dataclass(frozen=True)
class Line:
    """One row of a sheet as read: parsed values, or faults."""

    row: int
    values: dict[str, Any]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Opened:
    """A file that was read and recognised; `report` has the faults if it could not be (then `heading` is None)."""

    report: Report
    record: Record | None = None
    sheet: Sheet | None = None
    heading: Heading | None = None

    @property
    def order(self) -> int:
        """Its place among other files: what is referred to comes before what refers to it."""
        return self.record.order if self.record else 0


class _TakeBack(Exception):
    """Leaves the gate so that nothing of the file stays."""


def open_file(path: Path, record: Record | None = None, *, stdin: bytes | None = None) -> Opened:
    """Read a file; its record type is recognised by the headings unless it is given.

    Nothing is raised for what is wrong with the file: the report has it.
    """
    report = Report(path.name)
    sheet: Sheet | None = None
    try:
        (sheet,) = reader.read(path, stdin=stdin)
        report.file = sheet.file
        report.sha256 = reader.sha256(path) if stdin is None else hashlib.sha256(stdin).hexdigest()
        found = record or headings.recognise(sheet, definition.all_records())
        heading = headings.match(sheet, found)
    except Refused as refusal:
        report.faults = [*refusal.faults, *(sheet.faults if sheet else ())]
        return Opened(report)
    report.title = found.title
    report.unknown = heading.unknown
    return Opened(report, found, sheet, heading)


def take_file(opened: Opened, open_gate: OpenGate, *, accept_good: bool = False, dry_run: bool = False) -> Report:
    """Take a file that was opened into the ledger, as one operation. Raises nothing for what is wrong with it."""
    report, record, sheet, heading = opened.report, opened.record, opened.sheet, opened.heading
    if record is None or sheet is None or heading is None:
        return report
    lines = [Line(fault.place.row or 0, {}, (fault,)) for fault in sheet.faults]
    lines += _lines(sheet, heading, record, report)
    report.rows = len(lines)
    _take(report, lines, record, heading, open_gate, accept_good=accept_good, dry_run=dry_run)
    return report


def import_file(path: Path, open_gate: OpenGate, record: Record | None = None) -> Report:
    """Open a file and take it, whole or not at all."""
    return take_file(open_file(path, record), open_gate)


def _take(
    report: Report,
    lines: list[Line],
    record: Record,
    heading: Heading,
    open_gate: OpenGate,
    *,
    accept_good: bool,
    dry_run: bool,
) -> None:
    """Write the lines; on faults, take all back and say so, or leave the faulty rows out and try again."""
    report.faults = [fault for line in lines for fault in line.faults]
    out = {line.row for line in lines if line.faults}
    misread = [line for line in lines if line.faults]
    while True:
        good = [line for line in lines if line.row not in out]
        try:
            with open_gate(Source(report.file, report.sha256)) as gate:
                kept, faults = _write(gate, good, misread, record, heading, report)
                misread = []  # what is wrong with them has been said
                if faults or (out and not accept_good):
                    raise _TakeBack
                if dry_run:
                    gate.abandon()
        except _TakeBack:
            report.faults += faults
            found = {fault.place.row for fault in faults if fault.place.row is not None}
            out |= found
            if not found or not accept_good:
                _sum_up(report, [(line, result) for line, result in kept if line.row not in out], record)
                break
        except Refused as refusal:
            # What only shows over the whole file (totals against single records) cannot be laid on one row.
            report.faults += [fault.at(file=report.file) for fault in refusal.faults]
            break
        except sqlite3.IntegrityError as error:
            # A guard of the schema that no rule put into words: this file is refused, the others are not held up.
            report.faults.append(Fault("E901", {"why": error}, place=Place(report.file)))
            break
        else:
            report.taken = not dry_run
            _sum_up(report, kept, record)
            break
    report.refused = report.rows - report.new - report.changed - report.unchanged
    report.faults.sort(key=lambda fault: (fault.place.row or 0, fault.place.column))


def _write(
    gate: Gate, lines: list[Line], misread: list[Line], record: Record, heading: Heading, report: Report
) -> tuple[list[tuple[Line, Kept]], list[Fault]]:
    finder = Finder(gate.connection)
    kept: list[tuple[Line, Kept]] = []
    faults: list[Fault] = []
    first: dict[int, int] = {}
    rows_of: dict[tuple[str, int], dict[int, Line]] = defaultdict(dict)
    columns = {name: index for index, name in heading.fields.items()}
    for line in misread:
        found = register.faults(gate, record, _trusted(line), finder)
        faults += [_placed(fault, line.row, columns, heading, record, report.file) for fault in found]
    for line in lines:
        try:
            result = register.take(gate, record, line.values, finder)
        except Refused as refusal:
            faults += [_placed(fault, line.row, columns, heading, record, report.file) for fault in refusal.faults]
            continue
        if result.row_id in first:
            words = {"row": first[result.row_id], "kind": record.title}
            faults.append(Fault("E237", words, place=Place(report.file, row=line.row)))
            # What the two have made of the record together says nothing of the first of them.
            rows_of[result.root, result.root_id].pop(result.row_id, None)
            continue
        first[result.row_id] = line.row
        rows_of[result.root, result.root_id][result.row_id] = line
        kept.append((line, result))
    for root, root_id, fault in gate.faults():
        rows = rows_of[root, root_id]
        # A root of a row that was refused half-way has nothing to say of its own.
        if rows:
            own = fault.table in ("", record.name) and fault.row_id in rows
            at = rows[fault.row_id] if own and fault.row_id is not None else rows[max(rows)]
            faults.append(_placed(fault, at.row, columns, heading, record, report.file, at))
    return kept, faults


def _trusted(line: Line) -> dict[str, Any]:
    """The values of a row with misread cells that can be judged without these: an enterprise is not looked for by
    its name where its code, or by its code where its name, could not be read."""
    identity = {"enterprise", "credit_code"}
    unsure = identity if identity & {fault.field for fault in line.faults} else set()
    return {name: value for name, value in line.values.items() if name not in unsure}


def _placed(
    fault: Fault,
    row: int,
    columns: dict[str, int],
    heading: Heading,
    record: Record,
    file: str,
    line: Line | None = None,
) -> Fault:
    index = columns.get(fault.field)
    if index is None:
        column = record.columns.get(fault.field)
        return fault.at(file=file, row=row, title=column.title if column else "")
    placed = fault.at(file=file, row=row, title=heading.titles[fault.field], column=headings.letter(index))
    if placed.value is None and line is not None and line.values.get(fault.field) is not None:
        value = line.values[fault.field]
        column = record.columns[fault.field]
        return Fault(placed.code, placed.words, column.show(value), placed.field, placed.place)
    return placed


def _lines(sheet: Sheet, heading: Heading, record: Record, report: Report) -> Iterator[Line]:
    """The records below the headings, each distinct text of a column read once."""
    read: dict[str, dict[str, object]] = {name: {} for name in heading.fields.values()}
    numbered = next((index for index, name in heading.fields.items() if name == "number"), None)
    for row, cells in sheet.rows:
        if row <= heading.row:
            continue
        if headings.is_note(cells):
            report.skipped.append(row)
            continue
        count = headings.overlong(cells, heading.width)
        if count:
            words = {"count": count, "columns": heading.width}
            yield Line(row, {}, (Fault("E307", words, place=Place(sheet.file, sheet.name, row)),))
            continue
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        known = numbered is not None and numbered < len(cells) and bool(cells[numbered].strip())
        for index, name in heading.fields.items():
            text = cells[index] if index < len(cells) else ""
            column = record.columns[name]
            seen = read[name]
            if text not in seen:
                seen[text] = _cell(column, restored(text))
            value = seen[text]
            if isinstance(value, Misread):
                if value.code == "E202" and known:
                    value = None
                else:
                    place = Place(sheet.file, sheet.name, row, heading.titles[name], headings.letter(index))
                    shown = text.strip() if value.code != "E202" else None
                    faults.append(Fault(value.code, value.words, shown, name, place))
                    continue
            values[name] = value
        yield Line(row, values, tuple(faults))


def _cell(column: Column, text: str) -> object:
    if text.strip() == CLEAR:
        return Misread("E202") if column.required else CLEAR
    try:
        return column.read(text)
    except Misread as misread:
        return misread


def _sum_up(report: Report, kept: list[tuple[Line, Kept]], record: Record) -> None:
    expected = [(name, column.title) for name, column in record.columns.items() if column.expected]
    for line, result in kept:
        if result.outcome == "new":
            report.new += 1
            for name, title in expected:
                if line.values.get(name) is None:
                    report.doubtful[title] = report.doubtful.get(title, 0) + 1
        elif result.outcome == "changed":
            report.changed += 1
        else:
            report.unchanged += 1
        report.blanks += result.blanks
        for name, before, after in result.changes:
            column = record.columns.get(name) or record.columns.get(name.removesuffix("_code").removesuffix("_id"))
            report.changes.append((line.row, result.number, column.title if column else name, before, after))

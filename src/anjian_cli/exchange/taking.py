"""One opened file on its way into the ledger: whole, or with every fault said; on request the good rows alone.

Rows are read, referred and written under the same rules as a command; what is wrong is gathered over the whole file,
with sheet, row and column, before anything is said.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from anjian_cli.errors import Fault, Place, Refused
from anjian_cli.exchange import lines
from anjian_cli.exchange.importing import Opened
from anjian_cli.exchange.lines import Line
from anjian_cli.exchange.report import Report
from anjian_cli.ledger.lookup import Finder
from anjian_cli.ledger.write import Gate, Source
from anjian_cli.workflow import register
from anjian_cli.workflow.kept import Kept

OpenGate = Callable[[Source], AbstractContextManager[Gate]]


class _TakeBack(Exception):
    """Leaves the gate so that nothing of the file stays."""


def take_file(opened: Opened, open_gate: OpenGate, *, accept_good: bool = False, dry_run: bool = False) -> Report:
    """Take a file that was opened into the ledger, as one operation. Raises nothing for what is wrong with it.

    A sheet whose headings are wrong keeps the whole file out, good rows too: nobody knows which rows it has.
    """
    report = opened.report
    if opened.forms and not report.same_as:
        _Taking(opened, accept_good=accept_good and not report.faults, dry_run=dry_run).run(open_gate)
    return report


class _Taking:
    """One file on its way into the ledger."""

    def __init__(self, opened: Opened, *, accept_good: bool, dry_run: bool) -> None:
        self._report = opened.report
        self._accept_good, self._dry_run = accept_good, dry_run
        self._part_of = dict(zip(opened.forms, self._report.parts, strict=True))
        self._unfit = bool(self._report.faults)
        self._lines: list[Line] = []
        # What is referred to comes before what refers to it, in one file as among several.
        self._forms = sorted(opened.forms, key=lambda form: form.record.order)
        for form in self._forms:
            part = self._part_of[form]
            found = list(lines.read(form, part.skipped))
            part.rows = len(found)
            self._lines += found

    def run(self, open_gate: OpenGate) -> None:
        """Write the rows; on faults, take all back and say so, or leave the faulty rows out and try again."""
        report = self._report
        report.faults += [fault for line in self._lines for fault in line.faults]
        out = {line for line in self._lines if line.faults}
        misread = set(out)
        while True:
            try:
                with open_gate(Source(report.file, report.sha256)) as gate:
                    kept, faults = self._write(gate, out, misread)
                    misread = set()  # what is wrong with them has been said
                    if faults or self._unfit or (out and not self._accept_good):
                        raise _TakeBack
                    if self._dry_run:
                        gate.abandon()
            except _TakeBack:
                report.faults += [fault for _, fault in faults]
                out |= {line for line, _ in faults}
                if not faults or not self._accept_good:
                    self._sum_up([(line, result) for line, result in kept if line not in out])
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
                report.taken = not self._dry_run
                self._sum_up(kept)
                break
        for part in report.parts:
            part.refused = part.rows - part.new - part.changed - part.unchanged
        order = {part.sheet: number for number, part in enumerate(report.parts)}
        report.faults.sort(key=lambda f: (order.get(f.place.sheet, -1), f.place.row or 0, f.place.column))

    def _write(
        self, gate: Gate, out: set[Line], misread: set[Line]
    ) -> tuple[list[tuple[Line, Kept]], list[tuple[Line, Fault]]]:
        """Write all rows but those that are out; what was kept, and what is wrong. Those misread are judged as far as
        they could be read."""
        kept: list[tuple[Line, Kept]] = []
        faults: list[tuple[Line, Fault]] = []
        first: dict[tuple[str, int], Line] = {}
        rows_of: dict[tuple[str, int], dict[tuple[str, int], Line]] = defaultdict(dict)
        finder, form = Finder(gate.connection), None
        for line in self._lines:
            if line.form is not form:
                # Towns and enterprises may have come with the sheet before.
                form = line.form
                finder = Finder(gate.connection)
            record = line.form.record
            if line in misread:
                told = register.faults(gate, record, line.trusted(), finder)
                faults += [(line, line.laid(fault)) for fault in told]
            if line in out:
                continue
            try:
                result = register.take(gate, record, line.values, finder)
            except Refused as refusal:
                faults += [(line, line.laid(fault)) for fault in refusal.faults]
                continue
            key = record.name, result.row_id
            rows = rows_of[result.root, result.root_id]
            if key in first:
                faults.append((line, _twice(line, first[key])))
                # What the two have made of the record together says nothing of the first of them.
                rows.pop(key, None)
                continue
            first[key] = rows[key] = line
            kept.append((line, result))
        for root, root_id, fault in gate.faults():
            # A root of a row that was refused half-way has nothing to say of its own.
            if rows := rows_of[root, root_id]:
                line = _spoken_of(fault, rows)
                faults.append((line, line.laid(fault, shown=True)))
        return kept, faults

    def _sum_up(self, kept: Iterable[tuple[Line, Kept]]) -> None:
        expected = {
            form: [(name, column.title) for name, column in form.record.columns.items() if column.expected]
            for form in self._forms
        }
        for line, result in kept:
            part, columns = self._part_of[line.form], line.form.record.columns
            if result.outcome == "new":
                part.new += 1
                for name, title in expected[line.form]:
                    if line.values.get(name) is None:
                        part.doubtful[title] = part.doubtful.get(title, 0) + 1
            elif result.outcome == "changed":
                part.changed += 1
            else:
                part.unchanged += 1
            part.blanks += result.blanks
            for name, before, after in result.changes:
                column = columns.get(name) or columns.get(name.removesuffix("_code").removesuffix("_id"))
                title = column.title if column else name
                part.changes.append((line.row, result.number, title, before, after))


def _twice(line: Line, before: Line) -> Fault:
    other = before.form.sheet.name if before.form is not line.form else ""
    where = f"“{other}”表第{before.row}行" if other else f"第{before.row}行"
    return Fault("E237", {"where": where, "kind": line.form.record.title}, place=line.form.place(line.row))


def _spoken_of(fault: Fault, rows: dict[tuple[str, int], Line]) -> Line:
    """The row a fault of a root is laid on: the one it names, else the newest of the record type that was read last."""
    named = [line for (table, row_id), line in rows.items() if row_id == fault.row_id and fault.table in ("", table)]
    if named:
        return named[-1]
    last = list(rows)[-1][0]
    return rows[max(key for key in rows if key[0] == last)]

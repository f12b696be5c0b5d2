"""Take an opened file into the ledger: whole, or with every fault said; on request the good rows alone.

Rows are read, referred and written under the same rules as a command; what is wrong is gathered over the whole file,
with sheet, row and column, before anything is said.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from anjian_cli.errors import Fault, Place, Refused
from anjian_cli.exchange import columns, headings, lines, plain_text, suspicions, taken_over, usual, whose_file
from anjian_cli.exchange.content import Row
from anjian_cli.exchange.extent import Extent
from anjian_cli.exchange.lines import Form, Line
from anjian_cli.exchange.opened_file import Opened
from anjian_cli.exchange.prefill import Town
from anjian_cli.exchange.report import Part, Report
from anjian_cli.ledger import lookup
from anjian_cli.ledger.gate import Gate, Source
from anjian_cli.ledger.lookup import Finder
from anjian_cli.messages import Exit
from anjian_cli.records import values
from anjian_cli.records.definition import Record
from anjian_cli.rules import place_names
from anjian_cli.workflow import agreement, in_bulk, register, worth_checking
from anjian_cli.workflow.in_bulk import Bulk, Unusual
from anjian_cli.workflow.kept_record import Kept

OpenGate = Callable[[Source], AbstractContextManager[Gate]]
_APART = "确是两条的，请写明它们哪里不同（日期、类别、内容）；重复录入的，只留一行"
TOLD_AFTER = 500  # rows taken one by one
LONG = 2_000
"""Rows from which on a sheet is taken in bulk where its record type has a way for it."""


class _TakeBack(Exception):
    """Leaves the gate so that nothing of the file stays."""


def take_file(
    opened: Opened,
    open_gate: OpenGate,
    *,
    accept_good: bool = False,
    dry_run: bool = False,
    town: Town | None = None,
    tell: Callable[[int], None] = lambda _: None,
) -> Report:
    """Take a file that was opened into the ledger, as one operation. Raises nothing for what is wrong with it. Rows of
    another town than `town` are not taken.

    A sheet whose headings are wrong keeps the whole file out, good rows too: nobody knows which rows it has. `tell` is
    called with the number of rows taken since the last call.
    """
    report = opened.report
    if opened.forms and not report.same_as:
        good = accept_good and not report.faults
        _Intake(opened, tell, accept_good=good, dry_run=dry_run, town=town).run(open_gate)
    return report


class _Intake:
    """One file on its way into the ledger."""

    def __init__(
        self, opened: Opened, tell: Callable[[int], None], *, accept_good: bool, dry_run: bool, town: Town | None
    ) -> None:
        self._opened, self._report, self._tell = opened, opened.report, tell
        self._accept_good, self._dry_run, self._town = accept_good, dry_run, town
        self._part_of = dict(zip(opened.forms, self._report.parts, strict=True))
        # What is referred to comes before what refers to it, in one file as among several.
        self._forms = sorted(opened.forms, key=lambda form: form.record.order)
        self._long = {form for form in self._forms if _is_long(form)}
        self._in_bulk: dict[Form, tuple[Bulk, Part]] = {}  # with what was done there
        self._taken: dict[Form, _TakenLines] = {}
        self._lines: dict[Form, list[Line]] = {}
        self._extents: dict[Form, Extent] = {}  # of the rows that were taken one by one
        self._numbers: dict[Form, usual.Numbers] = {}
        self._usual: dict[Form, Mapping[str, int]] = {}
        self._said: list[Fault] = []  # what is worth knowing of rows that were kept
        self._left_out: dict[Line, Fault] = {}  # totals that count nothing of their own, with the note on each

    def run(self, open_gate: OpenGate) -> None:
        """Write the rows; on faults, take all back and say so, or leave the faulty rows out and try again."""
        report = self._report
        unfit = list(report.faults)
        out: set[Line] = set()
        while True:
            judged = bool(out)
            try:
                with open_gate(Source(report.file, report.sha256)) as gate:
                    kept, faults = self._write(gate, out, judged=judged)
                    misread = any(line.faults for line in self._all_lines())
                    if faults or unfit or ((misread or out) and not self._accept_good):
                        raise _TakeBack
                    if not self._opened.content.as_it_was():
                        raise Refused([Fault("E331")])
                    if self._dry_run:
                        gate.abandon()
            except _TakeBack:
                report.faults += [fault for _, fault in faults]
                out |= {line for line, _ in faults}
                if not faults or not self._accept_good:
                    self._sum_up([(line, result) for line, result in kept if line not in out])
                    break
            except (Unusual, sqlite3.IntegrityError) as error:
                if self._long:  # taken one by one it shows what is wrong, or goes in
                    self._long.clear()
                    self._in_bulk.clear()
                    self._taken.clear()
                    self._lines.clear()
                    out.clear()
                    report.faults = list(unfit)
                    continue
                # A guard of the schema that no rule put into words: this file is refused, the others are not held up.
                words = {"why": error, "state": "这份文件一行没收"}
                report.faults.append(Fault("E901", words, place=Place(report.file)))
                break
            except Refused as refusal:
                if any(fault.exit in (Exit.LOCKED, Exit.UNUSABLE) for fault in refusal.faults):
                    raise  # the ledger's own: no file is to blame
                # What only shows over the whole file (totals against single records) cannot be laid on one row.
                report.faults += [fault.at(file=report.file) for fault in refusal.faults]
                break
            else:
                report.taken = not self._dry_run
                report.notes += self._said
                self._sum_up(kept)
                break
        report.faults += [fault for line in self._all_lines() for fault in line.faults]
        for line, note in self._left_out.items():
            part = self._part_of[line.form]
            part.rows -= 1
            part.skipped.append(line.row)
            report.notes.append(note)
        for part in report.parts:
            part.refused = part.rows - part.new - part.changed - part.unchanged
        order = {part.sheet: number for number, part in enumerate(report.parts)}
        report.faults.sort(key=lambda f: (order.get(f.place.sheet, -1), f.place.row or 0, f.place.column))

    def _all_lines(self) -> Iterator[Line]:
        return (line for lines in self._lines.values() for line in lines)

    def _write(
        self, gate: Gate, out: set[Line], *, judged: bool
    ) -> tuple[list[tuple[Line, Kept]], list[tuple[Line, Fault]]]:
        """Write all rows but those that are out or were misread; what was kept, and what is wrong. Those misread are
        judged, once, as far as they could be read."""
        kept: list[tuple[Line, Kept]] = []
        faults: list[tuple[Line, Fault]] = []
        first: dict[tuple[str, int], Line] = {}
        rows_of: dict[tuple[str, int], dict[tuple[str, int], Line]] = defaultdict(dict)
        self._said.clear()
        self._extents = {form: Extent() for form in self._forms}
        self._numbers = {form: usual.Numbers() for form in self._forms}
        for form, finder, left in self._in_order(gate):
            record = form.record
            beside = [bulk for of, (bulk, _) in self._in_bulk.items() if of.record is record]
            for number, line in enumerate(left, start=1):
                if number % TOLD_AFTER == 0:
                    self._tell(TOLD_AFTER)
                if line.faults and not judged:
                    told = register.faults(gate, record, line.trusted(), finder)
                    faults += [(line, line.laid(fault)) for fault in told]
                if line.faults or line in out:
                    continue
                if (fault := self._of_another_town(gate, finder, line)) is not None:
                    faults.append((line, fault))
                    continue
                for bulk in beside:
                    for row_id in bulk.meant(line.values):
                        self._earlier(line, row_id)
                try:
                    agreement.refuse_another_in_grey(gate, record, line.values, line.grey, finder)
                    result = register.take(gate, record, line.values, finder)
                    if line.shown and gate.numbers_are_free:
                        register.take_over(gate, record, result, line.shown)
                except Refused as refusal:
                    if any(fault.code in bulk.early for bulk in beside for fault in refusal.faults):
                        raise Unusual from refusal
                    same = register.known(gate, record, line.values, finder)
                    if same is not None and (earlier := self._before(first, line, same)):
                        faults.append((line, _twice(line, *earlier)))
                        continue
                    faults += [(line, line.laid(fault)) for fault in refusal.faults]
                    continue
                if result.note is not None:
                    self._left_out[line] = line.laid(result.note)
                    continue
                key = record.name, result.row_id
                rows = rows_of[result.root, result.root_id]
                if earlier := self._before(first, line, result.row_id):
                    faults.append((line, _twice(line, *earlier)))
                    # What the two have made of the record together says nothing of the first of them.
                    rows.pop(key, None)
                    continue
                first[key] = rows[key] = line
                kept.append((line, result))
                self._extents[form].add(record, line.values, finder)
                self._said += [*line.notes, *(line.laid(fault) for fault in result.said)]
                if result.outcome != "unchanged":
                    self._numbers[form].add(
                        record, {name: (value,) for name, value in line.values.items()}, (line.row,)
                    )
                    new = result.outcome == "new"
                    said = worth_checking.doubts(gate, record, line.values, finder, new=new)
                    self._said += [line.laid(fault) for fault in said]
                    gate.came_from(record.name, range(result.row_id, result.row_id + 1), form.sheet.name, line.row)
        gate.notices += register.remarks(gate, (result for _, result in kept))
        for root, root_id, fault in gate.faults():
            # A root of a row that was refused half-way has nothing to say of its own.
            if rows := rows_of[root, root_id]:
                line = _spoken_of(fault, rows)
                faults.append((line, line.laid(fault, shown=True)))
        self._said += self._asked(gate, kept)
        self._said += suspicions.of_look_alikes(gate, kept, self._row_in_bulk)
        self._said += self._out_of_the_ordinary(gate.today)
        if not faults:
            self._said += taken_over.otherwise(gate, kept)
        return kept, faults

    def _in_order(self, gate: Gate) -> Iterator[tuple[Form, Finder, Sequence[Line]]]:
        """The rows that are to be taken one by one, form by form; then those that wait for what other forms bring."""
        waiting: list[tuple[Form, list[Line]]] = []
        for form in self._forms:
            # Towns and enterprises may have come with the sheet before.
            finder = Finder(gate.connection)
            self._usual[form] = usual.of_ledger(gate, form)
            left = self._lines_of(form, gate, finder)
            if form.record.totals:  # a total is held against its parts, wherever in the sheet it stands
                left = sorted(left, key=lambda line: _comes(line.values.get("town")))
            if waits := [line for line in left if register.waits(form.record, line.values)]:
                waiting.append((form, waits))
                left = [line for line in left if line not in waits]
            yield form, finder, left
        for form, waits in waiting:
            yield form, Finder(gate.connection), waits

    def _out_of_the_ordinary(self, today: str) -> Iterator[Fault]:
        """What is said of the days and numbers of each sheet as a whole."""
        for form in self._forms:
            done = self._in_bulk[form][1] if form in self._in_bulk else Part()
            whole = Extent()
            whole.join(done.extent)
            whole.join(self._extents[form])
            yield from suspicions.of_title(form, whole, self._part_of[form].rows, today)
            yield from usual.far_from_it(form, self._numbers[form], self._usual[form])

    def _row_in_bulk(self, record: Record, row_id: int) -> tuple[Form, int] | None:
        """The sheet and the line of a record among those taken in bulk."""
        for form, taken in self._taken.items():
            if form.record is record and (at := taken.line_of(row_id)):
                return form, at
        return None

    @staticmethod
    def _asked(gate: Gate, kept: Iterable[tuple[Line, Kept]]) -> Iterator[Fault]:
        """What the command line would ask about these records before it keeps them (N328)."""
        for line, result in kept:
            record = line.form.record
            if result.outcome != "unchanged" and register.asks(record):
                for asked in register.questions(gate, record, result):
                    yield line.laid(Fault("N328", {"said": asked.reason}, asked.value, asked.field), shown=True)

    def _before(self, first: dict[tuple[str, int], Line], line: Line, row_id: int) -> tuple[Form, int] | None:
        """The sheet and the line on which this file spoke of a record before; None if it did not."""
        known = first.get((line.form.record.name, row_id))
        return (known.form, known.row) if known is not None else self._earlier(line, row_id)

    def _earlier(self, line: Line, row_id: int) -> tuple[Form, int] | None:
        """The sheet and the line of a record among those taken in bulk. Raises `Unusual` where it stands below this
        line: one by one it would have come later."""
        for form, taken in self._taken.items():
            if form.record is line.form.record and (at := taken.line_of(row_id)):
                if form is line.form and at > line.row:
                    raise Unusual
                return form, at
        return None

    def _of_another_town(self, gate: Gate, finder: Finder, line: Line) -> Fault | None:
        """What is wrong with a row that is of another town than the file is counted for."""
        if self._town is None:
            return None
        found = whose_file.of_another_town(gate, finder, line.form.record, line.values, self._town.code)
        if found is None:
            return None
        field, other = found
        return line.laid(Fault("E344", {"town": other, "own": self._town.name}, field=field), shown=True)

    def _lines_of(self, form: Form, gate: Gate, finder: Finder) -> list[Line]:
        """The rows of a sheet that are to be taken one by one; of a long sheet the others are written."""
        part = self._part_of[form]
        if form in self._long:
            left = self._take_in_bulk(form, gate, finder)
            if form not in self._lines:
                part.numbered.clear()
                read = list(lines.of_rows(form, sorted(left), part.skipped, part.numbered))
                self._lines[form] = lines.with_lost_zeros(form, read)
            part.skipped.sort()
            done = self._in_bulk[form][1]
            part.rows = done.new + done.unchanged + len(self._lines[form])
        elif form not in self._lines:
            part.skipped.clear()
            part.numbered.clear()
            self._lines[form] = lines.with_lost_zeros(form, list(lines.read(form, part.skipped, part.numbered)))
            part.rows = len(self._lines[form])
        return self._lines[form]

    def _take_in_bulk(self, form: Form, gate: Gate, finder: Finder) -> list[Row]:
        """Write what can be written in bulk; returns the rows that are left."""
        way = in_bulk.of(form.record.name)
        assert way is not None
        bulk = way(gate, form.record, finder)
        done, left, part = Part(), list[Row](), self._part_of[form]
        expected = [name for name, column in form.record.columns.items() if column.expected]
        part.skipped.clear()
        where = self._taken[form] = _TakenLines()
        with plain_text.many_rows(), gate.without_indexes(bulk.tables):
            for piece in columns.pieces(form, gate.today):
                part.skipped += piece.skipped
                left += piece.left
                if not piece.lines:
                    continue
                if self._town and not _all_of(piece.columns, self._town):
                    raise Unusual
                taken = bulk.take(piece.columns)
                passed = taken.left | taken.same.keys()
                where.unchanged(piece.lines, taken.same)
                self._tell(len(piece.lines) - len(taken.left))
                left += [(piece.lines[at], piece.cells[at]) for at in taken.left]
                done.extent.add_columns(form.record, piece.columns, taken.left)
                self._numbers[form].add(form.record, piece.columns, piece.lines, passed)
                done.new += len(taken.ids)
                done.unchanged += len(taken.same)
                done.blanks += taken.blanks
                written = piece.lines
                if passed:
                    written = [line for at, line in enumerate(piece.lines) if at not in passed]
                for begin, end in _runs(written):
                    where.new.append((taken.ids[begin], taken.ids[end - 1], written[begin]))
                    gate.came_from(form.record.name, taken.ids[begin:end], form.sheet.name, written[begin])
                for name in expected:
                    told = piece.columns.get(name, (None,) * len(piece.lines))
                    title = form.record.columns[name].title
                    missing = told.count(None) - sum(told[at] is None for at in passed)
                    done.doubtful[title] = done.doubtful.get(title, 0) + missing
        finder.forget()
        done.steps = bulk.steps
        self._in_bulk[form] = bulk, done
        return left

    def _sum_up(self, kept: Iterable[tuple[Line, Kept]]) -> None:
        expected = {
            form: [(name, column.title) for name, column in form.record.columns.items() if column.expected]
            for form in self._forms
        }
        for form, (_, done) in self._in_bulk.items():
            part = self._part_of[form]
            part.new, part.unchanged, part.blanks = done.new, done.unchanged, done.blanks
            part.extent.join(done.extent)
            part.doubtful |= {title: times for title, times in done.doubtful.items() if times}
            part.steps |= {step: times for step, times in done.steps.items() if times}
        for form, extent in self._extents.items():
            self._part_of[form].extent.join(extent)
        for line, result in kept:
            part = self._part_of[line.form]
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
            part.hidden += [line.row] * result.hidden
            for step in result.steps:
                part.steps[step] = part.steps.get(step, 0) + 1
            part.changes += [(line.row, result.number, *change) for change in result.told]


def _all_of(columns: Mapping[str, Sequence[Any]], town: Town) -> bool:
    """Whether all rows read column by column name one town."""
    return set(columns.get("town", (None,))) <= {town.name, town.short, town.code} - {None}


def _comes(town: object) -> int:
    """The order in which figures of a total and its parts are taken: what no town bears, the towns, all."""
    word = values.clean(str(town or ""))
    return 0 if word in lookup.UNSETTLED else 2 if word in place_names.WHOLE else 1


def _runs(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The parts of ascending lines, as slices, in which one follows the other."""
    begin = 0
    while begin < len(lines):
        end = len(lines)
        while lines[end - 1] - lines[begin] != end - 1 - begin:  # halved until nothing is left out in between
            end = begin + (end - begin) // 2
        yield begin, end
        begin = end


def _is_long(form: Form) -> bool:
    """Whether a sheet is worth the way in bulk, and fit for it."""
    if in_bulk.of(form.record.name) is None or not headings.required(form.record) <= form.heading.titles.keys():
        return False
    return not form.sheet.faults and bool(form.sheet.rows[LONG : LONG + 1])


class _TakenLines:
    """On which lines the records of a sheet stand that were taken in bulk."""

    def __init__(self) -> None:
        self.new: list[tuple[int, int, int]] = []  # first and last id, line of the first
        self._same, self._lines = array("q"), array("q")

    def unchanged(self, lines: Sequence[int], same: Mapping[int, int]) -> None:
        """Records that the ledger has just so: the place of each among the lines, and its id."""
        self._same.extend(same.values())
        self._lines.extend(lines[at] for at in same)

    def line_of(self, row_id: int) -> int:
        """The line of a record; 0 if it is none of these."""
        for first, last, line in self.new:
            if first <= row_id <= last:
                return line + row_id - first
        return self._lines[self._same.index(row_id)] if row_id in self._same else 0


def _twice(line: Line, form: Form, row: int) -> Fault:
    record = line.form.record
    other = form.sheet.name if form is not line.form else ""
    where = f"“{other}”表第{row}行" if other else f"第{row}行"
    words = {"where": where, "kind": record.title, "apart": record.apart or _APART}
    return Fault("E237", words, place=line.form.place(line.row))


def _spoken_of(fault: Fault, rows: dict[tuple[str, int], Line]) -> Line:
    """The row a fault of a root is laid on: the one it names, else the newest of the record type that was read last."""
    named = [line for (table, row_id), line in rows.items() if row_id == fault.row_id and fault.table in ("", table)]
    if named:
        return named[-1]
    last = list(rows)[-1][0]
    return rows[max(key for key in rows if key[0] == last)]

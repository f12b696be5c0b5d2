"""Take an opened file into the ledger: whole, or with every fault said; on request the good rows alone.

Rows are read, referred and written under the same rules as a command; what is wrong is gathered over the whole file,
with sheet, row and column, before anything is said.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

from anjian_cli.errors import Fault, Place, Refused
from anjian_cli.exchange import lines, suspicions, taken_over, usual, whose_file
from anjian_cli.exchange.extent import Extent
from anjian_cli.exchange.lines import Form, Line
from anjian_cli.exchange.long_sheets import LongSheets
from anjian_cli.exchange.opened_file import Opened
from anjian_cli.exchange.prefill import Town
from anjian_cli.exchange.report import Report
from anjian_cli.ledger import lookup
from anjian_cli.ledger.gate import Gate, Source
from anjian_cli.ledger.lookup import Finder
from anjian_cli.messages import Exit
from anjian_cli.records import values
from anjian_cli.rules import place_names
from anjian_cli.workflow import agreement, own_life, register, worth_checking
from anjian_cli.workflow.in_bulk import Unusual
from anjian_cli.workflow.kept_record import Kept

OpenGate = Callable[[Source], AbstractContextManager[Gate]]
_APART = "确是两条的，请写明它们哪里不同（日期、类别、内容）；重复录入的，只留一行"
TOLD_AFTER = 500  # rows taken one by one


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
        self._long = LongSheets(self._forms, town, tell)
        self._lines: dict[Form, list[Line]] = {}
        self._extents: dict[Form, Extent] = {}  # of the rows that were taken one by one
        self._numbers: dict[Form, usual.Numbers] = {}
        self._usual: dict[Form, Mapping[str, int]] = {}
        self._said: list[Fault] = []  # what is worth knowing of rows that were kept
        self._own: Collection[str] = ()  # the codes of the town that the file is counted for
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
                if self._long.any():  # taken one by one it shows what is wrong, or goes in
                    self._long.give_up()
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
        self._left_out.clear()
        self._long.begin()
        self._own = () if self._town is None else whose_file.codes_of(gate, self._town)
        self._extents = {form: Extent() for form in self._forms}
        self._numbers = {form: usual.Numbers() for form in self._forms}
        for form, finder, left in self._in_order(gate):
            record = form.record
            beside = self._long.beside(record)
            for number, line in enumerate(left, start=1):
                if number % TOLD_AFTER == 0:
                    self._tell(TOLD_AFTER)
                if line.faults and not judged:
                    told = register.faults(gate, record, register.trusted(line.values, line.faults), finder)
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
                        own_life.take_over(gate, record, result, line.shown)
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
        gate.notices += own_life.remarks(gate, (result for _, result in kept))
        for root, root_id, fault in gate.faults():
            # A root of a row that was refused half-way has nothing to say of its own.
            if rows := rows_of[root, root_id]:
                line = _spoken_of(fault, rows)
                faults.append((line, line.laid(fault, shown=True)))
        self._said += self._asked(gate, kept)
        self._said += suspicions.of_look_alikes(gate, kept, self._long.row)
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
            if waits := [line for line in left if own_life.waits(form.record, line.values)]:
                waiting.append((form, waits))
                left = [line for line in left if line not in waits]
            yield form, finder, left
        for form, waits in waiting:
            yield form, Finder(gate.connection), waits

    def _out_of_the_ordinary(self, today: str) -> Iterator[Fault]:
        """What is said of the days and numbers of each sheet as a whole."""
        for form in self._forms:
            whole = Extent()
            if (done := self._long.done(form)) is not None:
                whole.join(done.extent)
            whole.join(self._extents[form])
            yield from suspicions.of_title(form, whole, self._part_of[form].rows, today)
            yield from usual.far_from_it(form, self._numbers[form], self._usual[form])

    @staticmethod
    def _asked(gate: Gate, kept: Iterable[tuple[Line, Kept]]) -> Iterator[Fault]:
        """What the command line would ask about these records before it keeps them (N328)."""
        for line, result in kept:
            record = line.form.record
            if result.outcome != "unchanged" and own_life.asks(record):
                for asked in own_life.questions(gate, record, result):
                    yield line.laid(Fault("N328", {"said": asked.reason}, asked.value, asked.field), shown=True)

    def _before(self, first: dict[tuple[str, int], Line], line: Line, row_id: int) -> tuple[Form, int] | None:
        """The sheet and the line on which this file spoke of a record before; None if it did not."""
        known = first.get((line.form.record.name, row_id))
        return (known.form, known.row) if known is not None else self._earlier(line, row_id)

    def _earlier(self, line: Line, row_id: int) -> tuple[Form, int] | None:
        """The sheet and the line of a record among those taken in bulk. Raises `Unusual` where it stands below this
        line: one by one it would have come later."""
        earlier = self._long.row(line.form.record, row_id)
        if earlier is not None and earlier[0] is line.form and earlier[1] > line.row:
            raise Unusual
        return earlier

    def _of_another_town(self, gate: Gate, finder: Finder, line: Line) -> Fault | None:
        """What is wrong with a row that is of another town than the file is counted for, or says of no unit that it is
        one's where another file may (工作项 of the county itself): it would count for nobody."""
        if self._town is None:
            return None
        if whose_file.of_nobody(line.form.record, line.values):
            return line.laid(Fault("E890", {"own": self._town.name}, field="town"))
        found = whose_file.of_another_town(gate, finder, line.form.record, line.values, self._own)
        if found is None:
            return None
        field, other = found
        return line.laid(Fault("E344", {"town": other, "own": self._town.name}, field=field), shown=True)

    def _lines_of(self, form: Form, gate: Gate, finder: Finder) -> list[Line]:
        """The rows of a sheet that are to be taken one by one; of a long sheet the others are written."""
        part = self._part_of[form]
        if self._long.has(form):
            left, done = self._long.take(form, gate, finder, part, self._numbers[form])
            if form not in self._lines:
                part.numbered.clear()
                part.not_filled.clear()
                read = list(lines.of_rows(form, sorted(left), part))
                self._lines[form] = lines.with_lost_zeros(form, read)
            part.skipped.sort()
            part.rows = done.new + done.unchanged + len(self._lines[form])
        elif form not in self._lines:
            part.skipped.clear()
            part.numbered.clear()
            part.not_filled.clear()
            self._lines[form] = lines.with_lost_zeros(form, list(lines.read(form, part)))
            part.rows = len(self._lines[form])
        return self._lines[form]

    def _sum_up(self, kept: Iterable[tuple[Line, Kept]]) -> None:
        expected = {
            form: [(name, column.title) for name, column in form.record.columns.items() if column.expected]
            for form in self._forms
        }
        for form, done in self._long.all_done():
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


def _comes(town: object) -> int:
    """The order in which figures of a total and its parts are taken: what no town bears, the towns, all."""
    word = values.clean(str(town or ""))
    return 0 if word in lookup.UNSETTLED else 2 if word in place_names.WHOLE else 1


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

"""The sheets of a file that are so long that their rows go column by column: which these are, what was written so, and
on which line each of the records stands. What cannot go so is left to be taken one by one (`intake`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from anjian_cli.exchange import columns, headings, plain_text, usual
from anjian_cli.exchange.content import Row
from anjian_cli.exchange.lines import Form
from anjian_cli.exchange.prefill import Town
from anjian_cli.exchange.report import Part
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.definition import Record
from anjian_cli.workflow import in_bulk
from anjian_cli.workflow.in_bulk import Bulk, Unusual

LONG = 2_000
"""Rows from which on a sheet is taken in bulk where its record type has a way for it."""


class LongSheets:
    """Those of one file. Where the file is counted for one `town`, rows of another are taken one by one; `tell` is
    called with the number of rows taken since the last call."""

    def __init__(self, forms: Iterable[Form], town: Town | None, tell: Callable[[int], None]) -> None:
        self._forms = {form for form in forms if _is_long(form)}
        self._town, self._tell = town, tell
        self._done: dict[Form, tuple[Bulk, Part]] = {}
        self._taken: dict[Form, _TakenLines] = {}

    def any(self) -> bool:
        """Whether there is one."""
        return bool(self._forms)

    def has(self, form: Form) -> bool:
        """Whether a sheet is one of them."""
        return form in self._forms

    def give_up(self) -> None:
        """Let all rows be taken one by one."""
        self._forms.clear()
        self.begin()

    def begin(self) -> None:
        """Forget what was written: it was taken back, and its gate is closed."""
        self._done.clear()
        self._taken.clear()

    def beside(self, record: Record) -> list[Bulk]:
        """The ways in bulk on which records of a type were written."""
        return [bulk for form, (bulk, _) in self._done.items() if form.record is record]

    def done(self, form: Form) -> Part | None:
        """What was written of a sheet; None if it was not taken in bulk."""
        return self._done[form][1] if form in self._done else None

    def all_done(self) -> Iterator[tuple[Form, Part]]:
        """What was written of each sheet."""
        return ((form, done) for form, (_, done) in self._done.items())

    def row(self, record: Record, row_id: int) -> tuple[Form, int] | None:
        """The sheet and the line of a record among those taken in bulk."""
        for form, taken in self._taken.items():
            if form.record is record and (at := taken.line_of(row_id)):
                return form, at
        return None

    def take(
        self, form: Form, gate: Gate, finder: Finder, part: Part, numbers: usual.Numbers
    ) -> tuple[list[Row], Part]:
        """Write what can be written in bulk; returns the rows that are left, and what was done. `part` is told which
        rows were passed over, `numbers` what the others hold. Raises `Unusual`, sqlite3.IntegrityError."""
        way = in_bulk.of(form.record.name)
        assert way is not None
        bulk = way(gate, form.record, finder)
        done, left = Part(), list[Row]()
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
                numbers.add(form.record, piece.columns, piece.lines, passed)
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
        self._done[form] = bulk, done
        return left, done


def _all_of(columns: Mapping[str, Sequence[Any]], town: Town) -> bool:
    """Whether all rows read column by column name one town."""
    return set(columns.get("town", (None,))) <= {town.name, town.short, town.code} - {None}


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

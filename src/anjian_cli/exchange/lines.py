"""The rows below a sheet's headings, read cell by cell into values, and faults laid on the cells they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from anjian_cli.errors import Fault, Misread, Place
from anjian_cli.exchange import headings
from anjian_cli.exchange.cells import ADDRESS, DUTY, FILED, GREY, READ_ONLY, restored
from anjian_cli.exchange.content import Row, Sheet
from anjian_cli.exchange.headings import Heading
from anjian_cli.records import codes, days, likeness, masking, values
from anjian_cli.records.definition import Column, Kind, Record
from anjian_cli.records.values import CLEAR
from anjian_cli.rules import place_names

AS_ABOVE = {"同上", "同左", "〃", "″", "''", '"', "……"}
"""What people write for what stands in the row above."""


@dataclass(frozen=True, eq=False)
class Form:
    """A sheet whose headings were recognised as those of a record type. Each is itself alone."""

    sheet: Sheet
    record: Record
    heading: Heading

    def place(self, row: int, name: str = "") -> Place:
        """A row of it, or its cell for the field `name`."""
        index = next((index for index, field in self.heading.fields.items() if field == name), None)
        if index is not None:
            title, column = self.heading.titles[name], headings.letter(self.heading.stands.get(index, index))
            return Place(self.sheet.file, self.sheet.name, row, title, column)
        known = self.record.columns.get(name)
        return Place(self.sheet.file, self.sheet.name, row, known.title if known else "")


@dataclass(frozen=True, eq=False)
class Line:
    """One row of a sheet as read: parsed values, or faults. Each is itself alone."""

    form: Form
    row: int
    values: dict[str, Any]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    """What is worth knowing of its cells, and refuses nothing."""
    grey: Mapping[str, str] = field(default_factory=dict)
    """What a form that was sent out shows beside the number, by field. It is not read, but it must agree."""
    shown: Mapping[str, str] = field(default_factory=dict)
    """What an export shows and does not let be changed, by field."""

    def laid(self, fault: Fault, *, shown: bool = False) -> Fault:
        """A fault of this row with its place; `shown` adds the value of its cell."""
        value = fault.value
        known = self.values.get(fault.field)
        if shown and value is None and known is not None and fault.field in self.form.heading.titles:
            value = self.form.record.columns[fault.field].show(known)
        value = masking.shown(self.form.record.columns.get(fault.field), value)
        return fault._replace(value=value, place=self.form.place(self.row, fault.field))


_SERIAL = re.compile(r"(\d{5})((?:\.\d+)?)", re.ASCII)
BETWEEN_SYSTEMS = 1462
"""Days from the first day that a spreadsheet counts from 1900 to the first that it counts from 1904."""


def since_1900(form: Form) -> Form:
    """A sheet with the bare numbers under the headings of days and months counted as in every other workbook; behind
    the point stands the hour."""
    columns = form.record.columns
    dated = [
        index
        for index, name in form.heading.fields.items()
        if form.record.kinds[name] is Kind.DAY or columns[name].parse is days.year_month
    ]
    if not form.sheet.from_1904 or not dated:
        return form
    rows = [(row, [*cells]) for row, cells in form.sheet.rows]
    for _, cells in rows:
        for index in dated:
            if index < len(cells) and (number := _SERIAL.fullmatch(cells[index])):
                cells[index] = f"{int(number[1]) + BETWEEN_SYSTEMS}{number[2]}"
    return replace(form, sheet=replace(form.sheet, rows=rows))


class NoRecords:
    """Which rows of a sheet are no records: totals, signatures, notes with the lines that belong to them, examples,
    rows that have but a serial number, and those of a form of ours that came back as they went out. Asked row by row,
    from the top.

    What a row begins with proves nothing: 单位负责人培训班 is a course. A row in which all that must be there can be
    read is a record, unless its first cell is nothing but such a word, or a colon follows.
    """

    def __init__(self, form: Form) -> None:
        self._form = form
        heads = next((cells for row, cells in form.sheet.rows if row == form.heading.row), [])
        # Over the numbers of rows there often stands nothing, or something in the line above.
        self._serial = {
            index
            for index, cell in enumerate(heads)
            if headings.is_serial(cell) or (not headings.key(cell) and index not in form.heading.fields)
        }
        record = form.record
        self._required = [index for index, name in form.heading.fields.items() if record.columns[name].required]
        self._block: int | None = None  # the last line of a note that may go on
        marks = dict.fromkeys((ADDRESS, DUTY, FILED), "")
        self._mark = next(iter(_headed(form, marks)), None) if record.prefilled else None
        self._asked = [index for index, name in form.heading.fields.items() if name not in record.prefilled]

    def note(self, row: int, cells: Sequence[str]) -> bool:
        """Whether a row is a note, or a line of the one above it."""
        if headings.is_note(cells):
            if _is_total(self._form, cells):
                return False
            if not headings.is_plain_note(cells) and self._reads(cells):
                return False
            if headings.begins_block(cells):
                self._block = row
            return True
        goes_on = (
            self._block is not None
            and row - self._block <= NEXT_LINE
            and sum(bool(cell.strip()) for cell in cells) <= 2
            and not all(self._text(cells, index).strip() for index in self._required)
        )
        self._block = row if goes_on else None
        return goes_on

    def numbered(self, cells: Sequence[str]) -> bool:
        """Whether a row has but a serial number."""
        visible = [index for index, cell in enumerate(cells) if cell.strip()]
        return len(visible) == 1 and visible[0] in self._serial and cells[visible[0]].strip().rstrip(".、").isdecimal()

    def not_filled(self, cells: Sequence[str]) -> bool:
        """Whether a row is one of a form of ours (`form_sheet`) in which nothing is told but what the form filled in.
        In any other list, and in a row that was added, an empty cell is a mistake."""
        if self._mark is None or not self._text(cells, self._mark).strip():
            return False
        return not any(self._text(cells, index).strip() for index in self._asked)

    def _reads(self, cells: Sequence[str]) -> bool:
        """Whether the required cells can be read, and one cell at least is more than text."""
        exact = False
        for index, name in self._form.heading.fields.items():
            column, text = self._form.record.columns[name], self._text(cells, index)
            value = cell(column, text) if text.strip() else None
            if value is None or isinstance(value, Misread):
                if column.required:
                    return False
            elif not isinstance(column.parse, values.Text | values.Word) or value in column.choices:
                exact = True
        return exact

    @staticmethod
    def _text(cells: Sequence[str], index: int) -> str:
        return cells[index] if index < len(cells) else ""


NEXT_LINE = 2
"""How far below a note its next line stands, at most: one row may be left blank."""


class PassedOver(Protocol):
    """The rows that are no records: `numbered` have a serial number alone, `not_filled` are as a form of ours went out,
    `skipped` are all others."""

    skipped: list[int]
    numbered: list[int]
    not_filled: list[int]


def read(form: Form, passed: PassedOver) -> Iterator[Line]:
    """The records below the headings, and what is wrong with the sheet itself. Rows that are no records are added to
    those `passed` over."""
    yield from broken(form)
    yield from of_rows(form, (row for row in form.sheet.rows if row[0] > form.heading.row), passed)


def broken(form: Form) -> Iterator[Line]:
    """The lines of a sheet that cannot be read as rows."""
    for fault in form.sheet.faults:
        yield Line(form, fault.place.row or 0, {}, (fault,))


def of_rows(form: Form, rows: Iterable[Row], passed: PassedOver) -> Iterator[Line]:
    """Rows read as records, each distinct text of a column once."""
    record, heading, no_records = form.record, form.heading, NoRecords(form)
    read: dict[str, dict[str, object]] = {name: {} for name in heading.fields.values()}
    own_number = next((index for index, name in heading.fields.items() if name == "number"), None)
    titles = {f"{column.title}{READ_ONLY}": name for name, column in record.columns.items() if column.shown_only}
    grey = (
        _headed(form, {f"{title}{READ_ONLY}": name for title, name in GREY.items()}) if own_number is not None else {}
    )
    only_shown = _headed(form, titles) if own_number is not None else {}
    for row, cells in rows:
        if no_records.note(row, cells):
            passed.skipped.append(row)
            continue
        if no_records.numbered(cells):
            passed.numbered.append(row)
            continue
        if no_records.not_filled(cells):
            passed.not_filled.append(row)
            continue
        count = headings.overlong(cells, heading.width)
        if count:
            words = {"count": count, "columns": heading.width}
            yield Line(form, row, {}, (Fault("E307", words, place=form.place(row)),))
            continue
        told: dict[str, Any] = {}
        faults: list[Fault] = []
        known = own_number is not None and own_number < len(cells) and bool(cells[own_number].strip())
        notes: list[Fault] = []
        for index, name in heading.fields.items():
            text = cells[index] if index < len(cells) else ""
            seen = read[name]
            if text not in seen:
                seen[text] = cell(record.columns[name], text)
            value = seen[text]
            if isinstance(value, Misread):
                if value.code == "E202" and known:
                    value = None
                else:
                    shown = masking.shown(record.columns[name], text.strip()) if value.code != "E202" else None
                    faults.append(Fault(value.code, value.words, shown, name, form.place(row, name)))
                    continue
            told[name] = value
            notes += noted(record.columns[name], value, name, form.place(row, name))
        if faults and "registration_number" in record.columns:
            faults, old = _old_numbers(told, faults)
            notes += [note._replace(place=form.place(row, note.field)) for note in old]
        yield Line(form, row, told, tuple(faults), tuple(notes), _beside(cells, grey), _beside(cells, only_shown))


def _old_numbers(told: dict[str, Any], faults: Sequence[Fault]) -> tuple[list[Fault], list[Fault]]:
    """Old registration numbers of an enterprise that stand where they do not belong: one in the column of codes goes to
    its own, one that has no column into the remark. `told` is changed; returns the faults that are left, and a note on
    each such number."""
    left: list[Fault] = []
    notes: list[Fault] = []
    for fault in faults:
        typed, where = str(fault.value or ""), ""
        if fault.code == "E223":
            number = codes.registration_number(typed)
            if told.get("registration_number") in (None, number):
                where, told["registration_number"] = "注册号", number
        elif fault.code in ("E225", "E227") and (number := codes.foreign_number(typed)):
            where, remark = "备注", str(told.get("remark") or "")
            if number not in remark:
                told["remark"] = f"{remark}；原注册号{number}" if remark else f"原注册号{number}"
        if not where:
            left.append(fault)
            continue
        told.setdefault(fault.field, None)
        if told.get("no_code_reason") is None and told.get("credit_code") is None:
            told["no_code_reason"] = "代码不详"
        words = {"where": where, "reason": told.get("no_code_reason") or "（空）"}
        notes.append(Fault("N323", words, typed, fault.field))
    return left, notes


def noted(column: Column, value: object, name: str = "", place: Place | None = None) -> list[Fault]:
    """Notes on a value that was read: a document's number that a spreadsheet has made a day (N321), a name in which
    characters were lost (N322)."""
    if not isinstance(value, str):
        return []
    if isinstance(column.parse, codes.Document) and codes.is_made_a_day(value):
        return [Fault("N321", {"title": column.title}, value, name, place or Place())]
    if is_own_name(column) and (lost := likeness.doubtful(value)):
        said = "、".join("问号" if char in "?？" else f"字符U+{ord(char):04X}" for char in lost)
        return [Fault("N322", {"lost": said}, value, name, place or Place())]
    return []


def is_own_name(column: Column) -> bool:
    """Whether a column has names that are kept, not names by which something is looked up."""
    return column.parse is values.name and not column.refers


def with_lost_zeros(form: Form, lines: Sequence[Line]) -> list[Line]:
    """The lines, with a fault (E289) on each number of a document that has fewer digits than one of the same column
    that begins with 0: a spreadsheet has taken it for a number, and its own zeros are lost."""
    found = list(lines)
    for name, column in form.record.columns.items():
        if not isinstance(column.parse, codes.Document) or name not in form.heading.titles:
            continue
        digits = [(at, str(line.values.get(name) or "")) for at, line in enumerate(found)]
        digits = [(at, text) for at, text in digits if text.isascii() and text.isdigit()]
        longest = max((text for _, text in digits if text.startswith("0")), key=len, default="")
        for at, text in digits:
            if len(text) < len(longest) and not text.startswith("0"):
                line = found[at]
                fault = Fault("E289", {"other": longest}, text, name, form.place(line.row, name))
                found[at] = replace(line, faults=(*line.faults, fault))
    return found


def _headed(form: Form, titles: Mapping[str, str]) -> dict[int, str]:
    """The columns of a sheet with these headings, with the fields that they stand for."""
    heads = next((cells for row, cells in form.sheet.rows if row == form.heading.row), [])
    words = {index: "".join(text.split()) for index, text in enumerate(heads)}
    return {index: titles[word] for index, word in words.items() if word in titles}


def _beside(cells: Sequence[str], columns: Mapping[int, str]) -> dict[str, str]:
    """What stands in these columns of a row, by field."""
    told = {name: cells[index].strip() for index, name in columns.items() if index < len(cells)}
    return {name: text for name, text in told.items() if text}


def _is_total(form: Form, cells: Sequence[str]) -> bool:
    """Whether a row that looks like a note is the record of the whole: its town is 合计, and all that a record must
    have stands in it."""
    record = form.record
    if not record.totals:
        return False
    told = {name: cells[index].strip() for index, name in form.heading.fields.items() if index < len(cells)}
    required = (name for name, column in record.columns.items() if column.required)
    return values.clean(told.get("town", "")) in place_names.WHOLE and all(told.get(name) for name in required)


def cell(column: Column, text: str) -> object:
    """The value of one cell as a file has it; a `Misread` says why there is none."""
    if text.strip() in AS_ABOVE:
        return Misread("E319")
    text = restored(text)
    if values.is_clear(text):
        return Misread("E202") if column.required else CLEAR
    try:
        return column.read(text)
    except Misread as misread:
        return misread

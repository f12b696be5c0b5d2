"""A town's own layout in a file (对照): which of its headings is which field, which are not read, what it lacks.

The file is TOML that a clerk can edit: a section for each record type, headings to the left and titles to the right. It
says what is meant, so nothing in it is guessed; what is wrong with it is said at once, with its line.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from anjian_cli.errors import Fault, Misread, Place, Refused
from anjian_cli.exchange import admission, chinese_toml, headings
from anjian_cli.exchange.chinese_toml import quoted
from anjian_cli.exchange.content import refusal
from anjian_cli.exchange.headings import Own
from anjian_cli.records import definition
from anjian_cli.records.definition import Record
from anjian_cli.rules import system_errors

LARGEST = 1024 * 1024
SHEET, IGNORED, COLUMNS, VALUES, FIXED = "工作表", "忽略", "列名", "值", "固定值"
_WORDS = {word: word for word in (SHEET, IGNORED, COLUMNS, VALUES, FIXED)} | {
    "sheet": SHEET,
    "ignored": IGNORED,
    "columns": COLUMNS,
    "values": VALUES,
    "fixed": FIXED,
}

T = TypeVar("T")

_PLACED = re.compile(r"([A-Z]{1,3})列")


def _place(heading: str) -> int | None:
    """The index of the column that a heading names by its place (F列); None for a heading."""
    found = _PLACED.fullmatch(unicodedata.normalize("NFKC", heading).strip().upper())
    return None if found is None else headings.index(found[1])


@dataclass(frozen=True)
class Section:
    """The layout of one record type. `columns` leads from a heading, as the town writes it, or a column's place
    (F列), to a field; `ignored` are headings that are not read; `fixed` leads from a field to the text of every row;
    `sheet` is the sheet's name, '' for any. `also` leads from a field to others that its column tells as well, `values`
    from a field to what the texts in its cells mean ('' for a blank)."""

    record: Record
    columns: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def own(self) -> Own:
        """The section as `headings` takes it: by the keys of the headings, or by the columns' places (F列)."""
        columns = {heading: name for heading, name in self.columns.items() if _place(heading) is None}
        fields = {headings.key(heading): name for heading, name in columns.items()}
        told = [*self.columns.items(), *((heading, "") for heading in self.ignored)]
        placed = {place: name for heading, name in told if (place := _place(heading)) is not None}
        ignored = (headings.key(heading) for heading in self.ignored if _place(heading) is None)
        values = {name: {headings.key(text): to for text, to in meant.items()} for name, meant in self.values.items()}
        return Own(fields, frozenset(ignored), self.fixed, self.also, values, placed)


@dataclass(frozen=True)
class Layout:
    """What a mapping file says; `file` is its name, `lines` where the fixed values stand in it, by record and field."""

    file: str = ""
    sections: tuple[Section, ...] = ()
    lines: Mapping[tuple[str, str], int | None] = field(default_factory=dict)

    def own(self, sheet: str | None) -> dict[str, Own]:
        """What holds for a sheet, by name of the record type; `sheet` None is the only sheet there is."""
        return {
            section.record.name: section.own
            for section in self.sections
            if not section.sheet or sheet is None or section.sheet == sheet
        }

    def kinds(self, sheet: str | None) -> list[Record]:
        """The record types that the mapping lays down for a sheet by its name; empty if none."""
        return [section.record for section in self.sections if sheet and section.sheet == sheet]

    def unmet(self, file: str, sheets: Sequence[str]) -> list[Fault]:
        """Notes (N304) on the sheets it names that a file of several sheets does not have."""
        wanted = [section.sheet for section in self.sections if section.sheet and section.sheet not in sheets]
        return [Fault("N304", {"sheet": name}, place=Place(file)) for name in wanted] if sheets else []

    def place(self, record: Record, name: str) -> Place:
        """Where the fixed value of a field stands."""
        return Place(self.file, row=self.lines.get((record.name, name)), title=record.columns[name].title)


def read(path: Path) -> Layout:
    """The mapping in a file. Raises `Refused`: E305 (no file), E306 (too large), E312 (cannot be opened), and what
    `parse` refuses."""
    if not path.is_file():
        raise Refused([Fault("E351" if path.exists() and not path.is_dir() else "E305", value=str(path))])
    try:
        data = path.read_bytes()
    except OSError as error:
        raise refusal(path.name, "E312", why=system_errors.reading(error)) from error
    if len(data) > LARGEST:
        raise refusal(path.name, "E306", size=admission.megabytes(len(data)), limit=admission.megabytes(LARGEST))
    return parse(path.name, data)


def parse(file: str, data: bytes) -> Layout:
    """The mapping in the bytes of a file, in UTF-8 or GB18030.

    Raises `Refused`, with the file and the line as place: E320 (no TOML), E321 (a name twice), or of what it says
    every E322 to E328 and what is wrong with the fixed values.
    """
    try:
        told, text, _ = chinese_toml.parsed(data)
    except chinese_toml.Unreadable as error:
        raise refusal(file, "E321" if error.twice else "E320", error.row) from error
    return _Reading(file, text).layout(told)


def remembered(town: str, text: str) -> Layout:
    """The mapping that a setting remembers for a town. Raises `Refused` as `parse`, where the record types are other
    ones by now."""
    return _Reading(f"{town}的对照", text).layout(json.loads(text))


class _Reading:
    """The way from what TOML holds to a mapping; gathers what is wrong."""

    def __init__(self, file: str, text: str) -> None:
        self._file, self._text = file, text.split("\n")
        self._faults: list[Fault] = []
        self._lines: dict[tuple[str, str], int | None] = {}

    def layout(self, told: Mapping[str, Any]) -> Layout:
        sections: list[Section] = []
        for word, body in told.items():
            record = _record(word)
            if record is None:
                kinds = "、".join(known.title for known in definition.all_records())
                self._wrong("E322", (word,), value=word, kinds=kinds)
            elif any(section.record is record for section in sections):
                self._wrong("E321", (word,))
            elif (known := self._kept(body, dict, (word,))) is not None:
                sections.append(self._section(word, record, known))
        if not told:
            self._wrong("E328", ())
        if self._faults:
            raise Refused(self._faults)
        return Layout(self._file, tuple(sections), self._lines)

    def _section(self, word: str, record: Record, body: Mapping[str, Any]) -> Section:
        parts: dict[str, Any] = {}
        at: dict[str, tuple[str, ...]] = {COLUMNS: (), VALUES: (), FIXED: ()}
        for name, value in body.items():
            part = _WORDS.get(name.lower())
            if part is None:
                self._wrong("E324", (word, name), value=name)
            elif part in parts:
                self._wrong("E321", (word, name))
            else:
                at[part] = (word, name)
                parts[part] = self._kept(value, {SHEET: str, IGNORED: list}.get(part, dict), at[part])
        ignored = [text for text in parts.get(IGNORED) or () if self._kept(text, str, at[IGNORED]) is not None]
        columns, also = self._columns(record, parts.get(COLUMNS) or {}, at[COLUMNS])
        values = self._values(record, parts.get(VALUES) or {}, at[VALUES])
        fixed = self._fixed(record, parts.get(FIXED) or {}, at[FIXED])
        passed = {headings.key(heading) for heading in ignored}
        for heading in columns:
            if headings.key(heading) in passed:
                self._wrong("E326", (*at[COLUMNS], heading), value=heading)
        return Section(record, columns, tuple(ignored), fixed, (parts.get(SHEET) or "").strip(), also, values)

    def _columns(
        self, record: Record, told: Mapping[str, Any], part: tuple[str, ...]
    ) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        """What each heading stands for, and what the columns of those tell as well that stand for several."""
        found: dict[str, str] = {}
        seen: dict[str, str] = {}
        also: dict[str, tuple[str, ...]] = {}
        for heading, value in told.items():
            at = (*part, heading)
            several = value if isinstance(value, list) and value else [value]
            names = [self._field(record, one, at) for one in several]
            name = names[0]
            if name is None or None in names:
                continue
            if len(names) > 1:
                also[name] = tuple(other for other in names[1:] if other is not None)
            if not headings.key(heading) or seen.setdefault(headings.key(heading), name) != name:
                self._wrong("E326", at, value=heading)
            elif headings.other_scale(heading, record.columns[name]):
                self._wrong("E327", at, value=heading, title=record.columns[name].title)
            else:
                found[heading] = name
        return found, also

    def _values(self, record: Record, told: Mapping[str, Any], part: tuple[str, ...]) -> dict[str, dict[str, str]]:
        """What the texts of a field mean; each has to be one that the field can hold, or blank."""
        found: dict[str, dict[str, str]] = {}
        for title, pairs in told.items():
            at = (*part, title)
            name = self._field(record, title, at)
            if name is None or self._kept(pairs, dict, at) is None:
                continue
            column = record.columns[name]
            for text, meant in pairs.items():
                if self._kept(meant, str, (*at, text)) is None:
                    continue
                try:
                    if meant.strip():
                        column.read(meant)
                except Misread as misread:
                    place = Place(self._file, row=self._line((*at, text)), title=column.title)
                    self._faults.append(Fault(misread.code, misread.words, meant.strip(), name, place))
                    continue
                found.setdefault(name, {})[text] = meant.strip()
        return found

    def _fixed(self, record: Record, told: Mapping[str, Any], part: tuple[str, ...]) -> dict[str, str]:
        found: dict[str, str] = {}
        for title, value in told.items():
            at = (*part, title)
            name = self._field(record, title, at)
            # 2018 and 2018-10-09 need no quotation marks: they can be read in one way only.
            plain = type(value) in (int, date)
            text = str(value) if plain else self._kept(value, str, at)
            if name is None or text is None:
                continue
            if name in found:
                self._wrong("E321", at)
                continue
            column = record.columns[name]
            row = self._lines[record.name, name] = self._line(at)
            try:
                if not text.strip():
                    raise Misread("E202")
                column.read(text)
            except Misread as misread:
                place = Place(self._file, row=row, title=column.title)
                self._faults.append(Fault(misread.code, misread.words, text.strip() or None, name, place))
                continue
            found[name] = text
        return found

    def _field(self, record: Record, title: Any, at: tuple[str, ...]) -> str | None:
        """The field that a title names, or None with a fault."""
        text = self._kept(title, str, at)
        if text is None:
            return None
        name = headings.field_of(text, record)
        if name is None or record.columns[name].shown_only:
            self._wrong("E323", at, value=text, kind=record.title, remedy=_meant(text, record))
            return None
        return name

    def _kept(self, value: Any, kind: type[T], at: tuple[str, ...]) -> T | None:
        """The value if it is of a kind, else None with a fault."""
        if isinstance(value, kind):
            return value
        self._wrong("E325", at, value=at[-1], example=_EXAMPLES[kind])
        return None

    def _wrong(self, code: str, at: tuple[str, ...], value: str | None = None, **words: object) -> None:
        self._faults.append(Fault(code, words, value, place=Place(self._file, row=self._line(at))))

    def _line(self, at: Sequence[str]) -> int | None:
        """The line that a name begins, behind the names of its section and its part; None if it cannot be told."""
        row = -1
        for number, word in enumerate(at, start=1):
            shown = (word, quoted(word)[1:-1])
            found = [n for n, line in enumerate(self._text) if n >= max(row, 0) and any(text in line for text in shown)]
            if number == len(at):
                found = [n for n in found if self._text[n].lstrip("\"'[ \t").startswith(shown)] or found
            if not found:
                return None
            row = found[0]
        return row + 1 if at else None


_EXAMPLES: Mapping[type, str] = {
    str: '"企业名称"',
    list: '["序号", "照片"]',
    dict: '["隐患"."列名"]，下面一行一个 "企业全称" = "企业名称"',
}


def _record(word: str) -> Record | None:
    said = word.strip().lower()
    return next((one for one in definition.all_records() if said in (one.title, one.name, one.noun)), None)


def _meant(title: str, record: Record) -> str:
    """The remedy for a title that a record does not have."""
    titles = [column.title for column in record.columns.values() if not column.shown_only]
    if near := get_close_matches(title, titles, n=1):
        return f"您要填的是“{near[0]}”吗"
    return f"列名见空表：anjian {record.noun} template -o {record.title}空表.csv"

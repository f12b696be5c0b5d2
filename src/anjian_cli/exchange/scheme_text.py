"""A scheme as a text file (TOML with Chinese names), for review: the same rows as its workbook, one table a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from anjian_cli.errors import Fault, Place, Refused
from anjian_cli.exchange import admission, chinese_toml
from anjian_cli.exchange.chinese_toml import Parsed, quoted
from anjian_cli.exchange.content import refusal, shown_name
from anjian_cli.exchange.scheme_columns import COLUMNS, Row, Told, cleaned, hold
from anjian_cli.exchange.scheme_rows import Rows
from anjian_cli.rules import system_errors
from anjian_cli.rules.scoring_text import FIELDS
from anjian_cli.workflow.scheme_draft import ABOUT, CATEGORIES, GROUPS, INDICATORS

SUFFIX = ".toml"
LARGEST = 4 * 1024 * 1024
_NOT_SAID: Mapping[str, str] = {"权重": "1", "计法": "合计", "方向": "多为好"}
"""What a field is that is left out."""
_PLAIN = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_NUMBERS = frozenset({"满分", "加分上限", "减分上限", "权重"})
_ABOUT = """\
# 考核办法。一张表一段，一项一行；文字放在引号里，数不用；没有的项不写。#后面是说明。
# 各项怎么填，和表格的一样：anjian 办法 空表 -o 办法.xlsx 的“填表说明”。改好后：anjian 办法 检查 本文件
"""

_STATEMENT = re.compile(r'\s*(\[\[?)?\s*"?([^"=\]]*?)"?\s*(?:[=\]]|$)')


def written(rows: Rows) -> str:
    """The text of a scheme's rows; fields that are blank, or say what holds without them, are left out."""
    parts = [_ABOUT + "\n".join([f"[{ABOUT}]", *_fields(rows.about)])]
    parts += ["\n".join([f"[[{sheet}]]", *_fields(row)]) for sheet, listed in rows.sheets.items() for row in listed]
    return "\n\n".join(parts) + "\n"


def _fields(row: Row) -> Iterator[str]:
    for title, value in row.items():
        if value and value != _NOT_SAID.get(title):
            plain = title in _NUMBERS and _PLAIN.fullmatch(value)
            yield f"{title} = {value if plain else quoted(value)}"


def read(path: Path) -> Told:
    """The rows of a text file. Raises `Refused` E778 (no TOML, with its line), E769 (no table of a scheme), E305 and
    E351 (no such file), E306 (too large), E312 (cannot be opened)."""
    name = shown_name(path.name)
    if not path.is_file():
        code = "E351" if path.exists() else "E305"
        raise Refused([Fault(code, value=shown_name(str(path)), place=Place(file=name))])
    try:
        data = path.read_bytes()
    except OSError as error:
        raise refusal(name, "E312", why=system_errors.reading(error)) from error
    if len(data) > LARGEST:
        raise refusal(name, "E306", size=admission.megabytes(len(data)), limit=admission.megabytes(LARGEST))
    try:
        made = chinese_toml.parsed(data)
    except chinese_toml.Unreadable as error:
        raise refusal(name, "E778", error.row, why=error.why) from error
    missing = [sheet for sheet in (ABOUT, CATEGORIES, INDICATORS) if sheet not in made.told]
    if missing:
        raise refusal(name, "E769", sheet="”“".join(missing))
    return _Reading(name, made).told()


class _Reading:
    """The way from what TOML holds to rows; gathers what is wrong."""

    def __init__(self, file: str, made: Parsed) -> None:
        self._file, self._made = file, made
        self._faults: list[Fault] = []
        self._tables: dict[str, list[int]] = {}
        """By table, the line of each of its headings."""
        self._lines: dict[tuple[str, int | None, str], int] = {}
        self._find_lines()

    def _find_lines(self) -> None:
        text = self._made.text.split("\n")
        sheet, row = "", None
        for line in self._made.begins:
            found = _STATEMENT.match(text[line - 1])
            name = found[2] if found else ""
            if found and found[1]:
                sheet, row = name, None if found[1] == "[" else line
                self._tables.setdefault(name, []).append(line)
            else:
                self._lines.setdefault((sheet, row, name), line)

    def told(self) -> Told:
        told = self._made.told
        for name in told:
            if name not in COLUMNS:
                known = "、".join(COLUMNS)
                line = next(iter(self._tables.get(name, ())), self._lines.get(("", None, name)))
                self._wrong("E779", Place(self._file, row=line), name, where="办法文件里", known=known)
        about: Row = {}
        if isinstance(told[ABOUT], dict):
            about = self._row(ABOUT, told[ABOUT], Place(self._file, ABOUT))
        else:
            self._wrong("E778", self._heading(ABOUT, 0), why=f"[{ABOUT}]只写一段，用一层方括号")
        rows = {sheet: list(self._rows(sheet)) for sheet in (CATEGORIES, GROUPS, INDICATORS)}
        return Told(about, rows, self._faults, [], self._lines)

    def _rows(self, sheet: str) -> Iterator[tuple[Row, Place]]:
        listed = self._made.told.get(sheet, [])
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            self._wrong("E778", self._heading(sheet, 0), why=f"“{sheet}”每一段的开头写成[[{sheet}]]，用两层方括号")
            return
        for at, each in enumerate(listed):
            place = self._heading(sheet, at)
            yield self._row(sheet, each, place), place

    def _heading(self, sheet: str, at: int) -> Place:
        lines = self._tables.get(sheet, [])
        return Place(self._file, sheet, lines[at] if at < len(lines) else None)

    def _row(self, sheet: str, told: Mapping[str, Any], place: Place) -> Row:
        row: dict[str, str] = {}
        for name, value in told.items():
            title = name.strip()
            if title not in COLUMNS[sheet]:
                of_scoring = sheet == INDICATORS and any(title in fields for fields in FIELDS.values())
                known = '“计分细则”，如 计分细则 = "每少=1；扣=1"' if of_scoring else "、".join(COLUMNS[sheet])
                self._wrong("E779", place._replace(title=name), name, where=f"“{sheet}”里", known=known)
                continue
            text = _text(value)
            if text is None:
                self._wrong("E815", place._replace(title=title), title=title)
                text = ""
            row[title] = cleaned(sheet, title, text, place, self._faults)
        hold(sheet, dict.fromkeys(COLUMNS[sheet], "") | row, place, self._faults)
        return row

    def _wrong(self, code: str, place: Place, value: str | None = None, **words: object) -> None:
        self._faults.append(Fault(code, words, value, place=place))


def _text(value: object) -> str | None:
    """A value as it would stand in a cell: several words parted by 、, pairs by ；. None where it goes deeper."""
    if isinstance(value, dict):
        pairs = {name: _text(told) for name, told in value.items() if not isinstance(told, dict)}
        whole = len(pairs) == len(value) and None not in pairs.values()
        return "；".join(f"{name}={told}" for name, told in pairs.items()) if whole else None
    if isinstance(value, list):
        words = [_text(each) for each in value if not isinstance(each, dict | list)]
        return "、".join(word for word in words if word) if len(words) == len(value) else None
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value)

"""Which row of a sheet holds the headings, which column is which field, and which rows are no records.

Knows the titles of a record type, not what its cells mean. Headings are never guessed from their likeness: a
column that is not recognised is reported, not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from anjian_cli.errors import Fault, Place, Refused
from anjian_cli.exchange.reader import Sheet
from anjian_cli.records.definition import Record

WITHIN = 20
"""How many rows from the top are looked through for the headings."""

_NOTE = re.compile(
    "(?:填表人|填报人|制表人|审核人|单位负责人|填表日期|填报日期|填表说明|示例行)"
    "|(?:合计|总计|小计|共计|注|备注|说明|示例)(?![a-z\u3400-\u9fff])"
)
_NOTE_BEGINS = "填制审单示合总小共注备说★☆*＊"
# A value under a heading in 万元 would be read as yuan: such a bracket is no mere remark.
_SCALES = "千万亿%‰"


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of a sheet for one record type.

    `row` is the line they stand on; `fields` leads from a column's index (from 0) to its field, `titles` from
    a field to its heading as typed; `unknown` are the headings not recognised; `width` counts the columns up
    to the last that has a heading. Columns that are only shown are recognised and left out of `fields`.
    """

    row: int
    fields: dict[int, str]
    titles: dict[str, str]
    unknown: list[str]
    width: int


def letter(index: int) -> str:
    """The spreadsheet's letters for a column's index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def overlong(cells: Sequence[str], width: int) -> int:
    """How many cells a row has if something stands beyond the last heading, else 0 (see E307)."""
    for index in range(len(cells) - 1, width - 1, -1):
        if _visible(cells[index]):
            return index + 1
    return 0


def is_note(cells: Sequence[str]) -> bool:
    """Whether a row is a total, a signature, a remark or an example, by the first cell that is not blank."""
    for cell in cells:
        if seen := cell.strip():
            # Most rows are records, and files hold a million: the first character decides nearly all.
            return seen[0] in _NOTE_BEGINS and _NOTE.match(_key(seen)) is not None
    return False


def match(sheet: Sheet, record: Record, within: int = WITHIN) -> Heading:
    """The heading row of `sheet`: of its first `within` rows the one with the most headings of `record`.

    Two must be recognised, or one if no other is required. Raises `Refused`: E301 (no such row), or all of
    E308 (two columns for one field) and E310 (required columns missing) at once.
    """
    place = Place(file=sheet.file, sheet=sheet.name)
    best = _best_row(sheet, record, within)
    if best is None:
        raise Refused([Fault("E301", _wanted([record], within), place=place)])
    row, found, cells = best
    faults = []
    fields: dict[int, str] = {}
    titles: dict[str, str] = {}
    for index, field in found.items():
        if record.columns[field].shown_only:
            continue
        title = cells[index].strip()
        if field in titles:
            at = Place(sheet.file, sheet.name, row, column=letter(index))
            faults.append(Fault("E308", {"title": title}, field=field, place=at))
            continue
        fields[index] = field
        titles[field] = title
    # A file that names its records by number may bring only what changes.
    if missing := set() if "number" in titles else _required(record) - titles.keys():
        named = "、".join(column.title for name, column in record.columns.items() if name in missing)
        words = {"titles": named, "template": _template(record)}
        faults.append(Fault("E310", words, place=Place(sheet.file, sheet.name, row)))
    if faults:
        raise Refused(faults)
    headed = [index for index, cell in enumerate(cells) if _visible(cell)]
    unknown = [cells[index].strip() for index in headed if index not in found]
    return Heading(row, fields, titles, unknown, headed[-1] + 1)


def recognise(sheet: Sheet, records: Sequence[Record]) -> Record:
    """The record type a sheet holds: the one with the most headings recognised; of several, the one with all
    required headings there.

    Raises `Refused`: E301 if none is recognised, E311 if several are as likely, and what `match` refuses.
    """
    scores: dict[str, tuple[int, bool]] = {}
    for record in records:
        best = _best_row(sheet, record, WITHIN)
        if best is not None:
            recognised = set(best[1].values())
            scores[record.name] = len(recognised), _required(record) <= recognised
    place = Place(file=sheet.file, sheet=sheet.name)
    if not scores:
        raise Refused([Fault("E301", _wanted(records, WITHIN), place=place)])
    # The number goes first: a hazard sheet without its description must not be taken for one of enterprises.
    likely = [record for record in records if scores.get(record.name) == max(scores.values())]
    if len(likely) > 1:
        words = {"kinds": "、".join(record.title for record in likely), "noun": likely[0].noun}
        raise Refused([Fault("E311", words, place=place)])
    match(sheet, likely[0])
    return likely[0]


def _required(record: Record) -> set[str]:
    return {name for name, column in record.columns.items() if column.required}


def _best_row(sheet: Sheet, record: Record, within: int) -> tuple[int, dict[int, str], list[str]] | None:
    """Line, recognised columns and cells of the first row that has the most headings, if it has enough."""
    known = _known(record)
    required = _required(record)
    best: tuple[int, dict[int, str], list[str]] | None = None
    most = 0
    for line, cells in sheet.rows[:within]:
        found = {index: field for index, cell in enumerate(cells) if (field := _field(cell, known))}
        recognised = set(found.values())
        enough = len(recognised) >= 2 or (recognised and recognised == required)
        if enough and len(recognised) > most:
            best, most = (line, found, cells), len(recognised)
    return best


def _field(heading: str, known: dict[str, str]) -> str | None:
    key = _key(heading)
    return known.get(key) or known.get(_without_remark(key))


@lru_cache(maxsize=64)
def _known(record: Record) -> dict[str, str]:
    """Key of a heading to the field it stands for. Full titles go before those without their remark."""
    full: dict[str, str] = {}
    short: dict[str, str] = {}
    for name, column in record.columns.items():
        for heading in (column.title, name, *column.aliases):
            full.setdefault(_key(heading), name)
            short.setdefault(_without_remark(_key(heading)), name)
    return short | full


@lru_cache(maxsize=4096)
def _key(heading: str) -> str:
    """What two spellings of a heading have in common."""
    narrow = unicodedata.normalize("NFKC", heading).lower()
    visible = "".join(char for char in narrow if unicodedata.category(char) not in ("Cf", "Cc", "Zs"))
    return visible.strip("★☆*:")


def _without_remark(key: str) -> str:
    """A key without a bracket at its end, such as (家) or (必填), unless that multiplies the values."""
    remark = re.search(r"(?<=.)\([^()]*\)$", key)
    if remark is None or any(scale in remark[0] for scale in _SCALES):
        return key
    return key[: remark.start()]


def _visible(cell: str) -> bool:
    return bool(cell) and bool(_key(cell))


def _wanted(records: Iterable[Record], within: int) -> dict[str, object]:
    """The words of E301: titles to be found, and how to get a template."""
    titles: dict[str, None] = {}
    template = ""
    for record in records:
        columns = sorted(record.columns.values(), key=lambda column: not column.required)
        titles |= dict.fromkeys(f"“{column.title}”" for column in columns[:2])
        template = template or _template(record)
    return {"rows": within, "wanted": "".join(list(titles)[:4]), "template": template}


def _template(record: Record) -> str:
    return f"anjian {record.noun} template -o {record.title}空表.csv"

"""Tables as offices have them: towns down, indicators across, heads of one or two lines, a total at the foot or side.

Each column of an indicator becomes a form of the long kind, so that reading and judging know nothing of such tables.
What holds for all of it (下达文号, 起用日期, 年度, 截至日期, 依据) stands once above the heads, or is told.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from anjian_cli.errors import Fault, Misread, Place, Refused
from anjian_cli.exchange import headings
from anjian_cli.exchange.cells import restored
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.headings import Heading
from anjian_cli.exchange.lines import Form
from anjian_cli.ledger.catalogue import Entry
from anjian_cli.records import amounts, definition, values
from anjian_cli.records.definition import Record
from anjian_cli.rules import place_names

ENOUGH = 2
"""So many columns of indicators make a table one of this kind."""
QUANTITY = {"target": "quantity", "opening_figure": "cumulative"}
"""The record types that such tables hold, with the field that their cells are of."""
ONCE = {"target": ("year", "document", "from_on"), "opening_figure": ("from_on", "source")}
"""What is told once for a whole table."""
_TOTAL = {"合计", "总计", "小计", "共计"}
_NONE = {"-", "－", "—", "–", "/", "／", "无"}
_COUNTED = re.compile("(?:企业)?(?:家|起|条|人|件|次)?(?:数|数量|总数)$|金额$|(?:家|人)次$")
_TOLD = re.compile("[:：]")
_YEAR = re.compile(r"(20[0-9]{2})\s*年")
_UNTIL = re.compile(r"截至?[:：]?\s*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)")
_UNTIL_END_OF = re.compile(r"(?:截至?[:：]?\s*)(20\d{2})年(1[0-2]|0?[1-9])月(?:底|末)")
_FROM_JANUARY = re.compile(r"(20\d{2})年1月?[-—–－~～至](1[0-2]|[1-9])月")


@dataclass(frozen=True)
class Catalogue:
    """What such a table is known by: the indicators and the names of towns. `told` is what was told for all of it, by
    field."""

    entries: Sequence[Entry] = ()
    towns: frozenset[str] = frozenset()
    told: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> dict[str, Entry]:
        """Indicators by what they are called."""
        return {headings.key(word): entry for entry in self.entries for word in (entry.id, entry.title, entry.short)}

    def meant(self, group: str, head: str) -> Entry | None:
        """The indicator that a head stands for, below the head of a group: of the category that the group names, so
        that 喷涂 below 专项整治 is not that of trusteeship."""
        group, word = headings.key(group), _without_unit(head)
        of_group = [entry for entry in self.entries if group and group in headings.key(entry.category_title)]
        if of_group:
            exact = [entry for entry in of_group if word in map(headings.key, (entry.id, entry.short, entry.title))]
            ending = [entry for entry in of_group if entry.ranked and headings.key(entry.short).endswith(word)]
            found = exact or ending
            return found[0] if len(found) == 1 else None
        return self.by_key.get(group + word) or self.by_key.get(word)

    def resembled(self, head: str) -> Entry | None:
        """The indicator whose name a head is but for a word of counting: 立案数, 检查企业数."""
        return self.by_key.get(_COUNTED.sub("", _without_unit(head)))


class _Column(NamedTuple):
    at: int
    head: str
    entry: Entry


class _Table(NamedTuple):
    """A table: the line of its heads, the column of towns, those of indicators, the totals at its side (each with the
    head of its group), heads that are none of these (by their columns), and those that resemble an indicator."""

    line: int
    town: int
    columns: list[_Column]
    totals: dict[int, str]
    groups: dict[int, str]
    unknown: dict[int, str]
    near: list[tuple[str, Entry]]


def forms(sheet: Sheet, catalogue: Catalogue, record: Record | None, names: Sequence[str]) -> list[Form]:
    """The forms of a sheet that is such a table, and what is wrong with its totals as notes; none if it is another.

    Raises `Refused`: E346 (figures of towns, by heads that only resemble indicators), E347 (what holds for all of it is
    not told, or cannot be read), E348 (tasks or opening figures: it does not say), E356 (no column of towns).
    """
    if record is not None and record.name not in QUANTITY:
        return []
    table = _table(sheet, catalogue)
    if table is None:
        _refuse_unknown_towns(sheet, catalogue, record, names)
        return []
    place = Place(sheet.file, sheet.name, table.line)
    if len(table.columns) < (1 if record else ENOUGH):
        if len(table.columns) + len(table.near) < ENOUGH:
            return []
        raise Refused([_resembling(table, place)])
    kind = record or _kind(sheet, table.line, names)
    if kind is None:
        raise Refused([Fault("E348", {}, place=place)])
    beside = {
        at: name for at, head in table.unknown.items() if (name := headings.field_of(head, kind)) in ONCE[kind.name]
    }
    told = _told_once(sheet, table, kind, catalogue, names, beside.values())
    return [_form(sheet, table, column, kind, told, beside) for column in table.columns]


def notes(sheet: Sheet, catalogue: Catalogue) -> list[Fault]:
    """Notes on totals at the side of the table that are not the sum of their row (N302), and on columns that are left
    out, for their heads only resemble indicators (N312)."""
    table = _table(sheet, catalogue)
    if table is None:
        return []
    place = Place(sheet.file, sheet.name, table.line)
    left = [Fault("N312", {"near": entry.short}, head, place=place) for head, entry in table.near]
    return [*left, *_of_rows(sheet, table)]


# --- the table


def _table(sheet: Sheet, catalogue: Catalogue) -> _Table | None:
    """The table with the most indicators in the rows in which headings are looked for."""
    best: _Table | None = None
    above: Sequence[str] = ()
    for line, cells in sheet.rows[: headings.WITHIN]:
        # One text alone is the title of the table, one with a colon is told for all of it: no line of heads.
        several = sum(bool(cell.strip()) for cell in above) > 1 and not any(_TOLD.search(cell) for cell in above)
        for upper in (above, ()) if several else ((),):
            found = _headed(sheet, line, upper, cells, catalogue)
            if found and (best is None or _size(found) > _size(best)):
                best = found
        above = cells
    return best


def _size(table: _Table) -> tuple[int, int]:
    return len(table.columns), len(table.near)


def _headed(sheet: Sheet, line: int, upper: Sequence[str], cells: Sequence[str], known: Catalogue) -> _Table | None:
    town = _of_towns(sheet, line, known)
    if town is None:
        return None
    found = _Table(line, town, [], {}, {}, {}, [])
    over, taken = "", set[str]()
    for index in range(max(len(upper), len(cells))):
        above = upper[index].strip() if index < len(upper) else ""
        head = cells[index].strip() if index < len(cells) else ""
        over = above or over
        if index == town or headings.is_serial(head):
            continue
        # A cell merged over both lines stands in the upper one.
        group, head = (over, head) if head else ("", above)
        if not head:
            continue
        found.groups[index] = group
        entry = known.meant(group, head)
        if headings.key(head) in _TOTAL:
            found.totals[index] = group
        elif entry is not None and entry.id not in taken:
            taken.add(entry.id)
            found.columns.append(_Column(index, f"{group}{head}", entry))
        elif (near := known.resembled(head)) is not None:
            found.near.append((head, near))
        else:
            found.unknown[index] = f"{group}{head}"
    return found


def _of_towns(sheet: Sheet, line: int, known: Catalogue) -> int | None:
    """The first column below a line in which half of the rows at least name a town, each another."""
    below = [cells for at, cells in sheet.rows if at > line and not headings.is_note(cells)]
    for index in range(max(map(len, below), default=0)):
        words = [cells[index].strip() for cells in below if index < len(cells)]
        found = [word for word in words if word in known.towns]
        if len(found) * 2 >= max(len(below), 1) and len(found) == len(set(found)):
            return index
    return None


def _resembling(table: _Table, place: Place) -> Fault:
    told = [(column.head, column.entry) for column in table.columns] + table.near
    pairs = "、".join(f"“{head}”像“{entry.short}”" for head, entry in told)
    unknown = "”、“".join(table.unknown.values())
    words = {"pairs": pairs, "unknown": f"；“{unknown}”台账里没有这个数" if unknown else ""}
    return Fault("E346", words, place=place)


def _refuse_unknown_towns(sheet: Sheet, known: Catalogue, record: Record | None, names: Sequence[str]) -> None:
    """Raises `Refused` E356 where heads are indicators, and a command or a title says what they are of, but no column
    names towns that are known."""
    for line, cells in sheet.rows[: headings.WITHIN]:
        heads = [cell.strip() for cell in cells if cell.strip() and known.meant("", cell.strip())]
        if len(heads) >= ENOUGH and (record or _kind(sheet, line, names)):
            words = {"heads": "、".join(f"“{head}”" for head in heads[:ENOUGH])}
            raise Refused([Fault("E356", words, place=Place(sheet.file, sheet.name, line))])


def _kind(sheet: Sheet, heads: int, names: Sequence[str]) -> Record | None:
    """Whether the titles above the line of heads speak of tasks or of opening figures; None if of neither or both."""
    above = "".join(cell for line, cells in sheet.rows if line < heads for cell in cells)
    text = "".join(names) + above
    tasks, opening = "任务" in text, any(word in text for word in ("期初", "截至", "累计", "完成情况"))
    return None if tasks == opening else definition.record("target" if tasks else "opening_figure")


# --- what is told once


def _told_once(
    sheet: Sheet, table: _Table, record: Record, catalogue: Catalogue, names: Sequence[str], beside: Collection[str]
) -> dict[str, str]:
    """What holds for every cell of the table, without the fields that have columns of their own `beside` the
    indicators'. Raises `Refused` E347."""
    place = Place(sheet.file, sheet.name)
    rows = [(line, cells) for line, cells in sheet.rows if line < table.line]
    text = "\n".join([*(cell for _, cells in rows for cell in cells), *names])
    found: dict[str, str] = {}
    faults = []
    for name in (name for name in ONCE[record.name] if name not in beside):
        column = record.columns[name]
        told = catalogue.told.get(name) or _above(rows, headings.headings_of(name, record))
        if not told and name == "year" and (said := _YEAR.search(text)):
            told = said[1]
        if not told and record.name == "opening_figure" and name == "from_on":
            told = until(text)
        try:
            if told or column.required:
                column.read(told)
        except Misread as misread:
            words = {"title": column.title, "noun": record.noun, "option": f"--{column.title}"}
            code = "E347" if misread.code == "E202" else misread.code
            faults.append(Fault(code, words | misread.words, told or None, name, place._replace(title=column.title)))
            continue
        if told:
            found[name] = told
    if faults:
        raise Refused(faults)
    return found


def until(text: str) -> str:
    """The day up to which titles say that figures go: 截至2018年9月30日, 截至2018年9月底, 2018年1—9月; '' if none."""
    if said := _UNTIL.search(text):
        return said[1]
    if said := _UNTIL_END_OF.search(text) or _FROM_JANUARY.search(text):
        year, month = int(said[1]), int(said[2])
        return f"{year}-{month:02d}-{monthrange(year, month)[1]}"
    return ""


def _above(rows: Sequence[tuple[int, Sequence[str]]], titles: Sequence[str]) -> str:
    """The text behind a title above the heads: in its own cell after a colon, or in the next that is not blank."""
    wanted = {headings.key(title) for title in titles}
    for _, cells in rows:
        for index, cell in enumerate(cells):
            title, _, rest = cell.replace("：", ":").partition(":")
            if headings.key(title) not in wanted:
                continue
            if rest.strip():
                return rest.strip()
            beside = next((other.strip() for other in cells[index + 1 :] if other.strip()), "")
            return "" if _TOLD.search(beside) else beside
    return ""


# --- forms


def _form(
    sheet: Sheet, table: _Table, column: _Column, record: Record, told: Mapping[str, str], beside: Mapping[int, str]
) -> Form:
    """The column of one indicator as a form of the long kind, with what it has no columns for put behind. `beside` are
    columns that tell the same of every indicator in their row."""
    quantity = QUANTITY[record.name]
    fixed = {"indicator": column.entry.short, **told}
    width = max(len(cells) for _, cells in sheet.rows)
    rows = []
    for line, cells in sheet.rows:
        if line <= table.line:
            rows.append((line, list(cells)))
            continue
        text = cells[column.at].strip() if column.at < len(cells) else ""
        total = _total_of(cells, table, record)
        if text in _NONE or not text:
            continue
        if headings.is_plain_note(cells) and not total:
            rows.append((line, list(cells)))
            continue
        whole = [*cells, *[""] * (width - len(cells))]
        whole[column.at] = _scaled(text, column)
        rows.append((line, [*whole, *fixed.values()]))
    titles = {"town": _text(sheet, table.line, table.town), quantity: column.head}
    titles |= {name: table.unknown[at] for at, name in beside.items()}
    unknown = [head for at, head in table.unknown.items() if at not in beside]
    heading = Heading(
        table.line,
        {table.town: "town", column.at: quantity, **beside} | {width + at: name for at, name in enumerate(fixed)},
        titles | {name: record.columns[name].title for name in fixed},
        unknown if column is table.columns[0] else [],
        width + len(fixed),
        {width + at: column.at for at in range(len(fixed))},
    )
    return Form(replace(sheet, rows=rows), record, heading)


def _total_of(cells: Sequence[str], table: _Table, record: Record) -> bool:
    """Whether a row is the whole's, and is held against its parts as a record."""
    word = cells[table.town] if table.town < len(cells) else ""
    return record.totals and values.clean(word) in place_names.WHOLE


def _text(sheet: Sheet, line: int, index: int) -> str:
    cells = next(cells for at, cells in sheet.rows if at == line)
    return cells[index].strip() if index < len(cells) and cells[index].strip() else "镇（街、区）"


def _scaled(text: str, column: _Column) -> str:
    """A cell with the unit that its head says: money in 万元."""
    head = headings.key(column.head)
    return f"{text}万元" if column.entry.unit == "分" and "万元" in head and not text.endswith("元") else text


def _without_unit(head: str) -> str:
    """The key of a head without a unit in brackets, also where that multiplies: the cells take it (罚款（万元）)."""
    return re.sub(r"\((?:万元|[^()]{1,3})\)$", "", headings.key(head))


def _of_rows(sheet: Sheet, table: _Table) -> Iterator[Fault]:
    for line, cells in sheet.rows:
        if line <= table.line:
            continue
        numbers = {column.at: _number(cells, column.at) for column in table.columns}
        for index, group in table.totals.items():
            told = _number(cells, index)
            # A total below the head of a group is that group's; at the end of the table also that of all.
            parts = [n for at, n in numbers.items() if at < index and (not group or table.groups[at] == group)]
            sums = {sum(n or 0 for n in parts), sum(n or 0 for n in numbers.values())}
            if told is None or told in sums or not parts:
                continue
            found = sum(n or 0 for n in parts)
            words = {"told": told, "read": f"本行相加{found}，相差{abs(told - found)}", "remedy": "请核对"}
            yield Fault("N302", words, place=Place(sheet.file, sheet.name, line, column=headings.letter(index)))


def _number(cells: Sequence[str], index: int) -> int | None:
    text = cells[index].strip() if index < len(cells) else ""
    try:
        return amounts.count(restored(text)) if text else None
    except Misread:
        return None

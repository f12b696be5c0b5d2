"""A scheme (考核办法) read from a workbook: what an office has as a table already, a row a category and indicator.

One form both ways: what `scheme_book` writes is read here. The sheets 事实, 填表说明 and 代码表 are not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from anjian_cli.errors import Fault, Misread, Place, Refused
from anjian_cli.exchange import reader
from anjian_cli.exchange.content import Sheet
from anjian_cli.records import values
from anjian_cli.rules import measure
from anjian_cli.rules.measure import DIMENSIONS
from anjian_cli.workflow.scheme_draft import KINDS, LESS, MONEY, MORE, TARGET, Asked, Draft, Heading, Known

ABOUT, CATEGORIES, INDICATORS, FACTS = "办法", "类别", "指标", "事实"
OF_SCHEME = ("名称", "标题", "文号", "备注")
OF_CATEGORY = ("编号", "名称", "计分", "权重")
OF_INDICATOR = (
    *("编号", "类别", "指标", "全称", "单位", "计法", "数", "条件", "评分", "对照", "结转", "名单外", "数自", "方向"),
)
OPTIONAL = frozenset({"计法", "条件", "对照", "结转", "名单外", "数自", "方向", "权重", "数"})
"""Columns that may be blank, or left out."""
TITLES = frozenset({"名称", "全称"})
"""Columns that are printed as they are typed."""
TASK = "任务"
LONGEST, LONGEST_TITLE = 40, 200  # characters: of a name, a code, a word; of what is printed, and of conditions

_WEIGHT = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(%?)|\d{1,6}/\d{1,6}", re.ASCII)

Row = Mapping[str, str]


def is_scheme(sheets: Iterable[Sheet]) -> bool:
    """Whether a file is a scheme, by the names of its sheets."""
    return {ABOUT, CATEGORIES, INDICATORS} <= {sheet.name for sheet in sheets}


def read(path: Path, facts: Mapping[str, Known], records: Mapping[str, str]) -> Draft:
    """The scheme that a workbook tells. `records` are the titles of the record types, by table. Raises `Refused` with
    every cell that cannot be read (E752, E759, E769 to E772), and as `reader.content`."""
    sheets = {"".join(sheet.name.split()): sheet for sheet in reader.read(path) if not sheet.hidden}
    missing = [name for name in (ABOUT, CATEGORIES, INDICATORS) if name not in sheets]
    if missing:
        raise Refused([Fault("E769", {"sheet": "”“".join(missing)}, place=Place(file=path.name))])
    told_in = [sheets[name] for name in (ABOUT, CATEGORIES, INDICATORS)]
    faults: list[Fault] = [fault for sheet in told_in for fault in sheet.faults]
    faults += [
        Fault("E775", {"sheet": sheet.name, "count": sheet.unknown_results}, place=Place(sheet.file))
        for sheet in told_in
        if sheet.unknown_results
    ]
    about = _about(sheets[ABOUT], faults)
    categories = [_category(row, place, faults) for row, place in _rows(sheets[CATEGORIES], OF_CATEGORY, faults)]
    titles = {each.title: each.code for each in categories}
    told = list(_rows(sheets[INDICATORS], OF_INDICATOR, faults))
    shorts = {row.get("指标", ""): row.get("编号", "") for row, _ in told}
    by_title = {fact.title: id_ for id_, fact in facts.items()}
    tables = {title: table for table, title in records.items()}
    indicators = [
        _Reading(row, place, faults, facts, by_title, titles, shorts, tables).indicator() for row, place in told
    ]
    if faults:
        raise Refused(faults)
    return Draft(
        name=about["名称"],
        title=about["标题"],
        document=about.get("文号", ""),
        remark=about.get("备注", ""),
        categories=tuple(categories),
        indicators=tuple(indicators),
        place=Place(file=path.name),
    )


def _about(sheet: Sheet, faults: list[Fault]) -> dict[str, str]:
    """Name and value a line."""
    found: dict[str, str] = {}
    for line, cells in sheet.rows:
        name = _cell(values.clean, cells, 0, Place(sheet.file, sheet.name, line), faults)
        if name in OF_SCHEME:
            place = Place(sheet.file, sheet.name, line, name)
            found[name] = _cell(_as_typed, cells, 1, place, faults)
            limit = LONGEST if name == "名称" else LONGEST_TITLE
            if len(found[name]) > limit:
                faults.append(Misread("E204", limit=limit).fault(found[name], place=place))
    for name in ("名称", "标题"):
        if not found.get(name):
            faults.append(Fault("E771", {"title": name}, place=Place(sheet.file, sheet.name)))
            found[name] = ""
    return found


def _as_typed(text: str) -> str:
    """Of what is printed the Chinese signs stay."""
    return values.plain(text).strip(values.BLANKS)


def _cell(read: Callable[[str], str], cells: Sequence[str], at: int, place: Place, faults: list[Fault]) -> str:
    """A cell; '' where there is none, or it cannot be read, which is told."""
    if at >= len(cells):
        return ""
    try:
        return read(cells[at])
    except Misread as error:
        faults.append(error.fault(cells[at], place=place))
        return ""


def _rows(sheet: Sheet, columns: Sequence[str], faults: list[Fault]) -> Iterator[tuple[Row, Place]]:
    """The rows below the headings, by heading."""
    heads: dict[str, int] = {}
    above: dict[int, str] = {}
    for line, cells in sheet.rows:
        place = Place(sheet.file, sheet.name, line)
        if not heads:
            told = ["".join(cell.split()).lstrip("★") for cell in cells]
            if "编号" in told:
                heads = {title: told.index(title) for title in columns if title in told}
                for title in columns:
                    if title not in heads and title not in OPTIONAL:
                        faults.append(Fault("E770", {"sheet": sheet.name, "title": title}, place=Place(sheet.file)))
            continue
        row = {
            title: _cell(_as_typed if title in TITLES else values.clean, cells, at, place._replace(title=title), faults)
            for title, at in heads.items()
        }
        if not any(row.values()):
            continue
        if "类别" in heads:
            _fill(row, "类别", line, heads["类别"], sheet, above)
        for title, value in row.items():
            limit = LONGEST_TITLE if title in TITLES or title == "条件" else LONGEST
            if not value and title not in OPTIONAL:
                faults.append(Fault("E771", {"title": title}, place=place._replace(title=title)))
            elif len(value) > limit:
                faults.append(Misread("E204", limit=limit).fault(value, place=place._replace(title=title)))
        yield row, place
    if not heads:
        faults.append(Fault("E770", {"sheet": sheet.name, "title": "编号"}, place=Place(sheet.file)))


def _fill(row: dict[str, str], title: str, line: int, at: int, sheet: Sheet, above: dict[int, str]) -> None:
    """A cell that is merged over several rows holds for each of them; `above` has the words of such, by first row."""
    for first, last, left, right in sheet.unseen.merged:
        if first <= line <= last and left == right == at:
            row[title] = above.setdefault(first, row[title])


def _yes(row: Row, title: str, place: Place, faults: list[Fault]) -> bool:
    if not row.get(title):
        return False  # told as missing
    try:
        return bool(values.yes_no(row[title]))
    except Misread as error:
        faults.append(error.fault(row[title], place=place._replace(title=title)))
        return False


def _category(row: Row, place: Place, faults: list[Fault]) -> Heading:
    told = row.get("权重", "") or "1"
    weight = Fraction(1)
    try:
        if _WEIGHT.fullmatch(told) is None:
            raise ValueError(told)
        weight = Fraction(told.removesuffix("%")) / (100 if told.endswith("%") else 1)
        if weight == 0:
            raise ValueError(told)
    except (ValueError, ZeroDivisionError):
        faults.append(Fault("E772", {}, told, place=place._replace(title="权重")))
    return Heading(row.get("编号", ""), row.get("名称", ""), _yes(row, "计分", place, faults), weight, place)


class _Reading:
    """One line of the sheet of indicators."""

    def __init__(
        self,
        row: Row,
        place: Place,
        faults: list[Fault],
        facts: Mapping[str, Known],
        by_title: Mapping[str, str],
        categories: Mapping[str, str],
        shorts: Mapping[str, str],
        tables: Mapping[str, str],
    ) -> None:
        self._row, self._place, self._faults = row, place, faults
        self._facts, self._by_title = facts, by_title
        self._categories, self._shorts, self._tables = categories, shorts, tables

    def indicator(self) -> Asked:
        kind = self._one_of("计法", {said: kind for kind, said in KINDS.items()}, "sum")
        against = self._cell("对照")
        counts = self._cell("数自")
        counts = (self._tables if kind == "distinct" else self._shorts).get(counts, counts)
        unit = self._cell("单位")
        category = self._cell("类别")
        return Asked(
            code=self._cell("编号"),
            category=self._categories.get(category, category),
            short=self._cell("指标"),
            title=self._cell("全称"),
            unit=MONEY[0] if unit == MONEY[1] else unit,
            kind=kind,
            measure=self._measure() if kind == "sum" else "",
            ranked=_yes(self._row, "评分", self._place, self._faults),
            against=TARGET if against == TASK else self._shorts.get(against, against),
            counts=counts,
            carried=self._shorts.get(self._cell("结转"), self._cell("结转")),
            apart=self._shorts.get(self._cell("名单外"), self._cell("名单外")),
            less=self._one_of("方向", {LESS: "less", MORE: "more"}, "more") == "less",
            place=self._place,
        )

    def _cell(self, title: str) -> str:
        return self._row.get(title, "")

    def _one_of(self, title: str, known: Mapping[str, str], unsaid: str) -> str:
        told = self._cell(title)
        if told and told not in known:
            fault = Misread("E203", choices="、".join(known)).fault(told, place=self._place._replace(title=title))
            self._faults.append(fault)
        return known.get(told, unsaid)

    def _measure(self) -> str:
        told = self._cell("数")
        id_ = self._by_title.get(told, told)
        fact = self._facts.get(id_)
        if fact is None:
            code = "E757" if told else "E771"
            self._faults.append(Fault(code, {"title": "数"}, told or None, place=self._place._replace(title="数")))
            return id_
        found: dict[str, list[str]] = {}
        for condition in filter(None, self._cell("条件").replace("；", ";").split(";")):
            title, _, words = condition.replace("＝", "=").partition("=")
            title = title.strip()
            listed = sorted({word.strip() for word in words.replace(",", "、").split("、")} - {""})
            place = self._place._replace(title="条件")
            name = DIMENSIONS[fact.dimensions.index(title)] if title in filter(None, fact.dimensions) else ""
            if not listed or name in found or measure.SIGNS.intersection(words):
                self._faults.append(Fault("E759", {}, condition.strip(), place=place))
            elif not name:
                known = "、".join(filter(None, fact.dimensions)) or "没有"
                fault = Fault("E760", {"fact": fact.title, "known": known}, condition.strip(), place=place)
                self._faults.append(fault)
            else:
                found[name] = listed
        return measure.written(id_, found)


def conditions(text: str, facts: Mapping[str, Known]) -> str:
    """The conditions of a measure as they are typed: 培训对象=网格员."""
    asked = measure.read(text)
    dimensions = facts[asked.fact].dimensions
    return "；".join(f"{dimensions[DIMENSIONS.index(name)]}={'、'.join(told)}" for name, told in asked.words.items())


def counted(each: Asked, facts: Mapping[str, Known], records: Mapping[str, str], shorts: Mapping[str, str]) -> str:
    """What an indicator counts, in a few words: 培训合格人次（网格员）; `shorts` are the short words, by code."""
    if each.kind != "sum":
        return f"{KINDS[each.kind]}：{records.get(each.counts) or shorts.get(each.counts, each.counts)}"
    asked = measure.read(each.measure)
    words = "，".join("、".join(told) for told in asked.words.values())
    return facts[asked.fact].title + (f"（{words}）" if words else "")

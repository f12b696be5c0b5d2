"""A scheme (考核办法) read from a file, a workbook or a text of the same rows: what an office has as a table already, a
row a category, group and indicator.

One form both ways: what `scheme_book` and `scheme_text` write is read here. 事实, 填表说明 and 代码表 are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from anjian_cli.bulletin.definition import REQUIRED
from anjian_cli.errors import Fault, Misread, Place, Refused
from anjian_cli.exchange import scheme_table, scheme_text
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.scheme_columns import Row, Told
from anjian_cli.exchange.scheme_rows import AGAINST
from anjian_cli.light_dataclasses import dataclass, replace
from anjian_cli.records import values
from anjian_cli.rules import grades, measure, scoring_text
from anjian_cli.rules.measure import DIMENSIONS
from anjian_cli.rules.scoring import FORMS, MARK, NOTHING
from anjian_cli.rules.totals import BY_POINTS, MEAN, TOTALS
from anjian_cli.rules.unit_kinds import TOWNS, UNITS
from anjian_cli.workflow import scheme_draft
from anjian_cli.workflow.scheme_draft import (
    ABOUT,
    CATEGORIES,
    GROUPS,
    INDICATORS,
    KINDS,
    LESS,
    MONEY,
    MORE,
    PERIODS,
    Asked,
    Draft,
    Group,
    Heading,
    Known,
)

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", scheme_text.SUFFIX)
"""The files that can hold a scheme."""

_OF_THE_WHOLE = frozenset({"E770", "E775", "E778"})
"""What is wrong with a file so that its rows are not known."""
_WEIGHT = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(%?)|\d{1,6}/\d{1,6}", re.ASCII)


def is_scheme(sheets: Iterable[Sheet]) -> bool:
    """Whether a file is a scheme, by the names of its sheets."""
    return {ABOUT, CATEGORIES, INDICATORS} <= {sheet.name for sheet in sheets}


def read(path: Path, facts: Mapping[str, Known], records: Mapping[str, str]) -> Draft:
    """The scheme that a file tells; a cell that cannot be read is one of its `unread`. `records` are the titles of the
    record types, by table. Raises `Refused` for a file that is no scheme or lacks a column (E769, E770, E775, E778),
    and as `reader.content`."""
    told = scheme_text.read(path) if path.suffix.lower() == scheme_text.SUFFIX else scheme_table.read(path)
    if any(fault.code in _OF_THE_WHOLE or not fault.place.sheet for fault in told.faults):
        raise Refused(told.faults)
    draft = _draft(path.name, told, facts, records)
    return replace(draft, unread=tuple(told.faults))


def _draft(file: str, told: Told, facts: Mapping[str, Known], records: Mapping[str, str]) -> Draft:
    faults, about = told.faults, told.about
    place = Place(file=file)
    of_scheme = _Cells(about, place._replace(sheet=ABOUT), faults)
    categories = [_category(_Cells(row, place, faults)) for row, place in told.rows[CATEGORIES]]
    # A title is kept as it is typed, and found however its signs are typed.
    titles = {values.clean(each.title): each.code for each in categories}
    groups = [_group(_Cells(row, place, faults), titles) for row, place in told.rows[GROUPS]]
    known = _Words(
        facts=facts,
        by_title={fact.title: id_ for id_, fact in facts.items()},
        categories=titles,
        groups={(group.category, values.clean(group.title)): group.code for group in groups},
        shorts={row.get("指标", ""): row.get("编号", "") for row, _ in told.rows[INDICATORS]},
        tables={title: table for table, title in records.items()},
    )
    indicators = [_indicator(_Cells(row, place, faults), known) for row, place in told.rows[INDICATORS]]
    return Draft(
        name=about.get("名称", ""),
        title=about.get("标题", ""),
        document=about.get("文号", ""),
        remark=about.get("备注", ""),
        # Of a word that is not known the points are looked at all the same.
        total=of_scheme.one_of("总分", TOTALS) or (BY_POINTS if of_scheme["总分"] else MEAN),
        assessed=of_scheme.one_of("考核期", tuple(PERIODS)) or next(iter(PERIODS)),
        missing=of_scheme.one_of("缺项", NOTHING) or NOTHING[0],
        grades=_grades(about.get("等次", "")),
        categories=tuple(categories),
        groups=tuple(groups),
        indicators=tuple(_with_parts(each, indicators, known) for each in indicators),
        notes=tuple(told.notes),
        lines=told.lines,
        place=place,
    )


def _grades(text: str) -> str:
    """In the one way in which they are kept; what cannot be read is told with the draft's other faults."""
    try:
        return grades.written(grades.read(text))
    except ValueError:
        return text


class _Cells:
    """The cells of one row by column, and what is wrong with them."""

    def __init__(self, row: Row, place: Place, faults: list[Fault]) -> None:
        self._row, self.place, self._faults = row, place, faults

    def __getitem__(self, title: str) -> str:
        return self._row.get(title, "")

    def wrong(self, code: str, title: str, value: str | None = None, /, **words: object) -> None:
        self._faults.append(Fault(code, words, value, place=self.place._replace(title=title)))

    def one_of(self, title: str, known: Sequence[str]) -> str:
        """One of some words; '' where nothing is told, or another one, which is wrong."""
        told = self[title]
        if told and told not in known:
            self.wrong("E203", title, told, choices="、".join(known))
        return told if told in known else ""

    def yes(self, title: str) -> bool:
        if not self[title]:
            return False  # told as missing
        try:
            return bool(values.yes_no(self[title]))
        except Misread as error:
            self._faults.append(error.fault(self[title], place=self.place._replace(title=title)))
            return False

    def marks(self, title: str) -> Fraction | None:
        """Points, none where nothing is told."""
        told = "".join(self[title].split())
        try:
            value = scoring_text.number(told) if told else None
        except ValueError:
            value = Fraction(-1)
        if value is not None and value < 0:
            self.wrong("E807", title, told, what="分数", example="不小于0的数，如 40、2.5")
            return None
        return value

    def full_marks(self) -> Fraction | None:
        """满分, none where nothing is told: of nought nobody could have any."""
        value = self.marks("满分")
        if value == 0:
            self.wrong("E807", "满分", self["满分"], what="满分", example="大于0的数，如 40；没有满分的空着")
        return value or None

    def share(self, title: str) -> Fraction | None:
        """A part of a whole, as 70% or 0.7; none where nothing is told."""
        told = "".join(self[title].split())
        try:
            value = scoring_text.number(told, percent=True) if told else None
        except ValueError:
            value = Fraction(0)
        if value is not None and not 0 < value <= 1:
            self.wrong("E807", title, told, what="折算", example="百分数，如 70%")
            return None
        return value


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of a file mean: facts, categories, groups (by category and title), indicators and record types by
    what they are called."""

    facts: Mapping[str, Known]
    by_title: Mapping[str, str]
    categories: Mapping[str, str]
    groups: Mapping[tuple[str, str], str]
    shorts: Mapping[str, str]
    tables: Mapping[str, str]

    def group(self, category: str, told: str) -> str:
        """The code of a group of a category by its title; of another category where this one has none."""
        others = (code for (_, title), code in self.groups.items() if title == told)
        return self.groups.get((category, told)) or next(others, told)


def _category(cells: _Cells) -> Heading:
    told = cells["权重"] or "1"
    weight = Fraction(1)
    try:
        if _WEIGHT.fullmatch(told) is None:
            raise ValueError(told)
        weight = Fraction(told.removesuffix("%")) / (100 if told.endswith("%") else 1)
        if weight == 0:
            raise ValueError(told)
    except (ValueError, ZeroDivisionError):
        cells.wrong("E772", "权重", told)
    return Heading(
        code=cells["编号"],
        title=cells["名称"],
        scored=cells.yes("计分"),
        weight=weight,
        full=cells.full_marks(),
        bonus_cap=cells.marks("加分上限"),
        deduction_cap=cells.marks("减分上限"),
        conversion=cells.share("折算"),
        missing=cells.one_of("缺项", NOTHING),
        place=cells.place,
    )


def _group(cells: _Cells, categories: Mapping[str, str]) -> Group:
    category = categories.get(cells["类别"], cells["类别"])
    return Group(cells["编号"], category, cells["名称"], cells.full_marks() or Fraction(0), cells.place)


def _indicator(cells: _Cells, known: _Words) -> Asked:
    """All but what it adds and takes off, which are still the words of the file."""
    form = cells.one_of("计分", FORMS)
    unsaid = KINDS[scheme_draft.MARK] if form == MARK and not cells["数"] else KINDS["sum"]
    said = cells.one_of("计法", tuple(KINDS.values())) or unsaid
    kind = next(kind for kind, title in KINDS.items() if title == said)
    category = known.categories.get(cells["类别"], cells["类别"])
    counts, unit = cells["数自"], cells["单位"]
    full = cells.marks("满分")
    scoring, required = _scoring(form, full, cells["计分细则"])
    if kind == scheme_draft.MARK:
        unit = "" if unit == "分" else unit
        for title in ("数", "条件"):
            if cells[title]:
                cells.wrong("E774", title, cells[title], title=title, why="由人打分的，不数什么")
    return Asked(
        code=cells["编号"],
        category=category,
        short=cells["指标"],
        title=cells["全称"],
        unit=MONEY[0] if unit == MONEY[1] else unit,
        kind=kind,
        measure=_measure(cells, known) if kind == "sum" else "",
        ranked=cells.yes("评分"),
        against=_against(cells["对照"] or (AGAINST[REQUIRED] if required else ""), known),
        counts=(known.tables if kind == "distinct" else known.shorts).get(counts, counts),
        carried=known.shorts.get(cells["结转"], cells["结转"]),
        apart=known.shorts.get(cells["名单外"], cells["名单外"]),
        less=cells.one_of("方向", (MORE, LESS)) == LESS,
        group=known.group(category, cells["组"]) if cells["组"] else "",
        form=form,
        full=full,
        scoring=scoring,
        missing=cells.one_of("缺项", NOTHING),
        standard=cells["评分标准"],
        proof=cells["验证方式"],
        units=_units(cells["考核单位"]),
        plus=_listed(cells["加"]),
        minus=_listed(cells["减"]),
        place=cells.place,
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in re.split("[、，,；;+]", text))))


def _units(text: str) -> str:
    """The kinds of units in one order; '' for towns alone."""
    told = _listed(text)
    if set(told) == {TOWNS}:
        return ""
    return "、".join(sorted(dict.fromkeys(told), key=lambda unit: UNITS.index(unit) if unit in UNITS else len(UNITS)))


def _scoring(form: str, full: Fraction | None, text: str) -> tuple[str, bool]:
    """The fields of a form in the one way in which they are kept, and whether something is required (应有); what cannot
    be read stays as it is, and is told with the draft's other faults."""
    if not form:
        return text, False
    try:
        scoring = scoring_text.read(form, "" if full is None else scoring_text.decimal(full), text)
    except scoring_text.Unreadable:
        return text, False
    return scoring_text.written(scoring), scoring.required is not None


def _against(told: str, known: _Words) -> str:
    itself = {said: code for code, said in AGAINST.items()}
    return itself.get(told) or known.shorts.get(told, told)


def _with_parts(each: Asked, indicators: Sequence[Asked], known: _Words) -> Asked:
    """With the measures of those that it adds and takes off in place of their short words."""
    if not each.plus and not each.minus:
        return each
    measures = {other.code: other.measure for other in indicators if other.measure}

    def measured(words: Sequence[str]) -> tuple[str, ...]:
        return tuple(measures.get(known.shorts.get(word, word), word) for word in words)

    return replace(each, plus=measured(each.plus), minus=measured(each.minus))


def _measure(cells: _Cells, known: _Words) -> str:
    told = cells["数"]
    id_ = known.by_title.get(told, told)
    fact = known.facts.get(id_)
    if fact is None:
        if told:
            near = "、".join(get_close_matches(told, known.by_title, cutoff=0.5))
            cells.wrong("E816", "数", told, near=f"相近的：{near}。" if near else "")
        else:
            cells.wrong("E771", "数", title="数")
        return id_
    found: dict[str, list[str]] = {}
    for condition in filter(None, cells["条件"].replace("；", ";").split(";")):
        title, _, words = condition.replace("＝", "=").partition("=")
        title = title.strip()
        listed = sorted({word.strip() for word in words.replace(",", "、").split("、")} - {""})
        name = DIMENSIONS[fact.dimensions.index(title)] if title in filter(None, fact.dimensions) else ""
        if not listed or name in found or measure.SIGNS.intersection(words):
            cells.wrong("E759", "条件", condition.strip())
        elif not name:
            choices = "、".join(filter(None, fact.dimensions)) or "没有"
            cells.wrong("E760", "条件", condition.strip(), fact=fact.title, known=choices)
        else:
            found[name] = listed
    return measure.written(id_, found)

"""一企一档 as a paper, for the screen and for every office format: the enterprise itself, a table for each kind of its
records, what is to be done, and the line of time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.enterprise_file import EnterpriseFile, Section
from anjian_cli.exchange import cells
from anjian_cli.records import definition, masking
from anjian_cli.records.definition import Kind, Record
from anjian_cli.render.paper import Head, Paper, Row, Sheet

FACTS = (
    *("number", "credit_code", "registration_number", "no_code_reason", "registered_address", "operating_address"),
    *("industry_code", "industry_name", "size", "employees", "risks", "state", "principal", "safety_officer", "phone"),
    *("grid_officer", "registered_on", "remark"),
)
"""What is told of the enterprise itself, in this order, where it is known."""
WIDE = ("description", "cause", "title", "factors")
"""Fields of which the text may be long: they stand to the left and take what room there is."""


def enterprise_paper(found: EnterpriseFile, *, phones: bool = False) -> Paper:
    """All of it. Telephone numbers are masked unless `phones` says otherwise."""
    record = definition.record("enterprise")
    (own,) = masking.leaving(record, [dict(found.own)], phones=phones).rows
    sheets = [
        _facts(record, own),
        *_stays(found),
        *(_section(section, phones=phones) for section in found.sections),
        *_owed(found),
        *_events(found, phones=phones),
    ]
    return Paper(
        title=f"{found.own['name']}安全生产档案",
        mark=phrase.DEMONSTRATION if found.demonstration else "",
        before=(_standing(found),),
        sheets=tuple(sheets),
        after=(),
        witness=f"核验码 {found.witness}" if found.witness else "",
    )


def _standing(found: EnterpriseFile) -> str:
    """One line: where it is, what state it is in, how many hazards it has open, what is overdue."""
    own = found.own
    where = f"{own['town'] or '未定镇街'}{own['village'] or ''}"
    told = [f"截至{phrase.day(found.on)}，{where}，{own['state']}"]
    if found.names:
        told.append("曾用名" + "、".join(f"{name}（至{until}）" for name, until in found.names))
    hazards = [row for section in found.sections if section.record == "hazard" for row in section.rows]
    if hazards:
        standing = sum(row["stage"] != "已销号" for row in hazards)
        told.append(f"共登记隐患{len(hazards)}条，" + (f"未销号{standing}条" if standing else "全部销号"))
    late = sum(one.left < 0 for one in found.owed)
    if found.owed:
        told.append(f"待办{len(found.owed)}件" + (f"，其中逾期{late}件" if late else ""))
    return "；".join(told) + "。"


def _sheet(title: str, heads: tuple[Head, ...], rows: Iterator[Row] | tuple[Row, ...], right: str = "") -> Sheet:
    return Sheet(title, None, "", title, right, heads, tuple(rows), None, ())


def _facts(record: Record, own: Mapping[str, Any]) -> Sheet:
    rows = tuple(
        Row((record.columns[name].title, cells.shown(record, name, own[name])))
        for name in FACTS
        if own[name] is not None
    )
    return _sheet("基本情况", (Head("项目", "name"), Head("内容", "text")), rows)


def _stays(found: EnterpriseFile) -> Iterator[Sheet]:
    """Where it was, if it ever moved."""
    if len(found.stays) > 1:
        heads = (Head("镇（街、区）", "name"), Head("村（居）", "text"), Head("自", "text"), Head("至", "text"))
        rows = (
            Row((stay.town, stay.village, stay.from_on or "登记时", stay.until_on or "现在")) for stay in found.stays
        )
        yield _sheet("属地", heads, rows)


def _section(section: Section, *, phones: bool) -> Sheet:
    record = definition.record(section.record)
    told = [name for name in section.fields if any(row[name] is not None for row in section.rows)]
    heads = tuple(
        Head(record.columns[name].title if name in record.columns else "编号", _kind(record, name)) for name in told
    )
    rows = masking.leaving(record, [dict(row) for row in section.rows], phones=phones).rows
    return _sheet(
        record.title,
        heads,
        (Row(tuple(cells.shown(record, name, row[name]) for name in told)) for row in rows),
        f"共{len(rows)}条",
    )


def _kind(record: Record, name: str) -> Any:
    if name == "number":
        return "name"
    if name in WIDE:
        return "text"
    numeric = name in record.kinds and record.kinds[name] in (Kind.WHOLE, Kind.AMOUNT)
    return "count" if numeric else "text"


def _owed(found: EnterpriseFile) -> Iterator[Sheet]:
    if found.owed:
        heads = (Head("待办", "name"), Head("期限", "text"), Head("还剩", "text"), Head("办理", "text"))
        rows = (
            Row((one.what, one.due_on, one.time_left, f"anjian {one.command} {one.handle}"), behind=one.left < 0)
            for one in found.owed
        )
        sheet = _sheet("待办", heads, rows, f"共{len(found.owed)}件")
        yield Sheet(
            sheet.name, None, sheet.title, sheet.left, sheet.right, sheet.heads, sheet.rows, None, (), sign="逾期"
        )


def _events(found: EnterpriseFile, *, phones: bool) -> Iterator[Sheet]:
    if found.events:
        heads = (Head("日期", "name"), Head("事项", "text"), Head("编号", "text"))
        rows = (
            Row((event.on, masking.in_text(event.what, phones=phones), event.number or None)) for event in found.events
        )
        yield _sheet("时间线", heads, rows)

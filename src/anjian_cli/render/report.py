"""The report on imported files: every fault with its place, like ones merged, and what was taken."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.errors import Fault
from anjian_cli.exchange.importing import Report

CHANGES_SHOWN = 20


def faults(report: Report) -> list[str]:
    """One line a fault; those that differ only in their row are told once, with the other rows."""
    groups: dict[tuple[object, ...], list[Fault]] = {}
    for fault in report.faults:
        key = (fault.code, fault.place.title, fault.value, fault.reason)
        groups.setdefault(key, []).append(fault)
    lines = []
    for group in groups.values():
        text = str(group[0])
        if len(group) > 1:
            others = _rows([fault.place.row for fault in group[1:] if fault.place.row is not None])
            more = f"另有{len(group) - 1}行同此{f'（第{others}行）' if others else ''}。"
            text = f"{text.removesuffix(f'〔{group[0].code}〕')}{more}〔{group[0].code}〕"
        lines.append(text)
    return lines


def summary(report: Report, *, dry_run: bool, accept_good: bool) -> list[str]:
    """What became of the file, in a line, and the remarks on it."""
    if report.taken or (dry_run and (not report.faults or accept_good)):
        head = f"《{report.file}》：{report.title}{report.rows}行，"
        head += f"新增{report.new}，修改{report.changed}，不变{report.unchanged}"
        if report.refused:
            head += f"，退回{report.refused}行（{len(report.faults)}处）"
        head += "。"
        if dry_run:
            head += "（试运行，未写入）"
        return [head, *_remarks(report), *_changes(report)]
    if not report.rows:
        return [f"《{report.file}》：未导入。"]
    good = report.rows - report.refused
    return [
        f"《{report.file}》：{report.rows}行，正确{good}行，有误{report.refused}行（{len(report.faults)}处），未导入任何一行。",
        *_remarks(report),
    ]


def _remarks(report: Report) -> list[str]:
    remarks = []
    for title, count in report.doubtful.items():
        remarks.append(f"　存疑：{count}行没有填“{title}”。")
    if report.skipped:
        remarks.append(f"　第{_rows(report.skipped)}行是合计、说明或示例，已跳过。")
    if report.unknown:
        remarks.append(f"　不认识的列，没有导入：{'、'.join(report.unknown)}。")
    return remarks


def _changes(report: Report) -> list[str]:
    """What the file changed and left in records that were there before."""
    remarks = []
    if report.blanks:
        remarks.append(f"　空格{report.blanks}处沿用台账原值（要清空请填“（清空）”）。")
    for row, number, title, before, after in report.changes[:CHANGES_SHOWN]:
        remarks.append(f"　第{row}行 {number} {title}：{_value(before)} → {_value(after)}")
    if len(report.changes) > CHANGES_SHOWN:
        remarks.append(f"　……共修改{len(report.changes)}处。")
    return remarks


def _rows(rows: Sequence[int]) -> str:
    shown = "、".join(map(str, rows[:10]))
    return shown if len(rows) <= 10 else f"{shown}等{len(rows)}"


def _value(value: object) -> str:
    return "（空）" if value is None or value == "" else str(value)

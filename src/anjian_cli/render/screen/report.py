"""The report on imported files: every fault with its place, like ones merged, and what was taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from anjian_cli.errors import Fault
from anjian_cli.exchange import confirmation_sheet, template
from anjian_cli.exchange.cells import FAULT_LIST, MOST_RETURNED, OTHER_DUE, READ_ONLY
from anjian_cli.exchange.extent import Sums
from anjian_cli.exchange.report import Part, Report
from anjian_cli.records import definition
from anjian_cli.records.confirmation import AGREED, OBJECTED
from anjian_cli.render.screen import proposal
from anjian_cli.workflow import echo

if TYPE_CHECKING:  # openpyxl is needed only where a copy is written
    from anjian_cli.exchange.marked_copy import MarkedCopy

CHANGES_SHOWN = 20
LINES_OF_A_KIND = 20
SUMS_SHOWN = 20
"""Indicators of which a sheet's sums are told."""
OWN_SHEETS = {template.GUIDE, template.CODES, FAULT_LIST, OTHER_DUE, confirmation_sheet.ALL}
STEPS = ("销号", "整改完成", "退回整改", "延期", AGREED, OBJECTED)
UNREADABLE = {"E201", "E302", "E303", "E309", "E314", "E315", "E316", "E317", "E318"}
"""Faults of a file that is to be sent again in another form."""
ANY_NUMBER = "编号"
"""What stands in a remedy for the number of a record, where it is said of several."""
_UNIT = re.compile("（([^（）]+)）$")


def faults(report: Report) -> list[str]:
    """A line for each fault; those that differ only in their row are told once, with the other rows. Of a kind (the
    same fault of the same column) so many are told, and the rest counted: they stand in the marked copy."""
    groups: dict[tuple[object, ...], list[Fault]] = {}
    for fault in report.faults:
        key = (fault.code, fault.place.sheet, fault.place.title, fault.value, fault.reason)
        groups.setdefault(key, []).append(fault)
    kinds: dict[tuple[object, ...], list[list[Fault]]] = {}
    for group in groups.values():
        kinds.setdefault((group[0].code, group[0].place.sheet, group[0].place.title), []).append(group)
    lines = []
    for kind in kinds.values():
        lines += [_line(group) for group in kind[:LINES_OF_A_KIND]]
        if rest := [fault for group in kind[LINES_OF_A_KIND:] for fault in group]:
            title = f"“{rest[0].place.title}”" if rest[0].place.title else ""
            where = _rows([fault.place.row for fault in rest if fault.place.row is not None])
            lines.append(f"　{title}同类的还有{len(rest)}处{f'（第{where}行）' if where else ''}。〔{rest[0].code}〕")
    return lines


def _line(group: Sequence[Fault]) -> str:
    """The line of faults, or notes, that differ only in their row."""
    return _with_rows(str(_of_all(group)), group)


def _of_all(group: Sequence[Fault]) -> Fault:
    """The first of faults that differ only in their row, as it is said of all: a remedy that names another record for
    each names none."""
    first = group[0]
    if len({fault.words.get("number") for fault in group}) == 1:
        return first
    return first._replace(words={**first.words, "number": ANY_NUMBER})


def _with_rows(text: str, group: Sequence[Fault]) -> str:
    """The text of the first of them, with the rows of the others."""
    if len(group) == 1:
        return text
    others = _rows([fault.place.row for fault in group[1:] if fault.place.row is not None])
    more = f"另有{len(group) - 1}行同此{f'（第{others}行）' if others else ''}。"
    return f"{text.removesuffix(f'〔{group[0].code}〕')}{more}〔{group[0].code}〕"


def summary(report: Report, *, dry_run: bool, accept_good: bool) -> list[str]:
    """What became of the file, in a line, and the remarks on it."""
    if report.same_as:
        return [f"《{report.file}》：与《{report.same_as}》内容相同，无变化。"]
    if report.is_taken(dry_run=dry_run, accept_good=accept_good):
        head = f"《{report.file}》：{_counted(report)}，"
        head += f"新增{report.new}，修改{report.changed}，不变{report.unchanged}"
        if report.refused:
            head += f"，退回{report.refused}行（{len(report.faults)}处）"
        head += "。"
        if dry_run:
            head += "（试运行，未写入）"
        return [head, *_steps(report), *_extents(report), *_remarks(report), *_changes(report)]
    if not report.rows:
        return [f"《{report.file}》：未导入。", *_notes(report), *proposal.lines(report.proposals)]
    good = report.rows - report.refused
    return [
        f"《{report.file}》：{report.rows}行，正确{good}行，有误{report.refused}行（{len(report.faults)}处），未导入任何一行。",
        *_remarks(report),
    ]


def sent_back(report: Report, copy: MarkedCopy | None, town: str) -> list[str]:
    """Where the marked copy is, and a sentence to send along."""
    told = reply(report, copy, town)
    sentence = [f"　微信回复语：{told}"] if told else []
    if copy is None:
        if report.rows > MOST_RETURNED:
            sentence.append(
                f"　没有生成退回件：超过{MOST_RETURNED}行。先收正确的、只退回有误的行：anjian 导入 文件 --收正确的；"
                "全部错处：anjian 导入 文件 --格式 json"
            )
        return sentence
    return [f"　已生成退回件：{copy.path}，错处标黄并附批注，改好后直接再次导入即可。", *sentence]


def reply(report: Report, copy: MarkedCopy | None, town: str) -> str:
    """A sentence to send along with the marked copy; without one, why the file could not be read, or '' if that is
    not what is wrong with it."""
    sender = town or PurePath(report.file).stem
    month = re.search(r"(?<!\d)(1[0-2]|0?[1-9])月", report.file)
    what = f"{month[1].lstrip('0')}月" if month else ""
    if copy is None:
        first = report.faults[0]
        if first.code not in UNREADABLE:
            return ""
        remedy = first.remedy
        for of_the_office in ("；打不开的请对方重发", "再导入", "再报", "，"):
            remedy = remedy.removesuffix(of_the_office)
        return f"{sender}：报来的《{report.file}》{first.reason}。{remedy}，重发。"
    titles = [part.title for part in report.parts if part.refused or not report.refused]
    titles = titles or [near.record.title for near in report.proposals]
    what += "、".join(dict.fromkeys(titles)) + "表"
    if report.refused:
        told = f"{report.rows}行中{report.refused}行需修改（{copy.marked}处标黄，见附件）"
    else:
        told = f"有{len(report.faults)}处需修改（见附件“错误清单”）"
    return f"{sender}：{what}{told}，请改好重发。"


def _counted(report: Report) -> str:
    """The rows of each sheet that has any."""
    filled = [part for part in report.parts if part.rows]
    if not filled and len(report.parts) > 1:
        return f"{len(report.parts)}张表0行"
    return "、".join(f"{part.title}{part.rows}行" for part in filled or report.parts)


def _steps(report: Report) -> list[str]:
    """What the file did to hazards, and what towns answered: 销号14条、退回整改1条、延期2条。"""
    counts = {step: sum(part.steps.get(step, 0) for part in report.parts) for step in STEPS}
    said = "、".join(f"{step}{count}条" for step, count in counts.items() if count)
    return [f"　{said}。"] if said else []


def _extents(report: Report) -> list[str]:
    """Which days each sheet spans and what its numbers come to, a line a sheet."""
    lines = []
    for part, which in _named(report):
        if not part.record:
            continue
        columns = definition.record(part.record).columns
        said = [f"{columns[name].title}{_span(*days)}" for name, days in part.extent.days.items()]
        said += [_sum(columns[name].title, sums) for name, sums in part.extent.sums.items()]
        if said:
            lines.append(f"　{which}{'，'.join(said)}。")
    return lines


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}至{last}"


def _sum(title: str, sums: Sums) -> str:
    """参训人次共120, 发现隐患共3条, 罚款共2.5万元, 任务数：三级新创共42、罚款共20万元."""
    said = []
    word, counted = title, ""
    if (told := _UNIT.search(title)) is not None:
        word, counted = title[: told.start()], told[1]
    for of, (total, unit) in sums.items():
        amount = echo.money(total) if unit == echo.MONEY else f"{total}{unit or counted}"
        said.append(f"{of or word}共{amount}")
    if "" in sums:
        return "、".join(said)
    more = f"……等{len(said)}项" if len(said) > SUMS_SHOWN else ""
    return f"{word}：{'、'.join(said[:SUMS_SHOWN])}{more}"


def _remarks(report: Report) -> list[str]:
    remarks = []
    unfilled = 0
    for part, which in _named(report):
        if which and _unfilled(part):
            unfilled += 1
            continue
        for title, count in part.doubtful.items():
            remarks.append(f"　存疑：{which}{count}行没有填“{title}”。")
        if part.skipped:
            remarks.append(f"　{which}第{_rows(part.skipped)}行是合计、说明或示例，已跳过。")
        if part.numbered:
            remarks.append(f"　{which}第{_rows(part.numbered)}行只有序号，已跳过。")
        if part.not_filled:
            measure = "家" if definition.record(part.record).of_enterprise else "行"
            remarks.append(f"　{which}{len(part.not_filled)}{measure}没有填，没有收。")
        if struck := [row for row in part.struck if row not in part.skipped]:
            remarks.append(f"　{which}第{_rows(struck)}行有删除线，与别的行一样读了；作废的行请删去再导入。")
        if concealed := [row for row in part.concealed if row not in part.skipped]:
            remarks.append(f"　{which}第{_rows(concealed)}行是隐藏的或筛选掉的，照样收了；不要的请删去再导入。")
        if part.concealed_columns:
            remarks.append(f"　{which}隐藏的列，照样读了：{'、'.join(part.concealed_columns)}。")
        if part.merged:
            said = "、".join(f"{title}第{first}至{last}行" for title, first, last in part.merged[:SUMS_SHOWN])
            more = f"……等{len(part.merged)}处" if len(part.merged) > SUMS_SHOWN else ""
            remarks.append(f"　{which}合并的单元格，每一行都按合并的内容读：{said}{more}。")
        if unknown := [title for title in part.unknown if not title.endswith(READ_ONLY)]:
            remarks.append(f"　{which}不认识的列，没有导入：{'、'.join(unknown)}。")
        if part.hidden:
            remarks.append(
                f"　{which}第{_rows(part.hidden)}行的电话有遮盖，与台账中的对不上，没有存；要登记、要改的请填全号。"
            )
        if part.formulas:
            remarks.append(f"　{which}有{part.formulas}格是公式，取的是表中已算出的结果。")
        if part.unknown_results:
            remarks.append(
                f"　{which}有{part.unknown_results}格公式没有算出结果，按空格处理；请在WPS中打开、保存后再导入。"
            )
    if unfilled:
        remarks.append(f"　没有填的表{unfilled}张，只有示例、合计、说明，已跳过。")
    if over := [name for name in report.passed_over if name not in OWN_SHEETS]:
        remarks.append(f"　没有认出列名的表，没有导入：{'、'.join(over)}。")
    if OTHER_DUE in report.passed_over:
        remarks.append(f"　“{OTHER_DUE}”表只供查看，没有导入；办好的请用各自的登记表报来。")
    if report.hidden:
        remarks.append(f"　隐藏的表，没有导入：{'、'.join(report.hidden)}。")
    return [*remarks, *_notes(report), *proposal.lines(report.proposals)]


def _unfilled(part: Part) -> bool:
    """Whether all that a sheet says is that it was left as it was given out."""
    counted = (part.rows, part.unknown, part.hidden, part.formulas, part.unknown_results, part.not_filled)
    said = (part.doubtful, part.numbered, part.struck, part.concealed, part.concealed_columns, part.merged)
    return not (any(counted) or any(said))


def _notes(report: Report) -> list[str]:
    """The notes on a file; those that say the same of several rows are told once, with the other rows; of many of a
    kind some are told, and the rest counted."""
    kinds: dict[tuple[str, str, str], dict[tuple[object, ...], list[Fault]]] = {}
    for note in report.notes:
        kind = kinds.setdefault((note.code, note.place.sheet, note.place.title), {})
        kind.setdefault((note.value, note.reason), []).append(note)
    lines = []
    for (code, *_), kind in kinds.items():
        groups = list(kind.values())
        lines += [f"　{_with_rows(str(_of_all(group).at(file='')), group)}" for group in groups[:LINES_OF_A_KIND]]
        left = [note for group in groups[LINES_OF_A_KIND:] for note in group]
        if rest := [note.place.row for note in left if note.place.row is not None]:
            lines.append(f"　同类的还有{len(rest)}处（第{_rows(rest)}行）。〔{code}〕")
    return lines


def _changes(report: Report) -> list[str]:
    """What the file changed and left in records that were there before."""
    remarks = []
    if blanks := sum(part.blanks for part in report.parts):
        remarks.append(f"　空格{blanks}处沿用台账原值（要清空请填“（清空）”）。")
    changes = [(which, *change) for part, which in _named(report) for change in part.changes]
    for which, row, number, title, before, after in changes[:CHANGES_SHOWN]:
        remarks.append(f"　{which}第{row}行 {number} {title}：{_value(before)} → {_value(after)}")
    if len(changes) > CHANGES_SHOWN:
        remarks.append(f"　……共修改{len(changes)}处。")
    return remarks


def _named(report: Report) -> list[tuple[Part, str]]:
    """The parts, each with the words that say which sheet is meant; none where there is but one."""
    several = len(report.parts) > 1
    return [(part, f"“{part.sheet}”表" if several else "") for part in report.parts]


def _rows(rows: Sequence[int]) -> str:
    shown = "、".join(map(str, rows[:10]))
    return shown if len(rows) <= 10 else f"{shown}等{len(rows)}"


def _value(value: object) -> str:
    return "（空）" if value is None or value == "" else str(value)

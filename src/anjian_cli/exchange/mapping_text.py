"""A mapping (对照) as text: a file that a clerk reads and completes, and the one line that a setting remembers.

What is written here `mapping` reads.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from anjian_cli.exchange.chinese_toml import quoted
from anjian_cli.exchange.heading_proposal import Proposal
from anjian_cli.exchange.mapping import COLUMNS, FIXED, IGNORED, SHEET, VALUES, Layout, Section
from anjian_cli.records import definition
from anjian_cli.records.definition import Record

T = TypeVar("T")

_ABOUT = """\
# 表格对照：等号左边是表上的列名，右边是台账的列名。名称放在英文双引号里，一行一个；#后面是说明。
# 请逐行核对，不对的改掉或删去，再导入：anjian 导入 文件 --对照 本文件
"""


def compact(layout: Layout) -> str:
    """A mapping as one line of JSON, as a setting remembers it."""

    def titled(record: Record, pairs: Mapping[str, T]) -> dict[str, T]:
        return {record.columns[name].title: value for name, value in pairs.items()}

    told = {}
    for section in layout.sections:
        record = section.record
        columns = {
            heading: [record.columns[one].title for one in (name, *section.also.get(name, ()))]
            for heading, name in section.columns.items()
        }
        parts: dict[str, object] = {
            SHEET: section.sheet,
            IGNORED: list(section.ignored),
            COLUMNS: {heading: titles[0] if len(titles) == 1 else titles for heading, titles in columns.items()},
            VALUES: titled(record, section.values),
            FIXED: titled(record, section.fixed),
        }
        told[record.title] = {name: part for name, part in parts.items() if part}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def written(layout: Layout, proposals: Sequence[Proposal] = ()) -> str:
    """A mapping with what is proposed beside it, as the text of a file that `mapping.parse` reads."""
    files = "、".join(dict.fromkeys(f"《{proposal.file}》" for proposal in proposals))
    drawn_up = f"# 由{_plain(files)}的列名拟出。\n" if files else ""
    names = dict.fromkeys([*(s.record.name for s in layout.sections), *(p.record.name for p in proposals)])
    parts = []
    for name in names:
        record = definition.record(name)
        section = next((one for one in layout.sections if one.record is record), Section(record))
        parts.append("\n".join(_section(section, [one for one in proposals if one.record is record])))
    return "\n".join([_ABOUT + drawn_up, *parts])


def _section(section: Section, proposals: Sequence[Proposal]) -> Iterator[str]:
    record = section.record
    said = quoted(record.title)
    columns = {_plain(heading): [name, *section.also.get(name, ())] for heading, name in section.columns.items()}
    for pair in (pair for proposal in proposals for pair in proposal.pairs):
        columns.setdefault(_plain(pair.heading), [pair.field])
    for both in (both for proposal in proposals for both in proposal.both):
        columns.setdefault(_plain(both.heading), [both.field]).append(both.other)
    meant = {name: dict(pairs) for name, pairs in section.values.items()}
    for value in (value for proposal in proposals for value in proposal.values):
        meant.setdefault(value.field, {}).setdefault(_plain(value.text), value.meant)
    # Next month's list may say it in other words than this one's.
    proposed = {pair.field for proposal in proposals for pair in proposal.pairs}
    proposed |= {value.field for proposal in proposals for value in proposal.values}
    unseen = {name: words for name in proposed if (words := record.columns[name].near_values)}
    meant |= {name: {} for name in unseen if name not in meant}
    left = dict.fromkeys(_plain(heading) for proposal in proposals for heading in proposal.left)
    missing = dict.fromkeys(title for proposal in proposals for title in proposal.missing)
    wanted = dict.fromkeys(title for proposal in proposals for title in proposal.wanted)
    twice = dict.fromkeys(pair for proposal in proposals for pair in proposal.twice)
    serial = (_plain(heading) for proposal in proposals for heading in proposal.serial)
    ignored = dict.fromkeys([*section.ignored, *serial, *(f"{pair.column}列" for pair in twice)])
    yield f"[{said}]"
    if section.sheet:
        yield f"{quoted(SHEET)} = {quoted(section.sheet)}"
    if left:
        yield f"# 没有相近的列：{'、'.join(left)}。要导入的写到“{COLUMNS}”里，不要的写到“{IGNORED}”里。"
    for pair in twice:
        move = f"移到“{COLUMNS}”里，如 {quoted(f'{pair.column}列')} = {quoted('备注')}"
        yield f"# {pair.column}列（{_plain(pair.heading)}）：前面已有一列{pair.title}，不读；另有用处的，{move}"
    yield f"{quoted(IGNORED)} = [{', '.join(map(quoted, ignored))}]"
    yield f"\n[{said}.{quoted(COLUMNS)}]"
    if any(len(names) > 1 for names in columns.values()):
        yield "# 右边有两列的，表里只有一个日期：是同一天的照此，不是的删去一列。"
    for heading, names in columns.items():
        titles = ", ".join(quoted(record.columns[name].title) for name in names)
        yield f"{quoted(heading)} = {titles if len(names) == 1 else f'[{titles}]'}"
    for name, texts in meant.items():
        yield f"\n[{said}.{quoted(VALUES)}.{quoted(record.columns[name].title)}]"
        blank = "即还没有完成：复查的日期和人不收，写了完成日期的退回" if name in record.outcome[:1] else "即当作没填"
        yield f"# 左边是表里填的，右边是台账里的；右边空着，{blank}。"
        yield from (f"{quoted(text)} = {quoted(to)}" for text, to in texts.items())
        if others := {text: to for text, to in unseen.get(name, {}).items() if text not in texts}:
            yield "# 别的月份可能填的："
            yield from (f"{quoted(text)} = {quoted(to)}" for text, to in others.items())
    yield f"\n[{said}.{quoted(FIXED)}]"
    yield "# 表里没有这一列的，每行都填同一个值。"
    yield from (f"{quoted(record.columns[name].title)} = {quoted(text)}" for name, text in section.fixed.items())
    if missing:
        registered = "登记过的不用写；" if all(proposal.goes_on for proposal in proposals) else ""
        yield f"# 必填而没有的列：{'、'.join(missing)}。{registered}每行都一样的，写在下面，并去掉行首的#。"
        yield from (f"# {quoted(title)} = {quoted('')}" for title in missing)
    if wanted:
        yield f"# 最好也有的列：{'、'.join(wanted)}。"
    yield ""


def _plain(text: str) -> str:
    """A heading on one line: a line break inside a cell is layout."""
    return "".join(" " if unicodedata.category(char) == "Cc" else char for char in text).strip()

"""`anjian find`: where a name, a number or any words stand, over all records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused, refused
from anjian_cli.records.definition import Record

app = top_app()

TITLES = {"kind": "类别", "number": "编号", "town": "镇街", "subject": "是什么", "day": "日期", "see": "查看"}
IN_A_TABLE = ("number", "town", "subject", "day")
FORMATS = ("table", "csv", "json")
LEAST = 2
"""So many characters a text has at least: one stands everywhere."""
SHOWN = 10
"""So many records of a type a screen has room for."""
BY_FULL_NUMBER = frozenset({"enterprise", "town", "department"})
"""Record types whose own names are looked for where a short number might stand."""


class Found(NamedTuple):
    """What was found of a record type: the newest first, those whose number was asked for before them."""

    record: Record
    ids: list[int]


@app.command("find", example="anjian find 示例001\nanjian 查找 芝英-12\nanjian 查找 配电箱 --类别 隐患 --镇街 芝英")
def find(
    ctx: Context,
    texts: Annotated[
        list[str], Argument(metavar="字词", help="名称、编号、文号、代码，一部分也行；电话写全；几个词即都有的")
    ],
    town: Annotated[str | None, Option("--town", help="只找这个镇（街、区）的；未定 即还没有属地的")] = None,
    kind: Annotated[str | None, Option("--kind", "--类别", help="只找这一类的，如 隐患")] = None,
    voided: Annotated[bool, Option("--voided", "--含作废", help="作废的也找")] = False,
    limit: Annotated[int | None, Option("--limit", "--条数", min=1, help="每类最多列多少条；屏幕上不写即10")] = None,
    format: Annotated[str | None, Option("--format", help="table、csv 或 json")] = None,  # noqa: A002 -- the option's name
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
) -> None:
    """这几个字出现在哪里：各类记录里找，企业找到了，它的隐患、合同、检测也列出。"""
    from anjian_cli.commands import arguments, delivery
    from anjian_cli.render import destination
    from anjian_cli.render.screen import listing as shown

    session: Session = ctx.obj
    chosen = destination.chosen(format, output, FORMATS)
    records = _records(kind)
    asked = [text.strip() for text in texts]
    if short := [text for text in asked if len(text) < LEAST]:
        raise refused("E131", "、".join(short))
    on_screen = session.terminal and output is None and chosen == "table"
    most = limit or (SHOWN if on_screen else None)
    with session.read() as connection:
        code = arguments.town_or_unsettled(connection, town)
        found = _found(session, connection, records, asked, code, voided=voided)
        rows = [row for each in found for row in _rows(session, connection, each, most, whole=chosen != "table")]
        hint = "" if found else _hint(connection, asked)
    if chosen == "table":
        width = delivery.width(session, output)
        text = _told(found, rows, most, " ".join(asked), width) + hint
    else:
        text = shown.formatted(TITLES, rows, chosen)
    delivery.text(session, text, output, csv=chosen == "csv")


def _records(kind: str | None) -> list[Record]:
    """The record types to look through. Raises `Refused` E106 for one that there is not."""
    from anjian_cli.commands import words
    from anjian_cli.records import definition

    if kind is None:
        return list(definition.all_records())
    noun = words.find(kind, words.NOUNS)
    if noun is None or not words.NOUNS[noun].generic:
        named = [word for entry in words.NOUNS.values() if entry.generic for word in entry.chinese]
        near = words.nearest(kind, named)
        remedy = f"您要写的是“{near}”吗" if near else "请写类别，如 隐患、企业、托管；全部见 anjian -h"
        raise refused("E106", kind, name="--类别", remedy=remedy)
    return [definition.called(noun)]


def _found(
    session: Session,
    connection: sqlite3.Connection,
    records: Sequence[Record],
    texts: Sequence[str],
    town_code: str | None,
    *,
    voided: bool,
) -> list[Found]:
    from anjian_cli.ledger import found as search

    names = [record.name for record in records]
    numbered = search.numbered(connection, names, texts[0], session.today) if len(texts) == 1 else {}
    holding = search.holding(connection, names, texts)
    told = []
    for record in records:
        first = numbered.get(record.name)
        ids = holding[record.name] | ({first} if first is not None else set())
        kept = search.kept(connection, record.name, ids, town_code, voided=voided) if ids else []
        if first in kept:
            kept = [first, *(one for one in kept if one != first)]
        if kept:
            told.append((first not in kept, Found(record, kept)))
    return [each for _, each in sorted(told, key=lambda one: one[0])]


def _rows(
    session: Session, connection: sqlite3.Connection, found: Found, most: int | None, *, whole: bool
) -> Iterator[dict[str, str]]:
    """What is told of each record; `whole` with its number as it is kept."""
    from anjian_cli.commands import words
    from anjian_cli.ledger import listing, lookup
    from anjian_cli.records import masking
    from anjian_cli.workflow import echo

    record = found.record
    rows = list(echo.listed(connection, record, list(listing.some(connection, record.name, found.ids[:most]))))
    short = lookup.short_numbers(connection, [str(row["number"]) for row in rows], session.today)
    noun = words.NOUNS[record.noun].chinese[0]
    for row, number in zip(masking.leaving(record, rows).rows, short, strict=True):
        typed = row["number"] if record.name in BY_FULL_NUMBER else number
        yield {
            "kind": record.title,
            "number": str(row["number"]) if whole else typed,
            "town": row.get("town") or "",
            "subject": _subject(record, row),
            "day": _day(record, row),
            "see": f"anjian {noun} 查看 {typed}",
        }


def _subject(record: Record, row: Mapping[str, Any]) -> str:
    from anjian_cli.exchange import cells
    from anjian_cli.workflow import echo

    names = [name for name in echo.TELLING if name != "town" and row.get(name) is not None]
    told = [cells.shown(record, name, row[name]) if name in record.columns else str(row[name]) for name in names]
    return "，".join(told[: echo.IN_A_LINE])


def _day(record: Record, row: Mapping[str, Any]) -> str:
    """The day that the record is of; of one that has none the first that it tells."""
    days = [record.day, *(name for name, column in record.columns.items() if column.past), "from_on", "due_on", "month"]
    told = (str(row[name]) for name in days if name and row.get(name))
    return next((day for day in told if day[0].isdigit()), "")


def _told(
    found: Sequence[Found], rows: Sequence[Mapping[str, str]], most: int | None, asked: str, width: int | None
) -> str:
    """The table, type by type: how many there are, and what is typed to see one."""
    from anjian_cli.bulletin import summary_table
    from anjian_cli.commands import words
    from anjian_cli.render.screen import listing as shown

    if not found:
        return f"没有找到“{asked}”"
    body = [[row[name] for name in IN_A_TABLE] for row in rows]
    aligned = iter(
        shown.aligned([TITLES[name] for name in IN_A_TABLE], body, width and width - 2).splitlines()[-len(rows) :]
    )
    lines = [f"找到{sum(len(each.ids) for each in found)}条。"]
    for each in found:
        noun = words.NOUNS[each.record.noun].chinese[0]
        lines += ["", f"{each.record.title} {len(each.ids)}条，看一条：anjian {noun} 查看 编号"]
        lines += [f"  {next(aligned)}" for _ in each.ids[:most]]
        if most is not None and len(each.ids) > most:
            typed = " ".join(map(summary_table.typed, asked.split()))
            lines.append(f"  ……全部：anjian 查找 {typed} --类别 {noun} --条数 {len(each.ids)}")
    return "\n".join(lines)


def _hint(connection: sqlite3.Connection, texts: Sequence[str]) -> str:
    """What could be meant where nothing was found."""
    from anjian_cli.errors import Misread
    from anjian_cli.ledger import lookup

    finder = lookup.Finder(connection, guess=True)
    for text in texts if len(texts) > 1 else ():
        try:
            name = finder.town(text).name
        except (Misread, Refused):
            continue
        return f"\n限定在{name}找，请写 --镇街 {text}"
    return "\n作废的也找，请加 --含作废；电话、身份证号要写全"

"""`anjian log`: every operation, newest first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from anjian_cli.workflow.told_operation import Told

app = top_app()

TITLES = {
    "id": "操作号",
    "at": "北京时间",
    "actor": "操作人",
    "command": "命令",
    "rows": "行数",
    "source_file": "文件",
    "undoes": "撤销了",
    "undone_by": "被撤销于",
    "hash": "指纹",
}


@app.command("log", example="anjian log\nanjian 日志 17\nanjian 日志 --limit 50 --format json")
def log(
    ctx: Context,
    operation: Annotated[
        int | None, Argument(metavar="操作号", help="只看这一步：动了哪些记录，原来怎样，后来怎样")
    ] = None,
    limit: Annotated[int, Option("--limit", "--条数", min=1, help="最近多少步")] = 20,
    format: Annotated[str | None, Option("--format", help="table、csv 或 json")] = None,  # noqa: A002 -- the option's name
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
) -> None:
    """台账上做过的每一步：何时、何人、什么命令、动了几行、出自哪个文件。"""
    from anjian_cli.bulletin import phrase
    from anjian_cli.commands import delivery, words
    from anjian_cli.ledger import history
    from anjian_cli.render import destination
    from anjian_cli.render.screen import listing

    session: Session = ctx.obj
    if operation is not None:
        _one(session, operation, format, output)
        return
    chosen = destination.chosen(format, output, ("table", "csv", "json"))
    with session.read() as connection:
        rows = history.operations(connection, limit)
        number, _ = history.extent(connection)
    told = [dict(row) for row in rows]
    if chosen != "json":  # what programs read says its zone itself (…Z), and calls a command what a program calls
        told = [{**row, "at": phrase.moment(row["at"]), "command": words.in_chinese(row["command"])} for row in told]
    text = listing.formatted(TITLES, told, chosen, delivery.width(session, output))
    if chosen == "table" and len(rows) < number:
        text += f"\n共{number}步，这里是最近{len(rows)}步；全部：anjian 日志 --条数 {number}"
    delivery.text(session, text, output, csv=chosen == "csv")


def _one(session: Session, operation: int, chosen: str | None, output: Path | None) -> None:
    """One operation: who, when, by which command, and what it did to which records. Raises `Refused` E434, and E106 for
    a format: it is told in words."""
    from anjian_cli.bulletin import phrase
    from anjian_cli.commands import answer, delivery, words
    from anjian_cli.ledger import history
    from anjian_cli.workflow import told_operation

    if chosen not in (None, "table"):
        raise refused("E106", chosen, name="--格式", remedy="一步操作只用文字说明；要各步的清单，请不写操作号")
    with session.read() as connection:
        told = told_operation.told(connection, operation)
        told = told._replace(records=_called(connection, told.records, session.today))
        row = history.operation(connection, operation)
    said = [
        f"操作{operation}  {phrase.moment(row['at'])}（北京时间）  {row['actor']}  {words.in_chinese(row['command'])}"
    ]
    if row["source_file"]:
        said.append(f"出自《{row['source_file']}》，SHA-256 {row['source_sha256']}")
    if row["undoes"]:
        said.append(f"撤销了操作{row['undoes']}")
    if row["undone_by"]:
        said.append(f"已被操作{row['undone_by']}撤销")
    delivery.text(session, "\n".join([*said, *answer.of_operation(told)]), output)


def _called(connection: sqlite3.Connection, records: Sequence[Told], today: str) -> list[Told]:
    """The records with the number that people say before the whole one: 芝英-15（330784115-2018-0015）."""
    from anjian_cli.ledger import lookup

    short = lookup.short_numbers(connection, [each.number for each in records], today)
    return [
        each if number == each.number else each._replace(number=f"{number}（{each.number}）")
        for each, number in zip(records, short, strict=True)
    ]

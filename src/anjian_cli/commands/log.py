"""`anjian log`: every operation, newest first."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer import Option

from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.session import Session

app = top_app()

TITLES = {
    "id": "操作号",
    "at": "时间（UTC）",
    "actor": "操作人",
    "command": "命令",
    "rows": "行数",
    "source_file": "文件",
    "undoes": "撤销了",
    "undone_by": "被撤销于",
    "hash": "指纹",
}


@app.command("log", example="anjian log\nanjian 日志 --limit 50 --format json")
def log(
    ctx: typer.Context,
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
    chosen = destination.chosen(format, output, ("table", "csv", "json"))
    with session.read() as connection:
        rows = history.operations(connection, limit)
    told = [dict(row) for row in rows]
    titles = TITLES
    if chosen == "table":  # the columns of CSV and the fields of JSON are a promise
        titles = {**TITLES, "at": "北京时间"}
        told = [{**row, "at": phrase.moment(row["at"]), "command": words.in_chinese(row["command"])} for row in told]
    text = listing.formatted(titles, told, chosen, delivery.width(session, output))
    delivery.text(session, text, output, csv=chosen == "csv")

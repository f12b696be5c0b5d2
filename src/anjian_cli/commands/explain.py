"""`anjian explain`: the records behind a figure, and those near it that do not count."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from anjian_cli.commands import spoken
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.session import Session
from anjian_cli.render import destination

app = top_app()

FORMATS = ("table", "csv", "json")


@app.command(
    "explain", example="anjian explain 10-江南-涉氨\nanjian 明细 10 江南 涉氨\nanjian 明细 全市 三级新创 --month 9"
)
def explain(
    ctx: typer.Context,
    words: Annotated[
        list[str], Argument(metavar="格码", help="通报上的格码，如 10-江南-涉氨，或分开写：月份 镇街 指标")
    ],
    month: Annotated[str | None, Option("--month", help="月份；格码里没有月份时用")] = None,
    format: Annotated[str | None, Option("--format", help="table、csv 或 json")] = None,  # noqa: A002 -- the option's name
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
    as_known_on: Annotated[
        str | None, Option("--as-known-on", help="按那一天台账里已有的记录答，以后补登、更正的不算")
    ] = None,
) -> None:
    """一个数字由哪些记录组成；哪些相近的没有计入，为什么。"""
    from anjian_cli.bulletin import explain as answering
    from anjian_cli.render import explanation, screen

    session: Session = ctx.obj
    chosen = destination.chosen(format, output, FORMATS)
    with spoken.as_known_on(session, as_known_on) as (connection, then):
        default = spoken.period(then, connection, month)
        asked = answering.parse_code(connection, words, then.today, default)
        found = answering.explain(connection, asked)
    if chosen == "csv":
        text = explanation.delimited(found)
    elif chosen == "json":
        text = explanation.structured(found)
    else:
        width = session.width if session.terminal and output is None else None
        lines = explanation.lines(found, width)
        if output is None:
            screen.show(lines, session.out, colour=session.colour)
            return
        text = screen.text(lines)
    destination.deliver(text, output, session.out, csv=chosen == "csv")

"""`anjian bulletin`: the month's bulletin, whole or one town's, on the screen or to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from anjian_cli.commands import spoken
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.render import destination

if TYPE_CHECKING:
    from anjian_cli.bulletin.value import Bulletin

app = top_app()

FORMATS = ("table", "csv", "json")


@app.command("bulletin", example="anjian bulletin --month 10\nanjian 通报 10 芝英\nanjian bulletin 2018-10 -o 通报.csv")
def bulletin(
    ctx: typer.Context,
    which: Annotated[
        str | None, Argument(metavar="月份", help="10、10月、2018-10、上月；不写即上一个已结束的月")
    ] = None,
    of_town: Annotated[str | None, Argument(metavar="镇街", help="只看这个镇（街、区）")] = None,
    month: Annotated[str | None, Option("--month", help="月份")] = None,
    year: Annotated[int | None, Option("--year", help="年份")] = None,
    town: Annotated[str | None, Option("--town", help="只看这个镇（街、区）")] = None,
    format: Annotated[str | None, Option("--format", help="table、csv 或 json")] = None,  # noqa: A002 -- the option's name
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
    as_known_on: Annotated[
        str | None, Option("--as-known-on", help="按那一天台账里已有的记录算，以后补登、更正的不算")
    ] = None,
) -> None:
    """某月的重点工作通报：六类工作的任务、完成、完成率、名次，谁领先，谁落后，欠多少。"""
    from anjian_cli.bulletin.compile import compile_bulletin

    session: Session = ctx.obj
    if which is not None and month is not None:
        raise refused("E105", which, help="anjian bulletin -h")
    chosen = destination.chosen(format, output, FORMATS)
    with spoken.as_known_on(session, as_known_on) as (connection, then):
        period = spoken.period(then, connection, which or month, year)
        found = compile_bulletin(connection, period)
        named = of_town or town
        code = spoken.town(connection, named) if named else None
    if code is not None and code not in {unit.code for unit in found.towns}:
        raise refused("E451", named, remedy=f"{found.month}的通报里没有它")
    if chosen == "table":
        _print(session, found, code, output)
        return
    if code is not None:
        from anjian_cli.render import town as sheet

        found = sheet.narrowed(found, code)
    if chosen == "csv":
        from anjian_cli.render.delimited import bulletin_csv as as_text
    else:
        from anjian_cli.render.structured import bulletin_json as as_text
    destination.deliver(as_text(found), output, session.out, csv=chosen == "csv")


def _print(session: Session, found: Bulletin, code: str | None, output: Path | None) -> None:
    from anjian_cli.render import screen, table
    from anjian_cli.render import town as sheet

    width = session.width if session.terminal and output is None else None
    lines = table.bulletin_table(found, width) if code is None else sheet.town_sheet(found, code, width)
    if output is None:
        screen.show(lines, session.out, colour=session.colour)
    else:
        destination.deliver(screen.text(lines), output, session.out)

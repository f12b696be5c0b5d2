"""`anjian brief`: the leadership's page (领导一页纸), on the screen or as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from anjian_cli.commands import arguments, delivery
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.render import destination, formats

app = top_app()


@app.command("brief", example="anjian brief 10\nanjian 一页纸 10 -o 领导参阅.docx")
def brief(
    ctx: Context,
    which: Annotated[
        str | None, Argument(metavar="月份", help="10、10月、2018-10、上月；不写即上一个已结束的月")
    ] = None,
    month: Annotated[str | None, Option("--month", help="月份")] = None,
    year: Annotated[int | None, Option("--year", help="年份")] = None,
    format: Annotated[  # noqa: A002 -- the option's name
        str | None, Option("--format", help=formats.either(formats.OF_PAPER))
    ] = None,
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
    as_known_on: Annotated[
        str | None, Option("--as-known-on", help="按那一天台账里已有的记录算，以后补登、更正的不算")
    ] = None,
) -> None:
    """领导一页纸：排名，各类与上年同期，三个问题，三条建议；屏幕上另有可能被问到的、年底预计。"""
    from anjian_cli.bulletin.compile import compile_bulletin
    from anjian_cli.bulletin.evidence import tasks
    from anjian_cli.render.office.one_page import one_page

    session: Session = ctx.obj
    if which is not None and month is not None:
        raise refused("E105", which, told="", help="anjian 一页纸 -h")
    chosen = formats.BY_NAME[destination.chosen(format, output, formats.OF_PAPER)]
    with arguments.as_known_on(session, as_known_on) as (connection, then):
        found = compile_bulletin(connection, arguments.period(then, connection, which or month, year))
        basis = tasks(connection, found)
    paper = one_page(found, basis)
    match chosen:
        case formats.ScreenFormat():
            delivery.lines(session, partial(chosen.of_paper, paper), output)
        case formats.DocumentFormat():
            delivery.document(session, partial(chosen.of_paper, paper), output, chosen.ending)

"""`anjian campaign board`: a campaign on one chart."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from anjian_cli.bulletin import coverage
from anjian_cli.commands import arguments, delivery
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.records import values
from anjian_cli.render import destination, formats

app = noun_app("campaign")


@app.command("board", example="anjian campaign board 秋季\nanjian 行动 挂图 秋季 -o 作战图.png")
def board(
    ctx: Context,
    name: Annotated[str, Argument(metavar="行动", help="名称，只写一部分也行")],
    per: Annotated[str, Option("--per", help="镇街、部门、行业、风险、等级、网格 或 方式，一样一行")] = "镇街",
    on: Annotated[str | None, Option("--on", help="截至哪一天；不写即今天")] = None,
    format: Annotated[  # noqa: A002 -- the option's name
        str | None, Option("--format", help=formats.either(formats.OF_PAPER))
    ] = None,
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
) -> None:
    """挂图作战：行动到了哪个阶段，各阶段覆盖、整改到了多少，各镇街查了多少、还差多少。"""
    from anjian_cli.bulletin.campaign_board import campaign_board
    from anjian_cli.render.office.board_paper import board_paper

    session: Session = ctx.obj
    chosen = formats.BY_NAME[destination.chosen(format, output, formats.OF_PAPER)]
    row_for_each = arguments.read(values.choice(*coverage.PER), per, "--per")
    with session.read() as connection:
        paper = board_paper(campaign_board(connection, name, arguments.past_day(session, on, "--on"), row_for_each))
    match chosen:
        case formats.ScreenFormat():
            delivery.lines(session, partial(chosen.of_paper, paper), output)
        case formats.DocumentFormat():
            delivery.document(session, partial(chosen.of_paper, paper), output, chosen.ending)

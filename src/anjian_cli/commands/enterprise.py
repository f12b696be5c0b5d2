"""`anjian enterprise file` and `repeat`: one enterprise on one page (一企一档)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from anjian_cli.commands import delivery, record_words
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.render import destination, formats

app = noun_app("enterprise")
LATEST = 36_600
"""Days, and times, that are asked for at most: a hundred years, a time a day."""


@app.command(
    "file", example="anjian enterprise file 永康市示例0518五金厂\nanjian 企业 档案 示例0518 -o 示例0518档案.docx"
)
def file(
    ctx: Context,
    name: Annotated[str, Argument(metavar="企业", help="名称（一部分也行）、统一社会信用代码或编号")],
    format: Annotated[  # noqa: A002 -- the option's name
        str | None, Option("--format", help=formats.either(formats.OF_PAPER))
    ] = None,
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
    with_phones: Annotated[bool, Option("--with-phones", "--带电话", "--full", "--全部", help="电话不遮盖")] = False,
) -> None:
    """一企一档：基本情况、隐患、检查、整治、标准化、托管、培训、执法，待办和时间线，一家一页。"""
    from anjian_cli.bulletin.enterprise_file import enterprise_file
    from anjian_cli.records import definition
    from anjian_cli.render.office.enterprise_paper import enterprise_paper

    session: Session = ctx.obj
    chosen = formats.BY_NAME[destination.chosen(format, output, formats.OF_PAPER)]
    with session.read() as connection:
        enterprise = record_words.row_id(session, connection, definition.record("enterprise"), name)
        found = enterprise_file(connection, enterprise, session.today)
    paper = enterprise_paper(found, phones=with_phones)
    match chosen:
        case formats.ScreenFormat():
            delivery.lines(session, partial(chosen.of_paper, paper), output)
        case formats.DocumentFormat():
            delivery.document(session, partial(chosen.of_paper, paper), output, chosen.ending)


@app.command(
    "repeat", example="anjian enterprise repeat\nanjian 企业 屡犯 --次数 2 --天数 180 --镇街 芝英 -o 屡犯.xlsx"
)
def repeat(
    ctx: Context,
    times: Annotated[int, Option("--times", min=2, max=LATEST, help="几次以上")] = 3,
    within: Annotated[int, Option("--within", min=1, max=LATEST, help="截至日以前多少天里")] = 365,
    town: Annotated[str | None, Option("--town", help="只看这个镇（街、区）的；未定 即还没有属地的")] = None,
    on: Annotated[str | None, Option("--on", help="截至哪一天；不写即今天")] = None,
    format: Annotated[  # noqa: A002 -- the option's name
        str | None, Option("--format", help=formats.either(formats.OF_SUMMARY))
    ] = None,
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
) -> None:
    """屡查屡犯的企业：一年里（--天数）被查出隐患、立案几次以上的，次数多的在前。"""
    from datetime import date, timedelta

    from anjian_cli.bulletin.repeat_offenders import repeat_offenders
    from anjian_cli.commands import arguments, summary_output

    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    with session.read() as connection:
        day = arguments.past_day(session, on, "--on")
        first = (date.fromisoformat(day) - timedelta(days=within - 1)).isoformat()
        of_town = arguments.town_or_unsettled(connection, town)
        table = repeat_offenders(connection, day, first, times, of_town)
    summary_output.deliver(session, table, form, output)

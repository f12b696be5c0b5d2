"""`anjian coverage`: who was inspected, and who was not."""

from __future__ import annotations

from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.errors import refused
from anjian_cli.records import values

app = top_app()


@app.command(
    "coverage",
    example="anjian coverage --campaign 秋季大检查\nanjian 覆盖 --按 风险\n"
    "anjian 覆盖 --行动 秋季大检查 --列出 未查 --镇街 芝英 -o 芝英未查.xlsx",
)
def coverage(
    ctx: Context,
    campaign: Annotated[
        str | None, Option("--campaign", help="哪一次行动，如 秋季大检查；不写即今年以来的全部检查")
    ] = None,
    per: Annotated[str | None, Option("--per", help="镇街、部门、行业、风险 或 方式，一样一行")] = None,
    which: Annotated[str | None, Option("--list", help="已查 或 未查：列出是哪些企业")] = None,
    town: Annotated[str | None, Option("--town", help="只列这个镇（街、区）的；未定 即还没有属地的")] = None,
    on: Annotated[str | None, Option("--on", help="截至哪一天；不写即今天")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """检查覆盖到了哪些企业、哪些还没有查到：覆盖率，查出、整改的隐患，按镇街、部门、行业、风险、方式。"""
    from anjian_cli.bulletin import coverage as query

    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    if which is not None and per is not None:
        arguments.refuse_beside("--列出", ["--按"])
    if which is None and town is not None:
        remedy = "和 --列出 已查 或 --列出 未查 一起写；一个镇街一行：--按 镇街"
        raise refused("E106", town, name="--镇街", remedy=remedy)
    row_for_each = arguments.read(values.choice(*query.PER), per or query.TOWN, "--per")
    list_of = None if which is None else arguments.read(values.choice(query.VISITED, query.UNVISITED), which, "--列出")
    with session.read() as connection:
        day = arguments.past_day(session, on, "--on")
        found = query.coverage(connection, day, campaign)
        if list_of is None:
            table = query.table(connection, found, row_for_each)
        else:
            table = query.listed(connection, found, list_of, arguments.town_or_unsettled(connection, town))
    summary_output.deliver(session, table, form, output)

"""`anjian coverage`: who was inspected, and who was not."""

from __future__ import annotations

from anjian_cli.commands import arguments, summary_output, visit_forms
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.errors import refused
from anjian_cli.records import values

app = top_app()


@app.command(
    "coverage",
    example="anjian coverage --campaign 秋季\nanjian 覆盖 --按 风险\n"
    "anjian 覆盖 --行动 秋季 --列出 未查 --镇街 芝英 -o 芝英未查.xlsx\n"
    "anjian 覆盖 --行动 秋季 --列出 未查 --每镇 -o 下发/",
)
def coverage(
    ctx: Context,
    campaign: Annotated[
        str | None, Option("--campaign", help="哪一次行动，名称的一部分也行；不写即今年以来的全部检查")
    ] = None,
    per: Annotated[str | None, Option("--per", help="镇街、部门、行业、风险、等级、网格 或 方式，一样一行")] = None,
    which: Annotated[str | None, Option("--list", help="已查 或 未查：列出是哪些企业")] = None,
    town: Annotated[str | None, Option("--town", help="只列这个镇（街、区）的；未定 即还没有属地的")] = None,
    each_town: Annotated[
        bool,
        Option("--each-town", "--每镇", "--各镇", help="没查到的，每镇一份检查登记表，填好发回再导入；-o 写文件夹"),
    ] = False,
    on: Annotated[str | None, Option("--on", help="截至哪一天；不写即今天")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """检查覆盖到了哪些企业、哪些还没有查到：覆盖率，查出、整改的隐患，按镇街、部门、行业、风险、等级、网格、方式。"""
    from anjian_cli.bulletin import coverage as query

    session: Session = ctx.obj
    if each_town:
        arguments.refuse_beside("--每镇", [] if format is None else ["--格式"])
    form = None if each_town else summary_output.chosen(format, output)
    if which is not None and per is not None:
        arguments.refuse_beside("--列出", ["--按"])
    if which is None and town is not None:
        remedy = "和 --列出 已查 或 --列出 未查 一起写；一个镇街一行：--按 镇街"
        raise refused("E106", town, name="--镇街", remedy=remedy)
    if each_town and which is None:
        raise refused("E107", reason="每镇一份的，是没有查到的企业", remedy="请加 --列出 未查")
    row_for_each = arguments.read(values.choice(*query.PER), per or query.TOWN, "--per")
    list_of = None if which is None else arguments.read(values.choice(query.VISITED, query.UNVISITED), which, "--列出")
    if each_town and list_of != query.UNVISITED:
        arguments.refuse_beside("--每镇", ["--列出 已查"])
    with session.read() as connection:
        day = arguments.past_day(session, on, "--on")
        found = query.coverage(connection, day, campaign)
        code = arguments.town_or_unsettled(connection, town)
        if form is None:
            from anjian_cli.exchange import visit_form

            forms = visit_form.forms(connection, found, code, session.today)
        elif list_of is None:
            table = query.table(connection, found, row_for_each)
        else:
            table = query.listed(connection, found, list_of, code)
    if form is None:
        visit_forms.write(session, forms, output, "未查")
    else:
        summary_output.deliver(session, table, form, output)

"""`anjian work summary`: work items by town, department, kind, campaign or month."""

from __future__ import annotations

from anjian_cli.bulletin import work_summary
from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.records import values

app = noun_app("work")


@app.command("summary", example="anjian work summary\nanjian 工作项 统计 --按 种类 -o 工作项.xlsx")
def summary(
    ctx: Context,
    per: Annotated[str, Option("--per", help="镇街、部门、种类、行动 或 月，一样一行")] = "镇街",
    on: Annotated[str | None, Option("--on", help="截至哪一天，从那年年初算起；不写即今天")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """工作项统计：会议、督查、宣传、演练等各做了几次，哪些镇没做，和上年同期比。"""
    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    row_for_each = arguments.read(values.choice(*work_summary.PER), per, "--per")
    with session.read() as connection:
        table = work_summary.work_summary(connection, arguments.past_day(session, on, "--on"), row_for_each)
    summary_output.deliver(session, table, form, output)

"""`anjian case summary`: enforcement by town, department or month."""

from __future__ import annotations

from anjian_cli.bulletin import case_summary
from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.records import values

app = noun_app("case")


@app.command("summary", example="anjian case summary\nanjian 执法 统计 --按 月 -o 执法.xlsx")
def summary(
    ctx: Context,
    per: Annotated[str, Option("--per", help="镇街、部门、违法类型 或 月，一样一行")] = "镇街",
    on: Annotated[str | None, Option("--on", help="截至哪一天，从那年年初算起；不写即今天")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """执法统计：立案、联合执法、处罚决定、罚款、追刑，和上年同期比。"""
    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    row_for_each = arguments.read(values.choice(*case_summary.PER), per, "--per")
    with session.read() as connection:
        table = case_summary.case_summary(connection, arguments.past_day(session, on, "--on"), row_for_each)
    summary_output.deliver(session, table, form, output)

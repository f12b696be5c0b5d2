"""`anjian department compare`: the departments beside each other."""

from __future__ import annotations

from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output

app = noun_app("department")


@app.command("compare", example="anjian department compare\nanjian 部门 比较 --日期 2018-10-31 -o 部门.xlsx")
def compare(
    ctx: Context,
    on: Annotated[str | None, Option("--on", help="截至哪一天，从那年年初算起；不写即今天")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """各部门比一比：检查几家次、联合几次，监管的企业查到几家，隐患销号、逾期多少，移交的答复没有，立案几件。"""
    from anjian_cli.bulletin.departments import departments

    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    with session.read() as connection:
        table = departments(connection, arguments.past_day(session, on, "--on"), session.today)
    summary_output.deliver(session, table, form, output)

"""`anjian catch-up compare`: what those who lag have promised, and what they have done since."""

from __future__ import annotations

from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output

app = noun_app("catch-up")


@app.command("compare", example="anjian catch-up compare 9\nanjian 补差 对照 2018-9 -o 补差对照.xlsx")
def compare(
    ctx: Context,
    month: Annotated[
        str | None, Argument(metavar="月份", help="哪一期通报的：9、9月、2018-9；不写即最后印发的那一期")
    ] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """补差计划对照：落后的单位报没报、答应补多少，到下一期通报补了多少、兑现没有。"""
    from anjian_cli.bulletin import locked_month
    from anjian_cli.bulletin.catch_up_compare import catch_up_compare
    from anjian_cli.errors import refused

    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    with session.read() as connection:
        last = locked_month.last_issued(connection)
        if month is None and last is None:
            raise refused("E107", reason="还没有印发过的通报", remedy="印发以后才对照；各月到哪一步：anjian 月份 列表")
        key = last.month if month is None and last else arguments.period(session, connection, month).key
        table = catch_up_compare(connection, key, session.today)
    summary_output.deliver(session, table, form, output)

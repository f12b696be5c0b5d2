"""`anjian agency compare`: the agencies beside each other."""

from __future__ import annotations

from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output

app = noun_app("agency")


@app.command("compare", example="anjian agency compare\nanjian 机构 比较 --类型 喷涂 -o 机构.xlsx")
def compare(
    ctx: Context,
    kind: Annotated[str | None, Option("--kind", help="只比这一类托管：喷涂、涉氨等")] = None,
    on: Annotated[str | None, Option("--on", help="截至哪一天，从那年年初算起；不写即今天")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """各中介机构比一比：在托几家、服务应做几次做了几次、查出多少隐患、几天销号、合同续签多少。"""
    from anjian_cli.bulletin.agencies import agencies
    from anjian_cli.rules.word_lists import ENTRUSTED

    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    with session.read() as connection:
        day = arguments.past_day(session, on, "--on")
        table = agencies(connection, day, arguments.word(connection, ENTRUSTED, kind, "--类型"))
    summary_output.deliver(session, table, form, output)

"""`anjian guidance summary`: the guidance in responsible villages, by village, town or agency."""

from __future__ import annotations

from anjian_cli.bulletin import guidance_summary
from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.records import values

app = noun_app("guidance")


@app.command(
    "summary", example="anjian guidance summary\nanjian 指导 统计 --按 村\nanjian 指导 统计 --按 机构 -o 指导.docx"
)
def summary(
    ctx: Context,
    per: Annotated[str, Option("--per", help="村、镇街 或 机构，一样一行")] = guidance_summary.TOWN,
    on: Annotated[str | None, Option("--on", help="截至哪一天，从那年年初算起；不写即今天")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """责任村指导统计：应指导、已指导几家，查出、登记、销号多少隐患，哪些村还没有指导过一家。"""
    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    row_for_each = arguments.read(values.choice(*guidance_summary.PER), per, "--per")
    with session.read() as connection:
        day = arguments.past_day(session, on, "--on")
        table = guidance_summary.guidance_summary(connection, day, row_for_each)
    summary_output.deliver(session, table, form, output)

"""`anjian officer summary`: grids and their officers, by town, by person, by grid."""

from __future__ import annotations

from anjian_cli.bulletin import officer_summary
from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.records import values

app = noun_app("officer")


@app.command(
    "summary",
    example="anjian officer summary\nanjian 网格员 统计 --按 网格员 --镇街 芝英\n"
    "anjian 网格员 统计 --按 网格 -o 网格.xlsx",
)
def summary(
    ctx: Context,
    per: Annotated[str, Option("--per", help="镇街、网格员 或 网格，一样一行")] = "镇街",
    town: Annotated[str | None, Option("--town", help="只看这个镇（街、区）的")] = None,
    on: Annotated[str | None, Option("--on", help="截至哪一天，从那年年初算起；不写即今天")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """网格和网格员：几个网格没人、人均几家、谁没培训，谁查了多少、查出多少，谁从来查不出问题，哪些网格本月没报。"""
    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    row_for_each = arguments.read(values.choice(*officer_summary.PER), per, "--per")
    with session.read() as connection:
        day = arguments.past_day(session, on, "--on")
        of_town = None if town is None else arguments.town(connection, town)
        table = officer_summary.officer_summary(connection, day, row_for_each, of_town)
    summary_output.deliver(session, table, form, output)

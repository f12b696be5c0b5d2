"""`anjian programme stages`: how far special rectification has come."""

from __future__ import annotations

from anjian_cli.bulletin import programme_stages
from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.records import values

app = noun_app("programme")


@app.command(
    "stages", example="anjian programme stages\nanjian 整治 阶段 --按 类型\nanjian 整治 阶段 --类型 喷涂 -o 喷涂.xlsx"
)
def stages(
    ctx: Context,
    per: Annotated[str, Option("--per", help="镇街 或 类型，一样一行")] = "镇街",
    town: Annotated[str | None, Option("--town", help="只看这个镇（街、区）的；未定 即还没有属地的")] = None,
    kind: Annotated[str | None, Option("--kind", help="只看这一类整治：喷涂、胶水等")] = None,
    on: Annotated[str | None, Option("--on", help="截至哪一天，从那年年初算起；不写即今天")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """专项整治走到哪一步：应整治几家，排查、诊断、方案、整改各到了几家，验收合格几家。"""
    from anjian_cli.rules.word_lists import PROGRAMMES

    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    row_for_each = arguments.read(values.choice(*programme_stages.PER), per, "--per")
    with session.read() as connection:
        day = arguments.past_day(session, on, "--on")
        of_town = arguments.town_or_unsettled(connection, town)
        of_kind = arguments.word(connection, PROGRAMMES, kind, "--类型")
        table = programme_stages.programme_stages(connection, day, row_for_each, of_town, of_kind)
    summary_output.deliver(session, table, form, output)

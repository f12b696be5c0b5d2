"""`anjian accident amend` and `trend`: casualties that changed after the accident, and years beside each other."""

from __future__ import annotations

from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.errors import refused
from anjian_cli.ledger import listing, lookup
from anjian_cli.records import amounts
from anjian_cli.workflow import accident

app = noun_app("accident")


@app.command(
    "amend", example="anjian accident amend 开发区-16 --deaths 2 --on 10-28\nanjian 事故 续报 古山-16 --死亡 1"
)
def amend(
    ctx: Context,
    number: Annotated[str, Argument(metavar="事故", help="编号，如 芝英-1 或全号")],
    deaths: Annotated[int | None, Option("--deaths", "--死亡", min=0, help="现在的死亡人数")] = None,
    serious: Annotated[int | None, Option("--serious", "--重伤", min=0, help="现在的重伤人数")] = None,
    loss: Annotated[str | None, Option("--loss", "--损失", help="现在的直接经济损失，如 150万元")] = None,
    on: Annotated[str | None, Option("--on", help="从哪一天起；不写即今天")] = None,
) -> None:
    """续报伤亡。自事故发生之日起30日内（道路运输、火灾7日内）有变化的，从续报那天起按新数计，以前的月份不动。"""
    from anjian_cli.workflow import echo

    session: Session = ctx.obj
    told = {"deaths": deaths, "serious": serious}
    told["loss"] = None if loss is None else arguments.read(amounts.ten_thousand, loss, "--损失")
    if all(value is None for value in told.values()):
        raise refused("E107", reason="没有写要续报什么", remedy="请用选项写明，如 --死亡 2")
    with session.write("accident amend") as gate:
        day = arguments.past_day(session, on, "--on")
        row_id = lookup.record_id(gate.connection, "accident", number, session.today)
        accident.amend(gate, row_id, day, told)
        gate.faults()
        row = listing.one(gate.connection, "accident", row_id)
    known = f"死亡{row['deaths']}人、重伤{row['serious']}人，{row['grade']}事故"
    lost = "" if row["loss"] is None else f"，直接经济损失{echo.money(row['loss'])}"
    place = row["town"] or "未定镇街"
    session.say(f"已续报：{row['number']} {row['name']}，{place}，{row['happened_on']}发生，{day}起{known}{lost}")


@app.command(
    "trend", example="anjian accident trend\nanjian 事故 走势 --按 月\nanjian 事故 走势 --按 行业领域 -o 走势.docx"
)
def trend(
    ctx: Context,
    per: Annotated[str, Option("--per", help="年、月、镇街 或 行业领域，一样一行")] = "年",
    town: Annotated[str | None, Option("--town", help="只看这个镇（街、区）的；未定 即还没有属地的")] = None,
    on: Annotated[str | None, Option("--on", help="截至哪一天；不写即今天")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """事故走势：起数、死亡、重伤，五年同期比，逐月和上年比，按镇街、按行业领域比。"""
    from anjian_cli.bulletin import accident_trend
    from anjian_cli.records import values

    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    row_for_each = arguments.read(values.choice(*accident_trend.PER), per, "--per")
    with session.read() as connection:
        day = arguments.past_day(session, on, "--on")
        of_town = arguments.town_or_unsettled(connection, town)
        table = accident_trend.accident_trend(connection, day, row_for_each, of_town)
    summary_output.deliver(session, table, form, output)

"""`anjian standard stages` and `advance`: how far the creation of standardization has come, and a stage further."""

from __future__ import annotations

from anjian_cli.bulletin import standard_stages
from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.records import values

app = noun_app("standard")


@app.command("stages", example="anjian standard stages\nanjian 标准化 阶段 --类型 新创 --按 等级")
def stages(
    ctx: Context,
    per: Annotated[str, Option("--per", help="镇街、等级 或 类型，一样一行")] = "镇街",
    town: Annotated[str | None, Option("--town", help="只看这个镇（街、区）的；未定 即还没有属地的")] = None,
    kind: Annotated[str | None, Option("--kind", help="只看 新创、复评 或 升级")] = None,
    grade: Annotated[str | None, Option("--grade", help="只看这个等级：三级、二级等")] = None,
    on: Annotated[str | None, Option("--on", help="截至哪一天，从那年年初算起；不写即今天")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """标准化创建走到哪一步：启动、咨询、自评、申请、评审各停着几家，公告了几家。"""
    from anjian_cli.rules.word_lists import GRADES, UNDERTAKINGS

    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    row_for_each = arguments.read(values.choice(*standard_stages.PER), per, "--per")
    with session.read() as connection:
        day = arguments.past_day(session, on, "--on")
        table = standard_stages.standard_stages(
            connection,
            day,
            row_for_each,
            town=arguments.town_or_unsettled(connection, town),
            kind=arguments.word(connection, UNDERTAKINGS, kind, "--类型"),
            grade=arguments.word(connection, GRADES, grade, "--等级"),
        )
    summary_output.deliver(session, table, form, output)


@app.command(
    "advance",
    example="anjian standard advance 芝英-114 咨询\n"
    "anjian 标准化 推进 芝英-114 公告 --日期 10-20 --证书编号 浙AQB2018-001",
)
def advance(
    ctx: Context,
    number: Annotated[str, Argument(metavar="编号", help="编号，如 芝英-3 或全号")],
    stage: Annotated[str, Argument(metavar="阶段", help="咨询、自评、申请、评审 或 公告")],
    on: Annotated[str | None, Option("--on", help="哪一天；不写即今天")] = None,
    certificate_number: Annotated[str | None, Option("--certificate-number", help="证书编号，公告时写")] = None,
    announcement: Annotated[str | None, Option("--announcement", help="公告文号，公告时写")] = None,
) -> None:
    """创建推进一步：登记到了哪个阶段、哪一天。"""
    from anjian_cli.ledger import listing, lookup
    from anjian_cli.workflow import standard_stage

    session: Session = ctx.obj
    reached = arguments.read(values.choice(*standard_stage.STAGE_COLUMNS), stage, "阶段")
    more = {
        name: arguments.field("standardization", name, text, option)
        for name, text, option in (
            ("certificate_number", certificate_number, "--certificate-number"),
            ("announcement", announcement, "--announcement"),
        )
        if text is not None
    }
    with session.write("standard advance") as gate:
        day = arguments.past_day(session, on, "--on")
        row = lookup.record_id(gate.connection, "standardization", number, session.today)
        standard_stage.advance(gate, row, reached, day, **more)
        told = listing.one(gate.connection, "standardization", row)
    where = f"{told['enterprise']}，{told['town'] or '未定镇街'}"
    session.say(f"已推进：{told['number']} {where}，{told['grade']}{told['kind']}，{day}{reached}")

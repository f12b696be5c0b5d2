"""`anjian programme stages` and `enrol`: how far special rectification has come, and all firms of a kind enrolled."""

from __future__ import annotations

from anjian_cli.bulletin import programme_stages
from anjian_cli.bulletin.summary_table import typed
from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.records import values

app = noun_app("programme")

SHOWN = 20
"""So many of the enrolled are named at a terminal; the rest are counted."""


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


@app.command(
    "enrol",
    example="anjian programme enrol --kind 涉粉 --risk 涉粉 --action 粉尘涉爆整治 --dry-run\n"
    "anjian 整治 列入 --类型 涉粉 --风险 涉粉 --整治行动 粉尘涉爆整治 --镇街 芝英",
)
def enrol(
    ctx: Context,
    kind: Annotated[str, Option("--kind", help="整治类别：喷涂、胶水等")],
    risk: Annotated[str, Option("--risk", help="列入哪一类风险的企业（企业的风险类别）")],
    action: Annotated[str, Option("--action", help="整治行动的名称")],
    town: Annotated[str | None, Option("--town", help="只列入这个镇（街、区）的；未定 即还没有属地的")] = None,
    on: Annotated[str | None, Option("--on", help="纳入日期；不写即今天")] = None,
    reason: Annotated[str | None, Option("--reason", help="纳入原因")] = None,
    dry_run: Annotated[bool, Option("--dry-run", help="只看会列入哪些，不写入")] = False,
) -> None:
    """整体列入整治：在营的、有这类风险的企业，一次全列入；当年同类已列入的不再列。"""
    from collections import Counter

    from anjian_cli.errors import refused
    from anjian_cli.rules.word_lists import ENROLMENTS, PROGRAMMES, RISKS
    from anjian_cli.workflow import enrolment

    session: Session = ctx.obj
    called = arguments.field("programme", "action", action, "--action") or ""
    with session.write("programme enrol", trial=dry_run) as gate:
        day = arguments.past_day(session, on, "--on")
        wanted = enrolment.Wanted(
            arguments.word(gate.connection, RISKS, risk, "--风险") or "",
            arguments.town_or_unsettled(gate.connection, town),
            day,
        )
        of_kind = arguments.word(gate.connection, PROGRAMMES, kind, "--类型") or ""
        why = arguments.word(gate.connection, ENROLMENTS, reason, "--原因")
        done = enrolment.enrol(gate, wanted, of_kind, called, why)
        if not done.now:
            already = f"已列入{len(done.before)}家" if done.before else f"在营的没有{wanted.risk}风险的"
            raise refused("E857", who=already)
        if dry_run:
            gate.abandon()
    for firm in done.now[: None if dry_run or not session.terminal else SHOWN]:
        session.say(f"  {firm.town or '未定镇街'}　{firm.name}")
    if session.terminal and not dry_run and len(done.now) > SHOWN:
        session.say(f"  ……共{len(done.now)}家，全部：anjian 整治 列表 --查找 {typed(called)}")
    if done.before:
        session.note(f"当年{of_kind}类已列入的{len(done.before)}家没有再列")
    towns = "、".join(f"{name or '未定镇街'}{count}家" for name, count in Counter(f.town for f in done.now).items())
    session.say(f"{'会列入' if dry_run else '已列入'}{len(done.now)}家（{of_kind}，{day}）：{towns}")

"""`anjian hazard`: the steps of a hazard's life. Each is one operation; several hazards may share one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from anjian_cli.commands import arguments
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused, refused
from anjian_cli.ledger import listing, lookup
from anjian_cli.ledger.gate import Gate
from anjian_cli.records import days, values
from anjian_cli.workflow import hazard_cycle

app = noun_app("hazard")

LEVEL = values.choice("镇级", "县级", "设区市级", "省级", refusals={"市级": "E242", "市": "E242"})

Number = Annotated[str, Argument(metavar="隐患", help="编号，如 芝英-12、芝英2017-12 或全号")]
Numbers = Annotated[list[str], Argument(metavar="隐患", help="一个或几个编号，如 芝英-12")]
On = Annotated[str | None, Option("--on", help="日期，如 10-28；不写即今天")]
AcceptedBy = Annotated[str | None, Option("--accepted-by", help="验收人；不写即操作人")]
Unit = Annotated[str | None, Option("--unit", "--验收单位", help="验收单位")]
Level = Annotated[str | None, Option("--level", help="验收单位的级别，挂牌督办的须写")]
_SAID = re.compile(r"\d{1,2}月\d{1,2}[日号]\D+|\S*\d{3,}[\u4e00-\u9fff]{2,}")
"""A day with what happened on it, or a part of a firm's name: 10月31日整改, 0487铝制品厂."""
_NUMBERS_ALONE = "这里只写隐患编号，别的请写明是哪一项，如 --措施、--原因。"
Why = Annotated[str | None, Option("--why", help="原因")]


class _Operation:
    """One operation on one hazard or several: the gate, the day it is of, and what there is to say of it."""

    def __init__(self, session: Session, gate: Gate, day: str) -> None:
        self.session, self.gate, self.day = session, gate, day
        self.said: list[str] = []

    def each(self, numbers: Sequence[str], done: str, step: Callable[[int], None], when: str) -> None:
        """Take the step for every hazard named. `when` is what was done on which days, {} for a field's value."""
        hazards = [self._found(text, beside=len(numbers) > 1) for text in numbers]  # all, before any step is taken
        for hazard in hazards:
            step(hazard)
            self.said.append(f"{done}：{self._shown(hazard, when)}")

    def _found(self, text: str, *, beside: bool) -> int:
        try:
            return lookup.record_id(self.gate.connection, "hazard", text, self.session.today)
        except Refused:
            if beside:
                _refuse_misplaced(text)
            raise

    def _shown(self, hazard: int, when: str) -> str:
        row = listing.one(self.gate.connection, "hazard", hazard)
        short = lookup.short_number(self.gate.connection, row["number"], self.session.today)
        where = f"{row['enterprise']}，{row['town'] or '未定镇街'}，{row['description']}"
        return f"{short}（{row['number']}）{where}，{when.format_map(row)}"


def _yuan(fen: int) -> str:
    from anjian_cli.workflow import echo  # here: it costs what no other step needs

    return echo.money(fen)


@contextmanager
def _operation(session: Session, verb: str, on: str | None) -> Iterator[_Operation]:
    """One operation of the day that --on says, today if it says nothing; what was done is said when it is kept.
    Raises `Refused` as `Session.write`, and E21x for the day."""
    with session.write(f"hazard {verb}") as gate:
        operation = _Operation(session, gate, arguments.past_day(session, on, "--on"))
        yield operation
    session.say("\n".join(operation.said))


def _refuse_misplaced(text: str) -> None:
    """Raises `Refused` E105 for a word among hazards' numbers that is none: a day, or a text without a digit."""
    if text.strip("今昨前天日") == "" or days.month_and_day(text) is not None:
        raise refused("E105", text, told=f"日期请写 --日期 {text}。", help="anjian 隐患 -h")
    if not any(sign.isdigit() for sign in text) or _SAID.fullmatch(text):
        raise refused("E105", text, told=_NUMBERS_ALONE, help="anjian 隐患 -h")


@app.command(
    "close",
    example="anjian hazard close 芝英-15 --rectified 10-28\nanjian 隐患 销号 芝英-16 --完成 10-28 --验收人 验收人丙",
)
def close(
    ctx: Context,
    numbers: Numbers,
    rectified: Annotated[str | None, Option("--rectified", help="整改完成日期；已登记整改的不写")] = None,
    on: On = None,
    accepted_by: AcceptedBy = None,
    unit: Unit = None,
    level: Level = None,
) -> None:
    """验收合格，予以销号。当场改完的，用 --完成 一步办理。"""
    session: Session = ctx.obj
    read_level = None if level is None else arguments.read(LEVEL, level, "--验收级别")
    with _operation(session, "close", on) as operation:
        gate, day = operation.gate, operation.day
        rectified_on = None if rectified is None else arguments.past_day(session, rectified, "--rectified")
        acceptance = hazard_cycle.Acceptance(on=day, by=accepted_by or session.actor, unit=unit, level=read_level)

        def step(hazard: int) -> None:
            hazard_cycle.close(gate, hazard, acceptance, rectified_on=rectified_on)

        operation.each(numbers, "已销号", step, "整改完成{rectified_on}，验收{accepted_on}")


@app.command("rectify", example="anjian hazard rectify 芝英-12 --on 10-28 --measures 更换防爆灯")
def rectify(
    ctx: Context,
    numbers: Numbers,
    on: Annotated[str | None, Option("--on", "--rectified", help="整改完成日期；不写即今天")] = None,
    measures: Annotated[str | None, Option("--measures", "--措施", help="整改措施")] = None,
    funds: Annotated[str | None, Option("--funds", "--资金", help="投入资金，如 5000元")] = None,
) -> None:
    """登记整改完成，等待验收。"""
    session: Session = ctx.obj
    fen = None
    if funds is not None:
        from anjian_cli.records import amounts  # here: hardly any rectification is entered with its cost

        fen = arguments.read(amounts.money, funds, "--资金")
    with _operation(session, "rectify", on) as operation:
        gate, day = operation.gate, operation.day
        spent = "" if fen is None else f"，资金{_yuan(fen)}"
        operation.each(
            numbers,
            "已登记整改",
            lambda hazard: hazard_cycle.rectify(gate, hazard, day, measures, fen),
            f"整改完成{day}{spent}",
        )


@app.command("accept", example="anjian hazard accept 芝英-15 --failed --why 防爆灯型号不符")
def accept(
    ctx: Context,
    numbers: Numbers,
    failed: Annotated[bool, Option("--failed", "--不合格", help="验收不合格，须写原因")] = False,
    why: Why = None,
    on: On = None,
    accepted_by: AcceptedBy = None,
    unit: Unit = None,
    level: Level = None,
) -> None:
    """登记验收结论。合格即销号；不合格的继续整改。"""
    session: Session = ctx.obj
    read_level = None if level is None else arguments.read(LEVEL, level, "--验收级别")
    with _operation(session, "accept", on) as operation:
        gate = operation.gate
        acceptance = hazard_cycle.Acceptance(
            on=operation.day,
            qualified=not failed,
            by=accepted_by or session.actor,
            unit=unit,
            level=read_level,
            failure_reason=why,
        )

        def step(hazard: int) -> None:
            hazard_cycle.accept(gate, hazard, acceptance)

        done = "验收不合格" if failed else "验收合格，已销号"
        operation.each(numbers, done, step, f"验收{operation.day}")


@app.command("extend", example="anjian hazard extend 芝英-12 --to 12-15 --why 设备未到 --by 县安委办")
def extend(
    ctx: Context,
    number: Number,
    to: Annotated[str, Option("--to", help="延至哪一天")],
    on: On = None,
    why: Why = None,
    by: Annotated[str | None, Option("--by", "--批准单位", help="批准单位")] = None,
    document: Annotated[str | None, Option("--document", "--批准文号", help="批准文号")] = None,
) -> None:
    """整改期限延后。原期限保留，已逾期的月份仍算逾期。"""
    session: Session = ctx.obj
    with _operation(session, "extend", on) as operation:
        gate, day = operation.gate, operation.day
        hazard = lookup.record_id(gate.connection, "hazard", number, session.today)
        in_force = str(hazard_cycle.stage(gate, hazard).deadline["deadline_on"])
        deadline = arguments.following_day(session, to, in_force, "--to")
        operation.each(
            [number],
            f"已延期至{deadline}",
            lambda hazard: hazard_cycle.extend(gate, hazard, deadline, day, why, by, document),
            f"{day}办理，原期限{in_force}",
        )


@app.command("reopen", example="anjian hazard reopen 芝英-14 --deadline 12-15 --why 复查发现防爆灯又被拆除")
def reopen(
    ctx: Context,
    number: Number,
    deadline: Annotated[str, Option("--deadline", help="新的整改期限")],
    on: On = None,
    why: Why = None,
) -> None:
    """退回已销号的隐患，重新整改。"""
    session: Session = ctx.obj
    with _operation(session, "reopen", on) as operation:
        gate, day = operation.gate, operation.day
        new_deadline = arguments.following_day(session, deadline, day, "--deadline")
        operation.each(
            [number],
            f"已退回，期限{new_deadline}",
            lambda hazard: hazard_cycle.reopen(gate, hazard, day, new_deadline, why),
            f"{day}退回",
        )


@app.command("report", example="anjian hazard report 芝英-12 --cause 通风不足 --harm 可能爆燃 --plan 停产改造")
def report(
    ctx: Context,
    number: Number,
    on: On = None,
    cause: Annotated[str | None, Option("--cause", "--现状", help="隐患的现状及其产生原因")] = None,
    harm: Annotated[str | None, Option("--harm", "--危害", help="危害程度和整改难易程度")] = None,
    plan: Annotated[str | None, Option("--plan", "--方案", help="治理方案")] = None,
) -> None:
    """上报隐患：现状和原因、危害和难易、治理方案（总局令第16号第十四条）。"""
    session: Session = ctx.obj
    with _operation(session, "report", on) as operation:
        gate, day = operation.gate, operation.day
        operation.each(
            [number],
            "已上报",
            lambda hazard: hazard_cycle.report(gate, hazard, day, cause, harm, plan),
            f"{day}上报",
        )


@app.command("supervise", example="anjian hazard supervise 芝英-15 --level 县级 --document 永安委〔2018〕9号")
def supervise(
    ctx: Context,
    number: Number,
    level: Annotated[str, Option("--level", help="挂牌级别：镇级、县级、设区市级、省级")],
    document: Annotated[str | None, Option("--document", "--挂牌文号", help="挂牌文号")] = None,
    on: On = None,
) -> None:
    """挂牌督办重大隐患。挂牌的由挂牌单位验收。"""
    session: Session = ctx.obj
    read_level = arguments.read(LEVEL, level, "--挂牌级别")
    with _operation(session, "supervise", on) as operation:
        gate, day = operation.gate, operation.day
        operation.each(
            [number],
            f"已由{read_level}挂牌督办",
            lambda hazard: hazard_cycle.supervise(gate, hazard, read_level, document, day),
            f"{day}挂牌",
        )


CLAUSE_TITLES = {
    "code": "代码",
    "where": "条款",
    "words": "大意",
    "from_on": "施行",
    "until_on": "废止",
    "document": "文号",
}
FORMATS = ("table", "csv", "json")


@app.command("basis", example="anjian hazard basis 喷漆\nanjian 隐患 判定标准 粉尘 --日期 2018-10-09")
def basis(
    ctx: Context,
    find: Annotated[str | None, Argument(metavar="字词", help="只列条款里有这几个字的；不写即全部")] = None,
    on: Annotated[str | None, Option("--on", help="列哪一天施行的；不写即今天")] = None,
    format: Annotated[str | None, Option("--format", help="table、csv 或 json")] = None,  # noqa: A002 -- the option's name
    output: Annotated[str | None, Option("-o", "--output", help="写到文件")] = None,
) -> None:
    """列出某一天施行的工贸重大事故隐患判定标准的条款，大意是本程序写的，以原文为准。

    登记隐患时，“判定依据”写条款的代码或大意，台账里记全名；写别的文字，照原文记。
    """
    from pathlib import Path  # here: a step of a hazard's life needs none

    from anjian_cli.render import destination
    from anjian_cli.render.screen import listing as screen
    from anjian_cli.rules import major_hazard
    from anjian_cli.rules.intervals import OPEN

    session: Session = ctx.obj
    into = None if output is None else Path(output)
    chosen = destination.chosen(format, into, FORMATS)
    day = arguments.past_day(session, on, "--on")
    clauses = [
        each
        for each in major_hazard.in_force(day)
        if find is None or any(find in text for text in (each.code, each.where, each.words))
    ]
    rows = [{name: getattr(each, name).replace(OPEN, "") for name in CLAUSE_TITLES} for each in clauses]
    if chosen != "table":
        text = screen.formatted(CLAUSE_TITLES, rows, chosen)
        destination.deliver(text, into, session.out, csv=chosen == "csv")
        return
    shown = ("code", "where", "words")
    table = screen.aligned(
        [CLAUSE_TITLES[name] for name in shown], [[row[name] for name in shown] for row in rows], session.width
    )
    said = f"《{clauses[0].standard}》（{clauses[0].document}），{day}施行中\n{table}" if clauses else "（没有）"
    destination.deliver(said, into, session.out)


@app.command(
    "summary",
    example="anjian hazard summary 10\nanjian 隐患 统计 10 --按 监管部门\n"
    "anjian 隐患 统计 10 --镇街 芝英 --按 级别 -o 统计.csv",
)
def summary(
    ctx: Context,
    which: Annotated[
        str | None, Argument(metavar="月份", help="10、10月、2018-10、上月；不写即上一个已结束的月")
    ] = None,
    month: Annotated[str | None, Option("--month", help="月份")] = None,
    year: Annotated[int | None, Option("--year", help="年份")] = None,
    per: Annotated[str, Option("--per", help="镇街、检查部门、监管部门、级别、来源 或 行业，一样一行")] = "镇街",
    town: Annotated[str | None, Option("--town", help="只统计这个镇（街、区）的；未定 即还没有属地的")] = None,
    format: Annotated[  # noqa: A002 -- the option's name
        str | None, Option("--format", help="table、csv、json、xlsx、docx、html、pdf 或 png")
    ] = None,
    output: Annotated[str | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
) -> None:
    """年初到月末（当月到今天）的隐患：发现、销号、未销号、逾期各多少，几天销号，未销号的有几天了。"""
    from pathlib import Path  # here: a step of a hazard's life needs none of these

    from anjian_cli.bulletin import hazard_summary
    from anjian_cli.commands import delivery, summary_output
    from anjian_cli.render.data import hazard_summary as data

    session: Session = ctx.obj
    if which is not None and month is not None:
        raise refused("E105", which, told="", help="anjian 隐患 统计 -h")
    into = None if output is None else Path(output)
    form = summary_output.chosen(format, into)
    row_for_each = arguments.read(values.choice(*hazard_summary.PER), per, "--per")
    with session.read() as connection:
        period = arguments.period(session, connection, which or month, year)
        of_town = arguments.town_or_unsettled(connection, town)
        found = hazard_summary.summary(connection, period, row_for_each, of_town)
    if form.name == "json":
        delivery.text(session, data.structured(found), into)
    else:
        summary_output.deliver(session, hazard_summary.table(found), form, into)


@app.command("transfer", example="anjian hazard transfer 芝英-12 --department 示例建设局 --on 10-28")
def transfer(
    ctx: Context,
    numbers: Numbers,
    department: Annotated[str, Option("--department", help="移交给哪个部门：名称或简称")],
    on: On = None,
    document: Annotated[str | None, Option("--document", help="抄告函文号")] = None,
    due: Annotated[str | None, Option("--due", help="答复期限；不写按设置“移交答复天数”，没有设置的10天")] = None,
) -> None:
    """移交给另一监管部门，请它限期答复。以前的月份仍算原来的部门。"""
    from anjian_cli.workflow import hazard_charge

    session: Session = ctx.obj
    with _operation(session, "transfer", on) as operation:
        gate, day = operation.gate, operation.day
        finder = lookup.Finder(gate.connection)
        to = arguments.read(lambda typed: finder.department(typed, day), department, "--department")
        if due is None:
            due_on = hazard_charge.answer_due_on(gate, day)
        else:
            due_on = arguments.following_day(session, due, day, "--due")
        operation.each(
            numbers,
            f"已移交给{to.name}",
            lambda hazard: hazard_charge.hand_over(gate, hazard, to.number, day, document, due_on),
            f"{day}移交，{due_on}前答复",
        )


@app.command("answer", example="anjian hazard answer 芝英-15 --text 已责令停用 --on 11-1")
def answer(
    ctx: Context,
    numbers: Numbers,
    on: On = None,
    text: Annotated[str | None, Option("--text", help="答复内容")] = None,
) -> None:
    """登记监管部门对移交的答复。"""
    from anjian_cli.records.definition import record
    from anjian_cli.workflow import hazard_charge

    session: Session = ctx.obj
    read = None if text is None else arguments.read(record("hazard").columns["answer"].parse, text, "--text")
    with _operation(session, "answer", on) as operation:
        gate, day = operation.gate, operation.day
        operation.each(
            numbers,
            "已登记答复",
            lambda hazard: hazard_charge.answer(gate, hazard, day, read),
            f"{day}答复",
        )

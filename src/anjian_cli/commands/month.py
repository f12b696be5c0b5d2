"""`anjian month`: lock a month's figures, issue it, withdraw it, see what has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli import __version__, under_way
from anjian_cli.commands import arguments, delivery
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.records import codes, days, values
from anjian_cli.render import destination
from anjian_cli.render.screen import listing

if TYPE_CHECKING:
    from anjian_cli.bulletin.period import Period
    from anjian_cli.workflow.before_locking import Seen

app = noun_app("month")

FORMATS = ("table", "csv", "json")
LONGEST_REASON = 200  # characters
Month = Annotated[str | None, Argument(metavar="月份", help="10、10月、2018-10、上月；不写即上一个已结束的月")]
Yes = Annotated[bool, Option("--yes", "--确认", help="看过提示，确实要办")]
Format = Annotated[str | None, Option("--format", help="table、csv 或 json")]
Output = Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")]


@app.command("close", example="anjian month close 10\nanjian 月份 定稿 2018-10 --yes")
def close(ctx: Context, month: Month = None, yes: Yes = False) -> None:
    """定稿：先核验台账、检查当月，再把数字固定，以后补登的列为更正。不写年份即上一个已结束的月。还没印发的，可以撤销这一步重来。"""
    from anjian_cli.workflow import before_locking
    from anjian_cli.workflow import month as issuing

    session: Session = ctx.obj
    with session.write("month close") as gate:
        period = arguments.month_to_fix(session, month, "定稿", "anjian 月份 定稿 {}")
        issuing.refuse_closing(gate, period)
        seen = before_locking.look(gate.connection, period, issuing=False)
        if yes or not seen.unusual:
            issuing.close(gate, period, __version__, seen.bulletin)
    _tell(session, seen)
    if seen.unusual and not yes:
        raise _to_confirm(seen, period, "定稿", f"anjian 月份 定稿 {period.key} --确认")
    session.say(f"已定稿：{period.title}，数字截至{period.as_of}。印发：anjian 月份 印发 {period.key} --文号 序号")


@app.command("issue", example="anjian month issue 2018-10 --number 15 --on 11-2\nanjian 月份 印发 10 --文号 15")
def issue(
    ctx: Context,
    number: Annotated[str, Option("--number", help="文号：15、[2018]15 或 永安委办〔2018〕15号")],
    month: Month = None,
    on: Annotated[str | None, Option("--on", "--date", help="印发日期；不写即今天")] = None,
    yes: Yes = False,
) -> None:
    """登记印发的文号和日期，也先核验、检查。印发以后要收回的，用“撤回”。"""
    from anjian_cli.ledger import settings
    from anjian_cli.workflow import before_locking
    from anjian_cli.workflow import month as issuing

    session: Session = ctx.obj
    given = f" --文号 {number}" + ("" if on is None else f" --日期 {on}")
    with session.write("month issue") as gate:
        period = arguments.month_to_fix(session, month, "印发", f"anjian 月份 印发 {{}}{given}")
        day = arguments.past_day(session, on, "--on")
        mark = settings.value(gate.connection, "document_mark", day) or ""
        document = arguments.read(lambda text: codes.document_number(text, mark, int(day[:4])), number, "--number")
        issuing.refuse_issuing(gate, period.key)
        seen = before_locking.look(gate.connection, period, issuing=True)
        if yes or not seen.unusual:
            issuing.issue(gate, period.key, document, day)
    _tell(session, seen)
    if seen.unusual and not yes:
        raise _to_confirm(seen, period, "印发", f"anjian 月份 印发 {period.key}{given} --确认")
    session.say(f"已印发：{period.title}，{document}，{day}")


def _tell(session: Session, seen: Seen) -> None:
    for remark in seen.remarks:
        session.note(f"提请注意：{remark}")


def _to_confirm(seen: Seen, period: Period, what: str, line: str) -> Refused:
    return refused("E474", month=period.title, what=what, seen="；".join(seen.unusual), line=line)


@app.command("withdraw", example="anjian month withdraw 10 --why 数字有误\nanjian 月份 撤回 10 --原因 数字有误")
def withdraw(
    ctx: Context,
    why: Annotated[str, Option("--why", help="原因，必写")],
    month: Annotated[
        str | None, Argument(metavar="月份", help="最后印发的那个月；可以不写，写10、2018-10都可以")
    ] = None,
    on: Annotated[str | None, Option("--on", "--date", help="撤回日期；不写即今天")] = None,
) -> None:
    """收回最后印发的一期：数字不再固定，改好后重新定稿，用新的文号印发；撤回的那一份仍可查、可打印。"""
    from anjian_cli.bulletin import locked_month
    from anjian_cli.bulletin.period import month_title
    from anjian_cli.workflow import month as issuing

    session: Session = ctx.obj
    reason = arguments.read(values.text(LONGEST_REASON), why, "--why")
    with session.write("month withdraw") as gate:
        day = arguments.past_day(session, on, "--on")
        last = locked_month.last_issued(gate.connection)
        if last is None:
            raise refused(
                "E107", reason="还没有印发过的月份", remedy="只定了稿的，撤销定稿那一步；各月到哪一步：anjian 月份 列表"
            )
        key = _month_to_withdraw(session, month, last.month)
        taken = issuing.withdraw(gate, key, reason, day)
    session.say(
        f"已撤回：{month_title(key)}，{taken.document_number}，{day}（{reason}）。"
        f"撤回的那一份：anjian 通报 {key} --文号 {taken.document_number}；重新定稿：anjian 月份 定稿 {key}"
    )


def _month_to_withdraw(session: Session, text: str | None, last: str) -> str:
    """The month that is meant (YYYY-MM): the last one issued, where nothing or its number alone was typed. Raises
    `Refused` E108."""
    if text is None:
        return last
    year, month = arguments.read(lambda typed: days.month(typed, session.today), text, "月份")
    if year is None and month == int(last[5:]):
        return last
    return arguments.read(lambda typed: arguments.latest_month(typed, session.today), text, "月份")


@app.command("list", example="anjian month list")
def list_months(ctx: Context, format: Format = None, output: Output = None) -> None:  # noqa: A002
    """已定稿、已印发、已撤回的各月。"""
    from anjian_cli.bulletin import locked_month

    session: Session = ctx.obj
    chosen = destination.chosen(format, output, FORMATS)
    with session.read() as connection:
        found = sorted(
            [*locked_month.withdrawn(connection), *locked_month.all_locked(connection)], key=lambda one: one.month
        )
    titles = {"month": "月份", "as_of": "截至", "state": "状态", "document": "文号", "issued_on": "印发日期"}
    if chosen != "table" or any(one.withdrawn_on for one in found):
        titles |= {"withdrawn_on": "撤回日期", "withdraw_reason": "撤回原因"}
    rows = [
        {
            "month": locked.month,
            "as_of": locked.as_of,
            "state": f"已{locked.state_word}",
            "document": locked.document_number or "",
            "issued_on": locked.issued_on or "",
            "withdrawn_on": locked.withdrawn_on or "",
            "withdraw_reason": locked.withdraw_reason or "",
        }
        for locked in found
    ]
    delivery.text(session, listing.formatted(titles, rows, chosen), output, csv=chosen == "csv")


@app.command("diff", example="anjian month diff 10\nanjian 月份 差异 10 --records")
def diff(
    ctx: Context,
    month: Month = None,
    records: Annotated[bool, Option("--records", "--逐条", help="列出是哪些记录造成的")] = False,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """定稿之后，那个月的数字按现在的记录会有哪些不同。"""
    from anjian_cli.bulletin import correction
    from anjian_cli.bulletin.compile import compile_bulletin
    from anjian_cli.render.screen import differences

    session: Session = ctx.obj
    chosen = destination.chosen(format, output, FORMATS)
    with session.read() as connection:
        period = arguments.period(session, connection, month)
        found = correction.month_diff(connection, period.key)
        left_out = correction.not_compared(connection, period.key)
        bulletin = compile_bulletin(connection, period)
        behind = [
            (one, correction.diff_records(connection, period.key, one.indicator, one.town))
            for one in (found if records else ())
            if not one.definition
        ]
    exact = chosen == "json"
    if records:
        titles = differences.RECORD_TITLES
        rows = [row for one, its in behind for row in differences.records(bulletin, one, its, exact=exact)]
    else:
        titles, rows = differences.TITLES, differences.rows(bulletin, found, exact=exact)
    if chosen == "table":  # the columns of CSV and the fields of JSON are a promise
        titles = {**titles, "town": bulletin.units}
    text = listing.formatted(titles, rows, chosen, delivery.width(session, output))
    delivery.text(session, text, output, csv=chosen == "csv")
    if left_out:
        session.note(str(Fault("N441", {"cells": differences.left_out(bulletin, left_out)})))


@app.command("check", example="anjian month check 10")
def check(ctx: Context, month: Month = None) -> None:
    """定稿前检查：数字回落、合同在而企业已关、没有任务、属地未定、过了月末才登记的……"""
    from anjian_cli.workflow import before_locking

    session: Session = ctx.obj
    with session.read() as connection:
        period = arguments.period(session, connection, month)
        remarks = before_locking.look_ahead(connection, period)
    for remark in remarks:
        session.say(remark)
    if not remarks:
        session.say(f"{period.title}：没有发现要提请注意的事。")


SECTIONS = {"一": 1, "二": 2, "三": 3, "四": 4}
LONGEST = 100_000  # bytes of a text
LONGEST_PARAGRAPH = 2_000  # characters


@app.command("text", example="anjian month text 10 四 -f 要求.txt\nanjian 月份 文字 10\nanjian 月份 文字 10 四 --clear")
def text(
    ctx: Context,
    month: Month = None,
    section: Annotated[
        str | None, Argument(metavar="部分", help="一、二、三：接在所成句子之后；四：代替“下步工作要求”")
    ] = None,
    file: Annotated[Path | None, Option("-f", "--file", help="文字所在的文本文件，一行一段；- 是标准输入")] = None,
    clear: Annotated[bool, Option("--clear", "--清空", help="去掉这一部分的文字")] = False,
) -> None:
    """经办人自己写的段落，存在台账里，随通报印出；印发之后不再改动，撤回的可以再改。不写文件即显示现有的。"""
    from anjian_cli.bulletin.month_text import texts
    from anjian_cli.workflow import month_text

    session: Session = ctx.obj
    if section is not None and section.rstrip("、") not in SECTIONS:
        raise refused("E106", section, name="部分", remedy="可以是 一、二、三、四")
    if file is None and not clear:
        with session.read() as connection:
            period = arguments.period(session, connection, month)
            found = texts(connection, period.key)
        for one in found:
            if section is None or SECTIONS[section.rstrip("、")] == one.section:
                session.say(f"{'一二三四'[one.section - 1]}、\n{one.text}")
        if not found:
            session.note(f"{period.title}的通报还没有经办人自己的文字。")
        return
    if section is None:
        raise refused("E103", name="部分（一、二、三、四）", help="anjian 月份 文字 -h")
    words = "" if clear else _paragraphs(session, file)
    with session.write("month text") as gate:
        period = arguments.period(session, gate.connection, month)
        changed = month_text.keep(gate, period.key, SECTIONS[section.rstrip("、")], words)
    done = "没有变化" if not changed else "已去掉" if clear else f"已存入，{len(words.splitlines())}段"
    session.say(f"{period.title}通报第{section.rstrip('、')}部分的文字：{done}")


def _paragraphs(session: Session, file: Path | None) -> str:
    """The paragraphs of a text file, a line each, without blank ones. Raises `Refused` E107, E305, E306, and E201,
    E204, E302 of the text."""
    from anjian_cli.exchange import plain_text
    from anjian_cli.exchange.content import Content

    given = str(file)
    try:
        with under_way.silent(), session.stdin if given == "-" else Path(given).open("rb") as source:
            content = source.read(LONGEST + 1)
    except OSError as error:
        raise refused("E305", given) from error
    if len(content) > LONGEST:
        raise refused("E306", given, size="超过100KB", limit="100KB")
    one_line = values.text(LONGEST_PARAGRAPH)
    lines = plain_text.lines(Content(given, content))
    kept = [arguments.read(one_line, line, f"第{at}行") for at, line in enumerate(lines, 1) if line.strip()]
    if not kept:
        raise refused("E107", reason="文件里没有文字", remedy="要去掉这一部分，请用 --清空")
    return "\n".join(kept)

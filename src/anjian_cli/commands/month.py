"""`anjian month`: lock a month's figures, issue it, see what has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from anjian_cli import __version__
from anjian_cli.commands import spoken
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.session import Session
from anjian_cli.records import values
from anjian_cli.render import destination, listing

app = noun_app("month")

FORMATS = ("table", "csv", "json")
Month = Annotated[str | None, Argument(metavar="月份", help="10、10月、2018-10、上月；不写即上一个已结束的月")]
Format = Annotated[str | None, Option("--format", help="table、csv 或 json")]
Output = Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")]


@app.command("close", example="anjian month close 10")
def close(ctx: typer.Context, month: Month = None) -> None:
    """定稿：数字就此固定，以后补登的列为更正。还没印发的，可以撤销这一步重来。"""
    from anjian_cli.bulletin.doubts import doubts
    from anjian_cli.workflow import month as issuing

    session: Session = ctx.obj
    with session.write("month close") as gate:
        period = spoken.period(session, gate.connection, month)
        remarks = doubts(gate.connection, period)
        issuing.close(gate, period, __version__)
    for remark in remarks:
        session.note(f"提请注意：{remark}")
    session.say(f"已定稿：{period.title}，数字截至{period.as_of}。印发：anjian 月份 印发 {period.key} --文号 序号")


@app.command("issue", example="anjian month issue 2018-10 --number 15 --on 11-5\nanjian 月份 印发 10 --文号 15")
def issue(
    ctx: typer.Context,
    number: Annotated[str, Option("--number", help="文号：15、[2018]15 或 永安委办〔2018〕15号")],
    month: Month = None,
    on: Annotated[str | None, Option("--on", "--date", help="印发日期；不写即今天")] = None,
) -> None:
    """登记印发的文号和日期。印发之后不能撤销。"""
    from anjian_cli.ledger import settings
    from anjian_cli.workflow import month as issuing

    session: Session = ctx.obj
    day = spoken.past_day(session, on, "--on")
    with session.write("month issue") as gate:
        period = spoken.period(session, gate.connection, month)
        mark = settings.value(gate.connection, "document_mark", day) or ""
        document = spoken.read(lambda text: values.document_number(text, mark, int(day[:4])), number, "--number")
        issuing.issue(gate, period.key, document, day)
    session.say(f"已印发：{period.title}，{document}，{day}")


@app.command("list", example="anjian month list")
def list_months(ctx: typer.Context, format: Format = None, output: Output = None) -> None:  # noqa: A002
    """已定稿、已印发的各月。"""
    from anjian_cli.bulletin import issued

    session: Session = ctx.obj
    chosen = destination.chosen(format, output, FORMATS)
    with session.read() as connection:
        found = issued.all_locked(connection)
    titles = {"month": "月份", "as_of": "截至", "state": "状态", "document": "文号", "issued_on": "印发日期"}
    rows = [
        {
            "month": locked.month,
            "as_of": locked.as_of,
            "state": f"已{locked.state_word}",
            "document": locked.document_number or "",
            "issued_on": locked.issued_on or "",
        }
        for locked in found
    ]
    destination.deliver(listing.formatted(titles, rows, chosen), output, session.out, csv=chosen == "csv")


@app.command("diff", example="anjian month diff 10\nanjian 月份 差异 10 --records")
def diff(
    ctx: typer.Context,
    month: Month = None,
    records: Annotated[bool, Option("--records", "--逐条", help="列出是哪些记录造成的")] = False,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """定稿之后，那个月的数字按现在的记录会有哪些不同。"""
    from anjian_cli.bulletin import correction
    from anjian_cli.bulletin.compile import compile_bulletin
    from anjian_cli.render import differences

    session: Session = ctx.obj
    chosen = destination.chosen(format, output, FORMATS)
    with session.read() as connection:
        period = spoken.period(session, connection, month)
        found = correction.month_diff(connection, period.key)
        bulletin = compile_bulletin(connection, period)
        rows = differences.rows(bulletin, found)
        if records:
            rows = [
                row
                for one in found
                if not one.definition
                for row in differences.records(
                    bulletin, one, correction.diff_records(connection, period.key, one.indicator, one.town)
                )
            ]
    titles = differences.RECORD_TITLES if records else differences.TITLES
    text = listing.formatted(titles, rows, chosen, session.width if session.terminal and output is None else None)
    destination.deliver(text, output, session.out, csv=chosen == "csv")


@app.command("check", example="anjian month check 10")
def check(ctx: typer.Context, month: Month = None) -> None:
    """定稿前检查：数字回落、合同在而企业已关、没有任务、属地未定、过了月末才登记的……"""
    from anjian_cli.bulletin.doubts import doubts

    session: Session = ctx.obj
    with session.read() as connection:
        period = spoken.period(session, connection, month)
        remarks = doubts(connection, period)
    for remark in remarks:
        session.say(remark)
    if not remarks:
        session.say(f"{period.title}：没有发现要提请注意的事。")

"""`anjian filing confirm`, `filing sheet`: a town agrees with its figures of a month, or all do on one sheet."""

from __future__ import annotations

from pathlib import Path

from anjian_cli.commands import arguments, delivery
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.ledger import lookup
from anjian_cli.records import values

app = noun_app("filing")


@app.command(
    "confirm",
    example="anjian filing confirm 10 石柱 --by 经办人乙 --how 微信\nanjian 报送 确认 10 芝英 --经办 经办人乙",
)
def confirm(
    ctx: Context,
    month: Annotated[str, Argument(metavar="月份", help="10、10月、2018-10、上月")],
    town: Annotated[str, Argument(metavar="镇街", help="镇（街、区）的名称、简称或代码")],
    by: Annotated[str, Option("--by", help="镇里确认的人")],
    how: Annotated[str, Option("--how", help="确认方式：微信、电话、书面……")] = "电话",
    on: Annotated[str | None, Option("--on", help="确认日期；不写即今天")] = None,
) -> None:
    """登记某镇（街、区）对本月数字的确认。以后数字又变了的，月份检查会提请注意。"""
    from anjian_cli.workflow import confirmation

    session: Session = ctx.obj
    who = arguments.read(values.text(40), by, "--by")
    method = arguments.read(values.text(40), how, "--方式")
    with session.write("filing confirm") as gate:
        day = arguments.past_day(session, on, "--on")
        period = arguments.period(session, gate.connection, month)
        code = arguments.town(gate.connection, town)
        confirmation.confirm(gate, period, code, who, day, method)
        name = lookup.town_name(gate.connection, code)
    session.say(f"已登记：{name}{day}确认{period.title}的数字（{who}，{method}）")


@app.command("sheet", example="anjian filing sheet 10 -o 10月确认.xlsx\nanjian 报送 确认单 10 -o 确认单.xlsx")
def sheet(
    ctx: Context,
    output: Annotated[Path, Option("-o", "--output", help="写到文件，如 确认单.xlsx")],
    month: Annotated[
        str | None, Argument(metavar="月份", help="10、10月、2018-10、上月；不写即上一个已结束的月")
    ] = None,
) -> None:
    """各镇（街、区）本月数字一张表，一镇一行：填“确认”或“有异议”、谁、哪天，发回导入；空着的不收。"""
    from anjian_cli.bulletin.compile import compile_bulletin
    from anjian_cli.exchange import confirmation_sheet, spreadsheet

    session: Session = ctx.obj
    with session.read() as connection:
        bulletin = compile_bulletin(connection, arguments.period(session, connection, month))
    delivery.document(session, lambda: spreadsheet.content(confirmation_sheet.book(bulletin)), output)

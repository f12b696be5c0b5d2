"""`anjian opening write-down`: make room for single records in a total known without them. `from-bulletin`: such totals
as last month's bulletin prints them."""

from __future__ import annotations

from pathlib import Path

from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused, refused
from anjian_cli.ledger import listing, lookup
from anjian_cli.messages import Exit
from anjian_cli.workflow import opening_figure

app = noun_app("opening")


@app.command("write-down", example="anjian opening write-down 芝英-3 --quantity 2")
def write_down(
    ctx: Context,
    number: Annotated[str, Argument(metavar="期初数", help="编号，如 芝英-3 或全号")],
    quantity: Annotated[str, Option("--quantity", help="核减多少，如 2；金额如 1.5万元")],
) -> None:
    """核减期初数，好让同样多的逐条记录登记进来，合计不变。"""
    session: Session = ctx.obj
    with session.write("opening write-down") as gate:
        figure = lookup.record_id(gate.connection, "opening_figure", number, session.today)
        opening_figure.write_down(gate, figure, opening_figure.typed(gate, figure, quantity))
        row = listing.one(gate.connection, "opening_figure", figure)
        left = opening_figure.shown(gate, figure)
    session.say(f"已核减：{row['number']} {row['town']}{row['indicator']}，期初数现为{left}")


@app.command(
    "from-bulletin",
    example="anjian opening from-bulletin 9月通报.xlsx -o 期初数.csv\nanjian 期初 取自通报 9月通报.xlsx -o 期初数.csv",
)
def from_bulletin(
    ctx: Context,
    file: Annotated[Path, Argument(metavar="通报", help="上月的通报：Excel工作簿，各附表一镇一行")],
    until: Annotated[
        str | None,
        Option("--until", "--截至日期", help="累计到哪一天；不写即通报里写的，如 1—9月、截至：2018年9月30日"),
    ] = None,
    source: Annotated[str | None, Option("--basis", "--source", "--依据", help="依据；不写即文件名")] = None,
    accept_good: Annotated[
        bool, Option("--accept-good", "--收正确的", help="与印的完成率不符的留下，其余的写出")
    ] = False,
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件（CSV），核对以后导入")] = None,
) -> int:
    """从上月的Excel通报里取出各镇的累计数，写成期初数的表，核对以后再导入。不改动台账。

    每个数都照印的完成率验算一遍，对不上的不取。列名里没有指标名的（如 累计达标），按某个指标的任务算，与印的完成率个个
    相符，才认是它；认不出的列出来。先下任务，再取，验得最全。
    """
    from anjian_cli.commands import printed_figures

    session: Session = ctx.obj
    found = printed_figures.read(session, file, until)
    if found.told.wrong and not accept_good:
        raise Refused(found.told.wrong)
    if not found.told.figures:
        raise refused("E643", file.name)
    printed_figures.deliver(session, found, source or file.stem, output)
    return Exit.REFUSED if found.told.wrong else Exit.DONE

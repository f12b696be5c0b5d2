"""`anjian opening write-down`: make room for single records in a total known without them."""

from __future__ import annotations

from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.ledger import listing, lookup
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

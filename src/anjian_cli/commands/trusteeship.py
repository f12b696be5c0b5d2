"""`anjian trusteeship end`: a contract that ends before its time."""

from __future__ import annotations

from anjian_cli.commands import arguments
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.ledger import listing, lookup
from anjian_cli.workflow import trusteeship

app = noun_app("trusteeship")


@app.command("end", example="anjian trusteeship end 芝英-3 --on 10-20 --why 企业停产")
def end(
    ctx: Context,
    number: Annotated[str, Argument(metavar="合同", help="编号，如 芝英-3 或全号")],
    on: Annotated[str | None, Option("--on", help="从哪一天起不再托管；不写即今天")] = None,
    why: Annotated[str | None, Option("--why", help="原因")] = None,
) -> None:
    """登记合同提前终止。终止那天起不再计入在托管。"""
    session: Session = ctx.obj
    with session.write("trusteeship end") as gate:
        day = arguments.past_day(session, on, "--on")
        contract = lookup.record_id(gate.connection, "trusteeship", number, session.today)
        trusteeship.end(gate, contract, day, why)
        row = listing.one(gate.connection, "trusteeship", contract)
    where = f"{row['enterprise']}，{row['town'] or '未定镇街'}"
    session.say(f"已终止：{row['number']} {where}，{row['kind']}托管，{day}起不再计入")

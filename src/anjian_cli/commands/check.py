"""`anjian check`: is the ledger whole, and do its figures agree with its records."""

from __future__ import annotations

from contextlib import closing

from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Context
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused

app = top_app()


@app.command("check", example="anjian check")
def check(ctx: Context) -> None:
    """核对台账：文件、结构、引用、合计、规则、操作链。只读，不改动任何内容；旧版的台账按旧版核对。"""
    from anjian_cli.ledger import history, inverse
    from anjian_cli.ledger.check import examine

    session: Session = ctx.obj
    with session.as_found() as connection:
        taken = inverse.copy(connection)
    with closing(taken):
        found = examine(taken)
        if found:
            raise Refused(found)
        operations, fingerprint = history.extent(taken)
    session.say(f"台账完好：{operations}步操作，指纹{fingerprint or '无'}")

"""`anjian demo`: a ledger of made-up records in a file of its own, and its October bulletin at once."""

from __future__ import annotations

import os
from pathlib import Path

from anjian_cli import __version__
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Context
from anjian_cli.commands.session import Session

app = top_app()

FILE = Path("anjian-demo.db")


@app.command("demo", example="anjian demo\nanjian demo --db 试用.db")
def demo(ctx: Context) -> None:
    """建一本演示台账，内容全是虚构的，随即打印2018年10月的通报。不动已记住的台账，也不覆盖已有的文件。"""
    from anjian_cli.commands import bulletin
    from anjian_cli.demonstration import build

    session: Session = ctx.obj
    path = Path(session.db or os.environ.get("ANJIAN_DB") or FILE).expanduser()
    refused = build.make(path, at=session.now(), actor=session.actor, program_version=__version__)
    session.db = str(path)
    session.business_day = build.TODAY
    bulletin.bulletin(ctx, month="2018-10")
    session.out.flush()
    why = "；".join(f"{fault.place.title}：{fault.reason}〔{fault.code}〕" for fault in refused)
    session.note(f"途中有{len(refused)}行被退回：{why}。")
    shown = f'"{path}"' if " " in str(path) else path
    session.note(f"演示台账已建在 {path}，内容全是虚构的，以{build.TODAY}为今天（演示日期）。")
    session.note(f"接着试：anjian --台账 {shown} 明细 10-芝英-涉氨")

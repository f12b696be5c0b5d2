"""`anjian status`: where the office stands; what bare `anjian` shows on a terminal."""

from __future__ import annotations

from anjian_cli.commands import arguments, words
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Context
from anjian_cli.commands.session import Session
from anjian_cli.light_dataclasses import replace

app = top_app()


@app.command("status", example="anjian status\nanjian 概况")
def status(ctx: Context) -> None:
    """一屏看清：本期通报还差几步，各项工作到哪里，隐患、到期、存疑各多少，下一步做什么。"""
    from anjian_cli.bulletin.standing import standing
    from anjian_cli.render.screen import status as shown
    from anjian_cli.render.screen import styled_lines

    session: Session = ctx.obj
    with session.read() as connection:
        found = standing(connection, session.today, arguments.period(session, connection, None))
    if found.written is not None:
        found = replace(found, written=replace(found.written, command=words.in_chinese(found.written.command)))
    lines = shown.screen(found, session.ledger_name(), session.width if session.terminal else None)
    styled_lines.show(lines, session.out, colour=session.colour)

"""`anjian undo`: take one operation back, by a new operation."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Argument

from anjian_cli.commands import words
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.ledger import history
from anjian_cli.workflow import undo as workflow

app = top_app()


@app.command("undo", example="anjian undo\nanjian 撤销 17")
def undo(
    ctx: typer.Context,
    operation: Annotated[int | None, Argument(metavar="操作号", help="见 anjian 日志；不写即最近一步")] = None,
) -> None:
    """撤销一步操作。撤销本身也是一步操作，也能撤销。"""
    session: Session = ctx.obj
    with session.write("undo") as gate:
        chosen = operation if operation is not None else history.last_standing(gate.connection)
        if chosen is None:
            raise refused("E107", reason="没有可以撤销的操作", remedy="请看 anjian 日志")
        command = workflow.undo(gate, chosen)
    session.say(f"已撤销操作{chosen}（{words.in_chinese(command)}）")

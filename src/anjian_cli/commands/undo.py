"""`anjian undo`: take one operation back, by a new operation."""

from __future__ import annotations

from anjian_cli import under_way
from anjian_cli.commands import answer, words
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.ledger import history, inverse
from anjian_cli.ledger.open import is_older
from anjian_cli.workflow import told_operation
from anjian_cli.workflow import undo as workflow

app = top_app()


@app.command("undo", example="anjian undo\nanjian 撤销 17")
def undo(
    ctx: Context,
    operation: Annotated[int | None, Argument(metavar="操作号", help="见 anjian 日志；不写即最近一步")] = None,
) -> None:
    """撤销一步操作，并说明记录各变回了什么。在终端里先看、再确认。撤销本身也是一步操作，也能撤销。"""
    session: Session = ctx.obj
    if session.terminal:
        chosen, said = _undone(session, operation, trial=True)
        session.say("\n".join(said))
        if not session.agreed(f"撤销操作{chosen}吗？"):
            session.note("没有撤销")
            return
        chosen, said = _undone(session, chosen, trial=False)
        session.say(said[0])
        return
    session.say("\n".join(_undone(session, operation, trial=False)[1]))


def _undone(session: Session, operation: int | None, *, trial: bool) -> tuple[int, list[str]]:
    """Undo an operation, or only try; its number, and what is said of it."""
    with session.write("undo", trial=trial, rows=_rows(session, operation)) as gate:
        chosen = operation if operation is not None else history.last_standing(gate.connection)
        if chosen is None:
            raise refused("E107", reason="没有可以撤销的操作", remedy="请看 anjian 日志")
        spans = inverse.touched(gate.connection, chosen)
        before = told_operation.states(gate.connection, spans)
        with under_way.work(f"撤销操作{chosen}"):
            command = workflow.undo(gate, chosen)
        after = told_operation.states(gate.connection, spans)
        told = told_operation.compared(gate.connection, spans, history.written(gate.connection, chosen), before, after)
        if trial:
            gate.abandon()
    head = "将撤销" if trial else "已撤销"
    return chosen, [f"{head}操作{chosen}（{words.in_chinese(command)}）", *answer.of_operation(told)]


def _rows(session: Session, operation: int | None) -> int:
    """How many rows an operation has written, which an undo will write again. Of a ledger of an earlier version it is
    not asked: to read that it would be upgraded in memory, just before it is upgraded."""
    if is_older(session.ledger()):
        return 0
    with session.read() as connection:
        of = operation if operation is not None else history.last_standing(connection)
        return 0 if of is None else history.rows_written(connection, of)

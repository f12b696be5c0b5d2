"""`anjian restore`: a backup takes a ledger's place, after it was examined and what would be lost was shown."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from anjian_cli.bulletin import phrase
from anjian_cli.commands import words
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused, refused
from anjian_cli.ledger import schema
from anjian_cli.ledger.restore import Present
from anjian_cli.render import destination
from anjian_cli.workflow import restore as workflow

app = top_app()

SHOWN = 20
"""So many of the operations that would be lost are told one by one."""


@app.command(
    "restore",
    example="anjian restore 备份/安监台账_备份_2026-11-28_173000_5c1e_3f9a01bc.db\n"
    "anjian 恢复 备份文件 --恢复到 另一本.db\nanjian 恢复 备份文件 --演练",
)
def restore(
    ctx: Context,
    backup: Annotated[Path, Argument(metavar="备份", help="备份文件；升级、恢复时留下的台账、自己复制的台账也行")],
    to: Annotated[Path | None, Option("--to", help="恢复成哪个文件；不写即正在用的台账")] = None,
    identity: Annotated[Path | None, Option("--identity", help="私钥文件，备份是加密的才用")] = None,
    rehearse: Annotated[
        bool, Option("--rehearse", help="演练：除了最后一步全都做一遍，说明结果，什么也不留下")
    ] = False,
    another: Annotated[bool, Option("--another", help="备份是另一本台账的，也恢复")] = False,
    yes: Annotated[bool, Option("--yes", help="看过会丢掉什么，确实要恢复")] = False,
) -> None:
    """用备份恢复台账：先核验备份，列出备份以后做的、会丢掉的操作，确认了才换；原来的文件留在旁边，从不覆盖。"""
    session: Session = ctx.obj
    target = to.expanduser() if to is not None else session.ledger()
    try:
        with workflow.prepared(backup.expanduser(), target, identity and identity.expanduser()) as ready:
            found = ready.lineage
            session.say(
                f"备份完好：{backup.name}（{found.operations}步操作，指纹{found.head[:8] or '无'}，"
                f"最后一步记于{phrase.moment(found.at) or '无'}）"
            )
            if found.version < schema.VERSION:
                session.note(f"它是第{found.version}版的台账；恢复以后，第一条要写的命令会先把它升级。")
            if ready.present is not None:
                _tell(session, ready.target, ready.present)
            if rehearse:
                _rehearsed(session, workflow.proof(ready, session.day))
                return
            if ready.present is not None and not _agreed(session, ready.target, ready.present, another, yes):
                session.note("没有恢复")
                return
            kept = workflow.put(ready)
    except BrokenPipeError:
        raise  # nobody reads what is said: no disk's fault
    except OSError as error:
        raise _refusal(target, destination.why(error, target.parent)) from error
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL
        raise _refusal(target, "磁盘已满" if full else str(error)) from error
    session.say(f"已恢复：{ready.target}")
    if kept is not None:
        session.say(f"原来的留在 {kept}")
    if ready.present is not None and ready.present.lost:
        session.say("请照上面列出的操作重新登记。")


def _tell(session: Session, target: Path, present: Present) -> None:
    """What is at the place now, and what of it the backup does not have."""
    if present.lineage is None:
        session.say(f"{target} 现在读不出来（{present.unread}），看不出会丢掉哪些操作。")
        return
    if not present.same:
        session.say(f"{target} 是另一本台账（{present.lineage.operations}步操作）。")
        return
    if not present.lost:
        session.say(f"{target} 的每一步操作，备份里都有。")
        return
    session.say(f"备份以后做的{len(present.lost)}步操作会丢掉：")
    for row in present.lost[:SHOWN]:
        session.say(_operation(row))
    if len(present.lost) > SHOWN:
        session.say(f"……还有{len(present.lost) - SHOWN}步，到操作{present.lost[-1]['id']}为止")
        for row in present.lost[SHOWN:]:
            if row["command"].startswith("month issue"):
                session.say(f"其中：{_operation(row)}")


def _operation(row: sqlite3.Row) -> str:
    file = f"，《{row['source_file']}》" if row["source_file"] else ""
    return f"  操作{row['id']}  {phrase.moment(row['at'])}  {row['actor']}  {words.in_chinese(row['command'])}{file}"


def _agreed(session: Session, target: Path, present: Present, another: bool, yes: bool) -> bool:
    """Whether the file at the place is to give way. Raises `Refused` E670, and E669 off a terminal."""
    if present.lineage is not None and not present.same and not another:
        raise refused("E670", path=target)
    if yes:
        return True
    if session.terminal:
        return session.agreed(f"用备份换下 {target} 吗？原来的留在旁边")
    raise refused("E669", path=target)


def _rehearsed(session: Session, proof: workflow.Proof) -> None:
    held = "、".join(f"{title}{count}" for title, count in proof.records)
    session.say(f"恢复出来的台账有：{held or '还没有记录'}")
    session.say(f"{proof.month}的通报算得出来，指纹{proof.fingerprint}（同一份备份、同一个月，每次都一样）")
    session.say("演练完毕，什么也没有改动。")


def _refusal(target: Path, why: str) -> Refused:
    return refused("E671", path=target, why=why, remedy="请检查磁盘和权限后再试")

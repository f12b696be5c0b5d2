"""`anjian backup`: a verified copy of the ledger; the keys to encrypt it to; the line for the system's scheduler."""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path

from anjian_cli.commands import schedule
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused, refused
from anjian_cli.exchange import owner_only
from anjian_cli.render import destination
from anjian_cli.rules import retention
from anjian_cli.workflow import backup as workflow

app = top_app()

LOG = "备份记录.txt"
"""Where cron is to write what a backup says, beside the ledger: the folder of backups may not be there."""


@app.command(
    "backup",
    example="anjian backup\nanjian 备份 U盘/ --保留 7,8,24\nanjian 备份 --每天 17:30\nanjian 备份 --新钥匙 钥匙",
)
def backup(
    ctx: Context,
    folder: Annotated[
        Path | None, Argument(metavar="文件夹", help="放到哪里，要已经建好的；不写即台账旁边的“备份”")
    ] = None,
    keep: Annotated[
        str | None, Option("--keep", help=f"保留最近多少天、周、月的，各留最新一份；不写即{_shown(retention.USUAL)}")
    ] = None,
    every_day: Annotated[
        str | None, Option("--every-day", help="几点，如 17:30：只印出让系统每天备份的那一行，不备份")
    ] = None,
    new_keys: Annotated[
        Path | None, Option("--new-keys", help="做一对加密钥匙，私钥写进这个新文件夹；以后的备份都加密，这次不备份")
    ] = None,
) -> None:
    """备份台账：别人正在写也能备份；写好、核验完好，才改成备份的名字，再按天、周、月删去旧的备份，并说出名字。

    台账不动一个字。名字里有北京时间、台账的标记和最后一步操作的指纹。同一块磁盘坏了，台账和备份会一起丢：请备份到另一块盘。
    """
    session: Session = ctx.obj
    kept = _keep(keep)
    ledger = session.ledger()
    if new_keys is not None:
        others = {"文件夹": folder, "--保留": keep, "--每天": every_day}
        if given := [name for name, value in others.items() if value is not None]:
            remedy = f"这次只做钥匙，不备份。请去掉{'、'.join(given)}，做好钥匙再另打一条"
            raise refused("E106", str(new_keys), name="--新钥匙", remedy=remedy)
        _make_keys(session, ledger, new_keys)
        return
    if every_day is not None:
        _print_line(session, ledger, folder, kept, every_day)
        return
    where = _folder(ledger, folder)
    try:
        with owner_only.filled(where):
            made = workflow.backup(ledger, where, session.now(), kept)
    except OSError as error:
        raise _refusal(where, destination.why(error, where)) from error
    except sqlite3.Error as error:
        raise _refusal(where, _why(error)) from error
    encrypted = "，已加密" if made.path.suffix == ".age" else ""
    session.say(
        f"已备份，核验完好{encrypted}：{made.path}"
        f"（{made.lineage.operations}步操作，指纹{made.lineage.head[:8] or '无'}，{_size(made.size)}）"
    )
    gone, stayed, plain = made.older
    if gone:
        session.say(f"按保留规则（{kept}）删去{len(gone)}份：{'、'.join(gone)}")
    if stayed:
        session.note(f"按保留规则该删、删不掉的{len(stayed)}份：{'、'.join(stayed)}")
    if plain:
        session.note(
            f"{where} 里还有{plain}份没有加密的备份，谁都能打开，程序不替您删："
            "加密的用私钥演练过、能恢复了（anjian 恢复 备份文件 --私钥 私钥文件 --演练），再自己删去"
        )


def _shown(keep: retention.Keep) -> str:
    return ",".join(map(str, keep))


def _keep(text: str | None) -> retention.Keep:
    """The rule that is typed: days, weeks, months. Raises `Refused` E106."""
    if text is None:
        return retention.USUAL
    match = re.fullmatch(r"\s*(\d{1,4})\s*[,，、]\s*(\d{1,4})\s*[,，、]\s*(\d{1,4})\s*", text)
    if match is None:
        raise refused("E106", text, name="--保留", remedy=f"请写天、周、月三个数，如 {_shown(retention.USUAL)}")
    days, weeks, months = map(int, match.groups())
    return retention.Keep(days, weeks, months)


def _folder(ledger: Path, given: Path | None) -> Path:
    """Where backups go. A folder that is typed must be there: a stick that is not plugged in would become one on the
    very disk that it is to be safe from. Raises `Refused` E611, E660."""
    if given is None:
        if not ledger.is_file():
            raise refused("E611", path=ledger)
        return ledger.resolve().parent / workflow.FOLDER
    where = given.expanduser()
    if not where.exists():
        raise refused("E660", why=f"没有“{where}”这个文件夹", remedy="请先建好；是U盘的，请看插好了没有")
    if not where.is_dir():
        raise refused("E660", why=f"“{where}”不是文件夹", remedy="请写放备份的文件夹")
    return where


def _print_line(session: Session, ledger: Path, folder: Path | None, keep: retention.Keep, at: str) -> None:
    """The line by which the system's scheduler makes a backup every day; nothing else is done. Raises `Refused` E106,
    E611, E660."""
    match = re.fullmatch(r"\s*([01]?\d|2[0-3])\s*[:：]\s*([0-5]\d)\s*", at)
    if match is None:
        raise refused("E106", at, name="--每天", remedy="请写几点几分，如 17:30")
    if not ledger.is_file():
        raise refused("E611", path=ledger)
    command = [sys.executable, "-m", "anjian_cli", "--db", str(ledger.resolve()), "backup"]
    if folder is not None:
        command.append(str(_folder(ledger, folder).resolve()))
    command += ["--keep", _shown(keep)]
    hour, minute = int(match[1]), int(match[2])
    if schedule.ON_WINDOWS:
        session.say(schedule.for_windows(command, hour, minute))
        session.note("在“命令提示符”里执行上面这一行，系统就会每天备份。")
    else:
        session.say(schedule.for_cron(command, hour, minute, ledger.resolve().with_name(LOG)))
        session.note(f"执行 crontab -e，把上面这一行加到最后，系统就会每天备份；每次的结果写在台账旁边的{LOG}里。")


def _make_keys(session: Session, ledger: Path, folder: Path) -> None:
    """Two pairs of keys: the secret ones into a folder, the public ones beside the ledger. Raises `Refused` E109,
    E601, E611, E665."""
    from anjian_cli.bulletin import phrase
    from anjian_cli.ledger import encryption

    if not ledger.is_file():
        raise refused("E611", path=ledger)
    public = ledger.resolve().with_name(workflow.KEYS)
    folder = folder.expanduser()
    destination.refuse_existing(public)
    destination.refuse_existing(folder)
    pairs = {"单位": encryption.new_pair(), "恢复": encryption.new_pair()}
    at = phrase.moment(session.now())
    lines = "".join(f"# {name}\n{pair.public}\n" for name, pair in pairs.items())
    head = "# 备份按这些公钥加密，任一把私钥都能打开。删去这个文件，备份就不加密。\n"
    with destination.into_folder(folder, [f"备份私钥_{name}.txt" for name in pairs]) as paths:
        for (name, pair), path in zip(pairs.items(), paths, strict=True):
            text = f"# 安监台账备份的{name}私钥，{at}。谁有它，谁就能打开备份：不要给人，不要和备份放在一起。\n"
            destination.write(f"{text}{pair.secret}\n".encode(), path)
        destination.write(f"{head}{lines}".encode(), public)
    session.say(f"公钥写在 {public}：这个文件夹里的台账，以后的备份都加密。")
    session.say(
        f"私钥写在 {folder}，两把都能打开备份：“单位”的由经办人保管；“恢复”的印一份锁起来。"
        "都不要留在这台电脑上，也不要和备份放在一起；两把都丢了，备份就再也打不开。"
    )
    session.say("试一试：anjian 备份，再 anjian 恢复 备份文件 --私钥 私钥文件 --演练")


def _refusal(folder: Path, why: str) -> Refused:
    remedy = "台账和早先的备份都没有动，请检查磁盘和权限后再试"
    return refused("E660", why=f"{why}（备份到 {folder}）", remedy=remedy)


def _why(error: sqlite3.Error) -> str:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return "磁盘已满"
        case sqlite3.SQLITE_IOERR:
            return "磁盘读写出错（盘拔掉了、坏了，或放不下这么大的文件）"
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"台账已损坏（{error}），请看 anjian 核验"
    return str(error)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f}MB"

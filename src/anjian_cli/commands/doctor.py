"""`anjian doctor`: whether this computer and the ledger are fit for work, a line each, and what to do where not."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from anjian_cli import __version__
from anjian_cli.commands import drive, installed
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import BEHIND, Session
from anjian_cli.errors import Fault, Refused
from anjian_cli.messages import Exit

app = top_app()

FORMATS = ("table", "json")
OK, NOTE, FAULT = "ok", "note", "fault"
CALLED = {OK: "正常", NOTE: "留意", FAULT: "不行"}
SAMPLE = "安监台账〔2026〕镇（街、区）—"
"""What every screen of ours needs to be able to show."""
ROOM, NO_ROOM = 200 * 1024 * 1024, 1024 * 1024
"""Bytes free below which it is said, and below which nothing can be written."""


class Finding(NamedTuple):
    """What was looked at, how it is (ok, note, fault), what was found; where it is not ok, the fault that says so."""

    what: str
    state: str
    told: str
    fault: Fault | None = None


@app.command("doctor", example="anjian doctor\nanjian 自检\nanjian 自检 --格式 json")
def doctor(
    ctx: Context,
    format: Annotated[str | None, Option("--format", help="table 或 json")] = None,  # noqa: A002 -- the option's name
) -> int:
    """检查这台电脑和台账：Python、SQLite、组件、字体、终端、时钟、台账、权限、磁盘、签名。只看不改，没有台账也能查。

    “正常”和“留意”都不妨碍使用，退出码0；“不行”的，退出码与别的命令因它退出时一样。
    """
    from anjian_cli.render import destination

    session: Session = ctx.obj
    chosen = destination.chosen(format, None, FORMATS)
    found = list(_findings(session))
    if chosen == "json":
        session.say(json.dumps([_plain(each) for each in found], ensure_ascii=False, indent=1))
    else:
        for each in found:
            session.say(_line(each))
        count = {state: sum(each.state == state for each in found) for state in CALLED}
        fit = f"可以用，{f'{count[NOTE]}处请留意' if count[NOTE] else '没有要留意的'}。"
        session.say(f"{count[FAULT]}处不行，先按上面说的办。" if count[FAULT] else fit)
    return next((each.fault.exit for each in found if each.state == FAULT and each.fault), Exit.DONE)


def _line(found: Finding) -> str:
    if found.fault is None:
        return f"{CALLED[found.state]}　{found.what}：{found.told}"
    told = f"{found.told}。" if found.told else ""
    return f"{CALLED[found.state]}　{found.what}：{told}{found.fault}"


def _plain(found: Finding) -> dict[str, str]:
    fault = found.fault
    return {
        "what": found.what,
        "state": found.state,
        "told": found.told if fault is None else "。".join(filter(None, (found.told, fault.reason))),
        "remedy": "" if fault is None else fault.remedy,
        "code": "" if fault is None else fault.code,
    }


def _findings(session: Session) -> Iterator[Finding]:
    yield Finding("程序", OK, f"anjian {__version__}，Python {platform.python_version()}，{platform.system()}")
    yield _sqlite()
    yield from _libraries()
    yield _typesetter()
    yield _terminal(session)
    yield from _ledger(session)
    yield _key(session)


# --- the computer


def _sqlite() -> Finding:
    from anjian_cli.ledger import able

    told = f"版本{sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < able.OLDEST:
        return Finding("SQLite", FAULT, "", Fault("E618", {"version": sqlite3.sqlite_version}))
    if lacking := able.lacking():
        return Finding("SQLite", FAULT, told, Fault("E641", {"what": "、".join(lacking)}))
    return Finding("SQLite", OK, told)


def _libraries() -> Iterator[Finding]:
    found = installed.amiss()
    if not found:
        yield Finding("组件", OK, f"{len(installed.LIBRARIES)}个都在")
    for library, version in found:
        line = f'"{library.name}>={library.oldest}"'
        if version:
            told = {"name": library.name, "found": version, "oldest": library.oldest, "line": line}
            yield Finding("组件", NOTE, "", Fault("N472", told))
        else:
            told = {"name": library.name, "without": library.without, "line": line}
            yield Finding("组件", FAULT if library.needed else NOTE, "", Fault("E640", told))


def _typesetter() -> Finding:
    from anjian_cli.render.office import typeset

    why = typeset.missing()
    if why is None:
        return Finding("字体", OK, "有中文字体，出得了pdf和png")
    return Finding("字体", NOTE, "", why.faults[0])


def _terminal(session: Session) -> Finding:
    encoding = session.out.encoding or "utf-8"
    where = f"终端，{session.width}列" if session.terminal else "不是终端"
    told = f"{where}，编码{encoding.upper()}"
    try:
        SAMPLE.encode(encoding)
    except UnicodeEncodeError:
        words = {
            "what": f"这个编码（{encoding}）写不出汉字，会变成“?”",
            "remedy": "请设环境变量 PYTHONUTF8=1，或把终端改为UTF-8",
        }
        return Finding("终端", NOTE, told, Fault("N475", words))
    return Finding("终端", OK, told)


# --- the ledger


def _ledger(session: Session) -> Iterator[Finding]:
    try:
        path = session.ledger()
    except Refused as refusal:  # a computer on which nothing was begun yet is fit for it
        yield Finding("台账", NOTE, "", refusal.faults[0])
        return
    source = "--台账" if session.db else "ANJIAN_DB" if os.environ.get("ANJIAN_DB") else "建账时记住的"
    try:
        yield from _opened(session, path, source)
    except Refused as refusal:
        yield from (Finding("台账", FAULT, "", fault) for fault in refusal.faults)
    if path.is_file():
        yield from _lying_at(path)


def _opened(session: Session, path: Path, source: str) -> Iterator[Finding]:
    from anjian_cli.bulletin import phrase
    from anjian_cli.ledger import history
    from anjian_cli.ledger.open import reading, version
    from anjian_cli.ledger.schema import VERSION

    if path.with_name(f"{path.name}-journal").exists():  # to play it back would be to write
        words = {
            "what": f"{path} 上次写到一半断了，或正有人在写",
            "remedy": "下一条命令会自己收拾好；随后请运行 anjian 核验",
        }
        yield Finding("台账", NOTE, "", Fault("N475", words))
        return
    with closing(reading(path, older=True)) as connection:
        found, last = version(connection), history.last(connection)
    told = f"{path}（{source}），第{found}版，做过{last[0]}步"
    if found < VERSION:
        yield Finding("台账", NOTE, told, Fault("E626", {"path": path, "version": found}))
    else:
        yield Finding("台账", OK, told)
    now = session.now()
    if not last[1] or _seconds(last[1]) - _seconds(now) <= BEHIND:
        yield Finding("时钟", OK, f"北京时间{phrase.moment(now)}")
    else:
        told_times = {"operation": last[0], "now": phrase.moment(now), "last": phrase.moment(last[1])}
        yield Finding("时钟", FAULT, "", Fault("E629", told_times))


def _seconds(moment: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(moment).timestamp()


def _lying_at(path: Path) -> Iterator[Finding]:
    """Rights, drive and room of a ledger that is there."""
    from anjian_cli.exchange import key_files

    folder = Path(os.path.realpath(path)).parent
    closed = [str(each) for each in (path, folder) if not os.access(each, os.W_OK)]
    if closed:
        yield Finding("权限", FAULT, "", Fault("E638", {"path": closed[0]}))
    elif key_files.others_read(path):
        mode = f"{path.stat().st_mode & 0o777:03o}"
        yield Finding("权限", NOTE, "", Fault("N474", {"path": path, "mode": mode}))
    else:
        yield Finding("权限", OK, "能读能写，只有本人能读")
    if kind := drive.network(path):
        yield Finding("磁盘", NOTE, "", Fault("N473", {"path": path, "kind": kind}))
    free = drive.free(folder)
    told = f"空余{free / 1024**3:.1f}GB"
    if free < NO_ROOM:
        yield Finding("磁盘", FAULT, told, Fault("E631"))
    elif free < ROOM:
        words = {"what": f"{folder} 所在的磁盘快满了", "remedy": "请腾出地方，备份、升级都要有台账几倍大的空余"}
        yield Finding("磁盘", NOTE, told, Fault("N475", words))
    elif not kind:
        yield Finding("磁盘", OK, f"本机磁盘，{told}")


def _key(session: Session) -> Finding:
    from anjian_cli.exchange import key_files

    key = session.signing_key()
    if not key.is_file():
        return Finding("签名", OK, "还没有密钥，要签名的：anjian 封存 --新密钥")
    if key_files.others_read(key):
        return Finding("签名", NOTE, "", Fault("N338", {"path": key}))
    return Finding("签名", OK, f"密钥在 {key}")

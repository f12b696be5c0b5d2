"""`anjian check`: is the ledger whole, do its figures agree with its records, is it the one that a paper came from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Fault, Refused, refused

if TYPE_CHECKING:
    from anjian_cli.ledger.witness import Head

app = top_app()


@app.command("check", example="anjian check\nanjian check --against 3f9a1b2c4d5e6f70\nanjian 核验 --比对 10月通报.docx")
def check(
    ctx: Context,
    against: Annotated[
        str | None,
        Option("--against", "--比对", help="印出的核验码，或通报文件、备份：台账是不是印出它的那一本，以后改写过没有"),
    ] = None,
) -> None:
    """核对台账：文件、结构、引用、合计、规则、操作链。只读，不改动任何内容；旧版的台账按旧版核对。"""
    from anjian_cli.ledger import history, inverse
    from anjian_cli.ledger.check import examine

    session: Session = ctx.obj
    digits, other = _witness(against)
    with session.as_found() as connection:
        taken = inverse.copy(connection)
    with closing(taken):
        found = examine(taken)
        if found:
            raise Refused(found)
        operations, fingerprint = history.extent(taken)
        told = [_found(taken, each) for each in digits] if other is None else [_same(taken, other)]
    session.say(f"台账完好：{operations}步操作，指纹{fingerprint or '无'}")
    for line in told:
        session.say(line)


def _witness(given: str | None) -> tuple[tuple[str, ...], Path | None]:
    """The digits that are to be found, or the other ledger. Raises `Refused` E720, E721, E305, E306."""
    if given is None:
        return (), None
    from anjian_cli.exchange import printed_digits

    path = Path(given).expanduser()
    if path.is_file():
        return ((), path) if printed_digits.is_ledger(path) else (printed_digits.of_file(path), None)
    if (digits := printed_digits.typed(given)) is None:
        raise refused("E720", given)
    return (digits,), None


def _found(connection: sqlite3.Connection, digits: str) -> str:
    """That the ledger had a head that begins with these digits. Raises `Refused` E722."""
    from anjian_cli.bulletin import wording
    from anjian_cli.ledger import witness

    head = witness.find(connection, digits)
    if head is None:
        raise Refused([Fault("E722", {"digits": wording.witness(digits)})])
    weak = f"（只有{len(digits)}位，证明力弱，请用{witness.LENGTH}位的）" if len(digits) < witness.LENGTH else ""
    return f"核验码{wording.witness(digits)}相符{weak}：{_since(connection, head)}"


def _same(connection: sqlite3.Connection, path: Path) -> str:
    """That another ledger is an earlier copy of this one, or the same. Raises `Refused` E723 to E725, and those of
    `ledger.open.reading`."""
    from anjian_cli.ledger import witness
    from anjian_cli.ledger.moment import at_one_moment

    with at_one_moment(path, older=True, as_found=True) as other:
        if witness.ledger_id(other) != witness.ledger_id(connection):
            raise refused("E725", str(path))
        found = witness.together(connection, other)
    last = found.last.operation if found.last else 0
    if found.there and found.here:
        raise refused("E724", str(path), first=last + 1)
    if found.there:
        raise refused("E723", str(path), count=found.there, last=last)
    if found.last is None:
        return f"“{path}”是同一本，还没有任何操作。"
    return f"“{path}”是同一本：{_since(connection, found.last)}"


def _since(connection: sqlite3.Connection, head: Head) -> str:
    from anjian_cli.bulletin import phrase
    from anjian_cli.ledger import witness

    more = witness.later(connection, head)
    after = f"以后又做了{more}步。" if more else "以后没有再动过。"
    whose = f"{phrase.moment(head.at)}，{head.actor}"
    return f"第{head.operation}步操作（{whose}）时的台账就是它，到这一步为止没有被改写；{after}"

"""`anjian check`: is the ledger whole, do its figures agree with its records, is it the one that a paper came from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Fault, Refused, refused

if TYPE_CHECKING:
    from anjian_cli.ledger.witness import Head
    from anjian_cli.workflow.seal import Statement

app = top_app()


@app.command("check", example="anjian check\nanjian check 3f9a 1b2c 4d5e 6f70\nanjian 核验 --比对 10月通报.docx")
def check(
    ctx: Context,
    typed: Annotated[list[str] | None, Argument(metavar="核验码", help="同 --比对 后面的，可以照纸上分四段打")] = None,
    against: Annotated[
        str | None,
        Option("--against", "--比对", help="印出的核验码，或通报文件、备份：台账是不是印出它的那一本，以后改写过没有"),
    ] = None,
    since: Annotated[
        str | None,
        Option("--since", "--自", help="操作号或核验码：日志只核对这以后的，以前的以它为凭；记录、合计照样全核对"),
    ] = None,
) -> None:
    """核对台账：文件、结构、引用、合计、规则、操作链。只读，不改动任何内容；旧版的台账按旧版核对。"""
    from anjian_cli.ledger import history, inverse
    from anjian_cli.ledger.check import examine

    session: Session = ctx.obj
    words = [*([] if against is None else [against]), *(typed or ())]  # the paper has blanks between its digits
    given = _witness(" ".join(words) if words else None)
    with session.as_found() as connection:
        taken = inverse.copy(connection)
    with closing(taken):
        start = None if since is None else _start(taken, since)
        missing = [] if given.seal is None else _other_months(taken, given.seal)
        found = examine(taken, since=start.operation if start else 0)
        if found:
            raise Refused(found)
        operations, fingerprint = history.extent(taken)
        told = _compared(session, taken, given, missing)
    session.say(f"台账完好：{operations}步操作，指纹{fingerprint or '无'}")
    for line in told:
        session.say(line)
    if start is not None:
        session.say(_not_looked_at(start, by_digits=_is_digits(since)))


def _is_digits(given: str | None) -> bool:
    """Whether what was given are digits of a hash: a number that is too short for them is an operation's."""
    from anjian_cli.exchange import printed_digits

    return printed_digits.typed(given or "") is not None


def _start(taken: sqlite3.Connection, given: str) -> Head:
    """The operation up to which the log is not looked at. Raises `Refused` E106, E722, E434."""
    from anjian_cli.exchange import printed_digits
    from anjian_cli.ledger import witness

    if (digits := printed_digits.typed(given)) is not None:
        if (head := witness.find(taken, digits)) is None:
            raise _never(digits)
        return head
    if not (given.isascii() and given.isdecimal()):
        raise refused("E106", given, name="--自", remedy="请写操作号（见 anjian 日志），或那一步的核验码")
    if (head := witness.at(taken, int(given))) is None:
        raise refused("E434", operation=int(given))
    return head


def _not_looked_at(start: Head, *, by_digits: bool) -> str:
    told = f"没有核对：第1到{start.operation}步操作当时写了什么、前后是否接得上"
    if by_digits:
        return f"{told}，以给出的核验码为凭。"
    return f"{told}；只凭操作号不能作证，请给出那一步的核验码，或不写 --自 再核对一次。"


class _Witness(NamedTuple):
    """What the ledger is held against: digits, another ledger, or a statement (封存说明) that its signature holds."""

    digits: tuple[str, ...] = ()
    ledger: Path | None = None
    seal: Statement | None = None


def _witness(given: str | None) -> _Witness:
    """Raises `Refused` E720, E721, E726, E727, E732, E737, E305, E306."""
    if given is None:
        return _Witness()
    from anjian_cli.exchange import printed_digits

    path = Path(given).expanduser()
    if not path.is_file():
        if path.is_dir():
            raise refused("E737", given)
        if (digits := printed_digits.typed(given)) is None:
            raise refused("E720", given)
        return _Witness((digits,))
    if printed_digits.is_ledger(path):
        return _Witness(ledger=path)
    from anjian_cli.workflow import seal

    content = printed_digits.content_of(path)
    if seal.is_statement(content.data):
        return _Witness(seal=seal.read(content.name, content.data))
    return _Witness(printed_digits.of_file(path))


def _compared(session: Session, taken: sqlite3.Connection, given: _Witness, missing: list[Fault]) -> list[str]:
    """What the witness says, a line each. Raises `Refused` E722 to E725; where a statement's head was never there, with
    those of its months that are not kept either (`missing`)."""
    if given.ledger is not None:
        return [_same(taken, given.ledger)]
    if given.seal is None:
        return [_found(taken, each) for each in given.digits]
    from anjian_cli.ledger import witness

    if not witness.are_one(given.seal.ledger, witness.ledger_id(taken)):
        raise refused("E725", "封存说明写的")
    head = witness.find(taken, given.seal.hash)
    if head is None or head.operation != given.seal.operation:
        digits = given.seal.hash[: witness.LENGTH]
        raise Refused([*_never(digits).faults, *missing])
    return [_signer(session, given.seal), f"封存的哈希相符：{_since(taken, head)}"]


def _signer(session: Session, seal: Statement) -> str:
    from anjian_cli.exchange import key_files
    from anjian_cli.workflow import signing

    if not seal.signature:
        return "封存说明未签名：谁都能写这样一份，只能同别处的核验码互相印证。"
    called = signing.fingerprint(bytes.fromhex(seal.key))
    if seal.key in key_files.known(session.ledger()):
        return f"签名有效，密钥指纹{called}，是台账旁边记着的。"
    return f"签名有效，但密钥指纹{called}，台账旁边没有记着：请向签的人当面或电话核对指纹，对得上才算数。"


def _other_months(connection: sqlite3.Connection, seal: Statement) -> list[Fault]:
    """The months whose bulletin is not kept as the statement has it (E734)."""
    from anjian_cli.bulletin.period import month_title
    from anjian_cli.workflow.seal import kept_bulletins

    kept = kept_bulletins(connection)
    return [Fault("E734", {"month": month_title(month)}) for month, told in seal.months.items() if told not in kept]


def _found(connection: sqlite3.Connection, digits: str) -> str:
    """That the ledger had a head that begins with these digits. Raises `Refused` E722."""
    from anjian_cli.bulletin import wording
    from anjian_cli.ledger import witness

    head = witness.find(connection, digits)
    if head is None:
        raise _never(digits)
    weak = f"（只有{len(digits)}位，证明力弱，请用{witness.LENGTH}位的）" if len(digits) < witness.LENGTH else ""
    return f"核验码{wording.witness(digits)}相符{weak}：{_since(connection, head)}"


def _never(digits: str) -> Refused:
    from anjian_cli.bulletin import wording

    return refused("E722", digits=wording.witness(digits))


def _same(connection: sqlite3.Connection, path: Path) -> str:
    """That another ledger is an earlier copy of this one, or the same. Raises `Refused` E723 to E725, and those of
    `ledger.open.reading`."""
    from anjian_cli.ledger import witness
    from anjian_cli.ledger.moment import at_one_moment

    with at_one_moment(path, older=True, as_found=True) as other:
        same = witness.are_one(witness.ledger_id(other), witness.ledger_id(connection))
        found = witness.together(connection, other)
    if not same:
        raise refused("E725", str(path))
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

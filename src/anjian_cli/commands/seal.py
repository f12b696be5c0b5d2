"""`anjian seal`: a signed statement of what the ledger is now, and the key that signs it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.commands import arguments
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Fault, Refused, refused

if TYPE_CHECKING:
    from anjian_cli.workflow.seal import Statement

app = top_app()

SHEET = "签名密钥恢复单.docx"
SHEET_FORMATS = ("table", "docx", "pdf")
"""No picture: a key is not to be passed on in a group."""


@app.command(
    "seal", example="anjian seal --new-key\nanjian seal -o 封存说明.json\nanjian 封存 --新密钥 --恢复单 恢复单.pdf"
)
def seal(
    ctx: Context,
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件；不写即显示出来")] = None,
    key: Annotated[
        Path | None, Option("--key", "--密钥", help="用哪一个密钥文件，代替 ANJIAN_KEY 和平常的那个")
    ] = None,
    new_key: Annotated[bool, Option("--new-key", "--新密钥", help="新建签名密钥，并写出恢复单")] = False,
    passphrase: Annotated[bool, Option("--passphrase", "--口令", help="给新密钥设口令，在终端上输入")] = False,
    recover: Annotated[bool, Option("--recover", "--找回", help="照恢复单逐行打入，找回密钥")] = False,
    sheet: Annotated[
        Path | None, Option("--sheet", "--恢复单", help="恢复单写到哪里（docx、pdf 或 txt）；单写这一项，补打一张")
    ] = None,
) -> None:
    """封存：写明台账此刻是哪一步、哈希多少、各期通报的哈希，签上名。以后凭它核验台账有没有被改写。"""
    session: Session = ctx.obj
    at = key or session.signing_key()
    given = {"--新密钥": new_key, "--找回": recover, "--恢复单": sheet, "--口令": passphrase, "-o": output}
    _refuse_idle([name for name, value in given.items() if value])
    if recover:
        _take_in(session, at, passphrase=passphrase)
    elif new_key:
        _new(session, at, sheet or Path(SHEET), passphrase=passphrase)
    elif sheet is not None:
        content = _sheet(session, own_key(session, at), sheet)
        _write_sheet(session, content, sheet)
    else:
        _seal(session, at, output)


_BESIDE = {"--新密钥": ("--恢复单", "--口令"), "--找回": ("--口令",), "--恢复单": (), "-o": ()}
"""What may be asked for, and what goes with it."""


def _refuse_idle(given: Sequence[str]) -> None:
    """Raises `Refused` E106 for an option that does nothing beside the first of them, E107 for --passphrase alone."""
    if not given:
        return
    asked, *others = given
    if asked not in _BESIDE:
        raise refused("E107", reason="只写了 --口令", remedy="请和 --新密钥 或 --找回 一起写")
    arguments.refuse_beside(asked, [name for name in others if name not in _BESIDE[asked]])


def _only_json(output: Path | None) -> None:
    """Raises `Refused` E106 for a name by which another program would take a statement for a document of its own."""
    if output is not None and output.suffix.lower() not in ("", ".json"):
        raise refused("E106", str(output), name="-o", remedy="封存说明是JSON数据，文件名的结尾请写 .json")


def own_key(session: Session, path: Path) -> bytes:
    """The private key at a path; its passphrase is asked on a terminal only. Refused E728, E729, E731, E732."""
    from anjian_cli.exchange import key_files
    from anjian_cli.workflow import signing

    text = key_files.private(path)
    if key_files.others_read(path):
        session.note(str(Fault("N338", {"path": path})))
    return signing.taken(text, session.secret("密钥的口令") if signing.is_locked(text) else "")


def signed_or_not(session: Session, told: Statement) -> Statement:
    """The statement with this office's signature; without where there is no key, which is said (N339)."""
    from anjian_cli.workflow import seal as sealing

    try:
        key = own_key(session, session.signing_key())
        made = sealing.signed(told, key)
    except Refused as error:
        session.note(str(Fault("N339", {"why": error.faults[0].reason})))
        return told
    _remember(session, made.key)
    return made


def _seal(session: Session, at: Path, output: Path | None) -> None:
    from anjian_cli.commands import delivery
    from anjian_cli.ledger.open import is_older
    from anjian_cli.workflow import seal as sealing
    from anjian_cli.workflow import signing

    _only_json(output)
    with session.read() as connection:
        told = sealing.statement(connection, session.today, numbered=not is_older(session.ledger()))
    made = sealing.signed(told, own_key(session, at))
    delivery.text(session, sealing.text(made), output)
    _remember(session, made.key)
    session.note(f"已签名：第{made.operation}步操作以后的台账，密钥指纹{signing.fingerprint(bytes.fromhex(made.key))}")


def _new(session: Session, at: Path, sheet: Path, *, passphrase: bool) -> None:
    """Make a key and its recovery sheet. The sheet is made before the key is kept: where it cannot be, there is no key
    either. Raises `Refused` E730, E735, E736, and as `_sheet`."""
    from anjian_cli.workflow import signing

    _refuse_another(at)
    if os.path.lexists(sheet):
        raise refused("E735", str(sheet))
    key = signing.new()
    content = _sheet(session, key, sheet)
    _keep(session, at, key, "已新建", passphrase=passphrase)
    _write_sheet(session, content, sheet)


def _take_in(session: Session, at: Path, *, passphrase: bool) -> None:
    """Take a key in again from its recovery sheet. Raises `Refused` E730, E733, E736."""
    from anjian_cli.workflow import signing

    _refuse_another(at)
    key = signing.typed_in(session.lines("照恢复单逐行打入，可以不写行号", signing.LINES))
    _keep(session, at, key, "已找回", passphrase=passphrase)


def _refuse_another(at: Path) -> None:
    if os.path.lexists(at):
        raise refused("E730", path=at)


def _keep(session: Session, at: Path, key: bytes, done: str, *, passphrase: bool) -> None:
    from anjian_cli.render import destination
    from anjian_cli.workflow import signing

    word = session.new_secret("给密钥设口令") if passphrase else ""
    destination.folder(at.parent)
    destination.write(signing.kept(key, word).encode(), at)
    public = signing.public_of(key)
    _remember(session, public.hex())
    session.say(f"{done}签名密钥：{at}（只有本人能读），密钥指纹{signing.fingerprint(public)}")


def _sheet(session: Session, key: bytes, output: Path) -> bytes:
    """The recovery sheet of a key, as a file by its name. Raises `Refused` E106, E109, E622, E623."""
    from anjian_cli.render import destination, formats
    from anjian_cli.render.office.recovery_sheet import recovery_sheet
    from anjian_cli.render.screen import styled_lines
    from anjian_cli.workflow import signing

    chosen = formats.BY_NAME[destination.chosen(None, output, SHEET_FORMATS, option="--恢复单")]
    destination.refuse_existing(output)
    public = signing.fingerprint(signing.public_of(key))
    made = recovery_sheet(signing.written_out(key), public, session.day, session.actor)
    match chosen:
        case formats.DocumentFormat():
            return chosen.of_paper(made)
        case formats.ScreenFormat():
            return styled_lines.text(chosen.of_paper(made, None)).encode()
    raise LookupError(chosen.name)


def _write_sheet(session: Session, content: bytes, output: Path) -> None:
    from anjian_cli.render import destination

    destination.write(content, output)
    session.say(f"恢复单：{output}。请打印一份密封保管，打印以后删去文件")


def _remember(session: Session, public: str) -> None:
    """Put our public key beside the ledger, where there is one; say so where it cannot be."""
    from anjian_cli.exchange import key_files
    from anjian_cli.render import destination

    try:
        ledger = session.ledger()
    except Refused:
        return
    if not ledger.is_file():
        return
    try:
        key_files.remember(ledger, public, f"{session.day} {session.actor}")
    except OSError as error:
        path = key_files.beside(ledger)
        session.note(str(Fault("N340", {"path": path, "why": destination.why(error, path.parent)})))

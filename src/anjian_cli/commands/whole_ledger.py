"""The whole ledger out to a folder and back: `anjian export --all`, `anjian import --all`."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from copy import copy
from pathlib import Path

from anjian_cli.commands.params import Annotated, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused, refused

Out = Annotated[
    Path | None,
    Option(
        "--all",
        "--全部",
        metavar="文件夹",
        help="整本连同每一步操作写进这个文件夹，CSV和JSON，不遮盖；记入日志",
    ),
]
Back = Annotated[
    Path | None,
    Option(
        "--all",
        "--全部",
        metavar="文件夹",
        help="由 导出 --全部 的文件夹重建一本新台账；写 --台账 指明新台账的位置",
    ),
]


def refuse_others(option: str, others: Mapping[str, object]) -> None:
    """Raises `Refused` E690 for an option (by its Chinese name) that was given beside `option`, which takes all."""
    given = [name for name, value in others.items() if value]
    if given:
        raise refused("E690", option=option, other=" ".join(given))


def export(session: Session, folder: Path) -> None:
    """Write the whole ledger into a new folder. The export is an operation, which is in the log before anything is
    written and so is part of what is written. Refused E109, E650, and where the folder cannot be written E601, E631."""
    from anjian_cli import __version__
    from anjian_cli.exchange import ledger_folder
    from anjian_cli.render import destination

    if str(folder) == "-" or folder.name in ("", ".."):
        raise refused("E106", str(folder), name="--全部", remedy="请写一个新文件夹的名字，如 整本台账/")
    destination.refuse_filled(folder)
    session.note("导出整本台账：姓名、电话等原样写出，不遮盖。文件只有本人能读；这次导出记入日志。")
    with session.giving_out("export --all", folder, phones=True, folder=True):
        pass
    try:
        written = ledger_folder.write(session.read, folder, __version__)
    except OSError as error:
        if folder.is_dir() and error.errno in (errno.EEXIST, errno.ENOTEMPTY):  # made by another export meanwhile
            raise refused("E109", str(folder)) from error
        raise destination.unwritten(error, folder) from error
    tables, identity = written.counts, written.identity
    session.note(f"已写出：{folder}（{len(tables)}张表{sum(tables.values())}行，{identity.head}步操作）")
    session.note(f"核验码：{identity.head_hash}（这次导出是其中最后一步）")
    session.note(f"要试它回不回得来：anjian 导入 --全部 {folder} --试运行")


def take_in(session: Session, folder: Path, *, trial: bool) -> None:
    """Make the ledger of a folder anew where --db says, and remember it where no other is; of a `trial` nothing stays,
    and the ledger there is not asked.
    Refused E616 where one is, and as `ledger_folder.take_in`."""
    import tempfile

    from anjian_cli.exchange import ledger_folder
    from anjian_cli.render import destination

    try:
        if trial:
            with tempfile.TemporaryDirectory() as nowhere:
                taken = ledger_folder.take_in(folder, Path(nowhere) / "台账.db")
            done = f"核对无误，没有建账：{folder}"
        else:
            path = session.ledger()
            if path.exists():
                raise refused("E616", path=path)
            taken = ledger_folder.take_in(folder, path)
            done = f"已重建台账：{path.resolve()}"
            if _has_none(session):
                session.remember(path)
                done = f"已重建并记住台账：{path.resolve()}"
    except OSError as error:
        raise refused("E680", path=folder, why=destination.why(error, folder)) from error
    session.say(f"{done}（{taken.identity.head}步操作，核验码{taken.identity.head_hash}），与导出时是同一本")
    if taken.by_rule:
        session.note(f"其中有{len(taken.by_rule)}处不合现在的规定，原来的台账里也是这样：详见 anjian 核验")


def _has_none(session: Session) -> bool:
    """Whether later runs would have no ledger: neither one that is remembered nor ANJIAN_DB."""
    other = copy(session)
    other.db = None
    try:
        other.ledger()
    except Refused:
        return True
    return False

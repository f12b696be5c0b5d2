"""`anjian init`: start a ledger, say whose it is, and remember where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from anjian_cli.commands import arguments, import_files
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused, refused
from anjian_cli.records import values

app = top_app()

FILE = "安监台账.db"


@app.command(
    "init",
    example="anjian init 安监台账.db --towns 镇街.csv\n"
    "anjian 建账 --区划 330784 --单位 永康市安全生产委员会办公室 --代字 永安委办 --经办人 经办人甲",
)
def init(
    ctx: typer.Context,
    where: Annotated[Path | None, Argument(metavar="位置", help="台账文件或文件夹；不写即本人的数据文件夹")] = None,
    towns: Annotated[
        Path | None, Option("--towns", "--镇街表", help="镇（街、区）名单，CSV，至少有代码和名称两列")
    ] = None,
    region: Annotated[str | None, Option("--region", "--区划", help="6位区划代码；有镇街表时可不写")] = None,
    region_name: Annotated[
        str | None, Option("--region-name", "--名称", help="县（市、区）名称；不写即按区划代码")
    ] = None,
    issuer: Annotated[str | None, Option("--issuer", "--单位", help="发文单位")] = None,
    mark: Annotated[str | None, Option("--mark", "--代字", help="发文代字，如 永安委办")] = None,
    clerk: Annotated[str | None, Option("--clerk", "--经办人", help="经办人")] = None,
    letter: Annotated[
        str | None, Option("--letter", "--台账字母", help="镇里自建的台账用一个字母，免得编号相撞")
    ] = None,
) -> None:
    """建立一本新台账，并记住它的位置，以后各命令就用它。"""
    from anjian_cli.ledger import create

    session: Session = ctx.obj
    path = _path(session, where)
    code = arguments.read(values.region_code, region, "--region") if region else None
    if towns is None and code is None:
        raise refused("E107", reason="不知道是哪个县（市、区）", remedy="请写 --区划 六位代码，或 --镇街表 文件")
    create.create(path)
    session.db = path
    try:
        if towns is not None:
            import_files.take(session, [towns], "town")
            code = code or _region_of_towns(session)
        name = region_name or _name_of(str(code))
        given = {
            "region_code": code,
            "region_name": name,
            "issuer": issuer or f"{name}安全生产委员会办公室",
            "document_mark": mark or f"{name[0]}安委办",
            "clerk": clerk,
            "ledger_letter": letter,
        }
        _settle(session, {key: value for key, value in given.items() if value})
    except BaseException:  # half a ledger is none: whatever stopped us, the file that was just made goes
        path.unlink()
        raise
    session.remember(path)
    session.say(f"已建账：{path.resolve()}（{name}，{code}）")


def _path(session: Session, where: Path | None) -> Path:
    if where is None:
        if session.db is not None:
            return session.db
        from platformdirs import user_data_path

        return user_data_path("anjian", appauthor=False) / FILE
    where = where.expanduser()
    return where if where.suffix == ".db" and not where.is_dir() else where / FILE


def _region_of_towns(session: Session) -> str:
    """The code that all towns' codes begin with: the county's, else the prefecture's or the province's."""
    from anjian_cli.ledger import lookup

    with session.read() as connection:
        codes = lookup.town_codes(connection)
    for length in (6, 4, 2):
        if len({code[:length] for code in codes}) == 1:
            return codes[0][:length].ljust(6, "0")
    raise refused("E107", reason="镇街表里的代码不属于同一个省", remedy="请写 --区划 六位代码")


def _name_of(code: str) -> str:
    """The region's name by its code (GB/T 2260, as python-stdnum carries it)."""
    from stdnum import numdb

    parts = [info for _, info in numdb.get("cn/loc").info(code)]
    name = next(
        (part[key] for part in reversed(parts) for key in ("county", "prefecture", "province") if key in part), ""
    )
    # A code that changed hands lists its names with their years: [1992-]永康市.
    name = name.split(",")[-1].rpartition("]")[2]
    if not name:
        raise refused("E106", code, name="--region", remedy="没有这个区划代码；新设的县（市、区）请用 --名称 写明名称")
    return str(name)


def _settle(session: Session, given: dict[str, str]) -> None:
    from anjian_cli.ledger.lookup import Finder
    from anjian_cli.records import definition
    from anjian_cli.workflow import register

    faults = []
    with session.write("init") as gate:
        finder = Finder(gate.connection)
        for name, value in given.items():
            try:
                register.take(gate, definition.record("setting"), {"name": name, "value": value}, finder)
            except Refused as refusal:
                faults += refusal.faults
        if faults:
            raise Refused(faults)

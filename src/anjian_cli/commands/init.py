"""`anjian init`: start a ledger, say whose it is, and remember where it lies."""

from __future__ import annotations

import re
from pathlib import Path

from anjian_cli.commands import arguments, inbox, regions
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused, refused
from anjian_cli.records import codes
from anjian_cli.rules import place_names

app = top_app()

FILE = "安监台账.db"
FEW = 5
"""So many regions of which a name may be a part are told."""
UNKNOWN_CODE = "没有这个区划代码，请核对；新设的县（市、区）请用 --名称 写明名称"
UNKNOWN = "没有这个地区，请核对名称或代码；新设的县（市、区）请用 --区划 和 --名称 写明代码和名称"


@app.command(
    "init",
    example="anjian init 武义县 --towns 镇街.csv\n"
    "anjian init 330113 临平台账.db\n"
    "anjian 建账 永康市 --单位 永康市安全生产委员会办公室 --代字 永安委办 --经办人 经办人甲",
)
def init(
    ctx: Context,
    first: Annotated[
        str | None, Argument(metavar="地区", help="县（市、区、旗）名称或6位区划代码；有镇街表时可不写")
    ] = None,
    where: Annotated[
        Path | None,
        Argument(metavar="位置", help="台账文件或文件夹，与地区同名的写成 ./武义县；不写即本人的数据文件夹"),
    ] = None,
    towns: Annotated[
        Path | None, Option("--towns", "--镇街表", help="镇（街、区）名单，CSV，至少有代码和名称两列")
    ] = None,
    region: Annotated[str | None, Option("--region", "--区划", help="6位区划代码，与先写的地区同")] = None,
    region_name: Annotated[
        str | None, Option("--region-name", "--名称", help="县（市、区）名称；不写即按区划代码")
    ] = None,
    issuer: Annotated[str | None, Option("--issuer", "--单位", help="发文单位")] = None,
    mark: Annotated[str | None, Option("--mark", "--代字", help="发文代字，如 永安委办")] = None,
    clerk: Annotated[str | None, Option("--clerk", "--经办人", help="经办人")] = None,
    letter: Annotated[
        str | None, Option("--letter", "--台账字母", help="镇里自建的台账用一个字母，免得编号相撞")
    ] = None,
    local: Annotated[bool, Option("--local", "--可用外县代码", help="代码属外县的镇（街、区）也收")] = False,
) -> None:
    """建立一本新台账，并记住它的位置，以后各命令就用它。"""
    from anjian_cli.ledger import create

    session: Session = ctx.obj
    code = arguments.read(codes.region_code, region, "--区划") if region else None
    if first is not None and (where is not None or _is_region(first)):
        if code is not None:
            raise refused("E105", first, told="", help="anjian 建账 -h")
        code = code_of(first)
    elif first is not None:
        where = Path(first)
    if towns is None and code is None:
        told = "" if where is None else f"，“{where}”不是地区的名称"
        like = [] if where is None else regions.alike(str(where))
        example = f"anjian 建账 {like[0].name}" if len(like) == 1 else "anjian 建账 武义县"
        remedy = f"请写地区名称或六位区划代码，如 {example}；或 --镇街表 文件"
        raise refused("E107", reason=f"不知道是哪个县（市、区）{told}", remedy=remedy)
    name = region_name or (name_of(code) if code is not None else "")
    path = path_of(session, where)
    try:
        with create.in_the_making(path) as making:
            create.create(making)
            session.db = str(making)
            if towns is not None and code is None:
                inbox.take(session, [towns], "town")
                code, towns = _region_of_towns(session), None
                name = name or name_of(code)
            given = {
                "region_code": code,
                "region_name": name,
                "issuer": issuer or place_names.committee_office_in_full(name),
                "document_mark": mark or place_names.document_mark(name),
                "clerk": clerk,
                "ledger_letter": letter,
                "foreign_codes": "是" if local else None,
            }
            _settle(session, {key: value for key, value in given.items() if value})
            if towns is not None:  # of a region that is told, each town is held against it
                inbox.take(session, [towns], "town")
    except BaseException:  # half a ledger is none: whatever stopped us, it went with the folder that it was made in
        session.committed.clear()
        raise
    finally:
        session.db = str(path)
    session.remember(path)
    session.say(f"已建账：{path.resolve()}（{name}，{code}）")


def path_of(session: Session, where: Path | None) -> Path:
    """Where the ledger comes to lie: in a folder under its usual name; where nothing was said, at --db or in the
    person's own folder for data."""
    if where is None:
        if session.db is not None:
            return Path(session.db)
        from platformdirs import user_data_path

        return user_data_path("anjian", appauthor=False) / FILE
    where = where.expanduser()
    return where if where.suffix == ".db" and not where.is_dir() else where / FILE


def _region_of_towns(session: Session) -> str:
    """The code that all towns' codes begin with: the county's, else the prefecture's or the province's."""
    from anjian_cli.ledger import lookup

    with session.read() as connection:
        found = lookup.town_codes(connection)
    for length in (6, 4, 2):
        if len({code[:length] for code in found}) == 1:
            return found[0][:length].ljust(6, "0")
    raise refused("E107", reason="镇街表里的代码不属于同一个省", remedy="请写 --区划 六位代码")


def _is_region(text: str) -> bool:
    """Whether the first argument is meant as a region: six digits, or what looks like a name. `./武义县` is a file."""
    return re.fullmatch(r"[0-9]{6}|[^/\\.]*[市县区旗]", text) is not None or bool(regions.named(text))


def code_of(text: str) -> str:
    """The code of the region that is typed. Raises `Refused` E106 where none is called so, or several: with all of
    them."""
    found = regions.named(text)
    if len(found) > 1:
        remedy = f"有{len(found)}个同名的，请改写代码：{'、'.join(map(str, found))}"
        raise refused("E106", text, name="地区", remedy=remedy)
    if not found and not text.isdecimal():
        like = regions.alike(text)
        remedy = f"可能是 {'、'.join(map(str, like))}，请写全名称或代码" if 0 < len(like) <= FEW else UNKNOWN
        raise refused("E106", text, name="地区", remedy=remedy)
    return found[0].code if found else arguments.read(codes.region_code, text, "地区")


def name_of(code: str) -> str:
    """The region's name by its code. Raises `Refused` E106 for a code that no region has today."""
    found = regions.of_code(code)
    if found is None:
        raise refused("E106", code, name="地区", remedy=UNKNOWN_CODE)
    return found.name


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

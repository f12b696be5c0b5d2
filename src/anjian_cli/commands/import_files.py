"""`anjian import`: files and folders of any kind of record, a whole ledger's folder, the list of what came in."""

from __future__ import annotations

from pathlib import Path

from anjian_cli.commands import arguments, inbox, whole_ledger
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option, Parameter, declared
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.messages import Exit

app = top_app()

LISTED = {
    "id": "操作号",
    "at": "时间（UTC）",
    "actor": "操作人",
    "source_file": "文件",
    "records": "新增或修改",
    "undone_by": "被撤销于",
    "source_sha256": "SHA-256",
}
MOST_LISTED = 1000
_PATHS = Argument(metavar="文件", help="文件或文件夹，可写几个；- 为标准输入")
List = Annotated[bool, Option("--list", "--列表", help="列出收过哪些文件；撤销一份：anjian 撤销 操作号")]
DryRun = Annotated[bool, Option("--dry-run", help="只检查，不写入")]
NoReturn = Annotated[bool, Option("--no-return", "--不退回件", help="不生成标出错处的退回件")]
AcceptGood = Annotated[bool, Option("--accept-good", "--收正确的", help="有误的行退回，其余的收下；默认整个文件不收")]
Mapping = Annotated[Path | None, Option("--mapping", "--对照", help="按这份对照认列名，如 芝英.toml")]
SaveMapping = Annotated[
    Path | None, Option("--save-mapping", "--存对照", help="把相近的列名存成一份对照，核对以后再用")
]
Remember = Annotated[
    str | None, Option("--remember", "--记住", metavar="镇", help="记住这份对照：以后文件名写着这个镇的，都按它认列名")
]
AnyTown = Annotated[bool, Option("--any-town", "--不限镇", help="算一个镇的文件里，别的镇的行也收")]
Office = Annotated[bool, Option("--office", "--本办", help="办公室自己掌握的（设置、任务、期初数等）也收")]
Format = Annotated[str | None, Option("--format", help="table 或 json")]


@app.command(
    "import",
    example="anjian import 收件/10 --dry-run\nanjian 导入 芝英镇10月.csv\nanjian 导入 芝英.xlsx --对照 芝英.toml\n"
    "anjian --台账 新台账.db 导入 --全部 整本台账/",
)
def import_files(
    ctx: Context,
    paths: Annotated[list[Path] | None, _PATHS] = None,
    list: List = False,  # noqa: A002 -- the option's name
    dry_run: DryRun = False,
    accept_good: AcceptGood = False,
    no_return: NoReturn = False,
    mapping: Mapping = None,
    save_mapping: SaveMapping = None,
    remember: Remember = None,
    any_town: AnyTown = False,
    office: Office = False,
    all: whole_ledger.Back = None,  # noqa: A002 -- the option's name
    format: Format = None,  # noqa: A002 -- the option's name
) -> int:
    """导入表格文件或文件夹，按列名自动认出是哪一类记录。一个文件整份收下，或者列出全部错处、一行不收。

    有错的，在“退回”文件夹里生成退回件：错处标黄并附批注，改好后直接再次导入。
    列名不同的表，写一份对照就能收；列名相近的，--存对照 替您拟一份，核对以后才用。
    """
    others = {
        "文件": paths, "--收正确的": accept_good, "--不退回件": no_return, "--对照": mapping, "--存对照": save_mapping,
        "--记住": remember, "--不限镇": any_town, "--本办": office,
    }  # fmt: skip
    if all is not None:
        whole_ledger.refuse_others("--全部", {**others, "--列表": list, "--格式": format})
        whole_ledger.take_in(ctx.obj, all, trial=dry_run)
        return Exit.DONE
    if list:
        arguments.refuse_beside("--列表", [name for name, given in {**others, "--试运行": dry_run}.items() if given])
        return _list_imports(ctx.obj, format)
    if not paths:
        raise refused("E103", name="“文件”", help="anjian 导入 -h")
    asked = inbox.Asked(
        paths=paths,
        dry_run=dry_run,
        accept_good=accept_good,
        no_return=no_return,
        mapping=mapping,
        save_mapping=save_mapping,
        remember=remember,
        any_town=any_town,
        office=office,
        format=format,
    )
    return inbox.run(ctx.obj, asked)


def _list_imports(session: Session, format: str | None) -> int:  # noqa: A002 -- the option's name
    """The files that were taken in, newest first."""
    from anjian_cli.bulletin import phrase
    from anjian_cli.ledger import history
    from anjian_cli.render import destination
    from anjian_cli.render.screen import listing

    chosen = destination.chosen(format, None, ("table", "csv", "json"))
    with session.read() as connection:
        rows = [dict(row) for row in history.imports(connection, MOST_LISTED)]
    titles = LISTED
    if chosen == "table":
        titles = {**LISTED, "at": "北京时间"}
        for row in rows:
            row["at"] = phrase.moment(row["at"])
            row["source_sha256"] = row["source_sha256"][:12]
    session.say(listing.formatted(titles, rows, chosen, session.width if session.terminal else None))
    return Exit.DONE


def options_of_one_record() -> list[Parameter]:
    """What `anjian NOUN import` takes: the same, but for what concerns files of any kind; and files must be named."""
    shared = [each for each in declared(import_files) if each.name not in {"paths", "list", "office", "all"}]
    return [Parameter("paths", list[Path], _PATHS), *shared]

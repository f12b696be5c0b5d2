"""`anjian bulletin`: the month's bulletin, whole or one town's, on the screen or to files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from anjian_cli.commands import arguments as spoken
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.render import destination

if TYPE_CHECKING:
    from anjian_cli.bulletin.evidence import Evidence
    from anjian_cli.bulletin.value import Bulletin

app = top_app()

TEXTS = ("table", "csv", "json")
FORMATS = (*TEXTS, "xlsx", "docx", "html", "pdf", "png")


@app.command(
    "bulletin",
    example="anjian bulletin --month 10\nanjian 通报 10 芝英\nanjian bulletin 2018-10 -o 通报.docx\n"
    "anjian 通报 10 -o 印发/\nanjian 通报 10 --draft --each-town -o 下发/",
)
def bulletin(
    ctx: typer.Context,
    which: Annotated[
        str | None, Argument(metavar="月份", help="10、10月、2018-10、上月；不写即上一个已结束的月")
    ] = None,
    of_town: Annotated[str | None, Argument(metavar="镇街", help="只看这个镇（街、区）")] = None,
    month: Annotated[str | None, Option("--month", help="月份")] = None,
    year: Annotated[int | None, Option("--year", help="年份")] = None,
    town: Annotated[str | None, Option("--town", help="只看这个镇（街、区）")] = None,
    format: Annotated[  # noqa: A002 -- the option's name
        str | None, Option("--format", help=f"{'、'.join(FORMATS[:-1])} 或 {FORMATS[-1]}")
    ] = None,
    output: Annotated[
        Path | None, Option("-o", "--output", help="写到文件，格式由文件名定；写到文件夹（以 / 结尾）即整套")
    ] = None,
    each_town: Annotated[bool, Option("--each-town", "--每镇", help="每镇一份本镇的表，带企业名单")] = False,
    draft: Annotated[bool, Option("--draft", "--核对", help="核对稿：还没有定稿的月份，发各镇核对用")] = False,
    template: Annotated[Path | None, Option("--template", help="用本单位的 Word 模板（.docx）代替自带的")] = None,
    save_template: Annotated[Path | None, Option("--save-template", help="把自带的 Word 模板存出来，供修改")] = None,
    as_known_on: Annotated[
        str | None, Option("--as-known-on", help="按那一天台账里已有的记录算，以后补登、更正的不算")
    ] = None,
) -> None:
    """某月的重点工作通报：六类工作的任务、完成、完成率、名次，谁领先，谁落后，欠多少。"""
    from anjian_cli.bulletin import phrase
    from anjian_cli.bulletin.compile import compile_bulletin

    session: Session = ctx.obj
    if which is not None and month is not None:
        raise refused("E105", which, help="anjian bulletin -h")
    if save_template is not None:
        _save_template(session, save_template)
        return
    named = of_town or town
    to_folder = each_town or (format is None and _is_folder(output))
    if each_town and named:
        raise refused("E106", "--each-town", name=f"--town {named}", remedy="--each-town 是每镇一份，不用再写镇街")
    if to_folder and (format or named):
        raise refused("E106", str(output), name="-o", remedy="写到文件夹的是整套，不用写格式和镇街；写一种请写文件名")
    if template is not None and not to_folder and destination.chosen(format, output, FORMATS) != "docx":
        raise refused("E106", str(template), name="--template", remedy="模板只用于 Word（.docx）")
    if template is not None and (named or each_town):
        raise refused("E106", str(template), name="--template", remedy="模板只用于通报，各镇的表没有模板")
    chosen = "table" if to_folder else destination.chosen(format, output, FORMATS)
    form = _template(template)
    as_files = to_folder or chosen not in TEXTS
    if as_files:
        from anjian_cli.bulletin.evidence import Evidence, evidence  # here, not while the ledger is held
    with spoken.as_known_on(session, as_known_on) as (connection, then):
        period = spoken.period(then, connection, which or month, year)
        found = compile_bulletin(connection, period)
        if draft and found.state:
            remedy = "数字已固定，不再发核对稿；请去掉 --draft"
            raise refused("E441", month=period.title, state=phrase.state(found), remedy=remedy)
        code = spoken.town(connection, named) if named else None
        if code is not None and code not in {unit.code for unit in found.towns}:
            raise refused("E451", named, remedy=f"{found.month}的通报里没有它")
        behind = None
        if as_files:  # what goes into a file beside the bulletin: enterprises by name, records, or nothing
            names, records = to_folder or code is not None, chosen == "html" or (to_folder and not each_town)
            behind = evidence(connection, found, records=records) if names or records else Evidence()
    if behind is None:
        _deliver_text(session, found, code, chosen, output)
    elif to_folder:
        _to_folder(session, found, output, behind, form, towns_only=each_town)
    else:
        destination.deliver_document(lambda: _document(found, code, chosen, behind, form), output, chosen)


def _deliver_text(session: Session, found: Bulletin, code: str | None, chosen: str, output: Path | None) -> None:
    if chosen == "table":
        _print(session, found, code, output)
    else:
        destination.deliver(_as_text(found, code, chosen), output, session.out, csv=chosen == "csv")


def _as_text(found: Bulletin, code: str | None, chosen: str) -> str:
    if code is not None:
        from anjian_cli.render.standing import narrowed

        found = narrowed(found, code)
    if chosen == "csv":
        from anjian_cli.render.data.bulletin_csv import bulletin_csv

        return bulletin_csv(found)
    from anjian_cli.render.data.bulletin_json import bulletin_json

    return bulletin_json(found)


def _document(found: Bulletin, code: str | None, chosen: str, behind: Evidence, form: bytes | None) -> bytes:
    from anjian_cli.render.office import document

    if code is None:
        return document.whole(found, chosen, behind, form)
    return document.of_town(found, code, chosen, behind)


def _print(session: Session, found: Bulletin, code: str | None, output: Path | None) -> None:
    from anjian_cli.render.screen import bulletin_table, styled_lines
    from anjian_cli.render.screen import town as sheet

    width = session.width if session.terminal and output is None else None
    lines = bulletin_table.bulletin_table(found, width) if code is None else sheet.town_sheet(found, code, width)
    if output is None:
        styled_lines.show(lines, session.out, colour=session.colour)
    else:
        destination.deliver(styled_lines.text(lines), output, session.out)


def _is_folder(output: Path | None) -> bool:
    """Whether a set is asked for: a folder that is there, or a name without an ending."""
    return output is not None and (output.is_dir() or not output.suffix)


def _template(path: Path | None) -> bytes | None:
    """Raises `Refused` E305 for a template that cannot be read."""
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise refused("E305", str(path)) from error


def _save_template(session: Session, output: Path) -> None:
    from anjian_cli.render.office.letter_template import default_template

    destination.refuse_existing(output)
    destination.write(default_template(), output)
    session.say(f"已存出通报模板：{output}。改好后用 --template 指明")


def _to_folder(
    session: Session,
    found: Bulletin,
    output: Path | None,
    behind: Evidence,
    form: bytes | None,
    *,
    towns_only: bool,
) -> None:
    """The set, or the towns' workbooks alone. Nothing is written where any of the files is there already."""
    from anjian_cli.render.office import issue_set, typeset

    lacking = None if towns_only else typeset.missing()
    if towns_only:
        files = dict(issue_set.town_set(found, behind))
    else:
        files = dict(issue_set.issue_set(found, behind, form, typesetter=lacking is None))
    destination.free(output, files)
    contents = [make() for make in files.values()]  # all of it before any is written: one may be refused
    for path, content in zip(destination.into_folder(output, files), contents, strict=True):
        destination.write(content, path)
    session.say(f"已写出{len(files)}个文件：{output}")
    if lacking is not None:
        session.note(f"没有写出pdf和png：{lacking}")

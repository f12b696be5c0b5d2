"""`anjian bulletin`: the month's bulletin, whole or one town's, on the screen or to files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli import under_way
from anjian_cli.commands import arguments, delivery, opening_files
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.light_dataclasses import dataclass, replace
from anjian_cli.records import values
from anjian_cli.render import destination, formats
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from anjian_cli.bulletin.evidence import Evidence
    from anjian_cli.bulletin.period import Period
    from anjian_cli.bulletin.value import Bulletin
    from anjian_cli.workflow.seal import Statement

app = top_app()
UNITS = (TOWNS, DEPARTMENTS)
SCOPES = ("市", "省", "全国")


@app.command(
    "bulletin",
    example="anjian bulletin --month 10\nanjian 通报 10 芝英\nanjian bulletin 2018-10 -o 通报.docx\n"
    "anjian 通报 10 -o 印发/\nanjian 通报 10 --考核单位 部门\nanjian 通报 10 --draft --each-town -o 下发/\n"
    "anjian 通报 10 --范围 市",
)
def bulletin(
    ctx: Context,
    which: Annotated[
        str | None, Argument(metavar="月份", help="10、10月、2018-10、上月；不写即上一个已结束的月")
    ] = None,
    of_town: Annotated[str | None, Argument(metavar="镇街", help="只看这个镇（街、区）")] = None,
    month: Annotated[str | None, Option("--month", help="月份")] = None,
    year: Annotated[int | None, Option("--year", help="年份")] = None,
    scope: Annotated[
        str | None,
        Option("--scope", "--范围", help="县（市、区）另在哪个范围里排名：市、省；全国（不写也是）即只排全部的"),
    ] = None,
    town: Annotated[str | None, Option("--town", help="只看这个镇（街、区），或考核的一个部门")] = None,
    unit: Annotated[str | None, Option("--unit", help="看哪一种单位的：镇（不写即镇）、部门")] = None,
    format: Annotated[  # noqa: A002 -- the option's name
        str | None, Option("--format", help=formats.either(formats.OF_BULLETIN))
    ] = None,
    output: Annotated[
        Path | None, Option("-o", "--output", help="写到文件，格式由文件名定；写到文件夹（以 / 结尾）即整套")
    ] = None,
    each_town: Annotated[bool, Option("--each-town", "--每镇", help="每镇一份本镇的表，带企业名单")] = False,
    draft: Annotated[bool, Option("--draft", "--核对", help="核对稿：还没有定稿的月份，发各镇核对用")] = False,
    template: Annotated[Path | None, Option("--template", help="用本单位的 Word 模板（.docx）代替自带的")] = None,
    save_template: Annotated[Path | None, Option("--save-template", help="把自带的 Word 模板存出来，供修改")] = None,
    short: Annotated[bool, Option("--short", "--简", help="只看名次和落后的（屏幕上）")] = False,
    open_page: Annotated[bool, Option("--open", "--打开", help="写成网页，用浏览器打开；只有本人能读")] = False,
    number: Annotated[
        str | None, Option("--number", help="以这个文号印发的那一份，撤回了的也在：15 或 永安委办〔2018〕15号")
    ] = None,
    as_known_on: Annotated[
        str | None, Option("--as-known-on", help="按那一天台账里已有的记录算，以后补登、更正的不算")
    ] = None,
    warehouse: Annotated[
        Path | None, Option("--warehouse", "--汇总库", help="各县的数取自这个汇总库，不取自台账收到的报送包")
    ] = None,
    engine: Annotated[
        str | None, Option("--engine", "--引擎", help="汇总库用哪个引擎：duckdb（不写即它）、spark、postgresql")
    ] = None,
) -> None:
    """某月的重点工作通报：六类工作的任务、完成、完成率、名次，谁领先，谁落后，欠多少。"""
    session: Session = ctx.obj
    if which is not None and month is not None:
        raise refused("E105", which, told="", help="anjian 通报 -h")
    if save_template is not None:
        _save_template(session, save_template)
        return
    if open_page and output is None and format is None:
        format = "html"  # noqa: A001
    asked = _Asked(
        month=which or month,
        year=year,
        scope=arguments.read(values.choice(*SCOPES), scope, "--scope") if scope else None,
        town=of_town or town,
        unit=arguments.read(values.choice(*UNITS), unit, "--unit") if unit else None,
        format=format,
        output=output,
        to_folder=each_town or (format is None and _is_folder(output)),
        each_town=each_town,
        draft=draft,
        template=template,
        as_known_on=as_known_on,
        number=number,
        short=short,
        open_page=open_page,
        warehouse=warehouse,
        engine=engine,
    )
    chosen = _chosen(asked)
    own_template = _content(template)
    found = _read(session, asked, chosen)
    if open_page and output is None:
        asked = replace(asked, output=_in_private(found.bulletin, chosen))
    _deliver(session, asked, chosen, found, own_template)
    if open_page and asked.output is not None:
        opening_files.show(session, asked.output)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is wanted, as typed. `to_folder`: files of several kinds, or one a town, and not one of `format`."""

    month: str | None
    year: int | None
    scope: str | None
    town: str | None
    unit: str | None
    format: str | None
    output: Path | None
    to_folder: bool
    each_town: bool
    draft: bool
    template: Path | None
    as_known_on: str | None
    number: str | None
    short: bool
    open_page: bool
    warehouse: Path | None
    engine: str | None


class _Found(NamedTuple):
    """What was read: the bulletin, the code of the town it is wanted of, what stands behind it, which only files of an
    office carry, and the statement of the ledger's head that goes out with an issued set."""

    bulletin: Bulletin
    code: str | None
    behind: Evidence | None
    seal: Statement | None = None


def _chosen(asked: _Asked) -> formats.AnyFormat | None:
    """The format, None for a folder. Raises `Refused` E106 for what does not go together."""
    if asked.each_town and asked.town:
        remedy = "--每镇 是每镇一份，不用再写镇街"
        raise refused("E106", "--每镇", name=f"--镇街 {asked.town}", remedy=remedy)
    if asked.to_folder and (asked.format or asked.town):
        remedy = "写到文件夹的是整套，不用写格式和镇街；写一种请写文件名"
        raise refused("E106", str(asked.output), name="-o", remedy=remedy)
    chosen = None
    if not asked.to_folder:
        chosen = formats.BY_NAME[destination.chosen(asked.format, asked.output, formats.OF_BULLETIN)]
    if asked.warehouse is None and asked.engine is not None:
        raise refused("E106", asked.engine, name="--引擎", remedy="引擎只用于 --汇总库")
    if asked.warehouse is not None and (asked.as_known_on or asked.number):
        remedy = "汇总库里只有现在的数，请去掉 --文号、--当时所知"
        raise refused("E106", str(asked.warehouse), name="--汇总库", remedy=remedy)
    if asked.template is not None:
        _refuse_template(asked, str(asked.template), chosen)
    if asked.short and not isinstance(chosen, formats.ScreenFormat):
        raise refused("E106", str(asked.output or asked.format), name="--简", remedy="--简 只用于屏幕上的表")
    if asked.short and asked.town:
        raise refused("E106", asked.town, name="--简", remedy="只看一个镇的本来就短，请去掉 --简")
    if asked.open_page and chosen is None:
        raise refused("E106", str(asked.output), name="--打开", remedy="整套有许多文件，请写一个文件，或不写 -o")
    return chosen


def _refuse_template(asked: _Asked, template: str, chosen: formats.AnyFormat | None) -> None:
    """Raises `Refused` E106 where nothing that is wanted is made by a template."""
    if chosen is not None and not chosen.template:
        raise refused("E106", template, name="--模板", remedy="模板只用于 Word（.docx）")
    if asked.town or asked.each_town:
        raise refused("E106", template, name="--模板", remedy="模板只用于通报，各镇的表没有模板")


def _read(session: Session, asked: _Asked, chosen: formats.AnyFormat | None) -> _Found:
    """All that is needed of the ledger, of one moment. Raises `Refused` E441 for a draft of a month that is locked,
    E451 for a town that the bulletin does not have."""
    from anjian_cli.bulletin import phrase, place_asked
    from anjian_cli.bulletin.compile import compile_bulletin

    behind = _behind(asked, chosen)
    with under_way.work("计算通报"), arguments.as_known_on(session, asked.as_known_on) as (connection, then):
        period = arguments.period(then, connection, asked.month, asked.year)
        if asked.number is not None:
            found = _issued(connection, period, asked.number)
        elif asked.warehouse is not None:
            found = _from_warehouse(connection, period, asked)
        else:
            found = compile_bulletin(connection, period, ranking_alone=asked.short)
        if asked.draft and found.state:
            remedy = "数字已固定，不再发核对稿；请去掉 --核对"
            raise refused("E441", month=period.title, state=phrase.state(found), remedy=remedy)
        of, code = _unit(connection, asked, found)
        found = place_asked.of_units(found, of)
        if asked.scope is not None:
            from anjian_cli.bulletin import scope  # here: a county has no use for it

            found = scope.within(connection, found, asked.scope)
        if code is not None and code not in {unit.code for unit in found.towns}:
            raise refused("E451", asked.town, remedy=f"{found.month}的通报里没有它")
        seal = None
        if chosen is None and not asked.each_town and found.state == "issued":
            from anjian_cli.ledger.open import is_older
            from anjian_cli.workflow.seal import statement

            seal = statement(connection, then.today, numbered=not is_older(session.ledger()))
        return _Found(found, code, behind(connection, found), seal)


def _from_warehouse(connection: sqlite3.Connection, period: Period, asked: _Asked) -> Bulletin:
    """The bulletin of a month that is not locked, what counties delivered taken from the warehouse that is named.
    Raises `Refused` E441 for a month that is, E934 to E942."""
    from contextlib import closing

    from anjian_cli.bulletin import locked_month
    from anjian_cli.bulletin.compile import compile_bulletin
    from anjian_cli.warehouse import engines
    from anjian_cli.warehouse.delivered import FromWarehouse

    if locked_month.find(connection, period.key) is not None:
        remedy = "数字已固定，不再从汇总库算；请去掉 --汇总库"
        raise refused("E441", month=period.title, state="定稿或印发", remedy=remedy)
    assert asked.warehouse is not None
    with closing(engines.opened(asked.warehouse, engines.named(asked.engine))) as opened:
        delivered = FromWarehouse(connection, opened)
        return compile_bulletin(connection, period, ranking_alone=asked.short, deliveries=delivered)


def _unit(connection: sqlite3.Connection, asked: _Asked, found: Bulletin) -> tuple[str, str | None]:
    """Of which kind of units, and the code of the one that is asked for, None for all. Raises `Refused` E231, E792,
    E854."""
    from anjian_cli.bulletin import place_asked

    if asked.town is None:
        return asked.unit or TOWNS, None
    if found.departments is None or asked.unit == TOWNS:
        return asked.unit or TOWNS, arguments.town(connection, asked.town)
    place = arguments.read(
        lambda typed: place_asked.find(connection, typed, found.as_of, asked.unit), asked.town, "--town"
    )
    return place.of, place.code


def _issued(connection: sqlite3.Connection, period: Period, number: str) -> Bulletin:
    """The bulletin of a month that was issued under a number. Raises `Refused` E249, E451."""
    from anjian_cli.bulletin import locked_month
    from anjian_cli.bulletin.compile import kept_bulletin
    from anjian_cli.records import codes

    for one in (*locked_month.withdrawn(connection), *locked_month.all_locked(connection)):
        if one.month != period.key or one.document_number is None:
            continue
        mark, _, rest = one.document_number.partition("〔")
        if arguments.read(partial(codes.document_number, mark=mark, year=int(rest[:4])), number, "--number") == (
            one.document_number
        ):
            return kept_bulletin(connection, one)
    raise refused("E451", number, remedy=f"{period.title}印发过的：anjian 月份 列表")


def _behind(
    asked: _Asked, chosen: formats.AnyFormat | None
) -> Callable[[sqlite3.Connection, Bulletin], Evidence | None]:
    """What reads that which goes into a file beside the bulletin: enterprises by name, records, or nothing. It is
    imported before the ledger is held, and only where it is wanted."""
    records = chosen.records if chosen is not None else not asked.each_town
    of_town = asked.town is not None and isinstance(chosen, formats.DocumentFormat)
    if not (chosen is None or of_town or records):
        return lambda *_: None
    from anjian_cli.bulletin.evidence import evidence

    return partial(evidence, records=records)


def _deliver(
    session: Session, asked: _Asked, chosen: formats.AnyFormat | None, found: _Found, template: bytes | None
) -> None:
    match chosen:
        case formats.ScreenFormat() if asked.short:
            from anjian_cli.render.screen.bulletin_table import short_bulletin

            delivery.lines(session, partial(short_bulletin, found.bulletin), asked.output)
        case formats.ScreenFormat():
            delivery.lines(session, partial(chosen.of_bulletin, found.bulletin, found.code), asked.output)
        case formats.DataFormat():
            text = chosen.of_bulletin(found.bulletin, found.code)
            delivery.text(session, text, asked.output, csv=chosen.ending == "csv")
        case formats.DocumentFormat():
            make = partial(chosen.of_bulletin, _material(found, template), found.code)
            delivery.document(session, make, asked.output, chosen.ending)
        case None:
            _to_folder(session, asked, _material(found, template), found.seal)


def _in_private(found: Bulletin, chosen: formats.AnyFormat | None) -> Path:
    """A file in a folder of its own that nobody else can look into."""
    import tempfile

    ending = chosen.ending if chosen is not None else "html"
    return Path(tempfile.mkdtemp(prefix="anjian-")) / f"通报{found.month}.{ending}"


def _material(found: _Found, template: bytes | None) -> formats.Material:
    from anjian_cli.bulletin.evidence import Evidence

    return formats.Material(found.bulletin, found.behind or Evidence(), template)


def _to_folder(session: Session, asked: _Asked, material: formats.Material, seal: Statement | None) -> None:
    """The set, or the towns' workbooks alone. Nothing is written where any of the files is there already."""
    from anjian_cli.render.office import issue_set, typeset

    lacking = None if asked.each_town else typeset.missing()
    if asked.each_town:
        files = dict(issue_set.town_set(material))
    else:
        files = dict(issue_set.issue_set(material, typesetter=lacking is None))
    if seal is not None:
        files |= {(issue_set.seal_name(material.bulletin),): partial(_sealed, session, seal)}
    destination.free(asked.output, files)
    with under_way.work("写出整套", len(files), "个文件") as work:
        contents = []  # all of it before any is written: one may be refused
        for parts, make in files.items():
            work.step(parts[-1])
            contents.append(make())
    with destination.into_folder(asked.output, files) as paths:
        for path, content in zip(paths, contents, strict=True):
            destination.write(content, path)
    session.say(f"已写出{len(files)}个文件：{asked.output}")
    if lacking is not None:
        session.note(f"没有写出pdf和png：{lacking}")


def _sealed(session: Session, seal: Statement) -> bytes:
    from anjian_cli.commands.seal import signed_or_not
    from anjian_cli.workflow.seal import text

    return text(signed_or_not(session, seal)).encode()


def _is_folder(output: Path | None) -> bool:
    """Whether a set is asked for: a folder that is there, or a name without an ending."""
    return output is not None and (output.is_dir() or not output.suffix)


def _content(template: Path | None) -> bytes | None:
    """Raises `Refused` E305 for a template that cannot be read."""
    if template is None:
        return None
    try:
        return template.read_bytes()
    except OSError as error:
        raise refused("E305", str(template)) from error


def _save_template(session: Session, output: Path) -> None:
    from anjian_cli.render.office.letter_template import default_template

    destination.refuse_existing(output)
    destination.write(default_template(), output)
    session.say(f"已存出通报模板：{output}。改好后用 --模板 指明")

"""`anjian package`: a month for the unit above, as one signed file; and such files taken in by it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli import __version__, under_way
from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.errors import Fault, Refused, refused

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from anjian_cli.bulletin.package_parts import Parts
    from anjian_cli.bulletin.period import Period
    from anjian_cli.exchange.package import Package
    from anjian_cli.workflow.receiving import Delivery, Outcome

app = noun_app("package")


@app.command("make", example="anjian package make 10\nanjian 报送包 生成 2018-10 -o 330784-2018-10-1.anjian")
def make(
    ctx: Context,
    month: Annotated[str | None, Argument(metavar="月份", help="10、2018-10、上月；不写即上一个已结束的月")] = None,
    output: Annotated[
        Path | None, Option("-o", "--output", help="写到哪个文件；不写即 区划代码-月份-次数.anjian")
    ] = None,
    key: Annotated[
        Path | None, Option("--key", "--密钥", help="用哪一个密钥文件，代替 ANJIAN_KEY 和平常的那个")
    ] = None,
    facts: Annotated[
        bool, Option("--facts", "--含明细", help="附上逐条明细（日期、类别、所在镇街，没有名字），供上级细查、核对")
    ] = False,
) -> None:
    """生成报送包：一个月的各项合计、期初数、印发数，签上名，报上级汇总。里面没有企业和人的名字。内容没有变的，次数也不变。"""
    from anjian_cli.bulletin import package_parts
    from anjian_cli.commands.seal import own_key
    from anjian_cli.exchange import package
    from anjian_cli.render import destination
    from anjian_cli.workflow import sent_package, signing

    session: Session = ctx.obj
    if output is not None and output.suffix.lower() != package.ENDING:
        raise refused("E106", str(output), name="-o", remedy=f"报送包的文件名请以 {package.ENDING} 结尾")
    private = own_key(session, key or session.signing_key())
    with session.write("package make") as gate:
        period = arguments.period(session, gate.connection, month)
        if not period.finished:
            raise refused("E920", month=period.title, line=f"anjian 报送包 生成 {period.previous().key}")
        parts = package_parts.of_month(gate.connection, period)
        content = package.content_hash(parts)
        others = _for_engines(gate.connection, period, parts, facts=facts)
        before = sent_package.last(gate.connection, period.key)
        known = before is not None and before.content == content
        serial = 1 if before is None else before.serial if known else before.serial + 1
        made, manifest = package.write(
            parts,
            private,
            serial=serial,
            replaces="" if before is None or known else before.manifest,
            made_at=session.now(),
            program=__version__,
            others=others,
        )
        path = output or Path(f"{parts.region}-{period.key}-{serial}{package.ENDING}")
        destination.refuse_existing(path)
        if not known:
            sent_package.note(
                gate,
                month=period.key,
                serial=serial,
                content=content,
                manifest=manifest,
                operation=parts.operation,
                issued=parts.issued,
                key=signing.public_of(private).hex(),
            )
        destination.write(made, path)
    session.say(f"已生成：{path}（{_said(parts)}，第{serial}次报送{'，内容和上次一样' if known else ''}）")
    session.note(f"密钥指纹{signing.fingerprint(signing.public_of(private))}，第一次报送请用电话告诉上级核对")


@app.command("show", example="anjian package show 330784-2018-10-1.anjian\nanjian 报送包 查看 永康-9.anjian")
def show(
    ctx: Context,
    file: Annotated[Path, Argument(metavar="文件", help="报送包")],
) -> None:
    """查看报送包：先核对签名和每一部分，再说是哪个县、哪个月、第几次，有哪些数。不动台账。"""
    session: Session = ctx.obj
    found = _read(file)
    parts = found.parts
    from anjian_cli.bulletin import phrase
    from anjian_cli.workflow import receiving

    session.say(f"报送包：{file.name}（签名和各部分都对）")
    lines = [
        ("单位", f"{parts.region_name}（{parts.region}）{'，演示数据' if parts.demonstration else ''}"),
        ("月份", f"{_said(parts)}，第{found.serial}次报送"),
        ("生成", f"{phrase.moment(found.made_at)}，程序{found.program}，台账第{parts.operation}步操作以后"),
        ("台账标识", parts.ledger),
        ("签名公钥", found.key),
        ("密钥指纹", receiving.fingerprint(found.key)),
        ("考核办法", parts.scheme),
        (
            "内容",
            f"{len(parts.units)}个单位、{len(parts.tasks)}项任务、{len(parts.measures)}种口径、{len(parts.sums)}个月度合计、"
            f"{len(parts.openings)}个期初数、{len(parts.cells)}个印发数",
        ),
    ]
    lines += [("供分析", "、".join(sorted(found.others)))] if found.others else []
    for title, said in lines:
        session.say(f"  {title}：{said}")


@app.command("receive", example="anjian 报送包 接收 永康-9.anjian 武义-9.anjian")
def receive(
    ctx: Context,
    files: Annotated[list[Path], Argument(metavar="文件", help="报送包，可以几个，也可以是放着它们的文件夹")],
    dry_run: Annotated[bool, Option("--dry-run", help="只核对，不写台账")] = False,
) -> None:
    """接收报送包：一个包一步操作，核对签名、登记的台账和印发数。收过的再收没有变化；更新的取代以前的，差异列为更正。"""
    from anjian_cli.ledger.gate import Source
    from anjian_cli.workflow import receiving

    session: Session = ctx.obj
    refusals: list[Fault] = []
    found = found_in(files)
    with under_way.work("接收报送包", len(found), "个") as work:
        for path in work.counting(found):
            try:
                delivery, sha = _delivery(path)
                with session.write("package receive", Source(path.name, sha), trial=dry_run) as gate:
                    outcome = receiving.receive(gate, delivery)
                    if dry_run:
                        gate.abandon()
            except Refused as error:
                refusals += error.faults
                continue
            session.say(_told(path, outcome, dry_run=dry_run))
    if refusals:
        raise Refused(refusals)


@app.command(
    "register",
    example="anjian 报送包 登记 永康-9.anjian --确认",
)
def register(
    ctx: Context,
    file: Annotated[Path, Argument(metavar="文件", help="要登记的台账生成的报送包")],
    replaces: Annotated[str | None, Option("--replaces", "--取代", help="取代哪一本台账，写它的台账标识")] = None,
    yes: Annotated[bool, Option("--yes", help="已用电话核对过密钥指纹")] = False,
) -> None:
    """登记一个县的台账和它的签名公钥：以后只收这本台账、这把密钥的报送包。登记以前，请用电话核对密钥指纹。"""
    from anjian_cli.workflow import receiving

    session: Session = ctx.obj
    found = _read(file)
    parts = found.parts
    line = f"anjian 报送包 登记 {file}{'' if replaces is None else f' --取代 {replaces}'} --确认"
    with session.read() as connection:
        name = receiving.county_name(connection, parts.region)
    mark = receiving.fingerprint(found.key)
    if not yes and not session.agreed(f"{name}电话里说的密钥指纹是 {mark} 吗？"):
        raise refused("E107", reason=f"还没有核对{name}的密钥指纹 {mark}", remedy=f"核对过了，请运行：{line}")
    with session.write("package register") as gate:
        number = receiving.register(gate, parts, found.key, replaces)
    session.say(f"已登记：{number} {name}，台账标识{parts.ledger}，密钥指纹{mark}")


@app.command("list", example="anjian package list 10\nanjian 报送包 列表 9")
def listed(
    ctx: Context,
    month: Annotated[str | None, Argument(metavar="月份", help="10、2018-10、上月；不写即上一个已结束的月")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """报送情况：各县报来哪个月、第几次，谁还没有报。"""
    from anjian_cli.bulletin import deliveries

    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    with session.read() as connection:
        period = arguments.period(session, connection, month)
        table = deliveries.table(connection, period)
    summary_output.deliver(session, table, form, output)


def _for_engines(connection: sqlite3.Connection, period: Period, parts: Parts, *, facts: bool) -> Mapping[str, bytes]:
    """The parts that only engines read: the sums where DuckDB is there to write them, the facts where they are asked
    for. Raises `Refused` E934 where facts are, and DuckDB is not."""
    from anjian_cli.exchange.package import FACTS, PARQUET
    from anjian_cli.warehouse import duck, parquet

    if not facts and not duck.is_there():
        return {}
    found = {PARQUET: parquet.of_sums(parts)}
    return {**found, FACTS: parquet.of_facts(connection, period)} if facts else found


def _said(parts: Parts) -> str:
    from anjian_cli.bulletin.period import month_title

    return f"{month_title(parts.month)}{'，已印发' if parts.issued else '，未印发'}"


def _told(path: Path, outcome: Outcome, *, dry_run: bool) -> str:
    from anjian_cli.bulletin.period import month_title

    what = f"{path.name}：{outcome.town}{month_title(outcome.month)}第{outcome.serial}次报送"
    if outcome.kind == "已收过":
        return f"收过了，没有变化：{what}"
    changed = f"，改了以前各月的{outcome.again}个数，列为更正" if outcome.again else ""
    return f"{'可以接收' if dry_run else '已接收'}：{what}{changed}"


def found_in(files: Sequence[Path]) -> list[Path]:
    """The packages named, and those in the folders named, in the order of their names. Raises `Refused` E302."""
    from anjian_cli.exchange.package import ENDING

    found: list[Path] = []
    for path in files:
        if path.is_dir():
            found += sorted(each for each in path.iterdir() if each.suffix.lower() == ENDING)
        else:
            found.append(path)
    if not found:
        raise refused("E107", reason="里面没有报送包", remedy=f"报送包的文件名以 {ENDING} 结尾")
    return found


def _read(path: Path) -> Package:
    from anjian_cli.exchange import package

    return package.read(package.opened(path))


def _delivery(path: Path) -> tuple[Delivery, str]:
    from anjian_cli.exchange import package

    content = package.opened(path)
    return package.delivery(path.name, package.read(content)), content.sha256

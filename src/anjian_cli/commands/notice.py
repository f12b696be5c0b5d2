"""`anjian notice`: what an office sends to a town that is late, and to a department that a hazard is handed to."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from anjian_cli.bulletin import notices
from anjian_cli.commands import arguments, delivery
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.records import values
from anjian_cli.render import destination, formats

app = top_app()


@app.command(
    "notice",
    example="anjian notice 催报\nanjian 文书 督办 --镇街 芝英 -o 督办芝英.docx\n"
    "anjian 文书 约谈 --镇街 芝英 --月份 10 -o 约谈芝英.docx\n"
    "anjian 文书 抄告 芝英-12 -o 抄告函.docx",
)
def notice(
    ctx: Context,
    kind: Annotated[
        str,
        Argument(metavar="文书", help="催报（月报没报）、督办（逾期没办）、约谈（名次落后）或 抄告（移交的隐患）"),
    ],
    hazard: Annotated[str | None, Argument(metavar="隐患", help="抄告哪一条隐患，如 芝英-12")] = None,
    town: Annotated[str | None, Option("--town", help="给哪个镇（街、区）；催报不写即全部")] = None,
    month: Annotated[str | None, Option("--month", help="约谈凭哪个月的通报；不写即上一个已结束的月")] = None,
    within: Annotated[
        int | None, Option("--within", min=1, max=365, help=f"督办限多少天内办结；不写即{notices.WITHIN}")
    ] = None,
    format: Annotated[  # noqa: A002 -- the option's name
        str | None, Option("--format", help=formats.either(formats.OF_PAPER))
    ] = None,
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
) -> None:
    """催报、督办通知书、约谈通知书、抄告函：按台账上到期没办的、通报里的名次、移交的隐患写成，发不发由您定，打印不留记录。"""
    from anjian_cli.bulletin.definition import towns_on

    session: Session = ctx.obj
    chosen = formats.BY_NAME[destination.chosen(format, output, formats.OF_PAPER)]
    which = arguments.read(values.choice(*notices.KINDS), kind, "文书")
    only = {"--月份": (month, notices.TALK), "--天内": (within, notices.SUPERVISE)}
    arguments.refuse_beside(which, [name for name, (told, of) in only.items() if told is not None and of != which])
    if which == notices.HAND_OVER:
        _hand_over(session, hazard, town, chosen, output)
        return
    if hazard is not None:
        raise refused("E105", hazard, told="", help="anjian 文书 -h")
    if town is None and which != notices.URGE:
        raise refused("E107", reason=f"没有写给哪个镇（街、区）{which}", remedy="请写明，如 --镇街 芝英")
    with session.read() as connection:
        code = None if town is None else arguments.town(connection, town)
        towns, rolled = towns_on(connection, session.today)
        to = next((one for one in towns if code is not None and one.code == rolled.get(code)), None)
        if code is not None and to is None:
            raise refused("E231", town or "", kind="现有的镇（街道）", remedy="看有哪些：anjian 镇街 列表")
        if which == notices.URGE:
            made = notices.urge(connection, session.today, None if to is None else to.code)
        elif to is not None and which == notices.SUPERVISE:
            made = notices.supervise(connection, session.today, to, within or notices.WITHIN)
        else:
            from anjian_cli.bulletin.compile import compile_bulletin

            assert to is not None
            bulletin = compile_bulletin(connection, arguments.period(session, connection, month))
            made = notices.talk(connection, session.today, bulletin, to)
    _deliver(session, made, chosen, output)


def _hand_over(
    session: Session, hazard: str | None, town: str | None, chosen: formats.AnyFormat, output: Path | None
) -> None:
    """抄告函 of a hazard. Raises `Refused` E107 where none is told."""
    if hazard is None:
        raise refused("E107", reason="没有写抄告哪一条隐患", remedy="请写编号，如 anjian 文书 抄告 芝英-12")
    arguments.refuse_beside("抄告", [] if town is None else ["--镇街"])
    from anjian_cli.ledger import lookup

    with session.read() as connection:
        made = notices.hand_over(
            connection, session.today, lookup.record_id(connection, "hazard", hazard, session.today)
        )
    _deliver(session, made, chosen, output)


def _deliver(session: Session, made: notices.Notice, chosen: formats.AnyFormat, output: Path | None) -> None:
    from anjian_cli.render.office.notice_paper import notice_paper

    paper = notice_paper(made)
    match chosen:
        case formats.ScreenFormat():
            delivery.lines(session, partial(chosen.of_paper, paper), output)
        case formats.DocumentFormat():
            delivery.document(session, partial(chosen.of_paper, paper), output, chosen.ending)

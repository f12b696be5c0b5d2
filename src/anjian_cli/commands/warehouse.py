"""`anjian warehouse`: delivered packages in a folder of Parquet (汇总库), for engines; what is asked of it, and its
audit."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.commands import arguments, summary_output
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.package import found_in
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.errors import Misread, refused

if TYPE_CHECKING:
    from anjian_cli.warehouse.asking import Question

app = noun_app("warehouse")
ENGINES = "duckdb（不写即它）、spark、postgresql"
Engine = Annotated[str | None, Option("--engine", "--引擎", help=f"用哪个引擎：{ENGINES}")]


@app.command("build", example="anjian warehouse build 汇总库 收件箱\nanjian 汇总库 生成 汇总库 收件箱")
def build(
    ctx: Context,
    folder: Annotated[Path, Argument(metavar="汇总库", help="汇总库的文件夹，没有就建")],
    files: Annotated[list[Path], Argument(metavar="报送包", help="报送包，可以几个，也可以是放着它们的文件夹")],
) -> None:
    """把报送包汇成一个文件夹，供引擎查：签名、登记和接收一样核对，每本台账留最新的一个。有一个包不对，就什么都不改。"""
    from anjian_cli.warehouse import build as building
    from anjian_cli.warehouse.relations import FACTS, SUMS

    session: Session = ctx.obj
    paths = found_in(files)
    with session.read() as connection:
        built = building.build(connection, folder, paths)
    what = f"{built.ledgers}本台账，{built.rows[SUMS]}个合计，{built.rows[FACTS]}条明细"
    passed = [f"{built.same}个包已在里面"] if built.same else []
    passed += [f"{built.older}个包有更新的，没有用"] if built.older else []
    told = f"（{'；'.join(passed)}）" if passed else ""
    session.say(f"{f'已收进{built.new}个报送包' if built.new else '没有变化'}：{folder}，{what}{told}")


@app.command(
    "query",
    example="anjian warehouse query 汇总库 hazard.open\n"
    "anjian 汇总库 查询 汇总库 hazard.found --按 市,月 --自 2018-01\n"
    'anjian 汇总库 查询 汇总库 --语句 "SELECT county, count(*) FROM sums GROUP BY county" -o 数.csv',
)
def query(
    ctx: Context,
    folder: Annotated[Path, Argument(metavar="汇总库", help="汇总库的文件夹")],
    measure: Annotated[
        str | None, Argument(metavar="口径", help="数什么：事实，或加条件，如 training.passed?kind=网格员")
    ] = None,
    per: Annotated[
        str | None, Option("--per", help="省、市、县、镇街、月、类型、等级、渠道，可以几样，用逗号分开；不写即县")
    ] = None,
    since: Annotated[str | None, Option("--since", "--自", help="自哪一月；不写即那一年的1月")] = None,
    until: Annotated[str | None, Option("--until", "--到", help="到哪一月；不写即上一个已结束的月")] = None,
    sql: Annotated[
        str | None,
        Option("--sql", "--语句", help="自己写一句 SELECT，查 sums、facts、packages、openings、units"),
    ] = None,
    engine: Engine = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """查汇总库：一个口径各县（各市、各月、各类）有多少。合计里有的按合计，问到类型、等级的按明细。只读，不动台账。"""
    from anjian_cli.warehouse import asking, engines

    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    name = engines.named(engine)
    if (measure is None) == (sql is None):
        raise refused("E106", sql or "", name="口径", remedy="口径和 --语句 写一样，也只写一样")
    if sql is not None:
        if name != engines.DUCKDB:
            raise refused("E106", name, name="--引擎", remedy="--语句 只用 duckdb")
        from anjian_cli.warehouse import tree
        from anjian_cli.warehouse.duck import Duck

        with closing(Duck(tree.opened(folder, facts=True))) as duck:
            table = asking.selected(duck, sql)
    else:
        with session.read() as connection:
            question = _question(session, str(measure), per, since, until)
            with closing(engines.opened(folder, name, facts=True)) as opened:
                table = asking.table(connection, opened, question)
    summary_output.deliver(session, table, form, output)


@app.command("audit", example="anjian warehouse audit 汇总库\nanjian 汇总库 核对 汇总库 -o 不一致.xlsx")
def audit(
    ctx: Context,
    folder: Annotated[Path, Argument(metavar="汇总库", help="汇总库的文件夹")],
    engine: Engine = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """用报来的明细重新数一遍，和报来的合计对：不一致的，逐个说出县、口径、月份。没有带明细的县没有核对。"""
    from anjian_cli.warehouse import audit as auditing
    from anjian_cli.warehouse import engines

    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    with closing(engines.opened(folder, engines.named(engine), facts=True)) as opened:
        reach = auditing.reach(opened)
        found = auditing.differences(opened)
    table = auditing.table(found, reach)
    summary_output.deliver(session, table, form, output)
    if found:
        raise refused("E940", count=len(found))


@app.command("facts", example="anjian 汇总库 明细 汇总库 10-武义-负责人")
def facts(
    ctx: Context,
    folder: Annotated[Path, Argument(metavar="汇总库", help="汇总库的文件夹")],
    words: Annotated[list[str], Argument(metavar="格码", help="通报上的格码，如 10-武义-负责人，或分开写")],
    engine: Engine = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """一个县的一个数字由哪些逐条的事实组成：县里报送时带了明细的才有，没有企业和人的名字。"""
    from anjian_cli.bulletin import explain as answering
    from anjian_cli.warehouse import engines, fact_rows

    session: Session = ctx.obj
    form = summary_output.chosen(format, output)
    name = engines.named(engine)
    with session.read() as connection:
        asked = answering.parse_code(connection, words, session.today, arguments.period(session, connection, None))
        with closing(engines.opened(folder, name, facts=True)) as opened:
            table = fact_rows.table(connection, opened, asked)
    summary_output.deliver(session, table, form, output)


@app.command("load", example="anjian warehouse load 汇总库\nanjian 汇总库 装载 汇总库")
def load(
    ctx: Context,
    folder: Annotated[Path, Argument(metavar="汇总库", help="汇总库的文件夹")],
) -> None:
    """把汇总库装进 PostgreSQL（模式 anjian），取代以前装的。连哪里由 PGHOST、PGDATABASE、PGUSER 等设置说。"""
    from anjian_cli.warehouse import postgres, tree

    session: Session = ctx.obj
    count = postgres.load(tree.opened(folder, facts=True))
    session.say(f"已装载：{folder}，{count}行")


def _question(session: Session, measure: str, per: str | None, since: str | None, until: str | None) -> Question:
    from anjian_cli.records import values
    from anjian_cli.warehouse.asking import COUNTY, PER, Question

    of = values.choice(*PER)

    def several(typed: str) -> tuple[str, ...]:
        found = tuple(of(each.strip()) for each in typed.replace("，", ",").replace("、", ",").split(","))
        if len(set(found)) < len(found):
            raise Misread("E203", value=typed)
        return found

    last = arguments.month_to_fix(session, until, "查询", "anjian 汇总库 查询 汇总库 口径 --到 {}").key
    first = f"{last[:4]}-01" if since is None else arguments.month_to_fix(session, since, "查询", "--自 {}").key
    if first > last:
        raise refused("E106", since or "", name="--自", remedy="要早于 --到")
    return Question(measure, first, last, (COUNTY,) if per is None else arguments.read(several, per, "--per"))

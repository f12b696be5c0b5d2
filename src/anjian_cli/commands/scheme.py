"""`anjian scheme`: what is asked, as an office writes it each year, from a file into the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli import under_way
from anjian_cli.commands import arguments, spoken_days
from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.ledger import schemes
from anjian_cli.records import values
from anjian_cli.render import destination
from anjian_cli.render.screen import listing
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS

if TYPE_CHECKING:
    from anjian_cli.ledger.schemes import Scheme
    from anjian_cli.workflow.scheme_changes import Change
    from anjian_cli.workflow.scheme_draft import Draft

app = noun_app("scheme")

FORMATS = ("table", "csv", "json")
LISTED = {"name": "名称", "title": "标题", "document": "文号", "from_on": "起", "until_on": "止", "number": "编号"}
SHOWN = {
    "category": "类别",
    "short": "指标",
    "title": "全称",
    "unit": "单位",
    "counts": "数",
    "conditions": "条件",
    "plus": "加",
    "minus": "减",
    "ranked": "评分",
    "against": "对照",
    "group": "组",
    "form": "计分",
    "full": "满分",
    "scoring": "计分细则",
    "missing": "缺项",
    "standard": "评分标准",
    "proof": "验证方式",
    "units": "考核单位",
    "code": "编号",
}
"""As the columns of a scheme's file."""
CHANGED = {"what": "哪一项", "title": "名称", "how": "怎样变", "code": "编号"}
COMPARED = {
    "town": "镇（街、区）",
    "score": "{0} 得分",
    "rank": "{0} 名次",
    "other_score": "{1} 得分",
    "other_rank": "{1} 名次",
    "moved": "升降",
}
FEW = 8
"""So many changes of a kind are told on a terminal."""
Format = Annotated[str | None, Option("--format", help="table、csv 或 json")]
Output = Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")]
File = Annotated[
    Path, Argument(metavar="文件", help="按空表填好的办法：.xlsx，或文本 .toml；或附带的示例，如 县级2026")
]
Name = Annotated[str, Argument(metavar="办法", help="名称或编号，或附带的示例；不写即最后施行的那个")]


@app.command("list", example="anjian scheme list\nanjian 办法 列表")
def list_all(ctx: Context, format: Format = None, output: Output = None) -> None:  # noqa: A002 -- the option's name
    """列出各个考核办法：自哪一天起施行。没有采用过别的，一直是 永康2018。另说程序附带哪些示例。"""
    from anjian_cli.exchange.scheme_examples import EXAMPLES
    from anjian_cli.rules.intervals import BEGINNING, OPEN

    session: Session = ctx.obj
    chosen = destination.chosen(format, output, FORMATS)
    with session.read() as connection:
        known, for_above = schemes.all_of(connection), schemes.for_above(connection)
    rows: list[dict[str, object]] = [
        each._asdict()
        | {
            "from_on": "最初" if each.from_on == BEGINNING else each.from_on,
            "until_on": "" if each.until_on == OPEN else each.until_on,
        }
        for each in known
        if each.from_on < each.until_on
    ]
    rows += [each._asdict() | {"until_on": "只为上级数"} for each in for_above]
    # By its name a scheme is found as well as by its number, for which a terminal has no room.
    titles = {name: title for name, title in LISTED.items() if chosen != "table" or name != "number"}
    _deliver(session, titles, rows, chosen, output)
    for name in EXAMPLES if chosen == "table" else ():
        if name not in {each.name for each in known}:
            session.note(f"附带（示例）：{name}；照它改：anjian 办法 空表 {name} -o 办法.xlsx")


@app.command("show", example="anjian scheme show\nanjian 办法 查看 永康2018 --格式 csv")
def show(ctx: Context, name: Name = "", format: Format = None, output: Output = None) -> None:  # noqa: A002
    """查看一个办法：各项指标数什么、条件、评不评分、对照什么、怎样计分。"""
    from anjian_cli.exchange import scheme_rows
    from anjian_cli.render.screen import scheme as on_screen
    from anjian_cli.workflow import scheme

    session: Session = ctx.obj
    chosen = destination.chosen(format, output, FORMATS)
    with session.read() as connection:
        draft = _named(connection, name)
        facts = scheme.facts(connection)
    if chosen == "table":
        destination.deliver(on_screen.blocks(draft, facts, _records(), _width(session)), output, session.out)
        return
    told = [scheme_rows.indicator(each, draft, facts, _records()) for each in draft.indicators]
    _deliver(session, SHOWN, [{name: row[title] for name, title in SHOWN.items()} for row in told], chosen, output)


@app.command("template", example="anjian scheme template -o 办法.xlsx\nanjian 办法 空表 县级2026 -o 2026年办法.xlsx")
def template(
    ctx: Context,
    name: Annotated[str, Argument(metavar="办法", help="照哪一个改：名称或编号，或附带的示例；不写即现在施行的")] = "",
    output: Output = None,
) -> None:
    """生成一份可以改的办法：现在施行的各类别、各指标都在里面，另有“事实”一表，说可以数什么、按什么条件。

    文件名以 .toml 结尾的，写成文本。写明 县级2026 的，照程序附带的示例。
    """
    _write(ctx.obj, name, output)


@app.command("export", example="anjian scheme export 永康2018 -o 永康2018.xlsx\nanjian 办法 导出 -o 办法.toml")
def export(ctx: Context, name: Name = "", output: Output = None) -> None:
    """把一个办法写成表格文件，或文本（.toml），改后可以再采用。"""
    _write(ctx.obj, name, output)


@app.command(
    "check", example="anjian scheme check 办法.xlsx --from 2026-01-01\nanjian 办法 检查 办法.xlsx --自 2026-01-01"
)
def check(
    ctx: Context,
    file: File,
    since: Annotated[str | None, Option("--from", help="自哪一天起施行；不写即今天")] = None,
) -> None:
    """检查办法文件：有没有错，和现在施行的比改了什么。不改动台账。"""
    from anjian_cli.workflow import scheme, scheme_changes, scheme_marks

    session: Session = ctx.obj
    with session.read() as connection:
        day = _day(session, since)
        draft = _read(connection, file)
        scheme.check(connection, draft, day)
        before = scheme.draft_of(connection, schemes.on(connection, day))
        untasked = scheme.untasked(connection, draft, day)
        notes = [*scheme_marks.otherwise(connection, before, draft, day), *scheme.worth_knowing(draft)]
    _tell(
        session, scheme_changes.changes(before, draft), f"全部写到文件：anjian 办法 检查 {file} --自 {day} > 变更.txt"
    )
    _tell_untasked(session, untasked)
    for each in notes:
        session.note(str(each))
    _tell_example(session, file)
    session.say(f"《{draft.title}》没有发现错误；采用：anjian 办法 采用 {file} --自 {day}")


@app.command("adopt", example="anjian scheme adopt 办法.xlsx --from 2026-01-01\nanjian 办法 采用 省办法.xlsx --为 上级")
def adopt(
    ctx: Context,
    file: File,
    since: Annotated[str | None, Option("--from", help="自哪一天起施行；已定稿的月份不变")] = None,
    for_whom: Annotated[
        str | None, Option("--for", help="写 上级：上级的办法，只照它数、随报送包报上去，本级的通报不变")
    ] = None,
) -> None:
    """采用一个办法：自某一天起，通报按它数、按它排。以前的月份仍按以前的。采用错了可以撤销。

    上级发来的办法写 --为 上级：和本级的同时数，只进报送包，不进本级的排名。
    """
    if for_whom is not None:
        _adopt_for_above(ctx.obj, file, since, for_whom)
        return
    if since is None:
        raise refused("E103", name=" --自：自哪一天起施行", help="anjian 办法 采用 --帮助")
    from anjian_cli.workflow import scheme, scheme_changes, scheme_marks

    session: Session = ctx.obj
    with under_way.work("采用办法：数新的口径"), session.write("scheme adopt") as gate:
        day = _day(session, since)
        draft = _read(gate.connection, file)
        before = scheme.draft_of(gate.connection, schemes.on(gate.connection, day))
        number = scheme.adopt(gate, draft, day)
        untasked = scheme.untasked(gate.connection, draft, day)
        notes = [*scheme_marks.otherwise(gate.connection, before, draft, day), *scheme.worth_knowing(draft)]
    _tell(session, scheme_changes.changes(before, draft), "全部的，采用以前用 anjian 办法 检查 写到文件看")
    _tell_untasked(session, untasked)
    for each in notes:
        session.note(str(each))
    _tell_example(session, file)
    session.note("采用错了：anjian 撤销；以后又做了别的：anjian 日志，再 anjian 撤销 操作号")
    session.say(
        f"已采用《{draft.title}》（{number}），自{day}起施行：类别{len(draft.categories)}个，指标{len(draft.indicators)}个"
    )


def _adopt_for_above(session: Session, file: Path, since: str | None, for_whom: str) -> None:
    from anjian_cli.workflow import scheme

    arguments.read(values.choice(scheme.ABOVE), for_whom, "--为")
    if since is not None:
        raise refused("E106", since, name="--自", remedy="为上级数的没有施行日：台账里有的都数，请去掉它")
    with under_way.work("采用上级的办法：数它的口径"), session.write("scheme adopt --for") as gate:
        draft = _read(gate.connection, file)
        number = scheme.adopt_for_above(gate, draft, gate.today)
        notes = scheme.worth_knowing(draft)
    for each in notes:
        session.note(str(each))
    session.say(
        f"已为上级采用《{draft.title}》（{number}）：指标{len(draft.indicators)}个，以后的报送包里都有；本级的通报不变"
    )


@app.command(
    "compare",
    example="anjian scheme compare 永康2018 办法.xlsx --month 10\nanjian 办法 比较 永康2018 县级2026 --月份 10",
)
def compare(
    ctx: Context,
    one: Annotated[str, Argument(metavar="甲", help="办法的名称、编号，或办法文件，或附带的示例")],
    other: Annotated[str, Argument(metavar="乙", help="另一个")],
    month: Annotated[str | None, Option("--month", help="哪一个月；不写即上一个已结束的月")] = None,
    unit: Annotated[str | None, Option("--unit", help="比哪一种单位：镇（不写即镇）、部门")] = None,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """按两个办法各算一遍：某月各镇（街、区）或各部门的得分、名次各是多少。任务按指标编号取，新指标还没有任务的不计。"""
    from anjian_cli.bulletin import by_scheme, score_words, wording
    from anjian_cli.bulletin.definition import ranks_departments

    session: Session = ctx.obj
    chosen = destination.chosen(format, output, FORMATS)
    of = arguments.read(values.choice(TOWNS, DEPARTMENTS), unit, "--unit") if unit else TOWNS
    with session.read() as connection:
        period = arguments.period(session, connection, month)
        found, apart, asked = [], [], False
        for word in (one, other):
            with _asked(connection, word, period.as_of) as (ledger, scheme):
                name = Path(word).stem if _is_file(connection, word) else scheme.name
                apart.append(scheme.document or f"自{scheme.from_on}")
                found.append((name, by_scheme.standing(ledger, period, scheme, of)))
                asked = asked or of == TOWNS or ranks_departments(ledger, scheme)
    if not asked or not found[0][1]:
        remedy = "两个办法都不考核部门，或还没有登记部门；要考核的在办法的“考核单位”里写部门"
        raise refused("E451", "部门的得分", remedy=remedy)
    names = [name for name, _ in found]
    if names[0] == names[1]:
        signs = apart if apart[0] != apart[1] else ["甲", "乙"]
        names = [f"{name}（{sign}）" for name, sign in zip(names, signs, strict=True)]
    theirs_of = {each.town: each for each in found[1][1]}
    titles = {name: title.format(*names) for name, title in COMPARED.items()}
    if of == DEPARTMENTS:
        titles["town"] = DEPARTMENTS

    def score(of: by_scheme.Standing) -> str:
        if of.score is None:
            return ""
        return wording.score(of.score) + (score_words.PROVISIONAL if of.provisional and chosen == "table" else "")

    rows = [
        {
            "town": ours.town,
            "score": score(ours),
            "rank": "" if ours.rank is None else str(ours.rank),
            "other_score": score(theirs),
            "other_rank": "" if theirs.rank is None else str(theirs.rank),
            "moved": _moved(ours.rank, theirs.rank),
        }
        for ours in found[0][1]
        for theirs in [theirs_of[ours.town]]
    ]
    _deliver(session, titles, rows, chosen, output)


def _moved(before: int | None, now: int | None) -> str:
    if before is None or now is None:
        return ""
    return "持平" if before == now else f"{'升' if now < before else '降'}{abs(before - now)}"


def _is_file(connection: sqlite3.Connection, word: str) -> bool:
    """Whether a word is no scheme of the ledger's: a file, or an example."""
    from anjian_cli.exchange import scheme_examples, scheme_file

    if word in scheme_examples.EXAMPLES:
        return word not in {each.name for each in schemes.all_of(connection)}
    return word.lower().endswith(scheme_file.SUFFIXES)


@contextmanager
def _asked(connection: sqlite3.Connection, word: str, day: str) -> Iterator[tuple[sqlite3.Connection, Scheme]]:
    """The scheme that a word means, and the ledger that has it: of a file, a copy."""
    from anjian_cli.workflow import scheme

    if _is_file(connection, word):
        with scheme.trial(connection, _read(connection, Path(word)), day) as tried:
            yield tried
    else:
        yield connection, scheme.find(connection, word)


def _day(session: Session, text: str | None) -> str:
    if text is None:
        return session.today
    return arguments.read(lambda told: spoken_days.nearest(told, session.today), text, "--自")


def _read(connection: sqlite3.Connection, path: Path) -> Draft:
    """The scheme of a file, or the example of that name."""
    from anjian_cli.exchange import scheme_examples, scheme_file
    from anjian_cli.workflow import scheme

    return scheme_file.read(scheme_examples.path_of(str(path)) or path, scheme.facts(connection), _records())


def _named(connection: sqlite3.Connection, name: str) -> Draft:
    """The scheme of the ledger that has a name or number, '' for the one in force last; else the example. Raises
    `Refused` E768."""
    from anjian_cli.exchange.scheme_examples import EXAMPLES
    from anjian_cli.workflow import scheme

    if name in EXAMPLES and name not in {each.name for each in schemes.all_of(connection)}:
        return _read(connection, Path(name))
    return scheme.draft_of(connection, scheme.find(connection, name, EXAMPLES))


def _records() -> dict[str, str]:
    from anjian_cli.records import definition

    return {record.name: record.title for record in definition.all_records()}


def _write(session: Session, name: str, output: Path | None) -> None:
    from anjian_cli.exchange import scheme_book, scheme_rows, scheme_text, spreadsheet
    from anjian_cli.workflow import scheme

    if output is not None and output.suffix.lower() not in (".xlsx", scheme_text.SUFFIX):
        remedy = f"文件名的结尾可以是 .xlsx、{scheme_text.SUFFIX}"
        raise refused("E106", str(output), name="-o", remedy=remedy)
    with session.read() as connection:
        draft = _named(connection, name or schemes.on(connection, session.today).name)
        facts = scheme.facts(connection)
        words = scheme.words_on(connection, session.today)
    if output is not None and output.suffix.lower() == scheme_text.SUFFIX:
        destination.deliver(scheme_text.written(scheme_rows.rows(draft, facts, _records())), output, session.out)
    else:
        made = scheme_book.book(draft, facts, _records(), words)
        destination.deliver_workbook(lambda: spreadsheet.content(made), output)
    session.note(
        f"《{draft.title}》：类别{len(draft.categories)}个，指标{len(draft.indicators)}个；改好后用 anjian 办法 检查"
    )


def _width(session: Session) -> int | None:
    """Off a terminal nothing is cut."""
    return session.width if session.terminal else None


def _tell(session: Session, changes: Sequence[Change], all_of_them: str) -> None:
    """What a scheme changes: of many indicators first how many by category, then all of it, on a terminal the first few
    of a kind and where all of them are."""
    from anjian_cli.workflow import scheme_changes

    for said in scheme_changes.by_category(changes, FEW):
        session.say(said)
    shown = list(changes)
    if session.terminal:
        kinds = {(each.what, each.how) for each in changes}
        few = {kind: [each for each in changes if (each.what, each.how) == kind][:FEW] for kind in kinds}
        shown = [each for each in changes if each in few[each.what, each.how]]
    if shown:
        rows = [{"what": each.what, "title": each.title, "how": each.how, "code": each.code} for each in shown]
        session.say(listing.formatted(CHANGED, rows, "table", _width(session)))
    else:
        session.say("与现在施行的没有不同")
    if len(shown) < len(changes):
        session.say(f"共{len(changes)}处，每种列出{FEW}处；{all_of_them}")


def _tell_example(session: Session, file: Path) -> None:
    from anjian_cli.exchange.scheme_examples import EXAMPLES

    if str(file) in EXAMPLES:
        session.note(f"“{file}”是附带的示例，不是哪个县的文件；照本单位的文件改：anjian 办法 空表 {file} -o 办法.xlsx")


def _tell_untasked(session: Session, shorts: Sequence[str]) -> None:
    if shorts:
        session.say(f"评分而当年还没有任务的：{'、'.join(shorts)}；采用以后下达：anjian 任务 导入")


def _deliver(
    session: Session, titles: Mapping[str, str], rows: Sequence[Mapping[str, object]], chosen: str, output: Path | None
) -> None:
    text = listing.formatted(titles, rows, chosen, _width(session))
    destination.deliver(text, output, session.out, csv=chosen == "csv")

"""`list` of every record type: what is asked by words and by options, and how the answer is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from anjian_cli.commands import arguments, field_options, list_fields, record_list
from anjian_cli.commands.params import Argument, Context, Option, Parameter, Signed
from anjian_cli.commands.record_list import LISTED
from anjian_cli.commands.record_words import chinese
from anjian_cli.commands.session import Session
from anjian_cli.ledger import record_states
from anjian_cli.ledger.listing import Wanted
from anjian_cli.ledger.question import How
from anjian_cli.records.definition import Record
from anjian_cli.render import destination

EXAMPLES = {
    "hazard": "\nanjian 隐患 列表 逾期 重大 芝英\nanjian 隐患 列表 未销号 --按 镇街\n"
    "anjian 隐患 列表 逾期 --排序 期限 --列 编号,企业,期限\nanjian 隐患 列表 逾期 重大 --存为 周会",
    "enterprise": "\nanjian 企业 列表 喷涂 无合同\nanjian 企业 列表 未查 红",
}
FIELD = "field_"
"""What the parameters of fields begin with."""
PLAIN = ("town", "find", "voided", "limit", "format", "output")
"""What a list was asked by before it had words: of these alone nothing is said."""


def list_all(record: Record) -> tuple[Callable[..., object], str]:
    """The function of `anjian NOUN list`, and an example."""

    def listed(ctx: Context, **given: Any) -> None:
        session: Session = ctx.obj
        if any(value for name, value in given.items() if name not in PLAIN) or _several(given["town"]):
            from anjian_cli.commands.asked_list import AskedList  # here: a list of all, or of a town, costs none of it

            AskedList(session, record, given).answer()
        else:
            _plain(session, record, **{name: given[name] for name in PLAIN})

    noun = chinese(record)
    example = f"anjian {noun} 列表 --镇街 芝英\nanjian {noun} 列表 --格式 json" + EXAMPLES.get(record.name, "")
    return Signed(listed, _parameters(record)), example


def _several(town: str | None) -> bool:
    return town is not None and any(sign in town for sign in "、，,；;")


def _parameters(record: Record) -> list[Parameter]:
    states = record_states.states(record.name)
    told = "、".join(state.word for state in states)
    asked = "镇街、状态、类别、月份，次序随意；别的字按文字查找"
    found = [
        Parameter("words", list[str] | None, Argument(metavar="条件", help=asked), None),
        _text("town", "--town", help="只列这个镇（街、区）的；未定 即还没有属地的"),
        _text("find", "--find", "--查找", help="只列含有这几个字的"),
    ]
    if told or record.name == list_fields.STATE_FIELD[0]:
        found.append(_text("state", "--state", "--状态", help=f"只列这个状态的：{told}"))
    if any(list_fields.called(state, record_states.OVERDUE) for state in states):
        found.append(_flag("overdue", "--overdue", "--逾期", help="只列逾期的"))
    if any(state.word == record_states.DOUBTFUL for state in states):
        found.append(_flag("doubtful", "--doubtful", "--存疑", help="只列存疑的"))
    if day := list_fields.own_day(record):
        title = record.columns[day].title
        found.append(_text("since", "--since", "--自", help=f"{title}从哪天起"))
        found.append(_text("until", "--until", "--至", help=f"{title}到哪天为止"))
    fields = list_fields.asked_fields(record)
    if sum(how is How.DEPARTMENT for how in fields.values()) > 1:
        found.append(_text("department", "--department", help="只列这个部门的，不论是哪一种"))
    found += [
        _text("sort", "--sort", "--排序", help="按哪一栏排，如 期限；-期限 即倒序"),
        _text("columns", "--columns", "--列", help="只要这几栏，如 编号,镇街"),
        _text("per", "--per", help="不列各条，数一数：镇街、部门或别的一栏，一样一行"),
        _text("save", "--save", "--存为", help="把这个问题存下来，以后用名字再问"),
        _text("asked", "--asked", "--问题", help="再问一遍存下来的问题"),
        _flag("voided", "--voided", "--含作废", help="作废的也列出"),
        Parameter(
            "limit",
            int | None,
            Option("--limit", "--条数", min=1, help=f"最多列多少条；屏幕上不写即{LISTED}，写到文件或管道是全部"),
            None,
        ),
        _text("format", "--format", help="table、csv、json 或 xlsx"),
        Parameter("output", Path | None, Option("-o", "--output", help="写到文件，格式由文件名定"), None),
    ]
    for each in found:
        if isinstance(each.of, Option) and each.name not in PLAIN:
            each.of.late = True  # a part of a name means what it meant before these were there
    return [*found, *_of_fields(record, fields, {name for each in found for name in _names(each)})]


def _of_fields(record: Record, fields: Sequence[str] | dict[str, How], taken: set[str]) -> list[Parameter]:
    """An option for each field, by its titles and by a part of them that lists use, as far as these are free."""
    made = []
    for each in field_options.options(record, list(fields), adding=False):
        assert isinstance(each.of, Option)
        column = record.columns[each.name.removeprefix(FIELD)]
        near = (f"--{word}" for word in column.near if word in column.title)
        names = [name for name in dict.fromkeys((*each.of.names, *near)) if name not in taken]
        taken.update(names)
        made.append(Parameter(each.name, str | None, Option(*names, help=each.of.help, metavar="值", late=True), None))
    return made


def _names(parameter: Parameter) -> Sequence[str]:
    return parameter.of.names if isinstance(parameter.of, Option) else ()


def _text(name: str, *names: str, help: str) -> Parameter:  # noqa: A002 -- called as in Option
    return Parameter(name, str | None, Option(*names, help=help), None)


def _flag(name: str, *names: str, help: str) -> Parameter:  # noqa: A002 -- called as in Option
    return Parameter(name, bool, Option(*names, help=help), False)


def _plain(
    session: Session,
    record: Record,
    *,
    town: str | None,
    find: str | None,
    voided: bool,
    limit: int | None,
    format: str | None,  # noqa: A002 -- the option's name
    output: Path | None,
) -> None:
    """The list of all, of a town, or of what has a text."""
    chosen = destination.chosen(format, output, record_list.FORMATS)
    with session.read() as connection:
        wanted = Wanted(arguments.town_or_unsettled(connection, town), find, voided)
        found = record_list.read(session, connection, record, wanted, chosen, output, limit=limit)
    record_list.hand_over(session, record, found, chosen, output)

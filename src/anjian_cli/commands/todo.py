"""`anjian todo`: what is due and overdue, of all, of a town, a department or an agency; on a screen, as a file, or as a
form for each of them to fill in."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.bulletin import due, due_of_unit
from anjian_cli.bulletin.definition import towns_on
from anjian_cli.bulletin.period import day_after
from anjian_cli.bulletin.summary_table import typed
from anjian_cli.bulletin.value import brief_units_of
from anjian_cli.commands import arguments, delivery
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Fault, refused
from anjian_cli.ledger import settings
from anjian_cli.light_dataclasses import replace
from anjian_cli.render import destination
from anjian_cli.render.screen import styled_lines
from anjian_cli.render.screen import todo as shown
from anjian_cli.rules import place_names

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

    from anjian_cli.bulletin.due_answers import Answer

app = top_app()

DAYS = 30
"""How far it looks ahead where nobody says. The annex's count of contracts that soon run out has a number of its own
(`details.SOON`)."""
LATEST = 3660
FORMATS = ("table", "csv", "json", "xlsx")


@app.command(
    "todo",
    example="anjian todo\nanjian 待办 7 --镇街 芝英\nanjian 待办 --each-town -o 下发/\nanjian 待办 -o 待办.csv\n"
    "anjian 待办 --部门 示例消防大队\nanjian 待办 --每机构 -o 发机构/",
)
def todo(
    ctx: Context,
    asked_for: Annotated[
        list[str] | None, Argument(metavar="天数", help="多少天内到期的，如 7、本周、月底前；镇街、部门、机构也能写")
    ] = None,
    within: Annotated[int | None, Option("--within", min=0, max=LATEST, help=f"多少天内到期的；不写即{DAYS}")] = None,
    town: Annotated[str | None, Option("--town", help="只列这个镇（街、区）的；未定 即还没有属地的")] = None,
    department: Annotated[
        str | None,
        Option("--department", help="只列这个部门自己要办的：监管的隐患、待答复的、定期检查、月报等"),
    ] = None,
    agency: Annotated[
        str | None, Option("--agency", help="只列这家中介机构要办的：服务、合同、诊断、检测、复评；名称的一部分也行")
    ] = None,
    every: Annotated[bool, Option("--all", "--全部", help="屏幕上全部列出；文件里总是全部")] = False,
    each_town: Annotated[
        bool, Option("--each-town", "--每镇", "--各镇", help="每镇（部门）一份回填单，填好发回再导入；-o 写文件夹")
    ] = False,
    each_department: Annotated[
        bool, Option("--each-department", "--每部门", help="每部门一份回填单：它监管的隐患、要答复的；-o 写文件夹")
    ] = False,
    each_agency: Annotated[
        bool, Option("--each-agency", "--每机构", help="每机构一份上门服务登记表，填好发回再导入；-o 写文件夹")
    ] = False,
    format: Annotated[  # noqa: A002 -- the option's name
        str | None, Option("--format", help=f"格式：{'、'.join(FORMATS)}；xlsx 是回填单")
    ] = None,
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件；每镇一份的，写到文件夹")] = None,
) -> None:
    """到期和逾期未办的事，逾期的在前：隐患整改和验收、托管合同和服务、证书复评、检测、月报等。

    回填单里的隐患，镇里填上整改完成日期、验收日期、验收人、结论（或延至日期、理由）发回，导入就办好了。
    服务、合同、整治、复评、检测、检查、验收、续报、月报、补差、网格员、培训也各有一页，填好的收下，空着的不收。
    部门的回填单里还有答复日期、部门答复；机构的是上门服务登记表，它的合同、检测、复评也在里面。
    """
    session: Session = ctx.obj
    asked = _in_words(session, asked_for or ())
    if asked.days is not None and within is not None:
        raise refused("E105", str(asked.days), told="", help="anjian 待办 -h")
    for option, typed_too in (("--镇街", town), ("--部门", department), ("--机构", agency)):
        if typed_too is not None and any(asked[1:]):
            raise refused("E105", "".join(filter(None, asked[1:])), told=f"已经写了 {option}。", help="anjian 待办 -h")
    town, department, agency = town or asked.town, department or asked.department, agency or asked.agency
    each = _one_way({"--每镇": each_town, "--每部门": each_department, "--每机构": each_agency})
    whose = _one_way({"--部门": department is not None, "--机构": agency is not None, "--镇街": town is not None})
    if each and whose and (each, whose) != ("--每镇", "--镇街"):
        arguments.refuse_beside(each, [whose])
    span = within if within is not None else asked.days if asked.days is not None else DAYS
    chosen = "xlsx" if each else destination.chosen(format, output, FORMATS)
    with session.read() as connection:
        code = arguments.town_or_unsettled(connection, town)
        office = arguments.department(connection, department, session.today)
        number = None if office is None else office.number
        until = day_after(session.today, span)
        unread: Mapping[int, int] = {}
        name = None if agency is None else arguments.read(partial(due_of_unit.agency, connection), agency, "--机构")
        on_screen = chosen == "table" and output is None
        if on_screen and not every and whose in ("", "--镇街"):
            found, unread = due.first(
                connection, session.today, until, code, shown.SHOWN, pressing_first=session.terminal
            )
        else:
            found = due.due(connection, session.today, until, code, department=number)
            if on_screen and session.terminal:
                found = due.pressing_first_of(found)
        if name is not None:
            found = dict(due_of_unit.by_agency(connection, found, session.today)).get(name, [])
        own = name or ("" if office is None else office.name)
        demonstration = settings.is_demonstration(connection)
        listed = shown.Todo(
            found,
            session.today,
            span,
            own or arguments.town_title(connection, code, session.today),
            demonstration,
            place_names.whole(settings.region_name(connection)),
            brief_units_of(towns_on(connection, session.today)[0]),
            unread,
            f"{whose} {typed(own)}" if own else "",
        )
        forms = _forms(connection, listed, each or whose) if chosen == "xlsx" else []
    if each:
        _write_each(session, listed, forms, output)
    elif chosen == "xlsx":
        delivery.document(session, lambda: _content(forms[0]), output)
        _tell_namesakes(session, forms[0])
    else:
        _show(session, listed, chosen, output, every=every)


class _Form(NamedTuple):
    """What stands in a form: all that is due, its hazards with what is asked of them (None in an agency's), and what
    else is answered."""

    listed: shown.Todo
    hazards: list[due.DueHazard] | None
    answers: Sequence[Answer]

    @property
    def visits(self) -> list[due.Due]:
        """The visits that it asks for."""
        return [due for one in self.answers if one.record == "visit" for due in one.asked]


class _Asked(NamedTuple):
    """What words ask: how many days ahead (None = not said), and of whom."""

    days: int | None = None
    town: str | None = None
    department: str | None = None
    agency: str | None = None


def _in_words(session: Session, asked: Sequence[str]) -> _Asked:
    """What is asked by words in any order: 西城 这个星期, 10天内 示例消防大队. Raises `Refused` E105 for a second
    period, E106 for a second unit and for what is neither, E122 for what may be several."""
    found = _Asked()
    for word in asked:
        ahead = int(word) if word.isascii() and word.isdigit() else _days_until(word, session.today)
        if ahead is not None and ahead <= LATEST:
            if found.days is not None:
                raise refused("E105", word, told="", help="anjian 待办 -h")
            found = found._replace(days=ahead)
            continue
        units = _units(session, word) if ahead is None else []
        if len(units) > 1:
            raise refused("E122", word, found=" 或 ".join(f"--{_UNITS[unit]} {word}" for unit in units))
        if not units or any(found[1:]):
            told = f"请填整数，0至{LATEST}，或镇街、部门、机构的名称"
            raise refused("E106", word, name="天数", remedy="镇街、部门、机构只写一个" if units else told)
        match units[0]:
            case "town":
                found = found._replace(town=word)
            case "department":
                found = found._replace(department=word)
            case _:
                found = found._replace(agency=word)
    return found


_UNITS: Mapping[str, str] = {"town": "镇街", "department": "部门", "agency": "机构"}
"""Whose things there are, and what they are called."""
_SPAN = re.compile(r"(?:\d{1,4}|[一两二三四五六七八九十半])个?(?:天|周|星期|礼拜|月)")
"""So many days or weeks, without 内."""
_DUE = re.compile("(?:要|会|将)?(?:到期|办)的?$")
_SHORTEST = 3
"""Characters of a part of an agency's name: less is in too many."""


def _days_until(word: str, today: str) -> int | None:
    """How many days ahead the end of a period lies: 本周, 本月, 7天内, 年底前到期的; None for one that is over, and for
    any other word."""
    from datetime import date

    from anjian_cli.commands import list_periods

    said = _DUE.sub("", word)
    period = list_periods.said(f"{said}内" if _SPAN.fullmatch(said) else said, today, ahead=True)
    if period is None or not period[1] or period[1] < today:
        return None
    return (date.fromisoformat(period[1]) - date.fromisoformat(today)).days


def _units(session: Session, word: str) -> list[str]:
    """What a word is the name of: a town, a department, an agency, as parameters."""
    from anjian_cli.errors import Misread
    from anjian_cli.ledger.lookup import Finder

    def known(find: Callable[[], object]) -> bool:
        try:
            return bool(find())
        except Misread:
            return False

    if word in arguments.UNSETTLED:
        return ["town"]
    with session.read() as connection:
        finder = Finder(connection)
        of_agency = len(word) >= _SHORTEST and known(lambda: due_of_unit.agency(connection, word))
        found = {"town": known(lambda: finder.town(word)), "department": finder.is_department(word)}
        return [unit for unit, is_one in {**found, "agency": of_agency}.items() if is_one]


def _one_way(told: Mapping[str, bool]) -> str:
    """The option that was given of some of which there is to be one at most; '' for none. Raises `Refused` E106."""
    given = [name for name, is_there in told.items() if is_there]
    arguments.refuse_beside(given[0] if given else "", given[1:])
    return given[0] if given else ""


def _forms(connection: sqlite3.Connection, listed: shown.Todo, option: str) -> list[_Form]:
    """A form for each town, department or agency that has anything to do, as the option says, or one of all. A town may
    have the telephones of its own firms; it is not asked for the answers that departments owe."""
    found, today = listed.found, listed.today
    match option:
        case "--每镇":
            units = [(one.name, own) for one, own in due.by_unit(connection, found, today)]
        case "--每部门":
            units = [(one.name, own) for one, own in due_of_unit.by_department(connection, found, today)]
        case "--每机构":
            units = due_of_unit.by_agency(connection, found, today)
        case _:
            units = [(listed.unit, [*found])]
    parts = [replace(listed, found=own, unit=name) for name, own in units]
    from anjian_cli.bulletin import due_answers  # here: a list on a screen asks nothing

    town, agency = option in ("--每镇", "--镇街"), option in ("--每机构", "--机构")
    return [
        _Form(
            part,
            None if agency else due.hazards(connection, part.found, today, phones=town, answers=not town),
            due_answers.answers(connection, part.found),
        )
        for part in parts
    ]


def _show(session: Session, listed: shown.Todo, chosen: str, output: Path | None, *, every: bool) -> None:
    if chosen != "table":
        delivery.text(session, shown.formatted(listed, chosen), output, csv=chosen == "csv")
    elif output is not None:
        delivery.text(session, styled_lines.text(shown.screen(listed, every=True)), output)
    else:
        delivery.lines(session, lambda width: shown.screen(listed, width, every=every), None)


def _write_each(session: Session, listed: shown.Todo, forms: Sequence[_Form], output: Path | None) -> None:
    from anjian_cli.exchange import due_form

    files = [due_form.file_name(form.listed.unit, of_agency=form.hazards is None) for form in forms]
    with destination.into_folder(output, files) as paths:
        for form, path in zip(forms, paths, strict=True):
            destination.write(_content(form), path)
            if form.hazards is None:
                asked, others = f"服务{len(form.visits)}次", len(form.listed.found) - len(form.visits)
            else:
                asked = f"隐患{len(form.hazards)}条"
                others = len(form.listed.found) - sum(len(one.asked) for one in form.hazards)
            session.say(f"已生成：{path}（{asked}，其他{others}件）")
    for form in forms:
        _tell_namesakes(session, form)
    session.note(f"共{len(files)}份，填好发回后用 anjian 导入" if files else f"{shown.span(listed)}的，一件也没有")


def _tell_namesakes(session: Session, form: _Form) -> None:
    """Firms whose visits are in no form, since what came back of them would be another's."""
    if form.hazards is not None:
        return
    from anjian_cli.bulletin import due_answers

    asked = form.visits
    owed = [one for one in form.listed.found if due_answers.answered_by(one) == due_answers.VISIT]
    names = dict.fromkeys(one.subject for one in owed if one not in asked)
    if names:
        session.note(str(Fault("N458", {"unit": form.listed.unit, "count": len(names), "names": "、".join(names)})))


def _content(form: _Form) -> bytes:
    from anjian_cli.exchange import due_form, spreadsheet

    place, title, found = form.listed.place, shown.form_title(form.listed), form.listed.found
    return spreadsheet.content(due_form.book(place, title, found, form.hazards, form.answers))

"""`anjian todo`: what is due and overdue, on a screen, as a file, or as a form for each town to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.bulletin import due
from anjian_cli.bulletin.definition import towns_on
from anjian_cli.bulletin.period import day_after
from anjian_cli.commands import arguments, delivery
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.ledger import lookup, settings
from anjian_cli.light_dataclasses import replace
from anjian_cli.render import destination
from anjian_cli.render.screen import styled_lines
from anjian_cli.render.screen import todo as shown
from anjian_cli.rules import place_names

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

app = top_app()

DAYS = 30
"""How far it looks ahead where nobody says. The annex's count of contracts that soon run out has a number of its own
(`details.SOON`)."""
LATEST = 3660
FORMATS = ("table", "csv", "json", "xlsx")


@app.command(
    "todo",
    example="anjian todo\nanjian 待办 7 --镇街 芝英\nanjian 待办 --each-town -o 下发/\nanjian 待办 -o 待办.csv",
)
def todo(
    ctx: Context,
    days: Annotated[int | None, Argument(metavar="天数", min=0, max=LATEST, help="多少天内到期的，如 7")] = None,
    within: Annotated[int | None, Option("--within", min=0, max=LATEST, help=f"多少天内到期的；不写即{DAYS}")] = None,
    town: Annotated[str | None, Option("--town", help="只列这个镇（街、区）的；未定 即还没有属地的")] = None,
    department: Annotated[
        str | None, Option("--department", help="只列这个部门自己要办的：没有报的月报；隐患列在镇街名下")
    ] = None,
    every: Annotated[bool, Option("--all", "--全部", help="屏幕上全部列出；文件里总是全部")] = False,
    each_town: Annotated[
        bool, Option("--each-town", "--每镇", "--各镇", help="每镇（部门）一份回填单，填好发回再导入；-o 写文件夹")
    ] = False,
    format: Annotated[  # noqa: A002 -- the option's name
        str | None, Option("--format", help=f"格式：{'、'.join(FORMATS)}；xlsx 是回填单")
    ] = None,
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件；每镇一份的，写到文件夹")] = None,
) -> None:
    """到期和逾期未办的事，逾期的在前：隐患整改和验收、托管合同和服务、证书复评、检测、月报等。

    回填单里的隐患，镇里填上整改完成日期、验收日期、验收人、结论（或延至日期、理由）发回，导入就办好了。
    """
    session: Session = ctx.obj
    if days is not None and within is not None:
        raise refused("E105", str(days), help="anjian 待办 -h")
    if department is not None:
        arguments.refuse_beside("--部门", [] if town is None else ["--镇街"])
    span = within if within is not None else days if days is not None else DAYS
    chosen = "xlsx" if each_town else destination.chosen(format, output, FORMATS)
    with session.read() as connection:
        code = arguments.town_or_unsettled(connection, town)
        asked = arguments.department(connection, department, session.today)
        number = None if asked is None else asked.number
        until = day_after(session.today, span)
        unread: Mapping[int, int] = {}
        if chosen == "table" and output is None and not every and number is None:
            found, unread = due.first(connection, session.today, until, code, shown.SHOWN)
        else:
            found = due.due(connection, session.today, until, code, department=number)
        demonstration = settings.is_demonstration(connection)
        listed = shown.Todo(
            found,
            session.today,
            span,
            _place(connection, code) if asked is None else asked.name,
            demonstration,
            place_names.whole(settings.region_name(connection)),
            place_names.brief_units(town.name for town in towns_on(connection, session.today)[0]),
            unread,
        )
        forms = _forms(connection, listed, each_town=each_town) if chosen == "xlsx" else []
    if each_town:
        _each_town(session, listed, forms, output)
    elif chosen == "xlsx":
        delivery.document(session, lambda: _content(forms[0]), output)
    else:
        _show(session, listed, chosen, output, every=every)


class _Form(NamedTuple):
    """What stands in a form: all that is due, and its hazards with what is asked of them."""

    listed: shown.Todo
    hazards: list[due.DueHazard]


def _forms(connection: sqlite3.Connection, listed: shown.Todo, *, each_town: bool) -> list[_Form]:
    """A form for each town or department that has anything to do, or one of all."""
    parts = [listed]
    if each_town:
        parts = [
            replace(listed, found=own, unit=one.name)
            for one, own in due.by_unit(connection, listed.found, listed.today)
        ]
    return [_Form(part, due.hazards(connection, part.found, part.today, phones=bool(part.unit))) for part in parts]


def _place(connection: sqlite3.Connection, code: str | None) -> str:
    if not code:
        return "" if code is None else due.UNSETTLED.name
    return lookup.town_name(connection, code)


def _show(session: Session, listed: shown.Todo, chosen: str, output: Path | None, *, every: bool) -> None:
    if chosen != "table":
        delivery.text(session, shown.formatted(listed, chosen), output, csv=chosen == "csv")
    elif output is not None:
        delivery.text(session, styled_lines.text(shown.screen(listed, every=True)), output)
    else:
        width = session.width if session.terminal else None
        styled_lines.show(shown.screen(listed, width, every=every), session.out, colour=session.colour)


def _each_town(session: Session, listed: shown.Todo, forms: Sequence[_Form], output: Path | None) -> None:
    from anjian_cli.exchange import due_form

    files = [due_form.file_name(form.listed.unit) for form in forms]
    with destination.into_folder(output, files) as paths:
        for form, path in zip(forms, paths, strict=True):
            destination.write(_content(form), path)
            hazards = len(form.hazards)
            session.say(f"已生成：{path}（隐患{hazards}条，其他{len(form.listed.found) - hazards}件）")
    session.note(f"共{len(files)}份，填好发回后用 anjian 导入" if files else f"{shown.span(listed)}的，一件也没有")


def _content(form: _Form) -> bytes:
    from anjian_cli.exchange import due_form, spreadsheet

    place, title = form.listed.place, shown.form_title(form.listed)
    return spreadsheet.content(due_form.book(place, title, form.listed.found, form.hazards))

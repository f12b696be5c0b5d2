"""`anjian plan`: who is to be visited in a month."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from anjian_cli.commands import arguments, summary_output, visit_forms
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.commands.summary_output import Format, Output
from anjian_cli.records import days

if TYPE_CHECKING:
    import sqlite3

    from anjian_cli.bulletin.visit_plan import Asked

app = top_app()


@app.command(
    "plan",
    example="anjian plan\nanjian 检查计划 11 --镇街 芝英\nanjian 检查计划 11 --部门 示例建设局 -o 计划.xlsx\n"
    "anjian 检查计划 11 --每镇 -o 下发/",
)
def plan(
    ctx: Context,
    month: Annotated[str | None, Argument(metavar="月份", help="哪个月，如 11；不写即本月")] = None,
    town: Annotated[str | None, Option("--town", help="只列这个镇（街、区）的；未定 即还没有属地的")] = None,
    department: Annotated[str | None, Option("--department", help="只列这个部门监管的行业、风险里的企业")] = None,
    agency: Annotated[str | None, Option("--agency", help="这家中介机构按合同该上门的，名称的一部分也行")] = None,
    each_town: Annotated[
        bool, Option("--each-town", "--每镇", "--各镇", help="每镇一份检查登记表，填好发回再导入；-o 写文件夹")
    ] = False,
    format: Format = None,  # noqa: A002 -- the option's name
    output: Output = None,
) -> None:
    """一个月里要去哪些企业、为什么去：定期检查到期的、行动还没有查到的、隐患等着验收的；机构的，是约定的上门服务。"""
    from anjian_cli.bulletin import visit_plan

    session: Session = ctx.obj
    whose = {"--镇街": town, "--部门": department, "--机构": agency}
    given = [name for name, value in whose.items() if value is not None]
    if len(given) > 1:
        arguments.refuse_beside(given[0], given[1:])
    if each_town:
        beside = {"--格式": format, "--机构": agency}
        arguments.refuse_beside("--每镇", [name for name, value in beside.items() if value is not None])
    form = None if each_town else summary_output.chosen(format, output)
    asked_month = _month(session, month)
    with session.read() as connection:
        asked = _asked(connection, session, town, department, agency)
        found = visit_plan.plan(connection, asked_month, session.today, asked)
        if form is None:
            from anjian_cli.exchange import visit_form

            forms = visit_form.plan_forms(connection, found)
        else:
            table = visit_plan.table(connection, found)
    if form is None:
        visit_forms.write(session, forms, output, "要去")
    else:
        summary_output.deliver(session, table, form, output)


def _month(session: Session, text: str | None) -> str:
    """The month asked for, as YYYY-MM, this one where none is; without its year the next such month that is not over.
    Raises `Refused` E108."""
    today = session.today
    if text is None:
        return today[:7]
    year, month = arguments.read(lambda typed: days.month(typed, today), text, "月份")
    return f"{year or int(today[:4]) + (month < int(today[5:7])):04}-{month:02}"


def _asked(
    connection: sqlite3.Connection, session: Session, town: str | None, department: str | None, agency: str | None
) -> Asked:
    from anjian_cli.bulletin import due_of_unit, visit_plan

    if agency is not None:
        name = arguments.read(partial(due_of_unit.agency, connection), agency, "--机构")
        return visit_plan.Asked(agency=name, name=name)
    code = arguments.town_or_unsettled(connection, town)
    if code is not None:
        return visit_plan.Asked(town=code, name=arguments.town_title(connection, code, session.today))
    asked = arguments.department(connection, department, session.today)
    return visit_plan.Asked() if asked is None else visit_plan.Asked(department=asked.number, name=asked.name)

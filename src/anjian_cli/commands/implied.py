"""What a line does not say because something else says so: a department that looks checks as a department; the town of
a case, or of a course for one firm, is that firm's, that of an officer the grid's; a programme is called as this year's
other records of its kind; a month that was reported already was reported the same way.
Said with the line. Reads the ledger through `word_kinds`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.commands import arguments
from anjian_cli.errors import Misread
from anjian_cli.ledger import listing

if TYPE_CHECKING:
    from anjian_cli.commands.whole_line import Line
    from anjian_cli.commands.word_kinds import Kinds

_BY_A_DEPARTMENT = {"hazard": ("found_by", "source", "隐患来源"), "inspection": ("department", "method", "检查方式")}
"""By record: the department's field, the one that says how it was looked, and its title."""


def completed(kinds: Kinds, line: Line) -> tuple[Line, list[str]]:
    """A new record with what its words imply, and what is said of it; any other line as it is."""
    noun, verb = line.args[:2]
    said: list[str] = []
    if verb != "add":
        return line, said
    department, how, title = _BY_A_DEPARTMENT.get(noun, ("", "", ""))
    if f"field_{department}" in line.told and not {f"field_{how}"} & (set(line.told) | line.given):
        line = _told(line, title, "部门检查")
        said.append(f"{title}没有写，有检查部门的即部门检查")
    elif noun == "inspection" and "网格员" in line.told.get("field_inspector", "") and "--检查方式" in line.lacking:
        line = _told(line, "检查方式", "网格巡查")
        said.append("检查方式没有写，网格员查的即网格巡查")
    if noun == "programme" and "--整治行动" in line.lacking and (action := _action(kinds, line)):
        line = _told(line, "整治行动", action)
        said.append("整治行动没有写，照今年同类的")
    if noun == "filing" and line.lacking == ["--报送方式"] and (method := _method(kinds, line)):
        line = _told(line, "报送方式", method)
        said.append("报送方式没有写，照台账中已有的那一条")
    grid = line.told.get("field_grid", "") if noun == "officer" else ""
    if "--镇" in line.lacking and grid and (town := _town_of_grid(kinds, grid)):
        line = _told(line, "镇", town)
        said.append(f"镇没有写，照“{grid}”所在的镇")
    party = line.told.get("field_party", "")
    party = party or (line.told.get("field_enterprise", "") if noun == "training" else "")
    if "--镇" in line.lacking and party and (town := _town(kinds, party)):
        line = _told(line, "镇", town)
        said.append(f"镇没有写，照企业“{party}”的属地")
    return line, said


def _told(line: Line, title: str, value: str) -> Line:
    lacking = [each for each in line.lacking if each != f"--{title}"]
    return line._replace(args=[*line.args, f"--{title}", value], lacking=lacking)


def _action(kinds: Kinds, line: Line) -> str:
    """What the programme of this kind is called in all this year's records, if that is one name."""
    rows = listing.rows(kinds.connection, "programme", listing.Wanted())
    year = kinds.session.today[:4]
    found = {
        str(row["action"])
        for row in rows
        if row["kind"] == line.told.get("field_kind") and str(row["enrolled_on"])[:4] == year
    }
    return found.pop() if len(found) == 1 else ""


def _method(kinds: Kinds, line: Line) -> str:
    """How the month of a line was reported that is in the ledger already: the command itself says that it is. '' where
    it is not."""
    try:
        month = arguments.latest_month(line.told["field_month"], kinds.session.today)
    except Misread:
        return ""
    town, department = line.told.get("subject"), line.told.get("field_department")
    if town is None and department is None:
        return ""
    rows = listing.rows(kinds.connection, "filing", listing.Wanted())
    found = [
        str(row["method"])
        for row in rows
        if row["month"] == month
        and (row["department"] == department if town is None else kinds.town(str(row["town"])) == kinds.town(town))
    ]
    return found[0] if len(found) == 1 else ""


def _town_of_grid(kinds: Kinds, name: str) -> str:
    """The town of the one grid in use of this name; '' where there is none, or several."""
    rows = listing.rows(kinds.connection, "grid", listing.Wanted())
    today = kinds.session.today
    found = {
        str(row["town"]) for row in rows if row["name"] == name and (not row["until_on"] or row["until_on"] > today)
    }
    return found.pop() if len(found) == 1 else ""


def _town(kinds: Kinds, firm: str) -> str:
    try:
        return str(listing.one(kinds.connection, "enterprise", kinds.parts.enterprise(firm))["town"] or "")
    except Misread:
        return ""

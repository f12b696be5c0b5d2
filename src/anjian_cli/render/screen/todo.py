"""What is due, for a person: a line each, what is overdue first, and the sums of all. For programs CSV and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.due import Due
from anjian_cli.light_dataclasses import dataclass, field
from anjian_cli.render.screen import listing
from anjian_cli.render.screen.grid import Column, Grid
from anjian_cli.render.screen.styled_lines import Line, paragraph, table
from anjian_cli.rules import place_names
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS

SHOWN = 16
"""So many lines fit on a screen of 24, with what stands around them."""
WIDEST = 100
WEEK = 7
KIND_LEAST, COMMAND_LEAST = 14, 34
TITLES = {
    "due_on": "期限",
    "left": "剩余天数",
    "town_code": "镇街代码",
    "town": "镇（街、区）",
    "kind": "事项",
    "detail": "说明",
    "subject": "对象",
    "command": "办理",
    "record": "记录",
    "handle": "编号或名称",
    "department_number": "部门编号",
    "department": "部门",
}
"""The columns of CSV and the fields of JSON: a promise."""


@dataclass(frozen=True, slots=True)
class Todo:
    """What is due within so many days from `today` on, in the county or of one `unit` ('' = the county). `county` is
    how that is printed, `units` what stands over its towns. `unread` is how many things are due behind those in
    `found`, by the days that are left. `option` is what was typed to have a department's or an agency's list, '' of all
    others."""

    found: Sequence[Due]
    today: str
    within: int
    unit: str = ""
    demonstration: bool = False
    county: str = place_names.COUNTY
    units: str = place_names.GENERAL_BRIEF
    unread: Mapping[int, int] = field(default_factory=dict)
    option: str = ""

    @property
    def place(self) -> str:
        """The town or department, or the county: 全县."""
        return self.unit or self.county

    def over_units(self, found: Sequence[Due]) -> str:
        """What stands over the units of some of it: 镇街区, and 镇街区、部门 where a department is among them."""
        named = [self.units] if not found or any(one.of == TOWNS for one in found) else []
        return "、".join([*named, *([DEPARTMENTS] if any(one.of == DEPARTMENTS for one in found) else [])])


def title(todo: Todo) -> str:
    """Of what day, of whom, and how far it looks ahead."""
    made_up = f"【{phrase.DEMONSTRATION}】" if todo.demonstration else ""
    return f"{made_up}待办  {todo.today}  {todo.place}  {span(todo)}"


def span(todo: Todo) -> str:
    """30日内到期及已逾期"""
    return f"{f'{todo.within}日内' if todo.within else '今天'}到期及已逾期"


def form_title(todo: Todo) -> str:
    """What stands behind the name of a form."""
    made_up = f"【{phrase.DEMONSTRATION}】" if todo.demonstration else ""
    return f"{todo.today}，{span(todo)}{made_up}"


def screen(todo: Todo, width: int | None = None, *, every: bool = False) -> list[Line]:
    """The first lines of the list, or all; `width` None = nothing is cut."""
    found = todo.found if every else todo.found[:SHOWN]
    of_all = sum(_by_days_left(todo).values())
    count = f"共{of_all}件"
    if len(found) < of_all:
        count += f"，先列{len(found)}件（全部：anjian 待办 {f'{todo.option} ' if todo.option else ''}--全部）"
    lines = [*paragraph(f"{title(todo)}  {count}", width, "title")]
    if not found:
        return [*lines, Line("（没有）")]
    room = None if width is None else min(width, WIDEST)
    grid = _grid(todo, found, room)
    rows = list(table(grid if grid.fits() else _narrow(todo, found, room), _overdue(found)))
    rule = rows[-len(found) - 1].text
    return [*lines, *rows, Line("-" * len(rule)), *paragraph(f"{sums(todo)}  {_hint(todo)}", width)]


def sums(todo: Todo) -> str:
    """逾期27  今天4  7日内43  30日内38: each thing is counted once."""
    left = _by_days_left(todo)
    parts = [("逾期", sum(count for days, count in left.items() if days < 0)), ("今天", left[0])]
    near = min(WEEK, todo.within)
    if todo.within:
        parts.append((f"{near}日内", sum(count for days, count in left.items() if 0 < days <= near)))
    if todo.within > WEEK:
        parts.append((f"{todo.within}日内", sum(count for days, count in left.items() if near < days)))
    return "  ".join(f"{name}{count}" for name, count in parts)


def formatted(todo: Todo, chosen: str) -> str:
    """All of it as csv or json."""
    return listing.formatted(TITLES, [_fields(one) for one in todo.found], chosen)


def _by_days_left(todo: Todo) -> Counter[int]:
    """How many things there are, by the days that are left."""
    return Counter(one.left for one in todo.found) + Counter(todo.unread)


def _hint(todo: Todo) -> str:
    if todo.option:
        return f"回填单：anjian 待办 {todo.option} -o 待办.xlsx"
    return "发到各镇：anjian 待办 --每镇 -o 下发"


def _grid(todo: Todo, found: Sequence[Due], width: int | None) -> Grid:
    heads = [
        Column("序"),
        Column("期限", right=False),
        Column("剩余"),
        Column(todo.over_units(found), right=False),
        Column("事项", right=False),
        Column("对象", right=False),
        Column("办理（前加 anjian）", right=False),
    ]
    rows = [
        [
            str(at),
            one.due_on[5:] if one.due_on[:4] == todo.today[:4] else one.due_on,
            one.time_left,
            one.unit.name,
            one.what,
            one.subject,
            f"{one.command} {one.handle}",
        ]
        for at, one in enumerate(found, 1)
    ]
    return Grid(heads, rows, width)


def _narrow(todo: Todo, found: Sequence[Due], width: int | None) -> Grid:
    """Days and towns in brief, and whose it is behind what is typed, unless that says it: of half a command there is no
    use."""
    heads = [
        Column("期限", right=False),
        Column("剩余"),
        Column(todo.over_units(found), right=False),
        Column("事项", right=False, least=KIND_LEAST),
        Column("办理（前加 anjian）", right=False, least=COMMAND_LEAST),
    ]
    rows = [
        [
            one.due_on[5:] if one.due_on[:4] == todo.today[:4] else one.due_on[2:],
            one.time_left,
            one.unit.short,
            one.what,
            f"{one.command} {one.handle}" + ("" if one.subject == one.handle else f"（{one.subject}）"),
        ]
        for one in found
    ]
    return Grid(heads, rows, width)


def _overdue(found: Sequence[Due]) -> list[int]:
    return [at for at, one in enumerate(found) if one.left < 0]


def _fields(one: Due) -> dict[str, object]:
    town, department = (None, one.unit) if one.of == DEPARTMENTS else (one.unit, None)
    return {
        "due_on": one.due_on,
        "left": one.left,
        "town_code": town.code if town else "",
        "town": town.name if town else "",
        "kind": one.kind,
        "detail": one.detail,
        "subject": one.subject,
        "command": f"anjian {one.command} {one.handle}",
        "record": one.record,
        "handle": one.handle,
        "department_number": department.code if department else "",
        "department": department.name if department else "",
    }

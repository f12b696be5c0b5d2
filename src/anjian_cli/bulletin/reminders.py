"""催办: what is due as a message for a chat group, one a town, department, agency or officer, the most urgent first.

Made of the due list and of nothing else; printing it records nothing. What is new since a day is what that day's list,
looking as far ahead, did not have, or had not as overdue.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence

from anjian_cli.bulletin import due, due_of_unit, phrase
from anjian_cli.bulletin.due import Due
from anjian_cli.bulletin.grid_work import Grids, in_place, names
from anjian_cli.bulletin.officers_due import SILENT
from anjian_cli.bulletin.period import day_after
from anjian_cli.ledger import settings
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.unit_kinds import TOWNS

TOWN, DEPARTMENT, AGENCY, OFFICER = "镇街", "部门", "机构", "网格员"
PER = (TOWN, DEPARTMENT, AGENCY, OFFICER)
"""To whom there can be a message each."""
WITHIN = 7
"""So many days it looks ahead where nobody says: a message a week."""
SHOWN = 12
"""So many things a message names; a longer one is not read on a telephone."""
MAJOR = "重大"


class Reminder(NamedTuple):
    """`to` whom; `lines` of the message, the first its head; of how many things it tells, and how many of them are
    overdue."""

    to: str
    lines: tuple[str, ...]
    due: int
    late: int

    @property
    def text(self) -> str:
        """As it is pasted into a chat."""
        return "\n".join(self.lines)


def reminders(
    connection: sqlite3.Connection,
    today: str,
    per: str = TOWN,
    within: int = WITHIN,
    since: str | None = None,
    *,
    town: str | None = None,
) -> list[Reminder]:
    """The messages, in the office's order of units; who has nothing to do gets none. `since`: only what is new since
    that day; `town`: of what is that town's alone (its code, '' for what has none). Raises `Refused`, as
    `ledger.held`."""
    found = due.due(connection, today, day_after(today, within), town)
    if since is not None:
        before = due.due(connection, since, day_after(since, within), town)
        told = {_same(one): one.left < 0 for one in before}
        found = [one for one in found if _same(one) not in told or (one.left < 0 and not told[_same(one)])]
    demonstration = settings.is_demonstration(connection)
    return [
        _reminder(to, own, today, within, demonstration) for to, own in _PARTS[per](connection, found, today) if own
    ]


Parts = list[tuple[str, list[Due]]]


def _of_towns(connection: sqlite3.Connection, found: Sequence[Due], today: str) -> Parts:
    own = [one for one in found if one.of == TOWNS]
    return [(unit.name, its) for unit, its in due.by_unit(connection, own, today)]


def _of_departments(connection: sqlite3.Connection, found: Sequence[Due], today: str) -> Parts:
    return [(unit.name, its) for unit, its in due_of_unit.by_department(connection, found, today)]


def _of_agencies(connection: sqlite3.Connection, found: Sequence[Due], today: str) -> Parts:
    return due_of_unit.by_agency(connection, found, today)


def _of_officers(connection: sqlite3.Connection, found: Sequence[Due], today: str) -> Parts:
    """The hazards of the firms that an officer looks after, and the grid of which nobody has told anything this month.
    Several who look after a firm are each told."""
    grids = Grids(connection, today)
    in_charge: defaultdict[int, list[str]] = defaultdict(list)
    for grid in grids.grids:
        in_charge[grid.id] = [one.name for one in grids.of(grid) if in_place(one, today)]
    own: defaultdict[tuple[str, str], list[Due]] = defaultdict(list)
    for hazard in due.hazards(connection, found, today):
        for name in names(hazard.grid_officer):
            own[hazard.due.unit.name, name].append(hazard.due)
    for one in found:
        for name in in_charge[one.record_id] if one.kind == SILENT else ():
            own[one.unit.name, name].append(one)
    order = {unit.name: at for at, (unit, _) in enumerate(due.by_unit(connection, found, today))}
    return [
        (f"{town} {name}", its)
        for (town, name), its in sorted(own.items(), key=lambda each: (order[each[0][0]], each[0]))
    ]


_PARTS: dict[str, Callable[[sqlite3.Connection, Sequence[Due], str], Parts]] = {
    TOWN: _of_towns,
    DEPARTMENT: _of_departments,
    AGENCY: _of_agencies,
    OFFICER: _of_officers,
}


def _same(one: Due) -> tuple[object, ...]:
    """What makes a thing of one day's list the same of another's."""
    return one.kind, one.detail, one.record, one.record_id, one.unit.code, one.subject


def urgency(one: Due) -> tuple[object, ...]:
    """Overdue major hazards first, those under supervision (挂牌) before others; then what is overdue for longest, then
    what is due first."""
    late = one.left < 0
    major = MAJOR in one.kind
    return not (late and major), not (late and major and one.detail), not late, one.due_on, one.kind, one.subject


def _reminder(to: str, own: Sequence[Due], today: str, within: int, demonstration: bool) -> Reminder:
    late = sum(one.left < 0 for one in own)
    counts = [f"逾期{late}件"] * bool(late) + [f"{within}日内到期{len(own) - late}件"] * (late < len(own))
    mark = f"【{phrase.DEMONSTRATION}】" if demonstration else ""
    ordered = sorted(own, key=urgency)
    lines = [f"{mark}【催办】{to}（{phrase.day(today)[5:]}）：{'，'.join(counts)}。"]
    lines += [f"{at}．{_said(one)}" for at, one in enumerate(ordered[:SHOWN], 1)]
    if len(own) > SHOWN:
        lines.append(f"还有{len(own) - SHOWN}件，见待办回填单。")
    lines.append("办好的请今天报来，一时办不了的说明原因和管控措施。" if late else "请在期限前办好报来。")
    return Reminder(to, tuple(lines), len(own), late)


def _said(one: Due) -> str:
    number = f"（{one.handle}）" if one.record_id and one.handle not in ("", one.subject) else ""
    left = f"逾期{-one.left}天" if one.left < 0 else "今天到期" if not one.left else f"还有{one.left}天"
    return f"{one.what}：{one.subject}{number}，{phrase.day(one.due_on)[5:]}到期，{left}"

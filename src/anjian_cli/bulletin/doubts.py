"""What should make one hesitate before a month is locked: figures that fell, towns that did not report, contracts of
closed firms, missing targets, what was entered late. Chinese sentences; reads only.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from anjian_cli.bulletin import figures, filings, findings, locked_month, phrase, wording
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.doubts_of_work import doubts_of_work
from anjian_cli.bulletin.period import Period, ended, month_title
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.ledger import history
from anjian_cli.rules import hazard_figures

SHOWN = 5  # how many names a sentence gives


def doubts(connection: sqlite3.Connection, period: Period, bulletin: Bulletin | None = None) -> list[str]:
    """The sentences, none if there is nothing; `bulletin` is the period's, where it is at hand."""
    bulletin = bulletin or compile_bulletin(connection, period)
    names = {town.code: town.short for town in bulletin.towns} | {"": bulletin.unsettled}
    return [
        *filter(None, [phrase.without_package(bulletin)]),
        *_impossible(connection, bulletin, period, names),
        *_counted_twice(connection, period),
        *_unexplained(connection, bulletin, period, names),
        *_more_than_owed(bulletin),
        *_not_ended(period),
        *_not_reported(bulletin, names),
        *_reported_otherwise(connection, bulletin, names),
        *_not_confirmed(connection, bulletin, names),
        *_fallen(bulletin, names),
        *_contracts(connection, period),
        *_without_target(bulletin, names),
        *_unsettled(bulletin),
        *_recorded_late(connection, period),
        *_on_openings_only(bulletin),
        *_corrected(bulletin),
        *doubts_of_work(connection, period),
    ]


def impossibilities(connection: sqlite3.Connection, period: Period, bulletin: Bulletin | None = None) -> list[str]:
    """What cannot be, whoever says it: a part that is more than its whole, open hazards that are not those found less
    those closed, a total of the county beside figures of its towns. A month with any of them is not to be locked.
    `bulletin` as for `doubts`."""
    bulletin = bulletin or compile_bulletin(connection, period)
    names = {town.code: town.short for town in bulletin.towns} | {"": bulletin.unsettled}
    return [*_impossible(connection, bulletin, period, names), *_counted_twice(connection, period)]


Carried = Callable[[], int | None]
"""How many hazards were open in a place when the year began."""


def _impossible(
    connection: sqlite3.Connection, bulletin: Bulletin, period: Period, names: dict[str, str]
) -> Iterator[str]:
    for name, done, carried in _hazards(connection, bulletin, period, names):
        for said in hazard_figures.impossible(done, carried):
            yield f"{name}{said}，不可能，请核对。"


def _unexplained(
    connection: sqlite3.Connection, bulletin: Bulletin, period: Period, names: dict[str, str]
) -> Iterator[str]:
    for name, done, carried in _hazards(connection, bulletin, period, names):
        for said in hazard_figures.unexplained(done, carried):
            yield f"{name}{said}，请补录截至{period.year - 1}-12-31的期初数“未销号”。"


def _more_than_owed(bulletin: Bulletin) -> Iterator[str]:
    """Where what is owed rests on a total (应检640家), no record says for which firms, and all that was done counts
    beside it: more than there is to do shows that the total, or what was counted in it, is wrong. Of
    hazards that is told otherwise (`_impossible`)."""
    tables = [table for category in bulletin.categories if category.id != "hazard" for table in category.indicators]
    for table in tables:
        done, owed = table.total.done, table.total.target
        if table.against not in ("", "target") and done is not None and owed is not None and done > owed:
            unit = wording.shown_unit(table.unit)
            yield f"“{table.short}”{done}{unit}，多于应办的{owed}{unit}，请核对期初数“{table.against}”。"


def _hazards(
    connection: sqlite3.Connection, bulletin: Bulletin, period: Period, names: dict[str, str]
) -> Iterator[tuple[str, dict[str, int | None], Carried]]:
    """The figures of hazards by place: its name, what is done by indicator, and how many came over."""
    before = ended(period.year - 1, 12)
    done: dict[str, dict[str, int | None]] = {town: {} for town in names}
    for table in (t for c in bulletin.categories if c.id == "hazard" for t in c.indicators):
        for cell in (*table.cells, *([table.other] if table.other else [])):
            if cell.town in done:
                done[cell.town][table.id] = cell.done

    @cache
    def all_carried() -> Mapping[tuple[str, str], int | None]:
        return figures.done(connection, define(connection, before))

    for town, name in names.items():
        yield name, done[town], lambda town=town: all_carried().get(("hazard.open", town), 0)  # type: ignore[misc]


def _counted_twice(connection: sqlite3.Connection, period: Period) -> Iterator[str]:
    """A total of the county beside figures of towns: of a ledger of version 1, or brought back by an undo."""
    found = connection.execute(
        "SELECT i.title, w.number, w.from_on FROM opening_figure w JOIN indicator i ON i.id = w.indicator"
        " LEFT JOIN fact f ON f.id = i.fact"
        " WHERE w.town_code IS NULL AND w.unsettled IS NULL AND w.voided_on IS NULL AND w.quantity <> 0"
        " AND w.from_on <= ?1 AND EXISTS (SELECT 1 FROM opening_figure t WHERE t.indicator = w.indicator"
        " AND t.town_code IS NOT NULL AND t.voided_on IS NULL AND t.quantity <> 0 AND t.from_on <= ?1"
        " AND CASE WHEN f.counted = 'flow' THEN substr(t.from_on, 1, 4) = substr(w.from_on, 1, 4)"
        "   AND substr(w.from_on, 1, 4) = substr(?1, 1, 4)"
        " ELSE t.until_on > ?1 AND w.until_on > ?1 END) ORDER BY w.number",
        (period.as_of,),
    )
    for title, number, day in found:
        yield (
            f"“{title}”既有各镇（街、区）的期初数，又有全市的（{number}，截至{day}），计了两遍："
            "是合计的，请作废；是没有镇承担的，请把它的镇街改为“未定镇街”。"
        )


def _some(names: list[str]) -> str:
    return "、".join(names[:SHOWN]) + (f"等{len(names)}个" if len(names) > SHOWN else "")


def _not_ended(period: Period) -> Iterator[str]:
    if not period.finished:
        yield f"{period.title}还没有结束，数字截至{period.as_of}。"


def _not_reported(bulletin: Bulletin, names: dict[str, str]) -> Iterator[str]:
    found = bulletin.filings
    if found is None:
        return
    unmended = [code for code in found.returned if code not in found.mended]
    for codes, what in ((found.missing, "还没有报送月报"), (unmended, "的月报退回后还没有补正")):
        if codes:
            yield f"{_some([names[code] for code in codes])}{what}。"


def _reported_otherwise(connection: sqlite3.Connection, bulletin: Bulletin, names: dict[str, str]) -> Iterator[str]:
    """What a town says of itself against what the ledger has (镇报数与台账数)."""
    cells = {(t.id, cell.town): (t, cell) for c in bulletin.categories for t in c.indicators for cell in t.cells}
    for town, indicator, said in filings.told(connection, bulletin.month):
        if (indicator, town) not in cells:
            continue
        table, cell = cells[indicator, town]
        if cell.done is not None and cell.done != said:
            shown, own, off = (wording.amount(n, table.unit) for n in (said, cell.done, abs(said - cell.done)))
            yield f"{names[town]}“{table.short}”镇报{shown}，台账{own}，相差{off}，请用 anjian 明细 {cell.code} 核对。"


def figures_of(bulletin: Bulletin, town: str) -> list[list[str | int | None]]:
    """What a town agrees with when it confirms: what is done and asked, by indicator."""
    return [
        [table.id, cell.done, cell.asked]
        for category in bulletin.categories
        for table in category.indicators
        for cell in table.cells
        if cell.town == town
    ]


def digest(figures: list[list[str | int | None]]) -> str:
    """SHA-256 of such figures."""
    return hashlib.sha256(json.dumps(figures, ensure_ascii=False).encode()).hexdigest()


def sheet_code(month: str, town: str, figures: list[list[str | int | None]]) -> str:
    """What stands beside a town's figures of a month on the sheet that goes out to be confirmed: a letter, so that no
    spreadsheet takes it for a number, and ten digits of the SHA-256 of them all."""
    return f"H{digest([[month, town], *figures])[:10]}"


OBJECTION = "对数字有异议"
"""With it begins what a town objects, in the remark of its report (`workflow.confirmation`)."""


def _not_confirmed(connection: sqlite3.Connection, bulletin: Bulletin, names: dict[str, str]) -> Iterator[str]:
    """Towns that object; those that reported and have not agreed with their figures, once any has; and figures changed
    since."""
    agreed = {one.town for one in bulletin.confirmed}
    objecting = connection.execute(
        "SELECT town_code, substr(remark, instr(remark, ?2)) FROM filing WHERE month = ?1 AND voided_on IS NULL"
        " AND confirmed_on IS NULL AND instr(remark, ?2) > 0 ORDER BY town_code",
        (bulletin.month, OBJECTION),
    )
    for code, said in objecting:
        if code in names and code not in agreed:
            yield f"{names[code]}{said}。"
    if not bulletin.confirmed:
        return
    missing = bulletin.filings.missing if bulletin.filings else ()
    silent = [names[town.code] for town in bulletin.towns if town.code not in agreed and town.code not in missing]
    if silent:
        yield f"{_some(silent)}还没有确认本月数字。"
    kept = dict(
        connection.execute(
            "SELECT town_code, confirmed_figures FROM filing WHERE month = ? AND voided_on IS NULL"
            " AND confirmed_on IS NOT NULL",
            (bulletin.month,),
        ).fetchall()
    )
    changed = [names[code] for code, was in kept.items() if code in names and was != digest(figures_of(bulletin, code))]
    if changed:
        yield f"{_some(changed)}确认以后本镇数字又有变动，请再核对确认。"


def _fallen(bulletin: Bulletin, names: dict[str, str]) -> Iterator[str]:
    """A flow only grows within a year, unless something was taken back."""
    if bulletin.month.endswith("-01"):
        return
    for category in bulletin.categories:
        for table in category.indicators:
            if table.kind != "flow":
                continue
            fell = [
                (names[cell.town], f"{cell.last_month}→{cell.done}")
                for cell in table.cells
                if cell.done is not None and cell.last_month is not None and cell.done < cell.last_month
            ]
            if len(fell) > SHOWN:  # of a nation they would be a thousand lines
                told = _some([f"{name}{change}" for name, change in fell])
                yield f"“{table.title}”累计比上月少了：{told}，请核对是否有撤销。"
                continue
            for name, change in fell:
                yield f"{name}“{table.title}”累计比上月少了：{change}，请核对是否有撤销。"


def _contracts(connection: sqlite3.Connection, period: Period) -> Iterator[str]:
    day = period.as_of
    for enterprise, kind, state, from_on, number in connection.execute(
        "SELECT e.name, c.kind, s.state, s.from_on, c.number FROM trusteeship c"
        " JOIN enterprise e ON e.id = c.enterprise_id JOIN operating_state s ON s.enterprise_id = e.id"
        " WHERE c.voided_on IS NULL AND c.from_on <= ?1 AND ?1 < c.until_on AND s.state IN ('停产', '关闭')"
        " AND s.from_on <= ?1 AND ?1 < s.until_on ORDER BY c.number",
        (day,),
    ):
        yield f"{enterprise}自{from_on}起{state}，“{kind}”托管合同{number}仍在期内，仍计在托。"


def _without_target(bulletin: Bulletin, names: dict[str, str]) -> Iterator[str]:
    for category in findings.scored(bulletin):
        if not category.rows:
            continue
        without = frozenset[str]().union(*(table.without for table in category.indicators if table.ranked))
        missing = [names[row.town] for row in category.rows if row.rate is None and row.town not in without]
        if len(missing) == len(bulletin.towns):
            yield f"“{category.title}”各{bulletin.units}都没有任务，本类不参评。"
        elif missing:
            yield f"“{category.title}”没有任务而不参评的{bulletin.units}：{_some(missing)}。"


def _unsettled(bulletin: Bulletin) -> Iterator[str]:
    found = [
        table.short
        for category in bulletin.categories
        for table in category.indicators
        if table.other and table.other.done
    ]
    if found:
        yield f"有不分{bulletin.units}或{bulletin.unsettled}的数字，计入合计而不参加排名：{_some(found)}。"


def _recorded_late(connection: sqlite3.Connection, period: Period) -> Iterator[str]:
    """Operations after the month's end belong in it as well, as long as it is not locked; how many there were."""
    known = history.last_before(connection, period.as_of + history.END_OF_DAY)
    locked = locked_month.find(connection, period.key)
    (late,) = connection.execute(
        "SELECT count(*) FROM operation WHERE id > ?1 AND (?2 IS NULL OR id <= ?2)",
        (known, locked.head if locked else None),
    ).fetchone()
    if late and period.finished:
        yield f"{period.title}结束以后又登记了{late}次，其中发生在月内的已计入本月。"


def _on_openings_only(bulletin: Bulletin) -> Iterator[str]:
    found = [table.short for category in bulletin.categories for table in category.indicators if "期初数" in table.note]
    if found:
        yield f"含期初数、没有逐条记录可查的指标：{_some(found)}。"


def _corrected(bulletin: Bulletin) -> Iterator[str]:
    changed = [c for c in bulletin.corrections if not c.definition]
    if changed:
        yield f"{month_title(changed[0].month)}已定稿的数字有{len(changed)}处更正，将列入本期。"

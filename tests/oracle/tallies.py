"""What the records of a ledger come to, counted one by one in the tables of records: a second opinion that shares
nothing with facts, measures, sums and views.

Facts are called as an office calls them in its scheme. How hazards and accidents live is told by `simulation`.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from oracle.model import OPEN, Accident, Hazard, after, month_end
from oracle.simulation import simulate

FLOWS = frozenset(
    {
        *("完成工作项", "上报数累计", "按月报送", "按期报送", "迟报", "零报告", "排查隐患", "安全检查"),
        *("培训合格人次", "标准化达标", "生产安全事故起数", "生产安全事故死亡人数", "生产安全事故重伤人数"),
        "较大及以上生产安全事故",
    }
)
OF_YEAR = frozenset({"当年到期应整改隐患", "按期整改、按期验收的隐患", "逾期后整改的隐患", "当年发现已验收销号"})
STOCKS = OF_YEAR | {"上报数存量", "未验收销号隐患", "逾期未整改隐患", "挂牌督办在办隐患", "到期隐患已整改待验收"}
BY_THE_OFFICE = frozenset({"按月报送", "按期报送", "迟报", "零报告"}) | {name for name in FLOWS if "事故" in name}
"""Facts of records that the office keeps itself: that there are none is known, whoever reports."""
_OF_HAZARDS: Mapping[str, tuple[str, ...]] = {
    "排查隐患": ("hazard.found",),
    "未验收销号隐患": ("hazard.open",),
    "挂牌督办在办隐患": ("hazard.listed",),
    "当年发现已验收销号": ("hazard.accepted_of_year",),
    "当年到期应整改隐患": ("hazard.due_of_year",),
    # In time by the day on which it was rectified, whenever that was accepted: what holds where nothing is set.
    "按期整改、按期验收的隐患": ("hazard.on_time_of_year", "hazard.accepted_late"),
    "逾期后整改的隐患": ("hazard.late_of_year",),
    "到期隐患已整改待验收": ("hazard.awaiting",),
    "逾期未整改隐患": ("hazard.overdue",),
}
_DUE = frozenset(
    {
        *("当年到期应整改隐患", "按期整改、按期验收的隐患", "逾期后整改的隐患"),
        *("到期隐患已整改待验收", "逾期未整改隐患"),
    }
)
"""到期 and its parts."""
_OF_ACCIDENTS: Mapping[str, tuple[str, ...]] = {
    "生产安全事故起数": ("accident.count",),
    "生产安全事故死亡人数": ("accident.deaths",),
    "生产安全事故重伤人数": ("accident.injured",),
    "较大及以上生产安全事故": ("accident.larger",),
}
Words = Mapping[str, Sequence[str]]
"""Conditions: by the title of a dimension, any of some words."""


class Entry(NamedTuple):
    """A record as far as it is counted: what it is by the titles of dimensions, where, and on which days how much.

    `times` are of a flow; of a stock it is there from `times[0]` until, and not on, `until`."""

    fact: str
    words: Mapping[str, str]
    town: str
    day: str
    quantity: int
    root: int
    until: str = ""


class Lived(NamedTuple):
    """A record that lives on: its figures of a day are those of the model."""

    words: Mapping[str, str]
    town: str
    root: int
    entry: Hazard | Accident

    @property
    def first(self) -> str:
        """The first day on which it may be counted."""
        if isinstance(self.entry, Hazard):
            return self.entry.events[0][1]
        return min(self.entry.happened_on, self.entry.toll[0][0]) if self.entry.production == "是" else OPEN


class Records:
    """The records of a ledger that are not voided."""

    def __init__(self, ledger: sqlite3.Connection) -> None:
        self._ledger = ledger
        self._entries = [*self._of_towns(), *self._of_enterprises()]
        self._hazards, self._accidents = list(self._read_hazards()), list(self._read_accidents())
        self._known: dict[tuple[int, str], Mapping[tuple[str, str], int]] = {}

    def counted(self, fact: str, words: Words, town: str, day: str, *, over: bool = True) -> int:
        """Of a flow, what happened in the day's year up to it; of a stock, what stands on it. On a day that is not
        `over`, what falls due on it is not due yet."""
        return sum(self.by_record(fact, words, town, day, over=over).values())

    def by_record(self, fact: str, words: Words, town: str, day: str, *, over: bool = True) -> Counter[int]:
        """The same by the record that it comes of."""
        found: Counter[int] = Counter()
        lived = self._hazards if fact in _OF_HAZARDS else self._accidents if fact in _OF_ACCIDENTS else []
        for each in lived:
            if each.town == town and _fits(each.words, words):
                figures = self._figures(each.entry, day)
                if not over and fact in _DUE and self._falls_due(each, day):
                    continue
                named = (*_OF_HAZARDS.get(fact, ()), *_OF_ACCIDENTS.get(fact, ()))
                found[each.root] += sum(figures.get((name, town), 0) for name in named)
        for entry in self._entries:
            there = day < entry.until if entry.until else entry.day[:4] == day[:4]
            if (entry.fact, entry.town) == (fact, town) and entry.day <= day and there and _fits(entry.words, words):
                found[entry.root] += entry.quantity
        return found

    def _falls_due(self, each: Lived, day: str) -> bool:
        """Whether a hazard's deadline is met on that very day."""
        due = ("hazard.due_of_year", each.town)
        then = self._figures(each.entry, day_before(day)) if day > each.first else {}
        return due in self._figures(each.entry, day) and due not in then

    def _figures(self, entry: Hazard | Accident, day: str) -> Mapping[tuple[str, str], int]:
        key = (id(entry), day)
        if key not in self._known:
            if isinstance(entry, Hazard) and day < entry.events[0][1]:
                self._known[key] = {}
            else:
                self._known[key] = simulate({("", 1): entry}, [day], openings=False)[day]
        return self._known[key]

    def anywhere(self, fact: str, words: Words, day: str) -> bool:
        """Whether any unit has something of a flow by a day, in whatever year."""
        told = any(e.fact == fact and e.quantity and e.day <= day and _fits(e.words, words) for e in self._entries)
        lived = self._hazards if fact in _OF_HAZARDS else self._accidents if fact in _OF_ACCIDENTS else []
        return told or any(each.first <= day and _fits(each.words, words) for each in lived)

    def reported(self, month: str) -> set[str]:
        """The towns that have reported a month."""
        return {str(row["town_code"]) for row in self._rows("filing") if row["month"] == month}

    def filed(self, words: Words, town: str, month: str) -> bool:
        """Whether a town has filed figures of a month: of every kind asked for by name, or that it ever files."""
        told = [(row["kind"], row["month"]) for row in self._rows("monthly_figure") if row["town_code"] == town]
        kinds = words.get("上报项目") or sorted({kind for kind, _ in told})
        return bool(kinds) and all((kind, month) in told for kind in kinds)

    def anybody_reports(self) -> bool:
        return any(True for _ in self._rows("filing"))

    def _rows(self, table: str) -> Iterator[sqlite3.Row]:
        yield from self._ledger.execute(f'SELECT * FROM "{table}" WHERE voided_on IS NULL ORDER BY id').fetchall()

    def _of_towns(self) -> Iterator[Entry]:
        for row in self._rows("work_item"):
            words = {"工作项种类": row["kind"], "工作项级别": row["level"] or ""}
            yield Entry("完成工作项", words, row["town_code"] or "", row["done_on"], row["times"], row["id"])
        for row in self._rows("monthly_figure"):
            words, town, number = {"上报项目": row["kind"]}, row["town_code"], row["quantity"]
            end, following = month_end(row["month"]), month_end(row["month"], 1)
            yield Entry("上报数累计", words, town, end, number, row["id"])
            yield Entry("上报数存量", words, town, end, number, row["id"], following)
        for row in self._rows("filing"):
            in_time = row["filed_on"] <= row["due_on"]
            words = {"报送期限": "按期" if in_time else "迟报"}
            yield Entry("按月报送", words, row["town_code"], month_end(row["month"]), 1, row["id"])
            yield Entry("按期报送" if in_time else "迟报", {}, row["town_code"], row["filed_on"], 1, row["id"])
            if row["nil"] == "是":
                yield Entry("零报告", {}, row["town_code"], row["filed_on"], 1, row["id"])
        for row in self._rows("training"):
            words = {"培训对象": row["kind"]}
            town = row["town_code"] or ""
            yield Entry("培训合格人次", words, town, row["held_on"], row["passed"] or 0, row["id"])

    def _of_enterprises(self) -> Iterator[Entry]:
        for row in self._rows("inspection"):
            words = {"检查方式": row["method"]}
            town = row["town_code"] or ""  # it stays where it was told
            yield Entry("安全检查", words, town, row["inspected_on"], 1, row["id"])
        for row in self._rows("standardization"):
            if row["announced_on"]:
                words = {"创建类型": row["kind"], "等级": row["grade"]}
                town = self._where(row["enterprise_id"], row["announced_on"])
                yield Entry("标准化达标", words, town, row["announced_on"], 1, row["id"])

    def _where(self, enterprise: int, day: str) -> str:
        rows = self._ledger.execute(
            "SELECT town_code FROM residence WHERE enterprise_id = ? AND from_on <= ? ORDER BY from_on DESC",
            (enterprise, day),
        ).fetchall()
        return str(rows[0][0] or "") if rows else ""

    def _read_accidents(self) -> Iterator[Lived]:
        for row in self._rows("accident"):
            known = self._ledger.execute(
                "SELECT known_on, deaths, serious, COALESCE(loss, 0) FROM casualties WHERE accident_id = ?"
                " ORDER BY known_on, id",
                (row["id"],),
            ).fetchall()
            town, sector, written_off = row["town_code"] or "", row["sector"], row["written_off_on"] or ""
            toll = tuple((str(on), int(deaths), int(serious), int(loss)) for on, deaths, serious, loss in known)
            entry = Accident("", town, row["happened_on"], sector, toll, row["production"], written_off)
            yield Lived({"行业领域": sector}, town, row["id"], entry)

    def _read_hazards(self) -> Iterator[Lived]:
        for row in self._rows("hazard"):
            of = (row["id"],)
            town = row["town_code"] or ""
            deadlines = self._ledger.execute(
                "SELECT from_on, until_on, deadline_on, ended_by FROM hazard_deadline WHERE hazard_id = ?"
                " ORDER BY from_on, id",
                of,
            ).fetchall()
            events: list[tuple[str, str, str]] = []
            before = ""
            for from_on, until_on, deadline_on, ended_by in deadlines:
                what = "found" if not events else "extended" if before == "延期" else "reopened"
                events.append((what, from_on, deadline_on))
                if ended_by == "验收":
                    events.append(("accepted", until_on, ""))
                before = ended_by
            work: list[tuple[str, str]] = []
            for rectified, accepted, conclusion, until in self._ledger.execute(
                "SELECT rectified_on, accepted_on, conclusion, until_on FROM rectification WHERE hazard_id = ?"
                " ORDER BY id",
                of,
            ):
                work.append(("rectified", rectified))
                if accepted:
                    work.append(("accepted" if conclusion == "合格" else "failed", accepted))
                if until < "9999" and conclusion == "合格":
                    work.append(("reopened", until))
            listed = self._ledger.execute("SELECT from_on, until_on FROM supervision WHERE hazard_id = ?", of)
            listings = tuple((str(a), str(b)) for a, b in listed)
            entry = Hazard("", 0, town, row["level"], tuple(events), listings, work=tuple(work))
            yield Lived({"隐患级别": row["level"], "隐患来源": row["source"]}, town, row["id"], entry)


def _fits(words: Mapping[str, str], asked: Words) -> bool:
    return all(words.get(title) in told for title, told in asked.items())


@cache
def day_before(day: str) -> str:
    return after(day, -1)

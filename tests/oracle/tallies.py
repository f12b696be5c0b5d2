"""What the records of a ledger come to, counted one by one in the tables of records: a second opinion that shares
nothing with facts, measures, sums and views.

Facts are called as an office calls them in its scheme. How hazards and accidents live is told by `simulation`.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from oracle.departments import CHARGED_TO, FOUND_BY, for_role
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
TOWN = "town"
"""What a record counts for: a town, or a department by what it is to it (FOUND_BY, CHARGED_TO)."""
Words = Mapping[str, Sequence[str]]
"""Conditions: by the title of a dimension, any of some words."""


class Total(NamedTuple):
    """An opening figure (期初数): so much of what an indicator counts, without its records.

    Of what happens it is of the days from `since` to `day`, and counts on `day`; of what stands it holds from `day`
    until, and not on, `until`."""

    fact: str
    words: Mapping[str, Collection[str]]
    town: str
    since: str
    day: str
    until: str
    quantity: int
    row: int

    def meets(self, first: str, last: str) -> bool:
        """Whether a part of it lies, or may lie, between two days."""
        return self.day >= first and self.since <= last

    def lies_within(self, first: str, last: str) -> bool:
        return first <= self.since and self.day <= last


class Entry(NamedTuple):
    """A record as far as it is counted: what it is by the titles of dimensions, where, and on which days how much.

    `times` are of a flow; of a stock it is there from `times[0]` until, and not on, `until`."""

    fact: str
    words: Mapping[str, str]
    town: str | None  # None: of a department alone
    day: str
    quantity: int
    root: int
    until: str = ""
    department: str | None = None  # whose work it is; None: of no department, and of no such kind

    def of(self, role: str) -> str | None:
        return self.town if role == TOWN else self.department if role == FOUND_BY else None


class Lived(NamedTuple):
    """A record that lives on: its figures of a day are those of the model."""

    words: Mapping[str, str]
    root: int
    entry: Hazard | Accident

    @property
    def first(self) -> str:
        """The first day on which it may be counted; what is written off on that day never was."""
        if isinstance(self.entry, Hazard):
            return self.entry.events[0][1]
        first = min(self.entry.happened_on, self.entry.toll[0][0])
        gone = self.entry.written_off_on
        return OPEN if self.entry.production != "是" or (gone and gone <= first) else first


class Records:
    """The records of a ledger that are not voided; of totals without records, those of the indicators that are known:
    by code, what each counts."""

    def __init__(self, ledger: sqlite3.Connection, known: Mapping[str, tuple[str, Words]] | None = None) -> None:
        self._ledger = ledger
        self._totals = list(self._read_totals(known or {}))
        self._entries = [*self._of_towns(), *self._of_enterprises()]
        self._hazards = {role: list(self._read_hazards(role)) for role in (TOWN, FOUND_BY, CHARGED_TO)}
        self._accidents = list(self._read_accidents())
        self._known: dict[tuple[int, str], Mapping[tuple[str, str], int]] = {}

    def counted(self, fact: str, words: Words, unit: str, day: str, *, role: str = TOWN, over: bool = True) -> int:
        """Of a flow, what happened in the day's year up to it; of a stock, what stands on it. On a day that is not
        `over`, what falls due on it is not due yet."""
        return sum(self.by_record(fact, words, unit, day, role=role, over=over).values())

    def by_record(
        self, fact: str, words: Words, unit: str, day: str, *, role: str = TOWN, over: bool = True, totals: bool = True
    ) -> Counter[int]:
        """The same by the record that it comes of; a total, which is none, by a number below nought. Without `totals`
        records alone."""
        found: Counter[int] = Counter()
        for each in self._lived(fact, role):
            if _fits(each.words, words):
                figures = self._figures(each.entry, day)
                if not over and fact in _DUE and self._falls_due(each, day):
                    continue
                named = (*_OF_HAZARDS.get(fact, ()), *_OF_ACCIDENTS.get(fact, ()))
                found[each.root] += sum(figures.get((name, unit), 0) for name in named)
        for entry in self._entries:
            there = day < entry.until if entry.until else entry.day[:4] == day[:4]
            if entry.fact == fact and entry.of(role) == unit and entry.day <= day and there:
                found[entry.root] += entry.quantity if _fits(entry.words, words) else 0
        for total in self.totals(fact, words, unit, role) if totals else ():
            there = total.day[:4] == day[:4] if fact in FLOWS else day < total.until
            if total.day <= day and there:
                found[-total.row] += total.quantity
        return found

    def totals(self, fact: str, words: Words, unit: str = "", role: str = TOWN) -> list[Total]:
        """The totals of just what is asked, of nothing wider or narrower; of all units where none is named. There are
        none of departments."""
        asked = {title: frozenset(of) for title, of in words.items()}
        return [
            total
            for total in self._totals
            if (total.fact, total.words, role) == (fact, asked, TOWN) and unit in ("", total.town)
        ]

    def _read_totals(self, known: Mapping[str, tuple[str, Words]]) -> Iterator[Total]:
        """A total since New Year's Day is of the days since the one before it, and of so much more; one of what stands
        holds until the next one, of what stands of a year until its end, of what is told month by month until the
        next month's."""
        cells: dict[tuple[str, str], list[sqlite3.Row]] = {}
        for row in self._rows("opening_figure"):
            cells.setdefault((row["indicator"], row["town_code"] or ""), []).append(row)
        for (code, town), rows in cells.items():
            if code not in known:
                continue
            fact, words = known[code]
            rows.sort(key=lambda row: str(row["from_on"]))
            for at, row in enumerate(rows):
                day, before = row["from_on"], rows[at - 1] if at else None
                new_year, until = f"{day[:4]}-01-01", rows[at + 1]["from_on"] if at + 1 < len(rows) else OPEN
                adds, since = row["cumulative"] - row["written_down"], day
                if fact in FLOWS:
                    goes_on = before is not None and before["from_on"][:4] == day[:4]
                    since = after(before["from_on"], 1) if before is not None and goes_on else new_year
                    adds -= before["cumulative"] if before is not None and goes_on else 0
                elif fact in OF_YEAR:
                    until = min(until, f"{int(day[:4]) + 1}-01-01")
                elif fact == "上报数存量":
                    told = month_end(day[:7])
                    until = min(until, told if day < told else month_end(day[:7], 1))
                asked = {title: frozenset(of) for title, of in words.items()}
                yield Total(fact, asked, town, since, day, until, adds, row["id"])

    def _lived(self, fact: str, role: str) -> Sequence[Lived]:
        if fact in _OF_HAZARDS:
            return self._hazards[role]
        return self._accidents if fact in _OF_ACCIDENTS and role == TOWN else ()

    def _falls_due(self, each: Lived, day: str) -> bool:
        """Whether a hazard's deadline is met on that very day, whoever answers for it."""
        then = self._figures(each.entry, day_before(day)) if day > each.first else {}
        return _is_due(self._figures(each.entry, day)) and not _is_due(then)

    def _figures(self, entry: Hazard | Accident, day: str) -> Mapping[tuple[str, str], int]:
        key = (id(entry), day)
        if key not in self._known:
            if isinstance(entry, Hazard) and day < entry.events[0][1]:
                self._known[key] = {}
            else:
                self._known[key] = simulate({("", 1): entry}, [day], openings=False)[day]
        return self._known[key]

    def anywhere(self, fact: str, words: Words, day: str, role: str = TOWN) -> bool:
        """Whether any unit of a kind, or none, has something of a flow by a day, in whatever year."""
        told = any(
            e.fact == fact and e.of(role) is not None and e.quantity and e.day <= day and _fits(e.words, words)
            for e in self._entries
        )
        told = told or any(total.day <= day for total in self.totals(fact, words, role=role))
        return told or any(each.first <= day and _fits(each.words, words) for each in self._lived(fact, role))

    def reported(self, month: str, unit: str = "town_code") -> set[str]:
        """The units that have reported a month; `unit` is the column that names them."""
        return {str(row[unit]) for row in self._rows("filing") if row["month"] == month and row[unit] is not None}

    def anybody_reports(self, unit: str = "town_code") -> bool:
        return any(row[unit] is not None for row in self._rows("filing"))

    def filed(self, words: Words, units: Collection[str], month: str) -> bool:
        """Whether units that are one now have filed figures of a month: of every kind asked for by name, or that they
        ever file."""
        told = [
            (row["kind"], row["month"])
            for row in self._rows("monthly_figure")
            if row["town_code"] in units or row["department"] in units
        ]
        kinds = words.get("上报项目") or sorted({kind for kind, _ in told})
        return bool(kinds) and all((kind, month) in told for kind in kinds)

    def _rows(self, table: str) -> Iterator[sqlite3.Row]:
        yield from self._ledger.execute(f'SELECT * FROM "{table}" WHERE voided_on IS NULL ORDER BY id').fetchall()

    def _of_towns(self) -> Iterator[Entry]:
        for row in self._rows("work_item"):
            words = {"工作项种类": row["kind"], "工作项级别": row["level"] or ""}
            town, by = _whose(row)
            yield Entry("完成工作项", words, town, row["done_on"], row["times"], row["id"], department=by)
        for row in self._rows("monthly_figure"):
            words, number = {"上报项目": row["kind"]}, row["quantity"]
            town, by = _whose(row)
            end, following = month_end(row["month"]), month_end(row["month"], 1)
            yield Entry("上报数累计", words, town, end, number, row["id"], department=by)
            yield Entry("上报数存量", words, town, end, number, row["id"], following, by)
        for row in self._rows("filing"):
            in_time = row["filed_on"] <= row["due_on"]
            words = {"报送期限": "按期" if in_time else "迟报"}
            town, by = _whose(row)
            on, of = row["filed_on"], row["id"]
            yield Entry("按月报送", words, town, month_end(row["month"]), 1, of, department=by)
            yield Entry("按期报送" if in_time else "迟报", {}, town, on, 1, of, department=by)
            if row["nil"] == "是":
                yield Entry("零报告", {}, town, on, 1, of, department=by)
        for row in self._rows("training"):
            words = {"培训对象": row["kind"]}
            town = row["town_code"] or ""
            yield Entry("培训合格人次", words, town, row["held_on"], row["passed"] or 0, row["id"])

    def _of_enterprises(self) -> Iterator[Entry]:
        for row in self._rows("inspection"):
            words = {"检查方式": row["method"]}
            town = row["town_code"] or ""  # it stays where it was told
            by = row["department"] or ""
            yield Entry("安全检查", words, town, row["inspected_on"], 1, row["id"], department=by)
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
            yield Lived({"行业领域": sector}, row["id"], entry)

    def _read_hazards(self, role: str) -> Iterator[Lived]:
        """Each as it counts for towns, or for departments of a role."""
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
            handed = self._ledger.execute(
                "SELECT from_on, charged_to FROM hazard_charge WHERE hazard_id = ? ORDER BY from_on", of
            )
            charges = (("", row["charged_to"] or ""), *((str(on), to or "") for on, to in handed))
            entry = Hazard(
                "", 0, town, row["level"], tuple(events), listings, work=tuple(work), charges=charges,
                found_by=row["found_by"] or "",
            )  # fmt: skip
            yield Lived({"隐患级别": row["level"], "隐患来源": row["source"]}, row["id"], for_role(entry, role))


def _fits(words: Mapping[str, str], asked: Words) -> bool:
    return all(words.get(title) in told for title, told in asked.items())


def _is_due(figures: Mapping[tuple[str, str], int]) -> bool:
    return any(name == "hazard.due_of_year" for name, _ in figures)


def _whose(row: sqlite3.Row) -> tuple[str | None, str | None]:
    """The town, and the department, of a record that names either or both: of a department alone it is no town's, and
    of a town alone no department's."""
    town, by = row["town_code"], row["department"]
    return town or (None if by else ""), by or (None if town else "")


@cache
def day_before(day: str) -> str:
    return after(day, -1)

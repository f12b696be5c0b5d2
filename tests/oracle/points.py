"""A second opinion on points: what a scheme's text asks, worked out from the records, one unit after the other.

Written from the rules of the office's documents, not from the program: it reads the text of a scheme by itself, counts
by `tallies`, and knows of the program no more than the ledger's tables of records.
"""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from oracle.departments import CHARGED_TO, FOUND_BY
from oracle.model import month_end
from oracle.tallies import BY_THE_OFFICE, FLOWS, OF_YEAR, STOCKS, TOWN, Records, Words, day_before

NONE = Fraction(0)
_BY_WORD = {
    "完成工作项": "工作项级别",
    "排查隐患": "隐患来源",
    "上报数累计": "上报项目",
    "上报数存量": "上报项目",
    "按月报送": "报送期限",
    "安全检查": "检查方式",
    "培训合格人次": "培训对象",
    **{name: "行业领域" for name in FLOWS if "事故" in name},
    **{name: "隐患级别" for name in STOCKS if "隐患" in name},
}
"""Of what a fact's words with points of their own are."""
OPEN = ("待报", "待评", "未知")


def number(text: object) -> Fraction:
    """0.5, 2分, 95%."""
    told = str(text).strip().rstrip("分")
    return Fraction(told[:-1]) / 100 if told.endswith("%") else Fraction(told)


def pairs(text: str) -> list[tuple[str, str]]:
    return [(each.rpartition(":")[0], each.rpartition(":")[2]) for each in text.split("、")]


@dataclass(frozen=True)
class Item:
    """An indicator as the text tells it; `rule` are the fields of its 计分细则."""

    told: Mapping[str, Any]
    rule: Mapping[str, str]

    @property
    def code(self) -> str:
        return str(self.told["编号"])

    @property
    def form(self) -> str:
        return str(self.told.get("计分", ""))

    @property
    def full(self) -> Fraction:
        return number(self.told.get("满分", 0))

    @property
    def fact(self) -> str:
        return str(self.told.get("数", ""))

    @property
    def words(self) -> Words:
        told = self.told.get("条件", {})
        return {title: tuple(each.split("、")) for title, each in told.items()}

    def holds_for(self, kind: str) -> bool:
        """Whether it is asked of towns (镇), or of departments (部门)."""
        told = str(self.told.get("考核单位", "镇")).split("、")
        return "镇" in told if kind == "镇" else any(each != "镇" for each in told)

    def yes(self, name: str) -> bool:
        return self.rule.get(name, "否") in ("", "是")


@dataclass(frozen=True)
class Asked:
    """A scheme as its text tells it."""

    about: Mapping[str, Any]
    categories: Sequence[Mapping[str, Any]]
    groups: Sequence[Mapping[str, Any]]
    items: Sequence[Item]
    all_items: Sequence[Item] = ()

    def item(self, short: str) -> Item:
        """Of whatever units it is asked."""
        return next(each for each in self.all_items or self.items if each.told["指标"] == short)

    def of_kind(self, kind: str) -> Asked:
        """What is asked of a kind of units: its own categories, too."""
        items = [each for each in self.items if each.holds_for(kind)]
        used = {each.told["类别"] for each in items}
        groups = [self._for_a_part(each, "组", each["类别"], (), kind) for each in self.groups]
        asking = [each for each in self.categories if each["名称"] in used]
        categories = [self._for_a_part(each, "类别", each["名称"], groups, kind) for each in asking]
        return Asked(self.about, categories, groups, items, self.items)

    def _for_a_part(
        self, told: Mapping[str, Any], column: str, category: str, groups: Sequence[Mapping[str, Any]], kind: str
    ) -> Mapping[str, Any]:
        """A category or a group, with no more full marks than what it asks of a kind, where it asks others for more."""
        here = [i for i in self.items if (i.told["类别"], i.told.get(column)) == (category, told["名称"])]
        worth = [i for i in here if i.form not in ("", "加分", "否决", "后果")]
        asked = [i for i in worth if i.holds_for(kind)]
        boundless = any(i.form == "评分" and "满分" not in i.told for i in asked)
        if "满分" not in told or len(asked) == len(worth) or boundless:
            return told
        limits = {str(group["名称"]): number(group["满分"]) for group in groups if group["类别"] == category}
        most = sum((limits[name] for name in {str(i.told.get("组", "")) for i in asked} & limits.keys()), NONE)
        most += sum((i.full for i in asked if str(i.told.get("组", "")) not in limits), NONE)
        return {**told, "满分": str(min(number(told["满分"]), most))}

    def role(self, item: Item) -> str:
        """The department that an item counts for: as it says, as what it is held against, or as its fact does."""
        told = str(item.told.get("考核单位", ""))
        for said, role in (("检查部门", FOUND_BY), ("监管部门", CHARGED_TO)):
            if said in told:
                return role
        against = item.told.get("对照", "")
        if against not in ("", "任务", "应有", "上年同期"):
            return self.role(self.item(str(against)))
        return FOUND_BY if item.fact == "排查隐患" or not ("隐患" in item.fact or item.fact in OF_YEAR) else CHARGED_TO

    @property
    def counted(self) -> dict[str, tuple[str, Words]]:
        """What each indicator counts, by its code."""
        return {item.code: (item.fact, item.words) for item in self.all_items or self.items if item.fact}

    @property
    def months(self) -> int:
        return {"年": 12, "半年": 6, "季": 3}[self.about.get("考核期", "年")]


def read(text: str) -> Asked:
    """The text of a scheme, with bare Chinese names."""
    names = r"(?m)^(\[*)([^\s\[\]=\"#]+)(\s*=|\]+)"
    text = re.sub(names, lambda found: f'{found[1]}"{found[2]}"{found[3]}', text)
    text = re.sub(r"([{,]\s*)([^\s\"{},=]+)(\s*=)", r'\1"\2"\3', text)
    told = tomllib.loads(text)
    items = []
    for each in told["指标"]:
        fields = [part.partition("=") for part in each.get("计分细则", "").split("；") if part]
        items.append(Item(each, {name.strip(): value.strip() for name, _, value in fields}))
    return Asked(told["办法"], told["类别"], told.get("组", []), items)


class Worth(NamedTuple):
    """What an item comes to; `points` None: nothing yet (待报, 待评) or nothing at all (缺项)."""

    points: Fraction | None
    state: str = ""


@dataclass
class Row:
    """What a unit has: points by item and category, its total, out of how much, how much of that is open; vetoes that
    stand, consequences that are met."""

    items: dict[str, Worth] = field(default_factory=dict)
    categories: dict[str, Fraction | None] = field(default_factory=dict)
    total: Fraction | None = None
    full: Fraction = NONE
    open: Fraction = NONE
    grade: str = ""
    vetoes: list[str] = field(default_factory=list)
    lifted: list[str] = field(default_factory=list)
    consequences: list[tuple[str, str]] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    unheard: bool = False


def absorbed(ledger: sqlite3.Connection, day: str, *, departments: bool) -> dict[str, list[str]]:
    """The units of a kind that there are on a day, each with the codes of those that went into it and its own."""
    code, table = ("number", "department") if departments else ("code", "town")
    rows = {
        row[0]: row[1:]
        for row in ledger.execute(
            f"SELECT {code}, COALESCE(from_on, ''), COALESCE(until_on, '9'), merged_into FROM {table}"
            " WHERE voided_on IS NULL"
        )
    }
    found: dict[str, list[str]] = {of: [] for of, (since, until, _) in rows.items() if since <= day < until}
    for own in rows:
        into, seen = own, set[str]()
        while into not in found and into is not None:
            _, until, further = rows[into]
            seen.add(into)
            into = further if until <= day and further not in seen else None
        if into is not None:
            found[into].append(own)
    return found


class Month:
    """A month by one scheme: as it ended, or as it stands on a day of its own (`today`)."""

    def __init__(
        self,
        ledger: sqlite3.Connection,
        asked: Asked,
        records: Records,
        year: int,
        month: int,
        today: str = "",
        kind: str = "镇",
    ) -> None:
        self.ledger, self.asked, self.records = ledger, asked.of_kind(kind), records
        self.of_departments = kind != "镇"
        self.column = "department" if self.of_departments else "town_code"
        self.year, self.month = year, month
        self.key = f"{year}-{month:02d}"
        self.end = today or month_end(self.key)
        self.today = today
        self.running = bool(today) and today != month_end(self.key)
        self.first = month - (month - 1) % asked.months
        """The month in which the 考核期 began."""
        self.codes = absorbed(ledger, self.end, departments=self.of_departments)

    # what is counted

    def worth_of(self, item: Item, town: str, until: str, since: str, more: Words | None = None) -> int:
        """What is counted of an indicator from a day until another; of what stands, on the last of these."""
        total = self._sum(item, town, until, since, more, self.role(item))
        for sign, title in ((1, "加"), (-1, "减")):
            for short in item.told.get(title, []):
                total += sign * self._sum(self.asked.item(short), town, until, since, None, self.role(item))
        return total

    def role(self, item: Item) -> str:
        """What it counts for; what it adds and takes off counts so, too."""
        return self.asked.role(item) if self.of_departments else TOWN

    def _sum(self, item: Item, town: str, until: str, since: str, more: Words | None, role: str) -> int:
        words, totals = {**item.words, **(more or {})}, more is None  # of a total no word is known
        here = self._counted(item, words, town, until, role, totals=totals).total()
        if item.fact in FLOWS | OF_YEAR and not since.endswith("-01-01"):
            here -= self._counted(item, words, town, day_before(since), role, over=True, totals=totals).total()
        return here

    def _counted(
        self, item: Item, words: Words, town: str, day: str, role: str, *, over: bool | None = None, totals: bool = True
    ) -> Counter[int]:
        """By record, of a unit and of those that went into it."""
        ended = day != self.today if over is None else over
        found: Counter[int] = Counter()
        for code in self.codes[town]:
            of_unit = self.records.by_record(item.fact, words, code, day, role=role, over=ended, totals=totals)
            for root, number_ in of_unit.items():
                found[root] += number_
        return found

    # what is known

    def parts(self, item: Item) -> list[Item]:
        """What is counted of an indicator: of its own, and what it adds and takes off."""
        return [item, *(self.asked.item(short) for title in ("加", "减") for short in item.told.get(title, []))]

    def known(self, item: Item, town: str, until: str, since: str) -> bool:
        """Whether what is counted from a day until another is known: that no total of any part of it says only how
        much it was before and in or after these days together, and that what stands was already told."""
        role = self.role(item)
        return all(
            self._part_known(of, code, until, since, role) for of in self.parts(item) for code in self.codes[town]
        )

    def _part_known(self, part: Item, code: str, until: str, since: str, role: str) -> bool:
        totals = self.records.totals(part.fact, part.words, code, role)
        if part.fact in FLOWS:
            cut = any(t.quantity and t.meets(since, until) and not t.lies_within(since, until) for t in totals)
            return not cut and not self._larger_among(part, code, until, since, role)
        if part.fact == "上报数存量":
            return True  # of each month by itself: told, or not (`unfiled`)
        if part.fact in OF_YEAR:
            if not since.endswith("-01-01") and not self._part_known(part, code, day_before(since), "-01-01", role):
                return False
            totals = [total for total in totals if total.day[:4] == until[:4]]
        return any(total.day <= until for total in totals) or not any(total.quantity for total in totals)

    def _larger_among(self, part: Item, code: str, until: str, since: str, role: str) -> bool:
        """Whether larger accidents may be among a total of accidents or of deaths, and no total of theirs says how
        many."""
        if part.fact != "较大及以上生产安全事故":
            return False
        own = self.records.totals(part.fact, part.words, code, role)
        return any(
            total.quantity
            and total.meets(since, until)
            and not any(total.day <= told.day and told.day[:4] == total.day[:4] for told in own)
            for fact in ("生产安全事故起数", "生产安全事故死亡人数")
            for total in self.records.totals(fact, part.words, code, role)
        )

    def is_known(self, item: Item, town: str) -> bool:
        """Of the 考核期."""
        return self.known(item, town, self.end, self.begin)

    def _has_total(self, item: Item, town: str) -> bool:
        """Whether a part of what was counted in the 考核期 is known as a total alone: by no word, by no event."""
        role, found = self.role(item), []
        for code in self.codes[town]:
            totals = [t for t in self.records.totals(item.fact, item.words, code, role) if t.quantity]
            if item.fact in FLOWS:
                found += [t for t in totals if t.meets(self.begin, self.end)]
            else:
                found += [t for t in totals if t.day <= self.end < t.until]
                if item.fact in OF_YEAR:  # what was there before and is still there is no part of it
                    before = day_before(self.begin) if not self.begin.endswith("-01-01") else ""
                    found = [t for t in found if not t.day <= before < t.until]
        return bool(found)

    @property
    def begin(self) -> str:
        return f"{self.year}-{self.first:02d}-01"

    def value(self, item: Item, town: str) -> int:
        return self.worth_of(item, town, self.end, self.begin)

    def of_year(self, item: Item, town: str) -> int | None:
        """What a table shows: since New Year's Day; None where that is not known."""
        new_year = f"{self.year}-01-01"
        known = self.known(item, town, self.end, new_year) and not self.unfiled(item, town)
        return self.worth_of(item, town, self.end, new_year) if known else None

    def unfiled(self, item: Item, town: str) -> bool:
        """Whether it rests on a number that stands by the month, and the town has not said how much that is."""
        month = day_before(f"{self.key}-01")[:7] if self.running else self.key
        asked = [each for each in self.parts(item) if each.fact == "上报数存量"]
        return any(
            not self.records.filed(each.words, self.codes[town], month) and not self._told_in_all(each, town)
            for each in asked
        )

    def _told_in_all(self, part: Item, town: str) -> bool:
        """Whether a total stands for what it should have told."""
        role = self.role(part)
        found = [t for code in self.codes[town] for t in self.records.totals(part.fact, part.words, code, role)]
        return any(total.day <= self.end < total.until for total in found)

    def last_year(self, item: Item, town: str) -> int | None:
        """The same months of the year before; None before the ledger has anything of it, in any unit."""
        before = month_end(f"{self.year - 1}-{self.month:02d}")
        if self.running:
            before = min(before, f"{self.year - 1}{self.end[4:]}")
        with_more = [item, *(self.asked.item(short) for short in item.told.get("加", []))]
        role = self.role(item)
        if not any(self.records.anywhere(each.fact, each.words, before, role) for each in with_more):
            return None
        since = f"{self.year - 1}{self.begin[4:]}"
        return self.worth_of(item, town, before, since) if self.known(item, town, before, since) else None

    def required(self, item: Item, town: str) -> tuple[Fraction, Fraction | None]:
        """How many are due by the end of the month, and how many are lacking, period by period; None where of one of
        these it is not known how many there were."""
        found = re.fullmatch(r"每(月|季|半年|年)(?:至少)?(\d+)次(按季)?", item.rule["应有"])
        assert found is not None
        times, ended = int(found[2]), self.month - self.first + 1 - self.running
        if found[3]:
            due = Fraction(times * (ended // 3), 4)
            if due and not self.is_known(item, town):
                return due, None
            return due, max(NONE, due - self.value(item, town))
        months = {"月": 1, "季": 3, "半年": 6, "年": 12}[found[1]]
        whole = [
            (f"{self.year}-{self.first + at:02d}-01", month_end(f"{self.year}-{self.first + at + months - 1:02d}"))
            for at in range(0, ended - months + 1, months)
        ]
        due = Fraction(times * len(whole))
        if not all(self.known(item, town, last, first) for first, last in whole):
            return due, None
        done = [self.worth_of(item, town, last, first) for first, last in whole]
        return due, Fraction(sum(max(0, times - each) for each in done))

    def task(self, item: Item, town: str) -> int | None:
        """Its own, with those of the units that went into it."""
        found = []
        for code in self.codes[town]:
            row = self.ledger.execute(
                "SELECT quantity FROM target WHERE voided_on IS NULL AND year = ? AND indicator = ?"
                f" AND {self.column} = ? AND from_on <= ? ORDER BY from_on DESC",
                (self.year, item.code, code, self.end),
            ).fetchone()
            found += [] if row is None or row[0] is None else [int(row[0])]
        return sum(found) if found else None

    def marks(self, item: Item, town: str) -> list[tuple[str, str | None]]:
        """What was said of it and of those that went into it, in its order; None = 不涉及."""
        rows = self.ledger.execute(
            f"SELECT {self.column}, points FROM mark WHERE voided_on IS NULL AND indicator = ?"
            f" AND {self.column} IS NOT NULL AND month BETWEEN ? AND ? ORDER BY month, marked_on, id",
            (item.code, self.begin[:7], self.key),
        )
        return [(code, points) for code, points in rows if code in self.codes[town]]

    def exempt(self, item: Item, town: str) -> bool:
        """不涉及 was said last of the unit itself, and nobody that went into it was marked."""
        marks = self.marks(item, town)
        own = [points for code, points in marks if code == town]
        return own[-1:] == [None] and all(points is None for code, points in marks if code != town)

    # who says nothing

    def anything(self, town: str) -> bool:
        """Whether anything at all is recorded of a unit that it does itself."""
        counting = [item for item in self.asked.items if item.fact and item.fact not in BY_THE_OFFICE]
        return any(self.value(item, town) for item in counting)

    def silent(self, town: str) -> bool:
        """It has not reported the last month that is over; where nobody ever reports, nothing of it is recorded."""
        if self.records.anybody_reports(self.column):
            key = self.key
            if self.today:
                key = f"{self.year}-{self.month - 1:02d}" if self.month > 1 else f"{self.year - 1}-12"
            return not self.records.reported(key, self.column) & set(self.codes[town])
        return not self.anything(town)

    # an item

    def item(self, item: Item, town: str) -> Worth:
        if self.exempt(item, town):
            return Worth(None, "缺项")
        if item.form == "评分":
            return self._marked(item, [number(each) for _, each in self.marks(item, town) if each is not None])
        against = item.told.get("对照", "")
        base = [] if against in ("", "任务", "应有", "上年同期") else [self.asked.item(against)]
        steps = pairs(item.rule["档"]) if item.form == "按档" else []
        by_rate = item.form == "按率" or "低于" in item.rule or any(at.endswith("%") for at, _ in steps)
        compared = by_rate or "每少" in item.rule or "每超" in item.rule
        task = self.task(item, town) if compared and against == "任务" else 1
        due_by_now = self.required(item, town)[0] if by_rate and "应有" in item.rule else 1
        if task is None or (by_rate and not task) or not due_by_now:
            return Worth(None, "缺项")  # nothing is asked, whatever was done
        if any(self.unfiled(each, town) for each in (item, *base)):
            return Worth(None, "待报")
        if not self._told(item, base, town):
            return Worth(None, "未知")
        quiet = self.silent(town) and item.fact not in BY_THE_OFFICE
        if item.form in ("按率", "按档"):
            return self._by_rate(item, town, quiet)
        due = self._due(item, town)
        if due is None:
            owed = item.told.get("对照", "任务") != "任务"
            return Worth(None, "待报" if quiet and owed else "缺项")
        if item.form == "加分":
            return Worth(min(due, number(item.rule["封顶"])) if "封顶" in item.rule else due)
        # Of who says nothing, nothing found is no merit.
        if quiet and not due and not (self.is_known(item, town) and self.value(item, town)):
            return Worth(None, "待报")
        left = item.full - due
        return Worth(left if item.yes("不封底") and "不封底" in item.rule else max(NONE, left))

    def _told(self, item: Item, base: Sequence[Item], town: str) -> bool:
        """Whether all that an item rests on is known."""
        if "每少" in item.rule and "应有" in item.rule:
            return self.required(item, town)[1] is not None
        if not all(self.is_known(each, town) for each in (item, *base)):
            return False
        if "按词" in item.rule or "逐件档" in item.rule:
            return not self._has_total(item, town)
        # With nothing this year there is no more than there was.
        return "每多" not in item.rule or not self.value(item, town) or self.last_year(item, town) is not None

    def _marked(self, item: Item, marks: Sequence[Fraction]) -> Worth:
        if not marks:
            return Worth(item.full) if item.rule.get("未评") == "满分" else Worth(None, "待评")
        up = item.rule.get("起评") == "0" or "满分" not in item.told
        total = sum(marks, NONE if up else item.full)
        if "满分" in item.told:
            total = min(total, item.full)
            if "不封底" not in item.rule:
                total = max(total, NONE)
        return Worth(total)

    def rate(self, item: Item, town: str) -> Fraction | None:
        done = self.value(item, town)
        against = str(item.told.get("对照", ""))
        if "应有" in item.rule:
            base: Fraction | int | None = self.required(item, town)[0]
        elif against == "任务":
            base = self.task(item, town)
        else:
            base = self.value(self.asked.item(against), town)
        return Fraction(done) / base if base else None

    def _by_rate(self, item: Item, town: str, quiet: bool) -> Worth:
        steps = pairs(item.rule["档"]) if item.form == "按档" else []
        if steps and not steps[0][0].endswith("%"):
            reached: Fraction | None = Fraction(self.value(item, town))
            if quiet and not reached:
                return Worth(None, "待报")
        else:
            reached = self.rate(item, town)
        if reached is None:
            # Who says nothing has not said that there was nothing to do.
            of_another = item.told.get("对照", "") not in ("", "任务", "应有")
            return Worth(None, "待报" if quiet and of_another else "缺项")
        if steps:
            return Worth(next((number(got) for at, got in steps if reached >= number(at)), NONE))
        if "低于不得分" in item.rule and reached < number(item.rule["低于不得分"]):
            return Worth(NONE)
        return Worth(item.full * (min(reached, Fraction(1)) if "封顶" in item.rule else reached))

    def _due(self, item: Item, town: str) -> Fraction | None:
        """What is to be taken off or added before any limit; None where it is held against nothing."""
        rule = item.rule
        if "按词" in rule:
            return sum((self._of_word(item, town, word) * number(got) for word, got in pairs(rule["按词"])), NONE)
        if "逐件档" in rule:
            sizes = self._sizes(item, town)
            steps = [(number(at), number(got)) for at, got in pairs(rule["逐件档"])]
            return sum((next((got for at, got in steps if size >= at), NONE) for size in sizes), NONE)
        if "低于" in rule:
            rate = self.rate(item, town)
            if rate is None:
                return None
            over = max(NONE, number(rule["低于"]) - rate)
        elif "每少" in rule and "应有" in rule:
            over = self.required(item, town)[1] or NONE
        elif "每少" in rule:
            against = item.told["对照"]
            base = self.task(item, town) if against == "任务" else self.value(self.asked.item(against), town)
            if base is None:
                return None
            over = Fraction(max(0, base - self.value(item, town)))
        elif "每多" in rule:
            over = Fraction(max(0, self.value(item, town) - (self.last_year(item, town) or 0)))
        elif "每超" in rule:
            control = self.task(item, town)
            if control is None:
                return None
            over = Fraction(max(0, self.value(item, town) - control))
        else:
            over = Fraction(self.value(item, town))
        per = next(name for name in ("每少", "每多", "每超", "每") if name in rule)
        steps_of = over / number(rule[per])
        if "整步" in rule:
            steps_of = Fraction(steps_of.numerator // steps_of.denominator)
        told = rule["加" if item.form == "加分" else "扣"]
        if told == "满分":
            return item.full if steps_of > 0 else NONE
        return number(told) * steps_of

    def _of_word(self, item: Item, town: str, word: str) -> int:
        title = _BY_WORD[item.fact]
        return self.worth_of(item, town, self.end, self.begin, {title: (word,)})

    def _sizes(self, item: Item, town: str) -> list[int]:
        """How large each event was that happened since the 考核期 began."""
        here = self._counted(item, item.words, town, self.end, self.role(item), over=True)
        if not self.begin.endswith("-01-01"):
            here.subtract(self._counted(item, item.words, town, day_before(self.begin), self.role(item), over=True))
        return [size for size in here.values() if size > 0]

    # a unit

    def row(self, town: str) -> Row:
        row = Row(unheard=self.silent(town) and not self.anything(town))
        for item in self.asked.items:
            if item.form in ("否决", "后果"):
                self._without_points(item, town, row)
            elif item.form:
                row.items[item.code] = self.item(item, town)
        # By category: its points, its full marks, what is left out of it to be made up for by the others.
        worths = {str(each["编号"]): self._category(each, row) for each in self.asked.categories}
        total = full = away = NONE
        for each in self.asked.categories:
            points, whole, left_out, still = worths[str(each["编号"])]
            part = number(each.get("折算", 1))
            row.categories[str(each["编号"])] = points
            if points is None:
                away += (number(each["满分"]) if left_out and "满分" in each else left_out) * part
            else:
                row.total = (row.total or NONE) + points * part
                total, full = row.total, full + whole * part
                row.open += still * part
        row.full = full
        if row.total is not None and self.asked.about.get("缺项") == "折算" and away and full >= away:
            row.total, row.full = total * (full + away) / full, full + away
        if "得分归零" in row.effects and row.total is not None:
            row.total = NONE
        row.grade = self._grade(row)
        return row

    def _without_points(self, item: Item, town: str, row: Row) -> None:
        """A veto or a consequence: of what is lacking where something is required."""
        if self.exempt(item, town) or self.unfiled(item, town):
            return
        if "应有" in item.rule:
            lacking = self.required(item, town)[1]
        else:
            lacking = Fraction(self.value(item, town)) if self.is_known(item, town) else None
        if lacking is None:
            return
        value = lacking
        if item.form == "后果":
            row.consequences += [
                (item.code, said) for above, said in (each.split(":") for each in item.rule["超过"].split("、"))
                if value > number(above)
            ]  # fmt: skip
        elif value >= number(item.rule["满"]):
            if self._is_lifted(item, town):
                row.lifted.append(item.code)
            else:
                row.vetoes.append(item.code)
                row.effects += item.rule.get("后果", "").split("、")

    def _is_lifted(self, item: Item, town: str) -> bool:
        """On appeal; what has come since that day is not."""
        rows = self.ledger.execute(
            f"SELECT {self.column}, lifted_on FROM veto_lifting WHERE voided_on IS NULL AND indicator = ?"
            f" AND {self.column} IS NOT NULL AND lifted_on BETWEEN ? AND ?",
            (item.code, self.begin, self.end),
        )
        lifted = [str(on) for code, on in rows if code in self.codes[town]]
        if not lifted:
            return False
        on = max(lifted)
        role = self.role(item)
        since = self._come_since(item, town, on, role)
        for sign, title in ((1, "加"), (-1, "减")):
            since += sign * sum(
                self._come_since(self.asked.item(of), town, on, role) for of in item.told.get(title, [])
            )
        return since < number(item.rule["满"])

    def _come_since(self, item: Item, town: str, day: str, role: str) -> int:
        """Of what stands, each record that did not stand on the day."""
        if item.fact in FLOWS:
            until = self._sum(item, town, self.end, self.begin, None, role)
            return until - self._sum(item, town, day, self.begin, None, role)
        now, then = (self._counted(item, item.words, town, on, role, over=True) for on in (self.end, day))
        return sum(max(0, quantity - then[root]) for root, quantity in now.items())

    def _category(self, told: Mapping[str, Any], row: Row) -> tuple[Fraction | None, Fraction, Fraction, Fraction]:
        """Its points, the full marks that the unit can have in it, those to be made up for where it has none, those
        that are open."""
        own = [i for i in self.asked.items if i.told["类别"] == told["名称"] and i.code in row.items]
        usual = told.get("缺项") or self.asked.about.get("缺项") or "不计"
        got: defaultdict[str, Fraction] = defaultdict(Fraction)
        bonus = taken = gone = made_up = NONE
        left = []
        for item in own:
            worth = row.items[item.code]
            how = item.told.get("缺项") or usual
            points = worth.points
            if worth.state == "缺项":
                if how in ("不计", "折算"):
                    gone += item.full
                    made_up += item.full if how == "折算" else NONE
                    continue
                points = item.full if how == "满分" else NONE
            left.append(item)
            if points is None:
                continue
            if item.form == "加分":
                bonus += points
                continue
            got[str(item.told.get("组", ""))] += points
            if item.form == "扣分":
                taken += item.full - points
        if not left:
            return None, NONE, made_up, NONE
        limits = {str(each["名称"]): number(each["满分"]) for each in self.asked.groups if each["类别"] == told["名称"]}
        base = sum((min(points, limits.get(group, points)) for group, points in got.items()), NONE)
        if "减分上限" in told:
            base += max(NONE, taken - number(told["减分上限"]))
        if "加分上限" in told:
            bonus = min(bonus, number(told["加分上限"]))
        whole = sum((item.full for item in own), NONE)
        rest = sum((item.full for item in left), NONE)
        if made_up and rest * 2 >= whole:
            base = base * (rest + made_up) / rest
            gone -= made_up
        if "满分" in told:
            whole = number(told["满分"])
            base = min(base, whole)
        if not any("不封底" in item.rule for item in left if row.items[item.code].points is not None):
            base = max(base, NONE)
        still = sum((item.full for item in left if row.items[item.code].state in OPEN), NONE)
        return base + bonus, max(NONE, whole - gone), NONE, still

    def _grade(self, row: Row) -> str:
        fixed = [effect.removeprefix("等次") for effect in row.effects if effect.startswith("等次")]
        if fixed or row.total is None:
            return str(fixed[-1]) if fixed else ""
        known = sorted(((number(at), name) for name, at in self.asked.about.get("等次", {}).items()), reverse=True)
        for least, name in known:
            if row.total >= least:
                return str(name)
        return "不合格" if known and known[-1][1] == "合格" else ""

    def places(self, rows: Mapping[str, Row]) -> dict[str, int]:
        """The best first; behind all others who is silent and did nothing, behind these whom a veto puts last."""

        def order(row: Row) -> tuple[int, Fraction]:
            assert row.total is not None
            behind = 2 if "名次末位" in row.effects else 1 if row.unheard else 0
            return behind, -row.total

        ranked = {town: row for town, row in rows.items() if row.total is not None and "不参加排名" not in row.effects}
        return {town: 1 + sum(order(other) < order(row) for other in ranked.values()) for town, row in ranked.items()}

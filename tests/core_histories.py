"""Random histories of a ledger, and a second opinion on what they add up to.

`History` sends random operations over all record types through the real gate and the real workflow. Beside it stands
a model of plain event lists; `simulate` walks it day by day. The model shares nothing with the views, the sums or the
workflow: it is what the figures are held against.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from anjian_cli.errors import Refused
from anjian_cli.ledger import check, create, inverse, write
from anjian_cli.ledger import open as opening
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.workflow import hazard_cycle, opening_figure, register, trusteeship, undo

OPEN = "9999-12-31"
BEGINNING = "0001-01-01"
FIRST, LAST = date(2017, 1, 1), date(2020, 3, 2)
ALL_DAYS = tuple((FIRST + timedelta(n)).isoformat() for n in range((LAST - FIRST).days))
TRAINING = {
    "主要负责人": "training.负责人",
    "安全管理人员": "training.管理人员",
    "特种作业人员": "training.特种作业",
    "其他从业人员": "training.其他",
    "网格员": "training.网格员",
}
MONTH_ENDS = ("2017-11-30", "2017-12-31", "2018-01-31", "2018-02-28")
CONTRACTS = ("喷涂", "涉氨", "涉粉", "小微")
LEVELS = ("镇级", "县级", "设区市级", "省级")
# Totals of records that the ledger also holds one by one, and of others; flows, stocks, one of the year, money.
FLOWS = (*TRAINING.values(), "hazard.found", "case.fine")
STOCKS = ("trusteeship.喷涂", "trusteeship.小微", "standard.review_due")
OF_YEAR = {"standard.review_due"}
TARGETS = ("training.网格员", "trusteeship.喷涂")

Figures = Mapping[tuple[str, str], int]
Key = tuple[str, int]
Dump = dict[str, list[tuple[object, ...]]]


# --- the model: what happened, as plain values


@dataclass(frozen=True)
class Town:
    code: str
    voided: bool = False


@dataclass(frozen=True)
class Village:
    code: str
    town: str
    voided: bool = False


@dataclass(frozen=True)
class Enterprise:
    number: str
    name: str
    moves: tuple[tuple[str, str], ...]  # (day, town or ''), in order
    voided: bool = False


@dataclass(frozen=True)
class Training:
    number: str
    town: str
    held_on: str
    kind: str
    passed: int
    voided: bool = False


@dataclass(frozen=True)
class Hazard:
    number: str
    enterprise: int
    town: str
    level: str
    events: tuple[tuple[str, str, str], ...]  # (found, extended, accepted, reopened; day; deadline)
    listings: tuple[tuple[str, str], ...] = ()
    rectified: bool = False  # and not accepted yet
    voided: bool = False

    @property
    def stage(self) -> str:
        return "closed" if self.events[-1][0] == "accepted" else "rectified" if self.rectified else "open"


@dataclass(frozen=True)
class Contract:
    number: str
    enterprise: int
    kind: str
    from_on: str
    until_on: str
    voided: bool = False


@dataclass(frozen=True)
class Opening:
    number: str
    indicator: str
    town: str
    from_on: str
    cumulative: int
    written_down: int = 0
    voided: bool = False


@dataclass(frozen=True)
class Dated:
    """A target or a setting: a value for a key from a day on."""

    number: str
    key: tuple[object, ...]
    from_on: str
    value: object
    voided: bool = False


Entry = Town | Village | Enterprise | Training | Hazard | Contract | Opening | Dated
Model = dict[Key, Entry]
E = TypeVar("E", bound=Entry)


def of(model: Model, kind: type[E], *, voided: bool = False) -> list[tuple[Key, E]]:
    return [(k, e) for k, e in model.items() if isinstance(e, kind) and (voided or not e.voided)]


def where(enterprise: Enterprise, day: str) -> str:
    town = ""
    for from_on, moved_to in enterprise.moves:
        if from_on <= day:
            town = moved_to
    return town


def moved(moves: tuple[tuple[str, str], ...], day: str, town: str) -> tuple[tuple[str, str], ...]:
    """Learned: from `day` on it was in `town`. What was unknown until then, or begins that day, is corrected."""
    at = max(i for i, (from_on, _) in enumerate(moves) if from_on <= day)
    from_on, was = moves[at]
    if was == town:
        return moves
    if was == "" or from_on == day:
        return (*moves[:at], (from_on, town), *moves[at + 1 :])
    return (*moves[: at + 1], (day, town), *moves[at + 1 :])


def parts(model: Model) -> dict[Key, tuple[str, int]]:
    """What each total adds to the one before it: (first day it stands for, quantity)."""
    cells: dict[tuple[str, str], list[tuple[Key, Opening]]] = {}
    for key, figure in of(model, Opening):
        cells.setdefault((figure.indicator, figure.town), []).append((key, figure))
    found = {}
    for (indicator, _), figures in cells.items():
        before: Opening | None = None
        for key, figure in sorted(figures, key=lambda pair: pair[1].from_on):
            year = figure.from_on[:4]
            since, less = f"{year}-01-01", 0
            if indicator in FLOWS and before is not None and before.from_on[:4] == year:
                since, less = after(before.from_on), before.cumulative
            found[key] = (since, figure.cumulative - less - figure.written_down)
            before = figure
    return found


def after(day: str, days: int = 1) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


# --- the second opinion: one day after the other


def simulate(model: Model, wanted: Iterable[str], *, openings: bool = True) -> dict[str, Counter[tuple[str, str]]]:
    """Figures (indicator, town) of the days wanted, those that are 0 left out."""
    found: dict[str, Counter[tuple[str, str]]] = {day: Counter() for day in wanted}
    for _, training in of(model, Training):
        for day, figures in found.items():
            if day[:4] + "-01-01" <= training.held_on <= day:
                figures[TRAINING[training.kind], training.town] += training.passed
    for _, hazard in of(model, Hazard):
        _walk(hazard, found)
    for _, contract in of(model, Contract):
        enterprise = model["enterprise", contract.enterprise]
        assert isinstance(enterprise, Enterprise)
        for day, figures in found.items():
            if contract.from_on <= day < contract.until_on:
                figures["trusteeship." + contract.kind, where(enterprise, day)] += 1
    if openings:
        _add_openings(model, found)
    return {day: Counter({cell: n for cell, n in figures.items() if n}) for day, figures in found.items()}


def _walk(hazard: Hazard, found: dict[str, Counter[tuple[str, str]]]) -> None:
    found_on = hazard.events[0][1]
    waiting = list(hazard.events)
    deadline = ""
    is_open = accepted_today = False
    due: list[list[Any]] = []  # [day, settled in time, settled afterwards]
    for day in ALL_DAYS:
        accepted_today = False
        while waiting and waiting[0][1] <= day:
            what, _, until = waiting.pop(0)
            if what == "accepted":
                is_open, accepted_today = False, True
                for one in due:
                    one[2] = one[2] or not one[1]
            else:
                is_open, deadline = True, until
        if deadline == day:
            due.append([day, not is_open, False])
        figures = found.get(day)
        if figures is None or found_on > day:
            continue
        year = day[:4]
        figures["hazard.found", hazard.town] += found_on[:4] == year
        figures["hazard.open", hazard.town] += is_open
        figures["hazard.overdue", hazard.town] += is_open and deadline < day
        figures["hazard.listed", hazard.town] += sum(a <= day < b for a, b in hazard.listings)
        figures["hazard.accepted_of_year", hazard.town] += found_on[:4] == year and not is_open
        of_year = [one for one in due if one[0][:4] == year]
        figures["hazard.due_of_year", hazard.town] += len(of_year)
        figures["hazard.on_time_of_year", hazard.town] += sum(one[1] for one in of_year)
        figures["hazard.late_of_year", hazard.town] += sum(one[2] for one in of_year)
        # 到期 = 按期整改 + 逾期后整改 + 逾期未整改, always; the last one is not kept, so it is told apart here.
        outstanding = sum(1 for one in of_year if not one[1] and not one[2])
        assert len(of_year) == sum(one[1] + one[2] for one in of_year) + outstanding
    del accepted_today


def _add_openings(model: Model, found: dict[str, Counter[tuple[str, str]]]) -> None:
    cells: dict[tuple[str, str], list[Opening]] = {}
    for _, figure in of(model, Opening):
        cells.setdefault((figure.indicator, figure.town), []).append(figure)
    for (indicator, town), standing in cells.items():
        standing.sort(key=lambda figure: figure.from_on)
        for day, figures in found.items():
            known = [figure for figure in standing if figure.from_on <= day]
            if indicator in FLOWS or indicator in OF_YEAR:
                known = [figure for figure in known if figure.from_on[:4] == day[:4]]
            if not known:
                continue
            off = sum(f.written_down for f in known) if indicator in FLOWS else known[-1].written_down
            figures[indicator, town] += known[-1].cumulative - off


def in_trusteeship(model: Model, day: str) -> dict[str, set[int]]:
    """Enterprises with a contract in force on a day, by town; all of them under '合计'."""
    found: dict[str, set[int]] = {"合计": set()}
    for _, contract in of(model, Contract):
        enterprise = model["enterprise", contract.enterprise]
        assert isinstance(enterprise, Enterprise)
        if contract.from_on <= day < contract.until_on:
            found.setdefault(where(enterprise, day), set()).add(contract.enterprise)
            found["合计"].add(contract.enterprise)
    return {town: firms for town, firms in found.items() if firms or town == "合计"}


# --- what the ledger says


def from_view(connection: sqlite3.Connection, day: str) -> Figures:
    return _figures(
        connection,
        "SELECT v.indicator, v.town_code, sum(v.quantity) FROM indicator_item v JOIN indicator i ON i.id = v.indicator"
        " WHERE v.from_on <= ?1 AND CASE i.kind WHEN 'flow' THEN v.from_on >= ?2 ELSE ?1 < v.until_on END GROUP BY 1, 2",
        (day, day[:4] + "-01-01"),
    )


def from_days(connection: sqlite3.Connection, day: str) -> Figures:
    return _figures(
        connection,
        "SELECT s.indicator, s.town_code, sum(s.came - CASE i.kind WHEN 'flow' THEN 0 ELSE s.went END)"
        " FROM indicator_day s JOIN indicator i ON i.id = s.indicator"
        " WHERE s.day <= ?1 AND (i.kind <> 'flow' OR s.day >= ?2) GROUP BY 1, 2",
        (day, day[:4] + "-01-01"),
    )


def from_months(connection: sqlite3.Connection, day: str) -> Figures:
    """Whole months, and the days of the running one."""
    return _figures(
        connection,
        "SELECT s.indicator, s.town_code, sum(s.came - CASE i.kind WHEN 'flow' THEN 0 ELSE s.went END) FROM ("
        " SELECT month AS at, indicator, town_code, came, went FROM indicator_month WHERE month < ?3"
        " UNION ALL SELECT day, indicator, town_code, came, went FROM indicator_day WHERE day BETWEEN ?3 || '-01' AND ?1"
        ") s JOIN indicator i ON i.id = s.indicator WHERE i.kind <> 'flow' OR s.at >= ?2 GROUP BY 1, 2",
        (day, day[:4] + "-01", day[:7]),
    )


def _figures(connection: sqlite3.Connection, query: str, values: tuple[str, ...]) -> Figures:
    return Counter({(i, t): n for i, t, n in connection.execute(query, values) if n})


def record_tables(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM record_table ORDER BY name")]


def dump(connection: sqlite3.Connection, tables: Iterable[str] | None = None) -> Dump:
    """Every row of every table (or of those named)."""
    if tables is None:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name != "sqlite_stat1"
        ]
    return {
        table: [tuple(row) for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2')] for table in tables
    }


def new_ledger(path: str = ":memory:") -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    create.fill(connection)
    opening.prepare(connection)
    return connection


# --- the history


class Abandoned(Exception):
    """Raised in the middle of an operation, to see that nothing of it stays."""


class NothingToDo(Exception):
    """The kind of operation drawn has nothing to work on yet."""


class History:
    """A ledger, the operations done to it, and the model of what they amount to."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rng = random.Random(seed)
        self.ledger = new_ledger()
        self.model: Model = {}
        self.today = "2018-01-10"
        self.effects: dict[int, dict[Key, Entry | None]] = {}  # operation -> entries as they were before
        self.snapshots: list[tuple[int, Dump, dict[str, Figures]]] = []
        self.refusals: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self.numbers: dict[tuple[str, str], int] = {}
        self.ids: dict[str, dict[int, str | None]] = {table: {} for table in record_tables(self.ledger)}
        self._count = 0
        self._gate: write.Gate
        self._made: Model = {}
        for name in ("town", "town", "town", "enterprise", "enterprise", "enterprise", "village"):
            self._operate(name, getattr(self, name))

    def close(self) -> None:
        self.ledger.close()

    # one step

    def step(self) -> None:
        """One operation: done, or refused and without a trace."""
        self.today = after(self.today, self.rng.randint(0, 6))
        if self.rng.random() < 0.12:
            self._undo()
            return
        names = [self._draw() for _ in range(3 if self.rng.random() < 0.15 else 1)]

        def act() -> None:
            for name in names:
                getattr(self, name)()
            if self.rng.random() < 0.04:
                raise Abandoned

        self._operate("+".join(names), act)

    def _draw(self) -> str:
        """A kind of operation that has something to work on."""
        while True:
            name, kind = self.rng.choice(ACTIONS)
            if kind is None or of(self.model, kind):
                return name

    def _operate(self, name: str, act: Callable[[], None], undoes: int | None = None) -> bool:
        before = dump(self.ledger)
        self._made = dict(self.model)
        at = f"2018-01-01T00:00:{self._count % 60:02d}Z"
        abandon = undoes is None and self.rng.random() < 0.03
        try:
            with write.gate(self.ledger, name, at=at, actor="测试", today=self.today) as gate:
                self._gate = gate
                act()
                if abandon:
                    gate.abandon()
        except (Refused, Abandoned, NothingToDo) as reason:
            assert dump(self.ledger) == before, f"seed {self.seed}: {name} was refused and left something behind"
            codes = [fault.code for fault in reason.faults] if isinstance(reason, Refused) else [type(reason).__name__]
            self.refusals.update(codes)
            return False
        if abandon:
            assert dump(self.ledger) == before, f"seed {self.seed}: {name} was abandoned and left something behind"
            return False
        (operation,) = self.ledger.execute("SELECT max(id) FROM operation").fetchone()
        effect = {
            key: self.model.get(key)
            for key in self.model.keys() | self._made.keys()
            if self.model.get(key) is not self._made.get(key)
        }
        if operation is None or operation in self.effects:
            assert dump(self.ledger) == before, f"seed {self.seed}: {name} wrote without an operation"
            assert all(self._made.get(key) == was for key, was in effect.items()), name
            return False
        self._count += 1
        self.effects[operation] = effect
        self.model = self._made
        self.done[name if "+" not in name else "several"] += 1
        self._ids_and_numbers(fresh=undoes is None)
        return True

    def _ids_and_numbers(self, *, fresh: bool) -> None:
        """No id and no number is ever given out twice, also not after an undo."""
        for table, seen in self.ids.items():
            has_number = any(row[1] == "number" for row in self.ledger.execute(f'PRAGMA table_xinfo("{table}")'))
            column = "number" if has_number else "NULL"
            highest = max(seen, default=0)
            for row, number in self.ledger.execute(f'SELECT id, {column} FROM "{table}"').fetchall():
                if row not in seen:
                    assert fresh, f"seed {self.seed}: an undo made a row of {table}"
                    assert row > highest, f"seed {self.seed}: id {row} of {table} was given out twice"
                    seen[row] = number
                assert seen[row] == number, f"seed {self.seed}: the number of {table} {row} has changed"
                if number is not None and table not in ("town", "village", "issued_month"):
                    assert self.numbers.setdefault((table, number), row) == row, f"number {number} given out twice"

    def _undo(self) -> None:
        """The newest operation (which must always work), or an older one (which may be refused)."""
        newest = max(self.effects)
        last = self.rng.random() < 0.5
        chosen = newest if last else self.rng.choice(sorted(self.effects))

        def act() -> None:
            undo.undo(self._gate, chosen)
            for key, was in self.effects[chosen].items():
                if was is None:
                    self._made.pop(key, None)
                else:
                    self._made[key] = was

        done = self._operate("undo", act, undoes=chosen)
        assert done or not last, f"seed {self.seed}: the newest operation {newest} could not be undone: {self.refusals}"

    # what the operations draw from

    def _past(self) -> str:
        """A day that has been: mostly of late, sometimes long ago."""
        back = self.rng.choice((3, 30, 120, 400))
        return max(after(self.today, -self.rng.randint(0, back)), ALL_DAYS[0])

    def _one(self, kind: type[E], *, voided: bool = False) -> tuple[int, E]:
        found = of(self._made, kind, voided=voided)
        if not found:
            raise NothingToDo
        # Mostly one of the last few, so that some of them live through many steps.
        key, entry = self.rng.choice(found[-4:] if self.rng.random() < 0.6 else found)
        return key[1], entry

    def _town(self, *, may_be_unknown: bool = False) -> str:
        if may_be_unknown and self.rng.random() < 0.15:
            return ""
        return self._one(Town)[1].code

    def _serial(self) -> int:
        self._serials = getattr(self, "_serials", 0) + 1
        return self._serials

    def _take(self, record: str, **given: object) -> tuple[int, str]:
        """Through the same door as the command line and the files: (row id, number)."""
        given = {name: value for name, value in given.items() if value != ""}
        kept = register.take(self._gate, definition.record(record), given, Finder(self._gate.connection))
        return kept.row_id, kept.number

    def _void(self, record: str, row: int) -> None:
        register.void(self._gate, definition.record(record), row, "重复登记")

    # towns, villages, settings

    def town(self) -> None:
        if len(of(self._made, Town)) > 4:
            raise NothingToDo
        code = f"3307841{self._serial():02d}"[:9]
        row, _ = self._take("town", code=code, name=f"第{code[-3:]}镇")
        self._made["town", row] = Town(code)

    def void_town(self) -> None:
        row, town = self._one(Town)
        self._void("town", row)
        self._made["town", row] = replace(town, voided=True)

    def village(self) -> None:
        town = self._town()
        code = f"{town}{self._serial():03d}"
        row, _ = self._take("village", code=code, name=f"村{code}", town=self.rng.choice(("", town)))
        self._made["village", row] = Village(code, town)

    def void_village(self) -> None:
        row, village = self._one(Village)
        self._void("village", row)
        self._made["village", row] = replace(village, voided=True)

    def setting(self) -> None:
        name, value = self.rng.choice((("issuer", "某办"), ("issuer", "又一办"), ("clerk", "甲"), ("clerk", "乙")))
        from_on = self.rng.choice(("2018-01-01", "2018-03-01", self._past()))
        row, number = self._take("setting", name=name, value=value, from_on=from_on)
        self._made["setting", row] = Dated(number, (name,), from_on, value)

    def void_setting(self) -> None:
        row, setting = self._dated("setting")
        self._void("setting", row)
        self._made["setting", row] = replace(setting, voided=True)

    def letter(self) -> None:
        letter = self.rng.choice("AB")
        row, number = self._take("setting", name="ledger_letter", value=letter, from_on=self.today)
        self._made["setting", row] = Dated(number, ("ledger_letter",), self.today, letter)

    # enterprises

    def enterprise(self) -> None:
        town, serial = self._town(may_be_unknown=True), self._serial()
        name = f"永康市第{serial}工具厂"
        code = f"91330784{serial + 1000:010d}" if self.rng.random() < 0.7 else ""
        row, number = self._take(
            "enterprise",
            name=name,
            town=town,
            credit_code=code,
            no_code_reason="" if code else "在办",
            risks=self.rng.choice(("", ("喷涂",), ("喷涂", "胶水"))),
            state=self.rng.choice(("", "在营", "停产")),
            changed_on=self._past(),
        )
        self._made["enterprise", row] = Enterprise(number, name, ((BEGINNING, town),))

    def move(self) -> None:
        """Learned late, and in any order."""
        row, firm = self._one(Enterprise)
        town, day = self._town(), self._past()
        self._take("enterprise", number=firm.number, town=town, changed_on=day)
        self._made["enterprise", row] = replace(firm, moves=moved(firm.moves, day, town))

    def rename(self) -> None:
        row, firm = self._one(Enterprise)
        name = f"永康市第{self._serial()}电器厂"
        self._take("enterprise", number=firm.number, name=name, changed_on=self._past())
        self._made["enterprise", row] = replace(firm, name=name)

    def state_and_risks(self) -> None:
        _, firm = self._one(Enterprise)
        self._take(
            "enterprise",
            number=firm.number,
            state=self.rng.choice(("在营", "停产", "关闭", "搬迁")),
            risks=self.rng.choice(("", "（清空）", ("涉氨制冷",), ("喷涂", "冶金"))),
            employees=self.rng.choice(("", 7, 12)),
            changed_on=self._past(),
        )

    def credit_code(self) -> None:
        """Given, taken away, given to another."""
        _, firm = self._one(Enterprise)
        code = self.rng.choice((f"91330784{self.rng.randint(1, 9):010d}", "（清空）"))
        self._take("enterprise", number=firm.number, credit_code=code, no_code_reason="在办")

    def void_enterprise(self) -> None:
        row, firm = self._one(Enterprise)
        self._void("enterprise", row)
        self._made["enterprise", row] = replace(firm, voided=True)

    # training

    def training(self) -> None:
        town, kind, day = self._town(), self.rng.choice(list(TRAINING)), self._past()
        if self.rng.random() < 0.4 and of(self._made, Opening):
            _, figure = self._one(Opening)
            if figure.indicator in TRAINING.values() and figure.town:
                town, day = figure.town, min(after(figure.from_on, self.rng.randint(-90, 5)), self.today)
                kind = next(kind for kind, indicator in TRAINING.items() if indicator == figure.indicator)
        passed = self.rng.randint(0, 40)
        row, number = self._take(
            "training",
            town=town,
            held_on=day,
            kind=kind,
            title=f"第{self._serial()}期",
            attended=max(passed + self.rng.randint(-1, 9), 0),
            passed=passed,
        )
        self._made["training", row] = Training(number, town, day, kind, passed)

    def edit_training(self) -> None:
        row, course = self._one(Training)
        fresh = replace(course, town=self._town(), held_on=self._past(), passed=self.rng.randint(0, 40))
        self._take("training", number=course.number, town=fresh.town, held_on=fresh.held_on, passed=fresh.passed)
        self._made["training", row] = fresh

    def void_training(self) -> None:
        row, course = self._one(Training)
        self._void("training", row)
        self._made["training", row] = replace(course, voided=True)

    # hazards

    def hazard(self) -> None:
        firm_id, firm = self._one(Enterprise)
        found_on = self._past()
        town = self._town() if self.rng.random() < 0.3 else ""
        deadline = after(found_on, self.rng.randint(-1, 40))
        level = self.rng.choice(("一般", "重大"))
        five = {"responsible": "甲", "measures": "停用", "funds": 5000, "contingency_plan": "有"}
        row, number = self._take(
            "hazard",
            enterprise=firm.name,
            town=town,
            found_on=found_on,
            source="网格巡查",
            level=level,
            description=f"第{self._serial()}处",
            deadline_on=deadline,
            **(five if level == "重大" and self.rng.random() < 0.9 else {}),
        )
        self._made["hazard", row] = Hazard(
            number, firm_id, town or where(firm, found_on), level, (("found", found_on, deadline),)
        )

    def whole_hazard(self) -> None:
        """A row of a file that tells it from finding to acceptance."""
        firm_id, firm = self._one(Enterprise)
        found_on = self._past()
        rectified, accepted = after(found_on, self.rng.randint(0, 9)), after(found_on, self.rng.randint(0, 20))
        deadline = after(found_on, self.rng.randint(0, 20))
        row, number = self._take(
            "hazard",
            enterprise=firm.number,
            found_on=found_on,
            source="部门检查",
            level="一般",
            description=f"第{self._serial()}处",
            deadline_on=deadline,
            rectified_on=rectified,
            accepted_on=accepted,
        )
        events = (("found", found_on, deadline), ("accepted", accepted, ""))
        self._made["hazard", row] = Hazard(number, firm_id, where(firm, found_on), "一般", events)

    def found_another_day(self) -> None:
        row, hazard = self._one(Hazard)
        day = self._past()
        self._take("hazard", number=hazard.number, found_on=day)
        first = hazard.events[0]
        self._made["hazard", row] = replace(hazard, events=(("found", day, first[2]), *hazard.events[1:]))

    def found_elsewhere(self) -> None:
        row, hazard = self._one(Hazard)
        town = self._town()
        self._take("hazard", number=hazard.number, town=town)
        self._made["hazard", row] = replace(hazard, town=town)

    def report(self) -> None:
        row, _ = self._hazard_at("open", "rectified")
        hazard_cycle.report(self._gate, row, self._past(), "现状", None, "方案")

    def supervise(self) -> None:
        row, hazard = self._hazard_at("open", "rectified")
        day = self._past()
        hazard_cycle.supervise(self._gate, row, self.rng.choice(LEVELS), None, day)
        self._made["hazard", row] = replace(hazard, listings=(*hazard.listings, (day, OPEN)))

    def _hazard_at(self, *stages: str) -> tuple[int, Hazard]:
        """A hazard, mostly one that may take the step."""
        found = [(key[1], hazard) for key, hazard in of(self._made, Hazard) if hazard.stage in stages]
        return self.rng.choice(found) if found and self.rng.random() < 0.8 else self._one(Hazard)

    def _soon(self, day: str) -> str:
        """Near an event before, so that a fair share of the steps is allowed."""
        return min(after(day, self.rng.randint(-1, 25)), self.today)

    def extend(self) -> None:
        row, hazard = self._hazard_at("open", "rectified")
        day = self._soon(hazard.events[-1][1])
        to = after(hazard.events[-1][2] or day, self.rng.randint(-1, 40))
        hazard_cycle.extend(self._gate, row, to, day, "设备未到", None, None)
        self._made["hazard", row] = replace(hazard, events=(*hazard.events, ("extended", day, to)))

    def rectify(self) -> None:
        row, hazard = self._hazard_at("open")
        hazard_cycle.rectify(self._gate, row, self._soon(hazard.events[-1][1]), "更换", 100)
        self._made["hazard", row] = replace(hazard, rectified=True)

    def accept(self) -> None:
        row, hazard = self._hazard_at("rectified")
        day = self._soon(hazard.events[-1][1])
        level = self.rng.choice((None, *LEVELS))
        hazard_cycle.accept(self._gate, row, day, level=level)
        self._closed(row, hazard, day)

    def close_hazard(self) -> None:
        row, hazard = self._hazard_at("open")
        day = self._soon(hazard.events[-1][1])
        hazard_cycle.close(self._gate, row, day, rectified_on=day, level=self.rng.choice((None, *LEVELS)))
        self._closed(row, hazard, day)

    def _closed(self, row: int, hazard: Hazard, day: str) -> None:
        listings = tuple((a, day if b == OPEN else b) for a, b in hazard.listings)
        events = (*hazard.events, ("accepted", day, ""))
        self._made["hazard", row] = replace(hazard, events=events, listings=listings, rectified=False)

    def fail(self) -> None:
        row, hazard = self._hazard_at("rectified")
        day, reason = self._soon(hazard.events[-1][1]), self.rng.choice((None, "型号不符"))
        hazard_cycle.accept(self._gate, row, day, qualified=False, failure_reason=reason)
        self._made["hazard", row] = replace(hazard, rectified=False)

    def reopen(self) -> None:
        row, hazard = self._hazard_at("closed")
        day = self._soon(hazard.events[-1][1])
        deadline = after(day, self.rng.randint(-1, 40))
        hazard_cycle.reopen(self._gate, row, day, deadline, "又拆除")
        self._made["hazard", row] = replace(hazard, events=(*hazard.events, ("reopened", day, deadline)))

    def void_hazard(self) -> None:
        row, hazard = self._one(Hazard)
        self._void("hazard", row)
        self._made["hazard", row] = replace(hazard, voided=True)

    # contracts

    def contract(self) -> None:
        firm_id, firm = self._one(Enterprise)
        kind, from_on = self.rng.choice(CONTRACTS), self._past()
        last_on = after(from_on, self.rng.choice((-1, 0, 30, 364)))
        ended_on = after(from_on, self.rng.randint(0, 40)) if self.rng.random() < 0.2 else ""
        row, number = self._take(
            "trusteeship",
            enterprise=firm.number,
            agency="某某公司",
            kind=kind,
            from_on=from_on,
            last_on=last_on,
            visits_per_year=4,
            ended_on=ended_on,
        )
        self._made["contract", row] = Contract(number, firm_id, kind, from_on, ended_on or after(last_on))

    def end_contract(self) -> None:
        row, contract = self._one(Contract)
        day = after(contract.from_on, self.rng.randint(-1, 60))
        trusteeship.end(self._gate, row, day, "停产")
        self._made["contract", row] = replace(contract, until_on=day)

    def another_party(self) -> None:
        """The contract was entered under the wrong enterprise."""
        row, contract = self._one(Contract)
        firm_id, firm = self._one(Enterprise)
        self._take("trusteeship", number=contract.number, enterprise=firm.number)
        self._made["contract", row] = replace(contract, enterprise=firm_id)

    def void_contract(self) -> None:
        row, contract = self._one(Contract)
        self._void("trusteeship", row)
        self._made["contract", row] = replace(contract, voided=True)

    # totals without records

    def opening(self) -> None:
        indicator = self.rng.choice(("training.负责人", "hazard.found", "case.fine", *STOCKS))
        town = self._town(may_be_unknown=True)
        from_on = self.rng.choice((*MONTH_ENDS, self._past()))
        if self.rng.random() < 0.3 and of(self._made, Training):
            _, course = self._one(Training)
            town, from_on = course.town, min(after(course.held_on, self.rng.randint(-5, 60)), self.today)
            indicator = TRAINING[course.kind]
        known = [
            figure.cumulative
            for _, figure in of(self._made, Opening)
            if (figure.indicator, figure.town, figure.from_on[:4]) == (indicator, town, from_on[:4])
        ]
        cumulative = max(known, default=0) + self.rng.choice((-3, 0, 0, 5, 40)) if known else self.rng.randint(0, 60)
        cumulative = max(cumulative, 0)
        row, number = self._take(
            "opening_figure",
            indicator=indicator,
            town=town or "全市",
            from_on=from_on,
            cumulative=f"{cumulative}元" if indicator == "case.fine" else str(cumulative),
            source="永安委办〔2018〕3号",
        )
        fen = cumulative * 100 if indicator == "case.fine" else cumulative
        was = self._made.get(("opening", row))
        written = was.written_down if isinstance(was, Opening) else 0
        self._made["opening", row] = Opening(number, indicator, town, from_on, fen, written)

    def edit_opening(self) -> None:
        row, figure = self._one(Opening)
        from_on = self.rng.choice((figure.from_on, *MONTH_ENDS, self._past()))
        fen = max(figure.cumulative + self.rng.choice((-100, 0, 500)), 0)
        self._take(
            "opening_figure",
            number=figure.number,
            from_on=from_on,
            cumulative=f"{fen // 100}.{fen % 100:02d}元" if figure.indicator == "case.fine" else str(fen),
        )
        self._made["opening", row] = replace(figure, from_on=from_on, cumulative=fen)

    def write_down(self) -> None:
        row, figure = self._one(Opening)
        by = self.rng.randint(1, 12)
        opening_figure.write_down(self._gate, row, by)
        self._made["opening", row] = replace(figure, written_down=figure.written_down + by)

    def void_opening(self) -> None:
        row, figure = self._one(Opening)
        self._void("opening_figure", row)
        self._made["opening", row] = replace(figure, voided=True)

    # targets

    def target(self) -> None:
        indicator, town = self.rng.choice(TARGETS), self._town(may_be_unknown=True)
        quantity = self.rng.choice((None, 0, 3, 20))
        from_on = self.rng.choice(("", "2018-04-01", "2018-07-01", "2018-10-01"))
        row, number = self._take(
            "target",
            year=2018,
            indicator=indicator,
            town=town or "全市",
            quantity=quantity,
            document="永安委〔2018〕3号",
            from_on=from_on,
        )
        was = self._made.get(("target", row))
        if isinstance(was, Dated) and quantity is None:
            quantity = was.value  # type: ignore[assignment] -- a blank leaves the value
        self._made["target", row] = Dated(number, (2018, indicator, town), from_on or "2018-01-01", quantity)

    def edit_target(self) -> None:
        row, target = self._dated("target")
        from_on = self.rng.choice(("2018-01-01", "2018-04-01", "2018-07-01", "2018-10-01", "2019-01-01"))
        quantity = self.rng.choice((5, "（清空）"))
        self._take("target", number=target.number, from_on=from_on, quantity=quantity)
        value = None if quantity == "（清空）" else quantity
        self._made["target", row] = replace(target, from_on=from_on, value=value)

    def void_target(self) -> None:
        row, target = self._dated("target")
        self._void("target", row)
        self._made["target", row] = replace(target, voided=True)

    def _dated(self, table: str) -> tuple[int, Dated]:
        found = [(key[1], entry) for key, entry in of(self._made, Dated) if key[0] == table]
        if not found:
            raise NothingToDo
        return self.rng.choice(found)

    # --- holding the ledger against the model

    def compare(self, days: Iterable[str]) -> None:
        """Sums by month, sums by day, view and simulation agree; so does what they do not show."""
        wanted = simulate(self.model, days)
        for day, figures in wanted.items():
            months, by_day, view = (f(self.ledger, day) for f in (from_months, from_days, from_view))
            assert months == by_day, (self.seed, day, "months, days", difference(months, by_day))
            assert by_day == view, (self.seed, day, "days, view", difference(by_day, view))
            assert view == figures, (self.seed, day, "view, simulation", difference(view, figures))
            self._distinct(day)
            self._in_force(day)
        self._no_double_counting()
        self._nothing_refers_to_what_is_void()

    def _distinct(self, day: str) -> None:
        rows = self.ledger.execute(
            "SELECT town_code, subject FROM indicator_item WHERE indicator LIKE 'trusteeship.%' AND root = 'enterprise'"
            " AND from_on <= ?1 AND ?1 < until_on",
            (day,),
        ).fetchall()
        found: dict[str, set[int]] = {"合计": {row[1] for row in rows}}
        for town, subject in rows:
            found.setdefault(town, set()).add(subject)
        assert found == in_trusteeship(self.model, day), (self.seed, day)

    def _in_force(self, day: str) -> None:
        """Targets and settings: the one that began last is in force."""
        wanted: dict[tuple[object, ...], tuple[str, object]] = {}
        for (table, _), entry in of(self.model, Dated):
            key = (table, *entry.key)
            if entry.from_on <= day and (key not in wanted or wanted[key][0] < entry.from_on):
                wanted[key] = (entry.from_on, entry.value)
        found: dict[tuple[object, ...], tuple[str, object]] = {}
        where_in_force = " WHERE voided_on IS NULL AND from_on <= ?1 AND ?1 < until_on"
        for row in self.ledger.execute("SELECT name, from_on, value FROM setting" + where_in_force, (day,)):
            assert ("setting", row[0]) not in found, (self.seed, day, row[0])
            found["setting", row[0]] = (row[1], row[2])
        query = "SELECT year, indicator, COALESCE(town_code, ''), from_on, quantity FROM target"
        for row in self.ledger.execute(query + where_in_force, (day,)):
            assert ("target", *row[:3]) not in found, (self.seed, day, tuple(row))
            found["target", row[0], row[1], row[2]] = (row[3], row[4])
        assert found == wanted, (self.seed, day, difference(found, wanted))

    def _no_double_counting(self) -> None:
        """Single records stand beside a total only as far as it was written down; no two contracts overlap."""
        figures = of(self.model, Opening)
        since = parts(self.model)
        on_day = simulate(self.model, {figure.from_on for _, figure in figures}, openings=False)
        for key, figure in figures:
            first, quantity = since[key]
            assert quantity >= 0, (self.seed, figure)
            if figure.indicator in FLOWS:
                recorded = _between(self.model, figure, first)
            else:
                recorded = on_day[figure.from_on][figure.indicator, figure.town]
            assert recorded <= figure.written_down, (self.seed, figure, recorded)
        contracts = [contract for _, contract in of(self.model, Contract)]
        for a in contracts:
            for b in contracts:
                if a is not b and (a.enterprise, a.kind) == (b.enterprise, b.kind):
                    assert not max(a.from_on, b.from_on) < min(a.until_on, b.until_on), (self.seed, a, b)

    def _nothing_refers_to_what_is_void(self) -> None:
        towns = {town.code for _, town in of(self.model, Town)} | {""}
        firms = {key[1] for key, _ in of(self.model, Enterprise)}
        for _, hazard in of(self.model, Hazard):
            assert hazard.town in towns, (self.seed, hazard)
            assert hazard.enterprise in firms, (self.seed, hazard)
        for _, contract in of(self.model, Contract):
            assert contract.enterprise in firms, (self.seed, contract)
        for kind in (Training, Opening, Village):
            for _, entry in of(self.model, kind):
                assert entry.town in towns, (self.seed, entry)

    def snapshot(self) -> None:
        """Remember the ledger as it stands, to be compared with what the inverse makes of it later."""
        days = ("2018-02-28", "2018-06-30", self.today)
        figures = {day: from_view(self.ledger, day) for day in days}
        self.snapshots.append((max(self.effects), dump(self.ledger, self.ids), figures))

    def compare_snapshots(self) -> None:
        """The ledger as of an operation is the ledger as it was then."""
        for operation, records, figures in self.snapshots:
            with closing(inverse.as_of(self.ledger, operation)) as then:
                assert dump(then, self.ids) == records, (self.seed, operation)
                for day, wanted in figures.items():
                    assert from_view(then, day) == wanted, (self.seed, operation, day)
                    assert from_months(then, day) == wanted, (self.seed, operation, day)

    def put_all_back(self) -> None:
        """Every operation put back, newest first, leaves nothing."""
        with closing(inverse.copy(self.ledger)) as copy:
            for operation in sorted(self.effects, reverse=True):
                write.put_back(copy, operation)
            left = {table: rows for table, rows in dump(copy, self.ids).items() if rows}
            assert not left, (self.seed, left)

    def run(self, steps: int) -> History:
        """`steps` operations, comparing along the way; then the inverse, and the check."""
        for number in range(1, steps + 1):
            self.step()
            if number % 7 == 0:
                self.snapshot()
            if number % 15 == 0:
                self.compare(self._days())
        self.compare(self._days())
        self.compare_snapshots()
        self.put_all_back()
        faults = check.check(self.ledger)
        assert not faults, (self.seed, [str(fault) for fault in faults])
        return self

    def _days(self) -> list[str]:
        return [
            *self.rng.sample(ALL_DAYS, 5),
            *(max(after(self.today, -self.rng.randint(0, 120)), ALL_DAYS[0]) for _ in range(4)),
            "2018-06-30",
            "2018-12-31",
            "2019-01-01",
            self.today,
        ]


def _between(model: Model, figure: Opening, first: str) -> int:
    """Single records of a flow in the days a total stands for."""
    if figure.indicator == "hazard.found":
        days = [(h.events[0][1], h.town, 1) for _, h in of(model, Hazard)]
    else:
        days = [(t.held_on, t.town, t.passed) for _, t in of(model, Training) if TRAINING[t.kind] == figure.indicator]
    return sum(n for day, town, n in days if town == figure.town and first <= day <= figure.from_on)


def difference(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> dict[Any, tuple[Any, Any]]:
    """The cells in which two tables of figures differ."""
    return {cell: (one.get(cell), other.get(cell)) for cell in one.keys() | other.keys() if one.get(cell) != other.get(cell)}


# What is drawn, and what it needs; once for each time it stands here.
ACTIONS: tuple[tuple[str, type[Entry] | None], ...] = (
    *(("training", Town), ("hazard", Enterprise), ("contract", Enterprise), ("opening", Town)) * 3,
    *(("rectify", Hazard), ("accept", Hazard), ("extend", Hazard), ("reopen", Hazard)) * 4,
    *(("move", Enterprise), ("close_hazard", Hazard), ("supervise", Hazard), ("fail", Hazard)) * 2,
    *(("target", Town), ("end_contract", Contract), ("write_down", Opening)) * 2,
    *(("town", None), ("void_town", Town), ("village", Town), ("void_village", Village)),
    *(("setting", None), ("void_setting", Dated), ("letter", None)),
    *(("enterprise", Town), ("rename", Enterprise), ("state_and_risks", Enterprise)),
    *(("credit_code", Enterprise), ("void_enterprise", Enterprise)),
    *(("edit_training", Training), ("void_training", Training), ("whole_hazard", Enterprise), ("report", Hazard)),
    *(("found_another_day", Hazard), ("found_elsewhere", Hazard), ("void_hazard", Hazard)),
    *(("another_party", Contract), ("void_contract", Contract), ("edit_opening", Opening)),
    *(("void_opening", Opening), ("edit_target", Dated), ("void_target", Dated)),
)

"""Ledgers to measure on: one county of sixteen towns with as many hazards as asked for, all through the real gate;
with departments, if so asked, that find hazards, answer for them and inspect.

Everything follows from the counters below, so a ledger of a size is the same on every machine. A ledger that was
built before is taken again, as long as the schema and this page are the same.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from anjian_cli.ledger import content, schema, sums, write
from anjian_cli.ledger.create import create
from anjian_cli.ledger.gate import Gate
from anjian_cli.rules.intervals import OPEN
from anjian_cli.rules.word_lists import HAZARDS

TODAY = "2018-11-05"
AT = "2018-11-05T01:00:00Z"
REGION = "330784"
FIRST_DAY, DAYS = date(2014, 1, 1), 1764  # the days on which hazards are found: up to 30 October 2018
TOWNS = tuple(f"{REGION}{100 + n:03d}" for n in range(16))
TOWN_NAMES = (
    *("东城", "西城", "江南", "石柱", "前仓", "舟山", "古山", "方岩"),
    *("龙山", "西溪", "象珠", "唐先", "花街", "芝英", "开发区", "城西"),
)
SOURCES = ("网格巡查", "企业自查", "部门检查", "中介诊断")
KINDS = ("喷涂", "涉氨", "涉粉", "小微")
HAZARDS_A_FIRM = 20
CONTRACTS = 566  # as many enterprises as a county had in trusteeship, however many hazards it wrote down
OPEN_OF = 20  # of so many hazards one is still open
TO = "测算第20局"  # a department that answers for no hazard that is open, of the twenty that a county has
MAJOR_OF = 24  # of so many hazards one is 重大, where departments find them
MAJOR: dict[str, str | int] = {
    "responsible": "测算",
    "measures": "更换",
    "contingency_plan": "停产撤人",
    "funds": 100_000,
}


class Parts(NamedTuple):
    """Seconds that the parts of a bulk operation took. `sums` and `chain` are inside `finish`, measured apart."""

    rows: int
    insert: float
    rules: float
    finish: float
    sums: float
    chain: float


class Work(NamedTuple):
    """What departments do: how many there are, and their inspections."""

    departments: int = 0
    inspections: int = 0


NONE = Work()


def path_of(folder: Path, hazards: int, work: Work = NONE) -> Path:
    """Where the ledger of a size lies."""
    born_of = schema.text() + Path(__file__).read_text(encoding="utf-8")
    told = "-".join(map(str, (hazards, *(work if work != NONE else ()))))
    return folder / f"ledger-{told}-{hashlib.sha256(born_of.encode()).hexdigest()[:8]}.db"


def ledger(folder: Path, hazards: int, work: Work = NONE) -> Path:
    """The ledger of a size, built if it is not there."""
    path = path_of(folder, hazards, work)
    if not path.exists():
        build(path, hazards, work)
    return path


def build(path: Path, hazards: int, work: Work = NONE) -> Parts:
    """A new ledger at `path`: one operation for everything. Raises `Refused` where something is there already."""
    partial = path.with_suffix(".building")
    partial.unlink(missing_ok=True)
    create(partial)
    began = time.perf_counter()
    with write.operation(partial, "import", at=AT, actor="测算", today=TODAY) as gate:
        _frame(gate)
        firms = _firms(gate, max(1, hazards // HAZARDS_A_FIRM))
        departments = _departments(gate, work.departments)
        for number in range(hazards):
            _hazard(gate, number, firms, departments)
        for number in range(work.inspections):
            _inspection(gate, number, firms, departments)
        (rows,) = gate.connection.execute("SELECT sum(seq) FROM sqlite_sequence").fetchone()
        inserted = time.perf_counter()
        broken = gate.faults()
        assert not broken, broken[:3]
        ruled = time.perf_counter()
    finished = time.perf_counter()
    with closing(sqlite3.connect(partial)) as connection:
        sums.counted(connection)
        counted = time.perf_counter()
        query = "SELECT table_name, first_id, last_id, before FROM change WHERE operation = 1 ORDER BY seq"
        content.digest(connection, connection.execute(query).fetchall(), [])
    hashed = time.perf_counter()
    partial.rename(path)
    return Parts(rows, inserted - began, ruled - inserted, finished - ruled, counted - finished, hashed - counted)


def open_numbers(path: Path, count: int) -> list[str]:
    """Numbers of hazards that stand open, so many. Raises ValueError where there are too few left."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT h.number FROM hazard_deadline d JOIN hazard h ON h.id = d.hazard_id"
            " WHERE d.until_on = ? ORDER BY h.id LIMIT ?",
            (OPEN, count),
        ).fetchall()
    if len(found) < count:
        raise ValueError(f"only {len(found)} open hazards in {path.name}")
    return [number for (number,) in found]


def _frame(gate: Gate) -> None:
    """Towns, settings, this year's targets."""
    for position, (code, short) in enumerate(zip(TOWNS, TOWN_NAMES, strict=True), 1):
        gate.insert("town", code=code, name=f"{short}镇", short_name=short, kind="镇", position=position)
    for name, value in (("region_code", REGION), ("region_name", "测算市"), ("issuer", "测算市安委办")):
        number = gate.number("setting", REGION, 2018)
        gate.insert("setting", number=number, name=name, value=value, from_on="2014-01-01")
    for code in TOWNS:
        for kind in KINDS:
            gate.insert(
                "target",
                number=gate.number("target", code, 2018),
                year=2018,
                indicator=f"trusteeship.{kind}",
                town_code=code,
                quantity=10,
                document="永安委〔2018〕3号",
                from_on="2018-01-01",
            )


def _firms(gate: Gate, count: int) -> list[int]:
    """Enterprises, each in one town, the first of them with a contract of trusteeship."""
    found = []
    for number in range(count):
        town = TOWNS[number % len(TOWNS)]
        name = f"测算第{number}工具厂"
        firm = gate.insert(
            "enterprise",
            number=gate.number("enterprise", town, 2014),
            name=name,
            name_key=name,
            registration_number=f"{number:013d}",
        )
        gate.insert("residence", enterprise_id=firm, town_code=town)
        if number < CONTRACTS:
            begin = date(2017, 6, 1) + timedelta(number * 7 % 500)
            gate.insert(
                "trusteeship",
                number=gate.number("trusteeship", REGION, begin.year),
                enterprise_id=firm,
                agency="测算安全技术公司",
                kind=KINDS[number % 7 % len(KINDS)],
                from_on=begin.isoformat(),
                last_on=(begin + timedelta(364)).isoformat(),
                until_on=(begin + timedelta(365)).isoformat(),
                visits_per_year=4,
            )
        found.append(firm)
    return found


def _departments(gate: Gate, count: int) -> list[str]:
    """Departments, by their numbers."""
    numbers = [gate.number("department", REGION, 2014) for _ in range(count)]
    for position, number in enumerate(numbers, 1):
        gate.insert("department", number=number, name=f"测算第{position}局", position=position)
    return numbers


def _hazard(gate: Gate, number: int, firms: list[int], departments: list[str]) -> None:
    """A hazard with its deadline of fifteen days; most are accepted within three weeks, some of them late. Where there
    are departments, one found it, another one answers for it, it is of a category, and some are 重大."""
    firm = number % len(firms)
    town = TOWNS[firm % len(TOWNS)]
    found = FIRST_DAY + timedelta(number * 37 % DAYS)
    deadline = found + timedelta(15)
    accepted = found + timedelta(3 + number % 19)
    closed = number % OPEN_OF != 0 and accepted.isoformat() <= TODAY
    major = bool(departments) and number % MAJOR_OF == 1
    hazard = gate.insert(
        "hazard",
        number=gate.number("hazard", town, found.year),
        enterprise_id=firms[firm],
        town_code=town,
        found_on=found.isoformat(),
        source=SOURCES[number % len(SOURCES)],
        level="重大" if major else "一般",
        description=f"第{number}处：喷漆房无防爆灯，通道堆放杂物",
        deadline_on=deadline.isoformat(),
        found_by=departments[number % len(departments)] if departments else None,
        charged_to=departments[number // 3 % len(departments)] if departments else None,
        category=HAZARDS.words[number % len(HAZARDS.words)] if departments else None,
        **(MAJOR if major else {}),
    )
    gate.insert(
        "hazard_deadline",
        hazard_id=hazard,
        deadline_on=deadline.isoformat(),
        late_from=(deadline + timedelta(1)).isoformat(),
        from_on=found.isoformat(),
        until_on=accepted.isoformat() if closed else OPEN,
        ended_by="验收" if closed else None,
        due_on=deadline.isoformat(),
        settled_on=accepted.isoformat() if closed else None,
    )
    if closed:
        gate.insert(
            "rectification",
            hazard_id=hazard,
            rectified_on=(accepted - timedelta(1)).isoformat(),
            accepted_on=accepted.isoformat(),
            conclusion="合格",
            accepted_by="测算",
        )


def _inspection(gate: Gate, number: int, firms: list[int], departments: list[str]) -> None:
    """An inspection by one of the departments, on the days on which hazards are found."""
    firm = number * 7 % len(firms)
    day = FIRST_DAY + timedelta(number * 41 % DAYS)
    town = TOWNS[firm % len(TOWNS)]
    gate.insert(
        "inspection",
        number=gate.number("inspection", town, day.year),
        enterprise_id=firms[firm],
        town_code=town,
        department=departments[number % len(departments)] if departments else None,
        inspected_on=day.isoformat(),
        method=SOURCES[number // 5 % len(SOURCES)],
        found_any="有" if number % 3 == 0 else "无",
    )

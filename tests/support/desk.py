"""A clerk's desk for tests of the ledger and the workflow: records taken in and steps taken, on fixed days."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from anjian_cli.bulletin import explain
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Cell
from anjian_cli.errors import Refused
from anjian_cli.ledger import write
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.workflow import register, voiding
from anjian_cli.workflow import undo as workflow_undo
from anjian_cli.workflow.kept_record import Kept
from oracle.figures import Figures, from_days, from_months, from_view

TODAY = "2018-11-05"
ZHIYING, SHIZHU = "330784109", "330784110"
FIVE: dict[str, Any] = {
    "responsible": "责任人甲",
    "measures": "停产改造",
    "funds": 500000,
    "contingency_plan": "应急预案一",
}


class Desk:
    """A ledger and short words to write in it through the workflow. Every call is an operation of its own."""

    def __init__(self, ledger: sqlite3.Connection, at: str = "2018-11-05T01:00:00Z") -> None:
        self.ledger, self.at = ledger, at
        self._numbers = itertools.count(1)

    def gate(self, today: str = TODAY, command: str = "test") -> AbstractContextManager[Gate]:
        return write.gate(self.ledger, command, at=self.at, actor="经办人甲", today=today)

    def take(self, record: str, today: str = TODAY, **given: Any) -> Kept:
        """Parsed values."""
        with self.gate(today) as gate:
            return register.take(gate, definition.record(record), given, Finder(gate.connection))

    def read(self, record: str, today: str = TODAY, **texts: str) -> Kept:
        """Values as typed."""
        columns = definition.record(record).columns
        return self.take(record, today, **{name: columns[name].read(text) for name, text in texts.items()})

    def void(self, record: str, row: int, why: str = "重复登记", today: str = TODAY) -> None:
        with self.gate(today) as gate:
            voiding.void(gate, definition.record(record), row, why)

    def step(self, step: Callable[..., object], *what: Any, today: str = TODAY, **more: Any) -> None:
        with self.gate(today) as gate:
            step(gate, *what, **more)

    def undo(self, operation: int | None = None) -> int:
        """Undo an operation (the newest); returns the number of the operation that does it."""
        with self.gate(command="undo") as gate:
            workflow_undo.undo(gate, operation if operation is not None else gate.head)
        return self.head

    @property
    def head(self) -> int:
        return int(self.ledger.execute("SELECT COALESCE(max(id), 0) FROM operation").fetchone()[0])

    def figure(self, indicator: str, day: str, town: str = ZHIYING) -> int:
        """A cell as the view has it, which the sums have as well."""
        return self.cells(day).get((indicator, town), 0)

    def cells(self, day: str) -> Figures:
        """Every cell that is not 0, as the view has them, which the sums have as well."""
        found = from_view(self.ledger, day)
        assert found == from_days(self.ledger, day) == from_months(self.ledger, day)
        return found

    def figures(self, indicator: str, *days: str, town: str = ZHIYING) -> list[int]:
        return [self.figure(indicator, day, town) for day in days]

    def cell(self, indicator: str, town: str = ZHIYING, month: str = "2018-10") -> Cell:
        """A cell of the bulletin of a month that has ended."""
        bulletin = compile_bulletin(self.ledger, ended(int(month[:4]), int(month[5:])))
        tables = [t for c in bulletin.categories for t in c.indicators if t.id == indicator]
        return next(c for c in tables[0].cells if c.town == town)

    def near(self, indicator: str, month: str = "2018-10", town: str = ZHIYING) -> list[str]:
        """Why records near a cell of the bulletin do not count."""
        asked = explain.Asked(ended(int(month[:4]), int(month[5:])), town, indicator)
        return [near.reason for near in explain.explain(self.ledger, asked).not_counted]

    def row(self, table: str, row: int) -> sqlite3.Row:
        found: sqlite3.Row = self.ledger.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row,)).fetchone()
        return found

    def rows(self, table: str, *columns: str, where: str = "1") -> list[tuple[object, ...]]:
        """Some columns of the rows of a table, in the order of their ids."""
        found = self.ledger.execute(f'SELECT {", ".join(columns)} FROM "{table}" WHERE {where} ORDER BY id')
        return [tuple(row) for row in found]

    # records with nothing special about them

    def towns(self) -> None:
        self.take("town", code=ZHIYING, name="芝英镇")
        self.take("town", code=SHIZHU, name="石柱镇")

    def enterprise(self, name: str | None = None, **more: Any) -> int:
        name = name or f"永康市第{next(self._numbers)}工具厂"
        return self.take("enterprise", **{"town": "芝英镇", "name": name, "no_code_reason": "在办", **more}).row_id

    def of(self, record: str, enterprise: int, today: str = TODAY, **given: Any) -> int:
        """A record of an enterprise."""
        return self.take(record, today, enterprise=self.name(enterprise), **given).row_id

    def edit(self, record: str, row: int, today: str = TODAY, **given: Any) -> Kept:
        """A record by its number."""
        return self.take(record, today, number=self.row(record, row)["number"], **given)

    def correct(self, record: str, row: int, today: str = TODAY, **given: Any) -> Kept:
        """A record by its number, what was wrong in it put right."""
        with self.gate(today) as gate:
            told = {"number": self.row(record, row)["number"], **given}
            return register.correct(gate, definition.record(record), told, Finder(gate.connection))

    def move(self, enterprise: int, town: str, day: str, today: str = TODAY) -> None:
        self.edit("enterprise", enterprise, today, town=town, changed_on=day)

    def name(self, enterprise: int) -> str:
        return str(self.row("enterprise", enterprise)["name"])

    def training(self, **more: Any) -> int:
        given: dict[str, Any] = {
            "town": "芝英镇",
            "held_on": "2018-10-09",
            "kind": "网格员",
            "title": f"第{next(self._numbers)}期",
        }
        return self.take("training", **{**given, "attended": 10, "passed": 8, **more}).row_id

    def hazard(self, enterprise: int, **more: Any) -> int:
        given: dict[str, Any] = {
            "found_on": "2018-10-09",
            "source": "网格巡查",
            "level": "一般",
            "deadline_on": "2018-10-31",
        }
        given |= {"enterprise": self.name(enterprise), "description": f"第{next(self._numbers)}处"}
        return self.take("hazard", **{**given, **more}).row_id

    def contract(self, enterprise: int, **more: Any) -> int:
        given: dict[str, Any] = {
            "enterprise": self.name(enterprise),
            "agency": "示例安全技术公司",
            "kind": "喷涂",
            "visits_per_year": 4,
        }
        given |= {"from_on": "2018-03-01", "last_on": "2019-02-28"}
        return self.take("trusteeship", **{**given, **more}).row_id

    def standard(self, enterprise: int, announced_on: str | None = None, today: str = TODAY, **more: Any) -> int:
        given = {"grade": "三级", "kind": "新创", "announced_on": announced_on, **more}
        return self.of("standardization", enterprise, max(today, announced_on or ""), **given)

    def programme(self, enterprise: int, **more: Any) -> int:
        given = {"action": "2018年喷涂行业整治", "kind": "喷涂", "enrolled_on": "2018-01-15", **more}
        return self.of("programme", enterprise, **given)

    def tested(self, enterprise: int, reported_on: str, over: int = 0, **more: Any) -> int:
        given = {"agency": "示例检测技术公司", "sampled_on": reported_on, "points": 10, "points_over": over, **more}
        return self.of("health_test", enterprise, max(TODAY, reported_on), reported_on=reported_on, **given)

    def village(self, name: str = "溪心村", code: str = "330784109201") -> int:
        return self.take("village", code=code, name=name).row_id

    def responsible(self, village: str = "溪心村", **more: Any) -> int:
        return self.take("responsible_village", **{"year": 2018, "village": village, **more}).row_id

    def guided(self, enterprise: int, guided_on: str = "2018-05-09", village: str = "溪心村", **more: Any) -> int:
        return self.of("guidance", enterprise, max(TODAY, guided_on), village=village, guided_on=guided_on, **more)

    def case(self, **more: Any) -> int:
        given: dict[str, Any] = {
            "case_number": f"永安监立案〔2018〕{next(self._numbers)}号",
            "party": "永康市示例五金厂",
            "town": "芝英镇",
            "cause": "未按规定设置安全警示标志",
            "filed_on": "2018-09-10",
        }
        return self.take("enforcement_case", **{**given, "accident": "否", "joint": "否", **more}).row_id

    def accident(self, happened_on: str = "2018-09-20", **more: Any) -> int:
        given: dict[str, Any] = {"name": f"第{next(self._numbers)}起事故", "town": "芝英镇", "sector": "工矿商贸"}
        given |= {"happened_on": happened_on, "deaths": 1, "serious": 0}
        return self.take("accident", **{"today": max(TODAY, happened_on), **given, **more}).row_id

    def filing(self, month: str = "2018-10", filed_on: str = "2018-10-31", **more: Any) -> int:
        given = {"town": "芝英镇", "month": month, "filed_on": filed_on, "method": "微信", "nil": "否", **more}
        return self.take("filing", max(TODAY, filed_on), **given).row_id

    def statistic(self, amount: str, kind: str = "从业人员", **more: Any) -> int:
        given = {"kind": kind, "town": "全市", "from_on": "2017-12-31", "source": "统计公报", **more}
        return self.take("statistic", amount=amount, **given).row_id

    def monthly(self, month: str, quantity: int, kind: str = "避灾安置场所", **more: Any) -> int:
        given = {"kind": kind, "town": "芝英镇", "month": month, "quantity": quantity, **more}
        return self.take("monthly_figure", **{"today": max(TODAY, f"{month}-28"), **given}).row_id

    def opening(self, indicator: str, from_on: str, cumulative: str, town: str = "芝英镇", **more: Any) -> int:
        given: dict[str, Any] = {
            "indicator": indicator,
            "from_on": from_on,
            "cumulative": cumulative,
            "town": town,
            **more,
        }
        return self.take("opening_figure", source="永安委办〔2018〕13号", **given).row_id

    def target(self, quantity: int | None, from_on: str | None = None, **more: Any) -> int:
        given: dict[str, Any] = {
            "year": 2018,
            "indicator": "网格员",
            "town": "芝英镇",
            "document": "永安委〔2018〕3号",
            **more,
        }
        return self.take("target", quantity=quantity, from_on=from_on, **given).row_id


@contextmanager
def refuses(*codes: str) -> Iterator[list[str]]:
    """What is inside is refused, for these reasons; the messages, for who wants to read them."""
    messages: list[str] = []
    with pytest.raises(Refused) as caught:
        yield messages
    assert [fault.code for fault in caught.value.faults] == list(codes), str(caught.value)
    for fault in caught.value.faults:
        assert f"〔{fault.code}〕" in str(fault)  # every word its templates want is there
        messages.append(str(fault))

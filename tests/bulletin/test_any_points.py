"""Random schemes that give points over random small ledgers: every point, total, place, and what is told of them agree
with an oracle that counts records; a month that was issued stays what the oracle said when it was locked; adopted,
changed, withdrawn, undone leaves what was before."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from anjian_cli.bulletin import locked_month
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.errors import Refused
from anjian_cli.ledger import check, write
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS
from anjian_cli.workflow import month as month_of
from anjian_cli.workflow import opening_figure, register, scheme, undo, voiding
from oracle import points
from oracle.figures import Dump, dump
from oracle.histories import History
from oracle.model import Department, Town, after, month_end, of
from oracle.random_points import OWN_WORD, Drawn, drawn
from oracle.tallies import Records, Words
from support import printed_points, scheme_file
from support.held_points import Locked, held, locked
from support.sweeps import sweep

BEGINS = "2018-06-20"
STEPS = (
    *("work_item", "monthly_figure", "hazard", "accident", "inspection", "training") * 4,
    *("rectify", "accept", "close_hazard", "whole_hazard") * 3,
    *("fail", "reopen", "extend", "supervise", "move", "amend", "write_off", "correct_accident", "edit_training") * 1,
    *("department", "hand_over", "hand_over", "mend_departments"),
    *("edit_work_item", "edit_monthly_figure", "void_of_office", "void_training", "void_hazard"),
)
"""What points are made of, and what changes it later."""
EXPECTED = frozenset({"E765", "E766", "E767"})
"""Why a scheme may not begin on a day: another one does, tasks are left over, months are locked."""


class PointsHistory(History):
    """A history of what points are made of, and of what somebody gives: marks, liftings, tasks, totals without
    records."""

    def __init__(self, seed: int, today: str) -> None:
        super().__init__(seed, today)
        self._totals = Random(f"totals of {seed}")

    def _undo(self) -> None:
        """As the others; but what came before a total may clash with it when it comes back, and what the model knows
        nothing of, a report, may rest on what would go."""
        newest, last = max(self.effects), self.rng.random() < 0.5
        before = self.refusals["E414"] + self.refusals["E432"]
        done = self.take_back(newest if last else self.rng.choice(sorted(self.effects)))
        refused = self.refusals["E414"] + self.refusals["E432"]
        assert done or not last or refused > before, (self.seed, newest, self.refusals)

    def _draw(self) -> str:
        return self.rng.choice(STEPS)

    def write(self, act: Callable[[Gate], object]) -> bool:
        """An operation that the model knows nothing of; False where it is refused."""
        at = f"2018-01-01T00:01:{self.rng.randint(0, 59):02d}Z"
        try:
            with write.gate(self.ledger, "test", at=at, actor="测试", today=self.today) as gate:
                act(gate)
        except Refused as refused:
            codes = {fault.code for fault in refused.faults}
            self.refusals.update(codes)
            return False
        self.note_rows()
        return True

    def read(self, record: str, **told: str) -> bool:
        columns = definition.record(record).columns
        given = {name: columns[name].read(text) for name, text in told.items()}
        return self.write(lambda gate: register.take(gate, definition.record(record), given, Finder(gate.connection)))

    def report(self) -> None:
        """Most towns report most months of late, in time or not; now and then a report is voided."""
        for _, town in of(self.model, Town):
            for back in (0, 31, 62):
                month = after(self.today, -back)[:7]
                if self.rng.random() < 0.8:
                    day = min(after(f"{month}-28", self.rng.choice((0, 0, 9))), self.today)
                    told = {"month": month, "filed_on": day, "method": "微信", "nil": self.rng.choice("是否")}
                    self.read("filing", town=town.code, **told)
        for _, department in of(self.model, Department):
            if self._aside.random() < 0.6:
                month = after(self.today, -self._aside.choice((0, 31)))[:7]
                told = {"month": month, "filed_on": self.today, "method": "微信", "nil": self._aside.choice("是否")}
                self.read("filing", department=department.name, **told)
        there = self.ledger.execute("SELECT id FROM filing WHERE voided_on IS NULL").fetchall()
        if there and self.rng.random() < 0.4:
            (row,) = self.rng.choice(there)
            self.write(lambda gate: voiding.void(gate, definition.record("filing"), row, "重复登记"))

    def give(self, asked: Drawn) -> None:
        """What somebody gives by a scheme: a mark, that something does not apply, a lifting, a task."""
        day = self._past()
        forms = asked.shorts("评分"), asked.shorts("否决"), asked.tasked, asked.shorts("扣分", "按率", "按档", "加分")
        marked, vetoes, tasked, others = forms
        points_given = self.rng.choice(("-2", "-0.5", "0", "1.25", "7"))
        ways = [
            *[("mark", {"indicator": short, "marked_on": day, "points": points_given}) for short in marked],
            *[("veto_lifting", {"indicator": short, "lifted_on": day, "document": "示复1号"}) for short in vetoes],
            *[("target", {"indicator": short, "year": day[:4], "document": "示1号"}) for short in tasked],
            *[("mark", {"indicator": short, "marked_on": day, "points": "不涉及"}) for short in others[:1]],
        ]
        if ways:
            record, told = self.rng.choice(ways)
            if record == "target":
                told["quantity"] = self.rng.choice(("0", "1", "3", "8"))
            if record == "mark":
                told["reason"] = self._maybe(f"理由{self._serial()}")
            kinds = asked.kinds(str(told["indicator"]))
            there = [("town", town.code) for _, town in of(self.model, Town) if TOWNS in kinds]
            there += [("department", each.name) for _, each in of(self.model, Department) if DEPARTMENTS in kinds]
            if there:
                whose, name = self.rng.choice(there)
                self.read(record, **{whose: name}, **{name: text for name, text in told.items() if text})

    def total(self, asked: Drawn) -> bool:
        """An opening figure of a town, of a month's end or not, perhaps more than the one before it; or one is written
        down, or voided. Whether there is one more."""
        rng, there = (
            self._totals,
            self.ledger.execute("SELECT * FROM opening_figure WHERE voided_on IS NULL").fetchall(),
        )
        if there and rng.random() < 0.2:
            row = rng.choice(there)["id"]
            by = rng.randint(1, 3)
            if rng.random() < 0.5:
                self.write(lambda gate: opening_figure.write_down(gate, row, by))
            else:
                self.write(lambda gate: voiding.void(gate, definition.record("opening_figure"), row, "重复登记"))
            return False
        shorts = [short for short, row in asked.rows.items() if "数" in row and TOWNS in asked.kinds(short)]
        named = [row.get(title, "") for row in asked.rows.values() for title in ("加", "减", "对照")]
        shorts += 2 * [short for short in shorts if any(short in each for each in named)]
        for _ in range(6 if shorts else 0):
            short, town = rng.choice(shorts), rng.choice([town.code for _, town in of(self.model, Town)])
            months = (int(self.today[:4]) - 2017) * 12 + int(self.today[5:7])
            day = min(month_end("2017-01", rng.randint(max(0, months - 16), months - 1)), self.today)
            day = day if rng.random() < 0.7 else f"{day[:8]}{rng.randint(1, 27):02d}"
            before = [row["cumulative"] for row in there if (row["indicator"], row["town_code"]) == (short, town)]
            number = str(max(before, default=0) + rng.choice((0, 0, 1, 3, 8)))
            if self.read(
                "opening_figure", indicator=short, town=town, from_on=day, cumulative=number, source="某县2018年报表"
            ):
                return True
        return False

    def merge(self) -> bool:
        """A town and a department go into others; what they did, and what was given to them, counts for these."""
        day = after(self.today, -self.rng.randint(0, 80))
        towns = [(town.code, town.code) for _, town in of(self.model, Town)]
        departments = [(each.number, each.name) for _, each in of(self.model, Department)]
        done = False
        for record, key, there in (("town", "code", towns), ("department", "number", departments)):
            if len(there) > 1:
                (gone, _), (_, into) = self.rng.sample(there, 2)
                done |= self.read(record, **{key: gone, "until_on": day, "merged_into": into})
        return done


_LOG = frozenset({"operation", "change", "operation_root", "number_sequence", "sqlite_sequence", "ledger"})
"""What goes on whatever is undone: the log of operations, and numbers, of which none is given twice."""


def kept(ledger: sqlite3.Connection) -> Dump:
    """Every row of every other table, and the totals of these tables."""
    found = {name: sorted(rows, key=str) for name, rows in dump(ledger).items() if name not in _LOG}
    found["row_total"] = [row for row in found["row_total"] if row[0] not in _LOG]
    return found


def adopt(history: PointsHistory, told: Drawn, day: str, folder: Path) -> bool:
    """From its text; adopted, undone, and adopted again, the ledger holds what it held."""
    ledger = history.ledger
    path = folder / f"{told.name}.toml"
    path.write_text(told.text, encoding="utf-8")
    before = kept(ledger)
    seen = set(history.refusals)
    done = history.write(lambda gate: scheme.adopt(gate, scheme_file.read(ledger, path), day))
    if not done:
        assert set(history.refusals) - seen <= EXPECTED, (history.seed, history.refusals, told.text)
        assert kept(ledger) == before
        return False
    after = kept(ledger)
    if history.rng.random() < 0.5:
        for state in (before, after):
            with write.gate(ledger, "undo", at="2018-01-01T00:02:00Z", actor="测试", today=history.today) as gate:
                undo.undo(gate, gate.head)
            assert kept(ledger) == state, history.seed
        history.note_rows()
    return True


def issue(history: PointsHistory, schemes: list[tuple[str, Drawn]]) -> Locked:
    """Lock and issue the last month that has ended; it is what the records are on that day."""
    year, month = int(history.today[:4]), int(history.today[5:7]) - 1
    period = ended(year, month) if month else ended(year - 1, 12)
    assert history.write(lambda gate: month_of.close(gate, period, "0")), history.refusals
    number = f"示安委办〔{period.year}〕{period.month}号"
    assert history.write(lambda gate: month_of.issue(gate, period.key, number, history.today)), history.refusals
    asked = points.read([told for day, told in schemes if day <= period.as_of][-1].text)
    return locked(history.ledger, asked, period, Records(history.ledger, counted(schemes)))


def there_and_back(history: PointsHistory, before: Drawn, folder: Path) -> int:
    """A scheme adopted, changed by another, marked and given tasks by, and all of it taken back again, the newest
    first: the ledger is at each step what it was. How many operations were taken back."""
    ledger = history.ledger
    states, heads = [kept(ledger)], [history._newest()]

    def note() -> None:
        if history._newest() != heads[-1]:
            states.append(kept(ledger))
            heads.append(history._newest())

    for name, own_day in (("丙", "2020-01-01"), ("丁", "2020-03-01")):
        after_it = drawn(history.rng, name, before, _tasked(history, before), own=False)
        path = folder / f"{name}.toml"
        path.write_text(after_it.text, encoding="utf-8")
        draft = scheme_file.read(ledger, path)
        if history.write(lambda gate, draft=draft, day=own_day: scheme.adopt(gate, draft, day)):  # type: ignore[misc]
            note()
            before = after_it
            for _ in range(3):
                history.give(before)
                note()
    for state, head in zip(states[-2::-1], heads[:0:-1], strict=True):
        assert history.write(lambda gate, head=head: undo.undo(gate, head)), history.refusals  # type: ignore[misc]
        assert kept(ledger) == state, (history.seed, head)
    assert [str(fault) for fault in check.check(ledger)] == [], history.seed
    return len(states) - 1


def printed(history: PointsHistory, schemes: list[tuple[str, Drawn]]) -> Counter[str]:
    """A month that has ended in every form that goes out, of towns and of departments; how many cells were held."""
    year, month = int(history.today[:4]), int(history.today[5:7]) - 1
    period = ended(year, month) if month else ended(year - 1, 12)
    in_force = [told for day, told in schemes if day <= period.as_of]
    if not in_force or locked_month.find(history.ledger, period.key) is not None:
        return Counter()
    asked, records = points.read(in_force[-1].text), Records(history.ledger, counted(schemes))
    whole = compile_bulletin(history.ledger, period)
    kinds = []
    for of_kind, bulletin in ((TOWNS, whole), (DEPARTMENTS, whole.of_departments())):
        if bulletin is not None and bulletin.points is not None:
            by_hand = points.Month(history.ledger, asked, records, period.year, period.month, kind=of_kind)
            rows = {code: by_hand.row(code) for code in by_hand.codes}
            kinds.append(printed_points.Units(bulletin, by_hand, rows))
    return printed_points.held(history.ledger, kinds)


def counted(schemes: list[tuple[str, Drawn]]) -> dict[str, tuple[str, Words]]:
    """What each indicator counts that any scheme asked for."""
    return {code: of for _, told in schemes for code, of in points.read(told.text).counted.items()}


def compare(history: PointsHistory, schemes: list[tuple[str, Drawn]], months: int) -> Counter[str]:
    """Some months, each by the scheme of its last day; how many items have points, or why they have none. One that is
    locked is no longer what the records are now."""
    found: Counter[str] = Counter()
    last = int(history.today[:4]) * 12 + int(history.today[5:7]) - 2
    first = 2018 * 12
    records = Records(history.ledger, counted(schemes))
    for ordinal in sorted(history.rng.sample(range(first, last + 1), min(months, last + 1 - first))):
        year, month = ordinal // 12, ordinal % 12 + 1
        end = month_end(f"{year}-{month:02d}")
        in_force = [told for day, told in schemes if day <= end]
        if not in_force or locked_month.find(history.ledger, end[:7]) is not None:
            continue
        asked = points.read(in_force[-1].text)
        try:
            by_kind = [held(history.ledger, asked, year, month, records, of=kind) for kind in (TOWNS, DEPARTMENTS)]
        except AssertionError as error:
            raise AssertionError(history.seed, *error.args) from error
        for by_hand in by_kind:
            for unit in by_hand.codes:
                row = by_hand.row(unit)
                found.update(worth.state or "分" for worth in row.items.values())
                found.update({"否决": len(row.vetoes), "解除": len(row.lifted), "后果": len(row.consequences)})
                found["部门" if by_hand.of_departments else "镇"] += sum(
                    1 for each in row.items.values() if each.points
                )
    in_force = [told for day, told in schemes if day <= history.today]
    asked = points.read(in_force[-1].text)
    try:
        for kind in (TOWNS, DEPARTMENTS):
            held(
                history.ledger, asked, int(history.today[:4]), int(history.today[5:7]), records, history.today, of=kind
            )
    except AssertionError as error:
        raise AssertionError(history.seed, history.today, *error.args) from error
    return found


def lived(seed: int, steps: int, months: int, folder: Path, *, prints: bool = False) -> Counter[str]:
    """A history: a scheme from New Year's Day, another in the middle of the year; returns what was compared."""
    with closing(PointsHistory(seed, BEGINS)) as history:
        history.read("term", list="工作项种类", word=OWN_WORD, from_on="2017-01-01")
        for number in range(3):
            history.read("work_item", kind=OWN_WORD, town=history._town(), done_on=f"2018-0{number + 2}-03", times="2")
        for _ in range(4):
            history._operate("department", history.department)
        first = drawn(history.rng, "甲")
        schemes = [("2018-01-01", first)]
        assert adopt(history, first, "2018-01-01", folder), history.refusals
        found = Counter[str]()
        issued: list[Locked] = []
        for part in range(2):
            for at in range(steps):
                history.step()
                if at % 3 == 0:
                    history.give(schemes[-1][1])
                if at % 12 == 5:
                    history.report()
                if at % 7 == 3:
                    found["期初数"] += history.total(schemes[-1][1])
            found += compare(history, schemes, months)
            if part == 0 and prints:
                found += printed(history, schemes)
            if part == 0:
                _withdraw_word(history)
                day = history.rng.choice(("2018-07-01", "2018-09-15", "2019-01-01"))
                second = drawn(history.rng, "乙", first, _tasked(history, first), own=False)
                if adopt(history, second, day, folder):
                    schemes.append((day, second))
                issued.append(issue(history, schemes))
                found["中途并入"] += history.merge()
        if history.merge():
            found["并入"] += 1
            found += compare(history, schemes, months)
        for each in issued:
            each.stands(history.ledger)
        found["撤回"] += there_and_back(history, schemes[-1][1], folder)
        return found


def _withdraw_word(history: PointsHistory) -> None:
    """The office's own word, with the records that have it: they count on in old months."""
    (row,) = history.ledger.execute("SELECT id, number FROM term WHERE word = ?", (OWN_WORD,)).fetchall()
    if history.rng.random() < 0.5:
        assert history.read("term", number=row["number"], until_on=history.today), history.refusals
    else:
        voided = history.write(lambda gate: voiding.void(gate, definition.record("term"), row["id"], "不再用"))
        assert not voided, "a word that records have was voided"


def _tasked(history: PointsHistory, told: Drawn) -> list[str]:
    codes = {row[0] for row in history.ledger.execute("SELECT indicator FROM target WHERE voided_on IS NULL")}
    return [short for short, row in told.rows.items() if row["编号"] in codes]


@pytest.mark.unmeasured
@sweep("seed", [1, 7], keep=1)
def test_points_are_those_of_the_records(seed: int, tmp_path: Path) -> None:
    found = lived(seed, 40, 2, tmp_path, prints=True)
    assert found["分"] > 30
    assert min(found[form] for form in ("table", "csv", "xlsx", "docx", "html")) > 20

"""Facts and measures: what the items are, which measures count them, and that the sums are those of the items."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from anjian_cli.ledger import inverse, schema, sums
from anjian_cli.ledger.measures import COLUMNS, Measures, condition
from anjian_cli.rules.measure import DIMENSIONS
from oracle.departments import CHARGED_TO, FOUND_BY, by_department
from oracle.figures import Dump, dump
from oracle.histories import History
from oracle.model import after
from oracle.steps import THEMES
from support.more_measures import summing

pytestmark = pytest.mark.unmeasured  # long histories; every step has tests of its own
Cell = tuple[str, str, str]
Histories = Callable[[int], sqlite3.Connection]
MORE = (
    "training.passed",
    "training.passed?kind=主要负责人|网格员",
    "standard.valid?kind=新创",
    "standard.consulted?kind=新创&level=三级",
    "special.enrolled",
    "special.outcome?kind=涉氨&level=关停",
    "trusteeship.contract",
    "trusteeship.visits_made?kind=小微",
    "hazard.inspected?channel=联合执法|部门检查",
    "hazard.found?level=重大",
    "hazard.open?level=重大&channel=企业自查|部门检查",
    "hazard.overdue?channel=群众举报",
    "case.filed",
    "accident.count?kind=道路运输",
    *("hazard.found@charged_to", "hazard.found@found_by", "hazard.found?level=重大@found_by"),
    *("hazard.open@charged_to", "hazard.overdue?level=重大@charged_to", "hazard.inspected@found_by"),
    *("case.filed@found_by", "report.filed@found_by", "report.of_month?kind=按期@found_by"),
    *("work.done@found_by", "figure.standing@found_by"),
)
"""Measures that no indicator of 永康2018 asks for."""


@pytest.fixture(scope="module")
def histories() -> Iterator[Histories]:
    """Ledgers with random histories that have `MORE` from their first day, by seed, only to be read."""
    made: dict[int, sqlite3.Connection] = {}

    def history(seed: int) -> sqlite3.Connection:
        if seed not in made:
            with summing(*MORE):
                one = History(seed)
            for _ in range(90):
                one.step()
            made[seed] = inverse.copy(one.ledger)
            one.close()
        return made[seed]

    yield history
    for ledger in made.values():
        ledger.close()


def history(seed: int, *more: str, steps: int = 90) -> History:
    """A random history in a ledger that has more measures from its first day."""
    with summing(*more):
        made = History(seed)
    for _ in range(steps):
        made.step()
    return made


def by_hand(ledger: sqlite3.Connection, wanted: str) -> tuple[dict[Cell, int], dict[Cell, int]]:
    """What came and what went of one measure, by day and town: of every item that has the words."""
    told, _, unit = wanted.partition("@")
    fact, _, conditions = told.partition("?")
    words = dict(each.split("=") for each in conditions.split("&") if each)
    came, went = Counter[Cell](), Counter[Cell]()
    for row in ledger.execute("SELECT * FROM fact_item").fetchall():
        has = row["fact"] == fact and all(row[name] in of.split("|") for name, of in words.items())
        whose = row[unit or "town_code"]
        if (has or row["fact"] == wanted) and whose is not None:
            came[row["from_on"], wanted, whose] += row["quantity"]
            went[row["until_on"], wanted, whose] += row["quantity"]
    return came, Counter({cell: n for cell, n in went.items() if cell[0] < "9999"})


@pytest.mark.parametrize("seed", [2, 8])
def test_the_sums_of_a_measure_are_those_of_the_items_that_it_counts(histories: Histories, seed: int) -> None:
    ledger = histories(seed)
    kept = {
        (row["day"], row["measure"], row["town_code"]): (row["came"], row["went"])
        for row in ledger.execute("SELECT * FROM measure_day")
    }
    counted = 0
    for (wanted,) in ledger.execute("SELECT id FROM measure").fetchall():
        came, went = by_hand(ledger, wanted)
        for cell in came.keys() | went.keys():
            assert kept.pop(cell, (0, 0)) == (came[cell], went[cell]), cell
        counted += bool(came) and wanted in MORE
    assert {measure for _, measure, _ in kept} <= {"trusteeship.enterprises", "standard.towns_in_review"}
    assert counted >= 2  # of those that are asked for here


def test_all_are_counted_anew_as_they_were_kept_from_day_to_day(histories: Histories) -> None:
    with closing(inverse.copy(histories(4))) as ledger:
        kept = _sorted(dump(ledger, sums.TABLES))
        sums.rebuild_sums(ledger)
        assert _sorted(dump(ledger, sums.TABLES)) == kept


def _sorted(found: Dump) -> Dump:
    return {name: sorted(rows, key=str) for name, rows in found.items()}


def test_what_is_listed_is_what_is_counted(histories: Histories) -> None:
    """The condition that `explain` selects by, and the words that the gate compares."""
    ledger = histories(5)
    counting = Measures(ledger).counting
    items = [tuple(row) for row in ledger.execute(f"SELECT {COLUMNS}, record, record_id, from_on FROM fact_item")]
    for (wanted,) in ledger.execute("SELECT id FROM measure").fetchall():
        which, values = condition([wanted])
        found = ledger.execute(f"SELECT {COLUMNS}, record, record_id, from_on FROM fact_item WHERE {which}", values)
        listed = Counter(tuple(row) for row in found)
        assert listed == Counter(item for item in items if wanted in counting(item[:4])), wanted
    assert ledger.execute(f"SELECT count(*) FROM fact_item WHERE {condition([])[0]}").fetchone()[0] == 0


def test_a_word_that_nobody_asks_for_is_in_no_other_figure() -> None:
    with closing(History(0).ledger) as ledger:
        counting = Measures(ledger).counting
        assert counting(("training.passed", "应急消防", "", "")) == ()
        assert counting(("standard.reached", "定级", "三级", "")) == ()
        assert counting(("special.accepted", "锂电池", "", "")) == ()
        assert counting(("special.outcome", "锂电池", "搬迁", "")) == ()
        assert counting(("standard.valid", "新创", "小微", "")) == ()
        assert counting(("hazard.found", "", "重大", "社会监督")) == ("hazard.found",)


class TestDepartments:
    """Sums for departments, against the simulation; and where nobody asks for any, none are kept."""

    @pytest.mark.unmeasured
    def test_as_the_second_opinion_counts_them(self) -> None:
        with closing(sqlite3.connect(":memory:")) as shipped:
            shipped.executescript(schema.text())
            asked = dict(
                shipped.execute(
                    "SELECT i.measure, i.id FROM shipped_indicator i JOIN measure m ON m.id = i.measure"
                    " JOIN fact f ON f.id = m.fact WHERE f.found_by IS NOT NULL"
                ).fetchall()
            ) | {"hazard.accepted_late": "hazard.accepted_late"}
        wanted = {f"{text}@{FOUND_BY}": of for text, of in asked.items()}
        wanted |= {f"{text}@{CHARGED_TO}": of for text, of in asked.items() if of in OF_CHARGE}
        moved = Counter[str]()
        for seed, steps in ((2, 90), (3, 240), (4, 140), (8, 240)):
            made = history(seed, *wanted, steps=steps)
            with closing(made.ledger) as ledger:
                days = sorted({row[0] for row in ledger.execute("SELECT day FROM measure_day WHERE day < '2020'")})
                days = days[:: len(days) // 15 + 1]
                for unit in (FOUND_BY, CHARGED_TO):
                    simulated = by_department(made.model, days, unit)
                    for day in days:
                        kept = {
                            (wanted[measure], department): number
                            for measure, department, number in _on(ledger, day)
                            if measure.endswith(f"@{unit}")
                        }
                        assert kept == simulated[day], (seed, unit, day)
                        moved.update(f"{of}@{unit}" for of, department in kept if department)
        assert {f"{of}@{CHARGED_TO}" for of in ("hazard.found", "hazard.open", "hazard.overdue")} <= moved.keys()
        assert {f"{of}@{FOUND_BY}" for of in ("hazard.found", "case.filed", "report.filed")} <= moved.keys()

    def test_none_are_kept_that_nobody_asks_for(self) -> None:
        with closing(history(4, steps=140).ledger) as ledger:
            assert ledger.execute("SELECT count(*) FROM hazard WHERE found_by IS NOT NULL").fetchone()[0] > 0
            assert ledger.execute("SELECT count(*) FROM measure_total WHERE measure GLOB '*@*'").fetchone()[0] == 0
            assert Measures(ledger).units("hazard") == ("town_code",)


OF_CHARGE = {
    f"hazard.{name}"
    for name in (
        *("found", "open", "listed", "accepted_of_year", "due_of_year", "overdue", "awaiting", "on_time_of_year"),
        *("late_of_year", "accepted_late", "overdue_carried", "overdue_extended", "overdue_sent_back"),
    )
}


def _on(ledger: sqlite3.Connection, day: str) -> list[tuple[str, str, int]]:
    """The sums of a day that are not 0, by measure and unit."""
    found = ledger.execute(
        "SELECT s.measure, s.town_code, sum(s.came - CASE f.counted WHEN 'flow' THEN 0 ELSE s.went END)"
        " FROM measure_day s JOIN measure m ON m.id = s.measure JOIN fact f ON f.id = m.fact"
        " WHERE s.day <= ?1 AND (f.counted = 'stock' OR s.day >= substr(?1, 1, 4)) GROUP BY 1, 2",
        (day,),
    )
    return [tuple(row) for row in found if row[2]]


def test_an_opening_figure_is_of_no_department() -> None:
    with closing(history(4, *MORE).ledger) as ledger:
        found = ledger.execute("SELECT DISTINCT found_by, charged_to FROM opening_figure_item").fetchall()
        assert [tuple(row) for row in found] == [(None, None)]


def test_an_opening_figure_counts_for_its_measure_alone() -> None:
    with closing(sqlite3.connect(":memory:")) as ledger:
        ledger.executescript(
            "CREATE TABLE record_table (name, root); INSERT INTO record_table VALUES ('hazard', 'hazard');"
            "CREATE TABLE fact (id, record); INSERT INTO fact VALUES ('hazard.found', 'hazard');"
            "CREATE TABLE measure (id, fact); INSERT INTO measure VALUES ('hazard.found', 'hazard.found'),"
            " ('hazard.found?level=重大', 'hazard.found')"
        )
        counting = Measures(ledger).counting
        assert counting(("hazard.found?level=重大", "", "", "")) == ("hazard.found?level=重大",)
        assert counting(("hazard.found", "", "", "")) == ("hazard.found",)
        assert counting(("hazard.found", "", "重大", "企业自查")) == ("hazard.found", "hazard.found?level=重大")


class TestFacts:
    """What the table of facts says of the items, over random histories."""

    def test_every_item_is_of_a_fact_and_has_words_where_it_says_so(self, histories: Histories) -> None:
        words = defaultdict(set)
        for seed in range(len(THEMES)):
            ledger = histories(seed)
            facts = {row["id"]: row for row in ledger.execute("SELECT * FROM fact")}
            roots = dict(ledger.execute("SELECT name, root FROM record_table").fetchall())
            for row in ledger.execute("SELECT * FROM fact_item WHERE root <> 'opening_figure'"):
                fact = facts[row["fact"]]
                assert roots[fact["record"]] == row["root"], row["fact"]
                assert fact["counted"] == "stock" or row["until_on"] == "9999-12-31", row["fact"]
                for name in DIMENSIONS:
                    assert fact[name] is not None or row[name] == "", (row["fact"], name)
                    words[row["fact"], name].add(row[name])
        for (fact, name), found in words.items():
            if facts[fact][name] is not None and (fact, name) not in NO_WORD and facts[fact][name] not in UNTOLD:
                assert "" not in found, (fact, name)
        assert len({fact for fact, _ in words}) > 40

    def test_a_part_holds_no_longer_and_nowhere_else_than_the_whole(self, histories: Histories) -> None:
        compared = Counter[str]()
        for seed in range(len(THEMES)):
            ledger = histories(seed)
            facts = {row["id"]: row for row in ledger.execute("SELECT * FROM fact")}
            days = sorted({row[0] for row in ledger.execute("SELECT day FROM measure_day WHERE day < '2020'")})
            for day in {*days[:: len(days) // 12 + 1], *(after(day, -1) for day in days[:: len(days) // 6 + 1])}:
                held = Counter[tuple[str, str, int]]()
                for row in ledger.execute(
                    "SELECT * FROM fact_item WHERE from_on <= ? AND root <> 'opening_figure'",
                    (day,),
                ):
                    flow = facts[row["fact"]]["counted"] == "flow"
                    if row["from_on"][:4] == day[:4] if flow else day < row["until_on"]:
                        held[row["fact"], row["town_code"], row["root_id"]] += row["quantity"]
                for (fact, town, root), quantity in held.items():
                    whole = facts[fact]["part_of"]
                    if whole is not None:
                        assert quantity <= held[whole, town, root], (seed, day, fact, town, root)
                        compared[fact] += 1
        assert len(compared) > 5


UNTOLD = {"隐患类别", "工作项级别"}
"""Dimensions that a record need not tell."""
NO_WORD = {("standard.reached", "kind")}
"""Of a certificate of grade 二级 it does not matter how it was come by."""

"""上报数 that stands: a month for which a unit filed none is not known, wherever it is printed; never 0, no fall."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from anjian_cli.bulletin import correction, exact, explain, notice, progress
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.value import COUNTY, Bulletin, IndicatorTable
from anjian_cli.ledger import schemes
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.light_dataclasses import replace
from anjian_cli.records import definition
from anjian_cli.render.data.bulletin_csv import bulletin_csv
from anjian_cli.render.data.bulletin_json import bulletin_json
from anjian_cli.render.screen import differences
from anjian_cli.render.screen.bulletin_table import bulletin_table
from anjian_cli.render.screen.styled_lines import text
from anjian_cli.rules import scoring, scoring_text
from anjian_cli.rules.scoring import Given
from anjian_cli.workflow import month as locking
from anjian_cli.workflow import register, scheme, voiding
from anjian_cli.workflow.scheme_draft import Asked
from support.desk import SHIZHU, ZHIYING, Desk

STATIONS, BOTH, ANY = "daily.stations", "daily.both", "daily.any"
MEASURES = {
    STATIONS: "figure.standing?kind=微型消防站",
    BOTH: "figure.standing?kind=微型消防站|避灾安置场所",
    ANY: "figure.standing",
}


@pytest.fixture
def asking(desk: Desk) -> Desk:
    """芝英 files in September and October, 石柱 in September alone."""
    shipped = scheme.draft_of(desk.ledger, schemes.all_of(desk.ledger)[0])
    own = [
        Asked(code, "training", f"消防站{n}", f"消防站{n}", "个", "sum", of, False, "", "", "", "", False)
        for n, (code, of) in enumerate(MEASURES.items())
    ]
    with desk.gate(command="scheme adopt") as gate:
        draft = replace(shipped, name="示例2018", indicators=(*shipped.indicators, *own))
        scheme.adopt(gate, draft, "2017-01-01")
    for town, numbers in (("芝英镇", (5, 7)), ("石柱镇", (5,))):
        for month, number in zip((9, 10), numbers, strict=False):
            desk.monthly(f"2018-{month:02d}", number, kind="微型消防站", town=town)
    return desk


def table(bulletin: Bulletin, of: str = STATIONS) -> IndicatorTable:
    return next(t for c in bulletin.categories for t in c.indicators if t.id == of)


def numbers(desk: Desk, town: str, period: Period | None = None, of: str = STATIONS) -> tuple[Any, ...]:
    """Of a town: what stands, its change, what stood the month before."""
    found = table(compile_bulletin(desk.ledger, period or ended(2018, 10)), of)
    cell = next(cell for cell in (*found.cells, replace(found.whole, town=COUNTY)) if cell.town == town)
    return cell.done, cell.this_month, cell.last_month


def test_a_month_that_was_not_filed_is_no_fall(asking: Desk) -> None:
    assert numbers(asking, ZHIYING) == (7, 2, 5)
    assert numbers(asking, SHIZHU) == (None, None, 5)
    assert numbers(asking, COUNTY) == (None, None, 10)
    asking.monthly("2018-10", 0, kind="微型消防站", town="石柱镇")  # said to be nothing, that is known
    assert numbers(asking, SHIZHU) == (0, -5, 5)


def test_nor_is_the_month_after_a_rise(asking: Desk) -> None:
    asking.monthly("2018-11", 9, kind="微型消防站", town="石柱镇", today="2018-12-01")
    assert numbers(asking, SHIZHU, ended(2018, 11)) == (9, None, None)


def test_in_a_month_that_runs_the_one_before_stands(asking: Desk) -> None:
    assert numbers(asking, ZHIYING, Period(2018, 11, "2018-11-20", False)) == (7, 0, 7)
    assert numbers(asking, SHIZHU, Period(2018, 10, "2018-10-20", False)) == (5, 0, 5)


def test_of_several_kinds_each_is_to_be_filed(asking: Desk) -> None:
    assert numbers(asking, ZHIYING, of=BOTH)[0] is None
    assert numbers(asking, ZHIYING, of=ANY)[0] == 7  # any: what it ever files
    asking.monthly("2018-10", 2, town="芝英镇")
    assert numbers(asking, ZHIYING, of=BOTH)[0] == 9
    asking.monthly("2018-11", 2, town="芝英镇", today="2018-12-01")
    assert numbers(asking, ZHIYING, ended(2018, 11), of=ANY)[0] is None


def test_an_opening_figure_in_force_is_known(asking: Desk) -> None:
    asking.opening(STATIONS, "2018-10-31", "4", town="石柱镇")
    assert numbers(asking, SHIZHU)[0] == 4


def test_an_opening_figure_stands_no_longer_than_the_figure_that_it_is_for(asking: Desk) -> None:
    """Else each month that is filed after it would be counted beside it."""
    asking.opening(STATIONS, "2018-08-31", "4", town="石柱镇")
    assert numbers(asking, SHIZHU, ended(2018, 8))[0] == 4
    assert numbers(asking, SHIZHU, ended(2018, 9))[0] == 5
    assert numbers(asking, SHIZHU, ended(2018, 10))[0] is None
    asking.opening(STATIONS, "2018-07-31", "2", town="芝英镇")
    assert numbers(asking, ZHIYING, ended(2018, 8))[0] is None
    assert numbers(asking, ZHIYING, ended(2018, 9))[0] == 5


def test_it_is_said_wherever_it_is_printed(asking: Desk) -> None:
    bulletin = compile_bulletin(asking.ledger, ended(2018, 10))
    category = next(c for c in bulletin.categories if c.id == "training")
    assert SHIZHU in table(bulletin).unfiled
    assert ZHIYING not in table(bulletin).unfiled
    said = "没有上报10月的数，待报"
    assert said in table(bulletin).note
    assert said in progress.unfiled(bulletin, category)
    paragraphs = [p.text for section in notice.notice(bulletin).sections for p in section.paragraphs]
    assert any("消防站0，" in told and said in told for told in paragraphs)
    shown = text(bulletin_table(bulletin))
    assert said in shown
    rows = {row["格码"]: row for row in csv.DictReader(io.StringIO(bulletin_csv(bulletin)))}
    assert [(rows[f"10-{town}-消防站0"]["累计"], rows[f"10-{town}-消防站0"]["本月"]) for town in ("芝英", "石柱")] == [
        ("7", "2"), ("", ""),
    ]  # fmt: skip
    assert json.loads(bulletin_json(bulletin))
    assert exact.load(exact.dump(bulletin)) == bulletin


def test_filed_or_voided_after_the_month_was_locked(asking: Desk) -> None:
    """It is no correction, since by how much nobody can say; that it is none is told."""
    row = asking.ledger.execute("SELECT id FROM monthly_figure WHERE month = '2018-10'").fetchone()[0]
    with asking.gate() as gate:
        locking.close(gate, ended(2018, 10), "0.6.0")
    assert correction.not_compared(asking.ledger, "2018-10") == []
    asking.monthly("2018-10", 6, kind="微型消防站", town="石柱镇")
    asking.void("monthly_figure", row)
    found = [one for one in correction.not_compared(asking.ledger, "2018-10") if one.short == "消防站0"]
    assert [(one.town, one.was, one.now) for one in found] == [(ZHIYING, 7, None), (SHIZHU, None, 6)]
    assert correction.month_diff(asking.ledger, "2018-10") == []
    told = differences.left_out(compile_bulletin(asking.ledger, ended(2018, 10)), found)
    assert told == "芝英镇消防站0（7个 → 待报）、石柱镇消防站0（待报 → 6个）"


def test_a_figure_that_is_filed_after_the_locking_is_promised_no_correction(asking: Desk) -> None:
    with asking.gate() as gate:
        locking.close(gate, ended(2018, 10), "0.6.0")

    def said(act: Callable[[Gate], object]) -> list[tuple[str, object]]:
        with asking.gate() as gate:
            act(gate)
        return [(each.code, each.words["month"]) for each in gate.notices]

    def filed(month: str, town: str = "石柱镇", quantity: int = 6) -> Callable[[Gate], object]:
        given = {"kind": "微型消防站", "town": town, "month": month, "quantity": quantity}
        of = definition.record("monthly_figure")
        return lambda gate: register.take(gate, of, given, Finder(gate.connection))

    assert said(filed("2018-10")) == [("N442", "2018-10")]
    # What was told, and is told otherwise, is a correction; what is taken back is none.
    (row,) = asking.ledger.execute("SELECT max(id) FROM monthly_figure").fetchone()
    assert said(lambda gate: gate.update("monthly_figure", row, quantity=8)) == [("N501", "2018-10")]
    of = definition.record("monthly_figure")
    assert said(lambda gate: voiding.void(gate, of, row, "重复登记")) == [("N442", "2018-10")]
    assert said(filed("2018-08")) == []  # was never locked, and stood no longer in October


def test_explained_it_says_who_has_not_filed(asking: Desk) -> None:
    found = explain.explain(asking.ledger, explain.Asked(ended(2018, 10), SHIZHU, STATIONS))
    assert (found.figure, found.counted) == (None, ())
    assert found.notes == ("石柱镇没有上报10月的数，这一天的数字待报（没有的报0）",)


def test_points_that_rest_on_it_are_open() -> None:
    silent = Given(base=20, unfiled=True)
    without_task = scoring.points(scoring_text.read("按率", "10", ""), replace(silent, base=None))
    assert without_task.state == scoring.MISSING  # nothing is asked of it
    for form, full, rule in (("扣分", "10", "每=1；扣=1"), ("按率", "10", ""), ("加分", "", "每=1；加=1")):
        how = scoring_text.read(form, full, rule)
        assert scoring.points(how, silent).state == scoring.UNREPORTED
        assert scoring.points(how, replace(silent, unfiled=False)).state == scoring.UNKNOWN
    of_another = Given(value=3, base_counted=True, unfiled=True)
    assert scoring.points(scoring_text.read("按率", "10", ""), of_another).state == scoring.UNREPORTED
    known = scoring.points(scoring_text.read("扣分", "10", "每=1；扣=1"), Given(value=3))
    assert known.points == Fraction(7)

"""An issued month stays what it is while the ledger goes on; what changed is a correction, counted independently.

Random histories (`oracle.histories`) go on for 200 steps after October 2018 was issued.
"""

from __future__ import annotations

import io
import random
import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from anjian_cli.bulletin import exact, figures, locked_month
from anjian_cli.bulletin.compile import compile_bulletin, kept_bulletin
from anjian_cli.bulletin.correction import diff_records, month_diff
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.explain import Asked, explain
from anjian_cli.bulletin.period import ended, period
from anjian_cli.bulletin.value import COUNTY, Bulletin
from anjian_cli.ledger import check, inverse, write
from anjian_cli.ledger import open as opening
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.data import bulletin_csv, bulletin_json
from anjian_cli.render.screen import bulletin_table as screen_table
from anjian_cli.render.screen import styled_lines
from anjian_cli.workflow import month
from oracle.histories import BEGINS, History
from oracle.simulation import simulate
from support.bulletin_ledger import compiled_once
from support.plain_environment import unmeasured
from support.sweeps import swept

pytestmark = pytest.mark.unmeasured  # long histories; the parts have tests of their own
OCTOBER, DAY = ended(2018, 10), "2018-10-31"
AFTERWARDS = 200
AGAIN = "2019-02-11T08:00:00Z"


def printed(bulletin: Bulletin) -> tuple[str, str, str]:
    out = io.StringIO()
    styled_lines.show(screen_table.bulletin_table(bulletin), out)
    return out.getvalue(), bulletin_csv.bulletin_csv(bulletin), bulletin_json.bulletin_json(bulletin)


def lock(history: History) -> None:
    with write.gate(history.ledger, "month close", at="2018-11-02T08:00:00Z", actor="甲", today="2018-11-02") as gate:
        month.close(gate, OCTOBER, "0")
    with write.gate(history.ledger, "month issue", at="2018-11-05T08:00:00Z", actor="甲", today="2018-11-05") as gate:
        month.issue(gate, OCTOBER.key, "永安委办〔2018〕15号", "2018-11-05")
    history._ids_and_numbers(fresh=True)


def go_on(history: History, steps: int) -> None:
    """Steps about the months around October, also late ones."""
    for _ in range(steps):
        history.step()
        if history.today > "2019-02-10":
            history.today = "2018-11-10"


@pytest.fixture(scope="module", params=swept([0, 1, 2], keep=1))
def issued(request: pytest.FixtureRequest) -> tuple[History, Counter[tuple[str, str]], tuple[str, str, str], int]:
    with unmeasured():
        history = History(1000 + request.param, BEGINS)
        while history.today < "2018-11-02":
            history.step()
    lock(history)
    (head,) = history.ledger.execute("SELECT head FROM issued_month").fetchone()
    then = simulate(history.model, [DAY])[DAY]
    paper = printed(compile_bulletin(history.ledger, OCTOBER))
    with unmeasured():
        go_on(history, AFTERWARDS)
    return history, then, paper, head


Issued = tuple[History, Counter[tuple[str, str]], tuple[str, str, str], int]


def test_october_printed_again_is_the_october_that_was_issued(issued: Issued) -> None:
    history, _, paper, _ = issued
    assert printed(compile_bulletin(history.ledger, OCTOBER)) == paper


def test_the_difference_is_what_an_independent_recount_finds(issued: Issued) -> None:
    history, then, _, head = issued
    now = simulate(history.model, [DAY])[DAY]
    known_now = figures.done(history.ledger, define(history.ledger, OCTOBER))
    past = inverse.as_of(history.ledger, head)
    known_then = figures.done(past, define(past, OCTOBER))
    found = {(one.indicator, one.town): one.now - one.was for one in month_diff(history.ledger, OCTOBER.key)}
    compared = 0
    for cell in known_now.keys() & known_then.keys():
        if known_now[cell] is None or known_then[cell] is None:
            continue
        if cell[0] in {"trusteeship.enterprises", "standard.towns_in_review"}:
            continue
        # Completed in time and accepted late is in time, as long as nothing else is set.
        counted = [cell, *([("hazard.accepted_late", cell[1])] if cell[0] == "hazard.on_time_of_year" else [])]
        difference = sum(now[each] - then[each] for each in counted)
        assert found.pop(cell, 0) == difference, cell
        compared += difference != 0
    assert compared > 5
    assert all(known_now.get(cell) is None or known_then.get(cell) is None for cell in found)


def test_the_records_behind_a_difference_add_up_to_it(issued: Issued) -> None:
    history = issued[0]
    for one in month_diff(history.ledger, OCTOBER.key):
        behind = diff_records(history.ledger, OCTOBER.key, one.indicator, one.town)
        assert sum(record.quantity for record in behind) == one.now - one.was


def test_the_next_bulletin_carries_the_corrections(issued: Issued) -> None:
    history = issued[0]
    october = compile_bulletin(history.ledger, OCTOBER)
    november = compile_bulletin(history.ledger, ended(2018, 11))
    corrections = {(one.indicator, one.town): one.now - one.was for one in november.corrections}
    assert list(november.corrections) == month_diff(history.ledger, OCTOBER.key)
    assert corrections
    was = {(t.id, cell.town): cell.done for c in october.categories for t in c.indicators for cell in t.cells}
    checked = 0
    for category in november.categories:
        for indicator in category.indicators:
            for cell in indicator.cells if indicator.kind == "flow" else ():
                before = was.get((indicator.id, cell.town))  # a town may be newer than October
                if before is not None and cell.done is not None and cell.this_month is not None:
                    correction = corrections.get((indicator.id, cell.town), 0)
                    assert cell.done == before + correction + cell.this_month
                    checked += bool(cell.done)
    assert checked


def test_withdrawn_and_locked_again_it_is_what_the_records_say(issued: Issued) -> None:
    history, _, paper, _ = issued
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as ledger:
        ledger.deserialize(history.ledger.serialize())
        opening.prepare(ledger)
        with write.gate(ledger, "month withdraw", at=AGAIN, actor="甲", today=history.today) as gate:
            month.withdraw(gate, OCTOBER.key, "数字有误", history.today)
        (kept,) = locked_month.withdrawn(ledger)
        assert printed(replace(kept_bulletin(ledger, kept), state="issued")) == paper
        open_again = compile_bulletin(ledger, OCTOBER)
        with write.gate(ledger, "month close", at=AGAIN, actor="甲", today=history.today) as gate:
            month.close(gate, OCTOBER, "0")
        again = compile_bulletin(ledger, OCTOBER)
        assert again == replace(open_again, state="closed", witness=again.witness)
        assert month_diff(ledger, OCTOBER.key) == []
        assert compile_bulletin(ledger, ended(2018, 11)).corrections == ()
        assert check.check(ledger) == []


def test_every_figure_is_the_sum_of_what_explains_it(issued: Issued) -> None:
    """A few dozen cells here, most of them not empty; every cell of the program's own random ledgers is explained in
    tests/bulletin/test_explain.py."""
    history = issued[0]
    rng = random.Random(history.seed)
    for of in (OCTOBER, ended(2018, 11), period(2019, 1, "2019-01-17")):
        bulletin = compile_bulletin(history.ledger, of)
        assert exact.load(exact.dump(bulletin)) == bulletin
        known = [
            (COUNTY if cell is table.total else cell.town, table.id, cell)
            for category in bulletin.categories
            for table in category.indicators
            for cell in (*table.cells, table.total, *([table.other] if table.other else []))
            if cell.done is not None
        ]
        full = [asked for asked in known if asked[2].done]
        assert full
        for place, indicator, cell in rng.sample(full, min(10, len(full))) + rng.sample(known, 3):
            with compiled_once(history.ledger, bulletin):
                found = explain(history.ledger, Asked(of, place, indicator))
            assert found.figure == cell.done
            assert sum(item.quantity for item in found.counted) == cell.done, cell.code

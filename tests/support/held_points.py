"""A month's points as the program has and tells them, held against the second opinion of `oracle.points`."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from anjian_cli.bulletin import composition, exact, explain, locked_month, points_explained
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.data.bulletin_csv import bulletin_csv
from anjian_cli.render.data.bulletin_json import bulletin_json
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS
from oracle.points import OPEN, Asked, Month, Row
from oracle.tallies import Records
from support.bulletin_ledger import compiled_once


def held(
    ledger: sqlite3.Connection,
    asked: Asked,
    year: int,
    month: int,
    records: Records | None = None,
    today: str = "",
    *,
    of: str = TOWNS,
) -> Month:
    """Compare every item, category, total, grade, place, veto, consequence of a month, in the bulletin, its JSON, its
    CSV, and explained; the month as it is by hand. With `today` it is the running month of that day. `of` TOWNS or
    DEPARTMENTS; of these nothing is compared where the bulletin has none, because there are none or nothing is asked
    of them."""
    by_hand = Month(ledger, asked, records or Records(ledger, asked.counted), year, month, today, of)
    period = Period(year, month, today, finished=False) if today else ended(year, month)
    whole = compile_bulletin(ledger, period)
    assert exact.load(exact.dump(whole)) == whole
    bulletin = whole if of == TOWNS else whole.of_departments()
    if bulletin is None:
        assert not (by_hand.asked.items and by_hand.codes)
        return by_hand
    assert {town.code for town in bulletin.towns} == by_hand.codes.keys()
    wanted = {town.code: by_hand.row(town.code) for town in bulletin.towns}
    if bulletin.points is None:
        for town in bulletin.towns:
            notes = [note for note in bulletin.notes if note.startswith(town.name)]
            _said(f"{by_hand.key} {town.name}", notes, wanted[town.code])
        return by_hand
    for code, row in wanted.items():
        _row(bulletin, code, row)
    _places(bulletin, by_hand, wanted)
    _json(bulletin, wanted)
    _csv(bulletin, wanted)
    for at, (code, row) in enumerate(wanted.items()):
        if at == month % len(wanted):
            with compiled_once(ledger, whole):
                _explained(ledger, period, bulletin, code, row, of)
                _listed(ledger, period, by_hand, code, of)
    return by_hand


def _row(bulletin: Bulletin, town: str, row: Row) -> None:
    table = bulletin.points
    assert table is not None
    found = table.row(town)
    here = f"{bulletin.month} {town}"
    items = {item.id: (each.points, each.state) for item, each in zip(table.items, found.items, strict=True)}
    _same(here, items, {code: tuple(worth) for code, worth in row.items.items()})
    told = {c.id: each.points for c, each in zip(table.categories, found.categories, strict=True)}
    _same(here, told, {code: points for code, points in row.categories.items() if code in told})
    whole = {
        "total": (found.total, row.total),
        "full": (found.full, row.full),
        "open": (found.open, row.open),
        "grade": (found.grade, row.grade),
        "unheard": (found.unheard, row.unheard),
        "provisional": (found.provisional, any(worth.state in OPEN for worth in row.items.values())),
    }
    _same(here, {name: has for name, (has, _) in whole.items()}, {name: had for name, (_, had) in whole.items()})
    assert len(found.vetoes) == len(row.vetoes) + len(row.lifted), (here, found.vetoes, row.vetoes, row.lifted)
    _said(here, (*found.vetoes, *found.consequences), row)
    placing = next((effect for effect in ("不参加排名", "名次末位") if effect in row.effects), "")
    assert (found.placing, found.nullified) == (placing, "得分归零" in row.effects and not _nothing(row)), here


def _said(here: str, told: Sequence[str], row: Row) -> None:
    """What is said of a unit: a veto, standing or lifted, each consequence whose condition is met."""
    vetoes = [each for each in told if "情形" in each]
    consequences = [each for each in told if "的条件" in each]
    assert len(vetoes) == len(row.vetoes) + len(row.lifted), (here, told, row.vetoes, row.lifted)
    assert len([each for each in vetoes if "解除" in each]) == len(row.lifted), (here, told)
    assert len(consequences) == len({code for code, _ in row.consequences}), (here, told, row.consequences)
    assert all(any(said in each for each in consequences) for _, said in row.consequences), (here, told)


def _nothing(row: Row) -> bool:
    """Whether there is nothing that could be scored."""
    return bool(row.items) and row.total is None


def _same(here: str, found: Mapping[str, object], wanted: Mapping[str, object]) -> None:
    names = found.keys() | wanted.keys()
    differing = {name: (found.get(name), wanted.get(name)) for name in names if found.get(name) != wanted.get(name)}
    assert not differing, (here, "found, by hand", differing)


def _places(bulletin: Bulletin, by_hand: Month, wanted: Mapping[str, Row]) -> None:
    found = {score.town: score.rank for score in bulletin.scores if score.rank is not None}
    _same(bulletin.month, found, by_hand.places(wanted))
    scores = {score.town: score.score for score in bulletin.scores}
    _same(bulletin.month, scores, {town: row.total for town, row in wanted.items()})


def _json(bulletin: Bulletin, wanted: Mapping[str, Row]) -> None:
    told = json.loads(bulletin_json(bulletin))["points"]
    ids = [item["id"] for item in told["items"]]
    for row in told["rows"]:
        worths = {of: each["points"] for of, each in zip(ids, row["items"], strict=True)}
        by_hand = wanted[row["town"]]
        _same(bulletin.month, _exact(worths), {code: worth.points for code, worth in by_hand.items.items()})
        _same(bulletin.month, _exact({"": row["total"]}), {"": by_hand.total})


def _exact(told: Mapping[str, str | None]) -> dict[str, Fraction | None]:
    return {name: None if value is None else Fraction(value) for name, value in told.items()}


def _shown(value: Fraction | None) -> str:
    """With as many decimals as it has; with two, half away from nought, where it has more."""
    if value is None:
        return ""
    cents = int((abs(value) * 200 + 1) // 2)
    text = f"{cents // 100}.{cents % 100:02d}"
    if (value * 100).denominator == 1:
        text = text.rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and cents else text


def _csv(bulletin: Bulletin, wanted: Mapping[str, Row]) -> None:
    whose = "部门编号" if bulletin.units == DEPARTMENTS else "镇街代码"
    rows = [row for row in csv.DictReader(io.StringIO(bulletin_csv(bulletin).lstrip("\ufeff"))) if row[whose]]
    for town, by_hand in wanted.items():
        of = {row["指标编码"]: row["得分"].lstrip("'") for row in rows if row[whose] == town and row["指标编码"]}
        expected = {code: _shown(worth.points) for code, worth in by_hand.items.items()}
        _same(bulletin.month, {code: of[code] for code in expected}, expected)
        (whole,) = (row for row in rows if row[whose] == town and row["类别"] == "综合")
        assert (whole["得分"].lstrip("'"), whole["等次"]) == (_shown(by_hand.total), by_hand.grade), (town, whole)


def _explained(ledger: sqlite3.Connection, period: Period, bulletin: Bulletin, town: str, row: Row, of: str) -> None:
    """A total by category, a category by item, an item by its steps: what is explained adds up by itself."""
    table = bulletin.points
    assert table is not None
    whole = points_explained.whole(ledger, composition.Asked(period, town, "", of))
    assert whole is not None
    assert (whole.result, whole.grade) == (row.total, row.grade), town
    assert [part.points for part in whole.parts] == [row.categories[each.id] for each in table.categories]
    month = period.month
    if not table.categories:  # a scheme may ask nothing of departments
        return
    category = table.categories[month % len(table.categories)]
    found = points_explained.whole(ledger, composition.Asked(period, town, category.id, of))
    assert found is not None
    assert found.result == row.categories[category.id], (town, category.id)
    if not table.items:
        return
    scored = table.items[(period.year + month) % len(table.items)]
    item = points_explained.item(ledger, explain.Asked(period, town, scored.id, of))
    assert item is not None
    worth = row.items[scored.id]
    assert item.points.points == worth.points, (town, scored.id)
    if worth.points is not None:
        assert sum(step.by for step in item.steps) == worth.points, (town, scored.id, item.steps)


def _listed(ledger: sqlite3.Connection, period: Period, by_hand: Month, town: str, of: str) -> None:
    """The records that are listed for an item, a veto or a consequence are what was counted of it in the 考核期."""
    for item in by_hand.asked.items:
        if not item.fact or not item.form:
            continue
        found = explain.explain(ledger, explain.Asked(period, town, item.code, of))
        if by_hand.unfiled(item, town) or not by_hand.is_known(item, town):
            assert found.figure is None, (by_hand.key, town, item.code, found.figure)
            continue
        wanted = by_hand.value(item, town)
        listed = sum(each.quantity for each in found.counted)
        assert listed == found.figure == wanted, (by_hand.key, town, item.code, listed, found.figure, wanted)


@dataclass(frozen=True)
class Locked:
    """A month as it was locked: its row with every cell, and what units had by hand on that day."""

    period: Period
    rows: tuple[tuple[object, ...], ...]
    wanted: Mapping[str, Mapping[str, Row]]

    def stands(self, ledger: sqlite3.Connection) -> None:
        """It is to the byte what it was, says what was said by hand then, and is explained from what was there then."""
        assert _rows(ledger, self.period) == self.rows, self.period.key
        whole = compile_bulletin(ledger, self.period)
        for of, wanted in self.wanted.items():
            bulletin = whole if of == TOWNS else whole.of_departments()
            for code, row in wanted.items():
                if bulletin is not None and bulletin.points is not None:
                    _row(bulletin, code, row)
            if bulletin is not None and bulletin.points is not None:
                code, row = next(iter(wanted.items()))
                _explained(ledger, self.period, bulletin, code, row, of)


def locked(ledger: sqlite3.Connection, asked: Asked, period: Period, records: Records | None = None) -> Locked:
    """A month that is locked, on the very day: its bulletin, and the year's figure of each cell, are those by hand."""
    wanted = {}
    for of in (TOWNS, DEPARTMENTS):
        by_hand = held(ledger, asked, period.year, period.month, records, of=of)
        wanted[of] = {code: by_hand.row(code) for code in by_hand.codes}
        items = {item.code: item for item in by_hand.asked.items if item.fact}
        for indicator, unit, done in ledger.execute(
            "SELECT indicator, town_code, done FROM month_cell WHERE issued_month_id = (SELECT id FROM issued_month"
            " WHERE month = ? AND withdrawn_on IS NULL)",
            (period.key,),
        ):
            if indicator in items and unit in by_hand.codes:
                by_year = by_hand.of_year(items[indicator], unit)
                assert done == by_year, (period.key, unit, indicator, done, by_year)
    return Locked(period, _rows(ledger, period), wanted)


def _rows(ledger: sqlite3.Connection, period: Period) -> tuple[tuple[object, ...], ...]:
    row = locked_month.find(ledger, period.key)
    assert row is not None
    of = (row.id,)
    return (
        *map(tuple, ledger.execute("SELECT * FROM issued_month WHERE id = ?", of)),
        *map(tuple, ledger.execute("SELECT * FROM month_cell WHERE issued_month_id = ? ORDER BY id", of)),
    )

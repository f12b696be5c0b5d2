"""A month's points as the program has them, held against the second opinion of `oracle.points`."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from anjian_cli.bulletin import exact
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin
from oracle.points import OPEN, Asked, Month, Row
from oracle.tallies import Records


def held(ledger: sqlite3.Connection, asked: Asked, year: int, month: int, records: Records | None = None) -> Month:
    """Compare every item, category, total, grade, place, veto, consequence of a month; the month as it is by hand."""
    by_hand = Month(ledger, asked, records or Records(ledger), year, month)
    bulletin = compile_bulletin(ledger, ended(year, month))
    assert exact.load(exact.dump(bulletin)) == bulletin
    wanted = {town.code: by_hand.row(town.code) for town in bulletin.towns}
    table = bulletin.points
    assert table is not None
    for town, row in wanted.items():
        found = table.row(town)
        here = f"{by_hand.key} {town}"
        items = {item.id: (each.points, each.state) for item, each in zip(table.items, found.items, strict=True)}
        _same(here, items, {code: tuple(worth) for code, worth in row.items.items()})
        told = {c.id: each.points for c, each in zip(table.categories, found.categories, strict=True)}
        _same(here, told, {code: points for code, points in row.categories.items() if code in told})
        names = ("total", "grade", "unheard", "provisional")
        whole = (found.total, found.grade, found.unheard, found.provisional)
        wanted_whole = (row.total, row.grade, row.unheard, _open(row))
        _same(here, dict(zip(names, whole, strict=True)), dict(zip(names, wanted_whole, strict=True)))
        assert len(found.vetoes) == len(row.vetoes) + len(row.lifted), (here, found.vetoes, row.vetoes, row.lifted)
        met = {code for code, _ in row.consequences}
        assert len(found.consequences) == len(met), (here, found.consequences, row.consequences)
        assert all(any(said in each for each in found.consequences) for _, said in row.consequences), here
    _places(bulletin, by_hand, wanted)
    return by_hand


def _same(here: str, found: Mapping[str, object], wanted: Mapping[str, object]) -> None:
    names = found.keys() | wanted.keys()
    differing = {name: (found.get(name), wanted.get(name)) for name in names if found.get(name) != wanted.get(name)}
    assert not differing, (here, "found, by hand", differing)


def _open(row: Row) -> bool:
    return any(worth.state in OPEN for worth in row.items.values())


def _places(bulletin: Bulletin, by_hand: Month, wanted: dict[str, Row]) -> None:
    found = {score.town: score.rank for score in bulletin.scores if score.rank is not None}
    assert found == by_hand.places(wanted), (by_hand.key, found)
    assert {score.town: score.score for score in bulletin.scores} == {town: row.total for town, row in wanted.items()}

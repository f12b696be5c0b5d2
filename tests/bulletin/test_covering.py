"""Which enterprises were inspected, and what is due of it, in random offices that are counted again with a pencil
(`oracle.covering`): scopes of every kind and dated, phases, firms that move and stop, units that are merged,
inspections that are voided; on any day, by every split."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from anjian_cli.bulletin import coverage
from anjian_cli.bulletin.coverage import GRADE, INDUSTRY, PER, TOWN, UNVISITED, VISITED
from anjian_cli.bulletin.summary_table import Row, SummaryTable
from oracle import covering
from oracle.covering import Covered, Office
from oracle.covering_office import made_up
from oracle.figures import difference
from support.desk import Desk

TITLES = ("范围", "已查", "未查", "检查家次")


def figures(table: SummaryTable, row: Row) -> tuple[Any, ...]:
    told = dict(zip((column.full_title for column in table.columns), row.values, strict=True))
    return tuple(told[title] for title in TITLES)


def asked(
    ledger: sqlite3.Connection, office: Office, seed: int, number: int
) -> Iterator[tuple[coverage.Coverage, Covered]]:
    """Some random days, of the year so far and of every campaign that has begun: as the program has it, and as the
    pencil has."""
    chance = random.Random(f"days of {seed}")
    for _ in range(number):
        day = f"2018-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        for campaign in (None, *office.campaigns):
            if campaign is None or campaign.from_on <= day:
                found = coverage.coverage(ledger, day, None if campaign is None else campaign.name)
                yield found, covering.covered(office, campaign, day)


@pytest.mark.parametrize("seed", range(8))
def test_scope_is_inspected_and_not_inspected_by_every_split(desk: Desk, seed: int) -> None:
    office = made_up(desk.ledger, seed)
    for found, wanted in asked(desk.ledger, office, seed, 4):
        whole = (len(wanted.scope), len(wanted.inspected), len(wanted.scope - wanted.inspected), len(wanted.visits))
        assert whole[0] == whole[1] + whole[2]
        for per in PER:
            table = coverage.table(desk.ledger, found, per)
            assert table.total is not None
            assert figures(table, table.total) == whole, (found.day, found.campaign, per)
            rows = {row.name: figures(table, row) for row in table.rows}
            if per == TOWN:  # a town without any firm has a row as well
                rows = {name: told for name, told in rows.items() if any(told)}
            split = covering.split(office, wanted, per)
            assert rows == split, (found.day, found.campaign, per, difference(rows, split))
            if per in (TOWN, INDUSTRY, GRADE):  # of these a firm has one
                assert tuple(sum(column) for column in zip(*rows.values(), strict=True)) == (whole if rows else ())
        for which, firms in ((VISITED, wanted.inspected), (UNVISITED, wanted.scope - wanted.inspected)):
            listed = [row.name for row in coverage.listed(desk.ledger, found, which).rows]
            assert sorted(listed) == sorted(office.firms[at].name for at in firms)
            towns = [coverage.listed(desk.ledger, found, which, code).rows for code in (*_in_force(office, found), "")]
            assert sum(map(len, towns)) == len(listed)


def _in_force(office: Office, found: coverage.Coverage) -> list[str]:
    return [code for code, town in office.towns.items() if found.last < town.until_on]

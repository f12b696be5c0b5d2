"""The coverage of random offices as the program has it, held against the pencil's (`covering`)."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from typing import Any

from anjian_cli.bulletin import coverage
from anjian_cli.bulletin.coverage import GRADE, GRID, INDUSTRY, PER, TOWN, UNVISITED, VISITED, Coverage
from anjian_cli.bulletin.summary_table import Row, SummaryTable
from oracle import covering
from oracle.covering import Covered, Office
from oracle.figures import difference
from oracle.telling import telling_days

TITLES = ("范围", "已查", "未查", "检查家次")


def some_days(office: object, seed: int, number: int) -> list[str]:
    """Of the year 2018: half of them by chance, half days on which something is told to have happened, or the days
    before."""
    chance = random.Random(f"days of {seed}")
    days = [f"2018-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in range(number // 2)]
    return [*days, *telling_days(office, chance, number - number // 2, "2018")]


def contradictions(ledger: sqlite3.Connection, office: Office, days: list[str]) -> Iterator[str]:
    """On some days, of the year so far and of every campaign that has begun: what is said otherwise."""
    for day in days:
        for campaign in (None, *office.campaigns):
            if campaign is None or campaign.from_on <= day:
                found = coverage.coverage(ledger, day, None if campaign is None else campaign.name)
                wanted = covering.covered(office, campaign, day)
                for what in (*_by_splits(ledger, office, found, wanted), *_in_lists(ledger, office, found, wanted)):
                    yield f"{day} {found.campaign}: {what}"


def _by_splits(ledger: sqlite3.Connection, office: Office, found: Coverage, wanted: Covered) -> Iterator[str]:
    whole = (len(wanted.scope), len(wanted.inspected), len(wanted.scope - wanted.inspected), len(wanted.visits))
    for per in PER:
        table = coverage.table(ledger, found, per)
        total = _figures(table, table.all_rows[-1])
        if total != whole or total[0] != total[1] + total[2]:
            yield f"per {per} in all {total}, not {whole}"
        rows = {row.name: _figures(table, row) for row in table.rows}
        if per == TOWN:  # a town without any firm has a row as well
            rows = {name: told for name, told in rows.items() if any(told)}
        split = covering.split(office, wanted, per)
        if rows != split:
            yield f"per {per}: {difference(rows, split)}"
        if rows and per in (TOWN, INDUSTRY, GRADE, GRID):  # of these a firm has one
            added = tuple(sum(column) for column in zip(*rows.values(), strict=True))
            if added != whole:
                yield f"per {per} the rows add up to {added}, not {whole}"


def _in_lists(ledger: sqlite3.Connection, office: Office, found: Coverage, wanted: Covered) -> Iterator[str]:
    """Those that were inspected, and those that were not, by name; and town by town as many."""
    towns = [code for code, town in office.towns.items() if found.last < town.until_on]
    for which, firms in ((VISITED, wanted.inspected), (UNVISITED, wanted.scope - wanted.inspected)):
        listed = [row.name for row in coverage.listed(ledger, found, which).rows]
        if sorted(listed) != sorted(office.firms[at].name for at in firms):
            yield f"{which} {listed}"
        of_towns = sum(len(coverage.listed(ledger, found, which, code).rows) for code in (*towns, ""))
        if of_towns != len(listed):
            yield f"{which} {len(listed)}, town by town {of_towns}"


def _figures(table: SummaryTable, row: Row) -> tuple[Any, ...]:
    told = dict(zip((column.full_title for column in table.columns), row.values, strict=True))
    return tuple(told[title] for title in TITLES)

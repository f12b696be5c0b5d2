"""Facts and measures: what the items are, which measures count them, and that the sums are those of the items."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator

import pytest

from anjian_cli.ledger import measures
from anjian_cli.ledger.measures import COLUMNS, Measures
from anjian_cli.rules.measure import DIMENSIONS, read, written
from oracle.histories import History
from support.desk import Desk

ITEMS = f"SELECT {COLUMNS}, town_code, subject, from_on, until_on, quantity, root, root_id FROM fact_item"
Cell = tuple[str, str, str]


def ask(ledger: sqlite3.Connection, *wanted: str) -> None:
    """Add measures to a ledger that nothing was written into yet."""
    for each in wanted:
        ledger.execute("INSERT INTO measure VALUES (?, ?)", (each, read(each).fact))


def by_hand(ledger: sqlite3.Connection) -> tuple[dict[Cell, int], dict[Cell, int]]:
    """What came and what went by day, measure and town, of every item that has the words."""
    came, went = Counter[Cell](), Counter[Cell]()
    for (text,) in ledger.execute("SELECT id FROM measure").fetchall():
        fact, _, conditions = text.partition("?")
        wanted = dict(condition.split("=") for condition in conditions.split("&") if condition)
        for row in ledger.execute("SELECT * FROM fact_item WHERE fact = ?", (fact,)):
            if all(row[name] in words.split("|") for name, words in wanted.items()):
                came[row["from_on"], text, row["town_code"]] += row["quantity"]
                if row["until_on"] < "9999":
                    went[row["until_on"], text, row["town_code"]] += row["quantity"]
        if text != fact:
            for row in ledger.execute("SELECT * FROM fact_item WHERE fact = ?", (text,)):
                came[row["from_on"], text, row["town_code"]] += row["quantity"]
                if row["until_on"] < "9999":
                    went[row["until_on"], text, row["town_code"]] += row["quantity"]
    return +came, +went

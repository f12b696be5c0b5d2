"""The demonstration of 2026, made as `anjian demo --scheme 县级2026` makes it, or under less of its scheme."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from anjian_cli.demonstration.county import County
from anjian_cli.demonstration.county_figures import SCHEME
from anjian_cli.exchange import scheme_examples, scheme_file
from anjian_cli.ledger import create
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import scheme
from anjian_cli.workflow.scheme_draft import Draft
from support.scheme_file import RECORDS

AT = "2026-11-02T01:00:00Z"


def made(path: Path, *without: str) -> Path:
    """Its ledger at a path; `without` are titles of categories that the scheme has not. Their records stay, but for
    the tasks."""

    def draft(ledger: sqlite3.Connection) -> Draft:
        file = scheme_examples.path_of(SCHEME)
        assert file is not None
        whole = scheme_file.read(file, scheme.facts(ledger), RECORDS)
        gone = {each.code for each in whole.categories if each.title in without}
        return replace(
            whole,
            categories=tuple(each for each in whole.categories if each.code not in gone),
            indicators=tuple(each for each in whole.indicators if each.category not in gone),
        )

    def fill(connection: sqlite3.Connection) -> None:
        county = County(connection, AT, "演示", "0", draft)
        asked = {each.short for each in draft(connection).indicators}
        tasks = [row for row in county.told["target"] if row["indicator"] in asked]
        county.told = {**county.told, "target": tasks}
        county.make()

    create.create(path, fill)
    return path

"""Where so many are required (应有): what was done is not printed under a name that says what is lacking (少报 10)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest

from anjian_cli.bulletin import exact
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.data.bulletin_csv import bulletin_csv
from anjian_cli.render.office import annex
from anjian_cli.render.screen.bulletin_table import bulletin_table
from anjian_cli.render.screen.styled_lines import text
from support import points_ledger


@pytest.fixture(scope="module")
def october() -> Iterator[Bulletin]:
    desk = points_ledger.made()
    yield compile_bulletin(desk.ledger, ended(2018, 10))
    desk.ledger.close()


def test_the_figures_are_headed_by_what_they_are_of(october: Bulletin) -> None:
    tables = {table.short: table for category in october.categories for table in category.indicators}
    assert [tables[short].counted_as for short in ("少报", "书记督查", "负责人培训")] == ["已报", "已做", ""]
    shown = text(bulletin_table(october)).splitlines()
    assert any("已报" in line.split() for line in shown)
    groups = {head.group or head.title for sheet in annex.annexes(october) for head in sheet.heads}
    assert "少报（已报）（次）" in groups
    assert "少报（次）" not in groups
    rows = [row for row in csv.DictReader(io.StringIO(bulletin_csv(october))) if row["指标"] == "少报"]
    assert rows[-1]["备注"].startswith("累计为已报的数")


def test_a_month_kept_before_it_was_told_is_read(october: Bulletin) -> None:
    told = exact.dump(october)
    assert exact.load(told) == october
    kept = json.loads(told)
    for category in kept["categories"]:
        for table in category["indicators"]:
            table.pop("counted_as", None)
    older = exact.load(json.dumps(kept))
    assert {table.counted_as for category in older.categories for table in category.indicators} == {""}

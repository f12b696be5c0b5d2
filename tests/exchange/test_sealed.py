"""Lines that vouch for themselves: whatever a cell holds comes back, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from anjian_cli.exchange import sealed
from support.examples import examples
from support.out_and_back import STRANGE

TEXTS = st.one_of(st.text(max_size=20), st.sampled_from(STRANGE), st.from_regex(r"['=+\-@]{1,3}\w*", fullmatch=True))
ROW = st.tuples(st.none() | TEXTS, st.none() | st.integers(-(2**63), 2**63 - 1))


@given(st.lists(ROW, max_size=6))
@example([("", 0), ("'", -1), ("''", None), (None, -(2**63))])
@examples(60)
def test_every_cell_comes_back(rows: list[tuple[str | None, int | None]]) -> None:
    folder = Path(mkdtemp())
    try:
        made = sealed.write_table(folder / "a.csv", ["名", "数"], rows)
        reading = sealed.Reading(folder / "a.csv")
        heading, *lines = reading.table()
        assert heading == sealed.Line(1, ["名", "数"], True)
        assert all(line.fits for line in lines)
        kinds = ("TEXT", "INTEGER")
        told = [tuple(map(sealed.value, line.said, kinds)) for line in lines]  # type: ignore[arg-type]
        assert told == rows
        assert reading.found == made
        entries: list[dict[str, object]] = [{"名": text, "数": [number, {"甲": text}]} for text, number in rows]
        made = sealed.write_log(folder / "a.jsonl", entries)
        reading = sealed.Reading(folder / "a.jsonl")
        assert [(line.number, line.said, line.fits) for line in reading.log()] == [
            (number, entry, True) for number, entry in enumerate(entries, start=1)
        ]
        assert reading.found == made
    finally:
        shutil.rmtree(folder)


def test_no_spreadsheet_runs_a_cell(tmp_path: Path) -> None:
    sealed.write_table(tmp_path / "a.csv", ["名"], [(text,) for text in STRANGE])
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [row[0] for row in csv.reader(file)][1:]
    assert len(cells) == len(STRANGE)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\uff0d"))] == []


@pytest.mark.parametrize("cell", ["1.0", "1e3", " 1", "+1", "01", "-0", "一", "'1", str(2**63)])
def test_what_is_no_whole_number_is_told(cell: str) -> None:
    with pytest.raises(ValueError, match=re.escape(cell.strip("' "))):
        sealed.value(cell, "INTEGER")

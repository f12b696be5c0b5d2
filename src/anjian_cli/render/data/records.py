"""Lists of records for programs: CSV with safe cells, JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from anjian_cli.exchange.cells import neutralise
from anjian_cli.rules.unit_kinds import DEPARTMENTS

if TYPE_CHECKING:  # lists that are none of records do without pydantic
    pass

OF_DEPARTMENTS = {"镇街代码": "部门编号", "镇街": "部门"}
"""What the columns of whose a row is are called where departments are ranked; they stand where the towns' do."""


def titled(columns: Sequence[str], units: str) -> list[str]:
    """The names of columns, which say whose the rows are; `units` is what these are called together. 单位 alone is what
    a figure is counted in."""
    return [OF_DEPARTMENTS.get(column, column) if units == DEPARTMENTS else column for column in columns]


def delimited(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """CSV text with safe cells, lines ended by a newline."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(titles)
    # A bare carriage return would end the row for some readers; the writer does not quote it.
    writer.writerows([neutralise(cell).replace("\r", "\n") for cell in row] for row in rows)
    return text.getvalue()


def structured(rows: Sequence[Mapping[str, object]]) -> str:
    """JSON text: a list of objects by field name."""
    nested = any(isinstance(value, (Mapping, list, tuple)) for row in rows for value in row.values())
    if nested or not rows or not all(rows):
        return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=2)
    # Told to indent, the standard library encodes value by value in Python: ten times as long for thousands of rows.
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",\n    ", ": ")).encode
    objects = ",\n  ".join(f"{{\n    {encode(dict(row))[1:-1]}\n  }}" for row in rows)
    return f"[\n  {objects}\n]"

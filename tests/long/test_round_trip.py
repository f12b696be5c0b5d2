"""The round trip of every type at length, with every field filled in at least once."""

from __future__ import annotations

import pytest

from anjian_cli.records.definition import Record
from exchange.test_round_trip import ALL, round_trips

EXAMPLES = 60
NOT_LISTED = {("enterprise", "changed_on")}
"""The day of a change is not shown: a listing has what holds now."""


@pytest.mark.parametrize("record", ALL, ids=lambda record: record.name)
def test_round_trips(record: Record) -> None:
    read = {name for name, column in record.columns.items() if not column.shown_only}
    missing = read - round_trips(record, EXAMPLES)
    assert {(record.name, name) for name in missing} <= NOT_LISTED

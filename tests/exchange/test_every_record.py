"""Every record type: its template is recognised as its own, and the template's example is a record that is taken."""

from __future__ import annotations

import pytest

from anjian_cli.errors import Refused
from anjian_cli.exchange import headings, kind, template
from anjian_cli.exchange.content import Sheet
from anjian_cli.records import definition
from anjian_cli.records.definition import Record
from support import marked_scheme
from support.desk import Desk

ALL = definition.all_records()
each = pytest.mark.parametrize("record", ALL, ids=lambda record: record.name)


def sheet(*rows: list[str]) -> Sheet:
    return Sheet("报表.csv", "", list(enumerate(rows, start=1)))


def example(record: Record) -> dict[str, str]:
    """The example row of the template as a file gives it, without the word that has it passed over."""
    heads, row = template.rows(record)
    row = [row[0].removeprefix("示例").removeprefix("："), *row[1:]]
    found = headings.match(sheet(heads, row), record)
    return {field: row[index] for index, field in found.fields.items() if row[index]}


@each
def test_its_template_is_recognised_as_its_own(record: Record) -> None:
    heads, row = template.rows(record)
    assert kind.recognise(sheet(heads, row), ALL) is record
    found = headings.match(sheet(heads), record)
    assert [*found.fields.values()] == [name for name, column in record.columns.items() if not column.shown_only]
    assert found.unknown == []


def seen_as(titles: list[str]) -> Record | None:
    """What a sheet with these headings is taken for; None where it is asked which of several is meant."""
    try:
        return kind.recognise(sheet(titles), ALL)
    except Refused as refusal:
        codes = [fault.code for fault in refusal.faults]
    assert codes in (["E311"], ["E342"])
    return None


@pytest.mark.unmeasured
@each
def test_a_column_left_out_that_need_not_be_filled_in_makes_no_other_type_of_it(record: Record) -> None:
    columns = [(name, column) for name, column in record.columns.items() if not column.shown_only]
    for left_out, column in columns:
        if not column.required:
            seen = seen_as([other.title for name, other in columns if name != left_out])
            # A town without its 简称, 类别 and 排序号 has what a village without its town has.
            assert seen is record or (record.name, left_out) == ("village", "town"), left_out


@each
def test_of_what_must_be_there_alone_no_other_type_is_made(record: Record) -> None:
    required = [column.title for column in record.columns.values() if column.required]
    if record.of_enterprise:
        required.append("企业名称")
    # Code and name alone may be those of a town or of a village: it is asked which. Names of enterprises stand in
    # every list.
    assert seen_as(required) is (None if record.name in ("town", "village", "enterprise") else record)


@each
def test_the_headings_of_a_listing_are_recognised_too(record: Record) -> None:
    """What is exported carries the columns that are only shown as well."""
    titles = [column.title for column in record.columns.values()]
    assert kind.recognise(sheet(titles), ALL) is record
    assert headings.match(sheet(titles), record).unknown == []


@each
def test_names_titles_and_aliases_of_a_type_are_each_of_one_field(record: Record) -> None:
    seen: dict[str, str] = {}
    for name, column in record.columns.items():
        for heading in (column.title, name, *column.aliases):
            assert seen.setdefault(heading, name) == name, heading


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """What the examples refer to."""
    desk.village()
    marked_scheme.adopt(desk)
    return desk


def take_examples(desk: Desk, *records: Record) -> dict[str, int]:
    taken = {}
    for record in records:
        told = example(record)
        if record.name == "town":
            told |= {"code": "330784901", "name": "示例开发区"}
        if record.name == "village":
            told |= {"code": "330784109299", "name": "示例村"}
        if record.name == "opening_figure":
            told |= {"town": "石柱镇"}  # of 芝英镇 there are single records
        kept = desk.read(record.name, **told)
        assert kept.outcome == "new", record.name
        assert desk.read(record.name, **told).outcome == "unchanged", record.name
        taken[record.name] = kept.row_id
    return taken


def test_the_example_of_every_type_is_taken_and_told_again_is_the_same(ready: Desk) -> None:
    taken = take_examples(ready, *ALL)
    assert set(taken) == {record.name for record in ALL}
    # Each is one record, and its listing reads back as it was told.
    for record in ALL:
        assert len(ready.rows(f"{record.name}_listing", "id", where=f"id = {taken[record.name]}")) == 1

"""The empty form of a record type: its headings, and one example row that an import passes over."""

from __future__ import annotations

from anjian_cli.records.definition import Record


def rows(record: Record) -> list[list[str]]:
    """Headings (required ones starred) and the example row, whose first cell says 示例."""
    columns = [column for column in record.columns.values() if not column.shown_only]
    headings = [f"★{column.title}" if column.required else column.title for column in columns]
    example = [column.example for column in columns]
    example[0] = f"示例：{example[0]}" if example[0] else "示例"
    return [headings, example]

"""Command-line options made from a record's fields."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.commands.params import Option, Parameter
from anjian_cli.records.definition import Record


def options(record: Record, names: Sequence[str], *, adding: bool) -> list[Parameter]:
    """An option for each field, by its English name, its Chinese title and its aliases that can be typed."""
    taken: set[str] = set()
    made = []
    for name in names:
        column = record.columns[name]
        spelled = [f"--{name.replace('_', '-')}"]
        if name.endswith("_on") and f"--{name.removesuffix('_on')}" not in taken:
            spelled.append(f"--{name.removesuffix('_on').replace('_', '-')}")
        for title in (column.title, *column.aliases):
            word = title.partition("（")[0]  # 死亡（人） is typed as --死亡
            option = f"--{word}"
            if word.replace("_", "").isalnum() and not word.isascii() and option not in {*taken, *spelled}:
                spelled.append(option)
        if adding and name == record.obvious_day:
            spelled += ["--on", "--日期"]
        taken.update(spelled)
        help_text = column.title
        if column.choices:
            help_text += f"：{'、'.join(column.choices)}"
        elif column.example:
            help_text += f"，如 {column.example}"
        if adding and column.assumed:
            help_text += f"；不写即{column.assumed}"
        elif adding and column.required and name != record.subject:
            help_text += "（必填）"
        if column.hint:
            help_text += f"；{column.hint}"
        made.append(Parameter(f"field_{name}", str | None, Option(*spelled, help=help_text, metavar="值"), None))
    return made

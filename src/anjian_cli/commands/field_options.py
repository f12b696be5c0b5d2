"""Command-line options made from a record's fields, and the signature under which Typer reads them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer import Option

from anjian_cli.records.definition import Record


def options(record: Record, names: Sequence[str], *, adding: bool) -> list[inspect.Parameter]:
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
        made.append(
            inspect.Parameter(
                f"field_{name}",
                inspect.Parameter.KEYWORD_ONLY,
                default=None,
                annotation=Annotated[str | None, Option(*spelled, help=help_text, metavar="值")],
            )
        )
    return made


def signed(function: Callable[..., object], parameters: Sequence[inspect.Parameter]) -> Callable[..., object]:
    """The function under a signature that Typer can read."""

    def called(**given: Any) -> object:
        return function(**given)

    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    every = [context, *parameters]
    called.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]
    called.__annotations__ = {p.name: p.annotation for p in every}
    called.__doc__ = function.__doc__
    return called


def with_options(function: Callable[..., object], more: Sequence[inspect.Parameter]) -> Callable[..., object]:
    """A function that has options of its own and takes `more` as keywords, under a signature that Typer can read."""
    own = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for parameter in inspect.signature(function, eval_str=True).parameters.values()
        if parameter.name != "ctx" and parameter.kind is not inspect.Parameter.VAR_KEYWORD
    ]
    return signed(function, [*own, *more])

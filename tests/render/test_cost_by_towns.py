"""A bulletin costs what its towns cost: a nation has 2,800, and what each asks of all the others is eight million."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import anjian_cli
from anjian_cli.bulletin.evidence import Evidence
from anjian_cli.bulletin.value import LATE, Bulletin, LeftOut, Undelivered
from anjian_cli.light_dataclasses import replace
from anjian_cli.render import formats
from support.bulletin_builder import bulletin

OURS = str(Path(anjian_cli.__file__).parent)
TOWNS = 40
LINEAR = 2.1
"""Twice the towns cost twice as much, or a little more where a table wants wider columns; four times where each of them
goes through all."""


def lines_run(make: Callable[[], object]) -> int:
    """How many lines of the program run, each turn of a loop counted, also of one that stands on one line."""
    run = 0

    def count(_: FrameType, event: str, __: object) -> Any:
        nonlocal run
        run += event == "line"
        return count

    def begin(frame: FrameType, _: str, __: object) -> Any:
        return count if frame.f_code.co_filename.startswith(OURS) else None

    before = sys.gettrace()
    sys.settrace(begin)
    try:
        make()
    finally:
        sys.settrace(before)
    return run


def made(found: Bulletin, form: formats.AnyFormat) -> object:
    if isinstance(form, formats.ScreenFormat):
        return form.of_bulletin(found, None, None)
    if isinstance(form, formats.DataFormat):
        return form.of_bulletin(found, None)
    return form.of_bulletin(formats.Material(found, Evidence()), None)


def some_late(found: Bulletin) -> Bulletin:
    """Every second town has not delivered, and is left out of everything."""
    codes = [town.code for town in found.towns[::2]]
    left = tuple(LeftOut(code, LATE) for code in codes)
    categories = tuple(
        replace(category, indicators=tuple(replace(table, left_out=left) for table in category.indicators))
        for category in found.categories
    )
    return replace(found, categories=categories, late=tuple(Undelivered(code, "2018-09") for code in codes))


@pytest.mark.parametrize("of", [lambda found: found, some_late], ids=["all delivered", "some late"])
@pytest.mark.parametrize("name", formats.OF_BULLETIN)
def test_twice_the_towns_cost_twice_as_much(name: str, of: Callable[[Bulletin], Bulletin]) -> None:
    form = formats.BY_NAME[name]
    few, some, many = (of(bulletin(2, TOWNS * times)) for times in (1, 2, 4))
    made(few, form)  # what is made once for all is there
    first, second, third = (lines_run(lambda each=each: made(each, form)) for each in (few, some, many))  # type: ignore[misc]
    print("RATIO", name, (third - second) / (second - first))
    assert (third - second) / (second - first) < LINEAR

"""Sweeps over many alike cases: the ordinary run takes some of them, spread over the whole list, and always the same;
`pytest --thorough` takes them all.

A test that is a further opinion as a whole, for which others stand, is marked `thorough` itself. Nothing else is left
out of the ordinary run: a function with cases keeps at least one there (`left_bare`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

MARKER = "thorough: a sweep or a further opinion: one case of it is in the ordinary run, the rest in the long one"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that takes all."""
    parser.addoption("--thorough", action="store_true", help="all cases of every sweep, and every further opinion")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is thorough, unless it is asked for."""
    if config.getoption("thorough"):
        return
    left_out = [item for item in items if item.get_closest_marker("thorough") is not None]
    if not left_out:
        return
    items[:] = [item for item in items if item.get_closest_marker("thorough") is None]
    if bare := left_bare(left_out, items):
        raise pytest.UsageError("only with --thorough: " + ", ".join(bare))
    config.hook.pytest_deselected(items=left_out)


def ordinary(many: int, keep: int) -> set[int]:
    """The places of those that are kept of so many: evenly spread, the first and the last among them; at least one."""
    if keep >= many:
        return set(range(many))
    if keep < 2:
        return {0}
    return {round(at * (many - 1) / (keep - 1)) for at in range(keep)}


def swept(cases: Iterable[Any], keep: int, *, names: int = 1) -> list[Any]:
    """Cases of a parametrize, or of a fixture's params (values or `pytest.param`): so many stay as they are, the others
    are marked `thorough`. With more than one name a case is a sequence of values."""
    listed = list(cases)
    kept = ordinary(len(listed), keep)
    return [case if at in kept else _thorough(case, names) for at, case in enumerate(listed)]


def sweep(names: str | Sequence[str], cases: Iterable[Any], keep: int, **more: Any) -> pytest.MarkDecorator:
    """`pytest.mark.parametrize`, of which the ordinary run takes so many cases."""
    many = len(names.split(",")) if isinstance(names, str) else len(names)
    return pytest.mark.parametrize(names, swept(cases, keep, names=many), **more)


def left_bare(left_out: Iterable[pytest.Item], taken: Iterable[pytest.Item]) -> list[str]:
    """The functions of which every case is left out though they are not `thorough` themselves."""
    ordinary_ones = {_function(item) for item in taken}
    bare = {_function(item) for item in left_out if not _itself(item)} - ordinary_ones
    return sorted(bare)


def _thorough(case: Any, names: int) -> Any:
    if isinstance(case, type(pytest.param())):
        return pytest.param(*case.values, marks=[*case.marks, pytest.mark.thorough], id=case.id)
    return pytest.param(*(case if names > 1 else (case,)), marks=pytest.mark.thorough)


def _function(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def _itself(item: pytest.Item) -> bool:
    """Marked at the function, its class or its module, and not at one case."""
    marks = getattr(getattr(item, "function", None), "pytestmark", [])
    around = item.parent.get_closest_marker("thorough") if item.parent is not None else None
    return around is not None or any(mark.name == "thorough" for mark in marks)

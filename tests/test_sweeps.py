"""What the ordinary run takes of a sweep, and that it takes something of every test."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from support.plain_environment import plain_environment
from support.sweeps import ordinary, sweep, swept

CASES = """
import pytest
from support.sweeps import sweep

@sweep("number", range(10), keep=3)
def test_a_sweep(number): pass

@pytest.mark.thorough
def test_a_further_opinion(): pass
"""
BARE = """
@pytest.mark.parametrize("number", [pytest.param(1, marks=pytest.mark.thorough)])
def test_of_which_nothing_is_left(number): pass
"""


@pytest.mark.parametrize(
    ("many", "keep", "kept"),
    [
        (10, 2, {0, 9}),
        (10, 4, {0, 3, 6, 9}),
        (7, 3, {0, 3, 6}),
        (10, 1, {0}),
        (10, 0, {0}),
        (3, 3, {0, 1, 2}),
        (3, 9, {0, 1, 2}),
        (1, 2, {0}),
        (0, 2, set()),
    ],
)
def test_the_first_the_last_and_some_between(many: int, keep: int, kept: set[int]) -> None:
    assert ordinary(many, keep) == kept


def test_as_many_as_are_asked_for_and_no_gap_wider_than_another_by_more_than_one() -> None:
    for many in (2, 3, 7, 10, 39, 134):
        for keep in range(2, many + 1):
            places = sorted(ordinary(many, keep))
            assert len(places) == keep
            assert (places[0], places[-1]) == (0, many - 1)
            gaps = [b - a for a, b in pairwise(places)]
            assert max(gaps) - min(gaps) <= 1, (many, keep)


def test_only_the_others_are_marked_and_keep_what_they_had() -> None:
    mark = pytest.mark.unmeasured
    cases = swept([1, pytest.param(2, marks=mark, id="two"), 3], 2)
    assert (cases[0], cases[2]) == (1, 3)
    assert (cases[1].values, cases[1].id) == ((2,), "two")
    assert [each.name for each in cases[1].marks] == ["unmeasured", "thorough"]
    (of_one, of_two) = (sweep(names, [("a", "b")] * 3, 2).args[1][1] for names in ("pair", "one, other"))
    assert (of_one.values, of_two.values) == ((("a", "b"),), ("a", "b"))


def run(folder: Path, tests: str, *options: str) -> subprocess.CompletedProcess[str]:
    hooks = "from support.sweeps import pytest_addoption, pytest_collection_modifyitems"
    (folder / "conftest.py").write_text(hooks, encoding="utf-8")
    (folder / "test_some.py").write_text(tests, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = thorough\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options],
        cwd=folder,
        env=plain_environment(
            PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", PYTHONPATH=os.pathsep.join([str(folder), *map(str, sys.path[1:])])
        ),
        capture_output=True,
        text=True,
    )


def test_the_ordinary_run_takes_some_and_the_thorough_one_all(tmp_path: Path) -> None:
    assert "3 passed, 8 deselected" in run(tmp_path, CASES).stdout
    assert "11 passed" in run(tmp_path, CASES, "--thorough").stdout


def test_a_test_of_which_no_case_is_left_is_told_by_name(tmp_path: Path) -> None:
    """Unless it is marked itself, nobody meant that."""
    said = run(tmp_path, CASES + BARE)
    assert said.returncode == pytest.ExitCode.USAGE_ERROR
    assert "test_some.py::test_of_which_nothing_is_left" in said.stderr
    assert "a_further_opinion" not in said.stderr

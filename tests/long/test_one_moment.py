"""Every reading command interrupted by a commit at many of its calls of sqlite3, and the check under load. Run with:
pytest tests/long/test_one_moment.py"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from anjian_cli.errors import Fault
from support.one_moment import READING, Scene, Writer, some_calls


@pytest.fixture(scope="module")
def writer() -> Iterator[Writer]:
    """Another process."""
    made = Writer()
    yield made
    made.close()


@pytest.fixture
def scene(
    demonstration_made: tuple[Path, list[Fault]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: Writer
) -> Scene:
    monkeypatch.chdir(tmp_path)
    return Scene(demonstration_made[0], tmp_path, writer)


@pytest.mark.parametrize("name", READING)
def test_a_commit_in_between_does_not_show(scene: Scene, name: str) -> None:
    scene.shows_one_moment(READING[name], some_calls(40))


@pytest.mark.parametrize("name", READING)
def test_nothing_is_rendered_before_all_is_read(scene: Scene, name: str) -> None:
    assert scene.rendered_while_reading(READING[name]) == []


def test_the_check_gives_no_false_alarm_under_load(scene: Scene) -> None:
    scene.checks_clean_under_load(20)

"""A command that reads shows the ledger of one moment, and holds nobody up while it makes something of it.

Every command and more moments are tried in tests/long/test_one_moment.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from anjian_cli.errors import Fault
from support.one_moment import READING, Scene, Writer, some_calls
from support.sweeps import sweep

pytestmark = pytest.mark.unmeasured  # the commands' own tests cover the same


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


@sweep(("name", "times"), [("explain", 4), ("brief", 6), ("check", 2)], keep=2)
def test_a_commit_in_between_does_not_show(scene: Scene, name: str, times: int) -> None:
    scene.shows_one_moment(READING[name], some_calls(times))


@sweep("name", ["bulletin", "xlsx", "brief", "explain rank", "todo xlsx", "month diff records", "hazard list"], keep=3)
def test_nothing_is_rendered_before_all_is_read(scene: Scene, name: str) -> None:
    assert scene.rendered_while_reading(READING[name]) == []

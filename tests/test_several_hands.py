"""Writers and readers at one ledger at once: nothing that was acknowledged is lost, and nobody is alarmed for nothing.
At length: tests/long/test_several_hands_long.py."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.demonstration import build
from anjian_cli.errors import Fault
from anjian_cli.ledger.open import reading
from support.several_hands import Hands

pytestmark = pytest.mark.unmeasured  # processes of their own; every command has tests of its own


@pytest.fixture
def hands(demonstration_made: tuple[Path, list[Fault]], tmp_path: Path) -> Hands:
    ledger = tmp_path / "安监.db"
    shutil.copy(demonstration_made[0], ledger)
    return Hands(ledger, build.TODAY)


def firms(ledger: Path) -> list[str]:
    """Enterprises of 芝英镇, by name."""
    with closing(reading(ledger)) as connection:
        found = connection.execute(
            "SELECT DISTINCT name FROM enterprise_listing WHERE town = '芝英镇' ORDER BY name LIMIT 4"
        )
        return [name for (name,) in found]


def test_nothing_is_lost_and_nobody_is_alarmed(hands: Hands, tmp_path: Path) -> None:
    hands.work(2, 2, 4, firms(hands.ledger), tmp_path)
    assert hands.failed() == []
    assert hands.acknowledged
    assert hands.lost() == []


def test_it_is_seen_where_something_is_lost(hands: Hands) -> None:
    hands.acknowledged.append("没有记上的")
    hands.numbers += ["330784109-2018-0001"] * 2
    assert hands.lost() == ["没有记上的", "330784109-2018-0001"]

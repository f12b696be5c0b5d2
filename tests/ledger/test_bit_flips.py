"""Bits turned in a ledger's file: no other figure is printed without a word. At length: tests/long/test_damage.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from anjian_cli.errors import Fault
from support.bit_flips import Flips

pytestmark = pytest.mark.unmeasured


def test_no_other_figure_without_a_word(demonstration_made: tuple[Path, list[Fault]], tmp_path: Path) -> None:
    assert Flips(demonstration_made[0], tmp_path, seed=20181102).silent(6) == []

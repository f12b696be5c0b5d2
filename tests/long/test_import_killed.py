"""An import of some thousand rows killed at fifty moments. Run with: pytest tests/long/test_import_killed.py"""

from __future__ import annotations

from pathlib import Path

from support.import_killed import kill_often
from support.import_ledger import standing


def test_fifty_kills(tmp_path: Path) -> None:
    template = standing(tmp_path / "原.db")
    assert len(kill_often(template, tmp_path, 50, 4000)) > 1

"""The small ledgers of versions before this one, each made by the program of its version (tests/kept/make.py)."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from anjian_cli.ledger import schema

KEPT = Path(__file__).parents[1] / "kept"
VERSIONS = range(1, schema.VERSION)


def ledger(version: int, path: Path) -> Path:
    """The kept ledger of a version, as a file at `path`."""
    path.write_bytes(gzip.decompress((KEPT / f"v{version}.db.gz").read_bytes()))
    path.chmod(0o600)
    return path


def told(version: int) -> dict[str, Any]:
    """What the program of that version said of it: `head`, `today`, `rows` by table, `printed` by command line."""
    found: dict[str, Any] = json.loads(gzip.decompress((KEPT / f"v{version}.json.gz").read_bytes()))
    return found

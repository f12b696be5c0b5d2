"""The schemes (考核办法) that come with the program as examples: files like any office's, found by their names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

EXAMPLES: Mapping[str, str] = {"县级2026": "county-2026.toml"}
"""By name, the file; ASCII, since not every archive program keeps other names."""


def path_of(name: str) -> Path | None:
    """Where the example called so is: in the wheel beside the package, in a checkout under data/. None for a name of
    none."""
    if name not in EXAMPLES:
        return None
    packed = Path(__file__).parents[1] / "schemes" / EXAMPLES[name]
    return packed if packed.is_file() else Path(__file__).resolve().parents[3] / "data" / "schemes" / EXAMPLES[name]

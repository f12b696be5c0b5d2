"""Where data/schema.sql is found: in the wheel beside the package, in a checkout at the top."""

from __future__ import annotations

from functools import cache

APPLICATION_ID = 1634626097
VERSION = 8
"""Rises once for each landing that changes the schema; `versions` knows the ones before it."""


@cache
def text() -> str:
    """The whole of schema.sql. Raises FileNotFoundError if the installation is broken."""
    from importlib.resources import files  # here: opening a ledger needs neither
    from pathlib import Path

    packed = files("anjian_cli").joinpath("schema.sql")
    if packed.is_file():
        return packed.read_text(encoding="utf-8")
    return (Path(__file__).resolve().parents[3] / "data" / "schema.sql").read_text(encoding="utf-8")

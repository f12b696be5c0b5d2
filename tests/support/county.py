"""The demonstration of 2026, made as `anjian demo --scheme 县级2026` makes it."""

from __future__ import annotations

from pathlib import Path

from anjian_cli.demonstration import county
from anjian_cli.demonstration.county_figures import SCHEME
from anjian_cli.exchange import scheme_examples, scheme_file
from anjian_cli.workflow import scheme
from support.scheme_file import RECORDS

AT = "2026-11-02T01:00:00Z"


def made(path: Path) -> Path:
    """Its ledger at a path."""
    file = scheme_examples.path_of(SCHEME)
    assert file is not None
    county.make(
        path,
        lambda ledger: scheme_file.read(file, scheme.facts(ledger), RECORDS),
        at=AT,
        actor="演示",
        program_version="0",
    )
    return path

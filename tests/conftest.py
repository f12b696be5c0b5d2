"""Ledgers for tests. Whatever a test has written is whole when it ends: sums = view, chain, rules (ledger.check)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.ledger import check, create, write
from core_figures import new_ledger
from desk import Desk


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "altered: the test alters a ledger past the gate, so it is not whole at the end")


@pytest.fixture(autouse=True)
def written_ledgers_are_whole(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Check every ledger of this process that the test wrote through the gate, and that is still there."""
    written: dict[str | int, sqlite3.Connection] = {}
    finish = write.Gate.finish

    def noting(gate: write.Gate) -> bool:
        changed = finish(gate)
        if changed:
            path = gate.connection.execute("PRAGMA database_list").fetchone()[2]
            written[path or id(gate.connection)] = gate.connection
        return changed

    monkeypatch.setattr(write.Gate, "finish", noting)
    yield
    if request.node.get_closest_marker("altered") is not None:
        return
    for name, connection in written.items():
        if isinstance(name, int):
            _whole(connection)
        elif Path(name).exists():
            with closing(sqlite3.connect(f"{Path(name).as_uri()}?mode=ro", uri=True)) as again:
                _whole(again)


def _whole(ledger: sqlite3.Connection) -> None:
    try:
        ledger.execute("SELECT 1")
    except sqlite3.ProgrammingError:  # the test has closed it
        return
    faults = check.check(ledger)
    assert not faults, "\n".join(map(str, faults))


@pytest.fixture
def ledger() -> Iterator[sqlite3.Connection]:
    """An empty ledger in memory, open for writing."""
    with closing(new_ledger()) as connection:
        yield connection


@pytest.fixture
def ledger_file(tmp_path: Path) -> Path:
    """An empty ledger in a file of its own."""
    path = tmp_path / "安监.db"
    create.create(path)
    return path


@pytest.fixture
def desk(ledger: sqlite3.Connection) -> Desk:
    """A ledger in memory that has two towns, 芝英镇 and 石柱镇."""
    made = Desk(ledger)
    made.towns()
    return made

"""Backups at length: half a minute beside a writer, the disk full at every write, a kill at every call, three years of
days each backed up and each kept one restored. Run with: pytest tests/long/test_backup_long.py"""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.ledger import encryption, placing
from anjian_cli.ledger.lineage import Lineage
from anjian_cli.ledger.open import reading
from anjian_cli.rules.retention import USUAL
from anjian_cli.workflow import backup as workflow
from anjian_cli.workflow import restore
from support.backups import backed_up, being_written, content, head, names, written
from support.nth_call import in_a_child, with_no_file_longer_than

SECONDS = 30
PAGE = 4096


@pytest.fixture
def ledger(ledger_file: Path) -> Path:
    written(ledger_file)
    return ledger_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "备份"
    made.mkdir()
    return made


def test_half_a_minute_beside_a_writer_without_a_pause(ledger: Path, folder: Path) -> None:
    made: list[Lineage] = []
    begun = time.monotonic()
    with being_written(ledger):
        while time.monotonic() - begun < SECONDS:
            made.append(backed_up(ledger, folder, len(made)).lineage)
    assert len(made) > 5
    with closing(reading(ledger)) as connection:
        hashes = [row[0] for row in connection.execute("SELECT hash FROM operation ORDER BY id")]
    # Each is the ledger after one of its operations, and none is of an earlier one than the backup before it.
    assert [hashes[one.operations - 1] for one in made] == [one.head for one in made]
    assert [one.operations for one in made] == sorted(one.operations for one in made)


@pytest.mark.parametrize("encrypted", [False, True])
def test_the_disk_is_full_at_every_page(ledger: Path, folder: Path, encrypted: bool) -> None:
    if encrypted:
        pytest.importorskip("pyrage")
        pairs = [encryption.new_pair(), encryption.new_pair()]
        ledger.with_name(workflow.KEYS).write_text("\n".join(pair.public for pair in pairs))
    earlier = backed_up(ledger, folder)
    written(ledger)
    before, whole, around = ledger.read_bytes(), earlier.path.read_bytes(), names(ledger.parent)
    failed = 0
    for size in range(0, len(before) + 5 * PAGE, PAGE):
        said = with_no_file_longer_than(size, lambda: str(backed_up(ledger, folder, 1).path))
        if said.startswith("/"):
            Path(said).unlink()
        else:
            failed += 1
        assert names(folder) == [earlier.path.name]
        assert earlier.path.read_bytes() == whole
        assert ledger.read_bytes() == before
        assert names(ledger.parent) == around
    assert failed >= len(before) // PAGE


def test_killed_at_every_call(ledger: Path, folder: Path) -> None:
    earlier = backed_up(ledger, folder)
    written(ledger)
    before, kept = ledger.read_bytes(), earlier.path.read_bytes()
    calls = in_a_child(lambda: str(backed_up(ledger, folder, 1).path), 0).calls
    for at in range(1, calls + 1):
        _forget_the_newest(folder, earlier.path.name)
        assert in_a_child(lambda: str(backed_up(ledger, folder, 1).path), at).calls == 0
        assert ledger.read_bytes() == before
        assert earlier.path.read_bytes() == kept
        for name in names(folder):
            assert name.startswith(placing.BEGUN) or head(folder / name)
        made = backed_up(ledger, folder, 2)
        assert content(made.path) == content(ledger)
        assert not [name for name in names(folder) if name.startswith(placing.BEGUN)]


def test_three_years_of_days_and_every_kept_one_comes_back(ledger: Path, folder: Path, tmp_path: Path) -> None:
    heads = {}
    for day in range(3 * 365):
        if day % 30 == 0:
            written(ledger)
        made = backed_up(ledger, folder, day)
        heads[made.path.name] = made.lineage.head
    assert 30 < len(names(folder)) <= sum(USUAL)
    target = tmp_path / "回来.db"
    for name in names(folder):
        with restore.prepared(folder / name, target, None) as ready:
            restore.put(ready)
        assert head(target) == heads[name]


def _forget_the_newest(folder: Path, earlier: str) -> None:
    for name in names(folder):
        if name != earlier and not name.startswith(placing.BEGUN):
            (folder / name).unlink()

"""A ledger that somebody writes, and its backups."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from anjian_cli.ledger import check, write
from anjian_cli.ledger.lineage import lineage
from anjian_cli.ledger.open import reading
from anjian_cli.rules import retention
from anjian_cli.workflow import backup as workflow
from support.plain_environment import plain_environment

AT = "2026-11-28T09:30:00Z"
WRITES = """
import sys
from support.backups import written
written(sys.argv[1])
print("writing", flush=True)
while True:
    written(sys.argv[1])
"""


def written(path: Path | str, name: str = "a") -> None:
    """One operation on the ledger: it keeps a setting, and is as long as any."""
    with write.operation(Path(path), "settings add", at=AT, actor="测试", today="2026-11-28") as gate:
        (number,) = gate.connection.execute("SELECT COALESCE(max(id), 0) + 1 FROM setting").fetchone()
        gate.insert("setting", number=f"{name}{number}", name=f"{name}{number}", value="某" * 900, from_on="2026-01-01")


@contextmanager
def being_written(path: Path) -> Iterator[None]:
    """While another process writes the ledger as fast as it can."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITES, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env=plain_environment(PYTHONPATH=":".join(sys.path)),
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield
        assert process.poll() is None, "the writer failed"
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def backed_up(ledger: Path, folder: Path, days: int = 0, keep: retention.Keep = retention.USUAL) -> workflow.Made:
    """A backup, made so many days after `AT`."""
    at = datetime.fromisoformat(AT) + timedelta(days=days)
    return workflow.backup(ledger, folder, f"{at:%Y-%m-%dT%H:%M:%SZ}", keep)


def head(path: Path) -> str:
    """The hash of a ledger's last operation; the ledger is checked."""
    with closing(reading(path, older=True)) as connection:
        assert check.check(connection) == []
        return lineage(connection).head


def names(folder: Path) -> list[str]:
    """Everything in a folder, what is hidden too."""
    return sorted(path.name for path in folder.iterdir())


def content(path: Path) -> bytes:
    """A ledger's bytes, without the head in which SQLite counts how often the file was written."""
    return path.read_bytes()[100:]

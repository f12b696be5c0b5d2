"""Whatever is given to the program as a ledger, it is told in a line what it is, and what can be done.

What each command may take, in seconds and memory: tests/long/test_odd_ledgers_long.py. A full disk is met by
`test_faults`.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.ledger import open as opening
from support.before_or_after import HAZARD
from support.failing import Ended, run
from support.odd_ledgers import ODD, laid, scribbled
from support.sweeps import sweep

pytestmark = [
    pytest.mark.unmeasured,  # processes of their own; what each refusal is made of has tests of its own
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
]
T = ("--today", "2018-11-02", "--db", "t.db")
LINES = {
    "bulletin": ("bulletin", "10", *T),
    "hazard add": (*HAZARD, *T),
    "check": ("check", *T),
    "bulletin into a file": ("bulletin", "10", "-o", "o.csv", *T),
}
NOT_OURS = {"E613"}
TOLD = {
    "nothing": {"E611"},
    "empty": NOT_OURS,
    "cut off in its head": NOT_OURS,
    "cut off in a page": {"E615"},
    "cut off in the middle": {"E615"},
    "a text": NOT_OURS,
    "a folder": {"E637"},
    "a pipe": {"E637"},
    "a link to itself": {"E637"},
    "a link to nothing": {"E637"},
    "/dev/full": {"E637"},
    "/dev/zero": {"E637"},
    "/dev/null": {"E637"},
    "newer": {"E614"},
    "foreign": NOT_OURS,
    "foreign under our sign": NOT_OURS,
    "only our sign": NOT_OURS,
    "with an evil view": {"E703"},
    "with an evil trigger": {"E703"},
    "with an endless view": {"E703"},
    "without a table": {"E703"},
}
"""What is said of each, by whatever command. Of the others, which are sound after all, nothing is said."""


def told(ended: Ended) -> set[str]:
    """The codes that a command said; that it ended as a command should."""
    assert "Traceback" not in ended.said
    assert "E901" not in ended.said
    assert ended.code >= 0, ended.said
    return set(re.findall("〔(E[0-9]+)〕", ended.said))


@sweep("name", [name for name in ODD if name != "scribbled"], keep=12)
def test_it_is_told_what_it_is(template: Path, tmp_path: Path, name: str) -> None:
    path = laid(template, tmp_path / "台", name)
    before = path.read_bytes() if path.is_file() and name in TOLD else b""
    for what, line in LINES.items():
        ended = run(path.parent, line)
        assert told(ended) == TOLD.get(name, set()), (what, ended.said)
        assert (ended.code != 0) is (name in TOLD), (what, ended.said)
    assert (path.read_bytes() if before else b"") == before
    assert path.with_name("o.csv").exists() is (name not in TOLD)


def test_a_page_of_nonsense_is_found_by_a_check_at_least(template: Path, tmp_path: Path) -> None:
    path = laid(template, tmp_path / "台", "scribbled")
    for line in LINES.values():
        told(run(path.parent, line))
    shutil.copy(template, path)
    scribbled(path)
    assert told(run(path.parent, LINES["check"]))


def test_one_that_another_program_is_writing_is_waited_for_and_then_told(template: Path, tmp_path: Path) -> None:
    """A reader waits for a commit alone, 8 seconds at the most; a writer for its turn, 30: so it was decided."""
    assert (opening.READER_WAITS, opening.WAIT_SECONDS) == (8, 30)
    path = tmp_path / "t.db"
    shutil.copy(template, path)

    def impatient() -> None:
        opening.READER_WAITS = opening.WAIT_SECONDS = 0

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for line in LINES.values():
            assert told(run(tmp_path, line, prepare=impatient)) == {"E621"}
    assert told(run(tmp_path, LINES["bulletin"])) == set()


@pytest.fixture
def open_to_all(template: Path) -> Iterator[Path]:
    """A folder that every user may enter, with a ledger in it: those of a test are their owner's only."""
    folder = Path(tempfile.mkdtemp())
    try:
        shutil.copy(template, folder / "t.db")
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize(
    ("rights", "reads", "writes"),
    [(0o444, set(), {"E638"}), (0o666, set(), {"E638"}), (0o000, {"E617"}, {"E617"})],
    ids=["a file to read", "a folder to read", "nothing at all"],
)
def test_where_another_user_may_not_write(open_to_all: Path, rights: int, reads: set[str], writes: set[str]) -> None:
    (open_to_all / "t.db").chmod(rights)
    open_to_all.chmod(0o755)
    before = (open_to_all / "t.db").read_bytes()

    def another() -> None:
        os.setgid(65534)
        os.setuid(65534)

    for name in ("bulletin", "check", "hazard add"):
        ended = run(open_to_all, LINES[name], prepare=another)
        assert told(ended) == (writes if name == "hazard add" else reads), (name, ended.said)
    assert (open_to_all / "t.db").read_bytes() == before

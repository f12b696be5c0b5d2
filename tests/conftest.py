"""Ledgers for tests. Whatever a test has written is whole when it ends: sums = view, chain, rules (ledger.check).

Of a copy of the demonstration, the log of how it was made is not gone through again, and what was not touched since is
not held against the rules: the hash of its last operation vouches for it, and tests/demonstration checks it wholly."""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import pkgutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

import anjian_cli
from anjian_cli.demonstration import build
from anjian_cli.errors import Fault
from anjian_cli.ledger import check, create, inverse, roots
from anjian_cli.ledger.gate import Gate
from oracle.figures import new_ledger
from support import county, examples, sweeps
from support.desk import Desk
from support.import_ledger import standing
from support.plain_environment import leave_workbooks_out, unmeasured
from support.sweeps import pytest_addoption, pytest_collection_modifyitems  # noqa: F401 -- hooks

examples.register()
leave_workbooks_out()
VOUCHED_FOR = pytest.StashKey[dict[str, int]]()
"""Operations up to which a log need not be gone through, by their hashes."""


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(
        100_000, 50, 1000
    )  # made-up records by the thousand are no cycles: a tenth of the run was spent here
    config.addinivalue_line("markers", "altered: the test alters a ledger past the gate, so it is not whole at the end")
    config.addinivalue_line("markers", "unmeasured: others cover the same, and measuring it would double its time")
    config.addinivalue_line("markers", sweeps.MARKER)
    examples.ordinary_run = not config.getoption("thorough")
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) == signal.SIG_IGN:  # a shell has what it starts in the background ignore them
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


@pytest.hookimpl(trylast=True)
def pytest_sessionstart() -> None:
    """Every module is imported while all is measured: else the lines that importing runs are those of whichever test
    comes first, and that may be one that is not measured."""
    for module in pkgutil.walk_packages(anjian_cli.__path__, "anjian_cli."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Reading the tests is not measured: it would take twice as long, in every process, and what it runs of the program
    was imported just now, and measured, or is run by tests."""
    with unmeasured():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """With what is made for a whole module of unmeasured tests, which is before any fixture of a single one."""
    with unmeasured() if item.get_closest_marker("unmeasured") is not None else nullcontext():
        return (yield)


@pytest.fixture(autouse=True)
def written_ledgers_are_whole(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Check every ledger of this process that the test wrote through the gate, and that is still there."""
    written: dict[str | int, sqlite3.Connection] = {}
    finish = Gate.finish

    def noting(gate: Gate) -> bool:
        # Before the commit: what is made to fail (support/failing.py) is to fail in the program, not here behind it.
        path = gate.connection.execute("PRAGMA database_list").fetchone()[2]
        changed = finish(gate)
        if changed:
            written[path or id(gate.connection)] = gate.connection
        return changed

    monkeypatch.setattr(Gate, "finish", noting)
    yield
    if request.node.get_closest_marker("altered") is not None:
        return
    vouched_for = request.config.stash.get(VOUCHED_FOR, {})
    for name, connection in written.items():
        if isinstance(name, int):
            _whole(connection, vouched_for)
        elif Path(name).exists():
            with closing(sqlite3.connect(f"{Path(name).as_uri()}?mode=ro", uri=True)) as again:
                _whole(again, vouched_for)


def _whole(ledger: sqlite3.Connection, vouched_for: dict[str, int]) -> None:
    try:
        operations = ledger.execute("SELECT id, hash FROM operation").fetchall()
    except sqlite3.ProgrammingError:  # the test has closed it
        return
    since = max((number for number, link in operations if vouched_for.get(link) == number), default=0)
    with unmeasured(), closing(inverse.copy(ledger)) as taken:
        # Rules hold among the rows of one root, and with the words of the lists: rows that are as they were still do.
        faults = list(_against_rules(taken, since)) if since else []
        faults += check._examined(taken, rules=not since, since=since)
    assert not faults, "\n".join(map(str, faults))


def _against_rules(ledger: sqlite3.Connection, since: int) -> Iterator[Fault]:
    """What breaks a rule among the roots that were touched after an operation; of all, where words came or went."""
    query = "SELECT DISTINCT root, first_id, last_id FROM operation_root WHERE operation > ?"
    touched = [tuple(row) for row in ledger.execute(query, (since,))]
    if any(root == "term" for root, _, _ in touched):
        yield from check._rules(ledger)
        return
    tables = roots.catalogue(ledger)
    for root, first, last in touched:
        for _, rows in roots.load(ledger, tables, root, first, last):
            yield from roots.faults(rows)


@pytest.fixture(scope="session")
def thorough(pytestconfig: pytest.Config) -> bool:
    """Whether a test that draws, or that tries one point after another, is to go through them all."""
    return bool(pytestconfig.getoption("thorough"))


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


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that holds the facts of `import_ledger`, to be copied."""
    return standing(tmp_path_factory.mktemp("台账") / "甲.db")


@pytest.fixture
def desk(ledger: sqlite3.Connection) -> Desk:
    """A ledger in memory that has two towns, 芝英镇 and 石柱镇."""
    made = Desk(ledger)
    made.towns()
    return made


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a test run have in common."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder  # the workers' own lie side by side


@pytest.fixture(scope="session")
def demonstration_made(shared_folder: Path, pytestconfig: pytest.Config) -> tuple[Path, list[Fault]]:
    """The demonstration's ledger, made once in a test run and only to be read, and what was refused on the way."""
    import fcntl

    path, refused = shared_folder / "演示.db", shared_folder / "演示.refused"
    with (shared_folder / "演示.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not refused.exists():
            with unmeasured():
                faults = build.make(path, at="2018-11-02T01:00:00Z", actor="演示", program_version="0")
            refused.write_bytes(pickle.dumps(faults))
    found: list[Fault] = pickle.loads(refused.read_bytes())
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as made:
        last, link = made.execute("SELECT id, hash FROM operation ORDER BY id DESC").fetchone()
    pytestconfig.stash.setdefault(VOUCHED_FOR, {})[link] = last
    return path, found


@pytest.fixture(scope="session")
def county_made_2026(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """The demonstration of 2026, made once in a process and only to be read."""
    with unmeasured():
        path = county.made(tmp_path_factory.mktemp("县") / "县.db")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as made:
        last, link = made.execute("SELECT id, hash FROM operation ORDER BY id DESC").fetchone()
    pytestconfig.stash.setdefault(VOUCHED_FOR, {})[link] = last
    return path

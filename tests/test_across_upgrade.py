"""Random ledgers of today in a made-up next version: what was done before the upgrade is undone, known and compared
after it as it would have been without it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.correction import diff_records, month_diff
from anjian_cli.bulletin.period import ended
from anjian_cli.errors import Refused
from anjian_cli.ledger import check, content, history, inverse, rewind, schema, upgrade, versions, write
from anjian_cli.ledger import open as opening
from anjian_cli.ledger.upgrade import Entry
from anjian_cli.workflow import undo
from anjian_cli.workflow import upgrade as workflow_upgrade
from oracle.figures import Dump, dump, from_months, from_view, record_tables
from oracle.histories import BEGINS, History
from support import next_version
from support.plain_environment import unmeasured
from test_issued_month import go_on, lock, printed

pytestmark = pytest.mark.unmeasured  # long histories; the parts have tests of their own
OCTOBER = ended(2018, 10)
ENTRY = Entry("2019-03-01T01:00:00Z", "经办人甲", "2019-03-01")
TRIED = 8  # operations that are undone, and looked back to; at length three times as many


class Standing:
    """A history of today's version with October issued, and what it said of itself."""

    def __init__(self, seed: int, tried: int = TRIED) -> None:
        made = History(seed, BEGINS)
        while made.today < "2018-11-02":
            made.step()
        lock(made)
        go_on(made, 60)
        self.ledger = made.ledger
        self.today = made.today
        self.printed = printed(compile_bulletin(self.ledger, OCTOBER))
        self.diff = month_diff(self.ledger, OCTOBER.key)
        rng = random.Random(seed)
        operations = [row[0] for row in self.ledger.execute("SELECT id FROM operation ORDER BY id")]
        self.tried = sorted(rng.sample(operations, tried))
        self.then = {each: _serialized(inverse.as_of(self.ledger, each)) for each in self.tried}
        self.undone = {each: self._undone(each) for each in self.tried}

    def _undone(self, operation: int) -> bytes | str:
        with closing(_opened(self.ledger.serialize())) as copy:
            try:
                _undo(copy, operation, self.today)
            except Refused as refusal:
                return refusal.faults[0].code
            return copy.serialize()


@pytest.fixture(scope="module", params=[1000])
def standing(request: pytest.FixtureRequest) -> Standing:
    with unmeasured():
        return Standing(request.param)


@pytest.fixture
def upgraded(standing: Standing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> sqlite3.Connection:
    """The same ledger, in a file, upgraded by the next version."""
    path = tmp_path / "安监.db"
    path.write_bytes(standing.ledger.serialize())
    next_version.adopt(monkeypatch)
    kept = workflow_upgrade.upgrade(path, ENTRY)
    assert kept is not None
    assert kept.read_bytes() == standing.ledger.serialize()
    return _opened(path.read_bytes())


def test_it_is_whole_and_one_operation_longer(standing: Standing, upgraded: sqlite3.Connection) -> None:
    assert check.check(upgraded) == []
    before = [tuple(row) for row in standing.ledger.execute("SELECT * FROM operation ORDER BY id")]
    after = [tuple(row) for row in upgraded.execute("SELECT * FROM operation ORDER BY id")]
    assert after[:-1] == before
    assert upgraded.execute("SELECT command FROM operation ORDER BY id DESC LIMIT 1").fetchone()[0] == history.UPGRADE
    assert from_view(upgraded, standing.today) == from_months(upgraded, standing.today)
    told = upgraded.execute(f"SELECT count({next_version.COLUMN}) FROM training").fetchone()[0]
    assert told == upgraded.execute("SELECT count(*) FROM training").fetchone()[0] > 0


def test_putting_the_upgrade_back_empties_what_it_filled(standing: Standing, upgraded: sqlite3.Connection) -> None:
    with closing(inverse.copy(upgraded)) as copy:
        (last,) = copy.execute("SELECT max(id) FROM operation").fetchone()
        rewind.put_back(copy, last)
        for table in record_tables(standing.ledger):
            names = content.stored_columns(standing.ledger, table)  # the check of a row is of all columns of now
            told = ", ".join(f'"{name}"' for name in names)
            rows = [tuple(row) for row in copy.execute(f'SELECT {told} FROM "{table}" ORDER BY id')]
            assert rows == [tuple(row) for row in standing.ledger.execute(f'SELECT {told} FROM "{table}" ORDER BY id')]
            if table not in next_version.FOLLOWS_BY_RULE:
                assert copy.execute(f'SELECT count({next_version.COLUMN}) FROM "{table}"').fetchone()[0] == 0


def test_as_of_an_operation_before_it_is_the_ledger_of_then_upgraded(
    standing: Standing, upgraded: sqlite3.Connection
) -> None:
    for operation, then in standing.then.items():
        with closing(inverse.as_of(upgraded, operation)) as found, closing(_of_next_version(then)) as wanted:
            assert _facts(found) == _facts(wanted), operation
            for day in ("2018-06-30", "2018-10-31", standing.today):
                assert from_view(found, day) == from_view(wanted, day) == from_months(found, day)


def test_undoing_an_operation_from_before_it_is_undoing_it_before_the_upgrade(
    standing: Standing, upgraded: sqlite3.Connection
) -> None:
    done = 0
    for operation, wanted in standing.undone.items():
        with closing(_opened(upgraded.serialize())) as copy:
            if isinstance(wanted, str):
                with pytest.raises(Refused, match=wanted):
                    _undo(copy, operation, standing.today)
                continue
            _undo(copy, operation, standing.today)
            assert check.check(copy) == []
            with closing(_of_next_version(wanted)) as other:
                assert _facts(copy) == _facts(other), operation
            done += 1
    assert done


def test_the_issued_month_and_what_it_differs_by_are_what_they_were(
    standing: Standing, upgraded: sqlite3.Connection
) -> None:
    assert printed(compile_bulletin(upgraded, OCTOBER)) == standing.printed
    found = month_diff(upgraded, OCTOBER.key)
    assert found == standing.diff
    assert found
    for one in found[:20]:
        behind = diff_records(upgraded, OCTOBER.key, one.indicator, one.town)
        assert sum(record.quantity for record in behind) == one.now - one.was
    assert compile_bulletin(upgraded, ended(2018, 11)).corrections == tuple(standing.diff)


def _undo(connection: sqlite3.Connection, operation: int, today: str) -> None:
    with write.gate(connection, "undo", at="2019-03-02T01:00:00Z", actor="经办人甲", today=today) as gate:
        undo.undo(gate, operation)


def _serialized(connection: sqlite3.Connection) -> bytes:
    with closing(connection):
        return connection.serialize()


def _opened(content: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(content)
    opening.prepare(connection)
    return connection


def _of_next_version(content: bytes) -> sqlite3.Connection:
    """A ledger of today, copied into one of the version that the program has now."""
    with closing(_opened(content)) as old:
        assert opening.version(old) == schema.VERSION - 1
        assert versions.digest(old) == versions.DIGESTS[schema.VERSION - 1]
        return upgrade.of_copy(old)


def _facts(connection: sqlite3.Connection) -> Dump:
    """All records, without the months' recount, which `upgrade.of_copy` leaves out."""
    return dump(connection, [table for table in record_tables(connection) if table != "month_recount"])

"""Packages (报送包) into a warehouse (汇总库): verified as the ledger verifies them, the newest of each ledger
standing.

What was there and is not newer stays. The files are written anew, one a year and province, so that however many
packages came there are few of them; the new ones take the old ones' place at once, or nothing changes.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from anjian_cli.bulletin.period import month_title
from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.exchange import package
from anjian_cli.ledger import held
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple
from anjian_cli.rules import system_errors
from anjian_cli.warehouse import duck, tree
from anjian_cli.warehouse.parquet import quoted, read_text
from anjian_cli.warehouse.relations import FACTS, MEANINGS, RELATIONS, Relation
from anjian_cli.warehouse.staged import Staged
from anjian_cli.warehouse.tree import Tree
from anjian_cli.workflow import receiving

if TYPE_CHECKING:
    import duckdb

    from anjian_cli.exchange.package import Package

AT_ONCE = 500
"""So many files of facts are read by one statement."""


class Standing(NamedTuple):
    """Which package of a ledger stands: month, serial, the hashes of its content and manifest; whether with facts."""

    month: str
    serial: int
    content: str
    manifest: str
    facts: bool


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: how many packages are `new`, `older` than what stands or the `same`; how many ledgers are
    in the warehouse now, and the rows of each relation."""

    new: int
    older: int
    same: int
    ledgers: int
    rows: Mapping[str, int]


def build(connection: sqlite3.Connection, folder: Path, paths: Sequence[Path]) -> Built:
    """Take packages into the warehouse in a folder, which is made where there is none. Raises `Refused`, with all that
    is wrong with any of them, as `package.read` and `receiving.admitted`, E917, E936; E932, E934, E937 (somebody else
    built meanwhile)."""
    duck.module()
    held.tables(connection, ("setting", "town", "reporting_ledger"))
    before = tree.found(folder)
    kept = {} if before is None else _kept(before, _counting(connection))
    chosen, older, same = _chosen(connection, paths, kept)
    stands = {**kept, **{ledger: standing for ledger, (standing, _, _) in chosen.items()}}
    digest = tree.digest([(ledger, each.month, each.serial, each.manifest) for ledger, each in stands.items()])
    if before is not None and before.digest == digest:
        return Built(0, older, same, len(stands), before.counts)
    with _work(folder) as work:
        with Staged(work) as staged, duck.module().connect(":memory:") as reading:
            refusals: list[Fault] = []
            for _, path, county in chosen.values():
                try:
                    staged.add(reading, path.name, _read(path), county)
                except Refused as error:
                    refusals += error.faults
            if refusals:
                raise Refused(refusals)
        rows = work / f"{tree.ROWS}{digest[:16]}"
        counts = _write(work, rows, staged, before, kept.keys() - chosen.keys())
        files = {path.relative_to(rows).as_posix(): tree.sha256_of(path) for path in sorted(rows.rglob("*.parquet"))}
        made = Tree(folder / rows.name, digest, files, counts)
        _place(folder, rows, made, before)
    return Built(len(chosen), older, same, len(stands), counts)


def _counting(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """The ledgers whose packages count, each with its key."""
    found = connection.execute(
        "SELECT ledger_id, key FROM reporting_ledger WHERE voided_on IS NULL AND replaced_by IS NULL"
    )
    return {(ledger, key) for ledger, key in found}


def _kept(before: Tree, counting: set[tuple[str, str]]) -> dict[str, Standing]:
    """What stands in a warehouse of ledgers that count still."""
    with closing(duck.Duck(before)) as engine:
        found = engine.execute("SELECT ledger, key, month, serial, content, manifest, facts FROM packages")
        return {
            str(ledger): Standing(str(month), int(serial or 0), str(content), str(manifest), bool(facts))
            for ledger, key, month, serial, content, manifest, facts in found
            if (ledger, key) in counting
        }


Chosen = dict[str, tuple[Standing, Path, Sequence[str]]]


def _chosen(
    connection: sqlite3.Connection, paths: Sequence[Path], kept: Mapping[str, Standing]
) -> tuple[Chosen, int, int]:
    """Of each ledger the newest of the packages that is newer than what stands, and how many were older or the same."""
    refusals: list[Fault] = []
    chosen: Chosen = {}
    older = same = 0
    for path in paths:
        try:
            found = _read(path)
            of = receiving.admitted(connection, package.delivery(path.name, found))
            facts = package.FACTS in found.others
            now = Standing(found.parts.month, found.serial, found.content, found.manifest, facts)
            ledger = found.parts.ledger
            stands = chosen[ledger][0] if ledger in chosen else kept.get(ledger)
            if stands is not None and stands[:2] == now[:2]:
                if stands.content != now.content:
                    raise refused("E917", path.name, town=of.name, month=month_title(now.month), serial=now.serial)
                if now.facts <= stands.facts:
                    same += 1
                else:  # the same, made once more with its facts
                    chosen[ledger] = now, path, _county(connection, of.town)
            elif stands is not None and now[:2] < stands[:2]:
                older += 1
            else:
                older += ledger in chosen
                chosen[ledger] = now, path, _county(connection, of.town)
        except Refused as error:
            refusals += error.faults
    if refusals:
        raise Refused(refusals)
    return chosen, older, same


def _county(connection: sqlite3.Connection, code: str) -> Sequence[str]:
    found: Sequence[str] = connection.execute(
        "SELECT code, name, COALESCE(city, ''), COALESCE(province, '') FROM town WHERE code = ?", (code,)
    ).fetchone()
    return tuple(found)


def _read(path: Path) -> Package:
    return package.read(package.opened(path))


@contextmanager
def _work(folder: Path) -> Iterator[Path]:
    """A folder within the warehouse in which its next state is made; it goes whatever happens."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    except OSError as error:
        raise refused("E937", str(folder), why=system_errors.writing(error)) from error
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _write(work: Path, rows: Path, staged: Staged, before: Tree | None, stay: set[str]) -> dict[str, int]:
    """Write every relation: what was laid out, and of what was there the ledgers that stay. Returns how many rows."""
    counts = {}
    with duck.module().connect(str(work / "rows.duckdb")) as made:  # a file: facts may not fit into memory
        made.execute("SET threads = 1")  # one file a part, and the same rows make the same bytes
        made.execute("CREATE TABLE stay (ledger VARCHAR)")
        if stay:
            made.executemany("INSERT INTO stay VALUES (?)", [[ledger] for ledger in sorted(stay)])
        for name, relation in RELATIONS.items():
            made.execute(f"CREATE OR REPLACE TABLE told AS SELECT * FROM {_columns_of_none(relation)}")
            if name == FACTS:
                _facts(made, staged)
            else:
                made.execute(f"INSERT INTO told SELECT * FROM {read_text([staged.of(name)], relation.columns)}")
            if before is not None and before.of(name):
                files = ", ".join(f"'{quoted(Path(file))}'" for file in before.of(name))
                which = _which(name)
                made.execute(
                    f"INSERT INTO told SELECT {', '.join(relation.columns)} FROM"
                    f" read_parquet([{files}], hive_partitioning = false) {which}"
                )
            counts[name] = _copy(made, name, relation, rows / name)
    return counts


def _which(name: str) -> str:
    if name == MEANINGS:
        return "WHERE meaning NOT IN (SELECT meaning FROM told)"
    return "WHERE ledger IN (SELECT ledger FROM stay)"


def _columns_of_none(relation: Relation) -> str:
    told = ", ".join(f"CAST(NULL AS {kind}) AS {column}" for column, kind in relation.columns.items())
    return f"(SELECT {told} WHERE false)"


def _facts(made: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    every = list(staged.facts.items())
    columns = ", ".join(column for column in RELATIONS[FACTS].columns if column not in ("ledger", "county"))
    named = ", ".join(RELATIONS[FACTS].columns)
    for start in range(0, len(every), AT_ONCE):
        some = {str(path): of for of, path in every[start : start + AT_ONCE]}
        files = ", ".join(f"'{quoted(Path(path))}'" for path in some)
        made.execute("CREATE OR REPLACE TABLE of_file (filename VARCHAR, ledger VARCHAR, county VARCHAR)")
        made.executemany("INSERT INTO of_file VALUES (?, ?, ?)", [[path, *of] for path, of in some.items()])
        made.execute(
            f"INSERT INTO told ({named}) SELECT {named} FROM (SELECT {columns}, filename FROM"
            f" read_parquet([{files}], filename = true, hive_partitioning = false)) JOIN of_file USING (filename)"
        )


def _copy(made: duckdb.DuckDBPyConnection, name: str, relation: Relation, into: Path) -> int:
    found = made.execute("SELECT count(*) FROM told").fetchone()
    assert found is not None
    count = int(found[0])
    if not count:
        return 0
    order = ", ".join(dict.fromkeys((*relation.order, *relation.columns)))  # all: whatever order they came in
    into.parent.mkdir(exist_ok=True)
    parquet = "FORMAT parquet, COMPRESSION zstd"
    if relation.by:
        made.execute(
            f"COPY (SELECT *, substr(county, 1, 2) AS region, substr({relation.by}, 1, 4) AS year FROM told"
            f" ORDER BY region, year, {order}) TO '{quoted(into)}' ({parquet}, PARTITION_BY (region, year))"
        )
    else:
        into.mkdir()
        made.execute(f"COPY (SELECT * FROM told ORDER BY {order}) TO '{quoted(into / f'{name}.parquet')}' ({parquet})")
    return count


def _place(folder: Path, rows: Path, made: Tree, before: Tree | None) -> None:
    """Put the rows where they belong and let them stand; what stood goes."""
    now = tree.found(folder)
    if (now and now.digest) != (before and before.digest):
        raise refused("E937", str(folder), why="别人刚刚生成过")
    try:
        if made.rows.exists():  # of a build that was broken off
            shutil.rmtree(made.rows)
        rows.rename(made.rows)
        text = rows.parent / tree.NAME
        text.write_text(tree.text(made), encoding="utf-8")
        text.replace(folder / tree.NAME)
    except OSError as error:
        raise refused("E937", str(folder), why=system_errors.writing(error)) from error
    for old in folder.glob(f"{tree.ROWS}*"):
        if old != made.rows:
            shutil.rmtree(old, ignore_errors=True)

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
from anjian_cli.warehouse.relations import FACTS, MEANINGS, RELATIONS, WHOLE, Relation
from anjian_cli.warehouse.staged import PACKAGE, Staged
from anjian_cli.warehouse.tree import Tree
from anjian_cli.workflow import receiving

if TYPE_CHECKING:
    import duckdb


AT_ONCE = 500
"""So many files of facts are read by one statement."""

MEMORY = "2GB"
"""What a build may hold; the rest lies beside the warehouse until it is done."""


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
    is wrong with any of them, as `package.read` and `receiving.admitted`, E917, E936; E941, E934, E937 (it cannot be
    written, or somebody else built meanwhile)."""
    duck.module()
    held.tables(connection, ("setting", "town", "reporting_ledger"))
    before = tree.found(folder)
    kept = {} if before is None else _kept(before, _counting(connection))
    with _work(folder) as work:
        with Staged(work) as staged:
            chosen, older, same = _taken(connection, paths, kept, staged)
        stands = {**kept, **{ledger: standing for ledger, (standing, _) in chosen.items()}}
        digest = tree.digest([(ledger, each.month, each.serial, each.manifest) for ledger, each in stands.items()])
        if before is not None and before.digest == digest:
            return Built(0, older, same, len(stands), before.counts)
        rows = work / f"{tree.ROWS}{digest[:16]}"
        counts = _write(work, rows, staged, [at for _, at in chosen.values()], before, kept.keys() - chosen.keys())
        files = {path.relative_to(rows).as_posix(): tree.sha256_of(path) for path in sorted(rows.rglob("*.parquet"))}
        _place(folder, rows, Tree(folder / rows.name, digest, files, counts), before)
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


Chosen = dict[str, tuple[Standing, int]]
"""By ledger the package that is to stand, and its number among those laid out."""


def _taken(
    connection: sqlite3.Connection, paths: Sequence[Path], kept: Mapping[str, Standing], staged: Staged
) -> tuple[Chosen, int, int]:
    """Lay out what is newer than what stands; returns of each ledger the newest, and how many are older or the same."""
    refusals: list[Fault] = []
    chosen: Chosen = {}
    older = same = 0
    for path in paths:
        try:
            found = package.read(package.opened(path))
            of = receiving.admitted(connection, package.delivery(path.name, found))
            facts = package.FACTS in found.others
            now = Standing(found.parts.month, found.serial, found.content, found.manifest, facts)
            ledger = found.parts.ledger
            stands = chosen[ledger][0] if ledger in chosen else kept.get(ledger)
            alike = stands is not None and stands[:2] == now[:2]
            if stands is not None and alike and stands.content != now.content:
                raise refused("E917", path.name, town=of.name, month=month_title(now.month), serial=now.serial)
            if stands is not None and alike and now.facts <= stands.facts:
                same += 1
            elif stands is not None and now[:2] < stands[:2]:
                older += 1
            else:  # newer, or the same made once more with its facts
                older += ledger in chosen
                chosen[ledger] = now, staged.add(path.name, found, _county(connection, of.town))
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


@contextmanager
def _work(folder: Path) -> Iterator[Path]:
    """A folder beside the warehouse's in which its next state is made; it goes whatever happens."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".anjian-", dir=folder.parent))
    except OSError as error:
        raise refused("E937", str(folder), why=system_errors.writing(error)) from error
    try:
        yield made
    except OSError as error:
        raise refused("E937", str(folder), why=system_errors.writing(error)) from error
    except duck.module().Error as error:
        lacks = duck.lacking(error)
        if lacks is None:
            raise
        raise refused("E937", str(folder), why=lacks.why) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _write(
    work: Path, rows: Path, staged: Staged, chosen: Sequence[int], before: Tree | None, stay: set[str]
) -> dict[str, int]:
    """Write every relation: what was laid out and chosen, and of what was there the ledgers that stay. Returns how many
    rows."""
    counts = {}
    with duck.connected(str(work / "rows.duckdb"), memory_limit=MEMORY) as made:  # a file: for what does not fit
        made.execute("SET threads = 1")  # one file a part, and the same rows make the same bytes
        made.execute("CREATE TABLE stay AS SELECT unnest(CAST(? AS VARCHAR[])) AS ledger", [sorted(stay)])
        made.execute("CREATE TABLE chosen AS SELECT unnest(CAST(? AS BIGINT[])) AS package", [sorted(chosen)])
        for name, relation in RELATIONS.items():
            columns = ", ".join(relation.columns)
            made.execute(f"CREATE OR REPLACE TABLE told AS SELECT * FROM {_columns_of_none(relation)}")
            if name == FACTS:
                _facts(made, staged)
            else:
                text = read_text([staged.of(name)], {PACKAGE: WHOLE, **relation.columns})
                once = "DISTINCT " if name == MEANINGS else ""
                made.execute(
                    f"INSERT INTO told SELECT {once}{columns} FROM {text} WHERE package IN (SELECT package FROM chosen)"
                )
            if before is not None and before.of(name):
                files = ", ".join(f"'{quoted(Path(file))}'" for file in before.of(name))
                made.execute(
                    f"INSERT INTO told SELECT {columns} FROM read_parquet([{files}], hive_partitioning = false)"
                    f" {_which(name)}"
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
    named = ", ".join(RELATIONS[FACTS].columns)
    of_file = ", ".join(column for column in RELATIONS[FACTS].columns if column not in ("ledger", "county"))
    chosen = {at for (at,) in made.execute("SELECT package FROM chosen").fetchall()}
    every = [each for each in staged.facts if each.package in chosen]
    for start in range(0, len(every), AT_ONCE):
        some = every[start : start + AT_ONCE]
        files = ", ".join(f"'{quoted(each.path)}'" for each in some)
        told = [[str(each.path) for each in some], [each.ledger for each in some], [each.county for each in some]]
        made.execute(
            f"INSERT INTO told ({named}) SELECT {named} FROM"
            f" (SELECT {of_file}, filename FROM read_parquet([{files}], filename = true, hive_partitioning = false))"
            " JOIN (SELECT unnest(CAST(? AS VARCHAR[])) AS filename, unnest(CAST(? AS VARCHAR[])) AS ledger,"
            " unnest(CAST(? AS VARCHAR[])) AS county) AS sent USING (filename)",
            told,
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
    """Put the rows where they belong and let them stand; what stood goes. Raises OSError."""
    now = tree.found(folder)
    if (now and now.digest) != (before and before.digest):
        raise refused("E937", str(folder), why="别人刚刚生成过")
    text = rows.parent / tree.NAME
    text.write_text(tree.text(made), encoding="utf-8")  # first: from here on nothing more is written to the disk
    folder.mkdir(exist_ok=True)
    if made.rows.exists():  # of a build that was broken off
        shutil.rmtree(made.rows)
    rows.rename(made.rows)
    text.replace(folder / tree.NAME)
    for old in folder.glob(f"{tree.ROWS}*"):
        if old != made.rows:
            shutil.rmtree(old, ignore_errors=True)

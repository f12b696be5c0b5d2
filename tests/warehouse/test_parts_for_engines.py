"""What a county adds to its package for engines: the same sums, and facts that name nobody."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb

from anjian_cli.bulletin import package_parts
from anjian_cli.bulletin.period import ended
from anjian_cli.errors import Fault
from anjian_cli.exchange import package
from anjian_cli.ledger.open import reading
from anjian_cli.warehouse import parquet
from support.nation_made import nation


def test_of_the_demonstration(demonstration_made: tuple[Path, list[Fault]], tmp_path: Path) -> None:
    period = ended(2018, 10)
    with closing(reading(demonstration_made[0])) as ledger:
        parts = package_parts.of_month(ledger, period)
        facts = parquet.of_facts(ledger, period)
        names = {name for (name,) in ledger.execute("SELECT name FROM enterprise")}
        (count,) = ledger.execute(
            "SELECT count(*) FROM fact_item WHERE town_code IS NOT NULL AND from_on <= '2018-10-31'"
            " AND NOT fact GLOB 'report.*'"
        ).fetchone()
    sums = parquet.of_sums(parts)
    for name, data in (("sums", sums), ("facts", facts)):
        (tmp_path / name).write_bytes(data)
    with duckdb.connect(":memory:") as reader:
        told = reader.execute(f"SELECT * FROM read_parquet('{tmp_path / 'sums'}')").fetchall()
        assert told == [tuple(each) for each in parts.sums]
        kinds = reader.execute(f"DESCRIBE SELECT * FROM read_parquet('{tmp_path / 'facts'}')").fetchall()
        assert {kind[0]: kind[1] for kind in kinds} == dict(parquet.FACTS)
        rows = reader.execute(f"SELECT * FROM read_parquet('{tmp_path / 'facts'}')").fetchall()
    assert len(rows) == count > 0
    texts = {value for row in rows for value in row if isinstance(value, str)}
    assert not texts & names
    assert max(map(len, texts)) < 30  # names of facts, words of lists, codes and days
    key = bytes(range(32))
    plain, _ = package.write(parts, key, serial=1, replaces="", made_at=nation.AT, program="")
    full, _ = package.write(
        parts,
        key,
        serial=1,
        replaces="",
        made_at=nation.AT,
        program="",
        others={package.PARQUET: sums, package.FACTS: facts},
    )
    contents = []
    for name, data in (("一.anjian", plain), ("二.anjian", full)):
        (tmp_path / name).write_bytes(data)
        found = package.read(package.opened(tmp_path / name))
        contents.append((found.content, found.parts))
    assert contents[0] == contents[1]
    assert parquet.of_sums(parts) == sums

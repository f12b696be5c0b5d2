"""Packages laid out for a build, relation by relation: as text, which DuckDB reads at a go, and facts as they came."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from anjian_cli.errors import refused
from anjian_cli.exchange.package import FACTS as FACTS_PART
from anjian_cli.exchange.package import PARQUET, Package
from anjian_cli.warehouse import parquet
from anjian_cli.warehouse.relations import FACTS, MEANINGS, OPENINGS, PACKAGES, RELATIONS, SUMS, UNITS
from anjian_cli.workflow.receiving import definition_of

if TYPE_CHECKING:
    import duckdb


class Staged:
    """A folder into which packages are laid. `facts`: by ledger and county the files of facts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = ExitStack()
        self.facts: dict[tuple[str, str], Path] = {}
        self._meanings: set[str] = set()
        self._writers = {}
        for name in RELATIONS:
            if name != FACTS:
                file = self._files.enter_context(self.of(name).open("w", encoding="utf-8", newline=""))
                self._writers[name] = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def __enter__(self) -> Staged:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()

    def of(self, relation: str) -> Path:
        """The file of a relation."""
        return self._folder / f"{relation}.csv"

    def add(self, connection: duckdb.DuckDBPyConnection, name: str, found: Package, county: Sequence[str]) -> None:
        """Lay out a package, `name` of its file, for a county. Raises `Refused` E936 where the parts for engines are
        not what they are to be, or say other than `sums.csv`."""
        parts = found.parts
        code, title, city, province = county
        of = (parts.ledger, code)
        definition = definition_of(parts)
        meaning = hashlib.sha256(definition.encode()).hexdigest()
        if meaning not in self._meanings:
            self._meanings.add(meaning)
            self._write(MEANINGS, meaning=meaning, definition=definition)
        self._write(
            PACKAGES,
            ledger=parts.ledger,
            county=code,
            name=title,
            city=city,
            province=province,
            month=parts.month,
            made_at=found.made_at,
            program=found.program,
            content=found.content,
            manifest=found.manifest,
            key=found.key,
            meaning=meaning,
            serial=found.serial,
            issued=int(parts.issued),
            demonstration=int(parts.demonstration),
            facts=int(FACTS_PART in found.others),
        )
        rows = [(*of, each.unit, each.measure, each.ends_on[:7], each.came, each.went) for each in parts.sums]
        self._writers[SUMS].writerows(rows)
        self._writers[OPENINGS].writerows((*of, *each) for each in parts.openings)
        self._writers[UNITS].writerows((*of, each.code, each.name) for each in parts.units)
        if PARQUET in found.others:
            path = self._folder / f"{parts.ledger}-sums.parquet"
            path.write_bytes(found.others[PARQUET])
            told = parquet.rows(connection, path, parquet.SUMS, name, PARQUET)
            if sorted(told) != sorted(map(tuple, parts.sums)):
                raise refused("E936", name, part=PARQUET, why="和 sums.csv 不一样")
            path.unlink()
        if FACTS_PART in found.others:
            path = self._folder / f"{parts.ledger}-facts.parquet"
            path.write_bytes(found.others[FACTS_PART])
            parquet.refuse_other(connection, path, parquet.FACTS, name, FACTS_PART)
            self.facts[of] = path

    def _write(self, relation: str, **values: str | int) -> None:
        columns: Mapping[str, str] = RELATIONS[relation].columns
        self._writers[relation].writerow([values[column] for column in columns])

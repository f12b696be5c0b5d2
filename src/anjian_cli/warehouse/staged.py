"""Packages laid out for a build, relation by relation: as text, which DuckDB reads at a go, and facts as they came."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from anjian_cli.errors import refused
from anjian_cli.exchange.package import FACTS as FACTS_PART
from anjian_cli.exchange.package import PARQUET, Package
from anjian_cli.warehouse import duck, parquet
from anjian_cli.warehouse.relations import FACTS, MEANINGS, OPENINGS, PACKAGES, RELATIONS, SUMS, UNITS
from anjian_cli.workflow.receiving import definition_of

PACKAGE = "package"
"""The column before all others: the number of the package that a row came with."""


class Facts(NamedTuple):
    """A file of facts, and whose they are."""

    package: int
    ledger: str
    county: str
    path: Path


class Staged:
    """A folder into which packages are laid. `facts`: their files of facts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = ExitStack()
        self._count = 0
        self.facts: list[Facts] = []

    def __enter__(self) -> Staged:
        files = {name: self.of(name).open("w", encoding="utf-8", newline="") for name in RELATIONS if name != FACTS}
        for file in files.values():
            self._open.enter_context(file)
        self._writers = {
            name: csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL) for name, file in files.items()
        }
        self._reading = self._open.enter_context(duck.connected())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def of(self, relation: str) -> Path:
        """The file of a relation, each row behind its PACKAGE."""
        return self._folder / f"{relation}.csv"

    def add(self, name: str, found: Package, county: Sequence[str]) -> int:
        """Lay out a package, `name` of its file, for a county (code, name, city, province); returns its number. Raises
        `Refused` E936 where the parts for engines are not what they are to be, or say other than `sums.csv`."""
        self._count += 1
        self._for_engines(name, found, county[0])
        parts = found.parts
        of = (parts.ledger, county[0])
        definition = definition_of(parts)
        meaning = hashlib.sha256(definition.encode()).hexdigest()
        self._write(MEANINGS, [(meaning, definition)])
        code, title, city, province = county
        told: dict[str, str | int] = {
            "county": code,
            "name": title,
            "city": city,
            "province": province,
            "ledger": parts.ledger,
            "month": parts.month,
            "made_at": found.made_at,
            "program": found.program,
            "content": found.content,
            "manifest": found.manifest,
            "key": found.key,
            "meaning": meaning,
            "serial": found.serial,
            "issued": int(parts.issued),
            "demonstration": int(parts.demonstration),
            "facts": int(FACTS_PART in found.others),
        }
        self._write(PACKAGES, [[told[column] for column in RELATIONS[PACKAGES].columns]])
        self._write(
            SUMS, ((*of, each.unit, each.measure, each.ends_on[:7], each.came, each.went) for each in parts.sums)
        )
        self._write(OPENINGS, ((*of, *each) for each in parts.openings))
        self._write(UNITS, ((*of, each.code, each.name) for each in parts.units))
        return self._count

    def _for_engines(self, name: str, found: Package, county: str) -> None:
        if PARQUET in found.others:
            path = self._folder / PARQUET
            path.write_bytes(found.others[PARQUET])
            told = parquet.rows(self._reading, path, parquet.SUMS, name, PARQUET)
            if sorted(told) != sorted(map(tuple, found.parts.sums)):
                raise refused("E936", name, part=PARQUET, why="和 sums.csv 不一样")
        if FACTS_PART in found.others:
            path = self._folder / f"{self._count}-{FACTS_PART}"
            path.write_bytes(found.others[FACTS_PART])
            parquet.refuse_other(self._reading, path, parquet.FACTS, name, FACTS_PART)
            self.facts.append(Facts(self._count, found.parts.ledger, county, path))

    def _write(self, relation: str, rows: Iterable[Sequence[str | int]]) -> None:
        self._writers[relation].writerows((self._count, *row) for row in rows)

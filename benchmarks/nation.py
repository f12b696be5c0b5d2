"""A made-up nation: counties with sums and facts, as packages (报送包), and the ledger of the unit above them.

    python benchmarks/nation.py FOLDER --counties 2800 [--facts 2800 --towns 12]

Each county is put together by lot (of a seed) from the towns of the demonstration: what a town's records come to there,
and the records themselves, are those of one of the county's units, so that sums, opening figures, what is counted once,
and facts fit together as they do in a ledger. A county has a key of its own and its packages are signed with it.
Nothing of it is true, and nothing of it is kept in the repository.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from anjian_cli.bulletin import package_parts
from anjian_cli.bulletin.package_parts import Opened, Parts, Sum, Unit
from anjian_cli.bulletin.period import ended
from anjian_cli.demonstration import build as demonstration
from anjian_cli.exchange import package
from anjian_cli.ledger import write
from anjian_cli.ledger.create import create
from anjian_cli.ledger.open import reading
from anjian_cli.light_dataclasses import replace
from anjian_cli.rules.intervals import OPEN
from anjian_cli.warehouse import build, parquet
from anjian_cli.workflow import receiving, signing

AT, TODAY, ACTOR = "2018-11-05T01:00:00Z", "2018-11-05", "测算"
YEAR, MONTH = 2018, 10
PROVINCES = (
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41"),
    *("42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"),
)
CITIES = 9
"""Cities of a province, among which its counties are dealt out."""
OPENED, OPENED_OF = "training.passed?kind=主要负责人", 0.3
"""Of what some counties have an opening figure, and how many of them."""
TARGETS = (
    *(f"training.{kind}" for kind in ("负责人", "管理人员", "特种作业", "其他", "网格员")),
    *("standard.reached.三级新创", "standard.reached.二级", "village.accepted", "equipment.智慧用电"),
    *(f"trusteeship.{kind}" for kind in ("喷涂", "涉氨", "涉粉", "小微")),
)
"""The indicators of which every county has a task."""


class Fact(NamedTuple):
    """A row of `facts.parquet` without its unit."""

    fact: str
    kind: str
    level: str
    channel: str
    subject: int
    from_on: str
    until_on: str
    quantity: int


class Town(NamedTuple):
    """What one town of the demonstration comes to."""

    sums: tuple[Sum, ...]
    openings: tuple[Opened, ...]
    facts: tuple[Fact, ...]


class Pattern(NamedTuple):
    """The demonstration's package, and its towns."""

    parts: Parts
    towns: tuple[Town, ...]


class County(NamedTuple):
    """A county of the nation. `seed`: its private key."""

    region: str
    name: str
    city: str
    province: str
    ledger: str
    seed: bytes


def pattern(demo: Path | None = None) -> Pattern:
    """What counties are put together from; `demo` is the demonstration's ledger, made here where it is not told."""
    with tempfile.TemporaryDirectory() as folder:
        path = demo or Path(folder) / "demo.db"
        if demo is None:
            demonstration.make(path, at=AT, actor=ACTOR, program_version="")
        period = ended(YEAR, MONTH)
        with closing(reading(path)) as connection:
            parts = package_parts.of_month(connection, period)
            facts: dict[str, list[Fact]] = defaultdict(list)
            cursor = connection.cursor()
            cursor.row_factory = None
            for row in cursor.execute(*parquet.items(period)):
                facts[row[4]].append(Fact(*row[:4], *row[5:]))
    towns = tuple(
        Town(
            tuple(each for each in parts.sums if each.unit == unit.code),
            tuple(each for each in parts.openings if each.unit == unit.code),
            tuple(facts[unit.code]),
        )
        for unit in parts.units
        if facts[unit.code]
    )
    return Pattern(parts, towns)


def counties(count: int) -> Iterator[County]:
    """So many counties, dealt out among provinces and their cities."""
    of_province: defaultdict[str, int] = defaultdict(int)
    for number in range(count):
        province = PROVINCES[number % len(PROVINCES)]
        at = of_province[province]
        of_province[province] += 1
        region = f"{province}{at % CITIES + 1:02d}{at // CITIES + 21:02d}"
        mark = hashlib.sha256(region.encode())
        yield County(
            region=region,
            name=f"测算{region}县",
            city=f"测算{region[:4]}市",
            province=f"测算{province}省",
            ledger=mark.hexdigest()[:32],
            seed=mark.digest(),
        )


def parts_of(of: Pattern, county: County, towns: int) -> tuple[Parts, list[tuple[str, Fact]]]:
    """What a county of so many towns delivers, and its facts, each with its unit."""
    lot = random.Random(county.region)
    sums: list[Sum] = []
    openings: list[Opened] = []
    facts: list[tuple[str, Fact]] = []
    units = []
    for number in range(towns):
        town = lot.choice(of.towns)
        code = f"{county.region}{number + 100:03d}"
        units.append(Unit(code, f"第{number + 1}镇", code))
        sums += [each._replace(unit=code) for each in town.sums]
        openings += [each._replace(unit=code) for each in town.openings]
        facts += [(code, each._replace(subject=each.subject * 1000 + number)) for each in town.facts]
    if lot.random() < OPENED_OF:
        _open(lot.randrange(5, 50), units[0].code, sums, openings, facts)
    told = replace(
        of.parts,
        region=county.region,
        region_name=county.name,
        ledger=county.ledger,
        issued=False,
        demonstration=False,
        units=tuple(units),
        sums=tuple(sorted(sums)),
        openings=tuple(sorted(openings)),
        cells=(),
    )
    return told, facts


def _open(quantity: int, unit: str, sums: list[Sum], openings: list[Opened], facts: list[tuple[str, Fact]]) -> None:
    """A total of a flow that is known without its records, where sums, opening figures and facts have it."""
    at = next((at for at, each in enumerate(sums) if each[:3] == (unit, OPENED, "2018-03-31")), None)
    if at is None:
        sums.append(Sum(unit, OPENED, "2018-03-31", quantity, 0))
    else:
        sums[at] = sums[at]._replace(came=sums[at].came + quantity)
    openings.append(Opened(unit, OPENED, "2018-03-31", OPEN, "2018-01-01", quantity))
    facts.append((unit, Fact(OPENED, "", "", "", -1, "2018-03-31", OPEN, quantity)))


def packages(folder: Path, count: int, *, towns: int = 2, facts: int = 0, of: Pattern | None = None) -> list[Path]:
    """A package of each of so many counties, the first `facts` of them with single facts; those that are there are
    taken as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    of = of or pattern()
    made = []
    for number, county in enumerate(counties(count)):
        path = folder / f"{county.region}-{of.parts.month}-1{package.ENDING}"
        made.append(path)
        if path.exists():
            continue
        parts, items = parts_of(of, county, towns)
        path.write_bytes(packed(parts, county, items if number < facts else None)[0])
    return made


def packed(
    parts: Parts, county: County, facts: Sequence[tuple[str, Fact]] | None = None, *, serial: int = 1
) -> tuple[bytes, str]:
    """The file of a county's package, and its manifest's hash."""
    others = {} if facts is None else {package.FACTS: _facts(facts)}
    return package.write(parts, county.seed, serial=serial, replaces="", made_at=AT, program="测算", others=others)


def _facts(items: Sequence[tuple[str, Fact]]) -> bytes:
    rows = sorted((*each[:4], unit, *each[4:]) for unit, each in items)
    return parquet.made(parquet.FACTS, rows)


def ledger(path: Path, count: int) -> Path:
    """The ledger of the unit above so many counties: their names, keys and tasks; nothing received."""
    if path.exists():
        return path
    of = list(counties(count))
    lot = random.Random("任务")
    create(path)
    with write.operation(path, "town import", at=AT, actor=ACTOR, today=TODAY) as gate:
        for position, county in enumerate(of):
            gate.insert(
                "town",
                code=f"{county.region}000",
                name=county.name,
                short_name=county.name,
                kind="县级",
                position=position,
                city=county.city,
                province=county.province,
            )
    with write.operation(path, "package register", at=AT, actor=ACTOR, today=TODAY) as gate:
        for county in of:
            code = f"{county.region}000"
            gate.insert(
                "reporting_ledger",
                number=gate.number("reporting_ledger", code, YEAR),
                town_code=code,
                ledger_id=county.ledger,
                key=signing.public_of(county.seed).hex(),
                from_on=TODAY,
            )
            for indicator in TARGETS:
                gate.insert(
                    "target",
                    number=gate.number("target", code, YEAR),
                    year=YEAR,
                    indicator=indicator,
                    town_code=code,
                    quantity=lot.randrange(20, 90),
                    document="测算",
                    from_on=f"{YEAR}-01-01",
                )
    return path


def receive(path: Path, packed: Sequence[Path]) -> None:
    """Take packages into the ledger, each by an operation of its own, as the command does."""
    for each in packed:
        content = package.opened(each)
        found = package.read(content)
        with write.operation(path, "package receive", at=AT, actor=ACTOR, today=TODAY) as gate:
            receiving.receive(gate, package.delivery(each.name, found))


def main() -> None:
    """Make a nation's packages, ledger and warehouse."""
    line = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    line.add_argument("folder", type=Path, help="where packages, ledger and warehouse lie")
    line.add_argument("--counties", type=int, default=100)
    line.add_argument("--facts", type=int, default=0, help="so many counties deliver single facts")
    line.add_argument("--towns", type=int, default=2, help="units of a county; some 750 facts each")
    given = line.parse_args()
    packed = packages(given.folder / "packages", given.counties, towns=given.towns, facts=given.facts)
    path = ledger(given.folder / "ledger.db", given.counties)
    with closing(reading(path)) as connection:
        print(build.build(connection, given.folder / "warehouse", packed))


if __name__ == "__main__":
    main()

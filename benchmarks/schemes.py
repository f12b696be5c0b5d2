"""What a long scheme costs: `python benchmarks/schemes.py [--before COMMAND]`. See README.md beside it.

A county of as many hazards as asked for, three times as many inspections and twenty departments takes schemes in, with
points, for towns and departments. Measured are the adoption, the figures on it and on a county of a tenth, and the
import of as many hazards under longer and longer schemes. `COMMAND` is the installed command of another version: it
takes the same file in under its own catalogue. Each run is a process of its own; runs take turns.
"""

from __future__ import annotations

import argparse
import itertools
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import files
import imports
import ledgers
from anjian_cli.exchange import scheme_examples, scheme_file, scheme_rows, scheme_text
from anjian_cli.ledger import schemes
from anjian_cli.ledger.open import reading
from anjian_cli.light_dataclasses import replace
from anjian_cli.records import definition
from anjian_cli.rules import measure
from anjian_cli.rules.word_lists import HAZARDS
from anjian_cli.workflow import scheme
from anjian_cli.workflow.scheme_draft import Asked, Draft

Run = TypeVar("Run")
TODAY = ("--today", ledgers.TODAY)
SINCE = "2018-01-01"
EXAMPLE = "县级2026"
HAZARD_FACTS = (
    *("found", "open", "overdue", "accepted_of_year", "due_of_year"),
    *("on_time_of_year", "late_of_year", "awaiting", "accepted_late", "overdue_carried"),
)
"""What is told of a hazard: all that an import of hazards counts."""
INDICATORS, OF_DEPARTMENTS, ADOPTED = 120, 20, 60
FIGURES = """
import sys, time
from pathlib import Path
from anjian_cli.bulletin import definition, figures, points_evidence
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.ledger.open import reading
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS
period = ended(2018, 10) if sys.argv[2] == "over" else Period(2018, 10, "2018-10-25", False)
connection = reading(Path(sys.argv[1]))
sums = None
for of in (TOWNS, DEPARTMENTS):
    began = time.process_time()
    sums = figures.compute(connection, definition.define(connection, period, of=of), sums=sums).sums
    print(time.process_time() - began)
"""
"""Processor seconds of the first figures in a process, of towns and then of departments, as a bulletin has both."""


def main() -> None:
    """Build the ledgers that are not there yet, measure, print the tables."""
    given = _arguments()
    work = Path(given.work)
    work.mkdir(parents=True, exist_ok=True)
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; {given.hazards:,} hazards")
    counties = {hazards: _county(work, hazards) for hazards in (given.hazards // 10, given.hazards)}
    if "adoption" in given.only:
        _adoption(work, counties[given.hazards], given.repeat)
    if "figures" in given.only:
        _figures(work, counties, given.repeat)
    if "import" in given.only:
        _import(work, given.hazards, given.before, given.repeat)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(tempfile.gettempdir()) / "anjian-benchmarks"
    parts = ("adoption", "figures", "import")
    parser.add_argument("--work", default=default, help="folder for files and ledgers")
    parser.add_argument("--hazards", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=5, help="rounds")
    parser.add_argument("--before", help="the installed command of another version")
    parser.add_argument("--only", nargs="+", default=parts, choices=parts)
    return parser.parse_args()


def _county(work: Path, hazards: int) -> Path:
    return ledgers.ledger(work, hazards, ledgers.Work(departments=20, inspections=3 * hazards))


def _adoption(work: Path, county: Path, repeat: int) -> None:
    """Sixty measures that the ledger did not count before: forty for towns, twenty for departments."""
    more = [*itertools.islice(_towns(), ADOPTED - OF_DEPARTMENTS), *_departments(points=False)]
    file = _written(work, county, _longer(_in_force(county), more))
    took = [_adopt(file, Path(shutil.copy(county, work / "adopted.db"))) for _ in range(repeat)]
    processor = [each.processor for each in took]
    print(f"\nadoption of {_new_measures(county, work / 'adopted.db')} new measures")
    print(f"s of processor time: median {statistics.median(processor):.2f}, least {min(processor):.2f}")
    print(f"s: median {statistics.median(each.wall for each in took):.2f}; peak MB {max(t.memory for t in took):.0f}")


def _figures(work: Path, counties: dict[int, Path], repeat: int) -> None:
    """`define` and `compute` under the scheme as shipped, and under the long one with points."""
    asked: dict[str, Path] = {}
    for hazards, county in counties.items():
        asked[f"{hazards:,} | as shipped"] = county
        draft = _long(county)
        long = work / f"county-{hazards}-{len(draft.indicators)}.db"
        _adopt(_written(work, county, draft), Path(shutil.copy(county, long)))
        asked[f"{hazards:,} | {len(draft.indicators)} indicators"] = long
    runs = {(name, month): path for name, path in asked.items() for month in ("over", "running")}
    took: dict[tuple[str, str], list[tuple[float, float]]] = {run: [] for run in runs}
    for turn in range(repeat):
        for run in _turned([*runs], turn):
            line = [sys.executable, "-c", FIGURES, str(runs[run]), run[1]]
            done = subprocess.run(line, capture_output=True, check=True, encoding="utf-8")
            towns, departments = map(float, done.stdout.split())
            took[run].append((towns, departments))
    print("\nfigures, processor time, medians (least of both)")
    print("| hazards | scheme | month | towns ms | departments ms | both ms | least ms |")
    print("|---:|---|---|---:|---:|---:|---:|")
    for (name, month), found in took.items():
        towns, departments = (statistics.median(of) * 1000 for of in zip(*found, strict=True))
        both = [sum(of) * 1000 for of in found]
        print(
            f"| {name} | {month} | {towns:.1f} | {departments:.1f} | {statistics.median(both):.1f} | {min(both):.1f} |"
        )


def _import(work: Path, hazards: int, before: str | None, repeat: int) -> None:
    """As many hazards, into a ledger that knows their firms, under the scheme as shipped and longer ones."""
    firms = max(1, hazards // 10)
    enterprises = files.write(work / f"enterprises-{firms}.csv", files.ENTERPRISE, files.enterprises(firms))
    file = files.write(work / f"hazards-{hazards}-{firms}.csv", files.HAZARD, files.hazards(hazards, firms))
    own = imports.tool("anjian")
    told: dict[str, tuple[str, Path]] = {}
    for name, command in (("another version", before), ("as shipped", own)):
        if command:
            empty = imports.new_ledger(work, command)
            imports.run([command, "--db", str(empty), "import", str(enterprises), *TODAY])
            told[name] = command, Path(shutil.copy(empty, work / f"{name.replace(' ', '-')}.db"))
    shipped = told["as shipped"][1]
    drafts = {
        f"{count} measures more": _longer(_in_force(shipped), itertools.islice(_hazards(), count)) for count in (12, 40)
    }
    for name, draft in drafts.items():
        ledger = Path(shutil.copy(shipped, work / f"{name.replace(' ', '-')}.db"))
        _adopt(_written(work, shipped, draft), ledger)
        assert _new_measures(shipped, ledger) == int(name.split()[0]), name
        told[name] = own, ledger
    took: dict[str, list[float]] = {name: [] for name in told}
    for turn in range(repeat):
        for name in _turned([*told], turn):
            command, ledger = told[name]
            copy = Path(shutil.copy(ledger, work / "imported.db"))
            took[name].append(imports.run([command, "--db", str(copy), "import", str(file), *TODAY]).processor)
    base = took["as shipped"]
    print(f"\nimport of {hazards:,} hazards, processor time; × against as shipped, the last one round by round")
    print("| scheme | median s | × | least s | × | median of rounds × |\n|---|---:|---:|---:|---:|---:|")
    for name, times in took.items():
        middle, least = statistics.median(times), min(times)
        rounds = statistics.median(one / of for one, of in zip(times, base, strict=True))
        against = f"{middle / statistics.median(base):.3f} | {least:.2f} | {least / min(base):.3f} | {rounds:.3f}"
        print(f"| {name} | {middle:.2f} | {against} |")


def _turned(runs: list[Run], turn: int) -> list[Run]:
    """What is run, in the order of a round: each begins with another one."""
    at = turn % len(runs)
    return [*runs[at:], *runs[:at]]


def _in_force(ledger: Path) -> Draft:
    with closing(reading(ledger)) as connection:
        return scheme.draft_of(connection, schemes.on(connection, ledgers.TODAY))


def _long(ledger: Path) -> Draft:
    """The shipped example, with points in every form; what the ledger has tasks of; measures on hazards and
    inspections under conditions, for towns and for departments."""
    with closing(reading(ledger)) as connection:
        path = scheme_examples.path_of(EXAMPLE)
        assert path is not None
        example = scheme_file.read(path, scheme.facts(connection), _records())
    category = example.indicators[0].category
    tasked = [
        replace(each, category=category, short=f"在托管{each.short}", title=f"在托管{each.short}企业")
        for each in _in_force(ledger).indicators
        if each.code.removeprefix("trusteeship.") in ledgers.KINDS
    ]
    departments = list(_departments(points=True))
    count = INDICATORS - len(example.indicators) - len(tasked) - len(departments)
    towns = itertools.islice(_towns(points=True), count)
    return _longer(example, [*tasked, *towns, *departments])


def _longer(draft: Draft, more: Iterator[Asked] | Sequence[Asked]) -> Draft:
    """A scheme with more indicators, in its first category where they name none."""
    category = draft.categories[0].code
    added = (each if each.category else replace(each, category=category) for each in more)
    return replace(draft, name="测算", title="测算办法", indicators=(*draft.indicators, *added))


def _hazards() -> Iterator[Asked]:
    """Measures that count some hazards of the file: of every fact, under one condition after another."""
    for number, (source, fact) in enumerate(itertools.product(files.SOURCES, HAZARD_FACTS)):
        yield _asked(f"yh.{number}", measure.written(f"hazard.{fact}", {"channel": [source]}))


def _towns(*, points: bool = False) -> Iterator[Asked]:
    """Measures for towns on hazards and inspections; every third of them costs points."""
    told = [measure.written("hazard.inspected", {"channel": [source]}) for source in ledgers.SOURCES[1:3]]
    told += [
        measure.written(f"hazard.{fact}", {"kind": [kind], "level": [level]})
        for kind, level, fact in itertools.product(HAZARDS.words, ("一般", "重大"), HAZARD_FACTS[:6])
    ]
    for number, text in enumerate(told):
        yield _asked(f"zj.{number}", text, points=points and number % 3 == 0)


def _departments(*, points: bool) -> Iterator[Asked]:
    """Measures for departments, by whose work it is and by who answers for it; every other one costs points."""
    told = [(measure.written("hazard.inspected", {"channel": [source]}), "检查部门") for source in ledgers.SOURCES]
    told += [
        (measure.written(f"hazard.{fact}", {"level": [level]}), "检查部门" if fact == "found" else "监管部门")
        for level, fact in itertools.product(("一般", "重大"), HAZARD_FACTS[:8])
    ]
    for number, (text, units) in enumerate(told):
        yield _asked(f"bm.{number}", text, units=units, points=points and number % 2 == 0)


def _asked(code: str, text: str, *, units: str = "", points: bool = False) -> Asked:
    word = f"测算{code.partition('.')[0]}{code.partition('.')[2]}"
    return Asked(
        code=code,
        category="",
        short=word,
        title=f"{word}的全称",
        unit="条",
        kind="sum",
        measure=text,
        ranked=False,
        against="",
        counts="",
        carried="",
        apart="",
        less=points,
        form="扣分" if points else "",
        full=Fraction(1) if points else None,
        scoring="每=1；扣=0.1" if points else "",
        units=units,
    )


def _records() -> dict[str, str]:
    return {record.name: record.title for record in definition.all_records()}


def _written(work: Path, ledger: Path, draft: Draft) -> Path:
    """A scheme as a text file."""
    with closing(reading(ledger)) as connection:
        rows = scheme_rows.rows(draft, scheme.facts(connection), _records())
    path = work / f"scheme-{len(draft.indicators)}.toml"
    path.write_text(scheme_text.written(rows), encoding="utf-8")
    return path


def _adopt(file: Path, ledger: Path) -> imports.Took:
    line = [imports.tool("anjian"), "--db", str(ledger), "scheme", "adopt", str(file), "--from", SINCE, *TODAY]
    return imports.run(line)


def _new_measures(before: Path, after: Path) -> int:
    counts = []
    for path in (before, after):
        with closing(reading(path)) as connection:
            counts += connection.execute("SELECT count(*) FROM measure").fetchone()
    return int(counts[1]) - int(counts[0])


if __name__ == "__main__":
    main()

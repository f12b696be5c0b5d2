"""A small nation for tests: as `benchmarks/nation.py` makes a large one, from the demonstration."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

import nation as nation
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.ledger.open import reading
from anjian_cli.warehouse import build, engines
from anjian_cli.warehouse.delivered import FromWarehouse


class Nation(NamedTuple):
    """Packages of some counties; `received` is the ledger that took them in, `registered` one that knows whose they may
    be; `pattern` what the counties are put together from."""

    folder: Path
    packages: tuple[Path, ...]
    received: Path
    registered: Path
    pattern: nation.Pattern


def made(folder: Path, pattern: nation.Pattern, counties: int, *, facts: int, towns: int = 2) -> Nation:
    """So many counties, the first `facts` of which deliver single facts."""
    packed = nation.packages(folder / "报送包", counties, facts=facts, towns=towns, of=pattern)
    registered = nation.ledger(folder / "登记.db", counties)
    received = folder / "接收.db"
    shutil.copy(registered, received)
    nation.receive(received, packed)
    return Nation(folder, tuple(packed), received, registered, pattern)


def built(of: Nation, into: Path, packed: Sequence[Path] | None = None) -> build.Built:
    """The warehouse of some packages, of all where none are told."""
    with closing(reading(of.registered)) as connection:
        return build.build(connection, into, list(of.packages if packed is None else packed))


def bulletin(ledger: Path, month: int, warehouse: Path | None = None, engine: str = "duckdb") -> Bulletin:
    """The bulletin of a month, by a ledger alone or with what a warehouse has."""
    with closing(reading(ledger)) as connection:
        if warehouse is None:
            return compile_bulletin(connection, ended(nation.YEAR, month))
        with closing(engines.opened(warehouse, engine)) as opened:
            return compile_bulletin(connection, ended(nation.YEAR, month), deliveries=FromWarehouse(connection, opened))


def told(found: Bulletin) -> str:
    """A hash over every figure of a bulletin, exact to the fraction."""
    return hashlib.sha256(
        repr((found.categories, found.scores, found.mean_score, found.laggards, found.notes, found.points)).encode()
    ).hexdigest()

"""The folder of a warehouse (汇总库): `汇总库.json` names the folder of rows that stands, and each of its files with
its SHA-256. To change the warehouse is to write another folder beside it and then that one file: whole, or not at all.

    汇总库.json
    rows-<16 digits>/sums/region=33/year=2018/….parquet
                     facts/region=33/year=2018/….parquet
                     openings/….parquet, packages/…, meanings/…, units/…
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path

from anjian_cli.errors import refused
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.rules import system_errors
from anjian_cli.warehouse.relations import FACTS, RELATIONS

NAME = "汇总库.json"
FORMAT = 1
_KIND = "anjian_warehouse"
ROWS = "rows-"


@dataclass(frozen=True, slots=True)
class Tree:
    """A warehouse as it stands. `digest` is that of the packages in it, `files` the SHA-256 of each, by its path within
    `rows`; `counts` the rows of each relation."""

    rows: Path
    digest: str
    files: Mapping[str, str]
    counts: Mapping[str, int]

    def of(self, relation: str) -> list[str]:
        """The files of a relation, by their whole paths."""
        return [str(self.rows / name) for name in sorted(self.files) if name.startswith(f"{relation}/")]


def digest(packages: Collection[tuple[str, str, int, str]]) -> str:
    """What a warehouse with some packages is known by: of each its ledger, month, serial and the manifest's hash."""
    return hashlib.sha256(repr(sorted(packages)).encode()).hexdigest()


def found(folder: Path) -> Tree | None:
    """The warehouse in a folder; None where nothing was ever built there. Raises `Refused` E941."""
    try:
        text = (folder / NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = system_errors.reading(error) if isinstance(error, OSError) else "目录读不懂"
        raise refused("E941", str(folder), why=why) from error
    try:
        told = json.loads(text)
        if told[_KIND] != FORMAT:
            raise ValueError(told[_KIND])
        files = {str(name): str(sha) for name, sha in told["files"].items()}
        counts = {name: int(told["counts"][name]) for name in RELATIONS}
        made = Tree(folder / str(told["rows"]), str(told["digest"]), files, counts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise refused("E941", str(folder), why="目录读不懂") from error
    inside = all(not Path(name).is_absolute() and ".." not in Path(name).parts for name in (*files, made.rows.name))
    if not inside or made.rows.parent != folder:
        raise refused("E941", str(folder), why="目录读不懂")
    return made


def opened(folder: Path, *, facts: bool = False) -> Tree:
    """The warehouse in a folder, each file held against its hash; those of facts, which are large, where they are asked
    for. Raises `Refused` E941."""
    tree = found(folder)
    if tree is None:
        raise refused("E941", str(folder), why=f"里面没有 {NAME}")
    for name, sha in tree.files.items():
        if facts or not name.startswith(f"{FACTS}/"):
            try:
                same = sha256_of(tree.rows / name) == sha
            except OSError as error:
                raise refused("E941", str(folder), why=f"{name} {system_errors.reading(error)}") from error
            if not same:
                raise refused("E941", str(folder), why=f"{name} 和生成时的不一样")
    return tree


def sha256_of(path: Path) -> str:
    """SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def text(tree: Tree) -> str:
    """What `汇总库.json` says of a warehouse."""
    told = {
        _KIND: FORMAT,
        "rows": tree.rows.name,
        "digest": tree.digest,
        "counts": dict(tree.counts),
        "files": dict(sorted(tree.files.items())),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"

"""报送包: the file in which a county delivers a month to the unit above, written and read.

A zip file with the ending .anjian: `manifest.json` says whose it is, of which month, the how-manieth of it, and the
SHA-256 of every part; `signature.json` is the county's signature (Ed25519, RFC 8032) of the manifest. `sums.csv`,
`openings.csv` and `cells.csv` hold whole numbers, `catalogue.json` the words to read them by; `sums.parquet` has the
same sums for engines, `facts.parquet` single facts without names: where they are, they are as signed as the rest.

Whoever reads one believes nothing that the signature does not hold; what cannot be read is refused with its place.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from anjian_cli.bulletin.package_parts import IssuedCell, Opened, Parts, Sum, Task, Unit
from anjian_cli.bulletin.period import month_end
from anjian_cli.errors import Fault, Misread, Place, Refused, refused
from anjian_cli.exchange import admission, archive
from anjian_cli.exchange.content import Content, refusal, shown_name
from anjian_cli.ledger import schema
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.records import codes
from anjian_cli.rules import measure, system_errors
from anjian_cli.workflow import signing
from anjian_cli.workflow.receiving import Delivery

FORMAT = 1
ENDING = ".anjian"
MANIFEST, SIGNATURE, CATALOGUE = "manifest.json", "signature.json", "catalogue.json"
SUMS, OPENINGS, CELLS = "sums.csv", "openings.csv", "cells.csv"
PARQUET, FACTS = "sums.parquet", "facts.parquet"
PARTS = (CATALOGUE, SUMS, OPENINGS, CELLS, PARQUET, FACTS)
LONGEST_MANIFEST = 1024 * 1024
MOST_ROWS = 2_000_000
"""Rows of a part: a county's sums by town have some 5,000 for three years."""
LARGEST = 2**63 - 1

_HEADS: Mapping[str, tuple[str, ...]] = {
    SUMS: ("unit", "measure", "ends_on", "came", "went"),
    OPENINGS: ("unit", "measure", "from_on", "until_on", "period_from", "quantity"),
    CELLS: ("unit", "indicator", "counted", "measures", "takes_off", "issued", "corrected"),
}
_KIND = "anjian_package"
_MONTH = re.compile("[0-9]{4}-(0[1-9]|1[0-2])")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HASH = re.compile("[0-9a-f]{64}")
_WHOLE = re.compile("0|-?[1-9][0-9]{0,18}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was read, or is to be written. `serial` counts the packages of its month from 1, `replaces` is the
    manifest's hash of the one before ('' for none); `key` the public key that signed it (hexadecimal), `manifest` the
    SHA-256 of what was signed, `content` that of what it carries, whenever and however often it is made. `others` are
    parts that only engines read, by name."""

    parts: Parts
    serial: int
    replaces: str
    made_at: str
    program: str
    key: str
    manifest: str
    content: str
    others: Mapping[str, bytes]


def content_hash(parts: Parts) -> str:
    """SHA-256 of what a package carries; the same for the same, whenever it is made."""
    told = {**_said(parts), "parts": {name: _sha256(data) for name, data in _plain(parts).items()}}
    for passing in ("head_hash", "operation"):
        del told[passing]
    return _sha256(_text(told))


def write(
    parts: Parts,
    key: bytes,
    *,
    serial: int,
    replaces: str,
    made_at: str,
    program: str,
    others: Mapping[str, bytes] | None = None,
) -> tuple[bytes, str]:
    """The file of a package, signed by a private key, and the SHA-256 of its manifest. Raises `Refused` E732."""
    of = {**_plain(parts), **(others or {})}
    told = {
        _KIND: FORMAT,
        **_said(parts),
        "serial": serial,
        "replaces": replaces,
        "made_at": made_at,
        "program": program,
        "schema": schema.VERSION,
        "key": signing.public_of(key).hex(),
        "content": content_hash(parts),
        "rows": {SUMS: len(parts.sums), OPENINGS: len(parts.openings), CELLS: len(parts.cells)},
        "parts": {name: _sha256(data) for name, data in sorted(of.items())},
    }
    manifest = _text(told)
    signature = {"key": told["key"], "signature": signing.sign(key, manifest).hex()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in ((MANIFEST, manifest), (SIGNATURE, _text(signature)), *sorted(of.items())):
            packed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return made.getvalue(), _sha256(manifest)


def read(content: Content) -> Package:
    """The package in a file, its signature and every part held. Raises `Refused` E910 (none, or damaged), E911
    (signature), E912 (a part is another), E921 (newer format), E923 (a line), E314, E315, E317, E732."""
    packed = archive.opened(content)
    entries = {entry.filename: entry for entry in packed.infolist()}
    if len(entries) != len(packed.infolist()) or not {MANIFEST, SIGNATURE} <= entries.keys():
        raise _none(content, "里面没有清单和签名")
    if entries[MANIFEST].file_size > LONGEST_MANIFEST or entries[SIGNATURE].file_size > LONGEST_MANIFEST:
        raise _none(content, "清单太大")
    manifest, told = _signed(content, {name: _whole(content, entries[name]) for name in (MANIFEST, SIGNATURE)})
    promised = told["parts"]
    data: dict[str, bytes] = {}
    for name in sorted(entries.keys() | promised.keys()):
        if name in (MANIFEST, SIGNATURE):
            continue
        if name not in PARTS or name not in promised or name not in entries:
            raise refused("E912", content.name, part=name)
        data[name] = _whole(content, entries[name])
        if _sha256(data[name]) != promised[name]:
            raise refused("E912", content.name, part=name)
    if not {CATALOGUE, SUMS, OPENINGS, CELLS} <= data.keys():
        raise _none(content, "缺了必有的部分")
    parts = _parts(content, told, data)
    if told["content"] != content_hash(parts):
        raise refused("E912", content.name, part=MANIFEST)
    return Package(
        parts=parts,
        serial=told["serial"],
        replaces=told["replaces"],
        made_at=told["made_at"],
        program=told["program"],
        key=told["key"],
        manifest=_sha256(manifest),
        content=told["content"],
        others={name: data[name] for name in (PARQUET, FACTS) if name in data},
    )


def delivery(name: str, found: Package) -> Delivery:
    """A package that was read, `name` of its file, as it is taken in."""
    return Delivery(
        name=name,
        parts=found.parts,
        serial=found.serial,
        content=found.content,
        manifest=found.manifest,
        made_at=found.made_at,
        program=found.program,
        key=found.key,
    )


def opened(path: Path) -> Content:
    """A file that is said to be one. Raises `Refused`, with the file as place: E305 (missing), E306 (too large), E312
    (cannot be opened), E351 (no file)."""
    name = shown_name(path.name)
    if not path.is_file():
        code = "E351" if path.exists() else "E305"
        raise Refused([Fault(code, value=shown_name(str(path)), place=Place(file=name))])
    try:
        admission.refuse_size(name, path.stat().st_size)
        return Content(name, path.read_bytes(), path.suffix.lower())
    except OSError as error:
        raise refusal(name, "E312", why=system_errors.reading(error)) from error


def csv_of(name: str, rows: Iterable[Sequence[str | int]]) -> bytes:
    """A part as text: one line a row, its heads first."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(_HEADS[name])
    writer.writerows(rows)
    return made.getvalue().encode()


def _said(parts: Parts) -> dict[str, object]:
    return {
        "region": parts.region,
        "region_name": parts.region_name,
        "ledger": parts.ledger,
        "month": parts.month,
        "head_hash": parts.head_hash,
        "operation": parts.operation,
        "issued": parts.issued,
        "demonstration": parts.demonstration,
    }


def _plain(parts: Parts) -> dict[str, bytes]:
    catalogue = {
        "scheme": parts.scheme,
        "facts": dict(parts.facts),
        "measures": list(parts.measures),
        "units": [list(unit) for unit in parts.units],
        "tasks": [list(task) for task in parts.tasks],
    }
    cells = ((*cell[:3], ";".join(cell.measures), ";".join(cell.takes_off), *cell[5:]) for cell in parts.cells)
    return {
        CATALOGUE: _text(catalogue),
        SUMS: csv_of(SUMS, parts.sums),
        OPENINGS: csv_of(OPENINGS, parts.openings),
        CELLS: csv_of(CELLS, cells),
    }


def _signed(content: Content, of: Mapping[str, bytes]) -> tuple[bytes, dict[str, Any]]:
    """The manifest, held against its signature and of the shape that it is to have."""
    manifest = of[MANIFEST]
    try:
        told, signature = json.loads(manifest), json.loads(of[SIGNATURE])
        form = told[_KIND]
        if type(form) is not int:
            raise TypeError(form)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _none(content, "清单读不懂") from error
    if form > FORMAT:
        raise refused("E921", content.name, format=form)
    try:
        _refuse_shape(told)
        key, signed = bytes.fromhex(signature["key"]), bytes.fromhex(signature["signature"])
        same = signature["key"] == told["key"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _none(content, "清单缺了该有的") from error
    if not same or not signing.holds(key, manifest, signed):
        raise refused("E911", content.name)
    return manifest, told


def _refuse_shape(told: Mapping[str, Any]) -> None:
    """Raises ValueError, KeyError or TypeError for a manifest of other types than it has."""
    texts = (
        "region",
        "region_name",
        "ledger",
        "month",
        "head_hash",
        "replaces",
        "made_at",
        "program",
        "key",
        "content",
    )
    if not all(isinstance(told[name], str) and len(str(told[name])) <= 200 for name in texts):
        raise TypeError(texts)
    if not all(type(told[name]) is int and 0 <= told[name] <= LARGEST for name in ("serial", "operation")):
        raise TypeError("serial")
    if not all(type(told[name]) is bool for name in ("issued", "demonstration")):
        raise TypeError("issued")
    parts = told["parts"]
    if not isinstance(parts, dict) or not all(_HASH.fullmatch(str(each)) for each in parts.values()):
        raise TypeError("parts")
    hashes = (told["key"], told["content"], *([told["replaces"]] if told["replaces"] else []))
    if not all(_HASH.fullmatch(str(each)) for each in hashes) or not told["serial"]:
        raise ValueError("hash")
    try:
        codes.region_code(str(told["region"]))
        codes.ledger_id(str(told["ledger"]))
    except Misread as error:
        raise ValueError(error.code) from error
    if not _MONTH.fullmatch(str(told["month"])):
        raise ValueError("month")


def _parts(content: Content, told: Mapping[str, Any], data: Mapping[str, bytes]) -> Parts:
    try:
        catalogue = json.loads(data[CATALOGUE])
        facts = {str(fact): str(digest) for fact, digest in catalogue["facts"].items()}
        measures = tuple(map(str, catalogue["measures"]))
        units = tuple(Unit(*map(str, unit)) for unit in catalogue["units"])
        tasks = tuple(Task(str(unit), str(of), int(quantity)) for unit, of, quantity in catalogue["tasks"])
        scheme = str(catalogue["scheme"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _none(content, "目录读不懂") from error
    month = str(told["month"])
    known = {"", *(unit.code for unit in units)}

    def one_sum(row: Sequence[str]) -> Sum:
        unit, of, ends_on, came, went = row
        if unit not in known or ends_on[:7] > month or ends_on != _end(ends_on):
            raise ValueError(row)
        return Sum(unit, _measure(of), ends_on, _whole_number(came), _whole_number(went))

    def one_opening(row: Sequence[str]) -> Opened:
        unit, of, from_on, until_on, period_from, quantity = row
        days = (from_on, until_on, *([period_from] if period_from else []))
        if unit not in known or not all(map(_DAY.fullmatch, days)):
            raise ValueError(row)
        return Opened(unit, _measure(of), from_on, until_on, period_from, _whole_number(quantity))

    def one_cell(row: Sequence[str]) -> IssuedCell:
        unit, indicator, counted, measures, takes_off, issued, corrected = row
        if unit not in known or counted not in ("flow", "stock"):
            raise ValueError(row)
        adds, takes = (tuple(part for part in parts.split(";") if part) for parts in (measures, takes_off))
        return IssuedCell(unit, indicator, counted, adds, takes, _whole_number(issued), _whole_number(corrected))

    parts = Parts(
        region=str(told["region"]),
        region_name=str(told["region_name"]),
        ledger=str(told["ledger"]),
        month=month,
        head_hash=str(told["head_hash"]),
        operation=told["operation"],
        issued=bool(told["issued"]),
        demonstration=bool(told["demonstration"]),
        scheme=scheme,
        facts=facts,
        measures=measures,
        units=units,
        tasks=tasks,
        sums=tuple(_rows(content, SUMS, data[SUMS], one_sum)),
        openings=tuple(_rows(content, OPENINGS, data[OPENINGS], one_opening)),
        cells=tuple(_rows(content, CELLS, data[CELLS], one_cell)),
    )
    if len({row[:3] for row in parts.sums}) < len(parts.sums):
        raise _none(content, "同一个数写了两次")
    return parts


def _rows(content: Content, name: str, data: bytes, one: Callable[[Sequence[str]], T]) -> Iterator[T]:
    """The rows of a part, each read by `one`. Raises `Refused` E923 with the row."""
    try:
        lines = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
        heads = tuple(next(lines, ()))
    except (UnicodeDecodeError, csv.Error) as error:
        raise refused("E923", content.name, part=name, row=1, why="不是 UTF-8 的逗号分隔文字") from error
    if heads != _HEADS[name]:
        raise refused("E923", content.name, part=name, row=1, why="表头不对")
    at = 1
    try:
        for at, row in enumerate(lines, 2):
            if at > MOST_ROWS or len(row) != len(heads):
                raise ValueError(len(row))
            yield one(row)
    except (ValueError, csv.Error) as error:
        raise refused("E923", content.name, part=name, row=at, why="数不是整数，或者单位、口径、日期不对") from error


def _whole_number(text: str) -> int:
    """A whole number as SQLite keeps one. Raises ValueError."""
    if not _WHOLE.fullmatch(text) or not -LARGEST <= int(text) <= LARGEST:
        raise ValueError(text)
    return int(text)


@cache
def _measure(text: str) -> str:
    """The text of a measure. Raises ValueError for what is none."""
    measure.read(text)
    return text


def _end(day: str) -> str:
    """The last day of a day's month. Raises ValueError."""
    if not _DAY.fullmatch(day) or not 1 <= int(day[5:7]) <= 12:
        raise ValueError(day)
    return month_end(int(day[:4]), int(day[5:7]))


def _whole(content: Content, entry: zipfile.ZipInfo) -> bytes:
    return b"".join(archive.inflated(content, entry))


def _text(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _none(content: Content, why: str) -> Refused:
    return refused("E910", content.name, why=why)

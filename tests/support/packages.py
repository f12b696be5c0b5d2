"""Made-up packages (报送包) of made-up counties, and a ledger of the unit above that receives them."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any

from anjian_cli.bulletin import meaning
from anjian_cli.bulletin.package_parts import IssuedCell, Parts, Sum, Unit
from anjian_cli.bulletin.period import month_end
from anjian_cli.errors import Refused
from anjian_cli.exchange import package
from anjian_cli.exchange.content import Content
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import receiving, signing
from anjian_cli.workflow.receiving import Delivery, Outcome
from support.desk import Desk

TODAY = "2018-12-05"
MEASURES = ("training.passed?kind=网格员", "special.accepted?kind=涉氨", "hazard.found", "hazard.open", "health.tested")
STOCKS = frozenset({"hazard.open", "health.tested"})


def region(number: int) -> str:
    """The code of the county with a number from 0."""
    return f"33{number // 90 + 10:02d}{number % 90 + 10:02d}"


def key_of(number: int) -> bytes:
    """A county's private key."""
    return sha256(f"key {number}".encode()).digest()


def ledger_of(number: int) -> str:
    """The id of a county's ledger."""
    return sha256(f"ledger {number}".encode()).hexdigest()[:32]


def parts(desk: Desk, number: int, month: str, sums: Iterable[Sum], **more: Any) -> Parts:
    """What a county delivers, whose facts mean what they mean at the desk's ledger."""
    told: dict[str, Any] = {
        "region": region(number),
        "region_name": f"示例{number}县",
        "ledger": ledger_of(number),
        "month": month,
        "head_hash": sha256(f"{number} {month}".encode()).hexdigest(),
        "operation": 9,
        "issued": False,
        "demonstration": False,
        "scheme": "示例办法",
        "facts": dict(meaning.fact_digests(desk.ledger)),
        "measures": tuple(
            text
            for (text,) in desk.ledger.execute("SELECT id FROM measure WHERE instr(id, '@') = 0 ORDER BY id")
            if not text.startswith("report.")
        ),
        "units": (Unit(f"{region(number)}001", "示例镇", f"{region(number)}001"),),
        "tasks": (),
        "sums": tuple(sorted(sums)),
        "openings": (),
        "cells": (),
    }
    return Parts(**(told | more))


def random_sums(number: int, month: str, seed: object) -> list[Sum]:
    """Sums of a county from January 2018 to a month: the same for the same seed."""
    drawn = random.Random(f"{number} {seed}")
    found = []
    for at in range(1, int(month[5:]) + 1):
        for measure in MEASURES:
            came = drawn.randrange(4)
            if came:
                went = drawn.randrange(came + 1) if measure in STOCKS else 0
                found.append(Sum(f"{region(number)}001", measure, month_end(2018, at), came, went))
    return found


def issued(of: Parts, corrected: Mapping[str, int] | None = None) -> Parts:
    """The same of an issued month, with the figures that its sums come to, of which some were corrected since."""
    cells = []
    for unit in of.units:
        for measure in MEASURES:
            rows = [each for each in of.sums if (each.unit, each.measure) == (unit.code, measure)]
            stock = measure in STOCKS
            total = sum(each.came - each.went if stock else each.came for each in rows)
            since = (corrected or {}).get(measure, 0)
            kind = "stock" if stock else "flow"
            cells.append(IssuedCell(unit.code, measure, kind, (measure,), (), total - since, since))
    return replace(of, issued=True, cells=tuple(sorted(cells)))


def file(of: Parts, number: int, serial: int = 1, *, key: bytes | None = None) -> Content:
    """The package as a file, signed by the county's key if by no other."""
    made, _ = package.write(
        of, key or key_of(number), serial=serial, replaces="", made_at="2018-12-02T01:00:00Z", program="0.9.0"
    )
    return Content(f"{of.region}-{of.month}-{serial}{package.ENDING}", made, package.ENDING)


def delivery(content: Content) -> Delivery:
    """A file as `anjian package receive` hands it on."""
    found = package.read(content)
    return Delivery(
        name=content.name,
        parts=found.parts,
        serial=found.serial,
        content=found.content,
        manifest=found.manifest,
        made_at=found.made_at,
        program=found.program,
        key=found.key,
    )


def province(ledger: sqlite3.Connection, counties: int) -> Desk:
    """A ledger whose units are counties, each with its ledger registered."""
    desk = Desk(ledger, at="2018-12-05T01:00:00Z")
    with desk.gate(TODAY) as gate:
        for number in range(counties):
            gate.insert(
                "town",
                code=f"{region(number)}000",
                name=f"示例{number}县",
                short_name=f"示例{number}县",
                kind="县级",
                position=number + 1,
                city=f"示例{number // 10}市",
            )
    with desk.gate(TODAY) as gate:
        for number in range(counties):
            gate.insert(
                "reporting_ledger",
                number=gate.number("reporting_ledger", f"{region(number)}000", 2018),
                town_code=f"{region(number)}000",
                ledger_id=ledger_of(number),
                key=signing.public_of(key_of(number)).hex(),
                from_on="2018-01-01",
            )
    return desk


def receive(desk: Desk, content: Content) -> Outcome:
    """One package received, an operation of its own."""
    with desk.gate(TODAY) as gate:
        return receiving.receive(gate, delivery(content))


def refusal(desk: Desk, content: Content) -> list[str]:
    """One package received: the codes for which it is refused, none if it is not."""
    try:
        receive(desk, content)
    except Refused as refused:
        return [fault.code for fault in refused.faults]
    return []


Altered = Callable[[dict[str, bytes]], None]


def altered(content: Content, alter: Altered) -> Content:
    """A package whose parts somebody has changed in the file, by name."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content.data)) as packed:
        of = {name: packed.read(name) for name in packed.namelist()}
    alter(of)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in of.items():
            packed.writestr(name, data)
    return Content(content.name, made.getvalue(), content.suffix)

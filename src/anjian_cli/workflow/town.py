"""Keep a town: what its name and the list already tell need not be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import refused
from anjian_cli.ledger import settings
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.town import COUNTY
from anjian_cli.rules import place_names
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """A new town gets its kind and short name from its name, and its place at the end of the office's order.

    Raises `Refused` E270 for the code of another county.
    """
    stored = register.resolve(record, given, finder)
    row = register.existing(gate, record, stored)
    said = {name: value for name, value in stored.items() if value is not None}
    register.refuse_backwards({**(row or {}), **said}, ("from_on", "启用日期"), ("until_on", "停用日期"))
    if row is not None:
        kept = register.update(gate, record, row, stored)
        finder.forget()
        return kept
    _refuse_foreign(gate, str(stored["code"]))
    name = str(stored["name"])
    kind = _kind(gate, name, str(stored["code"]))
    (last,) = gate.connection.execute("SELECT COALESCE(max(position), 0) FROM town").fetchone()
    county = COUNTY in (said.get("kind"), kind)
    short = _short_of_county(gate, name) if county else _short(name, kind)
    defaults = {"kind": kind, "short_name": short, "position": last + 1}
    row_id = gate.insert("town", **{**defaults, **said})
    finder.forget()
    return Kept("town", row_id, "town", row_id, str(stored["code"]))


def _kind(gate: Gate, name: str, code: str) -> str:
    """By its name; of a region that is no county a unit whose code is a county's is one."""
    region = settings.value(gate.connection, "region_code", gate.today) or ""
    if region.endswith("00") and code.endswith("000"):
        return COUNTY
    return next((kind for kind in ("街道", "镇", "乡") if name.endswith(kind)), "功能区")


def _refuse_foreign(gate: Gate, code: str) -> None:
    """E270 for a new town whose code is that of another county: it would be ranked in the wrong bulletin. Where the
    region's code is not known yet, or such codes are allowed (`foreign_codes`), nothing is refused."""
    day = gate.today
    region = settings.value(gate.connection, "region_code", day)
    prefix = place_names.code_prefix(region or "")
    if not code.startswith(prefix) and settings.value(gate.connection, "foreign_codes", day) != "1":
        raise refused("E270", code, "code", region=region, prefix=prefix)


def _short_of_county(gate: Gate, name: str) -> str:
    """永康市 is 永康, unless another is called so already; what is autonomous keeps its name whole."""
    short = name[:-1] if name.endswith(("市", "县", "区", "旗")) and not name[:-1].endswith("自治") else name
    taken = "SELECT 1 FROM town WHERE short_name = ? AND voided_on IS NULL"
    return name if len(short) < 2 or gate.connection.execute(taken, (short,)).fetchone() else short


def _short(name: str, kind: str) -> str:
    short = name.removesuffix(kind)
    return short if len(short) >= 2 else name

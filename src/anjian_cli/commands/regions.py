"""China's regions by code and name, for `anjian init`: what stands in regions.tsv (data/make_regions.py made it)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Region(NamedTuple):
    """A province, prefecture or county. `path` are the names from the province down to its own."""

    code: str
    name: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.code} {''.join(self.path)}"


def of_code(code: str) -> Region | None:
    """The region that has the code (six digits, GB/T 2260) today; None if there is none."""
    return _by_code().get(code)


def named(text: str) -> list[Region]:
    """The regions called so, by code: 武义县, also with what it lies in before it (金华市武义县, 浙江省武义县)."""
    return [region for region in known() if text.endswith(region.name) and text in _names(region)]


def _names(region: Region) -> set[str]:
    province, prefecture = region.path[0], "".join(region.path[1:-1])
    above = {"", province, prefecture, province + prefecture} if len(region.path) > 1 else {""}
    return {before + region.name for before in above}


def known() -> list[Region]:
    """All regions, by code."""
    return list(_by_code().values())


@cache
def _by_code() -> dict[str, Region]:
    text = files("anjian_cli.commands").joinpath("regions.tsv").read_text(encoding="utf-8")
    names = dict(line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    found = {}
    for code, name in names.items():
        above = [names.get(code[:length].ljust(6, "0"), "") for length in (2, 4)]
        path = [each for each in dict.fromkeys((*above, name)) if each]
        found[code] = Region(code, name, tuple(path))
    return found

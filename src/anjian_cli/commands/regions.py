"""China's regions by code and name, for `anjian init`: what stands in regions.tsv (data/make_regions.py made it)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from anjian_cli.rules import place_names


class Region(NamedTuple):
    """A province, prefecture or county. `path` are the names from the province down to its own."""

    code: str
    name: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.code} {''.join(self.path)}"


WHOLE = Region("000000", place_names.NATION, (place_names.NATION,))
"""The nation, which no list of regions has."""


def of_code(code: str) -> Region | None:
    """The region that has the code (six digits, GB/T 2260) today, or the nation; None if there is none."""
    return WHOLE if code == WHOLE.code else _by_code().get(code)


def named(text: str) -> list[Region]:
    """The regions called so, by code: 武义县, also with what it lies in before it (浙江省武义县), or 全国."""
    if text == WHOLE.name:
        return [WHOLE]
    return [region for region in known() if text.endswith(region.name) and text in _names(region)]


def alike(text: str) -> list[Region]:
    """The regions that may be meant by what is no region's name: 武义 for 武义县, 浙江 for 浙江省."""
    ends = tuple(f"{text}{end}" for end in "市县区旗")
    return [
        each
        for each in known()
        if "".join(each.path).endswith(ends) or (len(each.path) == 1 and each.name.startswith(text))
    ]


def _names(region: Region) -> set[str]:
    province, prefecture = region.path[0], "".join(region.path[1:-1])
    above = {"", province, prefecture, province + prefecture} if len(region.path) > 1 else {""}
    return {before + region.name for before in above}


def known() -> list[Region]:
    """All regions but the nation, by code."""
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

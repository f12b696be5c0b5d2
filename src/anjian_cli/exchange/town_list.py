"""A list of towns as somebody types or pastes it: names one a line, or several on one, with their codes or without.

What has no statistical code gets a local one: the region's six digits, then 9 and a number (901, 902 …), as
development zones have. Knows no ledger; what is wrong with a code is said when the towns are taken in.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from anjian_cli.errors import Fault, Misread, Place, Refused
from anjian_cli.exchange import plain_text, reader
from anjian_cli.light_typing import NamedTuple
from anjian_cli.records import values
from anjian_cli.records.town import KINDS
from anjian_cli.rules import place_names

SUFFIXES = (".txt", ".csv")
"""Files that may be such a list. A CSV that has codes is a table like any other."""
_HEADS = frozenset(
    ("序号", "排序号", "代码", "区划代码", "统计用区划代码", "名称", "镇街名称", "镇街", "类别", *KINDS, *"-*·•")
)
"""Words that stand over a list, or beside a name, and are none themselves."""
_UNITS = values.clean(place_names.GENERAL)
_BETWEEN = re.compile(r"[\s,，、;；|]+")
_NUMBERED = re.compile(r"^(?:\d{1,3}[.．、)）]|[（(]\d{1,3}[)）])\s*")
_LOCAL = 9
_MOST = 99


class Listed(NamedTuple):
    """A town with its nine digits; `local` where these are not the statistical bureau's."""

    code: str
    name: str
    local: bool


def of_file(path: Path) -> list[str] | None:
    """The lines of a file that is such a list; None for any other, which is a table. Raises `Refused` as
    `plain_text.lines`, E306, E312."""
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        return None
    lines = plain_text.lines(reader.content(path))
    coded = any(re.search(r"\d{9}", line) for line in lines)
    return None if coded and path.suffix.lower() != ".txt" else lines


def read(lines: Sequence[str], region: str) -> list[Listed]:
    """The towns of a list in its order, which is the office's; `region` is the county's code of six digits.

    Raises `Refused` E136 with every line of which nothing can be made, E137 where there is none at all, or more than
    there are local codes.
    """
    told: list[tuple[str | None, str]] = []
    faults: list[Fault] = []
    for at, line in enumerate(lines, start=1):
        try:
            for code, name in _of_line(line):
                if any(name == known for _, known in told):
                    raise Misread("E136", why=f"“{name}”前面已经有了")
                if code is not None and any(code == known for known, _ in told):
                    raise Misread("E136", why=f"代码{code}前面已经有了")
                told.append((code, name))
        except Misread as misread:
            faults.append(misread.fault(line.strip(), place=Place(sheet="名单", row=at)))
    if faults:
        raise Refused(faults)
    if not told:
        raise Refused([Fault("E137", {"why": "名单是空的"})])
    given = {code for code, _ in told}
    free = [code for code in _local_codes(region) if code not in given]
    if sum(code is None for code, _ in told) > len(free):
        raise Refused([Fault("E137", {"why": f"没有代码的多于{_MOST}个"})])
    rest = iter(free)
    return [Listed(code or next(rest), name, code is None) for code, name in told]


def table(towns: Sequence[Listed]) -> bytes:
    """The list as the CSV that `anjian town import` takes, with the mark by which office programs know UTF-8."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(("区划代码", "名称"))
    lines.writerows((town.code, town.name) for town in towns)
    return out.getvalue().encode("utf-8-sig")


def _of_line(line: str) -> list[tuple[str | None, str]]:
    """The towns of one line, each with its code if it says one. Raises `Misread` E136, E2xx."""
    text = _NUMBERED.sub("", values.clean(line)).replace(_UNITS, " ")
    words = [word for word in _BETWEEN.split(text) if word and word not in _HEADS]
    words = [word for word in words if not re.fullmatch(r"\d{1,3}[.)]?", word)]
    codes = [word for word in words if word.isdecimal()]
    names = [values.name(word) for word in words if not word.isdecimal()]
    if not codes:
        return [(None, name) for name in names]
    if len(codes) != 1 or len(names) != 1:
        raise Misread("E136", why="看不出哪个代码是哪个镇的")
    code = codes[0].removesuffix("000") if len(codes[0]) == 12 else codes[0]
    if len(code) != 9:
        raise Misread("E136", why=f"{codes[0]}不是9位代码")
    return [(code, names[0])]


def _local_codes(region: str) -> list[str]:
    stem = place_names.code_prefix(region).ljust(6, "0")
    return [f"{stem}{_LOCAL}{number:02}" for number in range(1, _MOST + 1)]

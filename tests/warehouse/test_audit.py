"""Delivered sums are held against delivered facts: what fits is not told, what does not is told each by its place."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.errors import Refused
from anjian_cli.light_dataclasses import replace
from anjian_cli.warehouse import audit, duck, tree
from support import nation_made
from support.nation_made import Nation, nation


def differences(folder: Path) -> list[audit.Difference]:
    with closing(duck.Duck(tree.opened(folder, facts=True))) as engine:
        return audit.differences(engine)


def test_what_fits(warehouse: Path) -> None:
    assert differences(warehouse) == []


def test_every_sum_that_does_not_fit_is_named(five: Nation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    county = next(nation.counties(1))
    parts, facts = nation.parts_of(five.pattern, county, 2)
    sums = list(parts.sums)
    at = next(at for at, each in enumerate(sums) if each.measure == "hazard.found")
    once = next(at for at, each in enumerate(sums) if each.measure.startswith("distinct("))
    sums[at] = sums[at]._replace(came=sums[at].came + 3)
    sums[once] = sums[once]._replace(came=sums[once].came + 1)
    gone = next(each for each in facts if each[1].fact == "special.enrolled")
    path = tmp_path / "包.anjian"
    told = replace(parts, sums=tuple(sums))
    path.write_bytes(nation.packed(told, county, [each for each in facts if each is not gone])[0])
    nation_made.built(five, tmp_path / "汇总库", [path])
    found = differences(tmp_path / "汇总库")
    assert {each.county for each in found} == {county.name}
    first = sums[at]
    assert [each for each in found if each.measure == "hazard.found"] == [
        audit.Difference(county.name, first.unit, "hazard.found", first.ends_on[:7], "来", first.came, first.came - 3)
    ]
    enrolled = [each for each in found if each.measure.startswith("special.enrolled")]
    assert enrolled
    assert all(each.month == gone[1].from_on[:7] and each.unit == gone[0] for each in enrolled if each.what == "来")
    stood = [each for each in found if each.measure.startswith("distinct(")]
    assert stood[0].month == sums[once].ends_on[:7]
    assert all(each.delivered == each.counted + 1 for each in stood)
    monkeypatch.setattr(audit, "AT_ONCE", 1)  # of a nation some counties at a time
    assert differences(tmp_path / "汇总库") == found


def test_too_little_memory_is_told(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> list[object]:
        raise duck.module().OutOfMemoryException("Out of Memory Error: could not allocate\n\nPossible solutions:")

    monkeypatch.setattr(duck, "_fetched", full)
    with pytest.raises(Refused) as refusal:
        differences(warehouse)
    (fault,) = refusal.value.faults
    assert (fault.code, str(fault).count("\n")) == ("E939", 0)
    assert "could not allocate" in str(fault)
    assert "内存不够" in str(fault)

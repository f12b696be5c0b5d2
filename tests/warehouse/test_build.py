"""Packages into a warehouse: the newest of each county, whole or not at all, the same for the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin.package_parts import Parts
from anjian_cli.errors import Refused
from anjian_cli.exchange import package
from anjian_cli.light_dataclasses import replace
from anjian_cli.warehouse import build, duck, parquet, tree
from support import nation_made
from support.nation_made import Nation, nation


def state(folder: Path) -> dict[str, str]:
    """Every file of a folder by its hash."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(duck.Duck(tree.opened(folder, facts=True))) as engine:
        return sorted(engine.execute(sql), key=repr)


def write(of: Nation, folder: Path, change: Callable[[Parts], Parts], *, serial: int = 1, facts: bool = False) -> Path:
    """A package of the first county, with something changed."""
    county = next(nation.counties(1))
    parts, items = nation.parts_of(of.pattern, county, 2)
    path = folder / f"{county.region}-{serial}{len(list(folder.iterdir()))}.anjian"
    path.write_bytes(nation.packed(change(parts), county, items if facts else None, serial=serial)[0])
    return path


def test_the_same_again_changes_no_byte(five: Nation, tmp_path: Path) -> None:
    first, again = tmp_path / "一", tmp_path / "二"
    assert nation_made.built(five, first).new == 5
    before = state(first)
    found = nation_made.built(five, first)
    assert (found.new, found.same, found.ledgers) == (0, 5, 5)
    assert state(first) == before
    nation_made.built(five, again, list(reversed(five.packages)))
    assert state(again) == before


def test_one_by_one_comes_to_the_same(five: Nation, warehouse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "汇总库"
    for path in five.packages:
        nation_made.built(five, folder, [path])
    for name in ("sums", "facts", "packages", "openings", "units", "meanings"):
        assert rows(folder, f"SELECT * FROM {name}") == rows(warehouse, f"SELECT * FROM {name}")
    assert len(list(folder.glob("rows-*"))) == 1
    years = {row[0] for row in rows(folder, "SELECT DISTINCT substr(county, 1, 2) || substr(month, 1, 4) FROM sums")}
    assert len(list(folder.glob("rows-*/sums/*/*/*.parquet"))) == len(years)  # one a province and year


def test_the_newest_stands_in_whatever_order(five: Nation, tmp_path: Path) -> None:
    def fewer(parts: Parts) -> Parts:
        return replace(parts, sums=parts.sums[5:])

    later = write(five, tmp_path, fewer, serial=2)
    one, other = tmp_path / "一", tmp_path / "二"
    nation_made.built(five, one, [five.packages[0], later])
    found = nation_made.built(five, one, [five.packages[0]])
    assert (found.new, found.older) == (0, 1)
    nation_made.built(five, other, [later])
    assert rows(one, "SELECT * FROM sums") == rows(other, "SELECT * FROM sums")
    assert rows(one, "SELECT serial, facts FROM packages") == [(2, 0)]
    assert rows(one, "SELECT count(*) FROM facts") == [(0,)]


def test_facts_that_come_after_are_taken(five: Nation, tmp_path: Path) -> None:
    folder = tmp_path / "汇总库"
    without = write(five, tmp_path, lambda parts: parts)
    nation_made.built(five, folder, [without])
    assert nation_made.built(five, folder, [five.packages[0]]).new == 1
    ((count,),) = rows(folder, "SELECT count(*) FROM facts")
    assert count == len(nation.parts_of(five.pattern, next(nation.counties(1)), 2)[1])


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("E915", lambda parts: replace(parts, region="110199")),
        ("E913", lambda parts: replace(parts, ledger="0" * 32, region="990101")),
        ("E919", lambda parts: replace(parts, ledger="0" * 32)),
        ("E925", lambda parts: replace(parts, demonstration=True)),
    ],
)
def test_one_that_is_refused_refuses_all(
    five: Nation, tmp_path: Path, code: str, change: Callable[[Parts], Parts]
) -> None:
    folder = tmp_path / "汇总库"
    nation_made.built(five, folder, five.packages[3:])
    before = state(folder)
    with pytest.raises(Refused) as refusal:
        nation_made.built(five, folder, [five.packages[1], write(five, tmp_path, change), five.packages[2]])
    assert [fault.code for fault in refusal.value.faults] == [code]
    assert state(folder) == before


@pytest.mark.parametrize(
    ("error", "told", "why"),
    [
        ("IOException", 'IO Error: Could not write file "x": No space left on device', "磁盘已满"),
        ("TransactionException", 'Failed to commit: Could not write file "x": No space left on device', "磁盘已满"),
        ("IOException", "IO Error: There is not enough space on the disk.", "磁盘已满"),
        ("OutOfMemoryException", "could not offload: 'max_temp_directory_size'", "磁盘已满"),
        ("OutOfMemoryException", "could not allocate\n\nPossible solutions:", "内存不够（could not allocate）"),
    ],
)
def test_what_the_machine_lacks_is_told_and_what_stood_stays(
    five: Nation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: str, told: str, why: str
) -> None:
    folder = tmp_path / "汇总库"
    nation_made.built(five, folder, five.packages[3:])
    before = state(tmp_path)

    def full(*_: object) -> int:
        raise getattr(duck.module(), error)(told)

    monkeypatch.setattr(build, "_copy", full)
    with pytest.raises(Refused) as refusal:
        nation_made.built(five, folder)
    (fault,) = refusal.value.faults
    assert fault.code == "E937"
    assert why in str(fault)
    assert state(tmp_path) == before


def test_a_fault_of_our_own_is_not_put_on_the_machine(
    five: Nation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: object) -> int:
        raise duck.module().BinderException("no such column")

    monkeypatch.setattr(build, "_copy", wrong)
    with pytest.raises(duck.module().BinderException):
        nation_made.built(five, tmp_path / "汇总库")
    assert not list(tmp_path.iterdir())


def test_damage_is_found(five: Nation, tmp_path: Path) -> None:
    broken = tmp_path / "残.anjian"
    content = bytearray(five.packages[0].read_bytes())
    content[len(content) // 2] ^= 1
    broken.write_bytes(content)
    with pytest.raises(Refused):
        nation_made.built(five, tmp_path / "汇总库", [broken])
    assert not (tmp_path / "汇总库").exists()
    nation_made.built(five, tmp_path / "库", five.packages[:1])
    file = next((tmp_path / "库").glob("rows-*/sums/*/*/*.parquet"))
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(Refused) as refusal:
        tree.opened(tmp_path / "库")
    assert refusal.value.faults[0].code == "E941"


def test_sums_for_engines_say_what_the_text_says(five: Nation, tmp_path: Path) -> None:
    county = next(nation.counties(1))
    parts, _ = nation.parts_of(five.pattern, county, 2)
    path = tmp_path / "包.anjian"
    told = {"serial": 1, "replaces": "", "made_at": nation.AT, "program": "测算"}
    for other, code in (
        (parquet.of_sums(parts), ""),
        (parquet.of_sums(replace(parts, sums=parts.sums[1:])), "E936"),
        (parquet.made({**parquet.SUMS, "came": "DOUBLE"}, parts.sums), "E936"),
        (b"PAR1", "E936"),
    ):
        made, _ = package.write(parts, county.seed, **told, others={package.PARQUET: other})  # type: ignore[arg-type]
        path.write_bytes(made)
        assert package.read(package.opened(path)).content == package.content_hash(parts)
        if not code:
            assert nation_made.built(five, tmp_path / "汇总库", [path]).new == 1
            continue
        with pytest.raises(Refused) as refusal:
            nation_made.built(five, tmp_path / f"库{len(other)}", [path])
        assert [fault.code for fault in refusal.value.faults] == [code]

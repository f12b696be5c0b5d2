"""A real extract of a registry, where there is one: the guide's first bulletin on it, and each way to save it.

Made-up enterprises take its place in the test command (tests/test_guide.py, tests/exchange/test_round_trip.py)."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from pathlib import Path

import pytest

from exchange.books import xlsx
from support.import_ledger import content, take
from test_guide import ROOT, Desk, enterprises, part_of_guide

SHARED = Path(os.environ.get("ANJIAN_SHARED_DATA") or ROOT.parent / "shared" / "data")
REGISTRY = SHARED / "yongkang_enterprises.csv"

pytestmark = pytest.mark.skipif(not REGISTRY.exists(), reason="the real registry extract is not here")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_first_bulletin_on_a_real_registry_extract(desk: Desk) -> None:
    shutil.copyfile(REGISTRY, desk.folder / "企业.csv")
    said = desk.follow(part_of_guide("guide/clerk-start"), literally=False)
    again = said["anjian 导入 企业.csv --收正确的"]
    numbers = re.search(r"企业(\d+)行，新增(\d+)，修改(\d+)，不变(\d+)，退回(\d+)行", again)
    assert numbers is not None
    rows, new, changed, unchanged, refused = map(int, numbers.groups())
    assert (rows, new, changed) == (1533, 0, 0)
    assert unchanged + refused == rows
    before = enterprises(desk, "原.csv")
    text = REGISTRY.read_text(encoding="utf-8-sig")
    (desk.folder / "国标.csv").write_text(text, encoding="gb18030")
    assert "新增0，修改0" in desk.run("anjian 导入 国标.csv --收正确的")[1]
    assert enterprises(desk, "国标后.csv") == before
    october = said["anjian bulletin --month 2018-10"]
    for short, done in (("喷涂", 80), ("涉氨", 33), ("涉粉", 77), ("小微", 376)):
        assert re.search(rf"^合计 .* {done} .*10-全市-{short}$", october, re.M), short


def test_a_real_extract_gives_the_same_ledger_however_it_was_saved(template: Path, tmp_path: Path) -> None:
    text = REGISTRY.read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    found: list[object] = []
    for data in (text.encode(), text.encode("gb18030"), xlsx({"企业": rows})):
        ledger = Path(shutil.copy(template, tmp_path / f"{len(found)}.db"))
        report = take(ledger, data, accept_good=True)
        assert report.new > 1000
        found.append((report.new, report.refused, [(f.code, f.place.column) for f in report.faults], content(ledger)))
    assert found[0] == found[1] == found[2]

"""`anjian explain` as it is typed: what stands beside its CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., str]
TRAINED = ("training", "add", "--kind", "网格员", "--held-on", "2018-10-08", "--attended", "9", "--passed", "9")


def test_notes_stand_beside_csv(new_county: Run) -> None:
    tasks = "年度,指标,镇街,任务数,文号,起用日期\n2018,网格员,芝英镇,20,例1号,2018-01-01\n"
    Path("任务.csv").write_text(tasks, encoding="utf-8")
    new_county("target", "import", "任务.csv")
    for town in ("芝英", "江南"):
        new_county(*TRAINED, "--town", town, "--培训名称", f"{town}安全培训")
    (note,) = json.loads(new_county("explain", "10-全市-网格员", "--format", "json"))["notes"]
    assert f"注：{note}。" in new_county("explain", "10-全市-网格员")
    told = new_county("explain", "10-全市-网格员", "--format", "csv").splitlines()
    assert told[-1] == f"注：{note}。"
    rows = list(csv.DictReader(io.StringIO("\n".join(told[:-1]))))
    assert [row["是否计入"] for row in rows] == ["是", "否"]
    said = new_county("explain", "10-全市-网格员", "-o", "明细.csv").splitlines()
    assert said[0].startswith("已写出：明细.csv")
    assert said[1] == f"注：{note}。"
    assert note not in Path("明细.csv").read_text(encoding="utf-8-sig")

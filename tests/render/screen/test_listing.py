from __future__ import annotations

import csv
import io
import json

import pytest

from anjian_cli.exchange.cells import neutralise
from anjian_cli.render.data import records
from anjian_cli.render.screen import listing
from anjian_cli.render.width import columns


def test_numbers_stand_to_the_right_and_nothing_is_cut_without_a_width() -> None:
    rows = [["江南街道", "16", "一" * 60], ["芝英镇", "-2.5", ""]]
    assert listing.aligned(["镇", "数", "内容"], rows).splitlines() == [
        "镇          数  内容",
        f"--------  ----  {'-' * 120}",
        f"江南街道    16  {'一' * 60}",
        "芝英镇    -2.5",
    ]


def test_on_a_terminal_the_widest_columns_give_way() -> None:
    rows = [["330784109-2018-0012", "一" * 60, "张三"]]
    shown = listing.aligned(["编号", "内容", "人"], rows, 60).splitlines()
    assert all(len(line) <= 60 for line in shown)
    assert shown[-1].startswith("330784109-2018-0012 一")
    assert shown[-1].endswith("..  张三")


def test_a_listing_of_nothing_has_its_headings() -> None:
    assert listing.aligned(["编号"], []) == "编号\n----"


def test_a_card() -> None:
    assert listing.card([("编号", "12"), ("企业名称", "甲厂"), ("备注", "")]) == "编号      12\n企业名称  甲厂\n备注"


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "＝1", "＋a", "－a", "＠a", "\ta", "\ra", "-"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert neutralise(cell) == f"'{cell}"
    (shown,) = list(csv.reader(io.StringIO(records.delimited(["值"], [[cell]]), newline="")))[1:]
    assert shown == [f"'{cell}".replace("\r", "\n")]


@pytest.mark.parametrize("cell", ["", "甲厂", "-18.83", "+2", "-3", "96.15%", "2018-10-09", "a=b"])
def test_numbers_and_words_stay(cell: str) -> None:
    assert neutralise(cell) == cell


def test_csv_reads_back() -> None:
    rows = [['引"号', "逗,号", "两\n行"], ["", " 空 ", "尾"], ["回\n车", "a", "b"]]
    shown = records.delimited(["甲", "乙", "丙"], [*rows[:2], ["回\r车", "a", "b"]])
    assert list(csv.reader(io.StringIO(shown, newline=""))) == [["甲", "乙", "丙"], *rows]


def test_json_has_field_names_and_chinese_as_it_is() -> None:
    shown = records.structured([{"name": "甲厂", "town": None, "count": 3}])
    assert "甲厂" in shown
    assert json.loads(shown) == [{"name": "甲厂", "town": None, "count": 3}]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{}],
        [{"name": '引"号\n{行}', "town": None, "count": 3, "share": 0.5, "is": True}, {"name": "乙,\\: ["}],
        [{"name": "甲", "of": ["a", 1]}, {"name": "乙", "of": {"b": []}}, {"name": "丙", "of": ()}],
    ],
)
def test_json_is_laid_out_as_the_standard_library_does(rows: list[dict[str, object]]) -> None:
    assert records.structured(rows) == json.dumps(rows, ensure_ascii=False, indent=2)


def test_what_names_a_row_is_never_cut() -> None:
    number = "330784115-2018-0012"
    lines = listing.aligned(["编号", "镇", "企业", "地址"], [[number, *["永康市示例" * 5] * 3]], 46).splitlines()
    assert lines[2].startswith(number + " ")
    assert columns(lines[2]) <= 46

"""A list of towns as it is pasted: names, codes, or both; what is wrong is said line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from anjian_cli.errors import Refused
from anjian_cli.exchange import town_list


@pytest.mark.parametrize(
    ("lines", "towns"),
    [
        (["甲镇", "乙乡"], [("330723901", "甲镇"), ("330723902", "乙乡")]),
        (["甲镇、乙乡，丙街道"], [("330723901", "甲镇"), ("330723902", "乙乡"), ("330723903", "丙街道")]),
        (["330723108 甲镇", "乙乡\t330723200"], [("330723108", "甲镇"), ("330723200", "乙乡")]),
        (["330723108000，甲镇，镇"], [("330723108", "甲镇")]),  # twelve digits, and its kind
        (["1. 甲镇", "（2）乙乡", "3 丙街道"], [("330723901", "甲镇"), ("330723902", "乙乡"), ("330723903", "丙街道")]),
        (["- 甲镇", "• 乙乡"], [("330723901", "甲镇"), ("330723902", "乙乡")]),
        (["序号 镇（街、区）", "", "甲镇"], [("330723901", "甲镇")]),
        (["330723901 甲镇", "乙乡"], [("330723901", "甲镇"), ("330723902", "乙乡")]),  # a local code is given once
        (["３３０７２３１０８　甲镇"], [("330723108", "甲镇")]),
    ],
)
def test_what_is_meant(lines: list[str], towns: list[tuple[str, str]]) -> None:
    assert [(town.code, town.name) for town in town_list.read(lines, "330723")] == towns


def test_only_what_we_gave_is_local() -> None:
    assert [town.local for town in town_list.read(["330723108 甲镇", "乙乡"], "330723")] == [False, True]


def test_a_region_without_counties_has_nine_digits_as_well() -> None:
    assert town_list.read(["甲镇"], "441900")[0].code == "441900901"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["甲镇", "甲镇"], ["第2行"]),
        (["330723108 甲镇", "330723108 乙乡"], ["第2行", "代码330723108前面已经有了"]),
        (["330723 甲镇", "330723108 330723109 乙乡"], ["第1行", "330723不是9位代码", "第2行", "看不出哪个代码"]),
        ([""], ["名单是空的"]),
        ([f"镇{number:03}镇" for number in range(100)], ["多于99个"]),
    ],
)
def test_what_is_wrong_is_told_at_once(lines: list[str], told: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        town_list.read(lines, "330723")
    assert all(text in str(refused.value) for text in told)


@pytest.mark.parametrize(
    ("name", "text", "is_list"),
    [
        ("a.txt", "甲镇\n乙乡\n", True),
        ("a.csv", "名称\n甲镇\n", True),
        ("a.csv", "区划代码,名称\n330723108,甲镇\n", False),
        ("a.txt", "330723108 甲镇\n", True),
        ("a.xlsx", "", False),
    ],
)
def test_which_files_are_lists(tmp_path: Path, name: str, text: str, is_list: bool) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="gb18030")
    assert (town_list.of_file(path) is not None) is is_list


def test_its_table_is_what_an_import_takes() -> None:
    assert town_list.table(town_list.read(["甲镇"], "330723")).decode("utf-8-sig") == "区划代码,名称\n330723901,甲镇\n"

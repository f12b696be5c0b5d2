"""An office's own words on the command line: in help, in files, and where no ledger is at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands.conftest import Run

HEADING = "镇（街、区）,培训日期,培训类别,培训名称,参训人次\n"
PAPER = ("芝英镇,2018-10-09,应急消防,甲,9\n", "芝英镇,2018-10-09,员工,乙,9\n", "芝英镇,2018-09-30,应急消防,丙,9\n")


@pytest.fixture
def own(new_county: Run) -> Run:
    new_county("term", "add", "应急消防", "--用语表", "培训对象", "--启用", "2018-10-01")
    new_county("term", "add", "特种作业人员", "--用语表", "培训对象", "--停用", "2018-11-01")
    return new_county


def test_help_has_the_words_of_the_ledger_on_the_day(own: Run) -> None:
    own("--db", "b.db", "init", "永康市")
    said = "".join(own("training", "add", "-h").split())
    assert "主要负责人、安全管理人员、其他从业人员、网格员、应急消防（必填）" in said
    for elsewhere in (("--db", "b.db"), ("--db", "没有.db")):
        said = "".join(own(*elsewhere, "training", "add", "-h").split())
        assert "主要负责人、安全管理人员、特种作业人员、其他从业人员、网格员（必填）" in said
    said = "".join(own("--today", "2018-09-30", "training", "edit", "-h").split())
    assert "应急消防" not in said


def test_a_file_is_refused_with_every_word_that_does_not_hold(own: Run) -> None:
    Path("培训.csv").write_text(HEADING + "".join(PAPER), encoding="utf-8")
    said = own("import", "培训.csv", code=1)
    assert "第3行" in said
    assert "〔E203〕" in said
    assert "2018-10-01才启用，2018-09-30的记录不能用" in said
    Path("培训.csv").write_text(HEADING + PAPER[0], encoding="utf-8")
    assert "新增1" in own("import", "培训.csv")


def test_what_is_added_by_a_file_is_a_word_for_the_next_one(new_county: Run) -> None:
    Path("用语.csv").write_text("用语表,词语,视同\n整治类型,锂电池,喷涂\n检查方式,专家检查,\n", encoding="utf-8")
    assert "新增2" in new_county("term", "import", "用语.csv")
    listed = new_county("term", "list")
    assert "锂电池" in listed
    assert "隐患来源" in listed  # 检查方式 is the same list


def test_the_programs_own_words_are_listed_beside_the_offices(new_county: Run) -> None:
    new_county("term", "add", "锂电池", "--list", "整治类型", "--means", "喷涂", "--from", "2018-11-01")
    new_county("term", "add", "冶金", "--list", "整治类型", "--until", "2018-11-01")
    told = json.loads(new_county("term", "list", "--find", "整治类型", "--format", "json"))
    assert [(each["word"], each["origin"], each["from_on"], each["until_on"]) for each in told] == [
        *[(word, "程序自带", None, None) for word in ("喷涂", "胶水", "涉粉", "涉氨", "有限空间")],
        ("冶金", "程序自带", None, "2018-11-01"),
        ("危化", "程序自带", None, None),
        ("锂电池", "本单位", "2018-11-01", None),
    ]
    assert told[-1]["means"] == "喷涂"
    assert "程序自带" in new_county("用语", "列表", "--查找", "网格员")

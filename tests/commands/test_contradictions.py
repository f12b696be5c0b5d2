"""Figures that cannot contradict each other, as they are typed: totals beside their towns, places of nobody, what is
short of the whole, weights without effect.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from anjian_cli import cli
from commands.conftest import Run
from support.sweeps import sweep

# What a city printed of hazards found (排查隐患) by its counties, and below them.
PRINTED = {"甲县": 32069, "乙县": 21981, "丙县": 43774, "丁区": 21814, "高新区": 922, "产业园区": 81, "市直": 1361}
WHOLE, UNBORNE = 124841, 2839
HEADS = "指标,镇（街、区）,截至日期,累计数,依据\n"


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ANJIAN_DB", str(tmp_path / "a.db"))
    rows = "".join(f"341602{at:03d},{name}\n" for at, name in enumerate(PRINTED, 1))
    Path("towns.csv").write_text(f"code,name\n{rows}", encoding="utf-8")

    def run(*line: str, code: int = 0) -> str:
        capsys.readouterr()
        done = cli.main(["--today", "2024-01-05", *line])
        said = capsys.readouterr()
        assert done == code, said.err
        return said.out + said.err

    run("init", "a.db", "--region", "341602", "--towns", "towns.csv")
    return run


def _file(*rows: tuple[str, int], heads: str = HEADS) -> str:
    order = heads.strip().split(",")
    text = heads
    for town, number in rows:
        cells = {
            "指标": "排查隐患",
            "镇（街、区）": town,
            "截至日期": "2023-12-31",
            "累计数": str(number),
            "依据": "通报",
        }
        text += ",".join(cells[head] for head in order) + "\n"
    Path("期初数.csv").write_text(text, encoding="utf-8")
    return "期初数.csv"


def _whole(run: Run) -> int | None:
    found = json.loads(run("bulletin", "2023-12", "--format", "json"))
    tables = [table for category in found["categories"] for table in category["indicators"]]
    done: int | None = next(table["total"]["done"] for table in tables if table["id"] == "hazard.found")
    return done


@pytest.mark.unmeasured
@sweep("heads", [HEADS, "镇（街、区）,指标,截至日期,累计数,依据\n"], keep=1)
@pytest.mark.parametrize("word", ["合计", "全市"])
@pytest.mark.parametrize("above", [True, False])
def test_a_total_in_the_file_is_held_against_its_towns(city: Run, heads: str, word: str, above: bool) -> None:
    towns, total = [*PRINTED.items()], (word, WHOLE)
    said = city("import", _file(*([total, *towns] if above else [*towns, total]), heads=heads), code=1)
    assert f"合计{WHOLE}条，各镇（街、区）相加{WHOLE - UNBORNE}条，相差{UNBORNE}条" in said
    assert "〔E476〕" in said
    assert "未定镇街" in said
    assert not _whole(city)
    towns.append(("未定镇街", UNBORNE))
    said = city("import", _file(*([total, *towns] if above else [*towns, total]), heads=heads))
    assert f"表中合计{WHOLE}条，与各镇（街、区）相加的相等，不另计入" in said
    assert "期初数8行，新增8" in said
    assert _whole(city) == WHOLE
    assert "新增0，修改0，不变8" in city("import", _file(*towns, total, heads=heads))
    assert _whole(city) == WHOLE


def test_a_total_of_money_or_firms_is_never_added(city: Run) -> None:
    for of, parts, whole, agrees in (
        ("罚款", ("50000元", "10万元"), "15元", False),
        ("罚款", ("5万元", "10万元"), "15.5万元", False),
        ("罚款", ("5万元", "10万元"), "15万元", True),
        ("三级新创", ("5", "10"), "15", True),
    ):
        numbers = zip(("甲县", "乙县", "全市"), (*parts, whole), strict=True)
        rows = [f"{of},{town},2023-09-30,{number},x" for town, number in numbers]
        Path("期初数.csv").write_text(HEADS + "\n".join(rows), encoding="utf-8")
        said = city("import", "期初数.csv", "--no-return", code=0 if agrees else 1)
        assert ("相等，不另计入" in said, "〔E476〕" in said) == (agrees, not agrees)


def test_what_was_exported_is_read_back_the_same(city: Run) -> None:
    city("import", _file(*PRINTED.items(), ("未定镇街", UNBORNE)))
    city("opening", "export", "-o", "导出.csv")
    assert "未定镇街" in Path("导出.csv").read_text(encoding="utf-8-sig")
    assert "不变8" in city("opening", "import", "导出.csv")


@pytest.mark.unmeasured
def test_the_county_s_alone_stays_possible(city: Run) -> None:
    city("import", _file(("全市", WHOLE)))
    assert _whole(city) == WHOLE
    assert "〔E477〕" in city("import", _file(*PRINTED.items()), code=1)
    assert _whole(city) == WHOLE


def test_a_foot_that_names_no_indicator_is_still_a_note(city: Run) -> None:
    _file(("甲县", 5), heads="镇（街、区）,指标,截至日期,累计数,依据\n")
    with Path("期初数.csv").open("a", encoding="utf-8") as file:
        file.write("合计,,,5,\n")
    assert "第3行是合计" in city("opening", "import", "期初数.csv")


def test_typed_it_is_said_and_nothing_is_kept(city: Run) -> None:
    def add(town: str, number: int, code: int = 0) -> str:
        line = ["opening", "add", "排查隐患", "--town", town, "--from-on", "2023-12-31", "--source", "x"]
        return city(*line, "--cumulative", str(number), code=code)

    add("甲县", 5)
    assert "〔N302〕" in add("全市", 5)
    assert "〔E476〕" in add("全市", 6, code=1)
    assert _whole(city) == 5


def test_what_cannot_be_is_said_at_entry_and_in_the_check(city: Run) -> None:
    line = ["--town", "甲县", "--from-on", "2023-12-31", "--source", "x", "--cumulative"]
    assert "不可能" not in city("opening", "add", "排查隐患", *line, "15")
    assert "〔N305〕" in city("opening", "add", "已销号", *line, "20")
    assert "甲县“已销号”20条，多于“排查隐患”15条，不可能" in city("month", "check", "2023-12")


@pytest.mark.unmeasured
def test_a_total_of_grave_accidents_is_not_none(city: Run) -> None:
    for of, number in (("事故起数", "1"), ("死亡人数", "12")):
        city("opening", "add", of, "--town", "全市", "--from-on", "2023-12-31", "--source", "x", "--cumulative", number)
    assert "未发生较大及以上事故" not in city("bulletin", "2023-12")
    city(
        "opening", "add", "较大事故", "--town", "全市", "--from-on", "2023-12-31", "--source", "x", "--cumulative", "0"
    )
    assert "未发生较大及以上事故" in city("bulletin", "2023-12")


TASKS = "年度,指标,镇（街、区）,任务数,下达文号,起用日期\n"
COURSES = "镇（街、区）,培训日期,培训类别,培训名称,参训人次,合格人次\n"


@pytest.fixture
def county(new_county: Run) -> Run:
    Path("镇.csv").write_text("代码,名称\n330784001,甲街道\n330784002,乙街道\n", encoding="utf-8")
    new_county("town", "import", "镇.csv")
    return new_county


def _courses(run: Run, **passed: int) -> None:
    rows = "".join(f"{town},2018-10-15,网格员,{town}训,{n},{n}\n" for town, n in passed.items())
    Path("培训.csv").write_text(COURSES + rows, encoding="utf-8")
    run("import", "培训.csv")


def _tasks(run: Run, *towns: str) -> None:
    rows = "".join(f"2018,网格员,{town},10,x,2018-01-01\n" for town in towns)
    Path("任务.csv").write_text(TASKS + rows, encoding="utf-8")
    run("target", "import", "任务.csv")


def test_nobody_is_first_of_those_who_have_done_nothing_and_who_lags_is_not_among_the_first(county: Run) -> None:
    towns = ("芝英镇", "江南街道", "甲街道", "乙街道")
    _tasks(county, *towns)
    assert "综合 平均0.00分\n" in county("status")
    _courses(county, 芝英镇=9, 江南街道=5, 甲街道=5, 乙街道=5)
    assert "首位：芝英  落后的：" in county("status").replace("\n", "")


def test_of_two_that_have_done_nothing_the_one_with_a_task_is_neither_first_nor_behind(county: Run) -> None:
    _tasks(county, "芝英镇")
    said = county("bulletin", "10")
    assert "落后的：" not in said
    assert "没有落后的" not in said
    assert (
        said.partition("综合排名")[0].splitlines()[-2]
        == "4个镇（街道）中有3个没有任务，不评分、不排名次：江南街道、甲街道、乙街道。"
    )
    row = next(row for row in json.loads(county("bulletin", "10", "--format", "json"))["scores"] if row["score"])
    assert (row["score"], row["rank"]) == ("0/1", None)
    assert "各镇（街、区）都还没有完成任何任务" in county("explain", "芝英", "排名", code=3)


def test_more_than_was_asked_is_said_so(county: Run) -> None:
    _tasks(county, "芝英镇", "江南街道")
    _courses(county, 芝英镇=96, 江南街道=1)
    assert "完成率960.00%超额" in county("explain", "10-芝英-网格员")
    assert "100.00%，高于" in county("explain", "10-芝英-教育培训")


@pytest.mark.unmeasured
def test_what_is_short_of_the_whole_is_not_the_whole_anywhere(office: Run) -> None:
    office(
        *("target", "add", "--year", "2018", "--indicator", "其他人员", "--town", "芝英", "--quantity", "100000"),
        *("--document", "x", "--from-on", "2018-01-01", "--replace"),
    )
    Path("培训.csv").write_text(COURSES + "芝英镇,2018-10-15,其他从业人员,大培训,99700,99662\n", encoding="utf-8")
    office("import", "培训.csv")
    assert "完成率99.99%，" in office("explain", "10-芝英-其他人员")
    for form in ("table", "csv"):
        (line,) = [
            line for line in office("bulletin", "10", "--format", form).splitlines() if "10-芝英-其他人员" in line
        ]
        assert "99.99" in line
        assert "100.00" not in line


def test_an_unknown_firm_is_told_together_with_values_that_cannot_be_read(new_county: Run) -> None:
    said = new_county("风险等级", "新增", "没有的厂", "--风险等级", "紫", "--评定依据", "示例", code=1)
    assert "〔E203〕" in said
    assert "“企业名称”：“没有的厂”" in said
    assert "〔E233〕" in said

"""Whose file may say what: the office's own registers, and rows of other towns."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from anjian_cli.commands import words
from commands.conftest import Run
from support.import_ledger import code

SETTINGS = "名称,值\n落后名单取末几位,1\n"
TASKS = "年度,指标,镇（街、区）,任务数,下达文号\n"
FIRMS = "企业名称,镇（街、区）,无代码原因,生产经营地址\n"


def saved(name: str, text: str) -> str:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


@pytest.fixture
def county(new_county: Run) -> Run:
    new_county("import", saved("企业.csv", FIRMS + "甲厂,芝英镇,代码不详,一路\n乙厂,江南街道,代码不详,二路\n"))
    return new_county


def standing(run: Run, *line: str) -> str:
    return run(*line, "list", "--format", "csv")


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("name", "text", "noun"),
    [
        ("芝英镇.csv", SETTINGS, "settings"),
        ("芝英设置10月.csv", SETTINGS, "settings"),
        ("任务.csv", TASKS + "2018,三级新创,芝英镇,1,永1\n", "target"),
        ("任务2.csv", TASKS + "2018,三级新创,芝英镇,1,永1\n2018,喷涂,芝英,1,永1\n", "target"),
        (
            "芝英镇统计.csv",
            "统计项目,镇（街、区）,截至日期,数值,来源\n从业人员,全市,2017-12-31,42万人,公报\n",
            "statistic",
        ),
        ("芝英镇部门.csv", "部门名称,监管领域\n建设局,施工\n", "department"),
    ],
)
def test_what_the_office_keeps_comes_from_no_town(county: Run, name: str, text: str, noun: str) -> None:
    before = standing(county, noun)
    said = county("import", saved(name, text), "--no-return", code=1)
    assert "由办公室自己掌握，这是芝英镇的文件，没有收" in said
    assert "〔E343〕" in said
    assert f"anjian {words.NOUNS[noun].chinese[0]} 导入 文件，或加 --本办" in said
    assert standing(county, noun) == before
    said = county("import", name, "--office")
    assert said.count("按--本办收下") == 2  # before and after
    assert standing(county, noun) != before


@pytest.mark.parametrize("archive", [False, True])
def test_nor_out_of_a_folder_of_what_came_in(county: Run, archive: bool) -> None:
    saved("收件/设置.csv", SETTINGS)
    saved("收件/芝英镇培训.csv", "企业名称,培训时间,人数\n甲厂,2018-10-12,30\n")
    path = "收件"
    if archive:
        path = "收件.zip"
        with zipfile.ZipFile(path, "w") as packed:
            packed.write("收件/设置.csv")
            packed.write("收件/芝英镇培训.csv")
    before = standing(county, "settings")
    said = county("import", path, "--no-return", code=1)
    assert "收件的文件夹里不收" in said
    # The training list was not taken for one of enterprises, and so nothing came from 芝英镇.
    assert "〔E340〕" in said
    if not archive:
        assert "（2个）" in said
    assert standing(county, "settings") == before


def test_what_only_the_office_may_take_is_not_sent_back(county: Run) -> None:
    """Nobody has anything to mend in it: a marked copy would be refused as the file was."""
    saved("收件/设置.csv", SETTINGS)
    heads = "镇（街、区）,培训日期,培训类别,培训名称,参训人次,合格人次\n"
    saved("收件/培训.csv", heads + "芝英镇,2018-10-1,网格员,一期,9,9\n")
    said = county("import", "收件", code=1)
    assert "另有1个是办公室自己掌握的，没有收。" in said
    assert "没能读" not in said
    assert "微信回复语" not in said
    assert not Path("收件/退回").exists()


def test_the_offices_own_file_and_its_own_command(county: Run) -> None:
    both = TASKS + "2018,三级新创,芝英镇,1,永1\n2018,三级新创,江南街道,2,永1\n"
    assert "N307" not in county("import", saved("任务.csv", both))
    assert "N307" not in county("target", "import", saved("任务3.csv", TASKS + "2018,三级新创,芝英镇,4,永1\n"))
    said = county("settings", "import", saved("芝英镇设置.csv", SETTINGS))
    assert said.count("按所写的命令收下") == 2


def test_an_empty_sheet_of_a_towns_form_holds_nothing_up(county: Run) -> None:
    saved("芝英镇.csv", "部门名称,监管领域\n示例：示例建设局,建筑施工\n")
    assert "部门0行" in county("import", "芝英镇.csv")


WORK = "种类,镇（街、区）,部门,完成日期,工作名称\n"


def test_a_row_that_names_nobody_counts_for_nobody(county: Run) -> None:
    """In a town's own file, whose column was left empty, it would be an exercise of the county's."""
    rows = "应急演练,,,2018-10-20,一次\n应急演练,芝英镇,,2018-10-21,二次\n"
    said = county("import", saved("芝英镇工作项.csv", WORK + rows), "--no-return", code=1)
    assert "第2行“镇（街、区）”（B列）：这份文件算芝英镇的，这一行没有写是哪个镇、哪个部门的。是芝英镇的请填上" in said
    assert "〔E890〕" in said
    assert "二次" not in county("work", "list")
    county("import", "芝英镇工作项.csv", "--any-town")
    county("import", saved("全县.csv", WORK + "应急演练,,,2018-10-22,三次\n"))
    for title in ("一次", "二次", "三次"):
        assert title in county("work", "list")


def test_what_is_of_an_enterprise_is_of_its_town(county: Run) -> None:
    for name, town in (("永康市甲厂", "芝英"), ("永康市乙厂", "江南")):
        county("enterprise", "add", name, "--town", town, "--无代码原因", "在办")
    seen = "企业名称,检查日期,检查方式,有无隐患,检查部门\n永康市{}厂,2018-10-20,部门检查,无,\n"
    assert "检查1行，新增1" in county("import", saved("芝英镇检查.csv", seen.format("甲")))
    assert "〔E344〕" in county("import", saved("芝英镇检查2.csv", seen.format("乙")), "--no-return", code=1)


def test_a_towns_form_asks_for_nothing_that_the_office_keeps(county: Run) -> None:
    county("template", "--each-town", "-o", "下发")
    names = openpyxl.load_workbook("下发/芝英镇.xlsx", read_only=True).sheetnames
    assert {"工作项", "上报数", "报送"} <= set(names)
    assert not {"评分", "否决解除"} & set(names)


MIXED = FIRMS + "丙厂,芝英镇,代码不详,三路\n丁厂,江南街道,代码不详,四路\n戊厂,江南街道,代码不详,五路\n"


def test_rows_of_other_towns_are_named_and_not_taken(county: Run) -> None:
    said = county("import", saved("芝英镇企业.csv", MIXED), "--no-return", code=1)
    assert "第3行“镇（街、区）”（B列）：“江南街道”——这一行是江南街道的，这份文件算芝英镇的" in said
    assert "另有1行同此（第4行）" in said
    assert "丁厂" not in standing(county, "enterprise")
    county("import", "芝英镇企业.csv", "--no-return", "--accept-good", code=1)
    assert "丙厂" in (now := standing(county, "enterprise"))
    assert "丁厂" not in now
    county("import", "芝英镇企业.csv", "--any-town")
    assert "丁厂" in standing(county, "enterprise")


def test_a_file_that_names_no_town_or_two_may_have_rows_of_all(county: Run) -> None:
    county("import", saved("企业2.csv", MIXED))
    county("import", saved("芝英镇和江南街道.csv", MIXED.replace("丙厂", "己厂").replace("丁厂", "庚厂")))


HAZARD = "企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限\n"


def test_a_row_is_of_the_town_of_its_enterprise_and_of_its_number(county: Run) -> None:
    rows = HAZARD + "乙厂,2018-10-09,网格巡查,一般,无罩,2018-10-30\n"
    said = county("import", saved("芝英镇隐患.csv", rows), "--no-return", code=1)
    assert "“乙厂”——这一行是江南街道的" in said
    county("import", saved("隐患.csv", rows))
    closing = "隐患编号,整改完成日期,验收日期\n330784003-2018-0001,2018-10-10,2018-10-11\n"
    said = county("import", saved("芝英镇回填.csv", closing), "--no-return", code=1)
    assert "“330784003-2018-0001”——这一行是江南街道的" in said
    assert "已销号" not in standing(county, "hazard")
    county("import", saved("江南街道回填.csv", closing))
    assert "已销号" in standing(county, "hazard")


def test_out_of_a_folder_most_rows_tell_the_town(county: Run) -> None:
    saved("收件/甲.csv", FIRMS + "丙厂,芝英镇,代码不详,三路\n己厂,芝英镇,代码不详,六路\n丁厂,江南街道,代码不详,四路\n")
    assert "这份文件算芝英镇的" in county("import", "收件", "--no-return", code=1)
    county("import", "收件", "--any-town")


def test_a_firm_that_has_moved_keeps_its_number(county: Run) -> None:
    number = next(line.split(",")[0] for line in standing(county, "enterprise").splitlines() if "甲厂" in line)
    county("enterprise", "edit", number, "--town", "江南街道", "--changed-on", "2018-09-01")
    county("import", saved("江南街道.csv", f"编号,企业名称,镇（街、区）,从业人数\n{number},甲厂,江南街道,9\n"))
    assert "这一行是江南街道的" in county(
        "import", saved("芝英镇.csv", f"编号,企业名称,从业人数\n{number},甲厂,8\n"), "--no-return", code=1
    )


@pytest.mark.unmeasured
def test_many_rows_are_held_to_the_town_as_well(county: Run) -> None:
    heads = "企业名称,镇（街、区）,统一社会信用代码,生产经营地址\n"
    rows = [f"长{n}厂,芝英镇,{code(n)},某路{n}号" for n in range(2001)]
    county("import", saved("芝英镇长.csv", heads + "\n".join(rows)))
    rows = [f"再{n}厂,芝英镇,{code(n + 5000)},某路{n}号" for n in range(2001)]
    rows[7] = rows[7].replace("芝英镇", "江南街道")
    said = county("import", saved("芝英镇再.csv", heads + "\n".join(rows)), "--no-return", code=1)
    assert "第9行" in said
    assert "这一行是江南街道的" in said


def test_who_went_into_a_town_is_its_own(county: Run) -> None:
    county("town", "add", "石柱镇", "--区划代码", "330784110")
    county("enterprise", "add", "永康市丙厂", "--town", "石柱", "--无代码原因", "在办")
    county("town", "edit", "330784110", "--停用日期", "2018-10-01", "--并入", "芝英镇")
    heads = "企业名称,镇（街、区）,检查日期,检查方式,有无隐患\n"
    rows = "永康市丙厂,,2018-10-20,部门检查,无\n永康市丙厂,石柱镇,2018-10-21,部门检查,无\n"
    assert "检查2行，新增2" in county("import", saved("芝英镇检查.csv", heads + rows))
    assert "〔E344〕" in county("import", saved("江南检查.csv", heads + rows), "--no-return", code=1)

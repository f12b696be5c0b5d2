"""The field's own words: registers as offices keep them go in by the proposed mapping, with what is really missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from anjian_cli.records import enterprise, hazard
from commands.conftest import Run

FIRMS = "企业名称,镇（街、区）,无代码原因,生产经营地址\n甲厂,芝英镇,代码不详,一路\n乙厂,江南街道,代码不详,二路\n"
CLOSED = (
    "序号,检查时间,责任单位,存在问题,隐患等级,整改情况,整改完成时间,复查人\n"
    "1,2018.10.9,甲厂,灭火器过期,一般事故隐患,已整改,2018.10.20,丙\n"
    "2,2018.10.9,乙厂,管道未接地,重大事故隐患,正在整改,,\n"
    "3,2018.10.9,乙厂,通道堵塞,一般事故隐患,未整改,2018.10.21,丙\n"
)
REGISTER = (
    "隐患排查与治理统计表,,,,,,,,,,\n"
    "序号,项目名称：某工程,,,,,,,填报人：甲,,\n"
    ",隐患内容,排查日期,隐患类型,隐患级别,责任单位,责任人,整改期限,整改措施与要求,复查结果,复查日期\n"
    "1,基坑临边未防护,2018-10-05,高处坠落,一般事故隐患,甲厂,甲,2018-10-08,设置防护,已整改,2018-10-08\n"
    "2,气瓶混乱,2018-10-05,爆炸,一般事故隐患,甲厂,甲,2018-10-08,专人管理,未整改,2018-10-08\n"
    "3,,,,,,,,,,\n"
    "说明：,隐患类型：按后果,,,,,,,,,\n"
    ",隐患级别：按总局令,,,,,,,,,\n"
)


@pytest.fixture
def county(new_county: Run) -> Run:
    Path("企业.csv").write_text(FIRMS, encoding="utf-8")
    new_county("import", "企业.csv")
    return new_county


def by_proposal(run: Run, text: str, fixed: dict[str, str], code: int) -> tuple[str, str]:
    """What is said of the proposal, and of the file taken by it with nothing put in but fixed values."""
    Path("台账.csv").write_text(text, encoding="utf-8")
    said = run("import", "台账.csv", "--save-mapping", "对照.toml", "--no-return", code=1)
    mapping = Path("对照.toml")
    drawn = mapping.read_text("utf-8")
    for title, value in fixed.items():
        assert f'# "{title}" = ""' in drawn
        drawn = drawn.replace(f'# "{title}" = ""', f'"{title}" = "{value}"')
    mapping.write_text(drawn, "utf-8")
    return said, run("import", "台账.csv", "--mapping", "对照.toml", "--accept-good", "--no-return", code=code)


def hazards(run: Run) -> dict[str, dict[str, str]]:
    rows = json.loads(run("hazard", "list", "--format", "json"))
    return {row["description"]: row for row in rows}


def test_a_list_of_what_was_rectified(county: Run) -> None:
    proposed, taken = by_proposal(county, CLOSED, {"隐患来源": "部门检查", "整改期限": "2018-10-25"}, 1)
    for heading, title in (
        ("检查时间（B列）", "发现日期"),
        ("责任单位（C列）", "企业名称"),
        ("存在问题（D列）", "隐患部位与描述"),
        ("隐患等级（E列）", "隐患级别"),
        ("整改情况（F列）", "验收结论"),
        ("整改完成时间（G列）", "整改完成日期"),
        ("整改完成时间（G列）", "也作验收日期，表里没有这一列"),
        ("复查人（H列）", "验收人"),
        ("“验收结论”填的“已整改”", "“合格”"),
        ("“验收结论”填的“正在整改”", "当作没填"),
    ):
        assert f"　{heading} → {title}\n" in proposed
    assert "没有相近的必填列：隐患来源、整改期限（登记过的不用补）\n" in proposed
    # What a major hazard needs; and a day on which it was done that the text beside it denies.
    assert taken.count("第3行“整改责任人”：重大隐患缺") == 1
    assert "第4行“整改完成时间”（G列）：“2018.10.21”——“整改情况”填的是“未整改”，却写了完成的日期" in taken
    assert "不认识的列" not in taken  # 序号 is put down as not to be read
    found = hazards(county)
    assert set(found) == {"灭火器过期"}
    assert (found["灭火器过期"]["stage"], found["灭火器过期"]["level"]) == ("已销号", "一般")
    assert found["灭火器过期"]["accepted_on"] == found["灭火器过期"]["rectified_on"] == "2018-10-20"


@pytest.mark.unmeasured
def test_a_register_with_the_day_of_the_second_look(county: Run) -> None:
    proposed, taken = by_proposal(county, REGISTER, {"隐患来源": "部门检查"}, 0)
    assert "　　复查日期（K列） → 验收日期\n" in proposed
    assert "　　复查日期（K列） → 也作整改完成日期，表里没有这一列\n" in proposed
    # What was not rectified when somebody looked again stays open, and it is said what of the row was not taken.
    assert "第5行“复查结果”（J列）：“未整改”——还没有整改好，不算验收：复查日期没有收" in taken
    assert "第6行只有序号，已跳过" in taken
    assert "第7、8行是合计、说明或示例" in taken
    stages = {text: row["stage"] for text, row in hazards(county).items()}
    assert stages == {"基坑临边未防护": "已销号", "气瓶混乱": "待整改"}
    # Next month the same register says that it was rectified; nothing is edited by hand.
    Path("台账.csv").write_text(REGISTER.replace("未整改", "已整改"), encoding="utf-8")
    said = county("import", "台账.csv", "--mapping", "对照.toml")
    assert "新增0，修改1，不变1" in said
    assert hazards(county)["气瓶混乱"]["stage"] == "已销号"


def test_a_mapping_that_says_less_than_the_list_is_used_and_added_to(county: Run) -> None:
    part = (
        '["隐患"]\n"忽略" = ["序号"]\n["隐患"."列名"]\n"责任单位" = "企业名称"\n"排查日期" = "发现日期"\n'
        '"复查日期" = "整改完成日期"\n["隐患"."固定值"]\n"隐患来源" = "部门检查"\n'
    )
    Path("半.toml").write_text(part, encoding="utf-8")
    Path("台账.csv").write_text(REGISTER.replace("未整改", "已整改"), encoding="utf-8")
    said = county("import", "台账.csv", "--mapping", "半.toml", "--save-mapping", "全.toml", "--no-return")
    assert "整改完成2条" in said
    assert "不认识的列，没有导入：隐患类型、整改措施与要求、复查结果。" in said
    assert "　　复查日期（K列） → 也作验收日期，表里没有这一列\n" in said
    assert {row["stage"] for row in hazards(county).values()} == {"待验收"}
    assert "销号2条" in county("import", "台账.csv", "--mapping", "全.toml")
    # By the same part of a mapping a row that says it was not done does not go in as done.
    Path("台账.csv").write_text(REGISTER, encoding="utf-8")
    assert "〔E355〕" in county("import", "台账.csv", "--mapping", "全.toml", "--no-return", code=1)


def test_words_in_cells_of_a_list_whose_headings_are_known(county: Run) -> None:
    text = (
        "企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限,整改完成日期,验收日期,验收结论\n"
        "甲厂,2018-10-05,网格,一般隐患,无罩,2018-10-08,2018-10-07,2018-10-08,已销号\n"
    )
    Path("隐患.csv").write_text(text, encoding="utf-8")
    said = county("import", "隐患.csv", "--save-mapping", "词.toml", "--no-return", code=1)
    assert "填的词和“隐患”的相近，可能是：\n　　“验收结论”填的“已销号” → “合格”" in said
    assert "没有写词" not in said
    county("import", "隐患.csv", "--mapping", "词.toml")
    assert hazards(county)["无罩"]["stage"] == "已销号"
    assert "填的词和" not in county("import", "隐患.csv", "--mapping", "词.toml")


def test_what_cannot_be_read_is_said_with_the_proposal(county: Run) -> None:
    Path("托管.csv").write_text("企业名称,托管单位,托管时间,备注\n甲厂,某公司,2018.10—2019.9,\n", encoding="utf-8")
    said = county("import", "托管.csv", "--no-return", code=1)
    assert "托管时间（C列）填的“2018.10—2019.9”读不出：不是日期" in said
    Path("培训.csv").write_text("企业名称,培训时间,培训人员,人数\n甲厂,2018-10-12,主任,30\n", encoding="utf-8")
    said = county("import", "培训.csv", "--no-return", code=1)
    assert "没有相近的必填列：镇（街、区）、培训类别、培训名称\n　　最好也有的列：合格人次\n" in said


KNOWN = (
    "镇（街、区）,企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限\n"
    "芝英镇,甲厂,2018-10-05,部门检查,一般,无罩,2018-10-30\n"
)


def test_a_list_that_closes_needs_only_what_finds_the_hazard(county: Run) -> None:
    Path("隐患.csv").write_text(KNOWN, encoding="utf-8")
    county("import", "隐患.csv")
    closing = "企业名称,发现日期,隐患部位与描述,整改完成日期,验收日期\n甲厂,2018-10-05,无罩,2018-10-10,2018-10-11\n"
    Path("销号.csv").write_text(closing + "乙厂,2018-10-05,堵塞,2018-10-10,2018-10-11\n", encoding="utf-8")
    said = county("import", "销号.csv", "--accept-good", "--no-return", code=1)
    assert "台账里没有这条隐患，登记新的还缺“隐患来源、隐患级别、整改期限”" in said
    assert {text: row["stage"] for text, row in hazards(county).items()} == {"无罩": "已销号"}
    Path("缺.csv").write_text(closing.replace("整改完成日期,验收日期", "措施,备注"), encoding="utf-8")
    said = county("import", "缺.csv", "--no-return", code=1)
    assert "也可用“隐患编号”一列指明是哪一条" in said


@pytest.mark.parametrize(
    ("word", "term"),
    [("一般事故隐患", "一般"), ("重大事故隐患", "重大"), ("重大安全隐患", "重大")],
)
def test_levels(word: str, term: str) -> None:
    assert hazard.LEVEL(word) == term


@pytest.mark.parametrize(("word", "term"), [("网格", "网格巡查"), ("部门", "部门检查"), ("自查", "企业自查")])
def test_sources(word: str, term: str) -> None:
    assert hazard.RECORD.columns["source"].read(word) == term


def test_risks() -> None:
    assert enterprise.RECORD.columns["risks"].read("粉尘、涉粉、危化") == ("涉可燃爆粉尘", "危险化学品")

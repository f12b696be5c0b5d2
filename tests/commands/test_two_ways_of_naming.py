"""A row of a file that names one thing in two ways, and the ways do not agree: nothing of it goes in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.ledger import row_check
from commands.conftest import Lay, Run
from support.forgery import reckon_anew

HEADS = "企业名称,镇（街、区）,无代码原因,生产经营地址,统一社会信用代码"
HAZARDS = "企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限"


def sheet(name: str, *rows: str) -> str:
    Path(name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return name


@pytest.fixture
def firms(new_county: Run, lay: Lay) -> Run:
    """甲厂 and 乙厂 of 芝英镇, 丙厂 of 江南街道, each with a hazard of its own."""

    def lines() -> None:
        rows = ["甲厂,芝英镇,在办,一路1号,", "乙厂,芝英镇,在办,一路2号,", "丙厂,江南街道,在办,一路3号,"]
        new_county("import", sheet("企业.csv", HEADS, *rows))
        found = "2018-10-08,网格巡查,一般"
        rows = [
            f"甲厂,{found},通道堵塞,2018-11-20",
            f"甲厂,{found},线路老化,2018-11-20",
            f"乙厂,{found},无警示标志,2018-11-20",
        ]
        new_county("import", sheet("隐患.csv", HAZARDS, *rows))

    lay("firms", lines)
    return new_county


def hazard(number: int) -> str:
    return f"330784115-2018-{number:04d}"


def done() -> list[tuple[int, str]]:
    with closing(sqlite3.connect("a.db")) as ledger:
        return ledger.execute("SELECT hazard_id, rectified_on FROM rectification").fetchall()


def names() -> list[str]:
    with closing(sqlite3.connect("a.db")) as ledger:
        return [name for (name,) in ledger.execute("SELECT name FROM enterprise ORDER BY id")]


# --- a number beside another firm

FORM = "隐患编号,受检单位（只读）,隐患情况（只读）,整改完成日期"


def test_a_due_form_of_which_one_column_was_sorted(firms: Run) -> None:
    said = firms(
        "import",
        sheet("单.csv", FORM, f"{hazard(1)},乙厂,无警示标志,2018-10-20", f"{hazard(2)},甲厂,线路老化,2018-10-20"),
        code=1,
    )
    assert "第2行“隐患编号”（A列）" in said
    assert "是“甲厂”的隐患，这一行写的却是“乙厂”" in said
    assert "E280" in said
    assert done() == []


def test_a_due_form_whose_numbers_slipped_within_one_firm(firms: Run) -> None:
    said = firms("import", sheet("单.csv", FORM, f"{hazard(1)},甲厂,线路老化,2018-10-20"), code=1)
    assert "这条隐患在台账里是“通道堵塞”，这一行写的却是“线路老化”" in said
    assert done() == []


def test_a_due_form_as_it_went_out_is_taken_though_the_firm_was_renamed(firms: Run) -> None:
    firms("enterprise", "edit", "甲厂", "--name", "甲新厂")
    firms("import", sheet("单.csv", FORM, f"{hazard(1)}, 甲厂 ,通道堵塞。,2018-10-20"))
    assert done() == [(1, "2018-10-20")]


def test_a_list_of_hazards_with_the_number_of_another_firm(firms: Run) -> None:
    said = firms("import", sheet("单.csv", "隐患编号,企业名称,整改完成日期", f"{hazard(3)},甲厂,2018-10-20"), code=1)
    assert "是“乙厂”的隐患，这一行写的却是“甲厂”" in said
    assert done() == []


def test_a_list_with_the_number_of_another_town(firms: Run) -> None:
    said = firms("import", sheet("单.csv", "隐患编号,镇（街、区）,备注", f"{hazard(3)},江南街道,改"), code=1)
    assert "是芝英镇的隐患，这一行写的却是江南街道" in said


def test_a_list_that_would_make_two_hazards_of_one(firms: Run) -> None:
    said = firms("import", sheet("单.csv", "隐患编号,隐患部位与描述", f"{hazard(1)},线路 老化"), code=1)
    assert f"就与{hazard(2)}是同一条隐患了" in said


def test_another_description_of_the_same_hazard_is_a_correction(firms: Run) -> None:
    said = firms("import", sheet("单.csv", "隐患编号,企业名称,隐患部位与描述", f"{hazard(1)},甲厂,东通道堵塞"))
    assert "通道堵塞 → 东通道堵塞" in said


def test_on_the_command_line_a_hazard_passes_to_the_firm_it_was_found_in(firms: Run) -> None:
    said = firms("hazard", "edit", "芝英-1", "--enterprise", "乙厂")
    assert "甲厂 → 乙厂" in said


# --- a name that is another's


@pytest.mark.parametrize(
    "row",
    ["330784115-2018-0001,乙厂,芝英镇", "330784115-2018-0001,乙厂,", "330784115-2018-0002,甲 厂,芝英镇"],
)
def test_an_enterprise_does_not_take_the_name_of_another(firms: Run, row: str) -> None:
    said = firms("import", sheet("企业改.csv", "编号,企业名称,镇（街、区）", row), code=1)
    assert "E283" in said
    assert "甲厂" in said
    assert "乙厂" in said
    assert names() == ["甲厂", "乙厂", "丙厂"]


def test_a_name_in_another_town_is_no_other_one(firms: Run) -> None:
    firms("import", sheet("企业改.csv", "编号,企业名称,镇（街、区）", "330784115-2018-0001,丙厂,芝英镇"))
    assert names() == ["丙厂", "乙厂", "丙厂"]


def test_a_move_to_where_another_bears_the_name_is_a_move(firms: Run) -> None:
    """By its number and its own name there is no doubt who is meant."""
    firms("import", sheet("企业改.csv", "编号,企业名称,镇（街、区）", "330784115-2018-0001,丙厂,芝英镇"))
    firms("import", sheet("企业改2.csv", "编号,企业名称,镇（街、区）", "330784115-2018-0001,丙厂,江南街道"))


def test_a_code_and_a_name_of_two_firms(firms: Run) -> None:
    code = "91330784DEM000479A"
    firms("import", sheet("码.csv", HEADS, f"甲厂,芝英镇,,,{code}"))
    said = firms("import", sheet("码2.csv", HEADS, f"乙厂,芝英镇,,,{code}"), code=1)
    assert "是“甲厂”（330784115-2018-0001）的，名称却写成“乙厂”（330784115-2018-0002）" in said


# --- a former name


@pytest.fixture
def renamed(firms: Run) -> Run:
    firms("enterprise", "edit", "甲厂", "--name", "甲新厂")
    return firms


@pytest.mark.parametrize(
    "row", ["甲厂,芝英镇,在办,一路1号,", "甲厂,芝英镇,在办,,", "甲厂,,在办,一路1号,", "甲 厂,芝英镇,,一路１号,"]
)
def test_a_list_with_the_former_name_finds_the_firm(renamed: Run, row: str) -> None:
    said = renamed("import", sheet("旧.csv", HEADS, row))
    assert "是“甲新厂”（330784115-2018-0001）的曾用名，按同一家收下" in said
    assert names() == ["甲新厂", "乙厂", "丙厂"]


def test_the_former_name_at_another_address_is_asked_about(renamed: Run) -> None:
    said = renamed("import", sheet("旧.csv", HEADS, "甲厂,芝英镇,在办,二路9号,"), code=1)
    assert "地址却不同（台账“一路1号”）" in said


def test_the_former_name_in_another_town_is_another_firm(renamed: Run) -> None:
    renamed("import", sheet("旧.csv", HEADS, "甲厂,江南街道,在办,一路1号,"))
    assert names() == ["甲新厂", "乙厂", "丙厂", "甲厂"]


def test_the_former_name_with_the_number_is_not_taken_back(renamed: Run) -> None:
    said = renamed("import", sheet("旧.csv", "编号,企业名称,从业人数", "330784115-2018-0001,甲厂,12"))
    assert "名称没有改" in said
    assert names()[0] == "甲新厂"


def test_on_the_command_line_a_name_is_taken_back(renamed: Run) -> None:
    renamed("enterprise", "edit", "甲新厂", "--name", "甲厂")
    assert names()[0] == "甲厂"


# --- a contract's own number

CONTRACT = "企业名称,服务机构,托管类别,合同编号,起始日期,终止日期,约定服务次数"


def test_the_number_of_another_firms_contract(firms: Run) -> None:
    firms("agency", "add", "机构甲")
    row = "机构甲,喷涂,HT0017,2018-03-01,2019-02-28,4"
    firms("import", sheet("合同.csv", CONTRACT, f"甲厂,{row}"))
    said = firms("import", sheet("合同2.csv", CONTRACT, f"乙厂,{row}"), code=1)
    assert "“HT0017”——已是“甲厂”的合同（330784115-2018-0001）的编号，这一行写的却是“乙厂”" in said
    again = row.replace("喷涂", "小微")
    assert "新增1" in firms("import", sheet("合同3.csv", CONTRACT, f"甲厂,{again}"))  # one contract of two kinds
    assert "新增1" in firms("import", sheet("合同4.csv", CONTRACT, f"乙厂,{row.replace('HT0017', 'HT0017-2')}"))


# --- one hazard in several spellings


def test_one_hazard_in_four_spellings(firms: Run) -> None:
    found = "2018-10-30,网格巡查,一般"
    for at, words in enumerate(
        ['"通风不良,无防爆灯"', "通风不良，无防爆灯", "通风 不良，无防爆灯。", "通风不良，⽆防爆灯"]
    ):
        said = firms("import", sheet(f"{at}.csv", HAZARDS, f"甲厂,{found},{words},2018-11-15"))
        assert ("新增1" if at == 0 else "不变1") in said


@pytest.mark.parametrize("words", ["通风不良，无防爆灯（1处）", "通风不良、无防暴灯", "通风不良"])
def test_other_words_are_another_hazard(firms: Run, words: str) -> None:
    found = "2018-10-30,网格巡查,一般"
    firms("import", sheet("1.csv", HAZARDS, f'甲厂,{found},"通风不良,无防爆灯",2018-11-15'))
    assert "新增1" in firms("import", sheet("2.csv", HAZARDS, f"甲厂,{found},{words},2018-11-15"))


def test_an_enterprise_under_a_radical(firms: Run) -> None:
    firms("import", sheet("车.csv", HEADS, "汽车配件厂,芝英镇,家庭作坊,三路1号,"))
    assert "不变1" in firms("import", sheet("⻋.csv", HEADS, "汽⻋配件厂,芝英镇,家庭作坊,三路1号,")).replace(
        "修改1", "不变1"
    )
    assert len(names()) == 4


def test_an_enterprise_twice_in_one_file_under_a_radical(firms: Run) -> None:
    for plain, other in (
        ("汽车配件厂", "汽⻋配件厂"),
        ("汽车工具厂", "汽车⼯具厂"),
        ("汽車配件厂", "汽\uf902配件厂"),
        ("汽车A厂", "汽 车Ａ厂"),
    ):
        rows = [f"{name},芝英镇,家庭作坊,三路1号," for name in (plain, other)]
        said = firms("import", sheet("双.csv", HEADS, *rows), "--no-return", code=1)
        assert "第3行：与第2行指的是同一条企业。确是两家的，请各填统一社会信用代码或注册号" in said
    assert len(names()) == 3


def test_names_that_only_share_a_sound_are_two(firms: Run) -> None:
    rows = [f"{name},芝英镇,家庭作坊,三路1号," for name in ("汽车配件厂", "气车配件厂", "汽车配件厂（二分厂）")]
    assert "新增3" in firms("import", sheet("三.csv", HEADS, *rows))


@pytest.mark.altered
def test_a_key_that_an_earlier_version_stored_is_found(firms: Run) -> None:
    with closing(sqlite3.connect("a.db")) as ledger, ledger:
        row_check.install(ledger)
        ledger.execute("UPDATE enterprise SET name = '汽⻋、轴承厂', name_key = '汽⻋、轴承厂' WHERE id = 2")
        reckon_anew(ledger)
    said = firms("import", sheet("车.csv", HAZARDS, "汽车，轴承厂,2018-10-30,网格巡查,一般,无灯,2018-11-15"))
    assert "新增1" in said
    firms("import", sheet("车2.csv", HEADS, "汽车，轴承厂,芝英镇,在办,一路2号,"))
    assert len(names()) == 3


# --- two rows of one file


def test_two_hazards_in_the_same_words_are_told_apart_by_their_place(firms: Run) -> None:
    row = "甲厂,2018-10-30,网格巡查,一般,灭火器失效"
    for second in (f"{row},2018-11-15", f"{row},2018-11-20", f"{row}。,2018-11-15"):
        said = firms("import", sheet("同词.csv", HAZARDS, f"{row},2018-11-15", second), code=1)
        assert "与第2行指的是同一条隐患。确是两条隐患的，请在“隐患部位与描述”里写明部位" in said
        assert "删去一行" not in said
        assert "延期" not in said
    places = [row.replace("灭火器", f"{place}灭火器") + ",2018-11-15" for place in ("一车间", "二车间")]
    assert "新增2" in firms("import", sheet("异词.csv", HAZARDS, *places))


def test_a_hazard_closed_twice_in_one_file(firms: Run) -> None:
    heads = f"{HAZARDS},整改完成日期,验收日期"
    row = "甲厂,2018-10-05,部门检查,一般,灭火器过期,2018-10-20"
    first = f"{row},2018-10-18,2018-10-19"
    for second in ("2018-10-18,2018-10-20", "2018-10-17,2018-10-19", "2018-10-18,", ","):
        said = firms("import", sheet("两次.csv", heads, first, f"{row},{second}"), "--no-return", code=1)
        assert "与第2行指的是同一条隐患" in said
        assert "〔E237〕" in said
        assert "E403" not in said
    elsewhere = f"{row},2018-10-18,2018-10-20".replace("灭火器", "二楼灭火器")
    assert "新增2" in firms("import", sheet("两处.csv", heads, first, elsewhere))


def test_another_deadline_than_the_ledgers_may_be_another_hazard(firms: Run) -> None:
    said = firms("import", sheet("期限.csv", HAZARDS, "甲厂,2018-10-08,网格巡查,一般,通道堵塞,2018-12-20"), code=1)
    assert "另是一条隐患的，请在“隐患部位与描述”里写明部位" in said

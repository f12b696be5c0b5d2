"""One file, one operation: whole or not at all, the good rows on request, the same whatever way it was saved."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from anjian_cli.exchange import intake, opened_file
from anjian_cli.ledger.gate import Source
from exchange.books import packed, saved, xlsx
from support.examples import examples
from support.import_ledger import JINGGONG, code, content, gates, newest, operations, sheet, take

HEAD = "镇（街、区）,企业名称,统一社会信用代码,注册号,无代码原因,生产经营地址,规模,风险类别,从业人数"
GOOD = (
    f"芝英镇,永康市甲五金厂,{code(101)},,,甲路1号,小型,喷涂、胶水,12",
    f'石柱镇,永康市乙五金厂,{code(102)},,,"乙路2号,\n三楼",微型,,3',
    f"江南街道,永康市精工五金厂,{JINGGONG},,,,,,36",
    "石柱镇,永康市李记作坊,,,家庭作坊,石柱路9号,微型,,2",
)
BAD = (
    f"芝英镇,永康市丁五金厂,{code(104)[:9]}B{code(104)[10:]},,,丁路,小型,,1",
    "芝英镇,永康市戊五金厂,9.13308E+17,,,戊路,小型,,1",
    f"芝英街道,永康市己五金厂,{code(105)},,,己路,巨型,,一些",
    "芝英镇,永康市庚五金厂,,,,庚路,小型,,1",
    f"芝英镇,永康市甲五金厂,{code(101)},,,甲路1号,小型,喷涂,13",
    f'芝英镇,"永康市"辛五金厂,{code(106)},,,辛路,小型,,1',
)
MIXED = "\n".join([HEAD, GOOD[0], *BAD[:3], GOOD[1], *BAD[3:], *GOOD[2:], "合计,,,,,,,,67"]) + "\n"


@pytest.fixture
def ledger(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "甲.db"))


def bytes_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_all_faults_of_a_file_at_once_and_nothing_taken(ledger: Path) -> None:
    before = bytes_of(ledger)
    report = take(ledger, MIXED)
    assert [(fault.place.row, fault.code, fault.place.column) for fault in report.faults] == [
        (3, "E222", "C"),
        (4, "E221", "C"),
        (5, "E231", "A"),
        (5, "E203", "G"),
        (5, "E243", "I"),
        (8, "E228", "C"),
        (9, "E237", ""),
        (10, "E304", ""),
    ]
    assert (report.taken, report.rows, report.refused, report.parts[0].skipped) == (False, 10, 6, [13])
    assert (report.new, report.changed, report.unchanged) == (2, 1, 1)
    assert bytes_of(ledger) == before


def test_an_unknown_town_is_named_with_the_one_meant(ledger: Path) -> None:
    (fault,) = take(ledger, f"{HEAD}\n芝英街道,永康市己五金厂,{code(105)},,,己路,小型,,1\n").faults
    assert "您要填的是“芝英镇”吗" in str(fault)


def test_the_good_rows_alone_are_what_a_file_of_good_rows_gives(template: Path, tmp_path: Path) -> None:
    mixed, good = (Path(shutil.copy(template, tmp_path / name)) for name in ("甲.db", "乙.db"))
    report = take(mixed, MIXED, accept_good=True)
    alone = take(good, "\n".join([HEAD, *GOOD]) + "\n")
    assert (report.taken, report.new, report.changed, report.unchanged) == (True, 2, 1, 1)
    assert (alone.new, alone.changed, alone.unchanged, alone.refused) == (2, 1, 1, 0)
    assert (report.refused, len(report.faults)) == (6, 8)
    assert content(mixed) == content(good)


def test_of_two_rows_for_one_record_the_first_is_taken_as_it_says(ledger: Path) -> None:
    text = "\n".join([HEAD, GOOD[0], f"芝英镇,永康市甲五金厂,{code(101)},,,别处,大型,,99"]) + "\n"
    report = take(ledger, text, accept_good=True)
    assert [fault.code for fault in report.faults] == ["E237"]
    assert (report.new, report.refused, newest(ledger, "enterprise")["employees"]) == (1, 1, 12)


def test_what_a_second_row_makes_of_a_record_is_not_laid_on_the_first(ledger: Path) -> None:
    row = {"企业名称": "永康市精工五金厂", "发现日期": "2018-10-09", "来源": "网格巡查", "级别": "一般"}
    row |= {"描述": "甲", "期限": "2018-10-31"}
    report = take(ledger, sheet([row, row | {"级别": "重大"}]), "hazard", accept_good=True)
    assert [(fault.place.row, fault.code) for fault in report.faults] == [(3, "E237")]
    assert (report.new, newest(ledger, "hazard")["level"]) == (1, "一般")


def test_a_row_whose_rules_break_is_left_out_with_what_it_wrote(ledger: Path) -> None:
    rows = [
        {
            "企业名称": "永康市精工五金厂",
            "发现日期": "2018-10-09",
            "来源": "网格巡查",
            "级别": level,
            "描述": text,
            "期限": "2018-10-31",
        }
        for level, text in (("一般", "甲"), ("重大", "乙"), ("一般", "丙"))
    ]
    rows[2] |= {"期限": "2018-10-01"}
    report = take(ledger, sheet(rows), "hazard", accept_good=True)
    assert [(fault.place.row, fault.code) for fault in report.faults] == [(3, "E251"), (4, "E214")]
    assert (report.taken, report.new, report.refused) == (True, 1, 2)
    assert newest(ledger, "hazard")["description"] == "甲"
    assert content(ledger)


def test_a_fault_is_laid_on_the_contract_it_speaks_of(ledger: Path) -> None:
    """An enterprise has several contracts in one file; only one of them is wrong."""
    head = "企业名称,服务机构,托管类别,起始日期,终止日期,提前终止日期,约定服务次数\n"
    text = head + (
        "永康市精工五金厂,示例公司,涉粉,2018-03-01,2019-02-28,2018-02-01,4\n"
        "永康市精工五金厂,示例公司,涉氨,2018-03-01,2019-02-28,,4\n"
        "永康市精工五金厂,示例公司,喷涂,2018-04-01,2019-03-31,,4\n"
        "永康市精工五金厂,示例公司,小微,2018-03-01,2019-02-28,,4\n"
    )
    report = take(ledger, text, accept_good=True)
    assert [(fault.place.row, fault.code) for fault in report.faults] == [(2, "E413"), (4, "E411")]
    assert (report.new, report.refused) == (2, 2)


def test_a_dry_run_says_the_same_and_writes_nothing(ledger: Path) -> None:
    before = bytes_of(ledger)
    for text in (MIXED, "\n".join([HEAD, *GOOD]) + "\n"):
        for accept_good in (False, True):
            tried = take(ledger, text, accept_good=accept_good, dry_run=True)
            assert bytes_of(ledger) == before
            assert not tried.taken
            copy = Path(shutil.copy(ledger, ledger.with_name("乙.db")))
            done = take(copy, text, accept_good=accept_good)
            done.taken = False
            assert tried == done


def test_the_same_file_again_changes_nothing(ledger: Path) -> None:
    text = "\n".join([HEAD, *GOOD]) + "\n"
    take(ledger, text)
    before, recorded = content(ledger), operations(ledger)
    again = take(ledger, text)
    assert (again.taken, again.new, again.changed, again.unchanged) == (True, 0, 0, 4)
    assert (content(ledger), operations(ledger)) == (before, recorded)


def test_what_is_expected_and_not_there_is_told_for_new_records_alone(ledger: Path) -> None:
    text = f"企业名称,统一社会信用代码,注册日期\n永康市甲厂,{code(101)},2001-01-01\n"
    text += f"永康市精工五金厂,{JINGGONG},2001-01-01\n"
    report = take(ledger, text)
    assert (report.new, report.changed) == (1, 1)
    assert report.parts[0].doubtful == {"镇（街、区）": 1, "生产经营地址": 1}
    assert take(ledger, text).parts[0].doubtful == {}


def test_the_operation_names_its_file(ledger: Path) -> None:
    text = "\n".join([HEAD, *GOOD]) + "\n"
    take(ledger, text)
    row = newest(ledger, "operation")
    assert (row["command"], row["source_file"]) == ("import", "标准输入")
    assert row["source_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert Source(row["source_file"], row["source_sha256"])


# --- several sheets

TOWNS = [["代码", "名称", "类别"], ["330784901", "示例开发区", "功能区"]]
FIRMS = [["镇（街、区）", "企业名称", "统一社会信用代码"], ["示例开发区", "永康市丑厂", code(120)]]
HAZARDS = [
    ["企业名称", "发现日期", "隐患来源", "隐患级别", "隐患部位与描述", "整改期限"],
    ["永康市丑厂", "2018-10-09", "网格巡查", "一般", "无罩", "2018-10-31"],
    ["永康市精工五金厂", "2018-10-09", "网格巡查", "一般", "积尘", "2018-10-31"],
]


def test_sheets_that_refer_to_each_other_are_one_operation(ledger: Path) -> None:
    """What is referred to comes last in the file."""
    done = operations(ledger)
    report = take(ledger, xlsx({"隐患": HAZARDS, "填表说明": HAZARDS, "企业": FIRMS, "镇": TOWNS}))
    assert report.faults == []
    assert [(part.sheet, part.title, part.rows, part.new) for part in report.parts] == [
        ("隐患", "隐患", 2, 2),
        ("企业", "企业", 1, 1),
        ("镇", "镇（街、区）", 1, 1),
    ]
    assert (report.rows, report.new, report.passed_over) == (4, 4, ["填表说明"])
    assert operations(ledger) == done + 1
    assert content(ledger)


def test_all_faults_of_all_sheets_at_once_and_nothing_taken(ledger: Path) -> None:
    before = bytes_of(ledger)
    hazards = [*HAZARDS, [*HAZARDS[1][:3], "较大", "无灯", "2018-10-31"]]
    firms = [*FIRMS, ["芝英街道", "永康市寅厂", code(121)]]
    data = xlsx({"隐患": hazards, "企业": firms, "坏": [["企业名称", "发现日期", "隐患来源"], ["甲", "乙", "丙"]]})
    for accept_good in (False, True):
        report = take(ledger, data, accept_good=accept_good)
        assert not report.taken
        assert {(f.place.sheet, f.code) for f in report.faults} >= {("坏", "E310"), ("隐患", "E241"), ("企业", "E231")}
        assert bytes_of(ledger) == before


def test_the_good_rows_of_all_sheets(ledger: Path) -> None:
    hazards = [*HAZARDS, [*HAZARDS[2][:3], "较大", "无灯", "2018-10-31"]]
    firms = [["镇（街、区）", "企业名称", "统一社会信用代码"]]
    firms += [["芝英镇", "永康市丑厂", code(120)], ["芝英街道", "永康市寅厂", code(121)]]
    report = take(ledger, xlsx({"隐患": hazards, "企业": firms}), accept_good=True)
    assert [(f.place.sheet, f.place.row, f.code) for f in report.faults] == [("隐患", 4, "E241"), ("企业", 3, "E231")]
    assert [(part.new, part.refused) for part in report.parts] == [(2, 1), (1, 1)]
    assert report.taken


def test_one_record_on_two_sheets_is_told_with_both(ledger: Path) -> None:
    firms = [["镇（街、区）", "企业名称", "统一社会信用代码"], ["芝英镇", "永康市丑厂", code(120)]]
    report = take(ledger, xlsx({"一": firms, "二": firms}))
    (fault,) = report.faults
    assert (fault.place.sheet, fault.place.row, fault.code) == ("二", 2, "E237")
    assert "与“一”表第2行指的是同一条企业" in str(fault)


def test_of_a_type_that_was_named_only_its_sheets_are_taken(ledger: Path) -> None:
    firms = [["镇（街、区）", "企业名称", "统一社会信用代码"], ["芝英镇", "永康市丑厂", code(120)]]
    report = take(ledger, xlsx({"企业": firms, "隐患": [HAZARDS[0], HAZARDS[2]]}), "hazard")
    assert ([part.title for part in report.parts], report.passed_over, report.taken) == (["隐患"], ["企业"], True)


def test_no_sheet_holds_records(ledger: Path) -> None:
    for data in (xlsx({"说明": [["甲"]], "汇总": [["甲", "乙"]]}), xlsx({"空": []}), b""):
        report = take(ledger, data)
        assert [fault.code for fault in report.faults] == ["E301"]


def test_a_sheet_that_is_nearly_one_of_records_is_not_passed_over(ledger: Path) -> None:
    firms = [["镇（街、区）", "企业名称", "统一社会信用代码"], ["芝英镇", "永康市丑厂", code(120)]]
    report = take(ledger, xlsx({"企业": firms, "隐患": [row[:4] for row in HAZARDS]}))
    assert [(f.place.sheet, f.place.row, f.code) for f in report.faults] == [("隐患", 1, "E310")]
    assert not report.taken


# --- several files


def test_the_same_content_twice_in_one_run_is_taken_once(ledger: Path, tmp_path: Path) -> None:
    data = "\n".join([HEAD, *GOOD]).encode()
    archive = packed({"丙.csv": data, "丁.csv": data + b"\n"})
    paths = [saved(tmp_path / name, data) for name in ("甲.csv", "乙.csv")] + [saved(tmp_path / "收件.zip", archive)]
    opened = [one for path in paths for one in opened_file.open_files(path)]
    opened_file.mark_repeated(opened)
    reports = [intake.take_file(one, gates(ledger)) for one in opened]
    assert [(report.file, report.same_as, report.taken, report.new) for report in reports] == [
        ("甲.csv", "", True, 2),
        ("乙.csv", "甲.csv", False, 0),
        ("收件.zip·丁.csv", "", True, 0),
        ("收件.zip·丙.csv", "甲.csv", False, 0),
    ]
    assert all(not report.faults for report in reports)


REAL = Path(__file__).parents[3] / "shared" / "data" / "enterprise_defect_lines.csv"
REAL_FAULTS = {
    (6, "E222", "B"),
    (7, "E222", "B"),
    (8, "E304", ""),  # a mark too many, and an amount without its marks
}


@pytest.mark.skipif(not REAL.exists(), reason="the sample is not part of the project")
def test_seven_broken_lines_of_a_real_extract(ledger: Path) -> None:
    report = take(ledger, REAL.read_bytes())
    assert {(fault.place.row, fault.code, fault.place.column) for fault in report.faults} == REAL_FAULTS
    assert (report.rows, report.refused) == (7, 3)


# --- anything

HEADINGS = ["企业名称", "统一社会信用代码", "无代码原因", "发现日期", "整改期限", "编号", "名称", "代码"]
VALUES = [
    "家庭作坊",
    "永康市精工五金厂",
    JINGGONG,
    "2018-10-09",
    "合计",
    "（清空）",
    "芝英镇",
    "一般",
    "重大",
    "\0",
    "９",
    "-",
]
words = st.sampled_from([*HEADINGS, *VALUES, *",,,,\n\n\n", '"', "\t", ";"])


@pytest.mark.unmeasured
@given(st.one_of(st.binary(max_size=120), st.lists(words, max_size=60).map(lambda parts: "".join(parts).encode())))
@examples(150, HealthCheck.function_scoped_fixture, ordinary=50)
@pytest.mark.parametrize("accept_good", [False, True])
def test_any_file_is_taken_or_refused(template: Path, tmp_path: Path, accept_good: bool, data: bytes) -> None:
    ledger = Path(shutil.copy(template, tmp_path / "甲.db"))
    before = bytes_of(ledger)
    report = take(ledger, data, accept_good=accept_good)
    assert all(str(fault) and fault.code != "E901" for fault in report.faults)
    assert report.taken == (not report.faults) or accept_good
    if report.taken and (report.new or report.changed):
        assert content(ledger)
        assert operations(ledger) == operations(template) + 1
    else:
        assert bytes_of(ledger) == before

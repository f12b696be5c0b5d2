"""What becomes of every nasty file: it goes in right, or comes back with all that is wrong with it.

The files are made by nasty_files.py. `FATES` has one for each, by the name of its function.
"""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import load_workbook

from anjian_cli import cli
from anjian_cli.errors import Fault
from anjian_cli.exchange import intake, marked_copy, opened_file, reader
from anjian_cli.exchange.cells import FAULT_LIST
from anjian_cli.exchange.opened_file import Opened
from anjian_cli.ledger.open import reading
from support.import_ledger import TODAY, gates
from support.nasty_files import FILES, firm
from support.sweeps import sweep

Where = tuple[str, str, int | None, str]
"""Code of a fault, sheet, row, column."""


@dataclass(frozen=True)
class Fate:
    """What becomes of a file, all files in it together: rows taken as new, changed and unchanged, and every fault.

    `stored` leads from fields of a record (`hazard: description`) to what stands in them of the new records; `told`
    is what is said besides: rows passed over, columns and sheets not read, formulas and those without a result.
    `before` are files that were imported before it.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    faults: Sequence[Where] = ()
    stored: Mapping[str, Sequence[tuple[object, ...]]] = field(default_factory=dict)
    told: Mapping[str, object] = field(default_factory=dict)
    before: Sequence[str] = ()


def hazards(*descriptions: str, **told: object) -> Fate:
    """All rows go in as hazards of one enterprise, found and due on the same days."""
    day = ("永康市精工五金厂", "2018-10-09", "2018-11-30")
    rows = [(*day, text) for text in descriptions]
    return Fate(len(rows), stored={"hazard: enterprise, found_on, deadline_on, description": rows}, told=told)


def back(*faults: Where, **told: object) -> Fate:
    """Nothing goes in, for these reasons."""
    return Fate(faults=faults, told=told)


def firms(*serials: int) -> list[tuple[object, ...]]:
    """Enterprises as `nasty_files.firm` makes them: `FIRMS` are their fields."""
    return [tuple(str(cell) if index == 5 else cell for index, cell in enumerate(firm(serial))) for serial in serials]


FIRMS = "enterprise: town, name, credit_code, operating_address, employees, registered_on"

FATES: Mapping[str, Fate] = {
    "title_rows_above": hazards("表题下"),
    "headings_in_two_merged_lines": hazards("两行表头"),
    "totals_notes_and_signatures": Fate(2, stored={FIRMS: firms(301, 302)}, told={"skipped": [3, 5, 6, 7, 8]}),
    "hidden_sheets": hazards("看得见的", hidden=["2017年", "底稿"]),
    "hidden_rows_and_columns": hazards("一处", "筛掉的", "三处"),
    "ditto_marks": back(("E319", "隐患", 3, "A"), ("E319", "隐患", 4, "B"), ("E319", "隐患", 4, "F")),
    "blanks_below_a_merged_cell": hazards("一处", "二处", "三处"),
    "the_example_row_left_in": hazards("真的", skipped=[2]),
    "headings_repeated_on_every_page": back(
        *(("E233", "隐患", 3, "A"), ("E212", "隐患", 3, "B"), ("E203", "隐患", 3, "C"), ("E203", "隐患", 3, "D")),
        ("E212", "隐患", 3, "F"),
    ),
    "a_sheet_that_begins_elsewhere": back(("E241", "隐患", 7, "F")),
    "headings_only": Fate(),
    "empty_text": back(("E301", "", None, "")),
    "empty_workbook": back(("E301", "", None, "")),
    "only_a_chart": back(("E301", "", None, ""), hidden=["数据"]),
    "a_heading_twice": back(("E308", "隐患", 1, "G")),
    "unknown_columns": hazards("多出几列", unknown=["序号", "网格号", "领导批示"]),
    "three_hundred_columns": hazards("三百列", unknown=[f"指标{n}" for n in range(294)]),
    "headings_with_breaks_and_blanks": hazards("换行", unknown=[]),
    "english_headings": hazards("field names", unknown=[]),
    "no_headings_at_all": back(("E301", "Sheet1", None, "")),
    "a_required_column_missing": back(("E310", "隐患", 1, "")),
    "serial_days": hazards(*(f"序列号{n}" for n in range(4))),
    "days_counted_from_1904": hazards("1904年起"),
    "serial_days_counted_from_1904": hazards("1904年起的数字"),
    "days_in_every_form": hazards(*(f"第{n}种" for n in range(10))),
    "days_with_their_hour": hazards("真日期", "文字"),
    "days_that_are_none": back(
        *(("E211", "隐患", 2, "B"), ("E211", "隐患", 3, "B"), ("E213", "隐患", 4, "B"), ("E214", "隐患", 5, "F")),
        *(("E216", "隐患", 6, "B"), ("E212", "隐患", 7, "B"), ("E212", "隐患", 8, "B"), ("E215", "隐患", 9, "B")),
        ("E212", "隐患", 10, "F"),
    ),
    "numbers_as_text_and_text_as_numbers": Fate(
        1,
        stored={
            "enterprise: name, operating_address, employees, phone, remark": [
                ("9527", "12", 12, "13800000000", "2018.5")
            ]
        },
    ),
    "codes_in_scientific_notation": back(*(("E221", "企业", row, "C") for row in (2, 3, 4, 5))),
    "wrong_codes": back(
        *(("E222", "企业", 2, "C"), ("E224", "企业", 3, "C"), ("E225", "企业", 6, "C"), ("E228", "企业", 7, "C")),
    ),
    "old_numbers_where_they_belong": Fate(
        2,
        stored={"enterprise: credit_code, registration_number": [(None, "330784000012345"), (None, "3307840000123")]},
    ),
    "full_width_digits_and_letters": Fate(1, stored={FIRMS: firms(316)}),
    "codes_in_lower_case_with_blanks": Fate(1, stored={FIRMS: firms(317)}),
    "amounts_in_every_form": Fate(
        7,
        stored={
            "hazard: funds": [(fen,) for fen in (7_000_000_000, 50_000_000, 2_000_000, 123_450, 30_000, 800_000, 0)]
        },
    ),
    "amounts_that_are_none": back(("E245", "", 2, "G"), *(("E244", "", row, "G") for row in (3, 4, 5, 6))),
    "terms_in_other_words": Fate(
        4,
        stored={
            "enterprise: name, size, risks": [
                ("永康市新318五金厂", "小型", "喷涂、有限空间、涉可燃爆粉尘、涉氨制冷"),
                ("永康市新319五金厂", "微型", "危险化学品、胶水"),
            ],
            "hazard: description, level": [("重大的", "重大"), ("一般的", "一般")],
        },
    ),
    "terms_that_are_none": back(
        *(("E241", "隐患", 2, "D"), ("E242", "隐患", 3, "G"), ("E203", "隐患", 4, "C"), ("E202", "隐患", 5, "D"))
    ),
    "ticks_and_truth_values": back(("E203", "案件", 6, "F"), ("E202", "案件", 6, "G")),
    "percentages_where_numbers_are_meant": back(("E243", "培训", 2, "F"), ("E243", "培训", 3, "F")),
    "percentages_where_they_belong": Fate(
        1, stored={"setting: name, value, from_on": [("weight.training", "1/4", "2018-07-01")]}
    ),
    "cells_whose_formula_failed": back(*(("E205", "隐患", 2, "A"), ("E212", "隐患", 3, "B"), ("E205", "隐患", 4, "E"))),
    "formulas_with_their_results": Fate(
        1,
        stored={"hazard: found_on, deadline_on": [("2018-10-09", "2018-11-08")]},
        told={"formulas": 2, "unknown_results": 0},
    ),
    "formulas_without_results": back(("E202", "隐患", 2, "B"), formulas=1, unknown_results=1),
    "sheets_that_refer_to_each_other": Fate(
        3,
        stored={
            "town: code, name, kind": [("330784901", "示例开发区", "功能区")],
            "enterprise: town, name": [("示例开发区", "永康市新320五金厂")],
            "hazard: town, enterprise": [("示例开发区", "永康市新320五金厂")],
        },
        told={"passed_over": ["填表说明"]},
    ),
    "namesakes_in_two_towns": back(("E232", "隐患", 4, "C")),
    "unknown_towns_and_enterprises": back(
        *(("E231", "企业", 2, "A"), ("E231", "企业", 3, "A"), ("E233", "隐患", 2, "B"), ("E234", "隐患", 3, "B"))
    ),
    "two_rows_with_one_key": back(("E237", "企业", 4, ""), ("E237", "隐患", 3, "")),
    "keys_of_voided_records": back(("E236", "企业", 2, "C"), ("E236", "隐患", 2, "A")),
    "last_months_file": Fate(3, stored={FIRMS: firms(331, 332, 333)}),
    "last_months_file_with_five_rows_more": Fate(
        new=5,
        changed=1,
        unchanged=2,
        stored={FIRMS: firms(*range(334, 339))},
        told={"changes": [(3, "从业人数", 12, 15)]},
        before=["last_months_file"],
    ),
    "the_same_file_under_another_name": Fate(unchanged=3, before=["last_months_file"]),
    "text_in_gbk": hazards("国标"),
    "text_in_gb18030_with_rare_characters": hazards("𠮷野㐂厂房，䶮某，🔥"),
    "text_in_utf8": hazards("无标记"),
    "text_in_utf8_with_its_mark": hazards("有标记"),
    "text_in_utf16": hazards("小端"),
    "text_in_utf16_big_endian": hazards("大端"),
    "text_cut_in_the_middle_of_a_character": back(("E302", "", None, "")),
    "halves_of_characters": back(("E302", "", None, "")),
    "text_that_was_lost_before": back(("E206", "", 2, "E")),
    "text_separated_by_tabs": hazards("灯,线;闸"),
    "text_separated_by_semicolons": hazards("灯,线"),
    "mixed_line_ends": hazards("甲", "乙 处", "丙"),
    "broken_quotation_marks": back(("E304", "", 2, ""), ("E307", "", 5, "")),
    "registry_extract": back(("E222", "", 5, "B"), ("E304", "", 6, ""), ("E307", "", 7, "")),
    "nul_characters": back(("E201", "", 3, "")),
    "control_characters_in_text": back(("E201", "", 2, "E"), ("E201", "", 3, "E")),
    "control_characters_in_a_workbook": back(("E201", "隐患", 2, "E")),
    "a_cell_of_forty_thousand_characters": back(("E204", "", 2, ""), ("E204", "", 3, "E")),
    "text_that_looks_like_formulas": hazards(
        "=cmd|' /C calc'!A0", "+1+2", "-2+3", "@SUM(1+1)", "＝HYPERLINK(1)", "=已加撇号"
    ),
    "an_old_workbook": hazards("旧格式"),
    "a_new_workbook_under_the_old_name": hazards("改了名"),
    "text_under_the_name_of_a_workbook": hazards("文本"),
    "tabs_under_the_name_of_a_workbook": hazards("制表符"),
    "a_web_page_under_the_name_of_a_workbook": back(("E316", "", None, "")),
    "a_text_document_under_the_name_of_a_workbook": back(("E303", "", None, "")),
    "a_workbook_with_a_password": back(("E314", "", None, "")),
    "a_workbook_with_macros": hazards("有宏"),
    "a_million_empty_rows": hazards("在最上面"),
    "a_workbook_that_unpacks_to_too_much": back(("E317", "", None, "")),
    "a_cell_at_the_far_end": back(("E317", "", None, "")),
    "sheet_names_with_quotation_marks": back(("E211", "10月'隐患'“重点”", 2, "B"), passed_over=["Sheet'2"]),
    "emoji_and_rare_characters": hazards("𠮷野喷漆房⚠️着火🔥，👨🔧处理"),
    "a_character_that_xml_forbids": back(("E315", "", None, "")),
    "entities_in_a_sheet": back(("E315", "", None, "")),
    "shared_strings_lost": back(("E315", "", None, "")),
    "a_workbook_cut_off": back(("E315", "", None, "")),
    "written_by_wps": hazards("字体不一"),
    "strict_open_xml": hazards("严格格式"),
    "a_lock_file": Fate(),
    "a_file_of_wps": back(("E303", "", None, "")),
    "a_rar_archive": back(("E303", "", None, "")),
    "a_rar_archive_under_another_name": back(("E303", "", None, "")),
    "an_open_document": back(("E315", "", None, "")),
    "an_archive_with_names_in_gbk": Fate(1, faults=[("E231", "企业", 2, "A")], stored={FIRMS: firms(351)}),
    "an_archive_that_leads_out_of_its_folder": Fate(3, stored={FIRMS: firms(355, 354, 353)}),
    "an_archive_that_unpacks_to_too_much": back(("E317", "", None, "")),
    "an_archive_in_an_archive": Fate(1, faults=[("E318", "", None, "")], stored={FIRMS: firms(357)}),
    "an_archive_cut_off": back(("E315", "", None, "")),
    "an_archive_with_a_password": back(("E314", "", None, "")),
    "an_archive_of_pictures": back(("E303", "", None, "")),
}


@pytest.fixture
def ledger(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "甲.db"))


def received(name: str, ledger: Path, folder: Path) -> list[Opened]:
    """Import a folder that holds the file, in the order in which the command does."""
    file = FILES[name]
    folder.mkdir()
    (folder / file.name).write_bytes(file.content())
    opened = [one for path in reader.paths([folder]) for one in opened_file.open_files(path)]
    for one in sorted(opened, key=lambda one: one.order):
        intake.take_file(one, gates(ledger))
    return opened


def where(fault: Fault) -> Where:
    return fault.code, fault.place.sheet, fault.place.row, fault.place.column


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def stored(ledger: Path, fields: str, count: int) -> list[tuple[object, ...]]:
    """Fields (`record: one, other`) of the newest records, oldest first."""
    record, columns = fields.split(": ")
    with closing(reading(ledger)) as connection:
        found = connection.execute(f"SELECT {columns} FROM {record}_listing ORDER BY id DESC LIMIT ?", (count,))
        return [tuple(row) for row in found][::-1]


def said(opened: Sequence[Opened]) -> dict[str, object]:
    """What the reports say besides counts and faults."""
    reports = [one.report for one in opened]
    parts = [part for report in reports for part in report.parts]
    return {
        "skipped": [row for part in parts for row in part.skipped],
        "unknown": [title for part in parts for title in part.unknown],
        "hidden": [sheet for report in reports for sheet in report.hidden],
        "passed_over": [sheet for report in reports for sheet in report.passed_over],
        "formulas": sum(part.formulas for part in parts),
        "unknown_results": sum(part.unknown_results for part in parts),
        "changes": [(row, title, before, after) for part in parts for row, _, title, before, after in part.changes],
    }


@pytest.mark.unmeasured
@sweep("name", list(FILES), keep=51)
def test_it_goes_in_right_or_comes_back_with_all_its_errors(name: str, ledger: Path, tmp_path: Path) -> None:
    fate = FATES[name]
    for earlier in fate.before:
        received(earlier, ledger, tmp_path / earlier)
    before = digest(ledger)
    opened = received(name, ledger, tmp_path / "收件")
    reports = [one.report for one in opened]
    faults = [fault for report in reports for fault in report.faults]
    assert sorted(map(where, faults), key=str) == sorted(fate.faults, key=str), "\n".join(map(str, faults))
    for report in reports:
        assert report.taken == (not report.faults)
    taken = [report for report in reports if report.taken]
    assert sum(report.new for report in taken) == fate.new
    assert sum(report.changed for report in taken) == fate.changed
    assert sum(report.unchanged for report in taken) == fate.unchanged
    for fields, rows in fate.stored.items():
        assert stored(ledger, fields, len(rows)) == list(rows)
    found = said(opened)
    assert {key: found[key] for key in fate.told} == fate.told
    if not fate.new and not fate.changed:
        assert digest(ledger) == before
    for fault in faults:
        assert fault.place.file
        for words in (fault.reason, fault.remedy):
            assert re.search("[\u4e00-\u9fff]", words)
            assert not re.search(r"None|[{}]|Error", words)


MARKED = [name for name, fate in FATES.items() if any(row is not None for _, _, row, _ in fate.faults)]
NOT_ROWS = {"E201", "E204", "E304", "E307"}
"""Lines of text that cannot be laid out in columns: the copy has a remark in their place."""


@pytest.mark.unmeasured
@sweep("name", MARKED, keep=9)
def test_sent_in_again_as_it_came_back_it_has_the_same_errors(name: str, ledger: Path, tmp_path: Path) -> None:
    """The marked copy shows all that is wrong, and is read as the file was."""
    opened = [one for one in received(name, ledger, tmp_path / "收件") if one.report.faults]
    for one in opened:
        copy = marked_copy.write(one, tmp_path / "退回")
        if copy is None:  # a file with NUL in it
            assert [fault.code for fault in one.report.faults] == ["E201"]
            continue
        listed = next(sheet for sheet in reader.read(copy.path) if sheet.name == FAULT_LIST)
        assert [cells[6] for row, cells in listed.rows if row > 3] == [fault.code for fault in one.report.faults]
        (again,) = opened_file.open_files(copy.path)
        intake.take_file(again, gates(ledger))
        if NOT_ROWS.isdisjoint(fault.code for fault in one.report.faults):
            expected = [(f.code, f.place.row, f.place.column) for f in one.report.faults]
            assert [(f.code, f.place.row, f.place.column) for f in again.report.faults] == expected
        else:
            assert {f.place.row for f in again.report.faults} == {f.place.row for f in one.report.faults}


def test_text_that_looks_like_formulas_goes_out_harmless_and_comes_back_unchanged(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANJIAN_DB", str(ledger))
    received("text_that_looks_like_formulas", ledger, tmp_path / "收件")
    texts = [text for (text,) in stored(ledger, "hazard: description", 6)]
    for name in ("隐患.csv", "隐患.xlsx"):
        file = tmp_path / name
        assert cli.main(["--today", TODAY, "hazard", "export", "-o", str(file)]) == 0
        if name.endswith(".csv"):
            rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
            assert [row["隐患部位与描述"] for row in rows[-6:]] == [f"'{text}" for text in texts]
        else:
            cells = [cell for row in load_workbook(file)["隐患"].iter_rows() for cell in row if cell.value in texts]
            assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [
                ("s", not str(cell.value).startswith("＝")) for cell in cells
            ]
            assert len(cells) == 6
        (opened,) = opened_file.open_files(file)
        report = intake.take_file(opened, gates(ledger))
        assert (report.faults, report.unchanged) == ([], report.rows)


def test_there_are_enough_and_each_has_its_own_name() -> None:
    assert len(FILES) >= 50
    assert FATES.keys() == FILES.keys()
    assert len({file.name for file in FILES.values()}) == len(FILES)

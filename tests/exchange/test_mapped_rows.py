"""What the rows of a register mean by its mapping: how it ended, on which days, and what speaks against that."""

from __future__ import annotations

import pytest

from anjian_cli.exchange import headings, mapped_rows, mapping
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.lines import Form
from anjian_cli.records import definition

HAZARD = definition.record("hazard")
HEADS = ["企业名称", "发现日期", "隐患部位与描述"]
ROW = ["甲厂", "2018-10-05", "无罩"]
WORDS = '["隐患"."值"."验收结论"]\n"已整改" = "合格"\n"未整改" = ""\n"整改中" = ""\n'
LOOKED = '"结果" = "验收结论"\n"复查日期" = ["验收日期", "整改完成日期"]\n"复查人" = "验收人"\n'
DONE = '"结果" = "验收结论"\n"办结时间" = ["整改完成日期", "验收日期"]\n"复查人" = "验收人"\n'


def taken(columns: str, heads: str, row: str) -> tuple[dict[str, str], list[str]]:
    """The cells of a row that are not blank, by their fields, and what is said of it."""
    layout = mapping.parse("甲.toml", f'["隐患"."列名"]\n{columns}{WORDS}'.encode())
    own = layout.own(None)["hazard"]
    sheet = Sheet("甲.csv", "", [(1, [*HEADS, *heads.split(",")]), (2, [*ROW, *row.split(",")])])
    form, notes = mapped_rows.filled_in(Form(sheet, HAZARD, headings.match(sheet, HAZARD, own=own)), own)
    said = [fault.code for fault in [*form.sheet.faults, *notes]]
    cells = next((cells for row_number, cells in form.sheet.rows if row_number == 2), None)
    if cells is None:
        return {}, said
    told = {name: cells[index] for index, name in form.heading.fields.items()}
    steps = ("rectified_on", "accepted_on", "accepted_by", "conclusion")
    return {name: told[name] for name in steps if told.get(name)}, said


ON = "2018-10-08"


@pytest.mark.parametrize(
    ("columns", "heads", "row", "told", "said"),
    [
        # One day for both, of the second look: what was done then was done.
        (
            *(LOOKED, "结果,复查日期,复查人", f"已整改,{ON},丙"),
            {"conclusion": "合格", "accepted_on": ON, "rectified_on": ON, "accepted_by": "丙"},
            [],
        ),
        # Looked at, and not done: it stays open.
        (LOOKED, "结果,复查日期,复查人", f"未整改,{ON},丙", {}, ["N311"]),
        (LOOKED, "结果,复查日期,复查人", "整改中,,丙", {}, ["N311"]),
        (LOOKED, "结果,复查日期,复查人", "未整改,,", {}, []),
        # A look that was not passed is one, and said with the ledger's word.
        (LOOKED, "结果,复查日期", f"不合格,{ON}", {"conclusion": "不合格", "accepted_on": ON, "rectified_on": ON}, []),
        # Not done, and a day on which it was: one of the two is wrong.
        (DONE, "结果,办结时间,复查人", f"未整改,{ON},", {}, ["E355"]),
        ('"结果" = "验收结论"\n', "结果,整改完成日期,验收日期", f"整改中,{ON},", {}, ["E355"]),
        (DONE, "结果,办结时间,复查人", "未整改,,", {}, []),
        (DONE, "结果,办结时间", f"已整改,{ON}", {"conclusion": "合格", "accepted_on": ON, "rectified_on": ON}, []),
        # Nothing is said of how it ended, or nothing of that is mapped.
        (DONE, "结果,办结时间", f",{ON}", {"accepted_on": ON, "rectified_on": ON}, []),
        ("", "验收日期,验收人", f"{ON},丙", {"accepted_on": ON, "accepted_by": "丙"}, []),
    ],
)
def test_how_it_ended(columns: str, heads: str, row: str, told: dict[str, str], said: list[str]) -> None:
    assert taken(columns, heads, row) == (told, said)


def test_a_text_of_another_field_that_means_a_blank_takes_no_day_away() -> None:
    columns = DONE + '["隐患"."值"."判定依据"]\n"无" = ""\n'
    assert taken(columns, "判定依据,结果,办结时间", f"无,已整改,{ON}")[0]["accepted_on"] == ON


def test_the_fault_has_the_cell_and_the_words() -> None:
    own = mapping.parse("甲.toml", f'["隐患"."列名"]\n{DONE}{WORDS}'.encode()).own(None)["hazard"]
    sheet = Sheet("甲.csv", "", [(3, [*HEADS, "结果", "办结时间"]), (4, [*ROW, "未整改", ON])])
    form, _ = mapped_rows.filled_in(Form(sheet, HAZARD, headings.match(sheet, HAZARD, own=own)), own)
    (fault,) = form.sheet.faults
    assert str(fault) == (
        "《甲.csv》第4行“办结时间”（E列）：“2018-10-08”——“结果”填的是“未整改”，却写了完成的日期。"
        "没有整改好的，请空着日期；整改好了的，请改“结果”；复查不合格的，请写不合格。〔E355〕"
    )

"""A scheme as a workbook: read as it was written; and everything that is wrong with one, at its cell, all at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from anjian_cli.errors import Refused
from anjian_cli.ledger import schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import scheme, scheme_changes
from anjian_cli.workflow.scheme_draft import Draft
from exchange import books
from support.scheme_file import CHECKS, MAJOR, adding, bare, read, setting, written
from support.sweeps import sweep

Told = list[tuple[str, str, int | None, str]]
Change = Callable[[Workbook], object]


def faults(ledger: sqlite3.Connection, path: Path) -> Told:
    """Code, sheet, row and column of everything that is wrong with a file, of the draft too."""
    with pytest.raises(Refused) as caught:
        scheme.check(ledger, read(ledger, path), "2018-10-01")
    assert all(str(fault) and fault.place.file == path.name for fault in caught.value.faults)
    return [(fault.code, *fault.place[1:4]) for fault in caught.value.faults]


@pytest.fixture
def told(ledger: sqlite3.Connection, tmp_path: Path) -> Callable[[Change], Told]:
    """What is wrong with 永康2018 when it is changed."""
    return lambda change: faults(ledger, written(ledger, tmp_path / "办法.xlsx", change))


def unnamed(draft: Draft) -> Draft:
    """Without the names of the scheme itself."""
    return replace(bare(draft), name="", title="")


def test_no_category_has_full_marks_of_nought(told: Callable[[Change], Told]) -> None:
    def nought(book: Workbook) -> None:
        sheet = book["类别"]
        sheet.cell(2, [cell.value for cell in sheet[1]].index("满分") + 1, 0)

    assert ("E807", "类别", 2, "满分") in told(nought)


class TestReadAsItWasWritten:
    def test_the_one_that_every_ledger_has(self, ledger: sqlite3.Connection, tmp_path: Path) -> None:
        shipped = scheme.draft_of(ledger, schemes.all_of(ledger)[0])
        again = read(ledger, written(ledger, tmp_path / "a.xlsx"))
        assert unnamed(again) == unnamed(shipped)
        assert scheme_changes.changes(shipped, again) == []
        kept = {row[0] for row in ledger.execute("SELECT measure FROM shipped_indicator WHERE measure IS NOT NULL")}
        assert {each.measure for each in again.indicators if each.measure} == kept

    def test_one_with_more(self, ledger: sqlite3.Connection, tmp_path: Path) -> None:
        draft = read(ledger, written(ledger, tmp_path / "a.xlsx", adding(MAJOR, CHECKS)))
        assert (draft.name, draft.title, draft.document) == ("永康2019", "永康2019考核办法", "")
        fire = draft.categories[-1]
        assert (fire.code, fire.title, fire.scored, fire.weight) == ("fire", "消防安全", True, Fraction(2))
        major, checks = draft.indicators[-2:]
        assert (major.measure, major.ranked, major.against) == ("hazard.found?level=重大", True, "target")
        assert (checks.measure, checks.ranked, checks.against) == ("hazard.inspected?channel=部门检查", False, "")

    @pytest.mark.unmeasured
    @pytest.mark.parametrize(
        ("given", "weight"),
        [
            ("95%", Fraction(19, 20)),
            (0.5, Fraction(1, 2)),
            ("１２％", Fraction(3, 25)),
            ("1/3", Fraction(1, 3)),
            ("", 1),
        ],
    )
    def test_weights(self, ledger: sqlite3.Connection, tmp_path: Path, given: str | float, weight: Fraction) -> None:
        draft = read(ledger, written(ledger, tmp_path / "a.xlsx", setting("类别", "D2", given)))
        assert draft.categories[0].weight == weight

    def test_a_name_of_a_sheet_with_blanks_and_a_category_merged_over_its_rows(
        self, ledger: sqlite3.Connection, tmp_path: Path
    ) -> None:
        def change(book: Workbook) -> None:
            sheet = book["指标"]
            sheet.title = " 指 标"
            sheet.merge_cells("B2:B6")

        again = read(ledger, written(ledger, tmp_path / "a.xlsx", change))
        assert unnamed(again) == unnamed(scheme.draft_of(ledger, schemes.all_of(ledger)[0]))

    def test_conditions_in_any_order_with_any_signs(self, ledger: sqlite3.Connection, tmp_path: Path) -> None:
        asked = (*MAJOR[:7], " 隐患来源 ＝ 部门检查,企业自查、部门检查 ; 隐患级别=重大；", *MAJOR[8:])
        draft = read(ledger, written(ledger, tmp_path / "a.xlsx", adding(asked)))
        assert draft.indicators[-1].measure == "hazard.found?level=重大&channel=企业自查|部门检查"


def _twice(book: Workbook) -> None:
    for sheet in (book["类别"], book["指标"]):
        sheet.append([cell.value for cell in sheet[2]])


def _without(sheet: str) -> Change:
    return lambda book: book.remove(book[sheet])


def _other(at: int, value: str) -> Change:
    """One more indicator, 重大隐患 with another value in a column (from 1)."""
    line = [*MAJOR, "", "", "", ""]
    line[at - 1] = value
    return adding(tuple(line))


FAULTS: dict[str, tuple[Change, Told]] = {
    "no sheet": (_without("指标"), [("E769", "", None, "")]),
    "no column": (lambda book: book["指标"].delete_cols(5), [("E770", "", None, "")]),
    "no headings": (lambda book: book["类别"].delete_rows(1), [("E770", "", None, "")]),
    "no name": (setting("办法", "B2", None), [("E771", "办法", 2, "名称")]),
    "a long name": (setting("办法", "B2", "长" * 300), [("E204", "办法", 2, "名称")]),
    "a long title": (setting("指标", "D2", "长" * 300), [("E204", "指标", 2, "全称")]),
    "a cell that is blank": (setting("指标", "E2", None), [("E771", "指标", 2, "单位")]),
    "a formula without a result": (setting("类别", "D2", "=1+1"), [("E775", "", None, "")]),
    "points for whether it is scored": (setting("类别", "C2", "40分"), [("E246", "类别", 2, "计分")]),
    "written twice": (
        _twice,
        [
            *[("E754", "类别", row, title) for row in (2, 13) for title in ("编号", "名称")],
            *[("E754", "指标", row, title) for row in (2, 93) for title in ("编号", "指标")],
        ],
    ),
    "a category without indicators": (adding(), [("E753", "类别", 13, "名称")]),
    "an unknown category": (setting("指标", "B2", "没有"), [("E756", "指标", 2, "类别")]),
    "a code with SQL": (_other(1, "x';DROP"), [("E755", "指标", 93, "编号")]),
    "a category's code with markup": (
        adding(MAJOR, categories=(("<b>", *("消防安全", "是", "1")),)),
        [("E755", "类别", 13, "编号")],
    ),
    "a short word with a dash": (_other(3, "重大-隐患"), [("E755", "指标", 93, "指标")]),
    "a short word in two lines": (_other(3, "重大\n隐患"), [("E755", "指标", 93, "指标")]),
    "a short word that is a place": (_other(3, "排名"), [("E773", "指标", 93, "指标")]),
    "a short word that is another's title": (
        _other(3, "处罚金额"),
        [("E773", "指标", 81, "全称"), ("E773", "指标", 93, "指标")],
    ),
    "a title that another has": (_other(4, "排查隐患"), [("E773", "指标", 66, "指标"), ("E773", "指标", 93, "全称")]),
    "a short word that is a category": (_other(3, "教育培训"), [("E773", "指标", 93, "指标")]),
    "an unknown fact": (_other(7, "排查"), [("E816", "指标", 93, "数")]),
    "no fact": (_other(7, ""), [("E771", "指标", 93, "数")]),
    "a condition without a word": (_other(8, "隐患级别="), [("E759", "指标", 93, "条件")]),
    "a condition without a sign": (_other(8, "重大"), [("E759", "指标", 93, "条件")]),
    "a condition twice": (_other(8, "隐患级别=重大；隐患级别=一般"), [("E759", "指标", 93, "条件")]),
    "the signs of a measure": (_other(8, "隐患级别=重大|一般"), [("E759", "指标", 93, "条件")]),
    "a condition that the fact has not": (_other(8, "培训对象=网格员"), [("E760", "指标", 93, "条件")]),
    "an unknown word": (_other(8, "隐患级别=特大"), [("E761", "指标", 93, "条件")]),
    "an unknown way of counting": (_other(6, "乘积"), [("E203", "指标", 93, "计法")]),
    "a direction that is none": (_other(14, "向下"), [("E203", "指标", 93, "方向")]),
    "no money": (_other(5, "万元"), [("E774", "指标", 93, "单位")]),
    "money": (_other(7, "处罚金额"), [("E760", "指标", 93, "条件")]),
    "against nothing": (_other(10, ""), [("E758", "指标", 93, "对照")]),
    "against what is not there": (_other(10, "没有"), [("E757", "指标", 93, "对照")]),
    "against itself": (_other(10, "重大隐患"), [("E774", "指标", 93, "对照")]),
    "against what it is no part of": (_other(10, "检查"), [("E762", "指标", 93, "对照")]),
    "carried over beside a task": (_other(11, "排查隐患"), [("E774", "指标", 93, "结转")]),
    "apart from what is not there": (_other(12, "没有"), [("E757", "指标", 93, "名单外")]),
    "another measure under a code": (
        setting("指标", "H2", "培训对象=网格员"),
        [("E763", "指标", 2, "编号")],
    ),
    "distinct, of no record": (
        adding((*MAJOR[:5], "去重", "", "", "否", "", "", "", "企业名录")),
        [("E757", "指标", 93, "数自")],
    ),
    "distinct, of what no indicator of its category counts": (
        adding((*MAJOR[:5], "去重", "", "", "否", "", "", "", "托管合同")),
        [("E774", "指标", 93, "数自")],
    ),
    "due today, of what has no day": (
        adding((*MAJOR[:5], "今日到期", "", "", "否", "", "", "", "排查隐患")),
        [("E774", "指标", 93, "数自")],
    ),
    "a name that is taken": (setting("办法", "B2", "永康2018"), [("E764", "", None, "")]),
}


@sweep("what", FAULTS, keep=15)
def test_everything_wrong_is_told_at_its_cell(told: Callable[[Change], Told], what: str) -> None:
    change, expected = FAULTS[what]
    assert told(change) == expected


@pytest.mark.unmeasured
@sweep("weight", ["0", "-1", "nan", "1/0", "1e9999999", "1_0", "二十", "20分", "1,000"], keep=3)
def test_weights_that_are_none(told: Callable[[Change], Told], weight: str) -> None:
    assert told(setting("类别", "D2", weight)) == [("E772", "类别", 2, "权重")]


def test_all_at_once(told: Callable[[Change], Told]) -> None:
    def change(book: Workbook) -> None:
        book["类别"]["D2"], book["类别"]["C3"] = "0", "也许"
        book["指标"]["B4"], book["指标"]["H5"], book["指标"]["N6"] = None, "什么", "向下"

    assert told(change) == [
        ("E772", "类别", 2, "权重"),
        ("E246", "类别", 3, "计分"),
        ("E771", "指标", 4, "类别"),
        ("E759", "指标", 5, "条件"),
        ("E203", "指标", 6, "方向"),
    ]


@pytest.mark.unmeasured
def test_a_sheet_of_five_thousand(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    more = (MAJOR[0], "隐患排查治理", *MAJOR[2:])
    lines = [(f"m.{n}", more[1], f"多{n}", f"多数的{n}", *more[4:]) for n in range(5000)]
    draft = read(ledger, written(ledger, tmp_path / "a.xlsx", adding(*lines, categories=())))
    scheme.check(ledger, draft, "2018-10-01")
    assert len(draft.indicators) == 91 + 5000


def test_a_word_of_very_many_is_told_with_a_few_of_them(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    lines = [(f"m.{n}", "隐患排查治理", f"多{n}", "都叫这个", *MAJOR[4:]) for n in range(2000)]
    draft = read(ledger, written(ledger, tmp_path / "a.xlsx", adding(*lines, categories=())))
    with pytest.raises(Refused) as caught:
        scheme.check(ledger, draft, "2018-10-01")
    told = [str(fault) for fault in caught.value.faults if fault.code == "E773"]
    assert len(told) == 2000
    assert max(map(len, told)) < 300


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", "编号,类别\na,b\n".encode(), "E769"),
        ("a.docx", b"PK\x03\x04", "E303"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "E315"),
        ("b.xls", books.xls([["编号", "类别"], ["a", "b"]]), "E769"),
        ("a.xlsx", b"", "E769"),
        ("b.xlsx", books.xlsx({"办法": []}), "E769"),
    ],
)
def test_files_that_are_no_scheme(
    ledger: sqlite3.Connection, tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    assert {told[0] for told in faults(ledger, books.saved(tmp_path / name, data))} == {code}

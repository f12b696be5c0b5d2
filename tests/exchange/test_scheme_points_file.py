"""A scheme that gives points, as a workbook and as text: read as it was written; everything wrong told at its line."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from openpyxl import Workbook

from anjian_cli.errors import Refused
from anjian_cli.exchange import chinese_toml, scheme_book, scheme_file, scheme_rows, scheme_text, spreadsheet
from anjian_cli.ledger import schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS
from anjian_cli.workflow import scheme, scheme_points
from anjian_cli.workflow.scheme_draft import Asked, Draft
from support.examples import examples
from support.points_file import POINTS, saved
from support.scheme_file import RECORDS, bare, read, written

DAY = "2018-10-01"


@pytest.fixture
def points(ledger: sqlite3.Connection, tmp_path: Path) -> Draft:
    """POINTS, and nothing wrong with it."""
    draft = read(ledger, saved(tmp_path, POINTS))
    scheme.check(ledger, draft, DAY)
    assert scheme.worth_knowing(draft) == []
    return draft


def test_what_is_read(points: Draft) -> None:
    assert (points.total, points.assessed, points.missing) == ("百分制", "半年", "满分")
    assert points.grades == "优秀=90、良好=80"
    assert [(each.full, each.bonus_cap, each.conversion) for each in points.categories] == [
        (Fraction(60), None, None),
        (Fraction(40), Fraction(5), Fraction(1)),
    ]
    of = {each.code: each for each in points.indicators}
    assert (of["yh1"].group, of["yh1"].full, of["yh1"].scoring) == ("yh", Fraction(25, 2), "每=1；扣=2")
    assert (of["yh1"].ranked, of["yh1"].standard, of["yh1"].proof) == (False, "每1条扣2分，扣完为止", "查台账")
    assert of["yh2"].scoring == "封顶=是；低于不得分=60%"
    assert of["yh2"].plus == ("training.passed?kind=主要负责人",)
    assert (of["jc"].against, of["jc"].units) == ("required", "")
    assert of["jc"].scoring == "应有=每月1次；每少=1；扣=1"
    assert (of["hz"].against, of["hz"].missing) == ("last_year", "零分")
    assert (of["ry"].kind, of["ry"].measure, of["ry"].unit) == ("mark", "", "")
    assert of["ry"].scoring == "幅度=-2~-0.5；评分单位=县安委办；未评=满分"


def test_words_with_points_of_their_own(ledger: sqlite3.Connection, points: Draft) -> None:
    words = scheme.words_on(ledger, DAY)
    facts = scheme.facts(ledger)
    bonus = next(each for each in points.indicators if each.code == "jf")
    assert scheme_points.word_measures(bonus, facts, words) == (
        ("企业自查", "hazard.found?channel=企业自查"),
        ("部门检查", "hazard.found?channel=部门检查"),
    )
    narrow = replace(bonus, measure="hazard.found?level=重大&channel=企业自查|部门检查")
    assert dict(scheme_points.word_measures(narrow, facts, words))["部门检查"] == (
        "hazard.found?level=重大&channel=部门检查"
    )
    with pytest.raises(ValueError, match="部门检查"):
        scheme_points.word_measures(replace(bonus, measure="hazard.found?channel=企业自查"), facts, words)


@pytest.mark.parametrize("name", ["再.xlsx", "再.toml"])
def test_written_out_and_read_again(ledger: sqlite3.Connection, tmp_path: Path, points: Draft, name: str) -> None:
    facts = scheme.facts(ledger)
    if name.endswith(".toml"):
        (tmp_path / name).write_text(scheme_text.written(scheme_rows.rows(points, facts, RECORDS)), encoding="utf-8")
    else:
        made = scheme_book.book(points, facts, RECORDS, scheme.words_on(ledger, DAY))
        (tmp_path / name).write_bytes(spreadsheet.content(made))
    again = scheme_file.read(tmp_path / name, facts, RECORDS)
    assert bare(again) == bare(points)


def test_text_leaves_out_what_is_blank_and_needs_no_quotation_marks(ledger: sqlite3.Connection, points: Draft) -> None:
    text = scheme_text.written(scheme_rows.rows(points, scheme.facts(ledger), RECORDS))
    assert '[[组]]\n编号 = "yh"\n类别 = "安全生产"\n名称 = "隐患"\n满分 = 20\n' in text
    assert "权重" not in text
    assert "结转" not in text
    assert list(chinese_toml.parsed(text.encode()).told) == ["办法", "类别", "组", "指标"]


WRONG: dict[str, tuple[Callable[[str], str], list[tuple[str, str, str]]]] = {}
"""What is done to POINTS, and what is told of it: code, the line that is named, column."""


def wrong(what: str, old: str, new: str, *expected: tuple[str, str, str]) -> None:
    assert old in POINTS
    WRONG[what] = (lambda text: text.replace(old, new, 1), list(expected))


wrong("a field of another form", "扣＝２分", "扣=2；档=95%:6", ("E800", "计分细则 = ", "计分细则"))
wrong("points that are none", "满分 = 12.5", "满分 = “很多”", ("E807", "满分 = “很多”", "满分"))
wrong("a conversion of more than all", '"100%"', "70", ("E807", "折算 = 70", "折算"))
wrong("a group that is none", '组 = "隐患"\n指标 = "重大', '组 = "应"\n指标 = "重大', ("E804", '组 = "应"', "组"))
wrong(
    "a group of another category", '"安全生产"\n名称 = "隐患"', '"应急"\n名称 = "隐患"', *[("E805", "组 =", "组")] * 2
)
wrong(
    "a group of no category",
    '"安全生产"\n名称 = "隐患"',
    '"应"\n名称 = "隐患"',
    ("E756", "类别 =", "类别"),
    *[("E805", "组 =", "组")] * 2,
)
wrong("more than last year, and no year", '对照 = "上年同期"\n', "", ("E802", "[[指标]]", "对照"))
wrong("over a control figure", "每多=1", "每超=1", ("E802", "对照 = ", "对照"), ("E774", "对照 = ", "对照"))
wrong("a rate of nothing", '对照 = "任务"\n', "", ("E802", "[[指标]]", "对照"))
wrong("last year where nothing is compared", "每多=1；扣=2", "每=1；扣=2", ("E774", "对照 = ", "对照"))
wrong("required, and of what", "应有=每月至少1次；", "", ("E802", "[[指标]]", "对照"))
wrong("required beside last year", "每多=1", "应有=每季1次；每多=1", ("E774", "对照 = ", "对照"))
wrong("a mark that counts", '计分 = "评分"', '数 = "检查"\n计法 = "评分"\n计分 = "评分"', ("E774", "数 = ", "数"))
wrong("a mark where it is counted", '计分 = "加分"', '计分 = "评分"\n计法 = "合计"', ("E803", "计分 = ", "计分"))
wrong("full marks of a veto", '计分 = "否决"', '计分 = "否决"\n满分 = 5', ("E800", "满分 = 5", "满分"))
wrong("nothing to count of a veto", '计分 = "否决"', '计分 = "否决"\n缺项 = "满分"', ("E774", "缺项 = ", "缺项"))
wrong("a rate of a control figure", '对照 = "任务"', '对照 = "任务"\n方向 = "少为好"', ("E802", "对照 = ", "对照"))
wrong("points without a form", '计分 = "加分"\n', "", ("E771", "[[指标]]", "评分"))
wrong("too long a frequency", "每月至少1次", "每年4次", ("E810", "计分细则 = ", "计分细则"))
wrong("grades that rise", "优秀 = 90, 良好 = 80", "优秀 = 80, 良好 = 90", ("E808", "等次 = {", "等次"))
wrong("an unknown word", "部门检查:0.2", "部门查:0.2", ("E811", "计分细则 = ", "计分细则"))
wrong("words of two dimensions", "部门检查:0.2", "重大:0.2", ("E811", "计分细则 = ", "计分细则"))
wrong(
    "a department that it does not have",
    '考核单位 = "镇"',
    '考核单位 = "监管部门"',
    ("E851", "考核单位 = ", "考核单位"),
)
wrong("an unknown kind of unit", '考核单位 = "镇"', '考核单位 = "村"', ("E813", "考核单位 = ", "考核单位"))
wrong("what it adds is not there", '["负责人"]', '["负责"]', ("E812", "加 = ", "加"))
wrong("what it adds is itself", '["负责人"]', '["培训"]', ("E812", "加 = ", "加"))
wrong(
    "what it adds stands, and does not happen",
    '数 = "培训合格人次"\n条件 = "培训对象=主要负责人"',
    '数 = "在托管"',
    ("E812", "加 = ", "加"),
)
wrong(
    "events of what is added",
    '对照 = "任务"\n计分 = "按率"\n满分 = 7.5\n计分细则 = "封顶；低于不得分=0.6"',
    '计分 = "扣分"\n满分 = 7.5\n计分细则 = "逐件档=3:1"',
    ("E774", "加 = ", "加"),
)
wrong("what it adds is in another unit", '培训"\n单位 = "人次"\n数', '培训"\n单位 = "人"\n数', ("E812", "加 = ", "加"))
wrong("required of what stands", '"安全检查"', '"逾期未整改隐患"', ("E814", "计分细则 = ", "计分细则"))
wrong("a key that is none", '评分标准 = "每1条', '标准 = "每1条', ("E779", '标准 = "每1条', "标准"))
wrong("a field of the scoring as a key", '评分标准 = "每1条扣2分，扣完为止"', "每少 = 1", ("E779", "每少 = 1", "每少"))
wrong("a table within", '{ 隐患级别 = "重大" }', "{ 隐患级别 = { 甲 = 1 } }", ("E815", "条件 = { ", "条件"))
wrong("a table that is none", "[[组]]", "[[分组]]", ("E779", "[[分组]]", ""))
wrong("one bracket", "[[组]]", "[组]", ("E778", "[组]", ""))
wrong("a way of totals that is none", '"百分制"', '"百分"', ("E203", "总分 = ", "总分"))
wrong("a title that is blank", "“某县2026年安全生产目标管理责任制考核”", '""', ("E771", "标题 = ", "标题"))
wrong("no TOML", '考核期 = "半年"', "考核期 = 年", ("E778", "考核期 = 年", ""))
wrong(
    "several at once",
    '名称 = "某县2026"',
    '名称 = "某县2026"\n备注 = "x"\n备注 = "y"',
    ("E778", '备注 = "y"', ""),
)


@pytest.mark.parametrize("what", WRONG)
def test_everything_wrong_is_told_at_its_line(ledger: sqlite3.Connection, tmp_path: Path, what: str) -> None:
    change, expected = WRONG[what]
    text = change(POINTS)
    with pytest.raises(Refused) as caught:
        scheme.check(ledger, read(ledger, saved(tmp_path, text)), DAY)
    told = [(each.code, text.split("\n")[(each.place.row or 0) - 1], each.place.title) for each in caught.value.faults]
    assert [(code, title) for code, _, title in told] == [(code, title) for code, _, title in expected]
    assert all(line.startswith(begin) for (_, line, _), (_, begin, _) in zip(told, expected, strict=True)), told


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("没有.toml", None, "E305"), ("空.toml", b"", "E769"), ("乱.toml", b"\x81\xff\xff", "E778")],
)
def test_a_text_file_that_is_none(
    ledger: sqlite3.Connection, tmp_path: Path, name: str, data: bytes | None, code: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(Refused) as caught:
        read(ledger, tmp_path / name)
    assert [each.code for each in caught.value.faults] == [code]


def test_what_a_fact_may_be_called_is_proposed(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    wrong = POINTS.replace('"安全检查"', '"安全大检查"')
    with pytest.raises(Refused, match="相近的：安全检查。能数的都在空表“事实”表的第一列"):
        scheme.check(ledger, read(ledger, saved(tmp_path, wrong)), DAY)


@pytest.mark.parametrize("total", ["不计分", "平均完成率"])
def test_points_where_nobody_adds_them_up(ledger: sqlite3.Connection, tmp_path: Path, total: str) -> None:
    with pytest.raises(Refused) as caught:
        scheme.check(ledger, read(ledger, saved(tmp_path, POINTS.replace("百分制", total))), DAY)
    told = [(each.code, each.place.title) for each in caught.value.faults]
    # What is wrong is one cell, and that is told once.
    (fault,) = (each for each in caught.value.faults if each.code == "E801")
    assert fault.place[1:4] == ("办法", 5, "总分")
    assert "，“缺项”“满分”“加分上限”“折算”“计分”共12处用不上" in str(fault)
    assert ("E774", "等次") in told or total == "平均完成率"


def test_one_field_that_is_of_no_use_is_told_at_its_own_place(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    text = scheme_text.written(
        scheme_rows.rows(scheme.draft_of(ledger, schemes.all_of(ledger)[0]), scheme.facts(ledger), RECORDS)
    )
    text = text.replace('名称 = "永康2018"', '名称 = "另一个"').replace("[[类别]]\n", "[[类别]]\n满分 = 10\n", 1)
    with pytest.raises(Refused) as caught:
        scheme.check(ledger, read(ledger, saved(tmp_path, text)), DAY)
    assert [(each.code, each.place.sheet, each.place.title) for each in caught.value.faults] == [
        ("E801", "类别", "满分")
    ]


def test_by_points_without_any(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    text = POINTS[: POINTS.index("[[组]]")] + POINTS[POINTS.index('[[指标]]\n编号 = "fj"') :]
    with pytest.raises(Refused) as caught:
        scheme.check(ledger, read(ledger, saved(tmp_path, text)), DAY)
    assert "E809" in {each.code for each in caught.value.faults}


def test_sums_that_do_not_agree_are_told_and_not_refused(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    draft = read(ledger, saved(tmp_path, POINTS.replace("满分 = 12.5", "满分 = 10").replace("“40分”", "35")))
    scheme.check(ledger, draft, DAY)
    assert [(each.code, each.words.get("full"), each.words["sum"]) for each in scheme.worth_knowing(draft)] == [
        ("N400", "20", "17.5"),
        ("N401", "35", "40"),
        ("N402", "100", "95"),
    ]
    assert all(each.place.row for each in scheme.worth_knowing(draft))


def test_sums_are_those_of_each_kind_of_units(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    town, department, both = TOWNS, DEPARTMENTS, f"{TOWNS}、{DEPARTMENTS}"
    draft = read(ledger, saved(tmp_path, POINTS))
    draft = replace(draft, indicators=tuple(replace(each, units=both) for each in draft.indicators))

    def told(*more: Asked, **units: str) -> list[str]:
        asked = [replace(each, units=units.get(each.code, each.units)) for each in draft.indicators]
        return [each.reason for each in scheme_points.warnings(replace(draft, indicators=(*asked, *more)))]

    assert told() == []
    of_towns = {each.code: town for each in draft.indicators}
    checks = next(each for each in draft.indicators if each.code == "jc")
    assert told(jc=town) == ["类别“安全生产”满分60分，部门的里面加起来20分", "百分制，部门的各类满分加起来60分"]
    assert told(replace(checks, code="jcb", units=department), jc=town) == []
    for units, of in ((town, "镇的"), (both, "")):
        more = replace(checks, code="jcb", units=units, full=Fraction(5))
        assert told(more) == [f"类别“安全生产”满分60分，{of}里面加起来65分"]
    # What is less in a group is less in its category and in all.
    assert told(yh1=town, yh2=department) == [
        "组“隐患”满分20分，镇的各项加起来12.5分", "组“隐患”满分20分，部门的各项加起来7.5分",
        "类别“安全生产”满分60分，镇的里面加起来52.5分", "类别“安全生产”满分60分，部门的里面加起来47.5分",
        "百分制，镇的各类满分加起来92.5分", "百分制，部门的各类满分加起来87.5分",
    ]  # fmt: skip
    assert told(**of_towns) == []
    # Who has no item of a group or category has nothing of its full marks.
    assert told(**{**of_towns, "hz": both, "ry": both, "jf": both}) == ["百分制，部门的各类满分加起来40分"]
    assert told(yh1=town, yh2=town) == [
        "类别“安全生产”满分60分，部门的里面加起来40分", "百分制，部门的各类满分加起来80分",
    ]  # fmt: skip


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("sheet", "cell", "value", "expected"),
    [
        ("类别", "E4", "四十", ("E807", "类别", 4, "满分")),
        ("类别", "H4", "7成", ("E807", "类别", 4, "折算")),
        ("组", "D4", None, ("E771", "组", 4, "满分")),
        ("组", "B4", "应急", ("E805", "指标", 4, "组")),
        ("指标", "Q4", "95%", ("E807", "指标", 4, "满分")),
        ("指标", "R4", "每=0；扣=1", ("E800", "指标", 4, "计分细则")),
        ("指标", "P4", "罚分", ("E203", "指标", 4, "计分")),
        ("指标", "S4", "随意", ("E203", "指标", 4, "缺项")),
        ("办法", "B8", "半月", ("E203", "办法", 8, "考核期")),
        ("办法", "A8", "总分", ("E754", "办法", 8, "总分")),
    ],
)
def test_a_workbook_is_told_of_at_its_cell(
    ledger: sqlite3.Connection,
    tmp_path: Path,
    points: Draft,
    sheet: str,
    cell: str,
    value: str | None,
    expected: object,
) -> None:
    made = scheme_book.book(points, scheme.facts(ledger), RECORDS, scheme.words_on(ledger, DAY))
    made[sheet][cell] = value
    (tmp_path / "a.xlsx").write_bytes(spreadsheet.content(made))
    with pytest.raises(Refused) as caught:
        scheme.check(ledger, read(ledger, tmp_path / "a.xlsx"), DAY)
    assert expected in [(each.code, *each.place[1:4]) for each in caught.value.faults]


def test_rows_that_are_hidden_and_a_column_that_is_there_twice(
    ledger: sqlite3.Connection, tmp_path: Path, points: Draft
) -> None:
    made = scheme_book.book(points, scheme.facts(ledger), RECORDS, scheme.words_on(ledger, DAY))
    made["指标"].row_dimensions[5].hidden = made["指标"].row_dimensions[6].hidden = True
    made["组"]["E3"] = "编号"
    (tmp_path / "a.xlsx").write_bytes(spreadsheet.content(made))
    draft = read(ledger, tmp_path / "a.xlsx")
    assert len(draft.indicators) == len(points.indicators)
    assert [str(each) for each in scheme.worth_knowing(draft)] == [
        "《a.xlsx》：“组”表有不止一列叫“编号”，只读了第一列（A列）。请删去多出的一列。〔N404〕",
        "《a.xlsx》：“指标”表有2行是隐藏的，照样读了。不要的，请取消隐藏，整行删去。〔N403〕",
    ]


def test_a_file_of_before_has_none_of_these_columns(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    def without(book: Workbook) -> None:
        book.remove(book["组"])
        book["类别"].delete_cols(5, 5)
        book["指标"].delete_cols(15, 10)

    draft = read(ledger, written(ledger, tmp_path / "a.xlsx", without))
    scheme.check(ledger, draft, DAY)
    assert replace(bare(draft), name="", title="") == replace(
        scheme.draft_of(ledger, schemes.all_of(ledger)[0]), name="", title=""
    )


texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs"]), max_size=30)
numbers = st.none() | st.fractions(0, 100, max_denominator=1).map(lambda value: value / 4)


@examples(15, HealthCheck.function_scoped_fixture)
@given(title=texts, standard=texts, full=st.lists(numbers, min_size=3, max_size=3), less=st.booleans())
def test_any_text_comes_back_as_it_was(
    ledger: sqlite3.Connection,
    tmp_path: Path,
    points: Draft,
    title: str,
    standard: str,
    full: list[Fraction | None],
    less: bool,
) -> None:
    first, *others = points.indicators
    changed = replace(first, title=title, standard=standard, proof=standard[::-1], less=less)
    group = replace(points.groups[0], title=f"（{title}）")
    category = replace(points.categories[0], full=full[0], bonus_cap=full[1], deduction_cap=full[2], title=f"“{title}”")
    draft = replace(
        points,
        title=title,
        remark=standard,
        groups=(group,),
        categories=(category, *points.categories[1:]),
        indicators=(changed, *others),
    )
    facts = scheme.facts(ledger)
    path = tmp_path / "再.toml"
    path.write_text(scheme_text.written(scheme_rows.rows(draft, facts, RECORDS)), encoding="utf-8", newline="")
    assert bare(replace(scheme_file.read(path, facts, RECORDS), unread=())) == bare(draft)


@pytest.mark.parametrize("told", ["每半年1次", "每季1次"])
def test_a_frequency_within_what_is_assessed_together(ledger: sqlite3.Connection, tmp_path: Path, told: str) -> None:
    draft = read(ledger, saved(tmp_path, POINTS.replace("每月至少1次", told)))
    scheme.check(ledger, draft, DAY)
    assert f"应有={told}；每少=1；扣=1" in {each.scoring for each in draft.indicators}

"""Words of lists (用语): an office's own, from a day until another; what they mean; and that no record loses one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from anjian_cli.errors import Refused
from anjian_cli.ledger import check
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.rules import measure
from anjian_cli.rules.word_lists import LISTS, Words
from anjian_cli.workflow import hazard
from anjian_cli.workflow.kept_record import Kept
from oracle.figures import from_days, from_months
from support.desk import Desk, refuses
from support.sweeps import sweep

LATER = "2019-12-31"


def add(desk: Desk, word: str, of: str, **more: Any) -> int:
    return desk.take("term", list=of, word=word, **more).row_id


def programme(desk: Desk, firm: int, **more: str) -> int:
    return desk.programme(firm, **{"kind": "锂电池", "action": "锂电池整治", **more})


# --- a word of each list in a record of its own, and the same record with a word that its list does not have


def _visit(desk: Desk, word: str) -> int:
    firm = desk.enterprise()
    desk.contract(firm, kind=word)
    return desk.of("visit", firm, agency="示例安全技术公司", kind=word, visited_on="2018-10-09")


def _work(desk: Desk, **more: str) -> int:
    return desk.take("work_item", **{"kind": "应急演练", "town": "芝英镇", "done_on": "2018-10-09", **more}).row_id


USED: dict[tuple[str, str], Callable[[Desk, str], int]] = {
    ("training", "kind"): lambda desk, word: desk.training(kind=word),
    ("trusteeship", "kind"): lambda desk, word: desk.contract(desk.enterprise(), kind=word),
    ("trusteeship", "payer"): lambda desk, word: desk.contract(desk.enterprise(), payer=word),
    ("visit", "kind"): _visit,
    ("programme", "kind"): lambda desk, word: desk.programme(desk.enterprise(), kind=word),
    ("programme", "reason"): lambda desk, word: desk.programme(desk.enterprise(), reason=word),
    ("programme", "outcome"): lambda desk, word: desk.programme(
        desk.enterprise(), accepted_on="2018-08-10", conclusion="合格", outcome=word
    ),
    ("hazard", "source"): lambda desk, word: desk.hazard(desk.enterprise(), source=word),
    ("hazard", "category"): lambda desk, word: desk.hazard(desk.enterprise(), category=word),
    ("inspection", "method"): lambda desk, word: desk.of(
        "inspection", desk.enterprise(), inspected_on="2018-10-09", method=word, found_any="无"
    ),
    ("health_test", "factors"): lambda desk, word: desk.tested(
        desk.enterprise(), "2018-05-09", over=1, factors=("噪声", word)
    ),
    ("enterprise", "no_code_reason"): lambda desk, word: desk.enterprise(no_code_reason=word),
    ("enterprise", "risks"): lambda desk, word: desk.enterprise(risks=("喷涂", word)),
    ("accident", "sector"): lambda desk, word: desk.accident(sector=word),
    ("programme_plan", "kind"): lambda desk, word: (
        desk.take("programme_plan", year=2018, kind=word, stage="排查", due_on="2018-06-30").row_id
    ),
    ("enforcement_case", "violation"): lambda desk, word: desk.case(violation=word),
    ("work_item", "kind"): lambda desk, word: _work(desk, kind=word),
    ("work_item", "level"): lambda desk, word: _work(desk, level=word),
    ("monthly_figure", "kind"): lambda desk, word: desk.monthly("2018-10", 12, kind=word),
    ("standardization", "grade"): lambda desk, word: desk.standard(desk.enterprise(), "2018-05-09", grade=word),
    ("standardization", "kind"): lambda desk, word: desk.standard(desk.enterprise(), "2018-05-09", kind=word),
}
FIELDS = {(use.record, use.field): of for of in LISTS.values() for use in of.uses}
USES = {(use.record, use.field): use for of in LISTS.values() for use in of.uses}
each_field = pytest.mark.parametrize(("record", "field"), USED)
each_held_field = pytest.mark.parametrize(("record", "field"), [each for each in USED if not USES[each].free])


def test_every_field_of_a_list_has_a_case_and_is_read_as_a_word() -> None:
    assert USED.keys() == FIELDS.keys()
    for (record, field), of in FIELDS.items():
        column = definition.record(record).columns[field]
        assert column.read("锂电池") in ("锂电池", ("锂电池",))
        assert set(column.choices) <= set(of.words)


@each_held_field
def test_a_word_that_the_list_does_not_have_is_refused_with_those_it_has(desk: Desk, record: str, field: str) -> None:
    with refuses("E203") as (messages):
        USED[record, field](desk, "锂电池")
    of = FIELDS[record, field]
    assert f"请从中选一：{of.words[0]}、" in messages[0]
    assert f"anjian 用语 新增 锂电池 --用语表 {of.name}" in messages[0]


@each_field
def test_an_offices_own_word_is_taken_and_listed_last(desk: Desk, record: str, field: str) -> None:
    of = FIELDS[record, field]
    add(desk, "锂电池", of.name)
    row = USED[record, field](desk, "锂电池")
    ((kept,),) = desk.rows(f"{record}_listing", field, where=f"id = {row}")
    assert "锂电池" in str(kept)
    if not USES[record, field].free:
        with refuses("E203") as messages:
            USED[record, field](desk, "电动车")
        assert "、锂电池；" in messages[0]


@each_field
def test_a_word_that_no_measure_asks_for_is_in_no_figure_of_a_word(desk: Desk, record: str, field: str) -> None:
    """Every figure that tells words of this list apart is 0."""
    of = FIELDS[record, field]
    add(desk, "锂电池", of.name)
    asked = {
        indicator
        for indicator, text in desk.rows("indicator", "id", "measure", where="measure IS NOT NULL")
        if any(word in of.words for words in measure.read(str(text)).words.values() for word in words)
    }
    USED[record, field](desk, "锂电池")
    for figures in (from_days, from_months):
        assert [cell for cell in figures(desk.ledger, "2018-12-31") if cell[0] in asked] == []


def test_a_course_of_another_kind_is_counted_under_no_other(desk: Desk) -> None:
    add(desk, "应急消防", "培训对象")
    desk.training(kind="应急消防")
    assert from_days(desk.ledger, "2018-10-31") == {}
    channels = desk.ledger.execute("SELECT kind, quantity FROM fact_item WHERE fact = 'training.passed'").fetchall()
    assert [tuple(row) for row in channels] == [("应急消防", 8)]


# --- days


@pytest.fixture
def dated(desk: Desk) -> Desk:
    add(desk, "锂电池", "整治类型", from_on="2018-03-01", until_on="2018-06-01")
    return desk


@pytest.mark.parametrize(
    ("day", "said"), [("2018-02-28", "2018-03-01才启用"), ("2018-03-01", ""), ("2018-05-31", ""),
                      ("2018-06-01", "2018-06-01起停用")],
)  # fmt: skip
def test_a_word_is_taken_on_the_days_it_holds(dated: Desk, day: str, said: str) -> None:
    firm = dated.enterprise()
    if not said:
        assert programme(dated, firm, enrolled_on=day)
        return
    with refuses("E740") as messages:
        programme(dated, firm, enrolled_on=day)
    assert said in messages[0]
    assert "锂电池" not in messages[0].partition("请从中选一")[2]


def test_a_withdrawn_word_stays_with_its_records_which_are_edited_still(dated: Desk) -> None:
    row = programme(dated, dated.enterprise(), enrolled_on="2018-05-01")
    assert dated.edit("programme", row, remark="已看过", today=LATER).outcome == "changed"
    assert dated.edit("programme", row, kind="锂电池", today=LATER).outcome == "unchanged"


def test_neither_the_day_nor_the_word_alone_leads_out_of_the_days_it_holds(dated: Desk) -> None:
    row, other = programme(dated, dated.enterprise(), enrolled_on="2018-05-01"), dated.programme(dated.enterprise())
    with refuses("E741"):
        dated.edit("programme", row, enrolled_on="2018-06-01")
    with refuses("E741") as messages:
        dated.edit("programme", other, kind="锂电池")
    assert "“锂电池”不是“整治类型”在2018-01-15的用语" in messages[0]


def test_a_word_of_the_program_is_withdrawn_and_comes_back(desk: Desk) -> None:
    withdrawn = add(desk, "胶水", "整治类型", until_on="2018-06-01")
    with refuses("E740"):
        desk.programme(desk.enterprise(), kind="胶水", enrolled_on="2018-06-01")
    assert desk.programme(desk.enterprise(), kind="胶水", enrolled_on="2018-05-31")
    add(desk, "胶水", "整治类型", from_on="2018-09-01")
    assert desk.programme(desk.enterprise(), kind="胶水", enrolled_on="2018-09-01")
    with refuses("E740") as messages:
        desk.programme(desk.enterprise(), kind="胶水", enrolled_on="2018-07-01")
    assert "那时停用着" in messages[0]
    with refuses("E417"):
        desk.edit("term", withdrawn, until_on="2018-09-02")


def test_an_enterprise_keeps_a_withdrawn_word_and_gets_no_new_one(desk: Desk) -> None:
    firm = desk.enterprise(risks=("胶水",))
    add(desk, "胶水", "风险类别", until_on="2018-06-01")
    add(desk, "在办", "无代码原因", until_on="2018-06-01")
    assert desk.edit("enterprise", firm, risks=("喷涂", "胶水"), no_code_reason="在办").outcome == "changed"
    with refuses("E740", "E740"):
        desk.enterprise(risks=("胶水",), no_code_reason="在办")
    other = desk.enterprise(no_code_reason="代码不详")
    with refuses("E740"):
        desk.edit("enterprise", other, risks=("胶水",))


# --- what a word means


def test_a_kind_that_means_spraying_is_accepted_before_trusteeship(desk: Desk) -> None:
    add(desk, "喷漆房", "整治类型", means="喷涂")
    add(desk, "锂电池", "整治类型")
    add(desk, "喷漆房", "托管类型")
    add(desk, "锂电池", "托管类型")
    firm = desk.enterprise()
    desk.programme(firm, kind="锂电池", reason="新发现")
    desk.contract(firm, kind="锂电池")
    desk.programme(firm, kind="喷漆房", reason="新发现")
    with refuses("E426"):
        desk.contract(firm, kind="喷漆房")
    with refuses("E426"):
        desk.contract(firm, kind="喷涂")


def test_an_outcome_needs_acceptance_unless_it_means_shut_down(desk: Desk) -> None:
    add(desk, "搬迁入园", "整治结果")
    add(desk, "依法取缔", "整治结果", means="关停")
    with refuses("E447"):
        desk.programme(desk.enterprise(), outcome="搬迁入园", outcome_on="2018-05-01")
    row = desk.programme(desk.enterprise(), outcome="依法取缔", outcome_on="2018-05-01")
    ((until, reason),) = desk.rows("programme_due", "until_on", "reason", where=f"programme_id = {row}")
    assert (until, reason) == ("2018-05-01", "2018-05-01依法取缔")


def test_a_way_that_means_reported_is_no_inspection(desk: Desk) -> None:
    add(desk, "热线举报", "隐患来源", means="群众举报")
    add(desk, "专家检查", "隐患来源")
    firm = desk.enterprise()
    inspected = {"inspected_on": "2018-10-09", "found_any": "有"}
    desk.hazard(firm, source="热线举报")
    desk.hazard(firm, source="专家检查")
    row = desk.of("inspection", firm, method="专家检查", **inspected)
    assert desk.rows("inspection_listing", "hazards_found", where=f"id = {row}") == [(1,)]
    with refuses("E203") as messages:
        desk.of("inspection", firm, method="热线举报", **inspected)
    assert "专家检查" in messages[0]
    assert "热线举报、" not in messages[0]


def test_a_sector_that_means_fire_has_seven_days(desk: Desk) -> None:
    add(desk, "电动自行车火灾", "行业领域", means="火灾")
    add(desk, "农机", "行业领域")
    rows = [desk.accident(sector=word) for word in ("电动自行车火灾", "农机")]
    found = [desk.rows("accident", "amend_by", where=f"id = {row}")[0][0] for row in rows]
    assert found == ["2018-09-27", "2018-10-20"]


# --- what a word may be


@pytest.mark.parametrize(
    ("word", "of", "more", "code"),
    [
        ("涉氨制冷", "整治类型", {}, "E743"),  # the program reads it as 涉氨
        ("喷涂", "整治类型", {"means": "涉氨"}, "E743"),
        ("应急消防", "培训对象", {"means": "网格员"}, "E743"),  # no rule asks
        ("锂电池", "整治类型", {"means": "胶水"}, "E203"),
        ("锂电池", "整治类型", {"from_on": "2018-06-01", "until_on": "2018-06-01"}, "E214"),
    ],
)
def test_a_word_that_cannot_be(desk: Desk, word: str, of: str, more: dict[str, str], code: str) -> None:
    with refuses(code):
        add(desk, word, of, **more)


@pytest.mark.parametrize(
    ("text", "code"), [("锂电池、储能", "E742"), ("甲=乙", "E742"), ("锂" * 21, "E204"), ("  ", "E202")]
)
def test_a_word_is_one_word(text: str, code: str) -> None:
    from anjian_cli.errors import Misread

    with pytest.raises(Misread) as caught:
        definition.record("term").columns["word"].parse(text)
    assert caught.value.code == code


def test_a_word_in_another_spelling_is_the_same(desk: Desk) -> None:
    add(desk, "LED屏", "整治类型")
    row = desk.read("programme", enterprise=desk.name(desk.enterprise()), action="整治", kind=" led 屏",
                    enrolled_on="2018-05-01").row_id  # fmt: skip
    assert desk.rows("programme", "kind", where=f"id = {row}") == [("LED屏",)]
    with refuses("E417"):
        add(desk, "led屏", "整治类型", from_on="2018-05-01")


# --- no record loses its word


@pytest.fixture
def used(desk: Desk) -> tuple[Desk, int]:
    row = add(desk, "锂电池", "整治类型")
    programme(desk, desk.enterprise(), enrolled_on="2018-05-01")
    programme(desk, desk.enterprise(), enrolled_on="2018-07-01")
    return desk, row


@pytest.mark.parametrize(
    ("more", "count"),
    [({"until_on": "2018-07-01"}, 1), ({"from_on": "2018-05-02"}, 1), ({"until_on": "2018-05-01"}, 2),
     ({"means": "喷涂"}, 2)],
)  # fmt: skip
def test_a_change_that_would_take_a_word_from_records_is_refused(
    used: tuple[Desk, int], more: dict[str, str], count: int
) -> None:
    desk, row = used
    with refuses("E744") as messages:
        desk.edit("term", row, **more)
    assert f"有{count}条专项整治用着“锂电池”" in messages[0]


def test_one_that_takes_it_from_none_is_not(used: tuple[Desk, int]) -> None:
    desk, row = used
    assert desk.edit("term", row, from_on="2018-05-01", until_on="2018-07-02", remark="停用").outcome == "changed"


def test_voiding_and_undoing_a_word_that_is_used_is_refused(used: tuple[Desk, int]) -> None:
    desk, row = used
    with refuses("E744"):
        desk.void("term", row)
    (operation,) = desk.ledger.execute(
        "SELECT operation FROM change WHERE table_name = 'term' AND before IS NULL"
    ).fetchone()
    with refuses("E744"):
        desk.undo(operation)


def test_one_that_is_not_used_is_voided_and_undone(desk: Desk) -> None:
    add(desk, "锂电池", "整治类型")
    desk.undo()
    with refuses("E203"):
        programme(desk, desk.enterprise())
    desk.void("term", add(desk, "锂电池", "整治类型"))
    with refuses("E203"):
        programme(desk, desk.enterprise())


@pytest.mark.parametrize("record", ["enterprise", "health_test"])
def test_words_that_stand_several_in_a_cell_are_seen_as_well(desk: Desk, record: str) -> None:
    field, of = {"enterprise": ("risks", "风险类别"), "health_test": ("factors", "超标因素")}[record]
    row = add(desk, "锂电池", of)
    USED[record, field](desk, "锂电池")
    with refuses("E744"):
        desk.void("term", row)


# --- check


@pytest.mark.altered
@sweep(
    ("record", "field"), [(use.record, use.field) for of in LISTS.values() for use in of.uses if not use.free], keep=8
)
def test_a_word_in_no_list_is_reported(desk: Desk, record: str, field: str) -> None:
    word = FIELDS[record, field].words[0]
    row = USED[record, field](desk, word)
    table, column, key = ("enterprise_risk", "kind", "enterprise_id") if field == "risks" else (record, field, "id")
    change = f'UPDATE "{table}" SET "{column}" = ? WHERE {key} = ? AND instr("{column}", ?)'
    assert desk.ledger.execute(change, ("锂电池", row, word)).rowcount == 1
    assert "E741" in [fault.code for fault in check.check(desk.ledger)]


@pytest.mark.altered
def test_a_hazard_found_by_a_way_that_did_not_hold_is_reported(desk: Desk) -> None:
    add(desk, "企业自查", "隐患来源", until_on="2018-06-01")
    row = desk.hazard(desk.enterprise())
    desk.ledger.execute("UPDATE hazard SET source = '企业自查' WHERE id = ?", (row,))
    assert "E741" in [fault.code for fault in check.check(desk.ledger)]


# --- where any other word stands as well


def test_a_category_that_no_list_has_stands_as_it_is_told_and_is_said(desk: Desk) -> None:
    firm = desk.enterprise()
    row = desk.hazard(firm, description="一处", category="老设备")
    with desk.gate() as gate:
        kept = Kept("hazard", row, "hazard", row, "芝英-1")
        (said,) = hazard.remarks(gate, [kept])
    assert (said.code, "老设备" in str(said)) == ("N412", True)
    assert desk.edit("hazard", row, category="有限空间").outcome == "changed"
    assert desk.row("hazard", row)["category"] == "有限空间"
    with desk.gate() as gate:
        assert hazard.remarks(gate, [kept]) == []
    assert check.check(desk.ledger) == []


def test_a_category_is_a_condition_of_what_is_counted_of_hazards(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.hazard(firm, category="有限空间", description="甲处")
    desk.hazard(firm, category="其他", description="乙处")
    desk.hazard(firm, description="丙处")
    found = desk.ledger.execute("SELECT fact, kind FROM hazard_item WHERE fact IN ('hazard.found', 'hazard.open')")
    assert sorted(tuple(row) for row in found) == sorted(
        (fact, kind) for fact in ("hazard.found", "hazard.open") for kind in ("有限空间", "其他", "")
    )


# --- in bulk as one by one


FOUND = (
    *(("网格巡查", "2018-05-01"), ("专家检查", "2018-05-31"), ("专家检查", "2018-06-01")),
    *(("电话", "2018-05-01"), ("群众举报", "2018-06-01")),
)


@pytest.mark.parametrize("own", [False, True])
def test_hazards_in_bulk_leave_what_their_list_does_not_have(desk: Desk, own: bool) -> None:
    from anjian_cli.workflow import in_bulk

    if own:
        add(desk, "专家检查", "隐患来源", until_on="2018-06-01")
    record, firm = definition.record("hazard"), desk.enterprise()
    rows = FOUND
    columns: dict[str, list[Any]] = {
        "enterprise": [desk.name(firm)] * len(rows),
        "source": [source for source, _ in rows],
        "found_on": [day for _, day in rows],
        "level": ["一般"] * len(rows),
        "description": [f"第{at}处" for at in range(len(rows))],
        "deadline_on": ["2018-07-01"] * len(rows),
    }
    with desk.gate() as gate:
        way = in_bulk.of("hazard")
        assert way is not None
        left = way(gate, record, Finder(gate.connection)).take(columns).left
    assert left == ({2, 3} if own else {1, 2, 3})
    for at in left:
        with pytest.raises(Refused):
            desk.hazard(firm, source=rows[at][0], found_on=rows[at][1], deadline_on="2018-07-01")


def test_words_in_the_order_of_their_positions_behind_the_programs_own(desk: Desk) -> None:
    add(desk, "乙", "付费方", position=2)
    add(desk, "甲", "付费方", position=1)
    add(desk, "丙", "付费方")
    with desk.gate() as gate:
        words = Finder(gate.connection).words
        assert words.in_force(LISTS["付费方"], "2018-10-31") == ("企业", "财政", "共担", "甲", "乙", "丙")
    assert Words().in_force(LISTS["付费方"], "2018-10-31") == ("企业", "财政", "共担")

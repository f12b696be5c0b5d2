"""Which department answers for a hazard: from a day on another one, and what was wrong put right."""

from __future__ import annotations

import pytest

from anjian_cli.workflow import hazard_charge
from support.desk import Desk, refuses


@pytest.fixture
def charged(desk: Desk) -> tuple[Desk, int]:
    """A hazard of 1 October that 示例甲局 found and answers for."""
    for name in ("甲", "乙", "丙"):
        desk.take("department", name=f"示例{name}局", short_name=f"{name}局")
    firm = desk.enterprise()
    return desk, desk.hazard(firm, found_on="2018-10-01", found_by="甲局", charged_to="示例甲局")


def charges(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows(
        "hazard_charge",
        "(SELECT short_name FROM department d WHERE d.number = charged_to)",
        "from_on",
        "until_on",
    )


def listed(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("hazard_listing", "found_by", "charged_to", "handed_over_on")


def number(desk: Desk, name: str) -> str:
    return str(desk.rows("department", "number", where=f"short_name = '{name}'")[0][0])


def on(desk: Desk, day: str, fact: str = "hazard.open") -> list[str]:
    """For which departments the items of a fact hold on a day; those taken back with a minus."""
    found = desk.ledger.execute(
        "SELECT d.short_name, i.quantity FROM hazard_item i JOIN department d ON d.number = i.charged_to"
        " WHERE i.fact = ? AND i.from_on <= ? AND ? < i.until_on ORDER BY d.id, i.quantity",
        (fact, day, day),
    )
    return [name if quantity > 0 else f"-{name}" for name, quantity in found]


def test_it_answers_from_the_first_day_on(charged: tuple[Desk, int]) -> None:
    desk, _ = charged
    assert listed(desk) == [("示例甲局", "示例甲局", None)]
    assert charges(desk) == []
    assert on(desk, "2018-10-01") == ["甲局"]


def test_handed_over_it_counts_for_the_other_one_from_that_day_on(charged: tuple[Desk, int]) -> None:
    desk, row = charged
    desk.edit("hazard", row, charged_to="乙局", handed_over_on="2018-10-20")
    desk.edit("hazard", row, charged_to="丙局", handed_over_on="2018-11-02")
    assert listed(desk) == [("示例甲局", "示例丙局", "2018-11-02")]
    assert charges(desk) == [
        ("甲局", "0001-01-01", "2018-10-20"),
        ("乙局", "2018-10-20", "2018-11-02"),
        ("丙局", "2018-11-02", "9999-12-31"),
    ]
    assert [on(desk, day) for day in ("2018-10-19", "2018-10-20", "2018-11-02")] == [["甲局"], ["乙局"], ["丙局"]]
    found = on(desk, "2018-11-02", "hazard.found")
    assert found == ["-甲局", "甲局", "-乙局", "乙局", "丙局"]  # in all one, and that of the last
    assert desk.figure("hazard.found", "2018-11-05") == desk.figure("hazard.open", "2018-11-05") == 1


def test_told_again_it_is_the_same(charged: tuple[Desk, int]) -> None:
    desk, row = charged
    desk.edit("hazard", row, charged_to="乙局", handed_over_on="2018-10-20")
    kept = desk.edit("hazard", row, charged_to="示例乙局", handed_over_on="2018-10-20")
    assert kept.outcome == "unchanged"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"handed_over_on": "2018-10-20"}, "E794"),
        ({"charged_to": "乙局", "handed_over_on": "2018-09-30"}, "E410"),
        ({"charged_to": "丁局", "handed_over_on": "2018-10-20"}, "E231"),
        ({"charged_to": "乙局", "handed_over_on": "2018-11-06"}, "E213"),
    ],
)
def test_what_is_no_handing_over(charged: tuple[Desk, int], told: dict[str, str], code: str) -> None:
    desk, row = charged
    with refuses(code):
        desk.edit("hazard", row, **told)


def test_not_before_it_was_handed_over_last(charged: tuple[Desk, int]) -> None:
    desk, row = charged
    desk.edit("hazard", row, charged_to="乙局", handed_over_on="2018-10-20")
    with refuses("E795") as messages:
        desk.edit("hazard", row, charged_to="丙局", handed_over_on="2018-10-20")
    assert "2018-10-20已移交给示例乙局" in messages[0]
    desk.void("hazard", row)
    with refuses("E416"):
        desk.step(hazard_charge.hand_over, row, number(desk, "丙局"), "2018-10-25")


class TestMended:
    def test_without_a_day_it_was_never_otherwise(self, charged: tuple[Desk, int]) -> None:
        desk, row = charged
        assert desk.correct("hazard", row, charged_to="乙局").changes[0][0] == "charged_to"
        assert (charges(desk), on(desk, "2018-10-01")) == ([], ["乙局"])
        desk.edit("hazard", row, charged_to="丙局")
        assert (charges(desk), on(desk, "2018-10-01")) == ([], ["丙局"])

    def test_of_one_handed_over_the_last(self, charged: tuple[Desk, int]) -> None:
        desk, row = charged
        desk.edit("hazard", row, charged_to="乙局", handed_over_on="2018-10-20")
        desk.correct("hazard", row, charged_to="丙局", handed_over_on="2018-10-22")
        assert charges(desk) == [("甲局", "0001-01-01", "2018-10-22"), ("丙局", "2018-10-22", "9999-12-31")]
        with refuses("E794"):
            desk.correct("hazard", row, charged_to="（清空）")

    def test_that_it_never_was_handed_over(self, charged: tuple[Desk, int]) -> None:
        desk, row = charged
        with refuses("E482"):
            desk.correct("hazard", row, handed_over_on="2018-10-20")
        desk.edit("hazard", row, charged_to="乙局", handed_over_on="2018-10-20")
        desk.edit("hazard", row, charged_to="丙局", handed_over_on="2018-10-25")
        desk.correct("hazard", row, handed_over_on="（清空）")
        assert charges(desk) == [("甲局", "0001-01-01", "2018-10-20"), ("乙局", "2018-10-20", "9999-12-31")]
        desk.correct("hazard", row, handed_over_on="（清空）")
        assert (charges(desk), listed(desk)) == ([], [("示例甲局", "示例甲局", None)])
        desk.correct("hazard", row, charged_to="（清空）", found_by="（清空）")
        assert listed(desk) == [(None, None, None)]

    def test_undone_it_answers_again(self, charged: tuple[Desk, int]) -> None:
        desk, row = charged
        desk.edit("hazard", row, charged_to="乙局", handed_over_on="2018-10-20")
        desk.undo()
        assert (charges(desk), on(desk, "2018-10-25")) == ([], ["甲局"])


def test_a_new_one_that_was_handed_over_was_nobodys_before(charged: tuple[Desk, int]) -> None:
    """As it comes from the table of another ledger, which tells the last one alone."""
    desk, _ = charged
    desk.hazard(desk.enterprise(), found_on="2018-10-02", charged_to="乙局", handed_over_on="2018-10-20")
    assert charges(desk) == [(None, "0001-01-01", "2018-10-20"), ("乙局", "2018-10-20", "9999-12-31")]
    assert on(desk, "2018-10-19") == ["甲局"]


def test_named_as_it_was_called_on_the_day(charged: tuple[Desk, int]) -> None:
    desk, row = charged
    desk.edit("department", 1, until_on="2018-10-10")
    with refuses("E792"):
        desk.hazard(desk.enterprise(), found_on="2018-10-10", found_by="甲局")
    desk.hazard(desk.enterprise(), found_on="2018-10-09", found_by="甲局")
    with refuses("E792"):
        desk.edit("hazard", row, charged_to="甲局", handed_over_on="2018-10-20")


def test_one_that_records_name_is_not_voided(charged: tuple[Desk, int]) -> None:
    desk, row = charged
    desk.edit("hazard", row, charged_to="乙局", handed_over_on="2018-10-20")
    for department in (1, 2):
        with refuses("E423"):
            desk.void("department", department)
    desk.void("department", 3)


# --- the letter with which it is handed over, and its answer


def letters(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("hazard_listing", "handed_over_by", "answer_due_on", "answered_on", "answer")


def test_the_letter_and_its_answer(charged: tuple[Desk, int]) -> None:
    desk, row = charged
    with refuses("E482"):
        desk.step(hazard_charge.answer, row, "2018-10-25", None)
    other = number(desk, "乙局")
    desk.step(hazard_charge.hand_over, row, other, "2018-10-20", "例抄〔2018〕3号", "2018-10-30")
    assert letters(desk) == [("例抄〔2018〕3号", "2018-10-30", None, None)]
    with refuses("E214"):
        desk.step(hazard_charge.answer, row, "2018-10-19", None)
    desk.step(hazard_charge.answer, row, "2018-10-25", "已责令停用")
    assert letters(desk) == [("例抄〔2018〕3号", "2018-10-30", "2018-10-25", "已责令停用")]
    with refuses("E862"):
        desk.step(hazard_charge.answer, row, "2018-10-26", None)
    desk.step(hazard_charge.hand_over, row, number(desk, "丙局"), "2018-10-26")
    assert letters(desk) == [(None, None, None, None)]
    desk.void("hazard", row)
    with refuses("E416"):
        desk.step(hazard_charge.answer, row, "2018-10-27", None)


def test_a_form_brings_the_answer_back(charged: tuple[Desk, int]) -> None:
    desk, row = charged
    with refuses("E482"):
        desk.edit("hazard", row, answered_on="2018-10-25")
    desk.edit("hazard", row, charged_to="乙局", handed_over_on="2018-10-20", answer_due_on="2018-10-30")
    told = {"answered_on": "2018-10-25", "answer": "已责令停用"}
    kept = desk.edit("hazard", row, **told)
    assert [(one.title, one.after) for one in kept.told] == [("答复日期", "2018-10-25"), ("部门答复", "已责令停用")]
    assert desk.edit("hazard", row, **told).outcome == "unchanged"
    with refuses("E424"):
        desk.correct("hazard", row, answered_on="（清空）")
    desk.correct("hazard", row, answered_on="（清空）", answer="（清空）", handed_over_by="例抄〔2018〕3号")
    assert letters(desk) == [("例抄〔2018〕3号", "2018-10-30", None, None)]
    desk.correct("hazard", row, handed_over_on="2018-10-21")
    assert letters(desk) == [("例抄〔2018〕3号", "2018-10-30", None, None)]


def test_a_new_hazard_comes_handed_over_and_answered(charged: tuple[Desk, int]) -> None:
    desk, _ = charged
    firm = desk.enterprise()
    told = {"handed_over_on": "2018-10-20", "handed_over_by": "例抄1号", "answered_on": "2018-10-21", "answer": "已改"}
    desk.hazard(firm, found_on="2018-10-01", charged_to="乙局", **told)
    assert letters(desk)[1] == ("例抄1号", None, "2018-10-21", "已改")


def test_the_answer_is_due_by_the_setting_of_the_day(charged: tuple[Desk, int]) -> None:
    desk, _ = charged
    desk.take("setting", name="answer.days", value="5", from_on="2018-10-10")
    with desk.gate() as gate:
        assert hazard_charge.answer_due_on(gate, "2018-10-20") == "2018-10-25"
        gate.abandon()
    with desk.gate() as gate:
        assert hazard_charge.answer_due_on(gate, "2018-10-01") == "2018-10-11"
        gate.abandon()

"""明细 of points: a total by category, a category by item, an item by what was counted or marked; all of it adds up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction

import pytest

from anjian_cli.bulletin import composition, explain, points_explained, points_sum
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.points_explained import Change, ItemExplained, PointsExplained
from anjian_cli.bulletin.points_reason import points
from anjian_cli.bulletin.value import COUNTY
from anjian_cli.errors import Refused
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.screen import points_explained as shown
from anjian_cli.render.screen.styled_lines import text
from anjian_cli.workflow import month
from support import points_ledger, points_scheme
from support.desk import Desk, refuses
from support.points_ledger import JIANGNAN, QIANCANG, SHIZHU, ZHIYING

F = Fraction


@pytest.fixture(scope="module")
def book() -> Iterator[Desk]:
    made = points_ledger.made()
    yield made
    made.ledger.close()


def whole(desk: Desk, *words: str) -> PointsExplained:
    asked = composition.asked(desk.ledger, words, "2018-11-05")
    assert asked is not None
    found = points_explained.whole(desk.ledger, asked)
    assert found is not None
    return found


def item(desk: Desk, code: str) -> ItemExplained:
    found = points_explained.item(desk.ledger, explain.parse_code(desk.ledger, [code], "2018-11-05"))
    assert found is not None
    return found


def told(*values: Fraction | None) -> str:
    return " ".join(points(value) for value in values)


def test_a_total_is_its_categories_each_with_what_its_limits_did(book: Desk) -> None:
    found = whole(book, "10-江南-得分")
    assert {p.title: told(p.full, p.of_items, p.points, p.counted) for p in found.parts} == {
        "安全生产": "60 60 60 60", "消防安全": "20 20 20 20", "加分": "— 6 5 5", "倒扣": "— 0 0 0",
    }  # fmt: skip
    assert found.parts[2].changes == (Change("加分合计不超过5分", F(-1)),)
    assert found.parts[1].reason == "满分40分，缺项的20分不计"
    assert (told(found.result, found.full), found.rank, found.provisional) == ("85 80", 1, False)
    said = text(shown.lines(found))
    assert "85分（满分80分），等次良好，排名第1。" in said
    assert "60+20+5+0=85；按精确分数算" in said
    assert "加分合计不超过5分：-1" in said


def test_vetoes_and_consequences_are_said_under_it(book: Desk) -> None:
    said = text(shown.lines(whole(book, "10-石柱-得分")))
    assert "18分（满分100分），暂计，还有10分未定，等次不合格，排名第4。" in said
    assert "发生较大及以上事故1起，符合一票否决情形（名次末位、等次定为不合格）。" in said
    assert "少报送次数缺4次，已达到“超过3次取消当年评优评先资格”的条件。" in said
    assert "10+20+0-12=18；" in said


def test_a_category_is_its_items(book: Desk) -> None:
    found = whole(book, "10", "芝英", "安全生产")
    assert found.code == "10-芝英-安全生产"
    assert {p.code: told(p.full, p.points) for p in found.parts} == {
        "10-芝英-书记督查": "20 15", "10-芝英-监管人员": "10 8", "10-芝英-负责人培训": "20 12", "10-芝英-隐患": "10 10",
    }  # fmt: skip
    assert told(found.result, found.full) == "45 60"
    assert "15+8+12+10=45" in text(shown.lines(found))
    open_ = whole(book, "10-前仓-安全生产")
    assert told(open_.result, open_.open) == "5 20"
    assert [p.state for p in open_.parts] == ["", "待评", "缺项", "待报"]


def test_an_item_by_its_count_and_the_records_behind_it(book: Desk) -> None:
    found = item(book, "10-芝英-书记督查")
    assert found.steps == (Change("满分", F(20)), Change("缺1次，扣5分", F(-5)))
    assert found.records is not None
    assert found.records.figure == 2
    said = text(shown.item_lines(found))
    assert "15分（满分20分）：缺1次，扣5分。" in said
    assert "计分：扣分，党政领导责任，应有=每季1次；每少=1；扣=5。" in said
    assert "第二季度缺1次。" in said
    assert "计入的（2条）" in said
    limited = item(book, "10-石柱-隐患")
    assert limited.steps[-1] == Change("以满分为限、扣完为止", F(5))
    bonus = item(book, "10-江南-表彰")
    assert bonus.steps == (Change("国家级2、省级2，加6分", F(6)),)
    assert item(book, "10-芝英-负责人培训").steps == (Change("完成60.00%", F(12)),)
    assert item(book, "10-芝英-按期率").steps == (Change("完成100.00%", F(20)),)
    assert "缺项：没有任务。" in text(shown.item_lines(item(book, "10-前仓-负责人培训")))


def test_an_item_that_is_marked_by_its_marks(book: Desk) -> None:
    found = item(book, "10-芝英-监管人员")
    numbers = [mark.number for mark in found.marks]
    assert found.steps == (Change("满分", F(10)), Change(numbers[0], F(-3, 2)), Change(numbers[1], F(-1, 2)))
    said = text(shown.item_lines(found))
    assert "8分（满分10分）：满分10分，评分合计-2分。" in said
    assert numbers[0] in said
    assert "网格员不足" in said
    assert "暂不计分：尚未评分。" in text(shown.item_lines(item(book, "10-石柱-监管人员")))
    with refuses("E451"):
        points_explained.item(book.ledger, explain.Asked(ended(2018, 10), COUNTY, "aq.人员"))


def test_the_county_is_the_mean_of_its_units(book: Desk) -> None:
    found = whole(book, "10-全市-得分")
    assert told(found.result, *(p.points for p in found.parts)) == "52.75 85 83 18 25"
    assert found.result == compile_bulletin(book.ledger, ended(2018, 10)).mean_score
    assert "52.75分，暂计。" in text(shown.lines(found))
    assert whole(book, "10-全市-消防安全").result == F(20 + 38 + 20 + 20, 4)


def test_as_csv_and_json(book: Desk) -> None:
    rows = shown.delimited(whole(book, "10-江南-得分")).splitlines()
    assert rows[3].startswith("10-江南-加分,加分,,,6,-1,5,,5,,加分合计不超过5分：-1")
    assert rows[-1].startswith("10-江南-得分,总分,,80,,,85,,,")
    whole_ = json.loads(shown.structured(whole(book, "10-江南-得分")))
    assert (whole_["result"], whole_["parts"][2]["changes"]) == ("85/1", [{"why": "加分合计不超过5分", "by": "-1/1"}])
    of_item = json.loads(shown.item_structured(item(book, "10-芝英-书记督查")))
    assert (of_item["points"]["points"], of_item["records"]["figure"]) == ("15/1", 2)
    lines = shown.item_delimited(item(book, "10-芝英-书记督查")).splitlines()
    assert [line.split(",")[3] for line in lines[1:]] == ["得分", "得分", "工作项", "工作项"]
    marks = shown.item_delimited(item(book, "10-芝英-监管人员")).splitlines()
    assert [line.split(",")[3] for line in marks[1:]] == ["得分"] * 3 + ["评分"] * 2


def test_what_does_not_add_up_is_refused(book: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bulletin = compile_bulletin(book.ledger, ended(2018, 10))
    assert bulletin.points is not None
    row = bulletin.points.row(ZHIYING)
    with refuses("E820"):
        points_sum.checked("10-芝英-得分", bulletin.points, replace(row, total=F(84)))
    monkeypatch.setattr(points_explained, "_marks", lambda *_: ())
    with pytest.raises(Refused) as caught:
        item(book, "10-芝英-监管人员")
    assert [fault.code for fault in caught.value.faults] == ["E820"]


def test_the_points_of_every_unit_are_reckoned_again(book: Desk) -> None:
    table = compile_bulletin(book.ledger, ended(2018, 10)).points
    assert table is not None
    for row in table.rows:
        found = points_sum.checked("", table, row)
        assert (found.total.points, found.total.full, found.total.open) == (row.total, row.full, row.open)
    jiangnan = table.row(JIANGNAN)
    assert points_sum.reckon(table, jiangnan, {"jf.表彰": F(2)}).total.points == 82
    assert points_sum.reckon(table, table.row(QIANCANG), {"aq.网点": F(10)}).total.points == 35
    assert points_sum.reckon(table, table.row(SHIZHU)).categories[3].points == -12


def test_a_locked_month_is_explained_as_it_was_locked() -> None:
    desk = points_ledger.made()
    with desk.gate(command="month close") as gate:
        month.close(gate, ended(2018, 10), "测试")
    desk.take("mark", indicator="监管人员", town="石柱镇", month="2018-10", points="-1", reason="以后补评")
    desk.take("work_item", kind="督查检查", town="芝英镇", done_on="2018-05-10", title="以后补登")
    assert whole(desk, "10-芝英-得分").result == 83
    assert item(desk, "10-芝英-书记督查").points.points == 15
    assert "暂不计分：尚未评分。" in text(shown.item_lines(item(desk, "10-石柱-监管人员")))
    desk.ledger.close()


def test_every_limit_is_named_with_what_it_did(monkeypatch: pytest.MonkeyPatch) -> None:
    categories = (
        ("aq", "安全生产", "45", None, "30", None),
        ("xf", "消防安全", "40", None, None, "0.5"),
        *points_scheme.CATEGORIES[2:],
    )
    monkeypatch.setattr(points_scheme, "CATEGORIES", categories)
    monkeypatch.setattr(points_scheme, "GROUPS", (("zr", "aq", "党政领导责任", "20"),))
    desk = points_ledger.made()
    best = whole(desk, "10-江南-安全生产")
    assert best.changes == (Change("党政领导责任以20分为限", F(-10)), Change("安全生产以45分为限", F(-5)))
    assert "20+10+20+10-10（党政领导责任以20分为限）-5（安全生产以45分为限）=45；" in text(shown.lines(best))
    worst = whole(desk, "10-石柱-安全生产")
    assert worst.changes == ()
    assert told(worst.result) == "10"
    total = whole(desk, "10-芝英-得分")
    assert total.parts[0].changes == (Change("党政领导责任以20分为限", F(-3)),)
    assert [told(part.points, part.counted) for part in total.parts] == ["42 42", "38 19", "0 0", "0 0"]
    said = text(shown.lines(total, 120))
    assert "50%" in said
    assert "42+19+0+0=61；" in said
    assert shown.delimited(best).splitlines()[-3:-1] == [
        ",党政领导责任以20分为限,,,,,,,-10,,",
        ",安全生产以45分为限,,,,,,,-5,,",
    ]
    desk.ledger.close()

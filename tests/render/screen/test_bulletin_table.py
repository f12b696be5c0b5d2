"""How a printed bulletin looks: its words, its widths, its signs."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.value import Bulletin, IndicatorTable
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.data.bulletin_csv import bulletin_csv
from anjian_cli.render.screen.bulletin_table import bulletin_table
from anjian_cli.render.screen.scores import summary
from anjian_cli.render.screen.styled_lines import Line, text
from anjian_cli.render.screen.town import town_sheet
from anjian_cli.render.width import columns
from support.bulletin_builder import SEEDS, bulletin, known, towns
from support.sweeps import sweep


def printed(made: Bulletin, width: int | None = None) -> str:
    return text(bulletin_table(made, width))


def ranking_lines(made: Bulletin, width: int | None = None) -> list[Line]:
    """The summary's rows: a line a town, and the county's."""
    lines = list(summary(made, width))
    rule = next(at for at, line in enumerate(lines) if line.text.startswith("--"))
    return lines[rule + 1 : rule + 2 + len(made.scores)]


def scored(*scores: int, **changes: object) -> Bulletin:
    """A bulletin of towns with these scores, the best first, without anything they owe."""
    made = bulletin(1, count=len(scores), mean_score=Fraction(50), laggards=(), **changes)
    rows = [replace(row, score=Fraction(score), owes_most="") for row, score in zip(made.scores, scores, strict=True)]
    return replace(made, scores=tuple(rows))


def only(made: Bulletin, short: str, **changes: object) -> Bulletin:
    """The bulletin with one indicator, changed."""

    def keep(tables: tuple[IndicatorTable, ...]) -> tuple[IndicatorTable, ...]:
        return tuple(replace(t, **changes) for t in tables if t.short == short)  # type: ignore[arg-type]

    categories = tuple(replace(c, indicators=keep(c.indicators)) for c in made.categories)
    return replace(made, categories=tuple(c for c in categories if c.indicators))


def test_the_heading_of_a_draft() -> None:
    assert printed(bulletin(1)).splitlines()[:3] == [
        "永康市 2018年10月份安全生产重点工作通报（核对稿）",
        "统计期：2018年1—10月  截至：2018年10月31日  序时进度：83.33%",
        "数据时点：2018-11-02 16:30  核验码：3f9a 1b2c 4d5e 6f70  永康市安全生产委员会办公室",
    ]


def test_the_heading_of_an_issued_month() -> None:
    made = bulletin(1, state="issued", document_number="永安委办〔2018〕15号", issued_on="2018-11-05")
    first, _, third, *_ = printed(made).splitlines()
    assert first == "永康市 2018年10月份安全生产重点工作通报（印发 永安委办〔2018〕15号）"
    assert third.endswith("永康市安全生产委员会办公室 2018年11月5日印发")
    assert "（定稿）" in printed(bulletin(1, state="closed"))


def test_a_running_month_says_so_and_has_no_month_end() -> None:
    made = bulletin(1, finished=False, as_of="2018-10-18")
    assert "\n10月尚未结束，数据截至今日（2018年10月18日）。\n" in printed(made)
    assert "月末" not in printed(made)
    assert "本月尚未结束" in bulletin_csv(made)


def test_made_up_data_says_so_in_every_format() -> None:
    made = bulletin(1, demonstration=True)
    for shown in (printed(made), bulletin_csv(made), text(town_sheet(made, made.towns[0].code))):
        assert "演示数据" in shown
    assert "演示" not in printed(bulletin(1)) + bulletin_csv(bulletin(1))


def test_what_is_to_be_done_is_called_a_task_only_where_it_is_one() -> None:
    """The last row under figures that have no table of their own."""
    made = only(bulletin(1), "责任村创建", ranked=False)
    table = made.categories[0].indicators[0]
    told = replace(table, total=replace(table.total, target=40))
    category = replace(made.categories[0], rows=())

    def rows(*tables: IndicatorTable) -> str:
        return printed(replace(made, categories=(replace(category, indicators=tables),)))

    assert "\n应办数量" in rows(replace(told, against="到期"))
    assert "\n年度任务" in rows(replace(told, against="target"))
    assert "\n任务、应办" in rows(replace(told, against="到期"), replace(told, id="x", against="target"))


def test_an_empty_ledger_prints() -> None:
    made = bulletin(1, towns=(), categories=(), scores=(), mean_score=None, laggards=(), corrections=(), known_at="")
    assert "数据时点：台账还是空的" in printed(made)


@pytest.mark.unmeasured
@sweep("seed", SEEDS, keep=3)
@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_no_line_is_wider_than_the_terminal(seed: int, width: int) -> None:
    made = bulletin(seed)
    made = replace(made, towns=tuple(replace(town, short=town.name) for town in made.towns))
    sheets = printed(made, width) + text(town_sheet(made, made.towns[seed].code, width))
    assert [line for line in sheets.splitlines() if columns(line) > width] == []


@pytest.mark.unmeasured
@pytest.mark.parametrize("width", [None, 80])
def test_nothing_that_a_chinese_console_cannot_show_or_would_draw_wider(width: int | None) -> None:
    for seed in range(4):
        made = bulletin(seed)
        shown = printed(made, width) + text(town_sheet(made, made.towns[0].code, width))
        shown.encode("gbk")
        lines = shown.splitlines()
        rules = [at for at, line in enumerate(lines) if line.startswith("--")]
        assert rules
        for at in rules:
            for line in lines[at - 1 : at + 17]:
                if not line or line.endswith("。"):
                    break
                assert not [char for char in line if unicodedata.east_asian_width(char) == "A"], line


def test_off_a_terminal_nothing_is_cut_or_wrapped() -> None:
    made = bulletin(1, rule=("很长的规则" * 60,))
    shown = printed(made)
    assert ".." not in shown
    assert "很长的规则" * 60 in shown
    assert "经济开发区" in shown


def test_a_stock_is_never_done_in_a_month() -> None:
    flow = printed(only(bulletin(1), "网格员"))
    stock = printed(only(bulletin(1), "涉氨"))
    assert "净增" not in flow
    for word in ("本月", "净增", "月末", "在托"):
        assert word in stock
    heading = stock[stock.index("涉氨：") :].splitlines()[1:3]
    assert "完成" not in heading[0].replace("完成率", "") + heading[1]


@pytest.mark.parametrize("kind", ["distinct", "counted"])
def test_neither_is_what_is_counted_once(kind: str) -> None:
    assert phrase.monthly(only(bulletin(1), "网格员", kind=kind).categories[0].indicators[0]) == "本月净增"


def test_an_indicator_that_is_not_ranked_this_month_has_no_empty_columns() -> None:
    table = only(bulletin(1), "责任村验收").categories[0].indicators[0]
    cells = tuple(replace(cell, rank=None, last_rank=None, gap=None) for cell in table.cells)
    total = replace(table.total, gap=None)
    shown = printed(only(bulletin(1), "责任村验收", pace=Fraction(0), cells=cells, total=total, other=None))
    shown = shown[shown.index("责任村验收：") :]
    assert "完成率" in shown
    assert "与序时差" not in shown[: shown.index("10-")]
    assert "排名" not in shown[: shown.index("10-")]


def test_a_task_of_nothing_is_told_only_where_somebody_set_it() -> None:
    table = only(bulletin(1), "整治冶金").categories[0].indicators[0]
    none = tuple(replace(cell, target=0) for cell in table.cells)
    assert not phrase.says_anything(replace(table, cells=none))
    assert phrase.says_anything(replace(table, cells=none, against="target"))


def test_the_score_is_in_points_and_the_laggards_are_named() -> None:
    shown = printed(bulletin(1))
    assert "综合得分落后的：龙山镇（" in shown
    assert "分）" in shown
    table = shown[shown.index("综合排名") : shown.index("综合得分落后的")]
    assert "%" not in table.split("\n", 1)[1]


def test_corrections_and_changes_of_definition_are_told_apart() -> None:
    shown = printed(bulletin(1))
    assert "更正：9月份通报中城西新区涉氨4家更正为3家。" in shown
    assert "口径变化：9月份通报中未定镇街罚款1.5万元，按现在的口径为1.00005万元。" in shown


def test_the_county_s_own_task_and_what_has_no_town_have_their_lines() -> None:
    made = only(bulletin(1), "三级新创", county_task=130)
    shown = printed(made)
    done = made.categories[0].indicators[0].whole.done
    assert done is not None
    assert f"市里任务：130家，全市已有{done}家" in shown
    assert "未定镇街" in shown
    assert "未定镇街  " not in printed(only(made, "三级新创", other=None))


def test_why_something_is_not_scored_is_said() -> None:
    assert "三级复评按年终节点考核，本月不计分。" in printed(bulletin(1))
    assert "没有任务也没有数字的：整治冶金。" in printed(bulletin(1))
    planned = only(bulletin(1), "责任村验收", pace=Fraction(1, 2))
    assert "责任村验收按计划考核，本月应完成50.00%。" in printed(planned)


def test_towns_stand_by_rank_and_then_in_the_offices_order() -> None:
    made = only(bulletin(1), "网格员")
    order = {town.name: at for at, town in enumerate(towns())}
    table = made.categories[0].indicators[0]
    ranks = {made.town(cell.town).name: cell.rank or 99 for cell in table.cells}
    shown = printed(made)
    shown = shown[shown.index("网格员：") :]
    listed = [line.split(" ")[0] for line in shown.splitlines() if line.split(" ")[0] in order]
    assert listed == sorted(order, key=lambda name: (ranks[name], order[name]))


def test_who_lags_is_marked() -> None:
    made = bulletin(1)
    marked = [line.text for line in bulletin_table(made) if line.style == "behind"]
    assert any("江南街道" in line for line in marked)
    assert len([line for line in marked if "10-" in line and "三级新创" in line]) == 3


@pytest.mark.parametrize("width", [None, 80, 140])
def test_how_a_town_moved_stands_beside_last_month_s_rank(width: int | None) -> None:
    places = [(1, 3), (2, 1), (3, 3), (4, None), (5, 16), (None, 6), (7, 2)]
    said = [["3", "升2"], ["1", "降1"], ["3", "持平"], ["－", "－"], ["16", "升11"], ["6", "－"], ["2", "降5"]]
    made = scored(90, 80, 70, 60, 50, 40, 30)
    rows = zip(made.scores, places, strict=True)
    made = replace(made, scores=tuple(replace(row, rank=rank, last_rank=last, work=777) for row, (rank, last) in rows))
    assert [line.text.split(" 777")[0].split()[-2:] for line in ranking_lines(made, width)[:-1]] == said


@pytest.mark.parametrize(
    ("owed", "heads"),
    [
        ("涉氨欠1家", ["排", "上", "任务"]),
        ("特种作业欠12人", ["排", "任务"]),
        ("特种作业欠112人次", ["排"]),
    ],
)
def test_at_80_columns_last_month_s_rank_and_the_tasks_give_way_and_nothing_is_cut(owed: str, heads: list[str]) -> None:
    made = bulletin(1)
    made = replace(made, scores=tuple(replace(row, owes_most=owed) for row in made.scores))
    shown = printed(made, 80)
    upper, lower, *_ = shown[shown.index("综合排名") :].splitlines()[1:]
    assert upper.split() == heads
    assert "升降" in lower
    assert all(line.text.endswith(owed.replace("欠", "")) for line in ranking_lines(made, 80)[:-1])


def test_on_a_wide_terminal_the_score_is_a_bar_at_the_end() -> None:
    def bars(width: int | None) -> list[int]:
        return [line.text.count("█") for line in ranking_lines(scored(100, 75, 50, 3, 2, 0), width)]

    assert bars(160) == [20, 15, 10, 1, 0, 0, 10]
    for width in (None, 80):
        assert bars(width) == [0] * 7
    narrowest = next(width for width in range(90, 130) if any(bars(width)))
    assert bars(narrowest) == [8, 6, 4, 0, 0, 0, 4]
    row = ranking_lines(scored(100, 75, 50, 3, 2, 0), 160)[0].text
    assert row.endswith(" " + "█" * 20)


def test_who_has_no_score_has_no_bar() -> None:
    made = scored(90, 80)
    made = replace(made, scores=(made.scores[0], replace(made.scores[1], score=None, rank=None)))
    assert ["█" in line.text for line in ranking_lines(made, 160)] == [True, False, True]


@sweep("seed", SEEDS, keep=3)
def test_a_bar_takes_no_room_from_anything(seed: int) -> None:
    made = bulletin(seed)
    for width in (120, 140, 160):
        bare = [line.text.rstrip("█").rstrip() for line in ranking_lines(made, width)]
        assert bare == [line.text for line in ranking_lines(made)]


@pytest.mark.parametrize("width", [None, 80, 160])
def test_who_leads_and_who_lags_is_marked_by_rank(width: int | None) -> None:
    def styles(made: Bulletin) -> list[str]:
        return [line.style for line in ranking_lines(made, width)]

    last = tuple(row.town for row in bulletin(1).scores[-3:])
    made = known(bulletin(1))
    assert styles(replace(made, laggards=last)) == [*["ahead"] * 3, *[""] * 10, *["behind"] * 3, ""]
    assert styles(replace(made, laggards=())) == [*["ahead"] * 3, *[""] * 14]
    tied = scored(*[50] * 16)
    assert set(styles(replace(tied, scores=tuple(replace(row, rank=1) for row in tied.scores)))) == {""}
    first = scored(90, 80)
    assert styles(replace(first, laggards=(first.scores[0].town,))) == ["behind", "", ""]


def test_where_standardization_stood_a_month_ago_and_what_the_month_brought() -> None:
    def of(made: Bulletin, **changes: object) -> str:
        standard = next(category for category in made.categories if category.id == "standard")
        tables = tuple(
            replace(t, total=replace(t.total, **changes)) if t.short == "三级新创" else t  # type: ignore[arg-type]
            for t in standard.indicators
        )
        return printed(replace(made, categories=(replace(standard, indicators=tables),)))

    shown = of(bulletin(1), last_month=108, done=129, this_month=21)
    assert "截至9月底，三级标准化达标108家、在创" in shown
    assert "10月新增三级达标21家，累计129家。" in shown
    assert "10月没有新增三级达标，累计108家。" in of(bulletin(1), last_month=108, done=108, this_month=0)
    assert "截至" not in of(bulletin(1, month="2018-01")).split("\n", 3)[3].partition("一、")[2].partition("注：")[0]
    unknown = of(bulletin(1), last_month=None, done=129, this_month=None)
    assert "三级标准化达标" not in unknown
    assert "新增三级达标" not in unknown

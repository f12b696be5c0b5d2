"""What is said of each category."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin import progress, ranking
from anjian_cli.bulletin.findings import Field, Placed
from anjian_cli.bulletin.sentences import LISTED
from anjian_cli.bulletin.value import IndicatorTable, VillageRow
from support.bulletin_builder import bulletin
from support.letter_builder import UNITS, category, cell, of, table


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (0, ""),
        (4, "三级复评，东城街道、西城街道、江南街道、石柱镇进入评审阶段。"),
        (5, "三级复评，东城街道、西城街道、江南街道、石柱镇等5个镇（街、区）进入评审阶段。"),
    ],
)
def test_four_towns_in_review_are_named(there: int, said: str) -> None:
    cells = [*[cell(1)] * there, *[cell(0)] * (6 - there)]
    found = category("standard", "", [table("standard.towns_in_review", "评审镇数", cells, cell(there))])
    assert progress.in_review(of(found), found) == said


def standing(*towns: tuple[int, int, bool]) -> str:
    """What is said of towns with a rate and a lead in percent, by place."""
    counts = [sum(other > rate for other, *_ in towns) + 1 for rate, *_ in towns]
    placed = [
        Placed(unit.code, Fraction(rate, 100), rank, Fraction(gap, 100), finished)
        for unit, rank, (rate, gap, finished) in zip(UNITS, counts, towns, strict=False)
    ]
    ranks, gaps = {one.town: one.rank or 0 for one in placed}, {one.town: one.gap for one in placed}
    lagging = ranking.laggards(ranks, gaps, 3, [unit.code for unit in UNITS], below_pace=True)
    return progress.standing(bulletin(0), Field(tuple(placed), lagging))


@pytest.mark.parametrize(("more", "said"), [(0, "、前仓镇已全部完成"), (1, f"{LISTED + 1}个镇（街、区）已全部完成")])
def test_so_many_who_have_finished_are_named(more: int, said: str) -> None:
    assert said in standing(*[(100, 10, True)] * (LISTED + more), (90, 0, False), (89, -1, False))


@pytest.mark.parametrize(
    ("more", "said"), [(0, "、前仓镇（40.00%）不足50%"), (1, f"{LISTED + 1}个镇（街、区）不足50%")]
)
def test_so_many_who_have_not_come_half_the_way_are_named(more: int, said: str) -> None:
    assert said in standing(*[(40, -40, False)] * (LISTED + more))


def test_who_is_last_is_told_of_those_below_the_pace_only() -> None:
    """Towns that are asked different kinds have different paces: the last one may have reached its own."""
    ahead = [(90 - at, 5, False) for at in range(3)]
    below = [(80 - at, -5, False) for at in range(LISTED + 1)]
    assert "居后三位" in standing(*ahead, *below)
    said = standing(*ahead, *below, (10, 0, False))
    assert said.endswith(f"{LISTED + 1}个镇（街、区）低于序时进度，其中方岩镇（76.00%）、龙山镇（75.00%）落后。")
    assert standing(*ahead, *[(80, -5, False)] * (LISTED + 1)).endswith(f"{LISTED + 1}个镇（街、区）低于序时进度。")


def test_of_a_field_that_is_partly_known_nobody_is_first_last_alone_or_done() -> None:
    placed = tuple(
        Placed(unit.code, Fraction(rate, 100), at, Fraction(gap, 100), rate == 100)
        for at, (unit, (rate, gap)) in enumerate(
            zip(UNITS, ((100, 17), (90, 7), (60, -23), (50, -33)), strict=False), 1
        )
    )
    whole = progress.standing(bulletin(0), Field(placed))
    assert "仅" in whole or "已全部完成" in whole
    said = progress.standing(bulletin(0), Field(placed, known=False))
    below = "、".join(unit.name for unit in UNITS[2:4])
    assert said == f"{below}低于序时进度；有镇（街、区）的累计数无从得知，不列居首、居末。"
    ahead = progress.standing(bulletin(0), Field(placed[:2], known=False))
    assert ahead == "有镇（街、区）的累计数无从得知，不列居首、居末。"


@pytest.mark.parametrize("known", [True, False])
def test_the_county_has_done_all_only_where_every_figure_is_known(known: bool) -> None:
    cells = [cell(5, 5), cell(5 if known else None, 5)]
    whole = table("training.网格员", "网格员", cells, cell(10, 10), unit="人次", scored=True)
    found = category("training", "", [whole], total_rate=Fraction(1), gap=Fraction(1, 6))
    assert ("全市任务已全部完成" in progress.training(bulletin(0), found)) is known


@pytest.mark.parametrize(
    ("moved_in", "said"),
    [
        ([], ""),
        (["", ""], "2个创建村（居）中介机构均未进驻，"),
        (["2018-03-01", ""], "2个创建村（居）中介机构已进驻1个，"),
        (["2018-03-01", "2018-03-02"], "2个创建村（居）中介机构均已进驻，"),
    ],
)
def test_in_how_many_villages_the_agency_has_moved_in(moved_in: list[str], said: str) -> None:
    rows = tuple(VillageRow(UNITS[0].code, "甲村", "", on, None, "", None) for on in moved_in)
    found = category("village", "", [table("village.guided", "指导", [cell(5, 10)], cell(5, 10))], total_rate=1)
    assert progress.village(of(found, villages=rows), found) == (
        f"{said}累计指导小微企业5家，占应指导数的50.00%，低于序时进度33.33个百分点。"
    )


def test_of_villages_that_are_scored_by_acceptance_the_rate_is_that_of_the_task() -> None:
    accepted = table("village.accepted", "验收", [cell(5, 10)], cell(5, 10))
    guided = table("village.guided", "指导", [cell(7)], cell(7), scored=False)
    found = category("village", "", [accepted, guided], total_rate=1)
    assert progress.village(of(found), found).startswith("累计指导小微企业7家，完成年度任务的50.00%，")


def test_kinds_of_the_programme_that_have_any_and_are_known() -> None:
    def said(*kinds: tuple[str, int, int | None], **carried: int) -> str:
        before = [table(f"special.carried.{kind}", kind, [], cell(done)) for kind, done in carried.items()]
        tables = [
            table(f"special.{of}.{kind}", kind, [], cell(done))
            for kind, enrolled, accepted in kinds
            for of, done in (("enrolled", enrolled), ("accepted", accepted))
        ]
        alone = table("special.enrolled.危化", "危化", [], cell(4))
        return progress.special(bulletin(0), category("special", "", [*tables, alone, *before]))

    assert said(("喷涂", 12, 10), ("涉粉", 3, 0), ("涉氨", 0, 0), ("冶金", 4, None)) == (
        "列入整治的喷涂企业12家、涉粉企业3家，已通过验收分别为10家、0家。"
    )
    assert said(("喷涂", 12, 10)) == "列入整治的喷涂企业12家，已通过验收为10家。"
    assert said() == ""
    assert said(("喷涂", 1, 3), ("涉粉", 0, 1), ("涉氨", 0, 0), 喷涂=2, 涉粉=1, 涉氨=0) == (
        "列入整治的喷涂企业1家（另有上年结转2家）、涉粉企业0家（另有上年结转1家），已通过验收分别为3家、1家。"
    )


def test_reasons_not_to_score_are_told_once_of_what_is_measured() -> None:
    def one(short: str, reason: str, done: int | None = 10) -> IndicatorTable:
        return table(short, short, [cell(1, done)], cell(1, done), unscored_reason=reason)

    found = category(
        "", "", [one("甲", "甲按年终考核"), one("乙", "乙按年终考核"), one("丙", "丙不计", None), one("丁", "")]
    )
    assert progress.unscored(found) == "甲、乙按年终考核。"


@pytest.mark.parametrize(
    ("kinds", "firms", "said"),
    [
        (
            [("喷涂", 30, 2), ("涉氨", 12, -3)], 40,
            "在托喷涂企业30家、涉氨企业12家，共42家次，涉及企业40家（涉及多类的不重复计），较上月净减1家次。",
        ),
        ([("喷涂", 30, 1)], 30, "在托喷涂企业30家，较上月净增1家。"),
        ([("喷涂", 30, 2), ("涉氨", 0, -2)], None, "在托喷涂企业30家、涉氨企业0家，共30家次，与上月持平。"),
        ([("喷涂", 30, None), ("涉氨", 12, 1)], None, "在托喷涂企业30家、涉氨企业12家，共42家次。"),
    ],
)  # fmt: skip
def test_r7_what_is_in_force_by_kind(kinds: list[tuple[str, int, int | None]], firms: int | None, said: str) -> None:
    tables = [
        table(f"trusteeship.{kind}", kind, [cell(1, 10)], cell(done, this_month=net), kind="stock")
        for kind, done, net in kinds
    ]
    distinct = table("trusteeship.enterprises", "托管企业", [], cell(firms), kind="distinct", scored=False)
    found = category("trusteeship", "", [*tables, distinct])
    assert progress.trusteeship(of(found), found) == f"10月底，{said}"
    assert progress.trusteeship(of(found, finished=False), found) == f"截至2018年10月31日，{said}"


@pytest.mark.parametrize(
    ("exposed", "tested", "said"),
    [
        (20, 5, "应检测企业20家，已检测5家。"),
        (20, 0, "应检测企业20家，已检测0家。"),
        (20, None, "应检测企业20家。"),
        (0, 5, ""),
    ],
)
def test_how_many_are_to_be_tested_and_were(exposed: int, tested: int | None, said: str) -> None:
    tables = [table("health.exposed", "应检", [], cell(exposed)), table("health.tested", "已检", [], cell(tested))]
    assert progress.health(bulletin(0), category("health", "", tables)) == said


@pytest.mark.parametrize(
    ("over", "remedied", "said"),
    [
        (3, 0, "检测结果超标企业3家，已整改0家。"),
        (3, None, "检测结果超标企业3家。"),
        (0, 0, ""),
    ],
)
def test_how_many_were_over_the_limit_and_remedied_it(over: int, remedied: int | None, said: str) -> None:
    tables = [table("health.over_limit", "超标", [], cell(over)), table("health.remedied", "整改", [], cell(remedied))]
    assert progress.over_limit(category("health", "", tables)) == said


def test_more_may_be_over_the_limit_than_were_tested_of_those_on_the_list() -> None:
    names = {"over_limit": 2, "remedied": 0, "tested_apart": 3}
    tables = [table(f"health.{name}", name, [], cell(done)) for name, done in names.items()]
    said = progress.over_limit(category("health", "", tables))
    assert said == "连同名单外检测的3家，检测结果超标企业2家，已整改0家。"


@pytest.mark.parametrize("id_", ["standard", "health", "training"])
def test_reviews_are_told_of_standardization_and_limits_of_health(id_: str) -> None:
    review = table("standard.towns_in_review", "评审镇数", [cell(1)], cell(1))
    found = category(id_, "", [review, table("health.over_limit", "超标", [], cell(3))])
    said = progress.progress(of(found), found)
    assert ("进入评审阶段" in said, "检测结果超标企业3家" in said) == (id_ == "standard", id_ == "health")

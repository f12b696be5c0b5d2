"""What the leadership is told beside the table: every sentence by its rule, and nothing where there is nothing."""

from __future__ import annotations

from fractions import Fraction

from anjian_cli.bulletin import phrase, sentences
from anjian_cli.bulletin.briefing import briefing
from anjian_cli.bulletin.outlook import METHOD, outlook
from anjian_cli.bulletin.value import Bulletin, ScoreRow, TaskBasis
from anjian_cli.light_dataclasses import replace
from support import letter_builder as made_by_hand
from support.bulletin_builder import SEEDS, bulletin, known
from support.sweeps import sweep

ASKED = "可能被问到"


def ranked(found: Bulletin, *rows: tuple[int, int, int, int, int]) -> Bulletin:
    """With the first towns' score, place, place and score a month before, and work; all others unranked."""
    scores = [
        ScoreRow(town.code, Fraction(score), rank, last, 6, work, "", Fraction(last_score))
        for town, (score, rank, last, last_score, work) in zip(found.towns, rows, strict=False)
    ]
    others = [ScoreRow(town.code, None, None, None, 0, 0, "") for town in found.towns[len(rows) :]]
    return known(replace(found, scores=(*scores, *others), laggards=(), corrections=(), rescored=()))


def point(found: Bulletin, title: str, tasks: tuple[TaskBasis, ...] = ()) -> str:
    """The text under a title; '' where it is not there."""
    heads = [line.partition("：") for line in briefing(found, tasks)]
    return next((text for head, _, text in heads if head.rpartition(".")[2] == title), "")


def test_small_bases_are_named_at_either_end_only() -> None:
    made = ranked(
        bulletin(1),
        (90, 1, 1, 90, 10),
        (80, 2, 2, 80, 400),
        (70, 3, 3, 70, 10),
        (60, 4, 4, 60, 400),
        (50, 5, 5, 50, 400),
    )
    first = made.towns[0].name
    said = point(made, ASKED)
    assert f"基数小的有{first}10件（第1名），平均244件。" in said
    assert f"{made.towns[2].name}10件" not in said  # third of five: neither leads nor lags


def test_half_of_the_mean_is_no_small_base() -> None:
    def said(first: int, fourth: int) -> str:
        works = enumerate((first, 100, 100, fourth, 150), 1)
        made = ranked(bulletin(1), *((90 - at, at, at, 90 - at, work) for at, work in works))
        return point(made, ASKED)

    assert said(50, 100) == ""
    assert said(49, 101) == "基数小的有东城街道49件（第1名），平均100件。"


def test_a_great_fall_is_explained_by_its_own_change_and_who_came_past() -> None:
    made = ranked(
        bulletin(1), (90, 1, 2, 80, 50), (85, 2, 3, 70, 50), (84, 3, 4, 60, 50), (83, 4, 1, 82, 50), (50, 5, 5, 50, 50)
    )
    names = [town.name for town in made.towns]
    said = point(made, ASKED)
    assert f"{names[3]}降3位，得分较上月升1.00分，{names[0]}、{names[1]}、{names[2]}先后超过。" in said
    assert "降2位" not in said


def test_tasks_that_were_cut_are_told_with_their_reason() -> None:
    made = ranked(bulletin(1))
    table = next(t for c in made.categories for t in c.indicators)
    town = made.towns[0]

    def task(before: int | None, now: int | None, reason: str = "") -> TaskBasis:
        return TaskBasis(table.id, town.code, town.name, now, "某文", "2018-06-01", before is not None, before, reason)

    more = (task(5, 6), task(5, 5), task(None, 7), task(9, None), task(4, 3))
    said = point(made, ASKED, (task(20, 18, "两家关停"), *more))
    assert said == f"核减任务的有{town.name}{table.short}由20减为18（两家关停）、{town.name}{table.short}由4减为3。"
    assert point(made, ASKED, tuple(task(20, 19 - at) for at in range(4))).endswith("由20减为16。")
    many = point(made, ASKED, tuple(task(20, 19 - at) for at in range(6)))
    assert many.endswith("由20减为16等6项。")
    assert point(made, ASKED) == ""


@sweep("seed", SEEDS, keep=3)
def test_every_point_is_what_the_letter_says_or_follows_from_the_figures(seed: int) -> None:
    found = bulletin(seed)
    lines = briefing(found, ())
    assert [line.split(".")[0] for line in lines] == [str(at) for at in range(1, len(lines) + 1)]
    assert all("。。" not in line for line in lines)
    assert point(found, "排名") == sentences.places(found)
    assert point(found, "执法与事故").startswith(sentences.cases(found))
    assert all(rate in point(found, "执法与事故") for rate in phrase.death_rates(found))
    for said in (sentences.often_behind(found), sentences.rectification(found), sentences.filings(found)):
        assert said in point(found, "存在问题")


def reached(done: int, *, months: bool = True) -> Bulletin:
    """What a county of two towns has done, evenly over ten months, of a task of 120."""
    so_far = tuple(done * month // 10 for month in range(1, 11)) if months else ()
    cells = [made_by_hand.cell(each, 60, this_month=1) for each in (0, 60)]
    total = made_by_hand.cell(done, 120, months=so_far)
    one = made_by_hand.table("standard.reached.三级新创", "三级新创", cells, total)
    standard = made_by_hand.category("standard", "安全标准化创建", [one])
    return made_by_hand.of(standard, scores=(), towns=made_by_hand.UNITS[:2])


def test_the_indicator_that_most_are_behind_in_is_a_problem() -> None:
    assert point(reached(60), "存在问题") == ("三级新创普遍滞后。1个街道低于序时进度，其中东城街道尚欠序时50家。")
    assert point(reached(110), "存在问题") == ""


def test_how_much_is_expected_and_how_much_is_missing_then() -> None:
    assert point(reached(90), "年底预计") == f"三级新创108家，缺口12家。{METHOD}。"
    assert point(reached(100), "年底预计") == f"全市各项均可完成年度任务。{METHOD}。"
    assert point(reached(100, months=False), "年底预计") == ""


def test_what_will_fall_short_the_largest_share_first() -> None:
    found = with_months(bulletin(1))
    said = point(found, "年底预计")
    short = {
        one.table.short: Fraction(one.total.short_of, one.total.cell.target)
        for one in outlook(found)
        if one.total and one.total.short_of and one.total.cell.target
    }
    assert len(short) > 4
    told = sorted(short, key=lambda name: -short[name])[:4]
    places = [said.index(name) for name in told]
    assert places == sorted(places)
    assert said.count("缺口") == 4
    assert said.endswith(f"{METHOD}。")


def with_months(found: Bulletin) -> Bulletin:
    """The county came half the way evenly, in every indicator that has a task."""
    categories = []
    for category in found.categories:
        tables = []
        for at, table in enumerate(category.indicators):
            total = table.total
            if total.target:
                done = total.target * (at + 2) // (at + 5)
                total = replace(total, done=done, months=tuple(done * month // 10 for month in range(1, 11)))
            tables.append(replace(table, total=total))
        categories.append(replace(category, indicators=tuple(tables)))
    return replace(found, categories=tuple(categories))

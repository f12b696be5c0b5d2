"""Three problems, three proposals: each says who is concerned, in three lines of the leadership's page at most."""

from __future__ import annotations

from anjian_cli.bulletin import findings, notice
from anjian_cli.bulletin.proposals import MOST, NAMED, proposals
from anjian_cli.bulletin.value import Filings, Office, OwnText
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.width import columns
from support.bulletin_builder import SEEDS, bulletin
from support.points_builder import scored
from support.sweeps import sweep

THREE_LINES = 3 * 86 - 4
"""Half characters of 10.5 points in three lines of 170 mm, less the indent."""


@sweep("seed", SEEDS, keep=3)
def test_no_paragraph_is_longer_than_three_lines(seed: int) -> None:
    for found in (bulletin(seed), scored(items=9)):
        made = proposals(found)
        assert len(made) <= MOST
        for words in (word for pair in made for word in pair):
            assert words.endswith("。")
            assert columns(words) <= THREE_LINES


def test_who_lags_is_named_with_what_may_follow() -> None:
    found = next(made for made in map(bulletin, SEEDS) if findings.overall(made).lagging)
    lagging = [found.town(one.town).name for one in findings.overall(found).lagging]
    (pair,) = [pair for pair in proposals(replace(found, overdue_major=())) if "综合得分落后" in pair[0]]
    assert pair[0].startswith("、".join(lagging))
    assert "予以通报，约谈主要负责人" in pair[1]
    days = notice.reply_days(found)
    assert days
    assert pair[1].endswith(f"，{days[0]}前报补差计划。")
    own = replace(found, texts=(OwnText(4, "按要求办。"),))
    (pair,) = [pair for pair in proposals(own) if "综合得分落后" in pair[0]]
    assert pair[1].endswith("约谈主要负责人。")


def test_what_the_office_lets_follow_is_proposed_in_its_own_words() -> None:
    found = next(made for made in map(bulletin, SEEDS) if findings.overall(made).lagging)
    office = Office("某安委办", "", "", "", 15, 12, "予以约谈。")
    said = [proposed for _, proposed in proposals(replace(found, overdue_major=(), office=office))]
    assert any("予以约谈，11月15日前报补差计划。" in one for one in said)
    long = replace(office, consequence="予以约谈" * 20)
    said = [proposed for _, proposed in proposals(replace(found, overdue_major=(), office=long))]
    assert any("予以通报，约谈主要负责人" in one for one in said)


def test_of_many_three_are_named_with_how_many_they_are() -> None:
    made = replace(bulletin(1), categories=(), scores=(), laggards=())
    codes = tuple(town.code for town in made.towns[: NAMED + 1])
    names = "、".join(town.name for town in made.towns[:NAMED])
    missing = replace(made, filings=Filings(codes, (), (), (), ()))
    ((problem, proposed),) = proposals(missing)
    assert problem == f"{names}等4个镇（街、区）未报送10月份报表。"
    assert proposed == f"责成{names}等4个镇（街、区）补报，再不报送的予以通报。"
    assert proposals(replace(made, filings=None)) == ()

"""Bulletins of the shapes that counties publish, with made-up figures: a total that is the sum of its parts, three
figures of a year each held against the year before and against the mean of the two before.
"""

from __future__ import annotations

from anjian_cli.bulletin import notice
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.screen.bulletin_table import bulletin_table
from anjian_cli.render.screen.styled_lines import text
from support.bulletin_ledger import JIANGNAN, SHIZHU, ZHIYING, Book

ACCIDENTS = {
    "accident.count": (15, 12, 7),
    "accident.deaths": (13, 10, 10),
    "accident.injured": (9, 0, 6),
}
"""By the end of October 2016, 2017 and 2018."""


def letter(bulletin: Bulletin) -> str:
    sections = notice.notice(bulletin).sections
    return "".join(paragraph.text for section in sections for paragraph in section.paragraphs)


def test_six_percentages_three_figures_against_last_year_and_against_the_mean_of_two() -> None:
    book = Book()
    book.setting("region_name", "示例县")
    for indicator, numbers in ACCIDENTS.items():
        for year, number in zip((2016, 2017, 2018), numbers, strict=True):
            book.opening(indicator, None, f"{year}-10-31", number, period_from=f"{year}-01-01")
    made = book.bulletin()
    shown = text(bulletin_table(made))
    rows = {line.split()[0]: line.split() for line in shown.splitlines() if line.endswith(("起数", "人数"))}
    for said in (
        "事故起数：前两年同期平均13.5起，与之相比下降48.15%。",
        "死亡人数：前两年同期平均11.5人，与之相比下降13.04%。",
        "受伤人数：前两年同期平均4.5人，与之相比上升33.33%。",
    ):
        assert said in shown
    assert "下降41.67%" in rows["事故起数"]
    assert "持平" in rows["死亡人数"]
    assert "上年同期为0" in rows["受伤人数"]
    assert "1—10月，全县发生生产安全事故7起、死亡10人，事故起数同比下降41.67%，死亡人数同比持平。" in letter(made)


def test_a_total_is_the_sum_of_its_towns_and_of_what_no_town_bears() -> None:
    book = Book()
    parts = {JIANGNAN: 3207, ZHIYING: 2198, SHIZHU: 4377}
    for town, number in parts.items():
        book.opening("hazard.found", town, "2018-10-31", number, period_from="2018-01-01")
    unborne = book.opening("hazard.found", None, "2018-10-31", 284, period_from="2018-01-01")
    book.update("opening_figure", unborne, unsettled=1)
    (found,) = (t for c in book.bulletin().categories for t in c.indicators if t.id == "hazard.found")
    assert [cell.done for cell in found.cells] == [*parts.values(), 0]
    assert found.other is not None
    assert (found.other.done, found.total.done) == (284, sum(parts.values()) + 284)

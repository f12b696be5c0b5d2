"""What a county's bulletin calls the county, its towns and those it goes to: 武义县 has 街道, 镇 and 乡, 临平区 a zone.

Towns are as there are, figures made up.
"""

from __future__ import annotations

import pytest

from anjian_cli.bulletin import notice
from anjian_cli.bulletin.chat import chat
from anjian_cli.bulletin.explain import explain, parse_code
from anjian_cli.bulletin.value import COUNTY, Bulletin
from anjian_cli.render.data.bulletin_csv import bulletin_csv
from anjian_cli.render.data.bulletin_json import bulletin_json
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.office.internal_sheets import internal_sheets
from anjian_cli.render.office.one_page import one_page
from anjian_cli.render.office.page import page
from anjian_cli.render.office.town_sheets import town_paper
from anjian_cli.render.screen import explanation, styled_lines
from anjian_cli.render.screen.bulletin_table import bulletin_table
from anjian_cli.render.screen.town import town_sheet
from anjian_cli.rules import place_names
from support.bulletin_ledger import Book

Towns = tuple[tuple[str, str, str], ...]
WUYI: Towns = (
    ("330723001", "白洋街道", "白洋"),
    ("330723100", "柳城畲族镇", "柳城"),
    ("330723102", "桐琴镇", "桐琴"),
    ("330723200", "大田乡", "大田"),
)
LINPING: Towns = (
    ("330113001", "临平街道", "临平"),
    ("330113100", "塘栖镇", "塘栖"),
    ("330113901", "临平经济技术开发区", "开发区"),
)


def ledger(region: str, towns: Towns) -> Book:
    book = Book(towns)
    book.setting("region_name", region)
    book.setting("issuer", f"{region}安全生产委员会办公室")
    for at, (code, *_) in enumerate(towns):
        book.target("training.网格员", code, 10)
        book.training(code, "2018-10-09", at * 3)
    book.opening("case.filed", None, "2018-10-31", 30, period_from="2018-01-01")
    book.opening("case.fine", None, "2018-10-31", 3_000_000, period_from="2018-01-01")
    return book


def letter(bulletin: Bulletin) -> str:
    whole = notice.notice(bulletin)
    parts = ["".join(whole.title), f"{whole.recipients}：", whole.opening]
    for section in whole.sections:
        parts += [section.title, *(paragraph.heading + paragraph.text for paragraph in section.paragraphs)]
    return "\n".join(parts)


def test_the_letter_of_a_county_with_rural_towns() -> None:
    text = letter(ledger("武义县", WUYI).bulletin())
    for said in (
        "武义县安全生产委员会办公室关于2018年10月份全县安全生产重点工作进展情况的通报\n"
        "各乡镇人民政府、街道办事处，县安委会各成员单位：\n"
        "根据安全生产重点工作每月通报机制，现将2018年10月份全县安全生产重点工作进展情况通报如下。",
        "全县4个乡镇（街道）一项重点工作综合得分平均为45.00分。",
        "1—10月，全县非事故类安全生产违法行为立案处罚30起，处罚金额3万元。",
        "3个乡镇（街道）低于序时进度，其中白洋街道尚欠序时9人次",
        "综合得分居后和单项低于序时进度的乡镇（街道），要逐项列出企业名单、责任人和完成时限，11月15日前书面报县安委办。",
        "各乡镇（街道）要对网格员未完成的逐家倒排时间、逐项落实",
    ):
        assert said in text


def test_whose_the_task_from_above_is() -> None:
    assert [place_names.own(name) for name in ("武义县", "临平区", "永康市", "某")] == ["县里", "区里", "市里", "市里"]


def test_the_letter_of_a_district_with_a_zone() -> None:
    text = letter(ledger("临平区", LINPING).bulletin())
    for said in (
        "临平区安全生产委员会办公室关于2018年10月份全区安全生产重点工作进展情况的通报\n"
        "各镇人民政府、街道办事处，临平经济技术开发区管委会，区安委会各成员单位：\n"
        "根据安全生产重点工作每月通报机制，现将2018年10月份全区安全生产重点工作进展情况通报如下。",
        "全区3个镇（街、区）一项重点工作综合得分平均为30.00分。",
        "1—10月，全区非事故类安全生产违法行为立案处罚30起，处罚金额3万元。",
        "综合得分居后和单项低于序时进度的镇（街、区），要逐项列出企业名单",
        "11月12日前附佐证材料报区安委办核实更正。",
    ):
        assert said in text


def everything(book: Book) -> str:
    """The bulletin in every form that is text, or is made of plain values."""
    made = book.bulletin()
    code = made.towns[0].code
    asked = parse_code(book.connection, ["10", COUNTY, "立案"], "2018-11-02")
    return "\n".join(
        [
            letter(made),
            chat(made),
            bulletin_csv(made),
            bulletin_json(made),
            page(made, annexes(made), {}),
            styled_lines.text(bulletin_table(made, 80)),
            styled_lines.text(bulletin_table(made)),
            styled_lines.text(town_sheet(made, code)),
            styled_lines.text(explanation.lines(explain(book.connection, asked))),
            *map(
                str,
                (*annexes(made), *internal_sheets(made, (), (), ()), one_page(made, ()), town_paper(made, code, ())),
            ),
        ]
    )


def test_no_form_of_the_bulletin_speaks_of_another_place() -> None:
    text = everything(ledger("武义县", WUYI))
    for word in ("全市", "全区", "街、区", "镇街区", "市安委"):
        assert word not in text.replace("未定镇街", "")
    assert "10-全县-立案" in text
    assert "全市3个镇（街、区）" in everything(ledger("永康市", LINPING))


@pytest.mark.unmeasured
@pytest.mark.parametrize("word", ["全市", "全县", "全区", "全旗", "合计"])
def test_the_county_is_understood_by_each_of_its_words(word: str) -> None:
    book = ledger("武义县", WUYI)
    asked = parse_code(book.connection, ["10", word, "网格员"], "2018-11-02")
    found = explain(book.connection, asked)
    assert (found.place, found.place_name, found.cell.code, found.figure) == (COUNTY, "全县", "10-全县-网格员", 18)


def test_what_is_set_goes_before_what_follows_from_the_names() -> None:
    book = ledger("武义县", WUYI)
    book.setting("recipients", "各乡镇（街道）安委会")
    assert notice.notice(book.bulletin()).recipients == "各乡镇（街道）安委会"

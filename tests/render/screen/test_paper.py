"""A paper on a terminal: what a narrow one does to its tables, and what stands above them."""

from __future__ import annotations

import pytest

from anjian_cli.render.paper import Head, Paper, Row, Sheet
from anjian_cli.render.screen.paper import paper_lines
from anjian_cli.render.screen.styled_lines import Line
from anjian_cli.render.width import columns

EVENTS = Sheet(
    "时间线",
    None,
    "",
    "时间线",
    "共2条",
    (Head("日期", "name"), Head("事项", "text"), Head("编号", "text")),
    (
        Row(("2018-05-04", "发现一般隐患：冲床双手按钮失效，防护罩缺失", "330784108-2018-0006"), behind=True),
        Row(("2018-05-25", "隐患整改完成", "330784108-2018-0006")),
    ),
    None,
    (),
)
WIDE = Sheet(
    "情况",
    None,
    "",
    "情况",
    "单位：条",
    (Head("类别", "name"), *(Head(f"{month}月（条）", "count") for month in range(1, 7)), Head("落后的", "text")),
    (Row(("教育培训", *range(1000, 1006), "城西新区、唐先、西溪"), behind=True),),
    None,
    (),
)


def lines(*sheets: Sheet, width: int | None, mark: str = "") -> list[Line]:
    return paper_lines(Paper("某厂档案", mark, ("一句话。",), sheets, ()), width)


def shown(*sheets: Sheet, width: int | None) -> list[str]:
    return [line.text for line in lines(*sheets, width=width)][4:-1]


def test_words_go_over_several_lines_and_numbers_stay_whole() -> None:
    assert shown(EVENTS, width=60) == [
        "日期       事项                         编号",
        "---------- ---------------------------- -------------------",
        "2018-05-04 发现一般隐患：冲床双手按钮失 330784108-2018-0006",
        "           效，防护罩缺失",
        "2018-05-25 隐患整改完成                 330784108-2018-0006",
    ]
    assert [line.style for line in lines(EVENTS, width=60)][6:-1] == ["behind", "behind", ""]


@pytest.mark.parametrize("width", range(32, 90))
def test_nothing_is_cut_or_wider_than_the_terminal(width: int) -> None:
    told = shown(EVENTS, WIDE, width=width)
    assert max(map(columns, told)) <= width
    words = [word for line in told for word in line.split()]
    assert {"2018-05-04", "2018-05-25", "330784108-2018-0006", *map(str, range(1000, 1006))} <= {*words}
    for row in (*EVENTS.rows, *WIDE.rows):
        for cell in row.cells:
            assert set(str(cell)) <= set("".join(words))
    assert ".." not in "".join(words)


def test_columns_without_room_stand_in_a_part_of_their_own() -> None:
    told = shown(WIDE, width=45)
    parts = "\n".join(told).split("\n\n")
    assert [part.split()[-1] for part in parts] == ["1004", "城西新区、唐先、西溪"]
    assert all("教育培训" in part for part in parts)
    assert [line.style for line in lines(WIDE, width=45) if "教育培训" in line.text] == ["behind", "behind"]


def test_with_room_it_is_as_wide_as_need_be() -> None:
    assert shown(WIDE, width=None) == shown(WIDE, width=100)
    assert len(shown(WIDE, width=None)) == 4


def test_it_begins_with_its_mark_or_its_title() -> None:
    assert lines(width=60, mark="核对稿")[:2] == [Line("核对稿", "quiet"), Line("某厂档案", "title")]
    assert lines(width=60)[:2] == [Line("某厂档案", "title"), Line("一句话。")]
    assert lines(width=60)[-1] == Line("")


@pytest.mark.parametrize(
    ("left", "right", "above"), [("", "共2条", "共2条"), ("时间线", "", "时间线"), ("甲", "乙", "甲　乙")]
)
def test_a_side_that_says_nothing_leaves_no_space(left: str, right: str, above: str) -> None:
    sheet = Sheet("时间线", None, "", left, right, (Head("日期", "name"),), (Row(("2018-05-04",)),), None, ())
    assert lines(sheet, width=None)[3].text == above

from __future__ import annotations

import io

import pytest

from anjian_cli.render.screen.grid import Column, Grid, fitted, printed, side_by_side, stacked, without
from anjian_cli.render.screen.styled_lines import Line, paragraph, show, table, text
from anjian_cli.render.width import columns

HEADS = [Column("镇", right=False), Column("年度\n任务"), Column("内容", right=False, least=6)]


def test_columns_stand_under_their_headings() -> None:
    heading, rows = Grid(HEADS, [["江南", "16", "甲"], ["经济开发区", "—", "乙\n丙"]]).lines()
    assert heading == ["            年度", "镇          任务  内容", "----------  ----  -----"]
    assert rows == ["江南          16  甲", "经济开发区    －  乙 丙"]


def test_a_narrow_width_takes_the_gap_first_and_then_cuts_what_may_be_cut() -> None:
    rows = [["经济开发区", "16", "一二三四五"]]
    assert Grid(HEADS, rows, 28).lines()[1] == ["经济开发区    16  一二三四五"]
    assert Grid(HEADS, rows, 27).lines()[1] == ["经济开发区   16 一二三四五"]
    assert Grid(HEADS, rows, 24).lines()[1] == ["经济开发区   16 一二三.."]
    assert Grid(HEADS, rows, 10).lines()[1] == ["经济开发区   16 一二.."]
    assert Grid(HEADS, rows, 26).fits()
    assert not Grid(HEADS, rows, 25).fits()


def test_folded_nothing_is_cut_and_every_line_knows_its_row() -> None:
    rows = [["经济开发区", "16", "一二三四五"], ["江南", "—", "甲"]]
    folded, row_of = Grid(HEADS, rows, 24).folded()
    assert folded.lines()[1] == ["经济开发区   16 一二三四", "                五", "江南         － 甲"]
    assert row_of == [0, 0, 1]
    assert Grid(HEADS, rows, 100).folded() == (Grid(HEADS, [tuple(rows[0]), ("江南", "－", "甲")], 100), [0, 1])
    assert Grid(HEADS, rows, 22).fits_cut()
    assert not Grid(HEADS, rows, 21).fits_cut()
    assert [len(part.columns) for part in side_by_side(Grid(HEADS, rows, 22))] == [2, 2]
    assert [len(part.columns) for part in side_by_side(Grid(HEADS, rows, 22), Grid.fits_cut)] == [3]


@pytest.mark.parametrize("width", range(2, 12))
def test_a_cell_fills_its_column_exactly(width: int) -> None:
    for cell in ("", "a", "一", "一二三四五六", "abcdefghijklmnop", "a一b二c三"):
        assert columns(fitted(cell, width)) == width
        assert columns(fitted(cell, width, right=True)) == width
    assert fitted("一二三四", 7) == "一二.. "


def test_the_sign_for_nothing_is_as_wide_everywhere() -> None:
    assert printed("—") == "－"
    assert printed("1—10月") == "1—10月"


@pytest.mark.parametrize(
    ("title", "lines"),
    [("任务", ["任务"]), ("负责人", ["负责人"]), ("三级新创", ["三级", "新创"]), ("责任村创建", ["责任村", "创建"])],
)
def test_headings_are_stacked(title: str, lines: list[str]) -> None:
    assert stacked(title).split("\n") == lines


def test_a_wide_grid_falls_into_parts_with_the_first_column_again() -> None:
    heads = [Column("镇", right=False), *(Column(f"第{at}项") for at in range(5))]
    parts = list(side_by_side(Grid(heads, [["江南", *"01234"]], 20)))
    assert [[column.title for column in part.columns] for part in parts] == [
        ["镇", "第0项", "第1项"],
        ["镇", "第2项", "第3项"],
        ["镇", "第4项"],
    ]
    assert [row for part in parts for row in part.rows] == [["江南", *"01"], ["江南", *"23"], ["江南", "4"]]
    assert len(list(side_by_side(Grid(heads, [["江南", *"01234"]])))) == 1


def test_a_column_can_be_left_out() -> None:
    heading, rows = without(Grid(HEADS, [["江南", "16", "甲"]]), "年度\n任务").lines()
    assert (heading, rows) == (["镇    内容", "----  ----"], ["江南  甲"])


def test_sentences_are_wrapped_only_to_a_width() -> None:
    assert list(paragraph("登记整改完成", None)) == [Line("登记整改完成")]
    assert list(paragraph("登记整改完成", 8, "title")) == [Line("登记整改", "title"), Line("完成", "title")]


def test_without_colour_the_text_stays_bare() -> None:
    lines = [Line("标题", "title"), *table(Grid(HEADS[:1], [["江南"], ["芝英"]]), behind=[1])]
    out = io.StringIO()
    show(lines, out)
    assert out.getvalue() == text(lines) == "标题\n镇\n----\n江南\n芝英\n"
    assert lines[-1].style == "behind"


def test_who_leads_and_lags_is_marked_and_lagging_is_said_first() -> None:
    rows = [["江南"], ["芝英"], ["古山"]]
    lines = list(table(Grid(HEADS[:1], rows), behind=[1], ahead=[0, 1]))
    assert [line.style for line in lines[2:]] == ["ahead", "behind", ""]


def test_colour_changes_nothing_but_the_colour() -> None:
    pytest.importorskip("rich")
    from rich.text import Text

    lines = [Line("标题[red]" * 40, "title"), Line("江南 12 :warning:", "behind"), Line(" 尾")]
    out = io.StringIO()
    show(lines, out, colour=True)
    assert Text.from_ansi(out.getvalue()).plain.rstrip("\n") == text(lines).rstrip("\n")
    assert "\x1b[" in out.getvalue()

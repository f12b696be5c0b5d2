"""A 统计表 on a narrow terminal."""

from __future__ import annotations

from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable
from anjian_cli.render.screen import styled_lines
from anjian_cli.render.screen.summary_table import lines
from anjian_cli.render.width import columns

NARROW = 60


def test_a_table_of_many_columns_stands_in_parts() -> None:
    """Nothing is cut, and no line is wider than the terminal."""
    every = tuple(Column(f"第{number}项数字") for number in range(14))
    name = "示例（甲乙丙丁戊）重点行业领域隐患排查整治行动办公室工贸有限公司"
    rows = (Row(name, tuple(range(100, 114)), behind=True), Row("乙", (7,) * 14))
    shown = lines(SummaryTable("统计", "2018年", "企业", every, rows), NARROW)
    assert max(columns(line.text) for line in shown) <= NARROW
    told = styled_lines.text(shown).split()
    assert all(str(number) in told for number in range(100, 114))
    assert "有限公司" in "".join(told)
    assert [line.style for line in shown].count("behind") >= 2
    wide = styled_lines.text(lines(SummaryTable("统计", "2018年", "企业", every, rows), None))
    assert len(wide.splitlines()) == 5

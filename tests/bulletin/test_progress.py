"""What is said of each category."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin import progress
from letter_builder import category, cell, of, table


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

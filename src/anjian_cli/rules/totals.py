"""How the total of a scheme comes about (总分)."""

from __future__ import annotations

MEAN, BY_POINTS, WITHOUT_TOTAL = TOTALS = ("平均完成率", "百分制", "不计分")
"""The mean of rates; the sum of points; neither."""

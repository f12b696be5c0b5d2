"""A scheme that ranks towns and departments: by who found it, who is answerable for it, by marks, tasks, reports."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from anjian_cli.rules import measure
from anjian_cli.workflow import scheme
from anjian_cli.workflow.scheme_draft import Asked, Draft, Heading
from support.desk import Desk

BOTH = "镇、部门"


def asked(code: str, text: str = "", units: str = "", **more: Any) -> Asked:
    """An indicator, called as its code says behind the point."""
    short = code.rpartition(".")[2]
    told: dict[str, Any] = {
        "unit": "条", "kind": "sum" if text else "mark", "ranked": False, "against": "", "counts": "", "carried": "",
        "apart": "", "less": False, **more,
    }  # fmt: skip
    return Asked(code, code.partition(".")[0], short, f"{short}考核", measure=text, units=units, **told)


INDICATORS = (
    asked("yh.排查数", "hazard.found", BOTH, form="加分", scoring="每=1；加=1；封顶=5"),
    asked("yh.到期数", "hazard.due_of_year", BOTH),
    asked(
        "yh.按期率", "hazard.on_time_of_year", BOTH, against="yh.到期数", ranked=True, form="按率", full=Fraction(40),
        scoring="封顶=是",
    ),
    asked("yh.逾期数", "hazard.overdue", "部门", form="扣分", full=Fraction(10), scoring="每=1；扣=2"),
    asked("gz.演练", measure.written("work.done", {"kind": ["应急演练"]}), "部门", against="target", ranked=True,
          unit="次", form="按率", full=Fraction(20), scoring="封顶=是"),
    asked("gz.月报", "report.of_month", "部门", unit="次", against="required", form="扣分", full=Fraction(10),
          scoring="应有=每月1次；每少=1；扣=1"),
    asked("gz.配合", units="部门", unit="", form="评分", full=Fraction(10), scoring="幅度=-5~0"),
    asked("gz.培训", "training.passed?kind=主要负责人", unit="人次", against="target", ranked=True, form="按率",
          full=Fraction(60), scoring="封顶=是"),
    asked("gz.重大逾期", "hazard.overdue?level=重大", BOTH, form="否决", scoring="满=1；后果=名次末位"),
)  # fmt: skip


def draft(*indicators: Asked) -> Draft:
    """The scheme, of INDICATORS or of others."""
    listed = indicators or INDICATORS
    headings = (Heading("yh", "隐患治理", True, Fraction(1)), Heading("gz", "日常工作", True, Fraction(1)))
    return Draft(
        name="有部门的",
        title="示例县安全生产考核办法",
        document="例安委〔2018〕9号",
        remark="",
        categories=tuple(each for each in headings if any(of.category == each.code for of in listed)),
        indicators=listed,
        total="百分制",
    )


def adopt(desk: Desk, day: str = "2018-01-01", *indicators: Asked) -> None:
    """Adopt it from a day on, with two departments."""
    with desk.gate(command="scheme adopt") as gate:
        scheme.adopt(gate, draft(*indicators), day)
    for name in ("甲", "乙"):
        desk.take("department", name=f"示例{name}局", short_name=f"{name}局")

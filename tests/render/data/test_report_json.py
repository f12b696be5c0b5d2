"""The report on imported files for programs: keys that stay."""

from __future__ import annotations

import json
from pathlib import Path

from anjian_cli.errors import Fault, Place
from anjian_cli.exchange import heading_proposal
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.extent import Extent
from anjian_cli.exchange.marked_copy import MarkedCopy
from anjian_cli.exchange.receipts import Outcome, Receipt
from anjian_cli.exchange.report import Part, Report
from anjian_cli.records import definition
from anjian_cli.render.data import report_json


def test_one_document() -> None:
    part = Part(
        "企业",
        "名单",
        rows=3,
        new=1,
        changed=1,
        refused=1,
        doubtful={"规模": 1},
        skipped=[6],
        hidden=[5],
        unknown=["天气"],
    )
    part.record = "enterprise"
    part.extent = Extent({"registered_on": ("2010-05-06", "2011-05-06")}, {"employees": {"": (72, "")}})
    part.changes = [
        (3, "330784109-2018-0001", "联系电话", None, "138****1234"),
        (3, "330784109-2018-0001", "规模", "小型", None),
    ]
    place = Place("芝英镇10月.xlsx", "名单", 4, "电话", "F")
    report = Report("芝英镇10月.xlsx", "ab", [part], passed_over=["汇总"], hidden=["旧"])
    report.faults = [Fault("E250", {}, "138******3456", "phone", place)]
    total = {"told": 4, "read": "读到3行，相差1", "remedy": "请核对"}
    report.notes = [Fault("N302", total, place=Place("芝英镇10月.xlsx", "名单", 6))]
    heads = ["企业全称", "规模", "生产经营地址"]
    proposal = heading_proposal.propose(Sheet("芝英镇10月.xlsx", "", [(1, heads)]), [definition.record("enterprise")])
    assert proposal is not None
    report.proposals = [proposal]
    outcome = Outcome(report, Path("收件/芝英镇10月.xlsx"), "芝英镇", MarkedCopy(Path("收件/退回/甲.xlsx"), 1))
    receipt = Receipt("芝英镇", 1, 0, 3, send_back=["芝英镇10月.xlsx"])
    told = json.loads(report_json.document([outcome], [receipt], ["石柱镇"], dry_run=False))
    counts = {"rows": 3, "new": 1, "changed": 1, "unchanged": 0, "refused": 1}
    whole = {
        "files": 1,
        "rows_taken": 0,
        "rows_left_out": 3,
        "files_unread": 0,
        "files_of_office": 0,
        "send_back": ["芝英镇10月.xlsx"],
    }
    (file,) = told.pop("files")
    assert told == {
        "dry_run": False,
        "towns": [{"town": "芝英镇", **whole}],
        "silent_towns": ["石柱镇"],
        "towns_within_others": [],
        "total": whole,
    }
    assert file["parts"] == [
        {
            "record": "enterprise",
            "title": "企业",
            "sheet": "名单",
            **counts,
            "blanks": 0,
            "formulas": 0,
            "formulas_without_result": 0,
            "doubtful": [{"title": "规模", "rows": 1}],
            "days": [{"field": "registered_on", "first": "2010-05-06", "last": "2011-05-06"}],
            "sums": [{"field": "employees", "of": None, "total": 72, "unit": None}],
            "steps": {},
            "skipped_rows": [6],
            "numbered_rows": [],
            "rows_not_filled": [],
            "hidden_rows": [5],
            "unknown_columns": ["天气"],
            "changes": [
                {
                    "row": 3,
                    "number": "330784109-2018-0001",
                    "title": "联系电话",
                    "before": None,
                    "after": "138****1234",
                },
                {"row": 3, "number": "330784109-2018-0001", "title": "规模", "before": "小型", "after": None},
            ],
        }
    ]
    assert file["faults"] == [
        {
            "code": "E250",
            "file": "芝英镇10月.xlsx",
            "sheet": "名单",
            "row": 4,
            "column": "F",
            "title": "电话",
            "field": "phone",
            "value": "138******3456",
            "reason": "不是电话号码",
            "remedy": "请填11位手机号码，或带区号的固定电话号码",
        }
    ]
    assert [(note["code"], note["row"], note["reason"]) for note in file["notes"]] == [
        ("N302", 6, "表中合计4，读到3行，相差1")
    ]
    assert file["proposals"][0]["pairs"] == [
        {"heading": "企业全称", "column": "A", "field": "name", "title": "企业名称"}
    ]
    del file["parts"], file["faults"], file["notes"], file["proposals"]
    assert file == {
        "file": "芝英镇10月.xlsx",
        "path": "收件/芝英镇10月.xlsx",
        "sha256": "ab",
        "town": "芝英镇",
        "taken": False,
        "same_as": None,
        **counts,
        "sheets_passed_over": ["汇总"],
        "sheets_hidden": ["旧"],
        "marked_copy": "收件/退回/甲.xlsx",
        "marked_cells": 1,
        "reply": "芝英镇：10月企业表3行中1行需修改（1处标黄，见附件），请改好重发。",
    }


def test_a_file_that_was_taken_and_one_that_is_a_copy() -> None:
    taken = Outcome(Report("甲.csv", "ab", taken=True), Path("甲.csv"))
    again = Outcome(Report("乙.csv", "ab", same_as="甲.csv"), Path("乙.csv"))
    told = json.loads(report_json.document([taken, again], [Receipt("", 2)], [], dry_run=True))
    assert [(file["taken"], file["same_as"], file["town"], file["reply"]) for file in told["files"]] == [
        (True, None, None, None),
        (False, "甲.csv", None, None),
    ]
    assert (told["dry_run"], told["towns"][0]["town"]) == (True, None)

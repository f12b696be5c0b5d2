"""Rows for tests of the rules: each told only as far as it is unlike a plain one, and what the rules say to them."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from anjian_cli.errors import Fault
from anjian_cli.rules.derivation import Derived
from anjian_cli.rules.module_names import module_of, table_of

OPEN = "9999-12-31"
FIVE = {"responsible": "甲", "measures": "停产", "funds": 0, "contingency_plan": "有"}
OF_ENTERPRISE = (
    "enterprise",
    "standardization",
    "programme",
    "trusteeship",
    "visit",
    "exposure",
    "health_test",
    "device",
    "risk_grade",
    "diagnosis",
)
ALIVE = {"voided_on": None}
BASE: dict[str, dict[str, Any]] = {
    "town": {"code": "330784109", "until_on": OPEN, "merged_into": None},
    "village": {"code": "330784109201", "until_on": OPEN, "merged_into": None},
    "reporting_ledger": {
        "number": "330784000-2018-0001",
        "town_code": "330784000",
        "ledger_id": "0" * 32,
        "from_on": "2018-03-01",
        "until_on": None,
        "replaced_by": None,
    },
    "department": {"number": "330784-2018-0001", "from_on": None, "until_on": None, "merged_into": None},
    "hazard_charge": {
        "id": 1, "charged_to": None, "from_on": "0001-01-01", "until_on": OPEN,
        **dict.fromkeys(("document", "due_on", "answered_on", "answer")),
    },
    "grid": {"from_on": "2018-03-01", "until_on": None},
    "campaign_phase": {**ALIVE, "number": "330784-2018-0002", "title": "集中推进", "from_on": "2018-10-16"},
    "programme_plan": {"year": 2018, "due_on": "2018-06-30"},
    "risk_grade": {**ALIVE, "number": "芝英-3", "grade": "黄", "from_on": "2018-03-01"},
    "diagnosis": {**ALIVE, "number": "芝英-3", "diagnosed_on": "2018-03-10", "planned_on": None},
    "officer": {"from_on": "2018-03-01", "until_on": None},
    "campaign": {"from_on": "2018-10-01", "push_on": None, "summary_on": "2018-12-16", "last_on": None},
    "training": {"attended": 60, "passed": 58},
    "target": {"year": 2018, "from_on": "2018-01-01"},
    "opening_figure": {
        "number": "芝英-3", "from_on": "2018-09-30", "period_from": "2018-07-01", "cumulative": 40, "quantity": 10,
        "written_down": 0, "voided_on": None, "indicator": "training.网格员",
    },
    "issued_month": {
        "as_of": "2018-10-31", "closed_on": "2018-11-01", "issued_on": "2018-11-05", "withdrawn_on": None,
    },
    "enterprise": {
        "number": "芝英-1", "credit_code": None, "registration_number": None, "no_code_reason": "在办",
        "voided_on": None,
    },
    "residence": {"id": 1, "town_code": None, "from_on": "0001-01-01", "until_on": OPEN},
    "operating_state": {"id": 1, "state": "停产", "from_on": "2018-05-01", "until_on": OPEN},
    "standardization": {
        **ALIVE, "enterprise_id": 1, "number": "芝英-2", "grade": "三级", "kind": "新创", "begun_on": "2018-03-01",
        **dict.fromkeys((
            "consulted_on", "self_assessed_on", "applied_on", "reviewed_on", "announced_on", "certificate_number",
            "abandoned_on", "revoked_on", "excused_on", "excuse",
        )),
    },
    "programme": {
        **ALIVE, "enterprise_id": 1, "number": "芝英-3", "kind": "喷涂", "enrolled_on": "2018-03-01",
        "reason": "新发现",
        **dict.fromkeys((
            "inspected_on", "diagnosed_on", "planned_on", "rectified_on", "accepted_on", "conclusion", "outcome",
            "outcome_on", "excused_on", "excuse",
        )),
    },
    "trusteeship": {
        **ALIVE, "enterprise_id": 1, "number": "芝英-1", "agency": "某某公司", "kind": "喷涂",
        "from_on": "2018-03-01", "last_on": "2019-02-28", "ended_on": None, "until_on": "2019-03-01",
        "visits_per_year": 4,
    },
    "due_visit": {"enterprise_id": 1, "trusteeship_id": 1, "due_on": "2018-05-31", "visits": 1},
    "test_due": {"enterprise_id": 1, "exposure_id": 1, "from_on": "2018-01-01", "until_on": OPEN},
    "visit": {
        **ALIVE, "number": "芝英-9", "kind": "喷涂", "visited_on": "2018-05-09", "hazards_found": 2,
        "hazards_closed": 2,
    },
    "exposure": {
        **ALIVE, "enterprise_id": 1, "number": "芝英-5", "level": "一般", "from_on": "2018-01-01", "ended_on": None,
        "end_reason": None,
    },
    "health_test": {
        **ALIVE, "sampled_on": "2018-04-20", "reported_on": "2018-05-09", "points": 10, "points_over": 0,
        "remedied_on": None, "retested_on": None,
    },
    "device": {**ALIVE, "number": "芝英-7", "installed_on": "2018-05-09", "removed_on": None},
    "hazard": {
        "number": "芝英-12", "level": "一般", "found_on": "2018-10-09", "deadline_on": "2018-10-31",
        "reported_on": None,
        **dict.fromkeys(FIVE),
    },
    "hazard_deadline": {"id": 1, "from_on": "2018-10-09", "until_on": OPEN},
    "rectification": {
        "id": 1, "rectified_on": "2018-10-20", "accepted_on": "2018-10-22", "conclusion": "合格",
        "accepted_level": None,
        "failure_reason": None, "until_on": OPEN,
    },
    "supervision": {"id": 1, "level": "县级", "document": None, "from_on": "2018-10-10", "until_on": OPEN},
    "responsible_village": {
        **ALIVE, "number": "芝英-8", "year": 2018, "enrolled_on": "2018-01-01",
        **dict.fromkeys(("accepted_on", "conclusion", "reward", "paid_on")),
    },
    "guidance": {**ALIVE, "number": "芝英-9", "enterprise_id": 1, "guided_on": "2018-05-09"},
    "enforcement_case": {
        "filed_on": "2018-09-10",
        **dict.fromkeys((
            "decided_on", "document", "fine", "collected_on", "referred", "referred_on", "revoked_on",
            "revoke_reason",
        )),
    },
    "accident": {
        "number": "芝英-4", "happened_on": "2018-09-20", "sector": "工矿商贸", "written_off_on": None,
        "write_off_reason": None,
    },
    "casualties": {"known_on": "2018-09-20", "deaths": 1, "serious": 0, "loss": None},
    "mark": {"month": "2018-10", "marked_on": "2018-10-25"},
    "monthly_figure": {"month": "2018-10"},
    "filing": {
        "month": "2018-10", "filed_on": "2018-10-31", "returned_on": None, "refiled_on": None, "nil": "否",
        "nil_for": None,
    },
}  # fmt: skip
FOR = {"enterprise": "residence", "accident": "casualties", "campaign_phase": "campaign"}
"""Tables without which their root is never."""
# What a rule gives through one of these, it gives by its own code too.
THROUGH = {"in_order(": "E214", "needs(": "E424", "overlaps(": "E417", "gapless(": "E417"}


def rows_of(table: str, told: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Whole rows by table; `told` are rows (or one) by table, each only what is unlike BASE. `table` has one anyway."""
    full: dict[str, list[dict[str, Any]]] = {
        name: [{**BASE[name], "id": i, **row} for i, row in enumerate([given] if isinstance(given, dict) else given, 1)]
        for name, given in {table: {}, **told}.items()
    }
    if table in FOR:
        full.setdefault(FOR[table], [{**BASE[FOR[table]], "id": 1}])
    if table == "hazard":
        full.setdefault("hazard_deadline", [{**BASE["hazard_deadline"], "from_on": full["hazard"][0]["found_on"]}])
    return full


def faults(table: str, told: Mapping[str, Any]) -> list[Fault]:
    """What the rules of a table say to its root's rows."""
    found: list[Fault] = importlib.import_module(f"anjian_cli.rules.{module_of(table)}").faults(rows_of(table, told))
    return found


def derived(table: str, *rows: dict[str, Any], **others: Any) -> Derived:
    """What follows from rows of a table (and of others of its root)."""
    found: Derived = importlib.import_module(f"anjian_cli.rules.{module_of(table)}").derived(
        rows_of(table, {table: rows, **others})
    )
    return found


def raised(tables: Iterable[str] | None = None) -> set[tuple[str, str]]:
    """(table, code) for every code that the rules of tables (of all but the enterprise's) can give."""
    folder = Path(str(importlib.import_module("anjian_cli.rules").__file__)).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"intervals", "__init__"}
    names = set(tables or {table_of(module) for module in modules} - {*OF_ENTERPRISE})
    found = set()
    for name in names:
        text = (folder / f"{module_of(name)}.py").read_text("utf-8")
        codes = {*re.findall(r'"(E\d{3})"', text), *(code for word, code in THROUGH.items() if word in text)}
        found |= {(name, code) for code in codes}
    return found

"""The report on imported files as JSON for programs: one document, English keys that stay, empty values as null.

Such a document is passed on: telephone numbers come to it masked (`records.masking`), as they do to a screen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from anjian_cli.errors import Fault
from anjian_cli.exchange.content import shown_name
from anjian_cli.exchange.heading_proposal import Proposal
from anjian_cli.exchange.receipts import Outcome, Receipt, total
from anjian_cli.exchange.report import Part
from anjian_cli.render.screen import report as shown


def document(
    outcomes: Sequence[Outcome],
    receipts: Sequence[Receipt],
    silent: Sequence[str],
    within: Sequence[str] = (),
    *,
    dry_run: bool,
) -> str:
    """Everything that became of the files, in the order in which they were taken; `silent` are the towns from which
    nothing came, `within` those that have rows in files of no one town alone."""
    whole = {
        "dry_run": dry_run,
        "files": [_file(outcome) for outcome in outcomes],
        "towns": [{"town": receipt.town or None, **_receipt(receipt)} for receipt in receipts],
        "silent_towns": list(silent),
        "towns_within_others": list(within),
        "total": _receipt(total(receipts)),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _file(outcome: Outcome) -> dict[str, Any]:
    report, copy = outcome.report, outcome.copy
    return {
        "file": report.file,
        "path": shown_name(str(outcome.path)),
        "sha256": report.sha256 or None,
        "town": outcome.town or None,
        "taken": report.taken,
        "same_as": report.same_as or None,
        "rows": report.rows,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "parts": [_part(part) for part in report.parts],
        "sheets_passed_over": report.passed_over,
        "sheets_hidden": report.hidden,
        "faults": [_fault(fault) for fault in report.faults],
        "notes": [_fault(note) for note in report.notes],
        "proposals": [_proposal(proposal) for proposal in report.proposals],
        "marked_copy": None if copy is None else str(copy.path),
        "marked_cells": 0 if copy is None else copy.marked,
        "reply": (shown.reply(report, copy, outcome.town) or None) if report.faults else None,
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "record": part.record,
        "title": part.title,
        "sheet": part.sheet or None,
        "rows": part.rows,
        "new": part.new,
        "changed": part.changed,
        "unchanged": part.unchanged,
        "refused": part.refused,
        "blanks": part.blanks,
        "formulas": part.formulas,
        "formulas_without_result": part.unknown_results,
        "doubtful": [{"title": title, "rows": count} for title, count in part.doubtful.items()],
        "days": [{"field": name, "first": days[0], "last": days[1]} for name, days in part.extent.days.items()],
        "sums": [
            {"field": name, "of": of or None, "total": total, "unit": unit or None}
            for name, sums in part.extent.sums.items()
            for of, (total, unit) in sums.items()
        ],
        "steps": part.steps,
        "skipped_rows": part.skipped,
        "numbered_rows": part.numbered,
        "rows_not_filled": part.not_filled,
        "hidden_rows": part.hidden,
        "unknown_columns": part.unknown,
        "changes": [
            {"row": row, "number": number, "title": title, "before": before, "after": after}
            for row, number, title, before, after in part.changes
        ],
    }


def _fault(fault: Fault) -> dict[str, Any]:
    place = fault.place
    return {
        "code": fault.code,
        "file": place.file or None,
        "sheet": place.sheet or None,
        "row": place.row,
        "column": place.column or None,
        "title": place.title or None,
        "field": fault.field or None,
        "value": fault.value,
        "reason": fault.reason,
        "remedy": fault.remedy,
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "record": proposal.record.name,
        "sheet": proposal.sheet or None,
        "pairs": [pair._asdict() for pair in proposal.pairs],
        "missing": list(proposal.missing),
        "left": list(proposal.left),
        "wanted": list(proposal.wanted),
        "both": [both._asdict() for both in proposal.both],
        "values": [value._asdict() for value in proposal.values],
        "unread": [unread._asdict() for unread in proposal.unread],
        "serial": list(proposal.serial),
        "twice": [pair._asdict() for pair in proposal.twice],
        "goes_on": proposal.goes_on,
    }


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "files": receipt.files,
        "rows_taken": receipt.taken,
        "rows_left_out": receipt.left_out,
        "files_unread": receipt.unread,
        "files_of_office": receipt.of_office,
        "send_back": receipt.send_back,
    }

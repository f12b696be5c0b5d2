"""A form of the firms that were not inspected comes back and covers them: all of them, in random offices."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from openpyxl import load_workbook

from anjian_cli.bulletin import coverage
from anjian_cli.exchange import intake, opened_file, spreadsheet, visit_form
from oracle import covering
from oracle.covering import Campaign, Office
from oracle.covering_office import TODAY, made_up
from oracle.figures import new_ledger
from support.desk import Desk

SEEN = {"检查方式": "中介诊断", "检查人": "检查人丙", "有无隐患": "无"}
HEADINGS = 3


def test_a_form_of_unvisited_firms_comes_back_and_covers_them(tmp_path: Path) -> None:
    assert sum(_covered_by_forms(seed, tmp_path) for seed in range(3)) > 8


def _covered_by_forms(seed: int, folder: Path) -> int:
    """Of the campaign of an office of which most firms are left: how many."""
    with closing(new_ledger()) as ledger:
        desk, office = Desk(ledger), made_up(ledger, seed)
        campaign = max(office.campaigns, key=lambda one: len(_unvisited(office, one)))
        name = campaign.name
        found = coverage.coverage(ledger, TODAY, name)
        scope = {office.firms[at].name for at in covering.covered(office, campaign, TODAY).scope}
        unvisited = _unvisited(office, campaign)
        forms = visit_form.forms(ledger, found, None, TODAY)
        assert {firm.enterprise for unit in forms.units for firm in unit.firms} == unvisited
        for unit in forms.units:
            path = folder / f"{seed}_{unit.name}.xlsx"
            path.write_bytes(spreadsheet.content(visit_form.book(forms, unit)))
            fill_in(path, found.last)
            (opened,) = opened_file.open_files(path)
            assert intake.take_file(opened, lambda _: desk.gate(TODAY)).faults == []
        covered = coverage.coverage(ledger, TODAY, name)
        assert {firm.name for firm in covered.firms if firm.in_scope and firm.visits} == scope
        return len(unvisited)


def _unvisited(office: Office, campaign: Campaign) -> set[str]:
    of = covering.covered(office, campaign, TODAY)
    return {office.firms[at].name for at in of.scope - of.inspected}


def fill_in(path: Path, day: str) -> None:
    """As whoever visits them all on a day."""
    book = load_workbook(path)
    sheet = book["检查"]
    at = {str(cell.value): index for index, cell in enumerate(sheet[HEADINGS], start=1)}
    for row in range(HEADINGS + 1, sheet.max_row + 1):
        for heading, value in {"检查日期": day, **SEEN}.items():
            sheet.cell(row, at[heading]).value = value
    book.save(path)

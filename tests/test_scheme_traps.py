"""Where a scheme of an office goes wrong, by the traps of its design (1 to 20): which test holds each."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.workflow import accident, month
from support import points_scheme
from support.desk import FIVE, ZHIYING, Desk

HERE = Path(__file__).parent
HELD: Mapping[int, tuple[str, ...]] = {
    # A unit that recorded and reported nothing never stands above one that worked.
    1: (
        "bulletin/test_points.py::TestSilence",
        "rules/test_scoring.py::test_nothing_owed_of_who_has_not_reported_is_open",
        "commands/test_published_schemes.py::test_wencheng",
    ),
    # A required frequency goes period by period; a report is of its month.
    2: (
        "rules/test_scoring.py::TestFrequency",
        "bulletin/test_points.py::TestFrequency",
        "bulletin/test_points_counted.py::test_a_quarter_is_made_good_in_the_month_that_runs",
        "test_scheme_traps.py::test_2_the_years_last_report_is_of_december_whenever_it_came",
    ),
    # A word that the program never heard of counts under its own name only.
    3: (
        "workflow/test_term.py::test_a_word_that_no_measure_asks_for_is_in_no_figure_of_a_word",
        "ledger/test_measures.py::test_a_word_that_nobody_asks_for_is_in_no_other_figure",
        "workflow/test_standard_words.py::test_a_grade_of_the_offices_counts_under_its_own_word_alone",
    ),
    # Next year's scheme adopted today leaves this year as it is.
    4: (
        "commands/test_scheme.py::test_the_year_after_leaves_every_byte_of_this_one",
        "workflow/test_scheme.py::test_next_years_changes_nothing_of_this_year",
    ),
    # An upgraded ledger with issued months says no false change of meaning.
    5: (
        "test_kept_ledgers.py::test_after_the_upgrade_they_say_it_still",
        "bulletin/test_definition.py::test_what_was_locked_under_the_same_meaning_is_known",
    ),
    # A scheme changed on 1 July.
    6: (
        "workflow/test_scheme.py::test_a_change_in_mid_year_compares_no_places",
        "workflow/test_scheme.py::test_an_indicator_that_a_months_scheme_has_not",
        "bulletin/test_any_points.py::test_points_are_those_of_the_records",
    ),
    # A short word is used again for something else.
    7: (
        "workflow/test_scheme.py::test_a_short_word_that_is_given_another_meaning",
        "workflow/test_scheme.py::test_another_measure_under_a_code_of_any_scheme",
    ),
    # What is done must be a part of what is owed.
    8: (
        "exchange/test_scheme_file.py::test_everything_wrong_is_told_at_its_cell",
        "workflow/test_scheme_units.py::test_a_rate_goes_by_what_it_is_held_against",
        "workflow/test_scheme_units.py::test_both_roles_are_named",
    ),
    # What changes on a day never rewrites an issued month.
    9: (
        "test_scheme_traps.py::test_9_an_accident_raised_later_corrects_the_month_of_the_change",
        "workflow/test_hazard_charge.py::test_handed_over_it_counts_for_the_other_one_from_that_day_on",
    ),
    # Departments: renamed, merged, called alike, gone in mid-year; what is of two counts once in each table, and the
    # sums of departments are not those of towns.
    10: (
        "bulletin/test_departments.py::test_found_by_one_and_charged_to_another_it_counts_once_for_each",
        "bulletin/test_departments.py::test_who_is_there_on_a_day",
        "bulletin/test_of_departments.py::test_found_by_one_and_charged_to_another_it_counts_once_in_each_table",
        "bulletin/test_of_departments.py::test_renamed_and_merged",
        "workflow/test_department.py::test_two_of_one_day_are_not_called_alike",
        "commands/test_departments.py::test_both_are_told_and_departments_are_told_apart",
    ),
    # An opening figure counts for its own measure alone.
    11: (
        "ledger/test_measures.py::test_an_opening_figure_counts_for_its_measure_alone",
        "workflow/test_scheme.py::test_a_stock_and_its_opening_figure",
    ),
    # Speed: measured by benchmarks; a test sees that each of them runs.
    12: ("long/test_benchmarks.py::test_every_measurement_runs",),
    # A condition asks for a word of a list.
    13: ("exchange/test_scheme_file.py::test_everything_wrong_is_told_at_its_cell",),
    # A small part of a category does not stand for the whole.
    14: (
        "rules/test_scoring_total.py::TestMissing",
        "rules/test_scoring_total.py::test_a_category_that_is_to_be_left_out_is_made_up_for_by_nobody",
    ),
    # All limits at once, by an independent oracle.
    15: (
        "rules/test_scoring_total.py::test_all_limits_at_once",
        "bulletin/test_any_points.py::test_points_are_those_of_the_records",
        "long/test_points.py::test_points_are_those_of_the_records",
    ),
    # A veto lifted on a later day.
    16: ("bulletin/test_points.py::TestVeto", "commands/test_published_schemes.py::test_wencheng"),
    # The file as people type it.
    17: (
        "exchange/test_chinese_toml.py::test_typed",
        "exchange/test_scheme_points_file.py::test_everything_wrong_is_told_at_its_line",
        "exchange/test_scheme_points_file.py::test_sums_that_do_not_agree_are_told_and_not_refused",
    ),
    # What is shipped, as a file, is what it was.
    18: (
        "exchange/test_scheme_file.py::test_the_one_that_every_ledger_has",
        "test_kept_ledgers.py::test_after_the_upgrade_they_say_it_still",
    ),
    # Departments report, too.
    19: (
        "workflow/test_filing.py::test_of_a_town_or_of_a_department",
        "workflow/test_filing.py::test_by_the_name_of_its_month",
        "bulletin/test_of_departments.py::test_reports_of_departments_make_no_town_silent_nor_the_other_way",
    ),
    # A scheme without one category or another.
    20: ("commands/test_scheme.py::test_categories", "workflow/test_scheme.py::TestDropped"),
}


@pytest.fixture(scope="module")
def names() -> Mapping[str, frozenset[str]]:
    """The tests and their classes, by file."""
    found = {}
    for path in {of.partition("::")[0] for held in HELD.values() for of in held}:
        tree = ast.parse((HERE / path).read_text(encoding="utf-8"))
        told = (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.ClassDef))
        found[path] = frozenset(each.name for each in told)
    return found


@pytest.mark.parametrize("trap", range(1, 21))
def test_every_trap_has_its_tests(trap: int, names: Mapping[str, frozenset[str]]) -> None:
    for of in HELD[trap]:
        path, _, name = of.partition("::")
        assert name in names[path], of


def test_2_the_years_last_report_is_of_december_whenever_it_came(desk: Desk) -> None:
    with desk.gate() as gate:
        points_scheme.write(gate, "2018-01-01")
    for of in range(1, 12):
        desk.filing(f"2018-{of:02d}", f"2018-{of:02d}-28")
    december = compile_bulletin(desk.ledger, ended(2018, 12))
    assert december.points is not None
    assert december.points.row(ZHIYING).consequences == ()
    desk.filing("2018-12", "2019-01-09")
    rows = desk.rows("filing", "month", where="filed_on = '2019-01-09'")
    assert rows == [("2018-12",)]
    for year, month_, counted in ((2018, 12, 12), (2019, 1, 0)):
        found = desk.ledger.execute(
            "SELECT count(*) FROM fact_item WHERE fact = 'report.of_month' AND from_on BETWEEN ? AND ?",
            (f"{year}-01-01", f"{year}-{month_:02d}-31"),
        ).fetchone()[0]
        assert found == counted


def test_9_an_accident_raised_later_corrects_the_month_of_the_change(desk: Desk) -> None:
    """Raised from 一般 to 较大 after 20 days: the issued month's points and places stay as they were."""
    with desk.gate() as gate:
        points_scheme.write(gate, "2018-01-01")
    row = desk.accident("2018-09-20", deaths=2)
    desk.hazard(desk.enterprise(), found_on="2018-09-02", source="部门检查", deadline_on="2018-12-20")
    with desk.gate() as gate:
        month.close(gate, ended(2018, 9), "0.6.0")
    issued = compile_bulletin(desk.ledger, ended(2018, 9))
    assert issued.points is not None
    assert issued.points.row(ZHIYING).vetoes == ()
    desk.step(accident.amend, row, "2018-10-10", {"deaths": 3})
    (hazard,) = desk.rows("hazard", "id")
    desk.edit("hazard", int(str(hazard[0])), level="重大", **FIVE)
    again = compile_bulletin(desk.ledger, ended(2018, 9))
    assert (again.points, again.scores) == (issued.points, issued.scores)
    october = compile_bulletin(desk.ledger, ended(2018, 10))
    assert october.points is not None
    assert len(october.points.row(ZHIYING).vetoes) == 1

"""The table of points on the screen, where there is nothing to show in its columns."""

from __future__ import annotations

from anjian_cli.render.screen import points


def test_a_table_without_categories_has_its_lines() -> None:
    """Departments under a scheme that asks nothing of them: the table could not be drawn."""
    assert points._alike([[], [], []]) == [[], [], []]

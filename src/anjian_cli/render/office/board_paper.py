"""挂图 as a paper, for the screen and for every office format."""

from __future__ import annotations

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.campaign_board import Board
from anjian_cli.render.office.summary_paper import sheet
from anjian_cli.render.paper import Paper


def board_paper(of: Board) -> Paper:
    """The phases above, the units below."""
    return Paper(
        title=f"{of.name}作战图",
        mark=phrase.DEMONSTRATION if of.units.demonstration else "",
        before=(),
        sheets=(sheet(of.phases), sheet(of.units)),
        after=(),
    )

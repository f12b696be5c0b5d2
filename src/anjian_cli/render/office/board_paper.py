"""挂图 as a paper, for the screen and for every office format."""

from __future__ import annotations

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.campaign_board import Board
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office.summary_paper import sheet
from anjian_cli.render.paper import Paper


def board_paper(of: Board) -> Paper:
    """The phases above, the units below, last what was held for the campaign. A worksheet is not called after the
    campaign, whose name may take all the characters that it has."""
    return Paper(
        title=f"{of.name}作战图",
        mark=phrase.DEMONSTRATION if of.units.demonstration else "",
        before=(),
        sheets=(
            replace(sheet(of.phases), name="各阶段"),
            replace(sheet(of.units), name="覆盖情况"),
            *((replace(sheet(of.work), name="工作项"),) if of.work else ()),
        ),
        after=(),
    )

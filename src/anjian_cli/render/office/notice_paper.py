"""文书 (催报, 督办, 约谈) as a paper, for the screen and for every office format."""

from __future__ import annotations

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.notices import Notice
from anjian_cli.render.office.summary_paper import sheet
from anjian_cli.render.paper import Paper


def notice_paper(of: Notice) -> Paper:
    """Whom it is to, what it says, the list, who signs and when."""
    return Paper(
        title=of.title,
        mark=phrase.DEMONSTRATION if of.demonstration else "",
        before=(*([f"{of.to}："] if of.to else []), *of.sentences),
        sheets=() if of.items is None else (sheet(of.items),),
        after=(),
        landscape=False,
        signed=of.signed,
    )

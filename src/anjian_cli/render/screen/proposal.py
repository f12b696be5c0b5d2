"""What headings that were not recognised may stand for, to be checked by a person."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.exchange.heading_proposal import Proposal


def lines(proposals: Sequence[Proposal]) -> list[str]:
    """A line for each heading, and how to make use of them."""
    shown = []
    for proposal in proposals:
        where = f"“{proposal.sheet}”表" if proposal.sheet else ""
        shown.append(f"　{where}列名和“{proposal.record.title}”的相近，可能是：")
        shown += [f"　　{pair.heading}（{pair.column}列） → {pair.title}" for pair in proposal.pairs]
        if proposal.missing:
            shown.append(f"　　没有相近的必填列：{'、'.join(proposal.missing)}")
    if shown:
        shown.append("　加 --存对照 对照.toml 存成对照，核对以后用 --对照 对照.toml 导入。")
    return shown

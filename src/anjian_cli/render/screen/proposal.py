"""What headings that were not recognised may stand for, to be checked by a person."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.errors import brief
from anjian_cli.exchange.heading_proposal import Proposal


def lines(proposals: Sequence[Proposal]) -> list[str]:
    """A line for each heading, and how to make use of them."""
    shown = []
    for proposal in proposals:
        where = f"“{proposal.sheet}”表" if proposal.sheet else ""
        alike = "列名和" if proposal.pairs or not proposal.values else "填的词和"
        shown.append(f"　{where}{alike}“{proposal.record.title}”的相近，可能是：")
        shown += [f"　　{pair.heading}（{pair.column}列） → {pair.title}" for pair in proposal.pairs]
        shown += [f"　　{both.heading}（{both.column}列） → 也作{both.title}，表里没有这一列" for both in proposal.both]
        shown += [
            f"　　“{value.title}”填的“{value.text}” → {f'“{value.meant}”' if value.meant else '当作没填'}"
            for value in proposal.values
        ]
        shown += [
            f"　　{unread.heading}（{unread.column}列）填的“{brief(unread.text)}”读不出：{unread.reason}"
            for unread in proposal.unread
        ]
        shown += [f"　　{pair.heading}（{pair.column}列） → 不读，前面已有一列{pair.title}" for pair in proposal.twice]
        if proposal.missing:
            registered = "（登记过的不用补）" if proposal.goes_on else ""
            shown.append(f"　　没有相近的必填列：{'、'.join(proposal.missing)}{registered}")
        if proposal.wanted and proposal.pairs:
            shown.append(f"　　最好也有的列：{'、'.join(proposal.wanted)}")
    if shown:
        shown.append("　加 --存对照 对照.toml 存成对照，核对以后用 --对照 对照.toml 导入。")
    return shown

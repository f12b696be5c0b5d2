"""What came in with one import, town by town, in one small table."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.exchange.receipts import Receipt, total
from anjian_cli.render.screen import listing

UNSETTLED = "分不清镇街"
NAMED = 5


def table(
    receipts: Sequence[Receipt], silent: Sequence[str], within: Sequence[str] = (), *, units: str, dry_run: bool
) -> list[str]:
    """A row for each town, the total, the towns from which no file came and that have rows `within` others, and those
    from which nothing came; `units` is what they are called together.
    Names are not cut: they are what is to be sent back, and to whom; of many the rest is counted, for each is told
    above with what is wrong with it."""
    whole = total(receipts)
    rows = [_row(receipt.town or UNSETTLED, receipt, _named(receipt.send_back)) for receipt in receipts]
    count = f"共{len(whole.send_back)}个" if whole.send_back else ""
    titles = (units, "文件", "收下行", "未收行", "要重报的")
    shown = listing.aligned(titles, [*rows, _row(whole.town, whole, count)]).splitlines()
    head = f"汇总：{whole.files}个文件，{'可收' if dry_run else '收下'}{whole.taken}行，未收{whole.left_out}行。"
    if whole.unread:
        head = f"{head[:-1]}，另有{whole.unread}个没能读。"
    if whole.of_office:
        head = f"{head[:-1]}，另有{whole.of_office}个是办公室自己掌握的，没有收。"
    if dry_run:
        head += "（试运行，未写入）"
    lines = [head, *shown]
    if within:
        lines.append(f"没有单独的文件、{UNSETTLED}的文件里有：{'、'.join(within)}（{len(within)}个）。")
    if silent:
        lines.append(f"没有收到：{'、'.join(silent)}（{len(silent)}个）。")
    return lines


def _named(files: Sequence[str]) -> str:
    named = "、".join(files[:NAMED])
    return named if len(files) <= NAMED else f"{named}等{len(files)}个"


def _row(name: str, receipt: Receipt, send_back: str) -> tuple[str, ...]:
    return (name, str(receipt.files), str(receipt.taken), str(receipt.left_out), send_back)

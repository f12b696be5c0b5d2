"""Which column of a list a person names: 期限, 企业, level; for its order, its columns and its counts."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.commands.list_words import separated
from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.question import Order
from anjian_cli.records.definition import Record


def column(record: Record, among: Sequence[str], text: str, option: str) -> str:
    """The column meant, among some. What the list shows goes before what it does not: 期限 is 现期限 there. Raises
    `Refused` E126, E129."""
    word = text.strip()
    told = {name: _words(record, name) for name in among}
    shown = [name for name in record.listed if name in told]
    ways = (
        [name for name in among if word.replace("-", "_").lower() in (name, name.removesuffix("_on"))],
        [name for name in among if word == told[name][0]],
        [name for name in shown if word in told[name][0]],
        [name for name in among if word in told[name]],
        [name for name in among if any(word in title for title in told[name])],
    )
    found: Sequence[str] = next(filter(None, ways), ())
    if len(found) == 1:
        return found[0]
    titles = "、".join(told[name][0] for name in found or among)
    raise Refused([Fault("E129" if found else "E126", {"found": titles, "title": option}, text)])


def columns(record: Record, among: Sequence[str], text: str) -> list[str]:
    """The columns named with separators between them, in this order. Raises `Refused` E126, E129."""
    return list(dict.fromkeys(column(record, among, part, "--列") for part in separated(text)))


def orders(record: Record, among: Sequence[str], text: str, *, descending: bool) -> tuple[Order, ...]:
    """What is asked of the order: 期限, -期限, 镇街、期限. Raises `Refused` E126, E129."""
    found = []
    for part in separated(text):
        name = column(record, among, part.lstrip("-－"), "--排序")
        choices = record.columns[name].choices if name in record.columns else ()
        found.append(Order(name, descending or part[0] in "-－", choices))
    return tuple(found)


def _words(record: Record, name: str) -> list[str]:
    """What a column is called: its title first."""
    if name not in record.columns:  # the number of a record that has no code
        return ["编号"]
    of = record.columns[name]
    return [title.partition("（")[0] for title in (of.title, *of.aliases, *of.near)]

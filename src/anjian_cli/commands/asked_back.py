"""What a refused line may mean, asked at the terminal: it is done after a y, by its number where it may be several, or
once what it lacks was typed. Enter alone does nothing.

As git asks after a slip of the pen, and gh for what was left out. Off a terminal nobody is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.commands import lazy, likely_lines, option_names, params, read_as, words
from anjian_cli.commands.line_places import FIELD
from anjian_cli.records import definition, masking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anjian_cli.commands.session import Session
    from anjian_cli.errors import Proposal, Refused

_UNREAD = frozenset({"E101", "E103", "E105"})
"""Refusals of a line that nothing could read as it is."""


def line(session: Session, refusal: Refused, args: Sequence[str]) -> list[str] | None:
    """The line to do; None where none is meant. The refusal, which shows its own proposals, was said before."""
    found = likely_lines.read(session, args) if refusal.faults[0].code in _UNREAD else []
    if found:
        left = "、".join(dict.fromkeys(masking.in_text(word) for each in found for word in each.left))
        session.say(f"要办的可能是（“{left}”不在内）：" if left else "要办的可能是：")
    proposals = [each.proposal for each in found] or refusal.proposals
    said = "".join(map(str, refusal.faults))
    if found or len(proposals) > 1 or _unseen(proposals, said):
        for number, each in enumerate(proposals, 1):
            lacking = "".join(f" {title} …" for title in each.lacking)
            session.say(f"  {f'{number}　' if len(proposals) > 1 else ''}{read_as.shown(each.line)}{lacking}")
    chosen = _chosen(session, proposals) if proposals else None
    if chosen is None or not chosen.lacking:
        return None if chosen is None else list(chosen.line)
    told: list[str] = []
    for title in chosen.lacking:
        value = session.typed(f"  {title.removeprefix('--')}{_hint(chosen.line, title)}：")
        if not value:
            return None
        told += option_names.with_value(title, value) if title.startswith("-") else [value]
    return [*chosen.line, *told]


def _unseen(proposals: Sequence[Proposal], said: str) -> bool:
    """Whether a whole line does not stand in what was said."""
    return any(not each.lacking and read_as.shown(each.line) not in said for each in proposals)


def _chosen(session: Session, proposals: Sequence[Proposal]) -> Proposal | None:
    if len(proposals) > 1:
        typed = session.typed("办哪一行？写号；都不办，直接回车：")
        return next((each for number, each in enumerate(proposals, 1) if typed == str(number)), None)
    only = proposals[0]
    if only.lacking:
        session.say("补上就办；不办，直接回车：")
        return only
    return only if session.agreed("照这一行办吗？") else None


def _hint(line: Sequence[str], title: str) -> str:
    """What may be told there, in brackets; '' where the name says it all."""
    noun = line[0] in words.NOUNS
    command = lazy.verb(line[0], line[1]) if noun else lazy.top(line[0])
    options = [each.parameter for each in read_as.options_of(line) if title in each.names]
    declared = params.declared(command.function)
    arguments = [each for each in declared if isinstance(each.of, params.Argument) and each.of.metavar == title]
    parameter = (options or arguments)[0]
    name = parameter.name.removeprefix(FIELD)
    columns = definition.called(line[0]).columns if noun and words.NOUNS[line[0]].generic else {}
    if name == parameter.name or name not in columns:  # a step's own option may be called as some field is
        told = parameter.of.help.removeprefix(title.removeprefix("--")).lstrip("：，")
        return f"（{told}）" if told else ""
    column = columns[name]
    told = "、".join(column.choices) or (f"如 {column.example}" if column.example else "")
    return f"（{told}）" if told else ""

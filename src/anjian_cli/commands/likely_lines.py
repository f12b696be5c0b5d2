"""What a refused line that enters something likely means, where more of its words have no place than would be done
unasked: of a new record they become remarks, of a step they are left out. Only ever asked about (`asked_back`).

Whoever asks a question gets none of it: a line that asks, or tells no day and no more than it leaves out, is no likely
line. Reads the ledger through `word_kinds`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.commands import (
    by_contract,
    implied,
    intentions,
    leftover_words,
    line_opening,
    loose_days,
    noun_first,
    read_as,
    somebody,
    spoken_steps,
    whole_line,
    words,
)
from anjian_cli.commands.line_places import FIELD
from anjian_cli.commands.word_kinds import NUMBER, Kinds
from anjian_cli.errors import Misread, Proposal, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anjian_cli.commands.session import Session

_MOST = 3
"""So many lines can be told apart at a glance."""
_TOLD, _LEFT = 3, 3
"""So much, at least, is told of a new record by who does not say that it is one; so many words, at most, are left over
of that, and of a step."""


_MOST_TRIED = 3
"""Nouns that stand behind something else are tried one by one: so many, since each takes a moment."""
_OF_FIRMS = frozenset({"subject", "number", "numbers", f"{FIELD}enterprise", f"{FIELD}party", f"{FIELD}name"})
"""What a firm may be told as."""


class Likely(NamedTuple):
    """A line that may be meant, and the words that it is without."""

    proposal: Proposal
    left: tuple[str, ...] = ()


def read(session: Session, args: Sequence[str]) -> list[Likely]:
    """The lines that a refused one may be, the likeliest step's alone; none where it may ask something."""
    args = line_opening.plainly(line_opening.unpunctuated(args)) if args and "--" not in args else []
    plain = [word for word in args if not word.startswith("-")]
    if not plain or any(map(intentions.asks, plain)) or noun_first.may_ask(plain):
        return []
    try:
        with session.read() as connection:
            kinds = Kinds(session, connection)
            for noun, verb, rest, said in _steps(session, kinds, args):
                if found := _of_a_step(kinds, noun, verb, rest, said=said):
                    return found[:_MOST]
    except (Misread, Refused):
        pass
    return []


def _steps(session: Session, kinds: Kinds, args: Sequence[str]) -> Iterator[tuple[str, str, list[str], bool]]:
    """What the line may call: the commands that it says, else a new record of the one noun in it, on a day. The last
    is whether it says so."""
    said = read_as.steps(session, kinds, args)
    begun = words.find(args[0], words.NOUNS) if not said else None
    if begun is not None and not set(spoken_steps.BEGUN.get(begun, ())).isdisjoint(args[1:2]):
        said = [(begun, "add", list(args[2:]))]
    for line in islice(noun_first.lines(args), _MOST_TRIED) if not said else ():
        said = read_as.steps(session, kinds, line)
        noun = words.find(line[0], words.NOUNS)
        if not said and noun is not None and "add" in words.NOUNS[noun].generic:
            yield noun, "add", line[1:], False
        yield from ((*step, True) for step in said)
    yield from ((*step, True) for step in said)
    if said or any(map(NUMBER.fullmatch, args)) or not any(re.search(loose_days.ANY, word) for word in args):
        return
    for noun in read_as.nouns_in(args):
        if "add" in words.NOUNS[noun].generic:
            yield noun, "add", list(args[1:] if words.find(args[0], words.NOUNS) == noun else args), False


def _of_a_step(kinds: Kinds, noun: str, verb: str, rest: Sequence[str], *, said: bool) -> list[Likely]:
    if verb in ("list", "export", "import", "template"):
        return []
    found = []
    for line in whole_line.likely(kinds, noun, verb, rest):
        without = len(line.left) + len(line.remarks)
        if without > (_LEFT if line.left or not said else 2 * len(line.told)):
            continue
        if (not said and len(line.told) < _TOLD) or any(map(leftover_words.unsaid, line.left)):
            continue
        if any(somebody.FIRM.fullmatch(value) for key, value in line.told.items() if key not in _OF_FIRMS):
            continue
        line, _ = implied.completed(kinds, line)
        line, _ = by_contract.completed(kinds, line, renewed=False)
        found.append(Likely(Proposal(tuple(line.args), tuple(line.lacking)), line.left))
    return found

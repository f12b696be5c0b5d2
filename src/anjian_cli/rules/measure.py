"""Measures (口径): a fact under conditions for one kind of unit, as text. `training.passed?kind=网格员`,
`hazard.found?level=重大@found_by`, `standard.underway?kind=升级|新创&level=二级`.

The text says the conditions in one order, and the words of each sorted, so that whoever asks the same writes the same.
A measure without conditions, for towns, is called as its fact is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from anjian_cli.light_typing import NamedTuple

DIMENSIONS = ("kind", "level", "channel")
"""By what the items of a fact are told apart, in the order of the text; each is a term of a list, or '' for none."""

TOWN, FOUND_BY, CHARGED_TO = "town_code", "found_by", "charged_to"
UNITS = (TOWN, FOUND_BY, CHARGED_TO)
"""The kinds of units, by the column of an item that holds one: its town, the department whose work it is, the one that
is answerable for it."""

SIGNS = frozenset("?&=|@")
"""What parts the text; no word has them."""


class Measure(NamedTuple):
    """`words`: by dimension those of which an item must have one; a dimension that is not there may be anything.
    `unit`: one of UNITS."""

    fact: str
    words: Mapping[str, tuple[str, ...]]
    unit: str = TOWN

    def counts(self, of: Sequence[str]) -> bool:
        """Whether it counts an item of its fact that has these words, in the order of DIMENSIONS."""
        return all(word in self.words[name] for name, word in zip(DIMENSIONS, of, strict=True) if name in self.words)

    def within(self, other: Measure) -> bool:
        """Whether all that it counts is counted by another one, of the same units, that counts more."""
        return (
            (self.fact, self.unit) == (other.fact, other.unit)
            and self.words != other.words
            and all(name in self.words and set(self.words[name]) <= set(of) for name, of in other.words.items())
        )


def written(fact: str, words: Mapping[str, Sequence[str]], unit: str = TOWN) -> str:
    """The text of a fact under conditions, for a kind of unit."""
    told = [f"{name}={'|'.join(sorted(words[name]))}" for name in DIMENSIONS if words.get(name)]
    conditions = f"?{'&'.join(told)}" if told else ""
    return f"{fact}{conditions}{'' if unit == TOWN else f'@{unit}'}"


DISTINCT = "distinct("
"""How the text begins of what is counted once each over several measures; a measure of no fact."""


def distinct(measures: Iterable[str]) -> str:
    """The text of different subjects that any of some measures counts, each once: `distinct(a;b)`. Only sums that were
    delivered are kept of it, of each unit what came to and what went from the number on a day."""
    return f"{DISTINCT}{';'.join(sorted(set(measures)))})"


def read(text: str) -> Measure:
    """The measure of a text that `written` or `distinct` gave. Raises ValueError where it is not one."""
    if text.startswith(DISTINCT) and text.endswith(")"):
        if text != distinct(written(*read(each)) for each in text[len(DISTINCT) : -1].split(";")):
            raise ValueError(text)
        return Measure(text, {})
    counted, _, unit = text.partition("@")
    fact, _, conditions = counted.partition("?")
    words = {}
    for condition in conditions.split("&") if conditions else ():
        name, _, told = condition.partition("=")
        words[name] = tuple(told.split("|"))
    found = Measure(fact, words, unit or TOWN)
    if written(*found) != text or found.unit not in UNITS or "" in [word for of in words.values() for word in of]:
        raise ValueError(text)
    return found

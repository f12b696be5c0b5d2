"""The measures of a ledger: which of them count an item, by its fact and the words of its dimensions."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from anjian_cli.rules import measure
from anjian_cli.rules.measure import DIMENSIONS, Measure

Told = tuple[str, str, str, str]
"""What an item is: its fact, and its words by `measure.DIMENSIONS`."""

COLUMNS = f"fact, {', '.join(DIMENSIONS)}"
"""The columns of a view of items that hold a `Told`."""


class Measures:
    """The measures as they stand when the first item is asked about."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._of_facts: dict[str, dict[str, Measure]] = {}
        self._facts_of: dict[str, list[str]] = defaultdict(list)  # by root
        self._counting: dict[Told, tuple[str, ...]] = {}

    def counting(self, told: Told) -> tuple[str, ...]:
        """Those that count an item. What is of no fact is an opening figure, which names its measure itself."""
        found = self._counting.get(told)
        if found is None:
            fact, *words = told
            of = self._read().get(fact)
            found = (fact,) if of is None else tuple(text for text, each in of.items() if each.counts(words))
            self._counting[told] = found
        return found

    def asked(self, root: str) -> tuple[str, ...]:
        """The dimensions by which any of them tells the items of a root apart."""
        read = self._read()
        words = [each.words for fact in self._facts_of[root] for each in read[fact].values()]
        return tuple(name for name in DIMENSIONS if any(name in of for of in words))

    def _read(self) -> dict[str, dict[str, Measure]]:
        """By fact and text."""
        if not self._of_facts:
            for fact, root in self._connection.execute(
                "SELECT f.id, t.root FROM fact f JOIN record_table t ON t.name = f.record"
            ):
                self._of_facts[fact] = {}
                self._facts_of[root].append(fact)
            for text, fact in self._connection.execute("SELECT id, fact FROM measure"):
                self._of_facts[fact][text] = measure.read(text)
        return self._of_facts


def told(asked: Sequence[str], words: Sequence[str]) -> Told:
    """What an item is of which a fact and the words of some dimensions are known: what is not asked is ''."""
    fact, *known = words
    of = dict(zip(asked, known, strict=True))
    kind, level, channel = (of.get(name, "") for name in DIMENSIONS)
    return fact, kind, level, channel


def condition(measures: Iterable[str]) -> tuple[str, list[str]]:
    """A condition on the rows of a view of items that holds for those that any of the measures counts, and the values
    for its marks."""
    read = {each: measure.read(each) for each in measures}
    # An opening figure stands there as the measure itself. What is constant in each SELECT of the view is said first:
    # where it does not hold, no row is read.
    facts = sorted({*read, *(of.fact for of in read.values())})
    ways, values = [], list(facts)
    for each, of in read.items():
        if each == of.fact:
            ways.append("fact = ?")
            values.append(each)
            continue
        ways.append("fact = ?")
        asked = " AND ".join(f"{name} IN ({', '.join('?' * len(words))})" for name, words in of.words.items())
        ways.append(f"fact = ? AND {asked}")
        values += [each, of.fact, *(word for words in of.words.values() for word in words)]
    return f"fact IN ({', '.join('?' * len(facts))}) AND ({' OR '.join(ways) or '0'})", values

"""The measures of a ledger: which of them count an item, by its fact and the words of its dimensions, and for which
kind of unit."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from anjian_cli.rules import measure
from anjian_cli.rules.measure import DIMENSIONS, TOWN, UNITS, Measure

Told = tuple[str, str, str, str]
"""What an item is: its fact, and its words by `measure.DIMENSIONS`."""
Units = tuple[str | None, str | None, str | None]
"""Whose an item is, by `measure.UNITS`: '' where nobody has said; None where it is no unit's of that kind."""

COLUMNS = f"fact, {', '.join(DIMENSIONS)}"
"""The columns of a view of items that hold a `Told`."""
UNIT_COLUMNS = ", ".join(UNITS)
"""Those that hold its `Units`."""


class Measures:
    """The measures as they stand when the first item is asked about."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._of_facts: dict[str, dict[str, Measure]] = {}
        self._facts_of: dict[str, list[str]] = defaultdict(list)  # by root
        self._placed: dict[Told, tuple[tuple[str, int], ...]] = {}

    def counting(self, told: Told) -> tuple[str, ...]:
        """Those that count an item. What is of no fact is an opening figure, which names its measure itself."""
        return tuple(text for text, _ in self.placed(told))

    def placed(self, told: Told) -> tuple[tuple[str, int], ...]:
        """Those that count an item, each with the place in its `Units` of the unit that it counts for."""
        found = self._placed.get(told)
        if found is None:
            fact, *words = told
            of = self._read().get(fact)
            counting = {fact: measure.read(fact)} if of is None else of
            found = tuple(
                (text, UNITS.index(each.unit)) for text, each in counting.items() if of is None or each.counts(words)
            )
            self._placed[told] = found
        return found

    def asked(self, root: str) -> tuple[str, ...]:
        """The dimensions by which any of them tells the items of a root apart."""
        words = [each.words for each in self._of(root)]
        return tuple(name for name in DIMENSIONS if any(name in of for of in words))

    def units(self, root: str) -> tuple[str, ...]:
        """The kinds of units for which any of them counts the items of a root, towns first; all, of opening figures,
        which are of no fact."""
        asked = {each.unit for each in self._of(root)}
        if root not in self._facts_of:
            return UNITS
        return tuple(unit for unit in UNITS if unit == TOWN or unit in asked)

    def _of(self, root: str) -> list[Measure]:
        read = self._read()
        return [each for fact in self._facts_of.get(root, ()) for each in read[fact].values()]

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


def units(asked: Sequence[str], known: Sequence[str | None]) -> Units:
    """Whose an item is of which some kinds of units are known: what is not asked is ''."""
    of = dict(zip(asked, known, strict=True))
    town, found_by, charged_to = (of.get(name, "") for name in UNITS)
    return town, found_by, charged_to


def condition(measures: Iterable[str]) -> tuple[str, list[str]]:
    """A condition on the rows of a view of items that holds for those that any of the measures counts, whose ever they
    are, and the values for its marks."""
    read = {each: measure.read(each) for each in measures}
    # An opening figure stands there as the measure itself. What is constant in each SELECT of the view is said first:
    # where it does not hold, no row is read.
    facts = sorted({*read, *(of.fact for of in read.values())})
    ways, values = [], list(facts)
    for each, of in read.items():
        ways.append("fact = ?")
        values.append(each)
        if each == of.fact:
            continue
        asked = "".join(f" AND {name} IN ({', '.join('?' * len(words))})" for name, words in of.words.items())
        ways.append(f"fact = ?{asked}")
        values += [of.fact, *(word for words in of.words.values() for word in words)]
    return f"fact IN ({', '.join('?' * len(facts))}) AND ({' OR '.join(ways) or '0'})", values

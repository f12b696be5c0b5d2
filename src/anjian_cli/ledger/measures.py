"""The measures of a ledger: which of them count an item, by its fact and the words of its dimensions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from anjian_cli.rules import measure

Told = tuple[str, str, str, str]
"""What an item is: its fact, and its words by `measure.DIMENSIONS`."""

COLUMNS = f"fact, {', '.join(measure.DIMENSIONS)}"
"""The columns of a view of items that hold a `Told`."""


class Measures:
    """The measures as they stand when the first item is asked about."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._of_facts: dict[str, list[str]] = {}
        self._counting: dict[Told, tuple[str, ...]] = {}

    def counting(self, told: Told) -> tuple[str, ...]:
        """Those that count an item. What is of no fact is an opening figure, which names its measure itself."""
        found = self._counting.get(told)
        if found is None:
            fact, *words = told
            of = self._of_fact(fact)
            found = (fact,) if of is None else tuple(each for each in of if measure.read(each).counts(words))
            self._counting[told] = found
        return found

    def tell_apart(self, fact: str) -> bool:
        """Whether any of them asks for the words of the items of a fact."""
        return any(each != fact for each in self._of_fact(fact) or ())

    def _of_fact(self, fact: str) -> list[str] | None:
        """Those of a fact; None where there is no such fact."""
        if not self._of_facts:
            found = self._connection.execute("SELECT f.id, m.id FROM fact f LEFT JOIN measure m ON m.fact = f.id")
            for of, each in found:
                told = self._of_facts.setdefault(of, [])
                if each is not None:
                    told.append(each)
        return self._of_facts.get(fact)


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

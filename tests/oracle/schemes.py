"""Random schemes: some of what 永康2018 asks for, and measures that nobody asked for before."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from random import Random

from anjian_cli.bulletin.definition import Definition
from anjian_cli.ledger import schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.rules.measure import DIMENSIONS
from anjian_cli.workflow import scheme
from anjian_cli.workflow.scheme_draft import MONEY, TARGET, Asked, Draft, Heading, Known

NEW = (
    Heading("n.1", "新一类", scored=True, weight=Fraction(1)),
    Heading("n.2", "新二类", scored=True, weight=Fraction(1)),
)


def drawn(ledger: sqlite3.Connection, rng: Random, name: str, day: str) -> Draft:
    """A scheme that may be adopted on a day: it keeps what has tasks."""
    base = scheme.draft_of(ledger, schemes.all_of(ledger)[0])
    tasked = {row[0] for row in ledger.execute("SELECT indicator FROM target WHERE voided_on IS NULL")}
    known = {each.code: each for of in schemes.all_of(ledger) for each in scheme.draft_of(ledger, of).indicators}
    share = rng.choice((0.2, 0.6, 0.95))
    kept = {code: each for code, each in known.items() if code in tasked or rng.random() < share}
    for each in list(kept.values()):
        _with_those_it_names(each, kept, known)
    new = [_anew(rng, ledger, f"{name}.{n}", day) for n in range(rng.randint(0, 8))]
    summed = [each.code for each in (*kept.values(), *new) if each.kind == "sum"]
    if summed:
        new.append(replace(_bare(f"{name}.镇数"), kind="counted", measure="", unit="个", counts=rng.choice(summed)))
    listed = [*kept.values(), *new]
    if rng.random() < 0.3:
        rng.shuffle(listed)
        listed = [replace(each, category=rng.choice((each.category, NEW[0].code))) for each in listed]
    # The one that counts firms once each has some to count in its category.
    firms = {each.category for each in listed if each.ranked and each.measure.startswith("trusteeship.contract")}
    listed = [each for each in listed if each.kind != "distinct" or each.category in firms]
    used = {each.category for each in listed}
    headings = [
        replace(
            each,
            title=each.title if rng.random() < 0.7 else f"改{each.title}",
            scored=rng.random() < 0.7,
            weight=Fraction(rng.randint(1, 9), rng.randint(1, 4)),
        )
        for each in (*base.categories, *NEW)
        if each.code in used
    ]
    return Draft(name, f"{name}考核办法", "", "", tuple(headings), tuple(listed))


def _with_those_it_names(each: Asked, kept: dict[str, Asked], known: dict[str, Asked]) -> None:
    named = {each.against, each.carried, each.apart, each.counts if each.kind != "distinct" else ""}
    for code in named - {"", TARGET} - kept.keys():
        kept[code] = known[code]
        _with_those_it_names(known[code], kept, known)


def _bare(code: str) -> Asked:
    short = code.replace(".", "")
    return Asked(code, NEW[len(code) % 2].code, short, f"{short}全称", "条", "sum", "", False, "", "", "", "", False)


def _anew(rng: Random, ledger: sqlite3.Connection, code: str, day: str) -> Asked:
    facts: Sequence[Known] = list(scheme.facts(ledger).values())
    fact, words = rng.choice(facts), scheme.words_on(ledger, day)
    asked = []
    for dimension, title in zip(DIMENSIONS, fact.dimensions, strict=True):
        listed = list(words(title) or ()) if title else []
        if listed and rng.random() < 0.7:
            told = sorted(rng.sample(listed, rng.randint(1, min(3, len(listed)))))
            asked.append(f"{dimension}={'|'.join(told)}")
    ranked = rng.random() < 0.5
    return replace(
        _bare(code),
        unit=MONEY[0] if fact.money else "条",
        measure=fact.id + ("?" if asked else "") + "&".join(asked),
        ranked=ranked,
        against=TARGET if ranked else "",
        less=rng.random() < 0.2,
    )


def by_hand(ledger: sqlite3.Connection, definition: Definition, day: str) -> Counter[tuple[str, str]]:
    """What each indicator that is a sum has on a day in each town, told item by item."""
    kinds = {row["id"]: row["counted"] for row in ledger.execute("SELECT id, counted FROM fact")}
    found: Counter[tuple[str, str]] = Counter()
    items = ledger.execute("SELECT * FROM fact_item WHERE from_on <= ?", (day,)).fetchall()
    for indicator in definition.indicators:
        if indicator.kind not in ("flow", "stock"):
            continue
        for text in indicator.measures:
            fact, _, conditions = text.partition("?")
            words = dict(each.split("=") for each in conditions.split("&") if each)
            for row in items:
                counts = row["fact"] == fact and all(row[name] in of.split("|") for name, of in words.items())
                if not counts and row["fact"] != text:
                    continue
                held = row["from_on"][:4] == day[:4] if kinds[fact] == "flow" else day < row["until_on"]
                if held and row["town_code"] is not None:  # what is of a department alone is no town's
                    found[indicator.id, definition.roll(row["town_code"])] += row["quantity"]
    return found

"""Random schemes: some of what 永康2018 asks for, and measures that nobody asked for before."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from fractions import Fraction
from random import Random

from anjian_cli.bulletin.definition import Definition, Indicator
from anjian_cli.bulletin.value import UNSETTLED
from anjian_cli.ledger import schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.rules.measure import DIMENSIONS
from anjian_cli.rules.unit_kinds import TOWNS
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
    aside = Random(f"{name} {day}")  # so that these change nothing else of a scheme
    new += [_anew(aside, ledger, f"{name}.部门{n}", day, of_departments=True) for n in range(2)]
    new += _siblings(aside, new, name)
    _with_parts(aside, ledger, new)
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
    for of in (*each.plus, *each.minus):
        alike = [
            code
            for code, other in known.items()
            if (other.measure, other.unit) == (of, each.unit) and not (other.plus or other.minus)
        ]
        named |= {alike[0]} if not kept.keys() & {*alike} else set()
    for code in named - {"", TARGET} - kept.keys():
        kept[code] = known[code]
        _with_those_it_names(known[code], kept, known)


def _siblings(rng: Random, new: Sequence[Asked], name: str) -> list[Asked]:
    """Of some that ask under conditions, all of the same fact, which they may be added to or taken off."""
    found: dict[str, Asked] = {}
    for each in new:
        fact, _, conditions = each.measure.partition("?")
        if conditions and fact not in {other.measure for other in new} and rng.random() < 0.5:
            short = f"{name}全{len(found)}"
            whole = replace(each, code=f"{name}.全{len(found)}", short=short, title=f"{short}全称", measure=fact)
            found.setdefault(fact, replace(whole, ranked=False, against="", less=False))
    return list(found.values())


def _with_parts(rng: Random, ledger: sqlite3.Connection, new: list[Asked]) -> None:
    """Some of what is new adds another one's count, or takes it off; some is asked of departments, too."""
    facts = scheme.facts(ledger)

    def fact(each: Asked) -> Known:
        return facts[each.measure.partition("?")[0]]

    def alike(one: Asked, other: Asked) -> bool:
        counting = [(fact(each).counted, fact(each).of_year, each.unit) for each in (one, other)]
        of_hazards = "hazard" in fact(one).id + fact(other).id  # whether one was in time is a matter of a setting
        return counting[0] == counting[1] and (fact(one).id == fact(other).id or not of_hazards)

    named: set[str] = set()
    for at, each in enumerate(new):
        others = [
            other
            for other in new
            if other.measure != each.measure and alike(each, other) and not (other.plus or other.minus)
        ]
        if others and each.code not in named and not each.ranked and rng.random() < 0.5:
            of = rng.choice(others)
            named |= {other.code for other in new if other.measure == of.measure}
            adds = rng.random() < 0.5
            new[at] = replace(each, plus=(of.measure,)) if adds else replace(each, minus=(of.measure,))
        elif fact(each).roles and not each.ranked and rng.random() < 0.7:
            new[at] = replace(each, units="镇、部门")


def _bare(code: str) -> Asked:
    short = code.replace(".", "")
    return Asked(code, NEW[len(code) % 2].code, short, f"{short}全称", "条", "sum", "", False, "", "", "", "", False)


def _anew(rng: Random, ledger: sqlite3.Connection, code: str, day: str, *, of_departments: bool = False) -> Asked:
    """What nobody asked for; `of_departments`: of records that name some."""
    facts: Sequence[Known] = [each for each in scheme.facts(ledger).values() if each.roles or not of_departments]
    if of_departments or rng.random() < 0.5:  # of what there is something to count
        named = " WHERE found_by <> '' OR charged_to <> ''" if of_departments else ""
        there = {fact for (fact,) in ledger.execute(f"SELECT DISTINCT fact FROM fact_item{named}")}
        facts = [each for each in facts if each.id in there] or facts
    fact, words = rng.choice(facts), scheme.words_on(ledger, day)
    asked = []
    for dimension, title in zip(DIMENSIONS, fact.dimensions, strict=True):
        listed = list(words(title) or ()) if title else []
        if listed and rng.random() < 0.7:
            told = sorted(rng.sample(listed, rng.randint(1, min(3, len(listed)))))
            asked.append(f"{dimension}={'|'.join(told)}")
    ranked = rng.random() < 0.5 and not of_departments
    return replace(
        _bare(code),
        unit=MONEY[0] if fact.money else "条",
        measure=fact.id + ("?" if asked else "") + "&".join(asked),
        ranked=ranked,
        against=TARGET if ranked else "",
        less=rng.random() < 0.2,
    )


def by_hand(ledger: sqlite3.Connection, definition: Definition, day: str) -> Counter[tuple[str, str]]:
    """What each indicator that is a sum has on a day in each unit, told item by item."""
    kinds = {row["id"]: row["counted"] for row in ledger.execute("SELECT id, counted FROM fact")}
    found: Counter[tuple[str, str]] = Counter()
    items = ledger.execute("SELECT * FROM fact_item WHERE from_on <= ?", (day,)).fetchall()
    for indicator in definition.indicators:
        if indicator.kind not in ("flow", "stock"):
            continue
        signs = [*((of, 1) for of in indicator.measures), *((of, -1) for of in indicator.takes_off)]
        for text, sign in signs:
            counted, _, whose = text.partition("@")
            assert bool(whose) == (definition.of != TOWNS), (indicator, definition.of)
            fact, _, conditions = counted.partition("?")
            words = dict(each.split("=") for each in conditions.split("&") if each)
            for row in items:
                counts = row["fact"] == fact and all(row[name] in of.split("|") for name, of in words.items())
                if not counts and row["fact"] != text:
                    continue
                held = row["from_on"][:4] == day[:4] if kinds[fact] == "flow" else day < row["until_on"]
                unit = row[whose or "town_code"]
                if held and unit is not None:  # what is of a department alone is no town's
                    found[indicator.id, definition.roll(unit)] += sign * row["quantity"]
    return found


class Unknown:
    """Of which cells nobody can say how many there are: a total reaches over the day, what stands was not told yet,
    a month's figure was not filed."""

    def __init__(self, ledger: sqlite3.Connection, definition: Definition, day: str) -> None:
        self._definition, self._day = definition, day
        drafts = [scheme.draft_of(ledger, of) for of in schemes.all_of(ledger)]
        measures = {each.code: each.measure or each.code for draft in drafts for each in draft.indicators}
        self._totals: defaultdict[tuple[str, str], list[sqlite3.Row]] = defaultdict(list)
        told = ledger.execute("SELECT * FROM opening_figure WHERE voided_on IS NULL").fetchall()
        for row in told if definition.of == TOWNS else ():
            self._totals[measures[row["indicator"]], definition.roll(row["town_code"] or "")].append(row)
        whose = "town_code" if definition.of == TOWNS else "department"
        self._filed: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for unit, kind, month in ledger.execute(
            f"SELECT {whose}, kind, month FROM monthly_figure WHERE voided_on IS NULL AND {whose} IS NOT NULL"
        ):
            self._filed[definition.roll(unit)].add((kind, month))

    def __contains__(self, cell: tuple[str, str]) -> bool:
        indicator = self._definition.indicator(cell[0])
        return any(self._of(indicator, of, cell[1]) for of in (*indicator.measures, *indicator.takes_off))

    def _of(self, indicator: Indicator, measure: str, place: str) -> bool:
        day, totals = self._day, self._totals[measure, place]
        if indicator.kind == "flow":
            cut = any(
                t["quantity"] and t["period_from"] <= day < t["from_on"] for t in totals if t["from_on"][:4] == day[:4]
            )
            return cut or self._larger_among(measure, place)
        fact, _, conditions = measure.partition("@")[0].partition("?")
        if fact == "figure.standing":
            filed = self._filed[place]
            kinds = conditions.removeprefix("kind=").split("|") if conditions else sorted({kind for kind, _ in filed})
            lacks = not kinds or any((kind, day[:7]) not in filed for kind in kinds)
            return place != UNSETTLED and lacks and not any(t["from_on"] <= day < t["until_on"] for t in totals)
        if indicator.of_year:
            totals = [t for t in totals if t["from_on"][:4] == day[:4]]
        towns = {t["town_code"] for t in totals if t["quantity"]}
        return not towns <= {t["town_code"] for t in totals if t["from_on"] <= day}

    def _larger_among(self, measure: str, place: str) -> bool:
        """Whether larger accidents may be among a total of accidents or deaths of the year so far, and none of theirs
        says how many."""
        fact, mark, conditions = measure.partition("?")
        wider = ("accident.count", "accident.deaths") if fact == "accident.larger" else ()
        year = self._day[:4]
        own = [t for t in self._totals[measure, place] if t["from_on"][:4] == year]
        return any(
            t["quantity"]
            and t["from_on"][:4] == year
            and t["period_from"] <= self._day
            and not any(t["town_code"] == told["town_code"] and t["from_on"] <= told["from_on"] for told in own)
            for of in wider
            for t in self._totals[f"{of}{mark}{conditions}", place]
        )

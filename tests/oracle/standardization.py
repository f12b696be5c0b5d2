"""A second opinion on standardization: certificates, what was reached, what is under way, what falls due.

From the domain's rules alone: a certificate holds for three years from its announcement, until the next one of its
grade or a higher one, or until it is revoked; an enterprise counts once a cycle, which is these three years, though a
re-review (复评) may begin the next one in the last of them; it does not count while it holds a higher certificate; of
two grades in one year only the higher one stays counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from oracle.count import Found, flow, stock
from oracle.debts import Debt
from oracle.model import ALL_DAYS, OPEN, Enterprise, Model, Standard, after, firm, of, where, years_on

HEIGHT = ("三级", "二级", "一级")
STAGES = {"consulted_on": "咨询", "self_assessed_on": "自评", "applied_on": "申请", "reviewed_on": "评审"}


def count(model: Model, found: Found) -> None:
    """Add the figures of all standardizations to `found`."""
    by_firm: dict[int, list[tuple[int, Standard]]] = {}
    for key, one in of(model, Standard):
        by_firm.setdefault(one.enterprise, []).append((key[1], one))
    for row, undertakings in by_firm.items():
        enterprise = firm(model, row)
        told = [one for _, one in sorted(undertakings, key=lambda pair: pair[0])]
        for one in told:
            _under_way(one, model, found)
        certificates = sorted((one for one in told if one.announced_on), key=lambda one: one.announced_on)
        for asked, figures in found.items():
            for one in certificates:
                if one.grade != "一级" and held(one, certificates, asked):
                    figures["standard.valid." + one.grade, where(enterprise, asked)] += 1
        reached = list(_reached(certificates))
        done = _owe(certificates, reached, enterprise, found)
        for one, indicator, back in reached:
            if one in done or (back != OPEN and back[:4] != one.announced_on[:4]):
                continue  # counted by what it renewed; or taken back in a later year: neither counts it
            if one.kind == "复评" and one.grade == "三级":
                indicator = "standard.review_apart"
            town = where(enterprise, one.announced_on)
            flow(found, indicator, town, one.announced_on)
            if back != OPEN:
                flow(found, indicator, town, back, -1)


def _under_way(one: Standard, model: Model, found: Found) -> None:
    enterprise = firm(model, one.enterprise)
    if one.kind != "复评":
        if one.grade != "一级":
            indicator = "standard.underway." + one.grade
            stock(found, indicator, enterprise, lambda day: one.begun_on <= day < one.ended_on)
    elif one.grade == "三级":
        for stage, word in STAGES.items():
            _stage(getattr(one, stage), one.abandoned_on or OPEN, "standard.stage.复评." + word, enterprise, found)


def _stage(entered: str, abandoned: str, indicator: str, enterprise: Enterprise, found: Found) -> None:
    """Entered in the year, and not abandoned since."""
    stock(found, indicator, enterprise, lambda day: "" < entered <= day < abandoned and entered[:4] == day[:4])


def held(one: Standard, certificates: Sequence[Standard], day: str) -> bool:
    """Whether it holds on a day: announced, not over, and none of its grade or a higher one announced since."""
    later = certificates[certificates.index(one) + 1 :]
    replaced = any(HEIGHT.index(c.grade) >= HEIGHT.index(one.grade) and c.announced_on <= day for c in later)
    return one.announced_on <= day and _holds(one, day) and not replaced


def _holds(one: Standard, day: str) -> bool:
    """Not expired and not revoked; what came after it is left out of account."""
    return day < years_on(one.announced_on, 3) and not _revoked(one, day)


def _revoked(one: Standard, day: str) -> bool:
    return bool(one.revoked_on) and one.revoked_on <= day


Reached = tuple[Standard, str, str]  # what counts, in which indicator, and the day on which it is taken back


def _owe(
    certificates: Sequence[Standard], reached: Sequence[Reached], enterprise: Enterprise, found: Found
) -> list[Standard]:
    """Count what falls due for re-review: a third-grade certificate in the year of its last valid day, if it is held
    on 1 January or was renewed before. Gives the re-reviews that were done of those owed."""
    done = []
    for place, one in enumerate(certificates):
        if one.grade != "三级":
            continue
        new_year = last_valid_day(one)[:4] + "-01-01"
        renewals = [c for c in certificates[place + 1 :] if c.grade == "三级"]
        standing = next((c for c in renewals if not c.revoked_on), None)
        renewal = standing or next(iter(renewals), None)
        debt = Debt(enterprise, new_year, _excused(one, certificates))
        if renewal is not None:
            debt.settled_on = standing.announced_on if standing else OPEN
            for counted, indicator, back in reached:
                on = max(renewal.announced_on, new_year)
                if counted is renewal and indicator.endswith("复评") and on < back and back[:4] in (on[:4], OPEN[:4]):
                    debt.done_on, debt.undone_on = on, back
        if not held(one, certificates, new_year):
            before = after(renewal.announced_on, -1) if renewal else ""
            renewed = debt.done_on == new_year and held(one, certificates, before)
            if not renewed or _revoked(one, renewal.announced_on if renewal else ""):
                continue
        debt.count(found, "standard.review_due", "standard.review_carried", "standard.reached.三级复评")
        if renewal is not None and debt.is_done:
            done.append(renewal)
    return done


def last_valid_day(one: Standard) -> str:
    """The last day on which it holds if nothing else ends it."""
    return after(_expires(one), -1)


def _expires(one: Standard) -> str:
    """The first day on which it does not hold any more, as a day that there is."""
    year = int(one.announced_on[:4]) + 3
    return f"{year}-03-01" if one.announced_on.endswith("-02-29") else f"{year}{one.announced_on[4:]}"


def _excused(one: Standard, certificates: Sequence[Standard]) -> list[tuple[str, str]]:
    """Taken off, revoked, risen; or under a higher one that was there before, as long as that holds."""
    found = [(on, OPEN) for on in (one.excused_on, one.revoked_on) if on]
    for higher in certificates:
        if higher.grade == "三级":
            continue
        if higher.announced_on > one.announced_on:
            found.append((higher.announced_on, OPEN))
        else:
            found += held_from_until(higher, tuple(certificates))
    return found


@cache
def held_from_until(one: Standard, certificates: tuple[Standard, ...]) -> list[tuple[str, str]]:
    """The days on which it holds, gone through one by one; once, for a model is asked of the same again and again."""
    begin = ALL_DAYS.index(one.announced_on)
    held_on = [day for day in ALL_DAYS[begin:] if held(one, certificates, day)]
    return [(held_on[0], after(held_on[-1]))] if held_on else []


def _reached(certificates: Sequence[Standard]) -> Iterator[Reached]:
    """What counts, and when it is taken back (OPEN: never)."""
    counted: list[Standard] = []
    for place, one in enumerate(certificates):
        on = one.announced_on
        cycle = 2 if one.kind == "复评" else 3
        running = any(
            earlier.grade == one.grade and on < years_on(earlier.announced_on, cycle) and not _revoked(earlier, on)
            for earlier in counted
        )
        higher = any(
            HEIGHT.index(earlier.grade) > HEIGHT.index(one.grade) and _holds(earlier, on)
            for earlier in certificates[:place]
        )
        if one.grade != "一级" and not running and not higher:
            counted.append(one)
    for place, one in enumerate(counted):
        indicator = "二级" if one.grade == "二级" else "三级复评" if one.kind == "复评" else "三级新创"
        surpassed = [
            later.announced_on
            for later in counted[place:]
            if later.grade != one.grade == "三级" and later.announced_on[:4] == one.announced_on[:4]
        ]
        yield one, "standard.reached." + indicator, min([*surpassed, one.revoked_on or OPEN])

"""A second opinion on standardization: certificates, what was reached, what is under way, what falls due.

From the domain's rules alone: a certificate holds for three years from its announcement, until the next one of the
enterprise, or until it is revoked; an enterprise counts once a cycle, which is these three years, though a re-review
(复评) may begin the next one in the last of them; it does not count while it holds a higher certificate; of two grades
in one year only the higher one stays counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oracle.count import Found, flow, stock
from oracle.model import OPEN, Enterprise, Model, Standard, firm, of, where, years_on

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
            held = in_force(certificates, asked)
            if held is not None and held.grade != "一级":
                figures["standard.valid." + held.grade, where(enterprise, asked)] += 1
            new_year = asked[:4] + "-01-01"
            if _due(certificates, new_year, asked):
                figures["standard.review_due", where(enterprise, new_year)] += 1
        for indicator, announced_on, day, quantity in _reached(certificates):
            flow(found, "standard.reached." + indicator, where(enterprise, announced_on), day, quantity)


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


def in_force(certificates: Sequence[Standard], day: str) -> Standard | None:
    """The certificate an enterprise holds on a day: the last one announced, unless it is over."""
    known = [one for one in certificates if one.announced_on <= day]
    return known[-1] if known and _holds(known[-1], day) else None


def _holds(one: Standard, day: str) -> bool:
    """Not expired and not revoked; what came after it is left out of account."""
    return day < years_on(one.announced_on, 3) and not _revoked(one, day)


def _revoked(one: Standard, day: str) -> bool:
    return bool(one.revoked_on) and one.revoked_on <= day


def _due(certificates: Sequence[Standard], new_year: str, day: str) -> bool:
    """Held on 1 January, a third-grade certificate expires within the year: due, until it is excused, revoked or
    surpassed. One that is valid up to 31 December expires that day."""
    one = in_force(certificates, new_year)
    if one is None or one.grade != "三级" or years_on(one.announced_on, 3) > years_on(new_year, 1):
        return False
    surpassed = any(c.grade != "三级" and new_year < c.announced_on <= day for c in certificates)
    return not (surpassed or _revoked(one, day) or (one.excused_on and one.excused_on <= day))


def _reached(certificates: Sequence[Standard]) -> Iterator[tuple[str, str, str, int]]:
    """What counts, and what is taken back: (indicator, announced on, day, quantity)."""
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
        back = min([*surpassed, one.revoked_on or OPEN])
        if back == OPEN or back[:4] == one.announced_on[:4]:  # later, neither year counts it
            yield indicator, one.announced_on, one.announced_on, 1
            if back != OPEN:
                yield indicator, one.announced_on, back, -1

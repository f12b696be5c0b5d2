"""What departments have to do with the demonstration's hazards: who answers for one by its kind, who found it, and
those that a town's grid found in another's field, which are handed over (移交)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from anjian_cli.demonstration.hazards import Life
from anjian_cli.demonstration.spread import day_after

BY_DEPARTMENTS = ("部门检查", "联合执法")
BY_ITSELF = "部门检查"
"""How a department finds hazards in its own field; joint inspections (联合执法) are led by the bureau."""
THROUGH_THE_OFFICE = ("网格巡查", "群众举报", "联合执法")
"""How hazards come to the bureau before they come to the department whose they are."""
HANDED_OVER_AFTER, ANSWER_DAYS, ANSWERED_AFTER, LATE = 3, 10, 6, 13
"""Days from the finding to the handing over, and from that to the last day for an answer, to the answer, and to one
that comes late."""
ANSWERS = ("已派员到场核查，责令立即整改（示例）", "已下发责令限期整改通知书（示例）", "已列入本部门重点督办（示例）")


def charge(lives: Iterable[Life], by_category: Mapping[str, str], bureau: str, mark: str, until: str) -> None:
    """Tell of every hazard which department answers for it. What the bureau was told of in another's field it hands
    over by a letter of `mark`; an answer that would come after `until` has not come."""
    number = 0
    for life in lives:
        department = by_category.get(life.values.get("category", ""), bureau)
        charged = department
        if department != bureau and life.values["source"] in THROUGH_THE_OFFICE:
            number += 1
            charged = bureau
            life.steps += _handed_over(str(life.values["found_on"]), department, number, mark, until)
            life.steps.sort(key=lambda step: step[0])
        told = {"charged_to": charged}
        if life.values["source"] in BY_DEPARTMENTS:
            told["found_by"] = department if life.values["source"] == BY_ITSELF else bureau
        life.values = {**life.values, **told}


def _handed_over(
    found_on: str, department: str, number: int, mark: str, until: str
) -> Iterator[tuple[str, str, dict[str, str]]]:
    on = day_after(found_on, HANDED_OVER_AFTER)
    document = f"{mark}抄〔{on[:4]}〕{number}号（示例）"
    due_on = day_after(on, ANSWER_DAYS)
    yield on, "hand_over", {"to": department, "on": on, "document": document, "due_on": due_on}
    answered_on = day_after(on, LATE if number % 8 == 5 else ANSWERED_AFTER)
    if answered_on <= until:
        yield answered_on, "answer", {"on": answered_on, "text": ANSWERS[number % len(ANSWERS)]}

"""What must hold of a course: not more passed than attended."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows


def faults(root: Rows) -> list[Fault]:
    """Passed <= attended."""
    (training,) = root["training"]
    attended, passed = training["attended"], training["passed"]
    if isinstance(passed, int) and isinstance(attended, int) and passed > attended:
        return [Fault("E252", {"passed": passed, "attended": attended}, str(passed), "passed")]
    return []

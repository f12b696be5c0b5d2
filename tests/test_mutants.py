"""Which faults the script in tests/long makes, and how it reads what it is told of survivors."""

from __future__ import annotations

import ast
import itertools

from long.mutants import ALSO, ROOT, SURVIVORS, explained, mutants

TEXT = '''"""SELECT of no query."""
from dataclasses import dataclass
LIMIT = 30
@dataclass(frozen=True)
class Kept:
    def held(self, day: str, least: int = 0) -> list[int]:
        """No more than 3."""
        found = [n for n in self.run("SELECT n FROM t WHERE a <= ? AND b = ? ORDER BY n DESC") if not n or n > LIMIT]
        return sorted(found[:4], reverse=True) if min(found) is None else "a" + "b"
'''


def test_small_faults_each_by_itself() -> None:
    made = list(mutants(TEXT))
    assert [mutant.name for mutant in made] == [
        "module: LIMIT = {30 -> 31}",
        "module: LIMIT = {30 -> 29}",
        "Kept.held: self, day: str, least: int={0 -> 1}",
        "Kept.held: self, day: str, least: int={0 -> -1}",
        "Kept.held: 'SELECT n FROM t WHERE a {<= -> <} ? AND b = ? ORDER BY n DESC'",
        "Kept.held: 'SELECT n FROM t WHERE a <= ? {AND -> OR} b = ? ORDER BY n DESC'",
        "Kept.held: 'SELECT n FROM t WHERE a <= ? AND b {= -> <>} ? ORDER BY n DESC'",
        "Kept.held: 'SELECT n FROM t WHERE a <= ? AND b = ? ORDER BY n{ DESC -> }'",
        "Kept.held: not n {or -> and} n > LIMIT",
        "Kept.held: {not -> }n",
        "Kept.held: n {> -> >=} LIMIT",
        "Kept.held: min(found) is { -> not }None",
        "Kept.held: {min -> max}(found)",
        "Kept.held: found[:{4 -> 5}]",
        "Kept.held: found[:{4 -> 3}]",
        "Kept.held: reverse={True -> False}",
    ]
    assert len({mutant.text for mutant in made}) == len(made)
    for mutant in made:
        ast.parse(mutant.text)


def test_a_reason_is_that_of_the_lines_above_it() -> None:
    listed = """# What this is.
[bulletin/ranking]
owed: one
owed: two
    The same
    either way.

rate: three
    Not worth it.
"""
    assert explained(listed) == {
        "bulletin/ranking": {
            "owed: one": "The same either way.",
            "owed: two": "The same either way.",
            "rate: three": "Not worth it.",
        }
    }


def test_what_is_said_of_modules_is_said_of_modules_that_are_there() -> None:
    listed = explained(SURVIVORS.read_text(encoding="utf-8"))
    source = ROOT / "src/anjian_cli"
    assert [module for module in (*ALSO, *listed) if not (source / f"{module}.py").exists()] == []
    assert [path for path in itertools.chain(*ALSO.values()) if not (ROOT / "tests" / path).exists()] == []
    assert [module for module, known in listed.items() if not all(known.values())] == []  # each has its reason

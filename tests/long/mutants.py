"""What the tests would not notice: small faults are put into bulletin/ and rules/ one at a time, in a copy, and the
tests that mirror the module are run. A fault that they let live, and that survivors.txt does not explain, fails.

python tests/long/mutants.py --module bulletin/ranking --module rules/hazard

Without --module all modules are gone through, for hours; --skip and --limit take a part of each. Faults are told by
what they change and not by line, so that the list of survivors outlives other changes of a module.
"""

from __future__ import annotations

import argparse
import ast
import multiprocessing
import os
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
SURVIVORS = Path(__file__).with_name("survivors.txt")
PACKAGES = ("bulletin", "rules")
BEFOREHAND = (
    "hypothesis.strategies",
    "pydantic",
    "openpyxl",
    "sqlite_utils",
    "typer",
)  # imported once, and not for each fault
ALSO = {
    "bulletin/chat": ["bulletin/test_notice.py"],
    "bulletin/compile": ["bulletin/test_tables.py"],
    "bulletin/counting": ["bulletin/test_figures.py"],
    "bulletin/definition": ["bulletin/test_tables.py", "bulletin/test_figures.py"],
    "bulletin/evidence": ["render/office/test_papers.py"],
    "bulletin/filings": ["workflow/test_filing.py", "bulletin/test_cross_check.py"],
    "bulletin/findings": ["bulletin/test_notice.py", "bulletin/test_briefing.py"],
    "bulletin/items": ["bulletin/test_explain.py"],
    "bulletin/locked_month": ["workflow/test_month.py", "bulletin/test_correction.py"],
    "bulletin/month_text": ["commands/test_letter.py"],
    "bulletin/not_counted": ["bulletin/test_explain.py"],
    "bulletin/owing": ["bulletin/test_overdue.py", "bulletin/test_renewal.py"],
    "bulletin/phrase": ["bulletin/test_notice.py", "bulletin/test_briefing.py"],
    "bulletin/progress": ["bulletin/test_notice.py"],
    "bulletin/recount": ["bulletin/test_correction.py"],
    "bulletin/records_behind": ["render/office/test_page.py"],
    "bulletin/sentences": ["bulletin/test_notice.py", "bulletin/test_briefing.py"],
    "bulletin/value": ["bulletin/test_exact.py", "bulletin/test_tables.py"],
    "rules/exposure": ["workflow/test_health.py", "workflow/test_enterprise.py"],
    "rules/hazard": ["workflow/test_hazard_cycle.py"],
    "rules/issued_month": ["workflow/test_month.py"],
    "rules/officer": ["workflow/test_register.py"],
    "rules/town": ["workflow/test_town_village.py"],
    "rules/village": ["workflow/test_town_village.py"],
}
"""Tests of a module that stand elsewhere than in the file of its name."""

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
IN_SQL = {
    "<=": "<", "<": "<=", ">=": ">", ">": ">=", "=": "<>", "<>": "=", "AND": "OR", "OR": "AND",
    "NOT EXISTS": "EXISTS", " DESC": "", "min(": "max(", "max(": "min(",
}  # fmt: skip
SQL = re.compile(r"\b(SELECT|FROM|WHERE|AND|ORDER BY)\b")
SQL_PART = re.compile(r"[<>=]+|\b(?:AND|OR|NOT EXISTS)\b| DESC\b|\b(?:min|max)\(")
# That a library was imported before pytest could rewrite its asserts is what is wanted here.
OPTIONS = ["-x", "-q", "--thorough", *("-W", "ignore::pytest.PytestAssertRewriteWarning")]
OPTIONS += [word for plugin in ("cacheprovider", "xdist", "cov") for word in ("-p", f"no:{plugin}")]
SHOWN = 60  # characters to each side of what is changed
UNSEEN = ("annotation", "returns", "decorator_list", "ctx")


class Mutant(NamedTuple):
    """`name` is its place and what is changed, unique in a module; `text` is the module with the fault in it."""

    name: str
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """All small faults of a module's text: comparisons, numbers, min and max, and and or, a dropped not, SQL."""
    tree = ast.parse(text)
    seen: Counter[str] = Counter()
    for spot in _spots(tree, tree, ""):
        node = spot.node
        # 4 says nothing, codes[:4] does
        around = spot.around if isinstance(node, ast.Constant) and not isinstance(node.value, str) else None
        before = ast.unparse(around or node)
        for other in _faults(node):
            _put(spot, other)
            name = f"{spot.place or 'module'}: {_difference(before, ast.unparse(around or other))}"
            seen[name] += 1
            yield Mutant(name if seen[name] == 1 else f"{name} ({seen[name]})", ast.unparse(tree))
        _put(spot, node)


class _Spot(NamedTuple):
    """A node: the function it stands in, what it hangs on and where, and the nearest that says something around it."""

    node: ast.AST
    place: str
    parent: ast.AST
    field: str
    at: int | None
    around: ast.AST


def _spots(parent: ast.AST, around: ast.AST, place: str) -> Iterator[_Spot]:
    """Every node but docstrings, annotations and decorators."""
    if isinstance(parent, ast.FunctionDef | ast.ClassDef):
        place = f"{place}.{parent.name}".strip(".")
    if not isinstance(parent, ast.Slice):
        around = parent
    for field, value in ast.iter_fields(parent):
        if field in UNSEEN or (isinstance(parent, ast.Expr) and isinstance(value, ast.Constant)):
            continue
        for at, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and getattr(node, "arg", "") != "strict":  # zip(…, strict=True)
                yield _Spot(node, place, parent, field, at, around)
                yield from _spots(node, around, place)


def _put(spot: _Spot, node: ast.AST) -> None:
    if spot.at is None:
        setattr(spot.parent, spot.field, node)
    else:
        getattr(spot.parent, spot.field)[spot.at] = node


def _faults(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, ops, others):
            for at, op in enumerate(ops):
                yield ast.Compare(left, [*ops[:at], COMPARED[type(op)](), *ops[at + 1 :]], others)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.BinOp(left, ast.Add() | ast.Sub() as op, right) if not _text(left) and not _text(right):
            yield ast.BinOp(left, ast.Sub() if isinstance(op, ast.Add) else ast.Add(), right)
        case ast.Call(ast.Name(name), arguments, keywords) if name in CALLED:
            yield ast.Call(ast.Name(CALLED[name]), arguments, keywords)
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Constant(str(value)) if SQL.search(value):
            for part in SQL_PART.finditer(value):
                if part[0] in IN_SQL:
                    yield ast.Constant(value[: part.start()] + IN_SQL[part[0]] + value[part.end() :])


def _text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _difference(before: str, after: str) -> str:
    """What stands around {old -> new}."""
    old, new = (re.findall(r"\w+|[<>=!]+|[^\w\s]|\s+", each) for each in (before, after))
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    left, right = "".join(old[:head]), "".join(old[len(old) - tail :])
    changed = f"{{{''.join(old[head : len(old) - tail])} -> {''.join(new[head : len(new) - tail])}}}"
    return re.sub(r"(\s|\\n)+", " ", f"{left[-SHOWN:]}{changed}{right[:SHOWN]}").strip()


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many at the beginning are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def explained(text: str) -> dict[str, dict[str, str]]:
    """The survivors' list by module and mutant: [module], a line for each mutant, and indented why they may live."""
    found: dict[str, dict[str, str]] = {}
    names: list[str] = []
    told = False
    for line in text.splitlines():
        if line.startswith("["):
            module = found.setdefault(line.strip("[]"), {})
        elif line.startswith(" "):
            for name in names:
                module[name] = f"{module[name]} {line.strip()}".strip()
            told = True
        elif line and not line.startswith("#"):
            names = [line] if told else [*names, line]
            module[line] = ""
            told = False
    return found


def tests_of(copy: Path, module: str) -> list[str]:
    """The files that mirror a module, and those that test it elsewhere; its folder where there are none."""
    package, name = module.split("/")
    found = [str(path) for path in sorted((copy / "tests").glob(f"[!l]*/test_{name}.py"))]
    found += [str(copy / "tests" / path) for path in ALSO.get(module, [])]
    return [str(copy / "tests/rules"), *found] if package == "rules" else found or [str(copy / "tests" / package)]


def lives(tests: Sequence[str], limit: float | None) -> bool:
    """Whether all tests pass, in time: the long ones that cover what others do only after those, for few get so far."""
    return all(_pass(["-m", marked, *tests], limit) for marked in ("not unmeasured", "unmeasured"))


def _pass(arguments: Sequence[str], limit: float | None) -> bool:
    """In a fork of this process, which has imported what takes longest."""
    child = multiprocessing.get_context("fork").Process(target=_run, args=(arguments,))
    child.start()
    child.join(limit)
    if child.is_alive():
        child.kill()
        child.join()
    return child.exitcode in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def _run(arguments: Sequence[str]) -> None:
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        raise SystemExit(int(pytest.main([*OPTIONS, *arguments])))


def survivors(copy: Path, module: str, part: slice) -> list[str]:
    """The faults of a module that its tests let live, each told as it is found."""
    path = copy / "src/anjian_cli" / f"{module}.py"
    text = path.read_text(encoding="utf-8")
    tests = tests_of(copy, module)
    begun = time.monotonic()
    if not lives(tests, None):
        raise SystemExit(f"{module}: its tests fail without any fault")
    limit = 20 + 5 * (time.monotonic() - begun)
    found, tried = [], list(mutants(text))[part]
    for mutant in tried:
        path.write_text(mutant.text, encoding="utf-8")
        Path(cache_from_source(str(path))).unlink(missing_ok=True)  # a fault of the same length within a second
        if lives(tests, limit):
            found.append(mutant.name)
        print(f"{'LIVES ' if mutant.name in found[-1:] else 'killed'} {module}  {mutant.name}", flush=True)
    path.write_text(text, encoding="utf-8")
    print(f"{module}: {len(tried) - len(found)} killed, {len(found)} live", flush=True)
    return found


def main() -> int:
    """Go through the modules; 1 where something lives that the list does not explain."""
    source = ROOT / "src/anjian_cli"
    every = [f"{p}/{path.stem}" for p in PACKAGES for path in sorted((source / p).glob("*.py")) if path.stem[0] != "_"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--module", action="append", choices=every, metavar="FOLDER/MODULE")
    parser.add_argument("--skip", type=int, default=0, help="so many faults of each module at first")
    parser.add_argument("--limit", type=int, default=None, help="no more faults of each module than so many")
    given = parser.parse_args()
    part = slice(given.skip, None if given.limit is None else given.skip + given.limit)
    listed = explained(SURVIVORS.read_text(encoding="utf-8"))
    unexplained = []
    with TemporaryDirectory() as folder:  # the working tree is never touched
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        os.chdir(copy)
        sys.path[:0] = own = [str(copy / "src"), str(copy / "tests")]
        os.environ["PYTHONPATH"] = os.pathsep.join(own)
        for library in BEFOREHAND:
            import_module(library)
        for module in given.module or every:
            found = survivors(copy, module, part)
            known = listed.get(module, {})
            unexplained += [f"{module}  {name}" for name in found if not known.get(name)]
            if part == slice(0, None):
                for name in known.keys() - set(found):
                    print(f"{module}  listed, but it does not live: {name}")
    print(*[f"unexplained: {each}" for each in unexplained], sep="\n")
    return bool(unexplained)


if __name__ == "__main__":
    raise SystemExit(main())

"""The checks one by one, each in an environment of its own: `nox -l`, `nox -s tests -- tests/rules`.

`.ci/run` remains what decides whether a change lands.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import nox

nox.options.sessions = ["lint", "types", "tests"]
FAST = ("tests/ledger", "tests/records", "tests/rules", "tests/exchange", "tests/render")
"""Where every dependency is used, the quick half of the tests."""


@nox.session
def tests(session: nox.Session) -> None:
    """All tests, or those named behind `--`."""
    session.install("-e", ".[test]")
    session.run("pytest", "-n", "auto", "--dist", "worksteal", *session.posargs)


@nox.session
def thorough(session: nox.Session) -> None:
    """The same with all cases of every sweep, and every further opinion."""
    session.install("-e", ".[test]")
    session.run("pytest", "--thorough", "-n", "auto", "--dist", "worksteal", *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """mypy, strict, over everything."""
    session.install("-e", ".[test]")
    session.run("mypy", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Lint, format, layers."""
    session.install("-e", ".[test]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """What a run costs; see benchmarks/README.md for the options behind `--`."""
    session.install(".")
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session
def lowest(session: nox.Session) -> None:
    """The fast tests, or those named behind `--`, with the oldest dependencies that pyproject.toml allows."""
    wanted = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    constraints = Path(session.create_tmp()) / "lowest.txt"
    constraints.write_text("\n".join(_lowest(each) for each in wanted), encoding="utf-8")
    session.install("-c", str(constraints), "-e", ".[test]")
    session.run("pytest", *(session.posargs or FAST))


def _lowest(wanted: str) -> str:
    """`pydantic>=2.9,<3` -> `pydantic==2.9`; a marker stays."""
    needed, _, marker = wanted.partition(";")
    exactly = needed.split(",")[0].replace(">=", "==").strip()
    return f"{exactly} ; {marker.strip()}" if marker else exactly

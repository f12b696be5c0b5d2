"""Commands as they are typed, on a ledger of their own."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from anjian_cli import cli
from anjian_cli.errors import Fault
from anjian_cli.ledger import check, roots
from anjian_cli.render.office import issue_set

Run = Callable[..., str]


@pytest.fixture(scope="session")
def county_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which `init` has made a ledger of two towns, to be copied."""
    folder = tmp_path_factory.mktemp("新建")
    with pytest.MonkeyPatch.context() as there:
        there.chdir(folder)
        there.setenv("HOME", str(folder))
        there.setenv("XDG_CONFIG_HOME", str(folder))
        Path("towns.csv").write_text("code,name\n330784115,芝英镇\n330784003,江南街道\n", encoding="utf-8")
        assert cli.main(["--today", "2018-11-02", "init", "a.db", "--towns", "towns.csv"]) == 0
    return folder


Lay = Callable[[str, Callable[[], None]], None]


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what fixtures have laid is kept."""
    return tmp_path_factory.mktemp("摆好")


@pytest.fixture
def lay(laid: Path, request: pytest.FixtureRequest) -> Lay:
    """By a fixture's name, what it lays in the current folder: done for the first test that wants it, and copied for
    the others of its file. What is remembered of where a ledger lies stays each test's own."""

    def once(name: str, act: Callable[[], None]) -> None:
        kept = laid / request.path.stem / name
        if kept.exists():
            shutil.copytree(kept, Path.cwd(), dirs_exist_ok=True)
            return
        act()
        shutil.copytree(Path.cwd(), kept, ignore=shutil.ignore_patterns("anjian"))

    return once


@pytest.fixture
def new_county(
    county_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """A new ledger of 芝英镇 and 江南街道 in the current folder. Runs a command line on 2 November 2018, which must end
    with `code`, and returns what it says."""
    shutil.copytree(county_made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("ANJIAN_DB", str(tmp_path / "a.db"))
    (tmp_path / "anjian" / "ledger.txt").write_text(str(tmp_path / "a.db"), encoding="utf-8")  # as `init` remembers it

    def run(*line: str, code: int = 0) -> str:
        capsys.readouterr()
        done = cli.main(["--today", "2018-11-02", *line])
        said = capsys.readouterr()
        assert done == code, said.err
        return said.out + said.err

    return run


@pytest.fixture
def set_of_the_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The set that a bulletin goes out as is made without annexes, page, picture and workbooks of towns, for tests of
    what stands beside them. tests/commands/test_letter.py makes it whole."""
    monkeypatch.setattr(issue_set, "BULLETIN", issue_set.BULLETIN[:1])
    monkeypatch.setattr(issue_set, "LEADERS_PAGE", ())
    monkeypatch.setattr(issue_set, "town_set", lambda _: iter(()))


@pytest.fixture(scope="module")
def examined() -> dict[tuple[bytes, int], list[Fault]]:
    """What was found in ledgers, by their bytes and by the operation since which their log was looked at."""
    return {}


@pytest.fixture
def examined_once(examined: dict[tuple[bytes, int], list[Fault]], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found in a ledger follows from its bytes: one that many witnesses are held against is examined for the
    first of them."""
    examine = check.examine

    def found(taken: sqlite3.Connection, since: int = 0) -> list[Fault]:
        key = sha256(taken.serialize()).digest(), since
        if key not in examined:
            examined[key] = examine(taken, since)
        elif not examined[key] and not since:  # the records are gone, as they are behind every examination
            for table in roots.catalogue(taken):
                taken.execute(f'DELETE FROM "{table}"')
        return list(examined[key])

    monkeypatch.setattr(check, "examine", found)


@pytest.fixture
def office(
    demonstration_made: tuple[Path, list[Fault]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """The demonstration's office on 2 November 2018, in a folder and on a ledger of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ANJIAN_DB", str(shutil.copy(demonstration_made[0], tmp_path / "a.db")))

    def run(*line: str, code: int = 0, today: str = "2018-11-02") -> str:
        capsys.readouterr()
        done = cli.main(["--today", today, *line])
        said = capsys.readouterr()
        assert done == code, said.err
        return said.out + said.err

    return run

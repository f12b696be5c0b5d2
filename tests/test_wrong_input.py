"""Wrong input of every option of every command: one clear line of the catalogue, the right exit code, no traceback.

Each option of each command gets one of the wrong words, in turn. All of them for each:
tests/long/test_wrong_input_long.py.
"""

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typer.core import TyperOption

from anjian_cli import cli
from anjian_cli.commands import typer_tree, words
from support.sweeps import sweep

pytestmark = pytest.mark.unmeasured  # thousands of runs of what the commands' own tests cover
TOWNS = "code,name\n110101001,甲街道\n110101101,乙镇\n"
WRONG = ("不对，", "2018-13-45", "-1x")
LINE = re.compile(r"〔[EN]\d{3}〕$")


def every_command() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [(name,) for name in words.COMMANDS if name not in {"init", "demo"}]
    for noun, entry in words.NOUNS.items():
        found += [(noun, verb) for verb in entry.verbs]
    return found


def loaded(path: tuple[str, ...]) -> typer_tree.Command:
    command: typer_tree.Command | typer_tree.Group = typer_tree.tree()
    for word in path:
        assert isinstance(command, typer_tree.Group)
        command = command.load(word)
    assert isinstance(command, typer_tree.Command)
    return command


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger made by `init`, once; every test gets a copy."""
    folder = tmp_path_factory.mktemp("建账")
    (folder / "towns.csv").write_text(TOWNS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        assert cli.main(["init", str(folder / "x.db"), "--towns", str(folder / "towns.csv")]) == 0
    return folder / "x.db"


@pytest.fixture
def ledger(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ANJIAN_DB", raising=False)
    return Path(shutil.copy(made, tmp_path / "x.db"))


Chosen = Callable[[int], Sequence[str]]


@pytest.fixture
def wrong_words() -> Chosen:
    """The wrong words that an option gets, by a number of its own."""
    return lambda number: [WRONG[number % len(WRONG)]]


@sweep("path", every_command(), ids=" ".join, keep=130)
def test_every_option(
    path: tuple[str, ...], ledger: Path, capsys: pytest.CaptureFixture[str], wrong_words: Chosen
) -> None:
    command = loaded(path)
    first = every_command().index(path)
    arguments = ["甲-1" for param in command.params if not isinstance(param, TyperOption) and param.required]
    options = [param for param in command.params if isinstance(param, TyperOption) and not param.is_flag]
    for number, option in enumerate(options, first):
        for wrong in wrong_words(number):
            capsys.readouterr()
            code = cli.main(["--db", str(ledger), "--today", "2018-11-02", *path, *arguments, option.opts[0], wrong])
            said = capsys.readouterr()
            shown = f"{path} {option.opts[0]} {wrong}: {said.out}{said.err}"
            assert "Traceback" not in said.err + said.out, shown
            assert "E901" not in said.err, shown
            assert code in (0, 1, 2, 3, 4) or "〔E616〕" in said.err, shown  # a whole ledger comes into a new file
            if code:
                lines = said.err.strip().splitlines()
                assert lines, shown
                assert all(LINE.search(line) for line in lines), shown


@sweep("path", every_command(), ids=" ".join, keep=50)
def test_an_unknown_option_and_no_arguments(
    path: tuple[str, ...], ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.main(["--db", str(ledger), *path, "--没有这个"])
    said = capsys.readouterr()
    assert code == 2, said
    assert "E102" in said.err
    cli.main(["--db", str(ledger), *path])
    said = capsys.readouterr()
    assert "E901" not in said.err


@sweep("path", every_command(), ids=" ".join, keep=50)
def test_what_is_not_seen(path: tuple[str, ...], ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the place of what a command asks for: a control character, or half of one as it comes of bytes that are no
    UTF-8."""
    asked = [param for param in loaded(path).params if not isinstance(param, TyperOption)]
    for unseen in ("甲\x01-1", "\ud800"):
        cli.main(["--db", str(ledger), "--today", "2018-11-02", *path, *(unseen for _ in asked)])
        assert "E901" not in capsys.readouterr().err


def test_a_county_from_a_towns_file_alone(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(["--db", str(ledger), "settings", "list", "--format", "csv"]) == 0
    said = capsys.readouterr().out
    assert "region_code,110101" in said
    assert "东城区安全生产委员会办公室" in said
    assert cli.main(["--db", str(ledger), "镇街", "列表", "--format", "csv"]) == 0
    assert "甲街道,甲街道,街道,1" in capsys.readouterr().out

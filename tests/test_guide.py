"""The guide's parts, the pages on schemes and on what was published, and the README are true: every command in them is
run, in order, and ends as they say.

A line that begins with `$ ` in a ```console fence is run with the program: in this process, and by the shell where it
is more than words for the program, as is every sixtieth one. It returns 0, or what stands behind it as `# 退出码 N`.
The other lines of the fence must stand in its output. A ```csv or ```toml fence with a name is a file;
`<!-- 手工：… -->` is what the clerk does in a spreadsheet. What is done in a ledger of one's own is done on 2 November
2018; what is done in the demonstration, by the real clock, since it carries its own day. The demonstration is a copy of
the one that all tests read; tests/commands/test_demo.py has it made.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pytest

from anjian_cli import cli
from anjian_cli.demonstration import build
from anjian_cli.errors import Fault
from support import made_up
from support.plain_environment import unmeasured

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
OF_ONE_LEDGER = ("guide/clerk-start", "guide/clerk", "guide/clerk-files", "guide/commands", "guide/install")
"""The parts in which a reader goes on with the ledger that the first of them makes, in this order."""
OF_THE_DEMONSTRATION = (
    "guide",
    "guide/clerk-records",
    "guide/clerk-scheme",
    "guide/town",
    "guide/department",
    "guide/agency",
    "guide/leadership",
    "coverage",
)
"""Those that make a demonstration of their own and can be read alone."""
OF_SEVERAL_LEDGERS = "guide/above"
"""A city's book and those of its three counties, through two months."""
WITH_SAMPLES = "guide/samples"
"""Followed where the samples are made (tests/commands/test_samples.py)."""
SCHEME = DOCS / "scheme.md"
README = ROOT / "README.md"
TODAY = "2018-11-02"
BY_THE_SHELL = 60
"""Of so many commands of a document one is run by the shell. Starting a process takes longer than most commands."""


@dataclass
class Command:
    """A command line of a document, what it must return, and the lines shown below it."""

    line: str
    code: int
    shown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class File:
    name: str
    text: str


@dataclass(frozen=True)
class ByHand:
    what: str


Step = Command | File | ByHand


def steps(document: str) -> Iterator[Step]:
    """What a document has the reader do, in order."""
    for found in re.finditer(r"^```(\w+) ?(.*?)\n(.*?)^```$|^<!-- 手工：(.+?) -->$", document, re.M | re.S):
        kind, name, body, by_hand = found.groups()
        if by_hand:
            yield ByHand(by_hand)
        elif kind in ("csv", "toml"):
            yield File(name, body)
        elif kind == "console":
            yield from _commands(body)


def _commands(body: str) -> Iterator[Command]:
    command = None
    for line in body.splitlines():
        if line.startswith("$ "):
            if command is not None:
                yield command
            text, _, code = line[2:].partition("# 退出码")
            command = Command(text.strip(), int(code or 0))
        elif command is not None and line.strip() not in ("", "……"):
            command.shown.append(line)
    if command is not None:
        yield command


def unsaid(shown: list[str], printed: str) -> list[str]:
    """The lines shown that were not printed, spaces apart; one that ends with …… need only begin a printed line."""
    lines = [" ".join(line.split()) for line in printed.splitlines()]

    def said(line: str) -> bool:
        text = " ".join(line.split())
        begin = text.removesuffix("……").rstrip()
        return text in lines or (begin != text and any(each.startswith(begin) for each in lines))

    return [line for line in shown if not said(line)]


class Desk:
    """A clerk's folder with the program at hand, whose day is `today`, or the clock's."""

    def __init__(self, folder: Path, today: str | None = TODAY) -> None:
        self.today = today
        self.folder = folder / "桌面"
        self.folder.mkdir()
        self.runs = 0
        programs = folder / "bin"
        programs.mkdir()
        anjian = programs / "anjian"
        anjian.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m anjian_cli ${{TODAY:+--today $TODAY}} "$@"\n')
        anjian.chmod(0o755)
        foreign = ("ANJIAN_", "XDG_", "COVERAGE_")
        self.foreign = [name for name in os.environ if name.startswith(foreign)]
        kept = {name: value for name, value in os.environ.items() if name not in self.foreign}
        self.environment = kept | {
            "HOME": str(folder),
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "ANJIAN_ACTOR": "经办人甲",
            "PYTHONUTF8": "1",
        }

    def run(self, line: str) -> tuple[int, str, str]:
        """Exit code, output and notes of a command line."""
        self.runs += 1
        plain = re.fullmatch(r"anjian [^|&;<>()$`\\*?#~]+", line)
        if plain is None or self.runs % BY_THE_SHELL == 2:
            return self._by_the_shell(line)
        return self._here(shlex.split(line)[1:])

    def _here(self, words: list[str]) -> tuple[int, str, str]:
        """The program run in this process."""
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(3)]
        # Hundreds of runs: what they cover, other tests cover as well, and measuring it would double their time.
        with pytest.MonkeyPatch.context() as patch, unmeasured():
            for name in self.foreign:
                patch.delenv(name, raising=False)
            for name, value in self.environment.items():
                patch.setenv(name, value)
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            patch.chdir(self.folder)
            code = cli.main([*(["--today", self.today] if self.today else []), *words])
        out, notes = (stream.detach() for stream in streams[1:])
        return code, _text(out), _text(notes)

    def _by_the_shell(self, line: str) -> tuple[int, str, str]:
        environment = self.environment | {"TODAY": self.today or ""}
        done = subprocess.run(
            line, shell=True, cwd=self.folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        return done.returncode, done.stdout, done.stderr

    def follow(self, document: str, *, literally: bool = True) -> dict[str, str]:
        """Do what a document says; returns the last output of every command. `literally`: the output is as shown."""
        said = {}
        for step in steps(document):
            match step:
                case File(name, text):
                    (self.folder / name).parent.mkdir(exist_ok=True)
                    (self.folder / name).write_text(text, encoding="utf-8")
                case ByHand(what):
                    made_up.BY_HAND[what](self.folder)
                case Command(line, _, _) if line.startswith("export "):
                    name, _, value = line.removeprefix("export ").partition("=")
                    self.environment[name] = value
                case Command(line, code, shown):
                    returned, out, notes = self.run(line)
                    assert returned == code, f"{line}\n{out}{notes}"
                    said[line] = out
                    missing = unsaid(shown, f"{out}{notes}") if literally else []
                    assert not missing, f"{line}\n{missing}\n{out}{notes}"
        return said


def _text(printed: BinaryIO) -> str:
    assert isinstance(printed, io.BytesIO)
    return printed.getvalue().decode()


@pytest.fixture(autouse=True)
def made_before(demonstration_made: tuple[Path, list[Fault]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Making the demonstration takes as long as thirty commands."""
    made, refused = demonstration_made

    def copied(path: Path, **_: str) -> list[Fault]:
        shutil.copyfile(made, path)
        return refused

    monkeypatch.setattr(build, "make", copied)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def part_of_guide(part: str) -> str:
    """A part of the guide, by where it stands in docs without its ending."""
    return (DOCS / f"{part}.md").read_text(encoding="utf-8")


@pytest.mark.unmeasured
def test_every_command_on_a_ledger_of_ones_own(desk: Desk) -> None:
    made_up.enterprises(desk.folder / "企业.csv")
    said: dict[str, str] = {}
    for part in OF_ONE_LEDGER:
        said |= desk.follow(part_of_guide(part))
    october = said["anjian bulletin --month 2018-10"]
    for unit in ("东城街道", "芝英镇", "经济开发区", "城西新区"):
        assert f"{unit} " in october


@pytest.mark.unmeasured
@pytest.mark.parametrize("part", OF_THE_DEMONSTRATION)
def test_every_command_in_the_demonstration(tmp_path: Path, part: str) -> None:
    Desk(tmp_path, today=None).follow(part_of_guide(part))


@pytest.mark.unmeasured
def test_a_city_of_three_counties_through_two_months(desk: Desk) -> None:
    said = desk.follow(part_of_guide(OF_SEVERAL_LEDGERS))
    ranked = re.findall(r"^ ([123]) +(\S+[县市]) ", said["anjian 通报 10 --范围 市"], re.M)
    assert ranked[:3] == [("1", "磐安县"), ("2", "武义县"), ("3", "永康市")]


def test_every_part_is_followed() -> None:
    every = (*OF_ONE_LEDGER, *OF_THE_DEMONSTRATION, OF_SEVERAL_LEDGERS, WITH_SAMPLES)
    followed = {part for part in every if part.startswith("guide/")}
    assert followed == {f"guide/{path.stem}" for path in (DOCS / "guide").glob("*.md")}


def headings(document: str) -> set[str]:
    """What a link may name behind # in a document: its headings, as a forge makes anchors of them."""
    outside_of_fences = re.sub(r"^```.*?^```$", "", document, flags=re.M | re.S)
    titles = re.findall(r"^#+ (.+)$", outside_of_fences, re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")], ids=lambda path: path.name
)
def test_every_link_leads_somewhere(path: Path) -> None:
    for where, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", path.read_text(encoding="utf-8")):
        there = (path.parent / where).resolve() if where else path
        assert there.exists(), where
        assert not anchor or anchor in headings(there.read_text(encoding="utf-8")), f"{where}#{anchor}"


@pytest.mark.unmeasured
def test_from_an_offices_paper_to_a_bulletin(tmp_path: Path) -> None:
    Desk(tmp_path, today="2026-11-02").follow(SCHEME.read_text(encoding="utf-8").partition("\n## 二、")[0])


@pytest.mark.unmeasured
def test_what_a_notice_asks_beside_the_scheme_in_force(tmp_path: Path) -> None:
    desk = Desk(tmp_path, today=None)
    desk.follow(SCHEME.read_text(encoding="utf-8").partition("\n## 二、")[2])
    october = desk.run("anjian --db anjian-demo.db 通报 10")[1]
    assert "职业卫生" not in october
    assert "应检" not in october


def enterprises(desk: Desk, name: str) -> bytes:
    """The enterprises as the program writes them out."""
    assert desk.run(f"anjian 企业 导出 -o {name}")[0] == 0
    return (desk.folder / name).read_bytes()


@pytest.mark.unmeasured
def test_a_gb18030_file_makes_the_same_ledger(tmp_path: Path) -> None:
    exported = []
    for encoding in ("utf-8-sig", "gb18030"):
        folder = tmp_path / encoding
        folder.mkdir()
        desk = Desk(folder)
        made_up.enterprises(desk.folder / "企业.csv", encoding)
        assert desk.run("anjian 建账 账.db --区划 330784")[0] == 0
        assert desk.run("anjian 导入 企业.csv --收正确的")[0] == 1
        exported.append(enterprises(desk, "企业导出.csv"))
    assert exported[0] == exported[1]
    assert exported[0].count(b"\r\n") == made_up.ENTERPRISES + 1


@pytest.mark.unmeasured
def test_every_command_and_picture_of_the_readme(tmp_path: Path) -> None:
    desk = Desk(tmp_path, today=None)
    document = README.read_text(encoding="utf-8")
    said = desk.follow(document)
    printed = f"{said['anjian demo']}\n{said['anjian explain 10-芝英-涉氨']}"
    pictures = "".join(re.findall(r"^```text\n(.*?)^```$", document, re.M | re.S))
    assert unsaid([line for line in pictures.splitlines() if not line.startswith("$ ")], printed) == []
    number = re.search(r"（330784115-2018-\d{4}）", said[next(line for line in said if " hazard add " in line)])
    assert number is not None
    assert said["anjian bulletin 10"].startswith("【演示数据】全是虚构的，不得外传\n永康市 2018年10月份")
    assert said["anjian month close 10"].startswith("已定稿：2018年10月，数字截至2018-10-31。")
    assert said["anjian month issue 10 --number 15"] == "已印发：2018年10月，永安委办〔2018〕15号，2018-11-02\n"
    assert re.search(r"2018-10 .*已印发 .*2018-11-02", desk.run("anjian month list")[1])

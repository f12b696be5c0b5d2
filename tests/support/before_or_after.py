"""Commands in which something goes wrong, and what must hold all the same: the ledger is as before or as after, what
was acknowledged is in it, the user is told in a line, and no half file is left."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import openpyxl

from anjian_cli.errors import Refused
from anjian_cli.ledger import write
from anjian_cli.ledger.open import reading
from oracle.figures import dump
from support import kept_ledgers
from support.failing import Ended, Wrong, run
from support.import_ledger import standing

T = ("--today", "2018-11-02", "--db", "t.db")
FIRM = "永康市精工五金厂"
HAZARD = ("hazard", "add", FIRM, "--description", "无罩", "--source", "网格巡查", "--deadline-on", "11-20")
ENTERPRISE = ("enterprise", "add", "永康市测试甲厂", "--town", "芝英", "--no-code-reason", "在办")
SETTING = ("settings", "add", "权重.安全专项整治", "--value", "2", "--from", "2018-11-01")
HEADINGS = "企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限"
MANY = 30
"""Rows of the file that is imported."""
NOT_COMPARED = ("ledger", "_sqlite_migrations")
"""What is drawn by lot, or tells the time: no two runs have it alike."""
MADE_AT = "docProps/core.xml"
OFFICE = (".xlsx", ".docx")
RECORDED = ("已记入台账", "说不准")
"""What is said where something went wrong after the operation was committed, or while it was."""


class Command(NamedTuple):
    """A command line, and the ledger that it begins with (the name of a base; None: there is none)."""

    base: str | None
    line: tuple[str, ...]
    aside: bool = False
    """Whether it is written aside, as long operations are."""
    code: int = 0
    """The exit code where nothing goes wrong."""

    @property
    def ledger(self) -> str:
        return "new.db" if self.base is None else "t.db"


COMMANDS = {
    "init": Command(None, ("init", "new.db", "--towns", "towns.csv", "--mark", "永安委办", "--today", "2018-11-02")),
    "import": Command("plain", ("import", "隐患.csv", *T)),
    "import aside": Command("plain", ("import", "隐患.csv", *T), aside=True),
    "import of the good": Command("plain", ("import", "有误.xlsx", "--accept-good", *T), code=1),
    "import refused": Command("plain", ("import", "有误.xlsx", *T), code=1),
    "import of a folder": Command("plain", ("import", "收件", *T), code=1),
    "enterprise add": Command("plain", (*ENTERPRISE, *T)),
    "hazard add": Command("plain", (*HAZARD, *T)),
    "hazard close": Command("plain", ("hazard", "close", "江南-1", "--rectified", "11-1", "--accepted-by", "丙", *T)),
    "hazard void": Command("plain", ("hazard", "void", "江南-1", "--why", "重复", *T)),
    "trusteeship end": Command("plain", ("trusteeship", "end", "江南-1", "--on", "10-31", "--why", "停产", *T)),
    "settings add": Command("plain", (*SETTING, *T)),
    "filing confirm": Command("filed", ("filing", "confirm", "10", "石柱", "--by", "乙", *T)),
    "month text": Command("plain", ("month", "text", "10", "四", "-f", "要求.txt", *T)),
    "month close": Command("plain", ("month", "close", "10", "--yes", *T)),
    "month issue": Command("closed", ("month", "issue", "10", "--number", "15", "--yes", *T)),
    "undo": Command("filed", ("undo", *T)),
    "undo of an import": Command("imported", ("undo", *T)),
    "undo aside": Command("imported", ("undo", *T), aside=True),
    "upgrade": Command("old", ("upgrade", "--clock-right", *T)),
    "bulletin csv": Command("plain", ("bulletin", "10", "-o", "o.csv", *T)),
    "bulletin docx": Command("plain", ("bulletin", "10", "-o", "o.docx", *T)),
    "bulletin xlsx": Command("plain", ("bulletin", "10", "-o", "o.xlsx", *T)),
    "bulletin html": Command("plain", ("bulletin", "10", "-o", "o.html", *T)),
    "export": Command("plain", ("export", "-o", "all.xlsx", *T)),
    "export with phones": Command("plain", ("export", "--with-phones", "-o", "all.xlsx", *T)),
    "todo of each town": Command("plain", ("todo", "--each-town", "-o", "todo/", *T)),
    "template of each town": Command("plain", ("template", "--each-town", "-o", "tpl/", *T)),
    "bulletin set": Command("plain", ("bulletin", "10", "-o", "set/", *T)),
    "backup": Command("plain", ("backup", *T)),
    "restore": Command("imported", ("restore", "备份件", "--yes", *T)),
    "demo": Command(None, ("demo", "--db", "new.db")),
}


@dataclass
class Tally:
    """How many runs ended how."""

    runs: int = 0
    before: int = 0
    after: int = 0
    killed: int = 0
    bad: list[str] = field(default_factory=list)


class Bench:
    """Folders in which commands are run, and the ledgers they begin with."""

    def __init__(self, folder: Path) -> None:
        self.bases, self.work = folder / "原", folder / "台"
        self.bases.mkdir()
        self._seen: dict[bytes, str] = {}
        standing(self.bases / "plain.db")
        kept_ledgers.ledger(3, self.bases / "old.db")
        _inputs(self.bases)
        filing = ("filing", "add", "石柱镇", "--month", "2018-10", "--method", "微信", *T)
        for name, line in {
            "filed": filing,
            "closed": ("month", "close", "10", "--yes", *T),
            "imported": ("import", "隐患.csv", *T),
        }.items():
            self._lay(Command("plain", line))
            ended = run(self.work, line)
            assert ended.code == 0, ended.said
            shutil.copy(self.work / "t.db", self.bases / f"{name}.db")
        shutil.copy(self.bases / "filed.db", self.bases / "备份件")

    def tried(
        self, command: Command, layer: str, ways: Sequence[str], choose: Callable[[int], Iterable[int]], tally: Tally
    ) -> None:
        """Run a command once as it is, and once with each fault of a layer, in each of these ways, at the calls that
        `choose` says of so many; what does not hold is in `tally.bad`."""
        ledger = self.work / command.ledger
        self._lay(command)
        before, files_before = self._state(ledger), self._files(ledger)
        clean = self._run(command, Wrong(layer))
        assert clean.code == command.code, clean.said
        after, files_after = self._state(ledger), self._files(ledger)
        for wrong in (Wrong(layer, how, at) for how in ways for at in choose(clean.calls)):
            self._lay(command)
            ended = self._run(command, wrong)
            state = self._state(ledger)
            tally.runs += 1
            tally.before += state == before != after
            tally.after += state == after
            tally.killed += ended.code < 0
            for what in (
                *_of_ledger(state, before, after, ended, clean),
                *_of_lines(ended, clean),
                *self._of_files(command, ledger, ended, clean, files_before, files_after),
            ):
                tally.bad.append(f"{wrong.layer} {wrong.how} at {wrong.at}: {what}: {ended.said[-200:]!r}")

    def _of_files(
        self,
        command: Command,
        ledger: Path,
        ended: Ended,
        clean: Ended,
        before: dict[str, bytes],
        after: dict[str, bytes],
    ) -> Iterator[str]:
        files = self._files(ledger)
        for name, content in before.items():
            if files.get(name) != content and after.get(name) == content:
                yield f"{name} is not what it was"
        for name in after.keys() & files.keys() - before.keys():
            if not _alike(name, files[name], after[name]):
                yield f"{name} has its name and is not whole"
        if ended.code == clean.code and not files.keys() >= after.keys() and "没有" not in ended.said:
            yield f"{sorted(after.keys() - files.keys())} is missing"
        left = files.keys() - after.keys() - before.keys()
        if not left:
            return
        for name in files.keys() - left - before.keys():  # the user is told of what is there, and takes it away
            (self.work / name).unlink()
        if command.base is None:
            ledger.unlink(missing_ok=True)
        else:
            shutil.copy(self.bases / f"{command.base}.db", ledger)
            Path(f"{ledger}-journal").unlink(missing_ok=True)
        again = self._run(command, None)
        left = self._files(ledger).keys() - after.keys() - before.keys()
        if again.code != clean.code:
            yield f"the next run ended with {again.code}: {again.said[-200:]}"
        if left:
            yield f"{sorted(left)} was left, and the next run did not take it away"

    def _run(self, command: Command, wrong: Wrong | None) -> Ended:
        def prepare() -> None:
            if command.aside:
                write.LONG = MANY // 2

        return run(self.work, command.line, wrong, prepare=prepare)

    def _lay(self, command: Command) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.bases, self.work, ignore=shutil.ignore_patterns("*.db"))
        if command.base is not None:
            shutil.copy(self.bases / f"{command.base}.db", self.work / "t.db")

    def _files(self, ledger: Path) -> dict[str, bytes]:
        """All files but the ledger and its journal: what is in them, or for a ledger only that it can be read."""
        own = (ledger.name, f"{ledger.name}-journal")
        found = (path for path in self.work.rglob("*") if path.is_file() and path.name not in own)
        return {
            str(path.relative_to(self.work)): self._state(path).encode() if path.suffix == ".db" else path.read_bytes()
            for path in found
        }

    def _state(self, ledger: Path) -> str:
        """What a ledger holds, in a few letters; why it cannot be read."""
        if not ledger.exists():
            return "none"
        journal = Path(f"{ledger}-journal").exists()
        content = hashlib.sha256(ledger.read_bytes()).digest()
        if content not in self._seen or journal:
            try:
                with closing(reading(ledger, older=True)) as connection:
                    told = {table: rows for table, rows in dump(connection).items() if table not in NOT_COMPARED}
                state = hashlib.sha256(repr(told).encode()).hexdigest()
            except (Refused, sqlite3.Error) as error:
                state = f"cannot be read: {error}"
            if journal:
                return state
            self._seen[content] = state
        return self._seen[content]


def _alike(name: str, content: bytes, wanted: bytes) -> bool:
    """Whether a file is what it is where nothing goes wrong, but for the moment at which it was made."""
    if Path(name).suffix not in OFFICE:
        return content == wanted
    told = []
    for file in (content, wanted):
        try:
            with zipfile.ZipFile(io.BytesIO(file)) as package:
                told.append({each.filename: each.CRC for each in package.infolist() if each.filename != MADE_AT})
        except zipfile.BadZipFile:
            return False
    return told[0] == told[1]


def whole(path: Path) -> bool:
    """Whether a file of an office program, of which parts cannot be read, or any other file is not cut off."""
    if path.suffix in OFFICE:
        return zipfile.is_zipfile(path)
    ends = {".pdf": b"%%EOF", ".png": b"IEND", ".html": b"</html>"}
    return path.stat().st_size > 0 and ends.get(path.suffix, b"") in path.read_bytes()[-64:]


def _of_ledger(state: str, before: str, after: str, ended: Ended, clean: Ended) -> Iterator[str]:
    if state not in (before, after):
        yield f"the ledger is neither as before nor as after ({state[:80]})"
    elif ended.code == clean.code and state != after:
        yield "it was acknowledged and is lost"
    elif (
        ended.code > 0
        and ended.code != clean.code
        and state == after != before
        and not any(words in ended.said for words in RECORDED)
    ):
        yield "it is in the ledger and was not said to be"


def _of_lines(ended: Ended, clean: Ended) -> Iterator[str]:
    if "Traceback" in ended.said or ended.code == 250:
        yield "a traceback"
    if "E901" in ended.said:
        yield "an error of the program"
    if ended.code > 0 and ended.code != clean.code and not re.search("〔[EN][0-9]+〕|已中断", ended.said):
        yield f"no line says why it ended with {ended.code}"


def _inputs(folder: Path) -> None:
    rows = [f"{FIRM},2018-10-{1 + row % 30:02},网格巡查,一般,配电箱无盖{row},2018-11-15" for row in range(MANY)]
    (folder / "towns.csv").write_text("区划代码,名称\n330784001,东城街道\n330784115,芝英镇\n", encoding="utf-8")
    (folder / "要求.txt").write_text("一、加强。\n二、落实。\n", encoding="utf-8")
    (folder / "隐患.csv").write_text("\n".join([HEADINGS, *rows, ""]), encoding="utf-8")
    (folder / "收件").mkdir()
    (folder / "收件" / "江南街道.csv").write_text("\n".join([HEADINGS, *rows[:9], ""]), encoding="utf-8")
    (folder / "收件" / "芝英镇.csv").write_text(f"{HEADINGS}\n没有这家,2018-13-1,x,一般,y,\n", encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (HEADINGS, *rows[:8]):
        sheet.append(line.split(","))
    sheet["B4"], sheet["D6"] = "2018-13-2", "较大"
    book.save(folder / "有误.xlsx")

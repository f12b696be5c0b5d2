"""Interrupt commands at many moments, as Ctrl-C or the system does it: they say what became of it, and that holds."""

from __future__ import annotations

import random
import re
import shutil
import signal
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from anjian_cli.ledger.check import check
from anjian_cli.ledger.open import reading
from support.before_or_after import whole
from support.failing import OUT, Ended, run
from support.import_ledger import operations
from support.kills import COMMANDS, Killer, Rows, T

LINES = {
    **COMMANDS,
    "export all": ("export", "--all", "整本", *T),
    "export book": ("export", "-o", "全部.xlsx", *T),
    "import all": ("import", "--all", "先前导出的", "--db", "n.db"),
    "list": ("hazard", "list", "-o", "隐患表.csv", *T),
    "page": ("bulletin", "10", "-o", "通报.html", *T),
    "letter": ("bulletin", "10", "-o", "通报.docx", *T),
    "backup": ("backup", "备份盘", *T),
    "restore": ("restore", "先前.db", "--yes", *T),
    "check": ("check", *T),
    "todo": ("todo", "60", "--each-town", "-o", "各镇", *T),
}
WRITING = {"import", "import aside", "hazard close", "month close", "undo", "export all"}
"""What is an operation of the ledger."""
SAID = re.compile("\\A(.*\n)*已中断，(?P<state>.+)。要做完的，请再运行一次。〔E902〕\n\\Z")


class Interrupter(Killer):
    """A folder in which commands are interrupted. `found` counts what became of them; `bad` says what does not hold."""

    lines = LINES

    def __init__(self, template: Path, folder: Path, rows: Rows, commands: Sequence[str] = tuple(LINES)) -> None:
        super().__init__(template, folder, rows, ())
        (folder / "备份盘").mkdir()
        shutil.copy(template, folder / "先前.db")
        if "import all" in commands:
            shutil.copy(template, folder / "t.db")
            assert run(folder, ("export", "--all", "先前导出的", *T)).code == 0
        self._laid = self._names() - {"t.db"}
        for name in commands:
            self._measure(name)

    def interrupt(self, rng: random.Random, by: signal.Signals) -> None:
        """Interrupt one command at one moment. It ends at once, says truly what became of it and leaves nothing but
        what it says; and the same command then runs to its end."""
        name = rng.choice(sorted(self._whole))
        self._lay()
        before, content = operations(self.folder / "t.db"), (self.folder / "t.db").read_bytes()
        ended = self._run(name, self._whole[name] * rng.uniform(0.0, 1.05) + 0.01, by)
        if ended.code == 0:
            self.found["ended"] += 1
            return
        self.found["interrupted"] += 1
        self.bad += [f"{name}: {what}" for what in self._wrong(name, ended, before, content)]
        state = ended.said
        for made in self._names() - self._laid - {"t.db"}:
            path = self.folder / made
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        if not (name in WRITING and "已记入台账" in state) and (again := self._run(name, None, by)).code:
            self.bad.append(f"{name}: the next run ended with {again.code}: {again.said}")

    def _wrong(self, name: str, ended: Ended, before: int, content: bytes) -> list[str]:
        told = SAID.match(ended.said)
        if ended.code != 130 or told is None or "Traceback" in ended.said:
            return [f"it ended with {ended.code}: {ended.said}"]
        state, wrong = told["state"], []
        recorded = operations(self.folder / "t.db") - before
        self.found["after" if recorded else "before"] += 1
        if name != "restore" and recorded != ("此前已记入台账" in state):
            wrong.append(f"{recorded} operations, and it says {state}")
        if not recorded and name != "restore" and (self.folder / "t.db").read_bytes() != content:
            wrong.append("the ledger is not as it was")
        for ledger in self.folder.glob("*.db"):
            with closing(reading(ledger)) as connection:
                wrong += [f"{ledger.name}: {fault}" for fault in check(connection)]
        for made in sorted(self._names() - self._laid - {"t.db"}):
            if made not in state:
                wrong.append(f"{made} is there, and it says {state}")
            path = self.folder / made
            if any(each.is_file() and not whole(each) for each in (path, *path.rglob("*"))):
                wrong.append(f"{made} is not whole")
        return wrong

    def _names(self) -> set[str]:
        """All that lies in the folder, hidden ones too; of folders in which a command makes one file, these."""
        within = {f"备份盘/{path.name}" for path in (self.folder / "备份盘").iterdir()}
        return {path.name for path in self.folder.iterdir()} - {OUT, ".err", ".config"} | within

    def _lay(self) -> None:
        for made in self._names() - self._laid if hasattr(self, "_laid") else ():
            path = self.folder / made
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        shutil.copy(self.template, self.folder / "t.db")

"""县级2026 less 事故控制 and 社会化服务, in a county without villages: all goes out, and nothing of what is not
asked."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pypdf
import pytest
from docx import Document

from anjian_cli import cli
from support import county
from support.plain_environment import unmeasured

pytestmark = pytest.mark.unmeasured
Run = Callable[..., str]
LESS = ("事故控制", "社会化服务")
NOT_ASKED = (
    "社会化服务",
    "托管",
    "服务次数",
    "较大事故",
    "事故起数",
    "死亡",
    "控制数",
    "责任村",
    "职业卫生",
    "智慧用电",
)
PRINTED = (
    ("bulletin", "10"),
    ("bulletin", "10", "青溪"),
    ("bulletin", "10", "--format", "csv"),
    ("bulletin", "10", "--format", "json"),
    ("bulletin", "9"),
    ("brief", "10"),
    ("month", "check", "10"),
    ("month", "diff", "9"),
    ("explain", "10-南坪-得分"),
    ("explain", "10", "南坪", "排名"),
    ("indicator", "list"),
    ("scheme", "show"),
)
FILES = (
    ("bulletin", "10", "南坪", "-o", "南坪.html"),
    ("bulletin", "10", "南坪", "-o", "南坪.docx"),
    ("bulletin", "10", "-o", "印发/"),
)
"""The set has letter, page, workbooks of the county and of each town, and the leadership's page."""
GONE_OUT = (
    ("todo",),
    ("todo", "--each-town", "-o", "待办/"),
    ("template", "任务", "-o", "任务.xlsx"),
    ("template", "--each-town", "--town", "青溪", "-o", "各镇/"),
    ("bulletin", "11"),
    ("month", "close", "10", "--yes"),
    ("bulletin", "10", "-o", "定稿.docx"),
    ("month", "issue", "10", "--number", "15", "--yes"),
    ("check",),
)


@pytest.fixture(scope="module")
def less(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with unmeasured():
        return county.made(tmp_path_factory.mktemp("少") / "a.db", *LESS)


@pytest.fixture
def run(less: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ANJIAN_DB", str(shutil.copy(less, tmp_path / "a.db")))

    def run(*line: str) -> str:
        capsys.readouterr()
        done = cli.main(["--today", "2026-11-02", *line])
        said = capsys.readouterr()
        assert done == 0, (line, said.err)
        return said.out + said.err

    return run


def test_nothing_is_said_of_what_is_not_asked(run: Run) -> None:
    assert found((" ".join(line), run(*line)) for line in PRINTED) == []
    # What falls due is told of all records that there are: a contract that is no task still ends.
    assert found([("status", "\n".join(line for line in run("status").splitlines() if "[到期]" not in line))]) == []


def test_nothing_is_written_of_what_is_not_asked(run: Run, tmp_path: Path) -> None:
    for line in FILES:
        run(*line)
    files = [path for path in sorted(tmp_path.rglob("*.*")) if path.suffix in READ]
    assert {path.suffix for path in files} >= {".docx", ".xlsx", ".html"}
    assert found((str(path.relative_to(tmp_path)), READ[path.suffix](path)) for path in files) == []


def test_all_that_goes_out_goes_out(run: Run) -> None:
    for line in GONE_OUT:
        run(*line)
    assert "得分表" in run("bulletin", "10")


def found(told: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Where something is said of what is not asked: the output, and the words about it."""
    return [
        (output, text[max(0, at - 20) : at + 20])
        for output, text in told
        for word in NOT_ASKED
        for at in [text.find(word)]
        if at >= 0
    ]


def of_letter(path: Path) -> str:
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def of_workbook(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)


def of_print(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


READ: dict[str, Callable[[Path], str]] = {
    ".docx": of_letter,
    ".xlsx": of_workbook,
    ".pdf": of_print,
    ".html": lambda path: path.read_text(encoding="utf-8"),
    ".json": lambda path: path.read_text(encoding="utf-8"),
    ".csv": lambda path: path.read_text(encoding="utf-8-sig"),
    ".txt": lambda path: path.read_text(encoding="utf-8"),
}

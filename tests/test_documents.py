"""The documents for those who work here are true: what is cited is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from anjian_cli import __version__

ROOT = Path(__file__).parent.parent
ARCHITECTURE = ROOT / "docs" / "architecture.md"
SOURCES = ROOT / "src" / "anjian_cli"
DOCUMENTS = (
    ARCHITECTURE,
    ROOT / "docs" / "adding-a-record.md",
    ROOT / "docs" / "decisions.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "README.md",
    ROOT / "benchmarks" / "README.md",
    ROOT / "docs" / "promises.md",
)


def test_every_rule_that_the_code_cites_is_in_the_table_and_the_other_way_round() -> None:
    defined = re.findall(r"^\| (R\d+) \|", ARCHITECTURE.read_text(encoding="utf-8"), re.M)
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    cited = set(re.findall(r"\bR\d+\b", text))
    for first, last in re.findall(r"\bR(\d+)\s+to\s+R(\d+)\b", text):
        cited |= {f"R{number}" for number in range(int(first), int(last) + 1)}
    assert defined == [f"R{number}" for number in range(1, 25)]
    assert cited == set(defined)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    """By its whole path, or by the end of it."""
    files = {path.relative_to(ROOT).as_posix() for of in (".", "data", "docs", "src", "tests", "benchmarks")
             for path in (ROOT / of).glob("*" if of == "." else "**/*")}  # fmt: skip
    named = re.findall(r"`([^`\s<>*]+\.(?:py|sql|md|toml))`", document.read_text(encoding="utf-8"))
    assert [name for name in named if not any(f"/{path}".endswith(f"/{name}") for path in files)] == []


@pytest.mark.parametrize("folder", ["ledger", "bulletin", "exchange", "render"])
def test_every_room_of_a_floor_is_on_the_plan_once(folder: str) -> None:
    (row,) = re.findall(rf"^\| `{folder}/` \| (.*: .*) \|$", ARCHITECTURE.read_text(encoding="utf-8"), re.M)
    rooms = [path.stem for path in (SOURCES / folder).glob("*.py") if path.stem != "__init__"]
    assert sorted(re.findall(r"`(\w+)`", row)) == sorted(rooms)


def test_the_version_is_said_once_and_the_changes_begin_with_it() -> None:
    told = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    assert told is not None
    assert told[1] == __version__
    changes = re.findall(r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert changes[0] == __version__


def test_every_test_that_proves_a_promise_is_there() -> None:
    cells = re.findall(r"^\| (`(?:tests/|::).*?) \| .* \|$", (ROOT / "docs" / "promises.md").read_text("utf-8"), re.M)
    assert len(cells) > 25
    missing = []
    for cell in cells:
        path = ""
        for named in re.findall(r"`([^`]+)`", cell):
            told, _, name = named.partition("::")
            path = told or path
            text = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).is_file() else ""
            missing += [named] if not text or any(f" {part}(" not in text and f" {part}:" not in text
                                                  for part in name.split("::") if part) else []  # fmt: skip
    assert missing == []

"""Files that look right and are wrong: each is refused, asked about, or said in a line that names the row.

Where nothing can tell (a year that slipped in all rows and breaks no rule), the days and sums of the answer show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from anjian_cli import cli
from commands.slips import AGENCY, MUTATIONS, NOTHING_TELLS, STANDING, TOWNS, VALID, Mutation, Rows, rows_of
from support.sweeps import sweep


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small ledger in a folder of its own; nothing is written to it any more."""
    folder = tmp_path_factory.mktemp("县")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in ("HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(folder))
        patch.setenv("ANJIAN_DB", str(folder / "a.db"))
        Path("镇街.csv").write_text(TOWNS, encoding="utf-8")
        assert cli.main(["--today", "2018-11-02", "init", "a.db", "--towns", "镇街.csv"]) == 0
        assert cli.main(["--today", "2018-11-02", "agency", "add", AGENCY]) == 0
        for name, text in STANDING.items():
            Path(name).write_text(text, encoding="utf-8")
            assert cli.main(["--today", "2018-11-02", "import", name, "--office"]) == 0
        yield folder


def answer(rows: Rows, name: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What is said of a file that is only tried."""
    if name.endswith(".xlsx"):
        book = Workbook()
        sheet: Any = book.active
        for row in rows:
            sheet.append(row)
        book.save(name)
    else:
        Path(name).write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    capsys.readouterr()
    office = [] if "镇" in name else ["--office"]
    done = cli.main(["--today", "2018-11-02", "import", name, "--dry-run", *office])
    said = capsys.readouterr()
    return done, said.out + said.err


@pytest.mark.unmeasured
@pytest.mark.usefixtures("county")
@sweep("at", range(len(MUTATIONS)), ids=lambda at: f"{MUTATIONS[at].kind}: {MUTATIONS[at].name}", keep=40)
def test_it_does_not_go_in_unseen(at: int, capsys: pytest.CaptureFixture[str]) -> None:
    """By turns in a text and in a workbook."""
    mutation: Mutation = MUTATIONS[at]
    name = mutation.file.replace(".csv", ".xlsx") if at % 2 else mutation.file
    rows = rows_of(mutation.kind)
    mutation.change(rows)
    done, said = answer(rows, name, capsys)
    assert done == (0 if mutation.taken else 1), said
    for part in mutation.comes.split("…"):
        assert part in said
    if mutation.taken and (mutation.kind, mutation.name) not in NOTHING_TELLS:
        _, right = answer(rows_of(mutation.kind), name, capsys)
        assert said.splitlines()[1:] != right.splitlines()[1:]


@pytest.mark.unmeasured
@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("kind", VALID)
def test_what_is_right_goes_in(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    done, said = answer(rows_of(kind), "表.csv", capsys)
    assert done == 0, said
    assert "〔" not in said


def test_there_are_enough() -> None:
    assert len(MUTATIONS) >= 60
    assert len(NOTHING_TELLS) <= 6
    assert {mutation.kind for mutation in MUTATIONS} == VALID.keys()
    assert len({(mutation.kind, mutation.name) for mutation in MUTATIONS}) == len(MUTATIONS)

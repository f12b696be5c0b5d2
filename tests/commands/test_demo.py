"""`anjian demo`: its own file, the bulletin at once, and nothing else touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from anjian_cli import cli
from anjian_cli.errors import Fault
from anjian_cli.workflow import demonstration


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ANJIAN_DB", raising=False)
    return tmp_path


@pytest.fixture
def made_before(demonstration_made: tuple[Path, list[Fault]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Making the ledger takes seconds: it is made by one test here, and copied by the others."""
    made, refused = demonstration_made

    def copied(path: Path, **_: str) -> list[Fault]:
        shutil.copyfile(made, path)
        return refused

    monkeypatch.setattr(demonstration, "make", copied)


def test_it_prints_october_and_how_to_go_on(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--today", "2018-11-02", "演示"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("【演示数据】")
    assert "2018年10月份安全生产重点工作通报" in said.out
    assert said.err.rstrip().endswith("anjian --db anjian-demo.db 明细 10-芝英-涉氨")
    assert [path.name for path in desk.iterdir()] == ["anjian-demo.db"]


@pytest.mark.usefixtures("made_before")
def test_it_tells_what_was_refused_on_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["demo"]) == 0
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("途中")]
    assert line.startswith("途中有4行被退回：企业：校验码不符，其中至少录错一位〔E222〕；托管合同：")
    assert [code for code in ("E222", "E411", "E425", "E439") if f"〔{code}〕" in line] == [
        "E222",
        "E411",
        "E425",
        "E439",
    ]


@pytest.mark.usefixtures("made_before")
def test_what_it_says_to_try_works_years_later(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["demo"]) == 0
    capsys.readouterr()
    assert cli.main(["--db", "anjian-demo.db", "明细", "10-芝英-涉氨"]) == 0
    assert "4家，年度任务4家" in capsys.readouterr().out


@pytest.mark.usefixtures("made_before")
def test_it_is_not_remembered(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["demo"]) == 0
    assert cli.main(["通报", "10"]) == 6
    assert "E612" in capsys.readouterr().err


@pytest.mark.usefixtures("made_before")
@pytest.mark.parametrize("how", ["option", "environment"])
def test_another_file(
    how: str, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if how == "environment":
        monkeypatch.setenv("ANJIAN_DB", "试 用.db")
    assert cli.main(["demo", *(["--db", "试 用.db"] if how == "option" else [])]) == 0
    assert (desk / "试 用.db").exists()
    assert 'anjian --db "试 用.db" 明细' in capsys.readouterr().err


def test_never_over_a_file_that_is_there(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "anjian-demo.db").write_text("mine")
    assert cli.main(["demo"]) == 6
    assert "E616" in capsys.readouterr().err
    assert (desk / "anjian-demo.db").read_text() == "mine"

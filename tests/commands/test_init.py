"""`anjian init`: where the ledger comes to lie, whose it is, and that nothing half-made stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from anjian_cli import cli

TOWNS = "code,name\n330784115,芝英镇\n330784003,江南街道\n"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("ANJIAN_DB", raising=False)
    return tmp_path


def settings(capsys: Captured) -> dict[str, str]:
    capsys.readouterr()
    assert cli.main(["settings", "list", "--format", "csv"]) == 0
    rows = [line.split(",") for line in capsys.readouterr().out.splitlines()[1:]]
    return {row[1]: row[2] for row in rows}


def test_nothing_said_but_the_region(home: Path, capsys: Captured) -> None:
    assert cli.main(["init", "--region", "330784"]) == 0
    assert (home / "data" / "anjian" / "安监台账.db").exists()
    found = settings(capsys)  # the ledger is remembered
    assert found["region_name"] == "永康市"
    assert found["issuer"] == "永康市安全生产委员会办公室"
    assert found["document_mark"] == "永安委办"


def test_a_folder_and_what_is_said(home: Path, capsys: Captured) -> None:
    (home / "安监").mkdir()
    line = ["建账", "安监", "--区划", "330784", "--单位", "某办", "--代字", "某字", "--经办人", "甲", "--台账字母", "b"]
    assert cli.main(line) == 0
    assert (home / "安监" / "安监台账.db").exists()
    found = settings(capsys)
    assert (found["issuer"], found["document_mark"], found["clerk"]) == ("某办", "某字", "甲")
    assert found["ledger_letter"] == "B"
    assert cli.main(["village", "list"]) == 0
    assert cli.main(["enterprise", "add", "某厂", "--无代码原因", "家庭作坊"]) == 0
    assert "330784-" in capsys.readouterr().out
    assert cli.main(["enterprise", "list", "--format", "csv"]) == 0
    assert "-B0001," in capsys.readouterr().out


def test_where_db_says(home: Path, capsys: Captured) -> None:
    assert cli.main(["--db", "a.db", "init", "--region", "330784"]) == 0
    assert (home / "a.db").exists()
    capsys.readouterr()
    assert cli.main(["init", "a.db", "--region", "330784"]) == 6
    assert "E616" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ([], "E107"),
        (["--region", "33078"], "E226"),
        (["--region", "999999"], "E106"),
        (["--region", "330784", "--letter", "AB"], "E203"),
        (["--towns", "没有.csv"], "E305"),
        (["--towns", "bad.csv"], "E226"),
        (["--towns", "far.csv"], "E107"),
    ],
)
def test_what_is_refused_leaves_nothing(home: Path, capsys: Captured, said: list[str], code: str) -> None:
    (home / "bad.csv").write_text("code,name\n12,甲镇\n", encoding="utf-8")
    (home / "far.csv").write_text("code,name\n330784115,芝英镇\n110101001,甲街道\n", encoding="utf-8")
    assert cli.main(["init", "a.db", *said]) != 0
    assert code in capsys.readouterr().err
    assert not (home / "a.db").exists()
    assert not list(home.glob("a.db*"))


def test_a_prefecture_from_its_towns(home: Path, capsys: Captured) -> None:
    (home / "towns.csv").write_text(TOWNS + "330702001,城东街道\n", encoding="utf-8")
    assert cli.main(["init", "a.db", "--towns", "towns.csv"]) == 0
    assert settings(capsys)["region_name"] == "金华市"

"""`anjian doctor`: a line for each thing that was looked at, with the remedy where it is not as it should be."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import tomllib
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from anjian_cli import cli
from anjian_cli.commands import drive, installed
from anjian_cli.errors import refused
from anjian_cli.ledger import able
from anjian_cli.render.office import typeset

Run = Callable[..., str]


@pytest.fixture(autouse=True)
def a_computer_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this computer lacks, the tests' has."""
    monkeypatch.setattr(typeset, "missing", lambda: None)
    monkeypatch.setattr(installed, "amiss", list)
    monkeypatch.setattr(drive, "MOUNTS", Path("/nowhere"))


def lines(said: str, what: str) -> list[str]:
    return [line for line in said.splitlines() if line.partition("　")[2].startswith(f"{what}：")]


def test_all_is_well(new_county: Run) -> None:
    said = new_county("自检")
    assert [line[:2] for line in said.splitlines()] == ["正常"] * 10 + ["可以"]
    assert "a.db（ANJIAN_DB），第8版，做过" in said
    assert said.splitlines()[-1] == "可以用，没有要留意的。"


def test_as_json_it_says_the_same(new_county: Run) -> None:
    found = json.loads(new_county("doctor", "--format", "json"))
    assert {each["state"] for each in found} == {"ok"}
    assert all(set(each) == {"what", "state", "told", "remedy", "code"} for each in found)
    assert [each["what"] for each in found if each["what"] == "SQLite"] == ["SQLite"]


def test_it_changes_nothing(new_county: Run, tmp_path: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in tmp_path.rglob("*") if path.is_file()}
    new_county("自检")
    after = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before


def test_without_a_ledger_it_is_a_note_and_one_that_is_not_there_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("ANJIAN_DB", raising=False)
    assert cli.main(["doctor"]) == 0
    (told,) = lines(capsys.readouterr().out, "台账")
    assert told.startswith("留意")
    assert told.endswith("〔E612〕")
    assert cli.main(["--db", str(tmp_path / "没有.db"), "doctor"]) == 6
    told = capsys.readouterr().out
    assert "〔E611〕" in told
    assert told.splitlines()[-1] == "1处不行，先按上面说的办。"
    assert not (tmp_path / "没有.db").exists()


def test_what_is_no_ledger_of_ours(new_county: Run, tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("什么也不是" * 100, encoding="utf-8")
    assert "〔E613〕" in new_county("自检", code=6)


def test_a_broken_off_writing_is_told_and_not_mended(new_county: Run, tmp_path: Path) -> None:
    journal = tmp_path / "a.db-journal"
    journal.write_bytes(b"x")
    (told,) = lines(new_county("自检"), "台账")
    assert told.startswith("留意")
    assert "写到一半断了" in told
    assert journal.read_bytes() == b"x"


@pytest.mark.skipif(os.name != "posix", reason="other rights")
def test_a_ledger_that_others_may_read(new_county: Run, tmp_path: Path) -> None:
    (tmp_path / "a.db").chmod(0o644)
    (told,) = lines(new_county("自检"), "权限")
    assert told.startswith("留意")
    assert "权限644" in told
    assert "chmod 600" in told


def test_a_ledger_that_cannot_be_written(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    (told,) = lines(new_county("自检", code=6), "权限")
    assert told.startswith("不行")
    assert told.endswith("〔E638〕")


@pytest.mark.parametrize(("free", "code", "begins"), [(10_000, 6, "不行"), (50_000_000, 0, "留意")])
def test_a_disk_that_is_full(
    new_county: Run, monkeypatch: pytest.MonkeyPatch, free: int, code: int, begins: str
) -> None:
    monkeypatch.setattr(drive, "free", lambda _: free)
    (told,) = lines(new_county("自检", code=code), "磁盘")
    assert told.startswith(begins)


def test_a_network_drive(new_county: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"//server/x {tmp_path} cifs rw 0 0\n/dev/a / ext4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(drive, "MOUNTS", mounts)
    (told,) = lines(new_county("自检"), "磁盘")
    assert told.startswith("留意")
    assert "（cifs）" in told
    mounts.write_text(f"//server/x {tmp_path}x cifs rw 0 0\n/dev/a / ext4 rw 0 0\n", encoding="utf-8")
    assert lines(new_county("自检"), "磁盘")[0].startswith("正常")


def test_a_clock_that_is_behind(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anjian_cli.commands.session.Session.now", lambda _: "2018-01-01T00:00:00Z")
    (told,) = lines(new_county("自检", code=6), "时钟")
    assert told.startswith("不行")
    assert told.endswith("〔E629〕")


def test_an_old_sqlite_and_one_that_lacks_something(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(able, "_NEEDED", {"新东西": "SELECT no_such_function(1)", "旧东西": "SELECT 1"})
    assert able.lacking() == ["新东西"]
    assert "缺少新东西" in new_county("自检", code=6)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    assert "〔E618〕" in lines(new_county("自检", code=6), "SQLite")[0]


def test_libraries_that_are_missing_or_old(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    of = {library.name: library for library in installed.LIBRARIES}
    found = [installed.Amiss(of["pyrage"], ""), installed.Amiss(of["typst"], "0.13.0")]
    monkeypatch.setattr(installed, "amiss", lambda: found)
    missing, old = lines(new_county("自检"), "组件")
    assert missing.startswith("留意")
    assert 'pip install "pyrage>=1.2.1"' in missing
    assert "备份不能加密" in missing
    assert "版本0.13.0太旧，要0.15以上" in old
    found.append(installed.Amiss(of["openpyxl"], ""))
    assert lines(new_county("自检", code=6), "组件")[2].startswith("不行")


def test_what_is_installed_is_held_against_the_oldest_that_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the real one

    def version(name: str) -> str:
        if name == "pyrage":
            raise metadata.PackageNotFoundError(name)
        return {"typer": "0.27.9", "rich": "13.10"}.get(name, "99")

    monkeypatch.setattr(metadata, "version", version)
    assert [(each.library.name, each.found) for each in installed.amiss()] == [("typer", "0.27.9"), ("pyrage", "")]


def test_the_libraries_are_those_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["backup"]]
    told = {found[1]: found[2] for line in asked if (found := re.match(r"([\w-]+)>=([\d.]+)", line))}
    assert {library.name: library.oldest for library in installed.LIBRARIES} == told


def test_without_a_chinese_font(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "missing", lambda: refused("E623"))
    (told,) = lines(new_county("自检"), "字体")
    assert told.startswith("留意")
    assert "请装一种中文字体" in told


@pytest.mark.skipif(os.name != "posix", reason="other rights")
def test_the_signing_key(new_county: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = tmp_path / "signing.key"
    key.write_text("x", encoding="utf-8")
    monkeypatch.setenv("ANJIAN_KEY", str(key))
    key.chmod(0o644)
    assert "〔N338〕" in lines(new_county("自检"), "签名")[0]
    key.chmod(0o600)
    assert lines(new_county("自检"), "签名")[0].startswith("正常")


def test_a_terminal_that_cannot_write_chinese() -> None:
    from anjian_cli.commands.doctor import _terminal

    def at(encoding: str) -> str:
        return _terminal(SimpleNamespace(out=SimpleNamespace(encoding=encoding), terminal=True, width=80)).state  # type: ignore[arg-type]

    assert at("ascii") == "note"
    assert {at("gbk"), at("utf-8")} == {"ok"}

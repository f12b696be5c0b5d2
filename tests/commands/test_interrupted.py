"""What is said of an interruption is what the ledger holds, at the very moments at which one might be wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from anjian_cli.exchange import ledger_folder
from anjian_cli.ledger import aside, write
from anjian_cli.ledger.gate import Gate
from support.import_ledger import operations

Run = Callable[..., str]


def _interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt


FIRM = ("企业", "新增", "--镇街", "芝英", "--无代码原因", "在办", "永康市甲厂")


def test_just_behind_the_commit(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before, finish = operations(Path("a.db")), Gate.finish

    def interrupted(gate: Gate) -> bool:
        finish(gate)
        raise KeyboardInterrupt

    monkeypatch.setattr(Gate, "finish", interrupted)
    told = new_county(*FIRM, code=130)
    assert operations(Path("a.db")) == before + 1
    assert f"已中断，此前已记入台账：操作{before + 1}。" in told


def test_just_before_the_commit(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Path("a.db").read_bytes()
    monkeypatch.setattr(Gate, "_commit", _interrupted)
    assert "已中断，未作改动。" in new_county(*FIRM, code=130)
    assert Path("a.db").read_bytes() == before


def test_committed_aside_and_not_yet_the_ledger(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("甲.csv").write_text("镇（街、区）,企业名称,无代码原因\n芝英镇,永康市甲厂,在办\n", encoding="utf-8")
    monkeypatch.setattr(write, "LONG", 1)
    before = Path("a.db").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(aside.Copy, "take_the_name", _interrupted)
        assert "已中断，未作改动。" in new_county("import", "甲.csv", code=130)
    assert Path("a.db").read_bytes() == before
    assert "新增1" in new_county("import", "甲.csv")


def test_what_was_recorded_before_is_told(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = operations(Path("a.db"))
    monkeypatch.setattr(ledger_folder, "write", _interrupted)
    told = new_county("export", "--all", "整本", code=130)
    assert operations(Path("a.db")) == before + 1
    assert f"已中断，此前已记入台账：操作{before + 1}。" in told
    assert not Path("整本").exists()

from __future__ import annotations

import getpass
import io
import re
import sys
import time
from pathlib import Path

import pytest

from anjian_cli.commands.session import UNSIGNED, begin, ready
from anjian_cli.errors import Fault, Refused


@pytest.fixture(autouse=True)
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ANJIAN_DB", "ANJIAN_ACTOR", "NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("platformdirs.user_config_path", lambda _name, **_rest: tmp_path / "配置" / "anjian")


def test_the_ledger_is_the_one_given_then_named_then_remembered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="E612"):
        begin().ledger()
    begin().remember(tmp_path / "安监 台账.db")
    assert begin().ledger() == tmp_path / "安监 台账.db"
    monkeypatch.setenv("ANJIAN_DB", "~/乙.db")
    assert begin().ledger() == Path("~/乙.db").expanduser()
    assert begin(db="丙.db").ledger() == Path("丙.db")
    monkeypatch.setenv("ANJIAN_DB", "")
    assert begin().ledger() == tmp_path / "安监 台账.db"


def test_what_is_remembered_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    begin().remember(Path("甲.db"))
    assert begin().ledger() == tmp_path / "甲.db"


def test_a_broken_memory_is_none(tmp_path: Path) -> None:
    begin().remember(tmp_path / "甲.db")
    (tmp_path / "配置" / "anjian" / "ledger.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refused, match="E612"):
        begin().ledger()


def test_the_actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "登录名")
    assert begin().actor == "登录名"
    monkeypatch.setenv("ANJIAN_ACTOR", "李四")
    assert begin().actor == "李四"
    assert begin(actor="王五").actor == "王五"


@pytest.mark.parametrize("error", [OSError, KeyError, ImportError])
def test_no_login_name(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def getuser() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", getuser)
    assert begin().actor == UNSIGNED


def test_the_day_and_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "strftime", lambda form, *_when: "2018-11-02" if len(form) == 8 else form)
    assert begin().today == "2018-11-02"
    assert begin(today="10-28").today == "2018-10-28"
    with pytest.raises(Refused, match="E211"):
        begin(today="2018-13-01")


def test_the_day_of_a_demonstration_before_it_is_opened(
    demonstration_made: tuple[Path, list[Fault]], capsys: pytest.CaptureFixture[str]
) -> None:
    one = begin(db=str(demonstration_made[0]))
    assert [one.today, one.today] == ["2018-11-02", "2018-11-02"]
    assert capsys.readouterr().err.count("演示日期") == 1
    assert begin(db=str(demonstration_made[0]), today="2018-12-03").today == "2018-12-03"


def test_now_is_utc_and_not_moved_by_today() -> None:
    now = begin(today="2018-11-02").now()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now)
    assert not now.startswith("2018-11-02")


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("variables", "colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_only_on_a_terminal_that_wants_it(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], colour: bool
) -> None:
    assert not begin().terminal
    assert not begin().colour
    monkeypatch.setattr(sys, "stdout", Terminal(io.BytesIO(), encoding="utf-8"))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert begin().terminal
    assert begin().colour is colour


def test_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "132")
    assert begin().width == 132


def test_output_never_fails_and_line_ends_are_kept() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="gbk", newline="\r\n")
    ready(stream).write("安监\U0001f4a5\udc80\n甲\r\n")
    stream.flush()
    assert raw.getvalue().decode("gbk") == "安监??\n甲\r\n"
    ready(None).write("甲")


def test_results_and_notes(capsys: pytest.CaptureFixture[str]) -> None:
    begin().say("甲")
    begin().note("乙")
    assert capsys.readouterr() == ("甲\n", "乙\n")
    assert begin().stdin is not None


def test_a_missing_ledger_creates_nothing(tmp_path: Path) -> None:
    path = tmp_path / "没有.db"
    one = begin(db=str(path), actor="李四")
    with pytest.raises(Refused, match="E611"), one.read():
        pass
    with pytest.raises(Refused, match="E611"), one.write("hazard close"):
        pass
    assert not path.exists()


@pytest.mark.parametrize("typed", ["台账.db", "./台账.db", "甲//台账.db", "甲/../台账.db", "/甲/台账.db", "甲/./乙/"])
def test_the_ledger_is_named_as_its_path_is_written(typed: str) -> None:
    assert begin(db=typed).ledger_name() == str(Path(typed))

"""`anjian demo`: its own file, the bulletin at once, and nothing else touched."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from anjian_cli import cli
from anjian_cli.demonstration import build
from anjian_cli.errors import Fault
from anjian_cli.ledger import open as ledger_file
from support.sweeps import sweep

pytestmark = pytest.mark.unmeasured  # tests/demonstration measures what makes one


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

    monkeypatch.setattr(build, "make", copied)


def test_it_prints_october_and_how_to_go_on(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--today", "2018-11-02", "演示"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("【演示数据】")
    assert "2018年10月份安全生产重点工作通报" in said.out
    assert said.err.rstrip().endswith("anjian --台账 anjian-demo.db 明细 10-芝英-涉氨")
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
    assert 'anjian --台账 "试 用.db" 明细' in capsys.readouterr().err


def test_never_over_a_file_that_is_there(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "anjian-demo.db").write_text("mine")
    assert cli.main(["demo"]) == 6
    assert "E616" in capsys.readouterr().err
    assert (desk / "anjian-demo.db").read_text() == "mine"


NOTE = "演示台账：以2018-11-02为今天（演示日期）。要按别的日子，请加 --今天\n"


@pytest.fixture
def at_hand(demonstration_made: tuple[Path, list[Fault]], desk: Path) -> None:
    """The ledger that `demo` leaves, without its bulletin."""
    shutil.copyfile(demonstration_made[0], desk / "anjian-demo.db")


def said(capsys: pytest.CaptureFixture[str], *line: str) -> tuple[str, str]:
    """What a command on the demonstration says by the real clock: its output and its notes."""
    capsys.readouterr()
    assert cli.main(["--db", "anjian-demo.db", *line]) == 0
    return capsys.readouterr()


@pytest.mark.usefixtures("at_hand")
@pytest.mark.parametrize("line", ["概况", "待办", "通报", "通报 10 --format json", "待办 60 --format csv", "日志"])
def test_commands_on_it_take_its_own_day_and_say_so(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    out, notes = said(capsys, *line.split())
    assert notes == NOTE
    assert said(capsys, "--today", "2018-11-02", *line.split()) == (out, "")  # --today wins, and no pipe sees a note


@pytest.mark.usefixtures("at_hand")
def test_its_day_is_that_of_the_first_screen_the_to_do_list_and_the_bulletin(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, todo, bulletin = (said(capsys, word)[0].splitlines() for word in ("概况", "待办", "通报"))
    assert status[0].startswith("【演示数据】永康市安全生产台账  2018-11-02 周五")
    assert status[3] == "[通报] 9月 已印发 永安委办〔2018〕13号  10月 核对稿 还差4步："
    assert todo[0].startswith("【演示数据】待办  2018-11-02  全市  30日内到期及已逾期")
    assert bulletin[1] == "永康市 2018年10月份安全生产重点工作通报（核对稿）"
    assert said(capsys, "--today", "2018-12-03", "通报")[0].splitlines()[1].startswith("永康市 2018年11月份")


@pytest.mark.usefixtures("at_hand")
def test_what_is_written_in_it_is_of_its_day_but_recorded_by_the_clock(capsys: pytest.CaptureFixture[str]) -> None:
    described = ("--description", "喷漆房未用防爆灯", "--deadline-on", "11-20")
    assert "芝英-17（330784115-2018-0017）" in said(capsys, "hazard", "add", "示例0497", *described)[0]
    out, notes = said(capsys, "hazard", "rectify", "芝英-17")
    assert ("已登记整改：芝英-17" in out, notes) == (True, NOTE)
    shown = said(capsys, "hazard", "show", "芝英-17")[0]
    for title, day in (("发现日期", "2018-11-02"), ("整改期限", "2018-11-20"), ("整改完成日期", "2018-11-02")):
        assert f"{title} {day}" in " ".join(shown.split())
    year = time.strftime("%Y")
    assert f"最近写入 {year}-" in said(capsys, "status")[0]
    assert json.loads(said(capsys, "log", "--format", "json", "--limit", "1")[0])[0]["at"].startswith(year)


STEPS = (
    "概况",
    "hazard rectify 芝英-12 --on 11-1",
    "hazard add 示例0497 --description 配电箱无防护盖 --deadline-on 11-20",
    "month issue 10 --number 15 --on 11-2",
)


@pytest.mark.usefixtures("at_hand")
@sweep("line", STEPS, keep=2)
def test_its_day_is_asked_for_where_the_ledger_is_opened_anyway(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening it once more would cost a step 3% of its time, and might find another state."""
    if line.startswith("month issue"):
        said(capsys, "month", "close", "10")
    opened, connect = [], ledger_file._connect

    def counting(path: Path, mode: str) -> sqlite3.Connection:
        opened.append(mode)
        return connect(path, mode)

    monkeypatch.setattr(ledger_file, "_connect", counting)
    told = said(capsys, *line.split())[1].splitlines(keepends=True)
    assert told.count(NOTE) == 1
    assert all(each.startswith("提请注意：") for each in told if each != NOTE)
    assert len(opened) == 1


@pytest.mark.usefixtures("at_hand")
def test_a_day_that_has_not_come_in_it_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(["--db", "anjian-demo.db", "hazard", "rectify", "芝英-12", "--on", "2018-11-03"]) == 1
    assert "晚于今天（2018-11-02）" in capsys.readouterr().err


@pytest.mark.usefixtures("at_hand")
@pytest.mark.parametrize("day", ["2018-12-05", "2018-10-20"])
def test_its_day_can_be_changed_to_a_later_or_an_earlier_one(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    for value in ("2018-11-20", day):
        said(capsys, "settings", "add", "演示日期", "--value", value, "--replace")
    assert said(capsys, "todo")[0].startswith(f"【演示数据】待办  {day}")


@pytest.mark.usefixtures("at_hand")
def test_what_is_no_demonstration_goes_by_the_clock(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "settings", "void", "330784-2018-0006", "--why", "试")  # the setting 演示数据; its day is left
    out, notes = said(capsys, "todo")
    assert (out.startswith(f"待办  {time.strftime('%Y')}"), notes) == (True, "")


@pytest.mark.usefixtures("at_hand")
def test_what_was_known_goes_by_the_day_of_recording(capsys: pytest.CaptureFixture[str]) -> None:
    """Which lies after the demonstration's own day."""
    said(capsys, "hazard", "rectify", "芝英-12")
    now = said(capsys, "bulletin", "--format", "json")[0]
    assert said(capsys, "bulletin", "--format", "json", "--as-known-on", "今天")[0] == now


def test_of_2026_under_the_example_of_a_scheme(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--today", "2026-11-02", "演示", "--办法", "县级2026"]) == 0
    out, notes = capsys.readouterr()
    assert out.startswith("【演示数据】全是虚构的")
    assert "示例县 2026年10月份安全生产重点工作通报（核对稿）" in out
    assert "（示例）2026年度安全生产工作考核办法" in out
    assert [path.name for path in desk.iterdir()] == ["anjian-demo-2026.db"]
    tried = notes.rstrip().rpartition("：anjian ")[2].split()
    assert cli.main(tried) == 0
    assert "排名第" in capsys.readouterr().out


def test_of_no_other_scheme(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["demo", "--scheme", "县级2027"]) == 3
    assert "E840" in capsys.readouterr().err
    assert list(desk.iterdir()) == []

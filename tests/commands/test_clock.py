"""The computer's clock: one that is behind the last operation, and one that is set to another zone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from anjian_cli.commands.session import Session, begin
from support import kept_ledgers

Run = Callable[..., str]
ADD = ("training", "add", "--town", "芝英", "--kind", "网格员", "--attended", "3", "--passed", "3", "--held-on", "10-9")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the clock to a moment in UTC, for whatever is recorded from then on."""

    def to(moment: str) -> None:
        monkeypatch.setattr(Session, "now", lambda _: moment)

    to("2018-11-02T08:00:00Z")
    return to


@pytest.fixture
def run(clock: Callable[[str], None], new_county: Run) -> Run:
    """A ledger that was made at 16:00 in Beijing: the one that is copied was made when it is by the real clock."""
    del clock
    Path("a.db").unlink()
    new_county("init", "a.db", "--towns", "towns.csv")
    return new_county


def operations(run: Run) -> list[tuple[str, str]]:
    return [(step["command"], step["at"]) for step in json.loads(run("log", "--format", "json"))]


def test_a_clock_more_than_an_hour_behind_is_refused_with_both_moments(clock: Callable[[str], None], run: Run) -> None:
    before = operations(run)
    for behind in ("2018-11-02T06:59:59Z", "2017-11-02T08:00:00Z"):
        clock(behind)
        for line in (ADD, ("undo",), ("settings", "add", "经办人", "--值", "甲")):
            said = run(*line, *(("--title", "一期") if line is ADD else ()), code=6)
            assert "E629" in said
    assert "电脑的时钟是2017-11-02 16:00，比上一步操作2的时间2018-11-02 16:00早了一个多小时" in said
    assert "--时钟无误" in said
    assert operations(run) == before  # reading goes on
    clock("2018-11-02T07:00:00Z")  # an hour: two computers of one office
    run(*ADD, "--title", "一期")
    assert operations(run)[0] == ("training add", "2018-11-02T07:00:00Z")


def test_a_file_is_not_taken_in_either_nor_tried(clock: Callable[[str], None], run: Run) -> None:
    Path("企业.csv").write_text("企业名称,镇（街、区）,无代码原因\n永康市示例五金厂,芝英镇,在办\n", encoding="utf-8")
    clock("2018-11-01T08:00:00Z")
    for more in ((), ("--dry-run",)):
        said = run("import", "企业.csv", *more, code=6)
        assert "E629" in said
        assert "《企业.csv》" not in said
    assert "E629" not in run("--clock-right", "import", "企业.csv")


@pytest.mark.unmeasured
@pytest.mark.parametrize("flag", ["--clock-right", "--时钟无误"])
def test_a_clock_that_is_right_is_believed_and_that_is_in_the_log(
    flag: str, clock: Callable[[str], None], run: Run
) -> None:
    clock("2028-11-02T08:00:00Z")
    run(*ADD, "--title", "一期")
    clock("2018-11-02T09:00:00Z")
    assert "E629" in run(*ADD, "--title", "二期", code=6)
    run(flag, *ADD, "--title", "二期")
    clock("2018-11-02T09:05:00Z")
    run(*ADD, "--title", "三期")  # from now on it goes on from the right time
    run(*ADD, "--title", "四期", flag)  # which was not needed, and is not recorded
    assert operations(run)[:4] == [
        ("training add", "2018-11-02T09:05:00Z"),
        ("training add", "2018-11-02T09:05:00Z"),
        ("training add --clock-right", "2018-11-02T09:00:00Z"),
        ("training add", "2028-11-02T08:00:00Z"),
    ]
    assert "台账完好" in run("check")


def test_an_older_ledger_is_not_upgraded_by_a_clock_that_is_behind(clock: Callable[[str], None], run: Run) -> None:
    path = kept_ledgers.ledger(1, Path("旧.db"))
    before = path.read_bytes()
    clock("2018-11-02T08:00:00Z")
    for line in (("upgrade",), ("settings", "add", "经办人", "--值", "甲")):
        assert "E629" in run("--db", str(path), *line, code=6)
    assert path.read_bytes() == before
    run("--db", str(path), "--clock-right", "upgrade")
    assert "E629" not in run("--db", str(path), "settings", "add", "经办人", "--值", "甲")


def test_an_older_ledger_is_upgraded_once_by_an_undo(run: Run) -> None:
    path = kept_ledgers.ledger(1, Path("旧.db"))
    said = run("--db", str(path), "--clock-right", "undo")
    assert "已升级" in said
    assert "先在内存里升级再读" not in said


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def test_the_day_is_beijings_in_whatever_zone_the_computer_is(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for seconds, day in ((1541087999, "2018-11-01"), (1541088000, "2018-11-02"), (1541174399, "2018-11-02")):
            monkeypatch.setattr(time, "time", lambda seconds=seconds: float(seconds))
            assert begin().day == day
    finally:
        monkeypatch.undo()
        time.tzset()

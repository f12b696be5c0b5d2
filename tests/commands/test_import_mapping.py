"""`anjian import` with a town's own layout: proposed, saved, checked by a person and used; and its report as JSON."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from anjian_cli import cli
from support.import_ledger import TODAY, newest, operations

HEADS = "序号,企业全称,所属镇街,发现时间,级别,隐患部位及描述,整改时限\n"
ROWS = "1,永康市精工五金厂,江南街道,2018-10-09,一般,无罩,2018-10-31\n合计,2,,,,,\n"

Run = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def ledger(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "甲.db"))


@pytest.fixture
def run(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("ANJIAN_ACTOR", "测试")
    monkeypatch.setenv("ANJIAN_DB", str(ledger))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "江南10月.csv").write_text(HEADS + ROWS, "utf-8")

    def call(*words: object, stdin: bytes = b"") -> tuple[int, list[str], list[str]]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        exit_code = cli.main(["--today", TODAY, *map(str, words)])
        out, err = capsys.readouterr()
        return exit_code, out.splitlines(), err.splitlines()

    return call


def test_proposed_saved_checked_and_used(run: Run, ledger: Path, tmp_path: Path) -> None:
    exit_code, out, err = run("import", "江南10月.csv", "--dry-run")
    assert (exit_code, out) == (
        1,
        [
            "《江南10月.csv》：未导入。",
            "　列名和“隐患”的相近，可能是：",
            "　　企业全称（B列） → 企业名称",
            "　　所属镇街（C列） → 镇（街、区）",
            "　　发现时间（D列） → 发现日期",
            "　　隐患部位及描述（F列） → 隐患部位与描述",
            "　　整改时限（G列） → 整改期限",
            "　　没有相近的必填列：隐患来源",
            "　加 --存对照 对照.toml 存成对照，核对以后用 --对照 对照.toml 导入。",
        ],
    )
    assert err[0].endswith("请使用下发的空表：anjian 隐患 空表 -o 隐患空表.xlsx。〔E301〕")
    before = operations(ledger)
    exit_code, _, err = run("导入", "江南10月.csv", "--存对照", "江南.toml", "--试运行")
    assert (exit_code, err[0]) == (
        1,
        "相近的列名已存成对照：江南.toml。请逐行核对、改好，再用 --对照 江南.toml 导入",
    )
    assert operations(ledger) == before
    saved = tmp_path / "江南.toml"
    text = saved.read_text("utf-8").replace('# "隐患来源" = ""', '"隐患来源" = "网格巡查"')
    saved.write_text(text.replace("[]", '["序号"]'), "utf-8")
    assert run("导入", "江南10月.csv", "--对照", "江南.toml") == (
        0,
        [
            "《江南10月.csv》：隐患1行，新增1，修改0，不变0。",
            "　发现日期2018-10-09，整改期限2018-10-31。",
            "　第3行是合计、说明或示例，已跳过。",
            "　第3行：表中合计2，读到1行，相差1。请核对。〔N302〕",
        ],
        [],
    )
    row = newest(ledger, "hazard")
    assert (row["description"], row["source"], row["found_on"]) == ("无罩", "网格巡查", "2018-10-09")
    assert run("hazard", "import", "江南10月.csv", "--mapping", "江南.toml")[1][0].endswith("不变1。")


def test_a_saved_mapping_is_not_overwritten_and_nothing_is_imported(run: Run, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "江南.toml").write_text("# 改过的\n", "utf-8")
    before = operations(ledger)
    exit_code, out, err = run("import", "江南10月.csv", "--save-mapping", "江南.toml")
    assert (exit_code, out) == (2, [])
    assert err == ["“江南.toml”已存在，没有覆盖。请换个文件名，或先移走原文件。〔E109〕"]
    assert run("import", "江南10月.csv", "--save-mapping", "无/江南.toml")[0] == 6
    assert operations(ledger) == before


def test_columns_of_a_file_that_can_be_taken(run: Run, tmp_path: Path) -> None:
    text = "指标,镇（街、区）,年度,任务数,下达时间,文号\n三级新创,石柱镇,2018,5,2018-03-01,3号\n"
    (tmp_path / "任务.csv").write_text(text.replace("文号", "下达文号", 1), "utf-8")
    exit_code, out, err = run("target", "import", "任务.csv", "--save-mapping", "任务.toml")
    assert exit_code == 0
    assert out[:3] == [
        "《任务.csv》：年度任务1行，新增1，修改0，不变0。",
        "　年度2018，任务数：三级新创共5家。",
        "　不认识的列，没有导入：下达时间。",
    ]
    assert (out[3:], err) == ([], ["没有相近的列名，没有写任务.toml"])


def test_a_mapping_that_is_wrong_is_said_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "坏.toml").write_text('["隐患"."固定值"]\n"镇（街、区）" = "江南镇"\n"隐患级别" = "大"\n', "utf-8")
    exit_code, out, err = run("import", "没有这个.csv", "--mapping", "坏.toml")
    assert (exit_code, out, err) == (
        1,
        [],
        ["《坏.toml》第3行“隐患级别”：“大”——不在可选值之内。请从中选一：一般、重大。〔E203〕"],
    )
    (tmp_path / "坏.toml").write_text('["隐患"."固定值"]\n"镇（街、区）" = "江南镇"\n', "utf-8")
    exit_code, out, err = run("import", "江南10月.csv", "--mapping", "坏.toml")
    assert (exit_code, out) == (1, [])
    (said,) = err
    assert said.startswith("《坏.toml》第2行“镇（街、区）”：“江南镇”——本台账没有这个镇（街道）名称。")
    assert run("import", "江南10月.csv", "--mapping", "无.toml")[2] == [
        "“无.toml”——没有这个文件或文件夹。请核对路径。〔E305〕"
    ]


def test_the_report_as_json(run: Run) -> None:
    exit_code, out, err = run("import", "江南10月.csv", "-", "--格式", "json", stdin=(HEADS + ROWS).encode())
    told = json.loads("\n".join(out))
    assert (exit_code, err) == (1, [])
    first, second = told["files"]
    assert (first["file"], first["town"], first["taken"], first["path"]) == (
        "江南10月.csv",
        "江南街道",
        False,
        "江南10月.csv",
    )
    assert [fault["code"] for fault in first["faults"]] == ["E301"]
    assert [pair["field"] for pair in first["proposals"][0]["pairs"]][:2] == ["enterprise", "town"]
    assert Path(first["marked_copy"]).exists()
    assert first["reply"] == "江南街道：10月隐患表有1处需修改（见附件“错误清单”），请改好重发。"
    assert (second["same_as"], second["faults"]) == ("江南10月.csv", [])
    assert told["total"]["files"] == 2
    assert run("import", "江南10月.csv", "--format", "xlsx")[2] == [
        "“--格式”不能填“xlsx”。可以是 table、json。〔E106〕"
    ]


def test_json_of_a_file_that_was_taken(run: Run, tmp_path: Path) -> None:
    firm = "镇（街、区）,企业名称,统一社会信用代码,联系电话\n江南街道,永康市精工五金厂,,1380000\n"
    (tmp_path / "企业.csv").write_text(firm, "utf-8")
    exit_code, out, _ = run("enterprise", "import", "企业.csv", "--format", "json", "--no-return")
    (file,) = json.loads("\n".join(out))["files"]
    assert exit_code == 1
    assert {fault["value"] for fault in file["faults"] if fault["field"] == "phone"} == {"1****00"}
    assert (file["marked_copy"], file["parts"][0]["record"]) == (None, "enterprise")

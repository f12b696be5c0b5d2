"""`anjian import` as it is typed: several files and folders, standard input, and a process that is killed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from anjian_cli import cli
from anjian_cli.bulletin import phrase
from support.import_killed import kill_often
from support.import_ledger import TODAY, code, content, newest, operations
from support.plain_environment import plain_environment, unmeasured

HEAD = "镇（街、区）,企业名称,统一社会信用代码,生产经营地址\n"
ENTERPRISES = HEAD + f"芝英镇,永康市甲五金厂,{code(201)},甲路\n石柱镇,永康市乙五金厂,{code(202)},乙路\n"
HAZARDS = "企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限\n"
HAZARDS += "永康市甲五金厂,2018-10-09,网格巡查,一般,无罩,2018-10-31\n"
BAD = HEAD + f"芝英街道,永康市丙五金厂,{code(203)},丙路\n石柱镇,永康市丁五金厂,{code(204)},丁路\n"

Run = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def ledger(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "甲.db"))


@pytest.fixture
def run(ledger: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("ANJIAN_ACTOR", "测试")
    monkeypatch.setenv("ANJIAN_DB", str(ledger))

    def call(*words: object, stdin: bytes = b"") -> tuple[int, list[str], list[str]]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        exit_code = cli.main(["--today", TODAY, *map(str, words)])
        out, err = capsys.readouterr()
        return exit_code, out.splitlines(), err.splitlines()

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as it arrives: the hazards come before the enterprises they refer to; one file is bad."""
    files = {
        "收件/1隐患.csv": HAZARDS.encode("gb18030"),
        "收件/2坏.csv": BAD.encode(),
        "收件/3企业.csv": ENTERPRISES.encode("utf-8-sig"),
        "收件/4照片.et": b"x",
        "收件/~$3企业.csv": b"\0",
        "收件/.隐藏.csv": b"\0",
        "收件/退回/2坏.csv": BAD.encode(),
    }
    for name, data in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "收件"


def test_a_bad_file_holds_up_no_other(run: Run, folder: Path, ledger: Path) -> None:
    before = operations(ledger)
    exit_code, out, err = run("import", folder)
    assert exit_code == 1
    assert out == [
        "《4照片.et》：未导入。",
        "　微信回复语：4照片：报来的《4照片.et》暂不能直接读取“.et”文件。请在WPS中“另存为”.xlsx，重发。",
        "《2坏.csv》：2行，正确1行，有误1行（1处），未导入任何一行。",
        f"　已生成退回件：{folder / '退回' / '2坏（退回修改）.xlsx'}，错处标黄并附批注，改好后直接再次导入即可。",
        "　微信回复语：石柱镇：企业表2行中1行需修改（1处标黄，见附件），请改好重发。",
        "《3企业.csv》：企业2行，新增2，修改0，不变0。",
        "《1隐患.csv》：隐患1行，新增1，修改0，不变0。",
        "　发现日期2018-10-09，整改期限2018-10-31。",
        "汇总：4个文件，收下3行，未收2行，另有1个没能读。",
        "镇（街道）  文件  收下行  未收行  要重报的",
        "----------  ----  ------  ------  --------",
        "石柱镇         1       0       2  2坏.csv",
        "分不清镇街     3       3       0  4照片.et",
        "合计           4       3       2  共2个",
        "没有单独的文件、分不清镇街的文件里有：芝英镇（1个）。",
        "没有收到：江南街道（1个）。",
    ]
    assert [line[-6:] for line in err] == ["〔E303〕", "〔E231〕"]
    assert operations(ledger) == before + 2
    assert content(ledger)


def test_several_words_for_one_file(run: Run, folder: Path) -> None:
    path = folder / "3企业.csv"
    assert run("import", path, path, folder / "3*.csv")[:2] == (0, ["《3企业.csv》：企业2行，新增2，修改0，不变0。"])


def test_the_good_rows(run: Run, folder: Path, ledger: Path) -> None:
    before = hashlib.sha256(ledger.read_bytes()).hexdigest()
    words = ["import", folder / "2坏.csv", "--accept-good"]
    line = "《2坏.csv》：企业2行，新增1，修改0，不变0，退回1行（1处）。"
    assert run(*words, "--dry-run")[:2] == (1, [f"{line}（试运行，未写入）"])
    assert hashlib.sha256(ledger.read_bytes()).hexdigest() == before
    assert not list((folder / "退回").glob("*.xlsx"))
    exit_code, out, _ = run(*words)
    assert (exit_code, out[0], len(out)) == (1, line, 3)
    assert out[2] == "　微信回复语：石柱镇：企业表2行中1行需修改（1处标黄，见附件），请改好重发。"
    copy = load_workbook(folder / "退回" / "2坏（退回修改）.xlsx")["2坏"]
    assert [row[1] for row in copy.iter_rows(values_only=True)] == ["企业名称", "永康市丙五金厂"]
    assert run("导入", folder / "2坏.csv", "--收正确的", "--不退回件")[1] == [
        line.replace("新增1", "新增0").replace("不变0", "不变1")
    ]
    assert len(list((folder / "退回").glob("*.xlsx"))) == 1


def test_the_marked_copy_is_mended_and_sent_in_again(run: Run, folder: Path) -> None:
    run("import", folder / "2坏.csv")
    file = folder / "退回" / "2坏（退回修改）.xlsx"
    book = load_workbook(file)
    book["2坏"]["A2"] = "芝英镇"
    book.save(file)
    assert run("import", file)[:2] == (0, [f"《{file.name}》：企业2行，新增2，修改0，不变0。"])


def test_a_folder_that_cannot_be_written_holds_nothing_up(run: Run, folder: Path) -> None:
    (folder / "下").mkdir()
    (folder / "下" / "退回").write_text("不是文件夹", "utf-8")
    shutil.copy(folder / "2坏.csv", folder / "下" / "丙.csv")
    exit_code, out, err = run("import", folder / "下" / "丙.csv")
    assert (exit_code, len(out)) == (1, 1)
    assert err[-1] == f"没有生成退回件：{folder / '下' / '退回'} 写不进去（同名文件已存在）"


def test_a_pipe_that_is_closed_is_no_full_disk(ledger: Path, folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "anjian_cli", "--today", TODAY, "import", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=plain_environment(
            PYTHONPATH=":".join(sys.path), PYTHONUNBUFFERED="1", ANJIAN_DB=str(ledger), ANJIAN_ACTOR="测试"
        ),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process, process.stderr:
        assert "E354" not in process.stderr.read().decode()
    assert process.returncode == cli.PIPE_CLOSED


def test_standard_input(run: Run, folder: Path) -> None:
    assert run("import", "-", stdin=ENTERPRISES.encode())[:2] == (0, ["《标准输入》：企业2行，新增2，修改0，不变0。"])
    # Beside a file it is still standard input, and the file is still the file.
    exit_code, out, _ = run("import", folder / "1隐患.csv", "-", stdin=BAD.encode())
    heads = [line[:7] for line in out if not line.startswith("　")]
    assert (exit_code, heads[:3]) == (1, ["《标准输入》：", "《1隐患.cs", "汇总：2个文件"])


def test_what_the_file_does_not_say_is_told_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("".join(["企业名称,统一社会信用代码\n", *(f"厂{i},{code(300 + i)}\n" for i in range(15))]), "utf-8")
    _, out, err = run("import", path)
    assert out == [
        "《名单.csv》：企业15行，新增15，修改0，不变0。",
        "　存疑：15行没有填“镇（街、区）”。",
        "　存疑：15行没有填“生产经营地址”。",
    ]
    assert err == []


def test_a_missing_file_is_named_and_an_empty_folder_is_said(run: Run, tmp_path: Path) -> None:
    assert run("import", tmp_path / "无.csv")[0] == 1
    (tmp_path / "空").mkdir()
    exit_code, out, err = run("import", tmp_path / "空")
    assert (exit_code, out, err[0][-6:]) == (1, [], "〔E309〕")


def test_where_a_record_came_from(run: Run, folder: Path, ledger: Path) -> None:
    path = folder / "3企业.csv"
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    assert run("import", path)[0] == 0
    (step,) = json.loads("".join(run("import", "--list", "--format", "json")[1]))[:1]
    assert (step["source_file"], step["source_sha256"], step["records"]) == ("3企业.csv", sha, "企业2")
    assert run("import", "--list")[1][2].split() == [
        *(str(step["id"]), *phrase.moment(step["at"]).split(), "测试", "3企业.csv", "企业2"),
        sha[:12],
    ]
    number = newest(ledger, "enterprise")["number"]
    told = run("enterprise", "show", number)[1]
    assert told[-1].strip() == f"出自《3企业.csv》第3行，SHA-256 {sha}"
    assert run("enterprise", "edit", number, "--remark", "改")[0] == 0
    assert sum("出自" in line for line in run("enterprise", "show", number)[1]) == 1
    assert run("undo", step["id"] + 1)[0] == 0
    assert run("undo", step["id"])[0] == 0
    (listed,) = json.loads("".join(run("import", "--list", "--format", "json")[1]))[:1]
    assert (listed["id"], listed["undone_by"]) == (step["id"], step["id"] + 3)
    assert run("enterprise", "show", number)[0] != 0


def test_a_list_of_what_came_in_takes_no_files_and_imports_none(run: Run, folder: Path) -> None:
    exit_code, out, err = run("import", "--list", folder / "3企业.csv", "--dry-run")
    assert (exit_code, out) == (2, [])
    assert err == ["“--列表”不能填“文件 --试运行”。--列表 不和 文件 --试运行 一起写，请去掉一样。〔E106〕"]


def test_the_sender_of_a_broken_file_is_told_what_is_his_to_do(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04")
    told = "　微信回复语：坏：报来的《坏.xlsx》文件已损坏，或不是表格。请在WPS或Excel中打开核对，另存为“.xlsx”，重发。"
    assert told in run("import", path)[1]


def test_an_import_needs_a_file(run: Run) -> None:
    assert run("import") == (2, [], ["缺少“文件”。用法见 anjian 导入 -h。〔E103〕"])


@pytest.mark.unmeasured
def test_an_import_that_is_killed_leaves_a_whole_ledger(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, thorough: bool
) -> None:
    for name in os.environ.keys() - plain_environment().keys():  # what is killed cannot tell what it covered
        monkeypatch.delenv(name)
    with unmeasured():
        assert kill_often(template, tmp_path, 6 if thorough else 3, 400) <= {0, 1, 2}

"""`anjian backup` and `anjian restore` as they are typed: what is said, asked and refused."""

from __future__ import annotations

import errno
import io
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from anjian_cli import cli
from anjian_cli.commands import schedule
from anjian_cli.exchange import owner_only
from anjian_cli.ledger import backup as ledger_backup
from anjian_cli.ledger import encryption
from anjian_cli.messages import Exit
from support import kept_ledgers
from support.backups import head, names
from support.plain_environment import plain_environment

Run = Callable[..., str]
EDIT = ("设置", "新增", "经办人", "--值")


def backup_in(folder: Path) -> Path:
    (found,) = folder.glob("*_备份_*")
    return found


@pytest.fixture
def backed_up(new_county: Run) -> Path:
    """The backup of the office's ledger, behind which one operation more was made."""
    new_county("backup")
    made = backup_in(Path("备份"))
    new_county(*EDIT, "77")
    return made


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, answer: str, *line: str) -> str:
    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: True)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(answer.encode())))
        patch.setattr(sys, "stdout", out)
        assert cli.main(["--today", "2018-11-02", *line]) == 0
    return out.getvalue()


def test_backup_loss_restore(new_county: Run, backed_up: Path) -> None:
    said = new_county("restore", str(backed_up), code=Exit.REFUSED)
    assert "备份以后做的1步操作会丢掉：\n  操作3  " in said
    assert "设置 新增" in said
    assert "〔E669〕" in said
    assert "已登记" in new_county(*EDIT, "78", "--替换")  # nothing was restored
    said = new_county("恢复", str(backed_up), "--确认")
    assert "已恢复：" in said
    assert "原来的留在 " in said
    assert said.endswith("请照上面列出的操作重新登记。\n")
    assert "台账完好：2步操作" in new_county("check")
    assert Path("a-恢复前.db").exists()


def test_what_a_backup_says(new_county: Run) -> None:
    said = new_county("备份")
    name = backup_in(Path("备份")).name
    assert re.search(r"已备份，核验完好：.*（2步操作，指纹[0-9a-f]{8}，\d\.\dMB）", said)
    assert name in said
    assert "删去" not in said
    assert Path("备份").stat().st_mode & 0o777 == 0o700
    Path("备份", name).rename(Path("备份", re.sub(r"\d{4}-\d\d-\d\d_\d{6}", "2001-01-01_000000", name)))
    said = new_county("备份", "--保留", "1，0，0")
    assert "按保留规则（1天、0周、0个月）删去1份：a_备份_2001-01-01_000000" in said
    assert len(names(Path("备份"))) == 1


@pytest.mark.parametrize(("answer", "done"), [("y\n", True), ("n\n", False), ("", False)])
def test_on_a_terminal_it_is_asked(
    new_county: Run, backed_up: Path, monkeypatch: pytest.MonkeyPatch, answer: str, done: bool
) -> None:
    before = Path("a.db").read_bytes()
    said = at_a_terminal(monkeypatch, answer, "restore", str(backed_up))
    assert "操作3" in said
    assert "吗？原来的留在旁边（y/n）" in said
    assert ("已恢复" in said) == done
    assert (Path("a.db").read_bytes() == before) == (not done)
    assert Path("a-恢复前.db").exists() == done
    assert new_county("check")


@pytest.mark.unmeasured
def test_a_rehearsal_says_the_same_each_time_and_leaves_nothing(office: Run) -> None:
    office("backup")
    backed_up = backup_in(Path("备份"))
    office("企业", "修改", "示例0497", "--从业人数", "77")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    said = office("restore", str(backed_up), "--rehearse")
    assert "会丢掉：\n  操作18" in said
    assert "、企业738、" in said
    assert "、托管合同587" in said  # which stand below their enterprise
    assert re.search(r"2018年10月的通报算得出来，指纹[0-9a-f]{8}（", said)
    assert "演练完毕，什么也没有改动" in said
    assert office("恢复", str(backed_up), "--演练") == said
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


@pytest.mark.unmeasured
def test_into_another_name(new_county: Run, backed_up: Path) -> None:
    new_county("restore", str(backed_up), "--to", "新.db")
    assert head(Path("新.db")) == head(backed_up)
    assert "每一步操作，备份里都有" in new_county("restore", "a.db", "--to", "新.db", "--rehearse")


def test_another_ledger_is_refused_until_it_is_said(new_county: Run, backed_up: Path) -> None:
    new_county("--db", "别的.db", "init", "--towns", "towns.csv")
    line = ("restore", str(backed_up), "--to", "别的.db", "--yes")
    said = new_county(*line, code=Exit.REFUSED)
    assert "是另一本台账" in said
    assert "〔E670〕" in said
    new_county(*line, "--另一本")
    assert head(Path("别的.db")) == head(backed_up)
    assert Path("别的-恢复前.db").exists()


@pytest.mark.unmeasured
def test_of_many_lost_operations_the_issued_month_is_told_whatever_its_place(new_county: Run, backed_up: Path) -> None:
    for number in range(20):
        new_county(*EDIT, str(100 + number), "--替换")
    new_county("month", "close", "10", "--yes")
    new_county("month", "issue", "10", "--number", "15", "--yes")
    new_county(*EDIT, "99", "--替换")
    said = new_county("restore", str(backed_up), "--rehearse")
    assert "24步操作会丢掉" in said
    assert "……还有4步，到操作26为止\n其中：  操作25  " in said
    assert "月份 印发" in said


def test_an_older_ledger_is_told_to_be_one(new_county: Run, tmp_path: Path) -> None:
    kept_ledgers.ledger(1, tmp_path / "旧.db")
    said = new_county("restore", "旧.db", "--to", "新.db")
    assert "它是第1版的台账；恢复以后，第一条要写的命令会先把它升级" in said


@pytest.mark.altered
def test_a_spoilt_ledger_comes_back(new_county: Run, backed_up: Path) -> None:
    Path("a.db").write_bytes(b"x" * 10_000)
    said = new_county("restore", str(backed_up), "--yes")
    assert "现在读不出来" in said
    assert "已恢复" in said
    assert Path("a-恢复前.db").read_bytes() == b"x" * 10_000
    assert "台账完好" in new_county("check")


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (("backup", "没有"), Exit.UNUSABLE, "没有“没有”这个文件夹。请先建好；是U盘的，请看插好了没有。〔E660〕"),
        (("backup", "a.db"), Exit.UNUSABLE, "“a.db”不是文件夹"),
        (("backup", "--keep", "7,8"), Exit.USAGE, "请写天、周、月三个数，如 7,8,24"),
        (("backup", "--every-day", "24:00"), Exit.USAGE, "请写几点几分，如 17:30"),
        (("backup", "--new-keys", "钥匙", "--every-day", "17:30"), Exit.USAGE, "请去掉--每天"),
        (("backup", "--new-keys", "--every-day", "17:30"), Exit.USAGE, "〔E104〕"),
        (("--db", "无.db", "backup"), Exit.UNUSABLE, "〔E611〕"),
        (("--db", "无.db", "backup", "--every-day", "17:30"), Exit.UNUSABLE, "〔E611〕"),
        (("--db", "无.db", "backup", "--new-keys", "钥匙"), Exit.UNUSABLE, "〔E611〕"),
        (("restore", "无.db"), Exit.NOT_FOUND, "没有“无.db”这个文件"),
        (("restore", "anjian"), Exit.NOT_FOUND, "找不到备份：“anjian”是文件夹，不是文件。"),
        (("restore", ""), Exit.USAGE, "“备份”不能填“”。请写文件或文件夹的名字；就是这个文件夹的，请写“.”。〔E106〕"),
        (("backup", ""), Exit.USAGE, "“文件夹”不能填“”"),
        (("restore", "a.db", "--to", ""), Exit.USAGE, "“--恢复到”不能填“”"),
        (("import", "towns.csv", ""), Exit.USAGE, "“文件”不能填“”"),
        (("restore", "a.db"), Exit.UNUSABLE, "要恢复的就是它自己"),
        (("restore", "a.db", "--to", "没有/b.db"), Exit.UNUSABLE, "没有“没有”这个文件夹"),
        (("restore", "a.db", "--to", "b.db", "--延至", "c"), Exit.USAGE, "〔E102〕"),
    ],
)
def test_refused(new_county: Run, line: tuple[str, ...], code: int, told: str) -> None:
    assert told in new_county(*line, code=code)
    assert names(Path()) == ["a.db", "anjian", "towns.csv"]


def test_a_full_disk_is_called_that(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    real = ledger_backup._unsettled

    def full(target: Path) -> object:
        connection = real(target)
        connection.execute("PRAGMA max_page_count = 50")
        return connection

    monkeypatch.setattr(ledger_backup, "_unsettled", full)
    said = new_county("backup", code=Exit.UNUSABLE)
    assert f"没有备份：磁盘已满（备份到 {Path('备份').resolve()}）。台账和早先的备份都没有动" in said
    assert "没有恢复，b.db 没有动：磁盘已满" in new_county("restore", "a.db", "--to", "b.db", code=Exit.UNUSABLE)
    assert names(Path()) == ["a.db", "anjian", "towns.csv"]


def test_keys_encrypt_from_then_on(new_county: Run) -> None:
    pytest.importorskip("pyrage")
    said = new_county("备份", "--新钥匙", "钥匙")
    assert "以后的备份都加密" in said
    assert names(Path("钥匙")) == ["备份私钥_单位.txt", "备份私钥_恢复.txt"]
    assert {path.stat().st_mode & 0o777 for path in [*Path("钥匙").iterdir(), Path("备份公钥.txt")]} == {0o600}
    secrets = [re.search("AGE-SECRET-KEY-1[A-Z0-9]+", path.read_text("utf-8")) for path in Path("钥匙").iterdir()]
    assert all(secret and secret[0] not in said for secret in secrets)
    assert "〔E109〕" in new_county("备份", "--新钥匙", "钥匙2", code=Exit.USAGE)
    assert not Path("钥匙2").exists()
    assert "已备份，核验完好，已加密" in new_county("备份")
    made = backup_in(Path("备份"))
    assert "〔E663〕" in new_county("恢复", str(made), "--演练", code=Exit.USAGE)
    for name in names(Path("钥匙")):
        assert "演练完毕" in new_county("恢复", str(made), "--演练", "--私钥", f"钥匙/{name}")
    Path("错.txt").write_text(encryption.new_pair().secret)
    assert "错.txt 里的私钥打不开它" in new_county("恢复", str(made), "--私钥", "错.txt", code=Exit.UNUSABLE)
    assert "错.txt" in new_county("恢复", str(made), "--私钥", "备份公钥.txt", code=Exit.UNUSABLE).replace(
        "备份公钥", "错"
    )
    assert "没有“无.txt”这个私钥文件" in new_county("恢复", str(made), "--私钥", "无.txt", code=Exit.UNUSABLE)
    assert "“钥匙”是文件夹，不是私钥文件" in new_county("恢复", str(made), "--私钥", "钥匙", code=Exit.UNUSABLE)


def test_plain_ones_beside_an_encrypted_one_are_told(new_county: Run) -> None:
    pytest.importorskip("pyrage")
    new_county("备份")
    new_county("备份", "--新钥匙", "钥匙")
    assert "还有1份没有加密的备份，谁都能打开，程序不替您删" in new_county("备份", "--保留", "0,0,0")
    assert len(names(Path("备份"))) == 2


def test_of_keys_that_cannot_be_written_none_is_left(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyrage")
    real = owner_only.write

    def full(content: bytes, path: Path) -> None:
        if path.name == "备份公钥.txt":
            raise OSError(errno.ENOSPC, "full")
        real(content, path)

    with monkeypatch.context() as patch:
        patch.setattr(owner_only, "write", full)
        assert "〔E631〕" in new_county("备份", "--新钥匙", "家/钥匙", code=Exit.UNUSABLE)
    assert names(Path()) == ["a.db", "anjian", "towns.csv"]
    assert "以后的备份都加密" in new_county("备份", "--新钥匙", "家/钥匙")


def test_a_pipe_that_is_closed_is_no_disks_fault(backed_up: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "anjian_cli", "restore", str(backed_up), "--rehearse"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=plain_environment(PYTHONPATH=":".join(sys.path), PYTHONUNBUFFERED="1", ANJIAN_DB=str(Path("a.db"))),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process, process.stderr:
        assert process.stderr.read() == b""
    assert process.returncode == cli.PIPE_CLOSED


@pytest.mark.usefixtures("new_county")
def test_every_day_prints_a_line_that_backs_up_and_does_nothing_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "50% 的盘"
    folder.mkdir()
    before = names(tmp_path)
    capsys.readouterr()
    assert cli.main(["backup", str(folder), "--every-day", "17：05", "--keep", "3,2,1"]) == 0
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    assert names(tmp_path) == before
    assert names(folder) == []
    minute, hour, day, month, weekday, command = line.strip().split(" ", 5)
    assert (minute, hour, day, month, weekday) == ("5", "17", "*", "*", "*")
    assert re.search(r"(?<!\\)%", command) is None
    environment = plain_environment(PYTHONPATH=":".join(sys.path))
    subprocess.run(command.replace(r"\%", "%"), shell=True, cwd="/", env=environment, check=True)
    assert backup_in(folder)
    assert "已备份，核验完好" in Path("备份记录.txt").read_text("utf-8")
    monkeypatch.setattr(schedule, "ON_WINDOWS", True)
    assert cli.main(["backup", "--every-day", "7:30"]) == 0
    assert capsys.readouterr().out.startswith("schtasks /Create /F /SC DAILY /TN 安监台账备份 /ST 07:30 /TR ")


def test_the_line_for_windows_carries_the_command_as_one_word() -> None:
    command = [r"C:\Program Files\Python\python.exe", "-m", "anjian_cli", "--db", r"D:\安监 台账.db", "backup"]
    line = schedule.for_windows(command, 17, 5)
    (told,) = re.findall(r'/TR "(.*)"$', line)
    assert told.replace(r"\"", '"') == subprocess.list2cmdline(command)
    assert "/ST 17:05" in line


def test_the_line_of_cron_is_one_line_of_the_shell() -> None:
    line = schedule.for_cron(["a b", "--db", "50%'"], 7, 0, Path("/x y/记录.txt"))
    assert line.startswith("0 7 * * * ")
    assert shlex.split(line[10:].replace(r"\%", "%")) == ["a b", "--db", "50%'", ">>", "/x y/记录.txt", "2>&1"]

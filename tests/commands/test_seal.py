"""A signed statement as an office makes it, sends it out and holds a ledger against it."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from anjian_cli.commands.session import Session, begin
from anjian_cli.errors import refused
from anjian_cli.workflow import signing
from support import forgery, kept_ledgers

Run = Callable[..., str]


@pytest.fixture
def key(office: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The office with a key of its own."""
    monkeypatch.setenv("ANJIAN_KEY", "我的.key")
    said = office("封存", "--新密钥")
    assert "已新建签名密钥：我的.key（只有本人能读），密钥指纹" in said
    assert "恢复单：签名密钥恢复单.docx" in said
    return Path("我的.key")


@pytest.mark.unmeasured
@pytest.mark.usefixtures("key")
def test_signed_and_found_again(office: Run) -> None:
    assert "已签名：第17步操作以后的台账" in office("封存", "-o", "封存.json")
    office("month", "close", "10", "--yes")
    said = office("核验", "--比对", "封存.json")
    assert "签名有效" in said
    assert "是台账旁边记着的" in said
    assert "封存的哈希相符：第17步操作" in said
    assert "以后又做了1步。" in said
    Path("a.db.keys").unlink()
    assert "台账旁边没有记着：请向签的人当面或电话核对指纹" in office("核验", "--比对", "封存.json")


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("name", ["封存.docx", "封存.pdf", "封存.txt"])
def test_a_statement_has_no_name_of_another_kind_of_file(office: Run, name: str) -> None:
    assert "文件名的结尾请写 .json。〔E106〕" in office("seal", "-o", name, code=2)
    assert not Path(name).exists()


def test_a_key_that_cannot_be_read_is_told_in_chinese(office: Run, key: Path) -> None:
    key.unlink()
    key.mkdir()
    assert "密钥文件读不懂：它是一个文件夹。" in office("seal", code=1)


@pytest.mark.unmeasured
@pytest.mark.usefixtures("key")
def test_what_was_altered_after_it_was_signed_is_refused(office: Run) -> None:
    told = json.loads(office("seal").partition("\n已签名")[0])
    told["operation"] -= 1
    Path("封存.json").write_text(json.dumps(told), encoding="utf-8")
    assert "“封存.json”的签名不对" in office("check", "--against", "封存.json", code=1)
    Path("封存.json").write_text(json.dumps({**told, "key": "", "signature": ""}), encoding="utf-8")
    # Unsigned it may say anything; the hash is another operation's than the one it names.
    assert "〔E722〕" in office("check", "--against", "封存.json", code=1)
    Path("封存.json").write_text('{"anjian_seal": 1}', encoding="utf-8")
    assert "〔E727〕" in office("check", "--against", "封存.json", code=1)


@pytest.mark.unmeasured
@pytest.mark.usefixtures("key")
@pytest.mark.altered
def test_a_forger_is_found_and_which_months_he_made_anew(office: Run) -> None:
    office("seal", "-o", "封存.json")
    shutil.copy("a.db", "b.db")
    forgery.forge(Path("a.db"))
    said = office("check", "--against", "封存.json", code=1)
    assert "〔E722〕" in said
    assert "〔E734〕" not in said
    shutil.copy("b.db", "a.db")
    forgery.forge_issued_months_too(Path("a.db"))
    assert "台账完好" in office("check")
    said = office("check", "--against", "封存.json", code=1)
    assert "〔E722〕" in said
    assert "2018年9月的通报和封存时不同，或已撤回" in said


@pytest.mark.usefixtures("key")
def test_another_ledgers_statement_is_no_witness(office: Run) -> None:
    office("seal", "-o", "封存.json")
    Path("towns.csv").write_text("code,name\n330784115,芝英镇\n", encoding="utf-8")
    office("init", "另一本.db", "--towns", "towns.csv")
    assert "〔E725〕" in office("--db", "另一本.db", "check", "--against", "封存.json", code=1)


@pytest.mark.usefixtures("key")
def test_of_a_ledger_that_had_no_number_yet(office: Run) -> None:
    """Version 1 gets one when it is upgraded; that of a copy upgraded in memory is nobody else's."""
    kept_ledgers.ledger(1, Path("旧.db"))
    office("--db", "旧.db", "seal", "-o", "封存.json")
    for _ in range(2):
        assert "封存的哈希相符：第133步操作" in office("--db", "旧.db", "check", "--against", "封存.json")
        office("--db", "旧.db", "upgrade")


@pytest.mark.unmeasured
@pytest.mark.usefixtures("set_of_the_letter")
def test_an_issued_set_has_one_signed_or_not(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANJIAN_KEY", "我的.key")
    assert "封存说明未签名：没有签名密钥（我的.key）" in office("通报", "9", "-o", "未签/")
    (unsigned,) = Path("未签").glob("*封存说明.json")
    assert "未签名" in json.loads(unsigned.read_text(encoding="utf-8"))["notice"]
    assert "封存说明未签名：谁都能写这样一份" in office("核验", "--比对", str(unsigned))
    office("封存", "--新密钥")
    assert "未签名" not in office("通报", "9", "-o", "签了/")
    (signed,) = Path("签了").glob("*封存说明.json")
    assert "签名有效" in office("核验", "--比对", str(signed))
    assert "永康市（演示数据）" in signed.read_text(encoding="utf-8")
    office("通报", "10", "-o", "没印发/")
    assert not list(Path("没印发").glob("*封存说明.json"))
    monkeypatch.setitem(__import__("sys").modules, "nacl.signing", None)
    assert "这台电脑签不了名" in office("通报", "9", "-o", "没有库/")


def test_the_key_is_its_owners_and_is_not_overwritten(office: Run, key: Path) -> None:
    assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_bytes()
    assert "〔E730〕" in office("seal", "--new-key", "--sheet", "b.docx", code=2)
    assert key.read_bytes() == before
    assert not Path("b.docx").exists()
    key.chmod(0o644)
    assert "别的用户也能读这把签名密钥（我的.key）" in office("seal", "-o", "封存.json")


def test_a_sheet_that_is_there_stops_it_before_there_is_a_key(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANJIAN_KEY", "我的.key")
    Path("签名密钥恢复单.docx").write_bytes(b"")
    said = office("seal", "--new-key", code=2)
    assert "恢复单“签名密钥恢复单.docx”已存在，没有覆盖。它可能是另一把密钥的，请留好；这一张请用 --恢复单 " in said
    assert "〔E735〕" in said
    assert not Path("我的.key").exists()


def test_a_sheet_that_cannot_be_made_stops_it_before_there_is_a_key(
    office: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANJIAN_KEY", "我的.key")
    said = office("seal", "--new-key", "--sheet", "恢复单.xyz", code=2)
    assert said == "“--恢复单”不能填“恢复单.xyz”。文件名的结尾可以是 .txt、.docx、.pdf。〔E106〕\n"
    assert "〔E106〕" in office("seal", "--new-key", "--sheet", "恢复单.png", code=2)
    assert not Path("我的.key").exists()


@pytest.mark.parametrize(
    "typed",
    [
        ("--new-key", "-o", "甲.json"),
        ("--recover", "--sheet", "甲.docx"),
        ("--sheet", "甲.docx", "-o", "甲.json"),
        ("--sheet", "甲.docx", "--passphrase"),
    ],
)
def test_what_would_do_nothing_is_refused(office: Run, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]) -> None:
    monkeypatch.setenv("ANJIAN_KEY", "我的.key")
    assert "一起写，请去掉一样。〔E106〕" in office("seal", *typed, code=2)
    assert not list(Path().glob("我的.key")) + list(Path().glob("甲.*"))


def test_without_a_key_it_says_how_to_make_one(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANJIAN_KEY", "没有.key")
    assert "新建：anjian 封存 --新密钥" in office("seal", code=3)
    assert "〔E106〕" in office("seal", "--new-key", "--recover", code=2)
    assert "〔E107〕" in office("seal", "--passphrase", code=2)


def test_a_lost_key_comes_back_from_its_sheet(office: Run, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [[cell.text for cell in row.cells] for row in Document("签名密钥恢复单.docx").tables[0].rows][1:]
    assert [tuple(line[1:]) for line in lines] == list(signing.written_out(signing.taken(key.read_text())))
    before = key.read_bytes()
    key.unlink()
    typed = [f"{digits} {check}" for _, digits, check in lines]
    _type(monkeypatch, "0000 0000 00", *typed[1:])
    assert "第1行的校验不对" in office("seal", "--recover", code=1)
    _type(monkeypatch, *typed[:3], "")
    assert "要8行，打了3行" in office("seal", "--recover", code=1)
    assert not key.exists()
    _type(monkeypatch, *typed)
    assert "已找回签名密钥" in office("封存", "--找回")
    assert key.read_bytes() == before
    office("封存", "--恢复单", "再一张.txt")
    assert all(f"{digits}  {check}" in Path("再一张.txt").read_text(encoding="utf-8") for _, digits, check in lines)


def _type(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """What comes through the standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode())))


def test_what_is_typed_unseen_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Keyboard(io.BytesIO):
        def isatty(self) -> bool:
            return True

    session = begin()
    session.terminal, session.stdin = True, Keyboard()
    asked = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return "口令甲"

    monkeypatch.setattr("getpass.getpass", answer)
    assert session.new_secret("给密钥设口令") == "口令甲"
    assert asked == ["给密钥设口令：", "再输一遍："]


def test_a_passphrase_is_asked_on_a_terminal_only(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANJIAN_KEY", "我的.key")
    assert "口令没有设好：这里不是终端，不能输入口令" in office("seal", "--new-key", "--passphrase", code=4)
    assert not Path("我的.key").exists()
    monkeypatch.setattr(Session, "secret", lambda *_: "口令甲")
    office("seal", "--new-key", "--passphrase")
    assert "locked" in Path("我的.key").read_text(encoding="utf-8")
    office("seal", "-o", "封存.json")
    monkeypatch.setattr(Session, "secret", lambda *_: "口令乙")
    assert "口令不对" in office("seal", code=4)
    answers = iter(["口令甲", "口令乙"])
    monkeypatch.setattr(Session, "secret", lambda *_: next(answers))
    Path("我的.key").unlink()
    said = office("seal", "--new-key", "--passphrase", "--sheet", "b.docx", code=4)
    assert "口令没有设好：两次输入的不同。请在终端上再运行一次，两次输一样的；不设口令的，去掉 --口令。〔E736〕" in said


@pytest.mark.unmeasured
@pytest.mark.usefixtures("set_of_the_letter")
def test_a_locked_key_off_a_terminal_leaves_the_set_unsigned(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The set goes out: what is asked for at night by the system's scheduler cannot type."""
    monkeypatch.setenv("ANJIAN_KEY", "我的.key")
    with monkeypatch.context() as typing:
        typing.setattr(Session, "secret", lambda *_: "口令甲")
        office("seal", "--new-key", "--passphrase")
    assert "封存说明未签名：密钥有口令，打不开：这里不是终端" in office("通报", "9", "-o", "整套/")


@pytest.mark.usefixtures("key")
def test_where_the_folder_cannot_be_written_it_is_signed_all_the_same(
    office: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.db.keys").unlink()

    def full(*_: object) -> None:
        raise OSError(30, "read-only")

    monkeypatch.setattr("anjian_cli.exchange.key_files.remember", full)
    said = office("seal", "-o", "封存.json")
    assert "a.db.keys）：磁盘只能读，不能写" in said
    assert Path("封存.json").exists()


def test_without_a_ledger_a_key_can_be_made(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANJIAN_KEY", "我的.key")
    monkeypatch.setenv("ANJIAN_DB", "没有.db")
    office("seal", "--new-key")
    assert not Path("没有.db.keys").exists()

    def none(_: Session) -> Path:
        raise refused("E612")

    monkeypatch.setattr(Session, "ledger", none)
    office("seal", "--new-key", "--key", "另一.key", "--sheet", "b.docx")
    assert Path("另一.key").exists()

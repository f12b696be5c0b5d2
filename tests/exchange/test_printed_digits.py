"""The digits that a paper prints, as they are typed and as they stand in files that anybody may have made."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from anjian_cli.exchange import printed_digits
from support.desk import refuses

DIGITS = "3f9a1b2c4d5e6f70"
IN_FOURS = "3f9a 1b2c 4d5e 6f70"


@pytest.mark.parametrize(
    "text",
    [
        DIGITS,
        IN_FOURS,
        "3F9A-1B2C-4D5E-6F70",
        "３ｆ９ａ　１ｂ２ｃ　４ｄ５ｅ　６ｆ７０",
        "核验码：3f9a 1b2c 4d5e 6f70",
        "核验码 3f9a—1b2c—4d5e—6f70",
        "3f9aib2c4d5e6f7o",
        "  3f9a·1b2c·4d5e·6f70。".rstrip("。"),
    ],
)
def test_however_it_is_typed(text: str) -> None:
    assert printed_digits.typed(text) == DIGITS


@pytest.mark.parametrize("text", ["", "3f9a1b2", "3f9a1b2g4d5e", "通报.docx", "0" * 65, "核验码"])
def test_what_is_none(text: str) -> None:
    assert printed_digits.typed(text) is None


def test_more_and_fewer() -> None:
    assert printed_digits.typed("3f9a1b2c") == "3f9a1b2c"
    assert printed_digits.typed("a" * 64) == "a" * 64


def packed(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", text)
    return stream.getvalue()


def runs(text: str) -> str:
    """A paragraph of Word, which cuts a text wherever it likes."""
    return "<w:p>" + "".join(f"<w:r><w:t>{each}</w:t></w:r><w:proofErr/>" for each in text) + "</w:p>"


@pytest.mark.parametrize(
    "data",
    [
        f"核验码：{IN_FOURS}".encode(),
        f"核验码：{IN_FOURS}".encode("gb18030"),
        f"\ufeff数据时点：2018-11-02；核验码：{IN_FOURS}。\n别的".encode(),
        b'{"fingerprint": "aaaaaaaa", "witness": "3f9a1b2c4d5e6f70"}',
        "<p>核验码&#xFF1A;<b>3f9a</b> 1b2c 4d5e 6f70</p><p>abc</p>".encode(),
        b"%PDF-1.7\n\xff\xfe<pdf:Keywords>" + f"核验码 {IN_FOURS}</pdf:Keywords>".encode(),
        packed(word__document=f"{runs('甲')}{runs('核验码：' + IN_FOURS)}{runs('abcd')}"),
        packed(xl__sharedStrings=f"<si><t>核验码：{IN_FOURS}</t></si><si><t>0123</t></si>"),
        packed(xl__worksheets__sheet1=f'<c t="inlineStr"><is><t>核验码：{IN_FOURS}</t></is></c><c><v>1</v></c>'),
        packed(docProps__core=f"<cp:keywords>核验码 {IN_FOURS}</cp:keywords><dc:x>1</dc:x>"),
    ],
)
def test_in_every_kind_of_file(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "一份"
    path.write_bytes(data)
    assert printed_digits.of_file(path) == (DIGITS,)
    assert not printed_digits.is_ledger(path)


def test_all_that_differ_are_told_and_each_once(tmp_path: Path) -> None:
    path = tmp_path / "一份.txt"
    path.write_text(f"核验码：{IN_FOURS}\n核验码：{IN_FOURS}\n核验码：0000 0000 0000 0001\n", encoding="utf-8")
    assert printed_digits.of_file(path) == (DIGITS, "0000000000000001")


def test_eight_digits_of_an_older_paper_where_there_are_no_more(tmp_path: Path) -> None:
    path = tmp_path / "一份.txt"
    path.write_text("台账指纹：3f9a1b2c。", encoding="utf-8")
    assert printed_digits.of_file(path) == ("3f9a1b2c",)
    path.write_text(f"台账指纹：00000000。核验码：{IN_FOURS}", encoding="utf-8")
    assert printed_digits.of_file(path) == (DIGITS,)


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (b"", "请照着打"),
        ("核验码：3f9a 1b2c".encode(), "请照着打"),
        (f"核验码：{IN_FOURS}0".encode(), "请照着打"),
        (b"\x89PNG\r\n\x1a\n", "图片里的读不出来"),
        (b"age-encryption.org/v1\n", "请先解密"),
        (b"PK\x03\x04 broken", "文件打不开"),
        (packed(word__document="没有"), "请照着打"),
        (packed(word__document=" " * 30_000_000), "文件打不开"),
    ],
)
def test_what_has_none_says_what_to_do(data: bytes, remedy: str, tmp_path: Path) -> None:
    path = tmp_path / "一份"
    path.write_bytes(data)
    with refuses("E721") as said:
        printed_digits.of_file(path)
    assert remedy in said[0]


def test_a_file_of_open_brackets_takes_no_time(tmp_path: Path) -> None:
    """Patterns go on for a few thousand characters and no further: a minute, where they would go to the end."""
    path = tmp_path / "一份"
    path.write_bytes(b"<" * 2_000_000 + b"<a" + b"b" * 2_000_000)
    with refuses("E721"):
        printed_digits.of_file(path)


def test_what_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with refuses("E305"):
        printed_digits.of_file(tmp_path / "没有")
    path = tmp_path / "大"
    path.write_bytes(b"x" * 100)
    monkeypatch.setattr("anjian_cli.exchange.admission.LARGEST_FILE", 10)
    with refuses("E306"):
        printed_digits.of_file(path)
    path.write_bytes(packed(word__document=f"核验码：{IN_FOURS}"))
    monkeypatch.setattr("anjian_cli.exchange.admission.LARGEST_FILE", 1000)
    monkeypatch.setattr(printed_digits, "MOST_TEXT", 10)
    with refuses("E721") as said:
        printed_digits.of_file(path)
    assert "文件太大" in said[0]

"""Zip files: the files in them each as if it had come alone, and nothing that is too much is ever unpacked."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from anjian_cli.errors import Fault, Refused
from anjian_cli.exchange import admission, archive, intake, opened_file, reader
from anjian_cli.exchange.content import Content
from exchange.books import claimed_size, packed, saved, xls, xlsx
from support.import_ledger import code, content, gates, operations, standing

FIRMS = [["镇（街、区）", "企业名称", "统一社会信用代码"], ["芝英镇", "永康市丑厂", code(120)]]
BAD = [FIRMS[0], ["芝英街道", "永康市寅厂", code(121)]]
CSV = "\n".join(",".join(row) for row in FIRMS)


def members(data: bytes) -> list[str]:
    found = archive.members(Content("收件.zip", data, ".zip"))
    return [one.name if isinstance(one, Content) else one.faults[0].code for one in found]


def fault(data: bytes, name: str = "收件.zip") -> Fault:
    with pytest.raises(Refused) as caught:
        archive.members(Content(name, data, Path(name).suffix))
    (only,) = caught.value.faults
    assert only.place.file == name
    assert str(only)
    return only


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return standing(tmp_path / "甲.db")


@pytest.mark.unmeasured
def test_each_file_is_its_own_operation(ledger: Path, tmp_path: Path) -> None:
    done = operations(ledger)
    data = packed(
        {
            "10月/芝英镇.xlsx": xlsx({"企业": FIRMS}),
            "10月/石柱镇.xlsx": xlsx({"企业": BAD}),
            "10月/唐先镇.xls": xls([FIRMS[0], ["芝英镇", "永康市卯厂", code(122)]], name="企业"),
            "10月/古山镇.csv": CSV.replace("丑", "辰").replace(code(120), code(123)).encode("gb18030"),
            "10月/照片.jpg": b"x",
            "10月/~$芝英镇.xlsx": b"x",
            "10月/.隐藏.csv": b"x",
            "__MACOSX/10月/._芝英镇.xlsx": b"x",
            "10月/退回/芝英镇.xlsx": b"x",
            "10月/空/": b"",
        }
    )
    opened = opened_file.open_files(saved(tmp_path / "收件.zip", data))
    reports = [intake.take_file(one, gates(ledger)) for one in opened]
    assert [(report.file, report.taken, [f.code for f in report.faults]) for report in reports] == [
        ("收件.zip·古山镇.csv", True, []),
        ("收件.zip·唐先镇.xls", True, []),
        ("收件.zip·照片.jpg", False, ["E303"]),
        ("收件.zip·石柱镇.xlsx", False, ["E231"]),
        ("收件.zip·芝英镇.xlsx", True, []),
    ]
    assert str(reports[3].faults[0]).startswith(
        "《收件.zip·石柱镇.xlsx》“企业”表第2行“镇（街、区）”（A列）：“芝英街道”——"
    )
    assert operations(ledger) == done + 3
    assert content(ledger)


def test_names_written_in_gbk() -> None:
    data = packed({"aaaaaa.csv": b"x", "bb/cccc.csv": b"x"})
    # What Chinese programs write, without saying in which character set.
    data = data.replace(b"aaaaaa", "芝英镇".encode("gbk")).replace(b"bb/cccc", b"bb/" + "隐患".encode("gbk"))
    assert members(data) == ["收件.zip·隐患.csv", "收件.zip·芝英镇.csv"]


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    data = packed({"芝英镇/隐患.csv": b"x", "石柱镇/隐患.csv": b"x", "石柱镇/企业.csv": b"x"})
    assert members(data) == ["收件.zip·企业.csv", "收件.zip·石柱镇·隐患.csv", "收件.zip·芝英镇·隐患.csv"]


def test_a_path_leads_nowhere(tmp_path: Path) -> None:
    names = ["../../甲.csv", "/etc/乙.csv", "C:\\windows\\丙.csv", "..\\..\\丁.csv", "戊\u202e.csv"]
    data = packed(dict.fromkeys(names, CSV.encode()))
    assert sorted(members(data)) == sorted(f"收件.zip·{name}.csv" for name in "甲乙丙丁戊")
    inside = tmp_path / "内"
    opened_file.open_files(saved(inside / "收件.zip", data))
    assert [path.name for path in tmp_path.rglob("*")] == ["内", "收件.zip"]


def test_an_archive_inside_an_archive() -> None:
    inner = packed({"甲.csv": b"x"})
    assert members(packed({"甲.zip": inner, "乙.csv": inner, "丙.csv": b"x"})) == [
        "收件.zip·丙.csv",
        "E318",
        "E318",
    ]


def test_a_workbook_is_no_archive_and_an_archive_no_workbook(tmp_path: Path) -> None:
    assert not archive.is_archive(Content("a.zip", xlsx({"甲": []}), ".zip"))
    assert archive.is_archive(Content("a.xlsx", packed({"甲.csv": b"x"}), ".xlsx"))
    (opened,) = opened_file.open_files(saved(tmp_path / "企业.zip", xlsx({"企业": FIRMS})))
    assert (opened.report.file, opened.report.faults) == ("企业.zip", [])


def test_nothing_in_it() -> None:
    assert fault(packed({})).code == "E309"
    assert fault(packed({"甲/": b"", "~$甲.xlsx": b"x"})).code == "E309"


def test_passwords() -> None:
    data = bytearray(packed({"甲.csv": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found = fault(bytes(data))
    assert (found.code, "取消密码" in found.remedy) == ("E314", True)


def test_damaged(tmp_path: Path) -> None:
    data = packed({"甲.csv": CSV.encode()})
    for bad in (data[:-30], data[:20]):
        (opened,) = opened_file.open_files(saved(tmp_path / "收件.zip", bad))
        assert [f.code for f in opened.report.faults] == ["E315"]
    broken = bytearray(data)
    broken[45] ^= 0xFF
    assert members(bytes(broken)) == ["E315"]
    other = bytearray(data)
    other[8] = other[data.index(b"PK\x01\x02") + 10] = 99  # a way of packing that nobody knows
    assert members(bytes(other)) == ["E315"]


# --- limits


@pytest.mark.parametrize("name", ["收件.zip", "企业.xlsx"])
def test_what_unpacks_to_too_much(name: str) -> None:
    data = packed({"xl/甲.csv" if name == "企业.xlsx" else "甲.csv": b"\0" * (archive.RATIO_FROM + 1)})
    if name == "收件.zip":
        found = fault(data)
    else:
        with pytest.raises(Refused) as caught:
            reader.sheets(Content(name, data, ".xlsx"))
        (found,) = caught.value.faults
    assert (found.code, found.words["limit"]) == ("E317", "200倍")


def test_small_entries_may_be_packed_tightly() -> None:
    assert members(packed({"甲.csv": b"\0" * (archive.RATIO_FROM - 1)})) == ["收件.zip·甲.csv"]


def test_the_sum_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 2 * 1024 * 1024)
    entries = {f"{number}.csv": bytes(1024 * 1024) for number in range(3)}
    assert fault(packed(entries)).words == {"what": "解开后", "size": "3MB", "limit": "2MB"}


def test_too_many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_ENTRIES", 3)
    assert fault(packed({f"{number}.csv": b"x" for number in range(4)})).words["size"] == "4个"


def test_one_entry_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "LARGEST_FILE", 1024)
    assert members(packed({"甲.csv": bytes(2048), "乙.csv": b"x"})) == ["收件.zip·乙.csv", "E306"]


def test_a_size_that_is_not_true() -> None:
    data = packed({"a.csv": b"\0" * 100_000})
    assert members(claimed_size(data, "a.csv", 10)) == ["E315"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        made.writestr("甲.csv", "镇,名称\n")
    assert members(out.getvalue()) == ["收件.zip·甲.csv"]
    repacked = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx({"甲": [["乙"]]}))) as book, zipfile.ZipFile(repacked, "w", method) as made:
        for name in book.namelist():
            made.writestr(name, book.read(name))
    if method == zipfile.ZIP_STORED:
        (sheet,) = reader.sheets(Content("甲.xlsx", repacked.getvalue(), ".xlsx"))
        assert sheet.rows == [(1, ["乙"])]
    else:  # no program writes workbooks so
        with pytest.raises(Refused) as caught:
            reader.sheets(Content("甲.xlsx", repacked.getvalue(), ".xlsx"))
        assert [f.code for f in caught.value.faults] == ["E315"]


def test_from_standard_input(ledger: Path) -> None:
    copy = Path(shutil.copy(ledger, ledger.with_name("乙.db")))
    (opened,) = opened_file.open_files(reader.STDIN, stdin=packed({"企业.csv": CSV.encode()}))
    report = intake.take_file(opened, gates(copy))
    assert (report.file, report.taken, report.new) == ("标准输入·企业.csv", True, 1)

"""Files as offices send them: encodings, delimiters, broken quotation marks, files of other kinds."""

from __future__ import annotations

import csv
import gc
import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anjian_cli.errors import Fault, Refused
from anjian_cli.exchange import admission, content, plain_text, reader

TABLE = "镇,企业名称,发现日期\r\n芝英镇,永康市恒达工具厂,2018-10-09\r\n石柱镇,永康市精工五金厂,2018-10-10\r\n"
ROWS = [
    (1, ["镇", "企业名称", "发现日期"]),
    (2, ["芝英镇", "永康市恒达工具厂", "2018-10-09"]),
    (3, ["石柱镇", "永康市精工五金厂", "2018-10-10"]),
]


def rows(data: bytes) -> list[content.Row]:
    (sheet,) = reader.read(reader.STDIN, stdin=data)
    return list(sheet.rows)


def broken(data: bytes | str) -> tuple[list[int], list[tuple[str, int | None]]]:
    """The lines of the rows read, and code and line of every fault."""
    (sheet,) = reader.read(reader.STDIN, stdin=data if isinstance(data, bytes) else data.encode())
    assert all(fault.place.file == "标准输入" and str(fault) for fault in sheet.faults)
    return [row for row, _ in sheet.rows], [(fault.code, fault.place.row) for fault in sheet.faults]


def fault(data: bytes) -> Fault:
    with pytest.raises(Refused) as caught:
        rows(data)
    (only,) = caught.value.faults
    assert only.place.file == "标准输入"
    assert str(only)
    return only


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert rows(TABLE.encode(encoding)) == ROWS


def test_utf16_big_endian() -> None:
    assert rows(b"\xfe\xff" + TABLE.encode("utf-16-be")) == ROWS


def test_rare_characters_of_gb18030() -> None:
    assert rows("名称,备注\n𠮷野㐂,䶮\n".encode("gb18030"))[1] == (2, ["𠮷野㐂", "䶮"])


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(newline: str) -> None:
    assert rows(TABLE.replace("\r\n", newline).encode()) == ROWS


def test_a_file_is_named_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "芝英镇10月.CSV"
    path.write_bytes(TABLE.encode("gbk"))
    (sheet,) = reader.read(path)
    assert (sheet.file, sheet.name, sheet.rows) == ("芝英镇10月.CSV", "", ROWS)
    assert reader.content(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


# --- encodings that are not


def test_undecodable_says_line_and_byte() -> None:
    found = fault("镇,名称\n芝英镇,".encode("gbk") + b"\xff\xff\n")
    assert (found.code, found.words) == ("E302", {"line": 2, "byte": 8})


def test_damaged_utf8_is_not_taken_for_gb18030() -> None:
    whole = "镇街,企业名称\n芝英镇,永康市\n".encode()
    damaged = whole.replace("英".encode(), b"\xe8\x8b")  # the last byte of a character is lost
    found = fault(damaged)
    assert (found.code, found.words) == ("E302", {"line": 2, "byte": 4})


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_marked_encoding_is_kept_to(encoding: str) -> None:
    spoilt = "镇\n芝".encode(encoding) + (b"\xff" if encoding == "utf-8-sig" else b"\x00\xd8")
    found = fault(spoilt)
    assert (found.code, found.words["line"]) == ("E302", 2)


def test_the_place_of_a_fault_is_counted_from_behind_the_mark() -> None:
    assert fault(b"\xef\xbb\xbfA\xe0").words == {"line": 1, "byte": 2}
    assert fault("\ufeff镇\n芝".encode() + b"\xff").words == {"line": 2, "byte": 4}


def test_the_whole_file_is_decoded_before_a_row_is_read() -> None:
    data = "名称,数\n".encode("gbk") + "永康,1\n".encode("gbk") * 50_000 + b"\xff"
    assert (fault(data).code, fault(data).words["line"]) == ("E302", 50_002)


def test_nul_is_refused_with_its_line() -> None:
    found = fault("镇,名称\n芝英镇,永\0康\n".encode())
    assert (found.code, found.place.row) == ("E201", 2)


# --- rows


def test_rows_begin_where_the_file_says() -> None:
    text = '名称,地址\n甲,"东路\n1号"\n\n,,\n　, \n乙,西路\n'
    assert rows(text.encode()) == [(1, ["名称", "地址"]), (2, ["甲", "东路\n1号"]), (7, ["乙", "西路"])]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_delimiters(mark: str) -> None:
    text = f"永康市隐患登记表\n名称{mark}金额{mark}种类\n甲{mark}20{mark}喷涂、涉氨\n"
    assert rows(text.encode())[1:] == [(2, ["名称", "金额", "种类"]), (3, ["甲", "20", "喷涂、涉氨"])]


def test_lists_inside_cells_do_not_change_the_delimiter() -> None:
    text = '名称,种类\n甲,喷涂;涉氨;涉粉;胶水\n乙,"a\tb;c;d;e"\n'
    assert rows(text.encode())[1:] == [(2, ["甲", "喷涂;涉氨;涉粉;胶水"]), (3, ["乙", "a\tb;c;d;e"])]


def test_one_column_and_nothing() -> None:
    assert rows("名称\n甲\n".encode()) == [(1, ["名称"]), (2, ["甲"])]
    assert rows(b"") == []
    assert rows(b"\xef\xbb\xbf\r\n") == []


BROKEN = (
    '杭州某房地产有限公司,91330100000000000F,1992-10-22,5,000(万美元),"游乐配套设施(国家禁止的除外)的建设经营"",'
    '"某某",某某旅游度假区,N/A,"杭州"'
)


def test_a_broken_line_holds_up_no_other() -> None:
    good = "1,2,3,4,5,6,7,8\n"
    assert broken(f"a,b,c,d,e,f,g,h\n{good}{BROKEN}\n{good}{BROKEN}\n{good}") == (
        [1, 2, 4, 6],
        [("E304", 3), ("E304", 5)],
    )


@pytest.mark.parametrize(
    ("text", "rows", "faults"),
    [
        ('a,b\n1,"2\n3,4\n', [1, 3], [2]),
        ('a,b\n1,"2"x\n', [1], [2]),
        ('a,b\n1,"2\n3,"4"\n', [1, 3], [2]),
        ('a,b\n1,"2', [1], [2]),
        ('"a,b\n1,2\n', [2], [1]),
        # The rest of a broken cell is not taken for a row, nor passed over in silence.
        ('a,b,c\n1,2,3\n4,"5\n东路1号\n二楼"x,6\n7,8,9\n', [1, 2, 6], [3, 4, 5]),
        ('a,b,c\n1,2,3\n4,"5,6\n\n7,8\n9,"10\n11",12\n', [1, 2, 6], [3, 5]),
        # A line that is broken in itself makes the short row behind it suspicious only if a mark may be open.
        ('a,b,c\n1,"2"","x",3\n合计\n', [1], [2, 3]),
        ('a,b,c\n1,"2"x"y,3"\n合计\n', [1, 3], [2]),
    ],
)
def test_unpaired_quotation_marks(text: str, rows: list[int], faults: list[int]) -> None:
    assert broken(text) == (rows, [("E304", line) for line in faults])


def test_a_quotation_mark_open_over_many_lines_is_found() -> None:
    rows, faults = broken('a,b\n1,"2\n' + "3,4\n" * 20_000 + '5,"6"\n')
    assert (len(rows), rows[-1], faults) == (20_002, 20_003, [("E304", 2)])


def test_the_longest_cell() -> None:
    assert rows(f"a,b\n1,{'字' * content.LONGEST_CELL}\n".encode())[1][1][1] == "字" * content.LONGEST_CELL
    assert broken(f"a,b\n1,{'字' * (content.LONGEST_CELL + 1)}\n合计\n") == ([1, 3], [("E204", 2)])


def test_settings_of_the_process_are_left_as_they_were() -> None:
    before = csv.field_size_limit()
    rows(TABLE.encode())
    assert broken(b'a,"b') == ([], [("E304", 1)])
    assert csv.field_size_limit() == before
    assert gc.isenabled()


cell = st.text(st.sampled_from('芝英镇a1 ,;\t"\n（）'), max_size=6)


@given(
    st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_a_spreadsheet_writes_is_read_back(table: list[list[str]], encoding: str) -> None:
    lines = ["甲,乙,丙"] + [",".join('"' + c.replace('"', '""') + '"' for c in row) for row in table]
    kept = [row for row in table if "".join(row).strip(" \t\n")]
    found = rows(("\r\n".join(lines) + "\r\n").encode(encoding))
    assert [cells for _, cells in found[1:]] == kept


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = rows(data)
    except Refused as refused:
        message = str(refused)
    else:
        message = str(found)
    assert message


# --- large texts


@given(
    st.text(st.sampled_from('芝英镇a1 ,"\n\r（）'), max_size=40),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_large_text_is_read_as_a_small_one(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "甲.csv"
    path.write_bytes(text.encode(encoding))
    (small,) = reader.read(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "LARGE", -1)
        patch.setattr(content, "PART", 3)
        if small.faults:  # what is whole behind a broken line is looked for in a small one alone
            with pytest.raises(Refused) as caught:
                reader.read(path)
            assert [(told.code, told.place.row) for told in caught.value.faults] == [
                (told.code, told.place.row) for told in small.faults[:1]
            ]
            return
        (large,) = reader.read(path)
        assert isinstance(large.rows, plain_text.StoredRows)
        assert list(large.rows) == small.rows
        assert (len(large.rows), bool(large.rows)) == (len(small.rows), bool(small.rows))
        pieces = [pair for lines, cells in plain_text.chunks(large.rows, 2) for pair in zip(lines, cells, strict=True)]
        assert [pair for pair in pieces if content.is_visible(pair[1])] == small.rows
        assert (large.rows[1:3], [large.rows[at] for at in range(len(large.rows))]) == (small.rows[1:3], small.rows)


@pytest.mark.parametrize("at", range(1, 9))
def test_a_fault_is_found_in_whatever_part_of_a_file_it_lies(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    monkeypatch.setattr(content, "PART", at)
    assert fault("镇,名称\n芝英镇,".encode("gbk") + b"\xff\xff\n").words == {"line": 2, "byte": 8}
    assert fault("镇街,企业\n芝英".encode() + b"\xe8\x8b\n").words == {"line": 2, "byte": 7}
    assert fault(b"a,b\n1,2\n3,\0\n").words == {}
    assert fault(b"a,b\n1,2\n3,\0\n").place.row == 3


def test_a_long_line_without_a_quotation_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGE", -1)
    (tmp_path / "甲.csv").write_text(f"a,b\n1,{'字' * (content.LONGEST_CELL + 1)}\n3,4\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        reader.read(tmp_path / "甲.csv")
    assert [(told.code, told.place.row) for told in caught.value.faults] == [("E204", 2)]
    monkeypatch.setattr(reader, "LARGE", 10**9)
    (sheet,) = reader.read(tmp_path / "甲.csv")
    assert ([row for row, _ in sheet.rows], [f.code for f in sheet.faults]) == ([1, 3], ["E204"])


def test_a_file_that_changes_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "甲.csv"
    path.write_text(TABLE, encoding="utf-8")
    assert reader.content(path).as_it_was()
    monkeypatch.setattr(reader, "LARGE", -1)
    read = reader.content(path)
    assert read.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read.as_it_was()
    path.write_text(TABLE + "x", encoding="utf-8")
    assert not read.as_it_was()


# --- files that are not read


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a.ET", "请在WPS中“另存为”.xlsx"),
        ("a.rar", "解压"),
        ("a.7z", "解压"),
        ("a.docx", "空表"),
        ("a.jpg", "空表"),
    ],
)
def test_other_kinds_of_file(tmp_path: Path, name: str, remedy: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(Refused) as caught:
        reader.read(tmp_path / name)
    (found,) = caught.value.faults
    assert (found.code, found.place.file) == ("E303", name)
    assert remedy in found.remedy
    assert Path(name).suffix.lower() in found.reason


@pytest.mark.parametrize("begins", [b"Rar!\x1a\x07", b"7z\xbc\xaf", b"\x1f\x8b"])
def test_an_archive_renamed_to_csv(tmp_path: Path, begins: bytes) -> None:
    path = tmp_path / "芝英镇.csv"
    path.write_bytes(begins + b"\0" * 20)
    with pytest.raises(Refused) as caught:
        reader.read(path)
    assert [f.code for f in caught.value.faults] == ["E303"]


@pytest.mark.parametrize(
    "begins", ["<html><table>", "\r\n<!DOCTYPE html>", "<?xml version='1.0'?><Workbook>", "MIME-Version: 1.0\n"]
)
@pytest.mark.parametrize("name", ["隐患.xls", "隐患.csv"])
def test_a_web_page_is_no_table(tmp_path: Path, name: str, begins: str) -> None:
    path = tmp_path / name
    path.write_text(f"{begins}<tr><td>企业名称</td></tr>", "gb18030")
    with pytest.raises(Refused) as caught:
        reader.read(path)
    (found,) = caught.value.faults
    assert (found.code, found.place.file) == ("E316", name)
    assert "另存为“.xlsx”" in found.remedy


@pytest.mark.parametrize("text", [TABLE, TABLE.replace(",", "\t")])
def test_text_that_was_named_a_workbook_is_read_as_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "隐患.xls"
    path.write_bytes(text.encode("gb18030"))
    (sheet,) = reader.read(path)
    assert (sheet.name, sheet.rows) == ("", ROWS)


@pytest.mark.parametrize("data", [b"\0\0\0", b"\xff\xff\xff", "镇".encode() * 3 + b"\xe8"])
def test_what_is_neither_workbook_nor_text(tmp_path: Path, data: bytes) -> None:
    for name in ("a.xlsx", "a.xlsm", "a.xls", "a.zip"):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(Refused) as caught:
            reader.read(path)
        assert [f.code for f in caught.value.faults] == ["E315"]


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "LARGEST_FILE", 1024 * 1024)
    path = tmp_path / "a.csv"
    path.write_bytes(b"a" * (2 * 1024 * 1024))
    with pytest.raises(Refused) as caught:
        reader.read(path)
    (found,) = caught.value.faults
    assert (found.code, found.words) == ("E306", {"size": "2MB", "limit": "1MB"})
    assert fault(b"a" * (2 * 1024 * 1024)).code == "E306"


def test_missing_and_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused) as caught:
        reader.read(tmp_path / "无.csv")
    assert [f.code for f in caught.value.faults] == ["E305"]
    path = tmp_path / "a.csv"
    path.write_bytes(b"a")

    def locked(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(Refused) as caught:
        reader.read(path)
    assert [f.code for f in caught.value.faults] == ["E312"]


# --- paths


def test_folders_are_looked_through(tmp_path: Path) -> None:
    for name in (
        "b.csv",
        "a.xlsx",
        "~$a.xlsx",
        ".hidden.csv",
        "Thumbs.db",
        "镇/c.csv",
        "退回/c.csv",
        "镇/退回/d.csv",
        ".git/e.csv",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    found = reader.paths([tmp_path / "b.csv", tmp_path, reader.STDIN])
    assert found == [tmp_path / "b.csv", tmp_path / "a.xlsx", tmp_path / "镇" / "c.csv", reader.STDIN]
    assert reader.paths([tmp_path / "退回"]) == [tmp_path / "退回" / "c.csv"]
    assert reader.paths([tmp_path / "~$a.xlsx", tmp_path / "b.csv"]) == [tmp_path / "b.csv"]


def test_missing_paths_are_all_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")
    with pytest.raises(Refused) as caught:
        reader.paths([tmp_path / "a.csv", tmp_path / "无", tmp_path / "缺.csv"])
    assert [(f.code, f.value) for f in caught.value.faults] == [
        ("E305", str(tmp_path / "无")),
        ("E305", str(tmp_path / "缺.csv")),
    ]

"""`export --all` and `import --all` as they are typed."""

from __future__ import annotations

import errno
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.ledger import create, history
from anjian_cli.ledger import open as opening
from commands.conftest import Run


def head(path: str) -> tuple[int, str, str]:
    """The last operation of a ledger: number, hash, command."""
    with closing(opening.reading(Path(path))) as connection:
        found = connection.execute("SELECT id, hash, command FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    return tuple(found)


@pytest.mark.unmeasured
def test_out_and_back_it_is_the_same_ledger(office: Run) -> None:
    said = office("export", "--all", "出")
    assert said.startswith("导出整本台账：姓名、电话等原样写出，不遮盖。")
    before = head("a.db")
    assert before[1] in said
    assert before[2] == "export --all --with-phones -o 出"
    assert "导出 --全部（带电话，写到出）" in office("log", "--limit", "1")
    assert json.loads(Path("出/manifest.json").read_text("utf-8"))["head_hash"] == before[1]
    assert before[1] in office("--db", "b.db", "导入", "--全部", "出")
    assert head("b.db") == before
    assert "台账完好" in office("--db", "b.db", "check")
    for asked in (("bulletin", "10", "--format", "json"), ("bulletin", "9", "--format", "json"), ("status",)):
        assert office("--db", "b.db", *asked).replace("b.db", "a.db") == office("--db", "a.db", *asked)
    assert Path("b.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.unmeasured
def test_the_export_stands_in_the_log_and_undo_passes_it_over(office: Run) -> None:
    with closing(opening.reading(Path("a.db"))) as connection:
        last = history.last_standing(connection)
    office("export", "--all", "出")
    assert "收不回来" in office("undo", str(head("a.db")[0]), code=4)
    assert f"操作{last}" in office("undo")


def test_a_trial_says_whether_it_comes_back_and_leaves_nothing(office: Run) -> None:
    office("export", "--all", "出")
    before = sorted(path.name for path in Path().iterdir())
    assert office("import", "--all", "出", "--dry-run").startswith("核对无误，没有建账")
    town = Path("出/town.csv")
    town.write_bytes(town.read_bytes().replace("芝英镇".encode(), "芝英街".encode()))
    assert "《town.csv》第15行" in office("import", "--all", "出", "--dry-run", code=1)
    assert sorted(path.name for path in Path().iterdir()) == before


@pytest.mark.unmeasured
def test_it_is_remembered_where_no_other_ledger_is(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    office("export", "--all", "出")
    office("--db", "b.db", "import", "--all", "出")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(Path("新电脑").resolve()))
    monkeypatch.delenv("ANJIAN_DB")
    assert "已重建并记住台账" in office("--db", "c.db", "import", "--all", "出")
    assert "已重建台账" in office("--db", "d.db", "import", "--all", "出")
    assert "/c.db" in office("status")


@pytest.mark.unmeasured
def test_a_ledger_that_is_there_is_never_written_over(office: Run) -> None:
    office("export", "--all", "出")
    before = Path("a.db").read_bytes()
    assert "E616" in office("import", "--all", "出", code=6)
    assert Path("a.db").read_bytes() == before


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (("export", "--all", "有", "-o", "全部.xlsx"), 2, "E690"),
        (("export", "--all", "有", "--town", "芝英", "--with-phones"), 2, "--镇街 --带电话"),
        (("import", "甲.csv", "--all", "有"), 2, "E690"),
        (("import", "--all", "有", "--office", "--accept-good"), 2, "--收正确的 --本办"),
        (("export", "--all", "有"), 2, "E109"),
        (("export", "--all", "甲.csv"), 2, "E109"),
        (("export", "--all", "甲.csv/出"), 6, "E601"),
        (("export", "--all", "-"), 2, "E106"),
        (("export", "--all", "/"), 2, "E106"),
        (("import", "--all", "没有"), 6, "E680"),
        (("import", "--all", "甲.csv"), 6, "E680"),
        (("import", "--all", "-"), 6, "E680"),
    ],
)
def test_what_cannot_be_done_is_told(office: Run, line: tuple[str, ...], code: int, told: str) -> None:
    Path("有").mkdir()
    Path("有/甲.txt").write_text("x")
    Path("甲.csv").write_text("x")
    db = ("--db", "新.db") if line[0] == "import" else ()
    assert told in office(*db, *line, code=code)
    assert not Path("新.db").exists()


@pytest.mark.unmeasured
def test_an_empty_folder_and_folders_that_are_not_there_yet_are_taken(office: Run) -> None:
    Path("空").mkdir()
    office("export", "--all", "空")
    office("export", "--all", "甲/乙/出")
    assert Path("甲/乙/出").stat().st_mode & 0o777 == 0o700
    assert (Path("空/manifest.json").exists(), Path("甲/乙/出/manifest.json").exists()) == (True, True)


@pytest.mark.unmeasured
def test_what_could_not_be_written_is_told_as_that(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from anjian_cli.exchange import sealed

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealed, "write_text", full)
    said = office("export", "--all", "出", code=6)
    assert "磁盘已满，写不进去。请腾出地方后再试。〔E631〕" in said
    assert not Path("出").exists()
    assert not list(Path().glob(".*"))


@pytest.mark.unmeasured
def test_a_folder_that_another_export_has_made_meanwhile_is_told_as_that(
    office: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object) -> None:
        Path("出").mkdir()
        raise OSError(errno.ENOTEMPTY, "Directory not empty")

    monkeypatch.setattr(Path, "rename", taken)
    assert "“出”已存在，没有覆盖" in office("export", "--all", "出", code=2)


@pytest.mark.unmeasured
def test_the_page_names_every_column(office: Run) -> None:
    office("export", "--all", "出")
    page = Path("出/README.txt").read_text("utf-8")
    for path in sorted(Path("出").glob("*.csv")):
        columns = path.read_text("utf-8-sig").partition("\n")[0].strip().split(",")[:-1]
        _, _, after = page.partition(f"\n{path.name}　")
        told = [line.split("　")[2] for line in after.partition("\n\n")[0].splitlines()[1:]]
        assert told == columns, path.name


def test_a_ledger_that_cannot_be_written_is_told_without_the_wrong_remedy(
    office: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anjian_cli.ledger.gate import Gate

    def closed(_: object) -> None:
        with closing(sqlite3.connect("file:a.db?mode=ro", uri=True)) as connection:
            connection.execute("DELETE FROM setting")

    monkeypatch.setattr(Gate, "note_down", closed)
    said = office("export", "--all", "出", code=6)
    assert "台账写不进去：它或它的文件夹只能读，不能写。" in said
    assert "去掉" not in said


@pytest.mark.unmeasured
def test_a_full_disk_is_told_as_that_where_it_is_made_anew(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    office("export", "--all", "出")

    def full(*_: object, **__: object) -> None:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("PRAGMA max_page_count = 1")
            connection.execute("CREATE TABLE t (a)")

    monkeypatch.setattr(create, "create", full)
    assert "〔E631〕" in office("--db", "b.db", "import", "--all", "出", code=6)

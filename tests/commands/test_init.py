"""`anjian init`: where the ledger comes to lie, whose it is, and that nothing half-made stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from anjian_cli import cli
from anjian_cli.commands import regions

TOWNS = "code,name\n330784115,芝英镇\n330784003,江南街道\n"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("ANJIAN_DB", raising=False)
    return tmp_path


def settings(capsys: Captured) -> dict[str, str]:
    capsys.readouterr()
    assert cli.main(["settings", "list", "--format", "csv"]) == 0
    rows = [line.split(",") for line in capsys.readouterr().out.splitlines()[1:]]
    return {row[1]: row[2] for row in rows}


def test_nothing_said_but_the_region(home: Path, capsys: Captured) -> None:
    assert cli.main(["init", "--region", "330784"]) == 0
    assert (home / "data" / "anjian" / "安监台账.db").exists()
    found = settings(capsys)  # the ledger is remembered
    assert found["region_name"] == "永康市"
    assert found["issuer"] == "永康市安全生产委员会办公室"
    assert found["document_mark"] == "永安委办"


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("typed", "name", "code"),
    [
        ("武义县", "武义县", "330723"),
        ("330113", "临平区", "330113"),  # there since 2021
        ("３３０１１３", "临平区", "330113"),
        ("浙江省金华市武义县", "武义县", "330723"),
        ("吉林省朝阳区", "朝阳区", "220104"),
        ("金华市", "金华市", "330700"),
        ("东莞市", "东莞市", "441900"),  # it has no counties
        ("仙桃市", "仙桃市", "429004"),  # it lies in no prefecture
        ("鄂温克族自治旗", "鄂温克族自治旗", "150724"),
    ],
)
def test_the_region_comes_first(home: Path, capsys: Captured, typed: str, name: str, code: str) -> None:
    assert cli.main(["init", typed, "a.db"]) == 0
    assert f"（{name}，{code}）" in capsys.readouterr().out
    found = settings(capsys)
    assert (found["region_code"], found["region_name"]) == (code, name)
    assert (home / "a.db").exists()


@pytest.mark.parametrize("typed", ["全国", "000000"])
@pytest.mark.usefixtures("home")
def test_the_nation(capsys: Captured, typed: str) -> None:
    assert cli.main(["init", typed, "a.db"]) == 0
    found = settings(capsys)
    assert [found[name] for name in ("region_code", "region_name", "issuer", "document_mark")] == [
        "000000",
        "全国",
        "国务院安全生产委员会办公室",
        "安委办",
    ]


@pytest.mark.parametrize(
    ("typed", "proposed", "name"),
    [
        ("浙江", "330000 浙江省", "浙江省"),
        ("武义", "330723 浙江省金华市武义县", "武义县"),
        ("内蒙古", "150000 内蒙古自治区", "内蒙古自治区"),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_name_without_its_last_word_is_asked_back(capsys: Captured, typed: str, proposed: str, name: str) -> None:
    assert cli.main(["init", typed, "a.db"]) == 2
    assert proposed in capsys.readouterr().err
    assert cli.main(["init", typed]) == 2
    assert f"如 anjian 建账 {name}" in capsys.readouterr().err


def test_a_region_alone_lies_in_ones_own_folder(home: Path, capsys: Captured) -> None:
    assert cli.main(["init", "武义县"]) == 0
    assert (home / "data" / "anjian" / "安监台账.db").exists()
    assert settings(capsys)["issuer"] == "武义县安全生产委员会办公室"


def test_a_folder_called_like_a_region(home: Path) -> None:
    assert cli.main(["init", "./武义县", "--region", "330723"]) == 0
    assert (home / "武义县" / "安监台账.db").exists()


def test_regions_of_one_name_are_listed_with_their_codes(home: Path, capsys: Captured) -> None:
    assert cli.main(["init", "朝阳区", "a.db"]) == 2
    said = capsys.readouterr().err
    assert "110105 北京市朝阳区、220104 吉林省长春市朝阳区" in said
    assert not list(home.glob("a.db*"))


def test_a_code_that_no_region_has_needs_a_name(home: Path, capsys: Captured) -> None:
    assert cli.main(["init", "330799", "a.db"]) == 2
    assert "没有这个区划代码" in capsys.readouterr().err
    assert not (home / "a.db").exists()
    assert cli.main(["init", "330799", "a.db", "--名称", "新设县"]) == 0
    assert settings(capsys)["region_name"] == "新设县"


@pytest.mark.unmeasured
def test_every_region_known_has_a_code_of_its_own_and_lies_in_a_province() -> None:
    everywhere = [each for name in {region.name for region in regions.known()} for each in regions.named(name)]
    assert len(everywhere) == len(regions.known()) > 3000
    for region in everywhere:
        assert re.fullmatch("[0-9]{6}", region.code)
        assert regions.of_code(region.code) == region
        assert region.path[-1] == region.name
        assert region.path[0] == regions.of_code(f"{region.code[:2]}0000").name  # type: ignore[union-attr]


def test_a_folder_and_what_is_said(home: Path, capsys: Captured) -> None:
    (home / "安监").mkdir()
    line = ["建账", "安监", "--区划", "330784", "--单位", "某办", "--代字", "某字", "--经办人", "甲", "--台账字母", "b"]
    assert cli.main(line) == 0
    assert (home / "安监" / "安监台账.db").exists()
    found = settings(capsys)
    assert (found["issuer"], found["document_mark"], found["clerk"]) == ("某办", "某字", "甲")
    assert found["ledger_letter"] == "B"
    assert cli.main(["village", "list"]) == 0
    assert cli.main(["enterprise", "add", "某厂", "--无代码原因", "家庭作坊"]) == 0
    assert "330784-" in capsys.readouterr().out
    assert cli.main(["enterprise", "list", "--format", "csv"]) == 0
    assert "-B0001," in capsys.readouterr().out


def test_where_db_says(home: Path, capsys: Captured) -> None:
    assert cli.main(["--db", "a.db", "init", "--region", "330784"]) == 0
    assert (home / "a.db").exists()
    capsys.readouterr()
    assert cli.main(["init", "a.db", "--region", "330784"]) == 6
    assert "E616" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["武羲县", "a.db"], "E106"),
        (["武羲县"], "E106"),
        (["b.db", "a.db"], "E106"),
        (["武义县", "a.db", "--region", "330723"], "E105"),
        (["a.db", "--region", "33078"], "E226"),
        (["a.db"], "E107"),
        ([], "E107"),
    ],
)
def test_what_is_no_region_is_not_taken_for_one(home: Path, capsys: Captured, said: list[str], code: str) -> None:
    assert cli.main(["init", *said]) != 0
    assert code in capsys.readouterr().err
    assert not list(home.rglob("*.db"))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ([], "E107"),
        (["--region", "33078"], "E226"),
        (["--region", "999999"], "E106"),
        (["--region", "330799"], "E106"),
        (["--towns", "new.csv"], "E106"),
        (["--region", "330784", "--letter", "AB"], "E203"),
        (["--towns", "没有.csv"], "E305"),
        (["--towns", "bad.csv"], "E226"),
        (["--towns", "far.csv"], "E107"),
        (["--region", "330784", "--towns", "far.csv"], "E270"),
    ],
)
def test_what_is_refused_leaves_nothing(home: Path, capsys: Captured, said: list[str], code: str) -> None:
    (home / "bad.csv").write_text("code,name\n12,甲镇\n", encoding="utf-8")
    (home / "new.csv").write_text("code,name\n330799001,甲镇\n", encoding="utf-8")
    (home / "far.csv").write_text("code,name\n330784115,芝英镇\n110101001,甲街道\n", encoding="utf-8")
    assert cli.main(["init", "a.db", *said]) != 0
    err = capsys.readouterr().err
    assert code in err
    assert "此前已记入台账" not in err
    assert not (home / "a.db").exists()
    assert not list(home.glob("a.db*"))


def test_a_town_of_another_county_is_taken_where_that_is_said(home: Path, capsys: Captured) -> None:
    (home / "far.csv").write_text(TOWNS + "330702001,城东街道\n", encoding="utf-8")
    assert cli.main(["init", "永康市", "a.db", "--towns", "far.csv"]) == 1
    said = capsys.readouterr().err
    assert "《far.csv》第4行" in said
    assert "不是本地（330784）的代码，本地的以330784开头" in said
    assert not (home / "a.db").exists()
    assert cli.main(["init", "永康市", "a.db", "--towns", "far.csv", "--local"]) == 0
    assert cli.main(["town", "add", "城西街道", "--code", "330702002"]) == 0


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("region", "taken"), [("330784", False), ("330700", True), ("330000", True), ("340000", False)]
)
@pytest.mark.usefixtures("home")
def test_a_town_lies_in_the_region(capsys: Captured, region: str, taken: bool) -> None:
    assert cli.main(["init", region, "a.db"]) == 0
    assert (cli.main(["town", "add", "城西街道", "--code", "330702002"]) == 0) is taken
    assert ("E270" in capsys.readouterr().err) is not taken
    assert cli.main(["settings", "add", "可用外县代码", "--value", "是"]) == 0
    assert cli.main(["town", "add", "城西街道", "--code", "330702002"]) == 0


def test_a_prefecture_from_its_towns(home: Path, capsys: Captured) -> None:
    (home / "towns.csv").write_text(TOWNS + "330702001,城东街道\n", encoding="utf-8")
    assert cli.main(["init", "a.db", "--towns", "towns.csv"]) == 0
    assert settings(capsys)["region_name"] == "金华市"

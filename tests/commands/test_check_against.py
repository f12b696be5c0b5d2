"""A ledger is the one that a paper came from, or it is not: `check --against`, held against forgers who know the
program and leave nothing that `check` alone could find."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from anjian_cli import cli
from anjian_cli.errors import Fault
from anjian_cli.exchange import printed_digits
from anjian_cli.render.office import typeset
from support import forgery, kept_ledgers
from support.sweeps import sweep

Run = Callable[..., str]
pytestmark = pytest.mark.usefixtures("examined_once")

FORGERS: dict[str, Callable[[Path], None]] = {
    "record": forgery.forge,
    "issued months": forgery.forge_issued_months_too,
    "printed alone": partial(forgery.forge, alteration=forgery.ANOTHER_TOWN_IN_PRINT),
}


@pytest.fixture(scope="module")
def forged(demonstration_made: tuple[Path, list[Fault]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demonstration's ledger by each forger."""
    made = {}
    for name, forge in FORGERS.items():
        made[name] = tmp_path_factory.mktemp("伪造") / "a.db"
        shutil.copy(demonstration_made[0], made[name])
        forge(made[name])
    return made


@pytest.mark.unmeasured
def test_the_digits_of_every_month_are_found(office: Run) -> None:
    for month in ("9", "10"):
        office("通报", month, "-o", f"{month}.json")
        assert "相符：第" in office("核验", "--比对", f"{month}.json")
    said = office("check", "--against", digits(office, "9"))
    assert "到这一步为止没有被改写；以后又做了4步。" in said


@pytest.mark.unmeasured
def test_an_earlier_copy_of_the_ledger_is_a_witness(office: Run) -> None:
    shutil.copy("a.db", "备份.db")
    assert "“备份.db”是同一本：第17步操作" in office("check", "--against", "备份.db")
    office("month", "close", "10", "--yes")
    assert "以后又做了1步。" in office("check", "--against", "备份.db")
    shutil.move("a.db", "b.db")
    shutil.copy("备份.db", "a.db")
    assert "“b.db”比这本台账多1步操作，到第17步为止两本相同" in office("check", "--against", "b.db", code=1)
    office("month", "close", "10", "--yes", "--as", "另一人")
    assert "从第18步操作起不同" in office("check", "--against", "b.db", code=1)


def test_only_what_came_after_digits_that_are_known(office: Run) -> None:
    known = digits(office, "9")
    said = office("check", "--since", known)
    assert "台账完好" in said
    assert "没有核对：第1到13步操作当时写了什么、前后是否接得上，以给出的核验码为凭。" in said
    assert "只凭操作号不能作证" in office("核验", "--自", "13")
    assert "〔E722〕" in office("check", "--since", "0" * 16, code=1)
    assert "〔E434〕" in office("check", "--since", "99", code=3)
    assert "“--自”不能填“某”。请写操作号（见 anjian 日志），或那一步的核验码。" in office(
        "check", "--since", "某", code=2
    )


@pytest.mark.unmeasured
def test_another_ledger_is_no_witness(office: Run) -> None:
    office("init", "另一本.db", "--towns", towns())
    assert "“另一本.db”是另一本台账" in office("check", "--against", "另一本.db", code=1)


@pytest.mark.unmeasured
@sweep("version", [kept_ledgers.VERSIONS[0], kept_ledgers.VERSIONS[-1]], keep=1)
def test_papers_of_an_older_ledger_outlive_its_upgrade(office: Run, version: int) -> None:
    """They are made of a copy that is upgraded in memory, whose last operation is never in a file."""
    kept_ledgers.ledger(version, Path("旧.db"))
    for month in ("9", "10"):
        office("--db", "旧.db", "bulletin", month, "-o", f"{month}.json", today="2018-11-05")
        assert "相符：第" in office("--db", "旧.db", "check", "--against", f"{month}.json")
    office("--db", "旧.db", "upgrade")
    for month in ("9", "10"):
        assert "相符：第" in office("--db", "旧.db", "check", "--against", f"{month}.json")
    said = office("--db", "旧.db", "check", "--against", f"旧-v{version}.db")
    assert f"“旧-v{version}.db”是同一本" in said
    assert "以后又做了1步。" in said
    assert "〔E723〕" in office("--db", f"旧-v{version}.db", "check", "--against", "旧.db", code=1)


def test_what_is_neither_digits_nor_a_file(office: Run) -> None:
    assert "〔E720〕" in office("check", "--against", "通报.docx", code=2)
    Path("空.txt").write_text("没有", encoding="utf-8")
    assert "〔E721〕" in office("check", "--against", "空.txt", code=1)


@pytest.mark.unmeasured
def test_digits_that_it_never_had(office: Run) -> None:
    said = office("check", "--against", "3f9a 1b2c 4d5e 6f70", code=1)
    assert "从来没有过核验码 3f9a 1b2c 4d5e 6f70" in said
    Path("两个.txt").write_text(
        f"核验码：{digits(office, '9')}\n核验码：0000 0000 0000 0000", encoding="utf-8"
    )  # one that fits does not make up for one that does not
    assert "核验码 0000 0000 0000 0000" in office("check", "--against", "两个.txt", code=1)


@pytest.mark.unmeasured
def test_the_digits_may_be_typed_as_they_stand_on_the_paper(office: Run) -> None:
    four = [digits(office, "9").replace(" ", "")[at : at + 4] for at in range(0, 16, 4)]
    said = office("check", "--against", "".join(four))
    assert office("核验", "--比对", *four) == said
    assert office("核验", *four) == said
    assert "〔E720〕" in office("check", "没有.docx", code=2)
    Path("一套").mkdir()
    assert "“一套”是文件夹，不能拿来比。请指明里面的一个文件" in office("check", "--against", "一套", code=2)


def test_a_file_that_cannot_be_read_is_not_said_to_be_missing(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("通报.docx").write_text("x")

    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    assert "《通报.docx》：文件打不开：没有读取的权限" in office("check", "--against", "通报.docx", code=1)


@pytest.mark.unmeasured
def test_eight_digits_are_said_to_prove_little(office: Run) -> None:
    assert "（只有8位，证明力弱，请用16位的）" in office("check", "--against", digits(office, "9")[:9])


@pytest.fixture(scope="module")
def papers(demonstration_made: tuple[Path, list[Fault]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Everything that September goes out as, and its JSON: file and kind of file."""
    folder = tmp_path_factory.mktemp("印发")
    line = ["--db", str(demonstration_made[0]), "--today", "2018-11-02", "通报", "9", "-o"]
    with pytest.MonkeyPatch.context() as nobody:
        nobody.setenv("ANJIAN_KEY", str(folder / "没有.key"))
        assert [cli.main([*line, f"{folder}/{output}"]) for output in ("整套/", "通报.json")] == [0, 0]
    paths = [path for path in folder.rglob("*.*") if path.suffix not in NO_WITNESS and "封存" not in path.name]
    return {str(path): path.suffix for path in paths}


NO_WITNESS = (".png", ".txt")
"""A picture's digits are read by eyes; a message for a chat group has none, for it is passed on in parts."""
NEEDS_TYPESETTER = {".pdf"}


@pytest.mark.unmeasured
def test_every_paper_of_a_set_is_of_this_ledger(office: Run, papers: dict[str, str]) -> None:
    """All of them say the same digits, each at its own place."""
    kinds = {".docx", ".xlsx", ".html", ".json"} | (NEEDS_TYPESETTER if typeset.missing() is None else set())
    assert set(papers.values()) == kinds
    assert {printed_digits.of_file(Path(path)) for path in papers} == {(digits(office, "9").replace(" ", ""),)}
    for path in {suffix: path for path, suffix in papers.items()}.values():
        assert "到这一步为止没有被改写；以后又做了4步。" in office("核验", "--比对", path)


@sweep("forger", FORGERS, keep=1)
@pytest.mark.altered
@pytest.mark.unmeasured
def test_a_forger_is_found_by_any_witness(
    office: Run, forged: dict[str, Path], papers: dict[str, str], forger: str
) -> None:
    """And by nothing else: `check` alone calls the forged ledger whole. All papers carry the same digits (the test
    above): the first forger is held against one of every kind, the others against one."""
    shutil.copy("a.db", "备份.db")
    typed = digits(office, "9")
    shutil.copy(forged[forger], "a.db")
    assert "台账完好" in office("check")
    one_of_a_kind = list({suffix: path for path, suffix in papers.items()}.values())
    for witness in (typed, *(one_of_a_kind if forger == "record" else one_of_a_kind[:1])):
        assert "〔E722〕" in office("check", "--against", witness, code=1)
    assert "〔E724〕" in office("check", "--against", "备份.db", code=1)
    assert "相符" in office("check", "--against", digits(office, "9"))  # its own papers are no witnesses


@pytest.mark.altered
@pytest.mark.unmeasured
def test_the_second_forger_prints_other_figures(office: Run, forged: dict[str, Path]) -> None:
    """The first cannot move an issued month; the second has moved it, and `check` does not see it."""
    before = office("bulletin", "9", "--format", "csv")
    shutil.copy(forged["record"], "a.db")
    assert office("bulletin", "9", "--format", "csv") == before
    shutil.copy(forged["issued months"], "a.db")
    assert office("bulletin", "9", "--format", "csv") != before


def digits(office: Run, month: str) -> str:
    """What the bulletin of a month prints."""
    import json

    office("bulletin", month, "-o", f"{month}的.json")
    made = Path(f"{month}的.json")
    found = str(json.loads(made.read_text(encoding="utf-8"))["witness"])
    made.unlink()
    return f"{found[:4]} {found[4:]}"


def towns() -> str:
    Path("towns.csv").write_text("code,name\n330784115,芝英镇\n", encoding="utf-8")
    return "towns.csv"

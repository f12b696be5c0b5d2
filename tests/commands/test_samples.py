"""`anjian demo --samples`: a folder of what comes out, and its page. Made once as the guide says; read by all."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from anjian_cli import cli
from anjian_cli.commands import samples
from anjian_cli.demonstration import build
from anjian_cli.errors import Fault, refused
from anjian_cli.render.office import issue_set, typeset
from anjian_cli.render.office.samples import Picture, Sample, Table, samples_page
from anjian_cli.render.paper import HeadCell
from test_guide import WITH_SAMPLES, Command, part_of_guide, steps

DOCUMENT = part_of_guide(WITH_SAMPLES)
needs_typesetter = pytest.mark.skipif(typeset.missing() is not None, reason="no typesetter, or no Chinese font")


class Page(HTMLParser):
    """What a page is made of: its tags with their attributes, what it points to, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def every(self, name: str) -> list[str]:
        return [value for _, given in self.tags for key, value in given.items() if key == name and value is not None]


@pytest.fixture
def made_before(demonstration_made: tuple[Path, list[Fault]], monkeypatch: pytest.MonkeyPatch) -> None:
    _copied(demonstration_made, monkeypatch)


def _copied(made: tuple[Path, list[Fault]], patch: pytest.MonkeyPatch) -> None:
    def copied(path: Path, **_: str) -> list[Fault]:
        shutil.copyfile(made[0], path)
        return made[1]

    patch.setattr(build, "make", copied)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, demonstration_made: tuple[Path, list[Fault]]) -> Iterator[Path]:
    (command,) = steps(DOCUMENT)
    assert isinstance(command, Command)
    with pytest.MonkeyPatch.context() as patch:
        _copied(demonstration_made, patch)
        desk = tmp_path_factory.mktemp("桌面")
        patch.chdir(desk)
        patch.setenv("HOME", str(desk))
        patch.setenv("ANJIAN_DB", "没有这本.db")
        assert cli.main(shlex.split(command.line)[1:]) == 0
        yield desk / "样张"


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    return Page((folder / samples.INDEX).read_text(encoding="utf-8"))


def test_the_page_holds_to_its_rules(page: Page) -> None:
    ids = page.every("id")
    assert len(ids) == len(set(ids))
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert ("html", {"lang": "zh-CN"}) in page.tags
    assert all(given.get("alt") for tag, given in page.tags if tag == "img")
    assert all(given.get("title") for tag, given in page.tags if tag == "iframe")
    assert {where.removeprefix("#") for where in page.every("href") if where.startswith("#")} <= set(ids)
    assert set(page.every("aria-labelledby")) <= set(ids)
    assert "script" not in {tag for tag, _ in page.tags}


def test_everything_that_it_points_to_lies_beside_it(folder: Path, page: Page) -> None:
    pointed = {where for where in (*page.every("href"), *page.every("src")) if not where.startswith("#")}
    assert not [where for where in pointed if not (folder / unquote(where)).is_file()]
    assert not [where for where in pointed if "://" in where or where.startswith("/")]
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    shown = {unquote(where) for where in pointed} | {samples.INDEX, samples.LEDGER}
    assert {path for path in files if not path.endswith(".png")} <= shown


def test_the_guide_names_each_sample_and_its_command(page: Page) -> None:
    every = [*samples.ON_THE_SCREEN, *samples.PAPERS, *samples.FORMS]
    lines = {one.line for one in every} | {samples.SET}
    told = re.findall(r"^\| (.+?) \| .+? \| (.+?) \|$", DOCUMENT, re.M)
    titles = {title for cell, _ in told for title in cell.split("、")}
    assert {one.title for one in every} | {title for title, _ in samples.OF_THE_SET.values()} <= titles
    assert lines <= {line for _, cell in told for line in re.findall("`anjian (.+?)`", cell)}
    assert all(f"anjian {line}" in page.text for line in lines)


def test_a_sample_carries_the_figures_of_the_ledger(page: Page) -> None:
    assert "【演示数据】全是虚构的" in page.text
    assert re.search(r"西城街道\s*96.20\s*92.31", page.text), "the annexes' workbook"
    assert "4家，年度任务4家，完成率100.00%" in page.text, "a figure on the screen"
    assert "永康市示例0472喷塑厂" in page.text, "a form"
    assert f"台账 {samples.LEDGER}" in page.text, "where the ledger lies is nobody's business"


@needs_typesetter
def test_the_letter_is_shown_page_by_page(folder: Path, page: Page) -> None:
    letter = [given for tag, given in page.tags if tag == "img" and str(given["alt"]).startswith("通报，第")]
    across = [each for each in letter if int(str(each["width"])) > int(str(each["height"]))]
    assert len(letter) > len(across) >= 7
    for each in letter:
        assert (folder / unquote(str(each["src"]))).read_bytes().startswith(b"\x89PNG")


@pytest.mark.usefixtures("made_before")
def test_without_a_typesetter_it_says_so_and_shows_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = issue_set.issue_set
    monkeypatch.setattr(issue_set, "issue_set", lambda *given, **named: [next(first(*given, **named))])
    monkeypatch.setattr(typeset, "missing", lambda: refused("E622"))
    monkeypatch.setattr(samples, "PAPERS", samples.PAPERS[:1])
    monkeypatch.setattr(samples, "FORMS", ())
    monkeypatch.setattr(samples, "ON_THE_SCREEN", samples.ON_THE_SCREEN[-1:])
    assert cli.main(["demo", "--samples", str(tmp_path / "样张")]) == 0
    assert "没有图：" in capsys.readouterr().err
    page = Page((tmp_path / "样张" / samples.INDEX).read_text(encoding="utf-8"))
    assert "没有装排版组件typst" in page.text
    assert "img" not in {tag for tag, _ in page.tags}
    assert (tmp_path / "样张" / "行动挂图.docx").is_file()
    assert not list(tmp_path.rglob("*.png"))


@pytest.mark.usefixtures("made_before")
@pytest.mark.parametrize("was_there", [True, False])
def test_broken_off_it_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was_there: bool) -> None:
    def broken(*_: object) -> Iterator[Sample]:
        (tmp_path / "样张" / "图").mkdir()
        raise KeyboardInterrupt

    monkeypatch.setattr(samples, "_of_set", broken)
    if was_there:
        (tmp_path / "样张").mkdir()
    assert cli.main(["demo", "--samples", str(tmp_path / "样张")]) == 130
    assert [path.name for path in tmp_path.rglob("*")] == (["样张"] if was_there else [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["--db", "别的.db", "demo", "--samples", "样张"], "E106"),
        (["demo", "--samples", "样张", "--scheme", "县级2026"], "E106"),
        (["demo", "--samples", "."], "E109"),
    ],
)
def test_what_does_not_go_with_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    line: list[str],
    code: str,
) -> None:
    (tmp_path / "a").touch()
    monkeypatch.chdir(tmp_path)
    assert cli.main(line) == 2
    assert f"〔{code}〕" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_words_of_a_ledger_are_no_tags() -> None:
    evil = '<b onclick="x">&'
    sample = Sample(evil, evil, evil, f"{evil}#?.xlsx", text=evil, more=[evil], pictures=[Picture(f"{evil}.png", 1, 1)])
    sample = sample._replace(tables=[Table(evil, [evil], [[HeadCell(evil, 1, 1)]], [[evil]], 2)])
    page = Page(samples_page({evil: [sample]}, evil, evil))
    assert "b" not in {tag for tag, _ in page.tags}
    assert page.text.count(evil) >= 10
    assert f"{evil}#?.xlsx" in [unquote(where) for where in page.every("href")]

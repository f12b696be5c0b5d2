"""The table of formats: every maker that it names is there and makes what its format is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from anjian_cli.bulletin.evidence import Evidence
from anjian_cli.render import formats
from anjian_cli.render.formats import DataFormat, DocumentFormat, Material, ScreenFormat
from anjian_cli.render.office import typeset
from anjian_cli.render.office.one_page import one_page
from support.bulletin_builder import bulletin

BEGINS = {"xlsx": b"PK", "docx": b"PK", "html": b"<!DOCTYPE html>", "pdf": b"%PDF", "png": b"\x89PNG"}
FOUND = bulletin(1)
CODES = (None, FOUND.towns[0].code)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("one", formats.FORMATS, ids=lambda one: str(one.name))
def test_every_format_makes_a_bulletin_and_a_town(one: formats.AnyFormat, code: str | None) -> None:
    match one:
        case ScreenFormat():
            assert FOUND.towns[0].name in "".join(line.text for line in one.of_bulletin(FOUND, code, 80))
        case DataFormat():
            assert FOUND.towns[0].name in one.of_bulletin(FOUND, code)
        case DocumentFormat():
            if one.typesetter and typeset.missing() is not None:
                pytest.skip("no typesetter or no Chinese font")
            assert one.of_bulletin(Material(FOUND, Evidence()), code).startswith(BEGINS[one.name])


@pytest.mark.parametrize("name", formats.OF_PAPER)
def test_every_format_of_a_paper_makes_one(name: str) -> None:
    paper, one = one_page(FOUND, ()), formats.BY_NAME[name]
    match one:
        case ScreenFormat():
            assert paper.title in [line.text for line in one.of_paper(paper, None)]
        case DocumentFormat():
            if one.typesetter and typeset.missing() is not None:
                pytest.skip("no typesetter or no Chinese font")
            assert one.of_paper(paper).startswith(BEGINS[name])
        case DataFormat():
            pytest.fail("a paper is for people")


def test_what_the_table_says_of_its_formats() -> None:
    assert formats.OF_BULLETIN == ("table", "csv", "json", "xlsx", "docx", "html", "pdf", "png")
    assert formats.OF_PAPER == ("table", "xlsx", "docx", "html", "pdf", "png")
    assert [one.name for one in formats.FORMATS if one.typesetter] == ["pdf", "png"]
    assert formats.either(formats.OF_PAPER) == "table、xlsx、docx、html、pdf 或 png"
    with pytest.raises(LookupError):
        formats.document("csv")


def test_the_table_loads_no_maker() -> None:
    script = "import sys; from anjian_cli.render import formats; print([n for n in sys.modules if '.render.' in n])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "['anjian_cli.render.formats']"

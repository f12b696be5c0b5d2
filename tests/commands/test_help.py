"""`anjian help`: the same pages as `-h`, and every code explained."""

from __future__ import annotations

import re

import pytest

from anjian_cli import __version__, cli, messages

NOTHING = re.compile("[：，]…?。|……。")


def said(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    capsys.readouterr()
    assert cli.main(list(line)) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("line", [[], ["hazard"], ["隐患", "销号"], ["bulletin"]])
def test_it_shows_the_page_that_the_option_shows(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "help", *line) == said(capsys, "帮助", *line) == said(capsys, *line, "-h")


def test_every_code_is_explained_alone_and_in_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    listed = said(capsys, "帮助", "代码").splitlines()
    assert [line[:4] for line in listed] == sorted(messages.CATALOGUE)
    assert not [line for line in listed if len(line) < 8 or NOTHING.search(line[4:7]) or "{" in line]
    alone = said(capsys, "help", *messages.CATALOGUE).splitlines()
    assert len(alone) == 3 * len(messages.CATALOGUE)
    assert not [line for line in alone if "{" in line or line.endswith(("：。", "：…。…。"))]


def test_a_code_is_read_as_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    page = said(capsys, "help", "E402")
    assert page == said(capsys, "帮助", "〔e402〕")
    assert "退出码4" in page
    assert "提示，事情已经办了" in said(capsys, "help", "N501")


def test_what_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help", "E999"]) == messages.Exit.USAGE
    assert "帮助 代码" in capsys.readouterr().err
    assert cli.main(["help", "隐唤"]) == messages.Exit.USAGE
    assert "您要用的是“隐患”吗" in capsys.readouterr().err


def test_the_version_is_that_of_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "version") == said(capsys, "版本") == said(capsys, "--version") == f"anjian {__version__}\n"

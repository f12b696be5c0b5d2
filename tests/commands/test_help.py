"""`anjian help`: the same pages as `-h`, and every code explained."""

from __future__ import annotations

import re

import pytest

from anjian_cli import __version__, cli, messages
from anjian_cli.commands import help as help_command
from anjian_cli.commands import lazy, option_names, params, words

CHINESE = re.compile("[\u4e00-\u9fff]")
TYPED = re.compile(r"(?:anjian|pip|chmod) [^：；，。、（）]+|--[\w-]+|\"[^\"]*\"|[\w./-]*\.\w+")
"""What is typed as it stands, and names of files."""
FOREIGN = re.compile("[A-Za-z]{3,}")
KNOWN = re.compile(
    "WPS|UTF-8|GB18030|CSV|Excel|Word|SQLite|typst|pyrage|Python|PyNaCl|docx|html|pdf|png|WAL|ANJIAN_KEY|wal|shm"
)
"""Names that stand on the clerk's own computer, or that whoever installs is told."""
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


@pytest.mark.parametrize("code", sorted(messages.CATALOGUE))
def test_a_code_tells_why_and_what_to_do_in_chinese(code: str) -> None:
    for text in help_command.explained(code):
        assert len(CHINESE.findall(text)) >= 3, text
        assert not FOREIGN.findall(KNOWN.sub("", TYPED.sub("", text))), text


def test_what_is_told_in_general_is_of_codes_that_there_are() -> None:
    assert set(messages.IN_GENERAL) <= set(messages.CATALOGUE)
    assert all(any(told) for told in messages.IN_GENERAL.values())


def lines_told() -> list[str]:
    """Each command line that a message tells, without the program's name."""
    texts = [(one.reason, one.remedy, *messages.IN_GENERAL.get(code, ())) for code, one in messages.CATALOGUE.items()]
    told = {line for each in texts for text in each for line in re.findall(r"anjian ([^\"：；，。、（）”]+)", text)}
    return sorted(line for line in told if not line.startswith(("-", "{")))


@pytest.mark.parametrize("line", lines_told())
def test_a_command_that_a_message_tells_can_be_typed(line: str) -> None:
    name, rest = words.called(words.normalise(line.split()), {**words.COMMANDS, **words.NOUNS})
    assert name is not None
    if name in words.COMMANDS:
        command, word = lazy.top(name), words.COMMANDS[name]
    else:
        verb, rest = words.called(rest, words.NOUNS[name].verbs)
        assert verb is not None
        command, word = lazy.verb(name, verb), words.NOUNS[name].verbs[verb]
    options = option_names.named(params.declared(command.function), word)
    known = {name for option in options for name in option.names} | {"-h"}
    assert {
        token for token in option_names.in_full(rest, options) if token.startswith("-") and "{" not in token
    } <= known


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

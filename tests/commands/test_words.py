from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from anjian_cli.commands import words
from anjian_cli.commands.words import normalise
from anjian_cli.messages import CATALOGUE
from anjian_cli.render.width import columns


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("—month", "--month"),
        ("——month", "--month"),
        ("–month", "--month"),
        ("──month", "--month"),
        ("―month", "--month"),
        ("－－month", "--month"),
        ("－－ｄｒｙ－ｒｕｎ", "--dry-run"),
        ("-—month", "--month"),
        ("——月份", "--月份"),
        ("——发现日期", "--发现日期"),
        ("--ｍｏｎｔｈ＝１０", "--month=10"),
        ("—月份＝10月", "--月份=10月"),
        ("--year=２０１８＝", "--year=2018＝"),
        ("－o", "-o"),
        ("—o", "-o"),
        ("-o", "-o"),
        ("-o通报１.docx", "-o通报１.docx"),
        ("１０", "10"),
        ("10—28", "10—28"),
        ("（２０１８）１５号", "（2018）15号"),
        ("永安委办〔２０１８〕１５号", "永安委办〔2018〕15号"),
        ("　芝英　", "芝英"),
        ("--month　", "--month"),
        ("--month=　10　", "--month=　10"),
        ("—", "—"),
        ("——", "——"),
        ("-", "-"),
        ("-5", "-5"),
        ("—５", "—5"),
        ("——见附件，共两页", "——见附件，共两页"),
        ("通报，１０月。", "通报，10月。"),
        ("", ""),
    ],
)
def test_one_word(typed: str, meant: str) -> None:
    assert normalise([typed]) == [meant]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # Behind an option that takes a value only a known option is one.
        (["--原因", "——见附件"], ["--原因", "——见附件"]),
        (["--原因", "—月份", "10"], ["--原因", "--月份", "10"]),
        (["—dry-run", "——发现日期"], ["--dry-run", "--发现日期"]),
        (["--原因=甲", "——发现日期"], ["--原因=甲", "--发现日期"]),
        (["--原因", "甲", "——发现日期"], ["--原因", "甲", "--发现日期"]),
        (["-o通报.docx", "——发现日期"], ["-o通报.docx", "--发现日期"]),
        # A blank argument is dropped, unless it is the value of an option.
        (["通报", "　"], ["通报"]),
        (["--原因", "　", "甲"], ["--原因", "", "甲"]),
        (["--", "——month", "－－db", "１"], ["--", "——month", "－－db", "1"]),
        (["－－", "甲"], ["－－", "甲"]),
    ],
)
def test_several_words(typed: list[str], meant: list[str]) -> None:
    assert normalise(typed) == meant


def test_a_file_is_called_what_it_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("芝英１０月.csv").touch()
    assert normalise(["芝英１０月.csv", "唐先１０月.csv", "--台账=芝英１０月.csv"]) == [
        "芝英１０月.csv",
        "唐先10月.csv",
        "--台账=芝英１０月.csv",
    ]


def test_normalising_twice_changes_nothing() -> None:
    line = ["隐患", "——完成＝１０－２８", "—o", "　甲"]
    assert normalise(normalise(line)) == normalise(line)


@pytest.mark.parametrize("noun", [None, *words.NOUNS])
def test_no_word_means_two_things(noun: str | None) -> None:
    table: words.Table = words.NOUNS[noun].verbs if noun else {**words.COMMANDS, **words.NOUNS}
    counted = Counter(word for name, entry in table.items() for word in (name, *entry.chinese))
    assert {word for word, times in counted.items() if times > 1} == set()
    for name, entry in table.items():
        assert [words.find(word, table) for word in (name, *entry.chinese)] == [name] * (1 + len(entry.chinese))
        assert 0 < columns(entry.help) <= 50


def test_no_option_word_is_also_a_global_one() -> None:
    assert not {*words.OPTIONS, *words.OPTIONS.values()} & {
        name for option, entry in words.GLOBAL_OPTIONS.items() for name in (option, *entry.chinese)
    }


@pytest.mark.parametrize(
    ("word", "near"),
    [("hazrd", "hazard"), ("HAZARD", "hazard"), ("隐换", "隐患"), ("通讯录", None), ("q", None)],
)
def test_nearest(word: str, near: str | None) -> None:
    assert words.nearest(word, ["hazard", "隐患", "month"]) == near


@pytest.mark.parametrize("name", words.COMMANDS)
def test_every_command_in_the_table_exists(name: str) -> None:
    assert name in import_module(f"anjian_cli.commands.{words.COMMANDS[name].module}").app.commands


@pytest.mark.parametrize("noun", [name for name, noun in words.NOUNS.items() if noun.own])
def test_every_verb_in_the_table_exists(noun: str) -> None:
    module = import_module(f"anjian_cli.commands.{words.NOUNS[noun].module}")
    assert sorted(module.app.commands) == sorted(words.NOUNS[noun].own)


def test_every_command_that_a_message_names_is_there() -> None:
    known: dict[str, set[str]] = {}
    for name, command in words.COMMANDS.items():
        known |= {word: set() for word in (name, *command.chinese)}
    for name, noun in words.NOUNS.items():
        verbs = {word for verb, told in noun.verbs.items() for word in (verb, *told.chinese)}
        known |= dict.fromkeys((name, *noun.chinese), verbs)
    named = r"anjian ([^\s“”，。；：）、{]+)(?: ([^\s“”，。；：）、]+))?"
    for code, message in CATALOGUE.items():
        for command, verb in re.findall(named, f"{message.reason} {message.remedy}"):
            assert command in known, code
            assert not known[command] or verb in known[command], code

"""Writes src/anjian_cli/commands/completion.tsv: of every command what it takes, for the completion of a line.

    PYTHONPATH=src python data/make_completion.py

To be run again when a command, an option or a record's field changes (tests/commands/test_completion.py says so): a
shell waits for every answer, and importing a command to ask it costs three times what is answered in. A line is a
command by its English words, the kinds of its arguments (… behind the last: several), and of each option the names
and the kind of its value. Kinds are told in `anjian_cli.commands.completion`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from anjian_cli.commands import lazy, option_names, params, words
from anjian_cli.commands.completion import TABLE
from anjian_cli.records import definition
from anjian_cli.records.definition import Column, Record
from anjian_cli.rules import word_lists

OF_METAVAR = {
    "隐患": "@hazard",
    "企业": "@enterprise",
    "镇街": "@town",
    "月份": "@month",
    "命令或代码": "@command",
    "类别": "@noun",
    "行动": "@campaign",
}
OF_OPTION = {
    "--town": "@town",
    "--month": "@month",
    "--department": "@department",
    "--agency": "@agency",
    "--campaign": "@campaign",
}
FREE = {"--number"}
"""Options whose help gives examples, not terms."""
REGISTERS = {"town", "enterprise", "department", "agency", "campaign"}
LISTS_OF_VERBS = {
    ("programme stages", "--kind"): word_lists.PROGRAMMES,
    ("programme enrol", "--kind"): word_lists.PROGRAMMES,
    ("programme enrol", "--risk"): word_lists.RISKS,
    ("programme enrol", "--reason"): word_lists.ENROLMENTS,
    ("agency compare", "--kind"): word_lists.ENTRUSTED,
}
"""Options of verbs of their own that take a word of a list."""
_EITHER = re.compile(r"(?:.*[ ：])?((?:[^、 ：，；]+、)*[^、 ：，；]+) ?或 ([^、 ：，；]+)(?:[，；：].*|$)")
_LISTED = re.compile(r"[^：]+：([^、 ：，；…]+(?:、[^、 ：，；…]+)+)$")


def table() -> str:
    """The file's text."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    for name, word in words.COMMANDS.items():
        yield _line(name, lazy.top(name), word, None)
    for name, noun in words.NOUNS.items():
        record = definition.called(name) if noun.generic else None
        for verb, word in noun.verbs.items():
            yield _line(f"{name} {verb}", lazy.verb(name, verb), word, record)


def _line(name: str, command: lazy.Command, word: words.Word, record: Record | None) -> str:
    declared = params.declared(command.function)
    arguments = [_of_argument(each, record) for each in declared if isinstance(each.of, params.Argument)]
    options = {
        ",".join(long): _of_option(name, each, record)
        for each in option_names.named(declared, word)
        if (long := [one for one in each.names if one.startswith("--")])
    }
    if name.endswith(" list") and arguments == ["-…"]:
        arguments = [_of_question(options)]
    return "\t".join([name, " ".join(arguments), *(f"{names}={kind}" for names, kind in options.items())])


def _of_question(options: Mapping[str, str]) -> str:
    """What a list is asked by: a town, a state, any term of a field."""
    kinds = [kind for names, kind in options.items() if kind[:1] in ("|", "*") and "--format" not in names.split(",")]
    return f"@town{_one_of(list(dict.fromkeys(term for kind in kinds for term in kind.split('|')[1:])))}…"


def _of_argument(each: params.Parameter, record: Record | None) -> str:
    assert isinstance(each.of, params.Argument)
    kind = _argument(each, each.of, record)
    return f"{kind or '-'}{'…' if 'list[' in str(each.kind) else ''}"


def _argument(each: params.Parameter, of: params.Argument, record: Record | None) -> str:
    if "Path" in str(each.kind):
        return "/"
    if of.metavar == "编号" and record is not None:
        return f"@{record.name}" if record.name in {*REGISTERS, "hazard"} else ""
    if each.name == "subject" and record is not None:
        return _of_column(record, record.subject)
    return OF_METAVAR.get(of.metavar) or _choices(of.help)


def _of_option(command: str, each: option_names.Named, record: Record | None) -> str:
    parameter = each.parameter
    if each.is_flag:
        return "!"
    if "Path" in str(parameter.kind) or "--output" in each.names:
        return "/"
    if record is not None and parameter.name.startswith("field_"):
        return _of_column(record, parameter.name.removeprefix("field_"))
    for name in each.names:
        if (command, name) in LISTS_OF_VERBS:
            return _of_list(LISTS_OF_VERBS[command, name])
        if name in OF_OPTION:
            return OF_OPTION[name]
        if name in FREE:
            return ""
    assert isinstance(parameter.of, params.Option)
    return _choices(parameter.of.help) if "int" not in str(parameter.kind) else ""


def _of_column(record: Record, name: str) -> str:
    column: Column = record.columns[name]
    uses = word_lists.uses_of(record.name)
    if name in uses:
        of, use = uses[name]
        return _of_list(of, use.without)
    if column.choices:
        return _one_of(column.choices)
    for register in (column.refers, column.register):
        if (first := register.partition(" ")[0]) in REGISTERS:
            return f"@{first}"
    return ""


def _of_list(of: word_lists.WordList, without: str = "") -> str:
    return f"*{of.name}{_one_of([word for word in of.words if word != without])}"


def _one_of(terms: Sequence[str]) -> str:
    return "".join(f"|{term}" for term in terms)


def _choices(told: str) -> str:
    """The terms that a help text offers: 镇街、等级 或 类型; '' where it offers none."""
    plain = re.sub("（.*?）", "", told.partition("；")[0])
    if found := _EITHER.fullmatch(plain):
        return _one_of([*found[1].split("、"), found[2]])
    if (listed := _LISTED.fullmatch(plain)) and not plain.endswith("等"):
        return _one_of(listed[1].split("、"))
    return ""


if __name__ == "__main__":
    target = Path(__file__).parent.parent / "src" / "anjian_cli" / "commands" / TABLE
    target.write_text(table(), encoding="utf-8")

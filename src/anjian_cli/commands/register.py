"""The verbs that every record type has: add, list, show, edit, void, import, export, template.

Options, headings and messages come from the record's definition; nothing here knows a record by name. Each verb's
module is imported when the verb is called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from anjian_cli.commands import words
from anjian_cli.commands.lazy import Command
from anjian_cli.records import definition
from anjian_cli.records.definition import Record

VERBS: Mapping[str, tuple[str, str]] = {
    "add": ("record_entry", "add"),
    "list": ("record_question", "list_all"),
    "show": ("record_view", "show"),
    "edit": ("record_entry", "edit"),
    "void": ("record_entry", "void"),
    "import": ("record_file", "take_in"),
    "export": ("record_file", "export"),
    "template": ("record_file", "template"),
}
"""By verb the module, and in it what gives the verb's function for a record type, and an example."""


def command(noun: str, verb: str) -> Command:
    """The command `anjian NOUN VERB` for a noun that is a record type."""
    record = definition.called(noun)
    module, name = VERBS[verb]
    of: Callable[[Record], tuple[Callable[..., object], str]] = getattr(
        import_module(f"anjian_cli.commands.{module}"), name
    )
    function, example = of(record)
    return Command(function, f"{words.GENERIC[verb].help}（{record.title}）。", example)

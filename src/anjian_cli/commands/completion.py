"""What a line that is being typed may go on with: `anjian __complete SHELL WORD… =BEGUN`, which a shell calls at TAB.

It answers within half as much again as `anjian --version` where no ledger is asked. So no command is imported: what
each takes stands in completion.tsv (data/make_completion.py), found by its line alone. It never writes, asks or
complains: where something is wrong there is nothing to offer. The words before come as they were typed, quotes and all.

Kinds of values in the table: '' or - free text, ! none (a flag), / a file, |一|二 one of these, *用语表|一|二 a word of
a list with what the office added to it, @town and the like what is in the ledger (@town|一|二: or one of these).

An answer is a line each: what is typed, and behind a tab what it is. A line that begins with a colon tells the shell:
`:files` to offer files, `:open` that the word goes on (no space behind it).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from anjian_cli.commands import words
from anjian_cli.light_typing import NamedTuple

TABLE = "completion.tsv"
MOST = 50
"""So many names are offered at once; of more what they go on with."""
FILES, OPEN = ":files", ":open"
UTF_8_ALWAYS = "powershell"
"""This shell's script reads UTF-8; any other what its locale says."""


class Offer(NamedTuple):
    """What may be typed, and what it is. `open`: more is typed behind it, without a space."""

    typed: str
    told: str = ""
    open: bool = False


class Option(NamedTuple):
    names: list[str]
    kind: str


def answer(argv: Sequence[str]) -> int:
    """Write the answer to `SHELL WORD… =BEGUN` to the standard output; 0 whatever happens."""
    try:
        shell, *typed = argv
        before = [unquoted(word) for word in typed[:-1]]
        text = "".join(f"{line}\n" for line in _lines(list(offers(before, unquoted(typed[-1][1:])))))
        encoding = "utf-8" if shell == UTF_8_ALWAYS else sys.stdout.encoding
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode(encoding, "ignore"))
        sys.stdout.buffer.flush()
    except (Exception, KeyboardInterrupt):  # who presses TAB has not asked for a message
        return 0
    return 0


def _lines(found: Sequence[Offer]) -> Iterator[str]:
    for each in found:
        yield f"{each.typed}\t{each.told}" if each.told else each.typed
    if any(each.open for each in found):
        yield OPEN


def unquoted(word: str) -> str:
    """A word without the quotes and backslashes of a shell; an open quote is one too."""
    if not any(sign in word for sign in "\\'\""):
        return word
    told, quote = "", ""
    signs = iter(word)
    for sign in signs:
        if sign == "\\" and quote != "'":
            told += next(signs, "")
        elif sign in "'\"" and quote in ("", sign):
            quote = "" if quote else sign
        else:
            told += sign
    return told


def offers(before: Sequence[str], begun: str) -> Iterator[Offer]:
    """What the word begun may be, behind the words before it."""
    at = _At(*_joined(before, begun))
    yield from at.offers()


def _joined(before: Sequence[str], begun: str) -> tuple[list[str], str]:
    """--镇街 = 芝, as bash parts --镇街=芝, is an option and the value behind it."""
    told: list[str] = []
    for word in (*before, begun):
        if word != "=" or not told or not told[-1].startswith("--"):
            told.append(word)
    if begun == "=":
        return told, ""
    return told[:-1], told[-1]


class _At:
    """The place in a line at which a word was begun."""

    def __init__(self, before: Sequence[str], begun: str) -> None:
        self.begun = begun
        self.db: str | None = None
        self.told = bool(begun.strip("-0123456789"))  # it says itself in which language it is
        self.chinese = not self.told or not begun.isascii()
        self.command = ""
        self.table: words.Table = {**words.COMMANDS, **words.NOUNS}
        self.arguments: list[str] = []
        self.options: list[Option] = []
        self.typed: list[str] = []
        self.used: set[str] = set()
        self.awaits: str | None = None
        rest = iter(before)
        for word in rest:
            self._read(word, rest)

    def _read(self, word: str, rest: Iterator[str]) -> None:
        name, equals, value = word.partition("=")
        if word.startswith("-") and word != "-":
            self._speak(name)
            self._read_option(name, value if equals else None, rest)
        elif self.table:
            self._read_command(word)
        else:
            self.typed.append(word)

    def _speak(self, word: str) -> None:
        if not self.told:
            self.chinese = not word.isascii()

    def _read_option(self, name: str, value: str | None, rest: Iterator[str]) -> None:
        known = words.global_option(name)
        if known in words.FLAGS:
            return
        kind = {"--db": "/"}.get(known, "") if known else self._kind(name)
        self.used.add(name)
        if kind == "!" or kind is None:
            return
        if value is None:
            value = next(rest, None)
        if value is None:
            self.awaits = kind
        elif known == "--db":
            self.db = value

    def _kind(self, name: str) -> str | None:
        return next((each.kind for each in self.options if name in each.names), None)

    def _read_command(self, word: str) -> None:
        meant = words.SHORT_FOR.get(word, (word,))[0]
        name = words.find(meant, self.table)
        if name is None:
            self.table, self.command = {}, ""
            return
        self._speak(word)
        entry = self.table[name]
        self.command = f"{self.command} {name}".strip()
        self.table = entry.verbs if isinstance(entry, words.Noun) else {}
        if not self.table:
            self.arguments, self.options = _taken(self.command)

    def offers(self) -> Iterator[Offer]:
        """What the word begun may be."""
        name, equals, value = self.begun.partition("=")
        if self.awaits is not None:
            yield from self._values(self.awaits, self.begun)
        elif self.begun.startswith("--") and equals:
            kind = self._kind(name)
            for each in self._values(kind or "", value):
                yield each if each.typed.startswith(":") else Offer(f"{name}={each.typed}", each.told, each.open)
        elif self.begun.startswith("-"):
            yield from self._options()
        elif self.table:
            yield from _commands(self.table, self.begun, self.chinese)
        elif self.command:
            yield from self._argument()

    def _options(self) -> Iterator[Offer]:
        general = [Option([name, *(e for e in word.chinese)], "") for name, word in words.GLOBAL_OPTIONS.items()]
        for option in (*self.options, *general):
            if not self.used & set(option.names):
                yield from self._option(option.names)

    def _option(self, names: Sequence[str]) -> Iterator[Offer]:
        """An option once: in the language that was begun, by another of its names where this one was begun."""
        own = [name for name in names if name.isascii() != self.chinese] or list(names)
        bare = self.begun.strip("-") == ""
        fitting = [name for name in (own[:1] if bare else names) if name.startswith(self.begun)]
        if fitting:
            other = next((name for name in names if name.isascii() != fitting[0].isascii()), "")
            yield Offer(fitting[0], other)

    def _argument(self) -> Iterator[Offer]:
        at = min(len(self.typed), len(self.arguments) - 1)
        if at >= 0 and (at == len(self.typed) or self.arguments[at].endswith("…")):
            yield from self._values(self.arguments[at].removesuffix("…"), self.begun)
        elif self.begun == "":
            yield from self._options()

    def _values(self, kind: str, begun: str) -> Iterator[Offer]:
        if kind == "/":
            yield Offer(FILES)
        elif kind.startswith("|"):
            yield from _beginning(kind[1:].split("|"), begun)
        elif kind == "@command":
            yield from self._of_help(begun)
        elif kind == "@noun":
            yield from _commands(words.NOUNS, begun, self.chinese)
        elif kind == "@month":
            yield from _beginning((f"{month}{'月' if self.chinese else ''}" for month in range(1, 13)), begun)
        elif kind.startswith(("@", "*")):
            yield from self._from_the_ledger(kind, begun)

    def _of_help(self, begun: str) -> Iterator[Offer]:
        table: words.Table = {**words.COMMANDS, **words.NOUNS}
        for word in self.typed:
            entry = table.get(words.find(word, table) or "")
            table = entry.verbs if isinstance(entry, words.Noun) else {}
        yield from _commands(table, begun, self.chinese)

    def _from_the_ledger(self, kind: str, begun: str) -> Iterator[Offer]:
        from anjian_cli.commands import session  # here: most words need no ledger
        from anjian_cli.ledger import glance

        what, *terms = kind[1:].split("|")
        given = {word for word in self.typed if word}
        try:
            with glance.at(session.ledger_name_of(self.db)) as ledger:
                if kind.startswith("*"):
                    found = [*terms, *(word for word in glance.terms(ledger, what) if word not in terms)]
                elif what == "hazard":
                    found = glance.open_hazards(ledger, begun, session.day_of_the_clock())
                else:
                    found = [*terms, *glance.names(ledger, what, begun)]
        except glance.NOTHING:
            found = terms
        yield from _narrowed([name for name in found if name.startswith(begun) and name not in given])


def _taken(command: str) -> tuple[list[str], list[Option]]:
    """What a command takes: the kinds of its arguments, and its options."""
    with open(os.path.join(os.path.dirname(__file__), TABLE), encoding="utf-8") as file:
        lines = f"\n{file.read()}"
    at = lines.find(f"\n{command}\t")
    if at < 0:
        return [], []
    _, arguments, *options = lines[at + 1 : lines.index("\n", at + 1)].split("\t")
    parted = [option.partition("=") for option in options]
    return arguments.split(), [Option(names.split(","), kind) for names, _, kind in parted]


def _commands(table: words.Table, begun: str, chinese: bool) -> Iterator[Offer]:
    for name, entry in table.items():
        called = [*entry.chinese, name] if chinese else [name, *entry.chinese]
        fitting = [word for word in (called if begun else called[:1]) if word.startswith(begun.lower())]
        if fitting:
            yield Offer(fitting[0], entry.help)


def _beginning(known: Iterable[str], begun: str) -> Iterator[Offer]:
    return (Offer(word) for word in known if word.startswith(begun))


def _narrowed(names: Sequence[str]) -> Iterator[Offer]:
    """The names; of too many what they go on with, so that no shell takes what the first of them share for what all
    do."""
    if len(names) <= MOST:
        yield from map(Offer, names)
        return
    first, last = min(names), max(names)
    differ = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    for part in dict.fromkeys(name[: differ + 1] for name in names):
        yield Offer(part, "", part not in names)

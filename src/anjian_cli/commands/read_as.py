"""A line that nothing else could read, as the plain lines that it means: asked after the plain reader and Typer have
refused it, and before the refusal is said.

A step of a record's life, or a new record, is read where every word of the line has its place in one way
(`whole_line`); a question by what it asks (`intentions`), or as a list of what its words are conditions of. What was
understood is said before it is done.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from anjian_cli.bulletin.summary_table import typed
from anjian_cli.commands import (
    asked_papers,
    asked_rates,
    astray,
    by_contract,
    direct,
    implied,
    intentions,
    lazy,
    leftover_words,
    line_opening,
    list_periods,
    list_phrases,
    loose_days,
    noun_first,
    option_names,
    other_lists,
    params,
    placing,
    renaming,
    run_on_words,
    somebody,
    spoken_steps,
    whole_line,
    words,
)
from anjian_cli.commands.word_kinds import NUMBER, Kinds
from anjian_cli.errors import Misread, Proposal, Refused, refused
from anjian_cli.records import definition, masking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from anjian_cli.commands.option_names import Named
    from anjian_cli.commands.session import Session

_DONE_IN = frozenset({("responsible-village", "guidance"), ("programme", "diagnosis")})
"""A noun that says, behind another, what was done there: 责任村 指导 is one more guidance."""
BECAME: dict[str, str] = {
    **dict.fromkeys(("停产了", "停工", "停工了", "停业", "停业了", "歇业"), "停产"),
    **dict.fromkeys(
        ("关门", "关门了", "关停", "关停了", "关闭了", "倒闭", "倒闭了", "注销", "注销了", "不做了"), "关闭"
    ),
    **dict.fromkeys(("复产", "复产了", "恢复生产", "复工", "复工了", "恢复营业"), "在营"),
    **dict.fromkeys(("搬走了", "搬迁了", "搬厂了"), "搬迁"),
}
"""What people say for what has become of a firm."""
_ONLY_READ = frozenset({"list", "show", "summary", "compare", "trend", "file", "repeat", "board", "stages", "basis"})
"""Verbs that change nothing."""
_CHANGES: dict[str, str] = {"enterprise": "state"}
"""By record: the field whose term beside a record's name says what has become of it: 企业 某厂 停产."""


def lines(session: Session, args: Sequence[str]) -> list[list[str]]:
    """The lines that a refused one means, [] where it is not plain what. Raises `Refused` E122 where it may be
    several, E132 where something that must be told is not, E134 where the words are another step's, E140 where a word
    has no place, E146 where a paper is asked for that there is not, E231 to E233 where a firm or a department that is
    named is several or none."""
    if not args or "--" in args:
        return []
    args = [word for word in line_opening.unpunctuated(args) if word not in noun_first.PARTICLES]
    if not args:
        return []
    plain = line_opening.plainly(args)
    try:
        with session.read() as connection:
            kinds = Kinds(session, connection)
            found = _Reading(session, kinds, plain).lines() or _noun_first(session, kinds, plain)
    except Misread:
        return []
    except Refused as refusal:  # of a ledger that cannot be read now the line's own refusal is said
        if refusal.faults[0].code not in ("E122", "E132", "E134", "E140", "E146", "E231", "E232", "E233"):
            return []
        raise
    if not found and plain != args:  # what it lacks, if it does, is said of it as it is read
        found = [_in_english(plain)]
    for line in found:
        session.note(f"读作：{shown(line)}")
        if told := asked_rates.not_cut(line, plain):
            session.note(told)
    return found


def _noun_first(session: Session, kinds: Kinds, args: Sequence[str]) -> list[list[str]]:
    """The lines that a line means whose noun stands behind other words; [] where two of its nouns make it another one.
    Raises `Refused` as `lines`."""
    found, refusals, asking = [], [], noun_first.may_ask(args)
    for line in noun_first.lines(args):
        try:
            read = _Reading(session, kinds, line).lines()
        except Refused as refusal:
            refusals.append(refusal)
            continue
        shows = words.find(line[0], words.COMMANDS) in noun_first.COMMANDS
        if not read and shows and direct.read(line) is not None:
            read = [list(line)]
        if read and read not in found and not (asking and any(map(_writes, read))):
            found.append(read)
    if len(found) == 1:
        return found[0]
    if not found and len(refusals) == 1 and not asking:
        raise refusals[0]
    return []


def _writes(line: Sequence[str]) -> bool:
    """Whether a line may change the ledger."""
    return line[0] in words.NOUNS and line[1] not in _ONLY_READ


def steps(session: Session, kinds: Kinds, args: Sequence[str]) -> list[tuple[str, str, list[str]]]:
    """The commands that a line may call, each with its other words."""
    return _Reading(session, kinds, args)._steps()


def nouns_in(args: Sequence[str]) -> list[str]:
    """The nouns that a line has in it, but for those that are a part of another one."""
    first = words.find(args[0], words.NOUNS)
    if first is not None:
        return [first] if "list" in words.NOUNS[first].generic else []
    text = "".join(args)
    found = {
        word: name
        for name, noun in words.NOUNS.items()
        for word in noun.chinese
        if word in text and "list" in noun.generic and noun.generic
    }
    return list(
        dict.fromkeys(
            name for word, name in found.items() if not any(word in other and word != other for other in found)
        )
    )


def shown(line: Sequence[str]) -> str:
    """A line as it is typed, without anybody's personal data."""
    told = words.in_chinese(" ".join(_called(line)))
    options = _options_in_chinese(line)
    rest = [options[each] if each in options else typed(each) for each in line[len(_called(line)) :]]
    return masking.in_text(" ".join(["anjian", told, *rest]))


def _in_english(line: Sequence[str]) -> list[str]:
    """A line with the names of its noun and verb; one whose verb is not known as it is."""
    noun = words.find(line[0], words.NOUNS)
    verb = words.called(line[1:], words.NOUNS[noun].verbs)[0] if noun is not None and len(line) > 1 else None
    return [noun, verb, *line[2:]] if noun is not None and verb is not None else list(line)


def _called(line: Sequence[str]) -> Sequence[str]:
    return line[:2] if line[0] in words.NOUNS else line[:1]


def _to_fill_in(line: whole_line.Line) -> str:
    """A line with what it lacks, to be filled in."""
    return _MASKED.sub("…", shown(line.args)) + "".join(f" {title} …" for title in line.lacking)


def _proposal(line: whole_line.Line) -> Proposal:
    return Proposal(tuple(line.args), tuple(line.lacking))


def options_of(line: Sequence[str]) -> list[Named]:
    """The options of a line's command; none where it calls no command as it stands."""
    noun = line[0] in words.NOUNS
    known = line[1:2] and line[1] in words.NOUNS[line[0]].verbs if noun else line[0] in words.COMMANDS
    if not known:
        return []
    command = lazy.verb(line[0], line[1]) if noun else lazy.top(line[0])
    word = words.NOUNS[line[0]].verbs[line[1]] if noun else words.COMMANDS[line[0]]
    return option_names.named(params.declared(command.function), word)


def _options_in_chinese(line: Sequence[str]) -> dict[str, str]:
    """The options of a line's command, by each of their names as an answer calls them."""
    named = options_of(line)
    return {name: name if name == "-o" else option_names.called(each.names) for each in named for name in each.names}


def _titles(noun: str, verb: str) -> set[str]:
    """What the options of a step are called."""
    return {name.removeprefix("--") for each in options_of([noun, verb]) for name in each.names}


_UNTIL = re.compile(rf"[到至为]?(?P<day>{loose_days.ANY})")
"""What stands behind a verb in one word with it: 延期到11-20."""
_MASKED = re.compile(r"\S*\*{3,}\S*")
"""Somebody's number, which is to be typed once more: as it is shown it would be refused."""
_EACH_TOWN = frozenset({"各镇街", "各镇", "每个镇", "各乡镇", "每个镇街", "哪几个镇", "哪些镇", "哪些镇街"})
"""Towns that are asked one by one."""
_TOLD = {"add": 3, "edit": 2}
"""So many things beside what it is of are told of a record by who tells it without a verb: fewer may be asked of it."""
_RENEWED = frozenset({"续签", "续约"})


class _Reading:
    """One line that was refused."""

    def __init__(self, session: Session, kinds: Kinds, args: Sequence[str]) -> None:
        self.session, self.kinds, self.args = session, kinds, args

    def lines(self) -> list[list[str]]:
        if paper := asked_papers.line(self.kinds, self.args):
            return [paper]
        steps = self._steps()
        for noun, verb, rest in steps:
            if (line := self._whole(noun, verb, rest, all_placed=True)) is not None:
                return [line]
        if (elsewhere := self._in_another_list()) is not None:
            return [elsewhere] if elsewhere else []
        found = intentions.lines(self.kinds, self.args) or intentions.exported(self.args, self._is_list)
        if found:
            return found
        listed = self._listed()
        if listed is None and all(verb == "list" for _, verb, _ in steps):
            return self._asked_in_a_sentence() or self._told_without_a_verb()
        if listed is None and steps:
            self._refuse_other_step(*steps[0])
            self._refuse_unknown_firm(*steps[0])
            for noun, verb, rest in steps:
                if (line := self._whole(noun, verb, rest, all_placed=False)) is not None:
                    return [line]
        return [listed] if listed is not None else []

    # --- a step, or a new record

    def _steps(self) -> list[tuple[str, str, list[str]]]:
        """The commands that the line may call, with its other words: the noun first, the verb anywhere behind it; the
        verb first; a record's number first, with a verb that one noun alone has."""
        args = list(self.args)
        noun = words.find(args[0], words.NOUNS)
        if noun is None and somebody.FIRM.fullmatch(args[0]):
            return self._changed("enterprise", args)
        if noun is None:
            turned = astray.turned(args)
            if turned is not None:
                return self._verbs(turned[0], turned[1:])
            if NUMBER.fullmatch(args[0]):
                return self._of_a_number(args)
            return []
        inner = words.find(args[1], words.NOUNS) if len(args) > 1 else None
        if inner is not None and (noun, inner) in _DONE_IN:
            return [] if self._tells(inner, args[2:]) else [(inner, "add", args[2:])]
        return self._nil_report(noun, args[1:]) or self._verbs(noun, args[1:])

    def _nil_report(self, noun: str, rest: Sequence[str]) -> list[tuple[str, str, list[str]]]:
        """报送 零报告 西溪 10月: that a town has nothing to report. Of no one town it is asked."""
        if not astray.is_nil_report(noun, rest):
            return []
        if words.called(rest[:1], words.NOUNS[noun].verbs)[0] == "add":
            rest = rest[1:]
        more = [word for word in rest if word not in astray.NIL]
        towns, months = ([kind(word) for word in more] for kind in (self.kinds.town, self.kinds.month))
        if sum(map(bool, towns)) != 1 or sum(map(bool, months)) != 1 or any(map(intentions.asks, rest)):
            return []
        return [(noun, "add", [*more, "零报告：是"])]

    def _verbs(self, noun: str, rest: Sequence[str]) -> list[tuple[str, str, list[str]]]:
        found: list[tuple[str, str, list[str]]] = []
        renamed = renaming.told(self.kinds, rest) if noun == "enterprise" else None
        if renamed is not None:
            return [(noun, "edit", renamed)]
        for at, word in enumerate(rest):
            verb, more = self._verb(noun, word)
            if not spoken_steps.tells_its_day(noun, word, rest):  # 标准化 评审 芝英-3 may as well ask
                verb = ""
            if not verb and (spoken := spoken_steps.glued_to_its_day(noun, word)) is not None:
                return [(noun, spoken, list(rest))]
            if verb and not (at and verb == "add"):  # 企业 今年 新增 asks; who enters one says so first
                others = [*more, *rest[:at], *rest[at + 1 :]] if at else [*more, *rest[1:]]
                others = spoken_steps.of_its_day(noun, word, others)
                if word in _RENEWED:
                    others = by_contract.renewed_for(self.kinds, by_contract.named(self.kinds, others))
                found = [(noun, verb, others)]
                if at == 0 and (also := spoken_steps.ALSO.get((noun, verb))):
                    found.append((noun, also, others))
                break
        edited = not found and "edit" in words.NOUNS[noun].generic and any(map(placing.CHANGED.search, rest))
        return [(noun, "edit", list(rest))] if edited else found or self._changed(noun, rest)

    @staticmethod
    def _verb(noun: str, word: str) -> tuple[str, list[str]]:
        """The verb that a word is, or begins with, and the option or the word that it says beside it."""
        verbs = words.NOUNS[noun].verbs
        if word in spoken_steps.SPOKEN_VERBS.get(noun, {}):
            return spoken_steps.SPOKEN_VERBS[noun][word].verb, []
        name, _ = words.called([word], verbs)
        if name is not None:
            return name, list(words.SHORT_FOR.get(word, ("",))[1:])
        for name, verb in words.NOUNS[noun].own.items():
            for chinese in verb.chinese:
                if len(chinese) > 1 and word.startswith(chinese):
                    rest = word.removeprefix(chinese)
                    flags = spoken_steps.SPOKEN_FLAGS.get((noun, name), {})
                    if rest in flags:
                        return name, [rest]
                    if until := _UNTIL.fullmatch(rest):
                        return name, [until["day"]]
        return "", []

    def _told_without_a_verb(self) -> list[list[str]]:
        """A noun with all that must be told of a new record of it, a day in it, each word in its place, and no verb:
        检测 某厂 …; or with a record and what it became on a day: 责任村 某村 11月1日验收合格. Whoever asks does not
        tell so much."""
        noun = words.find(self.args[0], words.NOUNS)
        rest = [word for word in self.args[1:] if noun is None or word not in spoken_steps.BEGUN.get(noun, ())]
        if noun is None or "add" not in words.NOUNS[noun].verbs or len(rest) < 2 or any(map(intentions.asks, rest)):
            return []
        begun = len(rest) + 1 < len(self.args)  # what a word says that stands for the verb may have a remark beside it
        begun = begun or any(spoken_steps.came_about(noun, word) for word in rest)
        dated = any(re.search(loose_days.ANY, word) for word in rest)
        tried = [("add", True)] if dated or begun else []
        tried += [("add", False)] if begun else []
        tried += [("edit", True)] if dated else []
        for verb, all_placed in tried:
            try:
                line = self._whole(noun, verb, rest, all_placed=all_placed) if verb in words.NOUNS[noun].verbs else None
            except Refused:  # something is lacking: it may as well be something else
                if begun:
                    raise
                continue
            fields = sum(word.startswith("--") for word in line or ())
            if line is not None and ((begun and verb == "add") or fields >= _TOLD[verb]):
                return [line]
        return []

    def _of_a_number(self, args: Sequence[str]) -> list[tuple[str, str, list[str]]]:
        found = []
        for at, word in enumerate(args[1:], 1):
            for noun, entry in words.NOUNS.items():
                verb, more = self._verb(noun, word)
                if verb in entry.own and entry.generic:
                    found.append((noun, verb, [*more, *args[:at], *args[at + 1 :]]))
        return found if len(found) == 1 else []

    def _changed(self, noun: str, rest: Sequence[str]) -> list[tuple[str, str, list[str]]]:
        """企业 某厂 停产 11-1: a record and what has become of it, since when, and more that is told of it."""
        field = _CHANGES.get(noun)
        if field is None or len(rest) < 2 or any(map(intentions.asks, rest)):
            return []
        record = definition.called(noun)

        def became(word: str) -> bool:
            return self.kinds.term(record, field, BECAME.get(word, word)) is not None

        rest = [piece for word in rest for piece in spoken_steps.since_and_what(word, became)]
        terms = [word for word in rest if became(word)]
        named = [
            word
            for word in rest
            if self.kinds.record(record, word, whole=True) or self.kinds.record(record, word, whole=False)
        ]
        unknown = [word for word in rest if somebody.FIRM.fullmatch(word)]
        if len(terms) == 1 and not named and len(unknown) == 1:
            self._refuse_unknown(self.kinds.parts.enterprise, unknown[0])
        if len(terms) != 1 or len(named) != 1:
            return []
        return [(noun, "edit", [BECAME.get(word, word) for word in rest])]

    def _whole(self, noun: str, verb: str, rest: Sequence[str], *, all_placed: bool) -> list[str] | None:
        """The line of a command; None where it is none, or not `all_placed` though it is to be. Raises `Refused` as
        `lines`."""
        if verb in ("list", "export", "import", "template"):
            return None
        if (noun, verb) == ("enterprise", "edit"):
            rest = [BECAME.get(word, word) for word in rest]
        ways = whole_line.read(self.kinds, noun, verb, rest)
        if any(way.left or way.remarks for way in ways) is all_placed:
            return None
        unsaid = list(dict.fromkeys(word for way in ways for word in way.left if leftover_words.unsaid(word)))
        if unsaid and verb in ("add", "edit"):
            called = " ".join(("anjian", words.in_chinese(f"{noun} {verb}")))
            told = f"别的词都有去处；它说的是哪一项，请写明选项，见 {called} -h"
            raise refused("E140", masking.in_text("”或“".join(unsaid)), told=told)
        if not ways or unsaid:
            return None
        if any(way.left for way in ways):
            for way in ways:
                self._refuse_unknown_names(noun, way)
            raise self._without_a_place(noun, verb, ways, rest)
        if len(ways) > 1:
            found = " 或 ".join(map(_to_fill_in, ways))
            raise refused("E122", masking.in_text(" ".join(rest)), found=found).proposing(*map(_proposal, ways))
        line = ways[0]
        self._refuse_unknown_names(noun, line)
        line, notes = implied.completed(self.kinds, line)
        whole, why = by_contract.completed(self.kinds, line, renewed=not _RENEWED.isdisjoint(self.args))
        if whole is not line:
            notes.append(why)
        line = whole
        if line.lacking:
            lacking = "、".join(each.removeprefix("--") for each in line.lacking)
            raise refused("E132", lacking, line=_to_fill_in(line)).proposing(_proposal(line))
        for note in notes:
            self.session.note(note)
        for word in line.remarks:
            self.session.note(f"“{masking.in_text(word)}”没有自己的栏目，记入备注")
        return line.args

    def _without_a_place(self, noun: str, verb: str, ways: Sequence[whole_line.Line], rest: Sequence[str]) -> Refused:
        """E140 for words that have no place: with what is likely meant by them, else the lines without them."""
        left = "”或“".join(dict.fromkeys(masking.in_text("、".join(way.left)) for way in ways if way.left))
        record = definition.called(noun) if words.NOUNS[noun].generic else None
        slots = whole_line.slots(self.kinds, noun, verb)
        for way in ways:
            if record is None:
                break
            near = {word: leftover_words.meant(self.kinds, record, slots, word) for word in way.left}
            told = "、".join(f"“{word}”" for of in near.values() for word in sorted(of))
            if near and all(len(of) == 1 for of in near.values()):
                corrected = [noun, verb, *("".join(near.get(word, {word})) for word in rest)]
                meant = f"要的是{told}吗？照这样写：{shown(corrected)}"
                return refused("E140", "、".join(way.left), told=meant).proposing(Proposal(tuple(corrected)))
            if near and all(near.values()):
                return refused("E140", "、".join(way.left), told=f"相近的有{told}，请写全是哪个")
        opening = "去掉就读得懂" if len(ways) == 1 else "只留一个，照这样写"
        told = f"{opening}：{' 或 '.join(map(_to_fill_in, ways))}"
        proposals = [*map(_proposal, ways)]
        beside = [way.beside for way in ways if way.beside]
        if beside and len(ways) == 1:
            told = f"{told}。要记入备注的，照这样写：{shown(beside[0])}"
            proposals.append(Proposal(beside[0]))
        return refused("E140", left, told=told).proposing(*proposals)

    def _refuse_unknown_firm(self, noun: str, verb: str, rest: Sequence[str]) -> None:
        """Raises `Refused` E233 or E232 for what is meant for a firm and is none, or several, in the ledger."""
        if noun == "enterprise" or verb not in (*words.NOUNS[noun].own, "add", "edit"):
            return
        for word in rest:
            if somebody.FIRM.fullmatch(word) and not self.kinds.agency(word, whole=False) and not self._has_firm(word):
                self._refuse_unknown(self.kinds.parts.enterprise, word)

    def _has_firm(self, word: str) -> bool:
        """Whether a word ends in the name of a firm of the ledger: 古山镇0257厨具厂."""
        return any(
            somebody.FIRM.fullmatch(word[at:]) and self.kinds.firm(word[at:], whole=False)
            for at in range(1, len(word) - 3)
        )

    def _refuse_unknown_names(self, noun: str, line: whole_line.Line) -> None:
        """Raises `Refused` for a word without a place that is meant for a firm or a department and is none, or several,
        in the ledger: E231 to E233."""
        columns = definition.called(noun).columns if words.NOUNS[noun].generic else {}
        for word in (*line.left, *line.remarks):
            if "--企业名称" in line.lacking and somebody.ANY_FIRM.fullmatch(word):
                self._refuse_unknown(self.kinds.parts.enterprise, word)
            for name, column in columns.items():
                if (
                    column.refers == "department"
                    and f"field_{name}" not in line.told
                    and somebody.OFFICE.fullmatch(word)
                ):
                    self._refuse_unknown(self.kinds.finder.department, word)

    @staticmethod
    def _refuse_unknown(find: Callable[[str], object], word: str) -> None:
        try:
            find(word)
        except Misread as misread:
            raise Refused([misread.fault(word)]) from misread

    def _refuse_other_step(self, noun: str, verb: str, rest: Sequence[str]) -> None:
        """Raises `Refused` E134 where a word names what another step of the same record takes, and one alone fits:
        月份 定稿 文号 16 is what 印发 takes."""
        if verb not in words.NOUNS[noun].own:
            return
        here, fit = _titles(noun, verb), []
        for other in words.NOUNS[noun].own:
            titled = not {word.rstrip("：:") for word in rest}.isdisjoint(_titles(noun, other) - here)
            ways = whole_line.read(self.kinds, noun, other, rest) if titled else []
            fit += [line.args for line in ways if not line.lacking]
        if len(fit) == 1:
            step, other = (words.NOUNS[noun].own[each].chinese[0] for each in (verb, fit[0][1]))
            told = refused("E134", " ".join(rest), step=step, other=other, line=shown(fit[0]))
            raise told.proposing(Proposal(tuple(fit[0])))

    # --- a list

    def _in_another_list(self) -> list[str] | None:
        """The line that answers what was asked of a list that does not have it; [] where none does, None where nothing
        of the kind was asked."""
        noun = words.find(self.args[0], words.NOUNS)
        if noun is None or not words.NOUNS[noun].generic:
            return None
        asked = list(self.args[1:])
        if asked and words.called(asked, words.NOUNS[noun].verbs)[0] == "list":
            del asked[0]
        other = other_lists.first(definition.called(noun).name, asked)
        if other is None:
            return None
        text, where = other
        rest = asked if where.there else [word for word in asked if word != text]
        if not where.line:
            return []
        if not where.rest:
            return (intentions.lines(self.kinds, self.args) or [[]])[0]
        record = definition.called(where.line[0])
        reader = self.kinds.reader(record)
        try:
            together = list_phrases.joined(rest, reader)
            known = all(reader.means(word) or reader.phrase(word) for word in together) or self._is_list(
                where.line[0], together
            )
        except Refused:
            return []
        return [*where.line, *rest] if known else []

    def _is_list(self, noun: str, asked: Sequence[str]) -> bool:
        return astray.is_list(self.session, noun, asked) or self._tells(noun, asked)

    def _tells(self, noun: str, asked: Sequence[str]) -> bool:
        """Whether each word is a condition of the list, or stands in some record of it, and one at least is a condition
        or a question."""
        from anjian_cli.ledger import listing

        entry = words.NOUNS[noun]
        if "list" not in entry.generic or any(word.startswith("-") for word in asked):
            return False
        record = definition.called(noun)
        reader = self.kinds.reader(record)
        if any(self._verb(noun, word)[0] for word in asked) and not any(map(reader.asks, asked)):
            return False
        try:
            together = list_phrases.joined(asked, reader)
        except Refused:
            return False
        told = 0
        for word in together:
            try:
                known = reader.asks(word) or reader.means(word) or bool(reader.phrase(word))
            except Refused:
                return False
            told += known
            if not known and self._verb(noun, word)[0]:  # a step's word that is no condition is no text either
                return False
            if not known and listing.count(self.kinds.connection, record.name, listing.Wanted(text=word)) == 0:
                return False
        return told > 0

    def _listed(self) -> list[str] | None:
        noun = words.find(self.args[0], words.NOUNS)
        if any(map(NUMBER.fullmatch, self.args)) and len(self.args) > 2:
            return None
        if noun is not None:
            asked = list(self.args[1:])
            return [noun, "list", *asked] if asked and self._tells(noun, asked) else None
        return self._listed_behind()

    def _asked_in_a_sentence(self) -> list[list[str]]:
        """A question of which each piece is known, typed without blanks: 前仓镇还有几条隐患没销号."""
        at = next((at for at, word in enumerate(self.args) if word.startswith("-")), len(self.args))
        asked, file = self.args[:at], list(self.args[at:])
        if not asked or (file and (file[0] != "-o" or len(file) != 2)) or any(map(NUMBER.fullmatch, asked)):
            return []
        if any("了" in word for word in asked) and not any(map(intentions.asks, asked)):
            return []  # that something was done is told, not asked
        tokens = run_on_words.all_pieces(
            asked, partial(intentions.is_known, self.kinds), intentions.SILENT | run_on_words.SILENT
        )
        if tokens and not file and (found := intentions.lines(self.kinds, tokens)):
            return found
        lists = [line for noun in nouns_in(asked) if (line := self._list_in_a_sentence(noun, asked)) is not None]
        return [[*lists[0], *file]] if len(lists) == 1 else []

    def _list_in_a_sentence(self, noun: str, sentence: Sequence[str]) -> list[str] | None:
        from anjian_cli.commands.list_sums import ASKING

        entry, today = words.NOUNS[noun], self.session.today
        reader = self.kinds.reader(definition.called(noun))
        vocabulary = {*reader.spoken(), *ASKING}

        def known(word: str) -> bool:
            if word in vocabulary or reader.asks(word) or self._is_named(word):
                return True
            if list_periods.said(word, today) is not None:
                return True
            try:
                told = any(sign.isdigit() for sign in word) or any(word.endswith(each) for each in list_phrases.DUE)
                return reader.means(word) or (told and bool(reader.phrase(word)))
            except Refused:
                return False

        title = reader.record.title
        silent = run_on_words.SILENT | {*entry.chinese, *words.GENERIC["list"].chinese, title, title[-2:], "各有"}
        pieces = run_on_words.all_pieces(sentence, lambda word: word in _EACH_TOWN or known(word), silent) or []
        asked = [word for word in pieces if word not in _EACH_TOWN]
        told = [word for word in asked if not reader.asks(word)]
        per = ["--per", "镇街"] if len(asked) < len(pieces) else []
        return [noun, "list", *asked, *per] if told and self._tells(noun, asked) else None

    def _is_named(self, word: str) -> bool:
        """Whether a word is the name of an agency, or of a firm by its number and kind."""
        if self.kinds.agency(word, whole=True):
            return True
        return bool(somebody.FIRM.fullmatch(word) and self.kinds.firm(word, whole=False))

    def _listed_behind(self) -> list[str] | None:
        """A list whose noun stands behind its conditions: 芝英 没销号的隐患, 示例0518 有几条隐患."""
        found = []
        for at, word in enumerate(self.args[1:], 1):
            nouns = [(name, "") for name in (words.find(word, words.NOUNS),) if name is not None]
            for noun, before in nouns or astray.ending_in_a_noun(word):
                part = before.removesuffix("的")
                asked = [*self.args[:at], *([part] if part else []), *self.args[at + 1 :]]
                if self._tells(noun, asked):
                    found.append([noun, "list", *asked])
        return found[0] if len(found) == 1 else None

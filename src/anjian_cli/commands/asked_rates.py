"""What is asked of the rates of one kind of work: 托管 完成率 最后三名, 培训 哪几个镇最低, 芝英 托管 完成率,
隐患 整改率 各镇.

The bulletin's ranking has the rate of each category and town, `explain` a town's with its place, `hazard summary` what
was found and closed; there is no table of the last three alone, and that is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.commands import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from anjian_cli.bulletin.definition import CategoryRule, Definition
    from anjian_cli.commands.intentions import Asked
    from anjian_cli.commands.word_kinds import Kinds

_CATEGORIES: Mapping[str, str] = {
    "training": "training.",
    "standard": "standard.",
    "responsible-village": "village.",
    "programme": "special.",
    "trusteeship": "trusteeship.",
    "visit": "trusteeship.",
    "health": "health.",
}
"""By noun: what the facts begin with that its category counts."""
_PLACES = frozenset({"rate", "rank", "lag", "score"})


def lines(kinds: Kinds, asked: Asked, month: str) -> list[list[str]]:
    """The command that answers what is asked of a category's rates in a month, or of how many hazards were rectified;
    [] for any other question."""
    topics, towns = asked.topics, asked.towns
    if asked.noun in ("", "hazard") and "rectified" in topics and topics <= {"rectified", "rank", "lag"}:
        of_town = [part for town in towns for part in ("--town", town)]
        return [["hazard", "summary", month, *of_town]] if not asked.rest and len(towns) <= 1 else []
    if not topics or not topics <= _PLACES or len(towns) > 1 or asked.noun in ("explain", "town"):
        return []
    noun = "" if asked.noun == "bulletin" else asked.noun
    if bool(noun) is bool(asked.rest) or len(asked.rest) > 1:
        return []
    definition = _definition(kinds, month)
    found = [each for each in definition.categories if _is_meant(definition, each, noun, asked.rest)]
    if len(found) != 1 or not found[0].scored:
        return []
    if towns:
        return [["explain", month, towns[0], found[0].title]]
    return [["bulletin", month, *([] if definition.by_points else ["--short"])]]


def not_cut(line: Sequence[str], args: Sequence[str]) -> str:
    """What is to be said beside the answer of a question for rates: what it does not tell; '' for nothing."""
    from anjian_cli.commands.intentions import TOPICS

    told = {topic for topic in ("rate", "rectified") for word in args if TOPICS[topic].fullmatch(word)}
    if list(line[:2]) == ["hazard", "summary"] and "rectified" in told:
        return "整改率是销号除以发现，这张表列两个数、没有比率，也不排名；全市的整改率、按期整改率在通报里"
    if line[0] == "bulletin" and "--short" in line and ("rate" in told or words.find(args[0], words.NOUNS)):
        return "各镇各类的完成率都在这张表里，按综合得分排；没有只排一类、只列几名的，一类的排名在整份通报里"
    return ""


def _definition(kinds: Kinds, month: str) -> Definition:
    from anjian_cli.bulletin.definition import define
    from anjian_cli.commands import arguments

    return define(kinds.connection, arguments.period(kinds.session, kinds.connection, month))


def _is_meant(definition: Definition, category: CategoryRule, noun: str, named: Sequence[str]) -> bool:
    """Whether a category is the one that counts what a noun is of, or is called so."""
    from anjian_cli.bulletin.composition import short_title

    if named:
        return named[0] in (category.title, short_title(category.title))
    counted = [each for each in definition.indicators if each.category == category.id and each.ranked]
    begins = _CATEGORIES.get(noun)
    return begins is not None and any(text.startswith(begins) for each in counted for text in each.measures)

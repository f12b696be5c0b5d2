"""The words of a line one by one: what is typed as one word and says several things is taken apart, where each piece
tells by itself what it is: 古山镇0257厨具厂, 三级复评, 45人参加43人合格, 2018-11-01至2019-10-31, 昨天下午.

Knows places (`line_places`, `placing`) and no command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anjian_cli.commands import glued_words, line_places, loose_days, run_on_words, somebody, word_kinds, words
from anjian_cli.commands.line_places import FIELD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from anjian_cli.commands.placing import Placing
    from anjian_cli.commands.word_kinds import Kinds
    from anjian_cli.records.definition import Record

_BEFORE_A_NAME = re.compile(r"(?:移交给|移交|抄告给?|交给|转给|去了|到了|先由|去|到|在|由|给|对)(?P<name>.+)")
_BEHIND_A_TERM = ("托管", "整治", "服务", "合同", "类", "企业", "证书")
_FOUND = re.compile(
    rf"(?P<day>{loose_days.ANY})(?P<text>(?P<who>\S*?)(?P<how>检查|巡查|排查|督查)?时?(?:发现|查出|查到)(?P<what>\S{{3,}}))"
)
_CHECKED = re.compile(
    rf"(?P<who>{somebody.OFFICER}|\S{{0,8}}网格员)?(?P<day>{loose_days.ANY})(?P<hour>{loose_days.HOUR})?"
    r"(?:巡查|检查)时?(?:发现|查到|查出)?了?的?"
)
_COUNTED = re.compile(r"(?:检查)?(?:查出|发现|有|查到)(?:隐患|问题)?[1-9]\d*(?:条|处|个|项)(?:隐患|问题)?")
_PASSED = re.compile(rf"(?P<day>{loose_days.ANY})(?:验收)?(?:已)?(?:通过|合格)了?")
_DATED = re.compile(rf"(?P<day>{loose_days.ANY})(?P<text>[\u4e00-\u9fff]\S{{2,}})")
_COMMA = re.compile(r"[，；;]|,(?!\d{3}(?!\d))")
_LAST = re.compile(rf"[到至]?(?:{loose_days.ANY})")
_MOST_PIECES = 3
_SENTENCE = 9
"""Characters that a word has at least which is a whole sentence."""
_CONNECTIVES = frozenset(
    (
        *("了", "到", "去", "在", "于", "对", "由", "给", "做", "的", "被", "来", "共", "有", "里", "发现", "查出"),
        *("做了", "办了", "办", "举办", "举办了", "开展", "开展了", "组织", "组织了", "进行", "进行了", "上门"),
        *("去了", "到了", "来了", "发生", "发生了", "出了", "签了", "签订", "开始", "登记", "一起", "一次", "一期"),
    )
)
"""What stands between the things that are told of a new record, and tells nothing of its own."""


def taken_apart(
    kinds: Kinds, plain: Sequence[str], record: Record | None, placing: Placing, *, adding: bool
) -> tuple[list[str], list[str]]:
    """The words one by one; and those of which more is told than a field takes, the time of day or how many hazards a
    check found, which go into 备注 of a new record as they are."""
    if record is None:
        return list(plain), []
    found: list[str] = []
    timed: list[str] = []
    plain = [piece for word in _spans(plain) for piece in _at_commas(word, placing)]
    if adding:
        plain = [piece for word in plain for piece in _of_a_sentence(word, record, placing)]
    plain = _passed_on_a_day(plain) if record.name != "hazard" else plain
    plain = _with_what_they_did(plain, placing)
    titled = {slot.key.removeprefix(FIELD): slot.names[0] for slot in placing.slots if slot.names}
    plain = _first_and_last(plain, titled) if adding else plain
    for word in plain:
        day = loose_days.with_time(word) if adding else None
        if (span := glued_words.spanned(word, list(titled))) and all(word_kinds.is_day(day) for _, day in span):
            found += [f"{titled[name]}：{day}" for name, day in span]
        elif day is not None:
            found.append(day)
            timed.append(word)
        elif (begun := _FOUND.fullmatch(word)) and record.name == "hazard" and adding:
            found += [f"{titled['found_on']}：{begun['day']}", *_of_a_check(begun, placing, titled)]
        elif adding and record.name == "hazard" and (checked := _CHECKED.fullmatch(word)):
            found.append(f"{titled['found_on']}：{checked['day']}")
            found += [f"{titled['source']}：网格巡查"] if checked["who"] else []
            timed += [word] if checked["hour"] or checked["who"] not in (None, "网格员") else []
        elif "conclusion" in titled and record.name != "hazard" and (passed := _PASSED.fullmatch(word)):
            found += [f"{titled['accepted_on']}：{passed['day']}", f"{titled['conclusion']}：合格"]
        elif adding and record.name == "inspection" and _COUNTED.fullmatch(word):
            found.append(f"{titled['found_any']}：有")
            timed.append(word)
        elif not adding and placing.takes_measures and (dated := _DATED.fullmatch(word)) and not placing.tells(word):
            found += [dated["day"], dated["text"]]
        elif adding and "from_on" in titled and (since := loose_days.since(word)) and not placing.tells(word):
            found.append(f"{titled['from_on']}：{since}")
        elif not adding and (since := loose_days.since(word)) and not placing.tells(word):
            found.append(since)
        elif not adding and (firm := _firm_of_its_town(kinds, word)):
            found.append(firm)
        else:
            for piece in glued_words.split(word, glued_words.TABLE.get(record.name, {})):
                found += _pieces(piece, placing)
    return found, timed


def _of_a_sentence(word: str, record: Record, placing: Placing) -> list[str]:
    """The things that a sentence tells of a new record one by one, where each is known by itself: 今天网格巡查了某厂.
    What the record is called may stand at the end, behind a day: 10月30日办了安全管理人员培训第2期. Any other word as
    it is."""
    if len(word) < _SENTENCE or placing.tells(word) or _FOUND.fullmatch(word):
        return [word]

    def known(piece: str) -> bool:
        return placing.tells(piece) or loose_days.with_time(piece) is not None or word_kinds.is_day(piece)

    nouns = {each for noun in words.NOUNS.values() for each in noun.chinese}
    silent = _CONNECTIVES | nouns | {record.title}
    pieces = run_on_words.pieces(word, known, silent) or []
    if len(pieces) > 1 and not all(map(_LAST.fullmatch, pieces)):  # of two days alone the first and the last are told
        return pieces
    called = line_places.CALLED.get(record.name)
    for at in range(len(word) - 4, 4, -1):
        head, tail = run_on_words.pieces(word[:at], known, silent) or [], word[at:]
        if called is not None and called.search(tail) and any(map(_begins_with_a_day, head)):
            return [*head, tail]
    return [word]


def _at_commas(word: str, placing: Placing) -> list[str]:
    """What stands between the commas of a word, where each tells by itself what it is: 检测10个点,超标1个. Any other
    word, and a number with commas in it, as it is."""
    parts = [part for part in _COMMA.split(word) if part]
    return parts if len(parts) > 1 and not placing.tells(word) and all(map(placing.tells, parts)) else [word]


def _spans(plain: Sequence[str]) -> list[str]:
    """The words, two days with 至 between them in one."""
    found = list(plain)
    for at in range(len(found) - 3, -1, -1):
        if at + 3 > len(found):  # the one behind it was put together
            continue
        first, between, last = found[at : at + 3]
        if between in ("至", "到", "-", "—", "~") and word_kinds.is_day(first) and word_kinds.is_day(last):
            found[at : at + 3] = [f"{first}至{last}"]
    return found


def _begins_with_a_day(piece: str) -> bool:
    return re.match(loose_days.ANY, piece) is not None


def _firm_of_its_town(kinds: Kinds, word: str) -> str:
    """The firm in a word that begins with the town where it is: 唐先镇0412冷冻食品厂; '' for any other word."""
    for at in range(2, len(word) - 2):
        town, firm = word[:at], word[at:]
        if (
            kinds.town(town) is not None
            and somebody.FIRM.fullmatch(firm)
            and kinds.town_of_firm(firm) == kinds.town(town)
        ):
            return firm
    return ""


def _passed_on_a_day(plain: Sequence[str]) -> list[str]:
    """The words, 验收合格 with the bare day behind it or before it in one."""
    found = list(plain)
    for at, word in enumerate(plain):
        for beside in (at + 1, at - 1):
            if (
                word in ("验收合格", "验收通过")
                and 0 <= beside < len(plain)
                and re.fullmatch(loose_days.ANY, plain[beside])
            ):
                found[min(at, beside) : max(at, beside) + 1] = [f"{plain[beside]}{word}"]
                return found
    return found


def _first_and_last(plain: Sequence[str], titled: Mapping[str, str]) -> list[str]:
    """The words, two bare days in one span, of a record that has a first day and a last one."""
    days = [at for at, word in enumerate(plain) if word_kinds.is_day(word)]
    bare = [at for at in days if at == 0 or plain[at - 1] not in titled.values()]
    if len(days) != 2 or len(bare) != 2 or not {"from_on", "last_on"} <= titled.keys():
        return list(plain)
    first, last = bare
    return [f"{plain[first]}至{plain[last]}" if at == first else word for at, word in enumerate(plain) if at != last]


def _with_what_they_did(plain: Sequence[str], placing: Placing) -> list[str]:
    """The words, somebody and what was done by them in one: 示例甲 主讲."""
    found: list[str] = []
    rest = list(plain)
    while rest:
        both = "".join(rest[:2])
        if len(rest) > 1 and not any(map(placing.tells, rest[:2])) and placing.is_name(rest[0]) and placing.tells(both):
            found.append(both)
            del rest[:2]
            continue
        found.append(rest.pop(0))
    return found


def _of_a_check(begun: re.Match[str], placing: Placing, titled: Mapping[str, str]) -> list[str]:
    """What was found, without the department that found it where the ledger knows that one; that a department checked
    is told by the name of any."""
    who = begun["who"]
    if not somebody.OFFICE.fullmatch(who):
        return [begun["text"]]
    slot = next(slot for slot in placing.slots if slot.key == f"{FIELD}found_by")
    known = slot.exact(who) or slot.part(who)
    if known:
        return [f"{titled['found_by']}：{known}", begun["what"]]
    return [f"{titled['source']}：部门检查", begun["text"]]


def _pieces(word: str, placing: Placing) -> list[str]:
    """A word as the pieces of which each tells what it is, if there is one way to take it apart; else as it is."""
    if placing.tells(word):
        return [word]
    if (named := _BEFORE_A_NAME.fullmatch(word)) and placing.tells(named["name"]):
        return [named["name"]]
    for behind in _BEHIND_A_TERM:
        bare = word.removesuffix(behind)
        if bare not in ("", word) and any(slot.exact(bare) is not None for slot in placing.slots if not slot.by_name):
            return [bare]
    ways = list(_ways(word, placing, _MOST_PIECES))
    least = min(map(len, ways), default=0)
    fewest = [way for way in ways if len(way) == least]
    return fewest[0] if len(fewest) == 1 else [word]


def _ways(word: str, placing: Placing, most: int) -> Iterator[list[str]]:
    """The ways to take a word apart into two pieces at least, of two characters at least."""
    for at in range(2, len(word) - 1):
        first, rest = word[:at], word[at:]
        if not placing.tells(first):
            continue
        if placing.tells(rest):
            yield [first, rest]
        elif most > 2:
            yield from ([first, *more] for more in _ways(rest, placing, most - 1))

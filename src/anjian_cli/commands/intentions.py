"""What people ask, by what they want to know: 芝英 为什么排13, 排名 10月, 谁管 某厂, as the command that answers it.

Every word must say something: what is asked, of which town, month, firm or agency; a line with any other word is none
of these. All of it only reads, so that a wrong guess costs a look; what was understood is said before the answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.commands import asked_rates, list_periods, words
from anjian_cli.ledger import listing
from anjian_cli.records import definition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from anjian_cli.commands.word_kinds import Kinds

_RANK = r"(?:第?[0-9一二三四五六七八九十]{1,3}(?:名|位)?|这么(?:后|低|靠后)|靠后|倒数.*|最后.*|末位|垫底)"
TOPICS: Mapping[str, re.Pattern[str]] = {
    topic: re.compile(pattern)
    for topic, pattern in {
        "why": rf"(?:为什么|为何|为啥|怎么|凭什么|咋)(?:会|是)?(?:排|在|得)?{_RANK}?|排{_RANK}"
        r"|第[0-9一二三四五六七八九十]+名?|[0-9]+(?:名|位)"
        r"|(?:排名|名次|排位)?(?:会|又)?(?:下降|下滑|后退|退步|靠后|落后|掉|降|上升|前进|进步|变差|变好|变化)了?",
        "rank": r"(?:各镇|全市|全县|综合)?(?:排名|名次|排行|排位|排行榜|排第几|谁第一|名次表)"
        r"|排在?(?:最后|倒数|最前|前|末)(?:第?[一二三四五六七八九十几0-9]+)?(?:名|位)?"
        r"|(?:在?(?:全市|全县))?(?:排|排名|名次)?第几(?:名|位)?|(?:最后|倒数|末尾|后|前)第?[一二三四五六七八九十几0-9]+(?:名|位)"
        r"|(?:是)?(?:哪|哪一?个|哪几个|哪些|谁)(?:镇街|镇|街道)?(?:是)?(?:最低|最差|最后|最高|最好|垫底|第一|排第一)"
        r"|最(?:低|差|后|高|好)的?(?:[一二三四五六七八九十几0-9]+个)?(?:镇街|乡镇|镇|街道)",
        "worst": r"(?:哪|哪一|哪几|哪些)(?:项|类|个指标|项工作|块)(?:最|比较)?(?:差|低|弱|好|高|落后|拖后腿|欠得?最?多)"
        r"|(?:短板|弱项)(?:是什么|在哪里?)?",
        "score": r"得?(?:了)?多少分|得?几分|综合得分|得分(?:多少)?",
        "rate": r"(?:任务|目标)?完成率(?:多少|怎么样|如何)?|(?:任务)?完成情况|完成得(?:怎么样|如何)|完成了?多少",
        "rectified": r"(?:隐患)?(?:按期)?(?:整改|销号)率(?:多少|怎么样|如何)?",
        "state": r"情况|概况|怎么样|如何|怎样|[做干]得(?:怎么样|如何)|表现|什么情况|的?情况怎么样"
        r"|(?:所有|全部)(?:记录|情况|资料|信息)|档案|详情",
        "compare": r"比较|对比|比一比|比比|比|跟|和|与|相比|差异|环比"
        r"|(?:比|和|跟|与)(?:上月|(?:去年|上年)(?:同期)?)(?:比|相比)?(?:怎么样|怎样|如何|变化)?",
        "toll": r"(?:死亡|死了?|伤亡|重伤)(?:了)?(?:几|多少)(?:个)?人?|(?:几|多少)(?:起|次)"
        r"|(?:死亡|伤亡)(?:人数)?|几起事故",
        "sum": r"罚款(?:多少|总额|合计)?|罚了?多少(?:钱)?|立案(?:数|(?:几|多少)(?:件|起|个))?|处罚数?"
        r"|罚款额?|案件数|同比|几件|多少件",
        "owed": r"(?:还)?(?:差|欠|要做|要跑)(?:几|多少)(?:次|家|个)|应做未做|欠服务|没做的|欠的|还差多少|该做没做",
        "whose": r"谁管|归谁管|谁负责|谁的片|是谁管的?|网格员是谁|谁在管",
        "stages": r"走?到哪(?:里|儿)?(?:一步)?(?:了)?|进展(?:如何|怎么样)?|进度|(?:哪个|什么)阶段",
        "remind": r"催报|催一下|催",
        "unfiled": r"(?:没有|没|未|还没|谁没|哪些没|哪几个没)(?:报|报送|上报|交|报的|报上来)(?:的)?(?:镇|镇街)?",
        "filed": r"(?:月报|报表)?(?:交|报|报送|上报)(?:上来|上去)?了?(?:没有|没|吗|了吗)"
        r"|(?:有没有|是否已?|是不是)(?:交|报|报送|上报)(?:上来|上去)?(?:了|过)?",
        "closed": r"(?:定稿|印发|封存|锁定)了?(?:没有|没|吗)|(?:有没有|是否已?|是不是)(?:定稿|印发|封存)了?",
        "whether": r"是不是|是否|有没有|有无|属不属于|算不算",
        "lag": r"落后(?:的)?(?:镇|镇街)?|掉队(?:的)?|拖后腿(?:的)?|滞后(?:的)?|(?:谁|哪些镇?)落后",
    }.items()
}
"""What is asked, and how people say it."""
SILENT = frozenset(
    {
        "的镇",
        "的",
        "镇",
        "各镇",
        "哪些镇",
        "哪几个镇",
        "哪几个",
        "镇街",
        "给我看一下",
        "给我看看",
        "我们",
        "街道",
        "哪些",
        "哪个镇",
        "全市",
        "全县",
        "是",
        "了",
        "吗",
        "一下",
        "看",
        "看看",
        "和",
        "跟",
        "与",
        "谁",
    }
)
"""What says nothing of its own beside what is asked."""
FORMATS: Mapping[str, str] = {
    **dict.fromkeys(("excel", "xlsx", "表格", "excel表", "电子表格", "工作簿"), "xlsx"),
    **dict.fromkeys(("csv", "csv表"), "csv"),
    "json": "json",
}
"""What people call the form of a file."""


_EACH_TOWN = frozenset({"各镇街", "各镇", "每镇", "每个镇", "各镇一份", "每镇一份", "各镇街道", "每个镇街"})
_PER = {"按镇街": "镇街", "按镇": "镇街", "按部门": "部门", "按月": "月"}
_ASKING = re.compile("[吗呢谁哪几?？]|多少|怎|什么|如何|是否|是不是|有没有|了没|没有$|何时")


def asks(word: str) -> bool:
    """Whether a word asks something, so that nothing is told by it."""
    return bool(_ASKING.search(word)) or any(pattern.fullmatch(word) for pattern in TOPICS.values())


_KINDS = ("towns", "months", "years", "firms", "agencies", "until", "rest")


class Asked(NamedTuple):
    """The words of a question, by their kinds. `until` are the last days of periods that begin with this year; `rest`
    are the words that none of these is."""

    noun: str
    topics: frozenset[str]
    towns: tuple[str, ...]
    months: tuple[str, ...]
    years: tuple[str, ...]
    firms: tuple[str, ...]
    agencies: tuple[str, ...]
    until: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def month(self) -> list[str]:
        """The month, as an argument."""
        return [*self.months]


def lines(kinds: Kinds, args: Sequence[str]) -> list[list[str]]:
    """The commands that answer a question, [] where it is none that is known."""
    if found := _of_a_page(kinds, args):
        return found
    if any(word.startswith("-") for word in args):
        return []
    asked = _asked(kinds, args)
    for read in (_of_towns, _of_months, _of_filings, _of_a_noun, _of_rates):
        if found := read(kinds, asked):
            return found
    return []


def _of_a_page(kinds: Kinds, args: Sequence[str]) -> list[list[str]]:
    """The one page said to be of the bulletin (通报 一页纸 10), and a blank form of a town (空表 隐患 芝英)."""
    command, rest = words.find(args[0], words.COMMANDS), list(args[1:])
    if command == "bulletin":
        pages = [word for word in rest if words.find(word, words.COMMANDS) == "brief"]
        if len(pages) == 1:
            rest.remove(pages[0])
            return [["brief", *rest]]
    if command == "template":
        every = [word for word in rest if word in _EACH_TOWN]
        if len(every) == 1:
            rest.remove(every[0])
            return [["template", *rest, "--each-town"]]
        plain = rest[: next((at for at, word in enumerate(rest) if word.startswith("-")), len(rest))]
        towns = [town for word in plain if (town := kinds.town(word))]
        nouns = [word for word in plain if words.find(word, words.NOUNS)]
        given = rest[len(plain) :]
        if len(nouns) == 1 and len(towns) <= 1 and len(plain) == 1 + len(towns):
            of_town = [part for town in towns for part in ("--town", town)]
            called = "-".join([*towns, f"{words.NOUNS[str(words.find(nouns[0], words.NOUNS))].chinese[0]}空表.xlsx"])
            return [["template", nouns[0], *of_town, *(given or ["-o", called])]]
    return []


def exported(args: Sequence[str], is_list: Callable[[str, Sequence[str]], bool]) -> list[list[str]]:
    """导出 隐患 10月 芝英 excel, as the list with a file of that name; [] for any other line."""
    if len(args) < 3 or {words.find(args[0], words.COMMANDS), words.find(args[1], words.GENERIC)} & {"export"} == set():
        return []
    turned = words.find(args[0], words.COMMANDS) == "export"
    noun = words.find(args[1 if turned else 0], words.NOUNS)
    asked = [word for word in args[2:] if word.lower() not in FORMATS]
    forms = [FORMATS[word.lower()] for word in args[2:] if word.lower() in FORMATS]
    if noun is None or len(forms) > 1 or any(word.startswith("-") for word in args) or not asked:
        return []
    if not is_list(noun, asked):
        return []
    name = "-".join([words.NOUNS[noun].chinese[0], *(re.sub(r"[^\w]+", "", word) for word in asked)])
    return [[noun, "list", *asked, "-o", f"{name}.{forms[0] if forms else 'xlsx'}"]]


def _asked(kinds: Kinds, args: Sequence[str]) -> Asked:
    noun = words.find(args[0], words.NOUNS) or words.find(args[0], words.COMMANDS) or ""
    rest = list(args[1:] if noun else args)
    if noun and rest and (rest[0] in words.GENERIC["list"].chinese or (noun, rest[0]) == ("case", "统计")):
        del rest[0]
    topics: set[str] = set()
    found: dict[str, list[str]] = {name: [] for name in _KINDS}
    for word in rest:
        kind, value = _kind(kinds, word)
        if noun == "bulletin" and word.isdigit() and 1 <= int(word) <= 12:
            kind, value = "months", word
        if kind == "topic":
            topics.add(value)
        elif kind:
            found[kind].append(value)
    return Asked(noun, frozenset(topics), *(tuple(values) for values in found.values()))


def _kind(kinds: Kinds, word: str) -> tuple[str, str]:
    """The kind of a word and what it says; kind '' for one that says nothing."""
    if town := kinds.town(word):
        return "towns", town
    if word in ("今年", "去年", "同期", "上年", "上年同期", "去年同期"):
        return "years", word
    if word in ("比去年", "比上年", "比去年同期", "比同期"):
        return "topic", "compare"
    if kinds.month(word):
        return "months", word
    span = list_periods.said(word, kinds.session.today)
    if span is not None and span[0] == f"{kinds.session.today[:4]}-01-01" and span[1] < kinds.session.today:
        return "until", span[1]
    if TOPICS["compare"].fullmatch(word):
        return "topic", "compare"
    bare = word.removeprefix("比").removeprefix("和").removeprefix("跟")
    if bare != word and kinds.month(bare):
        return "months", bare
    for topic, pattern in TOPICS.items():
        if pattern.fullmatch(word):
            return "topic", topic
    if word in SILENT:
        return "", ""
    if agency := kinds.agency(word, whole=True):
        return "agencies", agency
    if firm := kinds.firm(word, whole=True):
        return "firms", firm
    if agency := kinds.agency(word, whole=False):
        return "agencies", agency
    if any(sign.isdigit() for sign in word) and (firm := kinds.firm(word, whole=False)):
        return "firms", firm
    return "rest", word


def is_known(kinds: Kinds, word: str) -> bool:
    """Whether a word is one of a question: what is asked, of whom, of when."""
    if word in SILENT:
        return False
    if words.find(word, words.NOUNS) or words.find(word, words.COMMANDS):
        return True
    return _kind(kinds, word)[0] not in ("", "rest")


def _only(asked: Asked, *kinds: str) -> bool:
    """Whether the words are of these kinds alone, and there is no other."""
    told = {name for name in _KINDS if getattr(asked, name)}
    return told <= set(kinds)


_OF_ONE_TOWN = frozenset({"why", "rank", "compare", "worst", "score", "rate", "state"})
"""What is asked of one town that the reasons of its place answer: the rate, place and points of each category."""


def _of_rates(kinds: Kinds, asked: Asked) -> list[list[str]]:
    of_year = asked.years == ("今年",) and "rectified" in asked.topics
    if not _only(asked, "towns", "months", "rest", *["years"] * of_year) or len(asked.months) + of_year > 1:
        return []
    months = [kinds.session.today[:7]] if of_year else asked.month or [_last_month(kinds)]
    return asked_rates.lines(kinds, asked, *months)


def _of_towns(kinds: Kinds, asked: Asked) -> list[list[str]]:
    """Places of towns, why one has its own, how one stands, two beside each other."""
    if (
        asked.noun not in ("", "bulletin", "explain", "town")
        or not _only(asked, "towns", "months")
        or len(asked.months) > 1
    ):
        return []
    topics, towns, month = asked.topics, asked.towns, asked.month
    month = month or [_last_month(kinds)]
    if topics - {"compare", "state"} and topics <= _OF_ONE_TOWN and len(towns) == 1:
        return [["explain", month[0], towns[0], "排名"]]
    if topics and topics <= {"rank", "lag", "score", "rate"} and not towns:
        return [["bulletin", month[0], "--short"]]
    if topics == {"state"} and len(towns) == 1:
        return [["bulletin", month[0], towns[0]]]
    if (topics in ({"compare"}, {"compare", "rank"}) or (asked.noun == "bulletin" and not topics)) and 2 <= len(
        set(towns)
    ) <= 4:
        return [["bulletin", month[0], town] for town in dict.fromkeys(towns)]
    return []


def _last_month(kinds: Kinds) -> str:
    """The month that a bulletin is of where none is told, as YYYY-MM."""
    span = list_periods.period("上月", kinds.session.today)
    return "" if span is None else span[0][:7]


def _of_months(kinds: Kinds, asked: Asked) -> list[list[str]]:
    """A month and the one before it: the one page has both."""
    if asked.noun not in ("", "bulletin", "brief", "month") or not _only(asked, "months") or len(asked.months) != 2:
        return []
    first, second = sorted(str(kinds.month(month)) for month in asked.months)
    following = f"{int(first[:4]) + first.endswith('12')}-{int(first[5:]) % 12 + 1:02}"
    return [["brief", second]] if asked.topics <= {"compare"} and following == second else []


def _of_filings(kinds: Kinds, asked: Asked) -> list[list[str]]:
    """Who has not filed, and whether a town has. A reminder speaks of all that is due now; of another month it says
    nothing."""
    last = _last_month(kinds)
    if asked.noun in ("", "filing") and asked.topics == {"filed"} and _only(asked, "towns", "months"):
        return _whether_filed(kinds, asked, last)
    if not _only(asked, "towns", "months") or any(kinds.month(month) != last for month in asked.months):
        return []
    if asked.noun == "remind" and not asked.topics and len(asked.towns) == 1 and not asked.months:
        return [["remind", "--town", asked.towns[0]]]
    if (asked.noun in ("", "filing") and asked.topics in ({"remind"}, {"unfiled"}, {"remind", "unfiled"})) or (
        asked.noun in ("notice", "remind") and asked.topics in ({"unfiled"}, {"remind", "unfiled"})
    ):
        return [["notice", "催报", "--town", town] for town in dict.fromkeys(asked.towns)] or [["notice", "催报"]]
    return []


def _whether_filed(kinds: Kinds, asked: Asked, last: str) -> list[list[str]]:
    """The report of each town: the list is empty where there is none, and of the last month what the town is told
    stands behind it."""
    if len(asked.months) > 1 or not (asked.towns or asked.noun):
        return []
    month = kinds.month(asked.months[0]) if asked.months else last
    if not asked.towns:
        return [["notice", "催报"]] if month == last else []
    reader, found = kinds.reader(definition.called("filing")), []
    for town in dict.fromkeys(asked.towns):
        question = reader.understood([town, str(month)]).question
        filed = listing.count(kinds.connection, "filing", listing.Wanted(question=question)) > 0
        found.append(["filing", "list", town, str(month)])
        found += [["notice", "催报", "--town", town]] * (month == last and not filed)
    return found


def _of_a_noun(kinds: Kinds, asked: Asked) -> list[list[str]]:
    noun, topics = asked.noun, asked.topics
    towns = [part for town in asked.towns for part in ("--town", town)] if len(asked.towns) == 1 else []
    if noun == "accident" and topics and topics <= {"toll", "compare"} and _only(asked, "years", "towns"):
        return [["accident", "trend", *towns]] if not asked.towns or towns else []
    if noun == "case" and topics == {"sum"} and len(asked.rest) == 1 and asked.rest[0] in _PER:
        return [["case", "summary", "--per", _PER[asked.rest[0]]]] if asked.years == ("今年",) else []
    if noun == "case" and topics and topics <= {"sum", "compare"} and _only(asked, "years", "towns", "until"):
        # Of last year alone it says nothing but up to the same day.
        of_this_year = not asked.years or "今年" in asked.years or "compare" in topics
        on = [part for day in asked.until for part in ("--on", day)]
        return [["case", "summary", *towns, *on]] if of_this_year and len(asked.towns) <= 1 and len(on) <= 2 else []
    if noun in ("agency", "") and topics == {"state"} and _only(asked, "agencies") and len(asked.agencies) == 1:
        return [["agency", "compare"]]
    if noun in ("visit", "trusteeship", "agency", "") and topics == {"owed"} and _only(asked, "agencies", "months"):
        now = {_last_month(kinds), kinds.session.today[:7]}
        if len(asked.agencies) == 1 and all(kinds.month(month) in now for month in asked.months):
            return [["todo", "0", "--agency", asked.agencies[0]]]
    if noun in ("", "enterprise", "find") and topics == {"state"} and _only(asked, "firms") and len(asked.firms) == 1:
        return [["enterprise", "file", asked.firms[0]]]
    if noun in ("", "enterprise") and topics == {"whether"} and _only(asked, "firms", "rest") and asked.rest:
        reader = kinds.reader(definition.called("enterprise"))
        what = [word.removesuffix("企业") for word in asked.rest]
        told = len(asked.firms) == 1 and all(reader.means(word) or reader.phrase(word) for word in what)
        return [["enterprise", "list", asked.firms[0], *what, "是不是"]] if told else []
    if noun in ("officer", "grid", "enterprise", "") and topics == {"whose"} and _only(asked, "firms", "towns"):
        return [["enterprise", "file", asked.firms[0]]] if len(asked.firms) == 1 else []
    if noun in ("programme", "standard") and topics == {"stages"} and _only(asked, "rest") and len(asked.rest) <= 1:
        record = definition.called(noun)
        named = [term for word in asked.rest if (term := kinds.term(record, "kind", word))]
        if len(named) == len(asked.rest):
            return [[noun, "stages", *(part for term in named for part in ("--kind", term))]]
    if noun == "month" and topics == {"closed"} and _only(asked, "months"):
        return [["month", "list"]]
    if noun == "campaign" and topics == {"stages"} and _only(asked):
        return [["campaign", "board"]]
    of_indicators = bool(asked.rest) and all(kinds.indicator(word) for word in asked.rest)
    if of_indicators and topics == {"lag"} and _only(asked, "rest", "months") and len(asked.months) <= 1:
        return [["bulletin", *(asked.month or [_last_month(kinds)])]]  # which has the table of each category
    return []

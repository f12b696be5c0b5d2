"""What the sentences of letter, leadership's page and chat text say of a bulletin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from anjian_cli.bulletin.value import Bulletin
from support.printed.facts import (
    ALL,
    BEHIND,
    EVERY,
    FIRST,
    OVERALL,
    SAID,
    WHOLE,
    Fact,
    Key,
    kind,
    listed,
    plain,
    town_names,
)

SENTENCES: tuple[tuple[str, tuple[Key, ...]], ...] = (
    (
        r"非事故类安全生产违法行为立案处罚(\S+?)起，处罚金额(\S+?)万元",
        (("立案", EVERY, "累计"), ("罚款", EVERY, "累计")),
    ),
    (r"建议追究刑事责任(\d+)人", (("追刑", EVERY, "累计"),)),
    (r"发生生产安全事故(\S+?)起、死亡(\S+?)人", (("事故起数", EVERY, "累计"), ("死亡人数", EVERY, "累计"))),
    (r"综合得分平均为(\S+?)分", ((OVERALL, WHOLE, "得分"),)),
    (r"累计培训(\S+?)人次", (("安全生产教育培训（类）", WHOLE, "累计之和"),)),
    (r"底，.*?三级标准化达标(\d+)家", (("三级新创", SAID, "上月累计"),)),
    (r"月底，[^。]*?(?<!二级标准化)在创(\d+)家", (("三级在创", SAID, "上月累计"),)),
    (r"月底，[^。]*?二级标准化在创(\d+)家", (("二级在创", SAID, "上月累计"),)),
    (r"月底，[^。]*?到期复评(\d+)家", (("到期复评", SAID, "上月累计"),)),
    (r"新增三级达标(\d+)家，累计(\d+)家", (("三级新创", SAID, "本月"), ("三级新创", SAID, "累计"))),
    (r"累计指导小微企业(\d+)家", (("指导企业", SAID, "累计"),)),
    (r"涉及企业(\d+)家", (("托管企业", EVERY, "累计"),)),
    (r"应检测企业(\d+)家", (("应检", EVERY, "累计"),)),
    (r"，已检测(\d+)家", (("已检", EVERY, "累计"),)),
    (r"连同名单外检测的(\d+)家", (("名单外检测", EVERY, "累计"),)),
    (r"检测结果超标企业(\d+)家", (("检测超标", EVERY, "累计"),)),
    (r"超标企业\d+家，已整改(\d+)家", (("超标整改", EVERY, "累计"),)),
    (r"挂牌督办在办隐患(\d+)条", (("挂牌", EVERY, "累计"),)),
    (r"到期应整改(?:隐患)?(\d+)条，按期整改(\d+)条", (("到期隐患", EVERY, "累计"), ("按期整改", EVERY, "累计"))),
    (r"逾期后整改(\d+)条", (("逾期后整改", EVERY, "累计"),)),
    (r"已整改待验收(\d+)条", (("到期待验收", EVERY, "累计"),)),
    (r"逾期仍未整改(\d+)条", (("逾期", EVERY, "累计"),)),
    (r"当年排查(\d+)条，已验收(\d+)条", (("排查隐患", EVERY, "累计"), ("已销号", EVERY, "累计"))),
)
"""What a sentence of the letter says of the county: its numbers, and which figures they are. A sentence that says one
more is one more line here."""


def of_letter(found: Bulletin, paragraphs: Sequence[str]) -> Iterator[Fact]:
    """All that the letter's paragraphs say."""
    whole = "\n".join(paragraphs)
    yield from in_sentences(whole)
    yield from ends(OVERALL, whole)
    for each in found.categories:
        if not each.scored:
            continue
        title = re.compile(rf"^（[一二三四五六七八九十]+）{each.title}。")
        for paragraph in (title.sub("", text) for text in paragraphs if title.match(text)):
            for name, rate in re.findall(r"([^、，。；：]+?)（(\d+\.\d\d)%）", paragraph):
                yield (kind(each.title), re.sub("^(其中|仅)", "", name), "完成率"), plain(rate)
            if first := re.search(r"；?([^；。，]*?)居(?:首位|前[两三]位)", paragraph):
                yield (kind(each.title), ALL, FIRST), listed(_towns(first[1]))
            if last := re.search(r"，其中([^；。]*?)(?:居末位|居后.位|落后)", paragraph):
                yield (kind(each.title), ALL, BEHIND), listed(_towns(last[1]))
    for short, said in re.findall(r"）([^（）。]*?)普遍滞后。(.*)", whole):
        for names, number in re.findall(r"([^，；。]*?)各?尚欠(?:序时)?(\d+)", said):
            for name in _towns(re.sub("^其中", "", names)):
                yield (short, name, "欠序时"), plain(number)


def in_sentences(whole: str) -> Iterator[Fact]:
    """The county's figures."""
    for pattern, keys in SENTENCES:
        for match in re.finditer(pattern, whole):
            yield from ((key, plain(number)) for key, number in zip(keys, match.groups(), strict=True))
    for kinds, numbers in re.findall(r"列入整治的(\S+?)，已通过验收(?:分别)?为(\S+?)(?:，|。)", whole):
        enrolled = re.findall(r"([^、]+?)企业(-?\d+)家", kinds)
        for (what, number), accepted in zip(enrolled, re.findall(r"\d+", numbers), strict=True):
            yield (f"列入{what}", EVERY, "累计"), plain(number)
            yield (f"整治{what}", WHOLE, "累计"), plain(accepted)
        for what, number in re.findall(r"([^、]+?)企业-?\d+家（另有上年结转(\d+)家）", kinds):
            yield (f"结转{what}", EVERY, "累计"), plain(number)
    for short, number, happened, left in re.findall(
        r"([^\s，。；：（）.\d]+?)控制数(\d+)\D，(?:已发生|现有)(\d+)\D，((?:剩余|超出)\d+)", whole
    ):
        for field, shown in (("控制数", number), ("累计", happened), ("剩余", left)):
            yield (short, WHOLE, field), plain(shown)
    for kinds in re.findall(r"，在托(\S+?)(?:，|。)", whole):
        for what, number in re.findall(r"([^、]+?)企业(\d+)家", kinds):
            yield (what, WHOLE, "累计"), plain(number)


def ends(scope: str, text: str) -> Iterator[Fact]:
    """Who is first and who lags by score, with the scores."""
    for pattern, what in (
        (r"居(?:首位|前[两三]位)的是(.*?分）)(?:，居|，落|。)", FIRST),
        (r"(?:居末位|居后.位|落后)的是(.*?分）)。", BEHIND),
    ):
        named = re.search(pattern, text)
        pairs = re.findall(r"([^、]+?)（(\d+\.\d\d)分）", named[1]) if named else []
        yield (scope, ALL, what), listed(name for name, _ in pairs)
        yield from (((scope, name, "得分"), plain(score)) for name, score in pairs)


def _towns(names: str) -> list[str]:
    return [re.sub("（.*?）", "", name) for name in names.split("、") if name]


def paragraphs_of(document: Any) -> list[str]:
    """A Word document's paragraphs."""
    return [paragraph.text.strip() for paragraph in document.paragraphs]


def of_chat(found: Bulletin, said: str) -> Iterator[Fact]:
    """The text for the chat group."""
    names = set(town_names(found).values())
    if mean := re.search(r"综合得分平均(\S+?)分", said):
        yield (OVERALL, WHOLE, "得分"), plain(mean[1])
    for word, what in (("居前", FIRST), ("落后", BEHIND)):
        named = re.search(rf"{word}：(.*?)[；。]", said)
        towns = []
        for each in named[1].split("、") if named else []:
            name = next(name for name in names if re.fullmatch(rf"{name}\d+\.\d\d", each))
            towns.append(name)
            yield (OVERALL, name, "得分"), plain(each.removeprefix(name))
        yield (OVERALL, ALL, what), listed(towns)
    for category in found.categories:
        if rate := re.search(rf"低于序时进度的：[^。]*{category.title}(\d+\.\d\d)%", said):
            yield (kind(category.title), WHOLE, "完成率"), plain(rate[1])

"""A bulletin as plain tables: heading, summary, then category by category, the outlook, then the rules.

For a terminal or a pipe. Takes the bulletin and a width (None = nothing is wrapped), returns lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from anjian_cli.bulletin import phrase, score_words, wording
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.screen.category import category_lines, shown
from anjian_cli.render.screen.outlook import county_outlook
from anjian_cli.render.screen.scores import groups, summary
from anjian_cli.render.screen.styled_lines import Line, paragraph


def bulletin_table(bulletin: Bulletin, width: int | None = None) -> list[Line]:
    """The whole bulletin."""
    lines = [*heading(bulletin, width)]
    if not bulletin.without_score:
        lines += [Line(""), *summary(bulletin, width), *groups(bulletin, width)]
    if bulletin.departments is not None:
        lines += _departments(bulletin, width)
    lines += [Line(""), *paragraph(_codes(bulletin), width, "quiet")]
    for number, category in enumerate(filter(partial(shown, bulletin), bulletin.categories), 1):
        lines += category_lines(bulletin, category, number, width)
    if bulletin.points is not None:
        from anjian_cli.render.screen.points import reasons  # here: few schemes give points

        lines += reasons(bulletin, bulletin.points, width)
    lines += county_outlook(bulletin, width)
    return [*lines, *closing(bulletin, width)]


def short_bulletin(bulletin: Bulletin, width: int | None = None) -> list[Line]:
    """Where the bulletin begins: what it is, who is where, and who lags."""
    lines = [*heading(bulletin, width), Line("")]
    if bulletin.without_score:
        return [*lines, *paragraph("这一期没有得分和名次", width)]
    lines += [*summary(bulletin, width), *groups(bulletin, width)]
    if bulletin.departments is not None:
        lines += _departments(bulletin, width)
    return lines


def _departments(bulletin: Bulletin, width: int | None) -> Iterator[Line]:
    from anjian_cli.bulletin.department_words import ranked_apart  # here: few schemes rank departments

    if apart := ranked_apart(bulletin):
        yield Line("")
        yield from paragraph(f"{apart}看部门的：anjian 通报 {phrase.month(bulletin)} --考核单位 部门", width)


def heading(bulletin: Bulletin, width: int | None) -> Iterator[Line]:
    """What it is, of which days, how far it has come, and from which state of the ledger."""
    if bulletin.demonstration:
        yield Line(f"【{phrase.DEMONSTRATION}】全是虚构的，不得外传", "title")
    year, month = bulletin.month[:4], phrase.month(bulletin)
    stands = " ".join(part for part in (phrase.state(bulletin), bulletin.document_number) if part)
    yield Line(
        f"{bulletin.region_name} {year}年{month}月份{bulletin.of}安全生产重点工作通报（{stands}）".strip(), "title"
    )
    words = [f"统计期：{phrase.period(bulletin)}", f"截至：{phrase.day(bulletin.as_of)}"]
    if score_words.paced(bulletin):
        words.append(f"序时进度：{wording.percent(bulletin.pace)}")
    yield from paragraph("  ".join(words), width)
    words = [f"数据时点：{phrase.moment(bulletin.known_at) or '台账还是空的'}"]
    words.append(phrase.witness(bulletin))
    if bulletin.issuer:
        words.append(bulletin.issuer + (f" {phrase.day(bulletin.issued_on)}印发" if bulletin.issued_on else ""))
    yield from paragraph("  ".join(words), width)
    if not bulletin.finished:
        yield from paragraph(f"{month}月尚未结束，数据截至今日（{phrase.day(bulletin.as_of)}）。", width, "title")
    for said in filter(None, (phrase.without_package(bulletin), phrase.without_task(bulletin))):
        yield from paragraph(said, width, "title")


def closing(bulletin: Bulletin, width: int | None) -> Iterator[Line]:
    """Corrections of months before, the rules in force, and notes."""
    changed = [c for c in bulletin.corrections if not c.definition]
    redefined = [c for c in bulletin.corrections if c.definition]
    for name, found in (("更正", changed), ("口径变化", redefined)):
        if found:
            yield Line("")
            yield from paragraph(
                f"{name}：{'；'.join(phrase.correction(bulletin, each) for each in found)}。", width, "title"
            )
    yield from _listed("统计规则" if bulletin.without_score else "计分规则", bulletin.rule, width)
    yield from _listed("说明", bulletin.notes, width)


def _listed(title: str, sentences: Sequence[str], width: int | None) -> Iterator[Line]:
    if sentences:
        yield Line("")
        yield Line(title, "title")
        for number, sentence in enumerate(sentences, 1):
            yield from paragraph(f"{number}. {sentence}", width)


def _codes(bulletin: Bulletin) -> str:
    town = bulletin.towns[0].short if bulletin.towns else bulletin.county
    told = phrase.measured if bulletin.by_rates else phrase.says_anything
    table = next((t for c in bulletin.categories for t in c.indicators if told(t)), None)
    example = f"{phrase.month(bulletin)}-{town}-{table.short if table else '涉氨'}"
    return (
        f"每个数字都有格码：月-{bulletin.units}简称-指标短名，"
        f"{'合计' if bulletin.of else bulletin.county}的写“{bulletin.whole_word}”，"
        f"{'没有写明部门' if bulletin.of else bulletin.unsettled}的写“{bulletin.unsettled_word}”。"
        f"问一个数字由哪些记录组成：anjian 明细 {example}。表中“－”是没有任务或没有可比的数，“0”是没有新增。"
    )

"""The message for the towns' chat group (群通知): plain text, 300 characters at most."""

from __future__ import annotations

from anjian_cli.bulletin import control, findings, phrase, points_sentences, score_words, wording
from anjian_cli.bulletin.findings import Placed
from anjian_cli.bulletin.notice import mark, reply_days
from anjian_cli.bulletin.value import Bulletin

LONGEST = 300


def chat(bulletin: Bulletin) -> str:
    """The message: the most important sentences first; those that no longer fit are left out."""
    month = phrase.month(bulletin)
    marked = mark(bulletin)
    kept = f"【{month}月{bulletin.of}安全生产重点工作通报】{f'（{marked}）' if marked else ''}"
    for sentence in _sentences(bulletin):
        if len(kept) + len(sentence) <= LONGEST:
            kept += sentence
    return kept


def _sentences(bulletin: Bulletin) -> list[str]:
    said = f"截至{phrase.day(bulletin.as_of)[5:]}"
    if bulletin.by_rates:
        said += f"，序时进度{wording.percent(bulletin.pace)}"
    if bulletin.mean_score is not None:
        said += f"，{bulletin.whole_word}{score_words.score_name(bulletin)}平均{score_words.mean_told(bulletin)}"
    found = [f"{said}。", points_sentences.provisional(bulletin), phrase.without_package(bulletin)]
    field = findings.overall(bulletin)
    ends = [
        f"{word}：{'、'.join(_scored(bulletin, one) for one in towns)}"
        for word, towns in (("居前", field.leaders), ("落后", field.lagging))
        if towns
    ]
    if ends:
        found.append(f"{'；'.join(ends)}。")
    found.append(score_words.first_of_groups(bulletin))
    if lost := points_sentences.most_lost(bulletin):
        found.append(f"扣分多的：{lost}。")
    found += [points_sentences.vetoes(bulletin), points_sentences.consequences(bulletin)]
    found.append(points_sentences.major_hazards(bulletin))
    scored = findings.scored(bulletin) if bulletin.by_rates else []
    behind = [c for c in scored if c.gap is not None and c.gap < 0]
    behind.sort(key=lambda category: category.gap or 0)
    if behind:
        rates = "、".join(f"{c.title}{wording.percent(c.total_rate)}" for c in behind)
        found.append(f"低于序时进度的：{rates}。")
    over = [(table.short, control.exceeded(bulletin, table)) for table in control.controlled(bulletin)]
    if named := [f"{short}{who}" for short, who in over if who]:
        found.append(f"{'；'.join(named)}。")
    found += _demands(bulletin)
    if bulletin.document_number:
        found.append(f"详见{bulletin.document_number}及附件。")
    return found


def _demands(bulletin: Bulletin) -> list[str]:
    """What the letter asks for, in few words; where the clerk asks in words of his own, these are pointed to."""
    days = reply_days(bulletin)
    if days is None:
        return ["下步工作要求见通报。"]
    plan, objection = days
    behind = any(findings.field_of(category).below for category in findings.scored(bulletin))
    asked = [f"请综合得分居后和单项低于序时的{bulletin.units}{plan}前报补差计划。"] if behind else []
    if points_sentences.most_lost(bulletin):
        asked = [f"请总分居后和有扣分的{bulletin.units}{plan}前报整改计划。"]
    return [*asked, f"有异议的{objection}前附材料反馈。"]


def _scored(bulletin: Bulletin, one: Placed) -> str:
    score = score_words.score(bulletin, one.value)
    return f"{phrase.place(bulletin, one.town)}{score}{score_words.mark(bulletin, one.town)}"

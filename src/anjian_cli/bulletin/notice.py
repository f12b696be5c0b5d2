"""The letter (通报) that a bulletin becomes: its parts in order, as plain values. Knows no file format."""

from __future__ import annotations

from anjian_cli.bulletin import (
    annex_titles,
    control,
    department_words,
    findings,
    phrase,
    points_sentences,
    progress,
    score_words,
    sentences,
    wording,
)
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.rules import place_names

CONTROL_TABLE = "控制指标情况表"
DEMANDS = 4  # 下步工作要求: the one section that is the clerk's to write


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`heading` is what stands at its beginning in another type (（一）重点工作。), '' for none; `text` follows it.
    `own` marks the clerk's own words. `rules` are the rules that made it (R1 …), never printed."""

    heading: str
    text: str
    own: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """`title`: 一、总体情况."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter by GB/T 9704-2012. `letterhead` is the red line above (…文件), `number` the document number (with its
    sequence left blank before the issue), `title` in lines, `recipients` without its colon, `attachments` the annexes'
    titles, `signed_on` and `printed_on` days in words or ''; a draft is signed with the day of its data. `copies` and
    `contact` are '' where not set. `mark` stands on every page until the month is issued, and says when the data are
    of; '' after that. `witness` is the line below all of it (核验码)."""

    letterhead: str
    number: str
    title: tuple[str, ...]
    recipients: str
    opening: str
    sections: tuple[Section, ...]
    attachments: tuple[str, ...]
    signature: str
    signed_on: str
    contact: str
    copies: str
    printed_on: str
    mark: str
    witness: str = ""


def notice(bulletin: Bulletin) -> Notice:
    """The letter of a bulletin."""
    year, month = bulletin.month[:4], phrase.month(bulletin)
    office = bulletin.office
    sections: list[Section] = []
    for key, (title, paragraphs) in enumerate(_sections(bulletin), 1):
        whole = [*paragraphs, *(Paragraph("", line, own=True) for line in _own(bulletin, key))]
        if whole:
            sections.append(Section(f"{wording.numeral(len(sections) + 1)}、{title}", tuple(whole)))
    day = phrase.day(bulletin.issued_on)
    contact = office.contact if office else ""
    copies = office.copy_to if office else ""
    return Notice(
        letterhead=f"{bulletin.issuer}文件",
        number=bulletin.document_number or _blank_number(bulletin),
        title=(bulletin.issuer, *_subject(bulletin, f"关于{year}年{month}月份{bulletin.county}{bulletin.of}")),
        recipients=(office.recipients if office else "").rstrip("：:"),
        opening=(
            f"根据安全生产重点工作每月通报机制，现将{year}年{month}月份{bulletin.county}{bulletin.of}安全生产重点工作"
            "进展情况通报如下。"
            f"除另有注明外，数据截至{phrase.day(bulletin.as_of)}"
            + (f"，各项合计不含未报送的{len(bulletin.late)}个{bulletin.units}。" if bulletin.late else "。")
            + ("" if bulletin.finished else f"{month}月尚未结束{'，序时进度按月末计' if bulletin.by_rates else ''}。")
        ),
        sections=tuple(sections),
        attachments=attachments(bulletin),
        signature=bulletin.issuer,
        signed_on=day or _day_of_draft(bulletin),
        contact=f"（{contact}）" if contact else "",
        copies=f"抄送：{copies.rstrip('。')}。" if copies else "",
        printed_on=f"{day}印发" if day else "",
        mark=mark(bulletin),
        witness=phrase.witness(bulletin),
    )


def _day_of_draft(bulletin: Bulletin) -> str:
    """What stands in the place of the day until there is one: of which day the draft is."""
    day = phrase.day(phrase.moment(bulletin.known_at)[:10])
    return f"{day}核对稿" if bulletin.state in ("", "closed") else ""


def mark(bulletin: Bulletin) -> str:
    """The mark on every page until the month is issued, and once it is withdrawn: 核对稿 or 已撤回, and the moment
    of the data. Made-up data say so always."""
    made_up = f"【{phrase.DEMONSTRATION}】" if bulletin.demonstration else ""
    if bulletin.state == "issued":
        return made_up
    word = {"": "核对稿", "closed": "核对稿（已定稿，未印发）", "withdrawn": "已撤回"}[bulletin.state]
    return f"{made_up}{word}　数据时点{phrase.moment(bulletin.known_at)}"


def attachments(bulletin: Bulletin) -> tuple[str, ...]:
    """The annexes' titles, in the order of their numbers."""
    return (
        *annex_titles.of_scores(bulletin, beside=annex_titles.with_points(bulletin)),
        *(f"{category.title}情况表" for category in annex_titles.alone(bulletin)),
        *([CONTROL_TABLE] if control.controlled(bulletin) else []),
        *annex_titles.of_departments(bulletin),
    )


def _subject(bulletin: Bulletin, about: str) -> tuple[str, str]:
    """What the letter is about, in two lines of a title: 部门 more would make a third of the first."""
    if bulletin.of:
        return f"{about}安全生产", "重点工作进展情况的通报"
    return f"{about}安全生产重点工作", "进展情况的通报"


def _blank_number(bulletin: Bulletin) -> str:
    """The document number without its sequence: that is given after the signature."""
    of = bulletin.office.document_mark if bulletin.office else ""
    return f"{of}〔{bulletin.month[:4]}〕　　号" if of else ""


def _own(bulletin: Bulletin, section: int) -> list[str]:
    return [
        line.strip()
        for text in bulletin.texts
        if text.section == section
        for line in text.text.splitlines()
        if line.strip()
    ]


def _sections(bulletin: Bulletin) -> list[tuple[str, list[Paragraph]]]:
    return [
        ("总体情况", _overall(bulletin)),
        ("各项工作进展", _progress(bulletin)),
        ("存在问题", _problems(bulletin)),
        ("下步工作要求", _demands(bulletin)),
    ]


def _numbered(parts: list[tuple[str, str, tuple[str, ...]]]) -> list[Paragraph]:
    """The paragraphs that say anything, numbered （一）, （二） …"""
    kept = [part for part in parts if part[1]]
    return [
        Paragraph(f"（{wording.numeral(at)}）{heading}", text, rules=rules)
        for at, (heading, text, rules) in enumerate(kept, 1)
    ]


def _overall(bulletin: Bulletin) -> list[Paragraph]:
    found = _numbered(
        [
            ("重点工作。", *_of_all(bulletin)),
            ("监管执法。", sentences.cases(bulletin), ("R8",)),
            ("生产安全事故。", sentences.accidents(bulletin), ("R8",)),
            ("控制指标。", "".join(control.sentences(bulletin)), ("R17",)),
            ("重大事故隐患。", points_sentences.major_hazards(bulletin), ("R21",)),
            ("一票否决。", points_sentences.vetoes(bulletin), ("R20",)),
            ("达到条件的。", points_sentences.consequences(bulletin), ("R20",)),
        ]
    )
    if places := sentences.places(bulletin):
        found.insert(1, Paragraph("", places, rules=("R3", "R4")))
    if apart := department_words.ranked_apart(bulletin):
        found.append(Paragraph("", apart, rules=("R23",)))
    if corrected := sentences.corrected(bulletin):
        found.append(Paragraph("", corrected, rules=("R15",)))
    return found


def _of_all(bulletin: Bulletin) -> tuple[str, tuple[str, ...]]:
    """How all stand together, by the scheme of the month."""
    if bulletin.points is not None:
        return points_sentences.total(bulletin), ("R18", "R19", "R22")
    if not bulletin.by_rates:
        return sentences.scheme(bulletin), ("R22",)
    return sentences.mean_score(bulletin), ("R1", "R2", *(("R22",) if bulletin.scheme else ()))


def _progress(bulletin: Bulletin) -> list[Paragraph]:
    rules = {"standard": ("R9", "R10"), "trusteeship": ("R7",)}
    of = ("R2", "R3", "R5", "R6") if bulletin.by_rates else ("R18", "R19")
    score = "" if bulletin.without_score else f"（不计入{score_words.score_name(bulletin)}）"
    return _numbered(
        [
            *(
                (f"{c.title}。", progress.progress(bulletin, c), (*of, *rules.get(progress.kind(c), ())))
                for c in findings.scored(bulletin)
            ),
            *(
                (f"{c.title}{score}。", progress.beside_the_score(bulletin, c), ("R22",))
                for c in annex_titles.beside_the_score(bulletin)
            ),
        ]
    )


def _problems(bulletin: Bulletin) -> list[Paragraph]:
    slow = sentences.slow(bulletin)
    hazards = "隐患整改有逾期。" if sentences.overdue(bulletin) else "隐患整改待验收。"
    parts = [(*slow, ("R5", "R11"))] if slow is not None else []
    return _numbered(
        [
            *parts,
            ("个别单位多项工作落后。", sentences.often_behind(bulletin), ("R12",)),
            (hazards, sentences.rectification(bulletin), ("R13",)),
            ("数据报送不规范。", sentences.filings(bulletin), ("R14",)),
            ("口径不一。", sentences.otherwise(bulletin), ("R24",)),
        ]
    )


def _demands(bulletin: Bulletin) -> list[Paragraph]:
    """What is asked of the towns where the clerk has written nothing: no figures but two days, and only what the
    findings call for."""
    days = reply_days(bulletin)
    if days is None:
        return []
    plan, objection = days
    fields = [findings.field_of(category) for category in findings.scored(bulletin)]
    behind = any(field.below for field in fields)
    office = short_office(bulletin)
    weakest = findings.slowest(bulletin)
    hazards = sentences.rectification(bulletin)
    consequence = bulletin.office.consequence if bulletin.office else ""
    lagging = sentences.names(bulletin, bulletin.laggards)
    return _numbered(
        [
            (
                "补齐短板。",
                f"综合得分居后和单项低于序时进度的{bulletin.units}，要逐项列出企业名单、责任人和完成时限，{plan}前书面报{office}。"
                if behind
                else points_sentences.demand(bulletin, plan, office),
                (),
            ),
            (
                "攻坚弱项。",
                f"各{bulletin.units}要对{weakest.table.short}未完成的逐家倒排时间、逐项落实，确保12月底前完成年度任务。"
                if weakest is not None
                else "",
                (),
            ),
            (
                "闭环整改。",
                "逾期隐患要逐条落实责任、措施、资金、时限和预案，验收合格方可销号；挂牌督办的由挂牌单位验收。"
                if hazards
                else "",
                (),
            ),
            (
                "规范报送。",
                f"每月末报送当月数据，无新增的实行零报告。对数据有异议的，{objection}前附佐证材料报{office}核实更正。",
                (),
            ),
            ("通报约谈。", f"对{lagging}{consequence.rstrip('。')}。" if lagging and consequence else "", ()),
        ]
    )


def short_office(bulletin: Bulletin) -> str:
    """The office as towns call it: 市安委办, or its full name where that is not what it is."""
    committee = bulletin.issuer.endswith("安全生产委员会办公室")
    return place_names.committee_office(bulletin.region_name) if committee else bulletin.issuer


def reply_days(bulletin: Bulletin) -> tuple[str, str] | None:
    """The days of the month after by which plans and objections are due: 11月15日, 11月12日. None where the clerk's own
    words stand in place of ours: then nobody else says by when."""
    if _own(bulletin, DEMANDS):
        return None
    following = phrase.month(bulletin) % 12 + 1
    office = bulletin.office
    days = (office.plan_day, office.objection_day) if office else (15, 12)
    return f"{following}月{days[0]}日", f"{following}月{days[1]}日"

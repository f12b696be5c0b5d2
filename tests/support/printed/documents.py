"""What the page, the leadership's page, the picture and the typeset letter say of a bulletin."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from unittest.mock import patch

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.notice import notice
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.office import typeset
from anjian_cli.render.office.category import name_of
from anjian_cli.render.paper import Sheet
from support.page_tables import Tables
from support.printed.annexes import of_sheets, on_paper
from support.printed.facts import (
    ALL,
    BEHIND,
    EVERY,
    FIRST,
    OVERALL,
    WHOLE,
    Fact,
    cell_codes,
    kind,
    listed,
    plain,
    town_names,
)
from support.printed.sentences import ends, in_sentences, of_letter


def of_page(found: Bulletin, sheets: Sequence[Sheet], text: str) -> Iterator[Fact]:
    """The page for a browser: annexes, letter, and a town's part each."""
    tables = Tables(text)
    bodies = [[(at, row) for at, row in enumerate(table) if row] for table in tables.tables]
    yield from of_sheets(found, sheets, lambda number, row, column: bodies[number][row][1][column])
    scopes = [OVERALL, *(kind(category.title) for category in found.categories if category.scored)]
    for number, scope in enumerate(scopes):
        marked = [row[1] for at, row in bodies[number] if (number, at) in tables.marked]
        if scope == OVERALL or any(head.title == "排名" for head in sheets[number].heads):
            yield (scope, ALL, BEHIND), listed(marked)
    paragraphs = [html.unescape(re.sub("<.*?>", "", each)) for each in re.findall(r"<p>(.*?)</p>", text, re.S)]
    yield from of_letter(found, paragraphs)
    codes, names = cell_codes(found), town_names(found)
    for amount, code in re.findall(r"<summary>[^<]*：([^<：]*?) <span class=\"of\">([^<]*)</span></summary>", text):
        short, place = codes[html.unescape(code)]
        shown = re.search(r"-?\d+(\.\d+)?", amount)
        yield (short, place, "累计"), plain(shown[0] if shown else "")
    behind = []
    for name, sign, score, rank, last in re.findall(
        r"<summary>([^<]*)(<span class=\"sign\">.*?</span>)? <span class=\"of\">(.*?)分，第(.*?)名（上月(.*?)）</span>",
        text,
    ):
        place = html.unescape(name)
        assert place in names.values()
        yield (OVERALL, place, "得分"), plain(score)
        yield (OVERALL, place, "排名"), plain(rank)
        yield (OVERALL, place, "上月排名"), plain(last)
        behind += [place] if sign else []
    yield (OVERALL, ALL, BEHIND), listed(behind)


def of_one_page(found: Bulletin, document: Any, more: Sequence[str]) -> Iterator[Fact]:
    """The leadership's page in Word, and `more`, what a screen tells below it."""
    shorts = {one.short: one.name for one in found.towns}
    titles = {name_of(category): category.title for category in found.categories}
    names = {phrase.place(found, one.code): one.name for one in found.towns}
    for row in document.tables[0].rows[1:]:
        rank, place, score, last, *_ = (cell.text for cell in row.cells)
        whole = place == f"{found.whole_word}平均"
        yield (OVERALL, WHOLE if whole else names[place], "得分"), plain(score)
        if not whole:
            yield (OVERALL, names[place], "排名"), plain(rank)
            yield (OVERALL, names[place], "上月排名"), plain(last)
    for row in document.tables[1].rows[1:]:
        name, target, done, rate, gap, _, before, _, last = (cell.text for cell in row.cells)
        if name not in titles:
            yield (name, EVERY, "累计"), plain(done)
            yield (name, EVERY, "上年同期"), plain(before)
            continue
        scope = kind(titles[name])
        yield (scope, WHOLE, "完成率"), plain(rate)
        yield (scope, WHOLE, "序时差"), plain(gap)
        for field, cell in (("任务之和", target), ("累计之和", done)):
            if plain(cell):
                yield (scope, WHOLE, field), plain(cell)
        yield (scope, ALL, BEHIND), listed(shorts[each] for each in last.split("、") if each)
    said = "\n".join(more)
    yield from in_sentences(said)
    yield from ends(OVERALL, said)


def _set(make: Callable[[], object]) -> dict[str, Any]:
    """The data that a document is set from."""
    handed: dict[str, Any] = {}
    with patch.object(typeset, "_set", lambda _, data, __: handed.update(data) or [b""]):
        make()
    return handed


def of_picture(found: Bulletin) -> Iterator[Fact]:
    """The ranking for the chat group, before it becomes a picture."""
    shorts = {one.short: one.name for one in found.towns}
    data = _set(lambda: typeset.picture(found))
    for row in data["towns"]:
        yield (OVERALL, shorts[row["name"]], "得分"), plain(row["score"])
        yield (OVERALL, shorts[row["name"]], "排名"), plain(row["rank"])
    yield (OVERALL, ALL, FIRST), listed(shorts[row["name"]] for row in data["towns"] if row["first"])
    yield (OVERALL, ALL, BEHIND), listed(shorts[row["name"]] for row in data["towns"] if row["behind"])
    if mean := re.search("平均(.*?)分", data["facts"]):
        yield (OVERALL, WHOLE, "得分"), plain(mean[1])
    for each in data["categories"]:
        yield (kind(each["title"]), WHOLE, "完成率"), plain(each["rate"])
        yield (kind(each["title"]), WHOLE, "序时差"), plain(each["gap"])
        yield (kind(each["title"]), ALL, BEHIND), listed(shorts[name] for name in each["last"].split("、") if name)


def of_typeset_letter(found: Bulletin, sheets: Sequence[Sheet]) -> Iterator[Fact]:
    """The letter as PDF, before it is set."""
    data = _set(lambda: typeset.letter(notice(found), sheets))
    narrow = on_paper(sheets)
    yield from of_sheets(
        found, narrow, lambda number, row, column: data["annexes"][number]["rows"][row]["cells"][column]
    )
    paragraphs = [each["heading"] + each["text"] for section in data["sections"] for each in section["paragraphs"]]
    yield from of_letter(found, paragraphs)

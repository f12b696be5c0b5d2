"""Any valid record goes out and comes back as it was: every type, as CSV in both encodings, as a workbook, and in a
form filled in by hand; into the ledger that it came from, where nothing changes, and into another one."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from anjian_cli.errors import Misread, Refused
from anjian_cli.exchange import cells, headings, intake, opened_file, reader, spreadsheet, template
from anjian_cli.exchange.report import Report
from anjian_cli.ledger import listing
from anjian_cli.ledger import open as opening
from anjian_cli.ledger.listing import Wanted
from anjian_cli.records import amounts, codes, days, definition
from anjian_cli.records.definition import Column, Kind, Record, yuan
from anjian_cli.records.values import CLEAR
from anjian_cli.render.data import records
from anjian_cli.render.screen.listing import titles as titles_of
from oracle.figures import new_ledger
from support import marked_scheme
from support.desk import Desk
from support.import_ledger import code
from support.sweeps import sweep

ALL = definition.all_records()
EXAMPLES = 2
"""So many times records of each type are drawn in the test command, two at a time; many more in tests/long."""
Texts = dict[str, str]
Row = dict[str, Any]

# --- what is there before: all that a record may refer to

TOWNS = ("芝英镇", "江南街道")
VILLAGES = ("溪心村", "金都社区")
FIRMS = ("永康市示例五金厂", "=永康市“𠮷”号厂（分厂）")
REMOTE = "方岩镇"
"""A town without enterprises: totals of it stand against no single records."""

CATEGORIES = ("安全专项整治", "职业卫生检测")
"""Of the scheme that every ledger has: what a nil report may be of."""


@cache
def world(order: int) -> bytes:
    """A ledger with towns, villages, enterprises, and examples of all types that come before this place in their
    order."""
    last = max((record.order for record in ALL if record.order < order), default=None)
    with closing(new_ledger() if last is None else ledger_of(world(last))) as connection:
        desk = Desk(connection)
        if last is None:
            for number, town in enumerate((*TOWNS, REMOTE)):
                desk.take("town", code=f"33078410{number}", name=town)
            for number, firm in enumerate(FIRMS):
                desk.take("village", code=f"33078410{number}201", name=VILLAGES[number])
                desk.take("enterprise", name=firm, town=TOWNS[number], credit_code=code(900 + number))
            marked_scheme.adopt(desk)
        for record in ALL:
            if record.order == last and record.name not in ("town", "village", "enterprise"):
                for number in range(len(FIRMS)):
                    desk.read(record.name, **plain(record, number))
        return connection.serialize()


def ledger_of(content: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(content)
    connection.row_factory = sqlite3.Row
    opening.prepare(connection)
    return connection


@contextmanager
def desk_before(record: Record) -> Iterator[Desk]:
    """A ledger of its own, ready for records of a type."""
    with closing(ledger_of(world(record.order))) as connection:
        yield Desk(connection)


def plain(record: Record, number: int) -> Texts:
    """The example of a type as it may stand in a row of a file, told of one of the enterprises or villages."""
    told = {name: column.example for name, column in record.columns.items() if column.example}
    told |= {name: what[number] for name, what in referred(record).items() if name in told}
    match record.name:
        case "town":
            told |= {"code": f"33078490{number}", "name": f"示例{number}区"}
        case "village":
            told |= {"code": f"33078410{number}299"}
        case "opening_figure":
            told |= {"town": REMOTE}
        case "department" if number:
            told = {name: text for name, text in told.items() if name not in ("industries", "risks")}
        case "campaign_phase" if number:
            told |= {"title": "总结提高", "from_on": "2018-12-16"}
    return {name: text for name, text in told.items() if not record.columns[name].shown_only}


def referred(record: Record) -> dict[str, Sequence[str]]:
    """What a type's fields may refer to, one for each row."""
    known: Mapping[str, Sequence[str]] = {"town": TOWNS, "village": VILLAGES, "enterprise": FIRMS}
    targets = {name: column.refers.split(" ")[0] for name, column in record.columns.items()}
    found = {name: known[target] for name, target in targets.items() if target in known}
    match record.name:
        case "enterprise":
            found["name"] = [f"{firm}（新）" for firm in FIRMS]
        case "setting":
            found["name"] = ("issuer", "contact")
    return found


# --- what is drawn

ODD = "甲乙镇aZ09 　,;，、\"'=+-@#%&<>/\\_x.:（）()【】!|\t\n𠮷🔥é½①０Ａ"
WORDS = ("=1+1", "'=1", "-", "+86", "007", "1e5", "TRUE", "2018-10-09", "_x0041_", "N/A", "NULL", "空", "'")
TEXTS = st.one_of(
    st.sampled_from(WORDS), st.text(st.sampled_from(ODD), min_size=1, max_size=12), st.text(min_size=1, max_size=8)
)
READ_BY: dict[Callable[[str], Any], st.SearchStrategy[str]] = {
    codes.credit_code: st.integers(0, 800).map(code),
    codes.registration_number: st.from_regex(r"[0-9]{15}|[0-9]{13}", fullmatch=True),
    codes.phone: st.from_regex(r"1[3-9][0-9]{9}|0579-8[0-9]{7}", fullmatch=True),
    codes.industry_code: st.from_regex(r"[A-T][0-9]{2,4}", fullmatch=True),
    amounts.points: st.integers(-200, 50).map(lambda n: f"{n / 100:.2f}") | st.just("不涉及"),
    amounts.marks: st.integers(0, 100_000).map(lambda n: f"{n // 100}.{n % 100:02}"),
    days.year_month: st.integers(1, 9).map(lambda month: f"2018-{month:02}"),
    days.year: st.just("2018"),
    codes.town_code: st.integers(330784200, 330784999).map(str),
    codes.ledger_id: st.integers(16**31, 16**32 - 1).map("{:x}".format),
    codes.public_key: st.integers(16**63, 16**64 - 1).map("{:x}".format),
    codes.village_code: st.integers(330784100300, 330784100999).map(str),
}
"""Fields that are not just any text: what they hold, by the function that reads them."""
SPECIAL: dict[tuple[str, str], st.SearchStrategy[str]] = {
    ("statistic", "kind"): st.just("从业人员"),
    ("statistic", "amount"): st.integers(1, 10**9).map(str),
    ("opening_figure", "cumulative"): st.integers(0, 10**6).map(str),
    ("filing", "figures"): st.sampled_from(("涉氨 3；喷涂 8", "三级新创 0", "其他人员 142；涉粉 1")),
    ("catch_up", "figures"): st.sampled_from(("涉氨 3；喷涂 8", "三级新创 0", "其他人员 142；涉粉 1")),
    ("department", "industries"): st.sampled_from(("C33", "E47、F51")),
    ("town", "position"): st.integers(1, 500).map(str),
}
BY_FORM = {"mark": st.just("监管人员"), "veto_lifting": st.just("较大事故否决")}
"""The only indicators that there may be such records of."""
INDICATORS = st.sampled_from(("三级新创", "立案", "罚款", "智慧用电"))


def typed(record: Record, name: str) -> st.SearchStrategy[str]:
    """What is typed into a field that is no day and refers to nothing."""
    column, kind = record.columns[name], record.kinds[name]
    if (record.name, name) in SPECIAL:
        return SPECIAL[record.name, name]
    if column.refers == "indicator":
        return BY_FORM.get(record.name, INDICATORS)
    if kind is Kind.TERMS:
        return st.lists(st.sampled_from(column.choices or CATEGORIES), min_size=1, unique=True).map("、".join)
    if column.choices:
        return st.sampled_from(column.choices)
    if column.parse in READ_BY:
        return READ_BY[column.parse]
    texts = TEXTS
    if kind is Kind.WHOLE:
        texts = st.integers(1, 300).map(str) | st.integers(0, 10**12).map(str)
    elif kind is Kind.AMOUNT:
        texts = st.integers(0, 10**13).map(lambda fen: f"{yuan(fen)}元")
    return texts.filter(lambda text: means_itself(column, text))


def means_itself(column: Column, text: str) -> bool:
    """Whether a field takes a text. What means something else in a file is left out: marks for 'as above', the word
    that empties, what a row of totals begins with."""
    try:
        found = column.read(text)
    except Misread:
        return False
    return found not in (None, CLEAR, '"', "''") and not headings.is_note([text])


@st.composite
def told(draw: st.DrawFn, record: Record, number: int) -> Texts:
    """A record as it is typed, of one of the enterprises or villages, all or some of its fields filled in. Days come in
    the order of the fields, as they mostly must."""
    names = [name for name, column in record.columns.items() if name != "number" and not column.shown_only]
    if record.columns.keys() >= {"enterprise", "credit_code"}:
        names = [name for name in names if name not in ("town", "credit_code")]  # the enterprise's own
    owners = referred(record)
    found: Texts = {}
    day = date(2018, 1, 1) + timedelta(draw(st.integers(0, 90)))
    for name in names:
        if record.columns[name].refers == "town or county":
            # A total is refused beside its towns, and what no town bears is taken in before them.
            others = ("全市",) if not record.totals else ("未定镇街",) if number == 0 else ()
            found[name] = draw(st.sampled_from((owners[name][number], *others)))
        elif name in owners:
            found[name] = owners[name][number]
        elif record.kinds[name] is Kind.DAY:
            day += timedelta(draw(st.integers(0, 12)))
            found[name] = str(day)
        else:
            found[name] = draw(typed(record, name))
    optional = sorted(name for name in found if not record.columns[name].required and name not in owners)
    blank = draw(st.sets(st.sampled_from(optional))) if optional else set()
    return {name: text for name, text in found.items() if name not in blank}


def take(desk: Desk, record: Record, drawn: Texts, number: int) -> None:
    """Take a record in. What the rules do not allow beside the rest is left out, or is what the example has where it is
    needed: what they speak of, else what was told last."""
    needed = {name for name, column in record.columns.items() if column.required} | {"enterprise", "no_code_reason"}
    least = {name: text for name, text in plain(record, number).items() if name in needed}
    given = {**least, **drawn}
    while True:
        try:
            desk.read(record.name, **given)
            return
        except Refused as refused:
            own = [name for name in given if given[name] != least.get(name)]
            if not own:
                raise
            wrong = {fault.field for fault in refused.faults}.intersection(own)
            beside = {fault.words.get("other_title") for fault in refused.faults}
            wrong = wrong or {name for name in own if record.columns[name].title in beside}
            for name in wrong or own[-1:]:
                del given[name]
            given = {**least, **given}


# --- how it goes out and comes back


def rows_of(desk: Desk, record: Record) -> list[Row]:
    return list(listing.rows(desk.ledger, record.name, Wanted()))


def as_csv(record: Record, rows: Sequence[Row]) -> str:
    """As `anjian NOUN export` writes it."""
    titles = titles_of(record, rows)
    body = [[cells.shown(record, name, row[name]) for name in titles] for row in rows]
    return records.delimited(list(titles.values()), body)


def csv_utf8(record: Record, rows: Sequence[Row]) -> bytes:
    return as_csv(record, rows).encode("utf-8-sig")


def csv_gb18030(record: Record, rows: Sequence[Row]) -> bytes:
    """As a Chinese office program saves it again."""
    lines = csv.reader(io.StringIO(as_csv(record, rows)))
    again = io.StringIO()
    csv.writer(again, lineterminator="\r\n").writerows(lines)
    return again.getvalue().encode("gb18030")


def workbook(record: Record, rows: Sequence[Row]) -> bytes:
    """As `anjian export` writes it."""
    book = spreadsheet.new(large=True)
    spreadsheet.add_list(book, record.title, record, rows, titles_of(record, rows))
    return spreadsheet.content(book)


@cache
def empty_form(record: str) -> bytes:
    return spreadsheet.content(template.book([definition.record(record)]))


def filled_form(record: Record, rows: Sequence[Row]) -> bytes:
    """The empty form with the rows typed in below its example."""
    book = load_workbook(io.BytesIO(empty_form(record.name)))
    sheet = book[record.title]
    for at, row in enumerate(rows, start=template.HEADING_ROW + 2):
        for index, name in enumerate(template.fields(record), start=1):
            cell = sheet.cell(at, index)
            cell.value = spreadsheet.typed(record, name, row.get(name))
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("_x0", "_x005F_x0")  # as every spreadsheet program does
                cell.data_type = "s"
    return spreadsheet.content(book)


Way = Callable[[Record, Sequence[Row]], bytes]
EVERY_WAY: tuple[Way, ...] = (csv_utf8, csv_gb18030, workbook, filled_form)
BACK: tuple[Way, ...] = (csv_utf8, workbook)
ELSEWHERE: tuple[Way, ...] = (csv_gb18030, filled_form)
"""In the test command each way leads into one of the ledgers, in tests/long into both."""


def imported(desk: Desk, record: Record | None, data: bytes) -> Report:
    (opened,) = opened_file.open_files(reader.STDIN, record, stdin=data)
    report = intake.take_file(opened, lambda _: desk.gate())
    assert report.taken, "\n".join(map(str, report.faults))
    return report


def known_by(row: Row) -> Row:
    """What a record says, without what a ledger calls it."""
    return {name: value for name, value in row.items() if name not in ("id", "number")}


def check(record: Record, drawn: Sequence[Texts], back: Sequence[Way], elsewhere: Sequence[Way]) -> set[str]:
    """Take records in, send them back into their ledger and into another one; returns the fields that were filled
    in."""
    with desk_before(record) as desk:
        before = rows_of(desk, record)
        for number, one in enumerate(drawn):
            take(desk, record, one, number)
        rows = rows_of(desk, record)
        new = [row for row in rows if row not in before]
        for way in back:
            report = imported(desk, record, way(record, rows))
            assert (report.unchanged, report.rows) == (len(rows), len(rows)), (way.__name__, report.parts)
        assert rows_of(desk, record) == rows
        for way in elsewhere:
            with desk_before(record) as other:
                nameless = [row | {"number": None} if "number" in record.columns else row for row in new]
                report = imported(other, record, way(record, nameless))
                found = [known_by(row) for row in rows_of(other, record)][-len(new) :]
                assert found == [known_by(row) for row in new], way.__name__
                assert report.rows == len(new)
        return {name for row in new for name in record.columns if row.get(name) is not None}


def round_trips(
    record: Record, examples: int, back: Sequence[Way] = EVERY_WAY, elsewhere: Sequence[Way] = EVERY_WAY
) -> set[str]:
    """Check so many drawn examples; returns the fields that were filled in."""
    carried: set[str] = set()

    @given(st.tuples(*(told(record, number) for number in range(len(FIRMS)))))
    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    def hold(drawn: tuple[Texts, ...]) -> None:
        carried.update(check(record, drawn, back, elsewhere))

    hold()
    return carried


@pytest.mark.unmeasured
@sweep("record", ALL, ids=lambda record: record.name, keep=13)
def test_what_goes_out_comes_back_as_it_was(record: Record) -> None:
    assert round_trips(record, EXAMPLES, BACK, ELSEWHERE)


@pytest.mark.unmeasured
def test_texts_that_mean_something_to_a_spreadsheet() -> None:
    department = definition.record("department")
    odd = [char for char in ODD if means_itself(department.columns["remark"], char)]
    rows = [{"name": f"第{n}局", "remark": text} for n, text in enumerate([*WORDS, *odd, *map("'{}x".format, odd)])]
    assert check(department, rows, EVERY_WAY, EVERY_WAY) >= {"name", "remark"}


@pytest.mark.unmeasured
def test_the_whole_ledger_as_one_workbook_comes_back_unchanged() -> None:
    """As `anjian export` writes it: every sheet is recognised, what is only shown is passed over."""
    with closing(ledger_of(world(ALL[-1].order + 1))) as connection:
        desk = Desk(connection)
        book = spreadsheet.new(large=True)
        count = 0
        for record in ALL:
            rows = rows_of(desk, record)
            assert rows, record.name
            count += len(rows)
            spreadsheet.add_list(book, record.title, record, rows, titles_of(record, rows))
        report = imported(desk, None, spreadsheet.content(book))
        assert [part.title for part in report.parts] == [record.title for record in ALL]
        assert (report.unchanged, report.rows) == (count, count)


def comes_back(record: Record, *rows: Texts) -> None:
    """Into the ledger it came from, unchanged."""
    with desk_before(record) as desk:
        for row in rows:
            desk.read(record.name, **row)
        report = imported(desk, record, csv_utf8(record, rows_of(desk, record)))
        assert (report.unchanged, report.rows) == (len(rows), len(rows))


def test_money_in_a_towns_figures_comes_back() -> None:
    filing = definition.record("filing")
    comes_back(filing, {**plain(filing, 0), "figures": "罚款 12.5万元"})


def test_a_setting_and_the_one_after_it_come_back() -> None:
    first = {"name": "issuer", "value": "旧名"}
    comes_back(definition.record("setting"), first, {**first, "value": "新名", "from_on": "2018-06-01"})

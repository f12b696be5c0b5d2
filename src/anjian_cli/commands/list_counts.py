"""`list --per`: not the records, but how many there are of each town, department or term."""

from __future__ import annotations

from anjian_cli.bulletin import list_summary, phrase
from anjian_cli.bulletin.summary_table import SummaryTable, typed
from anjian_cli.commands import list_columns, list_words
from anjian_cli.commands.list_words import Reader, Understood
from anjian_cli.commands.record_words import chinese
from anjian_cli.errors import Refused
from anjian_cli.ledger import listing, settings
from anjian_cli.ledger.listing import Wanted
from anjian_cli.ledger.question import How
from anjian_cli.records import masking

TOWN = "town"
EACH_TOWN = ("各镇", "每镇", "分镇", "各镇街", "每个镇", "分镇街")


def table(reader: Reader, understood: Understood, wanted: Wanted, per: str) -> SummaryTable:
    """The counts of what is wanted, by the column that `per` names. Raises `Refused` E126, E129."""
    record, connection = reader.record, reader.connection
    field = list_columns.column(record, _counted(reader), per, "--按")
    how = reader.fields.get(field, How.ONE)
    asked = list_words.line(understood, but=field)
    text = ([f"--查找 {typed(wanted.text)}"] if wanted.text else []) + ["--含作废"] * wanted.voided
    names: list[tuple[object, str]] = [(term, term) for term in record.columns[field].choices]
    if field == TOWN:
        names = [(town.code, town.name) for town in reader.finder.towns()] + [(None, phrase.UNSETTLED_NAME)]

    def see(value: object) -> str:
        narrower = "" if value is ... else _narrower(reader, field, value)
        if not narrower and value is not ...:
            return ""
        told = list_words.line(understood) if value is ... else asked
        return masking.in_text(" ".join(filter(None, (f"{chinese(record)} 列表", told, *text, narrower))))

    return list_summary.list_summary(
        f"{record.title}：{list_words.described(reader, understood) or '全部'}",
        record.columns[field].title,
        listing.counts(connection, record.name, wanted, field),
        names,
        see,
        day=reader.session.today,
        several=how is How.SEVERAL,
        demonstration=settings.is_demonstration(connection),
    )


def spoken(reader: Reader, word: str, *, asks: bool) -> str:
    """What a word says that the counts are to be by: 镇街 of 按镇街, and of 各镇 where another word `asks` how many; ''
    for any other word."""
    if word in EACH_TOWN:
        return "镇街" if asks and TOWN in _counted(reader) else ""
    rest = word.removeprefix("按").removesuffix("统计").removesuffix("汇总")
    per = "镇街" if rest in ("镇", "乡镇", "属地") else rest
    try:
        known = (
            word.startswith("按")
            and len(per) > 1
            and bool(list_columns.column(reader.record, _counted(reader), per, "--按"))
        )
    except Refused:
        return ""
    return per if known else ""


def _counted(reader: Reader) -> list[str]:
    """The fields that counts can be by."""
    fields = listing.fields(reader.connection, reader.record.name)
    return [name for name in fields if name in {TOWN, "stage", "in_time", "risk_grade", *reader.fields}]


def _narrower(reader: Reader, field: str, value: object) -> str:
    """What is typed for the records of one value; '' where nothing finds these alone."""
    if field == TOWN:
        return reader.town("" if value is None else str(value)).line
    if value is None:
        return ""
    if field not in reader.fields:
        found = [one for one in reader.meanings(str(value)) if one.kind == "state"]
        return found[0].line if len(found) == 1 else ""
    return f"{reader.of_field(field, '', How.ONE).line}{typed(str(value))}"

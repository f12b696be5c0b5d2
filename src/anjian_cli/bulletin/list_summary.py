"""How many records of a list there are of each town, department or term: the answer to `--per`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, rate

COLUMNS = (Column("条数"), Column("占比", "percent"))


def list_summary(
    title: str,
    per: str,
    counts: Mapping[object, int],
    names: Sequence[tuple[object, str]],
    see: Callable[[object], str],
    *,
    day: str,
    several: bool,
    demonstration: bool,
) -> SummaryTable:
    """A table of counts by value: first those in `names` (a value, and what it is called) in their order, then all
    others, the most first, what is blank last. `see` is what is typed to see the records of a value. Where a record can
    have `several` values its count stands at each, and the total counts it once."""
    single = _each(counts) if several else counts
    known = {value: name for value, name in names if value in single}
    others = sorted((value for value in single if value not in known), key=lambda v: (v is None, -single[v], str(v)))
    whole = sum(counts.values())
    rows = [
        Row(
            known.get(value) or ("（未填）" if value is None else str(value)),
            (single[value], rate(single[value], whole)),
            see(value),
        )
        for value in (*known, *others)
    ]
    note = (f"一条可以有几样{per}，各样都算，合计里只算一条",) if several else ()
    total = Row("合计", (whole, rate(whole, whole)), see(...))
    return SummaryTable(title, f"截至{day}", per, COLUMNS, tuple(rows), total, notes=note, demonstration=demonstration)


def _each(counts: Mapping[object, int]) -> dict[object, int]:
    """The same by single values: 喷涂、胶水 counts for both."""
    single: dict[object, int] = {}
    for value, count in counts.items():
        for one in value.split("、") if isinstance(value, str) else (value,):
            single[one] = single.get(one, 0) + count
    return single

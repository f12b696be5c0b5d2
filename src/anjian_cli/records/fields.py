"""Fields that several record types have in common: whose they are, days, counts, money, remarks.

A record of one enterprise begins with `OfEnterprise`; the functions make a `Column` of the kind that its name says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from anjian_cli.records import amounts, codes, days, values
from anjian_cli.records.definition import Column, Fields, yuan
from anjian_cli.rules.word_lists import WordList

Number = Annotated[str | None, Column("编号", values.text(40))]
Remark = Annotated[str | None, Column("备注", values.text(500))]
Town = Annotated[
    str, Column("镇（街、区）", values.text(50), ("属地", "镇街"), required=True, refers="town", example="芝英镇")
]
TownToTell = Annotated[
    str | None, Column("镇（街、区）", values.text(50), ("属地", "镇街"), refers="town", example="芝英镇")
]
"""The town where it need not be told: the enterprise's own, only to tell namesakes apart, or of a record that may be of
none."""
TownOrCounty = Annotated[
    str,
    Column("镇（街、区）", values.text(50), ("属地", "镇街"), required=True, refers="town or county", example="芝英镇"),
]
TownOrCountyToTell = Annotated[
    str | None, Column("镇（街、区）", values.text(50), ("属地", "镇街"), refers="town or county", example="芝英镇")
]
"""The same of a record that may be a department's."""
Village = Annotated[
    str, Column("村（居）", values.text(50), ("村居", "村"), required=True, refers="village", example="溪心村")
]
EnterpriseName = Annotated[
    str | None,
    Column(
        "企业名称",
        values.name,
        ("企业", "单位名称", "企业单位"),
        refers="enterprise",
        example="永康市示例五金厂",
        near=("受检单位", "被检查单位", "被检查企业", "检查企业"),
    ),
]
CreditCode = Annotated[str | None, Column("统一社会信用代码", codes.credit_code, ("信用代码", "社会信用代码"))]
Phone = Annotated[str | None, Column("联系电话", codes.phone, ("电话",), private=True)]


def department(title: str, *aliases: str, on: tuple[str, ...], example: str = "", near: tuple[str, ...] = ()) -> Column:
    """A department, as it was called on the day (or at the end of the month) in the first of the fields `on` that has
    one. Of several that did something together it is the one that led."""
    return Column(title, values.text(50), aliases, refers="department", example=example, near=near, named_on=on)


class OfEnterprise(Fields):
    """How a record of one enterprise begins: its own number, and which enterprise is meant."""

    number: Number = None
    town: TownToTell = None
    enterprise: EnterpriseName = None
    credit_code: CreditCode = None


OWNER = frozenset({"number", "town", "enterprise", "credit_code"})
"""Of a record of one enterprise: what only says which is meant, and so cannot be emptied."""


def words(
    title: str,
    *aliases: str,
    limit: int = 100,
    required: bool = False,
    example: str = "",
    register: str = "",
    near: tuple[str, ...] = (),
) -> Column:
    """Plain text; a name that usually stands in a `register`."""
    return Column(title, values.text(limit), aliases, required, example=example, register=register, near=near)


def document_text(
    title: str, *aliases: str, limit: int = 100, required: bool = False, example: str = "", of_one: bool = False
) -> Column:
    """A document's own number or name, as it is written; `of_one` enterprise where the document is made out to one."""
    return Column(title, codes.Document(limit), aliases, required=required, example=example, of_one=of_one)


def past(
    title: str,
    *aliases: str,
    required: bool = False,
    example: str = "",
    today: bool = False,
    near: tuple[str, ...] = (),
    hint: str = "",
) -> Column:
    """A day that may not lie in the future; on the command line today's where `today`."""
    assumed = "今天" if today else ""
    return Column(title, days.day, aliases, required, example=example, past=True, assumed=assumed, near=near, hint=hint)


def coming(
    title: str,
    *aliases: str,
    required: bool = False,
    example: str = "",
    after: tuple[str, ...] = (),
    near: tuple[str, ...] = (),
) -> Column:
    """A day that may lie in the future: a first day, or one that comes `after` other fields of its record."""
    return Column(title, days.day, aliases, required=required, example=example, after=after, near=near)


def count(title: str, *aliases: str, required: bool = False, example: str = "", near: tuple[str, ...] = ()) -> Column:
    """A whole number from 0."""
    return Column(title, amounts.count, aliases, required=required, example=example, near=near)


def money(title: str, *aliases: str, example: str = "") -> Column:
    """An amount of yuan, kept in fen."""
    return Column(title, amounts.money, aliases, show=yuan, example=example)


def term(
    title: str,
    terms: tuple[str, ...],
    *aliases: str,
    meant: dict[str, str] | None = None,
    required: bool = False,
    assumed: str = "",
    example: str = "",
    near: tuple[str, ...] = (),
    near_values: Mapping[str, str] | None = None,
) -> Column:
    """One of the field's own terms; `meant` leads from other words to a term, `near_values` from what may mean one."""
    return Column(
        title,
        values.choice(*terms, aliases=meant),
        aliases,
        required=required,
        choices=terms,
        assumed=assumed,
        example=example or terms[0],
        near=near,
        near_values=near_values or {},
    )


def word_of(
    title: str,
    of: WordList,
    *aliases: str,
    required: bool = False,
    assumed: str = "",
    example: str = "",
    without: str = "",
    near: tuple[str, ...] = (),
    near_values: Mapping[str, str] | None = None,
) -> Column:
    """A word of a list that an office may add to, but for those that mean `without`; else as `term`."""
    return Column(
        title,
        values.Word(of.words, of.meant),
        aliases,
        required=required,
        choices=tuple(word for word in of.words if word != without),
        assumed=assumed,
        example=example or of.words[0],
        near=near,
        near_values=near_values or {},
    )


YES_NO = ("是", "否")


def yes_no(title: str, *aliases: str, required: bool = True, assumed: str = "") -> Column:
    """是 or 否, in the words that people write for them."""
    meant = {"有": "是", "Y": "是", "√": "是", "1": "是", "无": "否", "没有": "否", "N": "否", "×": "否", "0": "否"}
    return term(title, YES_NO, *aliases, meant=meant, required=required, assumed=assumed, example="否")

"""The letter (通报) that a bulletin becomes: its parts in order, as plain values. Knows no file format."""

from __future__ import annotations

from dataclasses import dataclass


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
    titles, `signed_on` and `printed_on` days in words or ''. `copies` and `contact` are '' where not set. `mark` stands
    on every page until the month is issued, and says when the data are of; '' after that."""

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

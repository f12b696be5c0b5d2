"""What of a person is hidden where text leaves the office, and how what was hidden is known again when it comes back.

Telephone numbers (fields that are `private`, and mobile numbers in any text) and identity numbers of 18 digits. Every
list, file, answer and refusal asks here; none decides by itself. Pure functions; no ledger, file or screen is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from anjian_cli.records import values
from anjian_cli.records.codes import Masked

if TYPE_CHECKING:  # text is masked without knowing any record type
    from anjian_cli.records.definition import Column, Record

LEAST_HIDDEN = 4
"""So many characters of a telephone number are hidden at least."""
FIRST, LAST = 3, 4
"""So many characters at its ends are shown at most."""
FEW_DIGITS = 5
"""What has fewer digits is no telephone number, not even a wrong one."""
_MOBILE = re.compile(r"(?<![0-9A-Za-z*])1[3-9][0-9]{9}(?![0-9A-Za-z*])")
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z*])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
    r"(?![0-9A-Za-z*])"
)
_LONG = re.compile("[0-9]{11}")
_HIDDEN = re.compile(r"[0-9]{0,6}\*{4,}[0-9Xx]{0,4}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def telephone(number: str) -> str:
    """13800001234 -> 138****1234, 87654321 -> 87****21; what is masked already stays."""
    if sum(char.isdigit() or char == "*" for char in number) < FEW_DIGITS:
        return number
    shown = min(max(len(number) - LEAST_HIDDEN, 0), FIRST + LAST)
    first = shown // 2
    last = shown - first
    return f"{number[:first]}{'*' * (len(number) - shown)}{number[len(number) - last :]}"


def in_text(text: str, *, phones: bool = False) -> str:
    """A text with the identity numbers in it hidden, 330722********0013, and with the mobile numbers, unless `phones`
    are to be shown."""
    if not _LONG.search(text):
        return text
    found = _IDENTITY.sub(lambda match: _identity(match[0]), text)
    return found if phones else _MOBILE.sub(lambda match: telephone(match[0]), found)


def identity_numbers(text: str) -> int:
    """How many there are in a text."""
    return sum(_is_identity(number) for number in _IDENTITY.findall(text))


def person(name: str) -> str:
    """A person's name with all but its first character hidden: 王小明 -> 王**."""
    return f"{name[:1]}{'*' * (len(name) - 1)}" if len(name) > 1 else "*"


def shown(column: Column | None, value: Any, *, phones: bool = False, row: Mapping[str, Any] | None = None) -> Any:
    """A value of a field as it leaves: text masked, anything else as it is. Names stay, of other records too, by which
    these are found again, and so does a setting's value, which is the office's own; not those of persons, as the
    record's `row` says whether they are."""
    if not isinstance(value, str):
        return value
    if column is not None:
        if column.person_where is not None and not phones:
            of, where = column.person_where
            if (row or {}).get(of) == where:
                return person(value)
        if column.private:
            return value if phones else telephone(value)
        if column.refers or column.measure or column.parse is values.name:
            return value
    return in_text(value, phones=phones)


class Out(NamedTuple):
    """Rows as they leave, and the numbers of those in whose text an identity number was hidden."""

    rows: list[dict[str, Any]]
    hidden_in: list[str]


def leaving(record: Record, rows: list[dict[str, Any]], *, phones: bool = False) -> Out:
    """Rows of a record's listing as they leave the office."""
    out, hidden = [], []
    for row in rows:
        columns = record.columns
        out.append({name: shown(columns.get(name), value, phones=phones, row=row) for name, value in row.items()})
        if any(
            isinstance(value, str) and value != out[-1][name] and identity_numbers(value) for name, value in row.items()
        ):
            hidden.append(str(row.get("number") or ""))
    return Out(out, hidden)


def fits(hidden: str, number: str) -> bool:
    """Whether a number of which a part is hidden may be this one."""
    return len(hidden) == len(number) and all(
        one in ("*", other) for one, other in zip(hidden.upper(), number.upper(), strict=True)
    )


def told(record_values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Masked]]:
    """The values of a record that are told in full, and the telephone numbers of which a part is hidden: these mean
    what is there, and are never stored."""
    masked = {name: value for name, value in record_values.items() if isinstance(value, Masked)}
    return {name: value for name, value in record_values.items() if name not in masked}, masked


def restored(text: str, known: str) -> str:
    """A text that comes back, with the numbers that were hidden in it as the ledger's text has them."""
    if "*" in text and text == person(known):
        return known
    if "****" not in text:
        return text
    numbers = [match[0] for match in (*_IDENTITY.finditer(known), *_MOBILE.finditer(known))]

    def number(match: re.Match[str]) -> str:
        return next((one for one in numbers if fits(match[0], one)), match[0])

    return _HIDDEN.sub(number, text)


def _is_identity(number: str) -> bool:
    """Whether the check character is right (GB 11643-1999): other numbers of 18 digits with a day in them are none."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return number[17].upper() == _CHECK[total % 11]


def _identity(number: str) -> str:
    return f"{number[:6]}{'*' * 8}{number[14:]}" if _is_identity(number) else number

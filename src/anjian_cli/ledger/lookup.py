"""Find what a word means in the ledger: a town, a village, an indicator, a term, an enterprise, a record by its number.

In files nothing is guessed: names must be whole. On the command line (`guess=True`) a unique part of an
enterprise's name and a town's place in the office's order are understood as well.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from anjian_cli.errors import Misread, Refused, refused
from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple
from anjian_cli.records import likeness, values
from anjian_cli.rules import place_names
from anjian_cli.rules.intervals import BEGINNING, OPEN

if TYPE_CHECKING:
    from anjian_cli.rules.word_lists import Use, WordList, Words

UNSETTLED = ("未定", "未定镇街")
NEARLY = 0.8  # so much of a name is the same where it is more likely mistyped than another one
PART = 3  # so many characters of a name at least are a part of it that says which it is
SHOWN = 5  # how many candidates a message names
LAST_DAY = "9999-12-30"  # on it holds what has no end


class Town(NamedTuple):
    code: str
    name: str
    short: str
    position: int


class Department(NamedTuple):
    """`from_on` and `until_on` as of intervals: always, and still, where nothing is said."""

    number: str
    name: str
    short: str
    from_on: str
    until_on: str
    merged_into: str | None


MONTHLY = "figure.standing"
"""The fact of what stands and is told month by month (上报数)."""


class Indicator(NamedTuple):
    id: str
    short: str
    title: str
    unit: str
    kind: str
    of_year: bool
    of_departments: bool = False
    monthly: bool = False  # of MONTHLY


class _Asked(NamedTuple):
    """An indicator, and the days on which a scheme asks for it."""

    from_on: str
    until_on: str
    indicator: Indicator


class Finder:
    """Look-ups on one connection, remembered while it lives."""

    def __init__(self, connection: sqlite3.Connection, *, guess: bool = False) -> None:
        self._connection = connection
        self._guess = guess
        self._towns: dict[str, Town] | None = None
        self._departments: dict[str, list[Department]] | None = None
        self._indicators: dict[str, list[_Asked]] | None = None
        self._enterprises: dict[tuple[str, str, str], int] = {}
        self._spellings: dict[str, list[str]] | None = None
        self._words: Words | None = None
        self.campaigns: dict[str, str] = {}  # as told, and as registered

    def forget(self) -> None:
        """Look everything up anew: the ledger has changed."""
        self._towns = None
        self._departments = None
        self._words = None
        self._enterprises.clear()
        self.campaigns.clear()

    def town(self, text: str) -> Town:
        """A town by code, name or short name. Raises `Misread` E231."""
        word = values.clean(text)
        found = self._by_word().get(word)
        if found is None:
            names = [town.name for town in self.towns()]
            raise Misread("E231", kind=place_names.units(names), remedy=_meant(word, names, "请核对名称"))
        return found

    def towns(self) -> list[Town]:
        """All towns that are not voided, in the office's order."""
        return sorted(set(self._by_word().values()), key=lambda t: (t.position, t.code))

    def _by_word(self) -> dict[str, Town]:
        if self._towns is None:
            self._towns = {}
            rows = self._connection.execute(
                "SELECT code, name, short_name AS short, position FROM town WHERE voided_on IS NULL ORDER BY until_on"
            )
            for row in rows:
                town = Town(**row)
                words = [town.code, town.name, town.short]
                if self._guess:
                    words.append(str(town.position))
                for word in words:
                    self._towns[values.clean(word)] = town
        return self._towns

    def town_or_county(self, text: str) -> Town | None:
        """As `town`; None for the county itself (全市, 全县 …, 合计)."""
        return None if values.clean(text) in place_names.WHOLE else self.town(text)

    def is_department(self, text: str) -> bool:
        """Whether any department is, or was, called so."""
        return values.clean(text) in self._by_department()

    def department(self, text: str, on: str | None = None) -> Department:
        """A department by number, name or short name, as it was called on a day; without one, the last that was called
        so. Raises `Misread` E231 (none), E792 (not there on that day)."""
        word = values.clean(text)
        known = self._by_department()
        if word not in known:
            names = [each.name for of in known.values() for each in of]
            raise Misread(
                "E231", kind="部门", remedy=_meant(word, names, "请核对名称；新的部门先登记：anjian 部门 新增")
            )
        meant = known[word]
        there = [each for each in meant if on is None or each.from_on <= on < each.until_on]
        if there:
            return there[-1]
        last = meant[-1]
        if last.until_on <= str(on):
            raise Misread("E792", when=f"{last.until_on}起停用", on=on, remedy=self._followed_by(last, str(on)))
        raise Misread("E792", when=f"{last.from_on}才启用", on=on, remedy=self._came_from(last, str(on)))

    def _followed_by(self, ended: Department, on: str) -> str:
        into, seen = ended.merged_into, {ended.number}
        numbered = {each.number: each for of in self._by_department().values() for each in of}
        while into in numbered and into not in seen:
            seen.add(str(into))
            if on < numbered[str(into)].until_on:
                return f"请改填“{numbered[str(into)].name}”"
            into = numbered[str(into)].merged_into
        return "请改填那一天的部门"

    def _came_from(self, later: Department, on: str) -> str:
        before = {
            each.name
            for of in self._by_department().values()
            for each in of
            if each.merged_into == later.number and each.from_on <= on < each.until_on
        }
        return f"那时叫“{'、'.join(sorted(before))}”，请照那一天的名称填" if before else "请改填那一天的部门"

    def _by_department(self) -> dict[str, list[Department]]:
        """By word, those that end later behind."""
        if self._departments is None:
            self._departments = {}
            for row in self._connection.execute(
                "SELECT number, name, COALESCE(short_name, name), COALESCE(from_on, ?) AS from_on,"
                " COALESCE(until_on, ?) AS until_on, merged_into FROM department WHERE voided_on IS NULL"
                " ORDER BY until_on, id",
                (BEGINNING, OPEN),
            ):
                found = Department(*row)
                for word in map(values.clean, dict.fromkeys(found[:3])):
                    self._departments.setdefault(word, []).append(found)
        return self._departments

    def village(self, text: str, town_code: str | None) -> str:
        """A village's code by code or name, within a town if one is given. Raises `Misread` E231, E232."""
        word = values.clean(text)
        found = self._connection.execute(
            "SELECT code, name FROM village WHERE (code = ?1 OR name = ?1) AND voided_on IS NULL"
            " AND (?2 IS NULL OR town_code = ?2)",
            (word, town_code),
        ).fetchall()
        if not found:
            raise Misread("E231", kind="村（居）", remedy="请先登记村（居），或核对名称与所在镇街")
        if len(found) > 1:
            raise Misread("E232", count=len(found), found="、".join(code for code, _ in found[:SHOWN]))
        return str(found[0][0])

    def town_of_village(self, code: str) -> str:
        """The code of the town a village lies in. Raises LookupError."""
        found = self._connection.execute("SELECT town_code FROM village WHERE code = ?", (code,)).fetchone()
        if found is None:
            raise LookupError(code)
        return str(found[0])

    def responsible_village(self, village: str, year: int) -> tuple[int, str | None]:
        """The id of a village's programme of a year, and its town. Raises `Misread` E437."""
        found = self._connection.execute(
            "SELECT id, town_code FROM responsible_village WHERE village_code = ? AND year = ? AND voided_on IS NULL",
            (village, year),
        ).fetchone()
        if found is None:
            raise Misread("E437", year=year)
        return int(found[0]), found[1]

    def indicator(self, text: str, first: str = "", last: str = "") -> Indicator:
        """An indicator by id, short word or title, as the scheme in force from `first` to `last` calls it; where no
        days are told, or none of them has the word, by the newest scheme that has. Raises `Misread` E239, and E750
        where two schemes of these days mean different things by the word."""
        known = self._by_indicator()
        word = values.clean(text)
        if word not in known:
            names = _asked_in(known, first, last)
            raise Misread("E239", value=text, remedy=_meant(word, names, "请核对名称：anjian 指标 列表"))
        meant = [each.indicator for each in known[word] if each.from_on <= last and first < each.until_on]
        if len({each.id for each in meant}) > 1:
            titles = "、".join(dict.fromkeys(f"“{each.title}”（{each.id}）" for each in meant))
            raise Misread("E750", value=text, meant=titles)
        return meant[-1] if meant else known[word][-1].indicator

    def _by_indicator(self) -> dict[str, list[_Asked]]:
        """By word, the oldest first."""
        if self._indicators is None:
            self._indicators = {}
            for from_on, until_on, id_, short, title, unit, kind, of_year, measure, fact in self._connection.execute(
                "SELECT i.from_on, i.until_on, i.id, i.short, i.title, i.unit, COALESCE(f.counted, i.kind),"
                " COALESCE(f.of_year, 0), COALESCE(i.measure, ''), i.fact FROM dated_indicator i"
                " LEFT JOIN fact f ON f.id = i.fact ORDER BY i.from_on"
            ):
                found = Indicator(id_, short, title, unit, kind, bool(of_year), "@" in measure, fact == MONTHLY)
                for word in map(values.clean, {found.id, found.short, found.title}):
                    self._indicators.setdefault(word, []).append(_Asked(from_on, until_on, found))
        return self._indicators

    @property
    def words(self) -> Words:
        """The lists of words as the ledger has them."""
        if self._words is None:
            from anjian_cli.ledger import words  # here: a step of a record's life is told no word

            self._words = words.of(self._connection)
        return self._words

    def term(self, of: WordList, use: Use, text: str, on: str | None) -> str:
        """A word of a list, as it is written there, for a record of a day; None: one that the list ever had. Where the
        use is `free` any other stands as it is. Raises `Misread` E203 (no such word), E740 (not on that day)."""
        known = self.words.known(of, text)
        if known is None and use.free:
            return text
        choices = "、".join(self.words.in_force(of, on or LAST_DAY, use.without))
        if known is None or (use.without and self.words.means(of, known, on or LAST_DAY) == use.without):
            add = f"；确要用别的，请先增设：anjian 用语 新增 {text} --用语表 {of.name}" if known is None else ""
            raise Misread("E203", choices=choices + add)
        if on is not None and not self.words.holds(of, known, on):
            first, until = self.words.span(of, known)
            when = f"{first}才启用" if on < first else f"{until}起停用" if on >= until else "那时停用着"
            raise Misread("E740", word=known, when=when, on=on, choices=choices)
        return known

    def enterprise(self, name: str | None, credit_code: str | None = None, town_code: str | None = None) -> int:
        """An enterprise's id by credit code, number or name (now or before), the town deciding among namesakes.

        Raises `Misread` E232 (several), E233 (none), E234 (the code is another's).
        """
        key = (name or "", credit_code or "", town_code or "")
        if key not in self._enterprises:
            self._enterprises[key] = self._find_enterprise(name, credit_code, town_code)
        return self._enterprises[key]

    @property
    def spellings(self) -> dict[str, list[str]]:
        """The keys of names that an earlier version left less alike than is done now, by what they are now. What it
        stored stays; whoever looks for a name looks for these as well."""
        if self._spellings is None:
            found = self._connection.execute(
                "SELECT name_key FROM enterprise WHERE name_key GLOB ?1 OR substr(name_key, -1) IN ('.', ',', ';')"
                " UNION SELECT name_key FROM former_name"
                " WHERE name_key GLOB ?1 OR substr(name_key, -1) IN ('.', ',', ';')",
                (likeness.FOLDED,),
            )
            self._spellings = likeness.spellings(key for (key,) in found)
        return self._spellings

    def _find_enterprise(self, name: str | None, credit_code: str | None, town_code: str | None) -> int:
        if credit_code:
            found = self._connection.execute(
                "SELECT id, name FROM enterprise WHERE credit_code = ? AND voided_on IS NULL", (credit_code,)
            ).fetchone()
            if found is None:
                raise Misread("E233")
            if name and likeness.key(name) not in self.names_of(found["id"]):
                raise Misread("E234", other=found["name"])
            return int(found["id"])
        if not name:
            raise Misread("E202")
        rows = self._named(name)
        if len(rows) > 1 and town_code:
            rows = [row for row in rows if row["town_code"] == town_code] or rows
        if not rows:
            raise Misread("E233")
        if len(rows) > 1:
            raise Misread("E232", count=len(rows), found="；".join(map(_who, rows[:SHOWN])))
        return int(rows[0]["id"])

    def _named(self, name: str) -> list[sqlite3.Row]:
        query = (
            "SELECT e.id, e.number, e.name, e.credit_code, r.town_code, t.name AS town FROM enterprise e"
            " JOIN residence r ON r.enterprise_id = e.id AND r.until_on = ?"
            " LEFT JOIN town t ON t.code = r.town_code WHERE e.voided_on IS NULL AND "
        )

        def those(which: str, *told: str) -> list[sqlite3.Row]:
            return self._connection.execute(query + which, (OPEN, *told)).fetchall()

        def bearing(key: str) -> list[sqlite3.Row]:
            return those("e.name_key = ?", key) or those(
                "e.id IN (SELECT enterprise_id FROM former_name WHERE name_key = ?)", key
            )

        word = values.clean(name)
        rows = those("e.number = ?", word)
        if not rows and len(word) == 18:
            rows = those("e.credit_code = ?", word.upper())
        key = likeness.key(name)
        if not rows:
            rows = bearing(key) or [row for spelling in self.spellings.get(key, ()) for row in bearing(spelling)]
        if not rows and self._guess and key:
            rows = those("instr(e.name_key, ?) > 0 ORDER BY e.id", key)
        return rows

    def names_of(self, enterprise: int) -> set[str]:
        """The keys of the names that an enterprise bears or bore (`records.likeness`)."""
        found = self._connection.execute(
            "SELECT name_key FROM enterprise WHERE id = ?1"
            " UNION SELECT name_key FROM former_name WHERE enterprise_id = ?1",
            (enterprise,),
        )
        return {likeness.key(row[0]) for row in found}


def near(connection: sqlite3.Connection, register: str, name: str) -> str | None:
    """The name in a register (agency, campaign, department) that a name nearly is, or is a part of, if of one alone;
    None where it is one of them, or like none."""
    known = {
        likeness.key(row["name"]): str(row["name"])
        for row in connection.execute(f'SELECT name FROM "{register}" WHERE voided_on IS NULL')
    }
    key = likeness.key(name)
    if key in known:
        return None
    close = _most_like(key, list(known), NEARLY)
    close = close or [each for each in known if len(key) >= PART and key in each]
    return known[close[0]] if len(close) == 1 else None


def _who(row: sqlite3.Row) -> str:
    code = row["credit_code"]
    shown = f"{code[:8]}……{code[-4:]}" if code else row["number"]
    return f"{row['name']}（{row['town'] or '未定镇街'}，{shown}）"


def _most_like(word: str, known: list[str], cutoff: float) -> list[str]:
    from difflib import get_close_matches  # here: only a name that is not known needs it

    return get_close_matches(word, known, n=1, cutoff=cutoff)


def _asked_in(known: Mapping[str, Sequence[_Asked]], first: str, last: str) -> list[str]:
    """The words of the schemes in force on some of these days; of the newest, where none is."""
    found = [word for word, each in known.items() if any(one.from_on <= last and first < one.until_on for one in each)]
    newest = max((each[-1].until_on for each in known.values()), default="")
    return found or [word for word, each in known.items() if each[-1].until_on == newest]


def _meant(word: str, known: list[str], otherwise: str) -> str:
    close = _most_like(word, known, 0.5)
    return f"您要填的是“{close[0]}”吗" if close else otherwise


def town_name(connection: sqlite3.Connection, code: str) -> str:
    """The full name of a town by its code. Raises LookupError."""
    found = connection.execute("SELECT name FROM town WHERE code = ?", (code,)).fetchone()
    if found is None:
        raise LookupError(code)
    return str(found[0])


def town_codes(connection: sqlite3.Connection) -> list[str]:
    """The codes of all towns there ever were."""
    return [str(code) for (code,) in connection.execute("SELECT code FROM town")]


def record_id(connection: sqlite3.Connection, table: str, text: str, today: str) -> int:
    """The id of a record by its number, a short form (芝英-12, 芝英2017-12) or an unambiguous tail of the number.

    Raises `Refused` E451 (none), E452 (several).
    """
    word = values.clean(text).upper()
    numbers = [word]
    short = re.fullmatch(r"([^-]+?)(\d{4})?-([A-Z]?)(\d{1,7})", word)
    if short and not short[1].replace("-", "").isdigit():  # a whole number is no short form
        try:
            code = Finder(connection, guess=True).town(short[1]).code
        except Misread as error:
            raise Refused([error.fault(text)]) from error
        numbers.append(f"{code}-{short[2] or today[:4]}-{short[3]}{int(short[4]):04d}")
    for number in numbers:
        found = connection.execute(f'SELECT id FROM "{table}" WHERE number = ?', (number,)).fetchone()
        if found:
            return int(found[0])
    tail = f"{int(word):04d}" if word.isdigit() and len(word) < 4 else word
    rows = connection.execute(
        f'SELECT id, number FROM "{table}" WHERE substr(number, -length(?1)) = ?1 AND voided_on IS NULL LIMIT ?2',
        (tail, SHOWN + 1),
    ).fetchall()
    if not rows:
        raise refused("E451", text, remedy="请核对编号，如 芝英-12、芝英2017-12 或全号")
    if len(rows) > 1:
        raise refused("E452", text, found="、".join(number for _, number in rows[:SHOWN]))
    return int(rows[0][0])


def short_number(connection: sqlite3.Connection, number: str, today: str) -> str:
    """How people say a number: 芝英-12 (this year's), 芝英2017-12; the number itself where there is no town."""
    return short_numbers(connection, [number], today)[0]


def short_numbers(connection: sqlite3.Connection, numbers: Iterable[str], today: str) -> list[str]:
    """The same of many, one for each and in their order: the towns are read once."""
    towns = dict(connection.execute("SELECT code, short_name FROM town").fetchall())
    return [_short(number, towns, today[:4]) for number in numbers]


def _short(number: str, towns: Mapping[str, str], this_year: str) -> str:
    region, _, rest = number.partition("-")
    year, _, sequence = rest.partition("-")
    if region not in towns or not sequence:
        return number
    letter = sequence[0] if sequence[0].isalpha() else ""
    plain = int(sequence.removeprefix(letter))
    return f"{towns[region]}{'' if year == this_year else year}-{letter}{plain}"

"""A random history in which operations are undone and their undoing undone, while months are locked, issued and
withdrawn: there and back again the ledger is to the letter what it was, and a month that was issued does not move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from anjian_cli.bulletin import due, locked_month
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import Period, ended, period
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.ledger import check
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import month
from oracle.figures import Dump, dump, record_tables
from oracle.histories import History

SUMS = ("measure_day", "measure_month")


class Said(NamedTuple):
    """What a ledger holds and says on a day."""

    records: Dump
    sums: Dump
    due: list[due.Due]
    bulletins: tuple[Bulletin, ...]


class ThereAndBack(History):
    """A history that goes on by `turn`. `turns` counts what was done."""

    def __init__(self, seed: int, today: str = "") -> None:
        super().__init__(seed, today)
        self.turns: Counter[str] = Counter()
        self._later = self.today
        self._issues: set[int] = set()
        self._issued: dict[tuple[object, ...], tuple[object, ...]] = {}

    def turn(self) -> None:
        """One operation, or one step of a month; then at random its undoing, and the undoing of that."""
        before, head = self.said(), self._head
        if self.rng.random() < 0.3:
            self._step_of_a_month()
        else:
            day = self.today
            self.step()
            self._later, self.today = self.today, day  # what is compared is said of one day
        made = self._head
        self._no_issued_month_moved()
        if made == head:
            assert self.said() == before, (self.seed, "it was refused and left something behind")
        elif made in self._issues:
            assert not self.take_back(made), (self.seed, made, "an issued month was taken back")
        elif self.rng.random() < 0.7:
            after = self.said()
            self._undone(made, before, "undone")
            if self.rng.random() < 0.7:
                self._undone(self._head, after, "redone")
                if self.rng.random() < 0.3:
                    self._undone(self._head, before, "undone again")
        self.turns["operations"] += made != head
        self.today = max(self.today, self._later)

    def said(self) -> Said:
        """What the ledger holds, and says today."""
        this = period(int(self.today[:4]), int(self.today[5:7]), self.today)
        return Said(
            dump(self.ledger, record_tables(self.ledger)),
            dump(self.ledger, SUMS),
            due.due(self.ledger, self.today, "9999-12-31"),
            # Which state of the ledger it is of, a bulletin says as well: that goes on.
            tuple(
                replace(compile_bulletin(self.ledger, of), known_at="", fingerprint="", witness="")
                for of in (self._last_month(), this)
            ),
        )

    def whole(self) -> list[str]:
        """What a check finds."""
        return [str(fault) for fault in check.check(self.ledger)]

    def _undone(self, operation: int, wanted: Said, what: str) -> None:
        assert self.take_back(operation), (self.seed, operation, what, self.refusals)
        assert self.said() == wanted, (self.seed, operation, what)
        self._no_issued_month_moved()
        self.turns[what] += 1

    def _step_of_a_month(self) -> None:
        """Lock the month before, issue the one that is locked last, or withdraw the one that was issued last."""
        of = self._last_month()
        locked = locked_month.find(self.ledger, of.key)
        if locked is None:
            name, act = "close", self._gated(lambda: month.close(self._gate, of, "0"))
        elif locked.issued_on is None:
            number = f"第{self._head}号"
            name, act = "issue", self._gated(lambda: month.issue(self._gate, of.key, number, self.today))
        else:
            name, act = "withdraw", self._gated(lambda: month.withdraw(self._gate, of.key, "数字有误", self.today))
        if self._operate(f"month {name}", act):
            self.turns[name] += 1
            if name == "issue":
                self._issues.add(self._head)

    def _undo(self) -> None:
        newest = max(self.effects)
        if newest in self._issues:  # it is withdrawn, not undone
            assert not self.take_back(newest), (self.seed, newest, "an issued month was taken back")
        else:
            super()._undo()

    def _gated(self, act: Callable[[], object]) -> Callable[[], None]:
        def done() -> None:
            act()

        return done

    def _last_month(self) -> Period:
        year, number = int(self.today[:4]), int(self.today[5:7]) - 1
        return ended(year, number) if number else ended(year - 1, 12)

    def _no_issued_month_moved(self) -> None:
        """What was issued stays to the byte as long as it stands; and what was withdrawn, from then on."""
        for row in self.ledger.execute(
            "SELECT id, document_number, issued_on, withdrawn_on, month, head_hash, definition, bulletin"
            " FROM issued_month WHERE issued_on IS NOT NULL"
        ).fetchall():
            cells = self.ledger.execute("SELECT * FROM month_cell WHERE issued_month_id = ? ORDER BY id", (row["id"],))
            kept = (*tuple(row), *map(tuple, cells))
            assert self._issued.setdefault(tuple(row)[:4], kept) == kept, (self.seed, row["month"], "moved")
            self.turns["months looked at"] += 1

    @property
    def _head(self) -> int:
        return int(self.ledger.execute("SELECT COALESCE(max(id), 0) FROM operation").fetchone()[0])

"""What became of an imported file: sheet by sheet, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anjian_cli.errors import Fault
from anjian_cli.exchange.extent import Extent

if TYPE_CHECKING:
    from anjian_cli.exchange.heading_proposal import Proposal


@dataclass
class Part:
    """What became of one sheet. rows = new + changed + unchanged + refused, where every row with a fault is refused; of
    a file that is not taken the others are counted as they would have been. `record` names the record type, `title`
    says it. `changes` are (row, number, field title, before, after). `blanks` counts values that a blank cell left as
    they were, `doubtful` new records without a value that is expected, by the field's title, `steps` what was done to
    hazards (`workflow.hazard`). `skipped` are the rows that are no records, `numbered` those with a serial number
    alone, `not_filled` those of a form of ours that came back as they went out, `hidden` those with a telephone number
    of which a part is hidden and which is not the ledger's, `struck` those in which something is struck out. `extent`
    are the days and sums of the rows that were kept. `formulas` and `unknown_results` as in `content.Sheet`."""

    title: str = ""
    sheet: str = ""
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    blanks: int = 0
    formulas: int = 0
    unknown_results: int = 0
    doubtful: dict[str, int] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)
    skipped: list[int] = field(default_factory=list)
    numbered: list[int] = field(default_factory=list)
    not_filled: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    concealed: list[int] = field(default_factory=list)
    concealed_columns: list[str] = field(default_factory=list)
    merged: list[tuple[str, int, int]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    changes: list[tuple[int, str, str, object, object]] = field(default_factory=list)
    record: str = ""
    extent: Extent = field(default_factory=Extent)


def merged(parts: Iterable[Part]) -> list[Part]:
    """The parts of sheets, each sheet of a record type once: a table with indicators across has a part a column."""
    found: dict[tuple[str, str], Part] = {}
    for part in parts:
        whole = found.setdefault((part.record, part.sheet), Part(part.title, part.sheet, record=part.record))
        for name in ("rows", "new", "changed", "unchanged", "refused", "blanks", "formulas", "unknown_results"):
            setattr(whole, name, getattr(whole, name) + getattr(part, name))
        for counts, more in ((whole.doubtful, part.doubtful), (whole.steps, part.steps)):
            counts |= {word: counts.get(word, 0) + count for word, count in more.items()}
        whole.skipped = sorted({*whole.skipped, *part.skipped})
        whole.numbered = sorted({*whole.numbered, *part.numbered})
        whole.not_filled = sorted({*whole.not_filled, *part.not_filled})
        whole.hidden = sorted({*whole.hidden, *part.hidden})
        whole.struck = sorted({*whole.struck, *part.struck})
        whole.concealed = sorted({*whole.concealed, *part.concealed})
        whole.concealed_columns = list(dict.fromkeys([*whole.concealed_columns, *part.concealed_columns]))
        whole.merged += part.merged
        whole.unknown = list(dict.fromkeys([*whole.unknown, *part.unknown]))
        whole.changes += part.changes
        whole.extent.join(part.extent)
    return list(found.values())


@dataclass
class Report:
    """What became of one file: its parts, and the sums of them. `taken` says whether its rows are in the ledger now.
    `passed_over` and `hidden` are the sheets that were not read; `same_as` is the file of this run that had the same
    content (then there are no parts). `notes` are worth knowing and refuse nothing; `proposals` say what headings that
    were not recognised may stand for. `of_office`: all that is in it is what the office itself keeps, and it was not
    taken as it came in like a town's: nobody has anything to mend in it."""

    file: str
    sha256: str = ""
    parts: list[Part] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    same_as: str = ""
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    taken: bool = False
    of_office: bool = False

    def is_taken(self, *, dry_run: bool, accept_good: bool) -> bool:
        """Whether its good rows are in the ledger, or in a trial whether they would be. A form that came back as it
        went out is taken, and changes nothing."""
        read = self.rows > 0 or any(part.not_filled for part in self.parts)
        return self.taken or (dry_run and read and (not self.faults or accept_good))

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def new(self) -> int:
        return sum(part.new for part in self.parts)

    @property
    def changed(self) -> int:
        return sum(part.changed for part in self.parts)

    @property
    def unchanged(self) -> int:
        return sum(part.unchanged for part in self.parts)

    @property
    def refused(self) -> int:
        return sum(part.refused for part in self.parts)

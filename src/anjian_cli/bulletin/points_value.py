"""得分表: what units have in a scheme that gives points, as plain values; a part of the bulletin's value."""

from __future__ import annotations

from fractions import Fraction

from anjian_cli.light_dataclasses import dataclass, field
from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anjian_cli.rules.scoring import Scoring

TOLD_IF_ANY = {"told if any": True}
"""Of a field that came after months had been issued: it stands in the JSON only where it is not its default, so that
what was issued before is printed as it was, to the byte."""

UNFILED = "没有上报当月数，待报"
"""Why there are no points where a unit has reported, and not filed the monthly figure (上报数) that they rest on."""


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """An indicator that is scored (考核项目): by which of the forms of `rules.scoring`, in which group of its category
    ('' for none). `full` are its full marks, None where it has none of its own; `rule` is 计分细则 and `standard`
    评分标准, as the office wrote them. `missing` is what becomes of it where there is nothing to count."""

    id: str
    short: str
    title: str
    category: str
    group: str
    unit: str
    form: str
    full: Fraction | None
    rule: str
    standard: str
    missing: str = field(default="不计", metadata=TOLD_IF_ANY)

    @property
    def scoring(self) -> Scoring:
        """The form and its fields, as they are reckoned with."""
        from anjian_cli.rules import scoring_text  # here: a bulletin without points needs none of it

        return scoring_text.read(self.form, "" if self.full is None else scoring_text.decimal(self.full), self.rule)


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many times of what is required (应有) are lacking of a period: 第二季度, 5月, 上半年, 全年."""

    period: str
    times: int


@dataclass(frozen=True, slots=True)
class ItemPoints:
    """What a unit has in an item. `points` None: none yet or none at all, and `state` says why: 缺项, 待报, 待评, 未知;
    '' where nothing is wrong. `due` is what was to be taken off or added before any limit. `reason` is printed:
    缺2次，扣1分. `lacking`: of what is required, where it is told period by period."""

    points: Fraction | None
    state: str
    due: Fraction
    reason: str
    lacking: tuple[Lacking, ...] = field(default=(), metadata=TOLD_IF_ANY)

    @property
    def open(self) -> bool:
        """Whether there may still be points: 待报, 待评, 未知."""
        from anjian_cli.rules.scoring import OPEN  # here: a bulletin without points needs none of it

        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class CategoryPoints:
    """What a unit has in a category, before it is converted. `full`: what it could have."""

    points: Fraction | None
    full: Fraction


@dataclass(frozen=True, slots=True)
class Effects:
    """What a veto or a consequence says of a unit under a scheme that gives no points; see `PointsRow`. `nullified`:
    its score is 0."""

    town: str
    vetoes: tuple[str, ...]
    consequences: tuple[str, ...]
    placing: str
    nullified: bool


@dataclass(frozen=True, slots=True)
class PointsRow:
    """A unit in the table of points. `categories` and `items` stand in the order of the table's. `open` are full marks
    of items that are still open: while there are any, the total is provisional (暂计). `unheard`: it has not reported
    and nothing of it is recorded, so that it stands behind all others. `vetoes` and `consequences` are what a veto or a
    consequence says of it, with why; `placing` is what a veto does to the place: 名次末位, 不参加排名, ''; `nullified`:
    a veto has left it nothing of its points (得分归零)."""

    town: str
    total: Fraction | None
    full: Fraction
    open: Fraction
    grade: str
    categories: tuple[CategoryPoints, ...]
    items: tuple[ItemPoints, ...]
    unheard: bool = False
    vetoes: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()
    placing: str = ""
    nullified: bool = field(default=False, metadata=TOLD_IF_ANY)

    @property
    def provisional(self) -> bool:
        """Whether something is still open."""
        return any(item.open for item in self.items)


@dataclass(frozen=True, slots=True)
class PointsCategory:
    """A category of the table of points. `full` None: it has no full marks (加分, 倒扣). `limit`, `bonus_cap` and
    `deduction_cap` are the most that it may come to without bonuses, that all bonuses add, that all deductions take
    off; None where the scheme says nothing."""

    id: str
    title: str
    full: Fraction | None
    conversion: Fraction | None
    limit: Fraction | None = field(default=None, metadata=TOLD_IF_ANY)
    bonus_cap: Fraction | None = field(default=None, metadata=TOLD_IF_ANY)
    deduction_cap: Fraction | None = field(default=None, metadata=TOLD_IF_ANY)


@dataclass(frozen=True, slots=True)
class PointsGroup:
    """Items of a category that have full marks together (组)."""

    category: str
    title: str
    full: Fraction


@dataclass(frozen=True, slots=True)
class PointsTable:
    """得分表: what every unit has in every item, category and in all. `rows` stand in the office's order. `scaled`:
    what a category of which there is nothing to count would give is made up for by the others (折算)."""

    categories: tuple[PointsCategory, ...]
    items: tuple[ScoredItem, ...]
    rows: tuple[PointsRow, ...]
    groups: tuple[PointsGroup, ...] = field(default=(), metadata=TOLD_IF_ANY)
    scaled: bool = field(default=False, metadata=TOLD_IF_ANY)

    def has_subtotal(self, category: str) -> bool:
        """Whether what a category comes to stands beside its items: there are several, or a limit or what there is
        nothing to count of made other points of the only one."""
        at = next(at for at, each in enumerate(self.categories) if each.id == category)
        own = [place for place, item in enumerate(self.items) if item.category == category]
        return len(own) != 1 or any(row.items[own[0]].points != row.categories[at].points for row in self.rows)

    def row(self, town: str) -> PointsRow:
        """The row of a unit. Raises KeyError."""
        for row in self.rows:
            if row.town == town:
                return row
        raise KeyError(town)

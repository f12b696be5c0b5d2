"""得分表: what units have in a scheme that gives points, as plain values; a part of the bulletin's value."""

from __future__ import annotations

from fractions import Fraction

from anjian_cli.light_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """An indicator that is scored (考核项目): by which of the forms of `rules.scoring`, in which group of its category
    ('' for none). `full` are its full marks, None where it has none of its own; `rule` is 计分细则 and `standard`
    评分标准, as the office wrote them."""

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


@dataclass(frozen=True, slots=True)
class ItemPoints:
    """What a unit has in an item. `points` None: none yet or none at all, and `state` says why: 缺项, 待报, 待评, 未知;
    '' where nothing is wrong. `due` is what was to be taken off or added before any limit. `reason` is printed:
    缺2次，扣1分."""

    points: Fraction | None
    state: str
    due: Fraction
    reason: str

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
class PointsRow:
    """A unit in the table of points. `categories` and `items` stand in the order of the table's. `open` are full marks
    of items that are still open: while there are any, the total is provisional (暂计). `unheard`: it has not reported
    and nothing of it is recorded, so that it stands behind all others. `vetoes` and `consequences` are what a veto or a
    consequence says of it, with why; `placing` is what a veto does to the place: 名次末位, 不参加排名, ''."""

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

    @property
    def provisional(self) -> bool:
        """Whether something is still open."""
        return any(item.open for item in self.items)


@dataclass(frozen=True, slots=True)
class PointsCategory:
    """A category of the table of points. `full` None: it has no full marks (加分, 倒扣)."""

    id: str
    title: str
    full: Fraction | None
    conversion: Fraction | None


@dataclass(frozen=True, slots=True)
class PointsTable:
    """得分表: what every unit has in every item, category and in all. `rows` stand in the office's order."""

    categories: tuple[PointsCategory, ...]
    items: tuple[ScoredItem, ...]
    rows: tuple[PointsRow, ...]

    def row(self, town: str) -> PointsRow:
        """The row of a unit. Raises KeyError."""
        for row in self.rows:
            if row.town == town:
                return row
        raise KeyError(town)

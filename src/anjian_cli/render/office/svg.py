"""Charts as SVG that stands in a page: bars, lines over months, pairs of bars. The same text for the same input.

Nothing is coloured here: a part has a class, and the page's style says which colour that is by day, by night and in
print. Knows no bulletin. A chart is one picture to who hears the page: `told` says what it shows, the numbers stand in
the tables beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from anjian_cli.light_typing import NamedTuple

WIDTH = 360
"""In the chart's own units: a page shows it as wide as it has room for."""
LETTER, WIDE = 7, 11.5
"""How wide a letter or digit is at most, and a Chinese character, in a type of 11."""
LINE, BAR, FOOT = 16, 20, 18
DOT = 3.2
SHAPES = 4
"""As many signs for a point there are; then they begin anew."""
SERIES = 8
"""As many classes of lines the page colours."""


class Bar(NamedTuple):
    """A value with what stands before its bar."""

    label: str
    value: float
    behind: bool = False


class Mark(NamedTuple):
    """A value at which something stands across all bars (序时), and what it is called."""

    label: str
    value: float


class Series(NamedTuple):
    """A line: its name and a value for each place, None where none is known. `even`: what is asked, a broken line
    without points."""

    name: str
    values: Sequence[float | None]
    even: bool = False


def bars(told: str, rows: Sequence[Bar], marks: Sequence[Mark] = ()) -> Markup:
    """A bar across for each row, the first on top, over a scale from 0 (or the least) to 100 (or the most)."""
    left = max(_wide(row.label) for row in rows) + 8
    ticks = _ticks([row.value for row in rows], 100)
    least, most = ticks[0], ticks[-1]
    right, bottom = WIDTH - 12, len(rows) * BAR + 4
    head = LINE if marks else 0

    def x(value: float) -> float:
        return left + (value - least) / (most - least) * (right - left)

    parts = [
        part
        for tick in ticks
        for part in (
            _line("grid", x(tick), head, x(tick), head + bottom),
            _text("axis", x(tick), head + bottom + 13, f"{tick:g}", "middle"),
        )
    ]
    for at, row in enumerate(rows):
        top = head + at * BAR + 4
        begin, end = sorted((x(0), x(row.value)))
        look = "bar behind" if row.behind else "bar"
        parts.append(_text("label", left - 6, top + 11, row.label, "end"))
        parts.append(f'<rect class="{look}" x="{begin:.1f}" y="{top}" width="{end - begin:.1f}" height="{BAR - 7}"/>')
    for mark in marks:
        at_end = x(mark.value) + _wide(mark.label) / 2 > right
        parts.append(_line("even", x(mark.value), head - 2, x(mark.value), head + bottom))
        parts.append(_text("axis", x(mark.value), head - 5, mark.label, "end" if at_end else "middle"))
    return _drawn(told, head + bottom + FOOT, parts)


def lines(told: str, places: Sequence[str], series: Sequence[Series], height: int = 190, unit: str = "%") -> Markup:
    """A line for each series over the same places, with their names below."""
    values = [value for one in series for value in one.values if value is not None]
    x, y, parts = _plane(places, _ticks(values, 100), height, unit)
    for at, one in enumerate(series):
        look = "even" if one.even else f"line s{at % SERIES}"
        for begin, run in _runs(one.values):
            points = " ".join(f"{x(begin + n):.1f},{y(value):.1f}" for n, value in enumerate(run))
            parts.append(f'<polyline class="{look}" points="{points}"/>')
            if not one.even:
                parts += [_dot(at, x(begin + n), y(value)) for n, value in enumerate(run)]
    names, deep = _names([(one.name, one.even) for one in series], height + FOOT)
    return _drawn(told, height + FOOT + deep, [*parts, *names])


def pairs(told: str, places: Sequence[str], series: Sequence[Series], height: int = 150) -> Markup:
    """For each place a bar of each series side by side, with the series' names below."""
    values = [value for one in series for value in one.values if value is not None]
    x, y, parts = _plane(places, _ticks(values, 1), height, "")
    wide = min(12.0, (WIDTH - 60) / len(places) / (len(series) + 1))
    for at, one in enumerate(series):
        for place, value in enumerate(one.values):
            if value is not None:
                left = x(place) + (at - len(series) / 2) * wide
                top, foot = sorted((y(value), y(0)))
                parts.append(
                    f'<rect class="pair s{at % SERIES}" x="{left:.1f}" y="{top:.1f}" width="{wide - 1:.1f}"'
                    f' height="{foot - top:.1f}"/>'
                )
    names, deep = _names([(one.name, False) for one in series], height + FOOT)
    return _drawn(told, height + FOOT + deep, [*parts, *names])


class _Scale(NamedTuple):
    """Where a value lies: from `first` on, `step` a unit."""

    first: float
    step: float
    base: float = 0.0

    def __call__(self, value: float) -> float:
        return self.first + (value - self.base) * self.step


def _plane(places: Sequence[str], ticks: Sequence[float], height: int, unit: str) -> tuple[_Scale, _Scale, list[str]]:
    """Where a place and a value lie in a chart over places, and its lines, scale and names of places."""
    left = max(_wide(f"{tick:g}{unit}") for tick in ticks) + 8
    right, top = WIDTH - 14, 8
    wide = (right - left) / len(places)
    x = _Scale(left + wide / 2, wide)
    y = _Scale(height, (top - height) / (ticks[-1] - ticks[0]), ticks[0])
    parts: list[str] = []
    for tick in ticks:
        parts.append(_line("grid", left, y(tick), right, y(tick)))
        parts.append(_text("axis", left - 4, y(tick) + 4, f"{tick:g}{unit}", "end"))
    parts += [_text("axis", x(at), height + 14, place, "middle") for at, place in enumerate(places)]
    return x, y, parts


def _names(names: Sequence[tuple[str, bool]], top: float) -> tuple[list[str], int]:
    """What each line is, two beside each other, a long one alone; and how much room that takes."""
    half, parts, row, column = WIDTH / 2, [], 0, 0
    for at, (name, even) in enumerate(names):
        long = _wide(name) + 30 > half
        if column == 1 and long:
            row, column = row + 1, 0
        x, y = 8 + column * half, top + row * LINE + 8
        sign = _line("even", x - 4, y, x + 10, y) if even else _dot(at, x + 3, y)
        parts += [sign, _text("label", x + 16, y + 4, name, "start")]
        row, column = (row, 1) if column == 0 and not long else (row + 1, 0)
    return parts, (row + (column == 1)) * LINE + 6


def _runs(values: Sequence[float | None]) -> Iterable[tuple[int, list[float]]]:
    """The stretches of known values, each with its place."""
    run: list[float] = []
    for at, value in enumerate([*values, None]):
        if value is not None:
            run.append(value)
        elif run:
            yield at - len(run), run
            run = []


def _ticks(values: Iterable[float], whole: float) -> list[float]:
    """The lines of a scale from 0 (or the least) to `whole` (or the most), seven or fewer: their distance is 1, 2 or 5
    times a power of ten."""
    least, most = min([0.0, *values]), max([whole, *values])
    step = 1.0
    while (most - least) / step > 6:
        step *= 2.5 if f"{step:g}"[0] == "2" else 2
    first, last = int(least // step), -int(-most // step)
    return [step * at for at in range(first, last + 1)]


def _wide(text: str) -> float:
    return sum(WIDE if ord(each) > 0x2E7F or each == "▼" else LETTER for each in text)


def _dot(series: int, x: float, y: float) -> str:
    """The sign of a line: by its shape too, for who does not tell colours apart."""
    look, r = f"dot s{series % SERIES}", DOT
    corners: tuple[tuple[float, float], ...]
    match series % SHAPES:
        case 0:
            return f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>'
        case 1:
            return f'<rect class="{look}" x="{x - r + 0.4:.1f}" y="{y - r + 0.4:.1f}" width="5.6" height="5.6"/>'
        case 2:
            corners = ((x, y - r - 0.6), (x + r + 0.4, y + r - 0.2), (x - r - 0.4, y + r - 0.2))
        case _:
            corners = ((x, y - r - 0.8), (x + r + 0.8, y), (x, y + r + 0.8), (x - r - 0.8, y))
    return f'<polygon class="{look}" points="{" ".join(f"{left:.1f},{top:.1f}" for left, top in corners)}"/>'


def _line(look: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{look}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(look: str, x: float, y: float, text: str, anchor: str) -> str:
    return f'<text class="{look}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _drawn(told: str, height: float, parts: Sequence[str]) -> Markup:
    size = f'viewBox="0 0 {WIDTH} {height:.0f}"'
    return Markup(f'<svg class="chart" role="img" aria-label="{escape(told)}" {size}>{"".join(parts)}</svg>')

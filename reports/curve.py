"""A chart of pace as SVG: the picture of letters (pace.py), with letters that can be read out and enlarged.

Its looks are attributes, for pages allow no styles but their own; places are those of the other picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from xml.sax.saxutils import escape

from domain.chart import Chart, Point
from reports.pace import SIZE, capital, foreseen, placed
from reports.svg import FONTS, shape, words

_INK, _SOFT, _LINE, _SEA, _LATE, _GOOD = "#1a1a1a", "#51585f", "#8a939b", "#0b4f8a", "#a31515", "#1b5e20"
_WIDE, _HIGH = SIZE
_APART = 40
"""What the day below a point takes."""


@lru_cache(maxsize=256)
def curve(chart: Chart) -> str:
    """The picture, as the text of an SVG file."""
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="vi" lang="vi" width="{_WIDE * 2}" height="{_HIGH * 2}" '
        f'viewBox="0 0 {_WIDE} {_HIGH}" role="img" font-family="{FONTS}">'
    )
    paper = shape("rect", width=_WIDE, height=_HIGH, fill="#ffffff")
    parts = [paper, *_lines(chart), *_labels(chart), *_said(chart)]
    title = f"<title>{escape(chart.metric)}</title><desc>{escape(chart.told)}</desc>"
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', opening, title, *parts, "</svg>", ""])


def _at(chart: Chart, points: Sequence[Point]) -> list[tuple[float, float]]:
    return [(round(x * _WIDE, 1), round((1 - y) * _HIGH, 1)) for x, y in placed(chart, points)]


def _lines(chart: Chart) -> Iterator[str]:
    """What is mandated, dashed; what was reached, in steps; the forecast, dotted; the gap."""
    now, should = (Point(chart.as_of, value) for value in (chart.have, chart.expected))
    mandated, actual = _at(chart, chart.mandated), _at(chart, chart.actual)
    yield _path([(8, _HIGH * 0.86), (_WIDE - 8, _HIGH * 0.86)], stroke=_LINE, stroke_width=1)
    yield _path(mandated, stroke=_SOFT, stroke_width=1.4, stroke_dasharray="5 3")
    yield from (shape("circle", cx=x, cy=y, r=2.6, fill=_SOFT) for x, y in mandated[1:])
    yield _path(_steps(_at(chart, (*chart.actual, now))), stroke=_SEA, stroke_width=2)
    yield from (shape("circle", cx=x, cy=y, r=2.2, fill=_SEA) for x, y in actual)
    if ahead := foreseen(chart):
        yield _path(_at(chart, ahead), stroke=_SEA, stroke_width=1.6, stroke_dasharray="1.5 2.5")
    if chart.behind:
        yield _path(_at(chart, (now, should)), stroke=_LATE, stroke_width=2)


def _labels(chart: Chart) -> Iterator[str]:
    """Each mandated point with its figure above and, where there is room, its day below."""
    places = _at(chart, chart.mandated)
    for point, (x, y) in zip(chart.mandated[1:], places[1:], strict=True):
        yield words(chart.said(point.value), x - 4, y - 5, fill=_INK, font_size=10, text_anchor="end")
    room = float(_WIDE) * 2
    for point, (x, _) in reversed(list(zip(chart.mandated, places, strict=True))):
        if room - x >= _APART:
            yield words(_short(point), x, _HIGH * 0.955, fill=_SOFT, font_size=10, text_anchor="middle")
            room = x


def _said(chart: Chart) -> Iterator[str]:
    """What the lines say today, over them."""
    now, edge = Point(chart.as_of, chart.have), _WIDE - 6
    bold, end = {"font_size": 12, "font_weight": 700}, {"text_anchor": "end"}
    yield words(f"Đạt {chart.said(chart.have)}", 6, 18, fill=_SEA, **bold)
    yield words(f"đến {_short(now)}", 6, 33, fill=_SOFT, font_size=10)
    yield words(capital(chart.verdict), edge, 18, fill=_LATE if chart.behind else _GOOD, **bold, **end)
    yield words(f"phải đạt {chart.said(chart.expected)}", edge, 33, fill=_SOFT, font_size=10, **end)


def _path(places: Iterable[tuple[float, float]], **looks: object) -> str:
    return shape("polyline", points=" ".join(f"{x:g},{y:g}" for x, y in places), fill="none", **looks)


def _steps(places: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Between two reports nothing is known: the figure stays until the next."""
    yield places[0]
    for (_, before), (x, y) in pairwise(places):
        yield x, before
        yield x, y


def _short(point: Point) -> str:
    return f"{point.day.day}/{point.day.month}"

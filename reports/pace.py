"""A chart of pace as a small picture: sharp on a phone (twice its size), light enough for a letter.

matplotlib is loaded with the first picture, not with the program, and draws on a canvas of its own, so that nothing
global is touched. Its axes would take as long as all the rest: lines and words are placed here. The font comes with it:
the picture is the same on every machine.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from domain.chart import Chart, Point

SIZE = (320, 200)
"""Pixels of the page it takes; the picture has twice as many each way."""
COLOURS = 32
"""Enough for smooth letters, and a third of the bytes."""
_INK, _SOFT, _LINE, _SEA, _LATE, _GOOD = "#1a1a1a", "#51585f", "#cfd6dd", "#0b4f8a", "#a31515", "#1b5e20"
_LEFT, _RIGHT, _FLOOR, _CEILING = 0.05, 0.93, 0.14, 0.70
"""Of the picture, the part for the lines."""
_APART = 0.12
"""Of its width, what the day below a point takes."""


@lru_cache(maxsize=256)
def draw(chart: Chart) -> bytes:
    """The picture as PNG. Readers of one round who are shown the same are given the one that was drawn first."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - see above
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure: Any = Figure(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=200, facecolor="white")
    canvas: Any = FigureCanvasAgg(figure)
    _line(figure, [(_LEFT, _FLOOR), (_RIGHT + 0.03, _FLOOR)], color=_LINE, linewidth=0.8)
    _lines(figure, chart)
    _labels(figure, chart)
    _words(figure, chart)
    canvas.draw()
    return _png(canvas)


Place = tuple[float, float]


def placed(chart: Chart, points: Sequence[Point]) -> list[Place]:
    """Where the points are, in parts of the picture, from its lower left corner."""
    first, last = chart.mandated[0].day, max(chart.mandated[-1].day, chart.as_of)
    top = max(point.value for point in (*chart.mandated, *chart.actual))
    wide, high = (_RIGHT - _LEFT) / (last - first).days, (_CEILING - _FLOOR) / float(top)
    return [
        (_LEFT + wide * max((one.day - first).days, 0), _FLOOR + high * max(float(one.value), 0.0)) for one in points
    ]


def _lines(figure: Any, chart: Chart) -> None:
    """What is mandated, dashed; what was reached, in steps, for between reports nothing is known; forecast; gap."""
    now, should = (Point(chart.as_of, value) for value in (chart.have, chart.expected))
    mandated, actual = placed(chart, chart.mandated), placed(chart, chart.actual)
    _line(figure, mandated, color=_SOFT, linestyle=(0, (4, 2)), linewidth=1.2)
    _line(figure, mandated[1:], color=_SOFT, marker="o", markersize=3, linestyle="none")
    _line(figure, placed(chart, (*chart.actual, now)), color=_SEA, drawstyle="steps-post", linewidth=1.8)
    _line(figure, actual, color=_SEA, marker="o", markersize=2.6, linestyle="none")
    if ahead := foreseen(chart):
        _line(figure, placed(chart, ahead), color=_SEA, linestyle=(0, (1, 1.5)), linewidth=1.4)
    if chart.behind:
        _line(figure, placed(chart, (now, should)), color=_LATE, linewidth=1.8, solid_capstyle="butt")


def foreseen(chart: Chart) -> tuple[Point, Point] | None:
    """From the last report along the forecast, as far as the picture goes; None without one, or without room."""
    last, edge = chart.actual[-1], max(chart.mandated[-1].day, chart.as_of)
    if chart.forecast is None or last.day >= min(edge, chart.forecast.day):
        return None
    until = min(edge, chart.forecast.day)
    gained = (chart.forecast.value - last.value) * (until - last.day).days / (chart.forecast.day - last.day).days
    return last, Point(until, last.value + gained)


def _line(figure: Any, places: Sequence[Place], **looks: Any) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    across, up = zip(*places, strict=True)
    figure.add_artist(Line2D(across, up, transform=figure.transFigure, **looks))


def _labels(figure: Any, chart: Chart) -> None:
    """Each mandated point with its figure above and, where there is room, its day below."""
    for point, (x, y) in zip(chart.mandated[1:], placed(chart, chart.mandated[1:]), strict=True):
        _text(figure, (x - 0.012, y + 0.02), chart.said(point.value), color=_INK, size=7.5, ha="right")
    room = _RIGHT + 1.0
    for point, (x, _) in reversed(list(zip(chart.mandated, placed(chart, chart.mandated), strict=True))):
        if room - x >= _APART:
            _text(figure, (x, 0.045), _short(point.day), color=_SOFT, size=7.5, ha="center")
            room = x


def _words(figure: Any, chart: Chart) -> None:
    """What the lines say today, over them."""
    _text(figure, (0.02, 0.90), f"Đạt {chart.said(chart.have)}", color=_SEA, size=9, bold=True)
    _text(figure, (0.02, 0.82), f"đến {_short(chart.as_of)}", color=_SOFT, size=7.5)
    colour = _LATE if chart.behind else _GOOD
    _text(figure, (0.98, 0.90), capital(chart.verdict), color=colour, size=9, bold=True, ha="right")
    _text(figure, (0.98, 0.82), f"phải đạt {chart.said(chart.expected)}", color=_SOFT, size=7.5, ha="right")


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def _text(figure: Any, place: Place, words: str, *, size: float, bold: bool = False, **looks: Any) -> None:
    figure.text(*place, words, fontproperties=_font(size, bold=bold), **looks)


def _short(day: date) -> str:
    return f"{day.day}/{day.month}"


@lru_cache
def _font(size: float, *, bold: bool = False) -> Any:
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    name = "DejaVuSans-Bold" if bold else "DejaVuSans"
    return FontProperties(fname=f"{mpl.get_data_path()}/fonts/ttf/{name}.ttf", size=size)


def _png(canvas: Any) -> bytes:
    """Few colours, no dates and no names of programs: the same chart is the same bytes."""
    from PIL import Image  # noqa: PLC0415

    size = canvas.get_width_height()
    picture = Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")
    written = io.BytesIO()
    picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(written, "PNG", compress_level=6)
    return written.getvalue()

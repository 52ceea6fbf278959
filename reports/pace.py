"""A chart of pace as a small picture: sharp on a phone (twice its size), light enough for a letter.

matplotlib is loaded with the first picture, not with the program; its figure is drawn on its own canvas, so that
nothing global is touched. The font comes with it: the picture is the same on every machine.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from domain.chart import Chart, Point

if TYPE_CHECKING:
    from datetime import date, timedelta

SIZE = (320, 200)
"""Pixels of the page it takes; the picture has twice as many each way."""
COLOURS = 32
"""Enough for smooth letters, and a third of the bytes."""
_INK, _SOFT, _LINE, _SEA, _LATE = "#1a1a1a", "#51585f", "#cfd6dd", "#0b4f8a", "#a31515"


@lru_cache(maxsize=256)
def draw(chart: Chart) -> bytes:
    """The picture as PNG. Readers of one round who are shown the same are given the one that was drawn first."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - see above
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=200, facecolor="white")
    canvas: Any = FigureCanvasAgg(figure)  # its methods have no types
    axes = figure.add_axes((0.155, 0.15, 0.80, 0.64))
    _lines(axes, chart)
    _frame(axes, chart)
    _words(figure, chart)
    canvas.draw()
    return _png(canvas)


def _lines(axes: Any, chart: Chart) -> None:
    """What is mandated, dashed; what was reached, in steps: between two reports nothing is known."""
    axes.plot(*_parts(chart.mandated), color=_SOFT, linestyle=(0, (4, 2)), linewidth=1.2)
    axes.plot(*_parts(chart.mandated[1:]), color=_SOFT, marker="o", markersize=3, linestyle="none")
    known = (*chart.actual, Point(chart.as_of, chart.have))
    axes.plot(*_parts(known), color=_SEA, drawstyle="steps-post", linewidth=1.8)
    axes.plot(*_parts(chart.actual), color=_SEA, marker="o", markersize=2.6, linestyle="none")
    gap = (Point(chart.as_of, chart.have), Point(chart.as_of, chart.expected))
    axes.plot(*_parts(gap), color=_LATE, linewidth=1.8, solid_capstyle="butt")


def _parts(points: tuple[Point, ...]) -> tuple[list[date], list[float]]:
    return [point.day for point in points], [float(point.value) for point in points]


def _frame(axes: Any, chart: Chart) -> None:
    """Each mandated point with its day below and its figure above; no grid."""
    first, last = chart.mandated[0].day, max(chart.mandated[-1].day, chart.as_of)
    span = last - first
    axes.set_xlim(first - span * 0.03, last + span * 0.06)
    axes.set_ylim(0, float(max(point.value for point in (*chart.mandated, *chart.actual))) * 1.18)
    days = _apart([point.day for point in chart.mandated], span * 0.12)
    axes.set_xticks(days, [f"{day.day}/{day.month}" for day in days], fontproperties=_font(6.5), color=_SOFT)
    for point in chart.mandated[1:]:
        place = (point.day, float(point.value))
        axes.annotate(
            chart.said(point.value), place, (-3, 3), textcoords="offset points", ha="right", fontproperties=_font(6.5)
        )
    axes.set_yticks([0])
    axes.set_yticklabels(["0"], fontproperties=_font(6.5), color=_SOFT)
    axes.tick_params(length=2, color=_LINE)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(_LINE)


def _apart(days: list[date], gap: timedelta) -> list[date]:
    """The days that can be written side by side; of two that are too near the later one."""
    kept: list[date] = []
    for day in reversed(days):
        if not kept or kept[-1] - day >= gap:
            kept.append(day)
    return kept


def _words(figure: Any, chart: Chart) -> None:
    """Two lines over the lines: which is which, and what they say today."""
    today = f"{chart.as_of.day}/{chart.as_of.month}"
    should = f"phải đạt {chart.said(chart.expected)}"
    figure.text(0.02, 0.925, f"Đạt {chart.said(chart.have)}", color=_SEA, fontproperties=_font(8, bold=True))
    figure.text(0.02, 0.845, f"đến {today}", color=_SOFT, fontproperties=_font(6.5))
    figure.text(0.98, 0.925, f"Chậm {chart.gap}", color=_LATE, ha="right", fontproperties=_font(8, bold=True))
    figure.text(0.98, 0.845, should, color=_SOFT, ha="right", fontproperties=_font(6.5))


@lru_cache
def _font(size: float, *, bold: bool = False) -> Any:
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    name = "DejaVuSans-Bold" if bold else "DejaVuSans"
    return FontProperties(fname=f"{mpl.get_data_path()}/fonts/ttf/{name}.ttf", size=size)


def _png(canvas: Any) -> bytes:
    """Few colours, no dates and no names of programs: the same chart is the same bytes."""
    from PIL import Image  # noqa: PLC0415

    width, height = canvas.get_width_height()
    picture = Image.frombuffer("RGBA", (width, height), canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    written = io.BytesIO()
    picture.convert("RGB").quantize(COLOURS).save(written, "PNG", optimize=True)
    return written.getvalue()

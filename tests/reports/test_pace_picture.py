"""The picture of pace: light, sharp, the same every time, and drawn once however many readers it has."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from PIL import Image

from domain.chart import Chart, Point
from reports.pace import SIZE, draw
from tests.channels.digests import CHART

LIGHT = 20_000
"""Bytes."""


def varied() -> list[Chart]:
    """Many reports, one; percent, đồng; points close together; long after the last of them."""
    start = date(2024, 1, 1)
    many = tuple(Point(start + timedelta(days=7 * n), Decimal(n) / 2) for n in range(1, 100))
    close = (Point(start, Decimal(0)), *(Point(start + timedelta(days=n), Decimal(n)) for n in (300, 301, 302, 900)))
    found = []
    for actual, mandated, percent in product((many, many[:1]), (CHART.mandated, close), (True, False)):
        money = 1 if percent else 10**9
        found.append(
            CHART.model_copy(
                update={
                    "percent": percent,
                    "actual": tuple(Point(one.day, one.value * money) for one in actual),
                    "mandated": tuple(Point(one.day, one.value * money) for one in mandated),
                    "as_of": date(2026, 3, 1),
                    "expected": mandated[-1].value * money,
                }
            )
        )
    return found


@pytest.mark.parametrize("chart", [CHART, *varied()])
def test_a_picture_is_light_and_twice_as_sharp_as_it_is_large(chart: Chart) -> None:
    content = draw(chart)
    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.size) == ("PNG", (SIZE[0] * 2, SIZE[1] * 2))
    assert 2_000 < len(content) < LIGHT
    picture.verify()


def test_the_same_chart_is_drawn_once() -> None:
    draw.cache_clear()
    same = CHART.model_copy()
    assert draw(CHART) is draw(same)
    assert draw.cache_info().misses == 1
    again = bytes(draw(CHART))
    draw.cache_clear()
    assert draw(CHART) == again


def test_what_is_shown_is_in_the_picture() -> None:
    """Another figure is another picture; nothing is left out of what makes the value."""
    plain = draw(CHART)
    for change in (
        {"actual": (Point(date(2024, 6, 20), Decimal(9)),)},
        {"mandated": CHART.mandated[:2]},
        {"as_of": date(2024, 7, 9)},
        {"expected": Decimal(20)},
        {"percent": False},
    ):
        assert draw(CHART.model_copy(update=change)) != plain


def test_every_vietnamese_letter_of_the_picture_has_a_glyph() -> None:
    from matplotlib.font_manager import get_font  # noqa: PLC0415 - as lazily as the program

    from reports.pace import _font  # noqa: PLC0415

    for bold in (False, True):
        known = get_font(_font(8, bold=bold).get_file()).get_charmap()
        said = "Đạt Chậm điểm phần trăm tỷ triệu đồng phải đến 0123456789,%/"
        assert [letter for letter in said if ord(letter) not in known] == []


def test_the_program_starts_without_the_library_that_draws() -> None:
    asked = "import sys, actions.compose; sys.exit('matplotlib' in sys.modules or 'PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0

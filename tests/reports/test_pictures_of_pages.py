"""Pictures of a page: sound XML, described in words, the same places as the picture of letters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from domain.chart import Chart, Point
from reports.curve import curve
from reports.pace import SIZE, draw, foreseen, placed
from reports.timeline import LONGEST, Step, axis, gantt, told
from tests.channels.digests import CHART

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2024, 9, 27)
MET = Step("Khởi công", date(2024, 4, 22), date(2024, 6, 30), None, date(2024, 6, 20), late=False)
LATE = Step("Phê duyệt", date(2024, 4, 22), date(2024, 7, 31), None, None, late=True)
TOO_LATE = Step("Bàn giao", date(2024, 4, 22), date(2024, 7, 31), None, date(2024, 8, 9), late=True)
LATER = Step(
    "Giải ngân 40%", date(2024, 4, 22), date(2024, 10, 14), date(2024, 9, 30), None, late=False, whose="2 dự án"
)
STEPS = (MET, LATE, TOO_LATE, LATER)


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own text


def words(root: ET.Element) -> list[str]:
    return [one.text or "" for one in root.iter() if one.tag.rpartition("}")[2] == "text"]


def ahead(chart: Chart, day: date, value: int) -> Chart:
    return chart.model_copy(update={"forecast": Point(day, Decimal(value))})


def test_a_curve_is_named_described_and_says_what_the_letter_says() -> None:
    root = parsed(curve(CHART))
    assert root.findtext(f"{SVG}title") == CHART.metric
    assert root.findtext(f"{SVG}desc") == CHART.told
    assert f"Đạt {CHART.said(CHART.have)}" in words(root)
    assert f"Chậm {CHART.gap}" in words(root)
    assert {CHART.said(point.value) for point in CHART.mandated[1:]} <= set(words(root))


def test_a_curve_has_the_places_of_the_picture_in_letters() -> None:
    marks = [(float(one.get("cx", "")), float(one.get("cy", ""))) for one in parsed(curve(CHART)).iter(f"{SVG}circle")]
    expected = [
        (round(x * SIZE[0], 1), round((1 - y) * SIZE[1], 1))
        for x, y in placed(CHART, (*CHART.mandated[1:], *CHART.actual))
    ]
    assert marks == expected


def test_looks_are_attributes_since_pages_allow_no_styles() -> None:
    for text in (curve(CHART), axis(STEPS, TODAY), gantt(STEPS, TODAY)):
        assert not [one for one in parsed(text).iter() if one.get("style") or one.tag.endswith("style")]


def test_a_figure_that_is_not_behind_is_drawn_without_a_gap() -> None:
    even = CHART.model_copy(update={"expected": CHART.have})
    assert "Đúng nhịp độ" in words(parsed(curve(even)))
    over = CHART.model_copy(update={"expected": CHART.have - 1})
    assert "Vượt 1 điểm phần trăm" in words(parsed(curve(over)))
    assert draw(over) != draw(CHART)


def test_the_forecast_is_drawn_as_far_as_the_picture_goes() -> None:
    last, edge = CHART.actual[-1], max(CHART.mandated[-1].day, CHART.as_of)
    near = ahead(CHART, edge, 100)
    assert foreseen(near) == (last, Point(edge, Decimal(100)))
    far = ahead(CHART, edge + (edge - last.day), 100)
    found = foreseen(far)
    assert found is not None
    assert found[1].day == edge
    assert last.value < found[1].value < 100
    assert foreseen(CHART) is None
    assert foreseen(ahead(CHART, last.day, 100)) is None
    assert curve(near) != curve(CHART)
    assert draw(near) != draw(CHART)


def test_the_milestones_stand_in_a_row_with_today_among_them() -> None:
    root = parsed(axis(STEPS, TODAY))
    assert [one for one in words(root) if one.isdigit()] == ["1", "2", "3", "4"]
    assert "hôm nay 27/9/2024" in words(root)
    assert "ngày 27/9/2024" in words(parsed(axis(STEPS, TODAY, now=False)))
    described = root.findtext("desc") or ""
    assert all(told(step) in described for step in STEPS)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (MET, "Khởi công, hạn 30/6/2024, đạt ngày 20/6/2024"),
        (LATE, "Phê duyệt, hạn 31/7/2024, quá hạn"),
        (TOO_LATE, "Bàn giao, hạn 31/7/2024, đạt ngày 09/8/2024, quá hạn"),
        (LATER, "Giải ngân 40% (2 dự án), hạn 14/10/2024, hạn gốc 30/9/2024"),
    ],
)
def test_a_step_in_words_says_all_that_its_shape_does(step: Step, said: str) -> None:
    assert told(step) == said


def test_bars_show_what_an_extension_added_and_names_that_fit() -> None:
    root = parsed(gantt(STEPS, TODAY))
    bars = list(root.iter("rect"))
    assert [one.get("stroke-dasharray") for one in bars] == [None, None, None, None, "3 2"]
    long = Step("Một tên mốc dài " * 6, TODAY, TODAY, None, None, late=False)
    drawn = words(parsed(gantt((long,), TODAY)))
    assert max(map(len, drawn)) <= LONGEST
    assert long.name in (parsed(gantt((long,), TODAY)).findtext("desc") or "")


def test_shapes_tell_what_colours_do() -> None:
    """Met is filled, open is hollow, late is crossed."""
    root = parsed(axis(STEPS, TODAY))
    hollow = [one.get("fill") == "#ffffff" for one in root.iter("circle")]
    assert hollow == [False, True, False, True]
    assert len(list(root.iter("path"))) == 2

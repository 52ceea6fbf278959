"""Whatever somebody wrote is shown as text: on every page, in every attribute and picture, nothing of it is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.stories.town import CODE
from tests.web.browsing import Reading
from tests.web.nasty import MARKS, SETTINGS, TITLE, nasty_home
from tests.web.town_hall import LEAD, MONITOR, LookedAt, TownHall, town_hall

UNIT = "ubnd-huyen-bac-son"
PAGES = (
    "/nhiem-vu",
    f"/nhiem-vu/{CODE}",
    f"/nhiem-vu/{CODE}?ngay=25/9/2024",
    f"/nhiem-vu/{CODE}/ghi",
    "/don-vi",
    f"/don-vi/{UNIT}",
    "/tim?q=script",
    "/theo-doi",
    f"/nhiem-vu/{CODE}?ngay=%22%3E%3Cscript%3E",
    "/nhiem-vu?q=%22%27%3E%3Cscript%3E&tu=%22%3E%3Cscript%3E&tinh-trang=%22%3E%3Cscript%3E",
    "/tim?q=%22%27%3E%3Cscript%3Ealert(1)",
)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownHall]:
    folder: Path = tmp_path_factory.mktemp("tan-cong")
    nasty_home(folder / "trang")
    with town_hall(folder / "trang", folder / "home", **SETTINGS) as opened:
        yield LookedAt(opened.office, opened.app, opened.wall)


@pytest.fixture(scope="module")
def seen(attacked: TownHall) -> dict[str, str]:
    """Page → its source, for whoever may open it."""
    lead, monitor = attacked.signed_in(LEAD), attacked.signed_in(MONITOR)
    found = {}
    for path in PAGES:
        answer = (lead if path.endswith("/ghi") else monitor).get(path)
        assert answer.status_code == 200, (path, answer.text)
        found[path] = answer.text
    return found


@pytest.mark.parametrize("path", PAGES)
def test_nothing_that_was_written_becomes_markup(seen: dict[str, str], path: str) -> None:
    page = Reading(seen[path])
    assert "script" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    assert not [
        value for name, value in page.attributes if name in ("src", "href") and value.startswith(("x", "javas"))
    ]
    assert set(page.tags) <= KNOWN


KNOWN = frozenset(
    {"a", "article", "blockquote", "body", "br", "button", "caption", "circle", "code", "dd", "desc", "details", "div"}
    | {"dl", "dt", "em", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "head", "header", "html", "img"}
    | {"input", "label", "legend", "li", "line", "link", "main", "mark", "meta", "nav", "ol", "option", "p", "path"}
    | {"polyline", "rect", "section", "select", "small", "span", "strong", "summary", "svg", "table", "tbody", "td"}
    | {"text", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "ul"}
)
"""Elements that pages are made of."""


def test_what_was_written_is_shown_as_it_stands(seen: dict[str, str]) -> None:
    words = Reading(seen[f"/nhiem-vu/{CODE}"]).words
    for letter in "QFKNMSRCDELUP":
        assert f"{letter}{MARKS}" in words, letter
    assert TITLE in words
    assert "<script>" in re.findall(r"<mark>(.*?)</mark>", unescape(seen[f"/nhiem-vu/{CODE}"]))


def test_a_picture_is_xml_whatever_is_written_in_it(attacked: TownHall, seen: dict[str, str]) -> None:
    (source,) = re.findall(r'<img[^>]* src="([^"]+)"', seen[f"/nhiem-vu/{CODE}"])
    drawn = ET.fromstring(attacked.signed_in(MONITOR).get(unescape(source)).text)  # noqa: S314 - our own text
    tags = {one.tag.rpartition("}")[2] for one in drawn.iter()}
    assert tags <= {"svg", "title", "desc", "rect", "polyline", "circle", "text"}
    assert f"M{MARKS}" in "".join(drawn.itertext())


@pytest.mark.parametrize("path", ["/nhiem-vu?dang=csv", f"/nhiem-vu/{CODE}?dang=csv&bang=so", "/don-vi?dang=csv"])
def test_a_file_is_a_file_whatever_stands_in_it(attacked: TownHall, path: str) -> None:
    answer = attacked.signed_in(MONITOR).get(path)
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert MARKS in answer.text.replace('""', '"')

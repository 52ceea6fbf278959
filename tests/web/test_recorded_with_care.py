"""An odd figure is asked about before it is saved, an estimate is marked, and files prove what is said."""

from __future__ import annotations

import pytest

from domain.ledger import Entry, EntryKind
from domain.standing import Official
from store import reading
from store.ledger import entries
from store.verification import verify
from tests.stories.town import CODE
from tests.web.browsing import Browser, FormOnPage, Reading
from tests.web.town_hall import HUNG_VU, LEAD, TAN_THANH, TownHall

PAGE = f"/viec?nhiem-vu={CODE}&moc=giai-ngan-40"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def recorded(hall: TownHall) -> list[Entry]:
    with reading(hall.office.store) as opened:
        return [one for one in entries(opened, kinds=[EntryKind.REPORT]) if one.source == "trang web"]


def form(browser: Browser) -> FormOnPage:
    return next(one for one in Reading(browser.get(PAGE).text).forms if "ticket" in one.fields)


def send(browser: Browser, fields: dict[str, str], *files: tuple[str, bytes]) -> Reading:
    sent = [("files", (name, content, "application/octet-stream")) for name, content in files]
    answer = browser.request("POST", "/viec", data=fields, files=sent or None)
    page = Reading(answer.text)
    page.words = " ".join(page.words.split())
    return page


def test_a_figure_that_falls_is_asked_about_and_recorded_after_a_yes(hall: TownHall) -> None:
    browser = hall.signed_in(TAN_THANH)
    asked = send(browser, form(browser).fields | {"value": "3%"})
    assert "Đề nghị xem lại trước khi ghi" in asked.words
    assert recorded(hall) == []
    again = next(one for one in asked.forms if "ticket" in one.fields)
    assert again.fields["value"] == "3%"
    assert "Đã ghi vào sổ" in send(browser, again.fields).words
    assert [one.value.number for one in recorded(hall) if one.value] == [3]


def test_a_yes_to_one_figure_is_no_yes_to_another(hall: TownHall) -> None:
    browser = hall.signed_in(TAN_THANH)
    asked = send(browser, form(browser).fields | {"value": "3%"})
    again = next(one for one in asked.forms if "ticket" in one.fields)
    assert "Đề nghị xem lại trước khi ghi" in send(browser, again.fields | {"value": "2%"}).words
    assert recorded(hall) == []


def test_an_estimate_is_recorded_as_one_and_meets_nothing(hall: TownHall) -> None:
    browser = hall.signed_in(HUNG_VU)
    words = send(browser, form(browser).fields | {"value": "65%", "estimate": "1"}).words
    assert "65% (ước)" in words
    (entry,) = recorded(hall)
    assert entry.value is not None
    assert entry.value.estimate is True
    now = hall.office.overlook().situation(CODE)
    own = [one for one in now.standings if one.subject and one.subject.code == entry.subject]
    assert {one.official for one in own if one.track.milestone.id == "giai-ngan-40"} <= {Official.OPEN_IN_TIME}


def test_a_file_is_kept_with_the_entry_and_handed_to_who_may_see_it(hall: TownHall) -> None:
    browser = hall.signed_in(HUNG_VU)
    page = send(browser, form(browser).fields | {"value": "65%"}, ("Biên bản nghiệm thu.pdf", PDF))
    assert "Đã ghi vào sổ" in page.words
    (entry,) = recorded(hall)
    assert entry.attachments is not None
    (digest,) = entry.attachments
    assert f'href="/nhiem-vu/{CODE}/tep/{digest}"' in hall.signed_in(LEAD).get(f"/nhiem-vu/{CODE}").text
    answer = hall.signed_in(LEAD).get(f"/nhiem-vu/{CODE}/tep/{digest}")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''Bi%C3%AAn%20b%E1%BA%A3n")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    with reading(hall.office.store) as opened:
        assert verify(opened, hall.office.settings.head_file) == ()


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"<script>alert(1)</script>"), ("a.exe", b"MZ\x90"), ("a.pdf", b"")]
)
def test_what_is_no_proof_is_refused_and_nothing_recorded(hall: TownHall, name: str, content: bytes) -> None:
    browser = hall.signed_in(HUNG_VU)
    page = send(browser, form(browser).fields | {"value": "65%"}, (name, content))
    assert "Chưa ghi được vào sổ" in page.words
    assert recorded(hall) == []


def test_a_file_is_found_only_under_its_own_directive_and_hash(hall: TownHall) -> None:
    browser = hall.signed_in(HUNG_VU)
    send(browser, form(browser).fields | {"value": "65%"}, ("a.pdf", PDF))
    digest = (recorded(hall)[0].attachments or ("",))[0]
    assert hall.signed_in(LEAD).get(f"/nhiem-vu/tan-thanh-ntm-2024/tep/{digest}").status_code == 404
    assert hall.signed_in(LEAD).get(f"/nhiem-vu/{CODE}/tep/{'0' * 64}").status_code == 404
    assert hall.signed_in(LEAD).get(f"/nhiem-vu/{CODE}/tep/..%2F..%2Fsecret").status_code == 404
    assert hall.anybody().get(f"/nhiem-vu/{CODE}/tep/{digest}").status_code == 303

"""The other pages of the admin's room: people and their sessions, units, policy, calendar, audit log, keys."""

from __future__ import annotations

import csv
import html
import io
import re

from actions.api_keys import known
from store import reading
from store.api_keys import keys
from store.web_sessions import sessions_of
from tests.web.admin_folder import seal_of
from tests.web.town_hall import ADMIN, FORMER, LEAD, TownHall

HERE = "/quan-tri"


def test_people_are_found_by_words_without_marks_and_taken_home(hall: TownHall) -> None:
    admin = hall.signed_in(ADMIN)
    hall.signed_in(LEAD)
    found = admin.get(f"{HERE}/can-bo?q=dau moi ubnd huyen bac son").text
    assert "dau-moi-ubnd-huyen-bac-son@langson.example" in found
    assert "1 đang mở, vào lần cuối 09:00 ngày 29/11/2026" in found
    gone = admin.get(f"{HERE}/can-bo?q={FORMER}").text
    assert "không còn giữ vị trí nào" in gone
    assert "01/01/2020–31/01/2024" in gone
    assert "Không có cán bộ nào khớp" in admin.get(f"{HERE}/can-bo?q=<script>").text
    rows = list(csv.reader(io.StringIO(admin.get(f"{HERE}/can-bo?q={FORMER}&dang=csv").content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Mã", FORMER]
    assert admin.get(f"{HERE}/can-bo?dang=xlsx").content[:2] == b"PK"


def test_the_sessions_of_one_person_are_ended_and_of_nobody_else(hall: TownHall) -> None:
    admin, lead = hall.signed_in(ADMIN), hall.signed_in(LEAD)
    assert lead.get("/viec").status_code == 200
    sealed = {"dau": seal_of(hall, admin), "person": LEAD}
    assert "Đã kết thúc 1 phiên đăng nhập" in admin.post(f"{HERE}/can-bo/ket-thuc-phien", sealed).text
    assert lead.get("/viec").status_code == 303
    with reading(hall.office.store) as opened:
        assert [one.person for one in sessions_of(opened, hall.wall())] == [ADMIN]
    assert admin.post(f"{HERE}/can-bo/ket-thuc-phien", sealed | {"person": "khong-ai"}).status_code == 404


def test_units_say_when_they_are_and_who_took_over(hall: TownHall) -> None:
    page = hall.signed_in(ADMIN).get(f"{HERE}/don-vi?q=ubnd-huyen-bac-son").text
    assert "đến hết 30/6/2025" in page
    assert "Kế nhiệm" in page
    assert "ubnd-xa-bac-son-2025" in page or "xã Bắc Sơn" in page


def test_the_policy_is_said_in_words_with_its_units(hall: TownHall) -> None:
    page = hall.signed_in(ADMIN).get(f"{HERE}/chinh-sach").text
    assert "30 ngày, 14 ngày, 7 ngày, 3 ngày, 1 ngày, đúng ngày (ngày theo lịch, lùi về ngày làm việc)" in page
    assert "07:30–17:00 các ngày làm việc" in page
    assert "cứ 10 ngày làm việc một lần" in page


def test_the_calendar_of_a_year_names_swapped_days_and_documents(hall: TownHall) -> None:
    admin = hall.signed_in(ADMIN)
    page = admin.get(f"{HERE}/lich?nam=2024").text
    assert "Làm bù cho ngày 29/4/2024" in page
    assert "2450/VPCP-KGVX ngày 12/4/2024" in page
    assert "251 ngày làm việc" in page
    assert "Lịch làm việc năm 2035" in admin.get(f"{HERE}/lich?nam=9999").text, "as far as the calendar goes"
    assert "Lịch làm việc năm 2024" in admin.get(f"{HERE}/lich?nam=x").text
    assert "chưa xác nhận" in admin.get(f"{HERE}/lich?nam=2030").text


def test_the_log_is_filtered_paged_and_taken_home(hall: TownHall) -> None:
    admin = hall.signed_in(ADMIN)
    first = admin.get(f"{HERE}/nhat-ky").text
    assert "Chủ tịch" in first or "Đầu mối" in first
    seen = set(re.findall(r"bút toán số (\d+)", first))
    further = html.unescape(re.findall(r'rel="next" href="([^"]+)"', first)[0])
    second = set(re.findall(r"bút toán số (\d+)", admin.get(further).text))
    assert seen
    assert second
    assert not seen & second, "an event stands on one page alone"
    every = csv.reader(io.StringIO(admin.get(f"{HERE}/nhat-ky?dang=csv").content.decode("utf-8-sig")))
    assert {row[7] for row in every} >= seen | second
    returned = admin.get(f"{HERE}/nhat-ky?loai=ledger.return&tu=26/9/2024&den=26/9/2024&ai=chuyen vien theo doi").text
    assert "bút toán số 82" in returned
    assert len(re.findall(r"bút toán số \d+", returned)) == 1
    assert "Áp dụng cấu hình" in admin.get(f"{HERE}/nhat-ky?loai=configuration.").text
    assert "Đăng nhập" in admin.get(f"{HERE}/nhat-ky?loai=session.&ai={ADMIN}").text
    assert "chưa đọc được ngày" in admin.get(f"{HERE}/nhat-ky?tu=hôm qua").text
    assert admin.get(f"{HERE}/nhat-ky?sau=x~y~z").status_code == 200, "no cursor of ours: the first page"


def test_the_ledger_is_verified_on_a_button_and_the_answer_is_kept(hall: TownHall) -> None:
    admin = hall.signed_in(ADMIN)
    assert "Chưa kiểm chứng lần nào" in admin.get(f"{HERE}/nhat-ky").text
    admin.post(f"{HERE}/nhat-ky/kiem-chung", {"dau": seal_of(hall, admin)})
    assert "chuỗi nguyên vẹn" in admin.get(f"{HERE}/nhat-ky").text
    head = hall.office.settings.head_file
    head.write_text(head.read_text().replace("82", "99"))
    assert "1 sai lệch" in admin.post(f"{HERE}/nhat-ky/kiem-chung", {"dau": seal_of(hall, admin)}).text
    assert "1 sai lệch" in admin.get(HERE).text


def test_a_key_is_shown_once_and_revoked_for_good(hall: TownHall) -> None:
    admin = hall.signed_in(ADMIN)
    sealed = {"dau": seal_of(hall, admin)}
    asked = sealed | {"name": "Phần mềm <kế toán>", "person": LEAD, "scope": "read", "days": "30"}
    made = admin.post(f"{HERE}/khoa/cap", asked).text
    token = re.search(r"dd_[0-9a-f]{12}_[A-Za-z0-9_-]{43}", made)
    assert token
    assert "Phần mềm &lt;kế toán&gt;" in made
    assert token[0] not in admin.get(f"{HERE}/khoa").text
    key = known(hall.office, token[0], hall.wall())
    assert key
    assert (key.person, key.made_by, key.scopes) == (LEAD, ADMIN, ("read",))
    admin.post(f"{HERE}/khoa/thu-hoi", sealed | {"key": key.id})
    with reading(hall.office.store) as opened:
        assert [one.revoked_by for one in keys(opened)] == [ADMIN]
    log = admin.get(f"{HERE}/nhat-ky?loai=key.").text
    assert "Cấp khoá API" in log
    assert "Thu hồi khoá API" in log
    assert admin.post(f"{HERE}/khoa/thu-hoi", sealed | {"key": "000000000000"}).status_code == 404


def test_a_key_that_cannot_be_made_says_why(hall: TownHall) -> None:
    admin = hall.signed_in(ADMIN)
    sealed = {"dau": seal_of(hall, admin)}
    answer = admin.post(f"{HERE}/khoa/cap", sealed | {"name": "Máy", "person": FORMER, "scope": "read"})
    assert answer.status_code == 422
    assert "đang giữ vị trí công tác" in answer.text
    assert admin.post(f"{HERE}/khoa/cap", sealed | {"name": "Máy", "person": LEAD}).status_code == 422

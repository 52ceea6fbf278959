"""Later days, stops, verdicts: stated at the keyboard, in July 2024."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Desk, Dondoc
from tests.config.poisoning import FOOTNOTE_8

LEAD, MONITOR = "dau-moi-ubnd-huyen-bac-son", "theo-doi-van-phong-ubnd-tinh"
PLAN_2024 = "bac-son-giai-ngan-dau-tu-cong-2024"
FORTY = "giai-ngan-40"
ASK = ("extend", FOOTNOTE_8, FORTY, "--to", "2024-10-31", "--reason", "vướng mặt bằng", "--by", LEAD, "--id", "xin-1")
GRANT = ("decide", "xin-1", "--grant", "--by", MONITOR)
JSON = ("--format", "json")


@pytest.fixture
def office(dondoc: Dondoc) -> Dondoc:
    """The program, in an office that adopted its configuration on the day of the inspection."""
    assert dondoc("adopt", "--as-of", "2024-04-22T08:00:00+07:00").code == 0
    return dondoc


def due(office: Dondoc, milestone: str = FORTY) -> tuple[object, object, object]:
    rows = office("status", *JSON).json
    row = next(row for row in rows if (row["directive"], row["milestone"]) == (FOOTNOTE_8, milestone))
    return row["due"], row["original_due"], row["extensions"]


def official(office: Dondoc, directive: str) -> set[object]:
    return {row["official"] for row in office("status", *JSON).json if row["directive"] == directive}


# ----------------------------------------------------------------------------------------------------------- later days


def test_asked_listed_granted_and_both_dues_shown(office: Dondoc) -> None:
    asked = office(*ASK, *JSON)
    assert (asked.code, asked.err) == (0, "")
    assert asked.json.keys() == {"entry", "hash"}
    (row,) = office("requests", *JSON).json
    assert (row["request"], row["due"], row["day"], row["by"]) == ("xin-1", "2024-09-30", "2024-10-31", LEAD)
    assert due(office) == ("2024-09-30", None, 0)
    granted = office(*GRANT, "--to", "2024-10-15", *JSON)
    assert (granted.code, granted.err) == (0, "")
    assert granted.json.keys() == {"entry", "hash"}
    assert due(office) == ("2024-10-15", "2024-09-30", 1)
    assert office("requests", *JSON).json == []


def test_refused_with_its_reason(office: Dondoc) -> None:
    office(*ASK)
    refuse = ("decide", "xin-1", "--refuse", "--by", MONITOR)
    assert "LỖI: cần nêu lý do (--reason)" in office(*refuse).err
    told = office(*refuse, "--reason", "chưa có nguyên nhân khách quan")
    assert (told.code, told.out) == (0, "")
    assert "Đã từ chối; hạn giữ nguyên." in told.err
    assert due(office) == ("2024-09-30", None, 0)
    again = office(*GRANT)
    assert (again.code, again.out) == (1, "")
    assert "đề nghị xin-1 đã có quyết định" in again.err


def test_a_document_extends_without_a_request(office: Dondoc) -> None:
    decree = ("extend", FOOTNOTE_8, FORTY, "--to", "2024-10-31", "--by", MONITOR, "--grant", "--as-of", "2024-07-01")
    assert "cần nêu số, ngày văn bản gia hạn" in office(*decree).err
    told = office(*decree, "--evidence", "Công văn số 99")
    assert told.code == 0
    assert "hạn gốc vẫn được ghi bên cạnh" in told.err
    assert due(office) == ("2024-10-31", "2024-09-30", 1)


def test_a_doubt_is_told_beside_the_json(office: Dondoc) -> None:
    late = ("extend", FOOTNOTE_8, "khoi-cong", "--to", "2024-07-02", "--by", MONITOR, "--grant", "--evidence", "số 99")
    told = office(*late, *JSON)
    assert told.code == 0
    assert told.json.keys() == {"entry", "hash"}
    assert told.err.startswith("Cảnh báo: mốc “Khởi công”: hạn mới 02/7/2024")
    assert "đã qua: mốc vẫn tính là quá hạn" in told.err


def test_for_people_everything_is_a_sentence_or_a_table(office: Dondoc) -> None:
    told = office(*ASK)
    assert (told.code, told.out) == (0, "")
    assert "Đang chờ đơn vị theo dõi quyết định: dondoc decide xin-1" in told.err
    listed = office("requests")
    assert (listed.code, listed.err) == (0, "")
    assert "Đề nghị gia hạn đang chờ, tính đến 08:00 ngày 04/7/2024" in listed.out
    assert "xin-1" in listed.out
    assert office("requests", "--as-of", "2024-07-03", *JSON).json == []


def test_the_table_of_standings_shows_the_original_due(office: Dondoc) -> None:
    office(*ASK)
    office(*GRANT)
    shown = " ".join(office("status").out.split())
    assert "2024-10-31" in shown
    assert "gốc" in shown


def test_a_retry_by_the_same_id_adds_nothing(office: Dondoc) -> None:
    first = office(*ASK, *JSON).json
    assert office(*ASK, *JSON).json == first
    other = office(*ASK[:4], "2024-11-15", *ASK[5:])
    assert (other.code, other.out) == (1, "")
    assert "LỖI: bút toán xin-1 đã có trong sổ với nội dung khác" in other.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((*ASK[:8], "ong-a"), 2, "không có cán bộ “ong-a” trong people.yaml"),
        ((*ASK[:8], "dau-moi-so-xay-dung"), 1, "chỉ đầu mối hoặc thủ trưởng của đơn vị phải thực hiện"),
        ((*ASK[:4], "31/10/2024", *ASK[5:]), 2, "--to: không đọc được “31/10/2024”"),
        ((*ASK[:4], "2024-09-30", *ASK[5:]), 1, "ngày 30/9/2024 phải sau hạn hiện tại 30/9/2024"),
        ((*ASK[:4], "2025-01-31", *ASK[5:]), 1, "đi sau mốc này và có hạn 31/12/2024; gia hạn mốc ấy trước"),
        (("extend", FOOTNOTE_8, "khoi-cong", *ASK[3:]), 1, "hạn đã qua (30/6/2024)"),
        (("extend", FOOTNOTE_8, "khong-co", *ASK[3:]), 1, "không có mốc “khong-co”"),
        (("extend", "khong-co", *ASK[2:]), 1, "không có nhiệm vụ “khong-co” đang có hiệu lực"),
        ((*ASK, "--occurrence", "2024-07-20"), 1, "không lặp lại: bỏ --occurrence"),
        ((*ASK[:10], "xin 1"), 2, "LỖI: --id: "),
        (("decide", "xin-9", "--grant", "--by", MONITOR), 1, "không có đề nghị gia hạn “xin-9”"),
        (("decide", "xin-9", "--by", MONITOR), 2, "chọn đúng một trong --grant (đồng ý) và --refuse (từ chối)"),
        (("decide", "xin-9", "--grant", "--refuse", "--by", MONITOR), 2, "chọn đúng một trong"),
        (("decide", "xin-9", "--refuse", "--to", "2024-10-31", "--by", MONITOR), 2, "--to chỉ đi cùng --grant"),
    ],
    ids=lambda value: "" if isinstance(value, tuple | int) else None,
)
def test_what_cannot_stand_is_told_in_one_sentence(
    office: Dondoc, words: tuple[str, ...], code: int, says: str
) -> None:
    answer = office(*words)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.startswith("LỖI: ")
    assert says in " ".join(answer.err.split())
    assert office("requests", *JSON).json == []


# ---------------------------------------------------------------------------------------------------------------- stops


def test_suspended_resumed_cancelled(office: Dondoc) -> None:
    told = office("suspend", PLAN_2024, "--reason", "chờ quy hoạch", "--by", MONITOR)
    assert (told.code, told.out) == (0, "")
    assert "Những ngày tạm dừng không tự kéo dài hạn" in told.err
    assert official(office, PLAN_2024) == {"suspended"}
    assert "đang tạm dừng" in office("suspend", PLAN_2024, "--reason", "x", "--by", MONITOR).err
    resumed = office("resume", PLAN_2024, "--reason", "đã có quy hoạch", "--by", MONITOR, *JSON)
    assert (resumed.code, resumed.err) == (0, "")
    assert official(office, PLAN_2024) == {"open_in_time"}
    assert "không còn phải thực hiện" in office("cancel", PLAN_2024, "--reason", "thôi", "--by", MONITOR).err
    assert official(office, PLAN_2024) == {"cancelled"}
    refused = office("resume", PLAN_2024, "--reason", "x", "--by", MONITOR)
    assert (refused.code, refused.out) == (1, "")
    assert "đã bị huỷ, không tiếp tục được nữa" in refused.err


def test_a_stop_needs_its_reason_and_the_right_person(office: Dondoc) -> None:
    assert "cần nêu lý do" in office("cancel", PLAN_2024, "--by", MONITOR).err
    assert "chỉ cán bộ của đơn vị theo dõi" in office("cancel", PLAN_2024, "--reason", "x", "--by", LEAD).err
    assert (
        "không có đối tượng “da-99”"
        in office("suspend", PLAN_2024, "--subject", "da-99", "--reason", "x", "--by", MONITOR).err
    )
    assert official(office, PLAN_2024) == {"open_in_time"}


# ------------------------------------------------------------------------------------------------------------- verdicts


def test_confirmed_and_returned(office: Dondoc) -> None:
    said = ("record", FOOTNOTE_8, "khoi-cong", "xong", "--as-of", "2024-06-28", "--by", LEAD)
    report = office(*said, *JSON).json["entry"]

    def completion() -> object:
        rows = office("status", *JSON).json
        return next(r["completion"] for r in rows if (r["directive"], r["milestone"]) == (FOOTNOTE_8, "khoi-cong"))

    assert completion() == "recorded"
    assert office("confirm", report, "--by", MONITOR, *JSON).code == 0
    assert completion() == "confirmed"
    assert "người báo cáo không tự trả lại" in office("return", report, "--reason", "x", "--by", LEAD).err
    assert "cần nêu lý do" in office("return", report, "--by", MONITOR).err
    returned = office("return", report, "--reason", "chưa có lệnh khởi công", "--by", MONITOR)
    assert (returned.code, returned.out) == (0, "")
    assert "mốc lại được nhắc như chưa hoàn thành" in returned.err
    assert completion() == "open"


def test_acknowledged_is_not_done(office: Dondoc) -> None:
    told = office("acknowledge", FOOTNOTE_8, "--by", LEAD)
    assert (told.code, told.out) == (0, "")
    assert "Tạm không nhắc người này trong 5 ngày làm việc; nhiệm vụ chưa phải là xong." in told.err
    assert official(office, FOOTNOTE_8) == {"open_overdue", "open_in_time"}


def test_the_day_of_a_visit_moves_what_has_to_be_ready(office: Dondoc) -> None:
    visit = ("schedule", "bac-son-don-doan-unesco", "ngay-don-doan", "2024-07-15", "--by", LEAD)
    assert "Đã ấn định ngày 15/7/2024." in office(*visit).err
    rows = office("status", *JSON).json
    assert [row["due"] for row in rows if row["directive"] == "bac-son-don-doan-unesco"] == ["2024-07-15"]
    late = office("schedule", "bac-son-don-doan-unesco", "ngay-don-doan", "2024-07-03", "--by", MONITOR)
    assert (late.code, late.out) == (1, "")
    assert "ngày 03/7/2024 đã qua" in late.err


@pytest.mark.parametrize(
    "words",
    [ASK, GRANT, ("requests",), ("cancel", PLAN_2024, "--by", MONITOR), ("confirm", "x", "--by", MONITOR)],
    ids=lambda words: words[0],
)
def test_a_missing_home_is_told_with_the_way_out(dondoc: Dondoc, desk: Desk, words: tuple[str, ...]) -> None:
    answer = dondoc(*words)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"LỖI: không thấy cơ sở dữ liệu {desk.home / 'dondoc.sqlite'}; kiểm tra DONDOC_HOME")
    assert "hoặc khởi tạo đơn vị mới bằng lệnh dondoc adopt" in answer.err
    assert not desk.home.exists()


def test_a_database_without_tables_is_told_with_the_way_out(dondoc: Dondoc, desk: Desk) -> None:
    desk.home.mkdir()
    (desk.home / "dondoc.sqlite").touch()
    answer = dondoc("status")
    assert (answer.code, answer.out) == (1, "")
    assert "chưa có các bảng của đơn vị" in answer.err
    assert "bằng lệnh dondoc adopt" in answer.err
    assert "Traceback" not in answer.err

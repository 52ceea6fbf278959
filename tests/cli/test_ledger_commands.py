"""`adopt`, `record`, `status`, `tick` and `doctor` work on a home, and only on one that exists."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Desk, Dondoc
from tests.config.poisoning import DIRECTIVES, KEPT

PLAN_2024 = "bac-son-giai-ngan-dau-tu-cong-2024"
REPORT = ("record", PLAN_2024, "giai-ngan", "28,6%", "--as-of", "2024-06-30", "--by", "dau-moi-ubnd-huyen-bac-son")
STANDING = {
    "directive",
    "milestone",
    "subject",
    "official",
    "completion",
    "met",
    "timeliness",
    "pace",
    "freshness",
    "value",
    "target",
    "due",
    "original_due",
    "extensions",
}


@pytest.fixture
def office(dondoc: Dondoc) -> Dondoc:
    """The program, in an office that adopted its configuration on the day of the inspection."""
    assert dondoc("adopt", "--as-of", "2024-04-22T08:00:00+07:00").code == 0
    return dondoc


@pytest.mark.parametrize("words", [REPORT, ("status",), ("tick",), ("doctor",)], ids=lambda words: words[0])
def test_a_missing_home_is_told_and_not_made(dondoc: Dondoc, desk: Desk, words: tuple[str, ...]) -> None:
    answer = dondoc(*words)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"LỖI: không thấy cơ sở dữ liệu {desk.home / 'dondoc.sqlite'}; kiểm tra DONDOC_HOME")
    assert not desk.home.exists()


# ---------------------------------------------------------------------------------------------------------------- adopt


def test_adopt_says_what_changed(dondoc: Dondoc) -> None:
    first = dondoc("adopt", "--format", "json")
    assert (first.code, first.err) == (0, "")
    assert first.json.keys() == {"adopted", "unchanged", "removed", "findings"}
    assert set(first.json["adopted"]) == KEPT | {
        f"{n}.yaml" for n in ("units", "people", "policy", "channels", "calendar")
    }
    again = dondoc("adopt", "--format", "json").json
    assert (again["adopted"], set(again["unchanged"])) == ([], set(first.json["adopted"]))


def test_adopt_with_a_fault_takes_the_rest_and_exits_with_1(office: Dondoc, desk: Desk) -> None:
    file = desk.config / DIRECTIVES
    file.write_text(file.read_text(encoding="utf-8").replace("date: 2024-09-30}", "date: 30/0/2021}"), encoding="utf-8")
    answer = office("adopt")
    assert (answer.code, answer.out) == (1, "")
    assert f"LỖI: {DIRECTIVES}:" in answer.err
    assert "Đã đưa vào hiệu lực 0 phần, giữ nguyên 10, bỏ 0." in answer.err


# --------------------------------------------------------------------------------------------------------------- record


def test_record_gives_the_entry_and_its_hash(office: Dondoc) -> None:
    answer = office(*REPORT, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json.keys() == {"entry", "hash"}
    assert len(answer.json["hash"]) == 64


def test_record_for_people_names_the_entry(office: Dondoc) -> None:
    answer = office(*REPORT)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith("Đã ghi bút toán cli-")


def test_record_doubts_a_day_before_the_start_and_records_it(office: Dondoc) -> None:
    early = (("2024-04-21" if word == "2024-06-30" else word) for word in REPORT)
    answer = office(*early, "--yes", "--format", "json")
    assert (answer.code, len(answer.json["hash"])) == (0, 64)
    assert "ngày 21/4/2024 trước ngày nhiệm vụ bắt đầu 22/4/2024; hãy kiểm tra lại ngày báo cáo" in answer.err


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({3: "40"}, 1, "tính bằng phần trăm: ghi 45% hoặc 2,3 tỷ/5,1 tỷ, không ghi 40"),
        ({3: "140%"}, 1, "số báo cáo vượt 100% kế hoạch"),
        ({3: "bốn mươi%"}, 1, "không đọc được số “bốn mươi”"),
        ({5: "2024-07-05"}, 1, "ngày 05/7/2024 còn ở phía trước ngày ghi sổ 04/7/2024"),
        ({5: "30/6/2024"}, 2, "--as-of: không đọc được “30/6/2024”; cần ngày có thật, ví dụ 2024-12-31"),
        ({5: "2024-06-31"}, 2, "--as-of: không đọc được “2024-06-31”; cần ngày có thật, ví dụ 2024-12-31"),
        ({7: "ong-a"}, 2, "không có cán bộ “ong-a” trong people.yaml"),
        ({1: "khong-co"}, 2, "không có chỉ tiêu “giai-ngan” của nhiệm vụ “khong-co”; xem dondoc plan"),
        ({2: "khong-co"}, 2, "không có chỉ tiêu “khong-co” của nhiệm vụ"),
        ({8: "--occurrence", 9: "2024-06-20"}, 1, "nội dung này không lặp lại theo kỳ"),
        ({8: "--subject", 9: "da-99"}, 1, "không có đối tượng “da-99”"),
        ({8: "--subject", 9: "Dự án 1"}, 2, "--subject: giá trị “Dự án 1” không hợp lệ; cần mã gồm chữ thường"),
    ],
    ids=lambda value: "" if isinstance(value, dict | int) else None,
)
def test_record_refuses_what_cannot_stand_in_the_ledger(
    office: Dondoc, change: dict[int, str], code: int, says: str
) -> None:
    words = dict(enumerate(REPORT)) | change
    answer = office(*(words[place] for place in sorted(words)))
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.startswith("LỖI: ")
    assert says in answer.err
    assert [row["value"] for row in office("status", "--format", "json").json if row["directive"] == PLAN_2024] == [
        "13,7%"
    ]


# --------------------------------------------------------------------------------------------------------------- status


def test_status_has_the_keys_of_the_contract(office: Dondoc) -> None:
    answer = office("status", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    assert {row["directive"] for row in answer.json} == KEPT
    for row in answer.json:
        assert row.keys() == STANDING
        assert row["pace"].keys() == {"expected", "required", "forecast", "reason"}
        assert row["official"] in {"open_in_time", "open_overdue", "no_due"}


def test_status_of_a_day_knows_what_was_recorded_by_then(office: Dondoc) -> None:
    office(*REPORT)

    def value(*words: str) -> object:
        rows = office("status", *words, "--format", "json").json
        return next(row["value"] for row in rows if row["directive"] == PLAN_2024)

    assert value() == "28,6%"
    assert value("--as-of", "2024-06-29") == "13,7%"
    assert value("--as-of", "2024-06-30", "--known-at", "2024-07-01") == "13,7%"


def test_status_of_the_last_day_is_in_time_and_of_the_next_is_late(office: Dondoc) -> None:
    def official(day: str) -> object:
        rows = office("status", "--as-of", day, "--format", "json").json
        return next(row["official"] for row in rows if row["directive"] == PLAN_2024)

    assert official("2024-12-31") == "open_in_time"
    assert official("2025-01-01") == "open_overdue"


def test_status_for_people_is_a_table(office: Dondoc) -> None:
    answer = office("status")
    assert (answer.code, answer.err) == (0, "")
    assert "Tình trạng tính đến 08:00 ngày 04/7/2024" in answer.out
    assert "Đang thực hiện, trong hạn" in answer.out


# ------------------------------------------------------------------------------------------------------ tick and doctor


def test_tick_looks_and_previews_once(office: Dondoc) -> None:
    answer = office("tick", "--as-of", "2024-04-22T08:00:00+07:00", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json.keys() >= {"evaluated", "reminders", "sent", "failed", "unknown"}
    assert answer.json["evaluated"] == len(KEPT)
    assert answer.json["reminders"] > 0
    assert (answer.json["sent"], answer.json["failed"]) == (0, 0)
    again = office("tick", "--as-of", "2024-04-22T08:05:00+07:00", "--format", "json").json
    assert (again["evaluated"], again["reminders"]) == (0, 0)


def test_tick_for_people_is_a_table(office: Dondoc) -> None:
    answer = office("tick")
    assert (answer.code, answer.err) == (0, "")
    assert "Lượt chạy lúc 08:00 ngày 04/7/2024" in answer.out


def test_doctor_finds_who_was_not_looked_at_and_is_content_afterwards(office: Dondoc) -> None:
    answer = office("doctor", "--format", "json")
    assert (answer.code, answer.err) == (1, "")
    assert all(finding["severity"] == "error" for finding in answer.json)
    assert "đáng lẽ phải rà soát" in answer.json[0]["message"]
    office("tick")
    healthy = office("doctor")
    assert (healthy.code, healthy.out) == (0, "")
    assert "Mọi việc đều ổn." in healthy.err


def test_doctor_sees_a_ledger_that_was_cut(office: Dondoc, desk: Desk) -> None:
    office("tick")
    (desk.home / "ledger.head").unlink()
    answer = office("doctor")
    assert answer.code == 1
    assert "LỖI: ledger.head: không thấy tệp giữ đầu sổ" in answer.err

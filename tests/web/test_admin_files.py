"""An admin adds a file of directives in the browser: looked at with its plan first, written whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from actions.notice_review import review
from actions.notice_texts import tidy
from store import reading
from store.configuration import newest
from tests.web.admin_folder import FILES, FORM, NEW, OWN, hidden, made, new_notice, seal_of
from tests.web.browsing import Browser
from tests.web.town_hall import ADMIN, TownHall, town_hall


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("cau-hinh") / "config")


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "config"))


@pytest.fixture
def hall(prepared_home: Path, tmp_path: Path, folder: Path) -> Iterator[TownHall]:
    with town_hall(prepared_home, tmp_path / "home", config_dir=str(folder)) as opened:
        yield opened


@pytest.fixture
def admin(hall: TownHall) -> Browser:
    return hall.signed_in(ADMIN)


def sent(hall: TownHall, admin: Browser, text: str, **fields: str) -> httpx.Response:
    whole = {"dau": seal_of(hall, admin), "name": NEW, "text": text, "base": "", "do": "kiem-tra", **fields}
    return admin.request("POST", FORM, files={name: (None, value) for name, value in whole.items()})


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "directives").iterdir()}


def versions(hall: TownHall) -> int:
    with reading(hall.office.store) as opened:
        return newest(opened)


def test_the_plan_is_seen_before_anything_is_written_and_then_it_is_in_force(
    hall: TownHall, admin: Browser, folder: Path
) -> None:
    before, known = files_in(folder), versions(hall)
    checked = sent(hall, admin, new_notice(folder))
    assert checked.status_code == 200
    assert "Tệp không có lỗi" in checked.text
    assert "Huyện Bắc Sơn báo cáo kết quả trước ngày 15/12/2024" in checked.text
    assert "nên xong trước 17:00 ngày 13/12/2024" in checked.text, "15/12 is a Sunday, and excluded"
    assert "06/12/2024 (trước hạn 7 ngày)" in checked.text or "trước hạn 7 ngày" in checked.text
    assert "Báo cáo kết quả giao ban (bao-cao-giao-ban): thêm" in checked.text
    assert (files_in(folder), versions(hall)) == (before, known), "looking wrote something"

    kept = sent(hall, admin, new_notice(folder), do="ghi", seen=hidden(checked.text, "seen"))
    assert kept.status_code == 200
    assert "Báo cáo kết quả giao ban (bao-cao-giao-ban)" in kept.text
    assert files_in(folder) == before | {NEW: new_notice(folder).encode()}
    assert "bao-cao-giao-ban" in hall.office.configuration().directives
    assert admin.get("/nhiem-vu/bao-cao-giao-ban").status_code == 200


def test_a_broken_file_is_never_written_and_the_last_good_version_stays(
    hall: TownHall, admin: Browser, folder: Path
) -> None:
    before, known = files_in(folder), versions(hall)
    for broken, said in (
        (new_notice(folder).replace("2024-12-15", "2024-02-30"), "dòng 30"),
        (new_notice(folder).replace("lead: [ubnd-huyen-bac-son]", "lead: [khong-co]"), "khong-co"),
        ("notice: [", "YAML không hợp lệ"),
        (new_notice(folder).replace("code: bao-cao-giao-ban", "code: bac-son-khoi-cong-moi"), "Trùng mã nhiệm vụ"),
    ):
        looked = review(hall.office, NEW, tidy(broken), hall.office.moment())
        answer = sent(hall, admin, broken, do="ghi", seen=looked.seen)
        assert (answer.status_code, said in answer.text) == (422, True), (said, answer.text)
        assert "Ghi tệp và áp dụng</button>" not in answer.text
    assert (files_in(folder), versions(hall)) == (before, known)


def test_a_new_file_cannot_take_a_directive_from_a_file_that_stands_behind_it(
    hall: TownHall, admin: Browser, folder: Path
) -> None:
    stolen = new_notice(folder).replace("code: bao-cao-giao-ban", "code: bac-son-khoi-cong-moi")
    answer = sent(hall, admin, stolen, name="2023-truoc.yaml")
    assert answer.status_code == 422
    assert "Trùng mã nhiệm vụ" in answer.text


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(hall: TownHall, admin: Browser, folder: Path) -> None:
    form = admin.get(f"{FORM}?ten={OWN}").text
    base, path = hidden(form, "base"), folder / "directives" / OWN
    text = path.read_text(encoding="utf-8")
    mine = text.replace("title: Khởi công", "title: Bảo đảm khởi công")
    checked = sent(hall, admin, mine, name=OWN, base=base)
    theirs = text.replace("title: Khởi công", "title: Kịp khởi công")
    path.write_text(theirs, encoding="utf-8")
    answer = sent(hall, admin, mine, name=OWN, base=base, do="ghi", seen=hidden(checked.text, "seen"))
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in answer.text
    assert path.read_text(encoding="utf-8") == theirs


def test_what_is_written_is_what_was_looked_at(hall: TownHall, admin: Browser, folder: Path) -> None:
    seen = hidden(sent(hall, admin, new_notice(folder)).text, "seen")
    other = new_notice(folder).replace("2024-12-15", "2024-12-20").replace("15/12/2024", "20/12/2024")
    answer = sent(hall, admin, other, do="ghi", seen=seen)
    assert answer.status_code == 422
    assert "đã đổi sau lần kiểm tra" in answer.text
    assert NEW not in files_in(folder)


@pytest.mark.parametrize(
    "name", ["../units.yaml", "..%2funits.yaml", "/etc/passwd", "a/b.yaml", "Á.yaml", "x.yml", ".yaml", "a.yaml\n", ""]
)
def test_no_name_leads_out_of_the_folder(hall: TownHall, admin: Browser, folder: Path, name: str) -> None:
    before = {path: path.read_bytes() for path in folder.parent.rglob("*.yaml")}
    answer = sent(hall, admin, new_notice(folder), name=name, do="ghi")
    assert answer.status_code == 422
    assert "root:" not in admin.request("GET", FORM, params={"ten": name}).text
    assert {path: path.read_bytes() for path in folder.parent.rglob("*.yaml")} == before


def test_a_link_that_leads_out_of_the_folder_is_not_followed(hall: TownHall, admin: Browser, folder: Path) -> None:
    outside = folder.parent / "ngoai.yaml"
    outside.write_text("mat: khau\n", encoding="utf-8")
    (folder / "directives" / "lien-ket.yaml").symlink_to(outside)
    assert "khau" not in admin.get(f"{FORM}?ten=lien-ket.yaml").text
    assert sent(hall, admin, new_notice(folder), name="lien-ket.yaml", do="ghi").status_code == 422
    assert outside.read_text(encoding="utf-8") == "mat: khau\n"


def test_what_is_typed_comes_back_as_text(hall: TownHall, admin: Browser) -> None:
    nasty = "</textarea><script>alert(1)</script>\"'&"
    answer = sent(hall, admin, nasty, name='"><script>alert(2)</script>')
    assert answer.status_code == 422
    assert "<script" not in answer.text
    assert "&lt;/textarea&gt;&lt;script&gt;" in answer.text


def test_lines_and_letters_of_a_browser_become_those_of_a_file(hall: TownHall, admin: Browser, folder: Path) -> None:
    typed = new_notice(folder).replace("\n", "\r\n").replace("á", "a\N{COMBINING ACUTE ACCENT}").rstrip()
    seen = hidden(sent(hall, admin, typed).text, "seen")
    assert sent(hall, admin, typed, do="ghi", seen=seen).status_code == 200
    assert files_in(folder)[NEW] == new_notice(folder).encode()


def test_a_text_that_is_too_long_is_refused(hall: TownHall, admin: Browser, folder: Path) -> None:
    assert sent(hall, admin, "#" * 600_000).status_code == 413
    assert sent(hall, admin, "á" * 200_000).status_code == 422
    assert NEW not in files_in(folder)


def test_files_are_adopted_as_they_were_looked_at(hall: TownHall, admin: Browser, folder: Path) -> None:
    page = admin.get(FILES)
    assert "directives/2024-bac-son.yaml" in page.text
    assert "Không nhiệm vụ nào thay đổi" in page.text
    policy = folder / "policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("[30, 14, 7, 3, 1, 0]", "[20, 7, 3, 0]"), "utf-8")
    fields = {"dau": seal_of(hall, admin), "seen": hidden(page.text, "seen")}
    refused = admin.post(f"{FILES}/ap-dung", fields)
    assert refused.status_code == 422
    assert "vừa được sửa" in refused.text
    looked = admin.get(FILES).text
    assert "Quy chế nhắc việc đổi: ladder" in looked
    done = admin.post(f"{FILES}/ap-dung", fields | {"seen": hidden(looked, "seen")})
    assert done.status_code == 200
    assert "Đã áp dụng" in done.text
    assert hall.office.configuration().rules.policy.ladder.before == (20, 7, 3, 0)
    assert re.search(r"policy\.yaml.*quan-tri-he-thong", done.text, re.DOTALL)


def test_a_broken_area_is_told_by_its_line_and_keeps_its_version(hall: TownHall, admin: Browser, folder: Path) -> None:
    policy, held = folder / "policy.yaml", hall.office.configuration().rules.policy
    policy.write_text(policy.read_text(encoding="utf-8").replace("word_day: 15", "word_day: 45"), encoding="utf-8")
    page = admin.get(FILES).text
    assert re.search(r"Lỗi, <code>policy\.yaml:\d+</code>", page)
    done = admin.post(f"{FILES}/ap-dung", {"dau": seal_of(hall, admin), "seen": hidden(page, "seen")})
    assert done.status_code == 200
    assert hall.office.configuration().rules.policy == held

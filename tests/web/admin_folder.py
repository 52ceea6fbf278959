"""An office whose configuration folder is its own and small: four directives, as they were adopted."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.compat import StringIO

from actions.sign_in import hashed
from config.settings import ROOT
from tests.stories.town import CODE, PLAN
from tests.web.browsing import Browser
from tests.web.town_hall import NTM, UNDATED, TownHall
from web.seal import seal

OWN = "2024-bac-son.yaml"
NEW = "2024-moi.yaml"
FILES, FORM = "/quan-tri/cau-hinh", "/quan-tri/cau-hinh/tep"


def made(folder: Path) -> Path:
    """A copy of the shipped folder with the four directives alone."""
    folder.mkdir(parents=True)
    for name in ("units", "people", "policy", "channels", "calendar"):
        shutil.copy(ROOT / "config" / f"{name}.yaml", folder)
    shutil.copytree(ROOT / "config" / "notices", folder / "notices")
    (folder / "directives").mkdir()
    (folder / "directives" / OWN).write_text(four(), encoding="utf-8")
    return folder


@cache
def four() -> str:
    """The shipped file of directives with four of them."""
    reader = YAML(typ="rt")
    reader.width = 4096
    shipped = reader.load((ROOT / "config" / "directives" / OWN).read_text(encoding="utf-8"))
    kept = {CODE, PLAN, NTM, UNDATED}
    shipped["directives"] = [one for one in shipped["directives"] if one["code"] in kept]
    shipped["facts"] = [one for one in shipped["facts"] if one["directive"] in kept]
    written = StringIO()
    reader.dump(shipped, written)
    return str(written.getvalue())


def new_notice(folder: Path) -> str:
    """A file with one directive that falls due at the end of the year."""
    known = (folder / "directives" / OWN).read_text(encoding="utf-8")
    digest = re.search(r"sha256: (\w+)", known)
    assert digest
    return f"""\
notice:
  code: 2024-moi
  kind: Thông báo
  number: 9/TB-UBND
  issued: 2024-09-20
  issuer: UBND tỉnh Lạng Sơn
  title: Kết luận họp giao ban tháng 9
  short: Thông báo số 9/TB-UBND
  file: notices/2024-bac-son.txt
  sha256: {digest[1]}
  restriction: none
defaults:
  starts: 2024-09-25
  starts_chosen_by: quản trị viên
  monitor: van-phong-ubnd-tinh
  monitor_chosen_by: quản trị viên
directives:
  - code: bao-cao-giao-ban
    title: Báo cáo kết quả giao ban
    section: II.1
    quote: "Huyện Bắc Sơn báo cáo kết quả trước ngày 15/12/2024"
    lead: [ubnd-huyen-bac-son]
    metrics:
      - {{id: bao-cao, kind: event, name: Gửi báo cáo}}
    milestones:
      - id: bao-cao
        name: Gửi báo cáo
        metric: bao-cao
        target: xong
        due: {{phrase: "trước ngày 15/12/2024", date: 2024-12-15, bound: exclusive}}
facts: []
"""


def seal_of(hall: TownHall, browser: Browser) -> str:
    """The seal of the forms of whoever is signed in there."""
    return seal(hall.office.settings.signing_secret(), hashed(browser.cookies["dondoc"]))


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of the page."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', page)
    assert found, f"no field {name}"
    return found[1]

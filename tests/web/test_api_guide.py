"""Every call of the guide is a call of the API, and does what the guide says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from config.settings import ROOT
from tests.web.api_client import Program, program
from tests.web.town_hall import LEAD, TownHall

GUIDE = (ROOT / "docs" / "vi" / "api.md").read_text(encoding="utf-8")


def calls() -> list[list[str]]:
    """The words after each `curl -s`."""
    blocks = "".join(re.findall(r"^```sh\n(.*?)^```$", GUIDE, flags=re.MULTILINE | re.DOTALL))
    return [shlex.split(call.replace("\\\n", " ")) for call in re.split(r"^curl -s ", blocks, flags=re.MULTILINE)[1:]]


def sent(by: Program, words: list[str]) -> tuple[int, str, str]:
    """Status, method and path of a call."""
    method, address, headers, body = "GET", "", {}, None
    rest = iter(words)
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value.replace("$KHOA", str(by.key))
        elif word == "-d":
            body = next(rest).encode()
        else:
            address = word.removeprefix("$API")
    answer = Program(by.app, None, headers).call(method, address, content=body)
    return answer.status_code, method, address


def test_every_call_of_the_guide_succeeds(hall: TownHall) -> None:
    lead, found = program(hall, LEAD), calls()
    assert len(found) == 10
    done = [sent(lead, words) for words in found]
    assert [(call, status) for status, *call in done if status not in {200, 201}] == []
    told = set(lead.read("/openapi.json")["paths"])
    named = {re.sub(r"^/directives/.+", "/directives/{code}", call[2].partition("?")[0]) for call in done}
    assert named == told


def test_the_guide_names_every_kind_of_statement(hall: TownHall) -> None:
    document = Program(hall.app, None).read("/openapi.json")
    kinds = document["components"]["schemas"]["Statement"]["discriminator"]["mapping"]
    assert [kind for kind in kinds if kind not in GUIDE] == []
    statuses = {
        status for methods in document["paths"].values() for one in methods.values() for status in one["responses"]
    }
    assert [status for status in statuses if status >= "400" and status not in GUIDE] == []
    assert Path("docs/vi/api.md").name in (ROOT / "README.md").read_text(encoding="utf-8")

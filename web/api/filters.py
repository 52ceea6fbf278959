"""Which directives a program asks for, as in the list on the pages; and a line for each."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from domain.clocktime import local_date
from domain.office import Office
from domain.situation import Situation
from domain.standing import Official
from domain.vietnamese import nfc
from web.api.kinds import Code

WORST_FIRST = (
    Official.OPEN_OVERDUE,
    Official.OPEN_IN_TIME,
    Official.NO_DUE,
    Official.SUSPENDED,
    Official.DONE_LATE,
    Official.DONE_ON_TIME,
    Official.CANCELLED,
)


class Wanted(BaseModel):
    """Filters; what is not given lets everything pass."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str | None, Field(max_length=200, description="Có trong mã, tên hoặc nguyên văn nhiệm vụ.")] = None
    unit: Annotated[Code | None, Field(description="Đơn vị chủ trì, phối hợp, theo dõi hoặc của một đối tượng.")] = None
    official: Annotated[Official | None, Field(description="Có mốc đang ở tình trạng này.")] = None
    notice: Annotated[Code | None, Field(description="Mã văn bản giao.")] = None
    after: Annotated[Code | None, Field(description="Trang sau: giá trị next của trang trước.")] = None
    limit: Annotated[int, Field(ge=1, le=500, description="Số nhiệm vụ một trang.")] = 100


def passes(wanted: Wanted, one: Situation) -> bool:
    """Whether the directive is asked for."""
    directive = one.directive
    return (
        (wanted.notice is None or directive.notice.code == wanted.notice)
        and (wanted.official is None or wanted.official in officials(one))
        and (wanted.unit is None or wanted.unit in _units(one))
        and (wanted.text is None or _contains(one, nfc(wanted.text).casefold().split()))
    )


def officials(one: Situation) -> list[Official]:
    """How its milestones stand as a whole, the worst first, each once."""
    found = {standing.official for standing in one.standings if standing.subject is None}
    return [official for official in WORST_FIRST if official in found]


def line(one: Situation) -> dict[str, Any]:
    """The directive in a list."""
    directive, office = one.directive, one.rules.office
    dues = [standing.due.nominal for standing in one.standings if standing.open and standing.due]
    return {
        "code": directive.code,
        "title": directive.title,
        "section": directive.section,
        "notice": directive.notice.code,
        "reference": directive.notice.reference(),
        "lead": [named(office, code) for code in one.lead],
        "monitor": named(office, directive.monitor),
        "official": [official.value for official in officials(one)],
        "due": min(dues).isoformat() if dues else None,
    }


def named(office: Office, code: str) -> dict[str, str]:
    """A unit or group by code and name."""
    return {"code": code, "name": office.name_of(code)}


def _units(one: Situation) -> frozenset[str]:
    """The units it names, members of groups as well."""
    directive, office = one.directive, one.rules.office
    codes = (*one.lead, *directive.lead, *directive.coordinating, directive.monitor)
    subjects = (subject.unit for subject in one.state.subjects if subject.unit)
    return frozenset((*codes, *office.expand(codes, local_date(one.as_of)), *subjects))


def _contains(one: Situation, words: list[str]) -> bool:
    directive = one.directive
    said = nfc(f"{directive.code} {directive.title} {directive.quote} {directive.notice.reference()}").casefold()
    return all(word in said for word in words)

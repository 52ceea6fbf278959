"""A book in memory, with the rules the real one must keep: once per entry id, and nothing unreadable."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, time

from domain.clocktime import at, local_date
from domain.digest import Item, Section, SubjectLine
from domain.figures import read_value, say
from domain.findings import Finding, Severity
from domain.office import Person
from domain.vietnamese import UnreadableError
from tests.channels.digests import DAU_MOI, FORTY, NEW_PROJECTS, START_LATE, THEO_DOI, UNDATED
from web.book import About, Recorded, Statement

NOW = at(local_date(datetime.fromisoformat("2024-07-04T12:00:00+07:00")), time(9, 15))

FORTY_OPEN = Item(
    milestone="giai-ngan-40",
    name="Giải ngân 40%",
    target="tối thiểu 40%",
    due=FORTY,
    late=False,
    working_days=60,
    summary="2/12 dự án chưa đạt",
    subjects=tuple(
        SubjectLine(
            code=f"da-{n}",
            name=f"Dự án minh hoạ số {n}",
            have="24% (1,2 tỷ đồng/5 tỷ đồng)",
            missing="còn thiếu 16 điểm phần trăm, tương đương 0,8 tỷ đồng",
        )
        for n in (1, 2)
    ),
    reasons=START_LATE.reasons,
)
WORD = Item(
    milestone="tinh-hinh",
    name="Tình hình thực hiện",
    target="",
    due=None,
    late=False,
    working_days=0,
    summary="chưa có báo cáo",
    reasons=START_LATE.reasons,
)
SECTIONS = (
    Section(directive=NEW_PROJECTS, items=(START_LATE, FORTY_OPEN)),
    *(Section(directive=directive, items=(WORD,)) for directive in UNDATED),
)


@dataclass
class MemoryBook:
    """Two people; the first has work to record, the second watches."""

    people: dict[str, Person] = field(default_factory=lambda: {one.code: one for one in (DAU_MOI, THEO_DOI)})
    sections: dict[str, tuple[Section, ...]] = field(default_factory=lambda: {DAU_MOI.code: SECTIONS})
    now: datetime = NOW
    ledger: dict[str, tuple[Statement, Recorded]] = field(default_factory=dict)

    def clock(self) -> datetime:
        return self.now

    def person(self, code: str) -> Person | None:
        return self.people.get(code)

    def items(self, person: str, as_of: datetime) -> tuple[Section, ...]:
        assert as_of == self.now
        return self.sections.get(person, ())

    def has(self, entry: str) -> bool:
        return entry in self.ledger

    def why_gone(self, about: About, as_of: datetime) -> Finding:
        assert as_of == self.now
        said = f"{about.directive}/{about.milestone}/{about.subject} không còn trong danh sách"
        return Finding(severity=Severity.ERROR, message=said)

    def record(self, statement: Statement, now: datetime) -> Recorded | tuple[Finding, ...]:
        if statement.entry in self.ledger:
            return self.ledger[statement.entry][1].model_copy(update={"repeated": True})
        directive = next(
            section.directive
            for section in self.sections[statement.person]
            if section.directive.code == statement.directive
        )
        metric = directive.metric(statement.metric)
        try:
            value = read_value(statement.value, metric)
        except UnreadableError as error:
            return (Finding(severity=Severity.ERROR, message=str(error), field="value"),)
        recorded = Recorded(
            entry=statement.entry,
            what=f"{metric.name}, {directive.title}",
            value=say(metric, value),
            as_of=statement.as_of,
            recorded_at=now,
            hash=hashlib.sha256(statement.model_dump_json().encode()).hexdigest(),
        )
        self.ledger[statement.entry] = (statement, recorded)
        return recorded

"""A book in memory, with the rules the real one must keep: once per entry id, and nothing unreadable."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, time

from fastapi import APIRouter, Request

from domain.clocktime import at, local_date
from domain.digest import Item, Section, SubjectLine
from domain.figures import read_value, say
from domain.findings import Finding, Severity
from domain.office import Person
from domain.vietnamese import UnreadableError
from tests.channels.digests import DAU_MOI, FORTY, NEW_PROJECTS, START_LATE, THEO_DOI, UNDATED
from web.book import About, Asked, Book, Choice, Movable, Noted, Read, Recorded, Statement, Told
from web.person import person_routes
from web.visit import Opening, Visit

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


def own_page(person: str = DAU_MOI.code) -> str:
    """Where `at_home` shows the page of a person."""
    return f"/cua/{person}"


def said_in_address(book: Book, secret: str) -> Opening:
    """Pages as who is signed in has them; who that is, is said in their address."""

    def visit(request: Request) -> Visit:
        code = request.path_params["person"]
        person = book.person(code)
        assert person is not None
        return Visit(book, secret, f"session of {code}", own_page(code), person, book.clock(), illustrative=False)

    return visit


def at_home(book: Book, secret: str, *, zalo: bool = False) -> APIRouter:
    """The page of everybody, as who is signed in has it."""
    return person_routes(said_in_address(book, secret), own_page("{person}"), zalo=zalo)


@dataclass
class MemoryBook:
    """Two people; the first has work to record, the second watches."""

    people: dict[str, Person] = field(default_factory=lambda: {one.code: one for one in (DAU_MOI, THEO_DOI)})
    sections: dict[str, tuple[Section, ...]] = field(default_factory=lambda: {DAU_MOI.code: SECTIONS})
    now: datetime = NOW
    ledger: dict[str, tuple[Statement, Recorded]] = field(default_factory=dict)
    answers: dict[str, tuple[Read | Asked, Noted]] = field(default_factory=dict)
    """Receipts and requests."""

    def clock(self) -> datetime:
        return self.now

    def person(self, code: str) -> Person | None:
        return self.people.get(code)

    def items(self, person: str) -> tuple[Section, ...]:
        return self.sections.get(person, ())

    def items_of(self, person: str, directive: str, as_of: datetime) -> tuple[Section, ...]:
        assert as_of == self.now
        return tuple(one for one in self.items(person) if one.directive.code == directive)

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

    def told(self, person: str, directive: str, as_of: datetime) -> Told | Finding:
        assert as_of == self.now
        known = [one.directive for one in self.sections.get(person, ()) if one.directive.code == directive]
        return Told(directive=known[0], days=5) if known else _error("không thuộc diện được nhắc")

    def acknowledge(self, read: Read, now: datetime) -> Noted | tuple[Finding, ...]:
        return self._noted(read, f"Tiếp nhận {read.directive}", now)

    def movable(self, person: str, about: About, as_of: datetime) -> Movable | Finding:
        assert as_of == self.now
        for section in self.sections.get(person, ()):
            for item in section.items:
                same = (section.directive.code, item.milestone) == (about.directive, about.milestone)
                if same and item.due and not item.late:
                    choices = (*(Choice(line.code, line.name) for line in item.subjects), Choice("", "Toàn bộ dự án"))
                    return Movable(
                        directive=section.directive,
                        milestone=item.milestone,
                        name=item.name,
                        due=item.due,
                        choices=choices,
                        monitor="Văn phòng UBND tỉnh",
                    )
        return _error("hạn đã qua")

    def ask(self, asked: Asked, now: datetime) -> Noted | tuple[Finding, ...]:
        if asked.day <= local_date(now):
            return (_error("ngày đề nghị phải sau hạn hiện tại"),)
        return self._noted(asked, f"Gia hạn {asked.milestone}", now)

    def _noted(self, said: Read | Asked, what: str, now: datetime) -> Noted:
        if said.entry in self.answers:
            return self.answers[said.entry][1].model_copy(update={"repeated": True})
        digest = hashlib.sha256(said.model_dump_json().encode()).hexdigest()
        noted = Noted(entry=said.entry, what=what, recorded_at=now, hash=digest)
        self.answers[said.entry] = (said, noted)
        return noted


def _error(message: str) -> Finding:
    return Finding(severity=Severity.ERROR, message=message)

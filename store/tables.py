"""The tables. A row is built from a domain value that has been validated: a table class validates nothing.

Texts have no length here, so that both engines take the same; JSON is kept as text, so that neither needs a type of
its own. Changing a table needs a migration (store/migrations); a test compares the two.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.instant import UtcInstant


class EntryRow(SQLModel, table=True):
    """A sealed entry. `body` is the statement; the columns repeat what is searched by. Triggers refuse any change."""

    __tablename__ = "entry"
    __table_args__ = (Index("entry_by_directive", "directive", "seq"), Index("entry_by_kind", "kind", "seq"))

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: str = Field(unique=True)
    kind: str
    directive: str
    subject: str | None
    metric: str | None
    as_of: date
    recorded_at: datetime = Field(sa_type=UtcInstant)
    body: str
    """Canonical JSON of the domain's Entry (store/chain.py): these very characters are hashed."""
    previous: str
    hash: str


class ChainHeadRow(SQLModel, table=True):
    """The one row every append locks: how many entries there are, and the hash of the last."""

    __tablename__ = "chain_head"
    __table_args__ = (CheckConstraint("id = 1", name="chain_head_is_one_row"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    count: int
    hash: str


class ConfigVersionRow(SQLModel, table=True):
    """One version of one part of the configuration; the latest of an area and code is the current one."""

    __tablename__ = "config_version"
    __table_args__ = (Index("config_version_by_part", "area", "code", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    area: str
    code: str
    adopted_at: datetime = Field(sa_type=UtcInstant)
    adopted_by: str
    sha256: str
    body: str
    removed: bool


class MessageRow(SQLModel, table=True):
    """What one person is sent on one channel. Its text never changes once claimed; triggers refuse it."""

    __tablename__ = "message"
    __table_args__ = (
        Index("message_by_state", "state", "lease_until"),
        Index("message_by_day", "at"),
        Index("message_by_person", "person", "channel", "at"),
        Index("message_by_channel", "channel", "claimed_at"),
    )

    id: str = Field(primary_key=True)
    person: str
    channel: str
    address: str
    at: datetime = Field(sa_type=UtcInstant)
    subject: str
    text: str
    html: str | None
    claimed_at: datetime = Field(sa_type=UtcInstant)
    state: str
    attempts: int
    """Transmissions begun; the number of the last is what a worker must show to report its end."""
    unknowns: int
    """Transmissions of which nobody knows the end."""
    worker: str
    lease_until: datetime = Field(sa_type=UtcInstant)
    updated_at: datetime = Field(sa_type=UtcInstant)
    provider_id: str | None = Field(default=None, index=True)
    """What the other side calls it, where it does: receipts come back under it."""


class PictureRow(SQLModel, table=True):
    """A picture that a message shows, frozen with it. Triggers refuse any change."""

    __tablename__ = "picture"

    message_id: str = Field(foreign_key="message.id", primary_key=True)
    cid: str = Field(primary_key=True)
    """Its name within the message, as `cid:…` has it."""
    content_type: str
    content: bytes = Field(sa_type=LargeBinary)


class DeliveryRow(SQLModel, table=True):
    """A delivery; the key can exist only once."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint(
            "directive", "milestone", "rung", "occurrence", "person", "channel", name="delivery_exists_once"
        ),
        Index("delivery_by_state", "state", "not_before"),
        Index("delivery_by_message", "message_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    directive: str
    milestone: str
    rung: str
    occurrence: str
    person: str
    channel: str
    reason: str
    subjects: str
    """JSON list of codes."""
    rung_at: datetime = Field(sa_type=UtcInstant)
    not_before: datetime = Field(sa_type=UtcInstant)
    state: str
    note: str | None
    message_id: str | None = Field(foreign_key="message.id")
    """The message that carries it, or, while it is planned again, the one that last did."""
    attempt: int
    """How often it has been claimed."""
    planned_at: datetime = Field(sa_type=UtcInstant)
    updated_at: datetime = Field(sa_type=UtcInstant)


class AttemptRow(SQLModel, table=True):
    """One line of the log of transmissions. Triggers refuse any change."""

    __tablename__ = "attempt"

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(foreign_key="message.id", index=True)
    number: int
    at: datetime = Field(sa_type=UtcInstant)
    outcome: str
    code: str | None
    detail: str | None


class MomentRow(SQLModel, table=True):
    """When a directive has to be looked at again, and how much of the ledger the last look had seen."""

    __tablename__ = "moment"

    directive: str = Field(primary_key=True)
    next_moment: datetime | None = Field(sa_type=UtcInstant, index=True)
    evaluated_at: datetime = Field(sa_type=UtcInstant)
    seen: int


class MarkRow(SQLModel, table=True):
    """A word about the store itself, e.g. that it belongs to a demonstration."""

    __tablename__ = "mark"

    name: str = Field(primary_key=True)
    value: str


class StopRow(SQLModel, table=True):
    """Sending stopped: for all, for a channel, or for one person on it; kept when it is over."""

    __tablename__ = "channel_stop"
    __table_args__ = (
        Index(
            "channel_stop_is_open_once",
            "channel",
            "person",
            "kind",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    """Empty: every channel."""
    person: str
    """Empty: everybody."""
    address: str
    """Empty: whatever it is."""
    kind: str
    reason: str
    since: datetime = Field(sa_type=UtcInstant)
    until: datetime | None = Field(sa_type=UtcInstant)
    """From then on it is tried again; None: until somebody lifts it."""
    lifted_at: datetime | None = Field(sa_type=UtcInstant)
    lifted_by: str | None


class NoticeRow(SQLModel, table=True):
    """Something an admin has to be told."""

    __tablename__ = "notice"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcInstant)
    about: str
    """The channel that does not work, and is not used to say so; empty: none."""
    matter: str
    """What it is about, for not saying the same again and again."""
    text: str
    told_at: datetime | None = Field(sa_type=UtcInstant, index=True)
    told: str | None
    """By which way, and to whom."""


class ZaloQuestionRow(SQLModel, table=True):
    """What a user was asked to confirm before it is recorded, and what became of it."""

    __tablename__ = "zalo_question"
    __table_args__ = (Index("zalo_question_by_user", "oa_id", "user_id", "asked_at"),)

    id: str = Field(primary_key=True)
    """Of the entry it becomes."""
    oa_id: str
    user_id: str
    person: str
    directive: str
    milestone: str
    metric: str
    subject: str | None
    occurrence: date | None
    written: str
    """The value as `record` takes it."""
    said: str
    """What they wrote, for quoting it."""
    as_of: date
    asked_at: datetime = Field(sa_type=UtcInstant)
    answer: str | None
    """None while it waits."""
    answered_at: datetime | None = Field(sa_type=UtcInstant)


class ZaloTokenRow(SQLModel, table=True):
    """The one pair of tokens of an Official Account, sealed, and who is renewing it (store/zalo_tokens.py)."""

    __tablename__ = "zalo_token"

    oa_id: str = Field(primary_key=True)
    generation: int
    """How many pairs there have been: the fence of every change."""
    access: str
    refresh: str
    obtained_at: datetime = Field(sa_type=UtcInstant)
    expires_at: datetime = Field(sa_type=UtcInstant)
    state: str
    asked: int
    """How often this refresh token went out and nobody knows what became of it."""
    holder: str
    lease_until: datetime | None = Field(sa_type=UtcInstant)
    not_before: datetime | None = Field(sa_type=UtcInstant)
    note: str | None
    alarmed_at: datetime | None = Field(sa_type=UtcInstant)


class ZaloEventRow(SQLModel, table=True):
    """An event of Zalo's webhook that was dealt with; the id can exist only once."""

    __tablename__ = "zalo_event"

    id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcInstant, index=True)


class ZaloContactRow(SQLModel, table=True):
    """A user of an Official Account, and which of our people it is."""

    __tablename__ = "zalo_contact"

    oa_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    person: str | None = Field(index=True)
    follows: bool
    heard_at: datetime | None = Field(sa_type=UtcInstant)
    """When they last did something that opens the seven days of consultation."""


CHAIN_HEAD, ENTRY = SQLModel.metadata.tables["chain_head"], SQLModel.metadata.tables["entry"]
"""The tables of the ledger themselves: to ask them takes a third of the time that it takes by their classes."""

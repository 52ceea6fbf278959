"""The stand-in's Official Account: who may be written to, how much, and what their phones show."""

from __future__ import annotations

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from demo.zalo.keeping import Bubbles
from demo.zalo.people import Bubble, Kind, Mark, Press, Reader
from demo.zalo.postman import Postman

WEEK = timedelta(days=7)
Answer = dict[str, object]


@dataclass
class Account:
    """Everything the API and the page work on. Methods that change something hold the lock."""

    oa_id: str
    clock: Callable[[], datetime]
    bubbles: Bubbles
    postman: Postman
    per_minute: int | None = None
    """Calls of the account in a minute (100 on the smaller plans); None: not counted, for clocks that stand."""
    left_today: int = 5000
    """Template messages the account may still send."""
    templates: dict[str, str] = field(default_factory=dict)
    """Approved templates by number; a parameter stands in the words as `<name>`."""
    receipt_after: float = 0.0
    """Seconds from a message to its receipt."""
    patience: float = 0.0
    """Seconds for which a page waits for the answer to what was written on it."""
    readers: dict[str, Reader] = field(default_factory=dict)
    _calls: deque[datetime] = field(default_factory=deque)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def add(self, reader: Reader) -> Reader:
        """A user of the account."""
        self.readers[reader.user] = reader
        return reader

    def crowded(self) -> Answer | None:
        """The refusal of a call too many in this minute."""
        with self._lock:
            now = self.clock()
            while self._calls and self._calls[0] <= now - timedelta(minutes=1):
                self._calls.popleft()
            if self.per_minute is not None and len(self._calls) >= self.per_minute:
                return {"error": -32, "message": "Your OA reached limit call api"}
            self._calls.append(now)
            return None

    def by_phone(self, phone: str) -> Reader | None:
        """Who has that number."""
        return next((one for one in self.readers.values() if one.phone and one.phone == phone), None)

    def deliver(
        self, reader: Reader, kind: Kind, text: str, presses: tuple[Press, ...] = (), tracking: str = ""
    ) -> Bubble:
        """Put a message on a phone; its receipt follows by the webhook."""
        with self._lock:
            bubble = Bubble(
                id=secrets.token_hex(10),
                user=reader.user,
                at=self.clock(),
                kind=kind,
                text=text,
                presses=presses,
                tracking=tracking,
            )
            self.bubbles.put(bubble)
            if reader.left_today is not None:
                reader.left_today -= 1
        self.postman.send(self._receipt(bubble, reader), self.receipt_after)
        self._move(bubble, Mark.RECEIVED)
        return bubble

    def seen(self, user: str) -> None:
        """The person opens the chat: what they had not seen, they have now."""
        fresh = [one for one in self.bubbles.of(user) if one.kind is Kind.OA and one.mark is not Mark.SEEN]
        for bubble in fresh:
            self._move(bubble, Mark.SEEN)
        if fresh:
            ids = [bubble.id for bubble in fresh]
            self.postman.send(self._event("user_seen_message", user, message={"msg_ids": ids}))

    def says(self, user: str, text: str, *, shown: bool = True) -> None:
        """The person writes to the account, or presses a button whose word is not shown."""
        with self._lock:
            self.readers[user].heard = self.clock()
            message_id = secrets.token_hex(10)
            if shown:
                said = Bubble(id=message_id, user=user, at=self.clock(), kind=Kind.USER, text=text, mark=Mark.SEEN)
                self.bubbles.put(said)
        self.postman.send(self._event("user_send_text", user, message={"msg_id": message_id, "text": text}))

    def await_answer(self, user: str) -> None:
        """Wait a little for what the office says to the user: pages here do not load again by themselves."""
        deadline, before = time.monotonic() + self.patience, len(self.bubbles.of(user))
        while len(self.bubbles.of(user)) == before and time.monotonic() < deadline:
            time.sleep(0.05)

    def greets(self, user: str) -> None:
        """The person sends a thumb: it says nothing, and opens the seven days anew."""
        self.readers[user].heard = self.clock()
        message: Answer = {"msg_id": secrets.token_hex(10)}
        self.postman.send(self._event("user_send_sticker", user, message=message))

    def follows(self, user: str, yes: bool) -> None:
        """The person begins or ceases to follow the account."""
        reader = self.readers[user]
        reader.follows, reader.heard = yes, self.clock() if yes else reader.heard
        event: Answer = {"event_name": "follow" if yes else "unfollow", "oa_id": self.oa_id, "follower": {"id": user}}
        self.postman.send(event | {"app_id": self.app_id, "timestamp": self._stamp()})

    @property
    def app_id(self) -> str:
        """The application the webhook speaks to."""
        return self.postman.app_id

    def _move(self, bubble: Bubble, mark: Mark) -> None:
        self.bubbles.put(bubble.model_copy(update={"mark": mark}))

    def _receipt(self, bubble: Bubble, reader: Reader) -> Answer:
        """Of a template by phone, the number it went to and our own name for it."""
        to = reader.phone if bubble.tracking else reader.user
        message: Answer = {"msg_id": bubble.id, "delivery_time": self._stamp()}
        if bubble.tracking:
            message["tracking_id"] = bubble.tracking
        who = {"sender": {"id": self.oa_id}, "recipient": {"id": to}}
        event: Answer = {"event_name": "user_received_message", "app_id": self.app_id, **who, "message": message}
        return event | {"timestamp": self._stamp()}

    def _event(self, name: str, user: str, message: Answer) -> Answer:
        who: Answer = {"sender": {"id": user}, "recipient": {"id": self.oa_id}}
        return {"app_id": self.app_id, **who, "event_name": name, "message": message, "timestamp": self._stamp()}

    def _stamp(self) -> str:
        return str(int(self.clock().timestamp() * 1000))

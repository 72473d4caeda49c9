"""Every text of the world, newest last, with an upper bound: beyond it the oldest is forgotten."""

from collections import deque
from collections.abc import Iterator

from answerback_emulator.world.records import Text

THREAD_LENGTH = 1_000


class TextStore:
    """Texts by sid, and what each phone sees."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._by_sid: dict[str, Text] = {}
        self._threads: dict[str, deque[Text]] = {}

    def add(self, text: Text) -> None:
        """Keep a new text; forgets the oldest one when full."""
        self._by_sid[text.sid] = text
        if len(self._by_sid) > self._capacity:
            del self._by_sid[next(iter(self._by_sid))]

    def find(self, sid: str) -> Text | None:
        """The text with this sid, or None."""
        return self._by_sid.get(sid)

    def remove(self, sid: str) -> None:
        """Forget a text on the account's side; the phone keeps what it got."""
        self._by_sid.pop(sid, None)

    def newest_first(self) -> Iterator[Text]:
        """All texts, as the carrier lists them."""
        return reversed(self._by_sid.values())

    def oldest_first(self) -> Iterator[Text]:
        """All texts in the order they came."""
        return iter(self._by_sid.values())

    def show_on_phone(self, phone: str, text: Text) -> None:
        """Append to what the phone shows."""
        self._threads.setdefault(phone, deque(maxlen=THREAD_LENGTH)).append(text)

    def thread(self, phone: str) -> list[Text]:
        """What the phone shows, oldest first."""
        return list(self._threads.get(phone, ()))

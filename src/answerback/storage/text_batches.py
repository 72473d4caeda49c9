"""Texts of ours on their way into the thread and the outbox: one or thousands, in the same statement."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

import msgspec

from answerback.storage.connection import Connection


@dataclass(slots=True)
class Thread:
    """A conversation to put texts in: locked, or `new` and not stored yet. It keeps what the texts of a batch change.

    `customer_opened` as in ConversationFacts; `preview` of the last text that leaves now.
    """

    id: int
    contact_id: int
    phone: str
    last_seq: int = 0
    customer_opened: bool = False
    new: bool = False
    texts: int = 0
    preview: str | None = None
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """All of a text but its words and its place; thousands have one in common.

    `purpose` and `lane` are its place in the outbox: None where it does not leave. `due_at` set: scheduled. `about` and
    `subject` for the rules on how often somebody may be texted unasked: None where they do not count it. `kind` and
    `data` are of its event.
    """

    origin: str
    author_id: int | None
    client_key: str | None
    parts: int
    encoding: str
    status: str
    status_rank: int
    error_class: str | None
    error_sentence: str | None
    decision: Mapping[str, object]
    from_number_id: int | None  # where it is not the conversation's own, and why
    detour: str | None
    due_at: datetime | None
    purpose: str | None
    lane: int | None
    about: str | None
    subject: str | None
    kind: str
    data: Mapping[str, object]


class NewText(msgspec.Struct, frozen=True):
    """A text and its place in its thread; `stamp` counts from 1."""

    thread: Thread
    seq: int
    body: str
    stamp: int


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose texts they are. `gate` is the version of the rules that let them pass."""

    number_id: int
    provider_account_id: int
    gate: str


Pair = tuple[int, str]
_THREAD = attrgetter("id", "new", "contact_id", "phone", "last_seq", "texts", "preview", "answers")
_STAMP = attrgetter(*(field.name for field in fields(Stamp)))
STORE: Final = f"select store_outbound_texts({', '.join(f'${place + 1}' for place in range(17 + len(fields(Stamp))))})"


async def lock_threads(connection: Connection, pairs: Collection[Pair]) -> dict[Pair, Thread]:
    """Of each pair (our number's id, phone) the latest conversation, all locked in the order of their ids, else a new
    one that is routed to nobody. Contacts are made where there are none."""
    rows = await connection.fetch(
        "select * from lock_threads($1, $2)", [number_id for number_id, _ in pairs], [phone for _, phone in pairs]
    )
    return {
        (number_id, phone): Thread(thread_id, contact_id, phone, last_seq, customer_opened, new)
        for number_id, phone, contact_id, thread_id, new, last_seq, customer_opened in rows
    }


async def store_outbound_texts(
    connection: Connection, sender: Sender, texts: Sequence[NewText], stamps: Sequence[Stamp]
) -> list[int]:
    """Their ids, in their order. The threads hold the places that the texts have taken."""
    threads = list({text.thread.id: text.thread for text in texts}.values())
    of_texts: list[tuple[Any, ...]] = [
        (text.thread.id, text.thread.contact_id, text.thread.phone, text.seq, text.body, text.stamp) for text in texts
    ]
    rows = await connection.fetch(
        STORE,
        sender.number_id,
        sender.provider_account_id,
        sender.gate,
        *zip(*map(_THREAD, threads), strict=True),
        *zip(*of_texts, strict=True),
        *zip(*map(_STAMP, stamps), strict=True),
    )
    return [row[0] for row in rows]


async def note_outbound(connection: Connection, threads: Sequence[Thread]) -> None:
    """The conversations' view of texts of theirs that leave now though they were stored before, as
    `store_outbound_texts` notes new ones: `answers`: a person replied, so nobody is waiting any more."""
    await connection.execute(
        """
        update conversation c
        set last_seq = t.seq, last_message_at = now(), last_direction = 'outbound', last_preview = t.preview,
            waiting_since = case when t.answers then null else c.waiting_since end,
            unread = case when t.answers then 0 else c.unread end,
            auto_close_at = case when not t.answers then c.auto_close_at
                when c.state = 'active' then now() + make_interval(secs => w.auto_close_active_seconds)
                when c.state = 'waiting' then now() + make_interval(secs => w.auto_close_waiting_seconds)
                else c.auto_close_at end,
            version = c.version + t.texts
        from unnest($1::bigint[], $2::int[], $3::int[], $4::text[], $5::bool[]) as t (id, seq, texts, preview, answers),
             workstream w
        where c.id = any ($1::bigint[]) and c.id = t.id   -- the array forces the primary key
          and w.id = c.workstream_id
        """,
        [thread.id for thread in threads],
        [thread.last_seq for thread in threads],
        [thread.texts for thread in threads],
        [thread.preview for thread in threads],
        [thread.answers for thread in threads],
    )

"""What screens, stream and REST show of a row: one struct each, so that a snapshot and an event never disagree.

Times are aware UTC and leave as RFC 3339; ids are plain ints; prices are decimal text.
"""

from datetime import datetime
from typing import Any, Literal

import msgspec

Presence = Literal["available", "busy", "do_not_disturb", "away", "offline"]
Role = Literal["agent", "supervisor", "administrator"]
ConversationState = Literal["open", "offered", "active", "waiting", "wrap_up", "closed"]

CallState = Literal["placing", "unclear", "ringing", "answered", "completed", "missed", "busy", "failed", "declined"]


class Reader(msgspec.Struct, frozen=True):
    """Who looks: decides what may be seen."""

    user_id: int
    role: Role
    permissions: tuple[str, ...] = ()

    @property
    def sees_all(self) -> bool:
        return self.role != "agent"


class ConversationView(msgspec.Struct, frozen=True):
    """`version` grows with every change of the row: keep the higher one, replace on equal.

    `survey_score` is what the customer last answered, 1 to 5.
    """

    id: int
    state: ConversationState
    state_since: datetime
    number_id: int
    number: str
    number_name: str
    workstream_id: int
    workstream: str
    queue_id: int
    queue: str
    contact_id: int
    contact_name: str
    customer_phone: str
    country: str | None
    time_zone: str | None
    language: str | None
    agent_id: int | None
    agent_name: str | None
    queued_at: datetime | None
    offer_expires_at: datetime | None
    wake_at: datetime | None
    waiting_since: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    close_reason: str | None
    disposition: str | None
    last_message_at: datetime | None
    last_direction: str | None
    last_preview: str
    unread: int
    last_seq: int
    version: int
    survey_score: int | None
    capabilities: list[str]
    opted_out: bool


class MediaView(msgspec.Struct, frozen=True):
    id: int
    content_type: str
    file_name: str | None
    size: int | None
    state: Literal["pending", "stored", "refused", "failed"]
    problem: str | None


class OptOutMark(msgspec.Struct, frozen=True):
    """Where the sentence begins and ends in the body, counted in characters (code points)."""

    start: int
    end: int


class SentFor(msgspec.Struct, frozen=True):
    """What a text that nobody wrote by hand belongs to; not `shown`: it stands in the thread as a line that opens."""

    kind: Literal["configuration", "flow", "campaign"]
    id: int
    name: str
    shown: bool


class MessageView(msgspec.Struct, frozen=True):
    """`seq` is the place in its conversation; `status_rank` only grows: keep the higher one, replace on equal.

    `due_at` is when a scheduled text is to leave; `exemptions` are rules of the gate that did not apply; `opt_out`
    marks a sentence that looks like an opt-out and that nobody has answered yet.
    `dealt` is what was done about one that did not arrive. `sent_from` is a number of ours where it is not the
    conversation's own: its sending was held back, or had failed (`detour`). Of one that went wrong, `failed_number` is
    the number of ours and `failed_account` the provider account it went through. `removed_at` is when its words and
    files were taken out, by an erasure or by age. `masked`: some of it is covered.
    """

    id: int
    conversation_id: int
    seq: int
    kind: Literal["inbound", "outbound", "note"]
    origin: Literal["customer", "agent", "automated", "api", "campaign", "flow"]
    author_id: int | None
    author_name: str | None
    body: str
    parts: int
    encoding: str | None
    status: str
    status_rank: int
    error_code: str | None
    error_class: str | None
    error_sentence: str | None
    price: str | None
    price_currency: str | None
    late: bool
    created_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    dealt: Literal["resent", "left"] | None
    sent_from: str | None
    detour: Literal["held_back", "failed"] | None
    failed_number: str | None
    failed_account: str | None
    due_at: datetime | None = None
    exemptions: list[str] = []
    sent_for: SentFor | None = None
    opt_out: OptOutMark | None = None
    removed_at: datetime | None = None
    masked: bool = False
    media: list[MediaView] = []


class CallView(msgspec.Struct, frozen=True):
    """`status_rank` only grows: keep the higher one, replace on equal. `handled`: what the number did with a call that
    came in. `text_back_id` is the text its caller got. `agent_name` placed it."""

    id: int
    conversation_id: int | None
    contact_id: int | None
    direction: Literal["inbound", "outbound"]
    status: CallState
    status_rank: int
    handled: Literal["", "greeting", "forward", "text_thread"]
    number: str
    phone: str
    agent_id: int | None
    agent_name: str | None
    trouble: str
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    duration_seconds: int | None
    text_back_id: int | None


class AgentView(msgspec.Struct, frozen=True):
    id: int
    name: str
    role: Role
    presence: Presence
    presence_since: datetime | None
    connected: bool
    capacity_units: int
    used_units: int


class MeView(AgentView, frozen=True, kw_only=True):
    email: str
    permissions: list[str]


class OfferView(msgspec.Struct, frozen=True):
    id: int
    conversation_id: int
    agent_id: int
    reason: str
    made_at: datetime
    expires_at: datetime
    state: Literal["pending", "accepted", "declined", "timed_out", "withdrawn"]
    conversation: ConversationView


class QueueRef(msgspec.Struct, frozen=True):
    id: int
    name: str


class NumberRef(msgspec.Struct, frozen=True):
    id: int
    address: str
    name: str


class DeskView(msgspec.Struct, frozen=True):
    """An agent's start: everything on the desk at the moment of `cursor`; the stream continues from there."""

    cursor: str
    me: MeView
    my: list[ConversationView]
    open: list[ConversationView]
    closed: list[ConversationView]
    offers: list[OfferView]
    agents: list[AgentView]
    queues: list[QueueRef]
    numbers: list[NumberRef]


class ThreadEvent(msgspec.Struct, frozen=True):
    id: int
    kind: str
    actor_name: str | None
    user_name: str | None
    data: dict[str, Any]


class ThreadItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the thread; `key` is unique (`m12`, `e34`, `c5`), items sort by (`at`, calls - messages - events,
    id)."""

    key: str
    at: datetime
    conversation_id: int
    kind: Literal["message", "event", "call"]
    message: MessageView | None = None
    event: ThreadEvent | None = None
    call: CallView | None = None


class ThreadPage(msgspec.Struct, frozen=True):
    """`items` newest last; ask again with `before=next_before` for what is older, null: this is the beginning."""

    items: list[ThreadItem]
    next_before: str | None


class StreamEvent(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the live stream; the rows in it are the current ones, not those of the moment."""

    cursor: str
    id: int
    kind: str
    at: datetime
    actor_id: int | None
    actor_name: str | None
    conversation_id: int | None
    contact_id: int | None
    message_id: int | None
    user_id: int | None
    data: dict[str, Any]
    conversation: ConversationView | None = None
    message: MessageView | None = None
    call: CallView | None = None
    offer: OfferView | None = None
    agent: AgentView | None = None

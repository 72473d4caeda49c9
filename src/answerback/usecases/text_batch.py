"""Texts of one number through the send gate into threads and outbox, one or thousands. Nothing else writes there.

Each is asked as if those before it were written already: what they use up of caps and budgets counts, and how often
they text somebody (tests/shape/test_one_gate.py).
"""

from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from msgspec.structs import replace

from answerback.domain.ids import MessageId
from answerback.domain.sending.gate import (
    RULES_VERSION,
    About,
    Allowed,
    Deferred,
    Purpose,
    Refused,
    SendFacts,
    SendRequest,
    Verdict,
    check,
)
from answerback.domain.sending.request import Recent
from answerback.domain.sending.status import RANKS, Status
from answerback.domain.sending.usage import Usage
from answerback.domain.text.parts import size_of
from answerback.storage.connection import Connection
from answerback.storage.senders import SenderFacts
from answerback.storage.text_batches import NewText, Sender, Stamp, Thread, store_outbound_texts
from answerback.usecases.drafts import Draft, Queued, RefusedText

PREVIEW = 120
StampKey = tuple[object, ...]


def request_of(draft: Draft, *, customer_opened: bool) -> SendRequest:
    """What the gate is asked for this draft."""
    about = draft.about
    if about is None:
        match draft.purpose:
            case Purpose.REPLY | Purpose.AUTOMATED:
                about = About.CONVERSATION if customer_opened else About.INFORMATIONAL
            case Purpose.PROACTIVE:
                about = About.INFORMATIONAL
            case Purpose.KEYWORD_REPLY | Purpose.CONSENT_REQUEST | Purpose.TEST:
                about = About.CONVERSATION
    return SendRequest(draft.purpose, draft.body, draft.media_count, about, draft.subject)


def decision_of(request: SendRequest, verdict: Verdict) -> dict[str, object]:
    """What is kept with the message."""
    kept: dict[str, object] = {
        "rules": RULES_VERSION,
        "purpose": request.purpose.value,
        "about": request.about.value,
    }
    if request.subject:
        kept["subject"] = request.subject
    match verdict:
        case Allowed(exemptions):
            return kept | {"verdict": "allowed", "exemptions": list(exemptions)}
        case Refused():
            return kept | {
                "verdict": "refused", "reason": verdict.reason.value, "rule": verdict.rule, "source": verdict.source
            }  # fmt: skip
        case Deferred():
            return kept | {
                "verdict": "deferred", "reason": verdict.reason.value, "rule": verdict.rule, "source": verdict.source,
                "until": verdict.until,
            }  # fmt: skip


class _Asked(msgspec.Struct, frozen=True):
    """A draft with the gate's answer, as it is going to be stored."""

    draft: Draft
    request: SendRequest
    verdict: Verdict
    leaves: bool
    at: datetime | None


@dataclass(slots=True)
class TextBatch:
    """Filled by `ask`, written by `write`. `now` is when it was begun."""

    sender: SenderFacts
    now: datetime
    _texts: list[NewText] = field(default_factory=list)
    _asked: list[_Asked] = field(default_factory=list)
    _stamps: dict[StampKey, tuple[int, Stamp]] = field(default_factory=dict)
    _usage: Usage = field(default_factory=Usage)

    def ask(self, thread: Thread, known: SendFacts, draft: Draft, *, keep_deferred: bool = True) -> Deferred | None:
        """Takes the text in, or gives the reason why it has to wait where it is not kept then."""
        request = request_of(draft, customer_opened=thread.customer_opened)
        if draft.send_at is not None:  # what is gone today says nothing of then; the clock asks again
            known = replace(known, caps=(), budgets=())
        verdict = check(request, self._usage.on_top_of(thread.phone, known), draft.send_at or self.now)
        at, leaves = draft.send_at, isinstance(verdict, Allowed)
        if isinstance(verdict, Deferred):
            if draft.patient:
                at, leaves = verdict.until, True
            elif not keep_deferred:
                return verdict
        self._take(thread, _Asked(draft, request, verdict, leaves, at))
        return None

    async def write(self, connection: Connection) -> list[Queued | RefusedText]:
        """What became of each text that was taken in, in their order."""
        if not self._texts:
            return []
        sender = Sender(self.sender.number_id, self.sender.provider_account_id, RULES_VERSION)
        ids = await store_outbound_texts(connection, sender, self._texts, [stamp for _, stamp in self._stamps.values()])
        return [_outcome(MessageId(id_), asked) for id_, asked in zip(ids, self._asked, strict=True)]

    def _take(self, thread: Thread, asked: _Asked) -> None:
        draft = asked.draft
        encoding, parts = size_of(draft.body)
        parts = 1 if draft.media_count else parts  # a picture message goes out as one
        thread.last_seq += 1
        thread.texts += 1
        if asked.leaves and asked.at is None:
            thread.preview = draft.body[:PREVIEW]
            thread.answers = thread.answers or draft.purpose is Purpose.REPLY
            self._usage.add_parts(parts)
        if asked.leaves and draft.purpose is Purpose.PROACTIVE:
            sent = Recent(asked.at or self.now, asked.request.about.value, draft.subject)
            self._usage.add_unasked(thread.phone, sent)
        stamp = self._stamp(asked, parts, encoding.value)
        self._texts.append(NewText(thread, thread.last_seq, draft.body, stamp))
        self._asked.append(asked)

    def _stamp(self, asked: _Asked, parts: int, encoding: str) -> int:
        draft = asked.draft
        key = (
            asked.verdict, asked.at, parts, encoding, draft.purpose, asked.request.about, draft.origin, draft.author_id,
            draft.subject, draft.client_key, draft.detour,
        )  # fmt: skip
        found = self._stamps.get(key)
        if found is None:
            found = (len(self._stamps) + 1, self._new_stamp(asked, parts, encoding))
            self._stamps[key] = found
        return found[0]

    def _new_stamp(self, asked: _Asked, parts: int, encoding: str) -> Stamp:
        draft, verdict, at = asked.draft, asked.verdict, asked.at
        status, kind, data = _say(asked)
        held = None if asked.leaves or isinstance(verdict, Allowed) else verdict
        counts = asked.leaves and draft.purpose is Purpose.PROACTIVE
        return Stamp(
            origin=draft.origin,
            author_id=draft.author_id,
            client_key=draft.client_key,
            parts=parts,
            encoding=encoding,
            status=status.value,
            status_rank=RANKS[status],
            error_class=held.reason.value if held else None,
            error_sentence=held.sentence if held else None,
            decision=decision_of(asked.request, verdict),
            from_number_id=self.sender.number_id if draft.detour else None,
            detour=draft.detour.value if draft.detour else None,
            due_at=at if asked.leaves else None,
            purpose=draft.purpose.value if asked.leaves else None,
            lane=draft.lane if asked.leaves else None,
            about=asked.request.about.value if counts else None,
            subject=draft.subject if counts else None,
            kind=kind,
            data=data,
        )


def _say(asked: _Asked) -> tuple[Status, str, dict[str, object]]:
    """Status, event and its data."""
    match asked.verdict:
        case Allowed(exemptions):
            data: dict[str, object] = {"exemptions": list(exemptions)} if exemptions else {}
        case held:
            if not asked.leaves:
                return Status.REFUSED, "MessageRefused", {"reason": held.reason.value, "rule": held.rule}
            data = {}
    if asked.at is None:
        return Status.QUEUED, "MessageQueued", data
    return Status.SCHEDULED, "MessageScheduled", data


def _outcome(message_id: MessageId, asked: _Asked) -> Queued | RefusedText:
    match asked.verdict:
        case Allowed():
            return Queued(message_id, asked.at)
        case Deferred() if asked.leaves:
            return Queued(message_id, asked.at, asked.verdict)
        case held:
            return RefusedText(message_id, held)

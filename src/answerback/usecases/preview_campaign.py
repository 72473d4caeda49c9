"""What a campaign would do if it started now: everybody's text is written and asked at the gate, and nothing is sent.

A batch at a time, with the facts of all its phones in the same statements; the gate's answer is asked once for those of
whom the same is known. Caps and budgets are left out: they make the campaign longer, and the finish says so.
"""

import asyncio
import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import structlog
from msgspec.structs import replace

from answerback.domain.numbers.zones import telling_part
from answerback.domain.sending.gate import LONGEST_BODY, Allowed, Deferred, Purpose, Refused, Verdict, check
from answerback.domain.sending.recipient_rules import IMPLIED_FOR
from answerback.domain.sending.request import SendFacts
from answerback.domain.sending.timing_rules import frequency_reach
from answerback.domain.templates.template import Unwritable
from answerback.domain.text.parts import size_of
from answerback.storage import campaign_previews as kept
from answerback.storage.audience_filters import count_members
from answerback.storage.audiences import Audience, get_audience
from answerback.storage.campaign_previews import Placed
from answerback.storage.campaigns import Campaign, get_campaign
from answerback.storage.connection import Connection, Pool
from answerback.storage.events import NewEvent
from answerback.storage.senders import SenderFacts, read_sender
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.usecases.audit import record
from answerback.usecases.campaign_letters import CampaignLetters, Known, open_letters, why_unwritable
from answerback.usecases.campaign_tally import Tally, close_tally
from answerback.usecases.drafts import Draft
from answerback.usecases.load_facts import load_facts
from answerback.usecases.text_batch import request_of

BATCH: Final = 5000
BREATH: Final = 250
"""Recipients between two moments in which others of this process have their turn."""
log = structlog.get_logger(__name__)
Alike = tuple[int, str, str]
"""Our number, what the database says they have in common, and as much of the phone as says where it is."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Read:
    """A batch of members. `standings`: those of whom the same is known, else the facts of this very one."""

    members: list[Placed]
    standings: list[Alike | SendFacts]
    names: list[Known]


async def count_one(pool: Pool) -> bool:
    """One preview that was asked for; whether there was any."""
    campaign_id = await kept.claim_preview(pool)
    if campaign_id is None:
        return False
    try:
        result = await _count(pool, campaign_id)
    except DATABASE_TROUBLE:
        raise
    except Exception:
        log.exception("preview_failed", campaign_id=campaign_id)
        await kept.keep_result(pool, campaign_id, "failed", None)
        return True
    if result is not None:
        async with pool.acquire() as connection, connection.transaction():
            await kept.keep_result(connection, campaign_id, "done", result)
            await record(connection, NewEvent("CampaignPreviewed", data={"id": campaign_id}))
    return True


async def _count(pool: Pool, campaign_id: int) -> dict[str, object] | None:
    """None: nobody wants it any more."""
    campaign = await get_campaign(pool, campaign_id)
    audience = await get_audience(pool, campaign.audience_id) if campaign else None
    if campaign is None or audience is None:
        return None
    now = datetime.now(UTC)
    begin = now if campaign.send_at is None else max(now, campaign.send_at)
    letters = await open_letters(pool, campaign)
    judge = _Judge(letters, begin)
    reader = _Reader(pool, audience, await _senders(pool, campaign), judge)
    tally = Tally(len(letters.templates))
    reached, total = 0, await count_members(pool, audience)
    following = asyncio.create_task(reader.read(after=-1))
    try:
        while (read := await following).members:
            following = asyncio.create_task(reader.read(after=read.members[-1].place))
            reached += len(read.members)
            await judge.take(tally, read)
            if not await kept.note_progress(pool, campaign_id, reached, max(total, reached)):
                return None
    finally:
        following.cancel()
    return await close_tally(pool, campaign, tally, begin)


async def _senders(pool: Pool, campaign: Campaign) -> dict[int, SenderFacts]:
    """Without caps and budgets."""
    found = {}
    for number_id in campaign.number_ids:
        sender = await read_sender(pool, number_id)
        assert sender is not None
        found[number_id] = dataclasses.replace(
            sender, daily_cap=None, weekly_cap=None, monthly_cap=None, monthly_budget=None, account_budget=None
        )
    return found


class _Judge:
    """Writes each text and asks the gate, once for those who are alike."""

    def __init__(self, letters: CampaignLetters, at: datetime) -> None:
        self.about = letters.about
        self.at = at
        self.known: dict[Alike, SendFacts] = {}
        """Of one for all who are alike."""
        self._letters = letters
        self._asked: dict[tuple[Alike, bool, bool], Verdict] = {}

    async def take(self, tally: Tally, read: _Read) -> None:
        for place, (one, standing, known) in enumerate(zip(read.members, read.standings, read.names, strict=True)):
            if place % BREATH == 0:
                await asyncio.sleep(0)
            variant = self._letters.variant_of(one.phone)
            text = self._letters.write(one, known, variant)
            if isinstance(text, Unwritable):
                slot = next(iter(text.problems))
                tally.refuse(one.number_id, variant, ("template", slot, why_unwritable(text, quoted=False)))
                continue
            verdict = self._ask(text.body, standing)
            match verdict:
                case Allowed():
                    tally.send(one.number_id, variant, size_of(text.body)[1])
                case Refused():
                    tally.refuse(one.number_id, variant, (verdict.reason.value, verdict.rule, verdict.sentence))
                case Deferred():
                    parts = size_of(text.body)[1]
                    tally.send(one.number_id, variant, parts)
                    tally.put_off(one.number_id, verdict, parts)

    def _ask(self, body: str, standing: Alike | SendFacts) -> Verdict:
        if isinstance(standing, SendFacts):
            return self._check(body, standing)
        asked = (standing, len(body) > LONGEST_BODY, not body or body.isspace())
        found = self._asked.get(asked)
        if found is None:
            found = self._asked[asked] = self._check(body, self.known[standing])
        return found

    def _check(self, body: str, facts: SendFacts) -> Verdict:
        subject = f"campaign {self._letters.campaign_id}"
        draft = Draft(body, Purpose.PROACTIVE, "campaign", about=self._letters.about, subject=subject)
        opened = facts.wrote_at is not None
        return check(request_of(draft, customer_opened=opened), replace(facts, customer_opened=opened), self.at)


class _Reader:
    """Reads members a batch at a time, and of those who are alike the facts of one."""

    def __init__(self, pool: Pool, audience: Audience, senders: Mapping[int, SenderFacts], judge: _Judge) -> None:
        self._pool = pool
        self._audience = audience
        self._senders = senders
        self._judge = judge
        reaches = [
            reach
            for one in senders.values()
            if (reach := frequency_reach(judge.about, None if one.own_cap_texts is None else one.own_cap_hours))
        ]
        self._since = kept.Since(judge.at - IMPLIED_FOR, judge.at - max(reaches) if reaches else None)

    async def read(self, *, after: int) -> _Read:
        async with self._pool.acquire() as connection:
            number_ids = list(self._senders)
            members = await kept.members_after(connection, self._audience, number_ids, after=after, limit=BATCH)
            likenesses = await kept.read_likenesses(connection, members, self._since)
            unlike: list[Placed] = []
            examples: dict[Alike, Placed] = {}
            alike: list[Alike | None] = []
            for one, (shape, _, _) in zip(members, likenesses, strict=True):
                if shape is None:
                    unlike.append(one)
                    alike.append(None)
                    continue
                key = (one.number_id, shape, telling_part(one.phone))
                if key not in self._judge.known and key not in examples:
                    examples[key] = one
                alike.append(key)
            facts = await self._load(connection, [*unlike, *examples.values()])
            for key, example in examples.items():
                self._judge.known[key] = facts[example.number_id, example.phone]
            standings = [
                facts[one.number_id, one.phone] if key is None else key for one, key in zip(members, alike, strict=True)
            ]
            return _Read(members, standings, [(name, language) for _, name, language in likenesses])

    async def _load(self, connection: Connection, ones: list[Placed]) -> dict[tuple[int, str], SendFacts]:
        facts: dict[tuple[int, str], SendFacts] = {}
        for number_id, sender in self._senders.items():
            phones = [one.phone for one in ones if one.number_id == number_id]
            if phones:
                known = await load_facts(connection, sender, phones)
                facts |= {(number_id, phone): each for phone, each in known.items()}
        return facts

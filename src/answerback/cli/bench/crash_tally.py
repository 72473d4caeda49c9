"""After the crashes: what was promised, against what the database and the carrier hold."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

import aiohttp

from answerback.cli.bench.crash_traffic import Traffic
from answerback.cli.bench.load import until_true
from answerback.cli.bench.stage import ACCOUNT_SID, Stage

SETTLE_SECONDS = 120.0

RESTLESS = """
select (select count(*) from outbox)
     + (select count(*) from conversation where state = 'offered')
     + (select count(*) from message where status = 'sending')
"""
STUCK = """
select count(*) from conversation
where state in ('open', 'offered') and state_since < now() - interval '5 seconds'
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """Texts in, replies out, and what is wrong with them; every field but the first of each group should be 0."""

    texts_promised: int
    texts_lost: int
    texts_doubled: int
    events_missing_or_doubled: int
    replies_promised: int
    replies_sent_once: int
    replies_shown_unclear: int
    replies_failed_with_reason: int
    replies_lost: int
    replies_doubled: int
    conversations_stuck: int
    outbox_left: int

    @property
    def passed(self) -> bool:
        wrong = (
            self.texts_lost,
            self.texts_doubled,
            self.events_missing_or_doubled,
            self.replies_lost,
            self.replies_doubled,
            self.conversations_stuck,
            self.outbox_left,
        )
        return not any(wrong) and self.texts_promised > 0 and self.replies_promised > 0

    def figures(self) -> dict[str, Any]:
        return {**asdict(self), "passed": self.passed}


async def settle_and_count(stage: Stage, traffic: Traffic, carrier_port: int) -> Tally:
    """Wait until nothing moves any more, then count."""

    async def at_rest() -> bool:
        return bool(await stage.pool.fetchval(RESTLESS) == 0)

    await until_true(at_rest, SETTLE_SECONDS)
    inbound = Counter[str]()
    for row in await stage.pool.fetch("select body from message where kind = 'inbound'"):
        inbound[row["body"].removeprefix("Question ")] += 1
    events = await stage.pool.fetchval(
        "select count(*) from (select m.id from message m left join event e"
        " on e.message_id = m.id and e.kind = 'MessageReceived'"
        " where m.kind = 'inbound' group by m.id having count(e.id) <> 1) wrong"
    )
    statuses = {
        row["body"]: row["status"]
        for row in await stage.pool.fetch("select body, status from message where kind = 'outbound'")
    }
    carried = await _carried(carrier_port)
    fates = Counter(_fate(words, carried[words], statuses.get(words)) for words in traffic.promised_replies)
    return Tally(
        texts_promised=len(traffic.promised_texts),
        texts_lost=sum(inbound[sid] == 0 for sid in traffic.promised_texts),
        texts_doubled=sum(times > 1 for times in inbound.values()),
        events_missing_or_doubled=events,
        replies_promised=len(traffic.promised_replies),
        replies_sent_once=fates["sent_once"],
        replies_shown_unclear=fates["unclear"],
        replies_failed_with_reason=fates["failed"],
        replies_lost=fates["lost"],
        replies_doubled=sum(times > 1 for times in carried.values()),
        conversations_stuck=await stage.pool.fetchval(STUCK),
        outbox_left=await stage.pool.fetchval("select count(*) from outbox"),
    )


def _fate(words: str, times: int, status: str | None) -> str:
    if status == "unclear":
        return "unclear"
    if times == 1:
        return "sent_once"
    return "failed" if status in ("failed", "refused") else "lost"


async def _carried(port: int) -> Counter[str]:
    """How often each reply reached the carrier, by its words."""
    url = f"http://127.0.0.1:{port}/emulator/messages?account_sid={ACCOUNT_SID}"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        found = await answer.json()
    return Counter(text["body"] for text in found if text["body"].startswith("Answer "))

"""After the crashes: what was promised, against what the database and the carriers hold, provider by provider."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote

import aiohttp

from answerback.cli.bench.crash_traffic import Line, Traffic
from answerback.cli.bench.load import until_true
from answerback.cli.bench.stage import Stage

SETTLE_SECONDS = 120.0

RESTLESS = """
select (select count(*) from outbox)
     + (select count(*) from conversation where state = 'offered')
     + (select count(*) from message where status = 'sending')
     + (select count(*) from unclear_send u join message m on m.id = u.message_id
        where m.status = 'unclear' and u.attempts < 2)
"""
STUCK = """
select count(*) from conversation c join number n on n.id = c.number_id
where c.state in ('open', 'offered') and c.state_since < now() - interval '5 seconds' and n.provider_account_id = $1
"""
LEFT = """
select count(*) from outbox o join number n on n.id = o.number_id where n.provider_account_id = $1
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


async def settle_and_count(
    stage: Stage, traffic: Traffic, lines: Sequence[Line], carrier_port: int
) -> dict[str, Tally]:
    """Wait until nothing moves any more and what is unclear was asked about twice, then count for each provider."""

    async def at_rest() -> bool:
        return bool(await stage.pool.fetchval(RESTLESS) == 0)

    await until_true(at_rest, SETTLE_SECONDS)
    return {line.carrier.name: await _count(stage, traffic, line, carrier_port) for line in lines}


async def _count(stage: Stage, traffic: Traffic, line: Line, carrier_port: int) -> Tally:
    pool, account, name = stage.pool, line.account, line.carrier.name
    inbound = Counter[str]()
    for row in await pool.fetch(
        "select body from message where kind = 'inbound' and provider_account_id = $1", account
    ):
        inbound[row["body"].removeprefix("Question ")] += 1
    events = await pool.fetchval(
        "select count(*) from (select m.id from message m left join event e"
        " on e.message_id = m.id and e.kind = 'MessageReceived'"
        " where m.kind = 'inbound' and m.provider_account_id = $1 group by m.id having count(e.id) <> 1) wrong",
        account,
    )
    rows = await pool.fetch(
        "select body, status from message where kind = 'outbound' and provider_account_id = $1", account
    )
    statuses = {row["body"]: row["status"] for row in rows}
    carried = await _carried(carrier_port, line.carrier.sid)
    promised, replies = traffic.promised_texts[name], traffic.promised_replies[name]
    fates = Counter(_fate(carried[words], statuses.get(words)) for words in replies)
    return Tally(
        texts_promised=len(promised),
        texts_lost=sum(inbound[text_id] == 0 for text_id in promised),
        texts_doubled=sum(times > 1 for times in inbound.values()),
        events_missing_or_doubled=events,
        replies_promised=len(replies),
        replies_sent_once=fates["sent_once"],
        replies_shown_unclear=fates["unclear"],
        replies_failed_with_reason=fates["failed"],
        replies_lost=fates["lost"],
        replies_doubled=sum(times > 1 for times in carried.values()),
        conversations_stuck=await pool.fetchval(STUCK, account),
        outbox_left=await pool.fetchval(LEFT, account),
    )


def _fate(times: int, status: str | None) -> str:
    if status == "unclear":
        return "unclear"
    if times == 1:
        return "sent_once"
    return "failed" if status in ("failed", "refused") else "lost"


async def _carried(port: int, sid: str) -> Counter[str]:
    """How often each reply reached the carrier, by its words."""
    url = f"http://127.0.0.1:{port}/emulator/messages?account_sid={quote(sid)}"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        found = await answer.json()
    return Counter(text["body"] for text in found if text["body"].startswith("Answer "))

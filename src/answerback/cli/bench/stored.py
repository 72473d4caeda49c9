"""Fills the scratch centre with a past: millions of texts, so that a benchmark can tell whether age costs."""

import asyncio
import os

from answerback.cli.bench.stage import Stage

PER_CONVERSATION = 50
FIRST_ID = 100_000_000  # far from what the benchmark itself makes

CONTACTS = "insert into contact (id) select $2 + i from generate_series(1, $1) i"
PHONES = (
    "insert into contact_phone (phone, contact_id) select '+1646' || ($2 + i), $2 + i from generate_series(1, $1) i"
)
CONVERSATIONS = """
insert into conversation (id, number_id, workstream_id, queue_id, contact_id, customer_phone, state, closed_at,
                          opened_at, close_reason, last_seq)
overriding system value
select $2 + i, 1, 1, 1, $2 + i, '+1646' || ($2 + i), 'closed', now() - interval '40 days', now() - interval '41 days',
       'auto_closed', $3
from generate_series(1, $1) i
"""
MESSAGES = """
insert into message (conversation_id, seq, kind, origin, provider_account_id, provider_message_id, body, parts,
                     encoding, status, status_rank, created_at)
select $2 + i, s, 'inbound', 'customer', $4, 'OLD' || i || '-' || s,
       'Hello, where is my order? It never came.', 1, 'gsm_7',
       'received', 0, now() - interval '40 days'
from generate_series(1, $1) i, generate_series(1, $3) s
"""
EVENTS = """
insert into event (kind, conversation_id, contact_id, message_id)
select 'MessageReceived', conversation_id, conversation_id, id from message where conversation_id > $1
"""


async def store_texts(stage: Stage, account: int, count: int) -> None:
    """`count` texts (rounded to 50) in closed conversations, with their events; then fresh statistics."""
    people = max(count // PER_CONVERSATION, 1)
    async with stage.pool.acquire() as connection:
        await connection.execute(CONTACTS, people, FIRST_ID)
        await connection.execute(PHONES, people, FIRST_ID)
        await connection.execute(CONVERSATIONS, people, FIRST_ID, PER_CONVERSATION)
        await connection.execute(MESSAGES, people, FIRST_ID, PER_CONVERSATION, account, timeout=3600)
        await connection.execute(EVENTS, FIRST_ID, timeout=3600)
        await connection.execute("vacuum analyze", timeout=3600)
        await connection.execute("checkpoint", timeout=3600)
    await asyncio.to_thread(os.sync)  # what was filled shall not be written while we measure

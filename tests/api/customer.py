"""A customer of whom every table that can know something knows something, and a look for what is left of them."""

import hashlib
from dataclasses import dataclass
from typing import Any

import httpx

from answerback.storage.connection import Pool
from tests.api.test_settings import make_number

PHONE = "+17875550142"
MARK = "Zanzibar"
"""Stands in everything that was said, and in everything that is known of them."""
PICTURE = b"\x89PNG of Zanzibar"


@dataclass(frozen=True, slots=True)
class Known:
    """The customer's contact, a closed and an open conversation with them, and the number of ours."""

    contact: int
    closed: int
    open: int
    number: dict[str, Any]


async def make_known_customer(admin: httpx.AsyncClient, pool: Pool) -> Known:
    number, other = await make_number(admin), await make_number(admin, "+14155550101")
    draft = {"phones": [PHONE], "name": f"Maria {MARK}", "attributes": {"case": MARK}, "tags": [MARK]}
    contact = (await admin.post("/api/v1/contacts", json=draft)).json()["id"]
    closed = await _conversation(pool, number, contact, "closed")
    still_open = await _conversation(pool, other, contact, "open")
    await _said(pool, closed, number)
    await _ordered(pool, closed, contact, number)
    await make_audience(pool)
    await make_campaign(pool, number)
    return Known(contact, closed, still_open, number)


async def _conversation(pool: Pool, number: dict[str, Any], contact: int, state: str) -> int:
    conversation: int = await pool.fetchval(
        """
        insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, closed_at,
                                  close_reason, last_preview, disposition, last_seq, last_inbound_at, queued_at)
        select $1, w.id, w.queue_id, $3, $4, $5::text, case when $5 = 'closed' then now() end,
               case when $5 = 'closed' then 'ended' end, $6, $6, 4, now(), case when $5 = 'open' then now() end
        from workstream w where w.id = $2 returning id
        """,
        number["id"],
        number["workstream_id"],
        contact,
        PHONE,
        state,
        f"I live in {MARK}",
    )
    return conversation


async def _said(pool: Pool, conversation: int, number: dict[str, Any]) -> None:
    account = number["provider_account_id"]
    rows = [("inbound", "customer", "received"), ("note", "agent", "noted"), ("outbound", "agent", "delivered"),
            ("outbound", "automated", "failed")]  # fmt: skip
    for place, (kind, origin, status) in enumerate(rows, 1):
        message = await pool.fetchval(
            """
            insert into message (conversation_id, seq, kind, origin, provider_account_id, provider_message_id, body,
                                 parts, status, status_rank, error_sentence, decision)
            values ($1, $2, $3, $4, $5, $6, $7, 1, $8, 60, $9, $10) returning id
            """,
            conversation, place, kind, origin, account, f"SM{place}", f"{kind}: <b>{MARK}</b>", status,
            f"{MARK} has no phone" if status == "failed" else None,
            {"verdict": "allowed", "rule": "reply", "rules": "1", "exemptions": ["quiet hours"]},
        )  # fmt: skip
        if kind == "inbound":
            await _about_text(pool, message, conversation, number)
    await pool.execute(
        """
        insert into voice_call (provider_account_id, number_id, contact_id, conversation_id, direction, phone, status,
                                status_rank)
        select $1, c.number_id, c.contact_id, c.id, 'inbound', $3, 'missed', 50 from conversation c where c.id = $2
        """,
        account,
        conversation,
        PHONE,
    )


async def _about_text(pool: Pool, message: int, conversation: int, number: dict[str, Any]) -> None:
    digest = hashlib.sha256(PICTURE).digest()
    await pool.execute("insert into media_blob (hash, bytes) values ($1, $2)", digest, PICTURE)
    await pool.execute(
        """
        insert into media (message_id, state, content_type, file_name, source_url, blob_hash, size)
        values ($1, 'stored', 'image/png', $2, 'https://provider.example/' || $2, $3, 9)
        """,
        message,
        f"{MARK}.png",
        digest,
    )
    await pool.execute(
        "insert into raw_exchange (message_id, provider_account_id, kind, sealed) values ($1, $2, 'report', $3)",
        message,
        number["provider_account_id"],
        MARK.encode(),
    )
    await pool.execute(
        """
        insert into survey (conversation_id, number_id, phone, question_id, answer_until, score, comment)
        values ($1, $2, $3, $4, now(), 5, $5)
        """,
        conversation,
        number["id"],
        PHONE,
        message,
        MARK,
    )
    await pool.execute(
        """
        insert into consent_entry (phone, number_id, choice, source, words, message_id, proof, purpose, at)
        values ($1, null, 'opt_in', 'form', $2, $3, jsonb_build_object('ip', $2::text), 'promotional', '2025-01-01'),
               ($1, $4, 'opt_out', 'keyword', $2, $3, '{}', 'all', '2025-02-01')
        """,
        PHONE,
        MARK,
        message,
        number["id"],
    )


async def _ordered(pool: Pool, conversation: int, contact: int, number: dict[str, Any]) -> None:
    await pool.execute(
        """
        insert into automated_text (conversation_id, occasion, trigger, body, happened_at, due_at, outcome, phone)
        values ($1, 'a', 'away', $2, now(), now(), 'sent', $3), ($1, 'b', 'away', $2, now(), now(), 'due', null)
        """,
        conversation,
        MARK,
        PHONE,
    )
    await pool.execute("insert into blocked_phone (phone, reason) values ($1, $2)", PHONE, MARK)
    await pool.execute("insert into spam_pardon (phone) values ($1)", PHONE)
    await pool.execute(
        """
        insert into proactive_send (message_id, phone, about, at)
        select max(id), $1, 'promotional', now() from message
        """,
        PHONE,
    )
    await pool.execute(
        """
        with flow as (insert into flow (name, number_id, draft, secret) values ('Welcome', $2, '{}', 'x') returning id),
        version as (insert into flow_version (flow_id, version, definition) select id, 1, '{}' from flow),
        run as (
            insert into flow_run (flow_id, version, contact_id, phone, number_id, trigger_key, alone, state, facts)
            select id, 1, $1, $3, $2, 'k', true, 'listening', jsonb_build_object('said', $4::text)
            from flow returning id
        )
        insert into flow_run_step (run_id, place, step, kind, what) select id, 1, 's', 'send', $4 from run
        """,
        contact,
        number["id"],
        PHONE,
        MARK,
    )
    await pool.execute(
        """
        with template as (insert into message_template (name, purpose) values ('T', 'informational') returning id),
        configuration as (insert into outbound_configuration (name, template_id, show_in_timeline)
                          select 'C', id, true from template returning id)
        insert into outbound_message (configuration_id, phone, contact_id, regarding_id, relationship, result, sentence)
        select id, $2, $1, $3, $3, 'queued', $3 from configuration
        """,
        contact,
        PHONE,
        MARK,
    )


async def make_audience(pool: Pool) -> int:
    """A list that holds them and somebody else."""
    audience: int = await pool.fetchval(
        """
        with made as (insert into audience (name, kind, members) values ('Spring', 'list', 2) returning id),
        members as (
            insert into audience_member (audience_id, place, phone, "values")
            select id, 2, $1, jsonb_build_object('name', $2::text) from made
            union all select id, 3, '+12125550199', '{}' from made
        ), problems as (
            insert into audience_problem (audience_id, line, kind, value, sentence)
            select id, 4, 'duplicate', '(787) 555-0142', $2 from made
        )
        select id from made
        """,
        PHONE,
        MARK,
    )
    return audience


async def make_campaign(pool: Pool, number: dict[str, Any]) -> int:
    """A running one that has not texted them yet."""
    campaign: int = await pool.fetchval(
        """
        with made as (
            insert into campaign (name, audience_id, state) select 'Spring', max(id), 'running' from audience
            returning id
        ), numbers as (
            insert into campaign_number (campaign_id, number_id, recipients) select id, $2, 1 from made
        ), recipients as (
            insert into campaign_recipient (campaign_id, place, phone, number_id, "values", sentence)
            select id, 2, $1, $2, jsonb_build_object('name', $3::text), $3 from made
        )
        select id from made
        """,
        PHONE,
        number["id"],
        MARK,
    )
    return campaign


async def where_left(pool: Pool, *words: str) -> set[str]:
    """The tables in which any of these words stands, in any column, sealed bytes apart."""
    tables = await pool.fetch(
        "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    patterns = [f"%{word}%" for word in words] + [f"%{word.encode().hex()}%" for word in words]
    found = set()
    for row in tables:
        name = row["name"]
        if await pool.fetchval(
            f'select exists (select from "{name}" t where t::text ilike any ($1::text[]))', patterns
        ):
            found.add(name)
    return found


async def tables_that_know_phones(pool: Pool) -> set[str]:
    """By the names of their columns."""
    rows = await pool.fetch(
        """
        select distinct table_name from information_schema.columns
        where table_schema = 'public' and column_name in ('phone', 'customer_phone')
        """
    )
    return {row["table_name"] for row in rows}

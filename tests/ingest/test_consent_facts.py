"""What the gate is told: the ledger in the database only grows, lists and fold agree, one and many are loaded alike."""

import json
import random
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from answerback.domain.consent.ledger import About, fold
from answerback.storage.connection import Pool
from answerback.storage.consent import OPTED_OUT, NewEntry, add_entries, read_entries
from answerback.storage.messages import read_facts
from answerback.storage.senders import read_sender
from answerback.usecases.load_facts import load_facts, sender_of
from tests.message_stage import Seeded, Stage, add_number, phone

CUSTOMER = phone(501)
CHOICES, PURPOSES = ["opt_in", "opt_out"], ["all", "conversation", "informational", "promotional"]


async def add(pool: Pool, *entries: NewEntry) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await add_entries(connection, entries)


async def test_a_line_of_the_ledger_is_never_changed_and_only_an_erasure_takes_it_away(pool: Pool) -> None:
    await add(pool, NewEntry(CUSTOMER, None, "opt_out", "agent", "on the phone"))
    for statement in ("update consent_entry set choice = 'opt_in'", "delete from consent_entry"):
        with pytest.raises(asyncpg.RestrictViolationError):
            await pool.execute(statement)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("set local answerback.erasing = 'on'")
        await connection.execute("delete from consent_entry")
    assert await pool.fetchval("select count(*) from consent_entry") == 0


async def test_lists_and_the_fold_agree_whatever_was_said(pool: Pool, seeded: Seeded) -> None:
    chance = random.Random(7)
    brand = await pool.fetchval("insert into brand (name) values ('Acme') returning id")
    await pool.execute("update number set brand_id = $1 where id = $2", brand, seeded.number_id)
    other = await add_number(pool, seeded.account_id, seeded.workstream_id, address="+14155550199")
    sender = await read_sender(pool, seeded.number_id)
    assert sender is not None
    for case in range(60):
        customer = phone(600 + case)
        said = []
        for _ in range(chance.randint(0, 5)):
            number, its_brand = chance.choice([(None, None), (seeded.number_id, None), (other, None), (None, brand)])
            at = datetime.now(UTC) - timedelta(days=chance.randint(0, 5))
            said.append(
                NewEntry(
                    customer, number, chance.choice(CHOICES), chance.choice(["keyword", "agent"]),
                    brand_id=its_brand, purpose=chance.choice(PURPOSES), at=at,
                )
            )  # fmt: skip
        await add(pool, *said)
        listed = await pool.fetchval(
            f"select {OPTED_OUT.format(phone='$1::text', number='n')} from number n where n.id = $2",
            customer,
            seeded.number_id,
        )
        folded = fold(await read_entries(pool, customer), sender_of(sender), About.CONVERSATION)
        assert listed == folded.opted_out, said


async def test_facts_of_many_are_loaded_as_those_of_one_and_in_as_few_statements(stage: Stage) -> None:
    pool, number = stage.pool, stage.seeded.number_id
    for person in range(20):
        await stage.text("Hello", sender=phone(700 + person))
    await pool.execute("update contact set time_zone = 'Pacific/Honolulu', attributes = '{\"state\": \"FL\"}'")
    await add(pool, NewEntry(phone(701), number, "opt_out", "keyword", "STOP"))
    await pool.execute("insert into blocked_phone (phone) values ($1)", phone(702))
    sender = await read_sender(pool, number)
    assert sender is not None
    phones = [phone(700 + person) for person in range(25)]  # the last five never wrote

    async with pool.acquire() as connection:
        asked: list[str] = []
        connection.add_query_logger(lambda record: asked.append(record.query))
        many = await load_facts(connection, sender, phones)
        for one in phones:
            assert (await load_facts(connection, sender, [one]))[one] == many[one]
    assert len(asked) == 1 + len(phones)

    assert many[phone(701)].consent[About.CONVERSATION].opted_out
    assert many[phone(702)].blocked
    assert many[phone(703)].where.zones == {"Pacific/Honolulu"}
    assert many[phone(703)].where.regions == {"US-FL"}
    assert many[phone(703)].wrote_at is not None
    assert many[phone(724)].wrote_at is None


async def test_what_the_gate_said_stays_with_the_text(stage: Stage) -> None:
    await stage.text("Hello", sender=CUSTOMER)
    conversation = await stage.pool.fetchval("select id from conversation")
    facts = await read_facts(stage.pool, conversation)
    assert facts is not None
    assert facts.customer_opened
    await stage.text("STOP", sender=CUSTOMER)
    await stage.text("HELP", sender=CUSTOMER)
    decisions = await stage.pool.fetch("select decision from message where kind = 'outbound'")
    assert decisions == []  # the provider answers here
    await stage.pool.execute("update number set provider_answers_keywords = false")
    await stage.directory.refresh()
    await stage.text("HELP", sender=CUSTOMER)
    kept = await stage.pool.fetchval("select decision from message where kind = 'outbound'")
    assert json.loads(json.dumps(kept)) == {
        "rules": kept["rules"], "purpose": "keyword_reply", "about": "conversation", "verdict": "allowed",
        "exemptions": kept["exemptions"],
    }  # fmt: skip
    assert "opt_out" in kept["exemptions"]
    assert await stage.pool.fetchval("select count(*) from outbox where gate = $1", kept["rules"]) == 1

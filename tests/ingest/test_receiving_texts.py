"""A text at the door becomes one message in one conversation, however it comes."""

import asyncio
import os
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from tests.message_stage import AUTH_TOKEN, OUR_NUMBER, Stage, phone, text_form


async def test_a_text_becomes_a_message_in_a_new_open_conversation(stage: Stage) -> None:
    assert await stage.text("Where is my parcel?", sender=phone(1)) == 200

    row = await stage.pool.fetchrow(
        "select m.body, m.status, m.kind, m.encoding, c.state, c.customer_phone, c.unread, c.queue_id"
        " from message m join conversation c on c.id = m.conversation_id"
    )
    assert dict(row) == {
        "body": "Where is my parcel?",
        "status": "received",
        "kind": "inbound",
        "encoding": "gsm_7",
        "state": "open",
        "customer_phone": phone(1),
        "unread": 1,
        "queue_id": stage.seeded.queue_id,
    }


async def test_fifty_equal_webhooks_in_parallel_make_one_message_and_one_event(stage: Stage) -> None:
    form = text_form("Once")

    statuses = await asyncio.gather(*(stage.post("message", form) for _ in range(50)))

    assert set(statuses) == {200}
    assert await stage.pool.fetchval("select count(*) from message") == 1
    assert await stage.pool.fetchval("select count(*) from event where kind = 'MessageReceived'") == 1


async def test_two_first_texts_at_once_from_one_phone_share_a_conversation(stage: Stage) -> None:
    await asyncio.gather(*(stage.text(f"Text {n}", sender=phone(2)) for n in range(8)))

    assert await stage.pool.fetchval("select count(*) from conversation") == 1
    assert await stage.pool.fetchval("select array_agg(seq order by seq) from message") == list(range(1, 9))


async def test_three_pictures_make_three_attachments_to_fetch(stage: Stage) -> None:
    pictures = {f"MediaUrl{n}": f"https://api.twilio.com/m/{n}" for n in range(3)}
    types = {f"MediaContentType{n}": "image/png" for n in range(3)}

    await stage.text("", **pictures, **types, NumMedia="3")

    rows = await stage.pool.fetch("select position, source_url, content_type, state from media order by position")
    assert [tuple(row) for row in rows] == [
        (n, f"https://api.twilio.com/m/{n}", "image/png", "pending") for n in range(3)
    ]


async def test_a_text_by_get_is_taken_too(stage: Stage) -> None:
    url = stage.door("message", "?" + urlencode(text_form("By GET")))
    signature = RequestValidator(AUTH_TOKEN).compute_signature(url, {})
    async with stage.client.get(url, headers={"X-Twilio-Signature": signature}) as response:
        assert response.status == 200
        assert response.content_type == "text/xml"

    assert await stage.pool.fetchval("select body from message") == "By GET"


async def test_one_bad_text_falls_out_alone(stage: Stage) -> None:
    """A sender longer than an index entry can be cannot be stored."""
    bad = text_form("Bad", sender="+1" + os.urandom(8000).hex())
    good = [text_form(f"Good {n}") for n in range(20)]

    statuses = await asyncio.gather(*(stage.post("message", form) for form in [*good[:10], bad, *good[10:]]))

    assert set(statuses) == {200}
    assert await stage.pool.fetchval("select count(*) from message") == 20
    assert await stage.pool.fetchval("select reason from webhook_kept") == "unstorable: ProgramLimitExceededError"


async def test_a_blocked_phone_is_kept_in_the_thread_but_opens_nothing(stage: Stage) -> None:
    await stage.pool.execute("insert into blocked_phone (phone) values ($1)", phone(3))

    await stage.text("Spam", sender=phone(3))

    assert await stage.pool.fetchval("select state from conversation") == "closed"
    assert await stage.pool.fetchval("select body from message") == "Spam"


async def test_a_number_added_a_moment_ago_is_known(stage: Stage) -> None:
    await stage.text("Wakes the cache")
    await stage.pool.execute("update number set address = '+14155550199' where address = $1", OUR_NUMBER)
    stage.directory._refreshed_at = float("-inf")

    assert await stage.text("New number", to="+14155550199") == 200

    assert await stage.pool.fetchval("select count(*) from message") == 2

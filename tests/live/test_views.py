"""What people see of the rows: the thread, lists and searches, and only what they may see."""

from typing import Any

import pytest

from answerback.storage.views import (
    ConversationFilter,
    Reader,
    desk,
    list_conversations,
    messages_by_id,
    thread,
    visible_conversation,
)
from answerback.storage.views.thread import SHOWN, BadPageError
from answerback.usecases.add_note import add_note
from answerback.usecases.close_conversation import close_conversation
from answerback.usecases.end_conversation import end_conversation
from answerback.usecases.pick_conversation import pick_conversation
from tests.live.centre import Centre

MESSAGES_READ = "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'message'"


async def whole_thread(centre: Centre, contact_id: int, limit: int) -> list[str]:
    """Page by page from the newest; the keys, oldest first."""
    keys: list[str] = []
    before = None
    while True:
        page = await thread(centre.pool, contact_id, before=before, limit=limit)
        assert len(page.items) <= limit
        keys = [item.key for item in page.items] + keys
        before = page.next_before
        if before is None:
            return keys


async def contact_of(centre: Centre, conversation: int) -> int:
    return (await centre.row(conversation))["contact_id"]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
async def test_a_thread_runs_over_all_conversations_with_the_contact_whatever_the_page(
    centre: Centre, limit: int
) -> None:
    ana = await centre.person("Ana")
    queue = await centre.queue(ana)
    numbers = [await centre.number(queue, reopen_seconds=0) for _ in range(2)]
    phone = "+14155550199"
    for number in (*numbers, numbers[0]):
        conversation = await centre.text(number, "Hello", phone=phone)
        await pick_conversation(centre.pool, ana, conversation)
        await centre.text(number, "Still there?", phone=phone)
        await add_note(centre.pool, ana, conversation, "Asked twice")
        await end_conversation(centre.pool, ana, conversation)
        await close_conversation(centre.pool, ana, conversation)
    contact = await contact_of(centre, conversation)
    assert await centre.pool.fetchval("select count(*) from conversation where contact_id = $1", contact) == 3
    keys = await whole_thread(centre, contact, limit)
    assert len(keys) == len(set(keys)) == 3 * 3 + 3 * 4
    newest = await thread(centre.pool, contact, limit=100)
    assert keys == [item.key for item in newest.items]
    assert [item.at for item in newest.items] == sorted(item.at for item in newest.items)
    sequences = [item.message.seq for item in newest.items if item.message and item.conversation_id == conversation]
    assert sequences == [1, 2, 3]
    picked = next(item.event for item in newest.items if item.event and item.event.kind == "ConversationPicked")
    assert (picked.actor_name, picked.user_name) == ("Ana", "Ana")


async def test_the_shown_events_are_those_the_index_holds(centre: Centre) -> None:
    definition = await centre.pool.fetchval("select indexdef from pg_indexes where indexname = 'event_thread'")
    shown = [kind.strip().strip("'") for kind in SHOWN.strip("()\n ").split(",")]
    assert len(shown) == 20
    assert all(f"'{kind}'" in definition for kind in shown)


async def test_a_page_of_a_thread_of_ten_thousand_messages_reads_only_its_own(centre: Centre) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    conversation = await centre.text(number)
    await centre.pool.execute(
        """
        insert into message (conversation_id, seq, kind, origin, body, status, status_rank, created_at)
        select $1, n, 'inbound', 'customer', 'Text ' || n, 'received', 0, now() + n * interval '1 second'
        from generate_series(2, 10000) n
        """,
        conversation,
    )
    await centre.pool.execute("update conversation set last_seq = 10000 where id = $1", conversation)
    await centre.pool.execute("analyze")
    contact = await contact_of(centre, conversation)
    before, pages = None, 0
    async with centre.pool.acquire() as connection, connection.transaction():
        while pages == 0 or before is not None:
            page = await thread(connection, contact, before=before, limit=200)
            before, pages = page.next_before, pages + 1
        read = await connection.fetchval(MESSAGES_READ)
    assert pages == 51  # 10,000 messages and the conversation's opening
    assert (
        read < 3 * 10_000
    )  # once to find its place and once to load it; a page that read the whole thread makes it 500,000


async def test_nonsense_is_no_page(centre: Centre) -> None:
    for nonsense in ("x", "00", "7b7d"):
        with pytest.raises(BadPageError):
            await thread(centre.pool, 1, before=nonsense)


async def test_lists_hold_what_the_reader_may_see(centre: Centre) -> None:
    ana, eve = await centre.person("Ana"), await centre.person("Eve")
    sam = await centre.person("Sam", role="supervisor")
    number = await centre.number(await centre.queue(ana))
    first, second = [await centre.text(number) for _ in range(2)]
    await centre.pool.execute(
        "update conversation set state = 'active', agent_id = $2 where id = $1", first, ana.user_id
    )

    async def seen(reader: Reader, **wanted: Any) -> list[int]:
        found = await list_conversations(centre.pool, reader, ConversationFilter(**wanted))
        return [view.id for view in found]

    assert await seen(ana) == await seen(sam) == [second, first]
    assert await seen(eve) == []
    assert await seen(ana, states=("active",)) == await seen(sam, agent_id=ana.user_id) == [first]
    assert await visible_conversation(centre.pool, eve, first) is None
    one_more = await list_conversations(centre.pool, ana, ConversationFilter(), before=second, limit=1)
    assert [view.id for view in one_more] == [first]


@pytest.mark.parametrize(
    ("text", "found"),
    [("refund", True), ("REFUND", True), ("%", False), ("5550123", True), ("(415) 555-0123", True), ("Zoe", True)],
)
async def test_a_search_looks_at_name_phone_and_texts(centre: Centre, text: str, found: bool) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    wanted = await centre.text(number, "I want a refund", phone="+14155550123")
    await centre.text(number, "Something else", phone="+12125550199")
    await centre.pool.execute("update contact set name = 'Zoe Park' where id = $1", await contact_of(centre, wanted))
    views = await list_conversations(centre.pool, ana, ConversationFilter(text=text))
    assert [view.id for view in views] == ([wanted] if found else [])


async def test_a_view_says_where_the_customer_is_and_whether_they_opted_out(centre: Centre) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    conversation = await centre.text(number, phone="+14155550123")
    view = await visible_conversation(centre.pool, ana, conversation)
    assert view is not None
    assert (view.country, view.time_zone, view.opted_out) == ("US", "America/Los_Angeles", False)
    await centre.pool.execute(
        "insert into consent_entry (phone, number_id, choice, source) values ($1, $2, 'opt_out', 'keyword')",
        view.customer_phone,
        number,
    )
    view = await visible_conversation(centre.pool, ana, conversation)
    assert view is not None
    assert view.opted_out


async def test_a_message_carries_its_pictures_in_order(centre: Centre) -> None:
    ana = await centre.person("Ana")
    await centre.text(await centre.number(await centre.queue(ana)))
    message = await centre.pool.fetchval("select id from message")
    for position in (1, 0):
        await centre.pool.execute(
            "insert into media (message_id, position, state, file_name) values ($1, $2, 'pending', $3)",
            message,
            position,
            f"{position}.png",
        )
    view = (await messages_by_id(centre.pool, [message]))[message]
    assert [item.file_name for item in view.media] == ["0.png", "1.png"]


async def test_a_desk_holds_my_work_what_is_open_in_my_queues_and_what_i_closed_today(centre: Centre) -> None:
    ana, ben = await centre.person("Ana"), await centre.person("Ben")
    queue = await centre.queue(ana, ben, name="Support")
    number = await centre.number(queue)
    elsewhere = await centre.number(await centre.queue(ben))
    mine = [await centre.conversation(number, state, ana) for state in ("active", "waiting", "wrap_up")]
    waiting = await centre.conversation(number, "open")
    offered = await centre.conversation(number, "offered", ana)
    closed, long_ago = [await centre.conversation(number, "closed", ana) for _ in range(2)]
    await centre.pool.execute("update conversation set closed_at = now() - interval '25 hours' where id = $1", long_ago)
    await centre.conversation(number, "active", ben)
    await centre.conversation(elsewhere, "open")
    async with centre.pool.acquire() as connection:
        view = await desk(connection, ana)
    assert [each.id for each in view.my] == mine
    assert [each.id for each in view.open] == [waiting]
    assert [each.id for each in view.closed] == [closed]
    assert [(each.conversation_id, each.conversation.id) for each in view.offers] == [(offered, offered)]
    assert [agent.name for agent in view.agents] == ["Ana", "Ben"]
    assert [named.name for named in view.queues] == ["Support"]
    assert (view.me.name, view.me.used_units, view.me.connected) == ("Ana", 3, True)

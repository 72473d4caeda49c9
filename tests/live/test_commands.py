"""What people may ask of a conversation: every legal order moves it, every other one is refused and changes nothing."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from answerback.domain.conversations.outcome import Illegal
from answerback.storage.views import ConversationView, MessageView
from answerback.usecases.accept_offer import accept_offer
from answerback.usecases.add_note import add_note
from answerback.usecases.close_conversation import close_conversation
from answerback.usecases.decline_offer import decline_offer
from answerback.usecases.end_conversation import end_conversation
from answerback.usecases.leave_conversation import leave_conversation
from answerback.usecases.mark_read import mark_read
from answerback.usecases.pick_conversation import pick_conversation
from answerback.usecases.refusals import Conflict, Invalid, NotFound
from answerback.usecases.reopen_conversation import reopen_conversation
from answerback.usecases.set_presence import set_presence
from answerback.usecases.snooze_conversation import snooze_conversation
from answerback.usecases.transfer_conversation import transfer_to_agent, transfer_to_queue
from tests.live.centre import Centre

COMMANDS = {
    "pick": pick_conversation,
    "leave": leave_conversation,
    "end": end_conversation,
    "close": close_conversation,
    "reopen": reopen_conversation,
    "snooze": lambda pool, reader, at: snooze_conversation(pool, reader, at, datetime.now(UTC) + timedelta(hours=1)),
}
LEGAL = {
    ("open", "pick"): "active",
    ("active", "leave"): "waiting",
    ("active", "snooze"): "waiting",
    ("active", "end"): "wrap_up",
    ("waiting", "pick"): "active",
    ("waiting", "snooze"): "waiting",
    ("waiting", "end"): "wrap_up",
    ("wrap_up", "pick"): "active",
    ("wrap_up", "close"): "closed",
    ("closed", "reopen"): "open",
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("state", ["open", "offered", "active", "waiting", "wrap_up", "closed"])
async def test_a_holder_may_do_what_the_state_allows_and_nothing_else(centre: Centre, state: str, command: str) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    conversation = await centre.conversation(number, state, None if state == "open" else ana)
    before = await centre.row(conversation)
    answer = await COMMANDS[command](centre.pool, ana, conversation)
    after = await centre.row(conversation)
    if (state, command) in LEGAL:
        assert isinstance(answer, ConversationView)
        assert answer.state == after["state"] == LEGAL[state, command]
        assert answer.version == after["version"] == before["version"] + 1
    else:
        assert isinstance(answer, Illegal)
        assert answer.sentence.startswith("You cannot")
        assert after == before


async def test_a_colleague_may_not_touch_what_another_holds_but_a_supervisor_may(centre: Centre) -> None:
    ana, ben = await centre.person("Ana"), await centre.person("Ben")
    boss = await centre.person("Sam", role="supervisor")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana, ben)), "active", ana)
    assert isinstance(await end_conversation(centre.pool, ben, conversation), Illegal)
    assert isinstance(await end_conversation(centre.pool, boss, conversation), ConversationView)
    assert await centre.state(conversation) == "wrap_up"


async def test_a_stranger_to_the_queue_finds_nothing(centre: Centre) -> None:
    ana, eve = await centre.person("Ana"), await centre.person("Eve")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana)), "open")
    for command in (*COMMANDS.values(), mark_read):
        assert isinstance(await command(centre.pool, eve, conversation), NotFound)
    assert isinstance(await add_note(centre.pool, eve, conversation, "hm"), NotFound)
    assert await centre.state(conversation) == "open"


async def test_of_two_agents_who_pick_at_once_one_wins_and_the_other_hears_why_not(centre: Centre) -> None:
    ana, ben = await centre.person("Ana"), await centre.person("Ben")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana, ben)), "open")
    answers = await asyncio.gather(*(pick_conversation(centre.pool, agent, conversation) for agent in (ana, ben)))
    winners = [answer for answer in answers if isinstance(answer, ConversationView)]
    refused = [answer for answer in answers if isinstance(answer, Illegal)]
    assert len(winners) == len(refused) == 1
    assert (await centre.row(conversation))["agent_id"] == winners[0].agent_id
    assert (await centre.kinds(conversation)).count("ConversationPicked") == 1


async def test_of_two_windows_that_accept_at_once_one_wins_and_the_other_hears_why_not(centre: Centre) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana)), "offered", ana)
    offer = await centre.offer_of(conversation)
    answers = await asyncio.gather(*(accept_offer(centre.pool, ana, offer) for _ in range(2)))
    assert sorted(type(answer).__name__ for answer in answers) == ["ConversationView", "Illegal"]
    refused = next(answer for answer in answers if isinstance(answer, Illegal))
    assert "already" in refused.sentence
    assert await centre.pool.fetchval("select state from offer where id = $1", offer) == "accepted"
    assert (await centre.kinds(conversation)).count("OfferAccepted") == 1


async def test_nobody_answers_the_offer_of_another(centre: Centre) -> None:
    ana, ben = await centre.person("Ana"), await centre.person("Ben")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana, ben)), "offered", ana)
    offer = await centre.offer_of(conversation)
    assert isinstance(await accept_offer(centre.pool, ben, offer), NotFound)
    assert isinstance(await decline_offer(centre.pool, ben, offer), NotFound)
    assert await centre.state(conversation) == "offered"


async def test_a_declined_offer_puts_the_conversation_back_at_its_place(centre: Centre) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana)), "offered", ana)
    before = await centre.row(conversation)
    offer = await centre.offer_of(conversation)
    answer = await decline_offer(centre.pool, ana, offer)
    assert isinstance(answer, ConversationView)
    assert (answer.state, answer.agent_id, answer.queued_at) == ("open", None, before["queued_at"])
    assert await centre.pool.fetchval("select state from offer where id = $1", offer) == "declined"
    again = await decline_offer(centre.pool, ana, offer)
    assert isinstance(again, Illegal)
    assert "declined this offer already" in again.sentence


async def test_a_transfer_with_a_note_reaches_the_other_queue_and_keeps_the_note(centre: Centre) -> None:
    ana, ben = await centre.person("Ana"), await centre.person("Ben")
    number, other = await centre.number(await centre.queue(ana)), await centre.queue(ben)
    conversation = await centre.conversation(number, "active", ana)
    answer = await transfer_to_queue(centre.pool, ana, conversation, other, note="Wants a refund")
    assert isinstance(answer, ConversationView)
    assert (answer.state, answer.queue_id, answer.agent_id) == ("open", other, None)
    assert (await centre.kinds(conversation))[-2:] == ["ConversationTransferred", "NoteAdded"]
    assert await centre.pool.fetchval("select body from message where kind = 'note'") == "Wants a refund"


async def test_a_refused_transfer_keeps_no_note(centre: Centre) -> None:
    ana, ben = await centre.person("Ana"), await centre.person("Ben")
    number = await centre.number(await centre.queue(ana, ben))
    conversation = await centre.conversation(number, "active", ana)
    assert isinstance(await transfer_to_agent(centre.pool, ben, conversation, ben.user_id, note="mine"), Illegal)
    assert isinstance(await transfer_to_queue(centre.pool, ana, conversation, 4711, note="x"), NotFound)
    assert await centre.pool.fetchval("select count(*) from message where kind = 'note'") == 0


async def test_closing_keeps_how_it_went(centre: Centre) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana)), "wrap_up", ana)
    answer = await close_conversation(centre.pool, ana, conversation, disposition="Sold", note="Two of them")
    assert isinstance(answer, ConversationView)
    assert (answer.state, answer.disposition, answer.agent_id) == ("closed", "Sold", ana.user_id)


async def test_a_closed_conversation_stays_closed_while_a_newer_one_is_open(centre: Centre) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana), reopen_seconds=3600)
    old = await centre.conversation(number, "closed", ana)
    await centre.pool.execute("update conversation set closed_at = now() - interval '2 hours' where id = $1", old)
    phone = (await centre.row(old))["customer_phone"]
    assert await centre.text(number, phone=phone) != old
    await centre.pool.execute("update conversation set closed_at = now() where id = $1", old)
    assert isinstance(await reopen_conversation(centre.pool, ana, old), Conflict)
    assert await centre.state(old) == "closed"


async def test_reading_clears_the_count_once(centre: Centre) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana)), "active", ana)
    for _ in range(2):
        answer = await mark_read(centre.pool, ana, conversation)
        assert isinstance(answer, ConversationView)
        assert answer.unread == 0
    assert (await centre.kinds(conversation)).count("ConversationRead") == 1


async def test_a_note_takes_the_next_place_in_the_thread(centre: Centre) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana)), "active", ana)
    note = await add_note(centre.pool, ana, conversation, "Called back")
    assert isinstance(note, MessageView)
    assert (note.kind, note.seq, note.status, note.author_name) == ("note", 2, "noted", "Ana")
    assert isinstance(await add_note(centre.pool, ana, conversation, "   "), Invalid)


async def test_going_offline_gives_back_open_offers_at_once_but_not_active_work(centre: Centre) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    offered, active = [await centre.conversation(number, state, ana) for state in ("offered", "active")]
    view = await set_presence(centre.pool, ana.user_id, "offline")
    assert (view.presence, view.used_units) == ("offline", 1)
    assert [await centre.state(each) for each in (offered, active)] == ["open", "active"]
    assert await centre.pool.fetchval("select state from offer") == "withdrawn"
    assert await centre.pool.fetchval("select lost_at is not null from agent_status where user_id = $1", ana.user_id)
    await set_presence(centre.pool, ana.user_id, "available")
    assert await centre.pool.fetchval("select lost_at is null from agent_status where user_id = $1", ana.user_id)

"""While its own number cannot send, a reply leaves from another one that the customer knows: once, and in order."""

from dataclasses import dataclass

from aiohttp import web

from answerback.storage.breakers import note_closed, note_open
from answerback.storage.event_followers import begin_following
from answerback.usecases.fail_over import FAILED_KINDS, FOLLOWER, fail_over_failed
from answerback.workers.fail_over import FailOver
from answerback.workers.follower import Follower
from tests.dispatch.outbound_stage import Carrier, Form, OutboundStage, accepted, refused
from tests.message_stage import OUR_NUMBER, add_number, eventually, phone, running

OTHER = "+13125550142"


@dataclass(slots=True)
class Scene:
    """A customer who has exchanged texts with two numbers of a workstream that lets replies take another way."""

    stage: OutboundStage
    other: int
    conversation: int
    there: int

    async def hold_back(self) -> None:
        """Sending from the conversation's own number is held back."""
        seeded = self.stage.inner.seeded
        async with self.stage.pool.acquire() as connection:
            await note_open(
                connection, "d", seeded.account_id, seeded.number_id, reason="Twilio is in trouble.", seconds=30
            )

    async def recover(self) -> None:
        seeded = self.stage.inner.seeded
        async with self.stage.pool.acquire() as connection:
            await note_closed(connection, "d", seeded.account_id, seeded.number_id)

    async def look(self) -> None:
        await FailOver(self.stage.pool).look()

    def following(self) -> Follower:
        return Follower(self.stage.pool, self.stage.wakeups, FOLLOWER, kinds=FAILED_KINDS, handle=fail_over_failed)

    def senders(self) -> list[tuple[str, str]]:
        return [(form["From"], form["Body"]) for form in self.stage.carrier.taken]


async def set_scene(stage: OutboundStage, *, fail_over: bool = True) -> Scene:
    pool, seeded = stage.pool, stage.inner.seeded
    await pool.execute("update workstream set fail_over = $1", fail_over)
    await begin_following(pool, FOLLOWER)
    other = await add_number(pool, seeded.account_id, seeded.workstream_id, address=OTHER)
    await stage.inner.directory.refresh()
    await stage.inner.text("Hello to the other", sender=phone(1), To=OTHER)
    await stage.inner.text("Hello", sender=phone(1))
    there = await pool.fetchval("select id from conversation where number_id = $1", other)
    here = await pool.fetchval("select id from conversation where number_id = $1", seeded.number_id)
    async with stage.dispatching():
        for conversation in (there, here):
            message = await stage.send(conversation, "Hello to you")
            await eventually(lambda message=message: stage.is_status(message, "accepted"))
    await pool.execute(
        "update conversation set state = 'closed', closed_at = now() - interval '40 days', close_reason = 'ended'"
        " where id = $1",
        there,
    )
    await pool.execute("update conversation set state = 'active', agent_id = $2 where id = $1", here, seeded.agent_id)
    stage.carrier.taken.clear()
    return Scene(stage, other, here, there)


async def sender_refused(carrier: Carrier, form: Form) -> web.StreamResponse:
    return refused(21606) if form["From"] == OUR_NUMBER else accepted()


async def test_what_is_held_back_leaves_from_the_other_number_and_says_so(stage: OutboundStage) -> None:
    scene = await set_scene(stage)
    messages = [await stage.send(scene.conversation, body) for body in ("One", "Two")]
    await scene.hold_back()

    await scene.look()
    async with stage.dispatching():
        for message in messages:
            await eventually(lambda message=message: stage.is_status(message, "accepted"))

    assert scene.senders() == [(OTHER, "One"), (OTHER, "Two")]
    rows = await stage.pool.fetch(
        "select from_number_id, detour, conversation_id from message where id = any ($1) order by id", messages
    )
    assert [tuple(row) for row in rows] == [(scene.other, "held_back", scene.conversation)] * 2
    assert await stage.pool.fetchval("select count(*) from event where kind = 'MessageDetoured'") == 2
    sid = await stage.pool.fetchval("select provider_message_id from message where id = $1", messages[0])
    await stage.inner.report(sid, "delivered")
    assert await stage.status(messages[0]) == "delivered"


async def test_the_answer_to_the_other_number_comes_to_the_same_agent(stage: OutboundStage) -> None:
    scene = await set_scene(stage)
    await stage.send(scene.conversation, "One")
    await scene.hold_back()
    await scene.look()

    await stage.inner.text("Thanks", sender=phone(1), To=OTHER)

    row = await stage.pool.fetchrow("select state, affinity_agent_id from conversation where id = $1", scene.there)
    assert tuple(row) == ("open", stage.inner.seeded.agent_id)


async def test_a_conversation_somebody_holds_at_the_other_number_stays_theirs(stage: OutboundStage) -> None:
    scene = await set_scene(stage)
    await stage.pool.execute(
        "update conversation set state = 'open', closed_at = null, close_reason = null where id = $1", scene.there
    )
    await stage.send(scene.conversation, "One")
    await scene.hold_back()
    await scene.look()
    assert await stage.pool.fetchval("select state from conversation where id = $1", scene.there) == "open"


async def test_nothing_takes_another_way_unless_the_workstream_says_so(stage: OutboundStage) -> None:
    scene = await set_scene(stage, fail_over=False)
    stage.carrier.reply = sender_refused
    message = await stage.send(scene.conversation, "One")
    await scene.hold_back()
    await scene.look()
    assert await stage.pool.fetchval("select number_id from outbox") == stage.inner.seeded.number_id
    await scene.recover()
    async with running(scene.following().run()), stage.dispatching():
        await eventually(lambda: stage.is_status(message, "failed"))
    assert await stage.outbox() == 0


async def test_only_a_number_that_this_customer_knows_will_do(stage: OutboundStage) -> None:
    scene = await set_scene(stage)
    stranger = await stage.conversation(phone(2))
    await stage.send(stranger, "To somebody else")
    await scene.hold_back()
    await scene.look()
    assert await stage.pool.fetchval("select number_id from outbox") == stage.inner.seeded.number_id


async def test_only_a_number_from_which_the_gate_lets_it_leave_will_do(stage: OutboundStage) -> None:
    scene = await set_scene(stage)
    await stage.inner.text("STOP", sender=phone(1), To=OTHER)
    await stage.send(scene.conversation, "One")
    await scene.hold_back()
    await scene.look()
    assert await stage.pool.fetchval("select number_id from outbox where purpose = 'reply'") == (
        stage.inner.seeded.number_id
    )


async def test_a_number_that_is_held_back_itself_will_not_do(stage: OutboundStage) -> None:
    scene = await set_scene(stage)
    await stage.send(scene.conversation, "One")
    async with stage.pool.acquire() as connection:
        account = stage.inner.seeded.account_id
        await note_open(connection, "d", account, None, reason="Twilio is in trouble.", seconds=30)
    await scene.look()
    assert await stage.pool.fetchval("select number_id from outbox") == stage.inner.seeded.number_id


async def test_while_one_is_under_way_the_next_wait(stage: OutboundStage) -> None:
    scene = await set_scene(stage)
    first = await stage.send(scene.conversation, "One")
    await stage.send(scene.conversation, "Two")
    await stage.pool.execute("update outbox set state = 'sending', holder = 'x' where message_id = $1", first)
    await scene.hold_back()
    await scene.look()
    assert await stage.pool.fetchval("select count(*) from message where from_number_id is not null") == 0


async def test_texts_that_failed_for_the_senders_sake_leave_again_in_order(stage: OutboundStage) -> None:
    scene = await set_scene(stage)
    stage.carrier.reply = sender_refused
    messages = [await stage.send(scene.conversation, body) for body in ("One", "Two", "Three")]

    async with running(scene.following().run()), stage.dispatching():
        for message in messages:
            await eventually(lambda message=message: stage.is_status(message, "failed"))

        async def all_went() -> bool:
            return [one for one in scene.senders() if one[0] == OTHER] == [
                (OTHER, "One"),
                (OTHER, "Two"),
                (OTHER, "Three"),
            ]

        await eventually(all_went)
    rows = await stage.pool.fetch("select message_id, how, resent_as from failed_text_done order by message_id")
    assert [row["message_id"] for row in rows] == messages
    again = await stage.pool.fetchrow(
        "select detour, author_id, conversation_id from message where id = $1", rows[0]["resent_as"]
    )
    assert tuple(again) == ("failed", stage.inner.seeded.agent_id, scene.conversation)


async def test_a_text_that_fails_there_too_goes_no_further(stage: OutboundStage) -> None:
    async def always_refused(carrier: Carrier, form: Form) -> web.StreamResponse:
        return refused(21606)

    scene = await set_scene(stage)
    stage.carrier.reply = always_refused
    await stage.send(scene.conversation, "One")
    async with running(scene.following().run()), stage.dispatching():

        async def failed_twice() -> bool:
            return await stage.pool.fetchval("select count(*) from message where status = 'failed'") == 2

        await eventually(failed_twice)
        await stage.send(scene.conversation, "A marker")
        await eventually(lambda: stage.was_taken(3))
    assert [sender for sender, body in scene.senders() if body == "One"] == [OUR_NUMBER, OTHER]


async def test_the_recipients_fault_and_what_is_unclear_never_take_another_way(stage: OutboundStage) -> None:
    async def no_such_phone(carrier: Carrier, form: Form) -> web.StreamResponse:
        return refused(21211) if form["Body"] == "Nobody" else web.Response(status=502, text="bad gateway")

    scene = await set_scene(stage)
    stage.carrier.reply = no_such_phone
    async with running(scene.following().run()), stage.dispatching():
        message = await stage.send(scene.conversation, "Nobody")
        await eventually(lambda: stage.is_status(message, "failed"))
        unclear = await stage.send(scene.conversation, "Perhaps")
        await eventually(lambda: stage.is_status(unclear, "unclear"))
        await scene.hold_back()
        await scene.look()
    assert [sender for sender, _ in scene.senders()] == [OUR_NUMBER] * 2


async def test_what_was_said_before_something_that_arrived_is_left_to_a_person(stage: OutboundStage) -> None:
    async def first_refused(carrier: Carrier, form: Form) -> web.StreamResponse:
        return accepted("SM" + "1" * 32 if form["Body"] == "One" else None)

    scene = await set_scene(stage)
    stage.carrier.reply = first_refused
    async with running(scene.following().run()), stage.dispatching():
        first = await stage.send(scene.conversation, "One")
        second = await stage.send(scene.conversation, "Two")
        await eventually(lambda: stage.is_status(second, "accepted"))
        await stage.inner.report("SM" + "1" * 32, "undelivered", ErrorCode="21606")
        assert await stage.status(first) == "undelivered"
        last = await stage.send(scene.conversation, "Three")
        await eventually(lambda: stage.is_status(last, "accepted"))
    assert {sender for sender, _ in scene.senders()} == {OUR_NUMBER}

"""Automated messages: sent for the right occasion, once, not to excess, never in answer to a keyword."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from answerback.domain.automation.triggers import Trigger
from answerback.storage.calendars import Calendar, OpenSpan, SpecialDay, Week
from answerback.storage.views import Reader
from answerback.storage.wakeups import Wakeups
from answerback.usecases.accept_offer import accept_offer
from answerback.usecases.automated_settings import (
    AutomatedMessage,
    LimitChanges,
    MessageChange,
    change_limits,
    save_automated,
)
from answerback.usecases.calendar_settings import CalendarDraft, create_calendar
from answerback.usecases.end_conversation import end_conversation
from answerback.usecases.leave_conversation import leave_conversation
from answerback.usecases.owe_automated import FOLLOWER
from answerback.usecases.pick_conversation import pick_conversation
from answerback.usecases.transfer_conversation import transfer_to_agent
from answerback.workers.router import Router
from tests.automated import work
from tests.live.centre import Centre

ALL_DAY = [OpenSpan("00:00", "24:00")]


class Desk:
    """A centre with one number, its queue, and the followers at hand."""

    def __init__(self, centre: Centre, database_url: str, admin: Reader) -> None:
        self.centre, self.pool, self.admin = centre, centre.pool, admin
        self.database_url, self.wakeups = database_url, Wakeups(database_url)
        self.queue = self.number = 0

    async def say(self, trigger: Trigger, text: str, *, active: bool = True, number: int | None = None) -> None:
        change = MessageChange(active, {"en": text, "es": f"ES {text}"})
        saved = await save_automated(self.pool, trigger, number, change, actor_id=self.admin.user_id)
        assert isinstance(saved, AutomatedMessage)

    async def close(self, *special: SpecialDay, week: Week | None = None) -> None:
        draft = CalendarDraft(
            name="Hours", time_zone="America/New_York", week=week or Week(), special_days=list(special)
        )
        made = await create_calendar(self.pool, draft, self.admin.user_id)
        assert isinstance(made, Calendar)
        await self.pool.execute("update number set calendar_id = $1", made.id)

    async def work(self) -> None:
        await work(self.pool, self.database_url)

    async def texts(self, conversation_id: int) -> list[str]:
        rows = await self.pool.fetch(
            "select body from message where conversation_id = $1 and origin = 'automated' order by seq", conversation_id
        )
        return [row["body"] for row in rows]

    async def outcomes(self) -> list[str]:
        return [row["outcome"] for row in await self.pool.fetch("select outcome from automated_text order by id")]


@pytest.fixture
async def desk(centre: Centre, database_url: str) -> Desk:
    made = Desk(centre, database_url, await centre.person("Alex", role="administrator"))
    made.queue = await centre.queue(await centre.person("Ana Flores"), name="Support")
    made.number = await centre.number(made.queue)
    return made


async def test_a_new_customer_is_greeted_once_however_many_follow_the_log(desk: Desk, database_url: str) -> None:
    await desk.say(Trigger.GREETING, "Welcome to {QueueName}, {CustomerFirstName|friend}!")
    conversation = await desk.centre.text(desk.number)
    await asyncio.gather(*(work(desk.pool, database_url) for _ in range(4)))
    await desk.centre.text(desk.number, "Are you there?", phone=(await desk.centre.row(conversation))["customer_phone"])
    await desk.work()
    assert await desk.texts(conversation) == ["Welcome to Support, friend!"]


async def test_reading_the_log_again_sends_nothing_again(desk: Desk) -> None:
    await desk.say(Trigger.GREETING, "Welcome")
    place = await desk.pool.fetchrow("select xid, id from event_follower where name = $1", FOLLOWER)
    conversation = await desk.centre.text(desk.number)
    await desk.work()
    # As after a backup that was a little older.
    await desk.pool.execute("update event_follower set xid = $1, id = $2 where name = $3", *place, FOLLOWER)
    await desk.work()
    assert await desk.texts(conversation) == ["Welcome"]


async def test_the_database_itself_refuses_a_second_text_for_an_occasion(desk: Desk) -> None:
    await desk.say(Trigger.GREETING, "Welcome")
    await desk.centre.text(desk.number)
    await desk.work()
    with pytest.raises(asyncpg.UniqueViolationError):
        await desk.pool.execute(
            "insert into automated_text (conversation_id, occasion, trigger, body, happened_at, due_at)"
            " select conversation_id, occasion, trigger, body, happened_at, due_at from automated_text"
        )


async def test_nothing_is_sent_and_nothing_is_followed_while_all_are_off(desk: Desk) -> None:
    conversation = await desk.centre.text(desk.number)
    await desk.say(Trigger.GREETING, "Welcome", active=False)
    assert await desk.pool.fetchval("select count(*) from event_follower where name = $1", FOLLOWER) == 0
    await desk.say(Trigger.GREETING, "Welcome")
    await desk.work()  # what happened while it was off is not made up for
    assert await desk.texts(conversation) == []


async def test_a_number_has_its_own_words_and_may_be_silent_where_others_speak(desk: Desk) -> None:
    await desk.say(Trigger.GREETING, "Hello from all")
    await desk.say(Trigger.GREETING, "Hello from this one", number=desk.number)
    conversation = await desk.centre.text(desk.number)
    await desk.work()
    assert await desk.texts(conversation) == ["Hello from this one"]
    await desk.say(Trigger.GREETING, "Hello from this one", active=False, number=desk.number)
    silent = await desk.centre.text(desk.number)
    await desk.work()
    assert await desk.texts(silent) == []


async def test_a_customer_reads_it_in_their_language(desk: Desk) -> None:
    await desk.say(Trigger.GREETING, "Welcome")
    phone = "+14155550999"
    contact = await desk.pool.fetchval("insert into contact (name, language) values ('Luz', 'es-PR') returning id")
    await desk.pool.execute("insert into contact_phone (phone, contact_id) values ($1, $2)", phone, contact)
    conversation = await desk.centre.text(desk.number, phone=phone)
    await desk.work()
    assert await desk.texts(conversation) == ["ES Welcome"]


async def test_who_writes_while_closed_is_told_once_until_it_opens(desk: Desk) -> None:
    await desk.say(Trigger.GREETING, "Welcome")
    await desk.say(Trigger.OUT_OF_HOURS, "Closed, back {ReopensAt}.")
    today = datetime.now(UTC).date()
    trip = SpecialDay(today - timedelta(days=1), "Trip", last=today + timedelta(days=20))
    await desk.close(trip, week=Week(*[ALL_DAY] * 7))
    conversation = await desk.centre.text(desk.number)
    phone = (await desk.centre.row(conversation))["customer_phone"]
    await desk.work()
    for _ in range(3):
        await desk.centre.text(desk.number, "Hello?", phone=phone)
        await desk.work()
    (text,) = await desk.texts(conversation)
    assert text.startswith("Closed, back ")
    assert "12 AM" in text


async def test_a_holiday_has_its_own_words_else_those_of_closing(desk: Desk) -> None:
    await desk.say(Trigger.OUT_OF_HOURS, "Closed.")
    today = datetime.now(UTC).date()
    feast = SpecialDay(today - timedelta(days=1), "Feast", last=today + timedelta(days=1), holiday=True)
    await desk.close(feast, week=Week(*[ALL_DAY] * 7))
    first = await desk.centre.text(desk.number)
    await desk.work()
    await desk.say(Trigger.HOLIDAY, "Happy holiday!")
    second = await desk.centre.text(desk.number)
    await desk.work()
    assert (await desk.texts(first), await desk.texts(second)) == (["Closed."], ["Happy holiday!"])


async def test_who_talks_with_an_agent_is_not_told_that_it_is_closed(desk: Desk) -> None:
    await desk.say(Trigger.OUT_OF_HOURS, "Closed.")
    conversation = await desk.centre.text(desk.number)
    ana = await desk.centre.person("Ben")
    await desk.centre.join(desk.queue, ana)
    await pick_conversation(desk.pool, ana, conversation)
    await desk.close()
    await desk.centre.text(desk.number, "Thanks", phone=(await desk.centre.row(conversation))["customer_phone"])
    await desk.work()
    assert await desk.texts(conversation) == []


async def test_an_agent_is_named_when_they_join_and_not_each_time_they_go_on(desk: Desk) -> None:
    await desk.say(Trigger.AGENT_JOINED, "You are with {AgentFirstName}.")
    await desk.say(Trigger.TRANSFER_ACCEPTED, "Now with {AgentName}.")
    conversation = await desk.centre.text(desk.number)
    phone = (await desk.centre.row(conversation))["customer_phone"]
    ben, cleo = await desk.centre.person("Ben Okafor"), await desk.centre.person("Cleo Ray")
    for person in (ben, cleo):
        await desk.centre.join(desk.queue, person)
    await pick_conversation(desk.pool, ben, conversation)
    await leave_conversation(desk.pool, ben, conversation)
    await desk.centre.text(desk.number, "More", phone=phone)
    await pick_conversation(desk.pool, ben, conversation)
    await transfer_to_agent(desk.pool, ben, conversation, cleo.user_id)
    await Router(desk.pool, desk.wakeups).route_all()
    await accept_offer(desk.pool, cleo, await desk.centre.offer_of(conversation))
    await desk.work()
    assert await desk.texts(conversation) == ["You are with Ben.", "Now with Cleo Ray."]


async def test_a_queue_without_anybody_says_that_nobody_can_be_reached(desk: Desk) -> None:
    await desk.say(Trigger.COULD_NOT_BE_ASSIGNED, "Nobody is here.")
    await desk.pool.execute("delete from queue_member")
    conversation = await desk.centre.text(desk.number)
    await desk.work()
    assert await desk.texts(conversation) == ["Nobody is here."]


async def test_the_end_is_told(desk: Desk) -> None:
    await desk.say(Trigger.CONVERSATION_ENDED, "{AgentFirstName} has ended it.")
    ben = await desk.centre.person("Ben Okafor")
    await desk.centre.join(desk.queue, ben)
    conversation = await desk.centre.text(desk.number)
    await pick_conversation(desk.pool, ben, conversation)
    await end_conversation(desk.pool, ben, conversation)
    await desk.work()
    assert await desk.texts(conversation) == ["Ben has ended it."]


async def test_nobody_gets_more_than_the_limit(desk: Desk) -> None:
    await change_limits(desk.pool, LimitChanges(most_an_hour=2), desk.admin.user_id)
    await desk.say(Trigger.AGENT_LEFT, "{AgentFirstName} left.")
    ben = await desk.centre.person("Ben")
    await desk.centre.join(desk.queue, ben)
    conversation = await desk.centre.text(desk.number)
    for _ in range(4):
        await pick_conversation(desk.pool, ben, conversation)
        await leave_conversation(desk.pool, ben, conversation)
    await desk.work()
    assert await desk.texts(conversation) == ["Ben left."] * 2
    assert await desk.outcomes() == ["sent", "sent", "capped", "capped"]


async def test_what_comes_too_late_is_left_out(desk: Desk) -> None:
    await desk.say(Trigger.GREETING, "Welcome")
    conversation = await desk.centre.text(desk.number)
    await desk.pool.execute("update event set at = at - interval '16 minutes'")
    await desk.work()
    assert (await desk.texts(conversation), await desk.outcomes()) == ([], ["late"])


async def test_the_send_gate_decides_and_a_refusal_leaves_the_thread_alone(desk: Desk) -> None:
    await desk.say(Trigger.GREETING, "Welcome")
    phone = "+14155550998"
    await desk.pool.execute("insert into blocked_phone (phone) values ($1)", phone)
    conversation = await desk.centre.text(desk.number, phone=phone)
    await desk.work()
    assert await desk.texts(conversation) == []
    row = await desk.pool.fetchrow("select outcome, reason from automated_text")
    assert tuple(row) == ("refused", "blocked")


async def ripen(desk: Desk) -> None:
    """The moment in which somebody may still be offered at once is over."""
    await desk.work()
    await desk.pool.execute("update automated_text set due_at = now() where outcome = 'due'")
    await desk.work()


async def test_who_waits_is_told_their_place_and_when_they_are_next(desk: Desk) -> None:
    await desk.say(Trigger.POSITION_IN_QUEUE, "You are number {Position}.")
    await desk.say(Trigger.NEXT_IN_LINE, "You are next.")
    first, second, third = [await desk.centre.text(desk.number) for _ in range(3)]
    await desk.work()
    assert await desk.texts(first) == []
    await ripen(desk)
    told = [await desk.texts(each) for each in (first, second, third)]
    assert told == [["You are next."], ["You are number 2."], ["You are number 3."]]
    ben = await desk.centre.person("Ben")
    await desk.centre.join(desk.queue, ben)
    await pick_conversation(desk.pool, ben, first)
    await ripen(desk)
    assert await desk.texts(second) == ["You are number 2.", "You are next."]
    assert await desk.texts(third) == ["You are number 3."]


async def test_who_is_offered_at_once_is_not_told_a_place(desk: Desk) -> None:
    await desk.say(Trigger.NEXT_IN_LINE, "You are next.")
    conversation = await desk.centre.text(desk.number)
    await Router(desk.pool, desk.wakeups).route_all()
    await ripen(desk)
    assert await desk.texts(conversation) == []

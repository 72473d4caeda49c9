"""A queue outside its hours offers nothing; when it opens, whoever waited is offered at once, whatever has crashed."""

from datetime import UTC, datetime, timedelta

from answerback.storage.calendars import Calendar, OpenSpan, SpecialDay, Week
from answerback.storage.wakeups import Wakeups
from answerback.usecases.calendar_settings import CalendarChanges, CalendarDraft, change_calendar, create_calendar
from answerback.usecases.explain_picked import explain_picked
from answerback.workers.clock import Clock
from answerback.workers.router import Router
from tests.live.centre import Centre

ALL_DAY = [OpenSpan("00:00", "24:00")]
ALWAYS = Week(*[ALL_DAY] * 7)


async def calendar_of(centre: Centre, queue_id: int, week: Week, *special: SpecialDay) -> int:
    admin = await centre.person("Alex", role="administrator")
    draft = CalendarDraft(name=f"Hours of {queue_id}", time_zone="UTC", week=week, special_days=list(special))
    made = await create_calendar(centre.pool, draft, admin.user_id)
    assert isinstance(made, Calendar)
    await centre.pool.execute("update queue set calendar_id = $2 where id = $1", queue_id, made.id)
    return made.id


async def test_a_closed_queue_keeps_its_customers_waiting_and_says_why(centre: Centre, database_url: str) -> None:
    ana = await centre.person("Ana")
    queue = await centre.queue(ana)
    await calendar_of(centre, queue, Week())
    conversation = await centre.text(await centre.number(queue))
    assert await Router(centre.pool, Wakeups(database_url)).route_all() == 0
    decision = await centre.pool.fetchrow("select * from routing_decision where conversation_id = $1", conversation)
    assert (decision["outcome"], decision["method"]) == ("nobody", "hours")
    assert "is closed and its calendar has no opening time" in decision["sentence"]


async def test_who_waited_is_offered_when_the_clock_finds_it_open(centre: Centre, database_url: str) -> None:
    ana = await centre.person("Ana")
    queue = await centre.queue(ana)
    today = datetime.now(UTC).date()
    trip = SpecialDay(today - timedelta(days=1), "Company trip", last=today + timedelta(days=1), holiday=True)
    calendar = await calendar_of(centre, queue, ALWAYS, trip)
    conversation = await centre.text(await centre.number(queue))
    router, clock = Router(centre.pool, Wakeups(database_url)), Clock(centre.pool)
    await clock.tick()
    assert await router.route_all() == 0
    # Nobody waits a day in a test: the trip is taken away behind the clock's back, and its deadline has come.
    await centre.pool.execute("update calendar set special_days = '[]', look_at = now() where id = $1", calendar)
    await clock.tick()
    assert await centre.pool.fetchval("select state from calendar") == "open"
    assert await centre.pool.fetchval("select data ->> 'state' from event where kind = 'HoursTurned'") == "open"
    assert await router.route_all() == 1
    assert await centre.state(conversation) == "offered"


async def test_a_change_of_the_calendar_acts_at_once(centre: Centre, database_url: str) -> None:
    ana = await centre.person("Ana")
    queue = await centre.queue(ana)
    calendar = await calendar_of(centre, queue, Week())
    await centre.text(await centre.number(queue))
    router = Router(centre.pool, Wakeups(database_url))
    assert await router.route_all() == 0
    await change_calendar(centre.pool, calendar, CalendarChanges(week=ALWAYS), ana.user_id)
    assert await router.route_all() == 1


async def test_two_clocks_turn_a_calendar_once(centre: Centre) -> None:
    queue = await centre.queue()
    await calendar_of(centre, queue, ALWAYS)
    await centre.pool.execute("update calendar set state = 'closed', look_at = now()")
    for _ in range(2):
        await Clock(centre.pool).tick()
    assert await centre.pool.fetchval("select count(*) from event where kind = 'HoursTurned'") == 1
    assert await centre.pool.fetchval("select look_at > now() from calendar")


async def test_where_agents_pick_the_reason_names_the_hours_too(centre: Centre) -> None:
    queue = await centre.queue(await centre.person("Ana"))
    await calendar_of(centre, queue, Week())
    conversation = await centre.text(await centre.number(queue, mode="pick"))
    await explain_picked(centre.pool, conversation)
    sentence = await centre.pool.fetchval("select sentence from routing_decision")
    assert "is closed and its calendar" in sentence
